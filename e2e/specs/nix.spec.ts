import { devices } from "@playwright/test";

import { block } from "../docs.ts";
import { test as embeds } from "../embeds.ts";
import { Drydock } from "../drydock.ts";
import { expect, test } from "../test.ts";

const { viewport, hasTouch, isMobile } = devices["Pixel 7"];

const SCREENS = {
  "on a desktop": { viewport: { width: 1440, height: 900 } },
  "on a phone": { viewport, hasTouch, isMobile },
};

/** What reads Nix. */
const NIX = "**/split_nix-*.wasm";
const DRAFT = "drydock.text";

/** The NixOS wiki's way out of the train's Wi-Fi, with the very block that the train uses. */
const ON_THE_TRAIN = `# Docker for the office.
virtualisation.docker = {
  enable = true;
  daemon.settings = {
    # One network for each project.
    "default-address-pools" = [
      { "base" = "172.18.0.0/16"; "size" = 24; } # found in a forum
    ];
  };
};
`;

/** journald, which NixOS writes, takes no max-size. */
const STOPS_UNDER_JOURNALD = `{ ... }:
{
  virtualisation.docker = {
    enable = true;
    # Small logs.
    daemon.settings.log-opts = {
      max-size = "10m";
    };
  };
}
`;

const MODULE = `{ pkgs, ... }:
{
  virtualisation.docker = {
    enable = true;
    daemon.settings.debug = true; # for now
  };
}
`;

