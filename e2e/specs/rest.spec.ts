import { QUOTED_NUMBER } from "../configurations.ts";
import { expect, test } from "../test.ts";

const PAGE = "**/split_page-*.wasm";
const REST = "**/split_rest-*.wasm";
const DRAFT = "drydock.text";

test("the text is judged before the page around it is here", async ({ drydock, page }) => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(PAGE, async (route) => {
    await held;
    await route.continue();
  });
  await page.addInitScript(([key, text]) => localStorage.setItem(key, text), [DRAFT, QUOTED_NUMBER] as const);
  await page.goto("/");
  const verdict = page.getByRole("region", { name: "Verdict" });
  await expect(verdict).toContainText("The daemon refuses this file: 1 error.");
  const source = page.getByLabel("Docker daemon configuration");
  await source.fill('{ "debug": true }');
  await expect(verdict).toContainText("The daemon starts with this configuration.");
  await source.fill(QUOTED_NUMBER);
  release();
  await expect(drydock.problem("mtu")).toBeVisible();
  await drydock.hasText(QUOTED_NUMBER);
});

test("the draft is judged before the rest of the page is here", async ({ drydock, page }) => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(REST, async (route) => {
    await held;
    await route.continue();
  });
  await page.addInitScript(([key, text]) => localStorage.setItem(key, text), [DRAFT, QUOTED_NUMBER] as const);
  await page.goto("/");
  await expect(drydock.verdict).toContainText("1 error");
  await expect(drydock.problem("mtu")).toBeVisible();
  const space = page.getByRole("tabpanel", { name: "Address space" });
  await expect(space).toHaveText("This part is on its way.");
  release();
  await expect(space).not.toContainText("on its way");
});

test("nothing is fine before the networks to keep clear of were read", async ({ drydock, page }) => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(REST, async (route) => {
    await held;
    await route.continue();
  });
  await page.addInitScript(() => {
    localStorage.setItem("drydock.text", '{ "debug": true }');
    localStorage.setItem("drydock.avoid", "172.18.0.0/16");
  });
  await page.goto("/");
  await expect(drydock.verdict).toContainText("have not been read yet");
  await expect(drydock.verdict).not.toHaveAttribute("data-severity", "ok");
  release();
  await expect(drydock.verdict).toContainText("Collides");
});

test("nothing is said of what is no daemon.json before it was read", async ({ drydock, page }) => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(REST, async (route) => {
    await held;
    await route.continue();
  });
  await page.addInitScript((key) => localStorage.setItem(key, "dockerd --debug --mtu=many"), DRAFT);
  await page.goto("/");
  await expect(drydock.verdict).toContainText("has not been read yet");
  await expect(drydock.verdict).not.toHaveAttribute("data-severity", /./);
  await expect(drydock.result).toHaveText("This part is on its way.");
  await expect(page.getByRole("button", { name: /^Copy / })).toHaveCount(0);
  release();
  await expect(drydock.verdict).toContainText("1 error");
  await expect(drydock.problem("mtu")).toBeVisible();
});

test.describe("when the rest of the page cannot be had", () => {
  test.use({ expected: /Failed to load resource|Failed to fetch/ });

  test("its parts say so, and come when asked again", async ({ drydock, page }) => {
    await page.route(REST, (route) => route.abort());
    await page.goto("/");
    await drydock.isReady();
    await drydock.write(QUOTED_NUMBER);
    await expect(drydock.problem("mtu")).toBeVisible();
    await page.getByRole("tab", { name: "Form" }).click();
    await expect(drydock.form.getByRole("alert")).toContainText("did not load");
    await page.unroute(REST);
    await drydock.form.getByRole("button", { name: "Load again" }).click();
    await expect(drydock.search).toBeVisible();
    await page.getByRole("tab", { name: "Text" }).click();
    await drydock.hasText(QUOTED_NUMBER);
  });
});
