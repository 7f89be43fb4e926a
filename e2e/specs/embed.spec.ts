import type { Page } from "@playwright/test";

import { GOOD, QUOTED_NUMBER, TWO_MISTAKES } from "../configurations.ts";
import { Docs, block } from "../docs.ts";
import { Drydock } from "../drydock.ts";
import { Embed, test } from "../embeds.ts";
import { Host } from "../host.ts";
import { EVERYWHERE, expect } from "../test.ts";

const AFTER = "<p id=after>What comes after it.</p>";

/** Keeps the events of all editors of the page, as its own scripts hear them. */
async function listen(page: Page): Promise<() => Promise<{ type: string; detail: Record<string, unknown> }[]>> {
  await page.addInitScript(() => {
    const heard: unknown[] = [];
    Reflect.set(window, "heard", heard);
    for (const type of ["drydock-ready", "drydock-change"]) {
      addEventListener(type, (event) => heard.push({ type, detail: (event as CustomEvent).detail as unknown }));
    }
  });
  return () => page.evaluate(() => Reflect.get(window, "heard") as { type: string; detail: Record<string, unknown> }[]);
}

/** How far things have moved by themselves so far. */
function shift(page: Page): Promise<number> {
  return page.evaluate(() => new Promise<number>((resolve) => {
    let moved = 0;
    const add = (entries: PerformanceEntryList) => {
      for (const entry of entries as (PerformanceEntry & { value: number })[]) moved += entry.value;
    };
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    // A frame tells what it moved when it has been drawn.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
      add(observer.takeRecords());
      resolve(moved);
    })));
  }));
}

test("an editor that is open is printed as its author's block", async ({ docs, page, embed }) => {
  docs.page(block(QUOTED_NUMBER));
  await page.goto("/");
  await embed.edit();
  await expect(embed.block).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(embed.block).toBeVisible();
  await expect(embed.iframe).toBeHidden();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test("the code block stays what it is", async ({ docs, page, embed }) => {
    docs.page(block(QUOTED_NUMBER));
    await page.goto("/");
    await expect(embed.block).toHaveText(QUOTED_NUMBER);
    await expect(embed.iframe).toHaveCount(0);
  });
});

test("when Drydock is gone the code block stays what it is", async ({ docs, page, embed }) => {
  await page.route("**/embed.html*", (route) => route.abort());
  docs.page(block(QUOTED_NUMBER) + AFTER);
  await page.goto("/");
  await expect(embed.iframe).toHaveCount(1);
  await expect(embed.way("Edit")).toBeHidden();
  await expect(embed.block).toBeVisible();
});

test("the verdict stands under the block, and nothing moves", EVERYWHERE, async ({ docs, page, embed }) => {
  docs.page(`<p>Before.</p>${block(QUOTED_NUMBER)}${AFTER}`, "", "");
  await page.goto("/");
  const places = () => Promise.all([embed.block, page.locator("#after")].map((it) => it.boundingBox()));
  const before = await places();
  docs.page(`<p>Before.</p>${block(QUOTED_NUMBER)}${AFTER}`);
  await page.goto("/");
  await expect(embed.verdict).toHaveText("The daemon refuses this file: 1 error.");
  expect(await places()).toEqual(before);
  expect(await shift(page)).toBe(0);
});

test("nothing is asked for before the block comes near", async ({ docs, page, embed, site }) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().startsWith(site)) asked.push(request.url().slice(site.length));
  });
  docs.page(`<div class="far"></div>${block(GOOD)}`);
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  expect(asked).toEqual(["drydock.js"]);
  await expect(embed.iframe).toHaveCount(0);
  await embed.element.scrollIntoViewIfNeeded();
  await expect(embed.verdict).toContainText("The daemon starts with this configuration.");
});

