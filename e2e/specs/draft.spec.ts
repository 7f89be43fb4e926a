import { QUOTED_NUMBER } from "../configurations.ts";
import { EVERYWHERE, expect, test } from "../test.ts";

test("the draft is there again after a reload, and so are the choices", EVERYWHERE, async ({ drydock, page }) => {
  await drydock.openWith(QUOTED_NUMBER);
  await drydock.engine.selectOption("26");
  await drydock.release.selectOption("24.11");
  // The draft is kept when typing rests, which is also when the verdict is said.
  await expect(drydock.said).toContainText("1 error");
  await page.reload();
  await drydock.isReady();
  await drydock.hasText(QUOTED_NUMBER);
  await expect(drydock.problem("mtu")).toBeVisible();
  await expect(drydock.engine).toHaveValue("26");
  await expect(drydock.release).toHaveValue("24.11");
});

test("the draft is there again when the page is left before typing rests", async ({ drydock, page }) => {
  await drydock.open();
  await drydock.write(QUOTED_NUMBER);
  await expect(drydock.problem("mtu")).toBeVisible();
  await page.reload();
  await drydock.isReady();
  await drydock.hasText(QUOTED_NUMBER);
});

test("what the form kept is there again after a reload, until its setting changes elsewhere", async ({ drydock, page }) => {
  await drydock.openWith('{ "mtu": 1450, "shutdown-timeout": 15 }');
  await drydock.openForm();
  await drydock.field("mtu").fill("much");
  await drydock.field("shutdown-timeout").fill("long");
  await drydock.field("mtu").focus();
  await expect(drydock.form).toContainText("The text still has 15");
  await page.reload();
  await drydock.isReady();
  await drydock.openForm();
  await expect(drydock.field("mtu")).toHaveValue("much");
  await expect(drydock.field("shutdown-timeout")).toHaveValue("long");
  await drydock.openText();
  await drydock.write('{ "shutdown-timeout": 15, "mtu": 1400 }');
  await drydock.openForm();
  await expect(drydock.field("mtu")).toHaveValue("1400");
  await expect(drydock.field("shutdown-timeout")).toHaveValue("long");
});
