// A guest that calls functions of WASI at random, to get out of its directory. Shared by the unit test, which
// does this for a moment, and the fuzzer, which does it for hours.
#ifndef WASMC_TEST_UNIT_WASI_ATTACK_H
#define WASMC_TEST_UNIT_WASI_ATTACK_H

#include "wasi/binding.h"

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wasmc::wasi::test {

// Decisions, from bytes of the fuzzer or of a generator. Zeroes when they are used up.
class Choices {
 public:
  explicit Choices(std::span<const uint8_t> bytes) : bytes_(bytes) {}
  bool empty() const { return bytes_.empty(); }
  uint8_t byte() {
    if (bytes_.empty()) return 0;
    const uint8_t result = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return result;
  }
  uint64_t number() {
    uint64_t result = 0;
    for (int i = 0; i < 8; ++i) result = result << 8 | byte();
    return result;
  }
  template <typename T, size_t N>
  const T& oneOf(const T (&values)[N]) {
    return values[byte() % N];
  }

 private:
  std::span<const uint8_t> bytes_;
};

// A tree of files: `root`, which the guest has, with links out of it, and beside it `outside`, which it must
// not reach.
class Attack {
 public:
  explicit Attack(PathResolver::Method method);
  ~Attack();

  // Calls functions until the choices are used up. What the guest has reached outside of its directory, if
  // anything.
  std::optional<std::string> run(Choices choices);

 private:
  // All that can be seen of a file or directory.
  struct State {
    std::filesystem::path path;
    struct stat status;
    std::string content;
    bool operator==(const State& other) const;
  };

  void makeTree();
  std::vector<std::filesystem::path> outside() const;
  static State look(const std::filesystem::path& path);
  std::optional<std::string> harm() const;
  void callOne(Choices& choices);
  template <auto kFunction, typename Returned, typename... P>
  void callWith(Choices& choices, Returned (*)(Call&, P...));
  template <typename P>
  void generate(Choices& choices, uint64_t* raw);
  uint32_t address(Choices& choices);
  std::string path(Choices& choices) const;
  void putIovecs(Choices& choices);
  void putSubscriptions(Choices& choices);

  std::filesystem::path base_;
  PathResolver::Method method_;
  std::vector<uint8_t> memory_ = std::vector<uint8_t>(65536);
  std::shared_ptr<Context> context_;
  std::vector<State> before_;
};

}  // namespace wasmc::wasi::test

#endif  // WASMC_TEST_UNIT_WASI_ATTACK_H
