// Makes editors of the code blocks of a documentation page that hold settings of the Docker daemon:
//
//   <script type="module" src="https://drydock.example/enhance.js"></script>
//
// It knows how mdBook, MkDocs, Sphinx, markdown-it and their like mark the language of a block: a class such as `json`,
// `language-json` or `highlight-json` on the block, its code or what wraps it, and `nix` and `yaml` likewise. The class
// `drydock` on a block, its code or what wraps it alone makes an editor of it whatever it holds; the class `no-drydock` there
// or further out forbids it. What follows a `?` in this script's address goes for all editors: `enhance.js?engine=28`.
//
// Commands are mostly there to be copied, so those of a page stay what they are, unless the address asks for editors of all
// that run containers: `enhance.js?commands`.

import { textOf } from "./drydock.js";

/** The settings of a daemon.json; `web/tests/enhance.rs` holds them to the table of options. */
const SETTINGS = new Set(`
  add-runtime allow-direct-routing allow-nondistributable-artifacts api-cors-header api-cors-headers api-enable-cors
  apparmor-profile authorization-plugin authorization-plugins bip bip6 bridge bridge-accept-fwmark builder cdi-spec-dir
  cdi-spec-dirs cgroup-parent cluster-advertise cluster-store cluster-store-opt cluster-store-opts config-file
  containerd containerd-namespace containerd-plugin-namespace containerd-plugins-namespace cpu-rt-period cpu-rt-runtime
  cri-containerd data-root debug default-address-pool default-address-pools default-cgroupns-mode default-gateway
  default-gateway-v6 default-init default-ipc-mode default-network-opt default-network-opts default-runtime
  default-shm-size default-stop-timeout default-ulimit default-ulimits deprecated-key-path disable-legacy-registry dns
  dns-opt dns-opts dns-search exec-opt exec-opts exec-root experimental feature features firewall-backend fixed-cidr
  fixed-cidr-v6 graph group help host host-gateway-ip host-gateway-ips hosts http-proxy https-proxy icc init init-path
  insecure-registries insecure-registry ip ip-forward ip-forward-no-drop ip-mask ip-masq ip6tables iptables ipv6 label
  labels live-restore log-driver log-format log-level log-opt log-opts max-concurrent-downloads max-concurrent-uploads
  max-download-attempts metrics-addr min-api-version mtu network-control-plane-mtu network-diagnostic-port
  no-new-privileges no-proxy node-generic-resource node-generic-resources nri-opts oom-score-adjust pidfile proxies
  raw-logs registry-mirror registry-mirrors resolv-conf restart rootless runtimes seccomp-profile selinux-enabled
  shutdown-timeout storage-driver storage-opt storage-opts swarm-default-advertise-addr swarm-raft-election-tick
  swarm-raft-heartbeat-tick tls tlscacert tlscert tlskey tlsverify userland-proxy userland-proxy-path userns-remap
  validate version
`.trim().split(/\s+/));

/** Settings whose names other programs have too: alone they tell nothing. */
const COMMON = new Set("log-format log-level no-proxy http-proxy https-proxy shutdown-timeout".split(" "));

/** Settings in one word that tell a daemon.json where all keys beside them are settings too; the last three not alone. */
const OWN = new Set("bip bip6 icc ip6tables iptables runtimes tlscacert tlsverify experimental ipv6 mtu".split(" "));
const SHARED = new Set([...OWN].slice(-3));

/** What is chosen for the daemon's settings alone, for what asks for containers, and for both. */
const OF_DAEMON = ["as", "engine", "target"];
const OF_BENCHES = ["backend", "project", "directory", "variables", "keep-clear", "pools", "secrets", "option", "profiles", "image", "platform", "firewall", "uplink", "nix", "sandbox", "cache"];
const OF_ALL = ["nixos", "view", "theme", "readonly"];
const CHOICES = [...OF_DAEMON, ...OF_ALL, ...OF_BENCHES];
const asked = [...new URL(import.meta.url).searchParams];
const takesCommands = asked.some(([name]) => name === "commands");
for (const [name] of asked) {
  if (![...CHOICES, "commands"].includes(name)) console.warn(`enhance.js?${name}: is none of ${CHOICES.join(", ")}, commands.`);
}

/** What asks for containers: the workbench, the languages of its blocks, and whether a text is meant for it. */
const BENCHES = [
  { bench: "compose", language: "ya?ml", suits: isCompose, isAsked: true },
  { bench: "run", language: "(?:ba|z)?sh|shell|shell-session|shellsession|console", suits: isRun, isAsked: takesCommands },
];

/** Longer blocks are not looked through, in UTF-16 units. */
const MOST = 65_536;

/** The blocks that were looked at. */
const seen = new WeakSet();

