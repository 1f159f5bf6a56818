// Makes the body of a function: code that is valid, that ends, and whose outcome the specification defines in
// full.
//
// It grows as a tree. `value` leaves one value of a type on the stack, `statement` nothing; both choose among
// makers, which choose further below. A depth and a budget bound the tree, and where a function's bytes are
// used up all choices are the simplest ones.
#ifndef WASMC_TEST_DIFFERENTIAL_BODY_H
#define WASMC_TEST_DIFFERENTIAL_BODY_H

#include "choices.h"
#include "module_shape.h"
#include "operators.h"
#include "wasm_writer.h"

#include <span>
#include <vector>

namespace wasmc::differential {

class Body {
 public:
  Body(Choices& choices, ModuleShape& module, const Signature& signature);

  // The code with its locals, as the code section has it.
  Bytes make();

 private:
  struct Label {
    std::vector<Type> types;  // what a branch to it takes along
    bool loop = false;
    bool in_catch = false;
  };
  struct Counter {  // of a counted loop
    uint32_t local;
    Type type;
  };
  struct MemoryArgument {
    uint32_t memory;
    uint32_t align;
    uint64_t offset;
  };
  using ValueMaker = bool (Body::*)(Type, int);
  using StatementMaker = bool (Body::*)(int);

  // body.cpp: the tree, and what all makers use.
  void value(Type type, int depth);
  void values(std::span<const Type> types, int depth);
  void canonicalValue(Type type, int depth);
  void statement(int depth);
  void statements(size_t most, int depth);
  void constant(Type type);
  void zero(Type type);
  void simple(Type type);
  uint32_t newLocal(Type type);
  std::optional<uint32_t> someLocal(Type type);
  void takeInto(std::span<const Type> types);
  void keepFirst(std::span<const Type> types, Type wanted);
  void takeOne(Type type);
  void get(uint32_t local) { code_.op(0x20).u(local); }
  void set(uint32_t local) { code_.op(0x21).u(local); }
  void tee(uint32_t local) { code_.op(0x22).u(local); }
  void i32(int32_t number) { code_.op(0x41).s(number); }
  void blockType(const std::vector<Type>& params, const std::vector<Type>& results);
  std::vector<Type> someTypes(size_t most);
  void spend();
  void ifSpent(const std::vector<Type>& results);
  bool wild() { return module_.wild && choices_.chance(module_.wild); }

  // body_control.cpp
  bool blockValue(Type type, int depth);
  bool loopValue(Type type, int depth);
  bool ifValue(Type type, int depth);
  bool tryValue(Type type, int depth);
  bool branchValue(Type type, int depth);
  bool leaveValue(Type type, int depth);
  bool callValue(Type type, int depth);
  bool selectValue(Type type, int depth);
  bool controlStatement(int depth);
  bool continueStatement(int depth);
  bool countedLoop(int depth);
  bool logStatement(int depth);
  void countedBody(int depth);
  void loopCondition(int depth);
  std::optional<uint32_t> branchTarget(const std::vector<Type>& types);
  void callFunction(uint32_t function, int depth, bool tail);

  // body_data.cpp
  bool operatorValue(Type type, int depth);
  bool teeValue(Type type, int depth);
  bool globalValue(Type type, int depth);
  bool loadValue(Type type, int depth);
  bool atomicValue(Type type, int depth);
  bool memoryValue(Type type, int depth);
  bool tableValue(Type type, int depth);
  bool setStatement(int depth);
  bool globalStatement(int depth);
  bool storeStatement(int depth);
  bool bulkStatement(int depth);
  bool tableStatement(int depth);
  void operands(const Operator& chosen, int depth);
  void finish(const Operator& chosen);
  MemoryArgument address(uint32_t memory, const Operator& chosen, int depth);
  void indexInto(Type type, uint64_t size, int depth);
  void number(Type type, uint64_t value);
  void argument(const MemoryArgument& memory);

  Choices& choices_;
  ModuleShape& module_;
  const Signature& signature_;
  Bytes code_;
  std::vector<Type> locals_;  // parameters first
  std::vector<Label> labels_;
  std::vector<Counter> counters_;
  int budget_;
};

}  // namespace wasmc::differential

#endif  // WASMC_TEST_DIFFERENTIAL_BODY_H
