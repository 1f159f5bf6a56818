#include "lower/tail.h"

#include "lower/fields.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/IR/Metadata.h>

namespace wasmc::compiler {
namespace {

llvm::Value* tailArguments(llvm::IRBuilder<>& ir, llvm::Value* instance) {
  llvm::Value* const field =
      ir.CreateConstInBoundsGEP1_64(ir.getInt8Ty(), instance, fields::InstanceHeader::tail_arguments.offset);
  llvm::LoadInst* array = ir.CreateAlignedLoad(ir.getPtrTy(), field, llvm::Align(8), "tail_arguments");
  array->setMetadata(llvm::LLVMContext::MD_invariant_load, llvm::MDNode::get(ir.getContext(), {}));
  return array;
}

llvm::Value* elementAddress(llvm::IRBuilder<>& ir, llvm::Value* array, unsigned element) {
  if (element == 0) return array;
  return ir.CreateConstInBoundsGEP1_64(ir.getInt8Ty(), array, element * sizeof(abi::Value));
}

// RISC-V: the bits above an f32 in the register of an f64.
constexpr uint64_t kNanBox = 0xffff'ffff'0000'0000;

}  // namespace

TailConvention::TailConvention(llvm::LLVMContext& context, const llvm::Triple& triple)
    : context_(context),
      triple_(triple),
      integers_(triple.getArch() == llvm::Triple::x86_64 ? 5 : 7),
      vectors_(8),
      integer_(llvm::Type::getInt64Ty(context)),
      vector_(hasVectorRegisters(triple)
                  ? static_cast<llvm::Type*>(llvm::FixedVectorType::get(llvm::Type::getInt8Ty(context), 16))
                  : llvm::Type::getDoubleTy(context)) {}

llvm::FunctionType* TailConvention::prototype(const FuncType& type) const {
  llvm::SmallVector<llvm::Type*, 16> params{llvm::PointerType::get(context_, 0)};
  params.append(integers_, integer_);
  params.append(vectors_, vector_);
  return llvm::FunctionType::get(wasmFunctionType(context_, type, triple_)->getReturnType(), params, false);
}

llvm::AttributeList TailConvention::attributes(const FuncType& type) const {
  const llvm::AttributeList own = wasmCallAttributes(context_, type, triple_);
  return llvm::AttributeList::get(context_, {}, own.getRetAttrs(), {own.getParamAttrs(0)});
}

llvm::SmallVector<TailConvention::Place, 16> TailConvention::places(const FuncType& type) const {
  unsigned integers = 0, vectors = 0, elements = 0;
  llvm::SmallVector<Place, 16> places;
  for (llvm::Type* t : wasmFunctionType(context_, type, triple_)->params().drop_front()) {
    const bool integer = t->isIntegerTy(32) || t->isIntegerTy(64) || t->isPointerTy();
    const bool holds = integer || t->getPrimitiveSizeInBits() <= vector_->getPrimitiveSizeInBits();
    Place place{t, std::nullopt};
    if (integer && integers < integers_) {
      place.parameter = 1 + integers++;
    } else if (!integer && holds && vectors < vectors_) {
      place.parameter = 1 + integers_ + vectors++;
    } else {
      place.element = elements++;
    }
    places.push_back(place);
  }
  return places;
}

bool TailConvention::fitsRegisters(const FuncType& type) const {
  return llvm::all_of(places(type), [](const Place& p) { return p.parameter.has_value(); });
}

bool TailConvention::canTailCall(const FuncType& type) const {
  return hasVectorRegisters(triple_) || type.results.size() != 2 ||
         !llvm::is_contained(type.results, ValType::v128());
}

TailConvention::Values TailConvention::pack(llvm::IRBuilder<>& ir, const FuncType& type,
                                            llvm::ArrayRef<llvm::Value*> args, llvm::Value* instance) const {
  Values packed{args.front()};
  packed.append(integers_, llvm::PoisonValue::get(integer_));
  packed.append(vectors_, llvm::PoisonValue::get(vector_));
  llvm::Value* memory = nullptr;
  for (const auto& [place, arg] : llvm::zip_equal(places(type), args.drop_front())) {
    if (place.parameter) {
      packed[*place.parameter] = toRegister(ir, arg);
      continue;
    }
    if (!memory) memory = tailArguments(ir, instance);
    ir.CreateAlignedStore(arg, elementAddress(ir, memory, place.element), llvm::Align(16));
  }
  return packed;
}

TailConvention::Values TailConvention::unpack(llvm::IRBuilder<>& ir, const FuncType& type,
                                              llvm::Function& function) const {
  Values args{function.getArg(0)};
  llvm::Value* memory = nullptr;
  for (const Place& place : places(type)) {
    if (place.parameter) {
      args.push_back(fromRegister(ir, function.getArg(*place.parameter), place.type));
      continue;
    }
    if (!memory) memory = tailArguments(ir, function.getArg(0));
    args.push_back(
        ir.CreateAlignedLoad(place.type, elementAddress(ir, memory, place.element), llvm::Align(16)));
  }
  return args;
}

llvm::Value* TailConvention::toRegister(llvm::IRBuilder<>& ir, llvm::Value* value) const {
  llvm::Type* const type = value->getType();
  if (type->isPointerTy()) return ir.CreatePtrToInt(value, integer_);
  if (type->isIntegerTy())
    return triple_.isRISCV64() ? ir.CreateSExt(value, integer_) : ir.CreateZExt(value, integer_);
  if (type == vector_) return value;
  if (vector_->isDoubleTy()) {
    llvm::Value* const bits = ir.CreateZExt(ir.CreateBitCast(value, ir.getInt32Ty()), ir.getInt64Ty());
    return ir.CreateBitCast(ir.CreateOr(bits, kNanBox), vector_);
  }
  auto* lanes = llvm::FixedVectorType::get(type, type->isFloatTy() ? 4 : 2);
  llvm::Value* const low = ir.CreateInsertElement(llvm::PoisonValue::get(lanes), value, uint64_t{0});
  return ir.CreateBitCast(low, vector_);
}

llvm::Value* TailConvention::fromRegister(llvm::IRBuilder<>& ir, llvm::Value* value, llvm::Type* type) const {
  if (type->isPointerTy()) return ir.CreateIntToPtr(value, type);
  if (type->isIntegerTy()) return ir.CreateTrunc(value, type);
  if (type == vector_) return value;
  if (vector_->isDoubleTy()) {
    llvm::Value* const bits = ir.CreateTrunc(ir.CreateBitCast(value, ir.getInt64Ty()), ir.getInt32Ty());
    return ir.CreateBitCast(bits, type);
  }
  auto* lanes = llvm::FixedVectorType::get(type, type->isFloatTy() ? 4 : 2);
  return ir.CreateExtractElement(ir.CreateBitCast(value, lanes), uint64_t{0});
}

}  // namespace wasmc::compiler
