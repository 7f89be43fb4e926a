// An editor in somebody's documentation, for what asks for containers.

import { AxeBuilder } from "@axe-core/playwright";

import { Bench } from "../bench.ts";
import { GOOD } from "../configurations.ts";
import { block } from "../docs.ts";
import { Embed, test as base } from "../embeds.ts";
import { expect } from "../test.ts";

const test = base.extend<{ compose: Embed; run: Embed }>({
  compose: async ({ page }, use) => use(new Embed(page, 0, "Compose file")),
  run: async ({ page }, use) => use(new Embed(page, 0, "Commands")),
});

const COMPOSE = "services:\n  web:\n    image: nginx:${TAG}\n    networks: [frnot]\nnetworks:\n  front:\n";
const FINE = "services:\n  web:\n    image: docker.io/library/nginx:1.29\n    restart: always\n";
const WEB = "docker run -d --name web -p 127.0.0.1:8080:80 docker.io/library/nginx:1.29\n";

test("a Compose file is checked, edited and opened in Drydock with what was chosen", async ({ docs, page, compose }) => {
  docs.page(block(COMPOSE, 'bench="compose" backend="podman" variables="TAG=1.29" target="quadlet"'));
  await page.goto("/");
  await expect(compose.verdict).toContainText("1 error");
  await compose.edit();
  await expect(compose.editor).toContainText("networks: [frnot]");
  await compose.tab("Problems").click();
  await expect(compose.problems.filter({ hasText: "There is no network `frnot`".replaceAll("`", "") })).toBeVisible();
  await compose.tab("Result").click();
  await expect(compose.result).toContainText("Image=docker.io/library/nginx:1.29");
  await compose.tab("Report").click();
  await expect(compose.frame.getByRole("region", { name: "Report" }).last()).toContainText("Podman knows no registry by itself");
  expect(await compose.lackingIcons()).toEqual([]);

  const [opened] = await Promise.all([page.waitForEvent("popup"), compose.link.click()]);
  const there = new Bench(opened, "Compose file");
  await there.hasText(COMPOSE.trimEnd());
  await expect(there.choice("Runs on")).toHaveValue("Podman");
  await expect(there.target).toHaveValue("Quadlet files");
});

