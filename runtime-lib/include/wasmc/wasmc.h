// The whole embedding API. Each class has a header of its own, which stands alone.
#ifndef WASMC_WASMC_H
#define WASMC_WASMC_H

#include <wasmc/caller.h>
#include <wasmc/coredump.h>
#include <wasmc/engine.h>
#include <wasmc/exception.h>
#include <wasmc/extern.h>
#include <wasmc/extern_ref.h>
#include <wasmc/func.h>
#include <wasmc/global.h>
#include <wasmc/instance.h>
#include <wasmc/interrupt.h>
#include <wasmc/linker.h>
#include <wasmc/memory.h>
#include <wasmc/module.h>
#include <wasmc/module_signature.h>
#include <wasmc/pool.h>
#include <wasmc/result.h>
#include <wasmc/shared_memory.h>
#include <wasmc/store.h>
#include <wasmc/table.h>
#include <wasmc/tag.h>
#include <wasmc/text.h>
#include <wasmc/trap.h>
#include <wasmc/typed_global.h>
#include <wasmc/types.h>
#include <wasmc/val.h>

#endif  // WASMC_WASMC_H
