#include "shapes.h"

static inline int ratio(const Shape& shape) {
  return shape.width / shape.height;
}

static inline int ratioOf(const Shape* shape) {
  int result = ratio(*shape);
  return result + 1;
}

int sumOfRatios(Shape* first) {
  int sum = 0;
  for (Shape* shape = first; shape; shape = shape->next)
    sum += ratioOf(shape);
  return sum;
}
