// Anything that can be imported and exported.
#ifndef WASMC_EXTERN_H
#define WASMC_EXTERN_H

#include <wasmc/func.h>
#include <wasmc/global.h>
#include <wasmc/memory.h>
#include <wasmc/table.h>
#include <wasmc/tag.h>

#include <variant>

namespace wasmc {

// The alternatives stand in the order of ExternKind.
using Extern = std::variant<Func, Table, Memory, Global, Tag>;

WASMC_API ExternType typeOf(const Extern& item);

}  // namespace wasmc

#endif  // WASMC_EXTERN_H
