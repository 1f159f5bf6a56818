#include "guest.h"

#include <map>
#include <utility>

namespace wasmc::test {
std::vector<uint8_t> compileWat(std::string_view wat, std::string_view opt_level) {
  static std::map<std::pair<std::string, std::string>, std::vector<uint8_t>> known;
  const auto key = std::make_pair(std::string(wat), std::string(opt_level));
  auto found = known.find(key);
  if (found == known.end()) found = known.emplace(key, compileNow(wat, opt_level)).first;
  return found->second;
}

Module Guest::load(std::string_view wat) const {
  Result<Module> module = Module::fromBytes(engine, compileWat(wat, opt_level_));
  EXPECT_TRUE(module) << module.error().message;
  return module.value();  // throws, which ends the test
}

Instance Guest::instantiate(std::string_view wat) const {
  Result<Instance> instance = tryInstantiate(wat);
  EXPECT_TRUE(instance) << instance.error().message;
  return instance.value();
}

}  // namespace wasmc::test
