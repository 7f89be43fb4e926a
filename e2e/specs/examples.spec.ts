import { expect, test } from "../test.ts";

/** What an example is about may be worth a word; only these may have one. */
const REMARKED: Record<string, RegExp> = {
  "Flying Circus: stay with devicemapper": /devicemapper/,
  "Flying Circus: a module for devicemapper": /devicemapper/,
};

test("each example loads with a result and without a false problem", async ({ drydock }) => {
  await drydock.open();
  const titles = await drydock.exampleTitles();
  expect(titles.length).toBeGreaterThanOrEqual(9);
  const broken = "A dozen mistakes";
  expect(titles).toContain(broken);
  for (const title of titles.filter((it) => it !== broken)) {
    await test.step(title, async () => {
      await drydock.chooseExample(title);
      await expect(drydock.result.locator("pre")).not.toBeEmpty();
      const remark = REMARKED[title];
      if (remark) await expect(drydock.problems).toHaveText([remark]);
      else await expect(drydock.problems).toHaveCount(0);
      await expect(drydock.verdict).not.toContainText("error");
    });
  }
});

test("the broken example shows its problems, each with a way out, and a configuration that starts is left", async ({ drydock }) => {
  await drydock.open();
  await drydock.chooseExample("A dozen mistakes");
  await expect(drydock.verdict).toContainText(/\d+ errors/);
  expect(await drydock.problems.count()).toBeGreaterThanOrEqual(12);
  await drydock.fixAll.click();
  await expect(drydock.fixAll).toHaveCount(0);
  // What is left has more than one way out, so the reader chooses.
  for (let left = await drydock.problems.count(); left > 0; left = await drydock.problems.count()) {
    const fixable = drydock.problems.filter({ has: drydock.page.getByRole("button", { name: /^Fix:/ }) }).first();
    if ((await fixable.count()) === 0) break;
    const before = await drydock.text();
    await drydock.fix(fixable);
    await expect.poll(() => drydock.text()).not.toBe(before);
  }
  await expect(drydock.verdict).not.toContainText("error");
});

test("an empty page invites to paste, to start from an example, or to go where the work is", async ({ drydock, page }) => {
  await drydock.open();
  await expect(drydock.invitation).toBeVisible();
  const ways = page.getByRole("navigation", { name: "What Drydock does" });
  for (const name of ["Compose", "Images", "Guides", "Travel check", "Storage driver"]) {
    await expect(ways.getByText(name, { exact: true })).toBeVisible();
  }
  await ways.getByRole("link", { name: "All options" }).click();
  await expect(drydock.reference).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: "Wi-Fi on a train" }).click();
  await expect(drydock.invitation).toHaveCount(0);
  await expect(drydock.result).toContainText("172.27.0.0/16");
});
