// Global variables.
#ifndef WASMC_GLOBAL_H
#define WASMC_GLOBAL_H

#include <wasmc/abi/types.h>
#include <wasmc/api.h>
#include <wasmc/result.h>
#include <wasmc/store.h>
#include <wasmc/types.h>
#include <wasmc/val.h>

namespace wasmc {

// A small handle, valid as long as the store.
class Global {
 public:
  // ErrorCode::Type if the value is not of the global's type.
  WASMC_API static Result<Global> create(StoreRef store, const GlobalType& type, const Val& value);

  Val get() const { return Val::fromRaw(type_.type, *cell_); }
  // ErrorCode::Type if the global is immutable or the value of another type.
  WASMC_API Result<void> set(const Val& value) const;
  const GlobalType& type() const { return type_; }

  StoreRef store() const { return store_; }
  // Two handles of the same variable are equal.
  bool operator==(const Global& other) const { return cell_ == other.cell_; }
  abi::Value* raw() const { return cell_; }
  static Global fromRaw(StoreRef store, const GlobalType& type, abi::Value* raw) {
    return Global(store, type, raw);
  }

 private:
  Global(StoreRef store, const GlobalType& type, abi::Value* cell)
      : cell_(cell), store_(store), type_(type) {}

  abi::Value* cell_;
  StoreRef store_;
  GlobalType type_;
};

}  // namespace wasmc

#endif  // WASMC_GLOBAL_H
