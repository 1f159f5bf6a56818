// References to host objects that guest code can hold and pass on, but not look into.
#ifndef WASMC_EXTERN_REF_H
#define WASMC_EXTERN_REF_H

#include <wasmc/api.h>
#include <wasmc/detail/type_tag.h>
#include <wasmc/store.h>

#include <memory>
#include <utility>

namespace wasmc {

namespace detail {

struct ExternBox {
  const void* type;  // &TypeTag<T>::tag
  void* object;
  void (*destroy)(void* object);
  StoreRef store;
};

WASMC_API ExternBox* makeExternBox(StoreRef store, ExternBox box);

}  // namespace detail

// A handle, as cheap as a pointer. The object belongs to the store, which destroys it exactly once, when the
// store itself is destroyed: guest code may keep references in places that cannot be known before.
class ExternRef {
 public:
  // Null.
  ExternRef() = default;
  // Moves `object` into the store.
  template <typename T>
  static ExternRef create(StoreRef store, T object) {
    auto owned = std::make_unique<T>(std::move(object));
    detail::ExternBox* box = detail::makeExternBox(
        store, {&detail::TypeTag<T>::tag, owned.get(), [](void* p) { delete static_cast<T*>(p); }, store});
    owned.release();
    return ExternRef(box);
  }

  // The object; null where the reference is null or refers to another type.
  template <typename T>
  T* get() const {
    return box_ && box_->type == &detail::TypeTag<T>::tag ? static_cast<T*>(box_->object) : nullptr;
  }
  explicit operator bool() const { return box_; }
  bool operator==(const ExternRef&) const = default;

  // As it crosses into guest code.
  void* raw() const { return box_; }
  static ExternRef fromRaw(void* raw) { return ExternRef(static_cast<detail::ExternBox*>(raw)); }

 private:
  explicit ExternRef(detail::ExternBox* box) : box_(box) {}

  detail::ExternBox* box_ = nullptr;
};

}  // namespace wasmc

#endif  // WASMC_EXTERN_REF_H
