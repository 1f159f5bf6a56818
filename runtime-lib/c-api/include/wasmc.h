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

/* ---- Engines, stores, modules
 * ---------------------------------------------------------------------------------------- */

/* Which of the calls that are active at a trap it tells as frames, at a microsecond a call: none; of a deep
 * stack the innermost and the outermost 64 (at first, unless the environment variable WASMC_BACKTRACE, 0, 1
 * or full, says otherwise); or all, up to a million. */
typedef uint8_t wasmc_backtraces_t;
enum wasmc_backtraces_enum {
  WASMC_BACKTRACES_NONE = 0,
  WASMC_BACKTRACES_SHORT = 1,
  WASMC_BACKTRACES_FULL = 2
};
WASM_API_EXTERN void wasmc_config_set_backtraces(wasm_config_t*, wasmc_backtraces_t);
/* Read initial memory instead of mapping it from the artifact's file: off at first. */
WASM_API_EXTERN void wasmc_config_set_copy_memory_image(wasm_config_t*, bool);

/* Handle the signals that faults of guest code are: on at first. Off, only modules compiled with
 * `wasmc --bounds=explicit` can be loaded. */
WASM_API_EXTERN void wasmc_config_set_signal_handlers(wasm_config_t*, bool);

/* The signal that finds guest code to be interrupted: SIGURG at first. Its handler is installed when the
 * first wasmc_interrupt_t is made or deadline set, and passes on what others send. 0: none; then an
 * interruption only keeps calls from beginning, and there are no deadlines but those of epochs. */
WASM_API_EXTERN void wasmc_config_set_interrupt_signal(wasm_config_t*, int signal);

/* Counts the engine's epoch up. From any thread, also in a signal handler. */
WASM_API_EXTERN void wasmc_engine_increment_epoch(const wasm_engine_t*);

typedef enum wasmc_growth_kind_t { WASMC_GROWTH_MEMORY = 0, WASMC_GROWTH_TABLE = 1 } wasmc_growth_kind_t;
/* A memory or table that is about to be made, or to grow. */
typedef struct wasmc_growth_t {
  wasmc_growth_kind_t kind;
  /* Bytes of a memory, elements of a table. */
  uint64_t current; /* 0 where it is being made */
  uint64_t desired;
  uint64_t maximum; /* what its type allows */
} wasmc_growth_t;
/* Whether it may. Called in the thread that uses the store, which it must not use itself. */
typedef bool (*wasmc_growth_callback_t)(void* env, const wasmc_growth_t*);

/* What guest code of one store may use in total. Beyond, memory.grow and table.grow answer -1 to the guest;
 * for the host it is an error of code Limit that names the limit. */
typedef struct wasmc_limits_t {
  uint64_t memory_bytes;          /* over all linear memories that the store made */
  uint64_t table_elements;        /* over all tables that the store made */
  uint64_t instances;             /* made */
  uint64_t stack_bytes;           /* of the stack below the host's call: see docs/embedding.md */
  wasmc_growth_callback_t growth; /* NULL: everything may grow */
  void* growth_env;
} wasmc_limits_t;

/* The defaults. */
WASM_API_EXTERN void wasmc_limits_init(wasmc_limits_t* out);
WASM_API_EXTERN own wasm_store_t* wasmc_store_new(wasm_engine_t*, const wasmc_limits_t*);

/* How much the guest code of modules compiled with `wasmc --fuel` may still execute; docs/abi.md says what
 * costs how many units. At zero it ends with WASMC_ERROR_FuelExhausted. Unlimited at first. To be used by the
 * thread that uses the store, also in host functions; so is the deadline. */
#define WASMC_UNLIMITED_FUEL ((uint64_t)INT64_MAX)
WASM_API_EXTERN void wasmc_store_set_fuel(wasm_store_t*, uint64_t units);
WASM_API_EXTERN void wasmc_store_add_fuel(wasm_store_t*, uint64_t units);
WASM_API_EXTERN uint64_t wasmc_store_fuel(const wasm_store_t*);
/* Ends the guest code of modules compiled with `wasmc --epochs` with WASMC_ERROR_Interrupted when the epoch
 * has been counted up `ticks` times from now. At first, and with UINT64_MAX: never. */
