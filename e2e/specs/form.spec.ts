import { EVERYWHERE, expect, test } from "../test.ts";

const COMMENTED = `{
  // Chosen in spring
\t"debug": true,   # tabs and two kinds of comment
  "mtu": 1400,
  "mtu": 1450, /* said twice */
  "dns": [ "1.1.1.1" ]
}`;

test("the search finds options by what they do", async ({ drydock }) => {
  await drydock.open();
  await drydock.openForm();
  await drydock.search.fill("shutdown-timeout");
  await expect(drydock.field("shutdown-timeout")).toBeVisible();
  await expect(drydock.field("debug")).toHaveCount(0);
  await drydock.search.fill("no such words anywhere");
  await expect(drydock.form).toContainText("No option has these words");
  await expect(drydock.form.getByRole("link", { name: "See what it means" })).toHaveAttribute("href", "#/messages/no%20such%20words%20anywhere");
});

test("Only set shows what the text sets", async ({ drydock }) => {
  await drydock.openWith('{"debug": true}');
  await drydock.openForm();
  await drydock.onlySet.click();
  await expect(drydock.field("debug")).toBeChecked();
  await expect(drydock.field("shutdown-timeout")).toHaveCount(0);
});

test("editing a field edits the text", EVERYWHERE, async ({ drydock }) => {
  await drydock.open();
  await drydock.openForm();
  await drydock.field("shutdown-timeout").fill("30");
  await drydock.field("debug").click();
  await drydock.field("log-level").selectOption("warn");
  await expect(drydock.result).toContainText("shutdown-timeout = 30;");
  await drydock.openText();
  expect(JSON.parse(await drydock.text())).toEqual({ "shutdown-timeout": 30, debug: true, "log-level": "warn" });
  await expect(drydock.problems).toHaveCount(0);
});

test("editing a field leaves comments, tabs and doubled keys around it as they are", async ({ drydock }) => {
  await drydock.openWith(COMMENTED);
  await drydock.openForm();
  await drydock.field("debug").click();
  await drydock.openText();
  await drydock.hasText(COMMENTED.replace("true", "false"));
});

test("editing the text updates the form", async ({ drydock }) => {
  await drydock.openWith('{"mtu": 1400}');
  await drydock.openForm();
  await expect(drydock.field("mtu")).toHaveValue("1400");
  await drydock.openText();
  await drydock.write('{"mtu": 1450}');
  await drydock.openForm();
  await expect(drydock.field("mtu")).toHaveValue("1450");
});

test("a list grows and shrinks in the form", async ({ drydock }) => {
  await drydock.openWith('{"dns": ["1.1.1.1"]}');
  await drydock.openForm();
  await drydock.search.fill("dns");
  await drydock.field("dns 2").fill("9.9.9.9");
  await expect(drydock.result).toContainText("9.9.9.9");
  await drydock.removeOption("dns 1");
  await drydock.openText();
  await drydock.hasText('{"dns": ["9.9.9.9"]}');
});

test("a mistake is said beside its field", async ({ drydock }) => {
  await drydock.openWith('{"bip": "10.200.0.0/24"}');
  await drydock.openForm();
  await drydock.onlySet.click();
  await expect(drydock.field("bip")).toHaveAttribute("aria-invalid", "true");
  await expect(drydock.field("bip")).toHaveAccessibleDescription(/10\.200\.0\.0\/24/);
});

test("an option can be taken out", async ({ drydock }) => {
  await drydock.openWith('{\n  "debug": true,\n  "mtu": 1450\n}');
  await drydock.openForm();
  await drydock.removeOption("mtu");
  await drydock.openText();
  await drydock.hasText('{\n  "debug": true\n}');
});

test("the size of a pool says what it trades, and a slider changes it", async ({ drydock }) => {
  await drydock.openWith('{ "default-address-pools": [{ "base": "10.201.0.0/16", "size": 24 }] }');
  await drydock.openForm();
  await drydock.onlySet.click();
  await expect(drydock.form).toContainText("256 networks, each of 256 addresses, 253 of them for containers");
  await drydock.form.getByRole("slider", { name: /size$/ }).press("ArrowRight");
  await expect(drydock.form).toContainText("512 networks, each of 128 addresses, 125 of them for containers");
  await drydock.openText();
  expect(await drydock.text()).toContain('"size": 25');
});

