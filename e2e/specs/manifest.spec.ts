// The workbench that reads manifests of images, and hashes.

import { AxeBuilder } from "@axe-core/playwright";

import { Bench } from "../bench.ts";
import { expect, test as base } from "../test.ts";

const test = base.extend<{ bench: Bench }>({
  bench: async ({ page }, use) => use(new Bench(page, "Manifest or hash")),
});

const HEX = "054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7";
const BASE32 = "1rwinmvfc8jxn54y7qnj82acrc97y7xcnn22zaz67y76n4wbwjh5";
const MANIFEST = `{ "schemaVersion": 2, "config": { "digest": "sha256:${HEX}", "size": 1512 }, "layers": [{ "digest": "sha256:${HEX}", "size": 52550276 }] }\n`;

test("a manifest that is pasted into the daemon's editor opens where it belongs, with its digests in every form", async ({ drydock, bench, page }) => {
  await drydock.open();
  await drydock.pasteInto(MANIFEST);
  await expect(page).toHaveURL(/#\/manifest$/);
  await expect(bench.opened).toContainText("This is the manifest of an image");
  await expect(bench.result).toContainText(BASE32);
  await expect(bench.verdict).toContainText("1 image, 1 layer");
  await expect(bench.told("sha256:054abe38b1e6").first()).toContainText("1.5 kB");
});

test("the name that is chosen goes into the Nix that fetches it, and into the link", async ({ bench, page }) => {
  await bench.open("#/manifest");
  await bench.write(MANIFEST);
  await bench.target.selectOption("fetchdocker (Hocker)");
  await expect(page.getByText("does not say of which image it is").first()).toBeVisible();
  await bench.choose("Image", "debian:jessie");
  await expect(bench.result).toContainText(`sha256 = "${BASE32}";`);
  await expect(bench.result).toContainText('tag = "jessie";');
  await bench.share();
  const link = await bench.link.inputValue();
  await page.goto("about:blank");
  await page.goto(link);
  await expect(bench.result).toContainText('repository = "library";');
});

test("a list of manifests asks for a platform", async ({ bench }) => {
  await bench.open("#/manifest");
  await bench.chooseExample("A list for several platforms");
  await expect(bench.problem("one for each platform")).toBeVisible();
  await bench.choose("Platform", "linux/arm64");
  await bench.target.selectOption("dockerTools.pullImage");
  await expect(bench.result).toContainText('imageDigest = "sha256:757d680068d77be46fd1ea20fb21db16f150468c5e7079a08a2e4705aec096ac";');
  await expect(bench.result).toContainText('arch = "arm64";');
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });
    test("what images share is drawn, and told to everyone", async ({ bench, page }) => {
      await bench.open("#/manifest");
      await bench.chooseExample("Two images on one base");
      await page.getByRole("tab", { name: "Shared" }).click();
      await expect(bench.drawn("1f3e46996e29")).toBeVisible();
      await expect(bench.told("sha256:1f3e46996e29")).toContainText("ghcr.io/home/bridge:1.4");
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
      expect(violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(" ")).join(", ")}`)).toEqual([]);
    });
  });
}
