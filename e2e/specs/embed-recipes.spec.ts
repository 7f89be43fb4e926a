// The recipes of `recipes/README.md`, each as its generator wrote it.

import { readFile } from "node:fs/promises";

import type { Locator, Page } from "@playwright/test";
import MarkdownIt from "markdown-it";

import { Embed, test } from "../embeds.ts";
import { expect } from "../test.ts";

const MISTAKE = "The daemon refuses this file: 1 error.";

test("plain HTML", async ({ docs, page, embed }) => {
  docs.serve("plain");
  await page.goto("/");
  await expect(embed.verdict).toContainText("255 networks");
  await embed.edit();
  expect(await embed.text()).toContain("10.201.0.0/16");
});

for (const [generator, path] of [
  ["mdbook/site", "/docker.html"],
  ["sphinx/site", "/"],
  ["material/site", "/"],
  ["vitepress/site", "/"],
  ["docusaurus/site", "/"],
] as const) {
  test(generator, async ({ docs, page, embed }) => {
    docs.hasInline = true;
    docs.serve(generator);
    await page.goto(path);
    await expect(page.locator("drydock-editor")).toHaveCount(2);
    await expect(embed.verdict).toHaveText(MISTAKE);
    expect(await embed.value()).toMatch(/^\{\n {2}"default-address-pools": \[\n[^]*\n\}$/);
    await embed.edit();
    await embed.frame.getByRole("button", { name: /^Fix: write/ }).click();
    await expect(embed.verdict).toContainText("The daemon starts");
  });
}

/** Generators whose pages have a switch for the dark, and change without loading anew. */
const LIVELY: readonly [string, (page: Page) => Locator][] = [
  ["material/site", (page) => page.locator("label[title=Dark]")],
  ["vitepress/site", (page) => page.getByRole("switch", { name: "Switch to dark theme" })],
  ["docusaurus/site", (page) => page.getByRole("button", { name: /^Switch between dark and light mode/ })],
];

/** The colour behind it. */
function groundOf(it: Locator): Promise<string> {
  return it.evaluate((element) => {
    let around: Element | null = element;
    while (around && getComputedStyle(around).backgroundColor === "rgba(0, 0, 0, 0)") around = around.parentElement;
    return around ? getComputedStyle(around).backgroundColor : "";
  });
}

for (const [generator, dark] of LIVELY) {
  test.describe(generator, () => {
    test.beforeEach(({ docs }) => {
      docs.hasInline = true;
      docs.serve(generator);
    });

    test("is dark inside where it is dark around", async ({ page, embed }) => {
      await page.goto("/");
      await expect(embed.verdict).toHaveText(MISTAKE);
      const frame = embed.frame.locator("html");
      await expect(frame).toHaveAttribute("data-theme", "light");
      await embed.edit();
      await embed.write('{ "mtu": 1450 }');
      await expect(embed.verdict).toContainText("The daemon starts");
      await dark(page).click();
      await expect(frame).toHaveAttribute("data-theme", "dark");
      await expect.poll(() => groundOf(embed.verdict)).toBe(await groundOf(embed.block.locator("code")));
      expect(await embed.text()).toBe('{ "mtu": 1450 }');
    });

    test("makes editors of each page that it goes to", async ({ page, embed }) => {
      await page.goto("/");
      const editors = page.locator("drydock-editor");
      await expect(embed.verdict).toHaveText(MISTAKE);
      await embed.edit();
      await embed.write('{ "mtu": 1450 }');
      await page.evaluate(() => Reflect.set(window, "isSame", true));

      for (const _ of ["once", "again"]) {
        await page.getByRole("link", { name: "our containers", exact: true }).click();
        await expect(page.getByRole("heading", { name: "Our containers" })).toBeVisible();
        await expect(editors).toHaveCount(1);
        const containers = new Embed(page, 0, "Compose file");
        await expect(containers.verdict).toContainText("1 container");
        await containers.edit();
        expect(await containers.text()).toBe('services:\n  web:\n    image: nginx:1.29\n    ports:\n      - "8080:80"');

        await page.goBack();
        await expect(page.getByRole("heading", { name: "Docker on our machines" })).toBeVisible();
        await expect(editors).toHaveCount(2);
        await expect(embed.verdict).toHaveText(MISTAKE);
        await expect(page.locator("pre:visible")).toHaveCount(3);
      }
      expect(await page.evaluate(() => Reflect.get(window, "isSame") as boolean), "it never loads anew").toBe(true);
    });
  });
}

for (const [generator, own] of [["vitepress/site", "/assets/index.md.*"], ["docusaurus/site", "/assets/js/*"]] as const) {
  test(`${generator} takes its page over as it was sent, however late`, async ({ page, docs, embed }) => {
    docs.hasInline = true;
    docs.serve(generator);
    let release = () => {};
    const released = new Promise<void>((done) => (release = done));
    await page.route(docs.address + own, async (route) => {
      await released;
      await route.continue();
    });
    await page.goto("/", { waitUntil: "commit" });
    await page.waitForFunction(() => customElements.get("drydock-editor"));
    release();
    await page.getByRole("link", { name: "our containers", exact: true }).click();
    await expect(new Embed(page, 0, "Compose file").verdict).toContainText("1 container");
    await page.goBack();
    await expect(embed.verdict).toHaveText(MISTAKE);
    await expect(page.locator("drydock-editor")).toHaveCount(2);
  });
}

test("markdown-it", async ({ docs, page, embed }) => {
  const markdown = await readFile(new URL("../recipes/page.md", import.meta.url), "utf8");
  docs.page(new MarkdownIt().render(markdown), "", `<script type="module" src="${docs.site}enhance.js?engine=28"></script>`);
  await page.goto("/");
  await expect(page.locator("drydock-editor")).toHaveCount(2);
  await expect(embed.element).toHaveAttribute("engine", "28");
  await expect(embed.verdict).toHaveText(MISTAKE);
  const module = new Embed(page, 1);
  await expect(module.element).toHaveAttribute("as", "nixos");
  await expect(module.verdict).toContainText("starts");
});

test.describe("enhance", () => {
  const JSON = '{ "log-driver": "local" }';
  const enhanced = [
    ["markdown-it, Hugo", `<pre><code class="language-json">${JSON}</code></pre>`],
    ["Docusaurus, which breaks lines without writing it", `<div class="language-json theme-code-block"><div><pre class="prism-code language-json"><code><div>// the office<br></div><div>${JSON}<br></div></code></pre></div></div>`],
    ["mdBook", `<pre><code class="language-json hljs"><span>{</span> "log-driver": "local" }</code></pre>`],
    ["MkDocs", `<div class="language-json highlight"><pre><span></span><code>${JSON}</code></pre></div>`],
    ["MkDocs with codehilite", `<div class="codehilite"><pre><code class="language-json">${JSON}</code></pre></div>`],
    ["Sphinx", `<div class="highlight-json notranslate"><div class="highlight"><pre><span></span>${JSON}</pre></div></div>`],
    ["Jekyll", `<div class="language-json highlighter-rouge"><div class="highlight"><pre class="highlight"><code>${JSON}</code></pre></div></div>`],
    ["highlight.js", `<pre><code class="json">${JSON}</code></pre>`],
    ["a file with comments", `<pre><code class="language-jsonc">// { the office }\n{ /* "name" */ "dns": ["10.0.0.53"], "bip": "10.200.0.1/24", "data-root": "/srv" }</code></pre>`],
    ["a file with a mistake", `<pre><code class="language-json">{ "registry-mirrors": [ }</code></pre>`],
    ["a few settings of nothing but the daemon", `<pre><code class="language-json">{ "bip": "10.200.0.1/24", "mtu": 1400 }</code></pre>`],
    ["one setting that only the daemon has", `<pre><code class="language-json">{ "iptables": false }</code></pre>`],
    ["a title that names the file", `<div class="language-json highlight"><span class="filename">daemon.json</span><pre><code>{ "debug": true }</code></pre></div>`],
    ["what the author says is one", `<pre class="drydock"><code class="language-text">{ "debug": true }</code></pre>`],
    ["what is wrapped as one", `<div class="drydock"><p>Like this:</p><pre><code>{ "debug": true }</code></pre></div>`],
    ["words that name the file", `<p>In <code>/etc/docker/daemon.json</code>:</p><pre><code class="language-json">{ "debug": true }</code></pre>`],
    ["Nix that sets options of Docker", `<pre><code class="language-nix">virtualisation.docker.enable = true;</code></pre>`],
    ["Nix that nests them", `<div class="highlight-nix"><div class="highlight"><pre>{\n  virtualisation = {\n    docker.enable = true;\n  };\n}</pre></div></div>`],
  ] as const;
  const left = [
    ["another language", `<pre><code class="language-yaml">${JSON}</code></pre>`],
    ["any other Nix", `<pre><code class="language-nix">{ virtualisation.podman.enable = true; }</code></pre>`],
    ["a module in another language", `<pre><code class="language-text">virtualisation.docker.enable = true;</code></pre>`],
    ["no language", `<pre><code>${JSON}</code></pre>`],
    ["package.json", `<pre><code class="language-json">{ "name": "a", "version": "1.0.0", "debug": true }</code></pre>`],
    ["a program's settings", `<pre><code class="language-json">{ "log-level": "info" }</code></pre>`],
    ["settings within something else", `<pre><code class="language-json">{ "docker": { "log-driver": "local", "mtu": 1400 } }</code></pre>`],
    ["one setting that others have too", `<pre><code class="language-json">{ "mtu": 1400 }</code></pre>`],
    ["some settings beside other keys", `<pre><code class="language-json">{ "bip": "10.200.0.1/24", "mtu": 1400, "name": "a" }</code></pre>`],
    ["what the author says is none", `<pre class="no-drydock"><code class="language-json">${JSON}</code></pre>`],
    ["a part that is to have none", `<div class="no-drydock"><div><pre class="drydock"><code class="language-json">${JSON}</code></pre></div></div>`],
    ["several blocks in one wrap", `<div class="drydock"><pre><code>{ "debug": true }</code></pre><pre><code>docker info</code></pre></div>`],
    ["a list", `<pre><code class="language-json">[${JSON}]</code></pre>`],
    ["text in place of an object", `<pre><code class="language-json">"log-driver": "local"</code></pre>`],
    ["what is an editor already", `<div id="mine"><drydock-editor><pre><code class="language-json">${JSON}</code></pre></drydock-editor></div>`],
  ] as const;

  test("makes editors of daemon settings, however they are marked, and leaves the rest alone", async ({ docs, page }) => {
    const rows = [...enhanced, ...left].map(([name, html]) => `<section data-name="${name}">${html}</section>`);
    docs.page(rows.join(""), "", `<script type="module" src="${docs.site}enhance.js"></script>`);
    await page.goto("/");
    await expect(new Embed(page).verdict).toBeVisible();
    const made = await page.locator("drydock-editor:not(#mine > *)").evaluateAll((all) => all.map((it) => it.closest("section")?.dataset.name));
    expect(made).toEqual(enhanced.map(([name]) => name));
    expect(await page.locator("drydock-editor drydock-editor").count()).toBe(0);
  });

  test("finds what comes later", async ({ docs, page, embed }) => {
    docs.page("", "", `<script type="module" src="${docs.site}enhance.js"></script>`);
    await page.goto("/");
    await page.waitForFunction(() => customElements.get("drydock-editor"));
    await page.evaluate((json) => {
      const block = document.createElement("pre");
      block.className = "language-json";
      block.textContent = json;
      document.querySelector("main")?.append(block);
    }, JSON);
    await expect(embed.verdict).toBeVisible();
  });
});

test("what the page offers for documentation works there", async ({ docs, page, embed, site, context, drydock }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(site).origin });
  await page.goto(`${site}#pool=10.201.0.0/16:24&engine=28&target=nix-flake`);
  await drydock.isReady();
  await drydock.write('{\n  // <b>&amp;</b> "mine"\n  "mtu": 1400\n}');
  await drydock.share();
  await drydock.sharing.getByRole("button", { name: "Copy embed" }).click();
  const html = await drydock.clipboard();
  docs.page(html, "", "");
  await page.goto(docs.address);
  await expect(embed.verdict).toBeVisible();
  expect(await embed.value()).toBe('{\n  // <b>&amp;</b> "mine"\n  "mtu": 1400\n}');
  await expect(embed.element).toHaveAttribute("engine", /^28/);
  await embed.element.hover();
  await embed.way("Result").click();
  await expect(embed.result).toContainText("nixosModules");
});
