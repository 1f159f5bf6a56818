// Globals whose type the host knows.
#include "guest.h"

namespace wasmc::test {
namespace {

TEST(TypedGlobal, IsReadAndWritten) {
  Guest guest;
  const Instance instance = guest.instantiate(R"((module
    (global $n (export "n") (mut i64) (i64.const 5))
    (func (export "get") (result i64) (global.get $n))))");
  const auto n = TypedGlobal<int64_t>::of(instance.global("n"));
  ASSERT_TRUE(n) << n.error().message;
  EXPECT_EQ(n->get(), 5);
  EXPECT_TRUE(n->set(n->get() + 1));
  EXPECT_EQ(value(get<int64_t()>(instance, "get")()), 6);
}

TEST(TypedGlobal, OfAnotherTypeIsAnErrorWithBothTypes) {
  Guest guest;
  const Instance instance = guest.instantiate(R"((module (global (export "g") f32 (f32.const 1.5))))");
  const auto immutable_one = TypedGlobal<const float>::of(instance.global("g"));
  ASSERT_TRUE(immutable_one) << immutable_one.error().message;
  EXPECT_EQ(immutable_one->get(), 1.5f);
  const auto mutable_one = TypedGlobal<float>::of(instance.global("g"));
  ASSERT_FALSE(mutable_one);
  EXPECT_EQ(mutable_one.error().code, ErrorCode::Type);
  EXPECT_EQ(mutable_one.error().message, "global f32 taken for global mut f32");
}

TEST(TypedGlobal, ThatIsNotThereIsThatError) {
  Guest guest;
  const auto missing = TypedGlobal<int32_t>::of(guest.instantiate("(module)").global("g"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::ExportNotFound);
}

TEST(TypedGlobal, TakesNoReferenceOfAnotherStore) {
  Guest guest;
  const Store other(guest.engine);
  const Instance instance =
      guest.instantiate(R"((module (global (export "g") (mut externref) (ref.null extern))))");
  const auto object = TypedGlobal<ExternRef>::of(instance.global("g"));
  ASSERT_TRUE(object);
  const Result<void> set = object->set(ExternRef::create(other, 7));
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().code, ErrorCode::InvalidHandle);
  EXPECT_FALSE(object->get());
}

}  // namespace
}  // namespace wasmc::test
