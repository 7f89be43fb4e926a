// Is there an answer to whatever is given: a message that helps, or a report, and everything works afterwards?

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { drydock } from "./installed.js";

const { analyze, check, credentials, decodeLink, encodeLink, plan, print, propose } = drydock;

const before = JSON.stringify(analyze(`{ "debgu": true }`));
afterEach(() => assert.equal(JSON.stringify(analyze(`{ "debgu": true }`)), before));

const UNIQUE = Symbol("unique");
const revoked = (() => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
})();
const revokedArray = (() => {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
})();

test("says which value is of the wrong kind, and what it must be", () => {
  for (const [call, message] of [
    [() => analyze(), "text must be a string, not undefined"],
    [() => analyze(null), "text must be a string, not null"],
    [() => analyze(7), "text must be a string, not a number"],
    [() => analyze(7n), "text must be a string, not a bigint"],
    [() => analyze(UNIQUE), "text must be a string, not a symbol"],
    [() => analyze({}), "text must be a string, not an object"],
    [() => analyze([]), "text must be a string, not an array"],
    [() => analyze(() => {}), "text must be a string, not a function"],
    [() => analyze(new String("{}")), "text must be a string, not an object"],
    [() => analyze(Buffer.from("{}")), "text must be a string, not bytes; decode them as UTF-8 first"],
    [() => analyze("{}", "28.5"), "options must be an object, not a string"],
    [() => analyze("{}", []), "options must be an object, not an array"],
    [() => analyze("{}", () => {}), "options must be an object, not a function"],
    [() => analyze("{}", { engine: 28 }), `options.engine must be a string such as "28.5", not a number`],
    [() => analyze("{}", { cgroup: 2 }), `options.cgroup must be "v1" or "v2", not a number`],
    [() => analyze("{}", { swarm: "no" }), "options.swarm must be true or false, not a string"],
    [() => analyze("{}", { flags: "debug" }), `options.flags must be an array of strings such as ["debug"], not a string`],
    [() => analyze("{}", { flags: ["debug", 1] }), "flags[1] must be a string, not a number"],
    [() => analyze("{}", { flags: { length: 1, 0: "debug" } }), `options.flags must be an array of strings such as ["debug"], not an object`],
    [() => plan("{}", { count: "30" }), "options.count must be a whole number such as 30, not a string"],
    [() => plan("{}", { count: 1.5 }), "options.count must be a whole number such as 30, not a number"],
    [() => plan("{}", { count: NaN }), "options.count must be a whole number such as 30, not a number"],
    [() => propose("{}", { networks: -1 }), "options.networks must be a whole number such as 30, not a number"],
    [() => propose("{}", { containers: 2 ** 32 }), "options.containers must be a whole number such as 250, not a number"],
    [() => check(7), "text must be a string, not a number"],
    [() => check("", { choices: "podman" }), `options.choices must be an object with strings such as { backend: "podman" }, not a string`],
    [() => check("", { choices: ["podman"] }), `options.choices must be an object with strings such as { backend: "podman" }, not an array`],
    [() => check("docker run x", { choices: { backend: 1 } }), "choices.backend must be a string, not a number"],
    [() => print("{}"), "target must be a string, not undefined"],
    [() => print("{}", 1), "target must be a string, not a number"],
    [() => encodeLink(), "state.text must be a string, not undefined"],
    [() => encodeLink("{}"), "state must be an object, not a string"],
    [() => encodeLink({ text: 1 }), "state.text must be a string, not a number"],
    [() => decodeLink(1), "link must be a string, not a number"],
    [() => credentials(1), "text must be a string, not a number"],
    [
      () => analyze("{}", { engin: "28" }),
      "options.engin is not known. Use one of engine, as, cgroup, swarm, rootless, flags, nixos, stateVersion, avoid, known.",
    ],
    [
      () => plan("{}", { sort: true }),
      "options.sort is not known. Use one of engine, as, cgroup, swarm, rootless, flags, nixos, stateVersion, avoid, known, count, ipv6.",
    ],
    [() => encodeLink({ text: "{}" }, { readble: true }), "options.readble is not known. Use one of asWritten, readable."],
  ]) {
    assert.throws(call, { name: "TypeError", message }, message);
  }
});

