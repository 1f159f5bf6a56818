// The output file appears whole or not at all: it is written beside its place under another name and renamed.
// After a failure nothing is there, not even an older file, which would be stale.
#ifndef WASMC_TOOLS_WASMC_OUTPUT_FILE_H
#define WASMC_TOOLS_WASMC_OUTPUT_FILE_H

#include <cstdint>
#include <expected>
#include <span>
#include <string>

namespace wasmc::tool {

class OutputFile {
 public:
  using Status = std::expected<void, std::string>;  // the error is the system's message

  // "-" is standard output. What is not a regular file (a device, a pipe) is written to in place.
  static std::expected<OutputFile, std::string> create(const std::string& path, bool executable);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();  // discards what was not committed

  Status write(std::span<const uint8_t> bytes);
  Status commit();

 private:
  OutputFile() = default;
  std::expected<void, std::string> openTemporary(bool executable);

  int fd_ = -1;
  bool in_place_ = false;
  std::string path_;
  std::string temporary_;  // empty: nothing to discard
};

}  // namespace wasmc::tool

#endif  // WASMC_TOOLS_WASMC_OUTPUT_FILE_H
