// The root unit: what an artifact has once.
#include "lower/descriptor.h"
#include "lower/image.h"
#include "lower/libcalls.h"
#include "lower/lower.h"
#include "lower/metadata_writer.h"
#include "lower/thunks.h"
#include "lower/types.h"
#include "support/symbols.h"

#include <wasmc/abi/source_map.h>

#include <llvm/ADT/STLExtras.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/DataLayout.h>

namespace wasmc::compiler {
namespace {

// The code of all functions that have a FuncRef, in its numbering. A tail code is null unless it differs.
void lowerFuncRefs(llvm::Module& target, const Module& module, DescriptorParts& parts) {
  const abi::InstanceLayout layout(instanceCounts(module));
  for (uint32_t f = 0; f < module.functions.size(); ++f) {
    if (!hasFuncRef(module, f)) continue;
    llvm::Function* const body = declareFunction(target, module, layout, f);
    parts.func_refs.push_back(lowerEntry(target, module, f));
    parts.tail_codes.push_back(parts.func_refs.back() == body ? nullptr : body);
  }
  if (llvm::none_of(parts.tail_codes, [](llvm::Function* f) { return f != nullptr; }))
    parts.tail_codes.clear();
}

// The code generator makes it, once it knows where the code is.
llvm::GlobalVariable* declareAddressMap(llvm::Module& target) {
  auto* map =
      new llvm::GlobalVariable(target, llvm::Type::getInt8Ty(target.getContext()), /*isConstant=*/true,
                               llvm::GlobalValue::ExternalLinkage, nullptr, kAddressMapSymbol);
  map->setVisibility(llvm::GlobalValue::HiddenVisibility);
  map->setDSOLocal(true);
  return map;
}

llvm::GlobalVariable* defineDebugMemory(llvm::Module& target) {
  auto* type = llvm::PointerType::get(target.getContext(), 0);
  auto* pointer =
      new llvm::GlobalVariable(target, type, /*isConstant=*/false, llvm::GlobalValue::ExternalLinkage,
                               llvm::ConstantPointerNull::get(type), kDebugMemorySymbol);
  pointer->setVisibility(llvm::GlobalValue::HiddenVisibility);
  return pointer;
}

}  // namespace

std::unique_ptr<llvm::Module> lowerRoot(const Module& module, const ArtifactInfo& info,
                                        const LowerOptions& options, llvm::LLVMContext& context,
                                        const llvm::Triple& triple, const llvm::DataLayout& layout) {
  auto target = std::make_unique<llvm::Module>("wasmc.root", context);
  target->setTargetTriple(triple);
  target->setDataLayout(layout);

  const MemoryImage image = planMemoryImage(module);
  const std::vector<uint8_t> metadata = writeMetadata(module, info, image);

  DescriptorParts parts;
  lowerFuncRefs(*target, module, parts);
  parts.array_calls = lowerArrayCalls(*target, module);
  parts.adapters = lowerAdapters(*target, module);
  parts.metadata = lowerBytes(*target, "wasmc.metadata", abi::kMetadataSection, metadata, 16);
  parts.metadata_size = static_cast<uint32_t>(metadata.size());
  parts.lib_calls = lowerLibCalls(*target, usesFeature(module, Feature::Exceptions));
  parts.memory_image = lowerBytes(*target, "wasmc.memory_image", abi::kMemoryImageSection, image.pages, 4096);
  parts.segment_data = lowerBytes(*target, "wasmc.segment_data", nullptr, image.segment_data, 1);
  parts.source_map = lowerBytes(*target, "wasmc.source_map", abi::kSourceMapSection, info.source_map, 4);
  if (options.debug_info) parts.debug_memory = defineDebugMemory(*target);
  if (options.address_map) parts.address_map = declareAddressMap(*target);
  lowerDescriptor(*target, info.symbol, parts);
  return target;
}

}  // namespace wasmc::compiler
