import { expect, test } from "../test.ts";

test("another Engine gives another verdict", async ({ drydock }) => {
  await drydock.openWith('{"storage-driver": "devicemapper"}');
  await expect(drydock.verdict).toContainText("1 error");
  await drydock.engine.selectOption("24");
  await expect(drydock.verdict).not.toContainText("error");
  await drydock.engine.selectOption("29");
  await expect(drydock.verdict).toContainText("1 error");
});

test("another NixOS release changes what is written or said", async ({ drydock }) => {
  await drydock.openWith('{"live-restore": true, "log-driver": "json-file"}');
  const seen = new Set<string>();
  for (const release of await drydock.release.getByRole("option").allTextContents()) {
    await drydock.release.selectOption(release);
    seen.add(`${await drydock.result.textContent()} ${await drydock.problems.allTextContents()}`);
  }
  expect(seen.size).toBeGreaterThan(1);
});

test("what the machine is like changes the verdict", async ({ drydock, page }) => {
  await drydock.openWith('{"live-restore": true}');
  await expect(drydock.verdict).not.toContainText("error");
  await drydock.openHost();
  await page.getByRole("switch", { name: "Is in a swarm" }).click();
  await expect(drydock.problem("live-restore")).toBeVisible();
});

test("another NixOS release offers to check for its Engine", async ({ drydock }) => {
  await drydock.openWith("{}");
  await drydock.target.selectOption("NixOS module");
  await expect(drydock.shippedEngine).toBeHidden();
  await drydock.release.selectOption("24.05");
  await expect(drydock.shippedEngine).toContainText("NixOS 24.05 ships Docker 25 (24 before August 2024).");
  await drydock.shippedEngine.getByRole("button", { name: "Check for Docker 25" }).click();
  await expect(drydock.engine).toHaveValue("25");
  await expect(drydock.shippedEngine).toBeHidden();
});

test("the host button says what is set", async ({ drydock, page }) => {
  await drydock.openWith("{}");
  const button = page.getByRole("button", { name: /^Host/ });
  await expect(button).toHaveAccessibleName("Host");
  await drydock.openHost();
  await page.getByRole("switch", { name: "Runs rootless" }).click();
  await expect(button).toHaveAccessibleName("Host: rootless");
});
