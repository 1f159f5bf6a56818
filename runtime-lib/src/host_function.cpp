// Host functions whose type is known only at run time.
#include <wasmc/detail/host_function.h>
#include <wasmc/func.h>

#include <cstring>

#include "arch.h"
#include "func_ref.h"
#include "store_impl.h"
#include "value_check.h"

namespace wasmc::detail {
namespace {

struct UntypedFunction : HostFunction {
  HostCallback callback;
  HostCallbackCaller call_callback = nullptr;
};

// Reads arguments in the C convention: from registers while there are any, then from the caller's argument
// area. Where v128 has no registers of its own, it is an integer of 128 bits, which may be half in the last
// register; and floating-point numbers go on in integer registers.
class ArgumentReader {
 public:
  ArgumentReader(const arch::ArgumentRegisters& registers, const uint8_t* stack)
      : registers_(registers), stack_(stack) {}

  uint64_t integer() {
    return integers_ < registers_.kIntegers ? registers_.integers[integers_++] : nextOnStack();
  }
  abi::Value next(ValType type) {
    if (type == ValType::i32()) return {static_cast<uint32_t>(integer()), 0};
    if (type == ValType::f32()) return {static_cast<uint32_t>(floating()), 0};
    if (type == ValType::f64()) return {floating(), 0};
    if (type == ValType::v128()) return vector();
    return {integer(), 0};
  }

 private:
  uint64_t floating() {
    if (vectors_ < registers_.kVectors) return registers_.vectors[vectors_++][0];
    return arch::kVectorRegisters ? nextOnStack() : integer();
  }
  abi::Value vector() {
    if constexpr (arch::kVectorRegisters) {
      if (vectors_ < registers_.kVectors) {
        const auto& both = registers_.vectors[vectors_++];
        return {both[0], both[1]};
      }
    } else if (integers_ < registers_.kIntegers) {
      const uint64_t low = integer();
      return {low, integer()};
    }
    words_ += words_ % 2;
    const uint64_t low = nextOnStack();
    return {low, nextOnStack()};
  }
  uint64_t nextOnStack() {
    uint64_t word = 0;
    std::memcpy(&word, stack_ + sizeof word * words_++, sizeof word);
    return word;
  }

  const arch::ArgumentRegisters& registers_;
  const uint8_t* stack_;
  size_t words_ = 0;
  size_t integers_ = 0;
  size_t vectors_ = 0;
};

// Runs the callback. Results are checked: guest code relies on their types.
Error* run(UntypedFunction& function, Caller& caller, std::span<const Val> args, abi::Value* results) {
  std::vector<Val> values;
  values.reserve(function.type.results.size());
  for (ValType type : function.type.results) values.push_back(Val::null(type));
  if (Result<void> done = function.call_callback(function.callback, caller, args, values); !done)
    return new Error(std::move(done).error());
  for (size_t i = 0; i < values.size(); ++i) {
    if (Result<void> checked =
            checkValue(values[i], function.type.results[i], caller.store(), "result of a host function");
        !checked)
      return new Error(std::move(checked).error());
    results[i] = values[i].raw();
  }
  return nullptr;
}

Error* callFromHost(HostFunction& function, Caller& caller, abi::Value* values) {
  std::vector<Val> args;
  args.reserve(function.type.params.size());
  for (size_t i = 0; i < function.type.params.size(); ++i)
    args.push_back(Val::fromRaw(function.type.params[i], values[i]));
  return run(static_cast<UntypedFunction&>(function), caller, args, values);
}

Error* callFromGuest(UntypedFunction& function, Caller& caller, arch::ArgumentRegisters& registers,
                     const uint8_t* stack) {
  ArgumentReader reader(registers, stack);
  reader.integer();  // the slot
  std::vector<Val> args;
  args.reserve(function.type.params.size());
  for (ValType type : function.type.params) args.push_back(Val::fromRaw(type, reader.next(type)));
  const std::vector<ValType>& types = function.type.results;
  if (types.size() > 1) return run(function, caller, args, reinterpret_cast<abi::Value*>(reader.integer()));
  abi::Value result;
  Error* failed = run(function, caller, args, &result);
  if (failed || types.empty()) return failed;
  // An f32 in a register of RISC-V has all bits above it set; elsewhere nobody looks at them.
  if (types[0] == ValType::f32()) result.lo |= 0xffff'ffff'0000'0000;
  const bool in_vector = types[0] == ValType::f32() || types[0] == ValType::f64() ||
                         (types[0] == ValType::v128() && arch::kVectorRegisters);
  std::memcpy(in_vector ? registers.vector_result : registers.integer_result, &result, sizeof result);
  return nullptr;
}

}  // namespace

HostFunctionPtr makeUntypedFunction(FuncType type, HostCallback callback, HostCallbackCaller call) {
  auto function = std::make_shared<UntypedFunction>();
  function->type = std::move(type);
  function->native = reinterpret_cast<void*>(&wasmc_untyped_entry);
  function->call = &callFromHost;
  function->callback = std::move(callback);
  function->call_callback = call;
  return function;
}

}  // namespace wasmc::detail

void wasmc_untyped_dispatch(wasmc::arch::ArgumentRegisters* registers, const uint8_t* stack) {
  using namespace wasmc::detail;
  auto* slot = reinterpret_cast<wasmc::abi::ImportSlot*>(registers->integers[0]);
  checkStack(slot);
  wasmc::Caller caller(static_cast<wasmc::abi::InstanceHeader*>(slot->caller));
  auto& function = *static_cast<UntypedFunction*>(static_cast<HostFunction*>(slot->env));
  if (wasmc::Error* failed = callFromGuest(function, caller, *registers, stack)) raise(failed);
}
