// A walk along a linked list in random order: latency of loads, and what an address costs on top.
#include "kernel.h"

typedef struct Node {
  union {
    struct Node *next;
    uint64_t size;  // The same with pointers of any width.
  };
  uint64_t value;
} Node;

enum { kNodes = 1 << 15 };
static Node nodes[kNodes];
static uint16_t order[kNodes];

static void prepare(void) {
  uint32_t seed = 7;
  for (uint32_t i = 0; i < kNodes; i++) {
    order[i] = (uint16_t)i;
  }
  for (uint32_t i = kNodes - 1; i > 0; i--) {
    uint32_t other = kernel_random(&seed) % (i + 1);
    uint16_t swapped = order[i];
    order[i] = order[other];
    order[other] = swapped;
  }
  for (uint32_t i = 0; i < kNodes; i++) {
    nodes[order[i]] = (Node){{&nodes[order[(i + 1) % kNodes]]}, i};
  }
}

KERNEL(chase) {
  if (nodes[0].next == NULL) {
    prepare();
  }
  const Node *node = nodes;
  uint64_t sum = 0;
  for (uint32_t i = 0; i < size; i++) {
    sum = sum * 3 + node->value;
    node = node->next;
  }
  return sum;
}
