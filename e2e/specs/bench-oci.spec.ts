import { AxeBuilder } from "@axe-core/playwright";

import { Bench } from "../bench.ts";
import { expect, test as base } from "../test.ts";

/** The workbench that reads containers in Nix. */
const test = base.extend<{ bench: Bench }>({
  bench: async ({ page }, use) => use(new Bench(page, "Nix module with containers")),
});

const ARION = `{ pkgs, ... }:
{
  project.name = "shop";
  services.web.service = {
    image = "docker.io/library/nginx:1.29";
    ports = [ "8080:80" ];
    depends_on.db.condition = "service_healthy";
    useHostStore = true;
  };
  services.db.service = {
    image = "docker.io/library/postgres:17";
    environment.POSTGRES_HOST_AUTH_METHOD = "trust";
    healthcheck.test = [ "CMD" "pg_isready" ];
    volumes = [ "data:/var/lib/postgresql/data" ];
  };
  docker-compose.volumes.data = { };
}
`;

test("an arion-compose.nix becomes a module, quadlet-nix and Compose, and each loss is named", async ({ bench }) => {
  await bench.open("#/oci");
  await bench.write(ARION);
  await expect(bench.verdict).toContainText("2 containers");
  await expect(bench.result).toContainText("virtualisation.oci-containers");
  await expect(bench.result).toContainText('ports = [ "8080:80" ];');
  await expect(bench.line("useHostStore")).toContainText("left out");
  await bench.target.selectOption("quadlet-nix module");
  await expect(bench.result).toContainText("virtualisation.quadlet");
  await bench.target.selectOption("Compose file");
  await expect(bench.result).toContainText("condition: service_healthy");
});

test("the wiki's mistakes are found, and one of them mended", async ({ bench }) => {
  await bench.open("#/oci");
  await bench.write(`{
  virtualisation.arion.projects.db.settings.services.db.service = {
    image = "";
    environment.POSTGRESS_PASSWORD = "password";
  };
}
`);
  await expect(bench.problem("has no image")).toBeVisible();
  await bench.problem("is likely meant to be").getByRole("button", { name: "Rename to POSTGRES_PASSWORD" }).click();
  await expect(bench.result).toContainText("POSTGRES_PASSWORD");
});

test("what a module leaves open is filled in beside it", async ({ bench }) => {
  await bench.open("#/oci");
  await bench.write(`{ config, ... }:
let
  cfg = config.services.paper;
in
{
  virtualisation.oci-containers.containers.paper = {
    image = "example/paper:2";
    ports = [ "127.0.0.1:\${toString cfg.port}:8000" ];
  };
}
`);
  await expect(bench.problem("cfg.port")).toBeVisible();
  await bench.openSurroundings();
  await bench.field("Variables").fill("cfg.port=8123");
  await expect(bench.result).toContainText('ports = [ "127.0.0.1:8123:8000" ];');
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });
    test("the workbench is for everyone", async ({ bench, page }) => {
      await bench.open("#/oci");
      await bench.write(ARION.replace("ports =", "port ="));
      await expect(bench.problem("is no option")).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
      expect(violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(" ")).join(", ")}`)).toEqual([]);
    });
  });
}

test.describe("on a telephone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test("an arion-compose.nix goes in, and a module comes out", async ({ bench, page }) => {
    await bench.open("#/oci");
    await bench.write(ARION);
    for (const part of ["Problems", "Result", "Report"] as const) await bench.goToPart(part);
    await expect(bench.line("useHostStore")).toBeVisible();
    await bench.goToPart("Result");
    await expect(bench.result).toContainText("virtualisation.oci-containers");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
