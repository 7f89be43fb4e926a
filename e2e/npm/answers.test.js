// Does the package say what real daemons said, and what the terminal program says?

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { drydock, inTerminal, root } from "./installed.js";

const { analyze, benches, check, decodeLink, encodeLink, knownNetworks, plan, print, propose, targets } = drydock;

const inTests = (name) => readFileSync(path.join(root, "core/tests", name), "utf8").trim().split("\n");
const vectors = inTests("vectors/verdicts.jsonl").map((line) => JSON.parse(line));
const engines = { "20.10": "20.10.24", 26.1: "26.1.5", 28.5: "28.5.2", 29.7: "29.7.2" };

const POOLS = `{
  // Größe, and 😀: what is wide must not shift what follows
  "default-address-pools": [{ "base": "10.201.0.0/16", "size": 24 }, { "base": "fd00:1::/48", "size": 64 }],
  "bip": "10.200.0.1/24", "ipv6": true
}
`;
const TEXTS = ["{}", "", POOLS, `{ "default-address-pools": [{ "base": "10.0.0.0/8", "size": 16 }, { "base": "10.9.0.0/16", "size": 24 }], "log-opts": { "max-size": "10m" } }`, `{ "debgu": true, "log-driver": "jornald" }`];

test("judges as real daemons did", () => {
  for (const { what, text, accepts, starts = {} } of vectors) {
    for (const [line, accepted] of Object.entries(accepts)) {
      const errors = analyze(text, { engine: engines[line], cgroup: "v1" }).diagnostics.filter((it) => it.severity === "error");
      assert.equal(!errors.some((it) => it.stage === "load"), accepted, `${what}, by ${line}`);
      assert.equal(errors.length === 0, starts[line] ?? errors.length === 0, `${what}, started by ${line}`);
    }
  }
});

/** A diagnostic of the terminal program, its bytes and characters counted as JavaScript counts. */
function inUnits(text, it) {
  const bytes = Buffer.from(text);
  const units = (at) => bytes.subarray(0, at).toString().length;
  const span = ({ start, end }) => ({ start: units(start), end: units(end) });
  const start = units(it.span.start);
  return {
    ...it,
    span: span(it.span),
    column: start - text.lastIndexOf("\n", start - 1),
    related: it.related.map((it) => ({ ...it, span: span(it.span) })),
    fixes: it.fixes.map((it) => ({ ...it, edits: it.edits.map((it) => ({ ...it, span: span(it.span) })) })),
  };
}

test("says of each configuration what the terminal says, counted in UTF-16 units", () => {
  const texts = [...vectors.map((it) => it.text), ...TEXTS, "{ \"größe\": \"😀\", \"debug\": 1 }", "\ufeff{ \"debgu\": 1 }\r\n"];
  texts.forEach((text, index) => {
    const engine = Object.values(engines)[index % 4];
    const told = JSON.parse(inTerminal(["check", "--format", "json", "--cgroup", "v1", "--flag", "--debug", "--engine", engine, "-"], text));
    const { diagnostics } = analyze(text, { engine, cgroup: "v1", flags: ["--debug"] });
    assert.deepEqual(diagnostics, told.diagnostics.map((it) => inUnits(text, it)), text);
  });
});

test("counts places so that they can be cut out and edited", () => {
  const text = `{\n  "größe 😀": 1, "debug": "yes",\n}\n`;
  const { diagnostics } = analyze(text);
  const unknown = diagnostics.find((it) => it.id === "unknown-key");
  assert.equal(text.slice(unknown.span.start, unknown.span.end), `"größe 😀"`);
  assert.deepEqual([unknown.line, unknown.column], [2, 3]);
  const wrong = diagnostics.find((it) => it.id === "wrong-type");
  assert.equal(text.slice(wrong.span.start, wrong.span.end), `"yes"`);
  assert.deepEqual([wrong.line, wrong.column], [2, text.split("\n")[1].indexOf(`"yes"`) + 1]);
  const comma = diagnostics.find((it) => it.id === "trailing-comma");
  assert.equal(edited(text, comma.fixes[0].edits), text.replace(",\n}", "\n}"));
});

function edited(text, edits) {
  return edits.reduceRight((text, { span, text: by }) => text.slice(0, span.start) + by + text.slice(span.end), text);
}

