import { expect, test } from "../test.ts";

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
});

test("Only set shows what the text sets", async ({ drydock }) => {
  await drydock.openWith('{"debug": true}');
  await drydock.openForm();
  await drydock.onlySet.click();
  await expect(drydock.field("debug")).toBeChecked();
  await expect(drydock.field("shutdown-timeout")).toHaveCount(0);
});

test("editing a field edits the text", async ({ drydock }) => {
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