for (const [width, margins] of [[1200, "1em 0"], [1200, "0"], [360, "1em 0"], [360, "0"]] as const) {
  test(`verdict and ways cover no text of a plain page, ${width} pixels wide with margins of ${margins}`, async ({ docs, page, embed }) => {
    await page.setViewportSize({ width, height: 800 });
    docs.write("/plain.css", `* { margin: 0 } body pre, p { margin: ${margins}; padding: 0; }`);
    docs.page(`<link rel="stylesheet" href="/plain.css">${block(QUOTED_NUMBER)}${AFTER}`);
    await page.goto("/");
    await expect(embed.verdict).toHaveText("The daemon refuses this file: 1 error.");
    const ways = [embed.way("Edit"), embed.way("Result"), embed.link];
    for (const way of ways) await expect(way).toBeInViewport();
    await expect(embed.link).toHaveCSS("opacity", "1");
    const boxes = await Promise.all([embed.block, page.locator("#after"), embed.iframe, ...ways].map((it) => it.boundingBox()));
    const [above, below, ...between] = boxes.map((it) => ({ top: it?.y ?? NaN, bottom: (it?.y ?? NaN) + (it?.height ?? NaN) }));
    for (const { top, bottom } of between) {
      expect(top).toBeGreaterThanOrEqual(above?.bottom ?? NaN);
      expect(bottom).toBeLessThanOrEqual(below?.top ?? NaN);
    }
  });
}

test("ten editors share one download, and start when they come near", async ({ page, docs, site }) => {
  const host = new Host(new URL(site).origin);
  await host.start();
  const far = new Docs(host.address);
  await far.start();
  far.page(`${block(GOOD)}<div class="far"></div>`.repeat(10));
  // The site is elsewhere than the guard knows.
  const quiet = await page.context().newPage();
  await quiet.goto(far.address);
  await expect(new Embed(quiet).verdict).toBeVisible();
  await expect(quiet.locator("iframe")).toHaveCount(1);
  for (let index = 1; index < 10; index++) {
    const embed = new Embed(quiet, index);
    await embed.element.scrollIntoViewIfNeeded();
    await expect(embed.verdict).toBeVisible();
  }
  for (const name of ["drydock.js", "embed-", "tokens-", "drydock_judge-", "drydock_judge_bg-"]) {
    expect(host.timesAskedFor(name), name).toBeLessThanOrEqual(name === "embed-" ? 2 : 1);
  }
  for (const name of ["drydock_page", "split_", "codemirror", "editor-", "page-", "index.html"]) {
    expect(host.timesAskedFor(name), name).toBe(0);
  }
  await far.stop();
  await host.stop();
});

test("Edit puts the editor in the block's place, and tells the page what is written", async ({ docs, page, embed }) => {
  const heard = await listen(page);
  docs.page(block(QUOTED_NUMBER) + AFTER);
  await page.goto("/");
  await expect(embed.verdict).toContainText("1 error");
  expect((await heard())[0]).toEqual({
    type: "drydock-ready",
    detail: { value: QUOTED_NUMBER, severity: "error", sentence: "The daemon refuses this file: 1 error." },
  });
  const before = await embed.block.boundingBox();
  await embed.edit();
  const after = await embed.iframe.boundingBox();
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 1))).toBeLessThan(1);
  expect(after?.width).toBe(before?.width);
  expect(await embed.text()).toBe(QUOTED_NUMBER);
  await expect(embed.editor).toBeFocused();
  await expect(embed.problems).toHaveCount(1);

  await embed.write('{ "debug": 1 }');
  await expect.poll(async () => (await heard()).at(-1)?.detail.value).toBe('{ "debug": 1 }');
  const { type, detail } = (await heard()).at(-1) ?? { type: "", detail: {} };
  expect(type).toBe("drydock-change");
  expect(detail.diagnostics).toMatchObject([{ severity: "error", line: 1, from: 11, to: 12 }]);
  expect(detail.outputs).toHaveProperty("nixos-module");
  expect(await embed.value()).toBe('{ "debug": 1 }');
  expect(await embed.element.evaluate((element) => (Reflect.get(element, "diagnostics") as unknown[]).length)).toBe(1);
});

