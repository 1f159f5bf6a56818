#include "script.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

namespace wasmc::spec {
namespace {

using nlohmann::json;

std::string text(const json& object, const char* key) { return object.value(key, std::string()); }

Constant readConstant(const json& object) {
  Constant constant;
  constant.type = object.at("type");
  constant.lane_type = text(object, "lane_type");
  if (auto value = object.find("value"); value != object.end()) {
    if (value->is_array())
      constant.lanes = value->get<std::vector<std::string>>();
    else
      constant.value = *value;
  }
  if (auto values = object.find("values"); values != object.end())
    for (const json& alternative : *values) constant.alternatives.push_back(readConstant(alternative));
  return constant;
}

std::vector<Constant> readConstants(const json& object, const char* key) {
  std::vector<Constant> constants;
  if (auto list = object.find(key); list != object.end())
    for (const json& constant : *list) constants.push_back(readConstant(constant));
  return constants;
}

Action readAction(const json& object) {
  return {object.at("type") == "get", text(object, "module"), object.at("field"),
          readConstants(object, "args")};
}

Command readCommand(const json& object) {
  Command command;
  command.type = object.at("type");
  command.line = object.at("line");
  command.name = text(object, "name");
  command.as = text(object, "as");
  command.instance = text(object, "instance");
  command.module = text(object, "module");
  command.filename = text(object, "filename");
  command.is_text = text(object, "module_type") == "text";
  command.text = text(object, "text");
  if (auto action = object.find("action"); action != object.end()) command.action = readAction(*action);
  command.expected = readConstants(object, "expected");
  return command;
}

}  // namespace

std::vector<std::string> findScripts(const std::filesystem::path& root) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const std::filesystem::path& path = entry.path();
    // <name>/<name>.json
    if (path.extension() == ".json" && path.stem() == path.parent_path().filename())
      names.push_back(path.parent_path().lexically_relative(root).string());
  }
  std::ranges::sort(names);
  return names;
}

std::expected<Script, std::string> readScript(const std::filesystem::path& root, const std::string& name) {
  Script script{name, root / name, {}};
  const std::filesystem::path path = script.folder / (script.folder.filename().string() + ".json");
  std::ifstream file(path);
  if (!file) return std::unexpected("can not read " + path.string());
  try {
    const json document = json::parse(file);
    for (const json& command : document.at("commands")) script.commands.push_back(readCommand(command));
  } catch (const json::exception& problem) {
    return std::unexpected(path.string() + ": " + problem.what());
  }
  return script;
}

}  // namespace wasmc::spec
