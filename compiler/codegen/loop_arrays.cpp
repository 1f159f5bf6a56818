#include "codegen/loop_arrays.h"

#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/IR/DataLayout.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/Operator.h>

#include <optional>

namespace wasmc::compiler {
namespace {

// Each pair of arrays needs a comparison before the loop.
constexpr size_t kMaxArrays = 4;

using Arrays = llvm::SmallVector<LoopArray, 4>;

// base + index + offset, the way that guest addresses are made.
struct Address {
  llvm::Value* base;
  llvm::Value* index;
  int64_t offset;
};

std::optional<Address> addressOf(llvm::Value* pointer, const llvm::Loop& loop,
                                 const llvm::DataLayout& layout) {
  llvm::APInt offset(64, 0);
  llvm::Value* const inner =
      pointer->stripAndAccumulateConstantOffsets(layout, offset, /*AllowNonInbounds=*/true);
  auto* address = llvm::dyn_cast<llvm::GEPOperator>(inner);
  if (!address || address->getNumIndices() != 1 || !address->getSourceElementType()->isIntegerTy(8))
    return std::nullopt;
  llvm::Value* const index = *address->idx_begin();
  if (!index->getType()->isIntegerTy(64) || !loop.isLoopInvariant(address->getPointerOperand()))
    return std::nullopt;
  return Address{address->getPointerOperand(), index, offset.getSExtValue()};
}

// Start and step of an index, as if a 32-bit one did not wrap around, which is for the caller to check.
struct Sequence {
  const llvm::SCEV* start;
  const llvm::SCEV* step;
};

std::optional<Sequence> sequenceOf(llvm::Value* index, const llvm::Loop& loop,
                                   llvm::ScalarEvolution& evolution) {
  const llvm::SCEV* value = evolution.getSCEV(index);
  if (evolution.isLoopInvariant(value, &loop)) return Sequence{value, nullptr};
  llvm::Type* const wide = value->getType();
  const bool narrow = llvm::isa<llvm::SCEVZeroExtendExpr>(value);
  if (narrow) value = llvm::cast<llvm::SCEVZeroExtendExpr>(value)->getOperand();
  auto* counted = llvm::dyn_cast<llvm::SCEVAddRecExpr>(value);
  if (!counted || counted->getLoop() != &loop || !counted->isAffine()) return std::nullopt;
  auto* step = llvm::dyn_cast<llvm::SCEVConstant>(counted->getStepRecurrence(evolution));
  if (!step) return std::nullopt;
  return Sequence{evolution.getNoopOrZeroExtend(counted->getStart(), wide),
                  evolution.getConstant(wide, static_cast<uint64_t>(step->getAPInt().getSExtValue()), true)};
}

// The distance of two starts. Of the zero-extended ones of counters it is that of the 32-bit values, because
// no counter wraps.
std::optional<int64_t> distanceOf(const LoopArray& from, const LoopArray& to,
                                  llvm::ScalarEvolution& evolution) {
  const llvm::SCEV* a = from.start;
  const llvm::SCEV* b = to.start;
  auto* narrow_a = llvm::dyn_cast<llvm::SCEVZeroExtendExpr>(a);
  auto* narrow_b = llvm::dyn_cast<llvm::SCEVZeroExtendExpr>(b);
  if (from.step && narrow_a && narrow_b &&
      narrow_a->getOperand()->getType() == narrow_b->getOperand()->getType()) {
    a = narrow_a->getOperand();
    b = narrow_b->getOperand();
  }
  auto* difference = llvm::dyn_cast<llvm::SCEVConstant>(evolution.getMinusSCEV(b, a));
  if (!difference) return std::nullopt;
  return difference->getAPInt().getSExtValue();
}

void addAccess(Arrays& arrays, LoopArray access, llvm::ScalarEvolution& evolution) {
  for (LoopArray& array : arrays) {
    if (array.base != access.base || array.step != access.step) continue;
    const std::optional<int64_t> distance = distanceOf(array, access, evolution);
    if (!distance) continue;
    LoopArray::Access moved = access.accesses.front();
    moved.distance += *distance;
    array.accesses.push_back(moved);
    array.low = std::min(array.low, access.low + *distance);
    array.high = std::max(array.high, access.high + *distance);
    array.written |= access.written;
    return;
  }
  arrays.push_back(std::move(access));
}

bool hasNeighbours(const LoopArray& array) {
  return llvm::any_of(array.accesses, [&](const LoopArray::Access& access) {
    return access.distance != array.accesses.front().distance;
  });
}

}  // namespace

llvm::SmallVector<LoopArray, 4> arraysToSeparate(llvm::Loop& loop, llvm::ScalarEvolution& evolution) {
  Arrays arrays;
  for (llvm::BasicBlock* block : loop.blocks()) {
    const llvm::DataLayout& layout = block->getDataLayout();
    for (llvm::Instruction& i : *block) {
      if (!i.mayReadOrWriteMemory() || i.hasMetadata(llvm::LLVMContext::MD_invariant_load)) continue;
      llvm::Value* const pointer = llvm::getLoadStorePointerOperand(&i);
      const auto address = pointer ? addressOf(pointer, loop, layout) : std::nullopt;
      const auto sequence = address ? sequenceOf(address->index, loop, evolution) : std::nullopt;
      if (!sequence) return {};
      const auto size =
          static_cast<int64_t>(layout.getTypeStoreSize(llvm::getLoadStoreType(&i)).getFixedValue());
      addAccess(arrays,
                {address->base,
                 sequence->start,
                 sequence->step,
                 {{&i, address->offset}},
                 address->offset,
                 address->offset + size,
                 i.mayWriteToMemory()},
                evolution);
    }
  }
  const bool one_base =
      llvm::all_of(arrays, [&](const LoopArray& a) { return a.base == arrays.front().base; });
  const bool any_written = llvm::any_of(arrays, [](const LoopArray& a) { return a.written; });
  if (arrays.size() < 2 || arrays.size() > kMaxArrays || !one_base || !any_written ||
      llvm::none_of(arrays, hasNeighbours)) {
    return {};
  }
  return arrays;
}

llvm::SmallVector<Disjoint, 4> apart(llvm::ArrayRef<LoopArray> arrays, const llvm::SCEV* iterations,
                                     llvm::ScalarEvolution& evolution) {
  struct Range {
    const llvm::SCEV *begin, *end;
  };
  llvm::Type* const type = iterations->getType();
  auto plus = [&](const llvm::SCEV* value, int64_t offset) {
    return evolution.getAddExpr(value, evolution.getConstant(type, static_cast<uint64_t>(offset), true));
  };
  auto rangeOf = [&](const LoopArray& array) {
    if (!array.step) return Range{plus(array.start, array.low), plus(array.start, array.high)};
    const llvm::SCEV* const last =
        evolution.getAddExpr(array.start, evolution.getMulExpr(iterations, array.step));
    const bool down = llvm::cast<llvm::SCEVConstant>(array.step)->getAPInt().isNegative();
    return Range{plus(down ? last : array.start, array.low), plus(down ? array.start : last, array.high)};
  };
  llvm::SmallVector<Disjoint, 4> checks;
  for (size_t i = 0; i < arrays.size(); ++i) {
    for (size_t j = i + 1; j < arrays.size(); ++j) {
      if (!arrays[i].written && !arrays[j].written) continue;
      const Range a = rangeOf(arrays[i]);
      const Range b = rangeOf(arrays[j]);
      checks.push_back({a.end, b.begin, b.end, a.begin});
    }
  }
  return checks;
}

void markApart(llvm::ArrayRef<LoopArray> arrays) {
  llvm::LLVMContext& context = arrays.front().accesses.front().instruction->getContext();
  llvm::MDBuilder metadata(context);
  llvm::MDNode* const domain = metadata.createAnonymousAliasScopeDomain("arrays");
  llvm::SmallVector<llvm::Metadata*, 4> scopes;
  for (size_t i = 0; i < arrays.size(); ++i) scopes.push_back(metadata.createAnonymousAliasScope(domain));

  for (size_t i = 0; i < arrays.size(); ++i) {
    llvm::SmallVector<llvm::Metadata*, 4> others;
    for (size_t j = 0; j < arrays.size(); ++j) {
      if (j != i && (arrays[i].written || arrays[j].written)) others.push_back(scopes[j]);
    }
    for (const LoopArray::Access& access : arrays[i].accesses) {
      auto add = [&](unsigned kind, llvm::ArrayRef<llvm::Metadata*> nodes) {
        llvm::Instruction& instruction = *access.instruction;
        instruction.setMetadata(kind, llvm::MDNode::concatenate(instruction.getMetadata(kind),
                                                                llvm::MDNode::get(context, nodes)));
      };
      add(llvm::LLVMContext::MD_alias_scope, scopes[i]);
      add(llvm::LLVMContext::MD_noalias, others);
    }
  }
}

}  // namespace wasmc::compiler
