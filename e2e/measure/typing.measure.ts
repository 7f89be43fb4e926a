// How long after a keystroke is its result in the page, and how much of that time is the editor's own?

import { expect, test, type Page } from "@playwright/test";

import { Drydock } from "../drydock.ts";
import { milliseconds, percentile, report } from "./numbers.ts";

/** A configuration of the size people have. */
const CONFIGURATION = `{
  "data-root": "/srv/docker",
  "default-address-pools": [
    { "base": "10.201.0.0/16", "size": 24 },
    { "base": "10.202.0.0/16", "size": 26 }
  ],
  "dns": ["1.1.1.1", "8.8.8.8"],
  "registry-mirrors": ["https://mirror.example.com"],
  "live-restore": true
}`;

/** Typed at its start. Most of the texts on the way are broken ones. */
const TYPED =
  '"log-driver": "json-file", "log-opts": {"max-size": "10m", "max-file": "3"}, "bip": "10.200.0.1/24", "mtu": 1450, ' +
  '"storage-driver": "overlay2", "shutdown-timeout": 30, "insecure-registries": ["registry.example.com:5000"],';

/** Between two keys, in milliseconds: a quick typist's pace. */
const PACE = 80;

interface Keystroke {
  begin: number;
  /** When the last of what follows from it was written into the page. */
  end: number;
  /** How much of the time is the editor's own: until it tells the change, and while it marks what is wrong. */
  editor: number;
}

for (const timesSlower of [1, 4]) {
  test(`typing with a processor ${timesSlower === 1 ? "as it is" : `${timesSlower} times slower`}`, async ({ page }) => {
    await watchEditor(page);
    const drydock = new Drydock(page);
    await drydock.openWith(CONFIGURATION);
    await expect(drydock.result).toContainText("live-restore");
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.press("ArrowRight");
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: timesSlower });
    await watchKeystrokes(page);
    await page.keyboard.type(TYPED, { delay: PACE });
    const keystrokes = await page.evaluate(() => Reflect.get(window, "keystrokes") as Keystroke[]);
    expect(keystrokes.length, "keystrokes with a result").toBeGreaterThanOrEqual(100);
    const row = (what: string, of: (keystroke: Keystroke) => number): [string, string] => {
      const numbers = keystrokes.map(of);
      return [what, `p50 ${milliseconds(percentile(numbers, 0.5))}   p95 ${milliseconds(percentile(numbers, 0.95))}`];
    };
    report([
      ["keystrokes", String(keystrokes.length)],
      row("input event to result in the page", ({ begin, end }) => end - begin),
      row("of it the editor", ({ editor }) => editor),
      row("of it everything else", ({ begin, end, editor }) => end - begin - editor),
    ]);
  });
}

/** Puts a module before the editor's that notes when it tells a change and how long it marks what is wrong. */
async function watchEditor(page: Page): Promise<void> {
  await page.route(/\/editor[^/]*\.js$/, (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `
        import { openEditor as open } from "${route.request().url()}?itself";
        export * from "${route.request().url()}?itself";
        export function openEditor(area) {
          const editor = open(area);
          const { onChange, setDiagnostics } = editor;
          editor.onChange = (listener) => onChange((...change) => {
            window.keystroke?.told();
            listener(...change);
          });
          editor.setDiagnostics = (list) => {
            const begin = performance.now();
            setDiagnostics(list);
            window.keystroke?.marked(performance.now() - begin);
          };
          return editor;
        }`,
    }));
}

/** From here on each input event begins a keystroke; it ends with the last change of the page in the same task. */
function watchKeystrokes(page: Page): Promise<void> {
  return page.evaluate(() => {
    const keystrokes: Keystroke[] = [];
    let current: Keystroke | undefined;
    Object.assign(window, {
      keystrokes,
      keystroke: {
        told: () => current && (current.editor += performance.now() - current.begin),
        marked: (took: number) => current && (current.editor += took),
      },
    });
    new MutationObserver(() => current && (current.end = performance.now()))
      .observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => {
      if (current?.end) keystrokes.push(current);
      current = undefined;
    };
    addEventListener("input", () => {
      current = { begin: performance.now(), end: 0, editor: 0 };
      port1.postMessage(null);
    }, { capture: true });
  });
}
