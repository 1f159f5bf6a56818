#include "wasi/context.h"

#include <algorithm>
#include <cstring>

namespace wasmc {

WasiInput WasiInput::inherit() {
  WasiInput result;
  result.kind_ = Kind::Inherit;
  return result;
}

WasiInput WasiInput::bytes(std::string text) {
  return callback([rest = std::move(text), at = size_t{0}](std::span<std::byte> buffer) mutable {
    const size_t count = std::min(buffer.size(), rest.size() - at);
    std::memcpy(buffer.data(), rest.data() + at, count);
    at += count;
    return std::optional<size_t>(count);
  });
}

WasiInput WasiInput::file(std::string path) {
  WasiInput result;
  result.kind_ = Kind::File;
  result.path_ = std::move(path);
  return result;
}

WasiInput WasiInput::callback(Callback read) {
  WasiInput result;
  result.read_ = std::move(read);
  return result;
}

WasiOutput WasiOutput::inherit() {
  WasiOutput result;
  result.kind_ = Kind::Inherit;
  return result;
}

WasiOutput WasiOutput::capture(std::shared_ptr<std::string> text) {
  return callback([text = std::move(text)](std::span<const std::byte> bytes) {
    text->append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return true;
  });
}

WasiOutput WasiOutput::file(std::string path) {
  WasiOutput result;
  result.kind_ = Kind::File;
  result.path_ = std::move(path);
  return result;
}

WasiOutput WasiOutput::callback(Callback write) {
  WasiOutput result;
  result.write_ = std::move(write);
  return result;
}

}  // namespace wasmc
