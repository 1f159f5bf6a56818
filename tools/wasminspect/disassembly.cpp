#include "disassembly.h"

#include "code_map.h"
#include "source_lines.h"
#include "wasm_text.h"

#include <wasmc/compiler.h>
#include <wasmc/text.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace wasmc::inspect {
namespace {

std::string hexadecimal(uint64_t number) {
  char text[20];
  std::snprintf(text, sizeof text, "%llx", static_cast<unsigned long long>(number));
  return text;
}

std::string wasmLine(uint64_t offset, const std::string& text) {
  std::string label = "0x" + hexadecimal(offset);
  label.resize(std::max<size_t>(label.size() + 1, 10), ' ');
  return label + text + "\n";
}

// Text of the instructions of a module by offset, made function by function as it is asked for.
class SourceText {
 public:
  explicit SourceText(const compiler::Module* module) : module_(module) {}

  std::string at(uint64_t offset) {
    if (!module_) return "";
    if (const auto function = functionAt(offset); function && seen_.insert(*function).second)
      for (WasmLine& line : disassembleFunction(*module_, *function))
        lines_[line.offset] = {*function, std::move(line.text)};
    const auto found = lines_.find(offset);
    return found == lines_.end() ? "" : found->second.second + inlinedNote(found->second.first);
  }

  void setFunction(uint32_t function) { function_ = function; }

 private:
  std::optional<uint32_t> functionAt(uint64_t offset) const {
    for (uint32_t f = module_->imported_functions; f < module_->functions.size(); ++f) {
      const compiler::Function& function = module_->functions[f];
      if (offset >= function.body_offset && offset - function.body_offset < function.body_size) return f;
    }
    return std::nullopt;
  }

  std::string inlinedNote(uint32_t function) const {
    return function == function_ ? "" : "    (inlined: " + printable(module_->functionLabel(function)) + ")";
  }

  const compiler::Module* module_;
  uint32_t function_ = 0;
  std::set<uint32_t> seen_;
  std::map<uint64_t, std::pair<uint32_t, std::string>> lines_;
};

// The defined function that is meant.
template <typename NameOf>
std::expected<uint32_t, std::string> find(const std::string& wanted, uint32_t first, uint32_t count,
                                          const NameOf& name_of) {
  for (uint32_t f = first; f < count; ++f)
    if (name_of(f) == wanted) return f;
  uint32_t index = 0;
  const char* end = wanted.data() + wanted.size();
  const auto parsed = std::from_chars(wanted.data(), end, index);
  if (parsed.ec == std::errc() && parsed.ptr == end && index >= first && index < count) return index;
  return std::unexpected("it defines no function '" + printable(wanted) +
                         "'; expected a name, or an index from " + std::to_string(first) + " to " +
                         std::to_string(count) + " exclusive; wasminspect --json lists them");
}

std::span<const uint8_t> codeOf(const ElfFile& file, const CodeRange& range) {
  for (const ElfSection& s : file.sections) {
    if (!s.loaded || range.address < s.address || range.address - s.address >= s.bytes.size()) continue;
    const uint64_t at = range.address - s.address;
    return s.bytes.subspan(at, std::min<uint64_t>(range.size, s.bytes.size() - at));
  }
  return {};
}

std::string rangeText(const CodeRange& range, const std::vector<compiler::MachineInstruction>& code,
                      SourceText& source, SourceLines& source_lines) {
  std::string text;
  size_t next = 0;
  for (const compiler::MachineInstruction& instruction : code) {
    const size_t before = next;
    while (next < range.lines.size() && range.lines[next].address <= instruction.address) ++next;
    if (next > before) {
      if (const auto line = source_lines.at(range.lines[next - 1].offset)) text += *line + "\n";
      text += wasmLine(range.lines[next - 1].offset, source.at(range.lines[next - 1].offset));
    }
    text += "              " + hexadecimal(instruction.address) + ": " + instruction.text + "\n";
  }
  return text;
}

bool isSource(const abi::MetadataView& view, const compiler::Module& module) {
  return std::ranges::equal(view.functions(), module.functions, [](const auto& a, const auto& b) {
    return a.body_offset == b.body_offset && a.body_size == b.body_size;
  });
}

}  // namespace

std::expected<std::string, std::string> disassembleModule(const compiler::Module& module,
                                                          const std::string& wanted) {
  const auto function =
      find(wanted, module.imported_functions, static_cast<uint32_t>(module.functions.size()),
           [&](uint32_t f) { return module.functions[f].name; });
  if (!function) return std::unexpected(function.error());
  std::string text = "func[" + std::to_string(*function) + "] " + printable(module.functionLabel(*function)) +
                     ", " + std::to_string(module.functions[*function].body_size) + " bytes\n";
  for (const WasmLine& line : disassembleFunction(module, *function))
    text += wasmLine(line.offset, line.text);
  return text;
}

std::expected<std::string, std::string> disassembleArtifact(const ElfFile& file, const std::string& wanted,
                                                            const compiler::Module* source) {
  if (file.type != "shared object")
    return std::unexpected("disassembling needs a shared object (.so); this is an ELF " + file.type);
  const auto metadata = readMetadata(file);
  if (!metadata) return std::unexpected(metadata.error());
  const abi::MetadataView& view = metadata->view();
  const auto function = find(wanted, view->imported_functions, static_cast<uint32_t>(view.functions().size()),
                             [&](uint32_t f) { return view.string(view.functions()[f].name); });
  if (!function) return std::unexpected(function.error());

  if (source && !isSource(view, *source))
    return std::unexpected("the file of --module is not the module that this artifact was made from");

  std::vector<std::string> features;
  for (abi::StringRef s : view.array(view->cpu_features)) features.emplace_back(view.string(s));
  const CodeMap map(file);
  SourceText lines(source);
  lines.setFunction(*function);
  SourceLines source_lines(file);
  std::string text = "func[" + std::to_string(*function) + "] " +
                     printable(view.string(view.functions()[*function].name)) + ", " +
                     std::to_string(map.codeSize(*function)) + " bytes of machine code";
  text += map.codeSize(*function) ? "\n" : ": inlined where it is called, or never called\n";
  for (const CodeRange& range : map.ranges()) {
    if (range.function != *function) continue;
    const auto code = compiler::disassemble(codeOf(file, range), range.address,
                                            std::string(view.string(view->target)), features);
    if (!code) return std::unexpected(code.error().message);
    text += rangeText(range, *code, lines, source_lines);
  }
  return text;
}

}  // namespace wasmc::inspect
