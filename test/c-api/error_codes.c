/* The numbers of errors are stable, in C as in the table of docs/embedding.md. */
#include <wasmc.h>

#define IS(Name, number) _Static_assert(WASMC_ERROR_##Name == (number), "numbers never change")
_Static_assert(WASMC_OK == 0, "numbers never change");
IS(Trap, 1);
IS(Exit, 2);
IS(Host, 3);
IS(Link, 4);
IS(Type, 5);
IS(ExportNotFound, 6);
IS(InvalidHandle, 7);
IS(Memory, 8);
IS(Io, 9);
IS(Format, 10);
IS(VersionMismatch, 11);
IS(Target, 12);
IS(Limit, 13);
IS(Wasi, 14);
IS(Permission, 15);
IS(Unsupported, 16);
IS(Compile, 17);
IS(Exception, 18);
