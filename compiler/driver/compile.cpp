// The compiler from end to end. A module is compiled in units, which are lowered, optimised and turned into
// machine code independently, each in an LLVMContext of its own:
//
//   bytes ─ readModule ─ planUnits ┬─ lowerFunctions ─ optimise ─ emitObject ─┐
//                                  ├─ ...                                     ├─ makeAddressMap ─ link ─
//                                  bytes └─ lowerRoot ────── optimise ─ emitObject ─┘
//
// What the units are, and their order, depends on the module alone, so the number of threads changes nothing.

#include <llvm/Config/llvm-config.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>

#include <memory>
#include <utility>

#include "debug/source_map.h"
#include "driver/merge.h"
#include "driver/observer.h"
#include "driver/phases.h"
#include "driver/seal.h"
#include "driver/settings.h"
#include "driver/workers.h"
#include "wasmc/compiler.h"

namespace wasmc::compiler {
namespace {

bool isNative(OutputKind kind) { return kind == OutputKind::SharedObject || kind == OutputKind::Object; }

class Compilation {
 public:
  Compilation(Module module, ArtifactInfo info, std::vector<uint64_t> function_dies,
              const CompileOptions& options, const Settings& settings, PhaseClock& clock)
      : module_(std::move(module)),
        info_(std::move(info)),
        function_dies_(std::move(function_dies)),
        settings_(settings),
        lower_(settings.lower),
        clock_(clock),
        observer_(options, module_) {
    if (settings.debug == DebugInfo::Full) lower_.debug_info = &function_dies_;
  }

  Result<CompileResult> run() {
    auto units = compileUnits();
    if (!units) return std::unexpected(units.error());
    const size_t count = units->size();
    auto bytes = isNative(settings_.output) ? link(std::move(*units)) : show(*units);
    if (!bytes) return std::unexpected(bytes.error());
    CompileResult result{std::move(*bytes), clock_.times(),     {},           {},   info_.target,
                         info_.cpu,         info_.cpu_features, info_.symbol, count};
    observer_.finish(notes_, result);
    return result;
  }

 private:
  // Objects, or bitcode where the result is for people to read.
  Result<std::vector<Bytes>> compileUnits();
  Result<Bytes> compileUnit(const std::vector<Unit>& units, size_t i);
  std::unique_ptr<llvm::Module> lower(const std::vector<Unit>& units, size_t i, llvm::LLVMContext& context,
                                      const llvm::TargetMachine& machine);
  Result<void> verify(const llvm::Module& module);
  Result<Bytes> link(std::vector<Bytes> objects);
  Result<Bytes> show(const std::vector<Bytes>& bitcode);

