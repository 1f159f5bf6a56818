#include "program.h"

#include "coredump.h"
#include "invoke.h"
#include "listen.h"
#include "load.h"

#include <wasmc/wasi_threads.h>
#include <wasmc/wasmc.h>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <mutex>
#include <optional>

namespace wasmc::tool {
namespace {

// What an import may find before the program itself is there.
class Imports {
 public:
  Imports(const Engine& engine, StoreRef store) : linker_(engine), store_(store) {}

  Linker& linker() { return linker_; }
  StoreRef store() const { return store_; }

  void add(const std::string& module, const Instance& instance) {
    linker_.defineInstance(module, instance);
    for (const ExportType& item : instance.module().exports()) {
      if (const auto* type = std::get_if<FuncType>(&item.type)) preloaded_[{module, item.name}] = *type;
    }
  }

  // Gives each function that is missing, or that is there with another type, a body that fails.
  void allowUnknown(const Module& module) {
    for (const ImportType& import : module.imports()) {
      const auto* type = std::get_if<FuncType>(&import.type);
      if (type != nullptr && typeOf(import) != *type) defineUnknown(import, *type);
    }
  }

  Outcome<Instance> instantiate(const Module& module, const std::string& file) {
    Result<Instance> instance = linker_.instantiate(store_, module);
    if (!instance) return fail(instance.error(), file);
    return *instance;
  }

  // As a message with a trap's backtrace, and the exit status for it.
  static std::unexpected<Failure> fail(const Error& error, const std::string& file) {
    return std::unexpected(Failure{statusOf(error), file + ": " + describe(error), error});
  }

 private:
  static int statusOf(const Error& error) {
    if (error.code == ErrorCode::Interrupted) return kExitTimeout;
    const bool ran = error.trap || error.code == ErrorCode::Trap || error.code == ErrorCode::Host;
    return ran ? kExitTrap : kExitFailure;
  }

  static std::string describe(const Error& error) {
    if (!error.trap) return error.message;
    const std::string trap = trimmed(error.trap->str());
    if (error.code == ErrorCode::Interrupted) return "not done in time (--timeout)\n" + trap;
    const bool host = !error.isTrap() && !error.message.empty();
    return (host ? error.message + "\n" : "") + trap;
  }

  static std::string trimmed(std::string text) {
    while (text.ends_with('\n')) text.pop_back();
    return text;
  }

  std::optional<FuncType> typeOf(const ImportType& import) const {
    const auto found = preloaded_.find({import.module, import.name});
    if (found != preloaded_.end()) return found->second;
    return wasiFunctionType(import.module, import.name);
  }

  void defineUnknown(const ImportType& import, const FuncType& type) {
    const std::string what = "the unknown import '" + import.module + "." + import.name + "' was called";
    linker_.define(import.module, import.name, type,
                   [what](Caller&, std::span<const Val>, std::span<Val>) -> Result<void> {
                     return std::unexpected(Error::host(what));
                   });
  }

