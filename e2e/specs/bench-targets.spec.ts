import { Bench } from "../bench.ts";
import { expect, test as base } from "../test.ts";

/** The workbench that reads Compose files. */
const test = base.extend<{ bench: Bench }>({
  bench: async ({ page }, use) => use(new Bench(page, "Compose file")),
});

const DB = "name: shop\nservices:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: hunter2\n    init: true\n";

test("a Compose file becomes a project of Arion, and what Arion has no option for is in it as well", async ({ bench }) => {
  await bench.open("#/compose");
  await bench.write(DB);
  await bench.target.selectOption("Arion");
  await expect(bench.result).toContainText("projects.shop.settings = {");
  await bench.target.selectOption("Arion file");
  await expect(bench.result).toContainText('project.name = "shop";');
  await expect(bench.result).toContainText("db.service = {");
  await expect(bench.result).toContainText("init = true;");
});

test("secrets leave the module for where they are chosen to be, and the steps say what fills those places", async ({ bench, page }) => {
  await bench.open("#/compose");
  await bench.write(DB);
  await expect(bench.result).toContainText('POSTGRES_PASSWORD = "hunter2";');
  await bench.openSurroundings();
  await bench.choice("Secrets").selectOption("sops-nix");
  await page.keyboard.press("Escape");
  await expect(bench.result).toContainText("sops.templates");
  await expect(bench.result).not.toContainText("hunter2");
  await bench.tab("Apply").click();
  await expect(bench.steps.filter({ hasText: "Write down the secrets" })).toContainText("shop-db-POSTGRES_PASSWORD: hunter2");
  await bench.tab("Result").click();
  await bench.target.selectOption("Arion");
  await expect(bench.result).toContainText("hunter2");
  await expect(page.getByText("How secrets are kept is not chosen here")).toBeVisible();
});
