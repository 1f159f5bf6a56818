/* What this library adds to the standard C API, <wasm.h>.
 *
 * Not to be mistaken for <wasmc/wasmc.h>, the C++ API, which this one stands on. Ownership and threads: as in
 * <wasm.h>.
 */
#ifndef WASMC_H
#define WASMC_H

#include <wasm.h>

#ifdef __cplusplus
extern "C" {
#endif

#define own

/* ---- Kinds that the standard has no names for
 * ------------------------------------------------------------------------ */

enum wasmc_valkind_enum {
  WASMC_V128 = 4,       /* a value of this kind does not fit a wasm_val_t: use wasmc_call */
  WASMC_OTHERREF = 130, /* a reference to neither a function nor a host object; only null can be given */
};

enum wasmc_externkind_enum {
  WASMC_EXTERN_TAG = 4, /* of exceptions */
};

/* ---- Errors
 * ----------------------------------------------------------------------------------------------------------
 */

/* Stable numbers; docs/embedding.md has the table. */
typedef int32_t wasmc_error_code_t;
enum wasmc_error_code_enum {
  WASMC_OK = 0,
#define WASMC_ERROR(Name, number, meaning) WASMC_ERROR_##Name = number,
#include <wasmc/error_codes.def>
};

/* Why the last function of this thread failed that tells so by its result: NULL, false, a trap. Stays until
 * the next failure. The text is borrowed until then. */
WASM_API_EXTERN wasmc_error_code_t wasmc_last_error_code(void);
WASM_API_EXTERN const char* wasmc_last_error(void);
/* "Link", "Trap". */
WASM_API_EXTERN const char* wasmc_error_name(wasmc_error_code_t);

/* ---- The compiler
 * ---------------------------------------------------------------------------------------------------- */

/* Compiles, or only validates, binary modules for wasm_module_new and wasm_module_validate. On failure it
 * stores a message. May be called from several threads at once. */
typedef struct wasmc_compiler_t {
  bool (*compile)(const wasm_byte_vec_t* binary, own wasm_byte_vec_t* artifact, own wasm_message_t* error);
  bool (*validate)(const wasm_byte_vec_t* binary, own wasm_message_t* error);
} wasmc_compiler_t;

/* For the whole process; NULL: none, as at first. `compiler` stays the caller's, and must stay. Linking
 * wasmc::c-compiler (pkg-config: wasmc-c-compiler) does this before main: with wasmc's own compiler, which
 * then works in a child process. */
WASM_API_EXTERN void wasmc_set_compiler(const wasmc_compiler_t* compiler);

#undef own

#ifdef __cplusplus
}
#endif

#endif /* WASMC_H */
