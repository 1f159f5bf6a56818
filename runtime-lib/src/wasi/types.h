// The types of WASI preview 1 (wasi_snapshot_preview1) as they cross the boundary, and those of snapshot 0
// (wasi_unstable) that differ. Names and numbers are those of the standard's witx files.
#ifndef WASMC_WASI_TYPES_H
#define WASMC_WASI_TYPES_H

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace wasmc::wasi {

enum class Errno : uint16_t {
#define WASMC_ERRNO(Name, number, host) Name = number,
#include "wasi/errno.def"
};

// Number of a descriptor of the guest: an index into its table, never a descriptor of the host.
enum class Fd : uint32_t {};

using Size = uint32_t;
using FileSize = uint64_t;
using FileDelta = int64_t;
using Timestamp = uint64_t;  // nanoseconds
using Rights = uint64_t;
using DirCookie = uint64_t;

// An enumeration or a set of flags with a fixed number of meanings. A value that has none is refused with
// `Inval` before the function that receives it is entered.
//   kLimit<E>: of an enumeration, the highest value; of a set of flags, all flags.
template <typename E>
inline constexpr uint32_t kLimit = 0;
template <typename E>
inline constexpr bool kIsFlagSet = false;

#define WASMC_WASI_ENUM(E, last) \
  template <>                    \
  inline constexpr uint32_t kLimit<E> = static_cast<uint32_t>(E::last)
#define WASMC_WASI_FLAGS(E, all)             \
  template <>                                \
  inline constexpr uint32_t kLimit<E> = all; \
  template <>                                \
  inline constexpr bool kIsFlagSet<E> = true

enum class ClockId : uint32_t { Realtime, Monotonic, ProcessCputime, ThreadCputime };
WASMC_WASI_ENUM(ClockId, ThreadCputime);

enum class Whence : uint8_t { Set, Cur, End };
WASMC_WASI_ENUM(Whence, End);

enum class Advice : uint8_t { Normal, Sequential, Random, WillNeed, DontNeed, NoReuse };
WASMC_WASI_ENUM(Advice, NoReuse);

enum class FileType : uint8_t {
  Unknown,
  BlockDevice,
  CharacterDevice,
  Directory,
  RegularFile,
  SocketDgram,
  SocketStream,
  SymbolicLink
};

enum class FdFlags : uint16_t { None = 0, Append = 1, Dsync = 2, Nonblock = 4, Rsync = 8, Sync = 16 };
WASMC_WASI_FLAGS(FdFlags, 31);

enum class OFlags : uint16_t { Creat = 1, Directory = 2, Excl = 4, Trunc = 8 };
WASMC_WASI_FLAGS(OFlags, 15);

enum class LookupFlags : uint32_t { SymlinkFollow = 1 };
WASMC_WASI_FLAGS(LookupFlags, 1);

enum class FstFlags : uint16_t { Atim = 1, AtimNow = 2, Mtim = 4, MtimNow = 8 };
WASMC_WASI_FLAGS(FstFlags, 15);

enum class EventType : uint8_t { Clock, FdRead, FdWrite };
enum class EventRwFlags : uint16_t { None = 0, Hangup = 1 };
enum class SubclockFlags : uint16_t { Abstime = 1 };
WASMC_WASI_FLAGS(SubclockFlags, 1);

enum class RiFlags : uint16_t { Peek = 1, WaitAll = 2 };
WASMC_WASI_FLAGS(RiFlags, 3);
enum class RoFlags : uint16_t { None = 0, DataTruncated = 1 };
enum class SiFlags : uint16_t { None = 0 };
WASMC_WASI_FLAGS(SiFlags, 0);
enum class SdFlags : uint8_t { Rd = 1, Wr = 2 };
WASMC_WASI_FLAGS(SdFlags, 3);

enum class Signal : uint8_t {
  None,
  Hup,
  Int,
  Quit,
  Ill,
  Trap,
  Abrt,
  Bus,
  Fpe,
  Kill,
  Usr1,
  Segv,
  Usr2,
  Pipe,
  Alrm,
  Term,
  Chld,
  Cont,
  Stop,
  Tstp,
  Ttin,
  Ttou,
  Urg,
  Xcpu,
  Xfsz,
  Vtalrm,
  Prof,
  Winch,
  Poll,
  Pwr,
  Sys
};
WASMC_WASI_ENUM(Signal, Sys);

#undef WASMC_WASI_ENUM
#undef WASMC_WASI_FLAGS

template <typename E>
  requires std::is_enum_v<E>
constexpr bool has(E set, E flag) {
  return (std::to_underlying(set) & std::to_underlying(flag)) != 0;
}

template <typename E>
  requires kIsFlagSet<E>
constexpr E operator|(E a, E b) {
  return static_cast<E>(std::to_underlying(a) | std::to_underlying(b));
}

namespace rights {
inline constexpr Rights FdDatasync = 1u << 0;
inline constexpr Rights FdRead = 1u << 1;
inline constexpr Rights FdSeek = 1u << 2;
inline constexpr Rights FdFdstatSetFlags = 1u << 3;
inline constexpr Rights FdSync = 1u << 4;
inline constexpr Rights FdTell = 1u << 5;
inline constexpr Rights FdWrite = 1u << 6;
inline constexpr Rights FdAdvise = 1u << 7;
inline constexpr Rights FdAllocate = 1u << 8;
inline constexpr Rights PathCreateDirectory = 1u << 9;
inline constexpr Rights PathCreateFile = 1u << 10;
inline constexpr Rights PathLinkSource = 1u << 11;
inline constexpr Rights PathLinkTarget = 1u << 12;
inline constexpr Rights PathOpen = 1u << 13;
inline constexpr Rights FdReaddir = 1u << 14;
inline constexpr Rights PathReadlink = 1u << 15;
inline constexpr Rights PathRenameSource = 1u << 16;
inline constexpr Rights PathRenameTarget = 1u << 17;
inline constexpr Rights PathFilestatGet = 1u << 18;
inline constexpr Rights PathFilestatSetSize = 1u << 19;
inline constexpr Rights PathFilestatSetTimes = 1u << 20;
inline constexpr Rights FdFilestatGet = 1u << 21;
inline constexpr Rights FdFilestatSetSize = 1u << 22;
inline constexpr Rights FdFilestatSetTimes = 1u << 23;
inline constexpr Rights PathSymlink = 1u << 24;
inline constexpr Rights PathRemoveDirectory = 1u << 25;
inline constexpr Rights PathUnlinkFile = 1u << 26;
inline constexpr Rights PollFdReadwrite = 1u << 27;
inline constexpr Rights SockShutdown = 1u << 28;
inline constexpr Rights SockAccept = 1u << 29;
}  // namespace rights

// Structs in linear memory. Members are in wire order with natural alignment, so a struct of the host is the
// same bytes on every little-endian host; the padding is named, so that no byte of the host's stack leaks.

struct Iovec {  // iovec and ciovec
  uint32_t buf;
  Size buf_len;
};
static_assert(sizeof(Iovec) == 8 && offsetof(Iovec, buf_len) == 4);

struct Dirent {
  DirCookie d_next = 0;
  uint64_t d_ino = 0;
  uint32_t d_namlen = 0;
  FileType d_type = FileType::Unknown;
  uint8_t padding[3] = {};
};
static_assert(sizeof(Dirent) == 24 && offsetof(Dirent, d_namlen) == 16 && offsetof(Dirent, d_type) == 20);

struct Fdstat {
  FileType filetype = FileType::Unknown;
  uint8_t padding = 0;
  FdFlags flags = FdFlags::None;
  uint8_t padding2[4] = {};
  Rights rights_base = 0;
  Rights rights_inheriting = 0;
};
static_assert(sizeof(Fdstat) == 24 && offsetof(Fdstat, flags) == 2 && offsetof(Fdstat, rights_base) == 8);

struct Filestat {
  uint64_t dev = 0;
  uint64_t ino = 0;
  FileType filetype = FileType::Unknown;
  uint8_t padding[7] = {};
  uint64_t nlink = 0;
  FileSize size = 0;
  Timestamp atim = 0;
  Timestamp mtim = 0;
  Timestamp ctim = 0;
};
static_assert(sizeof(Filestat) == 64 && offsetof(Filestat, filetype) == 16 &&
              offsetof(Filestat, nlink) == 24 && offsetof(Filestat, size) == 32 &&
              offsetof(Filestat, ctim) == 56);

struct Event {
  uint64_t userdata = 0;
  Errno error = Errno::Success;
  EventType type = EventType::Clock;
  uint8_t padding[5] = {};
  FileSize nbytes = 0;
  EventRwFlags flags = EventRwFlags::None;
  uint8_t padding2[6] = {};
};
static_assert(sizeof(Event) == 32 && offsetof(Event, error) == 8 && offsetof(Event, type) == 10 &&
              offsetof(Event, nbytes) == 16 && offsetof(Event, flags) == 24);

// A subscription: the clock's members, or `fd_or_clock` as the descriptor (the union of the standard).
struct Subscription {
  uint64_t userdata;
  uint8_t tag;  // EventType
  uint8_t padding[7];
  uint32_t fd_or_clock;
  uint8_t padding2[4];
  Timestamp timeout;
  Timestamp precision;
  uint16_t flags;  // SubclockFlags
  uint8_t padding3[6];
};
static_assert(sizeof(Subscription) == 48 && offsetof(Subscription, tag) == 8 &&
              offsetof(Subscription, fd_or_clock) == 16 && offsetof(Subscription, timeout) == 24 &&
              offsetof(Subscription, flags) == 40);

struct Prestat {
  uint8_t tag = 0;  // 0: a directory, the only kind there is
  uint8_t padding[3] = {};
  Size name_length = 0;
};
static_assert(sizeof(Prestat) == 8 && offsetof(Prestat, name_length) == 4);

// wasi_unstable: what it lays out or numbers differently.
namespace snapshot0 {

enum class Whence : uint8_t { Cur, End, Set };

struct Filestat {
  uint64_t dev = 0;
  uint64_t ino = 0;
  FileType filetype = FileType::Unknown;
  uint8_t padding[3] = {};
  uint32_t nlink = 0;
  FileSize size = 0;
  Timestamp atim = 0;
  Timestamp mtim = 0;
  Timestamp ctim = 0;
};
static_assert(sizeof(Filestat) == 56 && offsetof(Filestat, nlink) == 20 && offsetof(Filestat, size) == 24 &&
              offsetof(Filestat, ctim) == 48);

struct Subscription {
  uint64_t userdata;
  uint8_t tag;
  uint8_t padding[7];
  union {
    uint64_t identifier;  // of a clock
    uint32_t fd;
  };
  uint32_t clock;
  uint8_t padding2[4];
  Timestamp timeout;
  Timestamp precision;
  uint16_t flags;
  uint8_t padding3[6];
};
static_assert(sizeof(Subscription) == 56 && offsetof(Subscription, fd) == 16 &&
              offsetof(Subscription, clock) == 24 && offsetof(Subscription, timeout) == 32 &&
              offsetof(Subscription, flags) == 48);

}  // namespace snapshot0

template <>
inline constexpr uint32_t kLimit<snapshot0::Whence> = 2;

}  // namespace wasmc::wasi

#endif  // WASMC_WASI_TYPES_H
