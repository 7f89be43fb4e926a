import { expect, test } from "../test.ts";

const FULL = "Error response from daemon: all predefined address pools have been fully subnetted";

test("a line of the daemon's log is recognised, and leads to the rule and the option behind it", async ({ drydock, page }) => {
  await drydock.open("#/messages");
  await page.getByLabel("A line of the log").fill(
    'time="2026-01-02" level=error msg="failed to start daemon: network at index 0 (&{10.0.0.0/24 16}) has a smaller prefix (/24) than the target size of that pool (/16)"');
  const explained = page.getByRole("region", { name: "What the daemon says" });
  await expect(explained).toContainText("/16");
  await explained.getByRole("link", { name: "address-pool-size-too-small" }).click();
  await expect(drydock.reference).toContainText("Why it matters");
});

for (const [words, offered] of [[FULL, "fully subnetted"], ["disk full", "no space left on device"], ["no space left", "no space left on device"]] as const) {
  test(`searching options for "${words}" leads to what the daemon says`, async ({ drydock, page }) => {
    await drydock.open("#/options");
    await page.getByRole("searchbox", { name: "Search options" }).fill(words);
    await drydock.reference.getByRole("link", { name: "See what it means" }).click();
    await expect(page.getByLabel("A line of the log")).toHaveValue(words);
    await expect(drydock.reference.locator("[aria-live]")).toContainText(offered);
  });
}

test("options that no message speaks of lead to no message", async ({ drydock, page }) => {
  await drydock.open("#/messages");
  await expect(drydock.reference.getByText("no space left on device").first()).toBeVisible();
  await drydock.follow("#/options");
  await page.getByRole("searchbox", { name: "Search options" }).fill("log rotation");
  await expect(drydock.reference.getByRole("link", { name: "log-opts.max-size" })).toBeVisible();
  await expect(drydock.reference.getByRole("link", { name: "See what it means" })).toHaveCount(0);
});

test("both wordings of having no subnet left are explained", async ({ drydock, page }) => {
  await drydock.open("#/messages");
  await page.getByLabel("A line of the log").fill(
    "Error response from daemon: all predefined address pools have been fully subnetted\n" +
    "could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network\n");
  await expect(page.getByRole("region", { name: "What the daemon says" })).toHaveCount(2);
});

test("a message pasted in place of the configuration is told as one, and leads to what explains it", async ({ drydock, page }) => {
  await drydock.openWith(FULL);
  await expect(drydock.problems).toHaveCount(1);
  await expect(drydock.problems).toContainText("something the daemon said, not a configuration");
  await drydock.problems.getByRole("link", { name: "What the daemon says" }).click();
  await expect(page.getByLabel("A line of the log")).toBeVisible();
});

test("a message pasted among networks is told as one, and explained", async ({ drydock, page }) => {
  await drydock.openWith("{}");
  await drydock.look("Keep clear of");
  await drydock.avoid.fill(`10.0.0.0/8\n${FULL}\n`);
  await drydock.openReading();
  await expect(drydock.judgements).toHaveCount(2);
  await expect(drydock.verdict).toHaveAttribute("data-severity", "ok");
  await drydock.judgements.getByRole("link", { name: "See what it means" }).click();
  await expect(page.getByRole("region", { name: "What the daemon says" })).toContainText("No subnet is left");
});
