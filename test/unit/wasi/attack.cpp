#include "attack.h"

#include <fcntl.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace wasmc::wasi::test {
namespace {

namespace fs = std::filesystem;

// Stands in the file outside, in the name of another one, and in the times of all that is outside, so that
// reading, listing and asking for attributes all bring it into memory. The guest has it from nowhere else.
constexpr std::string_view kCanary = "CANARY";

// The nanoseconds since 1970 whose bytes in memory are those of the canary.
timespec canaryTime() {
  uint64_t nanoseconds = 0;
  std::memcpy(&nanoseconds, kCanary.data(), kCanary.size());
  return {static_cast<time_t>(nanoseconds / 1'000'000'000), static_cast<long>(nanoseconds % 1'000'000'000)};
}

constexpr uint64_t kNumbers[] = {
    0,     1,           2,           3,           7,          24,         100,        4095,  4096,     65535,
    65536, 0x7fff'ffff, 0x8000'0000, 0xffff'ffff, 1ull << 32, 1ull << 62, 1ull << 63, ~0ull, ~0ull - 1};

// Where arrays for the functions lie, of this many elements.
constexpr uint32_t kIovecs = 0x100, kSubscriptions = 0x400, kArrayLength = 4;

template <typename P>
inline constexpr size_t kSlotsOf = std::tuple_size_v<typename Param<P>::Wire>;

template <typename P>
inline constexpr bool kIsGuestSpan = false;
template <typename T>
inline constexpr bool kIsGuestSpan<GuestSpan<T>> = true;
template <typename P>
inline constexpr bool kIsGuestAddress = std::is_same_v<P, GuestAddress>;
template <typename T>
inline constexpr bool kIsGuestAddress<GuestPtr<T>> = true;

}  // namespace

Attack::Attack(PathResolver::Method method) : method_(method) {
  std::string name = fs::temp_directory_path() / "wasmc-attack-XXXXXX";
  base_ = mkdtemp(name.data());
  fs::create_directories(base_ / "outside" / "dir");
  std::ofstream(base_ / "outside" / "secret") << kCanary;
  std::ofstream(base_ / "outside" / kCanary) << "its name is enough";
  fs::create_directories(base_ / "root");
  const timespec times[] = {canaryTime(), canaryTime()};
  for (const fs::path& path : outside()) utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW);
  for (const fs::path& path : outside()) before_.push_back(look(path));
}

Attack::~Attack() { fs::remove_all(base_); }

// Empties `root` and fills it again: the folder itself stays, so that what contains it does not change.
void Attack::makeTree() {
  const fs::path root = base_ / "root";
  for (const fs::directory_entry& entry : fs::directory_iterator(root)) fs::remove_all(entry);
  fs::create_directories(root / "a" / "b");
  std::ofstream(root / "file") << "file";
  std::ofstream(root / "a" / "file") << "in a";
  fs::create_symlink("../outside", root / "up");
  fs::create_symlink("../../outside/secret", root / "a" / "up");
  fs::create_symlink(base_ / "outside" / "secret", root / "absolute");
  fs::create_symlink("a/b", root / "link");
}

// Everything but `root`, which must never change.
std::vector<fs::path> Attack::outside() const {
  std::vector<fs::path> paths = {base_};
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(base_ / "outside"))
    paths.push_back(entry);
  paths.push_back(base_ / "outside");
  std::sort(paths.begin(), paths.end());
  return paths;
}

Attack::State Attack::look(const fs::path& path) {
  State state = {.path = path, .status = {}, .content = {}};
  lstat(path.c_str(), &state.status);
  std::ifstream file(path);
  if (S_ISREG(state.status.st_mode)) state.content.assign(std::istreambuf_iterator<char>(file), {});
  return state;
}

bool Attack::State::operator==(const State& other) const {
  const auto same = [](const timespec& a, const timespec& b) {
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
  };
  // The time of the last access is no trace: the test itself reads.
  return path == other.path && content == other.content && status.st_ino == other.status.st_ino &&
         status.st_mode == other.status.st_mode && status.st_nlink == other.status.st_nlink &&
         same(status.st_mtim, other.status.st_mtim) && same(status.st_ctim, other.status.st_ctim);
}

std::optional<std::string> Attack::harm() const {
  const std::vector<fs::path> paths = outside();
  if (paths.size() != before_.size()) return "something outside was created or removed";
  for (size_t i = 0; i < paths.size(); ++i) {
    if (!(look(paths[i]) == before_[i])) return before_[i].path.string() + " has changed";
  }
  return std::nullopt;
}

std::optional<std::string> Attack::run(Choices choices) {
  makeTree();
  std::fill(memory_.begin(), memory_.end(), uint8_t{0});
  WasiConfig config;
  config.args = {"attack"};
  config.preopens = {{base_ / "root", "/", {}}, {base_ / "root" / "a", "/a", WasiPermissions::readOnly()}};
  config.max_descriptors = 64;
  config.max_bytes_written = 1 << 20;
  Result<std::shared_ptr<Context>> context = Context::create(std::move(config), method_);
  if (!context) return context.error().message;
  context_ = *context;
  while (!choices.empty()) {
    callOne(choices);
    const std::string_view bytes(reinterpret_cast<const char*>(memory_.data()), memory_.size());
    if (bytes.find(kCanary) != std::string_view::npos) return "the guest has read what is outside";
  }
  context_.reset();
  return harm();
}

