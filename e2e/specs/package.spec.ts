import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";

import type { Page } from "@playwright/test";

import { expect, test as base } from "../test.ts";

const PACKAGE = path.resolve(fileURLToPath(new URL("..", import.meta.url)), process.env.DRYDOCK_PACKAGE ?? "../dist-npm");
const TYPES: Record<string, string> = { html: "text/html", js: "text/javascript", wasm: "application/wasm" };
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; img-src data:";

/** Somebody's site, which has the npm package in a folder and knows no bundler. */
class Site {
  /** Its own files. */
  readonly files = new Map<string, string>();
  /** What it says wasm is; nothing when it has lost it. */
  wasm: string | undefined = TYPES.wasm;
  private readonly server: Server = createServer((request, response) => {
    const name = new URL(request.url ?? "", "http://site").pathname.slice(1);
    const ending = path.extname(name).slice(1);
    const type = ending === "wasm" ? this.wasm : TYPES[ending];
    this.read(name).then(
      (text) => (type === undefined ? response.writeHead(404).end() : response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(text)),
      () => response.writeHead(404).end(),
    );
  });

  async read(name: string): Promise<string | Buffer> {
    return this.files.get(name) ?? readFile(path.join(PACKAGE, path.basename(name)));
  }

  async start(): Promise<string> {
    await new Promise<void>((started) => this.server.listen(0, "127.0.0.1", started));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const stopped = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await stopped;
  }
}

const test = base.extend<{ site: Site }>({
  site: async ({}, use) => {
    const site = new Site();
    await use(site);
    await site.stop();
  },
  baseURL: async ({ site }, use) => use(await site.start()),
});

const PAGE = `<!doctype html><title>Somebody's page</title><link rel="icon" href="data:,"><output></output><button>Again</button><script type="module" src="page.js"></script>`;
const CHECK = `
  import { analyze, init, print } from "./vendor/drydock/browser.js";
  export async function check() {
    await init();
    const { verdict, diagnostics } = analyze('{ "größe 😀": 1 }');
    const [{ id, span }] = diagnostics;
    return [verdict, id, span.start, span.end, print("{}", "nix-settings").text].join(" ");
  }
`;
const ANSWER = "The daemon refuses this file: 1 error. unknown-key 2 12 { }";

async function open(page: Page, site: Site, script: string): Promise<void> {
  site.files.set("page.html", PAGE).set("check.js", CHECK).set("page.js", script);
  await page.goto("/page.html");
}

const SHOW = `
  import { check } from "./check.js";
  const show = () => check().catch(String).then((said) => { document.querySelector("output").value = said; });
  document.querySelector("button").addEventListener("click", show);
  show();
`;

test("the npm package answers on a page that serves it as it is, under a strict policy", async ({ page, site }) => {
  await open(page, site, SHOW);
  await expect(page.getByRole("status")).toHaveText(ANSWER);
});

test("the npm package answers in a worker", async ({ page, site }) => {
  site.files.set("worker.js", `import { check } from "./check.js"; check().then(postMessage);`);
  await open(page, site, `new Worker("worker.js", { type: "module" }).onmessage = ({ data }) => { document.querySelector("output").value = data; };`);
  await expect(page.getByRole("status")).toHaveText(ANSWER);
});

test("the npm package answers from hosts that do not know wasm", async ({ page, site }) => {
  site.wasm = "application/octet-stream";
  await open(page, site, SHOW);
  await expect(page.getByRole("status")).toHaveText(ANSWER);
});

test.describe("where the wasm is lost", () => {
  test.use({ expected: /404/ });

  test("the npm package says that a page came in its place", async ({ page, site }) => {
    site.wasm = TYPES.html;
    await open(page, site, SHOW);
    await expect(page.getByRole("status")).toHaveText(/drydock_bg\.wasm answers with a page\. Serve drydock_bg\.wasm/);
  });

  test("the npm package says so, and answers when it is there again", async ({ page, site }) => {
    site.wasm = undefined;
    await open(page, site, SHOW);
    await expect(page.getByRole("status")).toHaveText(/^Error: Drydock's wasm could not be fetched: .*\/vendor\/drydock\/drydock_bg\.wasm answers 404\./);
    site.wasm = TYPES.wasm;
    await page.getByRole("button", { name: "Again" }).click();
    await expect(page.getByRole("status")).toHaveText(ANSWER);
  });
});
