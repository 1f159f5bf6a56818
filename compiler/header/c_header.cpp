// Headers for C: a struct of handles, one for each export, a struct of function pointers for what the host
// provides, and functions that call the exports with their types.
//
// Parameters and variables end in an underscore, which no member does whose name is not reserved.
#include "header/header.h"
#include "header/interface.h"

#include <algorithm>
#include <cctype>

namespace wasmc::compiler {
namespace {

constexpr std::string_view kExportScope[] = {"instance",    "all",  "imports", "signature", "define",
                                             "instantiate", "bind", "load",    "linked",    "delete"};
constexpr std::string_view kGroupScope[] = {"host"};

// How values of a type are declared, and the members of wasmc_value_t and wasm_val_t that have them.
struct CType {
  const char* name;
  const char* member;  // null: the whole wasmc_value_t; does not fit a wasm_val_t
  const char* kind;
};

const CType* cType(ValType type) {
  static constexpr CType kI32 = {"int32_t", "i32", "WASM_I32"}, kI64 = {"int64_t", "i64", "WASM_I64"},
                         kF32 = {"float32_t", "f32", "WASM_F32"}, kF64 = {"float64_t", "f64", "WASM_F64"},
                         kV128 = {"wasmc_value_t", nullptr, nullptr},
                         kFuncRef = {"wasm_ref_t*", "ref", "WASM_FUNCREF"},
                         kExternRef = {"wasm_ref_t*", "ref", "WASM_EXTERNREF"};
  if (type == ValType::i32()) return &kI32;
  if (type == ValType::i64()) return &kI64;
  if (type == ValType::f32()) return &kF32;
  if (type == ValType::f64()) return &kF64;
  if (type == ValType::v128()) return &kV128;
  if (type == ValType::funcref()) return &kFuncRef;
  if (type == ValType::externref()) return &kExternRef;
  return nullptr;
}

bool canCall(const FuncType& type) {
  return std::ranges::all_of(type.params, cType) && std::ranges::all_of(type.results, cType);
}

bool canProvide(const FuncType& type) {
  const auto fits = [](ValType t) { return cType(t) && cType(t)->member; };
  return std::ranges::all_of(type.params, fits) && std::ranges::all_of(type.results, fits);
}

constexpr LanguageRules kRules = {kExportScope, kGroupScope, false, false, canProvide};

// "int32_t a0_, float64_t* r0_", each after a comma.
std::string parameters(const FuncType& type) {
  std::string text;
  for (size_t i = 0; i < type.params.size(); ++i)
    text += std::string(", ") + cType(type.params[i])->name + " a" + std::to_string(i) + "_";
  for (size_t i = 0; i < type.results.size(); ++i)
    text += std::string(", ") + cType(type.results[i])->name + "* r" + std::to_string(i) + "_";
  return text;
}

const char* handle(ExternKind kind) {
  switch (kind) {
    case ExternKind::Func: return "wasm_func_t";
    case ExternKind::Table: return "wasm_table_t";
    case ExternKind::Memory: return "wasm_memory_t";
    case ExternKind::Global: return "wasm_global_t";
    case ExternKind::Tag: break;
  }
  return "wasm_extern_t";
}

// "wasm_func_as_extern", or its opposite.
std::string conversion(ExternKind kind, const std::string& item, bool to_extern) {
  if (kind == ExternKind::Tag) return item;
  const std::string type = handle(kind);
  const std::string name = type.substr(5, type.size() - 7);
  return (to_extern ? "wasm_" + name + "_as_extern(" : "wasm_extern_as_" + name + "(") + item + ")";
}

class CHeader {
 public:
  CHeader(const Module& module, const HeaderInfo& info)
      : module_(module), info_(info), face_(module, info, kRules), name_(face_.name) {}

  std::string str() {
    begin();
    if (!face_.groups.empty()) imports();
    exports();
    signature();
    finding();
    if (!face_.groups.empty()) define();
    instantiate();
    for (size_t i = 0; i < face_.exports.size(); ++i) {
      const Named& e = face_.exports[i];
      if (e.kind == ExternKind::Func && canCall(face_.funcType(e))) call(e);
    }
    line(0, "#ifdef __cplusplus\n}\n#endif\n\n#endif");
    return std::move(text_);
  }

 private:
  void line(int depth, const std::string& text) {
    text_.append(2 * static_cast<size_t>(depth), ' ').append(text) += '\n';
  }
  // The head of a function that the header defines.
  void function(const std::string& result, const std::string& name, const std::string& params) {
    line(0, "static inline " + result + " " + name_ + "_" + name + "(" + params + ") {");
  }

  void begin() {
    std::string guard = "WASM_MODULES_" + name_ + "_H";
    for (char& c : guard) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    line(0, "/* Made by " + info_.compiler + " with --emit-header: do not edit. */\n#ifndef " + guard +
                "\n#define " + guard +
                "\n\n#include <wasmc.h>\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n");
    if (!info_.symbol.empty()) line(0, "extern const char " + info_.symbol + "[];\n");
  }

