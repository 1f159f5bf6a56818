#include "type_registry.h"

#include <gtest/gtest.h>

#include <thread>

namespace wasmc::detail {
namespace {

FuncType typeOfLength(size_t params) { return {std::vector<ValType>(params, ValType::i64()), {}}; }

TEST(TypeRegistry, EqualTypesHaveOneNumberThatIsNotZero) {
  TypeRegistry registry;
  const FuncType type{{ValType::i32(), ValType::funcref()}, {ValType::f64()}};
  const uint32_t id = registry.intern(type);
  EXPECT_NE(id, 0u);
  EXPECT_EQ(registry.intern(FuncType(type)), id);
  EXPECT_EQ(registry.type(id), type);
}

TEST(TypeRegistry, ParametersAndResultsAreToldApart) {
  TypeRegistry registry;
  const ValType t = ValType::i32();
  EXPECT_NE(registry.intern({{t}, {}}), registry.intern({{}, {t}}));
  EXPECT_NE(registry.intern({{t, t}, {}}), registry.intern({{t}, {t}}));
}

TEST(TypeRegistry, TypesStayWhereTheyAre) {
  TypeRegistry registry;
  const uint32_t first = registry.intern(typeOfLength(1));
  const FuncType* address = &registry.type(first);
  for (size_t n = 2; n < 3000; ++n)
    EXPECT_EQ(registry.type(registry.intern(typeOfLength(n))).params.size(), n);
  EXPECT_EQ(&registry.type(first), address);
}

TEST(TypeRegistry, ThreadsAgreeOnNumbers) {
  TypeRegistry registry;
  std::vector<std::vector<uint32_t>> ids(4);
  std::vector<std::thread> threads;
  for (auto& mine : ids)
    threads.emplace_back([&] {
      for (size_t n = 0; n < 200; ++n) mine.push_back(registry.intern(typeOfLength(n)));
    });
  for (std::thread& t : threads) t.join();
  for (const auto& other : ids) EXPECT_EQ(other, ids[0]);
}

}  // namespace
}  // namespace wasmc::detail
