// wabt 1.0.32's text parser ends the process on some malformed modules (an element segment that holds "()",
// blocks nested some thousand deep), so it runs in a process of its own. Its answer comes back as bytes: a
// status, then the module, or line, column and message.
#include "frontend/byte_reader.h"
#include "frontend/frontend.h"
#include "frontend/isolated.h"
#include "frontend/wabt_types.h"

#include <wabt/binary-writer.h>
#include <wabt/ir.h>
#include <wabt/stream.h>
#include <wabt/validator.h>
#include <wabt/wast-lexer.h>
#include <wabt/wast-parser.h>

#include <memory>

namespace wasmc::compiler {
namespace {

constexpr uint8_t kAssembled = 0;
constexpr uint8_t kMalformed = 1;

using Bytes = std::vector<uint8_t>;

Bytes malformed(std::string_view message, const wabt::Location& where) {
  Bytes answer{kMalformed};
  appendU32(answer, static_cast<uint32_t>(where.line));
  appendU32(answer, static_cast<uint32_t>(where.first_column));
  answer.insert(answer.end(), message.begin(), message.end());
  return answer;
}

// A text module that has been parsed, or what is wrong with it.
struct Parsed {
  std::unique_ptr<wabt::Module> module;
  Bytes answer;
};

Parsed parse(std::string_view text, std::string_view file_name, const wabt::Features& features) {
  wabt::Errors errors;
  const auto lexer = wabt::WastLexer::CreateBufferLexer(file_name, text.data(), text.size(), &errors);
  wabt::WastParseOptions options(features);
  Parsed parsed;
  const wabt::Result result = wabt::ParseWatModule(lexer.get(), &parsed.module, &errors, &options);
  if (!errors.empty())
    parsed.answer = malformed(errors.front().message, errors.front().loc);
  else if (wabt::Failed(result))
    parsed.answer = malformed("the text module is malformed", {});
  return parsed;
}

// What the text uses is checked when the binary is read; only how some instructions are encoded depends on
// features.
Bytes assemble(std::string_view text, std::string_view file_name, bool multi_memory) {
  const wabt::Features features = readerFeatures(multi_memory);
  const Parsed parsed = parse(text, file_name, features);
  if (!parsed.answer.empty()) return parsed.answer;

  wabt::WriteBinaryOptions write_options;
  write_options.features = features;
  write_options.write_debug_names = true;
  wabt::MemoryStream stream;
  if (wabt::Failed(wabt::WriteBinaryModule(&stream, parsed.module.get(), write_options)))
    return malformed("the text module can not be written as a binary one", {});
  Bytes answer{kAssembled};
  const Bytes& binary = stream.output_buffer().data;
  answer.insert(answer.end(), binary.begin(), binary.end());
  return answer;
}

// The first error of a module that can be parsed, as for a malformed one; kAssembled where there is none.
Bytes validate(std::string_view text, std::string_view file_name, bool multi_memory) {
  const wabt::Features features = readerFeatures(multi_memory);
  const Parsed parsed = parse(text, file_name, features);
  if (!parsed.answer.empty()) return parsed.answer;
  wabt::Errors errors;
  if (wabt::Succeeded(wabt::ValidateModule(parsed.module.get(), &errors, wabt::ValidateOptions(features))) ||
      errors.empty()) {
    return {kAssembled};
  }
  return malformed(errors.front().message, errors.front().loc);
}

Diagnostic diagnosticOf(const Bytes& answer) {
  ByteReader in(answer, 1, answer.size());
  Diagnostic diagnostic;
  diagnostic.line = in.u32();
  diagnostic.column = in.u32();
  if (diagnostic.line == 0u) diagnostic.line.reset();
  diagnostic.message.assign(answer.begin() + static_cast<ptrdiff_t>(in.position()), answer.end());
  return diagnostic;
}

}  // namespace

Result<Bytes> assembleText(std::string_view text, std::string_view file_name, const FeatureSet& features) {
  const bool multi_memory = features.has(Feature::MultiMemory);
  auto answer = runIsolated([&] { return assemble(text, file_name, multi_memory); });
  if (!answer)
    return error("wabt 1.0.32's text parser failed: " + answer.error() +
                 "; the text is malformed in a way that it does not report, or nested too deeply");
  if (answer->empty()) return error("wabt 1.0.32's text parser gave no answer");
  if (answer->front() != kAssembled) return std::unexpected(diagnosticOf(*answer));
  answer->erase(answer->begin());
  return std::move(*answer);
}

std::optional<TextPosition> findInvalid(std::string_view text, std::string_view file_name,
                                        const FeatureSet& features) {
  const bool multi_memory = features.has(Feature::MultiMemory);
  const auto answer = runIsolated([&] { return validate(text, file_name, multi_memory); });
  if (!answer || answer->empty() || answer->front() != kMalformed) return std::nullopt;
  const Diagnostic found = diagnosticOf(*answer);
  if (!found.line || !found.column) return std::nullopt;
  return TextPosition{*found.line, *found.column};
}

}  // namespace wasmc::compiler