  void imports() {
    line(0,
         "/* What the host provides, by the module that it is imported from. A function gets `host`, and "
         "tells\n"
         " * by a trap that it failed; what is not a function must be of the store. What is left NULL counts "
         "as\n"
         " * missing. The struct must outlive the linker and the store. */\ntypedef struct " +
             name_ + "_imports {");
    for (const ImportGroup& group : face_.groups) {
      line(1, "struct {");
      line(2, "void* host;");
      for (const Named& item : group.items) {
        line(2, "/* " + face_.typeOf(item) + " */");
        line(2, item.kind == ExternKind::Func
                    ? "wasm_trap_t* (*" + item.identifier + ")(void* host_, const wasmc_caller_t* caller_" +
                          parameters(face_.funcType(item)) + ");"
                    : std::string(handle(item.kind)) + "* " + item.identifier + ";");
      }
      line(1, "} " + group.identifier + ";");
    }
    line(0, "} " + name_ + "_imports;\n");
  }

  void exports() {
    line(0, "/* An instance. Delete it with " + name_ +
                "_delete; the handles belong to it. */\ntypedef struct " + name_ + " {");
    line(1, "wasm_instance_t* instance;");
    line(1, "wasm_extern_vec_t all;");
    for (const Named& e : face_.exports)
      line(1, std::string(handle(e.kind)) + "* " + e.identifier + "; /* " + face_.typeOf(e) + " */");
    line(0, "} " + name_ + ";\n");
  }

  void signature() {
    function("const wasmc_module_signature_t*", "signature", "void");
    const std::string items = signatureItems(module_, "    ");
    if (!items.empty()) line(1, "static const wasmc_signature_item_t items_[] = {\n" + items + "  };");
    line(1, "static const wasmc_module_signature_t signature_ = {" + sized(info_.name) + ", {" +
                hashBytes(info_) + "}, " +
                (items.empty() ? "NULL, 0" : "items_, sizeof items_ / sizeof items_[0]") + "};");
    line(1, "return &signature_;\n}\n");
  }

  void accepted(const std::string& module) {
    line(1, "wasm_module_t* module_ = " + module + ";");
    line(1, "if (!module_ || wasmc_module_check(module_, " + name_ + "_signature())) return module_;");
    line(1, "wasm_module_delete(module_);\n  return NULL;\n}\n");
  }

  void finding() {
    line(0, "/* The artifact in a file; NULL on failure, also if it is one of another module. */");
    function("wasm_module_t*", "load", "wasm_store_t* store_, const char* path_");
    accepted("wasmc_module_load(store_, path_)");
    if (info_.symbol.empty()) return;
    line(0, "/* The object file that is linked into the program. */");
    function("wasm_module_t*", "linked", "wasm_store_t* store_");
    accepted("wasmc_module_from_descriptor(store_, " + info_.symbol + ")");
  }

  // Converts the arguments and results of a host function. No export has a name of this form.
  void adapter(const ImportGroup& group, const Named& item, const std::string& adapter_name) {
    const FuncType& type = face_.funcType(item);
    function("wasm_trap_t*", adapter_name,
             "void* imports_, const wasmc_caller_t* caller_, const wasm_val_vec_t* args_, wasm_val_vec_t* "
             "results_");
    const std::string function = "((const " + name_ + "_imports*)imports_)->" + group.identifier + ".";
    std::string args = function + "host, caller_";
    for (size_t i = 0; i < type.params.size(); ++i)
      args += ", args_->data[" + std::to_string(i) + "].of." + cType(type.params[i])->member;
    for (size_t i = 0; i < type.results.size(); ++i) {
      const std::string result = "results_->data[" + std::to_string(i) + "]";
      args += ", &" + result + ".of." + cType(type.results[i])->member;
      line(1, result + ".kind = " + cType(type.results[i])->kind + ";");
    }
    if (type.params.empty()) line(1, "(void)args_;");
    if (type.results.empty()) line(1, "(void)results_;");
    line(1, "return " + function + item.identifier + "(" + args + ");\n}\n");
  }

  void define() {
    std::string body;
    size_t count = 0;
    for (const ImportGroup& group : face_.groups) {
      for (const Named& item : group.items) {
        const std::string given = "imports_->" + group.identifier + "." + item.identifier;
        const std::string names = "linker_, " + literal(item.module) + ", " + literal(item.name) + ", ";
        body += "  if (" + given + ") {\n";
        if (item.kind != ExternKind::Func) {
          body += "    wasmc_linker_define(" + names + conversion(item.kind, given, true) + ");\n  }\n";
          continue;
        }
        const std::string adapter_name = "call" + std::to_string(count++) + "_";
        adapter(group, item, adapter_name);
        body += defineFunction(face_.funcType(item), names, adapter_name) + "  }\n";
      }
    }
    line(0, "/* Defines what the module imports, for any number of instances. */");
    function("void", "define", "wasmc_linker_t* linker_, const " + name_ + "_imports* imports_");
    text_ += body;
    line(0, "}\n");
  }

