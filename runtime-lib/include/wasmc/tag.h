// Tags of exceptions.
#ifndef WASMC_TAG_H
#define WASMC_TAG_H

#include <wasmc/api.h>
#include <wasmc/store.h>
#include <wasmc/types.h>

namespace wasmc {

namespace detail {
struct TagImpl;
}

// A handle, as cheap as a pointer, and valid as long as the store. A tag equals only itself, whatever its
// type.
class Tag {
 public:
  WASMC_API static Tag create(StoreRef store, const TagType& type);

  WASMC_API const TagType& type() const;
  WASMC_API StoreRef store() const;
  bool operator==(const Tag&) const = default;
  detail::TagImpl* raw() const { return tag_; }
  static Tag fromRaw(void* raw) { return Tag(static_cast<detail::TagImpl*>(raw)); }

 private:
  explicit Tag(detail::TagImpl* tag) : tag_(tag) {}

  detail::TagImpl* tag_;
};

}  // namespace wasmc

#endif  // WASMC_TAG_H
