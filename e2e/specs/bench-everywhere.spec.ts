// What the daemon's workbench can do, the others can as well.

import { Bench } from "../bench.ts";
import { GOOD } from "../configurations.ts";
import { expect, test as base } from "../test.ts";

const test = base.extend<{ run: Bench; compose: Bench }>({
  run: async ({ page }, use) => use(new Bench(page, "Commands")),
  compose: async ({ page }, use) => use(new Bench(page, "Compose file")),
});

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const WEB = "docker run -d --name web -p 8080:80 docker.io/library/nginx:1.29\n";
const COMPOSE = "services:\n  web:\n    image: nginx:1.29\n";

test.describe("what is pasted", () => {
  test("into an empty editor is opened where it belongs, and goes back by one press", async ({ drydock, compose, page }) => {
    await drydock.open();
    await drydock.pasteInto(COMPOSE);
    await expect(page).toHaveURL(/#\/compose$/);
    await compose.hasText(COMPOSE);
    await expect(compose.result).toContainText("virtualisation.oci-containers");
    await expect(compose.opened).toContainText("This is a Compose file: opened in Compose.");
    await expect(compose.said).toContainText("This is a Compose file: opened in Compose.");
    await compose.opened.getByRole("button", { name: "Back to Daemon" }).press("Enter");
    await drydock.hasText(COMPOSE);
    await expect(compose.opened).toHaveCount(0);
    await compose.goToBench("Compose");
    await compose.hasText("");
  });

  test("is mended where it was opened", async ({ drydock, run, compose }) => {
    await drydock.open();
    await drydock.pasteInto("docker run -d --nam web docker.io/library/nginx:1.29\n");
    await run.fix(run.problems.filter({ hasText: "--nam" }));
    await run.hasText("docker run -d --name web docker.io/library/nginx:1.29\n");
    await run.goToBench("Compose");
    await compose.write("services:\n  web:\n    imag: nginx:1.29\n");
    await expect(compose.said).toContainText("1 container");
    await compose.goToBench("docker run");
    await run.goToBench("Compose");
    await compose.fix(compose.problem(/\bimag\b/));
    await compose.hasText("services:\n  web:\n    image: nginx:1.29\n");
  });

  test("leaves both drafts to be found", async ({ drydock, run, page }) => {
    await run.open("#/run");
    await run.write("docker run redis");
    await expect(run.said).toContainText("1 container");
    await run.goToBench("Daemon");
    await drydock.write(GOOD);
    await drydock.pasteOverAll(WEB);
    await expect(page).toHaveURL(/#\/run$/);
    await run.hasText(WEB);
    await run.goToBench("Daemon");
    await drydock.hasText(GOOD);
    await page.goBack();
    await run.hasText(WEB);
    await expect(run.opened).toHaveCount(0);
  });

  test("and goes back again replaces what was there, as pasting does", async ({ drydock, run }) => {
    await run.open("#/run");
    await run.write("docker run redis");
    await expect(run.said).toContainText("1 container");
    await run.goToBench("Daemon");
    await drydock.write(GOOD);
    await drydock.pasteOverAll(WEB);
    await run.hasText(WEB);
    await run.undo();
    await run.hasText("docker run redis");
    await expect(run.opened).toHaveCount(0);
    await run.redo();
    await run.opened.getByRole("button", { name: "Put it in Daemon instead" }).click();
    await drydock.hasText(WEB);
    await drydock.undo();
    await drydock.hasText(GOOD);
    await run.goToBench("docker run");
    await run.hasText("docker run redis");
  });

  test("is opened in the daemon's editor, too, when it is the daemon's", async ({ drydock, compose, page }) => {
    await compose.open("#/compose");
    await compose.pasteInto(GOOD);
    await expect(page).toHaveURL(/#\/$/);
    await drydock.hasText(GOOD);
    await expect(drydock.verdict).toContainText("The daemon starts");
    await drydock.opened.getByRole("button", { name: "Dismiss" }).click();
    await expect(drydock.opened).toHaveCount(0);
    await drydock.hasText(GOOD);
  });

  test("stays where it is when it is only a part, is typed, or could be anything", async ({ drydock, compose, page }) => {
    await drydock.open();
    await drydock.write("# ours\n");
    await drydock.pasteInto(COMPOSE);
    await drydock.hasText(`# ours\n${COMPOSE}`);
    await expect(page).toHaveURL(/\/$/);
    await drydock.write(COMPOSE);
    await drydock.hasText(COMPOSE);
    await compose.open("#/compose");
    await compose.pasteInto("name: web\n");
    await compose.hasText("name: web\n");
    await expect(compose.opened).toHaveCount(0);
  });

  test("into the search stays there", async ({ compose, page }) => {
    await compose.open("#/compose");
    await compose.editor.press("ControlOrMeta+f");
    const search = page.getByRole("textbox", { name: "Find" });
    await expect(search).toBeFocused();
    await compose.pasteInto(WEB.trim(), search);
    await expect(search).toHaveValue(WEB.trim());
    await expect(page).toHaveURL(/#\/compose$/);
  });
});

test("a file is opened where it belongs, with the line ends it has", async ({ drydock, compose, run, page }) => {
  const windows = COMPOSE.replaceAll("\n", "\r\n");
  await drydock.open();
  await drydock.write(GOOD);
  await drydock.dragFile("compose.yaml", windows);
  await expect(page).toHaveURL(/#\/compose$/);
  await compose.hasText(COMPOSE);
  await expect(compose.opened).toContainText("This is a Compose file");
  expect(await compose.saveText()).toEqual({ name: "compose.yaml", text: windows });
  await compose.openFile("readme.sh", WEB);
  await run.hasText(WEB);
  await run.opened.getByRole("button", { name: "Put it in Compose instead" }).click();
  await compose.hasText(WEB);
  await compose.undo();
  await compose.hasText(COMPOSE);
  await compose.goToBench("Daemon");
  await drydock.hasText(GOOD);
});

test("a link opens with its target and its variables, and leaves the reader's own choices alone", async ({ compose, page }) => {
  await compose.open("#/compose");
  await compose.write("services:\n  web:\n    image: nginx:$TAG\n    user: $WHO\n");
  await compose.openSurroundings();
  await compose.field("Variables").fill("TAG=1.29\nWHO=a b & c");
  await page.keyboard.press("Escape");
  await compose.target.selectOption("Quadlet files");
  await expect(compose.result).toContainText("User=a b & c");
  await compose.share();
  const link = await compose.link.inputValue();
  await page.evaluate(() => {
    localStorage.clear();
    localStorage.setItem("drydock.compose.chosen", "backend=podman\n");
  });
  await page.goto("about:blank");
  await page.goto(link);
  await expect(compose.target).toHaveValue("Quadlet files");
  await expect(compose.result).toContainText("User=a b & c");
  await page.reload();
  await expect(compose.choice("Runs on")).toHaveValue("Podman");
});

test("who shares a text is told of the passwords in it, and can embed it", async ({ compose, page }) => {
  await compose.open("#/compose");
  await compose.write("services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: hunter2\n");
  await compose.openSurroundings();
  await compose.field("Variables").fill("API_TOKEN=abc");
  await page.keyboard.press("Escape");
  await compose.share();
  const warning = compose.sharing.getByRole("alert");
  await expect(warning).toContainText("Anyone who gets the link can read this.");
  await expect(warning.getByRole("listitem")).toContainText(["line 5, column 26", "line 1 of Variables"]);
  await compose.sharing.getByRole("button", { name: "Copy embed" }).click();
  const embed = await page.evaluate(() => navigator.clipboard.readText());
  expect(embed).toContain('<drydock-editor bench="compose" variables="API_TOKEN=abc" target="oci-containers"><pre><code class="language-yaml">services:');
  await compose.sharing.getByRole("button", { name: "Show line 5, column 26" }).click();
  await compose.hasSelected("hunter2");
});

test("a flag is explained under the pointer and at the caret, and completed", async ({ run, page }) => {
  await run.open("#/run");
  await run.write("docker run --name web --restart always nginx:1.29");
  await run.words("--restart").hover();
  await expect(run.card).toContainText("--restart");
  await run.editor.press("Escape");
  await expect(run.card).toHaveCount(0);
  await run.editor.press("ControlOrMeta+Home");
  for (let step = 0; step < 13; step++) await run.editor.press("ArrowRight");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.press("ControlOrMeta+i");
  await expect(run.card).toContainText("--name");
  await run.write("docker run --rest");
  await run.type("a");
  await expect(run.completions.filter({ hasText: "--restart" })).toBeVisible();
  await run.editor.press("Enter");
  await expect.poll(() => run.text()).toContain("docker run --restart");
});

test("a Compose file has the colours of YAML", async ({ compose }) => {
  await compose.open("#/compose");
  await compose.write('services:\n  web: # ours\n    image: nginx:${TAG}\n    user: "1000"\n    init: true\n    cpus: 2\n');
  const pieces = await compose.colours("text");
  const colour = (words: string) => pieces.find((it) => it.endsWith(` ${words}`))?.slice(0, -words.length - 1);
  const kinds = [colour("services"), colour("# ours"), colour('"1000"'), colour("true"), colour("2")];
  expect(kinds).not.toContain(undefined);
  expect(new Set(kinds).size).toBe(kinds.length);
  expect(colour("${TAG}")).toBe(colour("true"));
});
