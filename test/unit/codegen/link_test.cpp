#include <gtest/gtest.h>

#include <thread>

#include "objects.h"

namespace wasmc::compiler {
namespace {

using test::hostTarget;
using test::objectOf;

constexpr char kDescriptor[] = "@wasmc_module = constant i32 1\n";
constexpr char kNeedsFloor[] =
    "declare hidden double @floor(double)\n"
    "define double @wasmc_module(double %x) { %y = call double @floor(double %x)\n ret double %y }\n";

Bytes object(const Target& target, const char* ir) {
  auto bytes = objectOf(ir, target);
  EXPECT_TRUE(bytes) << bytes.error().message;
  return bytes.value_or(Bytes());
}

TEST(LinkSharedObject, ReportsAnUndefinedSymbol) {
  const Target target = hostTarget();
  const auto result = linkSharedObject({object(target, kNeedsFloor)}, target, {"wasmc_module"});
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("floor"), std::string::npos) << result.error().message;
  EXPECT_NE(result.error().message.find("object 0"), std::string::npos) << result.error().message;
}

TEST(LinkRelocatable, ReportsAnUndefinedSymbol) {
  const Target target = hostTarget();
  const auto result = linkRelocatable({object(target, kNeedsFloor)}, target, {"wasmc_module"});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "internal error in linking: undefined symbols: floor");
}

TEST(LinkSharedObject, ReportsWhatIsNoObject) {
  const Target target = hostTarget();
  const auto result = linkSharedObject({Bytes{1, 2, 3, 4}}, target, {"wasmc_module"});
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("internal error in linking: "), std::string::npos)
      << result.error().message;
}

TEST(LinkSharedObject, WorksAfterAnError) {
  const Target target = hostTarget();
  EXPECT_FALSE(linkSharedObject({Bytes{1, 2, 3, 4}}, target, {"wasmc_module"}));
  EXPECT_TRUE(linkSharedObject({object(target, kDescriptor)}, target, {"wasmc_module"}));
}

TEST(LinkSharedObject, WorksOnSeveralThreadsAtOnce) {
  const Target target = hostTarget();
  const Bytes input = object(target, kDescriptor);
  std::vector<Result<Bytes>> results(4);
  std::vector<std::thread> threads;
  for (Result<Bytes>& result : results)
    threads.emplace_back([&] { result = linkSharedObject({input}, target, {"wasmc_module"}); });
  for (std::thread& thread : threads) thread.join();
  for (const Result<Bytes>& result : results) {
    ASSERT_TRUE(result);
    EXPECT_EQ(*result, *results[0]);
  }
}

TEST(LinkSharedObject, TakesOutputLargerThanAPipe) {
  const Target target = hostTarget();
  const auto result = linkSharedObject(
      {object(target, "@wasmc_module = constant [1000000 x i8] zeroinitializer, section \".wasmc.meta\"\n")},
      target, {"wasmc_module"});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_GT(result->size(), 1000000u);
}

}  // namespace
}  // namespace wasmc::compiler
