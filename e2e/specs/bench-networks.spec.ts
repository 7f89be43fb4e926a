import { AxeBuilder } from "@axe-core/playwright";

import { Bench } from "../bench.ts";
import { expect, test as base } from "../test.ts";

/** The workbench that reads Compose files. */
const test = base.extend<{ bench: Bench }>({
  bench: async ({ page }, use) => use(new Bench(page, "Compose file")),
});

const STACK = `services:
  app:
    image: ghcr.io/example/app:1.4
    depends_on: { db: { condition: service_healthy } }
    networks: [front, back]
  db:
    image: postgres:17.2
    healthcheck: { test: ["CMD", "pg_isready"] }
    networks: [back]
    volumes: ["data:/var/lib/postgresql/data"]
networks:
  front:
    ipam: { config: [{ subnet: 10.7.0.0/24 }] }
  back:
volumes:
  data:
`;

const TRAIN = "172.18.0.0/16 the train";

test("a network without a subnet is told that it meets the train's, and gets one of its own", async ({ bench }) => {
  await bench.open("#/compose");
  await bench.write("services:\n  web:\n    image: nginx:1.29\n");
  await expect(bench.said).toContainText("1 container");
  await bench.choose("Keep clear of", TRAIN);
  const problem = bench.problem("default gets 172.18.0.0/16");
  await expect(problem).toContainText("172.18.0.0/16 of the train");
  await bench.fix(problem);
  await expect(problem).toHaveCount(0);
  expect(await bench.text()).toMatch(/networks:\n {2}default:\n {4}ipam:\n {6}config:\n {8}- subnet: 10\.\d+\.\d+\.0\/24\n$/);
});

test("a known network is kept clear of by its name", async ({ bench }) => {
  await bench.open("#/compose");
  await bench.write("services:\n  web:\n    image: nginx:1.29\n");
  await bench.choose("Keep clear of", "wifionice");
  await expect(bench.problem("default gets 172.18.0.0/16")).toContainText("WIFIonICE");
});

test("the networks of a stack are on the map with all that is around them", async ({ bench }) => {
  await bench.open("#/compose");
  await bench.write(STACK);
  await bench.choose("Keep clear of", TRAIN);
  await bench.choosePanel("Networks");
  await expect(bench.told("front")).toContainText("10.7.0.0/24");
  const drawn = await bench.picture();
  for (const row of [
    "172.17.0.0/16 | docker0 | nothing",
    "10.7.0.0/24 | front | nothing",
    "172.18.0.0/16 | back | collides with the train 172.18.0.0/16",
    "172.18.0.0/16 | the train | collides with back 172.18.0.0/16",
  ]) expect(drawn).toContain(row);
  await expect(bench.told("back")).toContainText("gets 172.18.0.0/16");
  await bench.told("back").getByRole("button", { name: "Go to line 14" }).click();
  await expect(bench.editor).toBeFocused();
});

test("the pools decide which subnet a network gets", async ({ bench }) => {
  await bench.open("#/compose");
  await bench.write(STACK);
  await bench.choosePanel("Networks");
  await expect(bench.panel).toContainText("gets 172.18.0.0/16");
  await bench.choose("Address pools", '{ "default-address-pools": [{ "base": "10.201.0.0/16", "size": 24 }] }');
  await expect(bench.panel).toContainText("gets 10.201.1.0/24");
  await bench.choice("Runs on").selectOption("Podman");
  await expect(bench.panel).toContainText("gets 10.201.0.0/24");
});

test("the graph shows what waits for what, and says the same in words", async ({ bench }) => {
  await bench.open("#/compose");
  await bench.write(STACK);
  await bench.choosePanel("Graph");
  await expect(bench.told("app")).toContainText("Waits until db is healthy.");
  await expect(bench.told("data")).toContainText("db mounts it.");
  await expect(bench.drawn()).toHaveCount(5);
  await bench.drawn("data").click();
  await expect(bench.editor).toBeFocused();
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });
    test("the panels are for everyone", async ({ bench, page }) => {
      await bench.open("#/compose");
      await bench.write(STACK);
      await bench.choose("Keep clear of", `${TRAIN}\nnonsense`);
      for (const panel of ["Networks", "Graph"] as const) {
        await bench.choosePanel(panel);
        await expect(bench.panel.getByRole("listitem").first()).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
        expect(violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(" ")).join(", ")}`)).toEqual([]);
      }
    });
  });
}

test.describe("on a telephone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test("the picture moves in its own frame, and the page does not", async ({ bench, page }) => {
    await bench.open("#/compose");
    await bench.write(STACK);
    await bench.goToPart("Report");
    await bench.choosePanel("Graph");
    await expect(bench.graph).toBeVisible();
    expect(await bench.graph.evaluate((it) => it.scrollWidth > it.clientWidth)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