WASM_API_EXTERN void wasmc_store_set_epoch_deadline(wasm_store_t*, uint64_t ticks);

/* Interrupts the guest code of one store, however it was compiled. Made by the thread that uses the store,
 * usable by all threads at any time, also when the store is gone. */
typedef struct wasmc_interrupt_t wasmc_interrupt_t;
WASM_API_EXTERN own wasmc_interrupt_t* wasmc_interrupt_new(wasm_store_t*);
WASM_API_EXTERN void wasmc_interrupt_delete(own wasmc_interrupt_t*);
/* Ends the call into the store's guest code that is active, with WASMC_ERROR_Interrupted; if none is, the
 * next one at its start. Host functions come to their own end first; what WASI waits for is given up. Returns
 * before the guest has ended. Safe in a signal handler. */
WASM_API_EXTERN void wasmc_interrupt(const wasmc_interrupt_t*);
/* Takes back an interruption that no call has met yet. */
WASM_API_EXTERN void wasmc_store_clear_interrupt(wasm_store_t*);
/* For host functions that work for long: whether the guest that called this one, on this thread, has been
 * interrupted. What they return then does not reach the guest. */
WASM_API_EXTERN bool wasmc_interrupted(void);

/* Ends all calls into the store's guest code this many nanoseconds from now, with WASMC_ERROR_Interrupted;
 * later ones end at once, until it is set again or cleared. False without a signal
 * (WASMC_ERROR_Unsupported). Used as fuel is. */
WASM_API_EXTERN bool wasmc_store_set_deadline(wasm_store_t*, uint64_t nanoseconds);
WASM_API_EXTERN void wasmc_store_clear_deadline(wasm_store_t*);

/* A file that wasmc made; bytes in memory: wasm_module_deserialize. */
WASM_API_EXTERN own wasm_module_t* wasmc_module_load(wasm_store_t*, const char* path);
/* A module that is linked into the program: `extern const char wasmc_module_<name>[];`. */
WASM_API_EXTERN own wasm_module_t* wasmc_module_from_descriptor(wasm_store_t*, const void* descriptor);
/* The module of an instance. */
WASM_API_EXTERN own wasm_module_t* wasmc_instance_module(const wasm_instance_t*);

/* What a module says of itself, without an instance; wasm_module_imports and wasm_module_exports say the
 * rest. The name that it gives itself; empty if none. */
WASM_API_EXTERN void wasmc_module_name(const wasm_module_t*, own wasm_name_t* out);
/* Normalised triple; the compiler's version; the proposals that the module uses, with spaces between them. */
WASM_API_EXTERN void wasmc_module_target(const wasm_module_t*, own wasm_name_t* out);
WASM_API_EXTERN void wasmc_module_compiler(const wasm_module_t*, own wasm_name_t* out);
WASM_API_EXTERN void wasmc_module_features(const wasm_module_t*, own wasm_name_t* out);
/* SHA-256 of the .wasm file. */
WASM_API_EXTERN void wasmc_module_source_hash(const wasm_module_t*, uint8_t out[32]);

/* All functions, exported or not, by their index: imported ones first. NULL and false if there is no such
 * function; the name is empty where it has none. */
WASM_API_EXTERN size_t wasmc_module_func_count(const wasm_module_t*);
WASM_API_EXTERN own wasm_functype_t* wasmc_module_func_type(const wasm_module_t*, size_t index);
WASM_API_EXTERN bool wasmc_module_func_name(const wasm_module_t*, size_t index, own wasm_name_t* out);

/* Custom sections that the artifact has (wasmc --keep-custom), in the order of the module. False if there is
 * no such section. Both are copies. */
