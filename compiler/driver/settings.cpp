#include "driver/settings.h"

#include <dlfcn.h>
#include <llvm/ADT/ArrayRef.h>
#include <llvm/Support/SHA256.h>
#include <sys/stat.h>
#include <wasmc/abi/descriptor.h>
#include <wasmc/abi/fingerprint.h>
#include <wasmc/artifact_cache.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "support/nearest.h"

namespace wasmc::compiler {
namespace {

Result<OptLevel> parseLevel(const std::string& text) {
  static constexpr std::pair<const char*, OptLevel> kLevels[] = {{"0", OptLevel::O0},
                                                                 {"1", OptLevel::O1},
                                                                 {"2", OptLevel::O2},
                                                                 {"3", OptLevel::O3},
                                                                 {"s", OptLevel::Os}};
  for (const auto& [name, level] : kLevels)
    if (text == name) return level;
  return error("unknown optimisation level '" + text + "' (levels: 0, 1, 2, 3, s)");
}

std::unexpected<Diagnostic> unknownFeature(const std::string& flag) {
  std::vector<std::string> all;
  std::string list;
  for (size_t i = 0; i < static_cast<size_t>(Feature::Count); ++i) {
    all.emplace_back(featureFlag(static_cast<Feature>(i)));
    list += (list.empty() ? "" : ", ") + all.back();
  }
  return error("unknown feature '" + flag + "'" + didYouMean(flag, all) + " (features: " + list + ")");
}

bool isLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool isIdentifier(const std::string& s) {
  return !s.empty() && !(s[0] >= '0' && s[0] <= '9') && std::all_of(s.begin(), s.end(), isLetterOrDigit);
}

// A shared object is found by its one well-known symbol; several objects in one program need names of their
// own.
std::string descriptorSymbol(const CompileOptions& options, const Module& module) {
  if (!options.symbol.empty()) return options.symbol;
  if (options.output != OutputKind::Object) return abi::kDescriptorSymbol;
  std::string name = options.module_name.empty() ? module.name : options.module_name;
  if (name.empty()) return abi::kDescriptorSymbol;
  std::replace_if(name.begin(), name.end(), [](char c) { return !isLetterOrDigit(c); }, '_');
  return std::string(abi::kDescriptorSymbol) + "_" + name;
}

// Custom sections that nothing needs at run time: names are in the metadata already, the rest is for
// debuggers and linkers, and often longer than the code.
bool isKeptByDefault(const std::string& name) {
  constexpr std::string_view kLeftOut[] = {"name", "linking", "external_debug_info", "sourceMappingURL"};
  return !name.starts_with(".debug_") && !name.starts_with("reloc.") &&
         std::ranges::find(kLeftOut, name) == std::end(kLeftOut);
}

std::vector<CustomSection> keptSections(const CompileOptions& options, const Module& module) {
  const auto& wanted = options.keep_custom;
  const bool all = wanted && std::ranges::find(*wanted, "all") != wanted->end();
  std::vector<CustomSection> kept;
  for (const CustomSection& section : module.custom_sections) {
    const bool named = wanted && std::ranges::find(*wanted, section.name) != wanted->end();
    if (all || named || (!wanted && isKeptByDefault(section.name))) kept.push_back(section);
  }
  return kept;
}

void setInstructions(const Target& target, LowerOptions& lower) {
  const std::vector<std::string> features = target.features();
  const auto has = [&](const char* feature) {
    return std::ranges::find(features, feature) != features.end();
  };
  // Every target but x86-64 has it in its baseline.
  lower.fused_multiply_add = !target.triple().starts_with("x86_64") || has("fma");
  lower.dot_product = has("dotprod") || has("avxvnni") || (has("avx512vnni") && has("avx512vl"));
  lower.avx512 = has("avx512dq") && has("avx512vl");
}

}  // namespace

Result<FeatureSet> resolveFeatures(const CompileOptions& options) {
  FeatureSet features;
  for (const std::string& flag : options.enable) {
    const auto feature = featureByFlag(flag);
    if (!feature) return unknownFeature(flag);
    if (!featureSupported(*feature))
      return error("feature '" + flag + "' is not supported by this version of wasmc");
    features.set(*feature, true);
  }
  for (const std::string& flag : options.disable) {
    const auto feature = featureByFlag(flag);
    if (!feature) return unknownFeature(flag);
    features.set(*feature, false);
  }
  return features;
}

Result<Settings> resolveSettings(const CompileOptions& options) {
  const auto level = parseLevel(options.opt_level);
  if (!level) return std::unexpected(level.error());
  const auto features = resolveFeatures(options);
  if (!features) return std::unexpected(features.error());
  if (!options.symbol.empty() && !isIdentifier(options.symbol))
    return error("symbol '" + options.symbol +
                 "' is not a C identifier (letters, digits and _, no digit first)");
  if (!options.symbol.empty() && options.output == OutputKind::SharedObject)
    return error(std::string("--symbol is for object files: a shared object's descriptor is always ") +
                 abi::kDescriptorSymbol);
  auto target = Target::create({options.target, options.cpu, *level});
  if (!target) return std::unexpected(target.error());

  LowerOptions lower;
  const bool explicit_bounds = options.bounds == Bounds::Explicit;
  lower.bounds = explicit_bounds ? BoundsChecks::Explicit : BoundsChecks::Guard;
  lower.traps = explicit_bounds ? TrapLowering::Call : TrapLowering::Instruction;
  lower.fuel = options.fuel;
  lower.epochs = options.epochs;
  lower.features = *features;
  lower.strict_traps = options.strict_traps;
  setInstructions(*target, lower);
  return Settings{options.output,     *level, options.threads, options.verify, options.debug,
                  std::move(*target), lower};
}

namespace {

// Which build of the compiler this is: the version alone does not tell while it is being worked on.
std::string describeOwnFile() {
  Dl_info own{};
  struct stat file{};
  if (dladdr(reinterpret_cast<const void*>(&resolveSettings), &own) == 0 || stat(own.dli_fname, &file) != 0)
    return {};
  return std::to_string(file.st_size) + " " + std::to_string(file.st_mtim.tv_sec) + "." +
         std::to_string(file.st_mtim.tv_nsec);
}

}  // namespace

std::string describe(const CompileOptions& options, const Settings& settings) {
  // Names every option, so that this does not compile when there is a new one. The last ones change no
  // artifact.
  const auto& [output, level, triple, cpu, strict_traps, fuel, epochs, bounds, debug, enable, disable,
               keep_custom, symbol, module_name, threads, verify, remarks, time_functions, progress] =
      options;
  std::vector<std::string> parts = {versionString(),
                                    describeOwnFile(),
                                    std::to_string(abi::kFingerprint),
                                    std::to_string(static_cast<int>(output)),
                                    level,
                                    triple.empty() ? settings.target.triple() : triple,
                                    cpu,
                                    settings.target.cpu(),
                                    strict_traps ? "strict traps" : "",
                                    fuel ? "fuel" : "",
                                    epochs ? "epochs" : "",
                                    bounds == Bounds::Explicit ? "explicit bounds" : "",
                                    std::to_string(static_cast<int>(debug)),
                                    symbol,
                                    module_name};
  for (const std::string& feature : settings.target.features()) parts.push_back("cpu " + feature);
  for (const std::string& flag : enable) parts.push_back("enable " + flag);
  for (const std::string& flag : disable) parts.push_back("disable " + flag);
  if (keep_custom) parts.emplace_back("keep custom");
  for (const std::string& name : keep_custom.value_or(std::vector<std::string>()))
    parts.push_back("custom " + name);
  return cacheKey(parts);
}

ArtifactInfo artifactInfo(const CompileOptions& options, const Settings& settings, const Module& module) {
  ArtifactInfo info;
  info.compiler = versionString();
  info.target = settings.target.triple();
  info.cpu = settings.target.cpu();
  info.options = "-O" + options.opt_level;
  if (options.strict_traps) info.options += " --strict-traps";
  if (options.debug == DebugInfo::None) info.options += " --strip";
  if (options.debug == DebugInfo::Full) info.options += " -g";
  if (options.fuel) info.modes |= abi::kModeFuel;
  if (options.epochs) info.modes |= abi::kModeEpochs;
  if (options.bounds == Bounds::Explicit) info.modes |= abi::kModeExplicitBounds;
#define WASMC_MODE(Name, bit, option, meaning) \
  if (info.modes & abi::kMode##Name) info.options += " " option;
#include <wasmc/abi/modes.def>
  info.cpu_features = settings.target.features();
  info.symbol = descriptorSymbol(options, module);
  info.custom_sections = keptSections(options, module);
  return info;
}

HeaderInfo headerInfo(const CompileOptions& options, const Module& module) {
  HeaderInfo info;
  info.name = options.module_name.empty() ? module.name : options.module_name;
  if (options.output == OutputKind::Object) info.symbol = descriptorSymbol(options, module);
  info.compiler = versionString();
  info.source_sha256 = llvm::SHA256::hash(llvm::ArrayRef(module.bytes.data(), module.bytes.size()));
  return info;
}

}  // namespace wasmc::compiler
