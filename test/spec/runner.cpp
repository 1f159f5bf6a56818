#include "runner.h"

#include "spectest.h"
#include "values.h"

#include <wasmc/wasmc.h>

#include <algorithm>
#include <map>
#include <optional>

namespace wasmc::spec {
namespace {

// What a module of a script came to: usable, or not, with the outcome of everything that asks for it.
template <typename T>
struct Slot {
  std::optional<T> value;
  Outcome otherwise = Outcome::failed("the script has no module yet");
};

std::string describeError(const Error& error) {
  return std::string(errorName(error.code)) + ": " + error.message;
}

// Messages of the suite may say less than ours or, with a number behind, more.
bool sameMessage(const std::string& found, const std::string& expected) {
  return found.starts_with(expected) || expected.starts_with(found);
}

class Runner {
 public:
  Runner(const Script& script, const std::string& level, const Compile& compile, bool signals,
         Manifest& manifest)
      : script_(script),
        level_(level),
        compile_(compile),
        manifest_(manifest),
        engine_({.signal_handlers = signals}) {}

  ScriptResult run();

 private:
  Outcome execute(const Command& command);
  Outcome defineModule(const Command& command, bool instantiate_it);
  Outcome instantiateDefinition(const Command& command);
  Outcome registerModule(const Command& command);
  Outcome act(const Command& command);
  Outcome assertReturn(const Command& command);
  Outcome assertTrap(const Command& command);
  Outcome assertRefused(const Command& command);
  Outcome assertInstantiationFails(const Command& command, ErrorCode code);

  // The module of a file, or why there is none.
  Slot<Module> compile(const Command& command);
  Slot<Instance> instantiate(const Slot<Module>& module);
  Outcome instantiationFailed(const Module& module, const Error& error) const;
  // Runs the action on `instance`; the outcome is set where it could not even be tried.
  Result<std::vector<Val>> perform(const Action& action, const Instance& instance,
                                   std::optional<Outcome>& not_tried);
  const Slot<Instance>& instanceNamed(const std::string& name) const;

