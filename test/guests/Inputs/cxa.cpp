// As much of the C++ ABI's exception handling as the tests need: Debian 12's libc++abi for wasm32 is built
// without.
//
// Code that clang compiles with -fwasm-exceptions catches the tag __cpp_exception with a pointer, stores
// where it is to
// __wasm_lpad_context, and calls _Unwind_CallPersonality, which says by a number what the landing pad does.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <typeinfo>

__asm__(".globl __cpp_exception\n.tagtype __cpp_exception i32\n__cpp_exception:\n");

namespace __cxxabiv1 {
// The virtual functions of libc++abi's type_info.
class __shim_type_info : public std::type_info {
 public:
  virtual ~__shim_type_info();
  virtual void noop1() const;
  virtual void noop2() const;
  virtual bool can_catch(const __shim_type_info* thrown, void*& object) const = 0;
};
}  // namespace __cxxabiv1

namespace {

struct Thrown {
  const std::type_info* type;
  void* (*destroy)(void*);  // destructors return `this` on wasm32
  Thrown* outer;            // that was caught before this one, and still is
  void* adjusted;           // what the handler sees
  int handlers;
  bool rethrown;
  alignas(16) char unwind[16];  // what the tag carries a pointer to; the object follows
};

Thrown* caught = nullptr;

Thrown* ofUnwind(void* unwind) {
  return reinterpret_cast<Thrown*>(static_cast<char*>(unwind) - offsetof(Thrown, unwind));
}
void* object(Thrown* thrown) { return thrown + 1; }

uintptr_t uleb(const uint8_t*& at) {
  uintptr_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    const uint8_t byte = *at++;
    value |= uintptr_t(byte & 0x7f) << shift;
    if (!(byte & 0x80)) return value;
  }
}

intptr_t sleb(const uint8_t*& at) {
  uintptr_t value = 0;
  unsigned shift = 0;
  uint8_t byte = 0;
  do {
    byte = *at++;
    value |= uintptr_t(byte & 0x7f) << shift;
    shift += 7;
  } while (byte & 0x80);
  if (byte & 0x40 && shift < 32) value |= ~uintptr_t(0) << shift;
  return static_cast<intptr_t>(value);
}

}  // namespace

extern "C" {

struct {
  uintptr_t landing_pad;
  const uint8_t* lsda;
  uintptr_t selector;
} __wasm_lpad_context;

int _Unwind_CallPersonality(void* unwind) {
  Thrown* const thrown = ofUnwind(unwind);
  __wasm_lpad_context.selector = 0;
  const uint8_t* at = __wasm_lpad_context.lsda;
  if (!at) return 0;
  ++at;  // encoding of the landing pads' base: none
  const uint8_t type_encoding = *at++;
  const uint8_t* types = nullptr;
  if (type_encoding != 0xff) {
    const uintptr_t distance = uleb(at);
    types = at + distance;
  }
  ++at;  // encoding of the call sites: ULEB128
  const uintptr_t size = uleb(at);
  const uint8_t* actions = at + size;
  uintptr_t action = 0;
  for (uintptr_t i = 0; i <= __wasm_lpad_context.landing_pad; ++i) {
    uleb(at);
    action = uleb(at);
  }
  if (action == 0) return 0;
  for (at = actions + action - 1;;) {
    const intptr_t filter = sleb(at);
    const uint8_t* const next = at;
    const intptr_t distance = sleb(at);
    if (filter > 0) {
      const auto* type = reinterpret_cast<const __cxxabiv1::__shim_type_info* const*>(types)[-filter];
      void* adjusted = object(thrown);
      if (!type ||
          type->can_catch(static_cast<const __cxxabiv1::__shim_type_info*>(thrown->type), adjusted)) {
        thrown->adjusted = adjusted;
        __wasm_lpad_context.selector = static_cast<uintptr_t>(filter);
        return 0;
      }
    }
    if (distance == 0) return 0;
    at = next + distance;
  }
}

int __gxx_wasm_personality_v0(...) { std::abort(); }  // named by the code, called through the above only

void* __cxa_allocate_exception(size_t size) {
  void* memory = std::calloc(1, sizeof(Thrown) + size);
  return object(static_cast<Thrown*>(memory));
}
void __cxa_free_exception(void* o) { std::free(static_cast<Thrown*>(o) - 1); }

void __cxa_throw(void* o, std::type_info* type, void* (*destroy)(void*)) {
  Thrown* const thrown = static_cast<Thrown*>(o) - 1;
  thrown->type = type;
  thrown->destroy = destroy;
  __builtin_wasm_throw(0, thrown->unwind);
}

void* __cxa_get_exception_ptr(void* unwind) { return ofUnwind(unwind)->adjusted; }

void* __cxa_begin_catch(void* unwind) {
  Thrown* const thrown = ofUnwind(unwind);
  ++thrown->handlers;
  thrown->rethrown = false;
  if (caught != thrown) {
    thrown->outer = caught;
    caught = thrown;
  }
  return thrown->adjusted;
}

void __cxa_end_catch() {
  Thrown* const thrown = caught;
  if (!thrown || --thrown->handlers > 0) return;
  caught = thrown->outer;
  if (thrown->rethrown) return;
  if (thrown->destroy) thrown->destroy(object(thrown));
  std::free(thrown);
}

void __cxa_rethrow() {
  if (!caught) std::terminate();
  caught->rethrown = true;
  __builtin_wasm_throw(0, caught->unwind);
}

}  // extern "C"