void Attack::callOne(Choices& choices) {
  int index = choices.byte() % 64;
#define WASMC_WASI(snapshots, name, function, parameters) \
  if (index-- == 0) return callWith<&wasi::function>(choices, &wasi::function);
#include "wasi/functions.def"
  // What matters most is called most.
  callWith<&path_open>(choices, &path_open);
}

template <auto kFunction, typename Returned, typename... P>
void Attack::callWith(Choices& choices, Returned (*)(Call&, P...)) {
  uint64_t raw[Binding<kFunction>::kSlots + 1] = {};
  size_t slot = 0;
  ((generate<P>(choices, raw + slot), slot += kSlotsOf<P>), ...);
  static_cast<void>(Binding<kFunction>::call(*context_, GuestMemory(memory_.data(), memory_.size()), raw));
}

void Attack::putIovecs(Choices& choices) {
  for (uint32_t i = 0; i < kArrayLength; ++i) {
    const Iovec vec = {address(choices), static_cast<Size>(choices.byte())};
    std::memcpy(memory_.data() + kIovecs + sizeof(vec) * i, &vec, sizeof(vec));
  }
}

void Attack::putSubscriptions(Choices& choices) {
  for (uint32_t i = 0; i < kArrayLength; ++i) {
    Subscription subscription = {};
    subscription.tag = choices.byte() % 4;
    subscription.fd_or_clock = choices.byte() % 8;
    subscription.timeout = choices.byte();
    std::memcpy(memory_.data() + kSubscriptions + sizeof(subscription) * i, &subscription,
                sizeof(subscription));
  }
}

uint32_t Attack::address(Choices& choices) {
  const uint32_t edge = static_cast<uint32_t>(memory_.size());
  switch (choices.byte() % 8) {
    case 0: return edge - choices.byte();
    case 1: return static_cast<uint32_t>(choices.oneOf(kNumbers));
    default: return 0x1000 + uint32_t{choices.byte()} * 64;
  }
}

std::string Attack::path(Choices& choices) const {
  static constexpr const char* kParts[] = {"..",   ".",   "a",       "b",      "file", "up", "absolute",
                                           "link", "new", "outside", "secret", "dir",  "",   "x"};
  static constexpr const char* kWaysOut[] = {"..",
                                             "../outside",
                                             "../outside/secret",
                                             "../outside/new",
                                             "up",
                                             "up/secret",
                                             "up/dir",
                                             "up/new",
                                             "link/../../../outside",
                                             "a/up",
                                             "a/../..",
                                             "./../outside/dir",
                                             "absolute",
                                             "../root/../outside/secret"};
  const uint8_t kind = choices.byte() % 16;
  if (kind == 0) return base_ / "outside" / "secret";
  if (kind < 8) return choices.oneOf(kWaysOut);
  std::string result;
  const int count = choices.byte() % 6;
  for (int i = 0; i <= count; ++i) result += std::string(i > 0 ? "/" : "") + choices.oneOf(kParts);
  return result;
}

template <typename P>
void Attack::generate(Choices& choices, uint64_t* raw) {
  if constexpr (std::is_same_v<P, GuestPath>) {
    const std::string text = path(choices);
    raw[0] = 0x8000 + 0x1000 * (choices.byte() % 4);
    raw[1] = text.size();
    std::memcpy(memory_.data() + raw[0], text.data(), text.size());
  } else if constexpr (std::is_same_v<P, Fd>) {
    const uint8_t kind = choices.byte() % 16;
    raw[0] = kind == 0 ? choices.oneOf(kNumbers) & 0xffff'ffff : kind < 8 ? 3 : choices.byte() % 10;
  } else if constexpr (std::is_same_v<P, GuestSpan<Iovec>>) {
    putIovecs(choices);
    raw[0] = choices.byte() % 8 == 0 ? address(choices) : kIovecs;
    raw[1] =
        choices.byte() % 8 == 0 ? choices.oneOf(kNumbers) & 0xffff'ffff : choices.byte() % (kArrayLength + 1);
  } else if constexpr (kIsGuestSpan<P>) {
    raw[0] = address(choices);
    raw[1] = choices.byte() % 8 == 0 ? choices.oneOf(kNumbers) & 0xffff'ffff : choices.byte();
  } else if constexpr (std::is_same_v<P, GuestAddress>) {
    putSubscriptions(choices);
    raw[0] = choices.byte() % 4 == 0 ? address(choices) : kSubscriptions;
    // Zeroes are a clock that has run out already, in both layouts: so a poll always comes back.
    if (raw[0] <= memory_.size() - sizeof(snapshot0::Subscription))
      std::memset(memory_.data() + raw[0], 0, sizeof(snapshot0::Subscription));
  } else if constexpr (kIsGuestAddress<P>) {
    raw[0] = address(choices);
  } else if constexpr (std::is_enum_v<P>) {
    raw[0] = choices.byte() % 32 == 0 ? choices.oneOf(kNumbers) & 0xffff'ffff : choices.byte() & kLimit<P>;
  } else if constexpr (std::is_same_v<P, uint32_t>) {
    raw[0] = choices.byte() % 16 == 0 ? choices.oneOf(kNumbers) & 0xffff'ffff : choices.byte() % 9;
  } else {
    // Rights, sizes, offsets.
    raw[0] = choices.byte() % 2 == 0 ? choices.oneOf(kNumbers) : choices.number() & 0x3fff'ffff;
  }
}

}  // namespace wasmc::wasi::test