  const Script& script_;
  const std::string& level_;
  const Compile& compile_;
  Manifest& manifest_;
  Engine engine_;
  Store store_{engine_};
  Linker linker_{engine_};
  ValueMaker values_{store_};
  Slot<Instance> current_;
  Slot<Module> definition_;
  std::map<std::string, Slot<Instance>> instances_;
  std::map<std::string, Slot<Module>> definitions_;
  std::map<std::string, Outcome> missing_;  // registered names without an instance behind them
};

ScriptResult Runner::run() {
  ScriptResult result{script_.name, level_, 0, {}, {}, {}};
  if (Result<void> ready = defineSpectest(linker_, store_); !ready)
    result.failures.push_back(script_.name + ": spectest: " + describeError(ready.error()));
  for (const Command& command : script_.commands) {
    Outcome outcome = execute(command);
    if (outcome.status == Outcome::Status::Failed)
      if (std::optional<std::string> reason = manifest_.command(script_.name, command.line))
        outcome = Outcome::skipped(*reason);
    switch (outcome.status) {
      case Outcome::Status::Passed: ++result.passed; break;
      case Outcome::Status::Skipped: ++result.skipped[outcome.text]; break;
      case Outcome::Status::Failed:
        result.failures.push_back(script_.name + ":" + std::to_string(command.line) + ": " + command.type +
                                  ": " + outcome.text);
        break;
    }
  }
  result.manifest_rows = manifest_.used();
  return result;
}

Outcome Runner::execute(const Command& command) {
  const std::string& type = command.type;
  if (type == "module") return defineModule(command, true);
  if (type == "module_definition") return defineModule(command, false);
  if (type == "module_instance") return instantiateDefinition(command);
  if (type == "register") return registerModule(command);
  if (type == "action") return act(command);
  if (type == "assert_return") return assertReturn(command);
  if (type == "assert_trap" || type == "assert_exhaustion" || type == "assert_exception")
    return assertTrap(command);
  if (type == "assert_invalid" || type == "assert_malformed" || type == "assert_invalid_custom" ||
      type == "assert_malformed_custom")
    return assertRefused(command);
  if (type == "assert_unlinkable") return assertInstantiationFails(command, ErrorCode::Link);
  if (type == "assert_uninstantiable") return assertInstantiationFails(command, ErrorCode::Trap);
  return Outcome::failed("unknown command");
}

Slot<Module> Runner::compile(const Command& command) {
  const Compiled compiled = compile_(script_.folder / command.filename, level_);
  if (!compiled) {
    if (std::optional<std::string> reason = manifest_.refusal(compiled.error()))
      return {std::nullopt, Outcome::skipped(*reason)};
    return {std::nullopt,
            Outcome::failed("the compiler refuses " + command.filename + ": " + compiled.error())};
  }
  Result<Module> module = Module::fromBytes(engine_, *compiled);
  if (!module)
    return {std::nullopt,
            Outcome::failed("the loader refuses " + command.filename + ": " + describeError(module.error()))};
  return {*module, {}};
}

Slot<Instance> Runner::instantiate(const Slot<Module>& module) {
  if (!module.value) return {std::nullopt, module.otherwise};
  Result<Instance> instance = linker_.instantiate(store_, *module.value);
  if (!instance) return {std::nullopt, instantiationFailed(*module.value, instance.error())};
  return {*instance, {}};
}

Outcome Runner::instantiationFailed(const Module& module, const Error& error) const {
  if (error.code == ErrorCode::Link)
    for (const ImportType& import : module.imports())
      if (const auto missing = missing_.find(import.module); missing != missing_.end())
        return missing->second;
  return Outcome::failed("instantiation: " + describeError(error));
}

Outcome Runner::defineModule(const Command& command, bool instantiate_it) {
  definition_ = compile(command);
  if (!command.name.empty()) definitions_[command.name] = definition_;
  if (!instantiate_it) return definition_.value ? Outcome::passed() : definition_.otherwise;
  current_ = instantiate(definition_);
  if (!command.name.empty()) instances_[command.name] = current_;
  return current_.value ? Outcome::passed() : current_.otherwise;
}

Outcome Runner::instantiateDefinition(const Command& command) {
  const auto named = definitions_.find(command.module);
  current_ = instantiate(named == definitions_.end() ? definition_ : named->second);
  if (!command.instance.empty()) instances_[command.instance] = current_;
  return current_.value ? Outcome::passed() : current_.otherwise;
}

const Slot<Instance>& Runner::instanceNamed(const std::string& name) const {
  const auto named = instances_.find(name);
  return named == instances_.end() ? current_ : named->second;
}

Outcome Runner::registerModule(const Command& command) {
  const Slot<Instance>& instance = instanceNamed(command.name);
  if (!instance.value) {
    missing_[command.as] = instance.otherwise;
    return instance.otherwise;
  }
  missing_.erase(command.as);
  linker_.defineInstance(command.as, *instance.value);
  return Outcome::passed();
}

Result<std::vector<Val>> Runner::perform(const Action& action, const Instance& instance,
                                         std::optional<Outcome>& not_tried) {
  if (action.is_get) {
    const Result<Global> global = instance.global(action.field);
    if (!global) return std::unexpected(global.error());
    return std::vector{global->get()};
  }
  std::vector<Val> args;
  for (const Constant& constant : action.args) {
    std::expected<Val, std::string> value = values_.make(constant);
    if (!value) {
      not_tried = Outcome::failed(value.error());
      return {};
    }
    args.push_back(*value);
  }
  const Result<Func> func = instance.func(action.field);
  if (!func) return std::unexpected(func.error());
  return func->call(args);
}

Outcome Runner::act(const Command& command) {
  const Slot<Instance>& instance = instanceNamed(command.action.module);
  if (!instance.value) return instance.otherwise;
  std::optional<Outcome> not_tried;
  const Result<std::vector<Val>> results = perform(command.action, *instance.value, not_tried);
  if (not_tried) return *not_tried;
  return results ? Outcome::passed()
                 : Outcome::failed(command.action.field + ": " + describeError(results.error()));
}

Outcome Runner::assertReturn(const Command& command) {
  const Slot<Instance>& instance = instanceNamed(command.action.module);
  if (!instance.value) return instance.otherwise;
  std::optional<Outcome> not_tried;
  const Result<std::vector<Val>> results = perform(command.action, *instance.value, not_tried);
  if (not_tried) return *not_tried;
  if (!results) return Outcome::failed(command.action.field + ": " + describeError(results.error()));
  if (results->size() != command.expected.size())
    return Outcome::failed(command.action.field + ": found " + std::to_string(results->size()) +
                           " results, expected " + std::to_string(command.expected.size()));
  for (size_t i = 0; i < results->size(); ++i)
    if (!matches(command.expected[i], (*results)[i]))
      return Outcome::failed(command.action.field + ": found " + describe((*results)[i]) + ", expected " +
                             describe(command.expected[i]));
  return Outcome::passed();
}

Outcome Runner::assertTrap(const Command& command) {
  const Slot<Instance>& instance = instanceNamed(command.action.module);
  if (!instance.value) return instance.otherwise;
  std::optional<Outcome> not_tried;
  const Result<std::vector<Val>> results = perform(command.action, *instance.value, not_tried);
  if (not_tried) return *not_tried;
  const std::string expected = command.type == "assert_exception" ? "uncaught exception" : command.text;
  if (results) return Outcome::failed(command.action.field + ": found no trap, expected `" + expected + "`");
  const Error& error = results.error();
  const ErrorCode code = command.type == "assert_exception" ? ErrorCode::Exception : ErrorCode::Trap;
  if (error.code != code || !error.trap || !sameMessage(error.trap->message(), expected))
    return Outcome::failed(command.action.field + ": found " + describeError(error) +
                           ", expected the trap `" + expected + "`");
  return Outcome::passed();
}

Outcome Runner::assertRefused(const Command& command) {
  if (command.is_text) return Outcome::skipped("text format: wabt's parser, not ours");
  const Slot<Module> module = compile(command);
  if (module.value)
    return Outcome::failed("accepted " + command.filename + ", expected `" + command.text + "`");
  // Refused because a proposal is not supported: whether it would be refused for the right reason is unknown.
  if (module.otherwise.status == Outcome::Status::Skipped) return module.otherwise;
  return module.otherwise.text.starts_with("the compiler refuses") ? Outcome::passed() : module.otherwise;
}

Outcome Runner::assertInstantiationFails(const Command& command, ErrorCode code) {
  const Slot<Module> module = compile(command);
  if (!module.value) return module.otherwise;
  const Result<Instance> instance = linker_.instantiate(store_, *module.value);
  if (instance)
    return Outcome::failed("instantiated " + command.filename + ", expected `" + command.text + "`");
  const Error& error = instance.error();
  // An import from a module that was skipped is missing for that reason, not for the one that is looked for.
  const Outcome failed = instantiationFailed(*module.value, error);
  if (failed.status == Outcome::Status::Skipped) return failed;
  const std::string found = error.trap ? error.trap->message() : error.message;
  const bool same =
      error.code == code && (error.trap ? sameMessage(found, command.text) : found.contains(command.text));
  return same ? Outcome::passed()
              : Outcome::failed("found " + describeError(error) + ", expected `" + command.text + "`");
}

}  // namespace

ScriptResult runScript(const Script& script, const std::string& level, const Compile& compile, bool signals,
                       Manifest& manifest) {
  return Runner(script, level, compile, signals, manifest).run();
}

}  // namespace wasmc::spec
