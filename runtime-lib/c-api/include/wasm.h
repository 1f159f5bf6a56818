/* The WebAssembly C API: the embedding interface that engines have in common, as WebAssembly/wasm-c-api
 * defines it.
 *
 * Libraries: libwasmc-c.so and libwasmc-runtime.so (CMake: wasmc::c; pkg-config: wasmc-c). What this library
 * adds to the standard is in <wasmc.h>. The C++ API is <wasmc/wasmc.h>.
 *
 * Ownership. `own` marks what must be deleted exactly once:
 *   own wasm_xxx_t*     a function that returns it gives it to the caller; a parameter takes it from the
 * caller own wasm_xxx_vec_t  the vector and all its elements own ... * out       the caller provides the
 * place, and owns what is in it after the call Everything else is borrowed: valid as long as what it was
 * taken from, or for the time of the call. References (wasm_ref_t and what converts to it) are handles:
 * `copy` makes another handle of the same object, `same` tells whether two are of one object, and an object
 * lives as long as its store. A store lives until it is deleted and all handles of its objects are, in any
 * order. Deleting NULL is fine; passing NULL elsewhere is not, unless said.
 *
 * Threads. A store and everything in it belongs to one thread at a time. Engines and shared modules may be
 * used by all.
 *
 * Functions that return NULL or false on failure leave the reason in wasmc_last_error (<wasmc.h>).
 */
#ifndef WASM_H
#define WASM_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifndef WASM_API_EXTERN
#define WASM_API_EXTERN __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define own

static_assert(sizeof(float) == 4 && sizeof(double) == 8, "float and double are the types f32 and f64");

typedef char byte_t;
typedef float float32_t;
typedef double float64_t;

/* ---- What kinds of declarations there are
 * -------------------------------------------------------------------------- */

/* Something that is deleted. */
#define WASM_DECLARE_OWN(name)                    \
  typedef struct wasm_##name##_t wasm_##name##_t; \
  WASM_API_EXTERN void wasm_##name##_delete(own wasm_##name##_t*);

/* A vector, of elements (`ptr_or_none` empty) or of pointers (`*`). An empty one has size 0 and owns nothing.
 * What new_uninitialized makes is zero, and is to be filled before anything else reads it. */
#define WASM_DECLARE_VEC(name, ptr_or_none)                                                              \
  typedef struct wasm_##name##_vec_t {                                                                   \
    size_t size;                                                                                         \
    wasm_##name##_t ptr_or_none* data;                                                                   \
  } wasm_##name##_vec_t;                                                                                 \
  WASM_API_EXTERN void wasm_##name##_vec_new_empty(own wasm_##name##_vec_t* out);                        \
  WASM_API_EXTERN void wasm_##name##_vec_new_uninitialized(own wasm_##name##_vec_t* out, size_t);        \
  WASM_API_EXTERN void wasm_##name##_vec_new(own wasm_##name##_vec_t* out, size_t,                       \
                                             own wasm_##name##_t ptr_or_none const[]);                   \
  WASM_API_EXTERN void wasm_##name##_vec_copy(own wasm_##name##_vec_t* out, const wasm_##name##_vec_t*); \
  WASM_API_EXTERN void wasm_##name##_vec_delete(own wasm_##name##_vec_t*);

/* A description of a type: an immutable value. */
#define WASM_DECLARE_TYPE(name) \
  WASM_DECLARE_OWN(name)        \
  WASM_DECLARE_VEC(name, *)     \
  WASM_API_EXTERN own wasm_##name##_t* wasm_##name##_copy(const wasm_##name##_t*);

/* A reference. Host info is a pointer that the host attaches to the object; its finalizer is called once,
 * when the object ends or other host info takes its place. */
#define WASM_DECLARE_REF_BASE(name)                                                        \
  WASM_DECLARE_OWN(name)                                                                   \
  WASM_API_EXTERN own wasm_##name##_t* wasm_##name##_copy(const wasm_##name##_t*);         \
  WASM_API_EXTERN bool wasm_##name##_same(const wasm_##name##_t*, const wasm_##name##_t*); \
  WASM_API_EXTERN void* wasm_##name##_get_host_info(const wasm_##name##_t*);               \
  WASM_API_EXTERN void wasm_##name##_set_host_info(wasm_##name##_t*, void*);               \
  WASM_API_EXTERN void wasm_##name##_set_host_info_with_finalizer(wasm_##name##_t*, void*, void (*)(void*));

