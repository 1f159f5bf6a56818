// What readModule says of a module besides its bodies.
#include "modules.h"

#include <gtest/gtest.h>

namespace wasmc::compiler::test {
namespace {

using Op = abi::ConstInstr::Op;

// A module and the bytes that it points into.
struct Read {
  explicit Read(Bytes b) : bytes(std::move(b)) {
    auto result = readModule(bytes, allFeatures());
    if (result)
      module = std::move(*result);
    else
      ADD_FAILURE() << result.error().str();
  }
  explicit Read(std::string_view text) : Read(assembled(text)) {}
  Bytes bytes;
  Module module;
};

TEST(Outline, ImportsComeFirstInTheirIndexSpaces) {
  const Read r(R"((module
    (import "a" "f" (func (param i32))) (import "a" "t" (table 1 2 externref)) (import "b" "m" (memory 3 4))
    (import "b" "g" (global (mut f64))) (import "b" "e" (tag (param i64)))
    (func) (table 5 funcref) (global i32 (i32.const 0)) (tag)))");
  const Module& m = r.module;
  EXPECT_EQ(m.imported_functions, 1u);
  EXPECT_EQ(m.imported_tables, 1u);
  EXPECT_EQ(m.imported_memories, 1u);
  EXPECT_EQ(m.imported_globals, 1u);
  EXPECT_EQ(m.imported_tags, 1u);
  ASSERT_EQ(m.imports.size(), 5u);
  EXPECT_EQ(m.imports[3].module, "b");
  EXPECT_EQ(m.imports[3].name, "g");
  EXPECT_EQ(m.imports[3].kind, ExternKind::Global);
  EXPECT_EQ(m.imports[3].index, 0u);
  ASSERT_EQ(m.functions.size(), 2u);
  EXPECT_TRUE(m.functions[0].imported);
  EXPECT_FALSE(m.functions[1].imported);
  EXPECT_EQ(m.functionType(0).params, std::vector<ValType>{ValType::i32()});
  ASSERT_EQ(m.tables.size(), 2u);
  EXPECT_EQ(m.tables[0].type.element, ValType::externref());
  EXPECT_EQ(m.tables[0].type.limits.max, 2u);
  EXPECT_EQ(m.tables[1].type.limits.min, 5u);
  EXPECT_EQ(m.tables[1].type.limits.max, UINT64_MAX);
  EXPECT_EQ(m.memories[0].type.limits.min, 3u);
  EXPECT_EQ(m.memories[0].type.limits.max, 4u);
  EXPECT_EQ(m.globals[0].type.is_mutable, 1u);
  EXPECT_EQ(m.tags.size(), 2u);
}

TEST(Outline, MemoriesKnowAddressTypeAndSharing) {
  const Read r("(module (memory 1) (memory i64 1) (memory 1 2 shared))");
  EXPECT_EQ(r.module.memories[0].type.limits.is64, 0);
  EXPECT_EQ(r.module.memories[1].type.limits.is64, 1);
  EXPECT_EQ(r.module.memories[2].type.limits.shared, 1);
  EXPECT_EQ(r.module.memories[0].type.limits.page_size_log2, 16);
}

TEST(Outline, ExportsMarkWhatTheyExport) {
  const Read r(
      R"((module (func (export "f")) (func) (memory (export "m") 1) (global (export "g") i32 (i32.const 0))
    (table (export "t") 1 funcref)))");
  EXPECT_TRUE(r.module.functions[0].exported);
  EXPECT_FALSE(r.module.functions[1].exported);
  EXPECT_TRUE(r.module.memories[0].exported);
  EXPECT_TRUE(r.module.globals[0].exported);
  EXPECT_TRUE(r.module.tables[0].exported);
  ASSERT_EQ(r.module.exports.size(), 4u);
  EXPECT_EQ(r.module.exports[0].name, "f");
  EXPECT_EQ(r.module.exports[0].kind, ExternKind::Func);
}

TEST(Outline, FunctionsAreReferencedBySegmentsConstantsAndRefFunc) {
  const Read r(
      R"((module (table 1 funcref) (func $elem) (func $global) (func $none) (func $exported (export "x"))
    (elem (i32.const 0) $elem) (global funcref (ref.func $global)) (func (drop (ref.func $exported)))))");
  EXPECT_TRUE(r.module.functions[0].referenced);
  EXPECT_TRUE(r.module.functions[1].referenced);
  EXPECT_FALSE(r.module.functions[2].referenced);
  EXPECT_TRUE(r.module.functions[3].referenced);
}

