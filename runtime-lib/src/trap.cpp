#include <wasmc/text.h>
#include <wasmc/trap.h>

#include <cstdio>

namespace wasmc {

struct Trap::Data {
  TrapCode code;
  std::vector<Frame> frames;
  uint64_t omitted;
  uint64_t omitted_after;
};

Trap::Trap(TrapCode code) : Trap(code, {}, 0, 0) {}

Trap::Trap(TrapCode code, std::vector<Frame> frames, uint64_t omitted, uint64_t omitted_after)
    : data_(std::make_shared<const Data>(Data{code, std::move(frames), omitted, omitted_after})) {}

TrapCode Trap::code() const { return data_->code; }
const std::vector<Frame>& Trap::frames() const { return data_->frames; }
uint64_t Trap::omitted() const { return data_->omitted; }
uint64_t Trap::omittedAfter() const { return data_->omitted_after; }

std::string Frame::str() const {
  std::string text = module.empty() ? "" : printable(module) + "!";
  text += function.empty() ? "func[" + std::to_string(function_index) + "]" : printable(function);
  if (offset && !inlined) {
    char buffer[24];
    std::snprintf(buffer, sizeof buffer, "@0x%llx", static_cast<unsigned long long>(*offset));
    text += buffer;
  }
  if (inlined) text += " [inlined]";
  if (source) {
    text += " (" + printable(source->file) + ":" + std::to_string(source->line);
    if (source->column != 0) text += ":" + std::to_string(source->column);
    text += ")";
  }
  return text;
}

std::string Trap::str() const {
  std::string text = std::string("wasm trap: ") + message();
  const auto gap = [&] { text += "\n  … " + std::to_string(omitted()) + " more calls …"; };
  for (size_t i = 0; i < frames().size(); ++i) {
    if (omitted() > 0 && i == omittedAfter()) gap();
    text += "\n  at " + frames()[i].str();
  }
  if (omitted() > 0 && omittedAfter() == frames().size()) gap();
  return text;
}

}  // namespace wasmc
