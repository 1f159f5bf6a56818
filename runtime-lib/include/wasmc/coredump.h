// Coredumps: what a store looked like when a guest trapped, as a file that debuggers for WebAssembly read.
#ifndef WASMC_COREDUMP_H
#define WASMC_COREDUMP_H

#include <wasmc/api.h>
#include <wasmc/result.h>
#include <wasmc/store.h>
#include <wasmc/trap.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace wasmc {

// Takes the next bytes of a coredump. False: they could not be written.
using CoredumpSink = std::function<bool(std::span<const uint8_t> bytes)>;

// Writes the frames of `trap` and the memories and globals of all instances of the store, in the format of
// WebAssembly/tool-conventions (Coredump.md): a module with the custom sections `core`, `coremodules`,
// `coreinstances` and `corestack`. To be called after the call that trapped, before another one changes what
// there is to see. Values of locals and of the operand stack are marked as missing: optimised code does not
// keep them. Of several instances of one module the frames name the first. `program` is the name of the
// executable. ErrorCode::Io if the sink fails, or if the memories hold more than the format can (4 GiB).
WASMC_API Result<void> writeCoredump(StoreRef store, const Trap& trap, std::string_view program,
                                     const CoredumpSink& sink);

}  // namespace wasmc

#endif  // WASMC_COREDUMP_H
