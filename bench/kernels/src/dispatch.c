// An interpreter that calls its operations through a table: indirect calls.
#include "kernel.h"

typedef struct Machine {
  uint32_t accumulator, counter;
  uint32_t memory[64];
} Machine;

typedef void (*Operation)(Machine *, uint32_t);

static void add(Machine *m, uint32_t operand) { m->accumulator += operand; }
static void exclusive_or(Machine *m, uint32_t operand) { m->accumulator ^= operand * 0x9e3779b9; }
static void rotate(Machine *m, uint32_t operand) {
  m->accumulator = m->accumulator << (operand & 31) | m->accumulator >> (-operand & 31);
}
static void load(Machine *m, uint32_t operand) { m->accumulator += m->memory[operand % 64]; }
static void store(Machine *m, uint32_t operand) { m->memory[operand % 64] = m->accumulator; }
static void jump(Machine *m, uint32_t operand) {
  if (m->accumulator & 1) {
    m->counter += operand % 7;
  }
}
static void multiply(Machine *m, uint32_t operand) { m->accumulator *= operand | 1; }
static void negate(Machine *m, uint32_t operand) { m->accumulator = ~m->accumulator + operand; }

static const Operation start[8] = {add, exclusive_or, rotate, load, store, jump, multiply, negate};
static Operation operations[8];
static uint8_t program[4096];

// The table stays a table: any file could change it.
__attribute__((noinline)) static void exchange(uint32_t i, uint32_t j) {
  Operation swapped = operations[i & 7];
  operations[i & 7] = operations[j & 7];
  operations[j & 7] = swapped;
}

KERNEL(dispatch) {
  uint32_t seed = 5;
  for (size_t i = 0; i < sizeof program; i++) {
    program[i] = (uint8_t)kernel_random(&seed);
  }
  memcpy(operations, start, sizeof operations);
  Machine machine = {1, 0, {0}};
  for (uint32_t i = 0; i < size; i++, machine.counter++) {
    uint8_t code = program[machine.counter % sizeof program];
    operations[code & 7](&machine, code >> 3);
    if (i % 65536 == 65535) {
      exchange(i >> 16, i >> 17);
    }
  }
  return machine.accumulator;
}
