#include <gtest/gtest.h>
#include <sys/resource.h>
#include <wasmc/wasmc.h>

#include <cstdlib>

namespace wasmc {
namespace {

class MemoryTest : public testing::Test {
 protected:
  Engine engine;
  Store store{engine};
};

TEST_F(MemoryTest, IsZeroedAndReadsBackWhatIsWritten) {
  const Memory memory = *Memory::create(store, {{1, 2}});
  EXPECT_EQ(memory.byteSize(), 65536u);
  EXPECT_EQ(*memory.read<uint64_t>(65528), 0u);
  ASSERT_TRUE(memory.write<uint16_t>(3, 0xbeef));
  EXPECT_EQ(memory.span()[3], 0xef);
  EXPECT_EQ(*memory.read<uint16_t>(3), 0xbeef);
}

TEST_F(MemoryTest, AccessesThatReachBeyondTheEndAreErrors) {
  const Memory memory = *Memory::create(store, {{1, {}}});
  EXPECT_TRUE(memory.read<uint32_t>(65532));
  EXPECT_EQ(memory.read<uint32_t>(65533).error().code, ErrorCode::Memory);
  EXPECT_EQ(memory.read<uint8_t>(UINT64_MAX).error().code, ErrorCode::Memory);
  EXPECT_EQ(memory.write<uint8_t>(65536, 1).error().code, ErrorCode::Memory);
  EXPECT_TRUE(memory.slice(65536, 0));
  EXPECT_EQ(memory.slice(65536, 1).error().code, ErrorCode::Memory);
  EXPECT_EQ(memory.slice(1, UINT64_MAX).error().code, ErrorCode::Memory);
  EXPECT_EQ(memory.string(65530, 7).error().message,
            "7 bytes at address 65530 are not all inside the memory of 65536 bytes");
}

TEST_F(MemoryTest, GrowsToItsMaximumAndNotBeyond) {
  const Memory memory = *Memory::create(store, {{1, 3}});
  const uint8_t* base = memory.span().data();
  EXPECT_EQ(*memory.grow(1), 1u);
  EXPECT_EQ(memory.grow(2).error().code, ErrorCode::Limit);
  EXPECT_EQ(memory.grow(UINT64_MAX).error().code, ErrorCode::Limit);
  EXPECT_EQ(*memory.grow(1), 2u);
  EXPECT_EQ(memory.span().data(), base);
  EXPECT_EQ(memory.span()[3 * 65536 - 1], 0);
  EXPECT_EQ(memory.type().limits.min, 3u);
  EXPECT_EQ(memory.type().limits.max, 3u);
}

TEST_F(MemoryTest, CountsAgainstTheLimitOfItsStore) {
  StoreLimits limits;
  limits.memory_bytes = 3 * 65536;
  const Store limited(engine, limits);
  const Memory first = *Memory::create(limited, {{2, {}}});
  EXPECT_EQ(Memory::create(limited, {{2, {}}}).error().code, ErrorCode::Limit);
  EXPECT_EQ(first.grow(2).error().code, ErrorCode::Limit);
  EXPECT_TRUE(Memory::create(limited, {{1, {}}}));
}

TEST_F(MemoryTest, ImpossibleTypesAreRefused) {
  EXPECT_EQ(Memory::create(store, {{65537, {}}}).error().code, ErrorCode::Limit);
  EXPECT_EQ(Memory::create(store, {{2, 1}}).error().code, ErrorCode::Limit);
  EXPECT_EQ(Memory::create(store, {{(1u << 20) + 1, {}, true, false}}).error().code, ErrorCode::Limit);
  EXPECT_EQ(Memory::create(store, {{1, {}, false, true}}).error().message,
            "memory 1.. shared: a shared memory has a maximum");
}

TEST_F(MemoryTest, With64BitAddressesHasAMaximumOfItsOwn) {
  const Memory memory = *Memory::create(store, {{1, uint64_t{1} << 48, true, false}});
  EXPECT_EQ(memory.grow(1u << 20).error().code, ErrorCode::Limit);
  EXPECT_EQ(*memory.grow(65536), 1u);
  EXPECT_EQ(*memory.read<uint8_t>((uint64_t{1} << 32) + 65535), 0);
  EXPECT_EQ(memory.type().limits.max, uint64_t{1} << 48);
}

// Sanitizers need the address space themselves; qemu ignores the limit.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(WASMC_EMULATED)
TEST(MemoryDeathTest, TooLittleAddressSpaceIsAClearError) {
  EXPECT_EXIT(
      {
        rlimit limit;
        limit.rlim_cur = limit.rlim_max = 1u << 30;
        setrlimit(RLIMIT_AS, &limit);
        const Engine engine;
        const Store store(engine);
        const Result<Memory> memory = Memory::create(store, {{1, {}}});
        const bool clear = !memory && memory.error().code == ErrorCode::Limit &&
                           memory.error().message.find("ulimit -v") != std::string::npos;
        std::exit(clear ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}
#endif

}  // namespace
}  // namespace wasmc
