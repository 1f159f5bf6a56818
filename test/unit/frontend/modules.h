// Modules for tests: from text, or section by section where the text format can not say it.
#ifndef WASMC_TEST_UNIT_FRONTEND_MODULES_H
#define WASMC_TEST_UNIT_FRONTEND_MODULES_H

#include "frontend/frontend.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace wasmc::compiler::test {

using Bytes = std::vector<uint8_t>;

FeatureSet allFeatures();             // all that the reader knows, supported or not
FeatureSet without(Feature feature);  // all others

Bytes join(std::initializer_list<Bytes> parts);
Bytes leb(uint32_t value);
Bytes name(std::string_view text);  // length and bytes

// Id, size, contents.
Bytes section(uint8_t id, const Bytes& contents);
Bytes customSection(std::string_view title, const Bytes& contents);
// A count and as many items.
Bytes items(std::initializer_list<Bytes> parts);
// A module of these sections.
Bytes module(std::initializer_list<Bytes> sections);

// A function body without locals: size, no declarations, `code` and the final end.
Bytes body(const Bytes& code);
// A module with one function () -> (), `code` inside, and these sections between function and code section.
Bytes functionModule(const Bytes& code, const Bytes& sections = {});

// The binary of a text module, which need not be valid. A test that can not assemble its text fails.
Bytes assembled(std::string_view text);

// What readModule says of a module: "" if it accepts it, else the message.
std::string messageOf(const Bytes& bytes, const FeatureSet& features = allFeatures());
// The offset in what it says.
std::optional<uint64_t> offsetOf(const Bytes& bytes, const FeatureSet& features = allFeatures());

}  // namespace wasmc::compiler::test

#endif  // WASMC_TEST_UNIT_FRONTEND_MODULES_H
