#include "support/symbols.h"

#include <gtest/gtest.h>

namespace wasmc::compiler {
namespace {

TEST(FunctionSymbol, IsReadBackToItsIndex) {
  for (const char* label : {"", "main", "std::vector<int>::push_back(int&&)", "17.x"})
    EXPECT_EQ(functionIndexOfSymbol(functionSymbol(4294967294u, label)), 4294967294) << label;
}

TEST(FunctionSymbol, HasNoCharactersThatAssemblersRefuse) {
  EXPECT_EQ(functionSymbol(3, "operator \"\"_x<\n>"), "wasm.3.operator____x___");
}

TEST(FunctionSymbol, CutsLongLabels) { EXPECT_LT(functionSymbol(1, std::string(100000, 'x')).size(), 300u); }

TEST(FunctionIndexOfSymbol, RefusesWhatIsNoFunction) {
  for (const char* symbol :
       {"", "wasm.", "wasm.x", "wasm.12x", "wasm.-1", "wasm.4294967296", "wasmc.array_call.1", "memcpy"})
    EXPECT_EQ(functionIndexOfSymbol(symbol), -1) << symbol;
}

}  // namespace
}  // namespace wasmc::compiler
