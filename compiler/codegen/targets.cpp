// Which machines we generate code for, and what each may assume of its CPU.
//
// An artifact says which CPU features it needs, and the loader refuses to run it where one is missing. So a
// target is always a triple plus an explicit list of instruction set features: those of the portable default,
// of a named CPU, or, for "native", of the machine that we run on.

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/MCTargetOptions.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/CodeGen.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/Target/TargetOptions.h>
#include <llvm/TargetParser/AArch64TargetParser.h>
#include <llvm/TargetParser/Host.h>
#include <llvm/TargetParser/RISCVTargetParser.h>
#include <llvm/TargetParser/Triple.h>
#include <llvm/TargetParser/X86TargetParser.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <mutex>
#include <utility>

#include "codegen/codegen.h"
#include "codegen/riscv_frames.h"
#include "support/nearest.h"

namespace wasmc::compiler {
namespace {

using Names = std::vector<std::string>;

std::string quote(llvm::StringRef s) { return "'" + s.str() + "'"; }

Names toStrings(llvm::ArrayRef<llvm::StringRef> names) {
  Names result;
  for (llvm::StringRef name : names) result.push_back(name.ltrim('+').str());
  return result;
}

struct Cpu {
  std::string name;
  Names features;
  Names missing;  // that the name implies, but a hypervisor hides, or the loader could not look for
  Names tuning;   // what LLVM shall do that needs nothing of the CPU