function enhance() {
  // React takes over only what is as it was sent.
  if (document.documentElement.dataset.hasHydrated === "false") return;
  for (const block of document.querySelectorAll("pre")) {
    if (seen.has(block) || block.closest("drydock-editor")) continue;
    seen.add(block);
    const whole = wrapping(block);
    const code = block.querySelector("code") ?? block;
    if (block.closest(".no-drydock")) continue;
    const places = [code, block, block.parentElement, whole];
    const text = textOf(code);
    const isNix = isIn("nix", places) && isModule(text);
    const isOne = isForced(places);
    const other = BENCHES.find((it) => (isOne || (it.isAsked && isIn(it.language, places))) && it.suits(text));
    if (!isOne && !isNix && !other && !(isIn("json[5c]?", places) && isDaemonJson(text, whole))) continue;
    const editor = document.createElement("drydock-editor");
    if (isNix) editor.setAttribute("as", "nixos");
    else if (other) editor.setAttribute("bench", other.bench);
    const foreign = other ? OF_DAEMON : OF_BENCHES;
    for (const [name, value] of asked) if (CHOICES.includes(name) && !foreign.includes(name)) editor.setAttribute(name, value);
    const focused = whole.contains(document.activeElement) && document.activeElement;
    const { parentNode, nextSibling } = whole;
    editor.append(whole);
    parentNode.insertBefore(editor, nextSibling);
    // What is moved loses the keyboard.
    if (focused) focused.focus({ preventScroll: true });
  }
}

/** What a generator puts around a block to highlight it. */
function wrapping(block) {
  let whole = block;
  while (whole.parentElement?.matches("div, figure") && /highlight|language-|codehilite/.test(whole.parentElement.className) && whole.parentElement.querySelectorAll("pre").length === 1) {
    whole = whole.parentElement;
  }
  return whole;
}

/** Whether the author says that it is one; what wraps other blocks too says it of none. */
function isForced(places) {
  return places.some((it) => it?.classList.contains("drydock") && it.querySelectorAll("pre").length < 2);
}

/** Whether the author says that it is in this language. */
function isIn(language, elements) {
  const named = new RegExp(`(^|[\\s-])(?:${language})(\\s|$)`);
  return elements.some((it) => named.test(it?.className ?? ""));
}

/** Whether Nix sets options of NixOS's Docker. */
function isModule(text) {
  return text.length <= MOST && /\bvirtualisation\s*(\.\s*docker\b|=\s*\{[^]*\bdocker\b)/.test(text);
}

/** Whether YAML has services of containers: other programs have services, too. */
function isCompose(text) {
  return text.length <= MOST && /^services:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*[ \t]+["'\w]/m.test(text) && /^[ \t]+(image|build):/m.test(text);
}

/** Whether a line runs a container, or makes one. */
function isRun(text) {
  return text.length <= MOST && /^[ \t]*(?:[$#%>][ \t]+)?(?:sudo[ \t]+)?(?:docker|podman)[ \t]+(?:container[ \t]+)?(?:run|create)[ \t]/m.test(text);
}

/** Whether a text is a daemon.json, by its keys, and where these tell too little, by what stands before it. */
function isDaemonJson(text, block) {
  const keys = keysOf(text);
  const known = keys.filter((key) => SETTINGS.has(key));
  if (known.length === 0 || known.length * 2 <= keys.length) return false;
  const isOwn = (key) => OWN.has(key) && known.length === keys.length && (keys.length > 1 || !SHARED.has(key));
  const tells = (key) => (key.includes("-") && !COMMON.has(key)) || isOwn(key);
  return known.some(tells) || /daemon\.json|dockerd/.test(`${block.previousElementSibling?.textContent} ${block.textContent}`);
}

/** The keys of the outermost object; none when the text is something else. It bears comments and mistakes. */
function keysOf(text) {
  const keys = [];
  if (text.length > MOST) return keys;
  let depth = 0;
  for (const [token, string, colon] of text.matchAll(/"((?:[^"\\\n]|\\.)*)"(\s*:)?|\/\/[^\n]*|\/\*[^]*?\*\/|[^\s"]/g)) {
    if (depth === 0 && token !== "{" && !token.startsWith("/")) return keys;
    if (depth === 1 && colon) keys.push(string);
    if ("{[".includes(token)) depth++;
    if ("}]".includes(token)) depth--;
  }
  return keys;
}

let waiting;
enhance();
// Some sites exchange their pages without loading anew, and Docusaurus marks when it has taken over the first one.
const changes = new MutationObserver(() => {
  waiting ??= setTimeout(() => {
    waiting = undefined;
    enhance();
  }, 100);
});
changes.observe(document.body, { childList: true, subtree: true });
changes.observe(document.documentElement, { attributeFilter: ["data-has-hydrated"] });
