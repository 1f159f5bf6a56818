// References to functions, as the runtime library looks at them.
#ifndef WASMC_FUNC_REF_H
#define WASMC_FUNC_REF_H

#include <wasmc/abi/layout.h>

#include <cstdint>

namespace wasmc::detail {

class StoreImpl;
struct HostFunction;

// FuncRef::flags: the context is an ImportSlot whose env is a HostFunction. Otherwise it is an instance.
inline constexpr uint32_t kHostFuncRef = 1;

inline bool isHost(const abi::FuncRef& ref) { return ref.flags & kHostFuncRef; }
inline abi::ImportSlot& slotOf(const abi::FuncRef& host) {
  return *static_cast<abi::ImportSlot*>(host.context);
}
inline abi::InstanceHeader& instanceOf(const abi::FuncRef& ref) {
  return *static_cast<abi::InstanceHeader*>(isHost(ref) ? slotOf(ref).caller : ref.context);
}
StoreImpl& storeOf(const abi::FuncRef& ref);

}  // namespace wasmc::detail

#endif  // WASMC_FUNC_REF_H
