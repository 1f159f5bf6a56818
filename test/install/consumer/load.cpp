// Prints what an artifact exports, one name a line. Needs the runtime library only.
#include <wasmc/wasmc.h>
#include <cstdio>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto module = wasmc::Module::load(wasmc::Engine(), argv[1]);
  if (!module) return std::fprintf(stderr, "%s\n", module.error().message.c_str()), 1;
  for (const wasmc::ExportType& item : module->exports()) std::puts(item.name.c_str());
  return 0;
}
