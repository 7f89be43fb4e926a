// How long does a key keep its reader waiting, and how much of that is not the text editor's own?
//
// The same keys go to the page and to its text editor alone on the same static page, in turns, because machines are slower
// at one time than at another. Each key is given as much time as a quick typist does, and all that happens in it counts:
// the page draws some of it in later tasks.

import { expect, test, type Browser, type BrowserContext, type CDPSession, type Page } from "@playwright/test";

import { Drydock } from "../drydock.ts";
import { mean, milliseconds, percentile, report } from "./numbers.ts";

/** A text, and what is typed into it, one part after the other. */
interface Work {
  /** The page that it is typed in. */
  address: string;
  /** What its editor is called. */
  editor: string;
  text: string;
  /** Something of the text that its result has. */
  proof: string;
  /** The line at whose end it is typed. */
  line: number;
  typed: string[];
}

const DAEMON = "Docker daemon configuration";

/** A configuration of the size people have. Most of the texts on the way are broken ones. */
const CONFIGURATION: Work = {
  address: "/",
  editor: DAEMON,
  proof: "live-restore",
  text: `{
  "data-root": "/srv/docker",
  "default-address-pools": [
    { "base": "10.201.0.0/16", "size": 24 },
    { "base": "10.202.0.0/16", "size": 26 }
  ],
  "dns": ["1.1.1.1", "8.8.8.8"],
  "registry-mirrors": ["https://mirror.example.com"],
  "live-restore": true
}`,
  line: 1,
  typed: [
    '"log-driver": "json-file", "log-opts": ',
    '{"max-size": "10m", "max-file": "3"}, ',
    '"bip": "10.200.0.1/24", "mtu": 1450, "storage-driver": ',
    '"overlay2", "shutdown-timeout": 30, "insecure-registries": ["registry.example.com:5000"],',
  ],
};

/** What else a machine is told, 192 lines of it. */
const SERVICES = Array.from({ length: 48 }, (_, number) => `
  # Service ${number}
  systemd.services."app-${number}".serviceConfig = {
    ExecStart = "\${pkgs.hello}/bin/hello --port \${toString (8000 + ${number})}"; Restart = "always";
  };`).join("");

/** A machine's module of 200 lines. */
const MODULE: Work = {
  address: "/",
  editor: DAEMON,
  proof: "live-restore",
  text: `{ config, lib, pkgs, ... }:
{
  virtualisation.docker = { enable = true; daemon.settings = {
    live-restore = true;
  }; };${SERVICES}
}
`,
  line: 4,
  typed: [
    ' log-driver = "json-file"; log-opts = ',
    '{ max-size = "10m"; max-file = "3"; }; ',
    'bip = "10.200.0.1/24"; mtu = 1450; storage-driver = ',
    '"overlay2"; shutdown-timeout = 30; insecure-registries = [ "registry.example.com:5000" ];',
  ],
};

/** A stack of 25 services in 303 lines. */
const STACK: Work = {
  address: "/#/compose",
  editor: "Compose file",
  proof: "app-24",
  text: `services:
  app:
    image: example.com/app:1.4
${Array.from({ length: 25 }, (_, number) => `  app-${number}:
    image: ghcr.io/example/app-${number}:1.4
    restart: unless-stopped
    environment:
      TZ: Europe/Berlin
      DATABASE_URL: postgres://app@app/${number}
    volumes:
      - data-${number}:/data
      - ./config/${number}.toml:/etc/app.toml:ro
    ports: ["127.0.0.1:${8100 + number}:80"]
    depends_on: [app]
    labels: { com.example.number: "${number}" }
`).join("")}volumes:
${Array.from({ length: 25 }, (_, number) => `  data-${number}:\n`).join("")}`,
  line: 3,
  typed: [
    "\nuser: 1000:1000",
    "\nhostname: app.example.com\nenvironment: { LOG_LEVEL: info, TZ: Europe/Berlin }",
    '\nports: ["127.0.0.1:8080:80"]\nstop_grace_period: 30s',
    '\nhealthcheck: { test: "curl -f http://127.0.0.1/", interval: 30s, retries: 5 }',
  ],
};

/** Between two keys, in milliseconds: a quick typist's pace. */
const PACE = 80;

/** What is measured of keys; times are in milliseconds. */
interface Keys {
  /** Of each key, from when it was pressed until what follows at once was painted: multiples of 8, and 16 at least. */
  felt: number[];
  /** Of each key with a result, until the last of it was written into the page. */
  result: number[];
  /** How many were pressed. */
  count: number;
  /** The main thread's time, altogether. */
  task: number;
  /** Of it, that of scripts. */
  script: number;
}

const WORKS = { "": CONFIGURATION, " in a module of NixOS": MODULE, " in a Compose file": STACK };
const RUNS = [1, 4].flatMap((timesSlower) => Object.entries(WORKS).map(([where, work]) => ({ timesSlower, where, work })));

