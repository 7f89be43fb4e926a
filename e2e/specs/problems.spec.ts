import { GOOD, OVERLAP_TO_COME, QUOTED_NUMBER, TWO_MISTAKES } from "../configurations.ts";
import { EVERYWHERE, expect, test } from "../test.ts";

test("a click on a problem goes to its place in the text", EVERYWHERE, async ({ drydock }) => {
  await drydock.openWith(TWO_MISTAKES);
  await drydock.openProblem(drydock.problem("mtu"));
  await expect(drydock.editor).toBeFocused();
  await drydock.hasSelected('"1450"');
});

test("each problem says why it matters, and links to its rule", async ({ drydock, page }) => {
  await drydock.openWith(QUOTED_NUMBER);
  await drydock.problem("mtu").getByRole("link", { name: /^About the rule/ }).click();
  await expect(drydock.reference).toContainText("Why it matters");
  await page.getByRole("link", { name: "Back to the editor" }).click();
  await expect(drydock.editor).toBeVisible();
  await drydock.hasText(QUOTED_NUMBER);
});

test("Fix mends one problem and leaves the rest as it is", async ({ drydock }) => {
  await drydock.openWith(TWO_MISTAKES);
  await drydock.fix(drydock.problem("mtu"));
  await drydock.hasText(TWO_MISTAKES.replace('"1450"', "1450"));
  await expect(drydock.problems).toHaveCount(1);
});

test("Safe fixes are applied together, once, and the panel says what they did", EVERYWHERE, async ({ drydock, page }) => {
  await drydock.openWith(OVERLAP_TO_COME);
  await expect(drydock.fixAll).toHaveText("Apply 2 safe fixes");
  await drydock.fixAll.click();
  // The size that was mended makes the pools overlap: nobody has read that yet, so both stay.
  await drydock.hasText(OVERLAP_TO_COME.replace('"24"', "24").replace('"1450"', "1450"));
  await expect(drydock.applied).toContainText("2 applied");
  await expect(drydock.said).toHaveText(/^2 fixes applied/);
  await drydock.applied.getByRole("button", { name: "Undo" }).click();
  await drydock.hasText(OVERLAP_TO_COME);
  await expect(drydock.applied).toHaveCount(0);
});

test("what needs a choice is counted when no safe fix is left", async ({ drydock }) => {
  await drydock.openWith(`{ "mtu": 1450, 'debug': true, "log-driver": "jsonfile", "storage-driver": "overlay", "hosts": ["localhost"], "icc": "no" }`);
  while (await drydock.fixAll.count() > 0) {
    await expect(drydock.applied.getByText("your choice")).toHaveCount(0);
    await drydock.fixAll.click();
    await expect(drydock.applied).toBeVisible();
  }
  await expect(drydock.applied).toContainText("your choice");
});

test("After safe fixes the rest is stepped through, and the comparison shows what they changed", async ({ drydock, page }) => {
  await drydock.open();
  await drydock.chooseExample("A dozen mistakes");
  await drydock.fixAll.click();
  await expect(drydock.applied).toContainText(/\d+ applied · Undo · \d+ needs? your choice/);
  await expect(drydock.openedProblem).toHaveCount(1);
  await expect(drydock.problems.first().getByRole("button", { expanded: true })).toBeVisible();
  await page.getByRole("button", { name: "Next problem" }).click();
  await page.getByRole("button", { name: "Next problem" }).click();
  await expect(drydock.problems.nth(1).getByRole("button", { expanded: true })).toBeVisible();
  await drydock.show("Diff");
  await expect(drydock.comparedWith).toHaveValue("the last change");
  await expect(drydock.addedLines.first()).toBeVisible();
});

test("problems take a line each, with line and column, and the keyboard opens one", async ({ drydock, page }) => {
  await drydock.openWith(TWO_MISTAKES);
  const mtu = drydock.problem("mtu");
  await expect(mtu.getByRole("button", { name: "Go to line 3, column 10" })).toHaveText("3:10");
  await expect(mtu.getByRole("button", { name: /^Fix:/ })).toHaveCount(0);
  await mtu.getByRole("button").first().focus();
  await page.keyboard.press("Enter");
  await expect(mtu.getByRole("button").first()).toBeFocused();
  await expect(mtu.getByRole("button").first()).toHaveAttribute("aria-expanded", "true");
  await expect(mtu.getByRole("button", { name: /^Fix:/ })).toBeVisible();
  await expect(drydock.openedProblem).toHaveCount(1);
});

test("the list of problems grows while there are errors", async ({ drydock }) => {
  await drydock.open();
  await drydock.chooseExample("A dozen mistakes");
  await expect(drydock.problems.nth(6)).toBeInViewport();
});

test("a collision is a problem with its fix, and nothing says that there are none", async ({ drydock, page }) => {
  await drydock.openWith(GOOD);
  await expect(page.getByText("No problems")).toBeVisible();
  await drydock.look("Keep clear of");
  await drydock.avoid.fill("172.18.0.0/16 the train");
  await expect(drydock.verdict).toContainText(/^Collides as soon as you create a network\. Network 1, the first you create, is/);
  await expect(page.getByText("No problems")).toHaveCount(0);
  await expect(drydock.problems).toHaveCount(1);
  await expect(drydock.problem("the same as the train").getByRole("link", { name: "Travel check" })).toBeVisible();
  await drydock.fix(drydock.problem("the same as the train"));
  await expect(drydock.problems).toHaveCount(0);
  await expect(drydock.verdict).toContainText("Never collides");
});

test("F8 walks through the problems", async ({ drydock, page }) => {
  await drydock.openWith(TWO_MISTAKES);
  await expect(drydock.problems).toHaveCount(2);
  await page.keyboard.press("F8");
  await drydock.hasSelected('"1.1.1.1"');
  await page.keyboard.press("F8");
  await drydock.hasSelected('"1450"');
  await page.keyboard.press("Shift+F8");
  await drydock.hasSelected('"1.1.1.1"');
});