test("prints for every target what the terminal prints", () => {
  assert.ok(targets().length > 3);
  for (const text of TEXTS) {
    for (const { id, file } of targets()) {
      const printed = print(text, id, { sort: true, nixos: "25.11", stateVersion: "24.05" });
      const told = inTerminal(["print", "--to", id, "--sort", "--nixos", "25.11", "--state-version", "24.05", "-"], text);
      assert.equal(printed.text, told, `${id}: ${text}`);
      assert.equal(printed.file, file);
      // Shell words go without quotes where they can.
      const quoted = /\.(nix|json)$/.test(file) ? printed.spans.filter((it) => it[1] === "string") : [];
      for (const [span, role] of quoted) {
        assert.match(printed.text.slice(span.start, span.end), /^("|'')[^]*\1$/, role);
      }
    }
  }
  assert.equal(print("[]", "daemon-json").text, "");
  assert.match(print("[]", "daemon-json").error.message, /a daemon.json is one object/);
});

test("reads what the terminal reads, whatever it is written in", () => {
  const text = "dockerd --bip 10.9.0.1/24 --debgu";
  for (const [words, options] of [
    [[], {}],
    [["--as", "dockerd-flags"], { as: "dockerd-flags" }],
    [["--as", "daemon-json"], { as: "daemon-json" }],
  ]) {
    const told = JSON.parse(inTerminal(["check", "--format", "json", ...words, "-"], text));
    const { diagnostics } = analyze(text, options);
    assert.ok(diagnostics.length > 0);
    assert.deepEqual(diagnostics.map((it) => it.message), told.diagnostics.map((it) => it.message));
  }
});

/** Texts of every workbench, by what they are written in. */
const OF_BENCHES = {
  "docker-run": ["docker run -d --name größe -p 8080:80 --memroy 1g nginx\n", "docker run --privileged=maybe\n", "docker run --name web -p 53:53/udp -v data:/d --restart always nginx:1.29"],
  compose: [
    "services:\n  größe:\n    image: nginx:1.29 # 😀\n    ports: ['8080:80']\n    profiles: [debug]\n    cpu_count: 2\n",
    "services:\n  web:\n    imag: nginx\n    depends_on: [db]\n",
  ],
  "oci-containers": [
    `{ virtualisation.oci-containers.containers.web = { image = "nginx:1.29"; ports = [ "8080:80" ]; pull = "newest"; }; }`,
    `{\n  project.name = "größe";\n  services.web.service = { image = "nginx:1.29"; restart = "always"; };\n}\n`,
  ],
  manifest: [
    `# größe\n{ "schemaVersion": 2, "config": { "digest": "sha256:${"0a".repeat(32)}" }, "layers": [{ "digest": "sha256:00" }] }\n`,
    `{ "schemaVersion": 2, "manifests": [{ "digest": "sha256:${"0a".repeat(32)}", "platform": { "os": "linux", "architecture": "arm64" } }] }\n`,
  ],
  "nixos-containers": [
    `{ containers.größe = { privateNetwork = true; localAddress = "10.7.0.2"; config = { }; }; } # 😀\n`,
    `networking.nat.internalInterfaces = [ "ve-*" ];\ncontainers.web = {\n  privateNetwork = true;\n  hostBridge = "br0";\n  config.services.nginx.enable = true;\n};\n`,
  ],
  images: [
    `# größe\nFROM python:3.12-slim\nENV A=1\nRUN npm ci && mkdir /data\nCMD python app.py\n`,
    `{ pkgs ? import <nixpkgs> { } }:\npkgs.dockerTools.buildImage {\n  name = "größe";\n  contents = [ pkgs.hello ];\n  diskSize = 512;\n}\n`,
  ],
};
const AROUND = [
  [{}, []],
  [{ choices: { backend: "podman", project: "shop", profiles: "debug" }, nixos: "25.11" }, ["--backend", "podman", "--project", "shop", "--nixos", "25.11"]],
];

const AROUND_NATIVE = [
  [{}, []],
  [{ choices: { firewall: "nftables", uplink: "enp3s0" }, nixos: "25.11" }, ["--firewall", "nftables", "--uplink", "enp3s0", "--nixos", "25.11"]],
];

const AROUND_IMAGES = [
  [{}, []],
  [{ choices: { image: "debian:12", platform: "linux/arm64" } }, ["--image", "debian:12", "--platform", "linux/arm64"]],
];

const AROUND_BUILDS = [
  [{}, []],
  [{ choices: { image: "shop/web:2", nix: "channels", cache: "mount" } }, ["--image", "shop/web:2", "--nix", "channels,cache"]],
];
const AROUND_OF = { manifest: AROUND_IMAGES, "nixos-containers": AROUND_NATIVE, images: AROUND_BUILDS };

test("says of texts of every workbench what the terminal says", () => {
  for (const [as, texts] of Object.entries(OF_BENCHES)) {
    for (const text of texts) {
      const told = JSON.parse(inTerminal(["check", "--format", "json", "-"], text));
      const recognised = check(text);
      assert.equal(recognised.as, as, text);
      assert.deepEqual(recognised.diagnostics, told.diagnostics.map((it) => inUnits(text, it)), text);
      assert.deepEqual(check(text, { as }), recognised, text);
      assert.ok(inTerminal(["check", "-"], text).endsWith(`${recognised.verdict}\n`), text);
    }
  }
  const routed = { avoid: "172.28.0.0/16", choices: { pools: "10.201.0.0/16 size 24" } };
  const text = "services: {web: {image: 'x:1', networks: [n]}}\nnetworks: {n: {ipam: {config: [{subnet: 172.28.1.0/24}]}}}\n";
  assert.ok(check(text, { as: "compose", ...routed }).diagnostics.some((it) => it.id === "subnet-in-the-way"));
  assert.ok(check(text, { as: "compose", known: ["wifionice"] }).diagnostics.every((it) => it.id !== "subnet-in-the-way"));
});

test("says of settings of the daemon what analyze says", () => {
  for (const text of TEXTS) {
    const { verdict, diagnostics } = analyze(text, { engine: "28.5" });
    assert.deepEqual(check(text, { engine: "28.5" }), { as: "daemon-json", verdict, diagnostics }, text);
  }
  assert.equal(check("dockerd --debug").as, "dockerd-flags");
  assert.equal(check("{ virtualisation.docker.enable = true; }").as, "nixos");
  assert.equal(check("services:\n  a: {}\n", { as: "daemon-json" }).as, "daemon-json");
});

test("writes texts of workbenches down for every target as the terminal does, and says what became of each part", () => {
  for (const { as, targets } of benches()) {
    assert.ok(targets.length > 3, as);
    for (const text of OF_BENCHES[as]) {
      for (const [options, words] of AROUND_OF[as] ?? AROUND) {
        const profiles = as === "compose" && options.choices ? ["--profiles", "debug"] : [];
        for (const { id, file } of targets) {
          const printed = print(text, id, options);
          assert.equal(printed.text, inTerminal(["print", "--to", id, ...words, ...profiles, "-"], text), `${id}: ${text}`);
          assert.equal(printed.file, file);
          assert.deepEqual(print(text, id, { as, ...options }), printed);
          for (const { span, what, word } of printed.parts) {
            assert.ok(word.length > 0 && (span === null || text.slice(span.start, span.end).startsWith(what.split(" ")[0])), what);
          }
        }
      }
    }
  }
  const { parts } = print(OF_BENCHES.compose[0], "oci-containers");
  assert.ok(parts.some((it) => it.what === "cpu_count: 2" && it.word === "left out" && it.severity !== null));
  assert.match(print("{}", "oci-containers").error.message, /^Settings of the daemon are not written as oci-containers\./);
  assert.deepEqual(print("{}", "nix-flake").parts, []);
});

test("lists what there is to choose on every workbench", () => {
  const ofDaemon = targets().map((it) => it.id);
  for (const { as, targets, choices } of benches()) {
    assert.ok(!targets.some((it) => ofDaemon.includes(it.id)), as);
    for (const { id, usual, values } of choices) {
      assert.ok(values === null || values.some((it) => it.value === usual), `${as} ${id}`);
      check("", { as, choices: { [id]: usual } });
    }
  }
  assert.deepEqual(benches().map((it) => it.as), ["docker-run", "compose", "oci-containers", "manifest", "nixos-containers", "images"]);
});

test("plans what the terminal foretells", () => {
  for (const text of TEXTS) {
    for (const [words, options] of [
      [[], {}],
      [["--count", "40", "--swarm"], { count: 40, swarm: true }],
      [["-6"], { ipv6: true }],
      [["--engine", "26"], { engine: "26" }],
    ]) {
      const told = JSON.parse(inTerminal(["networks", "--format", "json", ...words, "-"], text));
      const { forecast } = plan(text, options);
      assert.deepEqual(forecast?.steps ?? null, told.steps, text);
      assert.deepEqual(forecast?.moreSkipped ?? null, told.more_skipped);
      assert.equal(Math.min(forecast?.left ?? 0, 2 ** 64), told.left ?? 0);
    }
  }
});

test("plans around the networks that are given as text", () => {
  const routes = "default via 172.18.0.1 dev wlan0\n172.18.0.0/16 dev wlan0 proto kernel scope link src 172.18.5.7\n";
  const { clearance, forecast, summary, docker0, pools } = plan("{}", { avoid: routes, count: 2 });
  assert.equal(summary, "30 networks for your own use, 4,093 to 65,533 containers each");
  assert.deepEqual([docker0.origin, docker0.pool, docker0.subnet, docker0.address], ["pool", 0, "172.17.0.0/16", "172.17.0.1"]);
  assert.deepEqual(forecast.steps, [
    { subnet: "172.17.0.0/16", network: "docker0", over: null },
    { skipped: "172.18.0.0/16", count: 1, by: "172.18.0.0/16", cause: "reserved" },
    { subnet: "172.19.0.0/16", network: "1", over: null },
    { subnet: "172.20.0.0/16", network: "2", over: null },
  ]);
  assert.equal(clearance.outlook, "unsure");
  assert.deepEqual(clearance.hits[0].widest, { subnet: "172.18.0.0/16", name: "wlan0", role: "on-link-route", informs: null });
  assert.deepEqual([pools.length, pools[0].fate, pools[0].span], [7, "used", null]);

  const listed = plan("{}", { known: ["wifionice"] }).clearance;
  assert.deepEqual([listed.outlook, listed.hits[0].stepsAside, listed.hits[0].first.subnet], ["collides", false, "172.18.0.0/16"]);
  assert.equal(plan("{}").clearance, null);

  // Nobody knows which part of its block such a network takes: it counts only where nothing else collides.
  const vague = knownNetworks().find((it) => it.informs !== null && it.subnets[0] === "172.16.0.0/12");
  const perhaps = plan("{}", { known: [vague.id] }).clearance;
  assert.deepEqual([perhaps.outlook, perhaps.hits[0].widest.informs], ["perhaps", vague.informs]);
  const surely = plan("{}", { known: [vague.id], avoid: "172.18.0.0/16" }).clearance;
  assert.deepEqual([surely.outlook, surely.given, surely.hits[0].widest.subnet, surely.hits[0].first.with.subnet], ["collides", 2, "172.18.0.0/16", "172.18.0.0/16"]);

  const nested = plan(TEXTS[3]);
  assert.deepEqual(nested.pools.map((it) => [it.base, it.fate, it.other]), [["10.0.0.0/8", "used", null], ["10.9.0.0/16", "dropped", 0]]);
  assert.equal(TEXTS[3].slice(nested.pools[1].span.start, nested.pools[1].span.end), `{ "base": "10.9.0.0/16", "size": 24 }`);
});

test("a plan that the text does not tell has no numbers", () => {
  const module = (settings) => `{ config, ... }: { virtualisation.docker.daemon.settings = { ${settings} }; }`;
  const pools = 'default-address-pools = [ { base = "10.9.0.0/16"; size = 24; } ];';
  const { unknown, summary, networks, left, docker0, forecast, ...told } = plan(module(`${pools} bip = config.x;`));
  assert.deepEqual([unknown, networks, left, docker0, forecast, told.pools], ["bip", null, null, null, null, []]);
  assert.equal(summary, "Which subnets networks get is not known: the text does not tell `bip`");
  const known = plan(module(pools));
  assert.deepEqual([known.unknown, known.networks, known.docker0.subnet], [null, 256, "10.9.0.0/24"]);
});

test("proposes what the terminal proposes", () => {
  for (const [text, clearOf, options] of [
    ["{}", ["wifionice"], { known: ["wifionice"] }],
    [POOLS, ["10.201.0.0/16"], { avoid: "10.201.0.0/16" }],
    ["{}", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"], { avoid: "10.0.0.0/8\n172.16.0.0/12\n192.168.0.0/16\n" }],
  ]) {
    const words = clearOf.flatMap((it) => ["--clear-of", it]);
    const told = JSON.parse(inTerminal(["propose", "--format", "json", ...words, "-"], text));
    const { proposals, impossible } = propose(text, options);
    const plain = (it) => Number(it.replaceAll(",", "").replace(/^2\^(\d+)$/, (_, exponent) => String(2 ** Number(exponent))));
    assert.deepEqual(
      proposals.map(({ edits, ...it }) => it),
      told.proposals.map((it) => ({ ...it, networks: plain(it.networks), containers: plain(it.containers) })),
    );
    proposals.forEach((it) => assert.equal(edited(text, it.edits), it.text));
    assert.deepEqual(impossible && { sentence: impossible.sentence, give_up: impossible.giveUp }, told.impossible);
  }
});

test("opens every link that was ever made, and makes the same", () => {
  for (const line of inTests("links/golden-v1.txt").filter((line) => !line.startsWith("#"))) {
    const [link, opens] = line.split("\t");
    const { settings, text, state_version: stateVersion, ...state } = JSON.parse(opens);
    const opened = decodeLink(`https://example.com/drydock/#${link}`);
    const { text: openedText, ...openedState } = opened;
    assert.deepEqual(openedState, { ...state, stateVersion });
    assert.ok(text === undefined || text === openedText, link);
    assert.ok(settings === undefined || JSON.stringify(JSON.parse(openedText)) === settings, link);
    assert.equal(decodeLink(encodeLink(opened, { asWritten: true })).text, openedText);
  }
});

test("makes the links of the terminal", () => {
  for (const text of TEXTS) {
    assert.equal(encodeLink({ text }), inTerminal(["link", "encode", "-"], text).trim());
    assert.equal(
      encodeLink({ text, engine: "28.5", swarm: true, target: "nix-flake", view: "pools", known: ["wifionice"] }, { asWritten: true }),
      inTerminal(["link", "encode", "--engine", "28.5", "--swarm", "--target", "nix-flake", "--view", "pools", "--clear-of", "wifionice", "--as-written", "-"], text).trim(),
    );
  }
  const text = `{ "bip": "10.200.0.1/24" }`;
  assert.equal(encodeLink({ text }, { readable: true }), inTerminal(["link", "encode", "--readable", "-"], text).trim());
  assert.deepEqual(JSON.parse(decodeLink("#check=172.18.0.0/16&pool=10.201.0.0/16:24").text), { "default-address-pools": [{ base: "10.201.0.0/16", size: 24 }] });
});

test("a link says what its text is written in where it does not look like it", () => {
  const text = "--debug";
  const opened = decodeLink(encodeLink({ text, as: "dockerd-flags" }, { asWritten: true }));
  assert.equal(opened.as, "dockerd-flags");
  assert.deepEqual(analyze(opened.text, opened).diagnostics, analyze(text, { as: "dockerd-flags" }).diagnostics);
  assert.ok(!("as" in decodeLink(encodeLink({ text: "{}" }))));
});

test("takes what a link holds as options", () => {
  const link = decodeLink(encodeLink({ text: "{}", avoid: "172.18.0.0/16", known: ["wifionice"], engine: "28.5", rootless: true }));
  assert.equal(plan(link.text, link).clearance.outlook, "collides");
  for (const answer of [analyze, plan, propose]) {
    assert.deepEqual(answer(link.text, link), answer("{}\n", { avoid: "172.18.0.0/16", known: ["wifionice"], engine: "28.5", rootless: true }));
  }
  assert.equal(print(link.text, "daemon-json", link).text, "{}\n");
});

test("finds what must not be shared, and knows the networks of travellers", () => {
  const text = `{ "proxies": { "http-proxy": "http://me:größe@proxy:80" }, "x": "ghp_0123456789abcdefghij" }`;
  const found = drydock.credentials(text);
  assert.deepEqual(
    found.map((it) => it.message),
    ["A URL holds a password", "This looks like an access token"],
  );
  assert.match(text.slice(found[1].span.start, found[1].span.end), /^"?ghp_0123456789abcdefghij"?$/);
  const ice = knownNetworks().find((it) => it.id === "wifionice");
  assert.deepEqual([ice.kind, ice.subnets, ice.informs], ["train", ["172.18.0.0/16"], null]);
});
