// The manifest of what may be skipped, and why: test/spec/skips.txt.
#ifndef WASMC_TEST_SPEC_MANIFEST_H
#define WASMC_TEST_SPEC_MANIFEST_H

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace wasmc::spec {

class Manifest {
 public:
  static std::expected<Manifest, std::string> read(const std::filesystem::path& path);

  // The reason to skip a module that the compiler refused with this message; none: the refusal is a failure.
  std::optional<std::string> refusal(std::string_view message);
  // The reason why the command at this line may fail.
  std::optional<std::string> command(std::string_view script, uint32_t line);

  // The line numbers of rows that were the reason of a skip.
  const std::set<uint32_t>& used() const { return used_; }
  // "skips.txt:12: …" for each row whose number is not in `used`.
  std::vector<std::string> unused(const std::set<uint32_t>& used) const;

 private:
  struct Row {
    uint32_t number;
    bool is_refusal;
    std::string pattern;  // of a refusal: the proposal; of a command: the script
    uint32_t line;
    std::string reason;
  };
  std::vector<Row> rows_;
  std::set<uint32_t> used_;
};

}  // namespace wasmc::spec

#endif  // WASMC_TEST_SPEC_MANIFEST_H