test("says which choice there is not, and which there are", () => {
  for (const [call, message] of [
    [() => analyze("{}", { engine: "19.03" }), /^engine: `19\.03` is not an Engine version Drydock knows; choose one from 20\.10 to \d/],
    [() => analyze("{}", { as: "yaml" }), /^as: `yaml` is not known\. Use `systemd-unit`, .+ or `daemon-json`\.$/],
    [() => analyze("{}", { cgroup: "v3" }), /^cgroup: `v3` is not known\. Use v1 or v2\.$/],
    [() => analyze("{}", { nixos: "rolling" }), /^nixos: `rolling` is not a NixOS release\. Write one such as 25\.11\.$/],
    [() => print("{}", "nix-flake", { stateVersion: "25" }), /^stateVersion: `25` is not a NixOS release\./],
    [() => analyze("{}", { known: ["wifionice", "moon"] }), /^known: `moon` is not a known network\. `knownNetworks\(\)` has their ids/],
    [() => print("{}", "toml"), /^target: `toml` is not a target\. Use one of nixos-module, daemon-json, /],
    [() => check("{}", { as: "yaml" }), /^as: `yaml` is not known\. Use one of .*daemon-json, docker-run, compose, oci-containers, manifest, nixos-containers, images\.$/],
    [() => check("docker run x", { choices: { backend: "rkt" } }), /^choices\.backend: `rkt` is not possible\. Use one of docker, podman\.$/],
    [() => check("docker run x", { choices: { backnd: "docker" } }), /^choices: `backnd` is not known\. Use backend, nixos, /],
    [() => check("docker run x", { choices: { project: "a\nb" } }), /^choices\.project: `a\nb` is not possible\. Use one line\.$/],
    [() => check("docker run x", { engine: "19.03" }), /^engine: `19\.03` is not an Engine version/],
    [() => check(" ".repeat(1 << 21), { as: "compose" }), /^text is longer than 1 MiB/],
    [() => print("docker run x", "nix-flake", { as: "docker-run" }), /^target: docker run is written as oci-containers, .+, not as `nix-flake`\.$/],
    [() => encodeLink({ text: "{}", target: "toml" }), /^target: `toml` is not a target\./],
    [() => plan("{}", { count: 131_072 }), /^count must be below 131072/],
    [() => encodeLink({ text: `{ "debug": true }` }, { readable: true }), /^options\.readable: there is no readable link/],
    [() => analyze("{}", { avoid: "x".repeat((1 << 24) + 1) }), /^avoid is longer than 16777216 characters\./],
    [() => analyze("{}", { engine: "9".repeat(1_000_000) }), /^engine: /],
  ]) {
    assert.throws(call, (error) => error instanceof RangeError && message.test(error.message) && error.message.length < 400, String(message));
  }
});

test("says what is wrong with a link, and keeps what can be read of it", () => {
  const link = encodeLink({ text: `{ "debug": true } // why\n`, engine: "28.5" }, { asWritten: true });
  for (const [given, code] of [
    ["", "not-a-link"],
    ["#/rules", "not-a-link"],
    ["#v2abc", "newer"],
    [link.slice(0, -3), "cut-off"],
    [link.slice(0, -2) + link.at(-1) + link.at(-2), "damaged"],
    ["#v1" + "a".repeat(200_000), "too-long"],
    ["a".repeat(1 << 28), "too-long"],
    ["#pool=10.0.0.0/16:many", "part"],
    ["#v1\ud800", "cut-off"],
  ]) {
    assert.throws(
      () => decodeLink(given),
      (error) => error instanceof Error && error.name === "Error" && error.code === code && /\.$/.test(error.message) && (code === "cut-off") === (error.state !== undefined),
      `${given.slice(0, 40)} is ${code}`,
    );
  }
  assert.throws(() => decodeLink(link.slice(0, -3)), ({ state }) => state.engine === "28.5.2" && state.text.startsWith(`{ "debug"`));
  assert.throws(() => encodeLink({ text: "x".repeat(65_536) }), { code: "too-long" });
  assert.throws(() => encodeLink({ text: "x".repeat(1 << 28) }), { code: "too-long" });
  assert.throws(() => encodeLink({ text: "{}", avoid: "x".repeat(1 << 24) }), { code: "too-long" });
});

test("takes nothing for something: null and undefined are what is usual", () => {
  for (const options of [undefined, null, {}, Object.create(null), { engine: undefined, flags: null, known: undefined, avoid: null }]) {
    assert.deepEqual(analyze("{}", options), analyze("{}"));
  }
  class Options {
    get engine() {
      return "20.10";
    }
  }
  assert.deepEqual(analyze(`{ "bip6": "" }`, new Options()), analyze(`{ "bip6": "" }`, { engine: "20.10" }));
});

test("lets through what a getter or a proxy throws, as it is", () => {
  class Own extends Error {}
  const thrower = () => {
    throw new Own("mine");
  };
  for (const options of [
    { get engine() { return thrower(); } },
    new Proxy({}, { get: thrower }),
    new Proxy({}, { ownKeys: thrower }),
    { flags: new Proxy([], { get: thrower }) },
    { flags: [{ toString: thrower }, "x"], engine: new Proxy({}, { get: thrower, getPrototypeOf: thrower }) },
  ]) {
    assert.throws(() => analyze("{}", options), (error) => error instanceof Own || error instanceof TypeError);
  }
  for (const given of [revoked, revokedArray]) {
    assert.throws(() => analyze("{}", given), TypeError);
    assert.throws(() => analyze(given), TypeError);
    assert.throws(() => analyze("{}", { flags: given }), TypeError);
    assert.throws(() => analyze("{}", { engine: given }), TypeError);
  }
});

