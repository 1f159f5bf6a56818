// Manifests in JSON. Read event by event: there is no document, and nothing to descend into.
#include <wasmc/host_registry.h>
#include <wasmc/text.h>

#include <nlohmann/json.hpp>

namespace wasmc {
namespace {

using Json = nlohmann::json;

class Reader : public nlohmann::json_sax<Json> {
 public:
  Manifest manifest;
  std::string problem;

  bool start_object(size_t) override {
    if (place_ != Place::Start) return unexpected("an object");
    place_ = Place::Object;
    return true;
  }
  bool key(string_t& name) override {
    if (name != "namespaces") return fail("unknown key " + inQuotes(name) + ", expected \"namespaces\"");
    if (seen_) return fail("the key \"namespaces\" stands twice");
    seen_ = true;
    place_ = Place::Key;
    return true;
  }
  bool start_array(size_t) override {
    if (place_ != Place::Key) return unexpected("an array");
    place_ = Place::List;
    return true;
  }
  bool string(string_t& text) override {
    if (place_ != Place::List) return unexpected("the string " + inQuotes(text));
    manifest.namespaces.push_back(text);
    return true;
  }
  bool end_array() override {
    place_ = Place::Object;
    return true;
  }
  bool end_object() override { return seen_ || fail("the key \"namespaces\" is missing"); }

  bool null() override { return unexpected("null"); }
  bool boolean(bool value) override { return unexpected(value ? "true" : "false"); }
  bool number_integer(number_integer_t n) override { return unexpected("the number " + std::to_string(n)); }
  bool number_unsigned(number_unsigned_t n) override { return unexpected("the number " + std::to_string(n)); }
  bool number_float(number_float_t, const string_t& text) override {
    return unexpected("the number " + text);
  }
  bool binary(binary_t&) override { return unexpected("binary data"); }
  bool parse_error(size_t, const std::string&, const Json::exception& error) override {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: …"
    const std::string text = error.what();
    return fail(text.substr(text.find(']') + 2));
  }

 private:
  enum class Place { Start, Object, Key, List };

  bool fail(std::string text) {
    problem = std::move(text);
    return false;
  }
  bool unexpected(const std::string& found) {
    constexpr const char* kExpected[] = {"an object", "a key", "an array of strings", "a string"};
    return fail("found " + found + ", expected " + kExpected[static_cast<size_t>(place_)]);
  }

  Place place_ = Place::Start;
  bool seen_ = false;
};

}  // namespace

Result<Manifest> Manifest::parse(std::string_view json) {
  Reader reader;
  if (Json::sax_parse(json, &reader)) return std::move(reader.manifest);
  return error(ErrorCode::Format,
               "manifest: " + reader.problem + R"(; a manifest is {"namespaces": ["name", …]})");
}

}  // namespace wasmc
