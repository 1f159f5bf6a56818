// Runs modules in V8. A line of standard input is a module with its calls, a line of standard output what was seen:
// observation.h has the words. Standard error is not used.
import { createInterface } from "node:readline";

const view = new DataView(new ArrayBuffer(8));

function describe(type, value) {
  switch (type) {
    case "i32": return `i32:${value}`;
    case "i64": return `i64:${value}`;
    case "f32":
      if (Number.isNaN(value)) return "f32:nan";
      view.setFloat32(0, value);
      return "f32:0x" + view.getUint32(0).toString(16).padStart(8, "0");
    case "f64":
      if (Number.isNaN(value)) return "f64:nan";
      view.setFloat64(0, value);
      return "f64:0x" + view.getBigUint64(0).toString(16).padStart(16, "0");
    default: return value === null ? "null" : "ref";
  }
}

function parse([type, bits]) {
  view.setBigUint64(0, BigInt(bits));
  switch (type) {
    case "i32": return view.getInt32(4);
    case "i64": return view.getBigInt64(0);
    case "f32": return view.getFloat32(4);
    default: return view.getFloat64(0);
  }
}

const CLASSES = [
  ["unreachable", "trap: unreachable"],
  ["memory access out of bounds", "trap: memory"],
  ["data segment", "trap: memory"],
  ["table index is out of bounds", "trap: table"],
  ["table access out of bounds", "trap: table"],
  ["element segment", "trap: table"],
  ["null function or function signature", "trap: indirect call"],
  ["divide by zero", "trap: division by zero"],
  ["remainder by zero", "trap: division by zero"],
  ["unrepresentable", "trap: integer"],
  ["unaligned", "trap: memory"],
  ["Maximum call stack", "trap: stack"],
];

function outcomeOf(error) {
  if (error instanceof WebAssembly.Exception) return "exception";
  for (const [part, name] of CLASSES) if (error.message.includes(part)) return name;
  return `trap: another: ${error.message}`;
}

function describeMemory(name, memory) {
  const words = new Uint32Array(memory.buffer);
  let hash = 0;
  for (let i = 0; i < words.length; i++) {
    hash = Math.imul(hash ^ words[i], 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return `${name} ${words.length / 16384} pages 0x${(hash >>> 0).toString(16).padStart(8, "0")}`;
}

function describeState(exports, globalTypes) {
  const state = [];
  for (const [name, item] of Object.entries(exports)) {
    if (item instanceof WebAssembly.Global) state.push(`${name} ${describe(globalTypes[name], item.value)}`);
    else if (item instanceof WebAssembly.Memory) state.push(describeMemory(name, item));
    else if (item instanceof WebAssembly.Table) {
      let line = `${name} `;
      for (let i = 0; i < item.length; i++) line += item.get(i) === null ? "-" : "x";
      state.push(line);
    }
  }
  return state;
}

function run({ wasm, calls, globals }) {
  let logs = [];
  const steps = [];
  let exports = {};
  const observe = (outcome) => {
    steps.push({ outcome, logs, state: describeState(exports, globals) });
    logs = [];
  };
  let module;
  try {
    module = new WebAssembly.Module(Buffer.from(wasm, "base64"));
  } catch (error) {
    return { unusable: `V8 refuses it: ${error.message}` };
  }
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== "function") return { unusable: "imports more than functions" };
    // The host's functions are called after their types.
    const type = name.replace("log-", "");
    (imports[from] ??= {})[name] = (...values) => {
      logs.push(["log", ...values.map((value) => describe(type, value))].join(" "));
    };
  }
  try {
    exports = new WebAssembly.Instance(module, imports).exports;
  } catch (error) {
    observe(outcomeOf(error));
    return { steps };
  }
  observe("returned");
  for (const { name, args, results } of calls) {
    try {
      let values = exports[name](...args.map(parse));
      if (results.length === 0) values = [];
      else if (results.length === 1) values = [values];
      observe(["returned", ...results.map((type, i) => describe(type, values[i]))].join(" "));
    } catch (error) {
      observe(outcomeOf(error));
    }
  }
  return { steps };
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = run(JSON.parse(line));
  } catch (error) {
    answer = { unusable: `node.mjs failed: ${error.stack}` };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
