// The frame of an embedded editor: says the verdict of a text, and draws editor, problems, result and map when they are
// asked for. `drydock.js` is the other side; a page that shows the frame without it speaks the same language.
//
// # The language, version 1
//
// Messages are objects `{ source: "drydock", v: 1, type, … }`; others are passed over. The page names its origin in the
// frame's address, `embed.html?origin=https://docs.example.com`. The frame hears only its parent, only from that origin, and
// tells only that origin what was written. `resize`, which holds a number, goes to any.
//
// To the frame:
//
// | type | what it says |
// | --- | --- |
// | `set` | any of `text` (at most 64 KiB), `as` ("dockerd-flags", where that is not what it looks like), `engine` ("28.5"), `nixos` ("25.11"), `target` ("nix-flake"), `theme` (light, dark, auto), `view` ("editor result": parts in their order), on a workbench `backend` ("podman"), `project`, `directory`, `variables` (lines such as "TAG=1.29"), `keep-clear`, `pools`, `secrets` ("sops-nix"), `option`, `profiles` ("debug,mail"), `image` ("debian:12"), `platform` ("linux/arm64"), `nix` ("channels"), `sandbox` ("on") and `cache` ("mount"), `look` (see `wear`), `reports` (true: answer with `change`) |
// | `show` | `part`: editor, problems, result or map (on a workbench: panels); empty for the verdict's line alone. It takes the keyboard when the frame has the focus |
// | `link` | answer with `link` |
//
// From the frame:
//
// | type | what it says |
// | --- | --- |
// | `ready` | it listens |
// | `resize` | `height` of what it shows, in CSS pixels |
// | `look` | `dark`: whether it is; `ground`: the colour behind it |
// | `verdict` | `severity` (error, warning, hint, ok, or empty) and `sentence` |
// | `change` | the same, `value`, `link` (as below), `diagnostics` (`rule`, `severity`, `message`, `why`, `help`, `from`, `to`, `line`), `outputs` (texts by target) |
// | `link` | `link`: "#v1…", to be put behind the address of Drydock; "#" when the text is too long for one |
// | `open` | `address`: "#/rules/…", a page of Drydock that the reader wants |
// | `show` | `part`: what the reader wants to see; nothing opens before the page says `show` |
// | `warn` | `words`: what of the choices is unknown, for those who write the page |
//
// `embed-bench.html?bench=compose&origin=…` is the same for a text of another workbench than the daemon's.
//
// A frame whose address has no origin, but a link behind `#`, shows what the link holds: for places that allow frames and
// no scripts.

const ASKED = new URLSearchParams(location.search);
/** The workbench that reads the text, where it is not the daemon's: its file says the verdict, and the judge stays away. */
const BENCH = ASKED.get("bench") || /^#\/(\w+)\//.exec(location.hash)?.[1] || "";
const verdicts = BENCH ? undefined : await import("./drydock_judge.js");

/** No text may have more UTF-16 units: what pages exchange stays small. */
const MOST = 65_536;
/** Changes are told when typing rests, in milliseconds. */
const REST = 150;
/** The label of what was not written here. */
const SET = "Set";
/** Messages are heeded together, in milliseconds. */
const GATHER = 30;
/** Text is only written on grounds that tell from it, by their lightness of 255. */
const DARKEST_LIGHT = 225;
const LIGHTEST_DARK = 60;

/** Pages without an origin cannot be told from each other: browsers keep the frame from them. */
const HOST = ASKED.get("origin")?.replace(/^null$/, "");
const root = document.documentElement;
const line = document.getElementById("verdict");
const place = document.getElementById("editor");
const area = document.getElementById("source");

const parts = document.getElementById("app");

/** What was last heard of each. */
const choices = { text: "", as: "", engine: "", nixos: "", target: "", view: "", theme: "", height: "", look: {} };
/** From the seventh on what is chosen on workbenches; `web/tests/enhance.rs` holds these to their lists. */
const NAMES = ["as", "engine", "target", "view", "theme", "height", "nixos", "backend", "project", "directory", "variables", "keep-clear", "pools", "secrets", "option", "profiles", "image", "platform", "firewall", "uplink", "nix", "sandbox", "cache"];
const OF_BENCHES = NAMES.slice(6);
/** What may have several lines. */
const LINES = ["variables", "keep-clear", "pools"];
const PARTS = ["editor", "problems", "result", BENCH ? "panels" : "map"];
/** The ids of the targets; `web/tests/enhance.rs` holds them to the table. */
const TARGETS = ["nixos-module", "daemon-json", "nixos-effective", "nix-settings", "nix-flake", "nixos-rootless", "flying-circus", "docker-desktop", "snap", "systemd-drop-in", "dockerd-flags"];
/** The part that is shown. */
let shown = "";
let isLoaded = false;
/** Whether there is a text to judge, be it empty. */
let isHeard = !HOST;
let told = "";
/** The editor, when it was asked for. */
let editor;
let tellChoices = () => {};

