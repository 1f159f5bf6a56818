# RISC-V from another Linux machine; see aarch64-linux-gnu.cmake.
set(WASMC_CROSS_ARCHITECTURE riscv64)
include(${CMAKE_CURRENT_LIST_DIR}/debian-cross.cmake)
