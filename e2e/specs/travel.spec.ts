import { devices } from "@playwright/test";

import { expect, test } from "../test.ts";

const { viewport, hasTouch, isMobile } = devices["Pixel 7"];

const SCREENS = {
  "on a desktop": { viewport: { width: 1440, height: 900 } },
  "on a phone": { viewport, hasTouch, isMobile },
};

for (const [screen, options] of Object.entries(SCREENS)) {
  test.describe(screen, () => {
    test.use(options);

    test("the train's Wi-Fi collides with Docker as it comes; the fix keeps clear of it", async ({ drydock, page }) => {
      await drydock.open("#/travel");
      await drydock.goToPlace("WIFIonICE");
      await expect(drydock.answer).toContainText("Collides now. Network 1, the first you create, is 172.18.0.0/16, the same as WIFIonICE");
      await expect(drydock.answer).toContainText("Only the networks you gave were checked");
      await expect(page).toHaveURL(/#check=wifionice$/);
      await expect(drydock.travel.getByRole("region", { name: "Right now" })).toContainText("docker network");
      await drydock.waysOut.first().click();
      await expect(drydock.answer).toContainText("Never collides with the network you gave");
      await expect(drydock.collisions).toHaveCount(0);
      await expect(drydock.travel.getByRole("region", { name: "What to paste" })).toBeFocused();
      await expect(drydock.travel.getByRole("button", { name: "Copy Nix" })).toBeVisible();
      await page.getByRole("link", { name: "Back to the editor" }).click();
      expect(await drydock.text()).toContain("default-address-pools");
      await expect(drydock.problems).toHaveCount(0);
    });

    test("a pasted network is answered at once", async ({ drydock }) => {
      await drydock.open("#/travel");
      await drydock.avoid.fill("192.168.16.0/20 hotel");
      await expect(drydock.answer).toContainText("Collides when you create more than 15 networks. Network 16 is 192.168.16.0/20, the same as hotel");
    });
  });
}

test("what to paste leads to where it goes, step by step", async ({ drydock, page }) => {
  await drydock.open("#check=172.18.0.0/16");
  await drydock.waysOut.first().click();
  await page.getByRole("link", { name: "Where it goes" }).click();
  await expect(drydock.steps).not.toHaveCount(0);
});

test("there is no card for right now when nothing is to be done", async ({ drydock }) => {
  await drydock.open("#/travel");
  await drydock.avoid.fill("the train");
  await expect(drydock.travel.getByRole("region", { name: "Permanently" })).toBeVisible();
  await expect(drydock.travel.getByRole("region", { name: "Right now" })).toHaveCount(0);
});

test("the wiki's own replacement is told to contain a VPN's default", async ({ drydock }) => {
  await drydock.openWith('{ "default-address-pools": [{ "base": "172.27.0.0/16", "size": 24 }] }');
  await drydock.look("Keep clear of");
  await drydock.page.getByLabel("Where are you going").fill("OpenVPN Access Server");
  await drydock.goToPlace("OpenVPN Access Server");
  await expect(drydock.verdict).toContainText("172.27.224.0/20");
});

test("the address holds the check, and opens it anywhere", async ({ drydock, page }) => {
  await drydock.open("#check=172.18.0.0/16&check=10.0.0.0/8");
  await expect(drydock.answer).toContainText("Collides");
  await expect(drydock.places).toHaveText([/172\.18\.0\.0\/16/, /10\.0\.0\.0\/8/]);
  await drydock.goToPlace("172.18.0.0/16");
  await expect(drydock.answer).toContainText("Never collides");
  await expect(page).toHaveURL(/#check=10\.0\.0\.0\/8$/);
});

test("an address that asks about nonsense is never answered with fine", async ({ drydock }) => {
  await drydock.open("#check=the%20moon");
  await expect(drydock.answer).not.toContainText("Never");
  await expect(drydock.answer).toContainText("not understood");
});

test("what takes a random part of a block informs, and does not alarm", async ({ drydock, page }) => {
  await drydock.open("#check=wsl2-nat");
  await expect(drydock.answer).toContainText("May collide now.");
  await expect(drydock.answer).toContainText("A random /20 of this block");
  await expect(drydock.collisions).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Fix it/ }).first()).toBeVisible();
});

test("a check that is loaded again is the same check, with what was pasted", async ({ drydock, page }) => {
  await drydock.open("#/travel");
  const pasted = "10.0.0.0/24 office\nwhat is this?\n";
  await drydock.avoid.fill(pasted);
  await expect(page).toHaveURL(/#check=10\.0\.0\.0\/24&check=and-more$/);
  await page.reload();
  await expect(drydock.answer).toContainText("not understood");
  await expect(drydock.avoid).toHaveValue(pasted);
});

test("a link to a check that it does not hold whole is never answered with fine", async ({ drydock }) => {
  await drydock.open("#check=10.0.0.0/24&check=and-more");
  await expect(drydock.answer).toContainText("not understood");
  await expect(drydock.answer).not.toContainText("Never");
});