for (const { timesSlower, where, work } of RUNS) {
  test(`typing${where} with a processor ${timesSlower === 1 ? "as it is" : `${timesSlower} times slower`}`, async ({ browser }) => {
    const page = await Typist.open(browser, work, timesSlower);
    const editor = await Typist.open(browser, work, timesSlower, leaveTheEditorAlone);
    for (const text of work.typed) {
      await page.type(text);
      await editor.type(text);
    }
    const [whole, alone] = [await page.close(), await editor.close()];
    expect(whole.result.length, "keys with a result").toBeGreaterThanOrEqual(100);
    const row = (what: string, numbers: number[]): [string, string] =>
      [what, `p50 ${milliseconds(percentile(numbers, 0.5))}   p95 ${milliseconds(percentile(numbers, 0.95))}`];
    const against = (of: (keys: Keys) => number) =>
      `${milliseconds(of(whole))} / ${milliseconds(of(alone))} = ${(of(whole) / of(alone)).toFixed(2)}`;
    report([
      ["keys", String(whole.count)],
      row("key to paint (INP)", whole.felt),
      row("the same, editor alone", alone.felt),
      ["mean, page / editor alone", against((it) => mean(it.felt))],
      row("input event to result in the page", whole.result),
      ["main thread per key, likewise", against((it) => it.task / it.count)],
      ["of it scripts", against((it) => it.script / it.count)],
      ["scripts that are not the editor's", milliseconds(whole.script / whole.count - alone.script / alone.count)],
    ]);
  });
}

/** Types into a page of its own. */
class Typist {
  readonly #context: BrowserContext;
  readonly #page: Page;
  readonly #session: CDPSession;
  #task = 0;
  #script = 0;

  private constructor(context: BrowserContext, page: Page, session: CDPSession) {
    this.#context = context;
    this.#page = page;
    this.#session = session;
  }

  /** Opens the page, makes of it what is asked, and puts the caret where typing begins. */
  static async open(browser: Browser, { address, editor, text, proof, line }: Work, timesSlower: number, prepare?: (page: Page) => Promise<void>): Promise<Typist> {
    const context = await browser.newContext();
    const page = await context.newPage();
    await prepare?.(page);
    const drydock = new Drydock(page, prepare ? DAEMON : editor);
    await page.goto(prepare ? "/" : address);
    await expect(drydock.editor).toHaveAttribute("contenteditable", "true");
    await drydock.write(text);
    await page.waitForLoadState("networkidle");
    if (!prepare) await expect(drydock.result).toContainText(proof);
    await page.keyboard.press("ControlOrMeta+Home");
    for (let above = 1; above < line; above++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    const session = await context.newCDPSession(page);
    await session.send("Performance.enable");
    await session.send("Emulation.setCPUThrottlingRate", { rate: timesSlower });
    await page.evaluate(watchKeys);
    return new Typist(context, page, session);
  }

  async type(text: string): Promise<void> {
    const before = await this.#spent();
    await this.#page.keyboard.type(text, { delay: PACE });
    const after = await this.#spent();
    this.#task += after.task - before.task;
    this.#script += after.script - before.script;
  }

  async close(): Promise<Keys> {
    const keys = await this.#page.evaluate(() => Reflect.get(window, "keys") as Pick<Keys, "felt" | "result" | "count">);
    await this.#context.close();
    return { ...keys, task: this.#task, script: this.#script };
  }

  /** What the main thread has spent so far. */
  async #spent(): Promise<Pick<Keys, "task" | "script">> {
    const { metrics } = await this.#session.send("Performance.getMetrics");
    const of = (name: string) => 1000 * (metrics.find((it) => it.name === name)?.value ?? NaN);
    return { task: of("TaskDuration"), script: of("ScriptDuration") };
  }
}

/** Puts in place of the script that starts the page one that starts its editor. */
async function leaveTheEditorAlone(page: Page): Promise<void> {
  const { files } = (await (await page.request.get("/manifest.json")).json()) as { files: { path: string; name: string }[] };
  const path = (name: string) => `./${files.find((it) => it.name === name)?.path}`;
  await page.route(/\/start[^/]*\.js$/, (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `
        import { openEditor } from "${path("editor.js")}";
        const styles = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "${path("parts.css")}" });
        document.head.append(styles);
        openEditor(document.getElementById("source")).upgrade(() => import("${path("codemirror.js")}"));`,
    }));
}

/** Notes what happens with each key from here on, in `window.keys`. */
function watchKeys(): void {
  const felt = new Map<number, number>();
  const result: number[] = [];
  // Browsers do not tell of what is painted sooner.
  const soon = () => Array<number>(Math.max(0, keys.count - felt.size)).fill(16);
  const keys = { count: 0, result, get felt() { return [...felt.values(), ...soon()]; } };
  Object.assign(window, { keys });

  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries() as PerformanceEventTiming[]) {
      if (interactionId) felt.set(interactionId, Math.max(duration, felt.get(interactionId) ?? 0));
    }
  }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);

  let begin = NaN;
  let end = NaN;
  addEventListener("input", () => {
    if (end > begin) result.push(end - begin);
    begin = performance.now();
    keys.count++;
  }, { capture: true });
  const parts = ["verdict", "problems", "result", "space"].flatMap((id) => document.getElementById(id) ?? []);
  const observer = new MutationObserver((changes) => {
    // A line is marked as changed for a while: that this ends is no result.
    if (changes.some((it) => it.attributeName !== "data-changed")) end = performance.now();
  });
  for (const part of parts) observer.observe(part, { childList: true, subtree: true, attributes: true, characterData: true });
}
