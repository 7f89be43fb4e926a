// Before the first spec: the browser starts once and draws the page, so that no spec pays for a machine that has not read
// browser and fonts from its disk yet.

import playwright, { type FullConfig } from "@playwright/test";

/** As long as a slow disk may take, in milliseconds. */
const PATIENCE = 120_000;

export default async function warm({ projects }: FullConfig): Promise<void> {
  const { baseURL, launchOptions, channel, defaultBrowserType } = projects[0]?.use ?? {};
  const browser = await playwright[defaultBrowserType ?? "chromium"].launch({ ...launchOptions, channel, timeout: PATIENCE });
  const page = await browser.newPage();
  await page.goto(`${baseURL}/`, { timeout: PATIENCE });
  await page.getByTestId("verdict").waitFor({ timeout: PATIENCE });
  await browser.close();
}