test("answers while it is answering", () => {
  const inner = [];
  const options = {
    get engine() {
      inner.push(analyze("[]").diagnostics.length, plan("{}").pools.length, print("{}", "nix-settings").text);
      return "28";
    },
  };
  assert.deepEqual(analyze("{}", options), analyze("{}", { engine: "28" }));
  assert.deepEqual(inner, [1, 7, "{ }\n"]);
});

test("answers to every text", () => {
  const everything = String.fromCharCode(...Array(2000).keys()) + "\ud800\udfff\udc00x\ud83d";
  const deep = (open, close, levels) => open.repeat(levels) + close.repeat(levels);
  const texts = [
    everything,
    "\ud800",
    `{ "debgu\udc00": "\ud83d" }`,
    "\0",
    "\ufeff",
    deep("[", "]", 200),
    deep("[", "]", 20_000),
    "[".repeat(1_000_000),
    `{"a":`.repeat(200_000),
    deep(`{"hosts":`, "}", 9_000),
    `{${`"debug":true,`.repeat(2_000)}}`,
    `{"default-address-pools":[${Array(2_000).fill(`{"base":"10.0.0.0/8","size":24}`).join(",")}]}`,
    `{"hosts":["${"x".repeat(1_000_000)}"]}`,
    "{" + "\n".repeat(1_000_000) + "}",
    "{}" + " ".repeat(1 << 20),
    "x".repeat(1 << 28),
    "😀".repeat(300_000),
    `{"bip":${"9".repeat(100_000)}}`,
  ];
  for (const text of texts) {
    const name = `${text.length} units from ${JSON.stringify(text.slice(0, 20))}`;
    const { verdict, diagnostics } = analyze(text);
    assert.equal(typeof verdict, "string", name);
    for (const { span, line, column } of diagnostics) {
      assert.ok(span.start <= span.end && span.end <= text.length && line > 0 && column > 0, name);
    }
    if (Buffer.byteLength(text) <= 1 << 20) {
      assert.equal(typeof plan(text).summary, "string", name);
      propose(text, { avoid: "172.18.0.0/16" });
    }
    assert.equal(typeof plan("{}", { avoid: text.slice(0, 100_000) }).summary, "string", name);
    assert.equal(typeof print(text, "nixos-module").text, "string", name);
    credentials(text);
    assert.throws(() => decodeLink(text.slice(0, 100_000)), Error);
    if (text.length < 10_000) {
      assert.equal(decodeLink(encodeLink({ text }, { asWritten: true })).text, text.toWellFormed?.() ?? text.replace(/\p{Surrogate}/gu, "\ufffd"), name);
    }
  }
});

test("says that a text is too long to be read, and holds no more of it than it needs", () => {
  const { diagnostics } = analyze("{}" + " ".repeat(1 << 20));
  assert.deepEqual(
    diagnostics.map((it) => [it.id, it.span, it.line, it.column]),
    [["not-checked-here", { start: 0, end: 0 }, 1, 1]],
  );
  for (const long of ["{}" + " ".repeat(1 << 20), "x".repeat(1 << 28)]) {
    assert.deepEqual(analyze(long).diagnostics, diagnostics);
    assert.match(print(long, "daemon-json").error.message, /^A text of more than 1 MiB is not read/);
    assert.throws(() => plan(long), { name: "RangeError", message: /^text is longer than 1 MiB/ });
    assert.throws(() => propose(long), { name: "RangeError", message: /^text is longer than 1 MiB/ });
  }
});

test("answers when the stack is nearly used up", () => {
  const text = `{"a":`.repeat(100_000);
  let deepest = 0;
  const dig = (level) => {
    deepest = level;
    dig(level + 1);
  };
  assert.throws(() => dig(1), RangeError);
  const climb = (level, then) => (level > 0 ? climb(level - 1, then) : then());
  for (const share of [0.2, 0.9, 0.99, 0.999]) {
    try {
      assert.equal(typeof climb(Math.floor(deepest * share), () => analyze(text)).verdict, "string");
    } catch (error) {
      assert.ok(error instanceof RangeError, error);
    }
  }
});

test("gives answers that do not hang together", () => {
  const first = analyze(`{ "debgu": true }`);
  first.diagnostics[0].span.start = -1;
  first.diagnostics.length = 0;
  assert.equal(JSON.stringify(analyze(`{ "debgu": true }`)), before);
});
