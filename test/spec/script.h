// A script of the conformance suite, as converted to JSON: one command after another.
#ifndef WASMC_TEST_SPEC_SCRIPT_H
#define WASMC_TEST_SPEC_SCRIPT_H

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace wasmc::spec {

// A constant, or what a result is compared with.
struct Constant {
  std::string type;       // "i32", "v128", "externref", "refnull", "either", ...
  std::string value;      // decimal bits, "nan:canonical", "nan:arithmetic", "null"; empty: any of the type
  std::string lane_type;  // of v128
  std::vector<std::string> lanes;
  std::vector<Constant> alternatives;  // of either
};

struct Action {
  bool is_get = false;  // reads a global; otherwise calls a function
  std::string module;   // empty: the current one
  std::string field;
  std::vector<Constant> args;
};

struct Command {
  std::string type;  // "module", "assert_return", ...
  uint32_t line = 0;
  std::string name;      // of a module; what register refers to
  std::string as;        // register
  std::string instance;  // module_instance: the new instance's name, and `module` the definition's
  std::string module;
  std::string filename;
  bool is_text = false;  // the file is a text module
  std::string text;      // expected message
  Action action;
  std::vector<Constant> expected;
};

struct Script {
  std::string name;  // "i32", "proposals/threads/atomic"
  std::filesystem::path folder;
  std::vector<Command> commands;
};

// All scripts below `root`, sorted by name.
std::vector<std::string> findScripts(const std::filesystem::path& root);
std::expected<Script, std::string> readScript(const std::filesystem::path& root, const std::string& name);

}  // namespace wasmc::spec

#endif  // WASMC_TEST_SPEC_SCRIPT_H
