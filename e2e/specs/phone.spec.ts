import type { Drydock, Part } from "../drydock.ts";
import { QUOTED_NUMBER } from "../configurations.ts";
import { expect, test } from "../test.ts";

const PARTS: Part[] = ["Edit", "Problems", "Result", "Map"];

/** The least height and width of what a finger is to hit, in pixels. */
const FINGER = 44;

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test("one part is shown at a time, chosen by tabs", async ({ drydock }) => {
  await drydock.openWith(QUOTED_NUMBER);
  await expect(drydock.part("Problems")).toContainText("1");
  await drydock.goToPart("Problems");
  await expect(drydock.problem("mtu")).toBeVisible();
  await expect(drydock.editor).toBeHidden();
  await drydock.fix(drydock.problem("mtu"));
  await drydock.goToPart("Result");
  await expect(drydock.result).toContainText("mtu = 1450;");
  await drydock.goToPart("Map");
  await expect(drydock.space).toBeVisible();
  await drydock.goToPart("Edit");
  await drydock.hasText(QUOTED_NUMBER.replace('"1450"', "1450"));
});

test("a tap on a problem leads to its place in the text", async ({ drydock }) => {
  await drydock.openWith(QUOTED_NUMBER);
  await drydock.goToPart("Problems");
  await drydock.goTo(drydock.problem("mtu"));
  await expect(drydock.editor).toBeVisible();
  expect(await drydock.selection()).toBe('"1450"');
});

for (const width of [390, 320]) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ viewport: { width, height: 844 } });

    test("nothing scrolls sideways or is cut off", async ({ drydock }) => {
      await drydock.open();
      await staysWithin(drydock, width);
      await drydock.chooseExample("A dozen mistakes");
      for (const part of PARTS) {
        await drydock.goToPart(part);
        await staysWithin(drydock, width);
      }
      await drydock.goToPart("Edit");
      await drydock.openForm();
      await staysWithin(drydock, width);
      for (const place of ["#/options", "#/options/default-address-pools", "#/rules/address-pools-overlap"]) {
        await drydock.open(place);
        await staysWithin(drydock, width);
      }
      await drydock.open("#check=wifionice");
      await expect(drydock.answer).toContainText("were checked");
      await staysWithin(drydock, width);
    });
  });
}

test("everything to tap is large enough for a finger", async ({ drydock }) => {
  await drydock.open();
  await drydock.chooseExample("A dozen mistakes");
  for (const part of PARTS) {
    await drydock.goToPart(part);
    expect.soft(await drydock.smallTargets(FINGER), part).toEqual([]);
  }
  await drydock.goToPart("Edit");
  await drydock.openForm();
  await drydock.onlySet.click();
  expect.soft(await drydock.smallTargets(FINGER), "the form").toEqual([]);
  await drydock.openText();
  await drydock.openExamples();
  expect.soft(await drydock.smallTargets(FINGER), "the examples").toEqual([]);
});

async function staysWithin(drydock: Drydock, width: number): Promise<void> {
  expect(await drydock.page.evaluate(() => document.scrollingElement?.scrollWidth)).toBeLessThanOrEqual(width);
  expect(await drydock.cutOff(width)).toEqual([]);
  expect(await drydock.hiddenTabs()).toEqual([]);
}
