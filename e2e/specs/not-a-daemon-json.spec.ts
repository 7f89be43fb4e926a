import { GOOD } from "../configurations.ts";
import { expect, test } from "../test.ts";

const COMPOSE = "services:\n  web:\n    image: nginx\n    logging:\n      driver: json-file";
const ROUTES = "default via 172.18.0.1 dev wlan0\n172.18.0.0/16 dev wlan0 proto kernel scope link";
const INFO = "Client:\n Version: 29.7.2\nServer:\n Server Version: 29.7.2\n Storage Driver: overlayfs";
const LOG = "failed to start daemon: all predefined address pools have been fully subnetted";
const PNG = Buffer.from("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "latin1");

for (const [text, name] of [
  [COMPOSE, "a Compose file"],
  [ROUTES, "a list of networks or routes"],
  [INFO, "what a docker command printed"],
] as const) {
  test(`${name} is called one, and nothing of it is copied`, async ({ drydock }) => {
    await drydock.openWith(text);
    await expect(drydock.problems).toHaveCount(1);
    await expect(drydock.problem(`This is ${name}, not a daemon.json`)).toBeVisible();
    await drydock.show("daemon.json");
    await expect(drydock.result).toContainText(`This is ${name}`);
    await drydock.show("Nix");
    await expect(drydock.result).toContainText("there is nothing to copy");
    await expect(drydock.copyButton).toHaveCount(0);
    for (const look of ["Map", "Plan"] as const) {
      await drydock.look(look);
      await expect(drydock.space).toHaveText(`This is ${name}, not a daemon.json: it says nothing of Docker's networks.`);
    }
    await drydock.follow("#check=172.18.0.0/16");
    await expect(drydock.answer).toContainText(`because the editor holds ${name}, not a daemon.json`);
  });
}

test("a routing table becomes the networks to keep clear of, and undo brings it back", async ({ drydock }) => {
  await drydock.openWith(ROUTES);
  await drydock.take("Use as networks to keep clear of");
  await expect(drydock.avoid).toHaveValue(ROUTES);
  await expect(drydock.verdict).toContainText("172.18.0.0/16, the same as wlan0");
  await drydock.hasText("");
  await drydock.undo();
  await drydock.hasText(ROUTES);
});

test("the travel check is opened with a routing table", async ({ drydock }) => {
  await drydock.openWith(ROUTES);
  await drydock.take("Open the travel check with it");
  await expect(drydock.answer).toContainText("172.18.0.0/16, the same as wlan0");
});

test("what the daemon said is explained", async ({ drydock }) => {
  await drydock.openWith(LOG);
  await drydock.take("Explain these messages");
  await expect(drydock.reference.getByRole("textbox", { name: "A line of the log" })).toHaveValue(LOG);
});

test("a daemon.json within commands is kept alone", async ({ drydock }) => {
  await drydock.openWith(`sudo tee /etc/docker/daemon.json <<'EOF'\n${GOOD}\nEOF`);
  await drydock.fix(drydock.problem("shell command or script"));
  await expect(drydock.verdict).toContainText("The daemon starts");
});

test("a dropped picture is refused, and the text stays", async ({ drydock, page }) => {
  await drydock.openWith(GOOD);
  await drydock.dragFile("screenshot.png", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR");
  await expect(drydock.refusal).toContainText("screenshot.png is a binary file, not a text. Your text is as it was.");
  await drydock.hasText(GOOD);
  await drydock.openFile("screenshot.png", PNG);
  await expect(drydock.refusal).toContainText("screenshot.png is a picture, not a text");
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(drydock.refusal).toHaveCount(0);
  await drydock.hasText(GOOD);
});
