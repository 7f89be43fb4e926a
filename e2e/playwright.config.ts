// How the browser is started, and where the page is: `cargo xtask test` sets CHROMIUM and BASE_URL.

import { defineConfig, devices } from "@playwright/test";

/** Without these a browser in a closed network keeps asking its maker's servers, and keeps being refused. */
const QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-quic", "--disable-sync", "--no-first-run"];

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "specs",
  globalSetup: "./warm.ts",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env.BASE_URL ?? "http://127.0.0.1:8080",
    viewport: { width: 1440, height: 900 },
    serviceWorkers: "block",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      // Only an ordinary user can have the sandbox.
      args: isRoot ? [...QUIET, "--no-sandbox"] : QUIET,
    },
  },
});
