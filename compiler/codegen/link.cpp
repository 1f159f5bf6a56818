// Objects -> the artifact, by lld in this process.
//
// Nothing goes through the file system: inputs are memory files, the output is a pipe that a thread of ours
// reads. (lld writes to anything that is not a regular file from a buffer in memory; a regular file it would
// replace by a temporary one beside it.) lld keeps its state in one global, so calls take turns.

#include <fcntl.h>
#include <lld/Common/Driver.h>
#include <llvm/BinaryFormat/ELF.h>
#include <llvm/ObjCopy/ConfigManager.h>
#include <llvm/ObjCopy/ObjCopy.h>
#include <llvm/Object/ELFObjectFile.h>
#include <llvm/Support/Error.h>
#include <llvm/Support/raw_ostream.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <mutex>
#include <thread>
#include <utility>

#include "codegen/codegen.h"
#include "codegen/memory_file.h"

LLD_HAS_DRIVER(elf)

namespace wasmc::compiler {
namespace {

// Reads a pipe to its end on a thread.
class PipeReader {
 public:
  static Result<PipeReader> create() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
      return error("cannot make a pipe for the linker: " + errorText(errno));
    PipeReader reader;
    reader.read_end_ = FileDescriptor(ends[0]);
    reader.write_end_ = FileDescriptor(ends[1]);
    return reader;
  }

  void start() {
    thread_ = std::thread([this] {
      std::array<uint8_t, 1 << 16> block;
      for (;;) {
        const ssize_t n = read(read_end_.get(), block.data(), block.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return;
        bytes_.insert(bytes_.end(), block.begin(), block.begin() + n);
      }
    });
  }

  std::string path() const { return write_end_.path(); }

  Bytes finish() {
    write_end_ = FileDescriptor();
    thread_.join();
    return std::move(bytes_);
  }

 private:
  FileDescriptor read_end_, write_end_;
  std::thread thread_;
  Bytes bytes_;
};

// What lld said, with the names of our memory files replaced by what they are.
std::string linkerMessage(std::string text, const std::vector<MemoryFile>& inputs) {
  for (size_t i = inputs.size(); i-- > 0;) {
    const std::string path = inputs[i].path();
    const std::string name = "object " + std::to_string(i);
    for (size_t at = text.find(path); at != std::string::npos; at = text.find(path, at + name.size()))
      text.replace(at, path.size(), name);
  }
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

Result<Bytes> runLinker(const std::vector<Bytes>& objects, const std::vector<std::string>& options) {
  std::vector<MemoryFile> inputs;
  for (const Bytes& object : objects) {
    auto file = MemoryFile::create("wasmc-object", object);
    if (!file) return std::unexpected(file.error());
    inputs.push_back(std::move(*file));
  }
  auto output = PipeReader::create();
  if (!output) return std::unexpected(output.error());

  std::vector<std::string> args = {"ld.lld"};
  args.insert(args.end(), options.begin(), options.end());
  args.insert(args.end(), {"-o", output->path()});
  for (const MemoryFile& input : inputs) args.push_back(input.path());
  std::vector<const char*> argv;
  for (const std::string& arg : args) argv.push_back(arg.c_str());

  static std::mutex one_at_a_time;
  std::string messages;
  llvm::raw_string_ostream out(messages);
  lld::Result result{};
  output->start();
  {
    const std::lock_guard lock(one_at_a_time);
    result = lld::lldMain(argv, out, out, {{lld::Gnu, &lld::elf::link}});
  }
  Bytes bytes = output->finish();
  if (result.retCode != 0) return error("internal error in linking: " + linkerMessage(messages, inputs));
  return bytes;
}

// The code must not depend on anything outside: a name that is still undefined is one that LLVM invented.
std::string undefinedSymbols(const llvm::object::ELFObjectFileBase& object) {
  std::string names;
  for (const llvm::object::ELFSymbolRef symbol : object.symbols()) {
    auto flags = symbol.getFlags();
    auto name = symbol.getName();
    if (flags && name && (*flags & llvm::object::SymbolRef::SF_Undefined) && !name->empty())
      names += (names.empty() ? "" : ", ") + name->str();
    if (!flags) llvm::consumeError(flags.takeError());
    if (!name) llvm::consumeError(name.takeError());
  }
  return names;
}

std::unexpected<Diagnostic> objcopyError(llvm::Error e) {
  return error("internal error in making symbols local: " + llvm::toString(std::move(e)));
}

// Makes all symbols but the descriptor local.
Result<Bytes> localise(const Bytes& bytes, const LinkOptions& options) {
  const llvm::StringRef data(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  auto file = llvm::object::ObjectFile::createELFObjectFile(llvm::MemoryBufferRef(data, "linked object"));
  if (!file) return objcopyError(file.takeError());
  if (const std::string names = undefinedSymbols(llvm::cast<llvm::object::ELFObjectFileBase>(**file));
      !names.empty())
    return error("internal error in linking: undefined symbols: " + names);

  llvm::objcopy::ConfigManager config;
  config.Common.OutputFilename = "artifact";
  config.Common.StripDebug = !options.debug_info;
  config.Common.StripUnneeded = !options.symbols;
  if (llvm::Error e = config.Common.SymbolsToKeepGlobal.addMatcher(
          llvm::objcopy::NameOrPattern::create(options.descriptor_symbol, llvm::objcopy::MatchStyle::Literal,
                                               [](llvm::Error inner) { return inner; })))
    return objcopyError(std::move(e));
  llvm::SmallVector<char, 0> result;
  llvm::raw_svector_ostream out(result);
  if (llvm::Error e = llvm::objcopy::executeObjcopyOnBinary(config, **file, out))
    return objcopyError(std::move(e));
  return Bytes(result.begin(), result.end());
}

}  // namespace

Result<Bytes> linkSharedObject(const std::vector<Bytes>& objects, const Target&, const LinkOptions& options) {
  std::vector<std::string> flags = {
      "-shared",
      "--no-undefined",  // an artifact reaches the host through its instance and LibCalls only
      "-Bsymbolic",
      "-z",
      "relro",
      "-z",
      "now",
      "-z",
      "noexecstack",
      "-z",
      "separate-code",
      "--hash-style=gnu",
      "--build-id=sha1",  // of the contents: the same for the same artifact
      "--eh-frame-hdr",
      "--fatal-warnings",
      "--threads=1",
  };
  if (!options.debug_info) flags.push_back(options.symbols ? "--strip-debug" : "--strip-all");
  return runLinker(objects, flags);
}

Result<Bytes> linkRelocatable(const std::vector<Bytes>& objects, const Target&, const LinkOptions& options) {
  // Groups are dissolved: the pointer to the personality is in one under a name that all modules' objects
  // have, and a program's linker would keep only the first.
  auto merged = runLinker(objects, {"-r", "--force-group-allocation", "--threads=1"});
  if (!merged) return merged;
  return localise(*merged, options);
}

}  // namespace wasmc::compiler
