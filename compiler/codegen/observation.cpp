#include "codegen/observation.h"

#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/IR/Function.h>
#include <llvm/IR/LLVMContext.h>

#include <algorithm>
#include <ctime>

namespace wasmc::compiler {
namespace {

class RemarkHandler : public llvm::DiagnosticHandler {
 public:
  explicit RemarkHandler(Notes& notes) : notes_(notes) {}

  bool isAnalysisRemarkEnabled(llvm::StringRef pass) const override { return wanted(pass); }
  bool isMissedOptRemarkEnabled(llvm::StringRef pass) const override { return wanted(pass); }
  bool isPassedOptRemarkEnabled(llvm::StringRef pass) const override { return wanted(pass); }
  bool isAnyRemarkEnabled() const override { return true; }

  bool handleDiagnostics(const llvm::DiagnosticInfo& info) override {
    const auto* remark = llvm::dyn_cast<llvm::DiagnosticInfoOptimizationBase>(&info);
    if (!remark) return false;
    if (wanted(remark->getPassName())) add(*remark);
    return true;
  }

 private:
  bool wanted(llvm::StringRef pass) const {
    return std::ranges::any_of(notes_.remark_passes,
                               [&](const std::string& p) { return p == "all" || p == pass; });
  }

  static RemarkKind kindOf(const llvm::DiagnosticInfoOptimizationBase& remark) {
    if (remark.isPassed()) return RemarkKind::Done;
    return remark.isMissed() ? RemarkKind::Missed : RemarkKind::Reason;
  }

  void add(const llvm::DiagnosticInfoOptimizationBase& remark) {
    CodeRemark note{kindOf(remark), remark.getPassName().str(), remark.getMsg(),
                    remark.getFunction().getName().str(),
                    remark.isLocationAvailable() ? remark.getLocation().getLine() : 0};
    // The two versions of a loop say the same.
    if (std::ranges::find(notes_.remarks, note) == notes_.remarks.end())
      notes_.remarks.push_back(std::move(note));
  }

  Notes& notes_;
};

const llvm::Function* functionOf(const llvm::Any& ir) {
  const auto* function = llvm::any_cast<const llvm::Function*>(&ir);
  return function ? *function : nullptr;
}

int64_t threadCpuTime() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

}  // namespace

Observation::Observation(llvm::LLVMContext& context, Notes& notes) : context_(context), notes_(notes) {
  if (!notes.remark_passes.empty()) {
    previous_ = context.getDiagnosticHandler();
    context.setDiagnosticHandler(std::make_unique<RemarkHandler>(notes));
  }
  if (notes.time_functions) timeFunctions();
}

Observation::~Observation() {
  if (!notes_.remark_passes.empty()) context_.setDiagnosticHandler(std::move(previous_));
}

// Pass managers are passes, too: the outermost one over a function counts.
void Observation::timeFunctions() {
  callbacks_.registerBeforeNonSkippedPassCallback([this](llvm::StringRef, llvm::Any ir) {
    if (functionOf(ir) && depth_++ == 0) start_ = threadCpuTime();
  });
  callbacks_.registerAfterPassCallback([this](llvm::StringRef, llvm::Any ir, const llvm::PreservedAnalyses&) {
    const llvm::Function* function = functionOf(ir);
    if (function && --depth_ == 0)
      notes_.function_seconds[function->getName().str()] +=
          static_cast<double>(threadCpuTime() - start_) * 1e-9;
  });
}

}  // namespace wasmc::compiler