test("a fix mends the text", async ({ docs, page, embed }) => {
  docs.page(block(TWO_MISTAKES));
  await page.goto("/");
  await embed.edit();
  await embed.frame.getByRole("button", { name: "Apply 2 safe fixes" }).click();
  await expect(embed.verdict).toContainText("The daemon starts");
  await expect.poll(() => embed.value()).toContain('"mtu": 1450');
});

test("Reset goes back to the author's block", async ({ docs, page, embed }) => {
  docs.page(block(QUOTED_NUMBER));
  await page.goto("/");
  const before = await embed.block.innerHTML();
  await embed.edit();
  await embed.write("{}");
  await expect.poll(() => embed.value()).toBe("{}");
  await embed.way("Reset").click();
  await expect(embed.block).toBeVisible();
  expect(await embed.block.innerHTML()).toBe(before);
  await expect(embed.verdict).toContainText("1 error");
  expect(await embed.value()).toBe(QUOTED_NUMBER);
  await expect(embed.way("Edit")).toBeFocused();
});

test("the result is shown, for the target that the author chose", async ({ docs, page, embed }) => {
  docs.page(block(GOOD, 'target="nix-flake"'));
  await page.goto("/");
  await embed.element.hover();
  await embed.way("Result").click();
  await expect(embed.result).toContainText("nixosModules");
  await embed.tab("Map").click();
  await expect(embed.map).toContainText("docker0");

  // It stays when the page looks otherwise, or wants another Engine.
  await page.evaluate(() => document.body.classList.add("dark"));
  await embed.element.evaluate((element) => element.setAttribute("engine", "26"));
  await expect(embed.frame.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(embed.map).toContainText("docker0");
});

test("only the parts that the author wants are there, in that order", async ({ docs, page, embed }) => {
  docs.page(block(GOOD, 'view="result, editor, map"'));
  await page.goto("/");
  await embed.edit();
  await expect(embed.frame.getByRole("tab").first()).toBeVisible();
  await expect(embed.frame.getByRole("tablist", { name: "Parts" }).getByRole("tab")).toHaveText(["Result", "Map"]);
  const [result, editor] = await Promise.all([embed.tab("Result"), embed.editor].map((it) => it.boundingBox()));
  expect(result?.y).toBeLessThan(editor?.y ?? 0);
});

test("a text that is only to be read cannot be edited", async ({ docs, page, embed }) => {
  docs.page(block(QUOTED_NUMBER, "readonly") + AFTER);
  await page.goto("/");
  await expect(embed.verdict).toContainText("1 error");
  await embed.element.hover();
  await expect(embed.way("Result")).toBeVisible();
  await expect(embed.way("Edit")).toBeHidden();
  await embed.element.evaluate((element) => element.focus());
  await embed.way("Result").click();
  await expect(embed.result).toBeVisible();
  await expect(embed.editor).toBeHidden();
  await expect(embed.block).toBeVisible();
});

test("the Engine is the one that the author names", async ({ docs, page, embed }) => {
  docs.page(block('{ "firewall-backend": "nftables" }', 'engine="28"'));
  await page.goto("/");
  await expect(embed.verdict).toHaveAttribute("data-severity", "error");
  await embed.element.evaluate((element) => element.setAttribute("engine", "nonsense"));
  await expect(embed.verdict).not.toHaveText("");
  expect(await embed.shareUrl()).toMatch(/#v1/);
});

test("Open in Drydock opens the same text", async ({ docs, page, embed, context }) => {
  docs.page(block(QUOTED_NUMBER));
  await page.goto("/");
  await embed.edit();
  await embed.write('{\n  // mine\n  "mtu": 1400\n}');
  await expect.poll(() => embed.value()).toContain("mine");
  await embed.element.hover();
  const coming = context.waitForEvent("page");
  await embed.link.click();
  const opened = await coming;
  const drydock = new Drydock(opened);
  await drydock.isReady();
  await drydock.hasText('{\n  // mine\n  "mtu": 1400\n}');
  expect(await opened.evaluate(() => window.opener as unknown)).toBeNull();
});

test("the frame is as high as what it shows", async ({ docs, page, embed }) => {
  docs.page(block(GOOD) + AFTER);
  await page.goto("/");
  await embed.edit();
  const height = async () => (await embed.iframe.boundingBox())?.height ?? 0;
  const before = await height();
  await embed.write(`{\n${"\n".repeat(30)}}`);
  await expect.poll(height).toBeGreaterThan(before + 300);
  const [frame, after] = await Promise.all([embed.iframe, page.locator("#after")].map((it) => it.boundingBox()));
  expect((frame?.y ?? 0) + (frame?.height ?? 0)).toBeLessThanOrEqual(after?.y ?? 0);

  await embed.element.evaluate((element) => element.setAttribute("height", "240"));
  await expect.poll(height).toBe(240);
});

test("it looks like the page around it, also when that changes", async ({ docs, page, embed }) => {
  docs.page(block(GOOD));
  await page.goto("/");
  const theme = () => embed.frame.locator("html").getAttribute("data-theme");
  await expect(embed.verdict).toBeVisible();
  expect(await theme()).toBe("light");
  await page.evaluate(() => document.body.classList.add("dark"));
  await expect.poll(theme).toBe("dark");
  await embed.element.evaluate((element) => element.setAttribute("theme", "light"));
  await expect.poll(theme).toBe("light");
  await expect(embed.verdict).toHaveCSS("font-family", /Georgia/);
});

test("a script writes and reads the text", async ({ docs, page, embed }) => {
  const heard = await listen(page);
  docs.page(block(GOOD));
  await page.goto("/");
  await expect(embed.verdict).toContainText("starts");
  await embed.element.evaluate((element) => Reflect.set(element, "value", '{ "debug": 1 }'));
  await expect(embed.verdict).toContainText("1 error");
  await expect(embed.block).toHaveText('{ "debug": 1 }');
  await expect.poll(async () => (await heard()).at(-1)?.type).toBe("drydock-change");
  await embed.element.evaluate((element) => (element as HTMLElement & { reset(): void }).reset());
  await expect(embed.verdict).toContainText("starts");
  await expect(embed.block).toHaveText(GOOD);
});

test("an editor that is moved goes on where it was", async ({ docs, page, embed }) => {
  docs.page(`${block(GOOD)}<div id="there"></div>`);
  await page.goto("/");
  await embed.edit();
  await embed.write('{ "debug": 1 }');
  await expect.poll(() => embed.value()).toBe('{ "debug": 1 }');
  await embed.element.evaluate((element) => document.getElementById("there")?.append(element));
  await embed.isOpen();
  expect(await embed.text()).toBe('{ "debug": 1 }');
  await expect(embed.verdict).toContainText("1 error");
});

test("content comes from attributes and files too, and from elements that are made later", async ({ docs, page }) => {
  docs.write("/daemon.json", QUOTED_NUMBER);
  docs.page(`<drydock-editor src="/daemon.json"></drydock-editor>
    <drydock-editor value='{ "debug": true }'></drydock-editor>
    <drydock-editor>{ "debug": 2 }</drydock-editor>
    <drydock-editor src="/missing.json"><pre><code>{ "debug": 3 }</code></pre></drydock-editor>`);
  page.on("pageerror", (error) => { throw error; });
  await page.route("**/missing.json", (route) => route.fulfill({ body: "", status: 200 }));
  await page.goto("/");
  await expect(new Embed(page, 0).verdict).toContainText("1 error");
  await expect(new Embed(page, 0).element.locator("pre")).toHaveText(QUOTED_NUMBER);
  await expect(new Embed(page, 1).verdict).toContainText("starts");
  await expect(new Embed(page, 2).verdict).toContainText("1 error");
  await page.evaluate(() => {
    const made = Object.assign(document.createElement("drydock-editor"), { value: '{ "debug": 4 }' });
    document.querySelector("main")?.prepend(made);
  });
  await expect(new Embed(page, 0).verdict).toContainText("1 error");
  expect(await new Embed(page, 0).value()).toBe('{ "debug": 4 }');
});

test("a value stands in its place before anything has come, and far away too", async ({ docs, page }) => {
  docs.page(`<drydock-editor value='{ "debug": 1 }'></drydock-editor><div class="far"></div>${block(GOOD, `value='{ "debug": 2 }'`)}`);
  await page.route("**/embed.html*", (route) => route.abort());
  await page.goto("/");
  await expect(new Embed(page, 0).block).toHaveText('{ "debug": 1 }');
  await expect(new Embed(page, 0).block).toBeVisible();
  await expect(new Embed(page, 1).block).toHaveText('{ "debug": 2 }');
  await new Embed(page, 1).element.evaluate((element) => element.setAttribute("value", '{ "debug": 3 }'));
  await expect(new Embed(page, 1).block).toHaveText('{ "debug": 3 }');
});

test.describe("with a mistake of the author's", () => {
  test.use({ expected: /^Request: |status of 404/ });

  /** What the console of the page is warned of. */
  const warnings = (page: Page): string[] => {
    const heard: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "warning" && !message.location().url.includes("embed")) heard.push(message.text());
    });
    return heard;
  };

  test("a text that is missing is told in its place and in the console", async ({ docs, page }) => {
    docs.page(`<drydock-editor src="/missing.json"></drydock-editor><drydock-editor></drydock-editor>${block(GOOD, 'src="/missing.json"')}`);
    const heard = warnings(page);
    await page.goto("/");
    const [missing, empty, whole] = [0, 1, 2].map((index) => new Embed(page, index)) as [Embed, Embed, Embed];
    await expect(whole.verdict).toContainText("starts");
    await expect(whole.block).toHaveText(GOOD);
    await expect(missing.block).toHaveText("/missing.json did not load.");
    await expect(empty.block).toHaveText("There is no configuration here.");
    await expect(missing.iframe).toHaveCount(0);
    expect(heard.filter((words) => words.startsWith("/missing.json did not load: 404"))).toHaveLength(2);
    expect(heard.filter((words) => words.startsWith("Neither value nor src"))).toHaveLength(1);
    // It is not too late to say more.
    docs.write("/here.json", QUOTED_NUMBER);
    await missing.element.evaluate((element) => element.setAttribute("src", "/here.json"));
    await empty.element.evaluate((element) => Reflect.set(element, "value", "{"));
    await expect(missing.verdict).toContainText("1 error");
    await expect(missing.block).toHaveText(QUOTED_NUMBER);
    await expect(empty.verdict).toContainText("refuses");
    expect(await empty.value()).toBe("{");
  });

  test("a value that no attribute has is told in the console, once", async ({ docs, page, embed }) => {
    docs.page(block(QUOTED_NUMBER, 'engine="99" nixos="1.0" view="foo" target="x" theme="blue" height="tall"'));
    const heard = warnings(page);
    await page.goto("/");
    await expect(embed.verdict).toContainText("1 error");
    const told = () => heard.map((words) => /^(\w+="\w[^"]*") is n/.exec(words)?.[1]).filter((it) => it !== undefined);
    await expect.poll(told).toEqual(['engine="99"', 'nixos="1.0"', 'target="x"', 'theme="blue"', 'height="tall"', 'view="foo"']);
    // Parts that nobody knows hide none.
    await embed.edit();
    await expect(embed.problems).toHaveCount(1);
    await embed.element.evaluate((element) => element.setAttribute("engine", "28"));
    await embed.element.evaluate((element) => element.setAttribute("theme", "dark"));
    await expect(embed.frame.locator("html")).toHaveAttribute("data-theme", "dark");
    expect(told()).toHaveLength(6);
  });

  test("what the address of enhance.js asks for in vain is told in the console", async ({ docs, page, embed }) => {
    docs.page(`<pre><code class="language-json">{ "log-driver": "local" }</code></pre>`, "", `<script type="module" src="${docs.site}enhance.js?engin=28"></script>`);
    const heard = warnings(page);
    await page.goto("/");
    await expect(embed.verdict).toBeVisible();
    expect(heard.join()).toContain("enhance.js?engin:");
  });
});

