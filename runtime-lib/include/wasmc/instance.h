// Instances of modules.
#ifndef WASMC_INSTANCE_H
#define WASMC_INSTANCE_H

#include <wasmc/abi/layout.h>
#include <wasmc/api.h>
#include <wasmc/extern.h>
#include <wasmc/module.h>
#include <wasmc/result.h>
#include <wasmc/store.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wasmc {

namespace detail {
class InstanceImpl;
}

// A handle, as cheap as a pointer, and valid as long as the store, which owns the instance.
class Instance {
 public:
  // Makes an instance from imports in the order of `module.imports()`. As Linker::instantiate, which finds
  // imports by name.
  WASMC_API static Result<Instance> create(StoreRef store, const Module& module,
                                           std::span<const Extern> imports);

  // All exports, in the order of the module.
  WASMC_API std::vector<std::pair<std::string, Extern>> exports() const;
  // The export of that name; none if there is none.
  WASMC_API std::optional<Extern> find(std::string_view name) const;

  // The export of that name and kind. ErrorCode::ExportNotFound otherwise; the message says what there is.
  WASMC_API Result<Func> func(std::string_view name) const;
  WASMC_API Result<Memory> memory(std::string_view name) const;
  WASMC_API Result<Table> table(std::string_view name) const;
  WASMC_API Result<Global> global(std::string_view name) const;
  WASMC_API Result<Tag> tag(std::string_view name) const;
  // `instance.func<int32_t(int32_t, int32_t)>("add")`. ErrorCode::Type, with both types, if the signature
  // differs.
  template <typename Signature>
  Result<TypedFunc<Signature>> func(std::string_view name) const {
    Result<Func> found = func(name);
    if (!found) return std::unexpected(std::move(found).error());
    return found->typed<Signature>();
  }

  WASMC_API Module module() const;
  WASMC_API StoreRef store() const;
  bool operator==(const Instance&) const = default;
  detail::InstanceImpl* impl() const { return impl_; }
  explicit Instance(detail::InstanceImpl* impl) : impl_(impl) {}

 private:
  detail::InstanceImpl* impl_;
};

}  // namespace wasmc

#endif  // WASMC_INSTANCE_H
