#include "attack.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace wasmc::wasi::test {
namespace {

namespace fs = std::filesystem;

// Stands in the file outside and in the name of another one. The guest never writes it, so it has it only
// from there.
constexpr std::string_view kCanary = "CANARY";

constexpr uint64_t kNumbers[] = {
    0,     1,           2,           3,           7,          24,         100,        4095,  4096,     65535,
    65536, 0x7fff'ffff, 0x8000'0000, 0xffff'ffff, 1ull << 32, 1ull << 62, 1ull << 63, ~0ull, ~0ull - 1};

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
  makeTree();
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

Attack::Traces Attack::traces() const {
  Traces result;
  for (const fs::path& path :
       {base_, base_ / "outside", base_ / "outside" / "dir", base_ / "outside" / "secret"}) {
    struct stat status = {};
    lstat(path.c_str(), &status);
    result.states.push_back(status);
  }
  std::ifstream file(base_ / "outside" / "secret");
  result.secret.assign(std::istreambuf_iterator<char>(file), {});
  return result;
}

std::optional<std::string> Attack::harm() {
  const auto same = [](const timespec& a, const timespec& b) {
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
  };
  const Traces now = traces();
  if (now.secret != before_.secret) return "the file outside has changed";
  for (size_t i = 0; i < now.states.size(); ++i) {
    const struct stat &a = before_.states[i], &b = now.states[i];
    if (!same(a.st_mtim, b.st_mtim) || !same(a.st_ctim, b.st_ctim) || a.st_nlink != b.st_nlink ||
        a.st_ino != b.st_ino) {
      return "trace " + std::to_string(i) + " outside has changed";
    }
  }
  return std::nullopt;
}

std::optional<std::string> Attack::run(Choices choices) {
  makeTree();
  before_ = traces();
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
  prepareMemory(choices);
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

// Iovecs and subscriptions at 0x100 and 0x400 for functions that read them. No subscription waits for long.
void Attack::prepareMemory(Choices& choices) {
  for (uint32_t i = 0; i < 8; ++i) {
    const Iovec vec = {address(choices), static_cast<Size>(choices.byte())};
    std::memcpy(memory_.data() + 0x100 + 8 * i, &vec, sizeof(vec));
    Subscription subscription = {};
    subscription.tag = choices.byte() % 4;
    subscription.fd_or_clock = choices.byte() % 8;
    subscription.timeout = choices.byte();
    std::memcpy(memory_.data() + 0x400 + 48 * i, &subscription, sizeof(subscription));
  }
  // One that is there at once, so that the call comes back.
  const Subscription now = {};
  std::memcpy(memory_.data() + 0x400, &now, sizeof(now));
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
  if (choices.byte() % 16 == 0) return base_ / "outside" / "secret";
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
    raw[0] = choices.byte() % 16 == 0 ? choices.oneOf(kNumbers) & 0xffff'ffff : choices.byte() % 10;
  } else if constexpr (std::is_same_v<P, GuestSpan<Iovec>>) {
    raw[0] = choices.byte() % 8 == 0 ? address(choices) : 0x100;
    raw[1] = choices.byte() % 8 == 0 ? choices.oneOf(kNumbers) & 0xffff'ffff : choices.byte() % 9;
  } else if constexpr (kIsGuestSpan<P>) {
    raw[0] = address(choices);
    raw[1] = choices.byte() % 8 == 0 ? choices.oneOf(kNumbers) & 0xffff'ffff : choices.byte();
  } else if constexpr (std::is_same_v<P, GuestAddress>) {
    raw[0] = choices.byte() % 4 == 0 ? address(choices) : 0x400;
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
