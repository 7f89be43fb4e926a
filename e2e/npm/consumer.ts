// What somebody writes against the package; compiled, never run.

import {
  analyze,
  benches,
  check,
  credentials,
  decodeLink,
  encodeLink,
  init,
  knownNetworks,
  plan,
  print,
  propose,
  targets,
  version,
  type CheckOptions,
  type Choices,
  type Diagnostic,
  type Link,
  type LinkErrorCode,
  type LinkFailure,
  type Report,
  type Severity,
  type Stage,
} from "drydock";

await init();
await init(new Uint8Array());
await init("/assets/drydock.wasm");
await init(Promise.resolve(new ArrayBuffer(8)));

const said: unknown[] = [];
const say = (...values: unknown[]) => said.push(values);

const choices: Choices = { engine: "28.5", as: "daemon-json", cgroup: "v1", swarm: true, rootless: false, flags: ["debug"], avoid: "10.0.0.0/8", known: ["wifionice"] };
const report: Report = analyze("{}", choices);
const verdict: string = report.verdict;

function shown({ id, severity, stage, span, line, column, message, why, help, related, fixes }: Diagnostic): string {
  const words: Record<Severity, string> = { error: "Error", warning: "Warning", hint: "Hint" };
  const when: Stage | null = stage;
  const edited = fixes.flatMap((fix) => fix.edits.map((edit) => edit.text.slice(edit.span.start)));
  return [words[severity], id, when ?? "", line + column, span.end - span.start, message, why, help, related[0]?.label, fixes[0]?.safe, ...edited].join(" ");
}
report.diagnostics.map(shown);

const printed = print("{}", "nix-flake", { ...choices, sort: true });
for (const [span, role] of printed.spans) {
  const piece: string = printed.text.slice(span.start, span.end);
  say(piece, role === "key");
}
say(printed.error?.message.length, printed.steps[0]?.lines.join("\n"));

const containers: CheckOptions = { as: "compose", choices: { backend: "podman" }, nixos: "25.11" };
const checked = check("services: {}", containers);
say(checked.as, checked.verdict, checked.diagnostics.map(shown));
for (const { what, word, how, severity, span } of print("services: {}", "oci-containers", containers).parts) {
  say(what, word, how, severity === "warning", span?.start);
}
for (const { as, targets, choices } of benches()) {
  say(as, targets[0]?.file, choices.map((it) => it.values?.[0]?.value ?? it.usual));
}

const planned = plan("{}", { ...choices, count: 30, ipv6: true });
const networks: number | null = planned.networks;
for (const step of planned.forecast?.steps ?? []) {
  say("subnet" in step ? [step.network, step.subnet, step.over] : [step.skipped, step.count, step.cause]);
}
const first: string | undefined = planned.clearance?.hits[0]?.widest?.subnet;

const proposed = propose("{}", { networks: 10, containers: 100 });
say(proposed.proposals[0]?.pools[0]?.base, proposed.impossible?.giveUp[0]);

const opened: Link = decodeLink(encodeLink({ text: "{}" }, { asWritten: true }));
analyze(opened.text, opened);
encodeLink(opened);
encodeLink({ ...choices, text: "{}", view: "pools" });
let code: LinkErrorCode = "cut-off";
try {
  decodeLink("#v1");
} catch (error) {
  const failure = error as Error & LinkFailure;
  code = failure.code;
  say(failure.message, failure.state?.text);
}

say(verdict, networks, first, code, credentials("{}")[0]?.message, targets()[0]?.id, knownNetworks()[0]?.subnets, version());

// @ts-expect-error a text is a string
analyze(1);
// @ts-expect-error an Engine is named by a string
analyze("{}", { engine: 28 });
// @ts-expect-error there is no such option
analyze("{}", { engin: "28" });
// @ts-expect-error a choice is a string
check("", { choices: { backend: 1 } });
// @ts-expect-error settings of the daemon have no such choices
analyze("{}", { choices: {} });
// @ts-expect-error there is no third hierarchy
analyze("{}", { cgroup: "v3" });
// @ts-expect-error a target is needed
print("{}");
// @ts-expect-error analyze foretells nothing
analyze("{}", { count: 3 });
// @ts-expect-error a link holds a text
encodeLink({ engine: "28" });
// @ts-expect-error that is no wasm
await init(1);