/* `as_ref` and `ref_as` borrow. `ref_as` is NULL where the reference is to another kind of object. */
#define WASM_DECLARE_REF(name)                                                          \
  WASM_DECLARE_REF_BASE(name)                                                           \
  WASM_API_EXTERN wasm_ref_t* wasm_##name##_as_ref(wasm_##name##_t*);                   \
  WASM_API_EXTERN wasm_##name##_t* wasm_ref_as_##name(wasm_ref_t*);                     \
  WASM_API_EXTERN const wasm_ref_t* wasm_##name##_as_ref_const(const wasm_##name##_t*); \
  WASM_API_EXTERN const wasm_##name##_t* wasm_ref_as_##name##_const(const wasm_ref_t*);

/* A reference that can go from store to store, also in other threads, by way of what `share` returns. */
#define WASM_DECLARE_SHARABLE_REF(name)                                                    \
  WASM_DECLARE_REF(name)                                                                   \
  WASM_DECLARE_OWN(shared_##name)                                                          \
  WASM_API_EXTERN own wasm_shared_##name##_t* wasm_##name##_share(const wasm_##name##_t*); \
  WASM_API_EXTERN own wasm_##name##_t* wasm_##name##_obtain(wasm_store_t*, const wasm_shared_##name##_t*);

/* ---- Bytes and names
 * ----------------------------------------------------------------------------------------------- */

typedef byte_t wasm_byte_t;
WASM_DECLARE_VEC(byte, )

/* UTF-8. */
typedef wasm_byte_vec_t wasm_name_t;

#define wasm_name wasm_byte_vec
#define wasm_name_new wasm_byte_vec_new
#define wasm_name_new_empty wasm_byte_vec_new_empty
#define wasm_name_new_uninitialized wasm_byte_vec_new_uninitialized
#define wasm_name_new_new_uninitialized wasm_byte_vec_new_uninitialized /* the standard's spelling */
#define wasm_name_copy wasm_byte_vec_copy
#define wasm_name_delete wasm_byte_vec_delete

static inline void wasm_name_new_from_string(own wasm_name_t* out, const char* s) {
  wasm_name_new(out, strlen(s), s);
}

/* With the terminating NUL as part of the name. */
static inline void wasm_name_new_from_string_nt(own wasm_name_t* out, const char* s) {
  wasm_name_new(out, strlen(s) + 1, s);
}

/* ---- Environment
 * --------------------------------------------------------------------------------------------------- */

WASM_DECLARE_OWN(config)
WASM_API_EXTERN own wasm_config_t* wasm_config_new(void);

WASM_DECLARE_OWN(engine)
WASM_API_EXTERN own wasm_engine_t* wasm_engine_new(void);
WASM_API_EXTERN own wasm_engine_t* wasm_engine_new_with_config(own wasm_config_t*);

WASM_DECLARE_OWN(store)
WASM_API_EXTERN own wasm_store_t* wasm_store_new(wasm_engine_t*);

/* ---- Types
 * ---------------------------------------------------------------------------------------------------------
 */

typedef uint8_t wasm_mutability_t;
enum wasm_mutability_enum {
  WASM_CONST,
  WASM_VAR,
};

typedef struct wasm_limits_t {
  uint32_t min;
  uint32_t max; /* wasm_limits_max_default: none */
} wasm_limits_t;

static const uint32_t wasm_limits_max_default = 0xffffffff;

WASM_DECLARE_TYPE(valtype)

typedef uint8_t wasm_valkind_t;
enum wasm_valkind_enum {
  WASM_I32,
  WASM_I64,
  WASM_F32,
  WASM_F64,
  WASM_EXTERNREF = 128,
  WASM_FUNCREF,
};

WASM_API_EXTERN own wasm_valtype_t* wasm_valtype_new(wasm_valkind_t);
WASM_API_EXTERN wasm_valkind_t wasm_valtype_kind(const wasm_valtype_t*);

static inline bool wasm_valkind_is_num(wasm_valkind_t k) { return k < WASM_EXTERNREF; }
static inline bool wasm_valkind_is_ref(wasm_valkind_t k) { return k >= WASM_EXTERNREF; }
static inline bool wasm_valtype_is_num(const wasm_valtype_t* t) {
  return wasm_valkind_is_num(wasm_valtype_kind(t));
}
static inline bool wasm_valtype_is_ref(const wasm_valtype_t* t) {
  return wasm_valkind_is_ref(wasm_valtype_kind(t));
}

WASM_DECLARE_TYPE(functype)
WASM_API_EXTERN own wasm_functype_t* wasm_functype_new(own wasm_valtype_vec_t* params,
                                                       own wasm_valtype_vec_t* results);
WASM_API_EXTERN const wasm_valtype_vec_t* wasm_functype_params(const wasm_functype_t*);
WASM_API_EXTERN const wasm_valtype_vec_t* wasm_functype_results(const wasm_functype_t*);

WASM_DECLARE_TYPE(globaltype)
WASM_API_EXTERN own wasm_globaltype_t* wasm_globaltype_new(own wasm_valtype_t*, wasm_mutability_t);
WASM_API_EXTERN const wasm_valtype_t* wasm_globaltype_content(const wasm_globaltype_t*);
WASM_API_EXTERN wasm_mutability_t wasm_globaltype_mutability(const wasm_globaltype_t*);

WASM_DECLARE_TYPE(tabletype)
WASM_API_EXTERN own wasm_tabletype_t* wasm_tabletype_new(own wasm_valtype_t*, const wasm_limits_t*);
WASM_API_EXTERN const wasm_valtype_t* wasm_tabletype_element(const wasm_tabletype_t*);
WASM_API_EXTERN const wasm_limits_t* wasm_tabletype_limits(const wasm_tabletype_t*);

WASM_DECLARE_TYPE(memorytype)
WASM_API_EXTERN own wasm_memorytype_t* wasm_memorytype_new(const wasm_limits_t*);
WASM_API_EXTERN const wasm_limits_t* wasm_memorytype_limits(const wasm_memorytype_t*);

WASM_DECLARE_TYPE(externtype)

typedef uint8_t wasm_externkind_t;
enum wasm_externkind_enum {
  WASM_EXTERN_FUNC,
  WASM_EXTERN_GLOBAL,
  WASM_EXTERN_TABLE,
  WASM_EXTERN_MEMORY,
};

WASM_API_EXTERN wasm_externkind_t wasm_externtype_kind(const wasm_externtype_t*);

/* Between a kind of extern type and the type of all: borrowed, and NULL where it is of another kind. */
#define WASM_DECLARE_EXTERNTYPE_CONVERSIONS(name)                                                     \
  WASM_API_EXTERN wasm_externtype_t* wasm_##name##_as_externtype(wasm_##name##_t*);                   \
  WASM_API_EXTERN wasm_##name##_t* wasm_externtype_as_##name(wasm_externtype_t*);                     \
  WASM_API_EXTERN const wasm_externtype_t* wasm_##name##_as_externtype_const(const wasm_##name##_t*); \
  WASM_API_EXTERN const wasm_##name##_t* wasm_externtype_as_##name##_const(const wasm_externtype_t*);

WASM_DECLARE_EXTERNTYPE_CONVERSIONS(functype)
WASM_DECLARE_EXTERNTYPE_CONVERSIONS(globaltype)
WASM_DECLARE_EXTERNTYPE_CONVERSIONS(tabletype)
WASM_DECLARE_EXTERNTYPE_CONVERSIONS(memorytype)

WASM_DECLARE_TYPE(importtype)
WASM_API_EXTERN own wasm_importtype_t* wasm_importtype_new(own wasm_name_t* module, own wasm_name_t* name,
                                                           own wasm_externtype_t*);
WASM_API_EXTERN const wasm_name_t* wasm_importtype_module(const wasm_importtype_t*);
WASM_API_EXTERN const wasm_name_t* wasm_importtype_name(const wasm_importtype_t*);
WASM_API_EXTERN const wasm_externtype_t* wasm_importtype_type(const wasm_importtype_t*);

WASM_DECLARE_TYPE(exporttype)
WASM_API_EXTERN own wasm_exporttype_t* wasm_exporttype_new(own wasm_name_t*, own wasm_externtype_t*);
WASM_API_EXTERN const wasm_name_t* wasm_exporttype_name(const wasm_exporttype_t*);
WASM_API_EXTERN const wasm_externtype_t* wasm_exporttype_type(const wasm_exporttype_t*);

/* ---- Values and references
 * ----------------------------------------------------------------------------------------- */

struct wasm_ref_t;

typedef struct wasm_val_t {
  wasm_valkind_t kind;
  union {
    int32_t i32;
    int64_t i64;
    float32_t f32;
    float64_t f64;
    struct wasm_ref_t* ref; /* NULL is the null reference */
  } of;
} wasm_val_t;

/* Deletes the reference, where there is one. */
WASM_API_EXTERN void wasm_val_delete(own wasm_val_t* v);
WASM_API_EXTERN void wasm_val_copy(own wasm_val_t* out, const wasm_val_t*);

WASM_DECLARE_VEC(val, )

WASM_DECLARE_REF_BASE(ref)

/* One call that was active when a trap happened. */
WASM_DECLARE_OWN(frame)
WASM_DECLARE_VEC(frame, *)
WASM_API_EXTERN own wasm_frame_t* wasm_frame_copy(const wasm_frame_t*);
/* Always NULL: a trap records code addresses, which all instances of a module have in common. */
WASM_API_EXTERN struct wasm_instance_t* wasm_frame_instance(const wasm_frame_t*);
WASM_API_EXTERN uint32_t wasm_frame_func_index(const wasm_frame_t*);
/* Byte offset of the instruction from the start of the function's body, its locals included; 0 if unknown. */
WASM_API_EXTERN size_t wasm_frame_func_offset(const wasm_frame_t*);
/* The same from the start of the .wasm file. */
WASM_API_EXTERN size_t wasm_frame_module_offset(const wasm_frame_t*);

typedef wasm_name_t wasm_message_t; /* terminated by NUL, which is part of it */

WASM_DECLARE_REF(trap)
WASM_API_EXTERN own wasm_trap_t* wasm_trap_new(wasm_store_t*, const wasm_message_t*);
WASM_API_EXTERN void wasm_trap_message(const wasm_trap_t*, own wasm_message_t* out);
/* The innermost frame; NULL if there is none. */
WASM_API_EXTERN own wasm_frame_t* wasm_trap_origin(const wasm_trap_t*);
/* Innermost first. */
WASM_API_EXTERN void wasm_trap_trace(const wasm_trap_t*, own wasm_frame_vec_t* out);

/* An object of the host, for use as an externref. */
WASM_DECLARE_REF(foreign)
WASM_API_EXTERN own wasm_foreign_t* wasm_foreign_new(wasm_store_t*);

/* ---- Modules
 * ------------------------------------------------------------------------------------------------------- */

WASM_DECLARE_SHARABLE_REF(module)
/* Compiles a binary module. NULL if it is invalid, or if no compiler is linked: see wasmc_set_compiler. */
WASM_API_EXTERN own wasm_module_t* wasm_module_new(wasm_store_t*, const wasm_byte_vec_t* binary);
/* Needs the compiler, too. */
WASM_API_EXTERN bool wasm_module_validate(wasm_store_t*, const wasm_byte_vec_t* binary);
WASM_API_EXTERN void wasm_module_imports(const wasm_module_t*, own wasm_importtype_vec_t* out);
WASM_API_EXTERN void wasm_module_exports(const wasm_module_t*, own wasm_exporttype_vec_t* out);
/* The artifact, as `wasmc -o` writes it. Empty for a module that is linked into the program. */
WASM_API_EXTERN void wasm_module_serialize(const wasm_module_t*, own wasm_byte_vec_t* out);
/* Loads an artifact. It is machine code: load only what you trust. */
WASM_API_EXTERN own wasm_module_t* wasm_module_deserialize(wasm_store_t*, const wasm_byte_vec_t*);

/* ---- Functions, globals, tables, memories
 * -------------------------------------------------------------------------- */

WASM_DECLARE_REF(func)

/* What a host function does: reads `args`, fills in `results`, which has one value for each result, zero or
 * null at first. Returns NULL, or a trap, which ends the guest's call. */
typedef own wasm_trap_t* (*wasm_func_callback_t)(const wasm_val_vec_t* args, own wasm_val_vec_t* results);
typedef own wasm_trap_t* (*wasm_func_callback_with_env_t)(void* env, const wasm_val_vec_t* args,
                                                          own wasm_val_vec_t* results);

WASM_API_EXTERN own wasm_func_t* wasm_func_new(wasm_store_t*, const wasm_functype_t*, wasm_func_callback_t);
/* The finalizer, if not NULL, is called with `env` when the store ends. */
WASM_API_EXTERN own wasm_func_t* wasm_func_new_with_env(wasm_store_t*, const wasm_functype_t* type,
                                                        wasm_func_callback_with_env_t, void* env,
                                                        void (*finalizer)(void*));
WASM_API_EXTERN own wasm_functype_t* wasm_func_type(const wasm_func_t*);
WASM_API_EXTERN size_t wasm_func_param_arity(const wasm_func_t*);
WASM_API_EXTERN size_t wasm_func_result_arity(const wasm_func_t*);
/* `results` must have room for the function's results, which are written, and owned by the caller, if there
 * is no trap. */
WASM_API_EXTERN own wasm_trap_t* wasm_func_call(const wasm_func_t*, const wasm_val_vec_t* args,
                                                wasm_val_vec_t* results);

WASM_DECLARE_REF(global)
WASM_API_EXTERN own wasm_global_t* wasm_global_new(wasm_store_t*, const wasm_globaltype_t*,
                                                   const wasm_val_t*);
WASM_API_EXTERN own wasm_globaltype_t* wasm_global_type(const wasm_global_t*);
WASM_API_EXTERN void wasm_global_get(const wasm_global_t*, own wasm_val_t* out);
/* Does nothing, but for wasmc_last_error, if the global is constant or the value of another type. */
WASM_API_EXTERN void wasm_global_set(wasm_global_t*, const wasm_val_t*);

WASM_DECLARE_REF(table)
typedef uint32_t wasm_table_size_t;
/* `init` may be NULL, the null reference. */
WASM_API_EXTERN own wasm_table_t* wasm_table_new(wasm_store_t*, const wasm_tabletype_t*, wasm_ref_t* init);
WASM_API_EXTERN own wasm_tabletype_t* wasm_table_type(const wasm_table_t*);
/* NULL where the element is null, or does not exist. */
WASM_API_EXTERN own wasm_ref_t* wasm_table_get(const wasm_table_t*, wasm_table_size_t index);
WASM_API_EXTERN bool wasm_table_set(wasm_table_t*, wasm_table_size_t index, wasm_ref_t*);
WASM_API_EXTERN wasm_table_size_t wasm_table_size(const wasm_table_t*);
WASM_API_EXTERN bool wasm_table_grow(wasm_table_t*, wasm_table_size_t delta, wasm_ref_t* init);

WASM_DECLARE_REF(memory)
typedef uint32_t wasm_memory_pages_t;
static const size_t MEMORY_PAGE_SIZE = 0x10000;
WASM_API_EXTERN own wasm_memory_t* wasm_memory_new(wasm_store_t*, const wasm_memorytype_t*);
WASM_API_EXTERN own wasm_memorytype_t* wasm_memory_type(const wasm_memory_t*);
/* The bytes never move, also when the memory grows. */
WASM_API_EXTERN byte_t* wasm_memory_data(wasm_memory_t*);
WASM_API_EXTERN size_t wasm_memory_data_size(const wasm_memory_t*);
WASM_API_EXTERN wasm_memory_pages_t wasm_memory_size(const wasm_memory_t*);
WASM_API_EXTERN bool wasm_memory_grow(wasm_memory_t*, wasm_memory_pages_t delta);

WASM_DECLARE_REF(extern)
WASM_DECLARE_VEC(extern, *)
WASM_API_EXTERN wasm_externkind_t wasm_extern_kind(const wasm_extern_t*);
WASM_API_EXTERN own wasm_externtype_t* wasm_extern_type(const wasm_extern_t*);

#define WASM_DECLARE_EXTERN_CONVERSIONS(name)                                                 \
  WASM_API_EXTERN wasm_extern_t* wasm_##name##_as_extern(wasm_##name##_t*);                   \
  WASM_API_EXTERN wasm_##name##_t* wasm_extern_as_##name(wasm_extern_t*);                     \
  WASM_API_EXTERN const wasm_extern_t* wasm_##name##_as_extern_const(const wasm_##name##_t*); \
  WASM_API_EXTERN const wasm_##name##_t* wasm_extern_as_##name##_const(const wasm_extern_t*);

WASM_DECLARE_EXTERN_CONVERSIONS(func)
WASM_DECLARE_EXTERN_CONVERSIONS(global)
WASM_DECLARE_EXTERN_CONVERSIONS(table)
WASM_DECLARE_EXTERN_CONVERSIONS(memory)

/* ---- Instances
 * ----------------------------------------------------------------------------------------------------- */

WASM_DECLARE_REF(instance)
/* `imports` are in the order of wasm_module_imports. NULL on failure; then a trap, or the reason why the
 * module and the imports do not fit as one, is stored to the last argument, unless that is NULL. */
WASM_API_EXTERN own wasm_instance_t* wasm_instance_new(wasm_store_t*, const wasm_module_t*,
                                                       const wasm_extern_vec_t* imports, own wasm_trap_t**);
/* In the order of wasm_module_exports. */
WASM_API_EXTERN void wasm_instance_exports(const wasm_instance_t*, own wasm_extern_vec_t* out);

/* ---- Short-hands
 * --------------------------------------------------------------------------------------------------- */

#define WASM_EMPTY_VEC {0, NULL}
#define WASM_ARRAY_VEC(array) {sizeof(array) / sizeof(*(array)), array}

static inline own wasm_valtype_t* wasm_valtype_new_i32(void) { return wasm_valtype_new(WASM_I32); }
static inline own wasm_valtype_t* wasm_valtype_new_i64(void) { return wasm_valtype_new(WASM_I64); }
static inline own wasm_valtype_t* wasm_valtype_new_f32(void) { return wasm_valtype_new(WASM_F32); }
static inline own wasm_valtype_t* wasm_valtype_new_f64(void) { return wasm_valtype_new(WASM_F64); }
static inline own wasm_valtype_t* wasm_valtype_new_externref(void) {
  return wasm_valtype_new(WASM_EXTERNREF);
}
static inline own wasm_valtype_t* wasm_valtype_new_funcref(void) { return wasm_valtype_new(WASM_FUNCREF); }

/* wasm_functype_new_P_R makes a function type from P parameters and R results. */
#define WASM_DEFINE_FUNCTYPE_NEW(name, parameters, param_count, param_list, result_count, result_list) \
  static inline own wasm_functype_t* wasm_functype_new_##name parameters {                             \
    wasm_valtype_t* ps[] = {NULL param_list};                                                          \
    wasm_valtype_t* rs[] = {NULL result_list};                                                         \
    wasm_valtype_vec_t params, results;                                                                \
    wasm_valtype_vec_new(&params, param_count, ps + 1);                                                \
    wasm_valtype_vec_new(&results, result_count, rs + 1);                                              \
    return wasm_functype_new(&params, &results);                                                       \
  }