for (const [screen, options] of Object.entries(SCREENS)) {
  test.describe(screen, () => {
    test.use(options);

    test("the wiki's snippet is mended in Nix before the journey", async ({ drydock, page }) => {
      await drydock.openWith(ON_THE_TRAIN);
      await expect(drydock.verdict).toContainText("starts");
      await drydock.follow("#/travel");
      await drydock.goToPlace("WIFIonICE");
      await expect(drydock.answer).toContainText("Collides");
      await drydock.waysOut.first().click();
      await expect(drydock.answer).toContainText("Never collides with the network you gave");
      await page.getByRole("link", { name: "Back to the editor" }).click();
      const mended = await drydock.text();
      expect(mended).not.toContain("172.18.0.0/16");
      expect(mended).toMatch(/^# Docker for the office\.\nvirtualisation\.docker = \{\n {2}enable = true;\n {2}daemon\.settings = \{\n {4}# One network for each project\.\n {4}"default-address-pools" = \[\n/);
      await expect(drydock.verdict).toContainText("starts");
    });

    test("log options that stop the daemon under journald are mended in Nix", async ({ drydock }) => {
      await drydock.openWith(STOPS_UNDER_JOURNALD);
      await expect(drydock.verdict).toHaveAttribute("data-severity", "error");
      const isPhone = await drydock.part("Problems").isVisible();
      if (isPhone) await drydock.goToPart("Problems");
      await drydock.fix(drydock.problem("max-size"));
      await expect(drydock.verdict).toHaveAttribute("data-severity", "ok");
      if (isPhone) await drydock.goToPart("Edit");
      expect(await drydock.text()).toMatch(/^\{ \.\.\. \}:\n\{\n {2}virtualisation\.docker = \{\n {4}enable = true;\n {4}# Small logs\.\n/);
    });
  });
}

test("nothing is said of Nix before what reads it is here", async ({ drydock, page }) => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(NIX, async (route) => {
    await held;
    await route.continue();
  });
  await page.addInitScript(([key, text]) => localStorage.setItem(key, text), [DRAFT, MODULE] as const);
  await drydock.open();
  await expect(drydock.verdict).toHaveText(/^The Nix has not been read yet\./);
  await expect(drydock.verdict).not.toHaveAttribute("data-severity", /./);
  await expect(drydock.result).toHaveText("Nothing is known of this text before it was read.");
  await expect(page.getByRole("button", { name: /^Copy / })).toHaveCount(0);
  release();
  await expect(drydock.verdict).toContainText("starts");
  await expect(drydock.result).toContainText("debug");
});

test("what reads Nix is not asked for while there is none", async ({ drydock, page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await drydock.openWith('{ "debug": true }');
  await expect(drydock.space).not.toContainText("on its way");
  expect(asked.filter((it) => it.includes("split_nix"))).toEqual([]);
  await drydock.write(MODULE);
  await expect(drydock.readAs).toHaveValue("NixOS module");
  await expect(drydock.verdict).toContainText("starts");
  await expect.poll(() => asked.filter((it) => it.includes("split_nix")).length).toBe(1);
});

test.describe("when what reads Nix cannot be had", () => {
  test.use({ expected: /Failed to load resource|Failed to fetch/ });

  test("that is said, the text stays, and it comes when asked again", async ({ drydock, page }) => {
    await page.route(NIX, (route) => route.abort());
    await drydock.openWith(MODULE);
    await expect(drydock.reader).toContainText("What reads this text did not load");
    await expect(drydock.verdict).not.toHaveAttribute("data-severity", /./);
    await page.unroute(NIX);
    await drydock.reader.getByRole("button", { name: "Load again" }).click();
    await expect(drydock.verdict).toContainText("starts");
    await expect(drydock.reader).toHaveCount(0);
    await drydock.hasText(MODULE);
  });
});

test("a draft of Nix is never called broken JSON while the page loads", async ({ drydock, page }) => {
  await drydock.openWith(MODULE);
  await expect.poll(() => page.evaluate((key) => localStorage.getItem(key), DRAFT)).toBe(MODULE);
  await page.addInitScript(() => {
    new MutationObserver(() => {
      const verdict = document.getElementById("verdict")?.textContent ?? "";
      sessionStorage.setItem("said", `${sessionStorage.getItem("said") ?? ""}|${verdict}`);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await drydock.open();
  await expect(drydock.verdict).toContainText("starts");
  expect(await page.evaluate(() => sessionStorage.getItem("said"))).not.toMatch(/JSON|refuses/);
});

test("a broken module is marked where it is broken, read beyond, and mended", async ({ drydock }) => {
  const broken = MODULE.replace("enable = true;", "enable = true").replace("debug = true", 'mtu = "1450"');
  await drydock.openWith(broken);
  await expect(drydock.problem("mtu")).toBeVisible();
  await expect(drydock.underlined).not.toHaveCount(0);
  await drydock.fix(drydock.problem("A semicolon is missing"));
  await drydock.fix(drydock.problem("mtu"));
  await drydock.hasText(MODULE.replace("debug = true", "mtu = 1450"));
  await expect(drydock.verdict).toContainText("starts");
});

test("what the text chooses by itself is shown in place of its control, and found in the text", async ({ drydock, page }) => {
  await drydock.openWith(MODULE.replace("enable = true;", "enable = true;\n    package = pkgs.docker_28;").replace("{\n", '{\n  system.stateVersion = "24.05";\n'));
  await expect(drydock.engine).toHaveCount(0);
  await page.getByRole("button", { name: /^Engine 28\..*, from the text/ }).click();
  await drydock.hasSelected("pkgs.docker_28");
  await drydock.openHost();
  await page.getByRole("button", { name: /^system\.stateVersion 24\.05, from the text/ }).click();
  await drydock.hasSelected('"24.05"');
  await drydock.write("{}");
  await expect(drydock.engine).toBeVisible();
});

test("a field of the form edits the module", async ({ drydock }) => {
  await drydock.openWith(MODULE);
  await drydock.openForm();
  await expect(drydock.field("debug")).toBeChecked();
  await drydock.field("shutdown-timeout").fill("30");
  await drydock.openText();
  expect(await drydock.text()).toContain("shutdown-timeout = 30;");
  expect(await drydock.text()).toContain("daemon.settings.debug = true; # for now");
});

test("a module is opened and saved as one", async ({ drydock }) => {
  await drydock.open();
  await drydock.openFile("docker.nix", MODULE);
  await drydock.hasText(MODULE);
  await expect(drydock.readAs).toHaveValue("NixOS module");
  const saved = await drydock.saveText();
  expect(saved.name).toMatch(/\.nix$/);
  expect(saved.text).toBe(MODULE);
});

test("a link opens Nix as Nix", async ({ drydock, browser, baseURL }) => {
  await drydock.openWith(MODULE);
  const fragment = await drydock.fragment();
  const context = await browser.newContext({ baseURL });
  const other = new Drydock(await context.newPage());
  await other.open(fragment);
  await other.hasText(MODULE);
  await expect(other.readAs).toHaveValue("NixOS module");
  await expect(other.verdict).toContainText("starts");
  await context.close();
});

test("a forum post holds the module as Nix", async ({ drydock, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await drydock.openWith(MODULE);
  await expect(drydock.verdict).toContainText("starts");
  await drydock.share();
  await drydock.sharing.getByRole("button", { name: "Copy forum post" }).click();
  await expect.poll(() => drydock.clipboard()).toMatch(/^```nix\n\{ pkgs, \.\.\. \}:\n[^]*# for now[^]*```\n\n\[Open in Drydock\]\(/);
});

test("what NixOS makes of it is shown, with what it adds explained", async ({ drydock }) => {
  await drydock.openWith(MODULE);
  await drydock.target.selectOption("Effective daemon.json");
  await expect(drydock.result).toContainText('"log-driver": "journald"');
  await expect(drydock.result).toContainText('"live-restore"');
});

test("options of NixOS are offered and explained while a module is typed", async ({ drydock, page }) => {
  await drydock.openWith("{ pkgs, ... }:\n{\n  virtualisation.docker = {\n    ");
  await page.keyboard.press("ControlOrMeta+End");
  await drydock.type("enableO");
  await drydock.completions.filter({ hasText: "enableOnBoot" }).click();
  await drydock.completions.filter({ hasText: "false" }).click();
  expect(await drydock.text()).toContain("    enableOnBoot = false;");
  await drydock.words("enableOnBoot").hover();
  await expect(drydock.card).toContainText("virtualisation.docker.enableOnBoot");
  await expect(drydock.card).toContainText("Whether the daemon starts at boot");
  await expect(drydock.card).toContainText("Default");
});

test("Docker is offered where a module does not have it yet", async ({ drydock, page }) => {
  await drydock.openWith("{ pkgs, ... }:\n{\n  ");
  await page.keyboard.press("ControlOrMeta+End");
  await drydock.type("virt");
  await drydock.completions.filter({ hasText: "virtualisation.docker.enable" }).click();
  await drydock.completions.filter({ hasText: "true" }).click();
  await expect.poll(() => drydock.text()).toContain("  virtualisation.docker.enable = true;");
});

test("what the default configuration.nix says in its comments is drawn as it is", async ({ drydock }) => {
  const help = "# and in the NixOS manual (accessible by running ‘nixos-help’).";
  await drydock.openWith(`${help}\n${MODULE}`);
  await drydock.drawsAsWritten(help);
});

for (const [what, text, said] of [
  ["a module with pools", ON_THE_TRAIN, "Checked: the configuration in the editor. Only"],
  ["a module without pools", MODULE, "It names no address pools, so Docker takes its own."],
  ["a module without Docker", "{ pkgs, ... }: { services.nginx.enable = true; }\n", "Checked: the configuration in the editor, which turns no Docker on."],
  ["a file of another program", "services:\n  web:\n    image: nginx\n", "because the editor holds a Compose file, not a daemon.json."],
] as const) {
  test(`the travel check says what it checked: ${what}`, async ({ drydock }) => {
    await drydock.openWith(text);
    await drydock.follow("#/travel");
    await drydock.goToPlace("WIFIonICE");
    await expect(drydock.answer).toContainText(said);
  });
}

embeds("an embed says what is wrong with Nix", async ({ docs, page, embed }) => {
  docs.page(block(MODULE.replace("debug = true", 'mtu = "1450"')));
  await page.goto("/");
  await expect(embed.verdict).toContainText("1 error");
});