WASM_API_EXTERN size_t wasmc_module_custom_section_count(const wasm_module_t*);
WASM_API_EXTERN bool wasmc_module_custom_section(const wasm_module_t*, size_t index, own wasm_name_t* name,
                                                 own wasm_byte_vec_t* bytes);

/* Bytes that may hold zeros, and need none at their end. */
typedef struct wasmc_text_t {
  const char* data;
  size_t size;
} wasmc_text_t;

/* Constant data in headers that `wasmc --emit-header` made. */
typedef struct wasmc_signature_item_t {
  bool import;
  wasmc_text_t module; /* of an import */
  wasmc_text_t name;
  wasmc_text_t type; /* "func (i32) -> (i32)" */
} wasmc_signature_item_t;
typedef struct wasmc_module_signature_t {
  wasmc_text_t name;
  uint8_t source_hash[32];
  const wasmc_signature_item_t* items;
  size_t count;
} wasmc_module_signature_t;

/* Whether the module was compiled from the .wasm file that the header was made of. If not, wasmc_last_error
 * has both hashes and what differs in imports and exports, and the code is WASMC_ERROR_Type. */
WASM_API_EXTERN bool wasmc_module_check(const wasm_module_t*, const wasmc_module_signature_t*);

/* A program, to be run by wasmc_run_command. */
WASM_API_EXTERN bool wasmc_module_is_command(const wasm_module_t*);
/* A library of WASI that is no program, to be set up by wasmc_initialize_reactor. */
WASM_API_EXTERN bool wasmc_module_is_reactor(const wasm_module_t*);

/* The export of that name; NULL if there is none. */
WASM_API_EXTERN own wasm_extern_t* wasmc_instance_export(const wasm_instance_t*, const char* name);

/* ---- Traps
 * -----------------------------------------------------------------------------------------------------------
 */

typedef uint32_t wasmc_trap_code_t;
enum wasmc_trap_code_enum {
  WASMC_TRAP_None = 0,
#define WASMC_TRAP(Name, code, message) WASMC_TRAP_##Name = code,
#include <wasmc/abi/traps.def>
};

/* Of a trap of guest code; WASMC_TRAP_None of one that stands for another kind of error. */
WASM_API_EXTERN wasmc_trap_code_t wasmc_trap_code(const wasm_trap_t*);
WASM_API_EXTERN wasmc_error_code_t wasmc_trap_error_code(const wasm_trap_t*);
/* Whether the guest ended itself, by WASI's proc_exit; then its status. */
WASM_API_EXTERN bool wasmc_trap_exit_status(const wasm_trap_t*, int32_t* out);
/* Names; empty where there is none. */
WASM_API_EXTERN void wasmc_frame_module_name(const wasm_frame_t*, own wasm_name_t* out);
WASM_API_EXTERN void wasmc_frame_func_name(const wasm_frame_t*, own wasm_name_t* out);
/* Where in its source the frame is, if the module was compiled from one with DWARF: the file (else empty),
 * and the line and column, from 1; 0: not known. Either pointer may be NULL. */
WASM_API_EXTERN void wasmc_frame_source_file(const wasm_frame_t*, own wasm_name_t* out);
WASM_API_EXTERN uint32_t wasmc_frame_source_line(const wasm_frame_t*, uint32_t* column);
/* Whether the source's compiler inlined the function into that of the next frame. */
WASM_API_EXTERN bool wasmc_frame_is_inlined(const wasm_frame_t*);

/* ---- Calls without allocation
 * ---------------------------------------------------------------------------------------- */

typedef union wasmc_value_t {
  int32_t i32;
  int64_t i64;
  float32_t f32;
  float64_t f64;
  uint8_t v128[16];
  wasm_ref_t* ref; /* an argument stays the caller's; a result is owned by the caller */
} wasmc_value_t;

