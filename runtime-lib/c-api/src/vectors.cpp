// Vectors of the C API: arrays from calloc, with a copy and an end for each kind of element.
#include <wasm.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <type_traits>

namespace {

template <typename T>
T* allocate(size_t count) {
  if (count == 0) return nullptr;
  auto* data = static_cast<T*>(std::calloc(count, sizeof(T)));
  if (!data) std::abort();  // what operator new does in this library, which has no exceptions
  return data;
}

template <typename Vector>
void makeUninitialized(Vector* out, size_t size) {
  out->size = size;
  out->data = allocate<std::remove_pointer_t<decltype(out->data)>>(size);
}

template <typename Vector, typename T>
void make(Vector* out, size_t size, const T* elements) {
  makeUninitialized(out, size);
  if (elements) std::copy_n(elements, size, out->data);
}

// `copy_element(to, from)` where elements own something.
template <typename Vector, typename Copy>
void copyVector(Vector* out, const Vector* from, Copy copy_element) {
  makeUninitialized(out, from->size);
  for (size_t i = 0; i < from->size; ++i) copy_element(out->data[i], from->data[i]);
}

template <typename Vector, typename Delete>
void deleteVector(Vector* vector, Delete delete_element) {
  for (size_t i = 0; i < vector->size; ++i) delete_element(vector->data[i]);
  std::free(static_cast<void*>(vector->data));
  vector->size = 0;
  vector->data = nullptr;
}

}  // namespace

#define WASMC_C_VEC(name, pointer, copy_element, delete_element)                                            \
  void wasm_##name##_vec_new_empty(wasm_##name##_vec_t* out) { makeUninitialized(out, 0); }                 \
  void wasm_##name##_vec_new_uninitialized(wasm_##name##_vec_t* out, size_t size) {                         \
    makeUninitialized(out, size);                                                                           \
  }                                                                                                         \
  void wasm_##name##_vec_new(wasm_##name##_vec_t* out, size_t size, wasm_##name##_t pointer const data[]) { \
    make(out, size, data);                                                                                  \
  }                                                                                                         \
  void wasm_##name##_vec_copy(wasm_##name##_vec_t* out, const wasm_##name##_vec_t* from) {                  \
    copyVector(out, from, [](auto& to, const auto& element) { copy_element; });                             \
  }                                                                                                         \
  void wasm_##name##_vec_delete(wasm_##name##_vec_t* vector) {                                              \
    deleteVector(vector, [](auto& element) { delete_element; });                                            \
  }
#define WASMC_C_VEC_OF_POINTERS(name) \
  WASMC_C_VEC(name, *, to = element ? wasm_##name##_copy(element) : nullptr, wasm_##name##_delete(element))

WASMC_C_VEC(byte, , to = element, (void)element)
WASMC_C_VEC(val, , wasm_val_copy(&to, &element), wasm_val_delete(&element))
WASMC_C_VEC_OF_POINTERS(valtype)
WASMC_C_VEC_OF_POINTERS(functype)
WASMC_C_VEC_OF_POINTERS(globaltype)
WASMC_C_VEC_OF_POINTERS(tabletype)
WASMC_C_VEC_OF_POINTERS(memorytype)
WASMC_C_VEC_OF_POINTERS(externtype)
WASMC_C_VEC_OF_POINTERS(importtype)
WASMC_C_VEC_OF_POINTERS(exporttype)
WASMC_C_VEC_OF_POINTERS(frame)
WASMC_C_VEC_OF_POINTERS(extern)
