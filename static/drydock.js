// Defines <drydock-editor>: a code block of a documentation page that Drydock checks, and lets the reader edit.
//
// The block stays as its author wrote it. When it comes near the window, a frame from Drydock's own site is laid over its
// lower edge and says the verdict; what the reader asks for is drawn in the same frame. The page needs to allow that site's
// scripts and frames, nothing else. What the two sides tell each other stands at the top of `embed.js`.

const SITE = new URL(".", import.meta.url);

/** What the frame is told as it stands in the attributes. */
const CHOICES = ["as", "engine", "nixos", "target", "theme", "height", "backend", "project", "directory", "variables", "keep-clear", "pools", "secrets", "option", "profiles", "image", "platform", "firewall", "uplink", "nix", "sandbox", "cache"];
const PARTS = ["editor", "problems", "result"];

/** How high the verdict's line is when it is one, and how far it covers the block's own lower padding, in pixels. */
const LINE = 22;
const COVERED = 13;

/** How far the ways reach below the verdict, where they have a row of their own: for fingers, and where it is narrow. */
const BELOW = 32;
const NARROW = matchMedia("(pointer:coarse)").matches ? Infinity : 480;

const styles = new CSSStyleSheet();
styles.replaceSync(`
:host{display:block;position:relative;margin-block-end:${LINE - COVERED}px}
pre{padding:14px 16px;overflow-x:auto;border-radius:6px;background:color-mix(in srgb,currentColor 6%,transparent)}
slot.away{visibility:hidden}
.room{display:flow-root}
.dock{position:absolute;z-index:1;display:grid;grid-template-columns:minmax(0,1fr) auto;visibility:hidden}
.ready{visibility:visible}
.open,.low{display:block}
iframe{display:block;width:100%;border:0}
.ways{display:flex;gap:4px;height:${LINE}px;padding:0 6px}
.low .ways{position:absolute;right:0;top:calc(100% + 10px)}
.open .ways{position:absolute;right:0;top:auto;bottom:0}
button,a{box-sizing:border-box;position:relative;padding:0 10px;border:1px solid;border-color:color-mix(in srgb,currentColor 35%,transparent);border-radius:12px;background:var(--ground);color:var(--ink);cursor:pointer;font:500 12px/20px var(--font);text-decoration:none;white-space:nowrap}
button:hover,a:hover{border-color:currentColor}
:focus-visible{outline:2px solid;outline-offset:1px}
:host([hidden]),[hidden]{display:none}
@media print{.room,.dock{display:none}slot.away{visibility:visible}}
@media(pointer:coarse){button::after,a::after{content:"";position:absolute;inset:-9px 0}}
`);

class DrydockEditor extends HTMLElement {
  static observedAttributes = [...CHOICES, "value", "src", "readonly", "view", "bench"];

  /** The elements that have their frame. */
  static #live = new Set();
  static #relook = () => DrydockEditor.#live.forEach((it) => it.#say("set", { look: it.#look() }));
  static #looks = new MutationObserver(DrydockEditor.#relook);
  static #near = new IntersectionObserver((all) => all.forEach(({ isIntersecting, target }) => isIntersecting && target.#load()), { rootMargin: "300px" });

