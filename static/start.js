// Brings the page to life: restores the draft, makes the text area an editor, starts the wasm, and says so plainly when
// that fails. The text area works all the while.

/** The workbenches with an address of their own. */
const BENCHES = ["run", "compose", "oci", "manifest", "containers", "images"];
/** The key under which the text of the bench that the address names is kept. */
const draft = () => {
  const [, name] = location.hash.split("/");
  return BENCHES.includes(name) ? `drydock.${name}.text` : "drydock.text";
};
/** The text of this very tab, while it loads a newer version of the page. */
const CARRIED = "drydock.carried";
const source = document.getElementById("source");

/** Runs what the browser may refuse: private windows and full disks have no storage. */
function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Shows a verdict as the page will. */
function showVerdict(severity, sentence) {
  const verdict = document.createElement("div");
  verdict.className = "verdict";
  verdict.dataset.severity = severity;
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  shape.setAttribute("class", "severity");
  shape.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${severity}`);
  shape.append(use);
  const words = document.createElement("p");
  words.className = "verdict__text";
  words.textContent = sentence;
  const side = document.createElement("span");
  side.className = "verdict__side";
  side.textContent = "Nothing you type leaves this page";
  verdict.append(shape, words, side);
  document.getElementById("verdict").replaceChildren(verdict);
  return verdict;
}

function sayTrouble(text, action) {
  const verdict = showVerdict("warning", text);
  verdict.setAttribute("role", "alert");
  verdict.lastChild.remove();
  if (action) {
    const button = document.createElement("button");
    button.className = "button button--edged";
    button.textContent = action.title;
    button.addEventListener("click", action.run);
    verdict.append(button);
  }
}

/** Judges the text while the page is on its way; what an address names or networks change, only the page can tell. */
function glance(judge) {
  const kept = (key) => attempt(() => localStorage.getItem(key)) ?? "";
  if (source.value.trim() === "" || location.hash.length > 2 || kept("drydock.avoid") || kept("drydock.places")) return;
  const { severity, sentence } = judge(source.value, kept("drydock.as"), kept("drydock.engine"));
  if (severity) showVerdict(severity, sentence);
}

/**
 * Fetches the wasm that knows the verdict. Once most of it has come, the page's own files are asked for: their first bytes
 * follow its last.
 */
async function fetchJudge() {
  const { content, dataset } = document.getElementById("next");
  const judge = await fetch(new URL("drydock_page_bg.wasm", import.meta.url));
  const watch = async (reader) => {
    for (let left = Number(dataset.after), part; left > 0; left -= part.value.length) {
      part = await reader.read();
      if (part.done) break;
    }
    document.head.append(content);
    reader.cancel();
  };
  // Without this the files are asked for when they are needed.
  watch(judge.clone().body.getReader()).catch(() => {});
  return judge;
}

/** Has a module fetched that is needed a little later. */
function bringAhead(module) {
  const link = document.createElement("link");
  link.rel = "modulepreload";
  link.href = module;
  document.head.append(link);
}

/** Fetches the styles of what stands around text and verdict; resolves when they are here, or cannot be had. */
function bringStyles() {
  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = new URL("parts.css", import.meta.url).href;
  return new Promise((resolve) => {
    styles.onload = styles.onerror = resolve;
    document.head.append(styles);
  });
}

if (source.value === "") {
  source.value = attempt(() => sessionStorage.getItem(CARRIED) ?? localStorage.getItem(draft())) ?? "";
}
attempt(() => sessionStorage.removeItem(CARRIED));

/** What has the keyboard for the text: the text area, later the full editor. */
let taker = source;
// What is pasted into no field is meant for the text, which has the keyboard before the browser pastes.
addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey, target }) => {
  const isPaste = (ctrlKey || metaKey) && !altKey && key.toLowerCase() === "v";
  if (isPaste && !target.closest("input, textarea, select, dialog, .editor")) taker.focus();
});

/** Keeps what is typed until the page is here, which then does so itself. */
const keep = () => attempt(() => localStorage.setItem(draft(), source.value));
source.addEventListener("input", keep);

try {
  if (typeof WebAssembly !== "object") {
    throw new TypeError("no WebAssembly");
  }
  const styled = bringStyles();
  const [{ openEditor }, page, judge] = await Promise.all([import("./editor.js"), import("./drydock_page.js"), fetchJudge()]);
  await page.default({ module_or_path: judge });
  const typed = () => glance(page.glance);
  typed();
  source.addEventListener("input", typed);
  const editor = openEditor(source);
  taker = editor;
  const addresses = [new URL("reference.json", import.meta.url).href, new URL("known-networks.json", import.meta.url).href, new URL("daemon-messages.json", import.meta.url).href];
  await styled;
  const isHere = await page.arrive();
  source.removeEventListener("input", typed);
  if (!isHere) throw new Error("the page did not come");
  // It comes while the page is drawn.
  bringAhead(new URL("codemirror.js", import.meta.url).href);
  const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 200));
  idle(() => editor.upgrade(() => import("./codemirror.js"), { hover: page.hover, complete: page.complete }));
  page.start(editor, ...addresses);
  source.removeEventListener("input", keep);
  // The text area that the link names may have given its place to the full editor.
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    editor.focus();
  });
  await editor.upgraded;
  // Without the worker only use without network is lost.
  import("./offline.js")
    .then(({ keepSite }) => keepSite(() => sessionStorage.setItem(CARRIED, editor.getText())))
    .catch(() => {});
} catch (error) {
  console.error(error);
  if (typeof WebAssembly === "object") {
    sayTrouble("The checker did not load, so nothing is checked. What you type is kept in this browser.", {
      title: "Load again",
      run: () => {
        attempt(() => sessionStorage.setItem(CARRIED, source.value));
        location.reload();
      },
    });
  } else {
    sayTrouble("This browser cannot run the checker: it needs WebAssembly, which every browser since 2017 has.");
  }
}
