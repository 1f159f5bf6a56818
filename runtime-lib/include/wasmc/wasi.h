// WASI preview 1: the system interface of command line programs (`wasi_snapshot_preview1`, and
// `wasi_unstable`, the snapshot before it).
//
// Everything is denied by default: no arguments, no environment, no input, output thrown away, no files.
#ifndef WASMC_WASI_H
#define WASMC_WASI_H

#include <wasmc/api.h>
#include <wasmc/instance.h>
#include <wasmc/module.h>
#include <wasmc/result.h>
#include <wasmc/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wasmc {

class Linker;

namespace wasi {
class Context;
}

// Where a guest's standard input comes from.
class WASMC_API WasiInput {
 public:
  // Fills a part of the buffer and returns its size; 0 is the end, no value an I/O error.
  using Callback = std::function<std::optional<size_t>(std::span<std::byte> buffer)>;

  WasiInput() = default;                     // at its end from the start
  static WasiInput inherit();                // the host's
  static WasiInput bytes(std::string text);  // then the end
  static WasiInput file(std::string path);   // opened when the Wasi object is made
  static WasiInput callback(Callback read);

 private:
  friend class wasi::Context;
  enum class Kind { Callback, Inherit, File };
  Kind kind_ = Kind::Callback;
  std::string path_;
  Callback read_;
};

// Where what a guest writes to its standard output or error goes.
class WASMC_API WasiOutput {
 public:
  // Takes all of the bytes. False is an I/O error.
  using Callback = std::function<bool(std::span<const std::byte> bytes)>;

  WasiOutput() = default;                                        // thrown away
  static WasiOutput inherit();                                   // the host's
  static WasiOutput capture(std::shared_ptr<std::string> text);  // appended
  static WasiOutput file(std::string path);  // created or truncated when the Wasi object is made
  static WasiOutput callback(Callback write);

 private:
  friend class wasi::Context;
  enum class Kind { Callback, Inherit, File };
  Kind kind_ = Kind::Callback;
  std::string path_;
  Callback write_;
};

// What a guest may do below a preopened directory. What it may not do fails with EROFS (changes) or EACCES.
struct WasiPermissions {
  bool list_directories = true;    // read the names in directories and the targets of symbolic links
  bool change_directories = true;  // create, remove, rename, link; times of directories
  bool read_files = true;
  bool write_files = true;  // contents, size and times

  static constexpr WasiPermissions readOnly() { return {true, false, true, false}; }
  bool operator==(const WasiPermissions&) const = default;
};

// A directory of the host that the guest sees under a name of its own. The guest reaches what is below it,
// and nothing else: no `..`, symbolic link, rename or race leads out.
struct WasiPreopen {
  std::string host;   // must exist when the Wasi object is made
  std::string guest;  // "/", ".", "/data", …
  WasiPermissions permissions = {};
};

enum class WasiClock { Realtime, Monotonic, ProcessCputime, ThreadCputime };

struct WasiConfig {
  std::vector<std::string> args;  // args[0] is the program's name by custom
  std::vector<std::pair<std::string, std::string>> env;
  WasiInput standard_input;
  WasiOutput standard_output;
  WasiOutput standard_error;
  // They get the numbers from 3 on, in this order.
  std::vector<WasiPreopen> preopens;
  // Listening or connected sockets, after the directories. They stay the host's: they must be open as long as
  // the Wasi object lives, which does not close them.
  std::vector<int> sockets;
  // Nanoseconds of a clock. Unset: the system's clocks. Timeouts of poll_oneoff wait for real in any case.
  std::function<uint64_t(WasiClock)> clock;
  // Fills a buffer. Unset: getrandom(2).
  std::function<void(std::span<std::byte>)> random;
  uint32_t max_descriptors = 1024;          // open at a time, standard streams included
  uint64_t max_bytes_written = UINT64_MAX;  // to files, streams and sockets in total; ENOSPC after that
  // Several threads may call the functions at a time. They take turns, but for reading, writing and waiting
  // on what can block; callbacks are called one at a time, only `trace` is not.
  bool shared_by_threads = false;
  // Called with one line for each call, as "fd_write(fd=1, iovs=0x10080[2], nwritten=0x1007c) = SUCCESS".
  std::function<void(const std::string& line)> trace;
};

// The system of one guest program: its descriptors, arguments, clocks. One thread at a time may use it,
// unless it is WasiConfig::shared_by_threads.
class WASMC_API Wasi {
 public:
  // Opens what the configuration names. ErrorCode::Wasi with the name of what can not be opened.
  static Result<Wasi> create(WasiConfig config);

  // Defines all functions of both snapshots. The linker keeps what they need alive.
  void addTo(Linker& linker) const;
  // Defines them for the guests of many stores: they use what `giveTo` gave the calling store, and end the
  // call with ErrorCode::Wasi where nothing did. This is what pools of instances need, whose users share the
  // linker but must not share descriptors.
  static void addForStores(Linker& linker);
  // Replaces what the store had. The store keeps it as its host data: until its end, or until its instance
  // goes back to the pool.
  void giveTo(StoreRef store) const;

 private:
  explicit Wasi(std::shared_ptr<wasi::Context> context) : context_(std::move(context)) {}
  static void define(Linker& linker, const std::shared_ptr<wasi::Context>& context);

  std::shared_ptr<wasi::Context> context_;
};

// A program: it exports `_start`.
WASMC_API bool isCommand(const Module& module);
// A library: it is no command, and exports `_initialize`.
WASMC_API bool isReactor(const Module& module);
// Runs the instance of a command; once for an instance. The status that it ends with: 0, or that of
// proc_exit. ErrorCode::Trap if it traps.
WASMC_API Result<int32_t> runCommand(const Instance& instance);
// Has the instance of a reactor set itself up; its other exports may be called then. Nothing to do if it is
// none.
WASMC_API Result<void> initializeReactor(const Instance& instance);

// The type that the standard gives to an import; none if it knows no such function.
WASMC_API std::optional<FuncType> wasiFunctionType(std::string_view module, std::string_view name);

}  // namespace wasmc

#endif  // WASMC_WASI_H
