import { GOOD } from "../configurations.ts";
import { expect, test } from "../test.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("the settings are there as Nix and as daemon.json", async ({ drydock }) => {
  await drydock.openWith(GOOD);
  await expect(drydock.result).toContainText("virtualisation.docker");
  await drydock.show("daemon.json");
  await expect(drydock.result).toContainText('"log-level": "warn"');
  await drydock.show("Nix");
  await expect(drydock.result).toContainText('log-level = "warn";');
});

test("every target can be chosen, and names the file it is for", async ({ drydock }) => {
  await drydock.openWith(GOOD);
  const targets = await drydock.target.getByRole("option").allTextContents();
  expect(targets.length).toBeGreaterThanOrEqual(5);
  const results = new Set<string>();
  for (const target of targets) {
    await drydock.target.selectOption(target);
    await expect(drydock.target).toHaveValue(target);
    await expect(drydock.result).toContainText("warn");
    expect(await drydock.resultFile()).toMatch(/\.(nix|json)$/);
    results.add((await drydock.result.textContent()) ?? "");
  }
  const files = targets.filter((it) => ["daemon.json", "Docker Desktop", "Docker snap"].includes(it));
  expect(results.size, "every Nix is written in its own way").toBe(targets.length - files.length + 1);
});

test("copying puts exactly the result on the clipboard, and says so", async ({ drydock }) => {
  await drydock.openWith(GOOD);
  await drydock.show("daemon.json");
  await expect(drydock.said).toContainText("The daemon starts");
  await drydock.copyButton.click();
  await expect(drydock.copyButton).toContainText("Copied");
  await expect(drydock.said).toHaveText("Copied");
  expect(JSON.parse(await drydock.clipboard())).toEqual(JSON.parse(GOOD));
  expect(await drydock.clipboard()).toBe(await drydock.result.locator("pre").textContent());
});

test("saving gives the result as a file with its name", async ({ drydock }) => {
  await drydock.openWith(GOOD);
  const nix = await drydock.save();
  expect(nix.name).toBe("docker.nix");
  expect(nix.text).toContain('log-level = "warn";');
  await drydock.show("daemon.json");
  const json = await drydock.save();
  expect(json.name).toBe("daemon.json");
  expect(JSON.parse(json.text)).toEqual(JSON.parse(GOOD));
});

test("Diff shows what has changed since the beginning, and since the last change", async ({ drydock }) => {
  await drydock.open();
  await drydock.openFile("daemon.json", GOOD);
  await drydock.show("Diff");
  await expect(drydock.result).toContainText("Nothing has changed");
  await drydock.write(GOOD.replace("warn", "error"));
  await expect(drydock.removedLines).toContainText(['log-level = "warn";']);
  await expect(drydock.addedLines).toContainText(['log-level = "error";']);
  await drydock.comparedWith.selectOption("the last change");
  await expect(drydock.addedLines).toContainText(['log-level = "error";']);
});

test("Apply lists the steps for the chosen target, with commands to copy", async ({ drydock }) => {
  await drydock.openWith('{"bip": "10.200.0.1/24"}');
  await drydock.target.selectOption("daemon.json");
  await drydock.show("Apply");
  await expect(drydock.steps.first()).toContainText("dockerd --validate");
  await expect(drydock.result).toContainText("systemctl restart docker");
  await drydock.steps.first().getByRole("button", { name: /^Copy/ }).click();
  await expect(drydock.said).toHaveText("Copied");
  expect(await drydock.clipboard()).toContain("dockerd --validate");
  await drydock.target.selectOption("NixOS module");
  await expect(drydock.result).toContainText("nixos-rebuild");
});

test("lines that just changed are marked for a moment", async ({ drydock }) => {
  await drydock.openWith(GOOD);
  await expect(drydock.result).toContainText('"warn"');
  await expect(drydock.markedLines).toHaveCount(0);
  await drydock.write(GOOD.replace("warn", "error"));
  await expect(drydock.markedLines).toContainText(['log-level = "error";']);
  await expect(drydock.markedLines).toHaveCount(0);
});

test("the address space counts the networks and containers of each pool", async ({ drydock }) => {
  await drydock.openWith('{"default-address-pools": [{"base": "172.30.0.0/16", "size": 24}]}');
  await drydock.look("Plan");
  await expect(drydock.space.getByRole("row", { name: /172\.30\.0\.0\/16/ })).toContainText("256");
});
