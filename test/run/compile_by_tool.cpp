// In a build for another machine there is no compiler to link. These tests run in an emulator of user
// programs, whose children are programs of the real machine: the wasmc that was built for it.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "guest.h"

namespace wasmc::test {

std::vector<uint8_t> compileNow(std::string_view wat, std::string_view opt_level) {
  std::string folder = (std::filesystem::temp_directory_path() / "wasmc-run-XXXXXX").string();
  if (!mkdtemp(folder.data())) {
    ADD_FAILURE() << "no temporary folder";
    return {};
  }
  const std::string source = folder + (isBinary(wat) ? "/test.wasm" : "/test.wat");
  std::ofstream(source) << wat;
  const std::string command = WASMC_NATIVE_TOOL " --target=" WASMC_TARGET " -O" + std::string(opt_level) +
                              " " + source + " -o " + folder + "/test.so";
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
  std::ifstream file(folder + "/test.so", std::ios::binary);
  std::vector<uint8_t> artifact{std::istreambuf_iterator<char>(file), {}};
  std::filesystem::remove_all(folder);
  return artifact;
}

}  // namespace wasmc::test
