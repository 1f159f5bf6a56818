#include "modules.h"

#include <gtest/gtest.h>

namespace wasmc::compiler::test {

FeatureSet allFeatures() {
  FeatureSet features;
  for (size_t i = 0; i < static_cast<size_t>(Feature::Count); ++i)
    features.set(static_cast<Feature>(i), true);
  return features;
}

FeatureSet without(Feature feature) {
  FeatureSet features = allFeatures();
  features.set(feature, false);
  return features;
}

Bytes join(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

Bytes leb(uint32_t value) {
  Bytes bytes;
  for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<uint8_t>(value | 0x80));
  bytes.push_back(static_cast<uint8_t>(value));
  return bytes;
}

Bytes name(std::string_view text) {
  return join({leb(static_cast<uint32_t>(text.size())), Bytes(text.begin(), text.end())});
}

Bytes section(uint8_t id, const Bytes& contents) {
  return join({{id}, leb(static_cast<uint32_t>(contents.size())), contents});
}

Bytes customSection(std::string_view title, const Bytes& contents) {
  return section(0, join({name(title), contents}));
}

Bytes items(std::initializer_list<Bytes> parts) {
  return join({leb(static_cast<uint32_t>(parts.size())), join(parts)});
}

Bytes module(std::initializer_list<Bytes> sections) {
  return join({{0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00}, join(sections)});
}

Bytes body(const Bytes& code) {
  const Bytes contents = join({{0x00}, code, {0x0b}});
  return join({leb(static_cast<uint32_t>(contents.size())), contents});
}

Bytes functionModule(const Bytes& code, const Bytes& sections) {
  return module({section(1, items({{0x60, 0x00, 0x00}})), section(3, {0x01, 0x00}), sections,
                 section(10, items({body(code)}))});
}

Bytes assembled(std::string_view text) {
  auto bytes = assembleText(text, "test.wat", allFeatures());
  if (!bytes) {
    ADD_FAILURE() << bytes.error().str();
    return {};
  }
  return std::move(*bytes);
}

std::string messageOf(const Bytes& bytes, const FeatureSet& features) {
  const auto read = readModule(bytes, features);
  return read ? "" : read.error().message;
}

std::optional<uint64_t> offsetOf(const Bytes& bytes, const FeatureSet& features) {
  const auto read = readModule(bytes, features);
  return read ? std::nullopt : read.error().offset;
}

}  // namespace wasmc::compiler::test
