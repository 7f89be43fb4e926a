import type { Drydock, Part } from "../drydock.ts";
import { QUOTED_NUMBER, TWO_MISTAKES } from "../configurations.ts";
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

test("a tap on a problem opens it, and a tap on its line leads there", async ({ drydock }) => {
  await drydock.openWith(TWO_MISTAKES);
  await drydock.goToPart("Problems");
  await drydock.openProblem(drydock.problem("mtu"));
  await expect(drydock.problem("mtu").getByRole("button", { name: /^Fix:/ })).toBeVisible();
  await drydock.goTo(drydock.problem("mtu"));
  await expect(drydock.editor).toBeVisible();
  await drydock.hasSelected('"1450"');
});

for (const width of [390, 320]) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ viewport: { width, height: 844 } });

    test("nothing scrolls sideways or is cut off", async ({ drydock }) => {
      await drydock.open("#no/link");
      await expect(drydock.arrival).toContainText("#check=");
      await staysWithin(drydock, width);
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

for (const width of [390, 320]) {
  test.describe(`menus ${width} pixels wide`, () => {
    test.use({ viewport: { width, height: 568 } });

    test("open within the window, and name what they ask for", async ({ drydock, page }) => {
      await drydock.open();
      for (const name of ["Examples", "Host"]) {
        await page.getByRole("button", { name, exact: true }).click();
        const { x, width: own } = (await drydock.menu.boundingBox())!;
        expect(x, name).toBeGreaterThanOrEqual(0);
        expect(x + own, name).toBeLessThanOrEqual(width);
        if (name === "Host") {
          await expect(drydock.menu.getByText("NixOS release")).toBeVisible();
          await expect(drydock.menu.getByText("system.stateVersion")).toBeVisible();
        }
        await page.keyboard.press("Escape");
      }
    });

    test("what an empty editor says can be read and tapped to its end", async ({ drydock, page }) => {
      await drydock.open();
      await page.getByRole("navigation", { name: "What Drydock does" }).getByRole("link", { name: "Travel check" }).click();
      await expect(drydock.travel).toBeVisible();
    });
  });
}

const ON_A_TRAIN = `default via 172.18.0.1 dev wlp3s0 proto dhcp src 172.18.4.7 metric 600
172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 linkdown
172.18.0.0/16 dev wlp3s0 proto kernel scope link src 172.18.4.7 metric 600
`;

const IN_A_TUNNEL = `Routing tables

Internet:
Destination        Gateway            Flags           Netif Expire
default            192.168.178.1      UGScg             en0
10.8/24            10.8.0.1           UGSc            utun4
172.18             10.8.0.1           UGSc            utun4
192.168.178        link#6             UCS               en0      !
`;

for (const [where, place, pasted] of [
  ["on a train", "#check=wifionice", ""],
  ["in a hotel", "#check=guest-wifi", ""],
  ["in the tunnel of a company", "#check=company-vpn", ""],
  ["by the routes of Linux", "#/travel", ON_A_TRAIN],
  ["by the routes of macOS", "#/travel", IN_A_TUNNEL],
] as const) {
  test(`what helps is on the first screen after the answer, ${where}`, async ({ drydock, page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await drydock.open(place);
    if (pasted) {
      await drydock.avoid.focus();
      await drydock.paste(pasted);
    }
    await expect(drydock.answered).toBeInViewport({ ratio: 1 });
    await expect(drydock.waysToHelp.first()).toBeInViewport({ ratio: 1 });
    const [question, answer] = await Promise.all([drydock.avoid, drydock.answered].map((it) => it.boundingBox()));
    if (pasted) expect(answer!.y).toBeGreaterThanOrEqual(question!.y + question!.height);
  });
}

test("who types networks on a phone sees what is typed, and the answer below", async ({ drydock }) => {
  await drydock.open("#/travel");
  await drydock.avoid.focus();
  await drydock.avoid.pressSequentially("172.18.0.0/16");
  await expect(drydock.answer).toContainText("Collides as soon as");
  await expect(drydock.avoid).toBeInViewport({ ratio: 1 });
  expect(await drydock.travel.evaluate((main) => main.scrollTop)).toBe(0);
});

for (const width of [390, 375]) {
  test(`the tabs of the result and its buttons share a row, ${width} pixels wide`, async ({ drydock, page }) => {
    await page.setViewportSize({ width, height: 844 });
    await drydock.openWith(QUOTED_NUMBER);
    await drydock.goToPart("Result");
    const all = [drydock.tab("Nix"), drydock.copyButton, page.getByRole("button", { name: /^Save (?!text)/ })];
    const rows = await Promise.all(all.map(async (it) => (await it.boundingBox())!.y));
    expect(new Set(rows).size).toBe(1);
    await drydock.follow("#/rules");
    const address = drydock.reference.getByRole("link", { name: "address-malformed", exact: true });
    expect((await address.boundingBox())!.height, "a name in one line").toBeLessThan(30);
  });
}

test("the map leads to the travel check", async ({ drydock, page }) => {
  await drydock.openWith(QUOTED_NUMBER);
  await drydock.goToPart("Map");
  await page.getByText("Travel check", { exact: true }).filter({ visible: true }).click();
  await expect(drydock.travel).toBeVisible();
});

for (const [held, viewport] of [
  ["upright", { width: 390, height: 844 }],
  ["sideways", { width: 844, height: 390 }],
] as const) {
  test.describe(`held ${held}`, () => {
    test.use({ viewport });

    test("a fix is taken back without a keyboard, where it was made and in the text", async ({ drydock, page }) => {
      const undo = page.getByRole("button", { name: "Undo", exact: true });
      await drydock.openWith(QUOTED_NUMBER);
      for (const part of ["Problems", "Edit"] as const) {
        await drydock.goToPart("Problems");
        await drydock.fix(drydock.problem("mtu"));
        await expect(drydock.problems).toHaveCount(0);
        await drydock.goToPart(part);
        await undo.filter({ visible: true }).first().click();
        await drydock.goToPart("Edit");
        await drydock.hasText(QUOTED_NUMBER);
      }
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
