// Debug builds, and those with AddressSanitizer, notice when two threads use a store at the same time, and
// end the process with a message: what would follow otherwise is a race that shows somewhere else.
#ifndef WASMC_STORE_USE_H
#define WASMC_STORE_USE_H

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace wasmc::detail {

// Which thread is using something. Uses of one thread may be nested.
class UseCheck {
 public:
  void begin() {
    static thread_local constinit char marker = 0;
    const void* user = nullptr;
    if (!user_.compare_exchange_strong(user, &marker) && user != &marker) {
      std::fputs(
          "wasmc: two threads use a store at the same time; a store, and what belongs to it, is for one "
          "thread at a time\n",
          stderr);
      std::abort();
    }
    ++depth_;
  }
  void end() {
    if (--depth_ == 0) user_ = nullptr;
  }

 private:
  std::atomic<const void*> user_ = nullptr;
  unsigned depth_ = 0;  // the user's
};

// The scope of one use.
class UseScope {
 public:
  explicit UseScope(UseCheck& check) : check_(check) { check_.begin(); }
  UseScope(const UseScope&) = delete;
  UseScope& operator=(const UseScope&) = delete;
  ~UseScope() { check_.end(); }

 private:
  UseCheck& check_;
};

// Not with ThreadSanitizer: it would take the check itself for an order between threads.
#if !defined(NDEBUG) || defined(__SANITIZE_ADDRESS__)
#define WASMC_CHECKS_STORE_USE
#endif

// To stand at the beginning of a function that uses a StoreImpl.
#ifdef WASMC_CHECKS_STORE_USE
#define WASMC_USES_STORE(store) const ::wasmc::detail::UseScope store_use_((store).use_check)
#else
#define WASMC_USES_STORE(store) static_cast<void>(0)
#endif

}  // namespace wasmc::detail

#endif  // WASMC_STORE_USE_H