test("a list of thousands is edited as text", async ({ drydock }) => {
  const labels = Array.from({ length: 2000 }, (_, index) => `"key=${index}"`);
  await drydock.openWith(`{ "labels": [${labels.join(",")}] }`);
  await drydock.openForm();
  await drydock.onlySet.click();
  await expect(drydock.form).toContainText("And 1,936 more. A list as long as this is edited as text.");
  await expect(drydock.form.getByRole("textbox", { name: /^labels/ })).toHaveCount(64);
});

for (const [typed, why] of [
  ["abc", "`abc` is not a whole number"],
  ["5x", "`5x` is not a whole number"],
  ["1.5", "`1.5` is not a whole number"],
  ["1e3", "`1e3` is not a whole number"],
  ["99999999999999999999", "larger than any number"],
] as const) {
  test(`"${typed}" in a number stays, and the field says what is wrong with it`, async ({ drydock, page }) => {
    await drydock.openWith('{"mtu": 1400}');
    await drydock.openForm();
    const mtu = drydock.field("mtu");
    await mtu.fill(typed);
    await page.keyboard.press("Tab");
    await expect(mtu).toHaveValue(typed);
    await expect(mtu).toHaveAttribute("aria-invalid", "true");
    await expect(mtu).toHaveAccessibleDescription(new RegExp(`${why.replaceAll("`", "")}.*The text still has 1400`));
    await drydock.openText();
    await drydock.hasText('{"mtu": 1400}');
    await drydock.openForm();
    await expect(mtu).toHaveValue(typed);
    await drydock.search.fill("debug");
    await drydock.search.fill("");
    await expect(mtu).toHaveValue(typed);
    await mtu.fill("1450");
    await expect(mtu).not.toHaveAttribute("aria-invalid");
    await drydock.openText();
    await drydock.hasText('{"mtu": 1450}');
  });
}

test("what cannot be written is taken back by Undo", async ({ drydock }) => {
  await drydock.openWith('{"mtu": 1400}');
  await drydock.openForm();
  await drydock.field("mtu").fill("abc");
  await drydock.takeBack();
  await expect(drydock.field("mtu")).toHaveValue("1400");
  await drydock.field("mtu").fill("1450");
  await drydock.takeBack();
  await expect(drydock.field("mtu")).toHaveValue("1400");
});

for (const [text, why] of [
  ["[1, 2]", "list"],
  ["log-driver: json-file", ""],
] as const) {
  test(`over ${text} the form says that it cannot edit it, and leads out`, async ({ drydock }) => {
    await drydock.openWith(text);
    await drydock.openEmptyForm();
    await expect(drydock.form).toContainText("The form cannot edit this text");
    await expect(drydock.form).toContainText(why);
    await expect(drydock.field("mtu")).toHaveCount(0);
    await drydock.form.getByRole("button", { name: "Show line 1" }).click();
    await expect(drydock.editor).toBeFocused();
    await drydock.openEmptyForm();
    await drydock.form.getByRole("button", { name: "Begin anew" }).click();
    await drydock.field("mtu").fill("1400");
    await expect(drydock.result).toContainText("mtu = 1400;");
    await drydock.takeBack();
    await drydock.takeBack();
    await expect(drydock.form).toContainText("The form cannot edit this text");
    await drydock.openText();
    await drydock.hasText(text);
  });
}

test("what a damaged text cannot take stays in the field, which says so", async ({ drydock, page }) => {
  const damaged = '{"debug": true,\n"mtu" 1400}';
  await drydock.openWith(damaged);
  await drydock.openForm();
  await drydock.field("mtu").fill("1450");
  await page.keyboard.press("Tab");
  await expect(drydock.field("mtu")).toHaveValue("1450");
  await expect(drydock.field("mtu")).toHaveAccessibleDescription(/A mistake in the text is in the way/);
  await drydock.form.getByRole("button", { name: "Show line 2" }).click();
  await expect(drydock.editor).toBeFocused();
  await drydock.hasText(damaged);
});

test("a new row is not written until something is in it", async ({ drydock }) => {
  const before = '{"log-opts": {}, "default-address-pools": []}';
  await drydock.openWith(before);
  await drydock.openForm();
  await drydock.onlySet.click();
  await drydock.begin("log-opts", "max-size");
  await expect(drydock.field("log-opts max-size")).toBeFocused();
  await drydock.addTo("default-address-pools");
  await expect(drydock.field("default-address-pools 1 base")).toBeFocused();
  await expect(drydock.field("log-opts max-size")).toHaveValue("");
  await drydock.openText();
  await drydock.hasText(before);
  await drydock.openForm();
  await drydock.field("log-opts max-size").fill("10m");
  await drydock.field("default-address-pools 1 base").fill("10.201.0.0/16");
  await drydock.field("default-address-pools 1 size").fill("24");
  await expect(drydock.result).toContainText("size = 24;");
  await drydock.openText();
  await drydock.hasText('{"log-opts": { "max-size": "10m" }, "default-address-pools": [ { "base": "10.201.0.0/16", "size": 24 } ]}');
});

test("the keyboard goes on through a new row while it is written", async ({ drydock, page }) => {
  await drydock.open();
  await drydock.openForm();
  await drydock.addTo("default-address-pools");
  await page.keyboard.type("10.201.0.0/16");
  await page.keyboard.press("Tab");
  await expect(drydock.result).toContainText("10.201.0.0/16");
  await expect(drydock.field("default-address-pools 1 size")).toBeFocused();
  await page.keyboard.type("24");
  await expect(drydock.result).toContainText("size = 24;");
});

test("a new row goes by its button or by Undo", async ({ drydock }) => {
  await drydock.openWith('{"log-opts": {}}');
  await drydock.openForm();
  await drydock.onlySet.click();
  await drydock.begin("log-opts", "tag");
  await expect(drydock.field("log-opts tag")).toBeFocused();
  await drydock.takeBack();
  await expect(drydock.field("log-opts tag")).toHaveCount(0);
  await drydock.begin("log-opts", "tag");
  await drydock.removeOption("log-opts tag");
  await expect(drydock.field("log-opts tag")).toHaveCount(0);
  await drydock.openText();
  await drydock.hasText('{"log-opts": {}}');
});

test("a name that is there already leads to its row", async ({ drydock }) => {
  await drydock.openWith('{"log-opts": {"max-size": "10m"}}');
  await drydock.openForm();
  await drydock.onlySet.click();
  await drydock.begin("log-opts", "max-size");
  await expect(drydock.field("log-opts max-size")).toBeFocused();
  await expect(drydock.field("log-opts max-size")).toHaveValue("10m");
});

test("a limit that is named once has its Name", async ({ drydock }) => {
  await drydock.open();
  await drydock.openForm();
  await drydock.search.fill("default-ulimits");
  await drydock.begin("default-ulimits", "nofile");
  await expect(drydock.field("default-ulimits nofile Hard")).toBeFocused();
  await drydock.field("default-ulimits nofile Hard").fill("64000");
  await drydock.field("default-ulimits nofile Soft").fill("64000");
  await expect(drydock.result).toContainText("Soft = 64000;");
  await expect(drydock.problems).toHaveCount(0);
  await drydock.openText();
  expect(JSON.parse(await drydock.text())).toEqual({ "default-ulimits": { nofile: { Name: "nofile", Hard: 64000, Soft: 64000 } } });
});

test("null beside a value hides nothing", async ({ drydock }) => {
  await drydock.openWith('{"proxies": {"http-proxy": "http://a", "http-proxy": null}}');
  await drydock.openForm();
  await drydock.onlySet.click();
  await expect(drydock.field("proxies http-proxy")).toHaveValue("http://a");
  await drydock.field("proxies http-proxy").fill("http://b");
  await drydock.openText();
  await drydock.hasText('{"proxies": {"http-proxy": "http://b", "http-proxy": null}}');
});

test("an element that is typed anew is not written over its neighbour", async ({ drydock, page }) => {
  await page.clock.install();
  await drydock.openWith('{"dns": ["1.1.1.1", "9.9.9.9"]}');
  await drydock.openForm();
  await drydock.search.fill("dns");
  await drydock.field("dns 1").fill("");
  await page.clock.runFor(1000);
  await drydock.field("dns 1").pressSequentially("8.8.8.8");
  await page.keyboard.press("Tab");
  await drydock.openText();
  await drydock.hasText('{"dns": ["8.8.8.8", "9.9.9.9"]}');
});

test("several lines pasted into a list are several elements", async ({ drydock }) => {
  await drydock.openWith('{"dns": ["1.1.1.1"]}');
  await drydock.openForm();
  await drydock.search.fill("dns");
  await drydock.field("dns 2").focus();
  await drydock.paste("9.9.9.9\n8.8.8.8\n");
  await expect(drydock.field("dns 3")).toHaveValue("8.8.8.8");
  await drydock.openText();
  await drydock.hasText('{"dns": ["1.1.1.1", "9.9.9.9", "8.8.8.8"]}');
});

test("line breaks that a field cannot hold are not left out silently", async ({ drydock }) => {
  await drydock.openWith('{"log-opts": {"tag": "a\\nb"}}');
  await drydock.openForm();
  await drydock.onlySet.click();
  await expect(drydock.field("log-opts tag")).toHaveValue("a\nb");
  await drydock.onlySet.click();
  await drydock.search.fill("data-root");
  await drydock.field("data-root").focus();
  await drydock.paste("/srv\n/docker");
  await expect(drydock.form).toContainText("Line breaks were left out");
});

test("a number in quotes can be mended in its field", async ({ drydock }) => {
  await drydock.openWith('{"mtu": "1400"}');
  await drydock.openForm();
  await drydock.onlySet.click();
  await expect(drydock.field("mtu")).toHaveValue("1400");
  await expect(drydock.field("mtu")).toHaveAttribute("aria-invalid", "true");
  await drydock.form.getByRole("button", { name: /^Fix:/ }).first().click();
  await drydock.openText();
  await drydock.hasText('{"mtu": 1400}');
});

test("a key that nobody reads stands in the form only when it is set, to be taken out", async ({ drydock }) => {
  await drydock.openWith('{"label": ["rack=7"]}');
  await drydock.openForm();
  await drydock.search.fill("label");
  await expect(drydock.form).toContainText("The daemon does not read this key");
  await expect(drydock.field("label 1")).toHaveCount(0);
  await drydock.removeOption("label");
  await expect(drydock.form).not.toContainText("The daemon does not read this key");
  await drydock.openText();
  await drydock.hasText("{}");
});

for (const [words, option] of [
  ["log rotation", "log-opts.max-size"],
  ["disk full", "log-opts.max-size"],
  ["nvidia", "default-runtime"],
  ["telemetry", "metrics-addr"],
  ["vpn", "bip"],
] as const) {
  test(`somebody who looks for "${words}" finds ${option}`, async ({ drydock }) => {
    await drydock.open();
    await drydock.openForm();
    await drydock.search.fill(words);
    await expect(drydock.field(option)).toBeVisible();
  });
}

test("what is composed with an input method is written", async ({ drydock, page }) => {
  await drydock.openWith("{}");
  await drydock.openForm();
  await drydock.search.fill("data-root");
  await drydock.field("data-root").focus();
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "かな", selectionStart: 2, selectionEnd: 2 });
  await session.send("Input.insertText", { text: "仮名" });
  await page.keyboard.press("Tab");
  await drydock.openText();
  expect(JSON.parse(await drydock.text())).toEqual({ "data-root": "仮名" });
});

test("blanks around what is typed are kept", async ({ drydock, page }) => {
  await drydock.openWith("{}");
  await drydock.openForm();
  await drydock.search.fill("data-root");
  await drydock.field("data-root").fill(" /srv ");
  await page.keyboard.press("Tab");
  await drydock.openText();
  expect(JSON.parse(await drydock.text())).toEqual({ "data-root": " /srv " });
});
