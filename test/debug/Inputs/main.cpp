// A list of shapes, one of which has no height: sumOfRatios divides by zero three calls deep, two of them inlined.
#include <cstdio>
#include "shapes.h"

__attribute__((noinline)) int report(Shape* first) {
  int sum = sumOfRatios(first);
  std::printf("%d\n", sum);
  return sum;
}

int main(int argc, char**) {
  Shape c = {7, argc - 1, nullptr, "c"};
  Shape b = {6, 2, &c, "b"};
  Shape a = {5, 1, &b, "a"};
  return report(&a);
}