const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

// Hearing

let heard = {};
let gathering;

addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || parent === window || !HOST || origin !== HOST || data?.source !== "drydock" || data.v !== 1) return;
  if (data.type === "set") Object.assign(heard, data);
  else if (data.type === "show") heard.part = data.part;
  else if (data.type === "link") heard.link = true;
  else return;
  gathering ??= setTimeout(heed, GATHER);
});

function heed() {
  const { text, part, link, look, reports } = heard;
  const before = JSON.stringify(choices);
  for (const name of NAMES) {
    if (typeof heard[name] === "string") choices[name] = heard[name].slice(0, LINES.includes(name) ? 10_000 : 100);
  }
  gathering = undefined;
  heard = {};
  if (look && typeof look === "object") choices.look = look;
  if (typeof text === "string" && text !== choices.text) setText(text);
  const isFirst = !isHeard && typeof text === "string";
  isHeard ||= isFirst;
  if (isFirst || JSON.stringify(choices) !== before) {
    wear();
    judge();
    tellChoices("");
    warn();
  }
  if (reports === true) tellChange();
  if (typeof part === "string" && (part || shown)) show(part);
  else arrange();
  if (link) tellLink();
}

function setText(text) {
  choices.text = text;
  if (editor && text !== editor.getText()) editor.setText(text, SET);
}

// Telling

function tell(type, what, to = HOST) {
  if (parent === window || !to) return;
  parent.postMessage({ source: "drydock", v: 1, type, ...what }, to);
}

let tellingChange;

/** Tells what follows from the text, when typing rests. */
function tellChange() {
  clearTimeout(tellingChange);
  tellingChange = setTimeout(async () => {
    const { text } = choices;
    if (text.length > MOST) return;
    await loaded;
    // What was typed meanwhile is told by itself.
    if (!(await prepared()) || text !== choices.text) return;
    tell("change", { value: text, link: await linkTo(), ...report() });
  }, REST);
}

async function tellLink() {
  await loaded;
  tell("link", { link: await linkTo() });
}

async function linkTo() {
  const isHere = choices.text.length <= MOST && (await prepared());
  const { text, as, engine, nixos, target } = choices;
  if (!isHere) return "#";
  return `#${BENCH ? page.link_on_bench(text, chosen(), target) : page.link(text, as, engine, nixos, target)}`;
}

/** What is chosen on the workbench. */
function chosen() {
  return OF_BENCHES.filter((name) => choices[name]).map((name) => `${name}=${choices[name]}`).join("\0");
}

/** All that follows from the text, once `prepared`. */
function report() {
  const { text, as, engine, nixos } = choices;
  return BENCH ? page.report_on_bench(text, chosen()) : page.report(text, as, engine, nixos);
}

/** All that the verdict does not need; it comes when somebody asks for more. */
let page;
let pageComing;

/** Whether what `page` answers with, and what reads the text, is here now. */
async function prepared() {
  pageComing ??= import("./drydock_page.js").then(async (it) => {
    await it.default();
    page = it;
  });
  await pageComing.catch((error) => {
    console.error(error);
    pageComing = undefined;
  });
  return page !== undefined && (await (BENCH ? page.prepare_bench(BENCH) : page.prepare(choices.text, choices.as)));
}

// The verdict

/** Says the verdict of the text. */
function judge() {
  if (!isLoaded || !isHeard) return;
  const { text, as, engine, nixos } = choices;
  if (text.length > MOST) return say({ severity: "warning", sentence: "This text is too long to be checked here." });
  if (!BENCH) {
    const seen = verdicts.glance(text, as, engine);
    say(seen);
    if (seen.severity || !text.trim()) return;
  }
  // Flags, Nix and what workbenches read is read by the page's wasm only.
  prepared().then((isHere) => {
    if (text !== choices.text) return;
    if (!isHere) return say({ severity: "warning", sentence: "What reads this text did not load, so it is not checked." });
    say(BENCH ? page.verdict_on_bench(text, chosen()) : report());
    if (BENCH) warnOf(page.strangers_on_bench(chosen(), choices.target));
  });
}

/** @param {{ severity: string, sentence: string }} verdict */
function say({ severity, sentence }) {
  line.hidden = false;
  const verdict = `${severity} ${sentence}`;
  if (verdict === told) return;
  told = verdict;
  line.dataset.severity = severity;
  line.title = sentence.replaceAll("`", "");
  line.replaceChildren(...(severity ? [shape(severity)] : []), words(sentence));
  tell("verdict", { severity, sentence });
}