  Module module_;
  ArtifactInfo info_;
  std::vector<uint64_t> function_dies_;
  const Settings& settings_;
  LowerOptions lower_;
  PhaseClock& clock_;
  Observer observer_;
  std::vector<Notes> notes_;  // of each unit
};

Result<std::vector<Bytes>> Compilation::compileUnits() {
  const std::vector<Unit> units = planUnits(module_);
  std::vector<Result<Bytes>> results(units.size() + 1);  // the root unit is the last
  notes_.assign(results.size(), observer_.newNotes());
  runTasks(results.size(), settings_.threads, [&](size_t i) {
    results[i] = compileUnit(units, i);
    if (i < units.size()) observer_.unitDone(units[i]);
  });
  std::vector<Bytes> compiled;
  for (Result<Bytes>& result : results) {
    if (!result) return std::unexpected(std::move(result.error()));
    compiled.push_back(std::move(*result));
  }
  return compiled;
}

Result<Bytes> Compilation::compileUnit(const std::vector<Unit>& units, size_t i) {
  llvm::LLVMContext context;
  const std::unique_ptr<llvm::TargetMachine> machine = settings_.target.machine();
  const std::unique_ptr<llvm::Module> module = lower(units, i, context, *machine);
  if (settings_.verify) {
    if (auto valid = verify(*module); !valid) return std::unexpected(valid.error());
  }
  if (settings_.output != OutputKind::IrUnoptimised) {
    const auto timer = clock_.measure(Phase::Optimise);
    optimise(*module, *machine, settings_.level, settings_.lower.bounds == BoundsChecks::Guard, notes_[i]);
  }
  if (!isNative(settings_.output)) return writeBitcode(*module);
  const auto timer = clock_.measure(Phase::Codegen);
  return emitObject(*module, *machine);
}

std::unique_ptr<llvm::Module> Compilation::lower(const std::vector<Unit>& units, size_t i,
                                                 llvm::LLVMContext& context,
                                                 const llvm::TargetMachine& machine) {
  const auto timer = clock_.measure(Phase::Lower);
  const llvm::Triple& triple = machine.getTargetTriple();
  const llvm::DataLayout layout = machine.createDataLayout();
  if (i == units.size()) return lowerRoot(module_, info_, lower_, context, triple, layout);
  return lowerFunctions(module_, units[i], lower_, context, triple, layout);
}

Result<void> Compilation::verify(const llvm::Module& module) {
  const auto timer = clock_.measure(Phase::Verify);
  std::string errors;
  llvm::raw_string_ostream out(errors);
  if (llvm::verifyModule(module, &out)) return error("internal error in lowering: " + errors);
  return {};
}

Result<Bytes> Compilation::link(std::vector<Bytes> objects) {
  {
    const auto timer = clock_.measure(Phase::AddressMap);
    auto map = makeAddressMap(objects, settings_.target,
                              lower_.debug_info ? OffsetIn::Discriminators : OffsetIn::Lines);
    if (!map) return map;
    objects.push_back(std::move(*map));
  }
  const auto timer = clock_.measure(Phase::Link);
  const LinkOptions options{info_.symbol, /*symbols=*/settings_.debug != DebugInfo::None,
                            /*debug_info=*/settings_.debug == DebugInfo::Full};
  if (settings_.output != OutputKind::SharedObject)
    return linkRelocatable(objects, settings_.target, options);
  auto linked = linkSharedObject(objects, settings_.target, options);
  if (!linked) return linked;
  if (lower_.debug_info) placeDebugMemory(*linked);
  if (auto sealed = seal(*linked); !sealed) return std::unexpected(sealed.error());
  return linked;
}

Result<Bytes> Compilation::show(const std::vector<Bytes>& bitcode) {
  const auto timer = clock_.measure(Phase::Merge);
  llvm::LLVMContext context;
  auto merged = mergeModules(bitcode, context);
  if (!merged) return std::unexpected(merged.error());
  if (settings_.output == OutputKind::Bitcode) return writeBitcode(**merged);

  std::string text;
  if (settings_.output == OutputKind::Assembly) {
    Result<std::string> assembly;
    runTasks(1, 1, [&](size_t) { assembly = emitAssembly(**merged, *settings_.target.machine()); });
    if (!assembly) return std::unexpected(assembly.error());
    text = std::move(*assembly);
  } else {
    llvm::raw_string_ostream out(text);
    (*merged)->print(out, nullptr);
  }
  return Bytes(text.begin(), text.end());
}

// All but those of exports, which the artifact has anyway.
void dropNames(Module& module) {
  for (Function& function : module.functions) function.name.clear();
  for (const Export& item : module.exports)
    if (item.kind == ExternKind::Func) module.functions[item.index].name = item.name;
}

Result<CompileResult> compileModule(std::span<const uint8_t> wasm, const CompileOptions& options) {
  const auto settings = resolveSettings(options);
  if (!settings) return std::unexpected(settings.error());
  PhaseClock clock;
  Result<Module> module = [&] {
    const auto timer = clock.measure(Phase::Decode);
    return readModule(wasm, settings->lower.features);
  }();
  if (!module) return std::unexpected(module.error());
  ArtifactInfo info = artifactInfo(options, *settings, *module);
  SourceInfo source;
  if (settings->debug == DebugInfo::None)
    dropNames(*module);
  else if (isNative(settings->output) || settings->debug == DebugInfo::Full) {
    const auto timer = clock.measure(Phase::Debug);
    source = readSourceInfo(*module);
    info.source_map = std::move(source.map);
  }
  return Compilation(std::move(*module), std::move(info), std::move(source.function_dies), options, *settings,
                     clock)
      .run();
}

CompileError toError(Diagnostic d) { return {std::move(d.message), d.offset, d.line, d.column}; }

}  // namespace

std::expected<void, CompileError> checkOptions(const CompileOptions& options) {
  if (const auto settings = resolveSettings(options); !settings)
    return std::unexpected(toError(settings.error()));
  return {};
}

std::expected<std::string, CompileError> describeSettings(const CompileOptions& options) {
  const auto settings = resolveSettings(options);
  if (!settings) return std::unexpected(toError(settings.error()));
  return describe(options, *settings);
}

std::expected<CompileResult, CompileError> compile(std::span<const uint8_t> wasm,
                                                   const CompileOptions& options) {
  auto result = compileModule(wasm, options);
  if (!result) return std::unexpected(toError(std::move(result.error())));
  return std::move(*result);
}

std::expected<void, CompileError> validate(std::span<const uint8_t> wasm, const CompileOptions& options) {
  const auto features = resolveFeatures(options);
  if (!features) return std::unexpected(toError(features.error()));
  if (auto module = readModule(wasm, *features); !module)
    return std::unexpected(toError(std::move(module.error())));
  return {};
}

std::expected<std::vector<uint8_t>, CompileError> assemble(std::string_view text,
                                                           const CompileOptions& options) {
  const auto features = resolveFeatures(options);
  if (!features) return std::unexpected(toError(features.error()));
  auto bytes = assembleText(text, "module.wat", *features);
  if (!bytes) return std::unexpected(toError(std::move(bytes.error())));
  return std::move(*bytes);
}

std::expected<std::string, CompileError> generateHeader(std::span<const uint8_t> wasm,
                                                        HeaderLanguage language,
                                                        const CompileOptions& options) {
  const auto features = resolveFeatures(options);
  if (!features) return std::unexpected(toError(features.error()));
  const auto module = readModule(wasm, *features);
  if (!module) return std::unexpected(toError(module.error()));
  const HeaderInfo info = headerInfo(options, *module);
  return language == HeaderLanguage::C ? cHeader(*module, info) : cppHeader(*module, info);
}

CompileError locateInText(std::string_view text, CompileError error, const CompileOptions& options) {
  const auto features = resolveFeatures(options);
  if (!features || !error.offset) return error;
  if (const auto position = findInvalid(text, "module.wat", *features)) {
    error.line = position->line;
    error.column = position->column;
  } else {
    error.message += " (at byte " + hexadecimal(*error.offset) + " of the assembled module)";
  }
  error.offset.reset();
  return error;
}

std::expected<std::vector<MachineInstruction>, CompileError> disassemble(
    std::span<const uint8_t> code, uint64_t address, const std::string& target,
    const std::vector<std::string>& cpu_features) {
  auto lines = disassembleCode(code, address, target, cpu_features);
  if (!lines) return std::unexpected(toError(std::move(lines.error())));
  std::vector<MachineInstruction> instructions;
  for (MachineLine& line : *lines) instructions.push_back({line.address, std::move(line.text)});
  return instructions;
}

std::string CompileError::describe(std::string_view file) const {
  return Diagnostic{message, offset, std::string(file), line, column}.str();
}

std::vector<FeatureInfo> features() {
  return {
#define WASMC_FEATURE(Name, flag, supported, since) {flag, supported, since},
#include "frontend/features.def"
  };
}

std::string versionString() {
  return "wasmc " WASMC_VERSION " (LLVM " LLVM_VERSION_STRING ", wabt " WASMC_WABT_VERSION ")";
}

}  // namespace wasmc::compiler
