/* Runs a program and prints the frames of its trap: inlined or not, function, file, line and column. */
#include <stdio.h>
#include <wasmc.h>

static void print(const wasm_frame_t* frame) {
  wasm_name_t function, file;
  uint32_t column = 0;
  wasmc_frame_func_name(frame, &function);
  wasmc_frame_source_file(frame, &file);
  const uint32_t line = wasmc_frame_source_line(frame, &column);
  printf("%s %.*s %.*s:%u:%u\n", wasmc_frame_is_inlined(frame) ? "inlined" : "frame", (int)function.size,
         function.data, (int)file.size, file.data, line, column);
  wasm_name_delete(&function);
  wasm_name_delete(&file);
}

int main(int argc, char** argv) {
  wasm_engine_t* engine = wasm_engine_new();
  wasm_store_t* store = wasm_store_new(engine);
  wasm_module_t* module = wasmc_module_load(store, argv[argc - 1]);
  wasmc_linker_t* linker = wasmc_linker_new(engine);
  wasmc_wasi_config_t* wasi = wasmc_wasi_config_new();
  wasmc_wasi_config_add_arg(wasi, "program");
  wasm_trap_t* trap = NULL;
  int32_t status = 0;
  if (!module || !wasmc_linker_define_wasi(linker, wasi)) return 1;
  wasm_instance_t* instance = wasmc_linker_instantiate(linker, store, module, &trap);
  if (!instance || wasmc_run_command(instance, &status, &trap) || !trap) return 1;

  wasm_frame_vec_t frames;
  wasm_trap_trace(trap, &frames);
  for (size_t i = 0; i < frames.size; ++i) print(frames.data[i]);
  wasm_frame_vec_delete(&frames);
  wasm_trap_delete(trap);
  wasm_instance_delete(instance);
  wasmc_linker_delete(linker);
  wasm_module_delete(module);
  wasm_store_delete(store);
  wasm_engine_delete(engine);
  return 0;
}
