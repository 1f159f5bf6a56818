// Traps come back as values, and the process goes on.
#include "guest.h"

namespace wasmc::test {
namespace {

class Traps : public EachLevel {};
WASMC_EACH_LEVEL(Traps);

struct Case {
  const char* body;
  TrapCode code;
};

TEST_P(Traps, EachKindOfTrapHasItsCode) {
  const Case cases[] = {
      {"unreachable", TrapCode::Unreachable},
      {"(drop (i32.load (i32.const 0x7fffffff)))", TrapCode::MemoryOutOfBounds},
      {"(drop (i64.load offset=0xffffffff (i32.const -1)))", TrapCode::MemoryOutOfBounds},
      {"(i32.store (i32.const 65533) (i32.const 1))", TrapCode::MemoryOutOfBounds},
      {"(memory.fill (i32.const 65535) (i32.const 0) (i32.const 2))", TrapCode::MemoryOutOfBounds},
      {"(memory.init $d (i32.const 0) (i32.const 1) (i32.const 3))", TrapCode::MemoryOutOfBounds},
      {"(drop (i32.div_s (i32.const 1) (local.get $zero)))", TrapCode::IntegerDivideByZero},
      {"(drop (i64.rem_u (i64.const 1) (i64.extend_i32_u (local.get $zero))))",
       TrapCode::IntegerDivideByZero},
      {"(drop (i32.div_s (i32.const 0x80000000) (i32.sub (local.get $zero) (i32.const 1))))",
       TrapCode::IntegerOverflow},
      {"(drop (i32.trunc_f32_s (f32.const nan)))", TrapCode::InvalidConversionToInteger},
      {"(drop (i32.trunc_f64_u (f64.const 1e20)))", TrapCode::IntegerOverflow},
      {"(drop (table.get $t (i32.const 9)))", TrapCode::TableOutOfBounds},
      {"(table.fill $t (i32.const 2) (ref.null func) (i32.const 2))", TrapCode::TableOutOfBounds},
      {"(call_indirect (type $v) (i32.const 9))", TrapCode::UndefinedElement},
      {"(call_indirect (type $v) (i32.const 2))", TrapCode::UninitializedElement},
      {"(drop (call_indirect (type $i) (i32.const 0)))", TrapCode::IndirectCallTypeMismatch},
      {"(call $deep)", TrapCode::StackExhausted},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.body);
    const std::string wat = R"((module
      (type $v (func)) (type $i (func (result i32)))
      (memory 1) (data $d "abc")
      (table $t 3 funcref) (elem (i32.const 0) $deep)
      (func $deep (call $deep) (call $deep))
      (func (export "run") (param $zero i32) )" +
                            std::string(c.body) + "))";
    const Result<void> result = get<void(int32_t)>(guest.instantiate(wat), "run")(0);
    EXPECT_EQ(trapOf(result), c.code);
  }
}

TEST_P(Traps, StoresBeforeATrapAreThereThoughTheOtherWayOverwritesThem) {
  const Instance instance = guest.instantiate(R"((module
    (memory (export "memory") 1) (global $g (export "g") (mut i32) (i32.const 0))
    (func (export "div") (param i32) (result i32) (local i32)
      (i32.store (i32.const 0) (i32.const 1))
      (global.set $g (i32.const 1))
      (local.set 1 (i32.div_u (i32.const 10) (local.get 0)))
      (i32.store (i32.const 0) (i32.const 2))
      (global.set $g (i32.const 2))
      (local.get 1))))");
  EXPECT_EQ(trapOf(get<int32_t(int32_t)>(instance, "div")(0)), TrapCode::IntegerDivideByZero);
  EXPECT_EQ(value(instance.memory("memory")->read<uint32_t>(0)), 1u);
  EXPECT_EQ(instance.global("g")->get().i32(), 1);
}

TEST(StrictTraps, GlobalsHoldWhatWasStoredBeforeAFault) {
  const Guest guest("2 --strict-traps");
  const Instance instance =
      guest.instantiate(R"((module (memory 1) (global $g (export "g") (mut i32) (i32.const 0))
    (func (export "load") (param i32) (result i32) (local i32)
      (global.set $g (i32.const 1))
      (local.set 1 (i32.load (local.get 0)))
      (global.set $g (i32.const 2))
      (local.get 1))))");
  EXPECT_EQ(trapOf(get<int32_t(int32_t)>(instance, "load")(-4)), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(instance.global("g")->get().i32(), 1);
}

TEST_P(Traps, TheNextCallWorksAfterATrap) {
  const Instance instance = guest.instantiate(R"((module (func (export "div") (param i32 i32) (result i32)
    (i32.div_s (local.get 0) (local.get 1)))))");
  const auto div = get<int32_t(int32_t, int32_t)>(instance, "div");
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(trapOf(div(i, 0)), TrapCode::IntegerDivideByZero);
    EXPECT_EQ(value(div(6 * i, 3)), 2 * i);
  }
}

}  // namespace
}  // namespace wasmc::test
