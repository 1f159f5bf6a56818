# Helpers for test/*/CMakeLists.txt.
if(CMAKE_CROSSCOMPILING)
  # Debian's libgtest-dev brings the sources with it. CMAKE_CROSSCOMPILING_EMULATOR runs the tests.
  set(INSTALL_GTEST OFF)
  set(BUILD_GMOCK OFF)
  add_subdirectory(/usr/src/googletest ${PROJECT_BINARY_DIR}/googletest EXCLUDE_FROM_ALL)
else()
  find_package(GTest REQUIRED)
endif()
include(GoogleTest)
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# wasmc_gtest(NAME SOURCES file... LIBS library...): a GoogleTest program; ctest runs each of its cases on its own.
function(wasmc_gtest name)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  wasmc_own(${name})
  target_link_libraries(${name} PRIVATE ${arg_LIBS} GTest::gtest_main)
  # Compiling tests takes longer than running them.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O0>)
  if(CMAKE_CROSSCOMPILING)
    target_compile_definitions(${name} PRIVATE WASMC_EMULATED)
  endif()
  # Files of tests stay in this build folder, so that builds can be tested at the same time.
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/test-files)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST
    PROPERTIES TIMEOUT 300 ENVIRONMENT TEST_TMPDIR=${PROJECT_BINARY_DIR}/test-files)
endfunction()
