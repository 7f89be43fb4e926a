// The workbench that checks native containers of NixOS.

import { AxeBuilder } from "@axe-core/playwright";

import { Bench } from "../bench.ts";
import { EVERYWHERE, expect, test as base } from "../test.ts";

const test = base.extend<{ bench: Bench }>({
  bench: async ({ page }, use) => use(new Bench(page, "Nix module with native containers")),
});

const MODULE = `{
  containers.web = {
    privateNetwork = true;
    hostAddress = "10.7.0.1";
    localAddress = "10.7.0.2";
    config.system.stateVersion = "25.11";
  };
}
`;

test("a module that is pasted into the daemon's editor opens where it belongs, with what its containers lack", async ({ drydock, bench, page }) => {
  await drydock.open();
  await drydock.pasteInto(MODULE);
  await expect(page).toHaveURL(/#\/containers$/);
  await expect(bench.opened).toContainText("This is a Nix module with native containers");
  await expect(bench.result).toContainText('internalInterfaces = [ "ve-+" ];');
  await expect(bench.verdict).toContainText("1 container");
  await expect(bench.told("routed, 10.7.0.2").first()).toContainText("reaches the host alone");
});

test("the firewall and the uplink that are chosen go into the module, and into the link", EVERYWHERE, async ({ bench, page }) => {
  await bench.open("#/containers");
  await bench.write(MODULE);
  await expect(page.getByText("stands for the interface that leads to the internet").first()).toBeVisible();
  await bench.choose("Uplink", "enp3s0");
  await expect(bench.result).toContainText('externalInterface = "enp3s0";');
  await bench.target.selectOption("Additions");
  await expect(bench.result).toContainText("containers.web.config");
  await bench.share();
  const link = await bench.link.inputValue();
  await page.goto("about:blank");
  await page.goto(link);
  await expect(bench.result).toContainText('externalInterface = "enp3s0";');
});

test("the wiki's example is told what is wrong with it", async ({ bench }) => {
  await bench.open("#/containers");
  await bench.chooseExample("Nextcloud, as the NixOS Wiki has it");
  await expect(bench.problem("readable for everybody on the host")).toBeVisible();
  await expect(bench.problem("is in the half of the local addresses")).toBeVisible();
  await bench.target.selectOption("Commands");
  await expect(bench.result).toContainText("nixos-container root-login nextcloud");
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });
    test("addresses are on the map, and told to everyone", async ({ bench, page }) => {
      await bench.open("#/containers");
      await bench.chooseExample("Beside Docker");
      await page.getByRole("tab", { name: "Networks" }).click();
      await expect(bench.told("172.18.0.11").first()).toContainText("a pool of Docker");
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
      expect(violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(" ")).join(", ")}`)).toEqual([]);
    });
  });
}
