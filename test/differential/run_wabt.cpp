#include "engines.h"
#include "processes.h"

#include <wabt/binary-reader.h>
#include <wabt/error.h>
#include <wabt/interp/binary-reader-interp.h>
#include <wabt/interp/interp.h>

#include <algorithm>
#include <bit>
#include <utility>

namespace wasmc::differential {
namespace {

using namespace wabt::interp;

Type typeOf(wabt::Type type) {
  switch (type) {
    case wabt::Type::I32: return Type::I32;
    case wabt::Type::I64: return Type::I64;
    case wabt::Type::F32: return Type::F32;
    case wabt::Type::F64: return Type::F64;
    case wabt::Type::V128: return Type::V128;
    case wabt::Type::FuncRef: return Type::FuncRef;
    default: return Type::ExternRef;
  }
}

std::string describeValue(wabt::Type type, const Value& value) {
  const Type ours = typeOf(type);
  if (isReference(ours)) return describe(ours, value.Get<Ref>() == Ref::Null ? 0 : 1);
  return describe(ours, ours == Type::I32 || ours == Type::F32 ? value.Get<u32>() : value.Get<u64>());
}

std::string classOf(const std::string& message) {
  static constexpr std::pair<std::string_view, std::string_view> kClasses[] = {
      {"unreachable", "trap: unreachable"},
      {"out of bounds memory", trap_class::kMemory},
      {"out of bounds table", "trap: table"},
      {"undefined table index", "trap: table"},
      {"uninitialized table element", "trap: indirect call"},
      {"indirect call signature mismatch", "trap: indirect call"},
      {"integer divide by zero", "trap: division by zero"},
      {"integer overflow", "trap: integer"},
      {"invalid conversion to integer", "trap: integer"},
      {"call stack exhausted", trap_class::kStack},
      {"atomic access", trap_class::kMemory},
      {"uncaught exception", "exception"},
  };
  for (const auto& [part, name] : kClasses)
    if (message.contains(part)) return std::string(name);
  return "trap: another: " + message;
}

wabt::Features features() {
  wabt::Features features;
  features.enable_exceptions();
  features.enable_threads();
  features.enable_tail_call();
  features.enable_memory64();
  features.enable_multi_memory();
  features.enable_extended_const();
  return features;
}

// The error, or nothing.
std::string read(std::span<const uint8_t> wasm, ModuleDesc& description) {
  wabt::Errors errors;
  const wabt::ReadBinaryOptions options(features(), nullptr, false, true, true);
  if (wabt::Succeeded(ReadBinaryInterp("module", wasm.data(), wasm.size(), options, &errors, &description)))
    return {};
  return errors.empty() ? "no reason given" : errors.front().message;
}

// Arguments in the neighbourhood of what matters, different ones at each place.
uint64_t argumentBits(Type type, size_t place) {
  static constexpr int64_t kIntegers[] = {0,      1, -1, 7, 0x8000, -128, 0x7fffffff, 65535, -0x80000000ll,
                                          0x10000};
  static constexpr double kFloats[] = {0, 1.5, -2, 1e10, -0.0, 3.25, -1e30, 65536, 0.1, -7};
  const int64_t integer = kIntegers[place % std::size(kIntegers)];
  const double number = kFloats[place % std::size(kFloats)];
  switch (type) {
    case Type::I32: return static_cast<uint32_t>(integer);
    case Type::I64: return static_cast<uint64_t>(place % 3 ? integer : integer << 31);
    case Type::F32: return std::bit_cast<uint32_t>(static_cast<float>(number));
    default: return std::bit_cast<uint64_t>(number);
  }
}

bool isNumber(wabt::Type type) { return typeOf(type) >= Type::F64; }

void addCalls(Script& script, const ModuleDesc& module, const FuncType& type, const std::string& name,
              size_t round) {
  if (!std::ranges::all_of(type.params, isNumber) || !std::ranges::all_of(type.results, isNumber)) return;
  // What binaryen's modules have to be called, so that their loops may turn again.
  for (const ExportDesc& item : module.exports)
    if (item.type.name == "hangLimitInitializer") script.calls.push_back({"hangLimitInitializer", {}, {}});
  Call call{name, {}, {}};
  for (size_t i = 0; i < type.params.size(); ++i) {
    const Type param = typeOf(type.params[i]);
    call.arguments.push_back({param, argumentBits(param, script.calls.size() + 3 * i + 7 * round)});
  }
  for (wabt::Type result : type.results) call.results.push_back(typeOf(result));
  script.calls.push_back(std::move(call));
}

class Guest {
 public:
  Run run(std::span<const uint8_t> wasm, const Script& script);

 private:
  bool link(RefVec& imports);
  Observation observe(std::string outcome);
  void describeState(std::vector<std::string>& state);
  std::string call(const Call& call);

