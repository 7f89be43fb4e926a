// The package as somebody has it who installed it, and the terminal program to hold it against: `cargo xtask test` sets
// DRYDOCK_PACKAGE and DRYDOCK.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

/** The root of the project. */
export const root = fileURLToPath(new URL("../../", import.meta.url));
const built = path.resolve(root, process.env.DRYDOCK_PACKAGE ?? "dist-npm");
const terminal = path.resolve(root, process.env.DRYDOCK ?? path.join(process.env.CARGO_TARGET_DIR ?? "target", "debug/drydock"));

/** A folder of somebody's project that has the package in its node_modules. */
export const project = mkdtempSync(path.join(tmpdir(), "drydock-npm-"));
after(() => rmSync(project, { recursive: true, force: true }));

npm("pack", built, "--pack-destination", project);
const archive = readdirSync(project).find((name) => name.endsWith(".tgz"));
writeFileSync(path.join(project, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
npm("install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", `./${archive}`);

/** Where the package is installed. */
export const folder = path.join(project, "node_modules/drydock");

/** The package, imported. */
export const drydock = await import(path.join(folder, "node.js"));

function npm(...words) {
  said("npm", words, "", [0]);
}

/** What a program prints. */
export function said(program, words, input = "", statuses = [0]) {
  const { status, stdout, stderr, error } = spawnSync(program, words, { cwd: project, input, encoding: "utf8", maxBuffer: 1 << 26 });
  if (error || !statuses.includes(status)) {
    throw new Error(`${program} ${words.join(" ")} failed (${error ?? status}):\n${stdout}${stderr}`);
  }
  return stdout;
}

/** What the terminal program prints; 1 means that something was found. */
export function inTerminal(words, input = "") {
  return said(terminal, words, input, [0, 1]);
}
