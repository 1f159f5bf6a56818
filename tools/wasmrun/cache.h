// Compiled modules, kept between runs.
//
// The name of a file is the hash of all that its content depends on: the module, the options, the compiler,
// the ABI, the machine. So nothing in the cache is ever stale; a file that is not needed any more is just not
// found. Files appear whole (written under another name, then renamed), so any number of processes may use
// the cache at once.
#ifndef WASMC_TOOLS_WASMRUN_CACHE_H
#define WASMC_TOOLS_WASMRUN_CACHE_H

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace wasmc::tool {

// $XDG_CACHE_HOME/wasmc or ~/.cache/wasmc. No value if neither variable says where.
std::optional<std::string> cacheFolder();

// A new file in the cache, which others see once it is committed.
class CacheFile {
 public:
  // Makes the folder if it is not there. The error is a whole sentence.
  static std::expected<CacheFile, std::string> create(const std::string& folder);
  CacheFile(CacheFile&& other) noexcept;
  CacheFile(const CacheFile&) = delete;
  CacheFile& operator=(CacheFile&&) = delete;
  ~CacheFile();  // removes what was not committed

  int fd() const { return fd_; }
  // Gives the file its name.
  std::expected<void, std::string> commit(const std::string& path);

 private:
  CacheFile() = default;

  int fd_ = -1;
  std::string temporary_;
};

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMRUN_CACHE_H
