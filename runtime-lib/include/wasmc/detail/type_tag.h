// Identifies a type without RTTI: by the address of a variable.
#ifndef WASMC_DETAIL_TYPE_TAG_H
#define WASMC_DETAIL_TYPE_TAG_H

namespace wasmc::detail {

template <typename T>
struct TypeTag {
  static constexpr char tag = 0;
};

}  // namespace wasmc::detail

#endif  // WASMC_DETAIL_TYPE_TAG_H
