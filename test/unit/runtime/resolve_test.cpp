#include "resolve.h"

#include <gtest/gtest.h>

namespace wasmc::detail {
namespace {

MemoryType memory(uint64_t min, std::optional<uint64_t> max = {}) { return {{min, max}}; }

TEST(Matching, OfLimitsFollowsTheSpecification) {
  EXPECT_TRUE(matches(memory(2), memory(1)));
  EXPECT_FALSE(matches(memory(1), memory(2)));
  EXPECT_TRUE(matches(memory(1, 2), memory(1)));
  EXPECT_FALSE(matches(memory(1), memory(1, 2)));
  EXPECT_TRUE(matches(memory(1, 2), memory(1, 3)));
  EXPECT_FALSE(matches(memory(1, 4), memory(1, 3)));
}

TEST(Matching, OfTablesNeedsEqualElementTypes) {
  const TableType funcs{ValType::funcref(), {1, {}}};
  const TableType externs{ValType::externref(), {1, {}}};
  EXPECT_TRUE(matches(funcs, funcs));
  EXPECT_FALSE(matches(funcs, externs));
}

TEST(Matching, OfMutableGlobalsIsInvariant) {
  const ValType null_func = ValType::ref(abi::HeapCode::NoFunc);
  EXPECT_TRUE(matches(GlobalType{null_func, false}, GlobalType{ValType::funcref(), false}));
  EXPECT_FALSE(matches(GlobalType{null_func, true}, GlobalType{ValType::funcref(), true}));
  EXPECT_FALSE(matches(GlobalType{ValType::i32(), true}, GlobalType{ValType::i32(), false}));
}

TEST(Matching, OfDifferentKindsFails) { EXPECT_FALSE(matches(memory(1), FuncType{})); }

}  // namespace
}  // namespace wasmc::detail