#define WASM_VALTYPES_0
#define WASM_COMMA ,
#define WASM_PARAMS_1 WASM_COMMA p1
#define WASM_PARAMS_2 WASM_COMMA p1 WASM_COMMA p2
#define WASM_PARAMS_3 WASM_COMMA p1 WASM_COMMA p2 WASM_COMMA p3
#define WASM_RESULTS_1 WASM_COMMA r1
#define WASM_RESULTS_2 WASM_COMMA r1 WASM_COMMA r2
#define WASM_T own wasm_valtype_t*

WASM_DEFINE_FUNCTYPE_NEW(0_0, (void), 0, WASM_VALTYPES_0, 0, WASM_VALTYPES_0)
WASM_DEFINE_FUNCTYPE_NEW(1_0, (WASM_T p1), 1, WASM_PARAMS_1, 0, WASM_VALTYPES_0)
WASM_DEFINE_FUNCTYPE_NEW(2_0, (WASM_T p1, WASM_T p2), 2, WASM_PARAMS_2, 0, WASM_VALTYPES_0)
WASM_DEFINE_FUNCTYPE_NEW(3_0, (WASM_T p1, WASM_T p2, WASM_T p3), 3, WASM_PARAMS_3, 0, WASM_VALTYPES_0)
WASM_DEFINE_FUNCTYPE_NEW(0_1, (WASM_T r1), 0, WASM_VALTYPES_0, 1, WASM_RESULTS_1)
WASM_DEFINE_FUNCTYPE_NEW(1_1, (WASM_T p1, WASM_T r1), 1, WASM_PARAMS_1, 1, WASM_RESULTS_1)
WASM_DEFINE_FUNCTYPE_NEW(2_1, (WASM_T p1, WASM_T p2, WASM_T r1), 2, WASM_PARAMS_2, 1, WASM_RESULTS_1)
WASM_DEFINE_FUNCTYPE_NEW(3_1, (WASM_T p1, WASM_T p2, WASM_T p3, WASM_T r1), 3, WASM_PARAMS_3, 1,
                         WASM_RESULTS_1)
