// What types, values, traps and errors look like in messages.
#include <gtest/gtest.h>
#include <wasmc/wasmc.h>

#include <fstream>
#include <iterator>
#include <string>

namespace wasmc {
namespace {

TEST(Text, OfTypes) {
  EXPECT_EQ(toString(FuncType{{ValType::i32(), ValType::externref()}, {}}), "(i32, externref) -> ()");
  EXPECT_EQ(toString(ExternType(TableType{ValType::funcref(), {1, 2}})), "table 1..2 funcref");
  EXPECT_EQ(toString(ExternType(GlobalType{ValType::v128(), true})), "global mut v128");
  EXPECT_EQ(toString(ValType::ref(abi::HeapCode::Func, false)), "(ref func)");
}

TEST(Text, OfValues) {
  EXPECT_EQ(Val(-3).str(), "i32 -3");
  EXPECT_EQ(Val(0.5).str(), "f64 0.5");
  EXPECT_EQ(Val::null(ValType::funcref()).str(), "funcref null");
}

TEST(Text, OfATrapHasALineForEachFrame) {
  const Trap trap(TrapCode::Unreachable, {{"app", "inner", 3, 0x1a3}, {"", "", 17, std::nullopt}}, 0, 2);
  EXPECT_EQ(trap.str(), "wasm trap: unreachable\n  at app!inner@0x1a3\n  at func[17]");
}

TEST(Text, OfModulesCannotControlATerminal) {
  EXPECT_EQ(printable("ns::f(int, char)"), "ns::f(int, char)");
  EXPECT_EQ(printable(""), R"("")");
  EXPECT_EQ(printable("a\x1b[2J\n"), R"("a\1b[2J\0a")");
  EXPECT_EQ(Frame({"", "evil\x1b]0;", 3, 0x1a3}).str(), R"("evil\1b]0;"@0x1a3)");
}

TEST(Text, OfATrapTellsWhatIsLeftOut) {
  const Trap trap(TrapCode::StackExhausted, {{"", "a", 0, {}}, {"", "b", 1, {}}}, 500, 1);
  EXPECT_EQ(trap.str(), "wasm trap: call stack exhausted\n  at a\n  … 500 more calls …\n  at b");
  const Trap endless(TrapCode::StackExhausted, {{"", "a", 0, {}}}, 500, 1);
  EXPECT_EQ(endless.str(), "wasm trap: call stack exhausted\n  at a\n  … 500 more calls …");
}

TEST(Text, OfTheDocumentationListsEachErrorCode) {
  std::ifstream file(WASMC_EMBEDDING_PAGE);
  const std::string page(std::istreambuf_iterator<char>(file), {});
#define WASMC_ERROR(Name, number, meaning) \
  EXPECT_NE(page.find("| `" #Name "` | " #number " | " meaning " |"), std::string::npos) << #Name;
#include <wasmc/error_codes.def>
}

TEST(Text, OfErrorCodes) { EXPECT_STREQ(errorName(ErrorCode::Link), "Link"); }

}  // namespace
}  // namespace wasmc