// What is wrong is one press away.
line.addEventListener("click", () => {
  const part = view().includes("problems") ? "problems" : view()[0];
  if (HOST) tell("show", { part });
  else show(part);
});

/** What was warned of. */
const warned = new Set();

/** Tells what of the choices is unknown. */
function warn() {
  if (!isLoaded) return;
  const { as, engine, nixos, target, theme, height } = choices;
  const parts = choices.view.split(/[\s,]+/);
  const ofDaemon = () => [
    engine && !verdicts.knows_engine(engine) && ["engine", engine, "is no Docker Engine known here, so the latest one is taken"],
    nixos && !verdicts.knows_release(nixos) && ["nixos", nixos, "is no NixOS release known here, so the latest one is taken"],
    target && !TARGETS.includes(target) && ["target", target, `is none of ${TARGETS.join(", ")}`],
    ...OF_BENCHES.slice(1).map((name) => choices[name] && [name, choices[name], "says nothing without a bench"]),
  ];
  const ofBench = () => [as && ["as", as, "says nothing on a bench"], engine && ["engine", engine, "says nothing on a bench"]];
  const unknown = [
    ...(BENCH ? ofBench() : ofDaemon()),
    theme && !["light", "dark", "auto"].includes(theme) && ["theme", theme, "is none of light, dark, auto"],
    height && !/^(auto|\d+(px)?)$/.test(height) && ["height", height, "is neither auto nor a number of pixels"],
    ...parts.map((it) => it && !PARTS.includes(it) && ["view", it, `is none of ${PARTS.join(", ")}`]),
  ];
  warnOf(unknown.filter(Boolean).map(([name, value, why]) => `${name}="${value}" ${why}.`));
}

/** Tells each once. @param {string[]} all */
function warnOf(all) {
  for (const words of all) {
    if (!warned.has(words)) tell("warn", { words });
    warned.add(words);
  }
}

function shape(name) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  shape.setAttribute("class", "severity");
  shape.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  shape.append(use);
  return shape;
}

/** A sentence whose parts in backticks are code; none of it is read as HTML. */
function words(sentence) {
  const text = document.createElement("span");
  text.className = "embed__sentence";
  text.append(...sentence.split("`").map((part, index) => {
    if (index % 2 === 0) return part;
    const code = document.createElement("code");
    code.textContent = part;
    return code;
  }));
  return text;
}

// The parts

async function show(part) {
  shown = part;
  arrange();
  if (!part) return;
  await loaded;
  const isHere = await bring().catch(() => false);
  if (!isHere || part !== shown) return;
  tellChoices(part);
  arrange();
  takeKeyboard();
}

/** Gives the keyboard to what is shown; only where the frame has it, since whoever reads the page around may be typing there. */
function takeKeyboard() {
  if (!document.hasFocus()) return;
  if (shown === "editor" && !place.hidden) return editor.focus();
  const tabs = [...parts.querySelectorAll(".embed__parts [role=tab]")];
  const drawn = tabs.find((it) => it.textContent.toLowerCase() === shown) ?? parts.querySelector("[tabindex='0'], button");
  if (drawn) drawn.focus({ preventScroll: true });
  // It is drawn in a moment.
  else new MutationObserver((_, it) => (it.disconnect(), takeKeyboard())).observe(parts, { childList: true, subtree: true });
}

/** The parts that may be shown, in their order. */
function view() {
  const named = choices.view.split(/[\s,]+/).filter((it) => PARTS.includes(it));
  return named.length > 0 ? named : PARTS;
}

/** Puts what is shown in its order. */
function arrange() {
  const names = view();
  place.hidden = !shown || !editor || !names.includes("editor");
  parts.hidden = !shown;
  root.toggleAttribute("data-open", shown !== "");
  root.toggleAttribute("data-fixed", shown !== "" && parseInt(choices.height) > 0);
  const rest = names.filter((name) => name !== "editor");
  if (names.indexOf("editor") > 0 && rest.length > 0) place.before(parts);
  else line.closest(".embed__line").after(parts);
}

let bringing;