  // As LLVM wants it: "+sse4.2,-avx512f".
  std::string featureString() const {
    std::string text;
    const auto add = [&text](const char* sign, const Names& names) {
      for (const std::string& name : names) text += (text.empty() ? "" : ",") + (sign + name);
    };
    add("+", features);
    add("-", missing);
    add("+", tuning);
    return text;
  }
};

struct Architecture {
  llvm::Triple::ArchType type;
  const char* default_triple;
  const char* default_cpu;
  const char* abi;               // empty: the only one
  const char* required_feature;  // without it LLVM calls a C library function for f64.floor and its like
  Names (*cpus)();
  Cpu (*cpu)(llvm::StringRef name);
};

Names x86Cpus() {
  llvm::SmallVector<llvm::StringRef> names;
  llvm::X86::fillValidCPUArchList(names, /*Only64Bit=*/true);
  return toStrings(names);
}

// Instructions for operating systems and special purposes. Generated code has none of them, so it must not
// ask for them: hypervisors often hide them from their guests.
constexpr llvm::StringLiteral kUnusedX86Features[] = {
    "clflushopt", "cldemote", "clwb",  "clzero",   "enqcmd",   "fsgsbase", "hreset",
    "invpcid",    "kl",       "lwp",   "mwaitx",   "pconfig",  "pku",      "prefetchi",
    "prfchw",     "ptwrite",  "rdpid", "rdpru",    "rdrnd",    "rdseed",   "rtm",
    "serialize",  "sgx",      "shstk", "tsxldtrk", "uintr",    "usermsr",  "waitpkg",
    "wbnoinvd",   "widekl",   "xsave", "xsavec",   "xsaveopt", "xsaves",
};

void dropUnused(Names& features) {
  std::erase_if(features, [](const std::string& f) { return llvm::is_contained(kUnusedX86Features, f); });
}

Cpu x86Cpu(llvm::StringRef cpu) {
  llvm::SmallVector<llvm::StringRef> explicit_names;
  llvm::X86::getFeaturesForCPU(cpu, explicit_names);
  llvm::StringMap<bool> all;
  for (llvm::StringRef name : explicit_names) {
    all[name] = true;
    llvm::X86::updateImpliedFeatures(name, true, all);
  }
  Names names;
  for (const auto& [name, on] : all)
    if (on) names.push_back(name.str());
  dropUnused(names);
  return {cpu.str(), names, {}, {}};
}

std::unique_ptr<llvm::MCSubtargetInfo> subtarget(const char* triple_name, llvm::StringRef cpu,
                                                 llvm::StringRef features) {
  const llvm::Triple triple(triple_name);
  std::string why;
  const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple, why);
  return std::unique_ptr<llvm::MCSubtargetInfo>(target->createMCSubtargetInfo(triple, cpu, features));
}

Names presentOf(llvm::ArrayRef<const char*> names, const llvm::MCSubtargetInfo& info) {
  Names present;
  for (const char* name : names)
    if (info.checkFeatures("+" + std::string(name))) present.emplace_back(name);
  return present;
}

Names aarch64Cpus() {
  llvm::SmallVector<llvm::StringRef> names;
  llvm::AArch64::fillValidCPUArchList(names);
  return toStrings(names);
}

// The features that are instructions which generated code may have, of LLVM's many that tune, trace, or are
// for operating systems. The loader knows where to look for each (cpu_features_aarch64.def).
constexpr const char* kAArch64Instructions[] = {
    "aes",   "altnzcv",  "bf16",       "complxnum",   "crc",      "cssc",    "dotprod", "faminmax",
    "flagm", "fp-armv8", "fp16fml",    "fp8dot2",     "fp8dot4",  "fp8fma",  "fptoint", "fullfp16",
    "hbc",   "i8mm",     "jsconv",     "lse",         "lse128",   "lse2",    "lut",     "mops",
    "neon",  "rcpc",     "rcpc-immo",  "rcpc3",       "rdm",      "sha2",    "sha3",    "sm4",
    "sve",   "sve-aes",  "sve-b16b16", "sve-bitperm", "sve-sha3", "sve-sm4", "sve2",    "sve2p1",
};

Cpu aarch64Cpu(llvm::StringRef cpu) {
  const auto info = subtarget("aarch64-unknown-linux-gnu", cpu, "");
  return {cpu.str(), presentOf(kAArch64Instructions, *info), {}, {}};
}

Names riscvCpus() {
  llvm::SmallVector<llvm::StringRef> names;
  llvm::RISCV::fillValidCPUArchList(names, /*IsRV64=*/true);
  return toStrings(names);
}

// The extensions that generated code may use: of those with instructions for it the ones that the loader can
// look for (cpu_features_riscv64.def).
constexpr const char* kRiscvInstructions[] = {
    "a",      "b",      "c",     "d",        "f",      "i",      "m",      "v",      "zaamo",
    "zacas",  "zalrsc", "zba",   "zbb",      "zbkb",   "zbs",    "zca",    "zcb",    "zcd",
    "zfa",    "zicond", "zicsr", "zifencei", "zmmul",  "zvbb",   "zve32f", "zve32x", "zve64d",
    "zve64f", "zve64x", "zvkb",  "zvl128b",  "zvl32b", "zvl64b",
};

// The portable default is rv64gc, what every Linux distribution asks for; LLVM's generic-rv64 is plain rv64i.
Cpu riscvCpu(llvm::StringRef cpu) {
  const auto info = subtarget("riscv64-unknown-linux-gnu", cpu,
                              cpu == "generic-rv64" ? "+m,+a,+f,+d,+c,+zicsr,+zifencei" : "");
  Cpu result{cpu.str(), presentOf(kRiscvInstructions, *info), {}, {"unaligned-scalar-mem"}};
  // LLVM would use all that the CPU has: the vendors' own extensions, larger vectors.
  for (const llvm::SubtargetFeatureKV& feature : info->getEnabledProcessorFeatures()) {
    const llvm::StringRef name(feature.Key);
    const bool extension = name.starts_with("z") || name.starts_with("x") || name == "unaligned-vector-mem";
    if (extension && !llvm::is_contained(kRiscvInstructions, name)) result.missing.push_back(name.str());
  }
  return result;
}

constexpr std::array kArchitectures = {
    Architecture{llvm::Triple::x86_64, "x86_64-linux-gnu", "x86-64-v2", "", "sse4.1", x86Cpus, x86Cpu},
    Architecture{llvm::Triple::aarch64, "aarch64-linux-gnu", "generic", "", "neon", aarch64Cpus, aarch64Cpu},
    Architecture{llvm::Triple::riscv64, "riscv64-linux-gnu", "generic-rv64", "lp64d", "d", riscvCpus,
                 riscvCpu},
};

void initialiseBackends() {
  static std::once_flag once;
  std::call_once(once, [] {
#define WASMC_BACKEND(Name)           \
  LLVMInitialize##Name##TargetInfo(); \
  LLVMInitialize##Name##Target();     \
  LLVMInitialize##Name##TargetMC();   \
  LLVMInitialize##Name##AsmPrinter(); \
  LLVMInitialize##Name##AsmParser();
    WASMC_BACKEND(X86)
    WASMC_BACKEND(AArch64)
    WASMC_BACKEND(RISCV)
#undef WASMC_BACKEND
    correctRiscvFrames();
  });
}

Result<const Architecture*> findArchitecture(const llvm::Triple& triple, const std::string& asked) {
  for (const Architecture& a : kArchitectures)
    if (a.type == triple.getArch() && triple.isOSLinux() && triple.isOSBinFormatELF()) return &a;
  Names names;
  std::string list;
  for (const Architecture& a : kArchitectures) {
    names.push_back(a.default_triple);
    list += (list.empty() ? "" : ", ") + names.back();
  }
  return error("target " + quote(asked) + " is not supported" + didYouMean(asked, names) +
               " (targets: " + list + ")");
}

Cpu hostCpu() {
  Cpu cpu{llvm::sys::getHostCPUName().str(), {}, {}, {}};
  for (const auto& [name, on] : llvm::sys::getHostCPUFeatures())
    (on ? cpu.features : cpu.missing).push_back(name.str());
  std::sort(cpu.missing.begin(), cpu.missing.end());
  dropUnused(cpu.features);
  return cpu;
}

Result<Cpu> resolveCpu(const Architecture& arch, const std::string& asked) {
  if (asked == "native") {
    if (llvm::Triple(llvm::sys::getProcessTriple()).getArch() != arch.type)
      return error("--cpu=native is for this machine's own target only, not for " +
                   std::string(arch.default_triple) + "; name a CPU");
    return hostCpu();
  }
  const std::string name = asked.empty() ? arch.default_cpu : asked;
  const Names known = arch.cpus();
  if (name != arch.default_cpu && std::find(known.begin(), known.end(), name) == known.end())
    return error("unknown CPU " + quote(name) + " for " + arch.default_triple + didYouMean(name, known));
  return arch.cpu(name);
}

}  // namespace