WASM_DEFINE_FUNCTYPE_NEW(0_2, (WASM_T r1, WASM_T r2), 0, WASM_VALTYPES_0, 2, WASM_RESULTS_2)
WASM_DEFINE_FUNCTYPE_NEW(1_2, (WASM_T p1, WASM_T r1, WASM_T r2), 1, WASM_PARAMS_1, 2, WASM_RESULTS_2)
WASM_DEFINE_FUNCTYPE_NEW(2_2, (WASM_T p1, WASM_T p2, WASM_T r1, WASM_T r2), 2, WASM_PARAMS_2, 2,
                         WASM_RESULTS_2)
WASM_DEFINE_FUNCTYPE_NEW(3_2, (WASM_T p1, WASM_T p2, WASM_T p3, WASM_T r1, WASM_T r2), 3, WASM_PARAMS_3, 2,
                         WASM_RESULTS_2)

#undef WASM_DEFINE_FUNCTYPE_NEW
#undef WASM_VALTYPES_0
#undef WASM_COMMA
#undef WASM_PARAMS_1
#undef WASM_PARAMS_2
#undef WASM_PARAMS_3
#undef WASM_RESULTS_1
#undef WASM_RESULTS_2
#undef WASM_T

/* A host pointer as an i64. */
static inline void wasm_val_init_ptr(own wasm_val_t* out, void* p) {
  out->kind = WASM_I64;
  out->of.i64 = (intptr_t)p;
}
static inline void* wasm_val_ptr(const wasm_val_t* val) { return (void*)(intptr_t)val->of.i64; }

