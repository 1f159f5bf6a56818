// What a header that `wasmc --emit-header` made says about its module.
#ifndef WASMC_MODULE_SIGNATURE_H
#define WASMC_MODULE_SIGNATURE_H

#include <wasmc/api.h>
#include <wasmc/module.h>
#include <wasmc/result.h>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace wasmc {

// Constant data; the header has it. Usable from any thread.
struct ModuleSignature {
  struct Item {
    bool import;
    std::string_view module;  // of an import
    std::string_view name;
    std::string_view type;  // as toString(ExternType) gives it
  };

  std::string_view name;
  std::array<uint8_t, 32> source_hash;  // SHA-256 of the .wasm file
  std::span<const Item> items;          // imports and exports

  // Whether the module was compiled from the same .wasm file. ErrorCode::Type if not: the message has both
  // hashes and, with both types, the imports and exports that differ.
  WASMC_API Result<void> check(const Module& module) const;
  // The module, if there is one and it passes the check.
  WASMC_API Result<Module> accept(Result<Module> module) const;
};

}  // namespace wasmc

#endif  // WASMC_MODULE_SIGNATURE_H
