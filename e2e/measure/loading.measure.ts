// How soon can one type, and how soon is there a verdict, on a slow connection with a slow processor?

import { test, type Browser } from "@playwright/test";

import { GOOD } from "../configurations.ts";
import { median, milliseconds, report } from "./numbers.ts";

const ROUNDS = 5;

/** Milliseconds, and bytes a second; `-1` leaves the way up as it is. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: -1 };
const TIMES_SLOWER = 4;

interface Round {
  /** Until the text area, which is in the page from the start, has been drawn. */
  usable: number;
  /** Until the verdict about the draft is in the page. */
  verdict: number;
  /** Bytes on the wire until then. */
  bytes: number;
}

test("loading on slow 4G with a processor 4 times slower, median of 5", async ({ browser, baseURL }) => {
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await load(browser, `${baseURL}/`));
  const middle = (of: (round: Round) => number) => median(rounds.map(of));
  report([
    ["text area usable", milliseconds(middle(({ usable }) => usable))],
    ["first verdict", milliseconds(middle(({ verdict }) => verdict))],
    ["on the wire until then", `${(middle(({ bytes }) => bytes) / 1000).toFixed(1)} kB`],
  ]);
});

/** Opens the page as somebody who was here before, and left a draft, but has nothing in the cache. */
async function load(browser: Browser, address: string): Promise<Round> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript((draft) => {
    localStorage.setItem("drydock.text", draft);
    new MutationObserver((_, observer) => {
      if (!document.querySelector("#verdict [data-severity]")) return;
      observer.disconnect();
      performance.mark("verdict");
    }).observe(document, { childList: true, subtree: true, attributes: true });
  }, GOOD);
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW_4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: TIMES_SLOWER });
  let bytes = 0;
  session.on("Network.dataReceived", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForFunction(() => performance.getEntriesByName("verdict").length > 0);
  const round = await page.evaluate(() => {
    const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? NaN;
    return { usable: at("first-contentful-paint"), verdict: at("verdict") };
  });
  await context.close();
  return { ...round, bytes };
}
