import { GOOD } from "../configurations.ts";
import { expect, test } from "../test.ts";

test("nothing moves when reduced motion is asked for", async ({ drydock, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await drydock.openWith(GOOD);
  await expect(drydock.result).toContainText('"warn"');
  await drydock.write(GOOD.replace("warn", "error"));
  await expect(drydock.markedLines).not.toHaveCount(0);
  await drydock.openHelp();
  const moving = await page.evaluate(() =>
    document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 10).length);
  expect(moving).toBe(0);
});
