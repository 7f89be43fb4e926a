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
    expect(await drydock.resultFile()).toMatch(/\.(nix|json|conf|sh)$/);
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

test("the first visit is asked where it runs, and the next one knows", async ({ drydock, page }) => {
  await drydock.openWith(GOOD);
  await drydock.answerWhere("Docker Desktop");
  await expect(drydock.tab("daemon.json")).toHaveAttribute("aria-selected", "true");
  await expect(drydock.target).toHaveValue("Docker Desktop");
  await drydock.target.selectOption("Docker snap");
  await page.reload();
  await drydock.isReady();
  await expect(drydock.target).toHaveValue("Docker snap");
  await expect(drydock.result).toContainText('"log-level": "warn"');
  await expect(drydock.whereItRuns).toBeHidden();
});

test("where it runs is not asked where the text tells, and nothing is kept of it", async ({ drydock, page }) => {
  await drydock.openWith('{ "data-root": "C:\\\\docker" }');
  await expect(drydock.target).toHaveValue("Docker Desktop");
  await expect(drydock.whereItRuns).toBeHidden();
  await drydock.write("{ pkgs, ... }:\n{\n  virtualisation.docker.enable = true;\n}");
  await expect(drydock.target).toHaveValue("Effective daemon.json");
  await expect(drydock.whereItRuns).toBeHidden();
  await drydock.write(GOOD);
  await expect(drydock.whereItRuns).toBeVisible();
  await page.reload();
  await drydock.isReady();
  await expect(drydock.whereItRuns).toBeVisible();
});

test("who does not want to say where it runs is not asked again", async ({ drydock, page }) => {
  await drydock.open();
  await drydock.whereItRuns.getByRole("button", { name: "Not now" }).focus();
  await page.keyboard.press("Enter");
  await expect(drydock.whereItRuns).toBeHidden();
  await expect(page.locator(":focus"), "focus stays near").not.toHaveCount(0);
  await page.reload();
  await drydock.isReady();
  await expect(drydock.whereItRuns).toBeHidden();
});

test("Ctrl+S, Copy and both Save buttons follow what is shown, and say so", async ({ drydock, page }) => {
  await drydock.openWith(GOOD);
  const result = page.getByRole("region", { name: "Result" });
  await expect(result.getByRole("button", { name: "Save docker.nix" })).toHaveText("Save docker.nix");
  await expect(page.getByRole("button", { name: "Save text" })).toHaveText("Save text");
  await drydock.answerWhere("Other Linux");
  await expect(drydock.copyButton).toHaveAccessibleName("Copy daemon.json");
  const coming = page.waitForEvent("download");
  await page.keyboard.press("ControlOrMeta+s");
  expect((await coming).suggestedFilename()).toBe("daemon.json");
});

test("Apply for a rootless daemon needs no root, and knows the data root", async ({ drydock, page }) => {
  await drydock.openWith('{"data-root": "/srv/my docker"}');
  await drydock.target.selectOption("daemon.json");
  await drydock.show("Apply");
  await expect(drydock.result).toContainText("sudo rsync -aHAX /var/lib/docker/ '/srv/my docker'/");
  await drydock.openHost();
  await page.getByRole("switch", { name: "Runs rootless" }).click();
  await expect(drydock.result).toContainText("rootlesskit rsync -aHAX ~/.local/share/docker/ '/srv/my docker'/");
  await expect(drydock.result).not.toContainText("sudo");
  await expect(drydock.result).not.toContainText("/var/lib/docker");
});

for (const [target, file] of [["docker-desktop", "daemon.json"], ["daemon-json", "daemon.json"], ["nixos-module", "docker.nix"]] as const) {
  test(`the file of ${target} is copied and saved beside its steps`, async ({ drydock }) => {
    await drydock.openWith(GOOD);
    await drydock.target.selectOption({ index: ["nixos-module", "daemon-json", "", "", "", "", "", "docker-desktop"].indexOf(target) });
    await drydock.show("Apply");
    const saved = await drydock.save();
    expect(saved.name).toBe(file);
    await drydock.copyButton.click();
    expect(await drydock.clipboard()).toBe(saved.text);
  });
}

test("Ctrl+S in the editor saves its text, comments and all", async ({ drydock, page }) => {
  const text = '{\n  // mine\n  "mtu": 1400\n}';
  await drydock.openWith(text);
  await drydock.tab("Nix").focus();
  for (const [place, name] of [[drydock.tab("Nix"), "docker.nix"], [drydock.editor, "daemon.json"]] as const) {
    await place.focus();
    const coming = page.waitForEvent("download");
    await page.keyboard.press("ControlOrMeta+s");
    expect((await coming).suggestedFilename()).toBe(name);
  }
  await expect(page.getByRole("button", { name: "Save text" })).toHaveAttribute("title", /Ctrl\+S/);
  await expect(page.getByRole("button", { name: "Save docker.nix" })).toHaveAttribute("title", /Ctrl\+S/);
});

test("Apply says first what must be mended", async ({ drydock }) => {
  await drydock.openWith('{"debgu": true}');
  await drydock.show("Apply");
  await expect(drydock.steps.first()).toContainText("Fix the errors first");
  await drydock.write('{"debug": true}');
  await expect(drydock.steps.first()).not.toContainText("Mend");
});

test("the result says what NixOS does not have", async ({ drydock }) => {
  await drydock.openWith('{"runtimes": {"nvidia": {"path": "nvidia-container-runtime"}}, "default-runtime": "nvidia"}');
  await expect(drydock.result).toContainText("hardware.nvidia-container-toolkit.enable");
  await drydock.show("daemon.json");
  await expect(drydock.result).not.toContainText("hardware.nvidia");
});
