#include "engines.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>

// What is on by default in some versions of node and not in others.
#define WASMC_NODE_OPTIONS \
  "--experimental-wasm-memory64 --experimental-wasm-extended-const --experimental-wasm-return-call"

namespace wasmc::differential {
namespace {

using nlohmann::json;

std::string base64(std::span<const uint8_t> bytes) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = static_cast<uint32_t>(bytes[i]) << 16;
    if (i + 1 < bytes.size()) group |= static_cast<uint32_t>(bytes[i + 1]) << 8;
    if (i + 2 < bytes.size()) group |= bytes[i + 2];
    for (size_t k = 0; k < 4; ++k) text += i + k > bytes.size() ? '=' : kDigits[group >> (18 - 6 * k) & 63];
  }
  return text;
}

const char* nameOf(Type type) {
  switch (type) {
    case Type::I32: return "i32";
    case Type::I64: return "i64";
    case Type::F32: return "f32";
    case Type::F64: return "f64";
    default: return "ref";
  }
}

}  // namespace

struct Node::Process {
  Process();
  ~Process();
  pid_t pid;
  FILE* to;
  FILE* from;
};

bool Node::present() {
  static const bool kPresent = std::system("node " WASMC_NODE_OPTIONS " --version >/dev/null 2>&1") == 0;
  return kPresent;
}

Node::Process::Process() {
  int input[2], output[2];
  if (pipe2(input, O_CLOEXEC) != 0 || pipe2(output, O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  pid = fork();
  if (pid == 0) {
    dup2(input[0], STDIN_FILENO);
    dup2(output[1], STDOUT_FILENO);
    execlp("sh", "sh", "-c", "exec node " WASMC_NODE_OPTIONS " \"$0\"", WASMC_DIFFERENTIAL_NODE_SCRIPT,
           nullptr);
    _exit(127);
  }
  close(input[0]);
  close(output[1]);
  to = fdopen(input[1], "w");
  from = fdopen(output[0], "r");
}

Node::Process::~Process() {
  fclose(to);
  fclose(from);
  kill(pid, SIGKILL);
  waitpid(pid, nullptr, 0);
}

Node::Node() : process_(std::make_unique<Process>()) {
  // Where node crashes, writing to it is an error.
  signal(SIGPIPE, SIG_IGN);
}
Node::~Node() = default;

Run Node::run(std::span<const uint8_t> wasm, const Script& script) {
  json calls = json::array();
  for (const Call& call : script.calls) {
    json args = json::array();
    json results = json::array();
    for (const Argument& argument : call.arguments)
      args.push_back({nameOf(argument.type), std::to_string(argument.bits)});
    for (Type result : call.results) results.push_back(nameOf(result));
    calls.push_back({{"name", call.function}, {"args", args}, {"results", results}});
  }
  json globals = json::object();
  for (const auto& [name, type] : script.globals) globals[name] = nameOf(type);
  const std::string line = json{{"wasm", base64(wasm)}, {"calls", calls}, {"globals", globals}}.dump() + "\n";
  fwrite(line.data(), 1, line.size(), process_->to);
  fflush(process_->to);

  char* answer = nullptr;
  size_t capacity = 0;
  const ssize_t length = getline(&answer, &capacity, process_->from);
  const std::string text(answer ? answer : "", length > 0 ? static_cast<size_t>(length) : 0);
  free(answer);
  if (text.empty()) {
    process_ = std::make_unique<Process>();
    return {"V8 crashes", {}};
  }
  return fromText(text);
}

}  // namespace wasmc::differential
