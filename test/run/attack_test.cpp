// Guests that try to get out: of their memories, tables, types and stack. All of them trap, and what the host
// has stays as it was.
#include "guest.h"

namespace wasmc::test {
namespace {

// Levels with other code for accesses, and for traps.
class Attacks : public testing::TestWithParam<const char*> {
 protected:
  Guest guest{GetParam()};

  // A body with the parameter $far, which is -1 as an i32, and how it ends.
  TrapCode attack(const std::string& body) {
    const std::string wat = R"((module
      (type $v (func)) (type $i (func (result i32)))
      (memory $m 1 2) (memory $long i64 1 2)
      (data $passive "abcdefgh")
      (table $t 4 funcref) (table $x 4 externref)
      (elem (table $t) (i32.const 0) func $v $i) (elem $list func $v $v)
      (func $v (type $v)) (func $i (type $i) (i32.const 7))
      (func (export "run") (param $far i32) )" +
                            body + "))";
    const Instance instance = guest.instantiate(wat);
    return trapOf(get<void(int32_t)>(instance, "run")(-1));
  }
};
INSTANTIATE_TEST_SUITE_P(O, Attacks, testing::Values("0", "2", "0 --bounds=explicit", "2 --bounds=explicit"),
                         [](const auto& level) {
                           std::string name = level.param;
                           for (char& c : name)
                             if (!isalnum(static_cast<unsigned char>(c))) c = '_';
                           return name;
                         });

TEST_P(Attacks, EachFormOfAddressOutsideOfAMemoryTraps) {
  for (const char* body : {
           "(drop (i32.load8_u (i32.const 65536)))",
           "(drop (i32.load8_u offset=65536 (i32.const 0)))",
           "(drop (i32.load offset=65533 (i32.const 0)))",
           "(drop (i64.load offset=4294967295 (local.get $far)))",
           "(drop (i64.load offset=1 (local.get $far)))",
           "(drop (v128.load offset=4294967280 (i32.const 15)))",
           "(drop (v128.load8_lane offset=4294967295 15 (i32.const 1) (v128.const i64x2 0 0)))",
           "(drop (v128.load64_zero (i32.const 65529)))",
           "(v128.store16_lane 7 (i32.const 65535) (v128.const i64x2 0 0))",
           "(i64.store offset=4294967288 (i32.const 8) (i64.const 1))",
           "(i32.store8 (i32.mul (local.get $far) (i32.const 2)) (i32.const 1))",
           "(drop (i32.atomic.rmw8.add_u offset=4294967295 (local.get $far) (i32.const 1)))",
           "(drop (i64.atomic.rmw.cmpxchg (i32.const 65536) (i64.const 0) (i64.const 1)))",
           "(i32.atomic.store offset=4294967292 (i32.const 4) (i32.const 1))",
           "(drop (i32.load8_u $long (i64.extend_i32_s (local.get $far))))",
           "(drop (i32.load8_u $long (i64.const 0x100000000)))",
           "(i64.store $long (i64.const 0x7fffffffffffffff) (i64.const 1))",
           "(i64.store $long offset=0xffffffff (i64.const 65529) (i64.const 1))",
       }) {
    SCOPED_TRACE(body);
    EXPECT_EQ(attack(body), TrapCode::MemoryOutOfBounds);
  }
}

TEST_P(Attacks, BulkOperationsAcrossAnEdgeTrap) {
  for (const char* body : {
           "(memory.fill $m (i32.const 1) (i32.const 0) (local.get $far))",
           "(memory.fill $m (local.get $far) (i32.const 0) (i32.const 2))",
           "(memory.fill $m (i32.const 65537) (i32.const 0) (i32.const 0))",
           "(memory.copy $m $m (i32.const 65535) (i32.const 0) (i32.const 2))",
           "(memory.copy $m $m (i32.const 0) (local.get $far) (i32.const 2))",
           "(memory.copy $m $m (local.get $far) (local.get $far) (local.get $far))",
           "(memory.fill $long (i64.const 1) (i32.const 0) (i64.const -1))",
           "(memory.copy $long $long (i64.const -1) (i64.const 0) (i64.const 2))",
           "(memory.init $m $passive (i32.const 65530) (i32.const 0) (i32.const 8))",
           "(memory.init $m $passive (i32.const 0) (local.get $far) (i32.const 2))",
           "(data.drop $passive) (memory.init $m $passive (i32.const 0) (i32.const 0) (i32.const 1))",
       }) {
    SCOPED_TRACE(body);
    EXPECT_EQ(attack(body), TrapCode::MemoryOutOfBounds);
  }
}

TEST_P(Attacks, TablesGiveNothingOutsideAndNothingOfAnotherType) {
  struct Case {
    const char* body;
    TrapCode code;
  };
  for (const Case& c : {
           Case{"(drop (table.get $t (local.get $far)))", TrapCode::TableOutOfBounds},
           Case{"(table.set $x (i32.const 4) (ref.null extern))", TrapCode::TableOutOfBounds},
           Case{"(table.fill $t (i32.const 3) (ref.null func) (local.get $far))", TrapCode::TableOutOfBounds},
           Case{"(table.copy $t $t (local.get $far) (i32.const 0) (i32.const 2))",
                TrapCode::TableOutOfBounds},
           Case{"(table.init $t $list (i32.const 3) (i32.const 0) (i32.const 2))",
                TrapCode::TableOutOfBounds},
           Case{"(elem.drop $list) (table.init $t $list (i32.const 0) (i32.const 0) (i32.const 1))",
                TrapCode::TableOutOfBounds},
           Case{"(call_indirect $t (type $v) (local.get $far))", TrapCode::UndefinedElement},
           Case{"(call_indirect $t (type $v) (i32.const 4))", TrapCode::UndefinedElement},
           Case{"(call_indirect $t (type $v) (i32.const 1))", TrapCode::IndirectCallTypeMismatch},
           Case{"(call_indirect $t (type $v) (i32.const 2))", TrapCode::UninitializedElement},
           Case{"(return_call_indirect $t (type $v) (i32.const 3))", TrapCode::UninitializedElement},
           Case{"(return_call_indirect $t (type $v) (local.get $far))", TrapCode::UndefinedElement},
       }) {
    SCOPED_TRACE(c.body);
    EXPECT_EQ(attack(c.body), c.code);
  }
}

// The two modules number their types differently: the same number is another type in the other one.
TEST_P(Attacks, AFunctionOfAnotherModuleIsCalledByItsOwnTypeOnly) {
  const Instance owner = guest.instantiate(R"((module (type $pointer (func (param i64) (result i64)))
    (table (export "table") 1 funcref) (elem (i32.const 0) func $f)
    (func $f (type $pointer) (local.get 0))))");
  guest.linker.defineInstance("owner", owner);
  const Instance caller = guest.instantiate(R"((module
    (type $other (func (param f64) (result i64))) (type $same (func (param i64) (result i64)))
    (import "owner" "table" (table 1 funcref))
    (func (export "other") (result i64) (call_indirect (type $other) (f64.const 1) (i32.const 0)))
    (func (export "same") (result i64) (call_indirect (type $same) (i64.const 5) (i32.const 0)))))");
  EXPECT_EQ(trapOf(get<int64_t()>(caller, "other")()), TrapCode::IndirectCallTypeMismatch);
  EXPECT_EQ(value(get<int64_t()>(caller, "same")()), 5);
}

// Each call has room for a thousand results in its frame: a frame could step over the guard page.
TEST(AttacksOnTheStack, FramesOfHundredsOfKilobytesTrapWhereTheStackEnds) {
#ifdef WASMC_EMULATED
  GTEST_SKIP() << "frames of this size at the end of the stack have not been tried under emulation";
#endif
  std::string results, numbers, calls;
  for (int i = 0; i < 1000; ++i) {
    results += " i64";
    numbers += " (i64.const 1)";
  }
  for (int call = 0; call < 16; ++call) {
    calls += " (call $wide)";
    for (int i = 0; i < 1000; ++i) calls += " drop";
  }
  const Guest guest("0");
  const Instance instance = guest.instantiate("(module (func $wide (result" + results + ")" + numbers +
                                              ") (func $deep (export \"deep\")" + calls + " (call $deep)))");
  for (int round = 0; round < 3; ++round)
    EXPECT_EQ(trapOf(get<void()>(instance, "deep")()), TrapCode::StackExhausted);
}

}  // namespace
}  // namespace wasmc::test
