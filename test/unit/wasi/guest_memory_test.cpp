// The checks between addresses of the guest and bytes of the host.
#include "wasi/guest_memory.h"

#include <gtest/gtest.h>

#include <vector>

namespace wasmc::wasi {
namespace {

class GuestMemoryTest : public testing::Test {
 protected:
  std::vector<uint8_t> bytes = std::vector<uint8_t>(65536);
  GuestMemory memory{bytes.data(), bytes.size()};
};

TEST_F(GuestMemoryTest, PointerToTheLastBytesIsInside) { EXPECT_TRUE(memory.pointer<uint64_t>(65528)); }

TEST_F(GuestMemoryTest, PointerThatReachesOneByteTooFarIsOutside) {
  EXPECT_FALSE(memory.pointer<uint64_t>(65529));
}

TEST_F(GuestMemoryTest, AddressAtTheEndOfTheAddressSpaceIsOutside) {
  EXPECT_FALSE(memory.pointer<uint64_t>(0xffff'ffff));
  EXPECT_FALSE(memory.span<uint8_t>(0xffff'ffff, 1));
}

TEST_F(GuestMemoryTest, SizeOfASpanDoesNotOverflow) {
  // 2^29 elements of 8 bytes are 2^32 bytes: 0 in 32 bits.
  EXPECT_FALSE(memory.span<uint64_t>(0, 0x2000'0000));
  EXPECT_FALSE(memory.span<uint64_t>(0, 0xffff'ffff));
}

TEST_F(GuestMemoryTest, SumOfAddressAndLengthDoesNotOverflow) {
  EXPECT_FALSE(memory.span<uint8_t>(0xffff'fff0, 0x20));
}

TEST_F(GuestMemoryTest, EmptySpanIsInsideEverywhere) {
  EXPECT_TRUE(memory.span<uint8_t>(65536, 0));
  EXPECT_TRUE(memory.span<uint8_t>(0xffff'ffff, 0));
}

TEST_F(GuestMemoryTest, WholeMemoryIsInside) { EXPECT_TRUE(memory.span<uint8_t>(0, 65536)); }

TEST_F(GuestMemoryTest, MemoryOf4GiBHasNoOverflowAtItsEnd) {
  // Never accessed: only the arithmetic is asked for.
  const GuestMemory full(bytes.data(), uint64_t{1} << 32);
  EXPECT_TRUE(full.pointer<uint8_t>(0xffff'ffff));
  EXPECT_FALSE(full.pointer<uint16_t>(0xffff'ffff));
}

TEST_F(GuestMemoryTest, ValuesAreReadAndWrittenAtAnyAlignment) {
  const auto pointer = memory.pointer<uint64_t>(3);
  ASSERT_TRUE(pointer);
  pointer->store(0x0123'4567'89ab'cdef);
  EXPECT_EQ(pointer->load(), 0x0123'4567'89ab'cdef);
  EXPECT_EQ(bytes[3], 0xef);
}

TEST_F(GuestMemoryTest, NothingIsInsideAMissingMemory) {
  EXPECT_FALSE(GuestMemory(nullptr, 0).pointer<uint8_t>(0));
}

}  // namespace
}  // namespace wasmc::wasi
