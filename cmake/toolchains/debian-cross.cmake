# What the toolchain files of this folder share: Debian's names of cross compilers, and its folders.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR ${WASMC_CROSS_ARCHITECTURE})
set(CMAKE_C_COMPILER ${WASMC_CROSS_ARCHITECTURE}-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER ${WASMC_CROSS_ARCHITECTURE}-linux-gnu-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-${WASMC_CROSS_ARCHITECTURE} -L /usr/${WASMC_CROSS_ARCHITECTURE}-linux-gnu)

# Programs are this machine's, everything else the other's.
set(CMAKE_FIND_ROOT_PATH /usr/${WASMC_CROSS_ARCHITECTURE}-linux-gnu)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
