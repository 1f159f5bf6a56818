#include "driver/observer.h"

#include <algorithm>

#include "support/diagnostic.h"
#include "support/symbols.h"

namespace wasmc::compiler {
namespace {

Remark::Kind publicKind(RemarkKind kind) {
  switch (kind) {
    case RemarkKind::Done: return Remark::Kind::Done;
    case RemarkKind::Missed: return Remark::Kind::Missed;
    case RemarkKind::Reason: return Remark::Kind::Reason;
  }
  return Remark::Kind::Reason;
}

const char* kindText(Remark::Kind kind) {
  switch (kind) {
    case Remark::Kind::Done: return "done";
    case Remark::Kind::Missed: return "missed";
    case Remark::Kind::Reason: return "reason";
  }
  return "";
}

}  // namespace

std::string Remark::describe(std::string_view file) const {
  std::string text(file);
  if (offset) text += ":" + hexadecimal(*offset);
  return text + ": " + kindText(kind) + ": " + message + " [" + pass + "] in " + function;
}

Notes Observer::newNotes() const {
  Notes notes;
  notes.remark_passes = options_.remarks;
  notes.time_functions = options_.time_functions;
  return notes;
}

uint64_t Observer::weight(uint32_t first, uint32_t count) const {
  uint64_t sum = 0;
  for (uint32_t f = first; f < first + count; ++f) sum += module_.functions[f].body_size;
  return sum;
}

void Observer::unitDone(const Unit& unit) {
  if (!options_.progress) return;
  const std::lock_guard lock(mutex_);
  const auto defined = static_cast<uint32_t>(module_.functions.size()) - module_.imported_functions;
  weight_done_ += weight(unit.first, unit.count);
  progress_.functions = defined;
  progress_.functions_done += unit.count;
  progress_.share =
      static_cast<double>(weight_done_) / static_cast<double>(weight(module_.imported_functions, defined));
  options_.progress(progress_);
}

void Observer::finish(const std::vector<Notes>& notes, CompileResult& result) const {
  for (const Notes& unit : notes) {
    for (const CodeRemark& r : unit.remarks) {
      // Lowering's lines are byte offsets plus one.
      const auto offset = r.line == 0 ? std::nullopt : std::optional<uint64_t>(r.line - 1);
      result.remarks.push_back({publicKind(r.kind), r.pass, r.message, labelOfSymbol(r.symbol), offset});
    }
    for (const auto& [symbol, seconds] : unit.function_seconds)
      if (functionIndexOfSymbol(symbol) >= 0)
        result.function_times.push_back({labelOfSymbol(symbol), seconds});
  }
  std::ranges::sort(result.function_times, std::ranges::greater(), &FunctionTime::seconds);
}

}  // namespace wasmc::compiler
