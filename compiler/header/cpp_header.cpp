// Headers for C++: a struct whose members are the exports, and an abstract struct for each module that is
// imported from.
//
// Names of the standard library and of wasmc are written from the global namespace: a member may be called
// `std`. Parameters and variables end in an underscore, which no member does whose name is not reserved.
#include "header/header.h"
#include "header/interface.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace wasmc::compiler {
namespace {

constexpr std::string_view kExportScope[] = {"imports",     "instance", "signature", "define",
                                             "instantiate", "bind",     "load",      "linked"};

std::optional<std::string> cppType(ValType type) {
  if (type == ValType::i32()) return "::std::int32_t";
  if (type == ValType::i64()) return "::std::int64_t";
  if (type == ValType::f32()) return "float";
  if (type == ValType::f64()) return "double";
  if (type == ValType::v128()) return "::wasmc::V128";
  if (type == ValType::funcref()) return "::wasmc::Func";
  if (type == ValType::externref()) return "::wasmc::ExternRef";
  return std::nullopt;
}

bool hasTypes(const FuncType& type) {
  const auto known = [](ValType t) { return cppType(t).has_value(); };
  return std::ranges::all_of(type.params, known) && std::ranges::all_of(type.results, known);
}

constexpr LanguageRules kRules = {kExportScope, {}, true, true, hasTypes};

std::string join(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

std::vector<std::string> typeNames(const std::vector<ValType>& types) {
  std::vector<std::string> names;
  for (const ValType type : types) names.push_back(*cppType(type));
  return names;
}

std::string resultType(const FuncType& type) {
  if (type.results.empty()) return "void";
  if (type.results.size() == 1) return *cppType(type.results[0]);
  return "::std::tuple<" + join(typeNames(type.results)) + ">";
}

std::string functionSignature(const FuncType& type) {
  return resultType(type) + "(" + join(typeNames(type.params)) + ")";
}

class CppHeader {
 public:
  CppHeader(const Module& module, const HeaderInfo& info)
      : module_(module), info_(info), face_(module, info, kRules) {
    for (const ImportGroup& group : face_.groups)
      for (const Named& item : group.items) needs_store_ = needs_store_ || needsStore(item);
  }

  std::string str() {
    begin();
    for (const ImportGroup& group : face_.groups) {
      if (&group == &face_.groups.front())
        line(1,
             "// What the module imports: implement these. The objects must outlive the linker and the "
             "store.\n"
             "  struct imports {");
      interface(group);
      if (&group == &face_.groups.back()) line(1, "};\n");
    }
    members();
    signature();
    finding();
    if (!face_.groups.empty()) define();
    instantiate();
    bind();
    line(0, "};\n\n}  // namespace wasm_modules\n\n#endif  // " + guard());
    return std::move(text_);
  }

 private:
  void line(int depth, const std::string& text) {
    text_.append(2 * static_cast<size_t>(depth), ' ').append(text) += '\n';
  }

  std::string guard() const {
    std::string text = "WASM_MODULES_" + face_.name + "_H";
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
  }

  bool isShared(const Named& item) const {
    return item.kind == ExternKind::Memory && module_.memories[item.index].type.limits.shared;
  }
  // The struct, from everywhere: it may have a member of its own name.
  std::string self() const { return "::wasm_modules::" + face_.name; }

  // Functions and shared memories belong to no store; the rest is made in one.
  bool needsStore(const Named& item) const { return item.kind != ExternKind::Func && !isShared(item); }

  static const char* handle(ExternKind kind) {
    switch (kind) {
      case ExternKind::Func: return "::wasmc::Func";
      case ExternKind::Table: return "::wasmc::Table";
      case ExternKind::Memory: return "::wasmc::Memory";
      case ExternKind::Global: return "::wasmc::Global";
      case ExternKind::Tag: break;
    }
    return "::wasmc::Tag";
  }

  void begin() {
    line(0, "// Made by " + info_.compiler + " with --emit-header: do not edit.\n#ifndef " + guard() +
                "\n#define " + guard() +
                "\n\n#include <wasmc/wasmc.h>\n\n"
                "#include <cstdint>\n#include <filesystem>\n#include <tuple>\n#include <utility>\n");
    if (!info_.symbol.empty()) line(0, "extern \"C\" const ::wasmc::abi::Descriptor " + info_.symbol + ";\n");
    line(0,
         "namespace wasm_modules {\n\n// An instance of the module: a handle, valid as long as its "
         "store.\nstruct " +
             face_.name + " {");
  }

  void interface(const ImportGroup& group) {
    line(2, "struct " + group.identifier + " {");
    line(3, "virtual ~" + group.identifier + "() = default;");
    for (const Named& item : group.items) {
      line(3, "// " + face_.typeOf(item));
      line(3, "virtual " + declaration(item) + " = 0;");
    }
    line(2, "};");
  }

  std::string declaration(const Named& item) const {
    if (isShared(item)) return "::wasmc::SharedMemory " + item.identifier + "()";
    if (item.kind != ExternKind::Func)
      return "::wasmc::Result<" + std::string(handle(item.kind)) + "> " + item.identifier +
             "(::wasmc::StoreRef)";
    const FuncType& type = face_.funcType(item);
    std::vector<std::string> params = typeNames(type.params);
    params.insert(params.begin(), "::wasmc::Caller&");
    return "::wasmc::Result<" + resultType(type) + "> " + item.identifier + "(" + join(params) + ")";
  }

  std::string memberType(const Named& item) const {
    if (item.kind == ExternKind::Func && hasTypes(face_.funcType(item)))
      return "::wasmc::TypedFunc<" + functionSignature(face_.funcType(item)) + ">";
    if (item.kind != ExternKind::Global) return handle(item.kind);
    const GlobalType& type = module_.globals[item.index].type;
    const auto value = cppType(type.type);
    if (!value) return handle(item.kind);
    return "::wasmc::TypedGlobal<" + std::string(type.is_mutable ? "" : "const ") + *value + ">";
  }

  void members() {
    line(1, "::wasmc::Instance instance;");
    for (const Named& e : face_.exports)
      line(1, memberType(e) + " " + e.identifier + ";  // " + face_.typeOf(e));
    line(0, "");
  }

  void signature() {
    line(1, "// Tells the module from others.");
    line(1, "static const ::wasmc::ModuleSignature& signature() {");
    const std::string items = signatureItems(module_, "        ");
    if (!items.empty())
      line(2, "static constexpr ::wasmc::ModuleSignature::Item items_[] = {\n" + items + "    };");
    line(2, "static constexpr ::wasmc::ModuleSignature the_signature_ = {" + sized(info_.name) + ", {" +
                hashBytes(info_) + "}, " + (items.empty() ? "{}" : "items_") + "};");
    line(2, "return the_signature_;");
    line(1, "}");
  }

  void finding() {
    line(1, "// The artifact in a file. ErrorCode::Type if it is one of another module.");
    line(1,
         "static ::wasmc::Result<::wasmc::Module> load(const ::wasmc::Engine& engine_, "
         "const ::std::filesystem::path& path_) {");
    line(2, "return signature().accept(::wasmc::Module::load(engine_, path_));");
    line(1, "}");
    if (info_.symbol.empty()) return;
    line(1, "// The object file that is linked into the program.");
    line(1, "static ::wasmc::Result<::wasmc::Module> linked(const ::wasmc::Engine& engine_) {");
    line(2, "return signature().accept(::wasmc::Module::fromDescriptor(engine_, &::" + info_.symbol + "));");
    line(1, "}");
  }

  std::string groupParameters() const {
    std::string text;
    for (size_t i = 0; i < face_.groups.size(); ++i)
      text += ", imports::" + face_.groups[i].identifier + "& group" + std::to_string(i) + "_";
    return text;
  }
  std::string groupArguments() const {
    std::string text;
    for (size_t i = 0; i < face_.groups.size(); ++i) text += ", group" + std::to_string(i) + "_";
    return text;
  }

  void define() {
    line(1, "// Defines what the module imports, for any number of instances" +
                std::string(needs_store_ ? " in this store." : " in any stores."));
    line(1, "static " + std::string(needs_store_ ? "::wasmc::Result<void>" : "void") +
                " define(::wasmc::Linker& linker_" + (needs_store_ ? ", ::wasmc::StoreRef store_" : "") +
                groupParameters() + ") {");
    for (size_t i = 0; i < face_.groups.size(); ++i)
      for (const Named& item : face_.groups[i].items) define(item, "group" + std::to_string(i) + "_");
    if (needs_store_) line(2, "return {};");
    line(1, "}");
  }

  void define(const Named& item, const std::string& group) {
    const std::string names = "linker_.define(" + sized(item.module) + ", " + sized(item.name) + ", ";
    if (item.kind == ExternKind::Func) {
      std::string params = "::wasmc::Caller& caller_", args = "caller_";
      size_t n = 0;
      for (const std::string& type : typeNames(face_.funcType(item).params)) {
        const std::string param = "a" + std::to_string(n++) + "_";
        params += ", " + type + " " + param;
        args += ", " + param;
      }
      line(2, names + "[&" + group + "](" + params + ") { return " + group + "." + item.identifier + "(" +
                  args + "); });");
    } else if (isShared(item)) {
      line(2, names + group + "." + item.identifier + "());");
    } else {
      line(2, "if (auto item_ = " + group + "." + item.identifier + "(store_))");
      line(3, names + "::wasmc::Extern(*item_));");
      line(2, "else\n      return ::std::unexpected(::std::move(item_).error());");
    }
  }

  void instantiate() {
    const std::string head = "static ::wasmc::Result<" + self() +
                             "> instantiate(::wasmc::StoreRef store_, const ::wasmc::Module& module_";
    line(1, std::string("// An instance. What `linker_` defines is there for it, too") +
                (face_.complete ? "." : ": the module imports more than the above (WASI)."));
    line(1, head + ", ::wasmc::Linker& linker_" + groupParameters() + ") {");
    line(2,
         "if (auto accepted_ = signature().check(module_); !accepted_) return "
         "::std::unexpected(::std::move(accepted_).error());");
    if (!face_.groups.empty() && needs_store_)
      line(2, "if (auto defined_ = define(linker_, store_" + groupArguments() +
                  "); !defined_) return ::std::unexpected(::std::move(defined_).error());");
    else if (!face_.groups.empty())
      line(2, "define(linker_" + groupArguments() + ");");
    line(2, "auto made_ = linker_.instantiate(store_, module_);");
    line(2, "if (!made_) return ::std::unexpected(::std::move(made_).error());");
    line(2, "return bind(*made_);");
    line(1, "}");
    if (!face_.complete) return;
    line(1, head + groupParameters() + ") {");
    line(2, "::wasmc::Linker linker_(module_.engine());");
    line(2, "return instantiate(store_, module_, linker_" + groupArguments() + ");");
    line(1, "}");
  }

  std::string find(const Named& e) const {
    const std::string name = "(" + sized(e.name) + ")";
    const std::string type = memberType(e);
    switch (e.kind) {
      case ExternKind::Func:
        return "bound_.func" +
               (hasTypes(face_.funcType(e)) ? "<" + functionSignature(face_.funcType(e)) + ">" : "") + name;
      case ExternKind::Table: return "bound_.table" + name;
      case ExternKind::Memory: return "bound_.memory" + name;
      case ExternKind::Global:
        return type == handle(e.kind) ? "bound_.global" + name : type + "::of(bound_.global" + name + ")";
      case ExternKind::Tag: break;
    }
    return "bound_.tag" + name;
  }

  void bind() {
    line(1, "// An instance that exists. ErrorCode::Type if it is one of another module.");
    line(1, "static ::wasmc::Result<" + self() + "> bind(const ::wasmc::Instance& bound_) {");
    line(2,
         "if (auto accepted_ = signature().check(bound_.module()); !accepted_) return "
         "::std::unexpected(::std::move(accepted_).error());");
    std::string values = "bound_";
    for (size_t i = 0; i < face_.exports.size(); ++i) {
      const std::string found = "e" + std::to_string(i) + "_";
      line(2, "auto " + found + " = " + find(face_.exports[i]) + ";");
      line(2, "if (!" + found + ") return ::std::unexpected(::std::move(" + found + ").error());");
      values += ", *" + found;
    }
    line(2, "return " + self() + "{" + values + "};");
    line(1, "}");
  }

  const Module& module_;
  const HeaderInfo& info_;
  Interface face_;
  bool needs_store_ = false;
  std::string text_;
};

}  // namespace

std::string cppHeader(const Module& module, const HeaderInfo& info) { return CppHeader(module, info).str(); }

}  // namespace wasmc::compiler