  Store store_;
  wabt::interp::Module::Ptr module_;
  Instance::Ptr instance_;
  std::vector<std::string> logs_;
};

bool Guest::link(RefVec& imports) {
  for (const ImportType& import : module_->import_types()) {
    if (import.type->kind != wabt::ExternalKind::Func) return false;
    const FuncType& type = *wabt::cast<FuncType>(import.type.get());
    const HostFunc::Ptr func = HostFunc::New(
        store_, type, [this, &type](Thread&, const Values& params, Values& results, Trap::Ptr*) {
          std::string line = "log";
          for (size_t i = 0; i < params.size(); ++i) line += ' ' + describeValue(type.params[i], params[i]);
          logs_.push_back(std::move(line));
          results.assign(type.results.size(), Value());
          return wabt::Result::Ok;
        });
    imports.push_back(func.ref());
  }
  return true;
}

void Guest::describeState(std::vector<std::string>& state) {
  const std::vector<ExportType>& types = module_->export_types();
  for (size_t i = 0; i < types.size(); ++i) {
    const Ref ref = instance_->exports()[i];
    const std::string& name = types[i].name;
    if (types[i].type->kind == wabt::ExternalKind::Global) {
      const auto global = store_.UnsafeGet<Global>(ref);
      if (global->type().type != wabt::Type::V128)
        state.push_back(name + ' ' + describeValue(global->type().type, global->Get()));
    } else if (types[i].type->kind == wabt::ExternalKind::Memory) {
      const auto memory = store_.UnsafeGet<Memory>(ref);
      state.push_back(describeMemory(name, {memory->UnsafeData(), memory->ByteSize()}));
    } else if (types[i].type->kind == wabt::ExternalKind::Table) {
      std::string line = name + ' ';
      for (const Ref element : store_.UnsafeGet<Table>(ref)->elements())
        line += element == Ref::Null ? '-' : 'x';
      state.push_back(std::move(line));
    }
  }
}

Observation Guest::observe(std::string outcome) {
  Observation seen;
  seen.outcome = std::move(outcome);
  seen.logs = std::exchange(logs_, {});
  if (instance_) describeState(seen.state);
  return seen;
}

std::string Guest::call(const Call& call) {
  const std::vector<ExportType>& types = module_->export_types();
  for (size_t i = 0; i < types.size(); ++i) {
    if (types[i].name != call.function || types[i].type->kind != wabt::ExternalKind::Func) continue;
    const auto func = store_.UnsafeGet<Func>(instance_->exports()[i]);
    Values params;
    for (const Argument& argument : call.arguments) {
      params.emplace_back();
      params.back().Set<u64>(argument.bits);
    }
    Values results;
    Trap::Ptr trap;
    if (wabt::Failed(func->Call(store_, params, results, &trap))) return classOf(trap->message());
    std::string outcome = "returned";
    for (size_t k = 0; k < results.size(); ++k)
      outcome += ' ' + describeValue(func->type().results[k], results[k]);
    return outcome;
  }
  return "no such export";
}

Run Guest::run(std::span<const uint8_t> wasm, const Script& script) {
  store_.setFeatures(features());
  ModuleDesc description;
  if (const std::string error = read(wasm, description); !error.empty())
    return {"wabt refuses it: " + error, {}};
  module_ = wabt::interp::Module::New(store_, description);
  RefVec imports;
  if (!link(imports)) return {"imports more than functions", {}};
  Run run;
  Trap::Ptr trap;
  instance_ = Instance::Instantiate(store_, module_.ref(), imports, &trap);
  if (!instance_) {
    run.steps.push_back(observe(classOf(trap->message())));
    return run;
  }
  run.steps.push_back(observe("returned"));
  for (const Call& each : script.calls) run.steps.push_back(observe(call(each)));
  return run;
}

}  // namespace

Script makeScript(std::span<const uint8_t> wasm) {
  ModuleDesc module;
  Script script;
  if (!read(wasm, module).empty()) return script;
  for (size_t round = 0; round < 3; ++round)
    for (const ExportDesc& item : module.exports)
      if (const auto* type = wabt::dyn_cast<FuncType>(item.type.type.get()); type)
        addCalls(script, module, *type, item.type.name, round);
  for (const ExportDesc& item : module.exports)
    if (const auto* type = wabt::dyn_cast<GlobalType>(item.type.type.get()))
      script.globals[item.type.name] = typeOf(type->type);
  return script;
}

// In a process of its own: the interpreter ends it where an assertion of its own fails.
Run runWabt(std::span<const uint8_t> wasm, const Script& script) {
  const Report report = inChild([&] { return toText(Guest().run(wasm, script)); });
  return report.status == 0 ? fromText(report.text) : Run{"wabt's interpreter aborts", {}};
}

}  // namespace wasmc::differential
