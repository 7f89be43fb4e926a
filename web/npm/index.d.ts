export * from "./drydock.js";

/** A type that browsers have, where the compiler knows it. */
type Global<Name extends string> = typeof globalThis extends Record<Name, { prototype: infer Kind }> ? Kind : never;

/** A compiled module of wasm. */
type Module = object & (typeof globalThis extends { WebAssembly: { Module: { prototype: infer Kind } } } ? Kind : never);

/** Where the wasm is: an address, a request or its response, bytes, or a module that is compiled already. */
export type WasmSource = string | Global<"URL"> | Global<"Request"> | Global<"Response"> | ArrayBuffer | Uint8Array | Module;

/**
 * Makes the functions ready.
 *
 * Browsers need it before the first call. The wasm is fetched from beside the package's files, which bundlers see to;
 * otherwise `source` tells where it is. When it could not be had, the promise is rejected, and `init` may be called again.
 *
 * In Node.js the functions are ready without it.
 */
export function init(source?: WasmSource | Promise<WasmSource>): Promise<void>;
