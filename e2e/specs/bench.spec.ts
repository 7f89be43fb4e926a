import { AxeBuilder } from "@axe-core/playwright";

import { Bench } from "../bench.ts";
import { EVERYWHERE, expect, test as base } from "../test.ts";

/** The workbench that reads commands. */
const test = base.extend<{ bench: Bench }>({
  bench: async ({ page }, use) => use(new Bench(page, "Commands")),
});

const WEB = "docker run -d --name web -p 8080:80 -v /srv/web:/usr/share/nginx/html:ro docker.io/library/nginx:1.29\n";

test("a docker run line becomes a module of NixOS, and each loss is named at its place", EVERYWHERE, async ({ bench }) => {
  await bench.open("#/run");
  await bench.write(WEB);
  await expect(bench.result).toContainText('ports = [ "8080:80" ];');
  await expect(bench.verdict).toContainText("1 container");
  await expect(bench.line("-d")).toContainText("left out");
  await bench.target.selectOption("Compose file");
  await expect(bench.result).toContainText("container_name: web");
});

test("each workbench keeps its own text, and undo keeps to it", async ({ bench, drydock, page }) => {
  await drydock.openWith('{ "debug": true }');
  await expect(drydock.said).toContainText("The daemon starts");
  await drydock.goToBench("docker run");
  await bench.hasText("");
  await bench.undo();
  await bench.hasText("");
  await bench.write(WEB);
  await expect(bench.said).toContainText("1 container");
  await page.reload();
  await bench.hasText(WEB);
  await bench.goToBench("Daemon");
  await drydock.hasText('{ "debug": true }');
});

test("choices beside the text change the result, and are there again after a reload", async ({ bench, page }) => {
  await bench.open("#/run");
  await bench.write(WEB.replace("docker.io/library/", ""));
  await bench.choice("Runs on").selectOption("Podman");
  await expect(bench.result).toContainText('backend = "podman";');
  await expect(bench.said).toContainText("1 container");
  await page.reload();
  await expect(bench.choice("Runs on")).toHaveValue("Podman");
  await expect(bench.result).toContainText("docker.io/library/nginx:1.29");
});

test("what a text leaves open is filled in beside it", async ({ bench }) => {
  await bench.open("#/run");
  await bench.write("docker run --name web nginx:$VERSION");
  await expect(bench.line("$VERSION")).toContainText("VERSION");
  await bench.openSurroundings();
  await bench.field("Variables").fill("VERSION=1.29");
  await expect(bench.result).toContainText('image = "nginx:1.29";');
});

test("a link opens the text with its choices, and asks before a draft gives way", async ({ bench, page }) => {
  await bench.open("#/run");
  await bench.write(WEB);
  await bench.choice("Runs on").selectOption("Podman");
  await bench.share();
  const link = await bench.link.inputValue();
  expect(link).toContain("#/run/v1");
  await page.evaluate(() => localStorage.clear());
  await page.goto("about:blank");
  await page.goto(link);
  await bench.hasText(WEB);
  await expect(bench.choice("Runs on")).toHaveValue("Podman");
  await bench.write("docker run redis");
  await page.goto(link);
  await expect(bench.arrival).toContainText("This link holds another text");
  await bench.hasText("docker run redis");
  await bench.arrival.getByRole("button", { name: "Open it" }).click();
  await bench.hasText(WEB);
});

test("a docker run line among the daemon's settings goes to its workbench, and back again", async ({ bench, drydock, page }) => {
  await drydock.openWith(WEB);
  await drydock.take("Turn it into NixOS containers");
  await expect(page).toHaveURL(/#\/run$/);
  await bench.hasText(WEB);
  await expect(bench.result).toContainText("virtualisation.oci-containers");
  await page.goBack();
  await drydock.hasText("");
});

test("what is carried to a workbench with a draft can be taken back", async ({ bench, drydock, page }) => {
  await bench.open("#/run");
  await bench.write("docker run redis");
  await expect(bench.said).toContainText("1 container");
  await bench.goToBench("Daemon");
  await drydock.write(WEB);
  await drydock.take("Turn it into NixOS containers");
  await bench.hasText(WEB);
  await bench.undo();
  await bench.hasText("docker run redis");
  await expect(page).toHaveURL(/#\/run$/);
});

test("the page of a rule is that of its own workbench, and leads back there", async ({ bench, page }) => {
  for (const [address, text, rule, words] of [
    ["#/run", "docker run --privileged nginx:1.29", "privileged", "docker run"],
    ["#/compose", "services:\n  web:\n    image: nginx:1.29\n    privileged: true\n", "privileged", "services:"],
  ] as const) {
    const shown = new Bench(page, address === "#/run" ? "Commands" : "Compose file");
    await shown.open(address);
    await shown.write(text);
    await shown.openRule(shown.problem("may do all"), rule);
    await expect(bench.reference.locator("pre")).toContainText(words);
    await page.getByRole("link", { name: "Back to the editor" }).click();
    await expect(page).toHaveURL(new RegExp(`${address}$`));
    await shown.hasText(text);
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });
    test("a workbench is for everyone", async ({ bench, page }) => {
      await bench.open("#/run");
      await bench.write(`${WEB}docker run --privileged $IMAGE`);
      await expect(bench.result).toContainText("privileged");
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
      expect(violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(" ")).join(", ")}`)).toEqual([]);
    });
  });
}

test.describe("on a telephone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test("the parts are reached by the tabs at the lower edge, and nothing is wider than the screen", async ({ bench, page }) => {
    await bench.open("#/run");
    await bench.write(WEB);
    for (const part of ["Problems", "Result", "Report"] as const) await bench.goToPart(part);
    await expect(bench.line("-d")).toBeVisible();
    await bench.goToPart("Edit");
    const [first, last] = await Promise.all(["Examples", "Save text"].map((name) => page.getByRole("button", { name }).boundingBox()));
    expect(Math.abs(last!.y - first!.y)).toBeLessThan(20);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
