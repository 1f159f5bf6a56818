#include "coredump.h"

#include <wasmc/coredump.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace wasmc::tool {
namespace {

// What went wrong; empty: nothing.
std::string writeTo(const std::string& file, StoreRef store, const Trap& trap, const std::string& program) {
  std::FILE* out = std::fopen(file.c_str(), "wbx");
  if (!out) return std::strerror(errno);
  const auto sink = [out](std::span<const uint8_t> bytes) {
    return std::fwrite(bytes.data(), 1, bytes.size(), out) == bytes.size();
  };
  errno = 0;
  const Result<void> written = writeCoredump(store, trap, program, sink);
  const int reason = errno;
  const bool closed = std::fclose(out) == 0;
  if (written && closed) return "";
  return reason ? std::strerror(reason) : written ? "cannot close it" : written.error().message;
}

}  // namespace

void dumpCore(StoreRef store, const Error& error, const std::string& program, const std::string& file) {
  if (!error.trap) return;
  const std::string temporary = file + ".part";
  std::remove(temporary.c_str());
  std::string problem = writeTo(temporary, store, *error.trap, program);
  if (problem.empty() && std::rename(temporary.c_str(), file.c_str()) != 0) problem = std::strerror(errno);
  if (problem.empty()) {
    std::fprintf(stderr, "wasmrun: coredump written to %s\n", file.c_str());
    return;
  }
  std::remove(temporary.c_str());
  std::fprintf(stderr, "wasmrun: error: cannot write a coredump to %s: %s\n", file.c_str(), problem.c_str());
}

}  // namespace wasmc::tool
