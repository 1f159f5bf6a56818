#include "debug/guest_dwarf.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/Demangle/Demangle.h>
#include <llvm/Support/MemoryBuffer.h>

#include <algorithm>

namespace wasmc::compiler {
namespace {

constexpr std::string_view kPrefix = ".debug_";

void ignore(llvm::Error e) { llvm::consumeError(std::move(e)); }

}  // namespace

GuestDwarf::GuestDwarf(const Module& module) : module_(module) {
  llvm::StringMap<std::unique_ptr<llvm::MemoryBuffer>> sections;
  for (const CustomSection& section : module.custom_sections) {
    if (!section.name.starts_with(kPrefix)) continue;
    const llvm::StringRef bytes(reinterpret_cast<const char*>(section.bytes.data()), section.bytes.size());
    sections[llvm::StringRef(section.name).drop_front(1)] =
        llvm::MemoryBuffer::getMemBuffer(bytes, section.name, /*RequiresNullTerminator=*/false);
  }
  if (!sections.contains("debug_info") || !sections.contains("debug_abbrev")) return;
  constexpr uint8_t kAddressSize = 4;
  context_ = llvm::DWARFContext::create(sections, kAddressSize, /*isLittleEndian=*/true, ignore, ignore);
}

std::optional<uint32_t> GuestDwarf::functionAt(uint64_t address) const {
  const uint64_t offset = fileOffset(address);
  const auto defined = std::span(module_.functions).subspan(module_.imported_functions);
  auto at = std::ranges::upper_bound(defined, offset, {}, [](const Function& f) { return f.body_offset; });
  // Where a linker counts a body's size as part of it, a function begins some bytes before its body.
  constexpr uint64_t kSizeField = 5;
  const bool before_body = at != defined.end() && at->body_offset - offset <= kSizeField;
  if (!before_body) {
    if (at == defined.begin()) return std::nullopt;
    --at;
    if (offset >= at->body_offset + at->body_size) return std::nullopt;
  }
  return module_.imported_functions + static_cast<uint32_t>(at - defined.begin());
}

bool GuestDwarf::isCode(uint64_t begin, uint64_t end) const {
  const std::optional<uint32_t> function = functionAt(begin);
  if (!function || begin >= end) return false;
  const Function& f = module_.functions[*function];
  return fileOffset(end) <= f.body_offset + f.body_size;
}

std::string functionName(const llvm::DWARFDie& function) {
  if (const char* linkage = function.getSubroutineName(llvm::DINameKind::LinkageName))
    return llvm::demangle(linkage);
  const char* name = function.getSubroutineName(llvm::DINameKind::ShortName);
  return name ? name : "";
}

std::string filePath(const llvm::DWARFDebugLine::LineTable& table, uint64_t file,
                     const llvm::DWARFUnit& unit) {
  std::string path;
  const char* folder = const_cast<llvm::DWARFUnit&>(unit).getCompilationDir();
  using Kind = llvm::DILineInfoSpecifier::FileLineInfoKind;
  if (!table.getFileNameByIndex(file, folder ? folder : "", Kind::AbsoluteFilePath, path)) return {};
  return path;
}

}  // namespace wasmc::compiler
