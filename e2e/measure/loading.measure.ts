// How soon can one type, how soon is there a verdict, the page around it, and the full editor, on a slow connection with a
// slow processor?

import { test, type Browser, type CDPSession } from "@playwright/test";

import { DRAFT } from "./draft.ts";
import { kilobytes, median, milliseconds, report } from "./numbers.ts";

const ROUNDS = 5;

/** Milliseconds, and bytes a second; `-1` leaves the way up as it is. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: -1 };
const TIMES_SLOWER = 4;

/** What a draft's reader waits for, in order. */
const MARKS = ["verdict", "panels", "editor"] as const;

type Mark = (typeof MARKS)[number];

interface Moment {
  /** Milliseconds since the address was asked for. */
  time: number;
  /** Bytes on the wire until then. */
  bytes: number;
}

type Round = Record<"usable" | Mark | "all", Moment>;

test("loading on slow 4G with a processor 4 times slower, median of 5", async ({ browser, baseURL }) => {
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await load(browser, `${baseURL}/`));
  const middle = (of: (round: Round) => number) => median(rounds.map(of));
  const row = (what: string, name: keyof Round): [string, string] =>
    [what, `${milliseconds(middle((round) => round[name].time))}, ${kilobytes(middle((round) => round[name].bytes))}`];
  report([
    ["text area usable", milliseconds(middle(({ usable }) => usable.time))],
    row("verdict on the draft", "verdict"),
    row("its problems and its result", "panels"),
    row("full editor", "editor"),
    row("everything", "all"),
  ]);
});

/** Opens the page as somebody who was here before, and left a draft, but has nothing in the cache. */
async function load(browser: Browser, address: string): Promise<Round> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(markArrivals, DRAFT);
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW_4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: TIMES_SLOWER });
  const { bytesAt, last } = countBytes(session);
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForFunction(() => performance.getEntriesByName("editor").length > 0);
  await page.waitForLoadState("networkidle");
  const { origin, times } = await page.evaluate((marks) => {
    const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? NaN;
    const times = Object.fromEntries(marks.map((name) => [name, at(name)])) as Record<Mark, number>;
    return { origin: performance.timeOrigin, times: { usable: at("first-contentful-paint"), ...times } };
  }, MARKS);
  await context.close();
  const moment = (time: number): Moment => ({ time, bytes: bytesAt(origin + time) });
  return {
    usable: moment(times.usable),
    verdict: moment(times.verdict),
    panels: moment(times.panels),
    editor: moment(times.editor),
    all: moment(last() - origin),
  };
}

/** Counts what comes over the wire. Its moments are milliseconds since 1970. */
function countBytes(session: CDPSession): { bytesAt: (moment: number) => number; last: () => number } {
  /** From the browser's own clock, which began with the machine, to 1970. */
  let sinceThen = NaN;
  const parts: { timestamp: number; bytes: number }[] = [];
  session.on("Network.requestWillBeSent", ({ timestamp, wallTime }) => (sinceThen = wallTime - timestamp));
  session.on("Network.dataReceived", ({ timestamp, encodedDataLength: bytes }) => parts.push({ timestamp, bytes }));
  const moment = (timestamp: number) => (sinceThen + timestamp) * 1000;
  return {
    bytesAt: (until) => parts.reduce((sum, it) => (moment(it.timestamp) <= until ? sum + it.bytes : sum), 0),
    last: () => moment(parts.at(-1)?.timestamp ?? NaN),
  };
}

/** Leaves a draft, and notes when each thing is there. */
function markArrivals(draft: string): void {
  localStorage.setItem("drydock.text", draft);
  const isHere: Record<Mark, () => unknown> = {
    verdict: () => document.querySelector("#verdict [data-severity]"),
    panels: () => document.querySelector("#problems .problem") && document.querySelector("#result .code"),
    editor: () => document.querySelector("#source[hidden]"),
  };
  const awaited = new Set(Object.keys(isHere) as Mark[]);
  new MutationObserver((_, observer) => {
    for (const name of awaited) {
      if (!isHere[name]()) continue;
      awaited.delete(name);
      performance.mark(name);
    }
    if (awaited.size === 0) observer.disconnect();
  }).observe(document, { childList: true, subtree: true, attributes: true });
}
