// Measurements have the machine for themselves; they report, and do not fail for being slow.

import { defineConfig } from "@playwright/test";

import config from "../playwright.config.ts";

export default defineConfig(config, {
  testDir: ".",
  globalSetup: "../warm.ts",
  testMatch: "*.measure.ts",
  outputDir: "../test-results/measure",
  workers: 1,
  timeout: 300_000,
  use: { trace: "off", screenshot: "off" },
});
