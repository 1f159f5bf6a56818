// Lines of the source that an artifact's module was compiled from, for reading beside its machine code.
#ifndef WASMC_TOOLS_WASMINSPECT_SOURCE_LINES_H
#define WASMC_TOOLS_WASMINSPECT_SOURCE_LINES_H

#include "elf.h"

#include <wasmc/abi/source_map.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wasmc::inspect {

class SourceLines {
 public:
  // Of an artifact without a source map nothing is known.
  explicit SourceLines(const ElfFile& file);

  // The line that the wasm instruction at `offset` comes from, "app.c:12  return a / b;" with its text where
  // the file is there; none where it is not known, or where it is the line of the last call.
  std::optional<std::string> at(uint64_t offset);

 private:
  std::string text(const std::string& file, uint32_t line);

  abi::SourceMapReader map_;
  std::pair<std::string, uint32_t> last_;
  std::map<std::string, std::vector<std::string>> files_;
};

}  // namespace wasmc::inspect

#endif  // WASMC_TOOLS_WASMINSPECT_SOURCE_LINES_H