TEST(Outline, ConstantExpressionsKeepTheirInstructions) {
  const Read r(R"((module (import "m" "g" (global i32))
    (global i32 (i32.mul (i32.add (global.get 0) (i32.const 2)) (i32.const 3)))))");
  const ConstExpr& init = r.module.globals[1].init;
  ASSERT_EQ(init.size(), 5u);
  EXPECT_EQ(init[0].op, Op::GlobalGet);
  EXPECT_EQ(init[1].op, Op::I32Const);
  EXPECT_EQ(init[1].bits, 2u);
  EXPECT_EQ(init[2].op, Op::I32Add);
  EXPECT_EQ(init[4].op, Op::I32Mul);
}

TEST(Outline, GlobalsMayUseEarlierOnes) {
  const Read r("(module (global i32 (i32.const 1)) (global i32 (global.get 0)))");
  EXPECT_EQ(r.module.globals[1].init[0].op, Op::GlobalGet);
}

TEST(Outline, SegmentsHaveModeTargetOffsetAndContents) {
  const Read r(R"((module (memory 1) (table 1 funcref) (table $t 9 funcref) (func)
    (data (i32.const 8) "abc") (data "de")
    (elem (table $t) (i32.const 3) func 0) (elem funcref (ref.null func) (ref.func 0)) (elem declare func 0)))");
  const Module& m = r.module;
  ASSERT_EQ(m.data_segments.size(), 2u);
  EXPECT_EQ(m.data_segments[0].mode, SegmentMode::Active);
  EXPECT_EQ(m.data_segments[0].offset[0].bits, 8u);
  EXPECT_EQ(std::string(m.data_segments[0].bytes.begin(), m.data_segments[0].bytes.end()), "abc");
  EXPECT_EQ(m.data_segments[1].mode, SegmentMode::Passive);
  EXPECT_EQ(std::string(m.data_segments[1].bytes.begin(), m.data_segments[1].bytes.end()), "de");
  ASSERT_EQ(m.elem_segments.size(), 3u);
  EXPECT_EQ(m.elem_segments[0].mode, SegmentMode::Active);
  EXPECT_EQ(m.elem_segments[0].table, 1u);
  EXPECT_EQ(m.elem_segments[0].offset[0].bits, 3u);
  EXPECT_EQ(m.elem_segments[1].mode, SegmentMode::Passive);
  EXPECT_EQ(m.elem_segments[1].elements[0][0].op, Op::RefNull);
  EXPECT_EQ(m.elem_segments[1].elements[1][0].op, Op::RefFunc);
  EXPECT_EQ(m.elem_segments[2].mode, SegmentMode::Declared);
}

Bytes elementModule(uint8_t global) {
  return module({section(6, items({{0x70, 0x00, 0xd0, 0x70, 0x0b}, {0x7f, 0x00, 0x41, 0x00, 0x0b}})),
                 section(9, items({{0x05, 0x70, 0x02, 0x23, global, 0x0b, 0xd0, 0x70, 0x0b}}))});
}

TEST(Outline, ElementsMayBeGlobals) {
  const Read r(elementModule(0));
  ASSERT_EQ(r.module.elem_segments[0].elements.size(), 2u);
  EXPECT_EQ(r.module.elem_segments[0].elements[0][0].op, Op::GlobalGet);
  EXPECT_EQ(r.module.elem_segments[0].elements[1][0].op, Op::RefNull);
}

TEST(Outline, GlobalsAsElementsHaveTheTypeOfTheSegment) {
  EXPECT_EQ(messageOf(elementModule(1)),
            "a constant expression has the wrong type: expected funcref, found i32");
}

TEST(Outline, DataPointsIntoTheModuleBehindCustomSections) {
  const Read r(module({customSection("a", Bytes(50)), section(5, items({{0x00, 0x01}})),
                       customSection("b", Bytes(5)), section(11, items({{0x01, 0x02, 'h', 'i'}}))}));
  EXPECT_EQ(r.module.data_segments[0].bytes.data(), r.bytes.data() + r.bytes.size() - 2);
}

