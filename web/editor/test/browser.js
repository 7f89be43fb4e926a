// A real browser with the editor's page, served as strictly as the site is.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";
const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css" };

/** From here on time passes on the page only by `page.clock.runFor`. */
export async function stopTheClock(page) {
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
}

export async function openBrowser() {
  const server = createServer(async ({ url }, response) => {
    const path = url === "/" ? "test/page/index.html" : url.startsWith("/dist/") ? url.slice(1) : `test/page${url}`;
    try {
      const body = await readFile(fileURLToPath(new URL(`../${path}`, import.meta.url)));
      const type = TYPES[path.split(".").pop()];
      response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });

  return {
    /** A page with the text area only; whatever goes wrong on it is kept in `problems`. */
    async openPage(options = {}) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const problems = [];
      page.on("pageerror", (error) => problems.push(String(error)));
      page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
      await page.exposeFunction("reportViolation", (violation) => problems.push(violation));
      await page.addInitScript(() =>
        addEventListener("securitypolicyviolation", ({ violatedDirective, sourceFile }) =>
          window.reportViolation(`${violatedDirective} violated by ${sourceFile}`)));
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      await page.waitForFunction(() => window.editor);
      return Object.assign(page, { problems });
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}
