#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct Noisy {
  std::string name;
  explicit Noisy(std::string n) : name(std::move(n)) { std::printf("+%s\n", name.c_str()); }
  Noisy(const Noisy& other) : name(other.name + "'") {}
  ~Noisy() { std::printf("-%s\n", name.c_str()); }
};

struct Base {
  virtual ~Base() = default;
  virtual const char* what() const { return "base"; }
};
struct Other {
  int padding = 1;
};
struct Derived : Other, Base {
  const char* what() const override { return "derived"; }
};

void fail(int n) {
  const Noisy deep("deep");
  switch (n) {
    case 0: return;
    case 1: throw 42;
    case 2: throw Derived();
    case 3: throw std::out_of_range("range");
    default: throw Noisy("thrown");
  }
}

void middle(int n) {
  const Noisy outer("outer");
  try {
    const Noisy inner("inner");
    fail(n);
  } catch (long) {
    std::puts("not a long");
  } catch (const std::logic_error&) {
    std::puts("passed on");
    throw;
  }
}

void run(int n) {
  try {
    middle(n);
    std::puts("nothing");
  } catch (int i) {
    std::printf("int %d\n", i);
  } catch (const Base& b) {
    std::printf("%s\n", b.what());
  } catch (const std::exception& e) {
    std::printf("exception %s\n", e.what());
  } catch (...) {
    std::puts("something");
  }
}

}  // namespace

int main() {
  for (int n = 0; n < 5; ++n) run(n);
  int sum = 0;
  for (int i = 0; i < 1000; ++i) {
    try {
      std::vector<int> v(3);
      throw i;
    } catch (int thrown) {
      sum += thrown;
    }
  }
  std::printf("%d\n", sum);
}