TEST(Outline, CustomSectionsAreKept) {
  const Read r(module({customSection("first", {1, 2}), section(1, {0x00}), customSection("second", {})}));
  ASSERT_EQ(r.module.custom_sections.size(), 2u);
  EXPECT_EQ(r.module.custom_sections[0].name, "first");
  EXPECT_EQ(Bytes(r.module.custom_sections[0].bytes.begin(), r.module.custom_sections[0].bytes.end()),
            (Bytes{1, 2}));
  EXPECT_EQ(r.module.custom_sections[1].name, "second");
}

TEST(Outline, MalformedContentsOfCustomSectionsAreIgnored) {
  for (const char* title : {"dylink", "dylink.0", "linking", "reloc.CODE", "target_features", "name"})
    EXPECT_EQ(messageOf(module({customSection(title, Bytes(7, 0xff)), section(1, {0x00})})), "") << title;
}

TEST(Outline, StartIsNoted) {
  EXPECT_EQ(Read("(module (func) (func) (start 1))").module.start, 1u);
  EXPECT_EQ(Read("(module (func))").module.start, std::nullopt);
}

TEST(Outline, BodiesHaveTheirExtents) {
  const Bytes bytes = functionModule({0x01, 0x01});
  const Read r(bytes);
  EXPECT_EQ(r.module.functions[0].body_offset, bytes.size() - 4);
  EXPECT_EQ(r.module.functions[0].body_size, 4u);
}

TEST(Outline, AnEmptyModuleIsValid) { EXPECT_EQ(messageOf(module({})), ""); }

// Names.

Bytes functionNames(std::initializer_list<Bytes> entries) { return section(1, items(entries)); }

Bytes namedModule(const Bytes& name_section) {
  return join({module({section(1, items({{0x60, 0x00, 0x00}})), section(3, {0x02, 0x00, 0x00}),
                       section(7, items({join({name("exported"), {0x00, 0x01}})})),
                       section(10, items({body({}), body({})}))}),
               customSection("name", name_section)});
}

TEST(Names, ComeFromTheNameSection) {
  const Read r(namedModule(join({section(0, name("mod")), functionNames({join({{0x00}, name("zero")}),
                                                                         join({{0x01}, name("one")})})})));
  EXPECT_EQ(r.module.name, "mod");
  EXPECT_EQ(r.module.functionLabel(0), "zero");
  EXPECT_EQ(r.module.functionLabel(1), "one");
}

TEST(Names, ComeFromExportsOtherwise) {
  const Read r(namedModule({}));
  EXPECT_EQ(r.module.functionLabel(0), "func[0]");
  EXPECT_EQ(r.module.functionLabel(1), "exported");
}

TEST(Names, OfFunctionsThatDoNotExistAreIgnored) {
  EXPECT_EQ(Read(namedModule(functionNames({join({{0x09}, name("nine")}), join({{0x00}, name("zero")})})))
                .module.functions[0]
                .name,
            "zero");
}

TEST(Names, BeforeTheCutOfABrokenSectionAreKept) {
  Bytes names = functionNames({join({{0x00}, name("zero")}), join({{0x01}, name("one")})});
  names[2] = 9;  // more names than there are
  EXPECT_EQ(Read(namedModule(names)).module.functions[1].name, "one");
}

TEST(Names, ThatAreNotUtf8AreIgnored) {
  EXPECT_EQ(Read(namedModule(functionNames({{0x01, 0x02, 0xff, 0xfe}}))).module.functions[1].name,
            "exported");
}

TEST(Names, ThatAreTooLongAreIgnored) {
  const Bytes entry = join({{0x01}, name(std::string(100'001, 'n'))});
  EXPECT_EQ(Read(namedModule(functionNames({entry}))).module.functions[1].name, "exported");
}

TEST(Names, MayStandBeforeOtherSections) {
  const Read r(module({customSection("name", functionNames({join({{0x00}, name("early")})})),
                       section(1, items({{0x60, 0x00, 0x00}})), section(3, {0x01, 0x00}),
                       section(10, items({body({})}))}));
  EXPECT_EQ(r.module.functions[0].name, "early");
}

}  // namespace
}  // namespace wasmc::compiler::test
