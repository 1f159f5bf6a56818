# Warnings and sanitizers for our own targets: wasmc_own(target).
# GCC also calls it shadowing when a constructor names its parameters like the members that they initialise; for
# RISC-V it counts reinterpret_cast among the casts that -Wcast-align is about; and its version 12 is wrong about
# -Wrestrict where strings are added up (GCC bug 105651).
function(wasmc_own target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic $<IF:$<CXX_COMPILER_ID:Clang>,-Wshadow,-Wshadow=local> -Wnon-virtual-dtor
    $<$<CXX_COMPILER_ID:Clang>:-Wcast-align> -Werror
    $<$<CXX_COMPILER_ID:Clang>:-Wno-gnu-zero-variadic-macro-arguments>
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
  if(WASMC_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${WASMC_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(${target} PRIVATE -fsanitize=${WASMC_SANITIZE})
  endif()
endfunction()
