// What gives an instance its initial state. Instantiation does it to a new instance, and a pool to one that
// others have used.
#ifndef WASMC_INITIALISE_H
#define WASMC_INITIALISE_H

#include <wasmc/abi/types.h>
#include <wasmc/result.h>

#include <cstdint>

namespace wasmc::detail {

class InstanceImpl;

void initialiseGlobals(InstanceImpl& instance);
// The bytes of active data segments with constant offsets, into memory 0: mapped from the artifact's file
// where that is possible.
void loadImage(InstanceImpl& instance);
// What all elements of a table are before segments are applied. `table` counts the module's own tables.
void* initialElement(InstanceImpl& instance, uint32_t table);
// The other active segments. ErrorCode::Trap if one does not fit.
Result<void> applySegments(InstanceImpl& instance);
Result<void> runStart(InstanceImpl& instance);

// Gives the instance the state that it had before its start function. False if that is not possible: it must
// not be used any more then. Nothing must refer to its memories and tables but the instance itself.
bool resetInstance(InstanceImpl& instance);

}  // namespace wasmc::detail

#endif  // WASMC_INITIALISE_H