test("the verdict leads to the problems, by pointer and by keyboard", async ({ docs, page, embed }) => {
  docs.page(`${block(QUOTED_NUMBER)}${block(GOOD, 'view="editor, result"')}`);
  await page.goto("/");
  await embed.verdict.click();
  await expect(embed.problems).toHaveCount(1);
  await expect(embed.tab("Problems")).toBeFocused();
  await embed.tab("Result").click();
  await embed.verdict.press("Enter");
  await expect(embed.problems).toHaveCount(1);
  await expect(embed.tab("Problems")).toBeFocused();
  await embed.way("Close").click();
  await expect(embed.way("Edit")).toBeFocused();
  await embed.verdict.press("Space");
  await expect(embed.problems).toHaveCount(1);
  // Where there are no problems to be seen it leads to what there is.
  const other = new Embed(page, 1);
  await other.verdict.click();
  await expect(other.editor).toBeFocused();
});

test("what tools add to a block is not part of its text", async ({ docs, page }) => {
  docs.page(`<drydock-editor><div class="highlight"><table><tr><td class="linenos"><pre>1\n2\n3</pre></td><td class="code"><pre>{\n  "debug": 1\n}</pre></td></tr></table></div></drydock-editor>
    <drydock-editor><pre><button>Copy</button><code><span class="linenos">1 </span>{ "debug": 1 }</code></pre></drydock-editor>
    <drydock-editor><pre>\n{ "debug": 1 }\n\n</pre></drydock-editor>`);
  await page.goto("/");
  for (const [index, text] of ['{\n  "debug": 1\n}', '{ "debug": 1 }', '{ "debug": 1 }'].entries()) {
    const embed = new Embed(page, index);
    await expect(embed.verdict).toContainText("1 error");
    expect(await embed.value()).toBe(text);
  }
});

