import { expect, test } from "../test.ts";

/** Pools of one's own, of which docker0 takes 10.201.0.0/24. */
const POOLS = `{
  "default-address-pools": [
    { "base": "10.201.0.0/16", "size": 24 }
  ]
}`;

const IP_ROUTE = `default via 192.168.1.1 dev wlan0 proto dhcp metric 600
10.8.0.0/24 via 10.9.0.1 dev tun0
172.18.0.0/16 dev docker_app proto kernel scope link
192.168.1.0/24 dev wlan0 proto kernel scope link src 192.168.1.23 metric 600
`;

test("a network to keep clear of collides in the verdict, and in the picture", async ({ drydock }) => {
  await drydock.openWith(POOLS);
  await drydock.look("Keep clear of");
  await drydock.avoid.fill("10.201.3.0/24 office");
  await expect(drydock.verdict).toContainText("Collides when you create more than 2 networks. Network 3 is 10.201.3.0/24, the same as office");
  await expect(drydock.verdict).toHaveAttribute("data-severity", "warning");
  await drydock.look("Map");
  expect(await drydock.picture()).toContain("10.201.3.0/24 | office | collides with network 3 10.201.3.0/24");
  await expect(drydock.collisions).not.toHaveCount(0);
});

test("every line that is pasted is judged, and while one is not understood nothing is fine", async ({ drydock }) => {
  await drydock.openWith(POOLS);
  await drydock.look("Keep clear of");
  await drydock.avoid.fill(`${IP_ROUTE}10.0.0.0/33\n`);
  await expect(drydock.judgements).toHaveCount(5);
  await expect(drydock.judgements.first()).toContainText("Line 5: not understood");
  await expect(drydock.verdict).toHaveAttribute("data-severity", "warning");
  await drydock.avoid.fill("10.0.0.0/24\n");
  await expect(drydock.verdict).toHaveAttribute("data-severity", "ok");
  await expect(drydock.verdict).toContainText("Never collides with the network you gave");
});

test("what is to be kept clear of is there again after a reload", async ({ drydock, page }) => {
  await drydock.open();
  await drydock.look("Keep clear of");
  await drydock.avoid.fill("172.18.0.0/16 train");
  await expect(drydock.verdict).toContainText("Collides");
  await page.reload();
  await expect(drydock.verdict).toContainText("Collides");
});

test("the plan tells what docker0 and the next networks get, and why some are passed over", async ({ drydock }) => {
  await drydock.openWith("{}");
  await drydock.look("Keep clear of");
  await drydock.avoid.fill("172.19.0.0/16 dev tun0 proto kernel scope link src 172.19.0.2");
  await drydock.look("Plan");
  const steps = drydock.space.getByRole("listitem");
  await expect(steps.nth(0)).toContainText("172.17.0.0/16docker0");
  await expect(steps.nth(1)).toContainText("172.18.0.0/16network 1");
  await expect(steps.nth(2)).toContainText("passed over: 172.19.0.0/16 is found on the host");
  await expect(steps.nth(3)).toContainText("172.20.0.0/16network 2");
});

test("the picture is walked with the arrow keys, and a part of it enlarged", async ({ drydock, page }) => {
  await drydock.openWith(POOLS);
  const bar = page.getByRole("group", { name: /^10\.0\.0\.0\/8/ });
  await bar.focus();
  await page.keyboard.press("ArrowRight");
  await expect(bar.getByRole("status")).toHaveText("10.201.0.0/16, pool, cut into /24");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("group", { name: /^10\.201\.0\.0\/16/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("group", { name: /^10\.201\.0\.0\/16/ })).toHaveCount(0);
});

test("known networks that nobody chose are drawn without alarm, until they are switched off", async ({ drydock, page }) => {
  await drydock.openWith('{ "default-address-pools": [{ "base": "172.27.0.0/16", "size": 24 }] }');
  const openvpn = /^172\.27\.224\.0\/20 \| OpenVPN Access Server.* \| overlaps pool, cut into \/24 172\.27\.0\.0\/16$/;
  await expect.poll(() => drydock.picture()).toContainEqual(expect.stringMatching(openvpn));
  await expect(drydock.collisions).toHaveCount(0);
  await expect(drydock.verdict).toHaveAttribute("data-severity", "ok");
  await drydock.knownNetworks.click();
  expect(await drydock.picture()).not.toContainEqual(expect.stringMatching(openvpn));
  await page.reload();
  await expect(drydock.knownNetworks).not.toBeChecked();
});

test("a pool too narrow to be seen has a flag, and is pointed at around it", async ({ drydock, page }) => {
  await drydock.openWith('{ "default-address-pools": [{ "base": "10.64.0.0/24", "size": 28 }] }');
  const bar = page.getByRole("group", { name: /^10\.0\.0\.0\/8/ });
  await expect.poll(() => drydock.picture()).toContain("10.64.0.0/24 | pool, cut into /28 | nothing");
  const { x, y, width } = (await bar.boundingBox())!;
  for (const [beside, told] of [[-11, true], [0, true], [11, true], [20, false]] as const) {
    await page.mouse.move(x + width / 4 + beside, y + 8);
    const pool = drydock.space.locator(".map__told").getByText(/^10\.64\.0\.\d+\/28$/);
    await expect(pool).toHaveCount(told ? 1 : 0);
  }
});

test("the pools in docker info are no networks to keep clear of, but belong in the configuration", async ({ drydock, page }) => {
  await drydock.openWith('{ "debug": true }');
  await drydock.look("Keep clear of");
  await drydock.avoid.fill(" Live Restore Enabled: false\n Default Address Pools:\n   Base: 10.123.0.0/16, Size: 24\n");
  await drydock.openReading();
  await expect(drydock.judgements.filter({ hasText: "Line 3" })).toContainText("a block that Docker itself uses");
  await page.getByRole("button", { name: "Put them into the configuration" }).click();
  await drydock.hasText('{ "debug": true, "default-address-pools": [{ "base": "10.123.0.0/16", "size": 24 }] }');
  await expect(page.getByRole("button", { name: "Put them into the configuration" })).toHaveCount(0);
});

test("in a swarm the plan tells whence overlay networks get their subnets, and that they may be in the way", async ({ drydock, page }) => {
  await drydock.openWith("{}");
  await drydock.openHost();
  await page.getByRole("switch", { name: "Is in a swarm" }).click();
  await page.keyboard.press("Escape");
  await drydock.look("Plan");
  await expect(drydock.space).toContainText("The swarm gives 10.0.0.0/24 to ingress and the next ones of 10.0.0.0/8 to overlay networks");
  await expect(drydock.space).toContainText("docker_gwbridge");
  await expect(drydock.space).toContainText("a /48 below fd00::/8");
  await drydock.look("Keep clear of");
  await drydock.avoid.fill("10.8.0.0/24 vpn");
  await expect(drydock.verdict).toContainText("May collide. The pool of the swarm is 10.0.0.0/8, which contains 10.8.0.0/24 (vpn)");
});
