// What is the same in Node.js and in browsers: the wasm is instantiated, and its functions are called once it is there.

import * as glue from "./drydock_bg.js";

const imports = { "./drydock_bg.js": glue };

/** Lets the functions use a module of wasm that is compiled already. */
export function use(module) {
  run(new WebAssembly.Instance(module, imports));
}

/** Fetches and compiles what `init` was given, or takes it as it is, and lets the functions use it. */
export async function load(given) {
  let source = await given;
  if (typeof source === "string" || source instanceof URL || source instanceof Request) {
    source = await fetch(source);
  }
  if (source instanceof Response) {
    const type = source.headers.get("content-type") ?? "";
    // Servers for development answer with a page where there is no file.
    if (!source.ok || type.startsWith("text/html")) {
      throw new Error(`Drydock's wasm could not be fetched: ${source.url} answers ${source.ok ? "with a page" : source.status}. Serve drydock_bg.wasm beside its JavaScript, or tell init() where it is.`);
    }
    const isStreamed = type.startsWith("application/wasm");
    const compiled = isStreamed ? WebAssembly.instantiateStreaming(source, imports) : WebAssembly.instantiate(await source.arrayBuffer(), imports);
    run((await compiled).instance);
  } else if (source instanceof WebAssembly.Module) {
    run(await WebAssembly.instantiate(source, imports));
  } else {
    run((await WebAssembly.instantiate(source, imports)).instance);
  }
}

function run(instance) {
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/** The functions of the package; each first calls `ready`, which throws or sees to it that the wasm is there. */
export function functions(ready) {
  const names = Object.keys(glue).filter((name) => !name.startsWith("__"));
  return Object.fromEntries(
    names.map((name) => {
      const call = (...values) => {
        ready();
        return glue[name](...values);
      };
      return [name, Object.defineProperty(call, "name", { value: name })];
    }),
  );
}