/* Initialisers of a wasm_val_t. C++ has designated ones only since C++20. */
#ifdef __cplusplus
}  // extern "C"
#define WASM_VAL_INITIALISER(k, member, v)  \
  ([](decltype(wasm_val_t().of.member) x) { \
    wasm_val_t w = wasm_val_t();            \
    w.kind = k;                             \
    w.of.member = x;                        \
    return w;                               \
  }(v))
extern "C" {
#else
#define WASM_VAL_INITIALISER(k, member, v) \
  {                                        \
    .kind = k, .of = {.member = v }        \
  }
#endif
#define WASM_I32_VAL(i) WASM_VAL_INITIALISER(WASM_I32, i32, i)
#define WASM_I64_VAL(i) WASM_VAL_INITIALISER(WASM_I64, i64, i)
#define WASM_F32_VAL(z) WASM_VAL_INITIALISER(WASM_F32, f32, z)
#define WASM_F64_VAL(z) WASM_VAL_INITIALISER(WASM_F64, f64, z)
#define WASM_REF_VAL(r) WASM_VAL_INITIALISER(WASM_EXTERNREF, ref, r)
#define WASM_INIT_VAL WASM_VAL_INITIALISER(WASM_EXTERNREF, ref, NULL)

#undef own

#ifdef __cplusplus
}
#endif

#endif /* WASM_H */
