import { devices } from "@playwright/test";

import { EVERYWHERE, expect, test } from "../test.ts";

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
      await expect(drydock.answer).toContainText("Collides as soon as you create a network. Network 1, the first you create, is 172.18.0.0/16, the same as WIFIonICE");
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

test("what a fix did is said, and taken back in place", EVERYWHERE, async ({ drydock }) => {
  await drydock.openWith("{}");
  await drydock.follow("#check=172.18.0.0/16");
  await drydock.waysOut.first().click();
  await expect(drydock.answer).toContainText("Never collides");
  await expect(drydock.answer).toContainText(/Done: use .+\. ?Undo/);
  await drydock.answer.getByRole("button", { name: "Undo" }).click();
  await expect(drydock.answer).toContainText("Collides as soon as");
  await expect(drydock.answer).not.toContainText("Done");
  await drydock.travel.getByRole("link", { name: "Back to the editor" }).click();
  await drydock.hasText("{}");
});

test("a check of what the daemon refuses says so, and leads to its problems", async ({ drydock, page }) => {
  for (const [text, words] of [
    ['{ "mtu": "1450" }', "which the daemon refuses as it stands"],
    ['{ "icc": false, "iptables": false }', "with which the daemon will not start"],
  ] as const) {
    await drydock.openWith(text);
    await drydock.follow("#check=172.18.0.0/16");
    await expect(drydock.answer).toContainText(`Checked: the configuration in the editor, ${words}.`);
    await drydock.answer.getByRole("link", { name: words }).click();
    await expect(drydock.problems.first()).toBeVisible();
  }
});

test("mistakes that are in the way of a fix are a link away", async ({ drydock }) => {
  await drydock.openWith("[");
  await drydock.follow("#check=172.18.0.0/16");
  await expect(drydock.travel.getByRole("region", { name: "In Docker's settings" })).toContainText("Fix the mistakes in the text first");
  await drydock.travel.getByRole("link", { name: "See the problems in the editor" }).click();
  await expect(drydock.problems.first()).toBeVisible();
});

test("what to paste leads to where it goes, step by step", async ({ drydock, page }) => {
  await drydock.open("#check=172.18.0.0/16");
  await drydock.waysOut.first().click();
  await page.getByRole("link", { name: "Where it goes" }).click();
  await expect(drydock.steps).not.toHaveCount(0);
});

test("there is no card for right now when nothing is to be done", async ({ drydock }) => {
  await drydock.open("#/travel");
  await drydock.avoid.fill("the train");
  await expect(drydock.travel.getByRole("region", { name: "In Docker's settings" })).toBeVisible();
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
  await expect(drydock.answer).toContainText("Nothing could be read");
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

test("a home router that Docker reaches with a far network is no alarm", async ({ drydock }) => {
  await drydock.open("#check=router-fritzbox");
  await expect(drydock.answer).toContainText("Collides when you create more than 25 networks. Network 26 is 192.168.176.0/20");
  await expect(drydock.answered).toHaveAttribute("data-severity", "hint");
});

test("a machine where nothing collides now says so first, and folds what was read into a line", async ({ drydock }) => {
  await drydock.open("#/travel");
  await drydock.avoid.fill(`default via 192.168.178.1 dev eth0 proto dhcp metric 100
172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 linkdown
192.168.178.0/24 dev eth0 proto kernel scope link src 192.168.178.20 metric 100
`);
  await expect(drydock.answer).toContainText(/^Nothing collides now\./);
  await expect(drydock.reading).toHaveText("2 networks read, 1 line ignored");
  await expect(drydock.judgements).toHaveCount(0);
  await drydock.openReading();
  await expect(drydock.judgements).toHaveCount(3);
});

test("what moves docker0 comes before the restart that needs it", async ({ drydock }) => {
  await drydock.open("#check=172.17.0.0/16");
  await expect(drydock.stepsNow).toHaveText([/^"bip": /, "sudo systemctl restart docker"]);
});

test("on Windows it speaks of Docker Desktop, and of no systemd", async ({ drydock }) => {
  await drydock.open("#/travel");
  await drydock.avoid.fill(`IPv4 Route Table
===========================================================================
Active Routes:
Network Destination        Netmask          Gateway       Interface  Metric
       172.17.0.0      255.255.0.0         On-link      172.17.4.23    291
       172.18.0.0      255.255.0.0         On-link      172.18.4.23    291
===========================================================================
`);
  const now = drydock.travel.getByRole("region", { name: "Right now" });
  await expect(now).toContainText("Settings › Docker Engine");
  await expect(now).not.toContainText("systemctl");
  await expect(now).not.toContainText("xargs");
});

test("what people type leads somewhere, and a place of which nobody knows the addresses says what to paste", async ({ drydock, page }) => {
  await drydock.open("#/travel");
  for (const word of ["cisco", "anyconnect", "fritzbox", "starlink", "hotel", "airport", "hospital", "mobile", "eduroam"]) {
    await page.getByLabel("Where are you going").fill(word);
    await expect(drydock.places.first(), word).toBeVisible();
  }
  await page.getByLabel("Where are you going").fill("hotel");
  await drydock.goToPlace(/^Hotel/);
  await expect(drydock.answer).toContainText("May collide");
  await expect(drydock.answer).toContainText("paste what your computer says");
});

test("the answer can be copied, with a link that asks the same", async ({ drydock, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await drydock.open("#check=wifionice");
  await page.getByRole("button", { name: "Copy the answer" }).click();
  await expect.poll(() => drydock.clipboard()).toMatch(/^Collides as soon as you create a network\. [^]*#check=wifionice\n$/);
});

test("a text without a network is told to hold none", async ({ drydock }) => {
  await drydock.open("#/travel");
  await drydock.avoid.fill("127.0.0.1 localhost\n");
  await expect(drydock.answer).toContainText("No network could be read");
  await expect(drydock.answer).not.toContainText("Never");
});

test("what is pasted is found by its label while the panel beneath asks the same", async ({ drydock }) => {
  await drydock.openWith("{}");
  await drydock.look("Keep clear of");
  await drydock.follow("#/travel");
  await drydock.pasteOnTravel("172.18.0.0/16");
  await expect(drydock.answer).toContainText("Collides");
});
