// What a generated module has besides code; bodies are made against it.
#ifndef WASMC_TEST_DIFFERENTIAL_MODULE_SHAPE_H
#define WASMC_TEST_DIFFERENTIAL_MODULE_SHAPE_H

#include "choices.h"
#include "wasm_writer.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace wasmc::differential {

struct Signature {
  std::vector<Type> params;
  std::vector<Type> results;
  bool operator==(const Signature&) const = default;
};

struct GlobalShape {
  Type type;
  bool is_mutable;
};

struct MemoryShape {
  uint64_t pages;
  uint64_t max;
  bool is64;
  bool shared;
};

struct TableShape {
  Type element;
  uint32_t size;
  uint32_t max;
};

struct ElementSegment {
  bool active;
  uint32_t table;  // of an active one
  uint32_t offset;
  std::vector<uint32_t> functions;  // by index
};

struct DataSegment {
  bool active;
  uint32_t memory;
  uint32_t offset;
  std::vector<uint8_t> bytes;
};

// All indices are those of the module. Function 0 to 3 are imports that the host logs: (i32), (i64), (f32),
// (f64). Global 0 counts down what code may still do: each call and each turn of a loop takes one, and
// without any left loops end and functions return.
struct ModuleShape {
  std::vector<Signature> types;
  std::vector<uint32_t> functions;  // their types
  std::vector<GlobalShape> globals;
  std::vector<MemoryShape> memories;
  std::vector<TableShape> tables;
  std::vector<uint32_t> tags;  // their types
  std::vector<ElementSegment> elements;
  std::vector<DataSegment> data;
  bool tail_calls = false;
  // How many of 256 accesses, calls, ... are made without care that they succeed.
  unsigned wild = 0;

  static constexpr uint32_t kLogs = 4;

  uint32_t typeIndex(const Signature& signature) {
    for (uint32_t i = 0; i < types.size(); ++i)
      if (types[i] == signature) return i;
    types.push_back(signature);
    return static_cast<uint32_t>(types.size() - 1);
  }
  const Signature& signatureOf(uint32_t function) const { return types[functions[function]]; }
};

}  // namespace wasmc::differential

#endif  // WASMC_TEST_DIFFERENTIAL_MODULE_SHAPE_H
