// A guest for tests: 64 KiB of memory, a WASI context, and a tree of files of its own.
#ifndef WASMC_TEST_UNIT_WASI_GUEST_H
#define WASMC_TEST_UNIT_WASI_GUEST_H

#include "wasi/binding.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace wasmc::wasi {

inline std::ostream& operator<<(std::ostream& out, Errno error) { return out << errnoName(error); }

namespace test {

namespace fs = std::filesystem;

inline constexpr Fd kRoot{3};  // the preopened directory

// Folder `root` is what the guest gets; `outside`, beside it, holds what it must not reach.
class GuestTest : public testing::Test {
 protected:
  GuestTest() {
    std::string name = fs::temp_directory_path() / "wasmc-wasi-XXXXXX";
    base_ = mkdtemp(name.data());
    fs::create_directories(root());
    fs::create_directories(outside());
    write(outside() / "secret", "canary");
  }
  ~GuestTest() override { fs::remove_all(base_); }

  fs::path root() const { return base_ / "root"; }
  fs::path outside() const { return base_ / "outside"; }

  static void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }
  static std::string read(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  // A configuration with `root` as descriptor 3.
  WasiConfig config(WasiPermissions permissions = {}) const {
    WasiConfig config;
    config.preopens.push_back({root(), "/", permissions});
    return config;
  }
  void start(WasiConfig config, PathResolver::Method method = PathResolver::Method::Detect) {
    Result<std::shared_ptr<Context>> context = Context::create(std::move(config), method);
    ASSERT_TRUE(context) << context.error().message;
    context_ = *context;
  }
  Context& context() { return *context_; }

  // Calls a function with the numbers that a guest would pass.
  template <auto kFunction, typename... Raw>
  auto call(Raw... raw) {
    static_assert(sizeof...(Raw) == Binding<kFunction>::kSlots, "one number for each wasm parameter");
    const uint64_t values[] = {static_cast<uint64_t>(raw)..., 0};
    return Binding<kFunction>::call(*context_, GuestMemory(memory_.data(), memory_.size()), values);
  }

  // A path as the two numbers of a GuestPath, at one of the places from 0x1000 and 0x3000.
  struct Text {
    uint32_t at;
    uint32_t size;
  };
  Text text(std::string_view bytes, uint32_t at = 0x1000) {
    std::memcpy(memory_.data() + at, bytes.data(), bytes.size());
    return {at, static_cast<uint32_t>(bytes.size())};
  }

  template <typename T>
  void put(uint32_t at, const T& value) {
    std::memcpy(memory_.data() + at, &value, sizeof(T));
  }
  template <typename T>
  T get(uint32_t at) const {
    T value;
    std::memcpy(&value, memory_.data() + at, sizeof(T));
    return value;
  }
  std::string bytes(uint32_t at, uint32_t size) const {
    return {reinterpret_cast<const char*>(memory_.data()) + at, size};
  }
  std::vector<uint8_t>& memory() { return memory_; }
  uint32_t memorySize() const { return static_cast<uint32_t>(memory_.size()); }

  static constexpr uint32_t kOut = 0x100;  // where results go

  Errno open(Fd directory, std::string_view path, OFlags oflags = {}, Rights base = rights::FdRead,
             LookupFlags lookup = LookupFlags::SymlinkFollow, FdFlags flags = FdFlags::None) {
    const Text at = text(path);
    return call<&path_open>(directory, lookup, at.at, at.size, oflags, base, rights::kDirectoryInheriting,
                            flags, kOut);
  }
  Fd opened() const { return static_cast<Fd>(get<uint32_t>(kOut)); }

  // One iovec at 0x200 over the bytes at 0x5000.
  Errno writeText(Fd fd, std::string_view bytes) {
    text(bytes, 0x5000);
    put(0x200, Iovec{0x5000, static_cast<Size>(bytes.size())});
    return call<&fd_write>(fd, 0x200, 1, kOut);
  }
  std::string readText(Fd fd, uint32_t size = 4096) {
    put(0x200, Iovec{0x5000, size});
    const Errno error = call<&fd_read>(fd, 0x200, 1, kOut);
    return error == Errno::Success ? bytes(0x5000, get<uint32_t>(kOut)) : errnoName(error);
  }

 private:
  fs::path base_;
  std::vector<uint8_t> memory_ = std::vector<uint8_t>(65536);
  std::shared_ptr<Context> context_;
};

}  // namespace test
}  // namespace wasmc::wasi

#endif  // WASMC_TEST_UNIT_WASI_GUEST_H
