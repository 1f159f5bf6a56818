#ifndef WASMC_COMPILER_LOWER_WIDEN_INDICES_H
#define WASMC_COMPILER_LOWER_WIDEN_INDICES_H

namespace wasmc::compiler {

class FunctionContext;

// Gives the addresses of a loop 64-bit counters.
//
// An address is base + zext(index), where the index is an i32 that counts along an array. Two things keep such
// a loop from being as good as a native one, above all from being vectorised. Compilers to wasm like to count
// up to zero, `load (i + end)` for i = -size, -size + 4, ..., -4: left alone, LLVM widens the counter and not
// the index, to a counter from 2^32 - size on, of which each address is masked to 32 bits again. And since any
// i32 addition may wrap around, neighbours (`load p`, `load (p + 8)` of an unrolled loop) do not look like
// neighbours.
//
// So the zext of an index that does not wrap around is replaced by a counter in 64 bits, which indices at a
// constant distance share. An index is known not to wrap
//   * from its start, its step and the number of iterations, if these are constants or bounded, or else
//   * from a check before the loop. It compares the last index with 2^32. A failed check is a trap: the loop
//     does nothing but load, store and compute, it makes all of its iterations, and one of them would access
//     the last 64 KiB below 2^32, where no memory ever is (abi::kMaxMemorySize). Only the stores of the
//     iterations before that one are missing; a memory's contents after an out-of-bounds access are not
//     defined to that point.
// Nothing here relies on an access having trapped: the optimiser could have dropped it.
void widenIndices(FunctionContext& f);

}  // namespace wasmc::compiler

#endif  // WASMC_COMPILER_LOWER_WIDEN_INDICES_H
