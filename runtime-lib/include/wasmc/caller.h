// Who calls a host function.
#ifndef WASMC_CALLER_H
#define WASMC_CALLER_H

#include <wasmc/abi/layout.h>
#include <wasmc/api.h>
#include <wasmc/result.h>
#include <wasmc/store.h>

#include <optional>

namespace wasmc {

class Instance;
class Memory;

// A host function takes `Caller&` as its first parameter if it wants to know. Valid during the call.
class Caller {
 public:
  explicit Caller(abi::InstanceHeader* header) : header_(header) {}

  // The instance that imports the function; none if it is called by the host itself.
  WASMC_API std::optional<Instance> instance() const;
  // The memory that the instance exports as "memory", which is what compilers for C, C++ and Rust call it.
  // Quick. ErrorCode::ExportNotFound if there is none.
  WASMC_API Result<Memory> memory() const;
  WASMC_API StoreRef store() const;
  // The host data of the store: see StoreRef::data.
  template <typename T>
  T* data() const {
    return store().template data<T>();
  }

 private:
  abi::InstanceHeader* header_;
};

}  // namespace wasmc

#endif  // WASMC_CALLER_H
