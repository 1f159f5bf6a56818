"""Teaches gdb the pointers of WebAssembly guests that were compiled with `wasmc -g`.

    gdb -x share/wasmc/gdb/wasmc.py --args wasmrun app.so

A pointer of a guest counts from the start of its linear memory. In the artifact's debug information it is a struct
wasm_pointer<T>; with this script `*p`, `p->member` and `p[i]` work as they do in the source, and print shows what it points to.
Of a pointer that is in a register, as in optimised code, gdb can only do so by $wasm: `*$wasm(p)`, `$wasm(p)->member`.
The memory is that of the instance of the artifact that was made last.
"""

import gdb
import gdb.printing
import gdb.xmethod

PREFIX = "wasm_pointer<"
MEMORY = "wasmc_debug_memory"
LONGEST_STRING = 200


def memory_base():
    """Address of the linear memory: of the artifact whose code the selected frame is in, else of any."""
    objfiles = gdb.objfiles()
    try:
        pc = gdb.selected_frame().pc()
        own = gdb.current_progspace().objfile_for_address(pc) if hasattr(gdb.Progspace, "objfile_for_address") else None
        name = own.filename if own else gdb.current_progspace().solib_name(pc)
        objfiles = sorted(objfiles, key=lambda o: o.filename != name)
    except gdb.error:
        pass
    for objfile in objfiles:
        # A symbol without debug information: its value is asked for by its address.
        try:
            text = gdb.execute("info address " + MEMORY, to_string=True)
        except gdb.error:
            break
        address = int(text.split(" is at ")[1].split()[0].rstrip("."), 16)
        pointer = gdb.lookup_type("unsigned long").pointer()
        return int(gdb.Value(address).cast(pointer).dereference())
    raise gdb.GdbError("no artifact with debug information (wasmc -g) is loaded")


def target_type(pointer_type):
    """T of wasm_pointer<T>; also of a reference to one, which is what gdb hands to operators."""
    plain = pointer_type.strip_typedefs()
    if plain.code in (gdb.TYPE_CODE_PTR, gdb.TYPE_CODE_REF, gdb.TYPE_CODE_RVALUE_REF):
        plain = plain.target().strip_typedefs()
    return plain.unqualified().template_argument(0)


def host_pointer(value):
    """The pointer that the debugger's own operations work with."""
    target = target_type(value.type)
    return gdb.Value(memory_base() + int(value["address"])).cast(target.pointer())


class PointerPrinter:
    """(T *) 0x1040, with the text where T is a character."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        target = target_type(self.value.type)
        address = int(self.value["address"])
        text = "(%s *) 0x%x" % (target, address)
        plain = target.unqualified().strip_typedefs()
        if address and plain.code == gdb.TYPE_CODE_INT and plain.sizeof == 1:
            try:
                string = host_pointer(self.value).string("utf-8", "replace", LONGEST_STRING).split("\0")[0]
                text += ' "%s"' % string.replace("\\", "\\\\").replace('"', '\\"')
            except gdb.error:
                pass  # it does not point into the memory
        return text


class PointerOperator(gdb.xmethod.XMethodWorker):
    def __init__(self, name):
        self.name = name

    def get_arg_types(self):
        return [gdb.lookup_type("long")] if self.name == "operator[]" else []

    def get_result_type(self, value, *arguments):
        target = target_type(value.type)
        return target.pointer() if self.name == "operator->" else target

    def __call__(self, value, *arguments):
        pointer = host_pointer(value)
        if self.name == "operator->":
            return pointer
        return (pointer + int(arguments[0])).dereference() if arguments else pointer.dereference()


class PointerOperators(gdb.xmethod.XMethodMatcher):
    def __init__(self):
        super().__init__("wasm_pointer")
        self.methods = None

    def match(self, class_type, method_name):
        if (class_type.name or "").startswith(PREFIX) and method_name in ("operator*", "operator->", "operator[]"):
            return PointerOperator(method_name)
        return None


class WasmFunction(gdb.Function):
    """$wasm(p): the guest's pointer p as one that the debugger can follow."""

    def __init__(self):
        super().__init__("wasm")

    def invoke(self, pointer):
        return host_pointer(pointer)


def register():
    printers = gdb.printing.RegexpCollectionPrettyPrinter("wasmc")
    printers.add_printer("wasm_pointer", "^wasm_pointer<", PointerPrinter)
    gdb.printing.register_pretty_printer(None, printers, replace=True)
    gdb.xmethod.register_xmethod_matcher(None, PointerOperators(), replace=True)
    WasmFunction()


register()