test("what it is told and asked never throws", async ({ docs, page, embed }) => {
  docs.page(block(GOOD));
  docs.write("/%3Cb%3E%E2%98%83", "{");
  await page.goto("/");
  await embed.element.evaluate((element) => {
    for (const value of [null, undefined, 7, {}, "\u0000", "<img src=x onerror=alert(1)>"]) Reflect.set(element, "value", value);
    for (const name of ["engine", "nixos", "target", "view", "theme", "height", "src", "value"]) element.setAttribute(name, "<b>☃");
    for (const name of ["engine", "nixos", "target", "view", "theme", "height", "src", "value"]) element.removeAttribute(name);
    const copy = element.cloneNode(true) as HTMLElement & { reset(): void; shareUrl(): Promise<string> };
    copy.focus();
    copy.reset();
    void copy.shareUrl();
    element.remove();
    document.body.append(element, copy);
    element.focus();
  });
  await embed.isOpen();
  await expect(page.locator("img")).toHaveCount(0);
});

test("a text longer than is checked loses nothing in the editor", async ({ docs, page, embed }) => {
  const padded = (spaces: number) => `{${" ".repeat(spaces)}\n${`${" ".repeat(99)}\n`.repeat(650)}"debug": true }`;
  docs.page(block(padded(539)));
  await page.goto("/");
  await expect(embed.verdict).toContainText("too long to be checked here");
  await embed.edit();
  await expect(embed.editor).toBeFocused();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowRight");
  for (let count = 0; count < 20; count++) await page.keyboard.press("Delete");
  await expect.poll(() => embed.value()).toBe(padded(519));
});
