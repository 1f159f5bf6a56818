// As much of the C library as makes an artifact of some 100 kB, the size of a usual plugin.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void* a, const void* b) { return *(const char*)a - *(const char*)b; }

__attribute__((export_name("format"))) int32_t format(int32_t n) {
  char text[100];
  const double value = sin(n) + pow(n, 1.5);
  snprintf(text, sizeof text, "%d %g", n, value);
  qsort(text, strlen(text), 1, compare);
  puts(text);
  double read = 0;
  sscanf(text, "%lf", &read);
  return (int32_t)(read + tgamma(n) + strtod(text, NULL));
}