  std::string defineFunction(const FuncType& type, const std::string& names,
                             const std::string& adapter_name) const {
    std::string kinds;
    for (const std::vector<ValType>* list : {&type.params, &type.results})
      for (const ValType t : *list) kinds += (kinds.empty() ? "" : ", ") + std::string(cType(t)->kind);
    std::string text;
    if (!kinds.empty()) text += "    static const wasm_valkind_t kinds_[] = {" + kinds + "};\n";
    text += "    wasm_functype_t* type_ = wasmc_functype_new(" +
            std::string(kinds.empty() ? "NULL" : "kinds_") + ", " + std::to_string(type.params.size()) +
            ", " + std::to_string(type.results.size()) + ");\n";
    text += "    wasmc_linker_define_func(" + names + "type_, " + name_ + "_" + adapter_name +
            ", (void*)imports_, NULL);\n    wasm_functype_delete(type_);\n";
    return text;
  }

  void instantiate() {
    line(0,
         "/* Makes a handle of an instance, which it takes over. False, and the instance deleted, if it is "
         "one of\n"
         " * another module. */");
    function("bool", "bind", name_ + "* out_, wasm_instance_t* instance_");
    line(1, "wasm_module_t* module_ = wasmc_instance_module(instance_);");
    line(1, "const bool accepted_ = wasmc_module_check(module_, " + name_ + "_signature());");
    line(1, "wasm_module_delete(module_);");
    line(1, "if (!accepted_) {\n    wasm_instance_delete(instance_);\n    return false;\n  }");
    line(1, "out_->instance = instance_;");
    line(1, "wasm_instance_exports(instance_, &out_->all);");
    for (size_t i = 0; i < face_.exports.size(); ++i) {
      const Named& e = face_.exports[i];
      line(1, "out_->" + e.identifier + " = " +
                  conversion(e.kind, "out_->all.data[" + std::to_string(i) + "]", false) + ";");
    }
    line(1, "return true;\n}\n");

    const bool provides = !face_.groups.empty();
    line(0, std::string("/* Makes an instance. What the linker defines is there for it, too") +
                (face_.complete ? "." : ": the module imports more than the\n * above, such as WASI.") +
                "\n * On failure false, and a trap if there is one. */");
    function("bool", "instantiate",
             name_ + "* out_, wasm_store_t* store_, const wasm_module_t* module_, wasmc_linker_t* linker_" +
                 (provides ? ", const " + name_ + "_imports* imports_" : "") + ", wasm_trap_t** trap_");
    line(1, "wasm_instance_t* instance_;");
    line(1, "if (trap_) *trap_ = NULL;");
    line(1, "if (!wasmc_module_check(module_, " + name_ + "_signature())) return false;");
    if (provides) line(1, name_ + "_define(linker_, imports_);");
    line(1, "instance_ = wasmc_linker_instantiate(linker_, store_, module_, trap_);");
    line(1, "return instance_ && " + name_ + "_bind(out_, instance_);\n}\n");
    function("void", "delete", name_ + "* self_");
    line(1, "wasm_extern_vec_delete(&self_->all);\n  wasm_instance_delete(self_->instance);\n}\n");
  }

  void call(const Named& e) {
    const FuncType& type = face_.funcType(e);
    const std::string count = std::to_string(std::max({type.params.size(), type.results.size(), size_t{1}}));
    const auto value = [](ValType t, size_t i) {
      const char* member = cType(t)->member;
      return "values_[" + std::to_string(i) + "]" + (member ? std::string(".") + member : "");
    };
    line(0, "/* " + face_.typeOf(e) + " */");
    function("wasm_trap_t*", e.identifier, "const " + name_ + "* self_" + parameters(type));
    line(1, "wasmc_value_t values_[" + count + "];");
    line(1, "wasm_trap_t* trap_ = NULL;");
    for (size_t i = 0; i < type.params.size(); ++i)
      line(1, value(type.params[i], i) + " = a" + std::to_string(i) + "_;");
    const std::string calling = "wasmc_call(self_->" + e.identifier + ", values_, " + count + ", &trap_)";
    if (type.results.empty()) {
      line(1, calling + ";");
    } else {
      line(1, "if (" + calling + " != WASMC_OK) return trap_;");
      for (size_t i = 0; i < type.results.size(); ++i)
        line(1, "*r" + std::to_string(i) + "_ = " + value(type.results[i], i) + ";");
    }
    line(1, "return trap_;\n}\n");
  }

  const Module& module_;
  const HeaderInfo& info_;
  Interface face_;
  const std::string& name_;
  std::string text_;
};

}  // namespace

std::string cHeader(const Module& module, const HeaderInfo& info) { return CHeader(module, info).str(); }

}  // namespace wasmc::compiler
