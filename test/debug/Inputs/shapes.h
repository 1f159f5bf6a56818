#pragma once
struct Shape {
  int width;
  int height;
  Shape* next;
  const char* name;
};

int sumOfRatios(Shape* first);
