// WASI for hosts in C.
#include <wasmc/wasi.h>

#include <memory>
#include <optional>
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

// Of the configuration, which it deletes. Nothing, and the last error, if that fails.
std::optional<wasmc::Wasi> createWasi(wasmc_wasi_config_t* config) {
  const std::unique_ptr<wasmc_wasi_config_t> owned(config);
  wasmc::Result<wasmc::Wasi> wasi = wasmc::Wasi::create(std::move(owned->config));
  if (wasi) return *std::move(wasi);
  setLastError(wasi.error());
  return std::nullopt;
}

wasmc::WasiPermissions permissionsOf(wasmc_permissions_t permissions) {
  return {.list_directories = (permissions & WASMC_LIST_DIRECTORIES) != 0,
          .change_directories = (permissions & WASMC_CHANGE_DIRECTORIES) != 0,
          .read_files = (permissions & WASMC_READ_FILES) != 0,
          .write_files = (permissions & WASMC_WRITE_FILES) != 0};
}

static_assert(static_cast<int>(wasmc::WasiClock::Realtime) == WASMC_CLOCK_REALTIME &&
                  static_cast<int>(wasmc::WasiClock::Monotonic) == WASMC_CLOCK_MONOTONIC &&
                  static_cast<int>(wasmc::WasiClock::ProcessCputime) == WASMC_CLOCK_PROCESS_CPUTIME &&
                  static_cast<int>(wasmc::WasiClock::ThreadCputime) == WASMC_CLOCK_THREAD_CPUTIME,
              "clocks are cast from one enumeration to the other");

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
void wasmc_wasi_config_inherit_stdin(wasmc_wasi_config_t* config) {
  config->config.standard_input = wasmc::WasiInput::inherit();
}
void wasmc_wasi_config_set_stdin_file(wasmc_wasi_config_t* config, const char* path) {
  config->config.standard_input = wasmc::WasiInput::file(path);
}
void wasmc_wasi_config_set_input(wasmc_wasi_config_t* config, wasmc_read_callback_t read, void* env) {
  config->config.standard_input =
      wasmc::WasiInput::callback([read, env](std::span<std::byte> buffer) -> std::optional<size_t> {
        const ptrdiff_t count = read(env, reinterpret_cast<byte_t*>(buffer.data()), buffer.size());
        if (count < 0) return std::nullopt;
        return static_cast<size_t>(count);
      });
}

void wasmc_wasi_config_inherit_output(wasmc_wasi_config_t* config, wasmc_output_t which) {
  outputOf(config, which) = wasmc::WasiOutput::inherit();
}
void wasmc_wasi_config_set_output_file(wasmc_wasi_config_t* config, wasmc_output_t which, const char* path) {
  outputOf(config, which) = wasmc::WasiOutput::file(path);
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
                                   wasmc_permissions_t permissions) {
  config->config.preopens.push_back({host, guest, permissionsOf(permissions)});
}
void wasmc_wasi_config_add_socket(wasmc_wasi_config_t* config, int socket) {
  config->config.sockets.push_back(socket);
}
void wasmc_wasi_config_set_limits(wasmc_wasi_config_t* config, uint32_t descriptors, uint64_t bytes_written) {
  config->config.max_descriptors = descriptors;
  config->config.max_bytes_written = bytes_written;
}

void wasmc_wasi_config_set_clock(wasmc_wasi_config_t* config, wasmc_clock_callback_t clock, void* env) {
  config->config.clock = [clock, env](wasmc::WasiClock which) {
    return clock(env, static_cast<wasmc_clock_t>(which));
  };
}
void wasmc_wasi_config_set_random(wasmc_wasi_config_t* config, wasmc_random_callback_t random, void* env) {
  config->config.random = [random, env](std::span<std::byte> buffer) {
    random(env, reinterpret_cast<byte_t*>(buffer.data()), buffer.size());
  };
}
void wasmc_wasi_config_set_shared_by_threads(wasmc_wasi_config_t* config, bool shared) {
  config->config.shared_by_threads = shared;
}
void wasmc_wasi_config_set_trace(wasmc_wasi_config_t* config, wasmc_trace_callback_t trace, void* env) {
  config->config.trace = [trace, env](const std::string& line) { trace(env, line.c_str()); };
}

bool wasmc_linker_define_wasi(wasmc_linker_t* linker, wasmc_wasi_config_t* config) {
  const std::optional<wasmc::Wasi> wasi = createWasi(config);
  if (wasi) wasi->addTo(linker->linker);
  return wasi.has_value();
}

void wasmc_linker_define_wasi_for_stores(wasmc_linker_t* linker) {
  wasmc::Wasi::addForStores(linker->linker);
}

bool wasmc_instance_set_wasi(const wasm_instance_t* instance, wasmc_wasi_config_t* config) {
  const std::optional<wasmc::Wasi> wasi = createWasi(config);
  if (wasi) wasi->giveTo(instance->hold.ref());
  return wasi.has_value();
}

bool wasmc_module_is_command(const wasm_module_t* module) { return wasmc::isCommand(moduleOf(module)); }

bool wasmc_module_is_reactor(const wasm_module_t* module) { return wasmc::isReactor(moduleOf(module)); }

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
