// Exceptions, as in the legacy proposal: try, catch, catch_all, delegate, throw, rethrow.
//
// Nothing is done for a try until something is thrown. A call in it is an invoke that unwinds to the landing
// pad of the innermost block that exceptions meet, its handler. Landing pads take every exception, for a
// tag's identity is known to the instance only: code behind them, the dispatch, compares tags, and passes on
// what it does not want to the dispatch of the next handler outside, or raises it again for the caller where
// there is none. A throw or rethrow inside of a try goes to the dispatch at once.
//
// An exception that is caught has come to its end: its values are read and it is freed. Only in a clause that
// a rethrow names is it kept. Then every way out of the clause frees it: branches (releaseKept), the end,
// and, because the clause is a handler, too, exceptions that leave it.
#include "lower/handlers.h"

#include <algorithm>

namespace wasmc::compiler {
namespace {

constexpr char kDispatch[] = "dispatch";

// What is left of a clause or of the body of a try when control falls out of it.
void closePart(FunctionContext& f, Label& label) {
  if (!f.reachable()) return;
  if (label.kept) f.callBuiltin(abi::Builtin::exception_free, {label.kept});
  f.addEdge(label);
  f.ir().CreateBr(label.target);
  f.leave();
}

// Goes on where the exceptions arrive that `handler` meets. Returns the exception.
llvm::Value* enterDispatch(FunctionContext& f, const Handler& handler) {
  if (handler.dispatch) {
    f.enter(handler.dispatch);
    return handler.exception;
  }
  // Nothing in the block throws, so what follows is dead; it goes when the function is finished.
  f.enter(f.createBlock("dead"));
  return llvm::PoisonValue::get(f.ir().getPtrTy());
}

// What happens to exceptions that leave a clause which keeps one. The clause's label has been popped.
void closeKeeper(FunctionContext& f, Label& label) {
  if (!label.kept || !label.handler.dispatch) return;
  llvm::Value* const exception = enterDispatch(f, label.handler);
  f.callBuiltin(abi::Builtin::exception_free, {label.kept});
  f.passOn(exception, 0);
}

llvm::Value* valueAddress(FunctionContext& f, llvm::Value* exception, size_t index) {
  return f.ir().CreateConstInBoundsGEP1_64(f.ir().getInt8Ty(), exception,
                                           sizeof(abi::Exception) + index * sizeof(abi::Value));
}

const FuncType& tagType(FunctionContext& f, uint32_t tag) { return f.wasm().types[f.wasm().tags[tag].type]; }

llvm::Value* tagIdentity(FunctionContext& f, uint32_t tag) {
  return f.loadInvariant(f.ir().getPtrTy(), f.module().layout().tag(tag));
}

// From the dispatch into the clause of `tag`, with the values of the exception on the stack.
void enterTaggedClause(FunctionContext& f, Label& label, uint32_t tag) {
  llvm::BasicBlock* const clause = f.createBlock("catch");
  label.otherwise = f.createBlock("other");
  llvm::Value* const found = f.load(label.caught, fields::Exception::tag);
  f.ir().CreateCondBr(f.ir().CreateICmpEQ(found, tagIdentity(f, tag)), clause, label.otherwise);
  f.enter(clause);
  const std::vector<ValType>& types = tagType(f, tag).params;
  for (size_t i = 0; i < types.size(); ++i) {
    f.push(f.ir().CreateAlignedLoad(f.lower(types[i]), valueAddress(f, label.caught, i), llvm::Align(16)));
  }
}

void lowerClause(FunctionContext& f, const Instr& i) {
  Label label = f.popLabel();
  closePart(f, label);
  if (label.kind == Label::Kind::Try) {
    label.caught = enterDispatch(f, label.handler);
  } else {
    closeKeeper(f, label);
    f.enter(label.otherwise);
  }
  label.kind = Label::Kind::Catch;
  label.handler = {};
  label.otherwise = nullptr;
  f.shrink(label.height);
  if (i.op == Opcode::Catch) enterTaggedClause(f, label, i.index);
  label.kept = std::ranges::binary_search(f.wasm().rethrown, i.offset) ? label.caught : nullptr;
  if (!label.kept) f.callBuiltin(abi::Builtin::exception_free, {label.caught});
  f.pushLabel(std::move(label));
}

}  // namespace

// Handlers, the part of the context that all calls need.

Handler* FunctionContext::handlerFrom(uint32_t depth) {
  for (; depth < labels_.size(); ++depth) {
    Label& l = label(depth);
    if (l.kind != Label::Kind::Try && !l.kept) continue;
    if (!l.handler.dispatch) {
      l.handler.dispatch = createBlock(kDispatch);
      l.handler.exception = llvm::PHINode::Create(ir_.getPtrTy(), 2, "exception", l.handler.dispatch);
    }
    return &l.handler;
  }
  return nullptr;
}

llvm::BasicBlock* FunctionContext::landingPad() {
  Handler* const handler = handlerFrom(0);
  if (!handler) return nullptr;
  if (handler->landing) return handler->landing;
  handler->landing = createBlock("landing");
  llvm::IRBuilder<>::InsertPointGuard guard(ir_);
  enter(handler->landing);
  llvm::Type* const unwound = llvm::StructType::get(ir_.getPtrTy(), ir_.getInt32Ty());
  llvm::LandingPadInst* pad = ir_.CreateLandingPad(unwound, 1);
  pad->addClause(llvm::ConstantPointerNull::get(ir_.getPtrTy()));  // every exception
  fuel_.readAgain();
  handler->exception->addIncoming(ir_.CreateExtractValue(pad, 0), handler->landing);
  ir_.CreateBr(handler->dispatch);
  return handler->landing;
}

void FunctionContext::passOn(llvm::Value* exception, uint32_t depth) {
  if (Handler* const handler = handlerFrom(depth)) {
    handler->exception->addIncoming(exception, ir_.GetInsertBlock());
    ir_.CreateBr(handler->dispatch);
  } else {
    llvm::CallInst* call = callBuiltin(abi::Builtin::exception_raise, {exception});
    call->removeFnAttr(llvm::Attribute::NoUnwind);
    call->setDoesNotReturn();
    call->addFnAttr(llvm::Attribute::Cold);
    ir_.CreateUnreachable();
  }
  leave();
}

bool FunctionContext::keepsException(uint32_t depth) const {
  return llvm::any_of(llvm::ArrayRef(labels_).take_back(depth + 1), [](const Label& l) { return l.kept; });
}

void FunctionContext::releaseKept(uint32_t depth) {
  for (const Label& l : llvm::reverse(llvm::ArrayRef(labels_).take_back(depth + 1))) {
    if (l.kept) callBuiltin(abi::Builtin::exception_free, {l.kept});
  }
}

// Instructions.

void lowerTry(FunctionContext& f, const Instr& i) { f.pushLabel(forwardLabel(f, i.block, Label::Kind::Try)); }

void lowerCatch(FunctionContext& f, const Instr& i) { lowerClause(f, i); }

void lowerTryEnd(FunctionContext& f) {
  Label label = f.popLabel();
  closePart(f, label);
  if (label.kind == Label::Kind::Try) {
    label.otherwise = label.handler.dispatch;
    label.caught = label.handler.exception;
  } else {
    closeKeeper(f, label);
  }
  if (label.otherwise) {
    f.enter(label.otherwise);
    f.passOn(label.caught, 0);
  }
  enterJoin(f, label);
}

void lowerDelegate(FunctionContext& f, const Instr& i) {
  Label label = f.popLabel();
  closePart(f, label);
  if (label.handler.dispatch) {
    llvm::Value* const exception = enterDispatch(f, label.handler);
    if (i.index > 0) f.releaseKept(i.index - 1);
    f.passOn(exception, i.index);
  }
  enterJoin(f, label);
}

void lowerThrow(FunctionContext& f, const Instr& i) {
  const auto values = f.pop(tagType(f, i.index).params.size());
  llvm::Value* const exception = f.callBuiltin(abi::Builtin::exception_new, {tagIdentity(f, i.index)});
  for (size_t v = 0; v < values.size(); ++v) {
    f.ir().CreateAlignedStore(values[v], valueAddress(f, exception, v), llvm::Align(16));
  }
  f.passOn(exception, 0);
}

void lowerRethrow(FunctionContext& f, const Instr& i) {
  llvm::Value* const exception = f.label(i.index).kept;
  bool inside_of_try = false;
  for (uint32_t depth = 0; depth < i.index; ++depth) inside_of_try |= f.label(depth).kind == Label::Kind::Try;
  if (inside_of_try) {
    // It may be caught there, and rethrown once more.
    f.callBuiltin(abi::Builtin::exception_share, {exception});
    return f.passOn(exception, 0);
  }
  // The clause gives up what it kept.
  if (i.index > 0) f.releaseKept(i.index - 1);
  f.passOn(exception, i.index + 1);
}

}  // namespace wasmc::compiler