  Linker linker_;
  StoreRef store_;
  std::map<std::pair<std::string, std::string>, FuncType> preloaded_;
};

Outcome<WasiConfig> configureWasi(const Options& options) {
  WasiConfig config;
  config.args.push_back(options.file);
  if (!options.invoke) config.args.insert(config.args.end(), options.args.begin(), options.args.end());
  config.env = options.env;
  config.standard_input =
      options.stdin_file.empty() ? WasiInput::inherit() : WasiInput::file(options.stdin_file);
  config.standard_output =
      options.stdout_file.empty() ? WasiOutput::inherit() : WasiOutput::file(options.stdout_file);
  config.standard_error = WasiOutput::inherit();
  config.preopens = options.dirs;
  for (const std::string& address : options.tcp_listen) {
    const Outcome<int> socket = listenOn(address);
    if (!socket) return std::unexpected(socket.error());
    config.sockets.push_back(*socket);
  }
  if (options.trace_wasi) {
    config.trace = [](const std::string& line) { std::fprintf(stderr, "wasi: %s\n", line.c_str()); };
  }
  return config;
}

std::string exportedFunctions(const Module& module) {
  std::string names;
  for (const ExportType& item : module.exports()) {
    if (std::holds_alternative<FuncType>(item.type))
      names += (names.empty() ? "" : ", ") + printable(item.name);
  }
  return names.empty() ? "it exports no functions" : "it exports " + names;
}

// A program that ends itself is done in any case, also where something else was being called.
template <typename T>
Outcome<int> statusOf(const Result<T>& result, const std::string& file) {
  if (result) return 0;
  if (result.error().code == ErrorCode::Exit) return result.error().exit_status;
  return Imports::fail(result.error(), file);
}

Outcome<int> invoke(const Instance& instance, const std::string& name, const Options& options) {
  const Result<Func> function = instance.func(name);
  if (!function)
    return failure(options.file + " has no function '" + name + "'; " + exportedFunctions(instance.module()));
  const Outcome<std::vector<Val>> arguments = parseArguments(name, function->type(), options.args);
  if (!arguments) return std::unexpected(arguments.error());
  const Result<std::vector<Val>> results = function->call(*arguments);
  if (!results) return statusOf(results, options.file);
  for (const Val& value : *results) std::printf("%s\n", formatResult(value).c_str());
  return 0;
}

// From now on. A program with threads ends with its first one.
Result<void> setTimeout(const Store& store, double seconds) {
  using std::chrono::duration_cast;
  constexpr double kLongest = 1e9;  // what the clock can count is ten times as much
  const std::chrono::duration<double> limit(std::min(seconds, kLongest));
  return store.setDeadline(duration_cast<std::chrono::nanoseconds>(limit));
}

Outcome<int> start(const Instance& instance, const Options& options) {
  if (options.invoke || isReactor(instance.module())) {
    const Outcome<int> initialized = statusOf(initializeReactor(instance), options.file);
    if (!initialized || *initialized != 0 || !options.invoke) return initialized;
    return invoke(instance, *options.invoke, options);
  }
  if (!isCommand(instance.module())) {
    return failure(
        options.file +
        " is not a program: it has no function '_start'; call one of its own with --invoke NAME: " +
        exportedFunctions(instance.module()));
  }
  const Result<int32_t> status = runCommand(instance);
  return status ? Outcome<int>(*status) : Imports::fail(status.error(), options.file);
}

// Ends the process in the middle of whatever the program's other threads are doing. Its output is not
// buffered here, but for what --invoke prints.
[[noreturn]] void endAtOnce(const Outcome<int>& outcome) {
  static std::mutex once;
  once.lock();  // for good: the first one says how the program ended
  const int status = outcome ? *outcome : report(outcome.error());
  std::fflush(stdout);
  _exit(status);
}

Outcome<WasiThreads> startThreads(const Module& module, Linker& linker, const Options& options) {
  WasiThreadsConfig config;
  config.max_memory_bytes = options.max_memory;
  config.limits.memory_bytes = options.max_memory;
  config.on_end = [file = options.file](const Error& error) {
    endAtOnce(statusOf(Result<void>(std::unexpected(error)), file));
  };
  Result<WasiThreads> threads = WasiThreads::create(module, linker, std::move(config));
  if (!threads) return failure(options.file + ": " + threads.error().message);
  return std::move(*threads);
}

// Not 0 if one of them ended the program.
Outcome<int> preload(const Engine& engine, Imports& imports, const Options& options) {
  for (const auto& [name, file] : options.preload) {
    const Outcome<Module> module = loadModule(engine, file, options);
    if (!module) return std::unexpected(module.error());
    const Outcome<Instance> instance = imports.instantiate(*module, file);
    if (!instance) return std::unexpected(instance.error());
    if (Outcome<int> ready = statusOf(initializeReactor(*instance), file); !ready || *ready != 0)
      return ready;
    imports.add(name, *instance);
  }
  return 0;
}

// Ends the process if the program has threads: they may be in the middle of guest code.
Outcome<int> runWithThreads(const Module& program, Imports& imports, const Options& options) {
  std::optional<WasiThreads> threads;
  if (usesWasiThreads(program)) {
    Outcome<WasiThreads> started = startThreads(program, imports.linker(), options);
    if (!started) return std::unexpected(started.error());
    threads.emplace(std::move(*started));
  }
  const Outcome<Instance> instance = imports.instantiate(program, options.file);
  if (!instance) return std::unexpected(instance.error());
  const Outcome<int> outcome = start(*instance, options);
  if (!outcome && outcome.error().error && !options.coredump.empty())
    dumpCore(imports.store(), *outcome.error().error, options.file, options.coredump);
  if (threads) endAtOnce(outcome);
  return outcome;
}

}  // namespace

Outcome<int> runProgram(const Options& options) {
  const Engine engine(EngineOptions{.backtraces = options.backtraces});
  Store store(engine, {.memory_bytes = options.max_memory});
  if (options.fuel) store.setFuel(*options.fuel);
  Imports imports(engine, store);

  Outcome<WasiConfig> config = configureWasi(options);
  if (!config) return std::unexpected(config.error());
  const Outcome<Module> program = loadModule(engine, options.file, options);
  if (!program) return std::unexpected(program.error());
  config->shared_by_threads = usesWasiThreads(*program);
  const Result<Wasi> wasi = Wasi::create(std::move(*config));
  if (!wasi) return failure(wasi.error().message);
  wasi->addTo(imports.linker());
  // Before --preload, which may have others. A program with threads gets them with its threads.
  const Result<void> shared = usesWasiThreads(*program)
                                  ? Result<void>()
                                  : defineSharedMemories(*program, imports.linker(), options.max_memory);
  if (!shared) return failure(options.file + ": " + shared.error().message);

  if (options.timeout > 0) {
    if (const Result<void> set = setTimeout(store, options.timeout); !set)
      return failure(set.error().message);
  }
  if (const Outcome<int> ready = preload(engine, imports, options); !ready || *ready != 0) return ready;
  if (options.allow_unknown_imports) imports.allowUnknown(*program);
  const Outcome<int> outcome = runWithThreads(*program, imports, options);
  if (options.fuel && options.verbose) {
    std::fprintf(stderr, "wasmrun: used %llu of %llu units of fuel\n",
                 static_cast<unsigned long long>(*options.fuel - store.fuel()),
                 static_cast<unsigned long long>(*options.fuel));
  }
  return outcome;
}

}  // namespace wasmc::tool