struct Target::Impl {
  const llvm::Target* target = nullptr;
  const Architecture* arch = nullptr;
  llvm::Triple triple;
  std::string triple_name;
  Cpu cpu;
  OptLevel level = OptLevel::O2;
};

Target::Target(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Target::Target(Target&&) noexcept = default;
Target& Target::operator=(Target&&) noexcept = default;
Target::~Target() = default;

Result<Target> Target::create(const TargetOptions& options) {
  initialiseBackends();
  auto impl = std::make_unique<Impl>();
  const std::string asked = options.triple.empty() ? llvm::sys::getProcessTriple() : options.triple;
  impl->triple = llvm::Triple(llvm::Triple::normalize(asked));
  impl->triple_name = impl->triple.str();
  impl->level = options.level;
  auto arch = findArchitecture(impl->triple, asked);
  if (!arch) return std::unexpected(arch.error());
  impl->arch = *arch;

  std::string why;
  impl->target = llvm::TargetRegistry::lookupTarget(impl->triple, why);
  if (!impl->target) return error("this LLVM cannot generate code for " + quote(asked) + ": " + why);

  auto cpu = resolveCpu(*impl->arch, options.cpu);
  if (!cpu) return std::unexpected(cpu.error());
  std::sort(cpu->features.begin(), cpu->features.end());
  if (!std::binary_search(cpu->features.begin(), cpu->features.end(), impl->arch->required_feature))
    return error("CPU " + quote(cpu->name) + " lacks " + impl->arch->required_feature +
                 ", which generated code needs; choose " + impl->arch->default_cpu + " or later");
  impl->cpu = std::move(*cpu);
  return Target(std::move(impl));
}

std::unique_ptr<llvm::TargetMachine> Target::machine() const {
  llvm::TargetOptions options;
  options.AllowFPOpFusion = llvm::FPOpFusion::Strict;  // WebAssembly rounds after each operation
  options.MCOptions.ABIName = impl_->arch->abi;
  constexpr std::array kLevels = {llvm::CodeGenOptLevel::None, llvm::CodeGenOptLevel::Less,
                                  llvm::CodeGenOptLevel::Default, llvm::CodeGenOptLevel::Aggressive,
                                  llvm::CodeGenOptLevel::Default};
  return std::unique_ptr<llvm::TargetMachine>(impl_->target->createTargetMachine(
      impl_->triple, impl_->cpu.name, impl_->cpu.featureString(), options, llvm::Reloc::PIC_,
      llvm::CodeModel::Small, kLevels[static_cast<size_t>(impl_->level)]));
}

const std::string& Target::triple() const { return impl_->triple_name; }
const std::string& Target::cpu() const { return impl_->cpu.name; }
std::vector<std::string> Target::features() const { return impl_->cpu.features; }

}  // namespace wasmc::compiler
