// Drydock in Node.js: the wasm is read from beside this file when a function is called for the first time.

import { readFileSync } from "node:fs";

import { functions, load, use } from "./engine.js";

let isReady = false;

function ready() {
  if (!isReady) {
    use(new WebAssembly.Module(readFileSync(new URL("./drydock_bg.wasm", import.meta.url))));
    isReady = true;
  }
}

export async function init(source) {
  if (source !== undefined && !isReady) {
    await load(source);
    isReady = true;
  }
  ready();
}

export const { analyze, benches, check, credentials, decodeLink, encodeLink, knownNetworks, plan, print, propose, targets, version } = functions(ready);
