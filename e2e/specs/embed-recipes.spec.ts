// The recipes of `recipes/README.md`, each as its generator wrote it.

import { readFile } from "node:fs/promises";

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

for (const [generator, path] of [["mdbook/site", "/docker.html"], ["sphinx/site", "/"]] as const) {
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
    ["markdown-it, Docusaurus, Hugo", `<pre><code class="language-json">${JSON}</code></pre>`],
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
