#include "lower/descriptor.h"

#include <llvm/IR/Constants.h>
#include <llvm/IR/DerivedTypes.h>

#include <wasmc/abi/fingerprint.h>

#include <cstddef>

namespace wasmc::compiler {
namespace {

// The members of abi::Descriptor from `metadata` on are 32-bit words; a word's position is its offset.
constexpr size_t kWordsStart = offsetof(abi::Descriptor, metadata);
constexpr size_t kWordCount = (sizeof(abi::Descriptor) - kWordsStart) / sizeof(uint32_t);
static_assert(offsetof(abi::Descriptor, magic) == 0 && offsetof(abi::Descriptor, abi_version) == 8 &&
                  offsetof(abi::Descriptor, size) == 12 && offsetof(abi::Descriptor, fingerprint) == 16 &&
                  kWordsStart == 24,
              "lowerDescriptor writes the members before `metadata` in this order");

// Collects the 32-bit words of the descriptor and of the tables behind it.
class Words {
 public:
  explicit Words(llvm::GlobalVariable& descriptor)
      : descriptor_(descriptor),
        type_(llvm::Type::getInt32Ty(descriptor.getContext())),
        members_(kWordCount, number(0)) {}

  void setNumber(size_t member, uint64_t value) { at(member) = number(value); }
  void setRelative(size_t member, llvm::Constant* to) { at(member) = relative(to); }
  void setTable(size_t member, const std::vector<llvm::Function*>& functions) {
    if (functions.empty()) return;
    setNumber(member, sizeof(abi::Descriptor) + tables_.size() * sizeof(abi::RelOffset));
    for (llvm::Function* f : functions) tables_.push_back(relative(f));
  }

  llvm::Constant* members() const { return array(members_); }
  llvm::Constant* tables() const { return array(tables_); }

 private:
  llvm::Constant*& at(size_t member) { return members_[(member - kWordsStart) / sizeof(uint32_t)]; }
  llvm::Constant* number(uint64_t value) const { return llvm::ConstantInt::get(type_, value); }

  // A link-time constant: the distance from the descriptor, 0 for null.
  llvm::Constant* relative(llvm::Constant* to) const {
    if (!to) return number(0);
    llvm::Type* const address = llvm::Type::getInt64Ty(descriptor_.getContext());
    llvm::Constant* distance = llvm::ConstantExpr::getSub(
        llvm::ConstantExpr::getPtrToInt(to, address), llvm::ConstantExpr::getPtrToInt(&descriptor_, address));
    return llvm::ConstantExpr::getTrunc(distance, type_);
  }

  llvm::Constant* array(const std::vector<llvm::Constant*>& words) const {
    return llvm::ConstantArray::get(llvm::ArrayType::get(type_, words.size()), words);
  }

  llvm::GlobalVariable& descriptor_;
  llvm::Type* type_;
  std::vector<llvm::Constant*> members_;
  std::vector<llvm::Constant*> tables_;
};

}  // namespace

void lowerDescriptor(llvm::Module& target, const std::string& symbol, const DescriptorParts& parts) {
  llvm::LLVMContext& context = target.getContext();
  llvm::Type* const i32 = llvm::Type::getInt32Ty(context);
  llvm::Type* const i64 = llvm::Type::getInt64Ty(context);
  const size_t table_words =
      parts.func_refs.size() + parts.array_calls.size() + parts.adapters.size() + parts.tail_codes.size();
  auto* type = llvm::StructType::get(context, {i64, i32, i32, i64, llvm::ArrayType::get(i32, kWordCount),
                                               llvm::ArrayType::get(i32, table_words)});
  auto* descriptor = new llvm::GlobalVariable(target, type, /*isConstant=*/true,
                                              llvm::GlobalValue::ExternalLinkage, nullptr, symbol);
  descriptor->setVisibility(llvm::GlobalValue::ProtectedVisibility);
  descriptor->setDSOLocal(true);
  descriptor->setAlignment(llvm::Align(16));

  Words words(*descriptor);
  words.setRelative(offsetof(abi::Descriptor, metadata), parts.metadata);
  words.setNumber(offsetof(abi::Descriptor, metadata_size), parts.metadata_size);
  words.setTable(offsetof(abi::Descriptor, func_refs), parts.func_refs);
  words.setTable(offsetof(abi::Descriptor, array_calls), parts.array_calls);
  words.setTable(offsetof(abi::Descriptor, adapters), parts.adapters);
  words.setTable(offsetof(abi::Descriptor, tail_codes), parts.tail_codes);
  words.setRelative(offsetof(abi::Descriptor, lib_calls), parts.lib_calls);
  words.setRelative(offsetof(abi::Descriptor, memory_image), parts.memory_image);
  words.setRelative(offsetof(abi::Descriptor, segment_data), parts.segment_data);
  words.setRelative(offsetof(abi::Descriptor, address_map), parts.address_map);
  words.setRelative(offsetof(abi::Descriptor, source_map), parts.source_map);
  words.setRelative(offsetof(abi::Descriptor, debug_memory), parts.debug_memory);
  descriptor->setInitializer(llvm::ConstantStruct::get(
      type,
      {llvm::ConstantInt::get(i64, abi::kDescriptorMagic), llvm::ConstantInt::get(i32, abi::kAbiVersion),
       llvm::ConstantInt::get(i32, sizeof(abi::Descriptor)), llvm::ConstantInt::get(i64, abi::kFingerprint),
       words.members(), words.tables()}));
}

llvm::GlobalVariable* lowerBytes(llvm::Module& target, const char* name, const char* section,
                                 std::span<const uint8_t> bytes, uint64_t alignment) {
  if (bytes.empty()) return nullptr;
  llvm::Constant* data = llvm::ConstantDataArray::getRaw(
      llvm::StringRef(reinterpret_cast<const char*>(bytes.data()), bytes.size()), bytes.size(),
      llvm::Type::getInt8Ty(target.getContext()));
  auto* variable = new llvm::GlobalVariable(target, data->getType(), /*isConstant=*/true,
                                            llvm::GlobalValue::InternalLinkage, data, name);
  if (section) variable->setSection(section);
  variable->setAlignment(llvm::Align(alignment));
  return variable;
}

}  // namespace wasmc::compiler
