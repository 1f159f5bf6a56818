// The process's signals: which faults are the guest's, and what becomes of the others. Tests that end the
// process, or change handlers for good, run in a process of their own.
#include <sys/mman.h>

#include <cfenv>
#include <csetjmp>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "guest.h"

namespace wasmc::test {
namespace {

constexpr char kTrapping[] = R"((module
  (import "env" "host" (func $host))
  (memory 1)
  (func $deep (export "deep") (call $deep) (call $deep))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "call_host") (call $host))))";

class Signals : public testing::Test {
 protected:
#ifndef WASMC_EMULATED  // an emulated program cannot start itself again
  Signals() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
#endif
};
using SignalsDeathTest = Signals;

struct Trapping {
  Guest guest;
  Instance instance;

  explicit Trapping(void (*host)() = [] {}) : instance(instantiate(guest, host)) {}
  static Instance instantiate(Guest& guest, void (*host)()) {
    guest.linker.define("env", "host", host);
    return guest.instantiate(kTrapping);
  }
  // Uses the runtime library's handlers once.
  void trap() const {
    EXPECT_EQ(trapOf(get<int32_t(int32_t)>(instance, "load")(-1)), TrapCode::MemoryOutOfBounds);
  }
};

volatile char* forbiddenPage() {
  return static_cast<volatile char*>(mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}

volatile char* volatile expected_address;  // written before the fault that the handler asks about
constexpr int kOwnFault = 42;

void exitOnOwnFault(int, siginfo_t* info, void*) { _exit(info->si_addr == expected_address ? kOwnFault : 1); }

void installExtended() {
  struct sigaction action = {};
  action.sa_sigaction = exitOnOwnFault;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGSEGV, &action, nullptr);
}

void hostFault() {
  expected_address = forbiddenPage();
  *expected_address = 1;
}

TEST_F(SignalsDeathTest, AHandlerThatWasThereBeforeGetsTheHostsFaults) {
  EXPECT_EXIT(
      {
        installExtended();
        const Trapping trapping;
        trapping.trap();
        hostFault();
      },
      testing::ExitedWithCode(kOwnFault), "");
}

TEST_F(SignalsDeathTest, APlainHandlerThatWasThereBeforeGetsTheHostsFaults) {
  EXPECT_EXIT(
      {
        std::signal(SIGSEGV, [](int) { _exit(kOwnFault); });
        const Trapping trapping;
        trapping.trap();
        hostFault();
      },
      testing::ExitedWithCode(kOwnFault), "");
}

TEST_F(SignalsDeathTest, AHandlerInstalledLaterGetsTheHostsFaults) {
  EXPECT_EXIT(
      {
        const Trapping trapping;
        trapping.trap();
        installExtended();
        hostFault();
      },
      testing::ExitedWithCode(kOwnFault), "");
}

sigjmp_buf recovery;

bool recoversFromAFault() {
  if (sigsetjmp(recovery, 1) != 0) return true;
  hostFault();
  return false;
}

TEST_F(SignalsDeathTest, AHandlerThatJumpsOutKeepsWorking) {
  EXPECT_EXIT(
      {
        std::signal(SIGSEGV, [](int) { siglongjmp(recovery, 1); });
        const Trapping trapping;
        int recovered = 0;
        for (int i = 0; i < 3; ++i) {
          trapping.trap();
          recovered += recoversFromAFault();
        }
        std::exit(recovered == 3 ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

TEST_F(SignalsDeathTest, AFaultOfTheHostStillEndsTheProcess) {
  EXPECT_EXIT(
      {
        std::signal(SIGSEGV, SIG_DFL);
        const Trapping trapping;
        trapping.trap();
        hostFault();
      },
      testing::KilledBySignal(SIGSEGV), "");
}

TEST_F(SignalsDeathTest, AFaultInAHostFunctionIsNotTakenForTheGuests) {
  EXPECT_EXIT(
      {
        std::signal(SIGSEGV, SIG_DFL);
        const Trapping trapping(hostFault);
        (void)get<void()>(trapping.instance, "call_host")();
      },
      testing::KilledBySignal(SIGSEGV), "");
}

TEST_F(SignalsDeathTest, ASignalThatIsSentStillEndsTheProcess) {
  EXPECT_EXIT(
      {
        std::signal(SIGSEGV, SIG_DFL);
        const Trapping trapping;
        trapping.trap();
        std::raise(SIGSEGV);
        std::exit(0);
      },
      testing::KilledBySignal(SIGSEGV), "");
}

TEST_F(SignalsDeathTest, AnIgnoredSignalThatIsSentStaysIgnored) {
  EXPECT_EXIT(
      {
        std::signal(SIGSEGV, SIG_IGN);
        const Trapping trapping;
        trapping.trap();
        std::raise(SIGSEGV);
        std::exit(0);
      },
      testing::ExitedWithCode(0), "");
}

TEST_F(Signals, TheMaskIsTheSameAfterATrap) {
  const Trapping trapping;
  sigset_t before;
  sigset_t after;
  pthread_sigmask(SIG_SETMASK, nullptr, &before);
  trapping.trap();
  pthread_sigmask(SIG_SETMASK, nullptr, &after);
  for (int signal = 1; signal < SIGRTMAX; ++signal)
    EXPECT_EQ(sigismember(&before, signal), sigismember(&after, signal)) << signal;
}

TEST_F(Signals, TheRoundingModeIsTheSameAfterATrap) {
  const Trapping trapping;
  std::fesetround(FE_UPWARD);
  trapping.trap();
  EXPECT_EQ(std::fegetround(), FE_UPWARD);
  std::fesetround(FE_TONEAREST);
}

TEST_F(Signals, ALargeAlternateStackOfTheHostIsLeftAlone) {
  const Trapping trapping;
  std::thread([&] {
    std::vector<char> own(64 * 1024);
    stack_t stack = {};
    stack.ss_sp = own.data();
    stack.ss_size = own.size();
    ASSERT_EQ(sigaltstack(&stack, nullptr), 0);
    EXPECT_EQ(trapOf(get<void()>(trapping.instance, "deep")()), TrapCode::StackExhausted);
    stack_t now = {};
    sigaltstack(nullptr, &now);
    EXPECT_EQ(now.ss_sp, own.data());
    stack.ss_flags = SS_DISABLE;
    sigaltstack(&stack, nullptr);
  }).join();
}

TEST_F(Signals, ASmallAlternateStackOfTheHostIsReplaced) {
  const Trapping trapping;
  std::thread([&] {
    std::vector<char> own(static_cast<size_t>(MINSIGSTKSZ));
    stack_t stack = {};
    stack.ss_sp = own.data();
    stack.ss_size = own.size();
    ASSERT_EQ(sigaltstack(&stack, nullptr), 0);
    EXPECT_EQ(trapOf(get<void()>(trapping.instance, "deep")()), TrapCode::StackExhausted);
  }).join();
}

}  // namespace
}  // namespace wasmc::test
