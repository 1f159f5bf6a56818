#include "debug/type_converter.h"

#include "debug/guest_dwarf.h"

namespace wasmc::compiler {
namespace {

namespace dwarf = llvm::dwarf;

uint64_t number(const llvm::DWARFDie& die, dwarf::Attribute attribute, uint64_t otherwise = 0) {
  return dwarf::toUnsigned(die.find(attribute), otherwise);
}

uint64_t bits(const llvm::DWARFDie& die) { return number(die, dwarf::DW_AT_byte_size) * 8; }

llvm::StringRef nameOf(const llvm::DWARFDie& die) {
  const char* name = die.getShortName();
  return name ? name : "";
}

bool isAggregate(dwarf::Tag tag) {
  return tag == dwarf::DW_TAG_structure_type || tag == dwarf::DW_TAG_class_type ||
         tag == dwarf::DW_TAG_union_type;
}

// How it is written in the source, as far as a name needs it.
std::string spelling(const llvm::DIType* type) {
  if (!type) return "void";
  if (!type->getName().empty()) return type->getName().str();
  const auto* derived = llvm::dyn_cast<llvm::DIDerivedType>(type);
  const bool is_const = type->getTag() == dwarf::DW_TAG_const_type;
  if (derived && (is_const || type->getTag() == dwarf::DW_TAG_volatile_type))
    return (is_const ? "const " : "volatile ") + spelling(derived->getBaseType());
  return "(unnamed)";
}

}  // namespace

llvm::DIType* TypeConverter::convert(const llvm::DWARFDie& die) {
  constexpr unsigned kDeepest = 100;  // damaged DWARF may go round in circles
  if (!die || depth_ == kDeepest) return nullptr;
  const auto known = known_.find(die.getOffset());
  if (known != known_.end()) return known->second;
  ++depth_;
  llvm::DIType* const type = make(die);
  --depth_;
  // Where the way was short enough for a definition, it is one for all ways.
  const bool declared = llvm::isa_and_nonnull<llvm::DICompositeType>(type) && type->isForwardDecl();
  if (!declared) known_[die.getOffset()] = type;
  return type;
}

llvm::DIType* TypeConverter::make(const llvm::DWARFDie& die) {
  switch (die.getTag()) {
    case dwarf::DW_TAG_base_type: return basic(die);
    case dwarf::DW_TAG_unspecified_type: return builder_.createUnspecifiedType(nameOf(die));
    case dwarf::DW_TAG_pointer_type:
    case dwarf::DW_TAG_reference_type:
    case dwarf::DW_TAG_rvalue_reference_type: return pointer(die);
    case dwarf::DW_TAG_array_type: return array(die);
    case dwarf::DW_TAG_enumeration_type: return enumeration(die);
    case dwarf::DW_TAG_subroutine_type: return subroutine(die);
    case dwarf::DW_TAG_const_type:
    case dwarf::DW_TAG_volatile_type: {
      llvm::DIType* const inner = typeOf(die);
      return inner ? builder_.createQualifiedType(die.getTag(), inner) : nullptr;
    }
    case dwarf::DW_TAG_typedef: {
      llvm::DIType* const inner = typeOf(die);
      return builder_.createTypedef(inner, nameOf(die), file_, 0, file_);
    }
    default: return isAggregate(die.getTag()) ? aggregate(die) : typeOf(die);
  }
}

llvm::DIType* TypeConverter::basic(const llvm::DWARFDie& die) {
  return builder_.createBasicType(nameOf(die), bits(die),
                                  static_cast<unsigned>(number(die, dwarf::DW_AT_encoding)));
}

llvm::DIType* TypeConverter::pointer(const llvm::DWARFDie& die) {
  const uint64_t size = die.getDwarfUnit()->getAddressByteSize() * uint64_t{8};
  if (!address_) address_ = builder_.createBasicType("wasm_address", size, dwarf::DW_ATE_unsigned);
  ++pointers_;
  llvm::DIType* const target = typeOf(die);
  --pointers_;
  llvm::DICompositeType* type =
      builder_.createStructType(file_, "wasm_pointer<" + spelling(target) + ">", file_, 0, size, 0,
                                llvm::DINode::FlagZero, nullptr, {});
  llvm::DIType* const address =
      builder_.createMemberType(type, "address", file_, 0, size, 0, 0, llvm::DINode::FlagZero, address_);
  builder_.replaceArrays(
      type, builder_.getOrCreateArray({address}),
      builder_.getOrCreateArray({builder_.createTemplateTypeParameter(file_, "T", target, false)}));
  return type;
}

llvm::DIType* TypeConverter::array(const llvm::DWARFDie& die) {
  llvm::SmallVector<llvm::Metadata*, 4> ranges;
  uint64_t elements = 1;
  for (const llvm::DWARFDie& child : die.children()) {
    if (child.getTag() != dwarf::DW_TAG_subrange_type) continue;
    const auto upper = dwarf::toUnsigned(child.find(dwarf::DW_AT_upper_bound));
    const uint64_t count = number(child, dwarf::DW_AT_count, upper ? *upper + 1 : 0);
    ranges.push_back(builder_.getOrCreateSubrange(0, static_cast<int64_t>(count)));
    elements *= count;
  }
  llvm::DIType* const element = typeOf(die);
  const uint64_t size = element ? element->getSizeInBits() * elements : 0;
  return builder_.createArrayType(size, 0, element, builder_.getOrCreateArray(ranges));
}

llvm::DIType* TypeConverter::enumeration(const llvm::DWARFDie& die) {
  llvm::SmallVector<llvm::Metadata*, 16> values;
  for (const llvm::DWARFDie& child : die.children()) {
    if (child.getTag() != dwarf::DW_TAG_enumerator) continue;
    const int64_t value = dwarf::toSigned(child.find(dwarf::DW_AT_const_value), 0);
    values.push_back(builder_.createEnumerator(nameOf(child), static_cast<uint64_t>(value)));
  }
  return builder_.createEnumerationType(file_, nameOf(die), file_, 0, bits(die), 0,
                                        builder_.getOrCreateArray(values), typeOf(die));
}

llvm::DISubroutineType* TypeConverter::subroutine(const llvm::DWARFDie& function) {
  ++pointers_;
  llvm::SmallVector<llvm::Metadata*, 8> types = {typeOf(function)};
  for (const llvm::DWARFDie& child : function.children())
    if (child.getTag() == dwarf::DW_TAG_formal_parameter) {
      const llvm::DWARFDie origin = child.getAttributeValueAsReferencedDie(dwarf::DW_AT_abstract_origin);
      types.push_back(typeOf(origin ? origin : child));
    }
  --pointers_;
  return builder_.createSubroutineType(builder_.getOrCreateTypeArray(types));
}

llvm::DIType* TypeConverter::declaration(const llvm::DWARFDie& die) {
  return builder_.createForwardDecl(die.getTag(), nameOf(die), file_, file_, 0);
}

llvm::DIType* TypeConverter::aggregate(const llvm::DWARFDie& die) {
  // Far behind pointers a declaration is enough: a debugger finds the definition by its name, in a unit that
  // uses it.
  constexpr unsigned kFar = 3;
  const bool declared = die.find(dwarf::DW_AT_declaration).has_value();
  if (declared || (pointers_ >= kFar && !nameOf(die).empty())) return declaration(die);
  llvm::DICompositeType* type =
      die.getTag() == dwarf::DW_TAG_union_type
          ? builder_.createUnionType(file_, nameOf(die), file_, 0, bits(die), 0, llvm::DINode::FlagZero, {})
          : builder_.createStructType(file_, nameOf(die), file_, 0, bits(die), 0, llvm::DINode::FlagZero,
                                      nullptr, {});
  known_[die.getOffset()] = type;  // it may lead back to itself
  addMembers(die, type);
  return type;
}

void TypeConverter::addMembers(const llvm::DWARFDie& die, llvm::DICompositeType* type) {
  llvm::SmallVector<llvm::Metadata*, 16> members;
  for (const llvm::DWARFDie& child : die.children())
    if (llvm::DIType* const made = member(child, type)) members.push_back(made);
  builder_.replaceArrays(type, builder_.getOrCreateArray(members));
}

llvm::DIType* TypeConverter::member(const llvm::DWARFDie& die, llvm::DICompositeType* scope) {
  const bool base = die.getTag() == dwarf::DW_TAG_inheritance;
  const bool is_static = die.find(dwarf::DW_AT_external) || die.find(dwarf::DW_AT_declaration);
  if ((die.getTag() != dwarf::DW_TAG_member && !base) || is_static) return nullptr;
  llvm::DIType* const type = typeOf(die);
  if (!type) return nullptr;
  const uint64_t offset = number(die, dwarf::DW_AT_data_member_location) * 8;
  if (base) return builder_.createInheritance(scope, type, offset, 0, llvm::DINode::FlagPublic);
  if (const auto bit = dwarf::toUnsigned(die.find(dwarf::DW_AT_data_bit_offset)))
    return builder_.createBitFieldMemberType(scope, nameOf(die), file_, 0, number(die, dwarf::DW_AT_bit_size),
                                             *bit, *bit / 8 * 8, llvm::DINode::FlagZero, type);
  return builder_.createMemberType(scope, nameOf(die), file_, 0, type->getSizeInBits(), 0, offset,
                                   llvm::DINode::FlagZero, type);
}

}  // namespace wasmc::compiler
