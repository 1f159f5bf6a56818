# AArch64 from another Linux machine, with Debian's cross compiler (g++-aarch64-linux-gnu) and, to run what was built,
# qemu-user:
#   cmake --preset aarch64 && cmake --build --preset aarch64
set(WASMC_CROSS_ARCHITECTURE aarch64)
include(${CMAKE_CURRENT_LIST_DIR}/debian-cross.cmake)
