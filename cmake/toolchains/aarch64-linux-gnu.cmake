# AArch64 from another Linux machine, with Debian's cross compiler (g++-aarch64-linux-gnu) and, to run what was built,
# qemu-user:
#   cmake -S . -B build/aarch64 -G Ninja --toolchain cmake/toolchains/aarch64-linux-gnu.cmake -DWASMC_COMPILER=OFF
set(WASMC_CROSS_ARCHITECTURE aarch64)
include(${CMAKE_CURRENT_LIST_DIR}/debian-cross.cmake)
