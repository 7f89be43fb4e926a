// Drydock in browsers, workers and bundles: the wasm is fetched from beside this file when `init` is called.

import { functions, load } from "./engine.js";

let isReady = false;
let loading;

function ready() {
  if (!isReady) {
    throw new Error("Drydock is not ready: `await init()` before its functions are called.");
  }
}

export function init(source) {
  loading ??= load(source ?? new URL("./drydock_bg.wasm", import.meta.url)).then(
    () => {
      isReady = true;
    },
    (error) => {
      // What failed can be tried again.
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

export const { analyze, benches, check, credentials, decodeLink, encodeLink, knownNetworks, plan, print, propose, targets, version } = functions(ready);
