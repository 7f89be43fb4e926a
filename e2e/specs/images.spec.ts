// The workbench that reads Nix that makes images, and Dockerfiles.

import { AxeBuilder } from "@axe-core/playwright";

import { Bench } from "../bench.ts";
import { expect, test as base } from "../test.ts";

const test = base.extend<{ bench: Bench }>({
  bench: async ({ page }, use) => use(new Bench(page, "Nix or Dockerfile")),
});

const DOCKERFILE = `FROM python:3.12-slim\nENV A=1\nRUN npm ci\nEXPOSE 8000\nCMD ["python", "app.py"]\n`;

test("a Dockerfile that is pasted into the daemon's editor opens where it belongs, as Nix", async ({ drydock, bench, page }) => {
  await drydock.open();
  await drydock.pasteInto(DOCKERFILE);
  await expect(page).toHaveURL(/#\/images$/);
  await expect(bench.opened).toContainText("This makes an image");
  await expect(bench.result).toContainText("pkgs.dockerTools.buildLayeredImage {");
  await expect(bench.result).toContainText('Env = [ "A=1" ];');
  await expect(bench.verdict).toContainText("5 instructions, 1 stage");
  await expect(bench.told("RUN npm ci").first()).toContainText("pkgs.buildNpmPackage");
});

test("the name that is chosen goes into the image, and into the link", async ({ bench, page }) => {
  await bench.open("#/images");
  await bench.write(DOCKERFILE);
  await bench.choose("Image", "ghcr.io/example/shop:2");
  await expect(bench.result).toContainText('name = "ghcr.io/example/shop";');
  await bench.share();
  const link = await bench.link.inputValue();
  await page.goto("about:blank");
  await page.goto(link);
  await expect(bench.result).toContainText('tag = "2";');
});

test("Nix is written for another function, and its mistakes are found", async ({ bench }) => {
  await bench.open("#/images");
  await bench.chooseExample("An image with mistakes");
  await expect(bench.problem("maxLayers must be more than 1")).toBeVisible();
  await bench.chooseExample("The image of the NixOS wiki");
  await bench.target.selectOption("dockerTools.streamLayeredImage");
  await expect(bench.result).toContainText("fakeRootCommands = ''");
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });
    test("what the image has and lacks is told to everyone", async ({ bench, page }) => {
      await bench.open("#/images");
      await bench.chooseExample("A web application in Python");
      await page.getByRole("tab", { name: "Image" }).click();
      await expect(bench.told("8000/tcp").first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
      expect(violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(" ")).join(", ")}`)).toEqual([]);
    });
  });
}
