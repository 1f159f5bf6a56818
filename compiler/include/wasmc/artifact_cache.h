// Artifacts on disk, kept between runs and shared by processes.
//
// The name of a file is the hash of all that its content depends on. So nothing in a cache is ever stale:
// what is not needed any more is just not found, and goes when the cache is full. Files appear whole (written
// under another name, then renamed), so any number of processes may use a cache at once, and a process that
// ends in the middle leaves nothing that another would take for an artifact. After a power failure a file may
// be damaged; the runtime library refuses it, and it can be made again.
#ifndef WASMC_ARTIFACT_CACHE_H
#define WASMC_ARTIFACT_CACHE_H

#include <cstdint>
#include <expected>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wasmc::compiler {

// The name for what depends on all these parts: their hash.
std::string cacheKey(std::span<const std::string> parts);
// The hash of a module's bytes, as one of the parts.
std::string hashOf(std::span<const uint8_t> bytes);

// Errors are whole sentences. Cheap to copy; thread-safe.
class ArtifactCache {
 public:
  static constexpr uint64_t kDefaultMaxBytes = uint64_t{1} << 30;

  // $XDG_CACHE_HOME/wasmc or ~/.cache/wasmc. No value if neither variable says where.
  static std::optional<std::string> defaultFolder();
  // Makes the folder if it is not there, private to the user, as what is in it will be run. Artifacts may
  // take `max_bytes` of disk: when a new one makes them more, those that were not used for the longest time
  // go.
  static std::expected<ArtifactCache, std::string> open(std::string folder,
                                                        uint64_t max_bytes = kDefaultMaxBytes);

  // The file of that key, which counts as used now; none if there is none.
  std::optional<std::string> find(std::string_view key) const;

  // A new file, which others see once it is committed.
  class NewFile {
   public:
    NewFile(NewFile&& other) noexcept;
    NewFile(const NewFile&) = delete;
    NewFile& operator=(NewFile&&) = delete;
    ~NewFile();  // removes what was not committed

    // To be written to, by this process or one that inherits it.
    int fd() const { return fd_; }
    std::expected<void, std::string> write(std::span<const uint8_t> bytes);
    // Gives the file its name, which is returned, and makes room for it.
    std::expected<std::string, std::string> commit();

   private:
    friend class ArtifactCache;
    NewFile(const ArtifactCache& cache, std::string path);

    std::string folder_;
    uint64_t max_bytes_;
    std::string path_;
    std::string temporary_;
    int fd_;
  };
  std::expected<NewFile, std::string> create(std::string_view key) const;

 private:
  ArtifactCache(std::string folder, uint64_t max_bytes) : folder_(std::move(folder)), max_bytes_(max_bytes) {}
  std::string path(std::string_view key) const { return folder_ + "/" + std::string(key) + ".so"; }

  std::string folder_;
  uint64_t max_bytes_;
};

}  // namespace wasmc::compiler

#endif  // WASMC_ARTIFACT_CACHE_H