/* Takes arguments from `values` and leaves the results there; `count` must be the greater of the two numbers,
 * or more. The types are the function's own. For foreign function interfaces: one array, no vectors, nothing
 * to delete but references among the results and a trap, which is stored to the last argument unless that is
 * NULL. */
WASM_API_EXTERN wasmc_error_code_t wasmc_call(const wasm_func_t*, wasmc_value_t* values, size_t count,
                                              own wasm_trap_t** trap);

/* ---- Linkers
 * ---------------------------------------------------------------------------------------------------------
 */

/* Names for what modules import. Holds the stores of what is defined in it, until it is deleted. */
typedef struct wasmc_linker_t wasmc_linker_t;
WASM_API_EXTERN own wasmc_linker_t* wasmc_linker_new(wasm_engine_t*);
WASM_API_EXTERN void wasmc_linker_delete(own wasmc_linker_t*);

/* A function type of `params` and then `results` kinds. */
WASM_API_EXTERN own wasm_functype_t* wasmc_functype_new(const wasm_valkind_t* kinds, size_t params,
                                                        size_t results);

/* Defining a name again replaces it. */
WASM_API_EXTERN void wasmc_linker_define(wasmc_linker_t*, const char* module, const char* name,
                                         const wasm_extern_t*);
/* All exports of an instance. */
WASM_API_EXTERN void wasmc_linker_define_instance(wasmc_linker_t*, const char* module,
                                                  const wasm_instance_t*);

/* Who calls a host function. Valid during the call. */
typedef struct wasmc_caller_t wasmc_caller_t;
/* `length` bytes from `address` in the memory that the caller exports as "memory"; NULL if not all of them
 * exist. */
WASM_API_EXTERN byte_t* wasmc_caller_slice(const wasmc_caller_t*, uint64_t address, uint64_t length);
/* An export of the calling instance; NULL if there is none. */
WASM_API_EXTERN own wasm_extern_t* wasmc_caller_export(const wasmc_caller_t*, const char* name);

typedef own wasm_trap_t* (*wasmc_func_callback_t)(void* env, const wasmc_caller_t*,
                                                  const wasm_val_vec_t* args, own wasm_val_vec_t* results);
/* A host function that belongs to no store. The finalizer, if not NULL, is called with `env` when the linker
 * and all stores that use the function are gone. */
WASM_API_EXTERN void wasmc_linker_define_func(wasmc_linker_t*, const char* module, const char* name,
                                              const wasm_functype_t*, wasmc_func_callback_t, void* env,
                                              void (*finalizer)(void*));

/* NULL on failure: as wasm_instance_new. */
WASM_API_EXTERN own wasm_instance_t* wasmc_linker_instantiate(const wasmc_linker_t*, wasm_store_t*,
                                                              const wasm_module_t*, own wasm_trap_t**);

/* ---- Pools of instances
 * -----------------------------------------------------------------------------------------------------
 */

/* Instances of one module that are reset when they are given back, and serve again: what one user of an
 * instance left in it the next does not see. Usable from any thread. */
typedef struct wasmc_pool_t wasmc_pool_t;
typedef struct wasmc_pool_options_t {
  uint32_t max_instances;  /* that exist at a time, in use or waiting */
  uint32_t warm_instances; /* made together with the pool */
  wasmc_limits_t limits;   /* of each instance's store */
} wasmc_pool_options_t;

/* The defaults. */
WASM_API_EXTERN void wasmc_pool_options_init(wasmc_pool_options_t* out);
/* The linker, which may be deleted afterwards, must have all functions that the module imports; things of a
 * store are refused. NULL on failure. The functions are shared by all users, and what they keep: for WASI use
 * wasmc_linker_define_wasi_for_stores. */
WASM_API_EXTERN own wasmc_pool_t* wasmc_pool_new(const wasmc_linker_t*, const wasm_module_t*,
                                                 const wasmc_pool_options_t*);