  static {
    addEventListener("message", (event) => DrydockEditor.#live.forEach((it) => it.#hear(event)));
    // Themes change by media, by attributes of the page, and slowly.
    document.addEventListener("transitionend", (event) => /color/.test(event.propertyName) && DrydockEditor.#relook());
    matchMedia("(prefers-color-scheme:dark)").addEventListener("change", DrydockEditor.#relook);
  }

  /** What was written in place of the author's text. */
  #text;
  #given;
  #fetched;
  #diagnostics = null;
  /** The part that is open. */
  #part = "";
  /** Whether somebody asked for it, and the keyboard has not gone there yet. */
  #isAsked = false;
  /** How high the frame wants to be when nothing is open, and now. */
  #least = LINE;
  #height = LINE;
  #link = "";
  #asking = [];
  #frame;
  /** Whether there is nothing to show in one. */
  #isMissing = false;
  #listens = false;
  #sizes = new ResizeObserver(() => this.#place());

  #slot = make("slot");
  #inner = make("code");
  #room = make("div", { className: "room" });
  #dock = make("div", { className: "dock" });
  #edit = make("button", { textContent: "Edit", onclick: () => this.#show("editor") });
  #result = make("button", { textContent: "Result", onclick: () => this.#show("result") });
  #close = make("button", { onclick: () => (this.reset(), this.#edit.focus()) });
  #open = make("a", { textContent: "Open in Drydock", href: SITE, target: "_blank", rel: "noopener" });

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [styles];
    const block = make("pre");
    block.append(this.#inner);
    this.#slot.append(block);
    const ways = make("div", { className: "ways" });
    ways.append(this.#edit, this.#result, this.#close, this.#open);
    this.#dock.append(ways);
    root.append(this.#slot, this.#room, this.#dock);
    for (const kind of ["pointerenter", "focusin"]) this.addEventListener(kind, () => this.#link || this.#say("link"));
  }

  /** The text: the author's, until somebody writes another one. */
  get value() {
    return this.#written() ?? "";
  }

  set value(text) {
    this.#text = `${text ?? ""}`;
    this.#paint({ reports: true });
  }

  /** What is wrong with the text; null until it was changed for the first time. */
  get diagnostics() {
    return this.#diagnostics;
  }

  /** Goes back to the author's text, and to the code block. */
  reset() {
    this.#text = undefined;
    this.#paint({ reports: true });
    this.#show("");
  }

  /** Resolves to a link that opens the text in Drydock. */
  shareUrl() {
    return new Promise((resolve) => {
      this.#asking.push(resolve);
      this.#load();
      this.#say("link");
    });
  }

  /** Opens the editor and gives it the keyboard. */
  focus() {
    if (this.#parts().includes("editor")) this.#show("editor");
  }

  connectedCallback() {
    // What was set before the script came.
    if (Object.hasOwn(this, "value")) {
      const { value } = this;
      delete this.value;
      this.value = value;
    }
    DrydockEditor.#near.observe(this);
    this.#arrange();
  }

  disconnectedCallback() {
    DrydockEditor.#near.unobserve(this);
    this.#leave();
  }

  /** Takes the frame away. */
  #leave() {
    DrydockEditor.#live.delete(this);
    this.#sizes.disconnect();
    this.#frame?.remove();
    this.#frame = undefined;
    this.#listens = false;
    this.#dock.classList.remove("ready");
  }

  attributeChangedCallback(name) {
    if (name === "src") this.#fetched = undefined;
    if (name === "bench" && this.#frame) return this.#leave(), this.#load();
    if (!this.#frame) return /src|value/.test(name) && this.#paint({});
    if (name === "src") this.#fetch();
    if (name === "value") this.reset();
    this.#arrange();
    this.#say("set", this.#choices());
  }

  async #load() {
    this.#isMissing = false;
    DrydockEditor.#near.unobserve(this);
    if (document.readyState === "loading") await new Promise((done) => document.addEventListener("DOMContentLoaded", done));
    if (this.#frame || !this.isConnected) return;
    const frame = (this.#frame = make("iframe", {
      title: "Checked by Drydock",
      sandbox: "allow-scripts allow-same-origin",
      allow: "clipboard-write",
    }));
    await this.#fetch();
    if (this.#frame !== frame) return;
    if (this.#written() === undefined) return this.#miss();
    const bench = this.#bench();
    frame.src = new URL(`embed${bench && "-bench"}.html?origin=${encodeURIComponent(origin)}&bench=${encodeURIComponent(bench)}`, SITE);
    this.#dock.prepend(frame);
    DrydockEditor.#live.add(this);
    for (const it of [document.documentElement, document.body]) DrydockEditor.#looks.observe(it, { attributes: true });
    for (const it of [this, this.#box()]) this.#sizes.observe(it);
    this.#arrange();
  }

  /** Fetches the text that is elsewhere, if any, and shows what there is. */
  async #fetch() {
    const address = this.getAttribute("src");
    try {
      if (address) {
        const answer = await fetch(new URL(address, document.baseURI));
        if (!answer.ok) throw answer.status;
        const text = await answer.text();
        if (address === this.getAttribute("src")) this.#fetched = text;
      }
    } catch (error) {
      console.warn(`${address} did not load:`, error, this);
    }
    this.#paint({});
  }

  /** Says in the block's place that there is no text. */
  #miss() {
    const address = this.getAttribute("src");
    this.#frame = undefined;
    this.#isMissing = true;
    this.#inner.textContent = address ? `${address} did not load.` : "There is no configuration here.";
    if (!address) console.warn("Neither value nor src, and no code block within:", this);
  }

  #hear({ source, origin: from, data }) {
    if (source !== this.#frame.contentWindow || from !== SITE.origin || data?.source !== "drydock" || data.v !== 1) return;
    const { type, height, dark, ground, value, severity, sentence, diagnostics, outputs, link, address, part, words } = data;
    const { classList, style } = this.#dock;
    if (/^#/.test(link)) {
      this.#link = this.#open.href = addressOf(link);
      for (const resolve of this.#asking.splice(0)) resolve(this.#link);
    }
    if (type === "ready") {
      this.#listens = true;
      this.#say("set", { text: this.value, reports: this.#text !== undefined, ...this.#choices() });
      if (this.#part) this.#bring();
      if (this.#asking[0]) this.#say("link");
    } else if (type === "resize" && height > 0) {
      this.#height = height;
      if (!this.#part) this.#least = height;
      this.#place();
    } else if (type === "look") {
      style.colorScheme = dark ? "dark" : "light";
      style.setProperty("--ground", ground);
    } else if (type === "verdict" && !classList.contains("ready")) {
      classList.add("ready");
      this.#fire("ready", { value: this.value, severity, sentence });
    } else if (type === "change" && typeof value === "string") {
      this.#text = value === this.#authored() ? undefined : value;
      this.#diagnostics = diagnostics;
      this.#arrange();
      this.#fire("change", { value, diagnostics, outputs });
    } else if (type === "show" && this.#parts().includes(part)) {
      this.#show(part);
    } else if (type === "warn") {
      console.warn(words, this);
    } else if (type === "open" && /^#\//.test(address)) {
      window.open(addressOf(address), "_blank", "noopener");
    }
  }

  #fire(name, detail) {
    this.dispatchEvent(new CustomEvent(`drydock-${name}`, { bubbles: true, composed: true, detail }));
  }

  #say(type, what) {
    if (this.#listens) this.#frame.contentWindow?.postMessage({ source: "drydock", v: 1, type, ...what }, SITE.origin);
  }

  #choices() {
    const choices = Object.fromEntries(CHOICES.map((name) => [name, this.getAttribute(name) ?? ""]));
    const strangers = this.#view().filter((it) => !this.#all().includes(it));
    return { ...choices, view: [...this.#parts(), ...strangers].join(" "), look: this.#look() };
  }

  /** The workbench that reads the text; the daemon's has no name. */
  #bench() {
    return this.getAttribute("bench") ?? "";
  }

  #all() {
    return [...PARTS, this.#bench() ? "panels" : "map"];
  }

  /** The parts that may be shown, in their order. */
  #parts() {
    const parts = this.#all().filter((it) => it !== "editor" || !this.hasAttribute("readonly"));
    const named = this.#view().filter((it) => parts.includes(it));
    return named[0] ? named : parts;
  }

  /** What the author calls them. */
  #view() {
    return (this.getAttribute("view") ?? "").split(/[\s,]+/);
  }

  #show(part) {
    this.#part = part;
    this.#isAsked = part !== "";
    if (!part) this.#height = this.#least;
    this.#load();
    this.#bring();
    this.#arrange();
  }

  /** Tells the frame which part is open. The frame gets the keyboard focus first: it can only hand on what it has. */
  #bring() {
    if (!this.#listens) return;
    if (this.#isAsked) this.#frame.focus({ preventScroll: true });
    this.#isAsked = false;
    this.#say("show", { part: this.#part });
  }

  /** Shows what belongs to the state. */
  #arrange() {
    const parts = this.#parts();
    this.#edit.hidden = this.#part || !parts.includes("editor");
    this.#result.hidden = this.#part || !parts.includes("result");
    this.#close.hidden = !this.#part;
    this.#close.textContent = this.#text === undefined ? "Close" : "Reset";
    this.#dock.classList.toggle("open", this.#part);
    this.#slot.classList.toggle("away", this.#covers());
    // What is no code block gives its place to one.
    this.#slot.name = this.#code() === this.#inner ? "none" : "";
    this.#place();
  }

  /** Whether the editor stands in the block's place. */
  #covers() {
    return this.#part && this.#parts().includes("editor");
  }

  #place() {
    const { top: edge, left } = this.getBoundingClientRect();
    const all = [this.#code(), this.#box()];
    const block = all[1].getBoundingClientRect();
    // A scroll bar stays within reach.
    const covered = all.some((it) => it.clientHeight && it.offsetHeight - it.clientHeight > 8)
      ? 0
      : Math.min(COVERED, Math.max(...all.map((it) => parseInt(getComputedStyle(it).paddingBottom))));
    const covers = this.#covers();
    const top = covers ? block.top : block.bottom - covered;
    const height = this.#part ? parseInt(this.getAttribute("height")) || Math.max(this.#height, covers ? block.height : 0) : this.#height;
    Object.assign(this.#dock.style, { top: `${top - edge}px`, left: `${block.left - left}px`, width: `${block.width}px` });
    if (this.#frame) this.#frame.style.height = `${height}px`;
    const isLow = block.width < NARROW;
    const below = !this.#part && isLow ? BELOW : 0;
    this.#dock.classList.toggle("low", isLow);
    // What has no room within the page's own margin gets some.
    this.#room.hidden = !this.#part && height + below - covered <= parseInt(getComputedStyle(this).marginBottom);
    this.#room.style.height = `${Math.max(1, top + height + below - this.#room.getBoundingClientRect().top)}px`;
  }

  /** The element that holds the text. */
  #code() {
    return this.querySelector("code") ?? this.querySelector(".code pre") ?? this.querySelector("pre") ?? this.#inner;
  }

  #box() {
    return this.#code().closest("pre") ?? this.#code();
  }

  /** The text, where there is one. */
  #written() {
    return this.#text ?? this.#authored();
  }

  #authored() {
    return this.getAttribute("value") ?? this.#fetched ?? ((this.#given ||= textOf(this.#code() === this.#inner ? this : this.#code())) || undefined);
  }

  /** Shows the value, here and there. */
  #paint(choices) {
    const code = this.#code();
    this.#authored();
    if (textOf(code) !== this.value) code.textContent = this.value;
    this.#link = "";
    this.#say("set", { text: this.value, ...choices });
    if (this.#isMissing) this.#load();
  }

  /** How the page looks around the block. */
  #look() {
    const code = this.#code();
    const { color, fontFamily: mono, fontSize: size, lineHeight: leading, colorScheme: scheme } = getComputedStyle(code);
    const { fontFamily: font } = getComputedStyle(this);
    this.#dock.style.setProperty("--ink", color);
    this.#dock.style.setProperty("--font", font);
    const grounds = [];
    for (let it = code; it; it = it.parentElement ?? it.getRootNode().host) grounds.unshift(getComputedStyle(it).backgroundColor);
    return { color, font, mono, size, leading, scheme, grounds };
  }
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

/** The text of a block without what tools add to it: line numbers, and buttons that copy. Some break lines without writing it. */
export function textOf(block) {
  const copy = make("p");
  copy.append(...[...block.childNodes].map((it) => it.cloneNode(true)));
  for (const it of copy.querySelectorAll(".linenos,button,br")) it.replaceWith(it.localName === "br" ? "\n" : "");
  return copy.textContent.replace(/^\s*\n/, "").trimEnd();
}

function addressOf(fragment) {
  return new URL(fragment, SITE).href;
}

if (!customElements.get("drydock-editor")) customElements.define("drydock-editor", DrydockEditor);
