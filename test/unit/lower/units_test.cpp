#include "lower/lower.h"
#include "modules.h"

#include <gtest/gtest.h>

#include <numeric>

namespace wasmc::compiler {
namespace {

using test::functionsModule;

uint64_t bodyBytes(const Module& module, Unit unit) {
  uint64_t bytes = 0;
  for (uint32_t f = unit.first; f < unit.first + unit.count; ++f) bytes += module.functions[f].body_size;
  return bytes;
}

void expectPartition(const Module& module, const std::vector<Unit>& units) {
  uint32_t next = module.imported_functions;
  for (Unit unit : units) {
    EXPECT_EQ(unit.first, next);
    EXPECT_GT(unit.count, 0u);
    next = unit.first + unit.count;
  }
  EXPECT_EQ(next, module.functions.size());
}

TEST(PlanUnits, AModuleWithoutFunctionsHasNoUnits) { EXPECT_TRUE(planUnits(Module()).empty()); }

TEST(PlanUnits, ImportedFunctionsBelongToNoUnit) {
  Module module = functionsModule({0, 0, 100, 100});
  module.functions[0].imported = module.functions[1].imported = true;
  module.imported_functions = 2;
  const std::vector<Unit> units = planUnits(module);
  ASSERT_EQ(units.size(), 1u);
  EXPECT_EQ(units[0].first, 2u);
  EXPECT_EQ(units[0].count, 2u);
}

TEST(PlanUnits, ASmallModuleIsOneUnit) {
  EXPECT_EQ(planUnits(functionsModule(std::vector<uint32_t>(500, 500))).size(), 1u);
}

TEST(PlanUnits, EachDefinedFunctionIsInExactlyOneUnit) {
  std::vector<uint32_t> sizes(20'000);
  for (size_t i = 0; i < sizes.size(); ++i) sizes[i] = static_cast<uint32_t>(2 + i * 7919 % 1500);
  const Module module = functionsModule(sizes);
  expectPartition(module, planUnits(module));
}

TEST(PlanUnits, UnitsOfALargeModuleHaveAboutTheSameSize) {
  const Module module = functionsModule(std::vector<uint32_t>(50'000, 400));
  const std::vector<Unit> units = planUnits(module);
  ASSERT_GT(units.size(), 16u);
  for (Unit unit : units) {
    EXPECT_GT(bodyBytes(module, unit), 150u * 1024);
    EXPECT_LT(bodyBytes(module, unit), 250u * 1024);
  }
}

TEST(PlanUnits, AGiantFunctionTakesTheSharesItCovers) {
  std::vector<uint32_t> sizes(2'000, 400);
  sizes[1'000] = 2'000'000;
  const Module module = functionsModule(sizes);
  const std::vector<Unit> units = planUnits(module);
  expectPartition(module, units);
  for (Unit unit : units) EXPECT_LT(bodyBytes(module, unit), 2'000'000u + 400u * 1024);
}

}  // namespace
}  // namespace wasmc::compiler
