// Any bytes as a binary module: decoded and validated; the bodies of what is valid are visited as lowering
// visits them. An error has a message.
#include "frontend/frontend.h"

#include <cstdlib>

namespace {

using namespace wasmc::compiler;

// Looks at all that an instruction refers to, so that the sanitizers see it, too.
struct Reader : FunctionVisitor {
  uint64_t sum = 0;
  void begin(uint32_t, std::span<const LocalRun> locals) override {
    for (const LocalRun& run : locals) sum += run.count;
  }
  void instruction(const Instr& instr) override {
    for (const uint32_t target : instr.targets) sum += target;
    for (const ValType type : instr.block.params) sum += type.index;
    for (const ValType type : instr.block.results) sum += type.index;
  }
  void end(uint64_t offset, bool) override { sum += offset; }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const FeatureSet features;
  const Result<Module> module = readModule({data, size}, features);
  if (!module) {
    if (module.error().message.empty()) std::abort();
    return 0;
  }
  const auto defined = static_cast<uint32_t>(module->functions.size() - module->imported_functions);
  Reader reader;
  visitFunctions(*module, features, module->imported_functions, defined, reader);
  return 0;
}
