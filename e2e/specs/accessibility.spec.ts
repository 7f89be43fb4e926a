import { AxeBuilder } from "@axe-core/playwright";

import { QUOTED_NUMBER, QUOTED_NUMBER_IN_NIX } from "../configurations.ts";
import type { Drydock } from "../drydock.ts";
import { expect, test } from "../test.ts";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const LOOKS = {
  light: { colorScheme: "light", forcedColors: "none" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  "forced colours": { colorScheme: "light", forcedColors: "active" },
} as const;

const BROKEN = "A dozen mistakes";

type View = [name: string, show: (drydock: Drydock) => Promise<void>];

/** Every view, and how one gets there. */
const VIEWS: View[] = [
  ["the empty page", (drydock) => drydock.open()],
  ["text with problems", async (drydock) => {
    await drydock.open();
    await drydock.chooseExample(BROKEN);
    await expect(drydock.problems).not.toHaveCount(0);
  }],
  ["what a key is for", async (drydock) => {
    await drydock.openWith('{\n  "shutdown-timeout": 20\n}');
    await drydock.words('"shutdown-timeout"').hover();
    await expect(drydock.card).toBeVisible();
  }],
  ["what can be completed", async (drydock) => {
    await drydock.openWith("");
    await drydock.type('{ "log-le');
    await expect(drydock.completions.first()).toBeVisible();
  }],
  ["text without problems", (drydock) => drydock.openWith('{"debug": true}')],
  ["a module of NixOS", async (drydock) => {
    await drydock.openWith(QUOTED_NUMBER_IN_NIX);
    await expect(drydock.verdict).toContainText("1 error");
    await drydock.openHost();
  }],
  ["what NixOS makes of it", async (drydock) => {
    await drydock.openWith(QUOTED_NUMBER_IN_NIX.replace(/"1450"/, "1450"));
    await drydock.bringResult();
    await drydock.target.selectOption("Effective daemon.json");
    await expect(drydock.result).toContainText("journald");
  }],
  ["the form", async (drydock) => {
    await drydock.open();
    await drydock.chooseExample(BROKEN);
    await drydock.openForm();
    // Fields of each kind, right and wrong ones; judging every option takes a minute.
    await drydock.onlySet.click();
  }],
  ["a search in the form", async (drydock) => {
    await drydock.open();
    await drydock.openForm();
    await drydock.search.fill("default");
  }],
  ["what the form could not write", async (drydock) => {
    await drydock.openWith('{"mtu": 1400, "log-opts": {}, "label": ["a=b"], "default-ulimits": {}}');
    await drydock.openForm();
    await drydock.onlySet.click();
    await drydock.field("mtu").fill("abc");
    await drydock.begin("log-opts", "max-size");
    await drydock.begin("default-ulimits", "nofile");
    await expect(drydock.form).toContainText("is not a whole number");
  }],
  ["the form over a text that it cannot edit", async (drydock) => {
    await drydock.openWith("[1, 2]");
    await drydock.openEmptyForm();
    await expect(drydock.form).toContainText("The form cannot edit this text");
  }],
  ["the menu of examples", async (drydock) => {
    await drydock.open();
    await drydock.openExamples();
  }],
  ["the facts about the host", async (drydock) => {
    await drydock.open();
    await drydock.openHost();
  }],
  ["daemon.json", async (drydock) => {
    await drydock.openWith(QUOTED_NUMBER);
    await drydock.show("daemon.json");
  }],
  ["the comparison", async (drydock) => {
    await drydock.openWith(QUOTED_NUMBER);
    await drydock.show("Diff");
  }],
  ["the steps", async (drydock) => {
    await drydock.openWith(QUOTED_NUMBER);
    await drydock.show("Apply");
  }],
  ["help", async (drydock) => {
    await drydock.open();
    await drydock.openHelp();
  }],
  ["the dialog about sharing", async (drydock) => {
    await drydock.openWith('{\n  // http://me:hunter2@proxy.example.com\n  "debug": true\n}');
    await drydock.share();
  }],
  ["a link that asks", async (drydock) => {
    await drydock.openWith(QUOTED_NUMBER);
    await drydock.follow("#pool=10.201.0.0/16:24");
    await expect(drydock.arrival).toBeVisible();
  }],
  ["a broken link", async (drydock) => {
    await drydock.open("#v1");
    await expect(drydock.arrival).toBeVisible();
  }],
  ["the plan", async (drydock) => {
    await drydock.openWith(QUOTED_NUMBER);
    await drydock.look("Plan");
  }],
  ["networks to keep clear of", async (drydock) => {
    await drydock.openWith(QUOTED_NUMBER);
    await drydock.look("Keep clear of");
    await drydock.avoid.fill("172.18.0.0/16 train\n10.0.0.0/33\n");
    await expect(drydock.judgements).toHaveCount(2);
  }],
  ["a picture of a collision", async (drydock) => {
    await drydock.open("#check=172.18.0.0/16");
    await drydock.page.getByRole("link", { name: "Back to the editor" }).click();
    await expect(drydock.collisions).not.toHaveCount(0);
  }],
  ["the travel check", (drydock) => drydock.open("#/travel")],
  ["a guide", async (drydock) => void await drydock.openGuide("storage", "Storage driver")],
  ["a travel check with a collision", async (drydock) => {
    await drydock.open("#check=wifionice");
    await expect(drydock.waysOut.first()).toBeVisible();
  }],
  ["all options", (drydock) => drydock.open("#/options")],
  ["an option", (drydock) => drydock.open("#/options/default-address-pools")],
  ["what the daemon says", async (drydock) => {
    await drydock.open("#/messages");
    await drydock.page.getByLabel("A line of the log").fill("Pool overlaps with other one on this address space");
    await expect(drydock.page.getByRole("region", { name: "What the daemon says" })).toBeVisible();
  }],
  ["all rules", (drydock) => drydock.open("#/rules")],
  ["a rule", async (drydock) => {
    await drydock.open("#/rules/address-pools-overlap");
    await expect(drydock.reference).toContainText("Why it matters");
  }],
];

const PHONE_VIEWS: View[] = [
  ["the text", (drydock) => drydock.openWith(QUOTED_NUMBER)],
  ["a module of NixOS", async (drydock) => {
    await drydock.openWith(QUOTED_NUMBER_IN_NIX);
    await expect(drydock.verdict).toContainText("1 error");
    await drydock.openHost();
  }],
  ["what NixOS makes of it", async (drydock) => {
    await drydock.openWith(QUOTED_NUMBER_IN_NIX.replace(/"1450"/, "1450"));
    await drydock.bringResult();
    await drydock.target.selectOption("Effective daemon.json");
    await expect(drydock.result).toContainText("journald");
  }],
  ["the form", async (drydock) => {
    await drydock.openWith(QUOTED_NUMBER);
    await drydock.openForm();
    await drydock.onlySet.click();
  }],
  ["the problems", async (drydock) => {
    await drydock.openWith(QUOTED_NUMBER);
    await drydock.goToPart("Problems");
  }],
  ["the result", async (drydock) => {
    await drydock.openWith(QUOTED_NUMBER);
    await drydock.goToPart("Result");
  }],
  ["the map", async (drydock) => {
    await drydock.openWith(QUOTED_NUMBER);
    await drydock.goToPart("Map");
  }],
  ["the dialog about sharing", async (drydock) => {
    await drydock.openWith(QUOTED_NUMBER);
    await drydock.share();
  }],
  ["an option", (drydock) => drydock.open("#/options/bip")],
  ["the travel check", async (drydock) => {
    await drydock.open("#check=wifionice");
    await expect(drydock.waysOut.first()).toBeVisible();
  }],
];

/** Judges a view in each look. */
async function judge(drydock: Drydock): Promise<void> {
  for (const [look, media] of Object.entries(LOOKS)) {
    await test.step(look, async () => {
      await drydock.page.emulateMedia({ ...media, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page: drydock.page }).withTags(STANDARDS).analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
      expect(found).toEqual([]);
    });
  }
}

for (const [name, show] of VIEWS) {
  test(`${name}: nothing is in the way of those who see, hear or move differently`, async ({ drydock }) => {
    await show(drydock);
    expect(await drydock.smallWords(14)).toEqual([]);
    await judge(drydock);
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  for (const [name, show] of PHONE_VIEWS) {
    test(`${name}: nothing is in the way of those who see, hear or move differently`, async ({ drydock }) => {
      await show(drydock);
      expect(await drydock.smallWords(14)).toEqual([]);
      await judge(drydock);
    });
  }
});

for (const [name, filled, show] of [
  ["an empty page", [], (drydock) => drydock.open()],
  ["a text with fixes", [/^Apply \d+ safe fix/], (drydock) => drydock.openWith(QUOTED_NUMBER)],
  ["a text without problems", [/^Copy/], (drydock) => drydock.openWith('{"debug": true}')],
  ["a link that asks", [/^Open it/], async (drydock) => {
    await drydock.openWith(QUOTED_NUMBER);
    await drydock.follow("#pool=10.201.0.0/16:24");
    await expect(drydock.arrival).toBeVisible();
  }],
] as [string, RegExp[], View[1]][]) {
  test(`${name} has one filled button at most`, async ({ drydock }) => {
    await show(drydock);
    await expect.poll(async () => (await drydock.filledButtons()).length).toBe(filled.length);
    const [button] = await drydock.filledButtons();
    for (const words of filled) expect(button).toMatch(words);
  });
}

test.describe("without the checker", () => {
  test.use({ expected: /Failed to load resource|Failed to fetch/ });
  test("what the page says is in nobody's way", async ({ drydock, page }) => {
    await page.route("**/*.wasm", (route) => route.abort());
    await page.goto("/");
    await expect(page.getByRole("alert")).toBeVisible();
    await judge(drydock);
  });
});
