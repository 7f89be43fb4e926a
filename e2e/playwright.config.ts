// How the browser is started, and where the page is: `cargo xtask test` sets BROWSER, its program, and BASE_URL.

import { defineConfig, devices, type PlaywrightTestConfig } from "@playwright/test";

/** Without these a browser in a closed network keeps asking its maker's servers, and keeps being refused. */
const QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-quic", "--disable-sync", "--no-first-run"];

const isRoot = process.getuid?.() === 0;

/** Everything is done in Chromium; what people do most, in the others too: see `EVERYWHERE` in `test.ts`. */
const grep = /@everywhere/;

const BROWSERS: Record<string, Pick<PlaywrightTestConfig, "use" | "grep">> = {
  chromium: {
    use: {
      ...devices["Desktop Chrome"],
      launchOptions: {
        executablePath: process.env.CHROMIUM,
        // Only an ordinary user can have the sandbox.
        args: isRoot ? [...QUIET, "--no-sandbox"] : QUIET,
      },
    },
  },
  firefox: {
    grep,
    use: {
      ...devices["Desktop Firefox"],
      // Its makers' own build, spoken to as WebDriver BiDi; without one, Playwright's.
      ...(process.env.FIREFOX && { channel: "moz-firefox", launchOptions: { executablePath: process.env.FIREFOX } }),
    },
  },
  webkit: { grep, use: devices["Desktop Safari"] },
};

const browser = BROWSERS[process.env.BROWSER ?? "chromium"];

export default defineConfig({
  testDir: "specs",
  grep: browser?.grep,
  globalSetup: "./warm.ts",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    ...browser?.use,
    baseURL: process.env.BASE_URL ?? "http://127.0.0.1:8080",
    viewport: { width: 1440, height: 900 },
    serviceWorkers: "block",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
});
