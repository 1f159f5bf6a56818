// runner program.so [argument...]: runs the program with the host's standard streams and the current folder,
// to read, and nothing else. Ends with the program's status.
#include <wasmc/wasi.h>
#include <wasmc/wasmc.h>

#include <cstdio>

static wasmc::Result<int32_t> run(const char* path, std::vector<std::string> args) {
  const wasmc::Engine engine;
  const auto module = wasmc::Module::load(engine, path);
  if (!module) return std::unexpected(module.error());

  wasmc::WasiConfig config;
  config.args = std::move(args);
  config.standard_input = wasmc::WasiInput::inherit();
  config.standard_output = wasmc::WasiOutput::inherit();
  config.standard_error = wasmc::WasiOutput::inherit();
  config.preopens = {{".", ".", wasmc::WasiPermissions::readOnly()}};
  const auto wasi = wasmc::Wasi::create(std::move(config));
  if (!wasi) return std::unexpected(wasi.error());

  wasmc::Linker linker(engine);
  wasi->addTo(linker);
  const wasmc::Store store(engine);
  const auto instance = linker.instantiate(store, *module);
  if (!instance) return std::unexpected(instance.error());
  return wasmc::runCommand(*instance);
}

int main(int argc, char** argv) {
  if (argc < 2) return std::fputs("usage: runner program.so [argument...]\n", stderr), 2;
  const auto status = run(argv[1], {argv + 1, argv + argc});
  if (status) return *status;
  std::fprintf(stderr, "%s\n", status.error().message.c_str());
  return 1;
}
