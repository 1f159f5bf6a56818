#include <gtest/gtest.h>
#include <wasmc/wasmc.h>

#include <thread>

#include "store_use.h"

namespace wasmc {
namespace {

class StoreTest : public testing::Test {
 protected:
  Engine engine;
  Store store{engine};
};

// Counts its destructions, moved-from objects left out.
class Counted {
 public:
  explicit Counted(int& destroyed) : destroyed_(&destroyed) {}
  Counted(Counted&& other) noexcept : destroyed_(std::exchange(other.destroyed_, nullptr)) {}
  Counted& operator=(Counted&&) = delete;
  ~Counted() {
    if (destroyed_) ++*destroyed_;
  }

 private:
  int* destroyed_;
};

TEST_F(StoreTest, ReleasesEachExternObjectOnce) {
  int destroyed = 0;
  {
    const Store own(engine);
    const ExternRef ref = ExternRef::create(own, Counted(destroyed));
    const ExternRef copy = ref;
    EXPECT_EQ(copy, ref);
    EXPECT_EQ(destroyed, 0);
  }
  EXPECT_EQ(destroyed, 1);
}

TEST_F(StoreTest, ExternReferencesAreTyped) {
  const ExternRef ref = ExternRef::create(store, 7);
  ASSERT_TRUE(ref.get<int>());
  EXPECT_EQ(*ref.get<int>(), 7);
  EXPECT_FALSE(ref.get<long>());
  EXPECT_FALSE(ExternRef().get<int>());
}

TEST_F(StoreTest, HoldsOneObjectOfEachType) {
  int destroyed = 0;
  {
    const Store own(engine);
    own.setData(Counted(destroyed));
    own.setData(5);
    EXPECT_EQ(*own.data<int>(), 5);
    EXPECT_FALSE(own.data<long>());
    own.setData(Counted(destroyed));
    EXPECT_EQ(destroyed, 1);
  }
  EXPECT_EQ(destroyed, 2);
}

TEST_F(StoreTest, KeepsHandlesValidWhenItIsMoved) {
  const Memory memory = *Memory::create(store, {{1, {}}});
  const Store moved = std::move(store);
  EXPECT_TRUE(memory.write<int>(0, 1));
  EXPECT_EQ(memory.store(), moved.ref());
}

TEST_F(StoreTest, HostFunctionsAreCalledDirectly) {
  const Func add = Func::wrap(store, [](int32_t a, double b) { return a + b; });
  EXPECT_EQ(toString(add.type()), "(i32, f64) -> (f64)");
  EXPECT_EQ((*add.call({1, 2.5}))[0].f64(), 3.5);
  EXPECT_EQ(*(*add.typed<double(int32_t, double)>())(2, 0.5), 2.5);
}

TEST_F(StoreTest, WrongArgumentsAreErrors) {
  const Func f = Func::wrap(store, [](int32_t) {});
  EXPECT_EQ(f.call({}).error().message, "function of type (i32) -> () called with 0 arguments");
  EXPECT_EQ(f.call({2.5}).error().message, "argument: found f64 2.5, expected i32");
  EXPECT_EQ(f.typed<void(int64_t)>().error().message,
            "function of type (i32) -> () taken for one of type (i64) -> ()");
  EXPECT_EQ(Func().call({}).error().code, ErrorCode::InvalidHandle);
}

TEST_F(StoreTest, FunctionsOfAnotherStoreAreNotAccepted) {
  const Store other(engine);
  const Func foreign = Func::wrap(other, [] {});
  const Func takes = Func::wrap(store, [](Func) {});
  EXPECT_EQ(takes.call({foreign}).error().code, ErrorCode::InvalidHandle);
  const Table table = *Table::create(store, {ValType::funcref(), {1, {}}}, Val::null(ValType::funcref()));
  EXPECT_EQ(table.set(0, foreign).error().code, ErrorCode::InvalidHandle);
}

TEST_F(StoreTest, TypedCallsAcceptNoReferencesOfAnotherStore) {
  const Store other(engine);
  const auto takes_func = *Func::wrap(store, [](Func) {}).typed<void(Func)>();
  EXPECT_EQ(takes_func(Func::wrap(other, [] {})).error().code, ErrorCode::InvalidHandle);
  EXPECT_TRUE(takes_func(Func::wrap(store, [] {})));
  EXPECT_TRUE(takes_func(Func()));
  const auto takes_extern = *Func::wrap(store, [](int32_t, ExternRef) {}).typed<void(int32_t, ExternRef)>();
  EXPECT_EQ(takes_extern(1, ExternRef::create(other, 1)).error().code, ErrorCode::InvalidHandle);
  EXPECT_TRUE(takes_extern(1, ExternRef::create(store, 1)));
}

TEST_F(StoreTest, HostFunctionsReturnNoReferencesOfAnotherStore) {
  const Store other(engine);
  const Func foreign = Func::wrap(other, [] {});
  EXPECT_EQ(Func::wrap(store, [&] { return foreign; }).call({}).error().code, ErrorCode::InvalidHandle);
  const Func both = Func::wrap(store, [&] { return std::tuple(1, ExternRef::create(other, 1)); });
  EXPECT_EQ(both.call({}).error().code, ErrorCode::InvalidHandle);
  const Func untyped =
      Func::create(store, {{}, {ValType::externref()}},
                   [&](Caller&, std::span<const Val>, std::span<Val> results) -> Result<void> {
                     results[0] = ExternRef::create(other, 1);
                     return {};
                   });
  EXPECT_EQ(untyped.call({}).error().code, ErrorCode::InvalidHandle);
}

TEST_F(StoreTest, TablesCheckIndicesAndTypes) {
  const Table table = *Table::create(store, {ValType::externref(), {2, 3}}, Val::null(ValType::externref()));
  const ExternRef object = ExternRef::create(store, 1);
  ASSERT_TRUE(table.set(1, object));
  EXPECT_EQ(table.get(1)->externRef(), object);
  EXPECT_TRUE(table.get(0)->isNull());
  EXPECT_EQ(table.get(2).error().code, ErrorCode::Memory);
  EXPECT_EQ(table.set(0, Func()).error().code, ErrorCode::Type);
  EXPECT_EQ(*table.grow(1, object), 2u);
  EXPECT_EQ(table.get(2)->externRef(), object);
  EXPECT_EQ(table.grow(1, object).error().code, ErrorCode::Limit);
}

TEST_F(StoreTest, GlobalsCheckMutabilityAndTypes) {
  const Global constant = *Global::create(store, {ValType::i32(), false}, 1);
  EXPECT_EQ(constant.set(2).error().message, "global i32 is immutable and cannot be set");
  const Global variable = *Global::create(store, {ValType::f32(), true}, 1.5f);
  EXPECT_EQ(variable.set(1).error().code, ErrorCode::Type);
  ASSERT_TRUE(variable.set(2.5f));
  EXPECT_EQ(variable.get().f32(), 2.5f);
  EXPECT_EQ(Global::create(store, {ValType::i32(), true}, 1.5).error().code, ErrorCode::Type);
}

TEST_F(StoreTest, ErrorsOfHostFunctionsComeBackUnchanged) {
  const Func f = Func::wrap(store, []() -> Result<int32_t> { return error(ErrorCode::Io, "no such file"); });
  const Result<std::vector<Val>> result = f.call({});
  EXPECT_EQ(result.error().code, ErrorCode::Io);
  EXPECT_EQ(result.error().message, "no such file");
}

#ifdef WASMC_CHECKS_STORE_USE
TEST_F(StoreTest, TwoThreadsThatUseItAtTheSameTimeEndADebugBuild) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        const Func other_thread =
            Func::wrap(store, [&] { std::thread([&] { (void)Memory::create(store, {{1, {}}}); }).join(); });
        (void)other_thread.call({});
      },
      "two threads use a store at the same time");
}
#endif

TEST_F(StoreTest, ThreadsMayUseItOneAfterTheOther) {
  for (int i = 0; i < 3; ++i) std::thread([&] { EXPECT_TRUE(Memory::create(store, {{1, {}}})); }).join();
}

}  // namespace
}  // namespace wasmc
