#include "modules.h"

namespace wasmc::compiler::test {

Module memoryModule(uint64_t pages) {
  Module module;
  Memory memory;
  memory.type.limits.min = pages;
  module.memories.push_back(memory);
  return module;
}

void addData(Module& module, uint32_t offset, const std::vector<uint8_t>& bytes) {
  module.data_segments.push_back({SegmentMode::Active, 0, i32Const(offset), bytes});
}

Module functionsModule(const std::vector<uint32_t>& sizes) {
  Module module;
  module.types.push_back({});
  for (uint32_t size : sizes) {
    Function function;
    function.body_size = size;
    module.functions.push_back(function);
  }
  return module;
}

namespace {

const uint8_t kSource[] = {0, 'a', 's', 'm', 1, 0, 0, 0};
const std::vector<uint8_t> kPageOfData(kImagePage + 100, 0x5a);
const std::vector<uint8_t> kPassiveData = {1, 2, 3};

void addFunctions(Module& module) {
  module.types = {{{}, {}},
                  {{ValType::i32(), ValType::f64()}, {ValType::i64()}},
                  {{ValType::externref()}, {ValType::i32(), ValType::funcref()}}};
  const auto add = [&](uint32_t type, const char* name, bool imported, bool exported, bool referenced) {
    module.functions.push_back({type, name, imported, exported, referenced, 0, 10});
  };
  add(2, "host_pair", true, false, false);
  add(0, "start", false, false, false);
  add(1, "convert", false, true, false);
  add(1, "internal", false, false, false);
  add(0, "in_table", false, false, true);
  module.imported_functions = 1;
  module.start = 1;
}

void addStorage(Module& module) {
  Table imported_table;
  imported_table.type = {ValType::externref(), {1, 10, 0, 0, 16, {}}};
  imported_table.imported = true;
  Table table;
  table.type = {ValType::funcref(), {4, 8, 0, 0, 16, {}}};
  table.exported = true;
  module.tables = {imported_table, table};
  module.imported_tables = 1;

  module.memories = memoryModule(3).memories;
  module.memories[0].type.limits.max = 10;

  Global imported_global;
  imported_global.type.type = ValType::i32();
  imported_global.imported = true;
  Global sum;
  sum.type = {ValType::i32(), 1, 0};
  sum.init = {{Op::GlobalGet, 0, 0, 0}, {Op::I32Const, 0, 8, 0}, {Op::I32Add, 0, 0, 0}};
  Global reference;
  reference.type.type = ValType::funcref();
  reference.init = {{Op::RefFunc, 4, 0, 0}};
  module.globals = {imported_global, sum, reference};
  module.imported_globals = 1;
  module.tags = {{0, false}};
}

void addSegments(Module& module) {
  addData(module, 2 * kImagePage, kPageOfData);
  module.data_segments.push_back({SegmentMode::Passive, 0, {}, kPassiveData});
  module.elem_segments.push_back({SegmentMode::Active,
                                  1,
                                  ValType::funcref(),
                                  i32Const(1),
                                  {{{Op::RefFunc, 4, 0, 0}}, {{Op::RefNull, 0, 0, 0}}}});
  module.elem_segments.push_back({SegmentMode::Passive,
                                  0,
                                  ValType::funcref(),
                                  {},
                                  {{{Op::RefFunc, 0, 0, 0}}, {{Op::GlobalGet, 2, 0, 0}}}});
}

}  // namespace

Module sampleModule() {
  Module module;
  module.bytes = kSource;
  module.name = "sample";
  addFunctions(module);
  addStorage(module);
  addSegments(module);
  module.imports = {{"env", "pair", ExternKind::Func, 0},
                    {"env", "table", ExternKind::Table, 0},
                    {"env", "base", ExternKind::Global, 0}};
  module.exports = {{"convert", ExternKind::Func, 2},
                    {"pair", ExternKind::Func, 0},
                    {"memory", ExternKind::Memory, 0},
                    {"table", ExternKind::Table, 1}};
  module.features_used = {"bulk-memory", "reference-types"};
  return module;
}

ArtifactInfo sampleInfo() {
  static constexpr uint8_t kNotes[] = {'a', 0, 'b'};
  ArtifactInfo info;
  info.compiler = "wasmc 0.1.0";
  info.target = "x86_64-unknown-linux-gnu";
  info.cpu = "x86-64-v2";
  info.options = "-O2";
  info.cpu_features = {"sse4.2", "popcnt"};
  info.symbol = "wasmc_module";
  info.custom_sections = {{"notes", kNotes}};
  return info;
}

}  // namespace wasmc::compiler::test
