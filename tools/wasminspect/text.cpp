// The description for people.
#include "describe.h"

#include <wasmc/text.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace wasmc::inspect {
namespace {

// Of lists that can be very long, such as data segments.
constexpr size_t kMostLines = 100;

// Text that stands beside other text: in quotes where it would not be told from that.
std::string string(const Json& json) {
  const auto& text = json.get_ref<const std::string&>();
  return text.contains(' ') ? inQuotes(text) : printable(text);
}

std::string scalar(const Json& json) { return json.is_string() ? string(json) : json.dump(); }

std::string joined(const Json& list, const char* separator) {
  std::string text;
  for (const Json& item : list) text += (text.empty() ? "" : separator) + scalar(item);
  return text;
}

std::string limits(const Json& l) {
  std::string text = scalar(l["min"]);
  if (l.contains("max")) text += ".." + scalar(l["max"]);
  if (l.contains("index")) text += " " + scalar(l["index"]);
  if (l.contains("shared")) text += " shared";
  return text;
}

// A type of any kind: the members say which.
std::string type(const Json& t) {
  if (t.contains("params"))
    return "(" + joined(t["params"], ", ") + ") -> (" + joined(t["results"], ", ") + ")";
  if (t.contains("element")) return scalar(t["element"]) + " " + limits(t["limits"]);
  if (t.contains("mutable")) return (t["mutable"].get<bool>() ? "mut " : "") + scalar(t["type"]);
  return limits(t) + " pages";
}

class Text {
 public:
  explicit Text(const Json& description) : json_(description) {}

  std::string str() {
    for (const char* name :
         {"file", "kind", "name", "size", "machine", "target", "cpu", "cpu_features", "compiler", "options",
          "modes", "abi_version", "abi_fingerprint", "source_sha256", "symbols", "wasm_features"}) {
      property(name);
    }
    section("imports",
            [](const Json& i) { return string(i["module"]) + " " + string(i["name"]) + " " + named(i); });
    section("exports", [](const Json& e) { return string(e["name"]) + " " + named(e); });
    section("types", type);
    section("memories", type);
    section("tables", type);
    section("globals",
            [](const Json& g) { return type(g) + (g.contains("init") ? " = " + scalar(g["init"]) : ""); });
    section("tags", type);
    section("data_segments",
            [](const Json& s) { return segment(s, "memory", scalar(s["size"]) + " bytes"); });
    section("elem_segments", [](const Json& s) {
      return segment(s, "table", scalar(s["count"]) + " of " + scalar(s["type"]));
    });
    functions();
    if (json_.contains("memory_image") && !json_["memory_image"]["runs"].empty())
      image(json_["memory_image"]);
    const auto sized = [](const Json& s) { return string(s["name"]) + " " + scalar(s["size"]) + " bytes"; };
    section("custom_sections", sized);
    section("sections", sized);
    return text_;
  }

 private:
  static std::string named(const Json& entity) { return scalar(entity["kind"]) + " " + type(entity["type"]); }

  static std::string segment(const Json& s, const char* space, const std::string& what) {
    std::string text = scalar(s["mode"]) + " " + what;
    if (s.contains("offset"))
      text += std::string(" to ") + space + " " + scalar(s[space]) + " at " + scalar(s["offset"]);
    return text;
  }

  static std::string named(const std::string& text) { return text.empty() ? text : printable(text); }

  void property(const std::string& name) {
    if (!json_.contains(name)) return;
    const Json& value = json_[name];
    const std::string text = value.is_array()    ? joined(value, " ")
                             : value.is_string() ? named(value.get_ref<const std::string&>())
                                                 : value.dump();
    if (text.empty()) return;
    std::string label = name;
    std::ranges::replace(label, '_', ' ');
    label.resize(std::max<size_t>(label.size() + 1, 17), ' ');
    text_ += label + text + "\n";
  }

  void section(const std::string& name, const auto& describe) {
    if (!json_.contains(name) || json_[name].empty()) return;
    std::string title = name;
    std::ranges::replace(title, '_', ' ');
    text_ += "\n" + title + " (" + std::to_string(json_[name].size()) + ")\n";
    const bool interface = name == "imports" || name == "exports";
    const size_t shown = interface ? json_[name].size() : std::min(json_[name].size(), kMostLines);
    for (size_t i = 0; i < shown; ++i) {
      text_ += "  [" + std::to_string(i) + "] " + describe(json_[name][i]) + "\n";
    }
    if (shown < json_[name].size()) {
      text_ += "  and " + std::to_string(json_[name].size() - shown) + " more, which --json shows\n";
    }
  }

  void functions() {
    const uint64_t imported = json_["imported_functions"].get<uint64_t>();
    text_ += "\nfunctions        " + std::to_string(json_["functions"].size() - imported) + " defined, " +
             std::to_string(imported) + " imported\n";
    if (!json_["start"].is_null()) text_ += "start function   " + scalar(json_["start"]) + "\n";
    largestFunctions(json_["kind"] == "module" ? "body_size" : "code_size");
  }

  void largestFunctions(const char* measure) {
    constexpr size_t kShown = 10;
    std::vector<const Json*> defined;
    for (const Json& f : json_["functions"])
      if (f.contains(measure)) defined.push_back(&f);
    const auto shown = std::min(kShown, defined.size());
    const auto middle = defined.begin() + static_cast<ptrdiff_t>(shown);
    std::ranges::partial_sort(defined, middle, std::ranges::greater(),
                              [&](const Json* f) { return (*f)[measure].get<uint64_t>(); });
    defined.resize(shown);
    text_ += "\nlargest functions (" + std::to_string(shown) + ")\n";
    for (const Json* f : defined)
      text_ += "  [" + scalar((*f)["index"]) + "] " + string((*f)["name"]) + " " + scalar((*f)[measure]) +
               (measure == std::string_view("code_size") ? " bytes of machine code" : " bytes") + "\n";
  }

  void image(const Json& image) {
    text_ += "memory image     " + scalar(image["size"]) + " bytes in " +
             std::to_string(image["runs"].size()) + " runs\n";
  }

  const Json& json_;
  std::string text_;
};

}  // namespace

std::string toText(const Json& description) { return Text(description).str(); }

}  // namespace wasmc::inspect