/* Instances in use stay until they are given back. */
WASM_API_EXTERN void wasmc_pool_delete(own wasmc_pool_t*);
/* An instance in a store of its own. When it and all other handles of this store are deleted it is given back
 * to the pool. NULL on failure, as wasm_instance_new; of code Limit if all instances are in use. */
WASM_API_EXTERN own wasm_instance_t* wasmc_pool_acquire(const wasmc_pool_t*, own wasm_trap_t**);

/* ---- WASI
 * ------------------------------------------------------------------------------------------------------------
 */

/* Everything is denied at first: no arguments, no environment, no input, output thrown away, no files. */
typedef struct wasmc_wasi_config_t wasmc_wasi_config_t;
WASM_API_EXTERN own wasmc_wasi_config_t* wasmc_wasi_config_new(void);
WASM_API_EXTERN void wasmc_wasi_config_delete(own wasmc_wasi_config_t*);

WASM_API_EXTERN void wasmc_wasi_config_add_arg(wasmc_wasi_config_t*, const char* arg);
WASM_API_EXTERN void wasmc_wasi_config_add_env(wasmc_wasi_config_t*, const char* name, const char* value);
/* Functions of the host get the `env` they were set with, which must stay valid as long as the linker that
 * the configuration went to, and what was instantiated with it. One thread at a time calls them, only the
 * trace comes from all that wasmc_wasi_config_set_shared_by_threads allows. */

/* The host's standard input, output and error. */
WASM_API_EXTERN void wasmc_wasi_config_inherit_stdio(wasmc_wasi_config_t*);
WASM_API_EXTERN void wasmc_wasi_config_inherit_stdin(wasmc_wasi_config_t*);
/* Standard input, then its end. */
WASM_API_EXTERN void wasmc_wasi_config_set_stdin(wasmc_wasi_config_t*, const byte_t* bytes, size_t size);
/* Opened by wasmc_linker_define_wasi. */
WASM_API_EXTERN void wasmc_wasi_config_set_stdin_file(wasmc_wasi_config_t*, const char* path);
/* Fills a part of the buffer and returns its size; 0 is the end, a negative number an I/O error. */
typedef ptrdiff_t (*wasmc_read_callback_t)(void* env, byte_t* buffer, size_t size);
WASM_API_EXTERN void wasmc_wasi_config_set_input(wasmc_wasi_config_t*, wasmc_read_callback_t, void* env);

typedef enum wasmc_output_t { WASMC_STDOUT = 1, WASMC_STDERR = 2 } wasmc_output_t;
WASM_API_EXTERN void wasmc_wasi_config_inherit_output(wasmc_wasi_config_t*, wasmc_output_t);
/* Created or truncated by wasmc_linker_define_wasi. */
WASM_API_EXTERN void wasmc_wasi_config_set_output_file(wasmc_wasi_config_t*, wasmc_output_t,
                                                       const char* path);
/* Called with what the guest writes. False is an I/O error. */
typedef bool (*wasmc_write_callback_t)(void* env, const byte_t* bytes, size_t size);
WASM_API_EXTERN void wasmc_wasi_config_set_output(wasmc_wasi_config_t*, wasmc_output_t,
                                                  wasmc_write_callback_t, void* env);

/* What a guest has written. */
typedef struct wasmc_capture_t wasmc_capture_t;
WASM_API_EXTERN void wasmc_capture_delete(own wasmc_capture_t*);
/* Borrowed until the guest runs again; followed by a NUL. */
WASM_API_EXTERN const byte_t* wasmc_capture_bytes(const wasmc_capture_t*);
WASM_API_EXTERN size_t wasmc_capture_size(const wasmc_capture_t*);
WASM_API_EXTERN own wasmc_capture_t* wasmc_wasi_config_capture(wasmc_wasi_config_t*, wasmc_output_t);

