// Is the package whole, and does it load where it should?

import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { drydock, folder, project, root, said } from "./installed.js";

const inPackage = (name) => readFileSync(path.join(folder, name), "utf8");

/** Runs a program of somebody's project. */
function run(name, text, ...words) {
  writeFileSync(path.join(project, name), text);
  return said(process.execPath, [name, ...words]).trim();
}

test("holds what it needs and no more", () => {
  assert.deepEqual(readdirSync(folder).sort(), [
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "browser.js",
    "drydock.d.ts",
    "drydock_bg.js",
    "drydock_bg.wasm",
    "engine.js",
    "index.d.ts",
    "node.js",
    "package.json",
  ]);
  const version = /^version = "(.*)"$/m.exec(readFileSync(path.join(root, "Cargo.toml"), "utf8"))?.[1];
  assert.equal(JSON.parse(inPackage("package.json")).version, version);
  assert.equal(drydock.version(), version);
});

test("exports in Node.js and in browsers what its types declare", async () => {
  const declared = [...`${inPackage("drydock.d.ts")}${inPackage("index.d.ts")}`.matchAll(/^export function (\w+)/gm)].map((it) => it[1]).sort();
  assert.ok(declared.includes("analyze") && declared.includes("init"));
  for (const entry of ["node.js", "browser.js"]) {
    assert.deepEqual(Object.keys(await import(path.join(folder, entry))).sort(), declared, entry);
  }
});

test("answers in Node.js at once, imported and required, and after init", () => {
  for (const [name, text] of [
    ["imports.js", `import { analyze } from "drydock"; console.log(analyze("{}").verdict);`],
    ["waits.js", `import { analyze, init } from "drydock"; await Promise.all([init(), init()]); await init(); console.log(analyze("{}").verdict);`],
    ["loads.js", `import { readFileSync } from "node:fs"; import { analyze, init } from "drydock"; await init(readFileSync(new URL(import.meta.resolve("drydock/drydock.wasm")))); console.log(analyze("{}").verdict);`],
    ["requires.cjs", `const { analyze } = require("drydock"); console.log(analyze("{}").verdict);`],
  ]) {
    // Node.js can require modules since 20.19.
    if (!name.endsWith(".cjs") || process.features.require_module) {
      assert.equal(run(name, text), "The daemon starts with this configuration.", name);
    }
  }
});

test("reads no file before it is asked something", () => {
  const text = `import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module"; let reads = 0; const read = fs.readFileSync;
    fs.readFileSync = (...words) => { reads += String(words[0]).endsWith(".wasm"); return read(...words); }; syncBuiltinESMExports();
    const { targets } = await import("drydock"); const before = reads; targets(); targets(); console.log(before, reads);`;
  assert.equal(run("lazy.js", text), "0 1");
});

test("asks to be made ready where it has to fetch, and lets that be tried again", () => {
  const text = `import assert from "node:assert/strict"; import { readFileSync } from "node:fs";
    import { analyze, init } from "./node_modules/drydock/browser.js";
    assert.throws(() => analyze("{}"), { name: "Error", message: /^Drydock is not ready: .await init\\(\\)/ });
    await assert.rejects(init(new Response("nothing here", { status: 404 })), { message: /could not be fetched.* answers 404/ });
    await assert.rejects(init(new Uint8Array([1, 2, 3])), WebAssembly.CompileError);
    assert.throws(() => analyze("{}"), { message: /not ready/ });
    const wasm = readFileSync("node_modules/drydock/drydock_bg.wasm");
    const sources = { module: new WebAssembly.Module(wasm), bytes: wasm, later: Promise.resolve(wasm.buffer),
      response: new Response(wasm, { headers: { "content-type": "application/wasm" } }), octets: new Response(wasm) };
    await Promise.all([init(sources[process.argv[2]]), init()]);
    console.log(analyze("{}").verdict);`;
  for (const source of ["module", "bytes", "later", "response", "octets"]) {
    assert.equal(run("fetches.js", text, source), "The daemon starts with this configuration.", source);
  }
});

test("is typed for strict compilers, with the types of a browser or without", () => {
  writeFileSync(path.join(project, "consumer.ts"), readFileSync(new URL("consumer.ts", import.meta.url)));
  const compiler = path.join(root, "e2e/node_modules/typescript/bin/tsc");
  for (const [module, lib] of [
    ["nodenext", "es2023"],
    ["nodenext", "es2023,dom"],
    ["preserve", "es2023,dom"],
  ]) {
    said(process.execPath, [compiler, "--noEmit", "--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--target", "es2023", "--module", module, "--lib", lib, "--types", "", "consumer.ts"]);
  }
});

test("shows in its README what runs", () => {
  const [, example] = /```js\n([^]*?)```/.exec(inPackage("README.md")) ?? [];
  const said = run("readme.js", example);
  assert.match(said, /^The daemon will not start: 1 error/);
  assert.match(said, /^1:\d+ error address-pool-size-too-small/m);
  assert.match(said, /virtualisation\.docker/);
  assert.match(said, /^Collides /m);
});
