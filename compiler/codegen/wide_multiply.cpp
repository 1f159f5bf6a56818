#include "codegen/wide_multiply.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/PatternMatch.h>
#include <llvm/Transforms/Utils/Local.h>

#include <optional>

namespace wasmc::compiler {
namespace {

using namespace llvm::PatternMatch;

constexpr uint64_t kLowMask = 0xffffffff;

// The value whose low (high) 32 bits `value` is, zero-extended; or null.
llvm::Value* lowHalfOf(llvm::Value* value) {
  llvm::Value* whole = nullptr;
  if (match(value, m_And(m_Value(whole), m_SpecificInt(kLowMask)))) return whole;
  if (match(value, m_ZExt(m_Trunc(m_Value(whole)))) &&
      llvm::cast<llvm::ZExtInst>(value)->getSrcTy()->isIntegerTy(32) && whole->getType()->isIntegerTy(64)) {
    return whole;
  }
  return nullptr;
}

llvm::Value* highHalfOf(llvm::Value* value) {
  llvm::Value* whole = nullptr;
  return match(value, m_LShr(m_Value(whole), m_SpecificInt(32))) ? whole : nullptr;
}

using Half = llvm::Value* (*)(llvm::Value*);

// The factors a and b where `value` is x(a) * y(b).
std::optional<std::pair<llvm::Value*, llvm::Value*>> productOf(llvm::Value* value, Half x, Half y) {
  llvm::Value* p = nullptr;
  llvm::Value* q = nullptr;
  if (!match(value, m_Mul(m_Value(p), m_Value(q)))) return std::nullopt;
  if (x(p) && y(q)) return std::pair(x(p), y(q));
  if (x(q) && y(p)) return std::pair(x(q), y(p));
  return std::nullopt;
}

bool isProductOfHalves(llvm::Value* value, Half x, llvm::Value* a, Half y, llvm::Value* b) {
  llvm::Value* p = nullptr;
  llvm::Value* q = nullptr;
  if (!match(value, m_Mul(m_Value(p), m_Value(q)))) return false;
  return (x(p) == a && y(q) == b) || (x(q) == a && y(p) == b);
}

// `value` as the sum of something of which `part` gives the whole, and the rest.
template <typename Check>
bool isSum(llvm::Value* value, Half part, llvm::Value*& whole, llvm::Value*& rest, Check check) {
  llvm::Value* operands[2];
  if (!match(value, m_Add(m_Value(operands[0]), m_Value(operands[1])))) return false;
  for (const int i : {0, 1}) {
    whole = part(operands[i]);
    rest = operands[1 - i];
    if (whole && check()) return true;
  }
  return false;
}

struct Product {
  llvm::Value *a, *b;
  llvm::Value *t0, *t1, *t2;
};

// The product of which `t2` is a part (see the header).
std::optional<Product> findProduct(llvm::Value* t2) {
  Product found{};
  llvm::Value* cross = nullptr;  // hi(a) * lo(b)
  llvm::Value* other = nullptr;  // lo(a) * hi(b)
  auto checkT1 = [&] {
    const auto factors = productOf(found.t0, lowHalfOf, lowHalfOf);
    if (!factors) return false;
    for (auto [a, b] : {*factors, std::pair(factors->second, factors->first)}) {
      found.a = a;
      found.b = b;
      if (isProductOfHalves(other, lowHalfOf, a, highHalfOf, b) &&
          isProductOfHalves(cross, highHalfOf, a, lowHalfOf, b)) {
        return true;
      }
    }
    return false;
  };
  auto checkT2 = [&] { return isSum(found.t1, highHalfOf, found.t0, other, checkT1); };
  if (!isSum(t2, lowHalfOf, found.t1, cross, checkT2)) return std::nullopt;
  found.t2 = t2;
  return found;
}

// The summands of the largest sum around `part` whose inner sums have no other use.
struct Sum {
  llvm::Instruction* root;
  llvm::SmallVector<llvm::Value*, 8> summands;
};

Sum sumAround(llvm::Instruction* part) {
  auto isAdd = [](llvm::Value* value) { return match(value, m_Add(m_Value(), m_Value())); };
  Sum sum{part, {}};
  while (sum.root->hasOneUse() && isAdd(sum.root->user_back())) sum.root = sum.root->user_back();
  llvm::SmallVector<llvm::Value*, 8> work{sum.root};
  while (!work.empty()) {
    llvm::Value* value = work.pop_back_val();
    if (isAdd(value) && (value == sum.root || value->hasOneUse())) {
      work.append(llvm::cast<llvm::Instruction>(value)->value_op_begin(),
                  llvm::cast<llvm::Instruction>(value)->value_op_end());
    } else {
      sum.summands.push_back(value);
    }
  }
  return sum;
}

template <typename Predicate>
bool removeOne(llvm::SmallVectorImpl<llvm::Value*>& values, Predicate predicate) {
  auto* at = llvm::find_if(values, predicate);
  if (at == values.end()) return false;
  values.erase(at);
  return true;
}

void replace(llvm::Instruction* old, llvm::Value* value) {
  old->replaceAllUsesWith(value);
  llvm::RecursivelyDeleteTriviallyDeadInstructions(old);
}

// Uses the processor's product for `high`, of which `carry` = t2 >> 32 is a summand, and for `low`.
bool rewrite(const Product& product, llvm::Instruction* carry) {
  Sum sum = sumAround(carry);
  if (sum.root == carry) return false;
  const bool complete =
      removeOne(sum.summands, [&](llvm::Value* v) { return v == carry; }) &&
      removeOne(sum.summands, [&](llvm::Value* v) { return highHalfOf(v) == product.t1; }) &&
      removeOne(sum.summands, [&](llvm::Value* v) {
        return isProductOfHalves(v, highHalfOf, product.a, highHalfOf, product.b);
      });
  if (!complete) return false;

  auto* t0 = llvm::cast<llvm::Instruction>(product.t0);
  llvm::IRBuilder<> ir(t0);
  llvm::Value* const wide =
      ir.CreateNUWMul(ir.CreateZExt(product.a, ir.getInt128Ty()), ir.CreateZExt(product.b, ir.getInt128Ty()));
  llvm::Value* const low = ir.CreateTrunc(wide, ir.getInt64Ty());
  llvm::Value* const high = ir.CreateTrunc(ir.CreateLShr(wide, 64), ir.getInt64Ty());

  llvm::SmallVector<llvm::Instruction*, 2> lows;
  for (llvm::User* shifted : product.t2->users()) {
    if (!match(shifted, m_Shl(m_Specific(product.t2), m_SpecificInt(32)))) continue;
    for (llvm::User* user : shifted->users()) {
      llvm::Value* rest = nullptr;
      const bool joined = match(user, m_c_Or(m_Specific(shifted), m_Value(rest))) ||
                          match(user, m_c_Add(m_Specific(shifted), m_Value(rest)));
      if (joined && lowHalfOf(rest) == t0) lows.push_back(llvm::cast<llvm::Instruction>(user));
    }
  }
  ir.SetInsertPoint(sum.root);
  llvm::Value* total = high;
  for (llvm::Value* summand : sum.summands) total = ir.CreateAdd(total, summand);
  for (llvm::Instruction* user : lows) replace(user, low);
  replace(sum.root, total);
  return true;
}

}  // namespace

llvm::PreservedAnalyses WideMultiplyPass::run(llvm::Function& function, llvm::FunctionAnalysisManager&) {
  llvm::SmallVector<llvm::WeakVH, 8> carries;
  for (llvm::Instruction& i : llvm::instructions(function)) {
    if (i.getType()->isIntegerTy(64) && i.getOpcode() == llvm::Instruction::LShr && highHalfOf(&i))
      carries.push_back(&i);
  }
  bool changed = false;
  for (const llvm::WeakVH& handle : carries) {
    auto* carry = llvm::dyn_cast_or_null<llvm::Instruction>(handle);
    if (!carry) continue;  // went with an earlier product
    if (const auto product = findProduct(highHalfOf(carry))) changed |= rewrite(*product, carry);
  }
  if (!changed) return llvm::PreservedAnalyses::all();
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace wasmc::compiler
