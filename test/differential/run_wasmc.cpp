#include "engines.h"

#include <wasmc/compiler.h>
#include <wasmc/wasmc.h>

namespace wasmc::differential {
namespace {

Type typeOf(ValType type) {
  if (type == ValType::i32()) return Type::I32;
  if (type == ValType::i64()) return Type::I64;
  if (type == ValType::f32()) return Type::F32;
  if (type == ValType::f64()) return Type::F64;
  if (type == ValType::v128()) return Type::V128;
  return type == ValType::funcref() ? Type::FuncRef : Type::ExternRef;
}

std::string_view classOf(TrapCode code) {
  switch (code) {
    case TrapCode::Unreachable: return "trap: unreachable";
    case TrapCode::MemoryOutOfBounds:
    case TrapCode::UnalignedAtomic: return trap_class::kMemory;  // wabt has one message for both
    case TrapCode::TableOutOfBounds:
    case TrapCode::UndefinedElement: return "trap: table";
    case TrapCode::UninitializedElement:
    case TrapCode::IndirectCallTypeMismatch: return "trap: indirect call";
    case TrapCode::IntegerDivideByZero: return "trap: division by zero";
    case TrapCode::IntegerOverflow:
    case TrapCode::InvalidConversionToInteger: return "trap: integer";
    case TrapCode::StackExhausted: return trap_class::kStack;

    default: return "trap: another";
  }
}

// One instance, from its artifact.
class Guest {
 public:
  Guest(const WasmcOptions& options) : options_(options), store_(engine_), linker_(engine_) {}

  Run run(std::span<const uint8_t> artifact, const Script& script);

 private:
  void linkImports(const Module& module);
  Observation observe(const Result<std::vector<Val>>& result);
  void describeState(std::vector<std::string>& state) const;

  const WasmcOptions& options_;
  Engine engine_;
  Store store_;
  Linker linker_;
  std::vector<std::string> logs_;
  std::vector<std::pair<std::string, Extern>> exports_;
};

void Guest::linkImports(const Module& module) {
  for (const ImportType& import : module.imports())
    if (const auto* type = std::get_if<FuncType>(&import.type))
      linker_.define(import.module, import.name, *type,
                     [this](Caller&, std::span<const Val> args, std::span<Val>) -> Result<void> {
                       std::string line = "log";
                       for (const Val& arg : args) line += ' ' + describe(typeOf(arg.type()), arg.raw().lo);
                       logs_.push_back(std::move(line));
                       return {};
                     });
}

void Guest::describeState(std::vector<std::string>& state) const {
  for (const auto& [name, item] : exports_) {
    if (const auto* global = std::get_if<Global>(&item)) {
      const Val value = global->get();
      if (value.type() != ValType::v128())
        state.push_back(name + ' ' + describe(typeOf(value.type()), value.raw().lo));
    } else if (const auto* memory = std::get_if<Memory>(&item)) {
      state.push_back(describeMemory(name, memory->span()));
    } else if (const auto* table = std::get_if<Table>(&item)) {
      std::string line = name + ' ';
      for (uint64_t i = 0; i < table->size(); ++i) line += table->get(i)->isNull() ? '-' : 'x';
      state.push_back(std::move(line));
    }
  }
}

Observation Guest::observe(const Result<std::vector<Val>>& result) {
  Observation seen;
  bool fault = false;
  if (result) {
    seen.outcome = "returned";
    for (const Val& value : *result) seen.outcome += ' ' + describe(typeOf(value.type()), value.raw().lo);
  } else if (const Error& error = result.error(); error.code == ErrorCode::Exception) {
    seen.outcome = "exception";
  } else if (error.code == ErrorCode::Trap && error.trap) {
    seen.outcome = classOf(error.trap->code());
    fault = seen.outcome == trap_class::kMemory || seen.outcome == trap_class::kStack;
    seen.trap = error.trap->message();
    if (const std::vector<Frame>& frames = error.trap->frames(); !frames.empty())
      seen.trap += " in " + std::to_string(frames.front().function_index) + " at " +
                   hex(frames.front().offset.value_or(0), 1);
  } else {
    seen.outcome = std::string("error: ") + errorName(error.code) + ": " + error.message;
  }
  seen.logs = std::exchange(logs_, {});
  describeState(seen.state);
  if (options_.fuel && !fault) seen.fuel = static_cast<int64_t>(Store::kUnlimitedFuel - store_.fuel());
  return seen;
}

Run Guest::run(std::span<const uint8_t> artifact, const Script& script) {
  Run run;
  const Result<Module> module = Module::fromBytes(engine_, artifact);
  if (!module) return {"the loader refuses it: " + module.error().message, {}};
  linkImports(*module);
  const Result<Instance> instance = linker_.instantiate(store_, *module);
  if (!instance) {
    run.steps.push_back(observe(std::unexpected(instance.error())));
    return run;
  }
  exports_ = instance->exports();
  run.steps.push_back(observe(std::vector<Val>()));
  for (const Call& call : script.calls) {
    std::vector<Val> args;
    const Func func = *instance->func(call.function);
    for (size_t i = 0; i < call.arguments.size(); ++i)
      args.push_back(Val::fromRaw(func.type().params[i], {call.arguments[i].bits, 0}));
    run.steps.push_back(observe(func.call(args)));
  }
  return run;
}

std::expected<std::vector<uint8_t>, std::string> compileAs(std::span<const uint8_t> wasm,
                                                           const WasmcOptions& options) {
  compiler::CompileOptions settings;
  settings.opt_level = options.level;
  settings.strict_traps = options.strict_traps;
  settings.fuel = options.fuel;
  settings.epochs = options.epochs;
  if (options.explicit_bounds) settings.bounds = compiler::Bounds::Explicit;
  settings.threads = 1;
  settings.verify = true;
  auto compiled = compiler::compile(wasm, settings);
  if (!compiled)
    return std::unexpected("wasmc " + options.describe() + ": " + compiled.error().describe("module"));
  return std::move(compiled->bytes);
}

}  // namespace

std::string WasmcOptions::describe() const {
  return "-O" + level + (strict_traps ? " --strict-traps" : "") + (fuel ? " --fuel" : "") +
         (epochs ? " --epochs" : "") + (explicit_bounds ? " --bounds=explicit" : "");
}

Run runWasmc(std::span<const uint8_t> wasm, const Script& script, const WasmcOptions& options) {
  const auto artifact = compileAs(wasm, options);
  if (!artifact) return {artifact.error(), {}};
  return Guest(options).run(*artifact, script);
}

}  // namespace wasmc::differential
