#include "artifacts.h"

#include <fstream>
#include <iterator>
#include <optional>
#include <set>

namespace wasmc::spec {
namespace {

namespace fs = std::filesystem;

// FOLDER/SCRIPT/O2/module.wasm.so, or .refused with the compiler's message.
fs::path placeOf(const fs::path& folder, const Script& script, const std::string& level,
                 const fs::path& wasm) {
  return folder / script.name / ("O" + level) / wasm.filename();
}

std::optional<std::vector<uint8_t>> readAll(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::vector<uint8_t>{std::istreambuf_iterator<char>(file), {}};
}

bool write(const Compiled& compiled, const fs::path& place) {
  std::ofstream file(place.string() + (compiled ? ".so" : ".refused"), std::ios::binary);
  if (compiled)
    file.write(reinterpret_cast<const char*>(compiled->data()),
               static_cast<std::streamsize>(compiled->size()));
  else
    file << compiled.error();
  return static_cast<bool>(file.flush());
}

}  // namespace

ScriptResult compileScript(const Script& script, const std::string& level, const Compile& compile,
                           const fs::path& folder) {
  ScriptResult result{script.name, level, 0, {}, {}, {}};
  std::set<std::string> names;
  for (const Command& command : script.commands)
    if (!command.filename.empty() && !command.is_text) names.insert(command.filename);
  std::error_code problem;
  fs::create_directories(placeOf(folder, script, level, "x").parent_path(), problem);
  for (const std::string& name : names) {
    const fs::path place = placeOf(folder, script, level, name);
    if (write(compile(script.folder / name, level), place))
      ++result.passed;
    else
      result.failures.push_back(script.name + ": can not write " + place.string());
  }
  return result;
}

Compile compiledIn(const fs::path& folder, const Script& script) {
  return [folder, script](const fs::path& wasm, const std::string& level) -> Compiled {
    const fs::path place = placeOf(folder, script, level, wasm);
    if (auto artifact = readAll(place.string() + ".so")) return std::move(*artifact);
    const auto message = readAll(place.string() + ".refused");
    if (!message) return std::unexpected("it was not compiled: there is no " + place.string() + ".so");
    return std::unexpected(std::string(message->begin(), message->end()));
  };
}

}  // namespace wasmc::spec
