// WASI for hosts in C.
#include <wasmc/wasi.h>

#include <string>

#include "linker.h"

struct wasmc_wasi_config_t {
  wasmc::WasiConfig config;
};

struct wasmc_capture_t {
  std::shared_ptr<std::string> text;
};

using namespace wasmc::capi;

namespace {

wasmc::WasiOutput& outputOf(wasmc_wasi_config_t* config, wasmc_output_t which) {
  return which == WASMC_STDOUT ? config->config.standard_output : config->config.standard_error;
}

}  // namespace

wasmc_wasi_config_t* wasmc_wasi_config_new() { return new wasmc_wasi_config_t{}; }
void wasmc_wasi_config_delete(wasmc_wasi_config_t* config) { delete config; }

void wasmc_wasi_config_add_arg(wasmc_wasi_config_t* config, const char* arg) {
  config->config.args.emplace_back(arg);
}
void wasmc_wasi_config_add_env(wasmc_wasi_config_t* config, const char* name, const char* value) {
  config->config.env.emplace_back(name, value);
}
void wasmc_wasi_config_inherit_stdio(wasmc_wasi_config_t* config) {
  config->config.standard_input = wasmc::WasiInput::inherit();
  config->config.standard_output = wasmc::WasiOutput::inherit();
  config->config.standard_error = wasmc::WasiOutput::inherit();
}
void wasmc_wasi_config_set_stdin(wasmc_wasi_config_t* config, const byte_t* bytes, size_t size) {
  config->config.standard_input = wasmc::WasiInput::bytes(std::string(bytes, size));
}
void wasmc_wasi_config_set_output(wasmc_wasi_config_t* config, wasmc_output_t which,
                                  wasmc_write_callback_t write, void* env) {
  outputOf(config, which) = wasmc::WasiOutput::callback([write, env](std::span<const std::byte> bytes) {
    return write(env, reinterpret_cast<const byte_t*>(bytes.data()), bytes.size());
  });
}

wasmc_capture_t* wasmc_wasi_config_capture(wasmc_wasi_config_t* config, wasmc_output_t which) {
  auto text = std::make_shared<std::string>();
  outputOf(config, which) = wasmc::WasiOutput::capture(text);
  return new wasmc_capture_t{std::move(text)};
}
void wasmc_capture_delete(wasmc_capture_t* capture) { delete capture; }
const byte_t* wasmc_capture_bytes(const wasmc_capture_t* capture) { return capture->text->c_str(); }
size_t wasmc_capture_size(const wasmc_capture_t* capture) { return capture->text->size(); }

void wasmc_wasi_config_add_preopen(wasmc_wasi_config_t* config, const char* host, const char* guest,
                                   bool read_only) {
  config->config.preopens.push_back(
      {host, guest, read_only ? wasmc::WasiPermissions::readOnly() : wasmc::WasiPermissions()});
}
void wasmc_wasi_config_set_limits(wasmc_wasi_config_t* config, uint32_t descriptors, uint64_t bytes_written) {
  config->config.max_descriptors = descriptors;
  config->config.max_bytes_written = bytes_written;
}

bool wasmc_linker_define_wasi(wasmc_linker_t* linker, wasmc_wasi_config_t* config) {
  const std::unique_ptr<wasmc_wasi_config_t> owned(config);
  wasmc::Result<wasmc::Wasi> wasi = wasmc::Wasi::create(std::move(owned->config));
  if (!wasi) {
    setLastError(wasi.error());
    return false;
  }
  wasi->addTo(linker->linker);
  return true;
}

bool wasmc_module_is_command(const wasm_module_t* module) { return wasmc::isCommand(moduleOf(module)); }

bool wasmc_run_command(const wasm_instance_t* instance, int32_t* status, wasm_trap_t** trap) {
  if (trap) *trap = nullptr;
  wasmc::Result<int32_t> ended = wasmc::runCommand(instanceOf(instance));
  if (!ended) {
    fail(ended.error(), trap);
    return false;
  }
  *status = *ended;
  return true;
}

bool wasmc_initialize_reactor(const wasm_instance_t* instance, wasm_trap_t** trap) {
  if (trap) *trap = nullptr;
  wasmc::Result<void> initialized = wasmc::initializeReactor(instanceOf(instance));
  if (initialized) return true;
  fail(initialized.error(), trap);
  return false;
}
