#include <gtest/gtest.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/Object/ELFObjectFile.h>
#include <llvm/Support/LEB128.h>
#include <wasmc/abi/descriptor.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "objects.h"

namespace wasmc::compiler {
namespace {

using test::hostTarget;
using test::kRoot;
using test::objectOf;

// The map of a linked artifact, with addresses instead of distances.
struct Function {
  uint64_t start;
  abi::AddressMapFunction entry;
};

struct Artifact {
  std::vector<Function> functions;
  std::vector<uint8_t> lines;
  std::map<std::string, uint64_t> symbols;
  uint64_t text_address = 0;
  std::string text;

  const Function* find(const std::string& symbol) const {
    const auto at = symbols.find(symbol);
    if (at == symbols.end()) return nullptr;
    const auto f = std::ranges::find(functions, at->second, &Function::start);
    return f == functions.end() ? nullptr : &*f;
  }

  // The wasm byte offset of an address; -1 where the map has none.
  int64_t offsetAt(uint64_t address) const {
    for (const Function& f : functions) {
      if (address < f.start || address >= f.start + f.entry.size) continue;
      const uint8_t* at = lines.data() + f.entry.lines;
      uint64_t code = f.start;
      int64_t offset = 0, found = -1;
      for (uint32_t i = 0; i < f.entry.lines_count; ++i) {
        unsigned length = 0;
        const uint64_t step = llvm::decodeULEB128(at, &length);
        at += length;
        code += step >> 1;
        offset += llvm::decodeSLEB128(at, &length);
        at += length;
        if (step & 1) llvm::decodeULEB128(at, &length), at += length;
        if (code <= address) found = offset;
      }
      return found;
    }
    return -1;
  }
};

void readMap(llvm::StringRef contents, uint64_t address, Artifact& artifact) {
  abi::AddressMap head{};
  std::memcpy(&head, contents.data(), sizeof head);
  for (uint32_t i = 0; i < head.function_count; ++i) {
    const uint64_t place = sizeof head + i * sizeof(abi::AddressMapFunction);
    abi::AddressMapFunction entry{};
    std::memcpy(&entry, contents.data() + place, sizeof entry);
    artifact.functions.push_back({address + place + static_cast<uint64_t>(int64_t{entry.start}), entry});
  }
  const size_t tables = head.function_count * sizeof(abi::AddressMapFunction) +
                        head.inline_count * sizeof(abi::AddressMapInline);
  const llvm::StringRef lines = contents.substr(sizeof head + tables, head.lines_size);
  artifact.lines.assign(lines.begin(), lines.end());
}

Artifact read(const Bytes& bytes) {
  Artifact artifact;
  const llvm::StringRef data(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  auto file =
      llvm::cantFail(llvm::object::ObjectFile::createELFObjectFile(llvm::MemoryBufferRef(data, "artifact")));
  for (const llvm::object::SectionRef& section : file->sections()) {
    const llvm::StringRef name = llvm::cantFail(section.getName());
    if (name == abi::kAddressMapSection)
      readMap(llvm::cantFail(section.getContents()), section.getAddress(), artifact);
    if (name == ".text") {
      artifact.text_address = section.getAddress();
      artifact.text = llvm::cantFail(section.getContents()).str();
    }
  }
  for (const llvm::object::SymbolRef& symbol : file->symbols())
    artifact.symbols[llvm::cantFail(symbol.getName()).str()] = llvm::cantFail(symbol.getAddress());
  return artifact;
}

Artifact link(const std::vector<std::string>& modules) {
  const Target target = hostTarget();
  std::vector<Bytes> objects;
  for (const std::string& ir : modules) {
    auto object = objectOf(ir, target);
    EXPECT_TRUE(object) << object.error().message;
    if (object) objects.push_back(std::move(*object));
  }
  auto map = makeAddressMap(objects, target);
  EXPECT_TRUE(map) << map.error().message;
  if (map) objects.push_back(std::move(*map));
  auto linked = linkSharedObject(objects, target, {"wasmc_module"});
  EXPECT_TRUE(linked) << linked.error().message;
  return linked ? read(*linked) : Artifact();
}

// `body` may use the debug locations !10 to !12 of the lines 101, 201 and 301.
std::string withLines(const std::string& body) {
  return body + R"(
    !llvm.dbg.cu = !{!0}
    !llvm.module.flags = !{!2}
    !0 = distinct !DICompileUnit(language: DW_LANG_C, file: !1, emissionKind: LineTablesOnly)
    !1 = !DIFile(filename: "wasm", directory: "")
    !2 = !{i32 2, !"Debug Info Version", i32 3}
    !3 = !DISubroutineType(types: !{})
    !4 = distinct !DISubprogram(name: "f", file: !1, type: !3, unit: !0, spFlags: DISPFlagDefinition)
    !10 = !DILocation(line: 101, scope: !4)
    !11 = !DILocation(line: 201, scope: !4)
    !12 = !DILocation(line: 301, scope: !4)
  )";
}

std::string function(const std::string& name, const std::string& attributes = "") {
  return "define hidden i32 @" + name + "(i32 %x) " + attributes + " { %y = mul i32 %x, 3\n ret i32 %y }\n";
}

TEST(AddressMap, IsSortedByAddressOverAllObjects) {
  const Artifact a = link({function("wasm.0.a") + function("wasm.1.b", "cold") + function("wasm.2.c"),
                           function("wasm.3.d") + function("wasm.4.e"), kRoot});
  ASSERT_EQ(a.functions.size(), 5u);
  EXPECT_TRUE(std::ranges::is_sorted(a.functions, {}, &Function::start));
}

TEST(AddressMap, NamesTheWasmFunctionOfEachSymbol) {
  const Artifact a = link({function("wasm.7.seven") + function("wasmc.array_call.0"), kRoot});
  ASSERT_TRUE(a.find("wasm.7.seven"));
  EXPECT_EQ(a.find("wasm.7.seven")->entry.function, 7u);
  ASSERT_TRUE(a.find("wasmc.array_call.0"));
  EXPECT_EQ(a.find("wasmc.array_call.0")->entry.function, abi::kNone);
}

TEST(AddressMap, HasFunctionsThatLlvmCopied) {
  const Artifact a = link({R"(
    define internal i32 @wasm.5.f.specialized.1(i32 %x) noinline { %y = call i32 asm "mov $1, $0", "=r,r"(i32 %x)
      ret i32 %y }
    define hidden i32 @wasm.5.f(i32 %x) { %y = call i32 @wasm.5.f.specialized.1(i32 %x)
      %z = add i32 %y, 1
      ret i32 %z }
  )",
                           kRoot});
  ASSERT_TRUE(a.find("wasm.5.f.specialized.1"));
  EXPECT_EQ(a.find("wasm.5.f.specialized.1")->entry.function, 5u);
}

TEST(AddressMap, TellsTheOffsetOfATrapInstruction) {
  const Artifact a = link({withLines(R"(
    define hidden i32 @wasm.0.f(i32 %x) !dbg !4 {
      %c = icmp eq i32 %x, 0, !dbg !10
      br i1 %c, label %trap, label %end, !dbg !10
    trap:
      call void @llvm.ubsantrap(i8 7), !dbg !11
      unreachable, !dbg !11
    end:
      %y = udiv i32 1000, %x, !dbg !12
      ret i32 %y, !dbg !12
    }
    declare void @llvm.ubsantrap(i8)
  )"),
                           kRoot});
  // ud1l 7(%eax), %eax; brk #0x5507
  const std::string trap = a.text.find("\x67\x0f\xb9\x40\x07") != std::string::npos
                               ? "\x67\x0f\xb9\x40\x07"
                               : std::string("\xe0\xa0\x2a\xd4");
  const size_t at = a.text.find(trap);
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(a.offsetAt(a.text_address + at), 200);
}

TEST(AddressMap, HasNoOffsetsWhereThereAreNoLocations) {
  const Artifact a = link({function("wasm.0.f"), kRoot});
  ASSERT_TRUE(a.find("wasm.0.f"));
  EXPECT_EQ(a.find("wasm.0.f")->entry.lines_count, 0u);
  EXPECT_EQ(a.offsetAt(a.find("wasm.0.f")->start), -1);
}

TEST(AddressMap, CoversEachFunctionUpToItsEnd) {
  const Artifact a = link({function("wasm.0.f") + function("wasm.1.g"), kRoot});
  ASSERT_EQ(a.functions.size(), 2u);
  EXPECT_LE(a.functions[0].start + a.functions[0].entry.size, a.functions[1].start);
  EXPECT_GT(a.functions[0].entry.size, 0u);
}

}  // namespace
}  // namespace wasmc::compiler