/** Brings the editor and what draws the other parts, once; resolves to whether they came. */
function bring() {
  bringing ??= (async () => {
    const [{ openEditor }] = await Promise.all([import("./editor.js"), bringStyles()]);
    if (BENCH) {
      if (!(await prepared())) return false;
      area.ariaLabel = page.text_of_bench();
    }
    area.value = choices.text;
    editor = openEditor(area);
    editor.onChange((text, revision, label) => {
      area.rows = text.split("\n").length;
      if (label === SET) return;
      choices.text = text;
      judge();
      tellChange();
      if (!HOST) offer();
    });
    area.rows = area.value.split("\n").length;
    if (!(await prepared())) return false;
    const frame = {
      onChoices(choose) {
        tellChoices = (part) => choose(choices.as, choices.engine, choices.nixos, choices.target, view().join(" "), part);
        tellChoices(shown);
      },
      onChoicesOnBench(choose) {
        tellChoices = (part) => choose(chosen(), choices.target, view().join(" "), part);
        tellChoices(shown);
      },
    };
    if (!BENCH) page.embed(editor, frame);
    else if (!(await page.embed_bench(editor, frame))) return false;
    editor.upgrade(() => import("./codemirror.js"), { hover: page.hover, complete: page.complete });
    return true;
  })();
  bringing.catch(() => (bringing = undefined));
  return bringing;
}

/** Fetches the styles of the parts; what the embed itself wears comes behind them. */
function bringStyles() {
  const sheets = [new URL("parts.css", import.meta.url), new URL("page.css", import.meta.url)];
  return Promise.all(sheets.map((address) => {
    const styles = document.createElement("link");
    styles.rel = "stylesheet";
    styles.href = address;
    document.head.prepend(styles);
    return new Promise((resolve) => (styles.onload = styles.onerror = resolve));
  }));
}

// Without a page that says what to show

const way = document.getElementById("way");

/** Shows what the link in the address holds. */
async function openLink() {
  const isNamed = location.hash.length > 1;
  const isHere = isNamed && (await prepared());
  const open = (link) => (BENCH ? page.open_on_bench(link) : page.open(link));
  const held = isHere ? open(location.hash.slice(1)) : isNamed ? undefined : {};
  if (held === undefined || held.trouble) {
    line.hidden = false;
    line.dataset.severity = "warning";
    line.replaceChildren(shape("warning"), words(held?.trouble ?? "Drydock did not load."));
    return;
  }
  Object.assign(choices, held);
  wear();
  judge();
  await show("editor");
  offer();
}

/** Lets the reader open the text in Drydock. */
async function offer() {
  const link = await linkTo();
  way.href = new URL(`./${link}`, location.href.split(/[?#]/)[0]);
  way.hidden = false;
}

// The looks

/**
 * Looks like the page around: `look` has its fonts (`font`, `mono`), the `size` and `leading` of its code, and `grounds`, the
 * colours behind the block, the outermost first.
 */
function wear() {
  const { grounds = [], scheme = "", font, mono, size, leading } = choices.look;
  const ground = blend([scheme.includes("dark") && systemIsDark.matches ? "#121212" : "#fff", ...grounds].slice(0, 100));
  const isDark = choices.theme === "dark" || (choices.theme !== "light" && (HOST ? ground.lightness < 128 : systemIsDark.matches));
  const isPlain = isDark ? ground.lightness <= LIGHTEST_DARK : ground.lightness >= DARKEST_LIGHT;
  root.dataset.theme = isDark ? "dark" : "light";
  dress("--ground", isPlain && HOST ? ground.colour : "");
  dress("--font-text", font);
  dress("--font-code", mono);
  dress("--code-size", size);
  dress("--code-leading", leading === "normal" ? "" : leading);
  tell("look", { dark: isDark, ground: ground.colour });
}

function dress(property, value) {
  if (typeof value === "string" && value.length < 500) root.style.setProperty(property, value);
}

/** The colour of layers of colours, and how light it is. */
function blend(layers) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  for (const layer of layers) {
    brush.fillStyle = "transparent";
    brush.fillStyle = layer;
    brush.fillRect(0, 0, 1, 1);
  }
  const [red, green, blue] = brush.getImageData(0, 0, 1, 1).data;
  return { colour: `rgb(${red}, ${green}, ${blue})`, lightness: 0.299 * red + 0.587 * green + 0.114 * blue };
}

// Whoever shows the frame lets it be as high as it wants to be.
let height = 0;
new ResizeObserver(() => {
  const now = Math.ceil(document.body.getBoundingClientRect().height);
  if (now === height) return;
  height = now;
  tell("resize", { height }, "*");
}).observe(document.body);

// Starting

systemIsDark.addEventListener("change", wear);
// The pages about rules are not here.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#/']");
  if (!link) return;
  event.preventDefault();
  if (HOST) tell("open", { address: link.getAttribute("href") });
  else window.open(new URL(`./${link.getAttribute("href")}`, location.href.split(/[?#]/)[0]), "_blank", "noopener");
});

const loaded = Promise.resolve(verdicts?.default()).then(() => {
  isLoaded = true;
});
tell("ready");
await loaded;
if (HOST) {
  judge();
  warn();
} else await openLink();
