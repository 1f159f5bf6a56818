#include "source.h"

#include "generator.h"

#include <spawn.h>
#include <sys/wait.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

extern char** environ;

namespace wasmc::differential {
namespace {

// NaNs are made zero (--denan), because their payloads differ between machines; that does not know vectors.
// Threads would make waits that do not end.
std::vector<uint8_t> byBinaryen(std::span<const uint8_t> bytes, const std::filesystem::path& scratch) {
  std::string input = scratch.string() + ".bin";
  std::string output = scratch.string() + ".wasm";
  writeFile(input, bytes);
  std::vector<std::string> words = {"wasm-opt",
                                    input,
                                    "-ttf",
                                    "--denan",
                                    "--mvp-features",
                                    "--enable-multivalue",
                                    "--enable-bulk-memory",
                                    "--enable-nontrapping-float-to-int",
                                    "--enable-sign-ext",
                                    "--enable-mutable-globals",
                                    "--enable-exception-handling",
                                    "--quiet",
                                    "-o",
                                    output};
  std::vector<char*> args;
  for (std::string& word : words) args.push_back(word.data());
  args.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", 1, 0);
  pid_t pid = -1;
  const int error = posix_spawnp(&pid, "wasm-opt", &actions, nullptr, args.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  if (error != 0 || waitpid(pid, &status, 0) != pid || status != 0)
    throw std::runtime_error("wasm-opt -ttf failed on " + input + "; Debian's binaryen has it");
  return readFile(output);
}

}  // namespace

std::vector<uint8_t> makeModule(Source source, std::span<const uint8_t> bytes,
                                const std::filesystem::path& scratch) {
  return source == Source::Own ? generateModule(bytes) : byBinaryen(bytes, scratch);
}

std::vector<uint8_t> readFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("can not read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

void writeFile(const std::filesystem::path& path, std::span<const uint8_t> bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) throw std::runtime_error("can not write " + path.string());
}

}  // namespace wasmc::differential