test("its page hears what follows from the text", async ({ docs, page, run }) => {
  await page.addInitScript(() => {
    addEventListener("drydock-change", (event) => Reflect.set(window, "changed", (event as CustomEvent).detail));
  });
  docs.page(block(WEB, 'bench="run"'));
  await page.goto("/");
  await expect(run.verdict).toContainText("1 container");
  await run.edit();
  await run.write(`${WEB}docker run --privileged redis:8`);
  await expect(run.verdict).toContainText("2 containers");
  await expect.poll(() => page.evaluate(() => {
    const changed = Reflect.get(window, "changed") as { value: string; diagnostics: { rule: string }[]; outputs: Record<string, string> } | undefined;
    return changed && [changed.diagnostics.some((it) => it.rule === "privileged"), Object.keys(changed.outputs).includes("quadlet")];
  })).toEqual([true, true]);
  await expect(run.link).toHaveAttribute("href", /#\/run\/v1/);
  await run.way("Reset").click();
  await expect(run.verdict).toContainText("1 container");
});

test("it fetches what its own workbench needs, and nothing of the others", async ({ docs, page, compose }) => {
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  docs.page(block(FINE, 'bench="compose"'));
  await page.goto("/");
  await expect(compose.verdict).toContainText("1 container");
  await compose.edit();
  expect(fetched.filter((it) => it.includes("compose"))).not.toEqual([]);
  expect(fetched.filter((it) => /judge|split_(run|rest|nix)/.test(it))).toEqual([]);
  docs.page(block(GOOD));
  fetched.length = 0;
  await page.goto("/");
  await expect(compose.verdict).toContainText("The daemon starts");
  expect(fetched.filter((it) => /compose|run/.test(it))).toEqual([]);
});

test("what is unknown is told to those who write the page", async ({ docs, page, compose }) => {
  const told: string[] = [];
  page.on("console", (message) => told.push(message.text()));
  docs.page(block(FINE, 'bench="compose" backend="dockr" engine="28" target="nix-flake" view="result moon"'));
  await page.goto("/");
  await expect(compose.verdict).toContainText("1 container");
  for (const words of [
    'backend="dockr" is none of docker, podman.',
    'engine="28" says nothing on a bench.',
    'target="nix-flake" is none of oci-containers',
    'view="moon" is none of editor, problems, result, panels.',
  ]) await expect.poll(() => told.some((it) => it.startsWith(words))).toBe(true);
});

test("a workbench that is none is told, and the block stays what it is", async ({ docs, page, compose }) => {
  docs.page(block(FINE, 'bench="moon"'));
  await page.goto("/");
  await expect(compose.verdict).toContainText("What reads this text did not load");
  await expect(compose.block).toHaveText(FINE.trim());
});

test("a frame by hand shows what a link to a Compose file holds", async ({ docs, page, site }) => {
  const opened = new Bench(page, "Compose file");
  await page.goto(`${site}#/compose`);
  await opened.isReady();
  await opened.write(FINE);
  await opened.choice("Runs on").selectOption("Podman");
  await opened.share();
  const link = new URL(await opened.link.inputValue()).hash;
  docs.page(`<iframe title="A stack" id="frame" sandbox="allow-scripts allow-popups" src="${site}embed-bench.html${link}" width="700" height="500"></iframe>`);
  await page.goto("/");
  const frame = page.frameLocator("#frame");
  await expect(frame.locator("#verdict")).toContainText("1 container");
  await frame.getByRole("tab", { name: "Result" }).click();
  await expect(frame.getByRole("region", { name: "Result" })).toContainText('backend = "podman";');
  await expect(frame.getByRole("link", { name: "Open in Drydock" })).toHaveAttribute("href", /#\/compose\/v1.*backend=podman/);
});

test.describe("a whole site", () => {
  const fenced = (language: string, text: string, classes = "") =>
    `<div class="${classes}"><pre><code class="language-${language}">${text.replaceAll("<", "&lt;")}</code></pre></div>`;
  const blocks = [
    fenced("yaml", FINE),
    fenced("yaml", "services:\n  - postgres\njobs:\n  image: x\n"),
    fenced("yaml", "services:\n  _defaults:\n    autowire: true\n"),
    fenced("console", `$ ${WEB}`),
    fenced("sh", "docker ps\n"),
    fenced("sh", WEB, "drydock"),
    fenced("yml", FINE, "no-drydock"),
  ].join("<hr>");
  const benches = (page: import("@playwright/test").Page) =>
    page.locator("drydock-editor").evaluateAll((all) => all.map((it) => it.getAttribute("bench")));

  test("makes editors of Compose files, and of commands that are marked", async ({ docs, page, site, compose }) => {
    docs.page(blocks, "", `<script type="module" src="${site}enhance.js?engine=28&backend=podman"></script>`);
    await page.goto("/");
    await expect(compose.verdict).toContainText("1 container");
    expect(await benches(page)).toEqual(["compose", "run"]);
    await expect(compose.element).toHaveAttribute("backend", "podman");
    await expect(compose.element).not.toHaveAttribute("engine");
  });

  test("makes editors of all commands that run containers when its address asks for it", async ({ docs, page, site, compose }) => {
    docs.page(blocks, "", `<script type="module" src="${site}enhance.js?commands"></script>`);
    await page.goto("/");
    await expect(compose.verdict).toContainText("1 container");
    expect(await benches(page)).toEqual(["compose", "run", "run"]);
  });
});

for (const theme of ["light", "dark"] as const) {
  test(`it is for everyone, on a ${theme} page`, async ({ docs, page, compose }) => {
    docs.page(block(COMPOSE, 'bench="compose"'), theme === "dark" ? "dark" : "");
    await page.goto("/");
    await compose.edit();
    for (const part of ["Result", "Report", "Problems"] as const) {
      await compose.tab(part).click();
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
      expect(violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(" ")).join(", ")}`), part).toEqual([]);
    }
  });
}