/* What a guest may do below a directory. What it may not do fails with EROFS (changes) or EACCES. */
typedef uint32_t wasmc_permissions_t;
enum wasmc_permissions_enum {
  WASMC_LIST_DIRECTORIES = 1,   /* read the names in directories and the targets of symbolic links */
  WASMC_CHANGE_DIRECTORIES = 2, /* create, remove, rename, link; times of directories */
  WASMC_READ_FILES = 4,
  WASMC_WRITE_FILES = 8, /* contents, size and times */
  WASMC_READ_ONLY = WASMC_LIST_DIRECTORIES | WASMC_READ_FILES,
  WASMC_READ_WRITE = WASMC_READ_ONLY | WASMC_CHANGE_DIRECTORIES | WASMC_WRITE_FILES,
};
/* A directory of the host under a name of the guest's own, with nothing outside of it. The guest finds them
 * at the descriptors from 3 on, in this order. */
WASM_API_EXTERN void wasmc_wasi_config_add_preopen(wasmc_wasi_config_t*, const char* host, const char* guest,
                                                   wasmc_permissions_t);
/* A listening or connected socket, after the directories. It stays the host's, and must be open as long as
 * the guest may use it. */
WASM_API_EXTERN void wasmc_wasi_config_add_socket(wasmc_wasi_config_t*, int socket);

/* Descriptors open at a time, and bytes written in total. */
WASM_API_EXTERN void wasmc_wasi_config_set_limits(wasmc_wasi_config_t*, uint32_t descriptors,
                                                  uint64_t bytes_written);

/* For runs that can be repeated: the nanoseconds of a clock, and random bytes. At first they are the
 * system's. Timeouts of poll_oneoff wait for real in any case. */
typedef enum wasmc_clock_t {
  WASMC_CLOCK_REALTIME,
  WASMC_CLOCK_MONOTONIC,
  WASMC_CLOCK_PROCESS_CPUTIME,
  WASMC_CLOCK_THREAD_CPUTIME,
} wasmc_clock_t;
typedef uint64_t (*wasmc_clock_callback_t)(void* env, wasmc_clock_t);
WASM_API_EXTERN void wasmc_wasi_config_set_clock(wasmc_wasi_config_t*, wasmc_clock_callback_t, void* env);
/* Fills all of the buffer. */
typedef void (*wasmc_random_callback_t)(void* env, byte_t* buffer, size_t size);
WASM_API_EXTERN void wasmc_wasi_config_set_random(wasmc_wasi_config_t*, wasmc_random_callback_t, void* env);

/* Several threads, with a store each, may use the linker's functions of WASI at a time: off at first. */
WASM_API_EXTERN void wasmc_wasi_config_set_shared_by_threads(wasmc_wasi_config_t*, bool);
/* Called with one line for each call of the guest, borrowed during the call. */
typedef void (*wasmc_trace_callback_t)(void* env, const char* line);
WASM_API_EXTERN void wasmc_wasi_config_set_trace(wasmc_wasi_config_t*, wasmc_trace_callback_t, void* env);

/* Defines the functions of WASI for one guest. False if something that the configuration names can not be
 * opened. */
WASM_API_EXTERN bool wasmc_linker_define_wasi(wasmc_linker_t*, own wasmc_wasi_config_t*);
/* Defines them for the guests of many stores, such as those of a pool: each store has a WASI of its own. */
WASM_API_EXTERN void wasmc_linker_define_wasi_for_stores(wasmc_linker_t*);
/* Gives the instance's store its WASI. False as wasmc_linker_define_wasi. */
WASM_API_EXTERN bool wasmc_instance_set_wasi(const wasm_instance_t*, own wasmc_wasi_config_t*);

/* Runs a program, once for an instance. Whether it came to its own end; then its status. */
WASM_API_EXTERN bool wasmc_run_command(const wasm_instance_t*, int32_t* status, own wasm_trap_t**);
/* Has the instance of a library that is no program set itself up, if it wants to. */
WASM_API_EXTERN bool wasmc_initialize_reactor(const wasm_instance_t*, own wasm_trap_t**);

#undef own

#ifdef __cplusplus
}
#endif

#endif /* WASMC_H */
