import { QUOTED_NUMBER } from "../configurations.ts";
import { expect, test } from "../test.ts";

test.describe("when the checker cannot be had", () => {
  test.use({ expected: /Failed to load resource|Failed to fetch/ });

  test("the page says so, and keeps what is typed", async ({ drydock, page }) => {
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto("/");
    await expect(page.getByRole("alert")).toContainText("The checker did not load");
    await drydock.write(QUOTED_NUMBER);
    await page.unroute("**/*.wasm");
    await page.getByRole("button", { name: "Load again" }).click();
    await drydock.isReady();
    await drydock.hasText(QUOTED_NUMBER);
    await expect(drydock.problem("mtu")).toBeVisible();
  });
});

test.describe("when the checker is lost on its way", () => {
  test.use({ expected: /Failed to load resource|Failed to fetch/ });

  test("what was typed meanwhile is there after loading again", async ({ drydock, page }) => {
    let lose = () => {};
    const lost = new Promise<void>((resolve) => (lose = resolve));
    await page.route("**/*.wasm", async (route) => {
      await lost;
      await route.abort();
    });
    await page.goto("/");
    await page.getByLabel("Docker daemon configuration").fill(QUOTED_NUMBER);
    lose();
    await page.getByRole("alert").waitFor();
    await page.unroute("**/*.wasm");
    await page.getByRole("button", { name: "Load again" }).click();
    await drydock.isReady();
    await drydock.hasText(QUOTED_NUMBER);
  });
});

test.describe("when the page around the verdict cannot be had", () => {
  test.use({ expected: /Failed to load resource|Failed to fetch|page did not come/ });

  test("it says so, and keeps what is typed", async ({ drydock, page }) => {
    await page.route("**/split_page-*.wasm", (route) => route.abort());
    await page.goto("/");
    await expect(page.getByRole("alert")).toContainText("did not load");
    await page.getByLabel("Docker daemon configuration").fill(QUOTED_NUMBER);
    await page.unroute("**/split_page-*.wasm");
    await page.getByRole("button", { name: "Load again" }).click();
    await drydock.isReady();
    await drydock.hasText(QUOTED_NUMBER);
  });
});

test.describe("when the browser is too old", () => {
  test.use({ expected: /no WebAssembly/ });

  test("the page says what it needs", async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, "WebAssembly"));
    await page.goto("/");
    await expect(page.getByRole("alert")).toContainText("needs WebAssembly");
  });
});

test.describe("when the full editor cannot be had", () => {
  test.use({ expected: /Failed to load resource/ });

  test("the text area stays, and everything else works with it", async ({ drydock, page }) => {
    await page.route("**/codemirror*.js", (route) => route.abort());
    const given = page.waitForEvent("console", (message) => message.text().includes("plain text area stays"));
    await page.goto("/");
    await given;
    await expect(drydock.editor).toHaveJSProperty("tagName", "TEXTAREA");
    await drydock.write(QUOTED_NUMBER);
    await drydock.goTo(drydock.problem("mtu"));
    await drydock.hasSelected('"1450"');
    await drydock.fix(drydock.problem("mtu"));
    await expect(drydock.problems).toHaveCount(0);
    await drydock.undo();
    await drydock.hasText(QUOTED_NUMBER);
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the page says that nothing is checked, and promises nothing", async ({ drydock, page }) => {
    await page.goto("/");
    await expect(drydock.withoutScript).toBeVisible();
    await expect(drydock.withoutScript).toContainText("nothing is checked");
    await expect(page.getByText("is on its way")).toBeHidden();
    await expect(page.getByLabel("Docker daemon configuration")).toBeHidden();
  });
});
