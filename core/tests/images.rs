//! What is read and written of images, held against those who read it: Nix with functions that say what they were asked for,
//! and a reader of Dockerfiles by others.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "real programs are asked")]

use std::process::Command;

use drydock::{
    bench::{Chosen, Examined, Line, Request, Written, alone, find, of_dialect},
    images::{CACHE, NIX, SANDBOX, WORKBENCH, dockerfile::Dockerfile},
    manifest::IMAGE,
    rule::diagnostic::Severity,
};
use proptest::prelude::*;

fn request(text: &str) -> Request {
    Request { text: text.to_owned(), ..Request::default() }
}

fn written(request: &Request, target: &str) -> (Examined, Written) {
    let examined = (WORKBENCH.examine)(request);
    let target = WORKBENCH.targets.iter().find(|it| it.id == target).expect("a target");
    let written = (target.write)(request, &examined, target);
    (examined, written)
}

fn printed(text: &str, target: &str) -> String {
    let written = written(&request(text), target).1;
    assert_eq!(written.printed.error, None, "{target}: {text}");
    written.printed.text.clone()
}

fn example(id: &str) -> &'static str {
    WORKBENCH.examples.iter().find(|it| it.id == id).expect("an example").text
}

#[test]
fn what_is_found_in_the_examples_and_written_for_them() {
    for example in WORKBENCH.examples {
        let request = request(example.text);
        let examined = (WORKBENCH.examine)(&request);
        let found = examined.diagnostics.iter().map(|it| {
            format!(
                "{} {}: {} [{}]\n",
                it.severity,
                it.rule,
                it.message,
                it.span.of(example.text).lines().next().unwrap_or_default()
            )
        });
        let found: String = found.collect();
        let results = WORKBENCH.targets.iter().map(|target| {
            let (_, Written { printed, parts, steps }) = written(&request, target.id);
            let said =
                printed.error.iter().chain(&printed.notes).map(|it| format!("{}: {}\n", it.severity, it.message));
            let parts = parts.iter().map(|it| format!("- {} {}: {}\n", it.word, it.what, it.how));
            let lines = steps.iter().flat_map(|it| &it.lines).map(|it| format!("$ {it}\n"));
            let said: String = said.chain(parts).chain(lines).collect();
            format!("── {} ──\n{}{said}", target.id, printed.text)
        });
        let results: Vec<String> = results.collect();
        insta::assert_snapshot!(
            format!("images_{}", example.id),
            format!("{}\n{found}\n{}", examined.conclusion, results.join("\n"))
        );
    }
}

#[test]
fn every_example_opens_on_its_bench() {
    for example in WORKBENCH.examples {
        assert_eq!(alone(example.text), find("images"), "{}", example.id);
    }
    assert_eq!(of_dialect("dockerfile"), find("images"));
}

/// nixpkgs, as far as it says what its functions were asked for.
///
/// Sources: nixpkgs `pkgs/build-support/docker/default.nix`; nlewo/nix2container `default.nix`;
/// pdtpartners/nix-snapshotter `package.nix`
const STAND_INS: &str = r#"
  package = name: { outPath = "/nix/store/${name}"; type = "derivation"; inherit name; override = _: package name; };
  plain = args@{ name, tag ? null, fromImage ? null, fromImageName ? null, fromImageTag ? null, copyToRoot ? null, keepContentsDirlinks ? false, config ? null, architecture ? "amd64", variant ? null, extraCommands ? "", uid ? 0, gid ? 0, runAsRoot ? null, diskSize ? 1024, buildVMMemorySize ? 512, created ? "1970-01-01T00:00:01Z", compressor ? "gz", includeNixDB ? false, contents ? null, meta ? { } }:
    { made = "plain"; outPath = "/nix/store/image"; type = "derivation"; inherit args; };
  layered = made: args@{ name, tag ? null, fromImage ? null, contents ? [ ], config ? { }, architecture ? "amd64", variant ? null, created ? "1970-01-01T00:00:01Z", mtime ? "1970-01-01T00:00:01Z", uid ? 0, gid ? 0, uname ? "root", gname ? "root", maxLayers ? 100, extraCommands ? "", fakeRootCommands ? "", enableFakechroot ? false, includeStorePaths ? true, includeNixDB ? false, passthru ? { }, meta ? { }, layeringPipeline ? null, debug ? false, compressor ? "gz" }:
    assert maxLayers > 1; { inherit made args; outPath = "/nix/store/image"; type = "derivation"; };
  nix2container.buildImage = args@{ name, tag ? null, config ? { }, layers ? [ ], copyToRoot ? null, fromImage ? "", arch ? "amd64", perms ? [ ], maxLayers ? 1, initializeNixDatabase ? false, nixUid ? 0, nixGid ? 0, created ? "0001-01-01T00:00:00Z", contents ? null, meta ? { } }:
    { made = "nix2container"; inherit args; };
  nix2container.pullImage = { imageName, imageDigest, sha256, os ? "linux", arch ? "amd64", tlsVerify ? true, name ? "x" }: package imageName;
  snapshotter = args@{ name, tag ? "latest", resolvedByNix ? false, fromImage ? null, copyToRoot ? null, config ? { } }:
    { made = "nix-snapshotter"; inherit args; };
  call = f: more: f (builtins.intersectAttrs (builtins.functionArgs f) pkgs // more);
  named = builtins.listToAttrs (map (name: { inherit name; value = package name; }) [ "hello" "redis" "curl" "nginx" "python312" "libpq" "bashInteractive" "coreutils" "nix" "go" "busybox" ]);
  pkgs = named // {
    inherit pkgs;
    callPackage = f: more: if builtins.isPath f then package (baseNameOf f) else call f more;
    lib.fakeHash = "fake";
    lib.toList = it: if builtins.isList it then it else [ it ];
    runtimeShell = "/bin/sh";
    stdenv.hostPlatform.system = "x86_64-linux";
    dockerTools = {
      buildImage = plain;
      buildLayeredImage = layered "layered";
      streamLayeredImage = layered "stream";
      pullImage = { imageName, imageDigest, os ? "linux", arch ? "amd64", hash ? "", sha256 ? "", tlsVerify ? true, finalImageName ? imageName, finalImageTag ? "latest", name ? "" }: package imageName;
      caCertificates = package "caCertificates";
      fakeNss = package "fakeNss";
      binSh = package "binSh";
      shadowSetup = "setup";
    };
    nix-snapshotter.buildImage = snapshotter;
    buildEnv = { name, paths, pathsToLink ? [ "/" ] }: package name;
    linkFarm = name: entries: package name;
    runCommand = name: env: script: package name;
    writeText = name: text: package name;
    writeShellScript = name: text: package (builtins.seq (builtins.stringLength text) name);
    fetchurl = { url, hash }: package "fetched";
    buildGoModule = { pname, version, src, vendorHash }: package pname;
    buildNpmPackage = { pname, version, src, npmDepsHash }: package pname;
    python3Packages = { setuptools = package "setuptools"; buildPythonApplication = { pname, version, src, pyproject, build-system }: package pname; };
    rustPlatform.buildRustPackage = { pname, version, src, cargoLock }: package pname;
  };
  self = { lastModifiedDate = "20240920150933"; packages.x86_64-linux = { load = "/load"; }; };
  nixpkgs = { legacyPackages.x86_64-linux = pkgs; legacyPackages.aarch64-linux = pkgs; lib.genAttrs = names: f: builtins.listToAttrs (map (name: { inherit name; value = f name; }) names); };
"#;

/// What Nix says of an expression in which these stand for nixpkgs; `None` without Nix.
fn evaluate(expression: &str) -> Option<serde_json::Value> {
    let whole = format!("let{STAND_INS}in {expression}");
    let mut command = Command::new("nix-instantiate");
    let output = match command.args(["--eval", "--strict", "--json", "--expr", &whole]).output() {
        Ok(output) => output,
        Err(_) => {
            println!("SKIPPED: there is no nix-instantiate to evaluate what is printed");
            return None;
        }
    };
    assert!(output.status.success(), "{expression}\n{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).expect("JSON"))
}

/// The arguments that the one image of a file is made with.
fn arguments(file: &str) -> Option<serde_json::Value> {
    evaluate(&format!(
        "let it = ({file}); image = if builtins.isFunction it then it (builtins.intersectAttrs (builtins.functionArgs it) {{ inherit pkgs nix2container; }}) else it; in {{ inherit (image) made; args = builtins.mapAttrs (_: it: if builtins.isAttrs it && it ? name then it.name else it) image.args; }}"
    ))
}

#[test]
fn nix_hands_over_what_the_dockerfile_said() {
    let text = "FROM python:3.12-slim\nENV A=1\nENV B=\"${A} ${x\"\nEXPOSE 80 53/udp\nWORKDIR /srv\nCOPY app ./app\nRUN mkdir -p '/data' && echo \"''${HOME} '$'{A}\"\nRUN mkdir /x'${y'\nUSER 1000\nLABEL a.b=\"c \\\"d\\\"\"\nVOLUME /data\nCMD [\"python\", \"-m\", \"app\"]\n";
    for target in ["layered", "stream", "plain", "nix2container", "nix-snapshotter"] {
        let Some(found) = arguments(&printed(text, target)) else { return };
        assert_eq!(found["made"], target);
        let args = &found["args"];
        assert_eq!((args["name"].as_str(), args["tag"].as_str()), (Some("app"), Some("latest")));
        let config = &args["config"];
        assert_eq!(config["Env"], serde_json::json!(["A=1", "B=1 ${x"]), "{target}");
        assert_eq!(config["Cmd"], serde_json::json!(["python", "-m", "app"]));
        assert_eq!(config["ExposedPorts"], serde_json::json!({ "80/tcp": {}, "53/udp": {} }));
        assert_eq!((config["WorkingDir"].as_str(), config["User"].as_str()), (Some("/srv"), Some("1000")));
        assert_eq!(config["Labels"]["a.b"], "c \"d\"");
        assert_eq!(config["Volumes"], serde_json::json!({ "/data": {} }));
        let script = match target {
            "layered" | "stream" => &args["fakeRootCommands"],
            "plain" => &args["runAsRoot"],
            _ => continue,
        };
        assert_eq!(script, "mkdir -p '/data'\nmkdir /x'${y'\n", "{target}");
    }
}

#[test]
fn an_image_of_one_function_is_made_by_another() {
    let text = "{ pkgs ? import <nixpkgs> { } }:\nlet\n  version = \"1.2\"; # kept\nin\npkgs.dockerTools.buildImage {\n  name = \"shop\";\n  tag = version;\n  copyToRoot = [ pkgs.hello ];\n  runAsRoot = ''\n    mkdir -p /data\n  '';\n  diskSize = 2048;\n  architecture = \"arm64\";\n  config = {\n    Cmd = [ \"${pkgs.hello}/bin/hello\" ];\n    ExposedPorts.\"80/tcp\" = { };\n  };\n}\n";
    for target in ["layered", "stream", "plain", "nix2container", "nix-snapshotter"] {
        let file = printed(text, target);
        assert!(file.contains("# kept"), "{file}");
        let Some(found) = arguments(&file) else { return };
        assert_eq!(found["made"], target);
        let args = &found["args"];
        assert_eq!((args["name"].as_str(), args["tag"].as_str()), (Some("shop"), Some("1.2")));
        assert_eq!(args["config"]["Cmd"], serde_json::json!(["/nix/store/hello/bin/hello"]));
        let names: Vec<&String> = args.as_object().expect("a set").keys().collect();
        let expected: &[&str] = match target {
            "layered" | "stream" => {
                &["architecture", "config", "contents", "enableFakechroot", "fakeRootCommands", "name", "tag"]
            }
            "plain" => &["architecture", "config", "copyToRoot", "diskSize", "name", "runAsRoot", "tag"],
            "nix2container" => &["arch", "config", "copyToRoot", "name", "tag"],
            _ => &["config", "copyToRoot", "name", "tag"],
        };
        assert_eq!(names, expected, "{target}");
        // What was written is read as it was meant, and nothing is left to change.
        let again = written(&request(&file), target).1;
        assert_eq!(again.printed.text, file);
    }
}

#[test]
fn flakes_give_their_packages() {
    let nix = "{ pkgs ? import <nixpkgs> { } }:\npkgs.dockerTools.buildImage {\n  name = \"shop\";\n  config.Cmd = [ \"${pkgs.hello}/bin/hello\" ];\n}\n";
    let channel = "let\n  pkgs = import <nixpkgs> { };\nin\npkgs.dockerTools.streamLayeredImage { name = \"shop\"; }\n";
    let dockerfile = "FROM golang:1.23 AS build\nRUN go build\nFROM scratch\nCOPY --from=build /a /a\nCMD [\"/a\"]\n";
    for (text, made) in [(nix, "plain"), (dockerfile, "layered")] {
        let flake = printed(text, "flake");
        let expression = format!(
            "let outputs = ({flake}).outputs {{ inherit self nixpkgs; }}; system = outputs.packages.x86_64-linux; in {{ inherit (system.default) made; inherit (system.default.args) created; load = system.load.name; app = outputs.apps.x86_64-linux.default.program; }}"
        );
        let Some(found) = evaluate(&expression) else { return };
        let expected =
            serde_json::json!({ "made": made, "created": "2024-09-20T00:00:00Z", "load": "load", "app": "/load" });
        assert_eq!(found, expected, "{flake}");
    }
    let flake = printed(channel, "flake");
    assert!(flake.contains("import nixpkgs { inherit system; }"), "{flake}");
    assert!(!flake.contains("<nixpkgs>"), "{flake}");
}

fn parses(file: &str) -> bool {
    let mut command = Command::new("nix-instantiate");
    match command.args(["--parse", "--expr", file]).output() {
        Ok(output) => {
            assert!(output.status.success(), "{file}\n{}", String::from_utf8_lossy(&output.stderr));
            true
        }
        Err(_) => {
            println!("SKIPPED: there is no nix-instantiate to parse what is printed");
            false
        }
    }
}

/// The Nix that a Dockerfile writes into a file.
fn heredoc(dockerfile: &str) -> String {
    let file = Dockerfile::read(dockerfile);
    let copy = file.instructions.iter().find(|it| !it.logical.heredocs.is_empty()).expect("a file");
    copy.logical.heredocs[0].text.clone()
}

#[test]
fn nix_parses_all_that_is_printed() {
    for it in WORKBENCH.examples {
        for target in WORKBENCH.targets {
            let text = written(&request(it.text), target.id).1.printed.text.clone();
            // What is a piece of Nix stays one.
            if text.is_empty() || matches!(it.id, "redis" | "pulled") {
                continue;
            }
            let nix = match target.file {
                "Dockerfile" => heredoc(&text),
                file if file.ends_with(".nix") => text,
                _ => continue,
            };
            if !parses(&nix) {
                return;
            }
        }
    }
}

#[test]
fn nixfmt_leaves_alone_what_is_made_of_a_dockerfile() {
    for id in ["python", "go", "site", "builder", "channel"] {
        for target in ["layered", "stream", "plain", "nix2container", "nix-snapshotter", "flake"] {
            let text = printed(example(id), target);
            let formatted = nixfmt_rs::format(&text).unwrap_or_else(|it| panic!("{it:?}\n{text}"));
            assert!(text == formatted, "{text}\n── nixfmt ──\n{formatted}");
        }
    }
}

/// Where the word of an instruction is.
fn word_of(it: &parse_dockerfile::Instruction<'_>) -> std::ops::Range<usize> {
    use parse_dockerfile::Instruction as I;
    let word = match it {
        I::Add(it) => &it.add,
        I::Arg(it) => &it.arg,
        I::Cmd(it) => &it.cmd,
        I::Copy(it) => &it.copy,
        I::Entrypoint(it) => &it.entrypoint,
        I::Env(it) => &it.env,
        I::Expose(it) => &it.expose,
        I::From(it) => &it.from,
        I::Healthcheck(it) => &it.healthcheck,
        I::Label(it) => &it.label,
        I::Maintainer(it) => &it.maintainer,
        I::Onbuild(it) => &it.onbuild,
        I::Run(it) => &it.run,
        I::Shell(it) => &it.shell,
        I::Stopsignal(it) => &it.stopsignal,
        I::User(it) => &it.user,
        I::Volume(it) => &it.volume,
        I::Workdir(it) => &it.workdir,
        _ => panic!("an instruction that is not known here: {it:?}"),
    };
    word.span.clone()
}

/// Dockerfiles as people write them.
const REAL: &[&str] = &[
    "FROM alpine:3.21\nRUN apk add --no-cache \\\n    curl \\\n    # certificates\n    ca-certificates\nENTRYPOINT [\"curl\"]\n",
    "# escape=`\nFROM mcr.microsoft.com/windows/servercore\nCOPY a.txt C:\\\\\nRUN dir `\n  C:\\\n",
    "FROM debian:12\nRUN <<EOF\nset -e\napt-get update\nEOF\nCOPY <<conf /etc/app.conf\nkey = $VALUE\nconf\n",
    "ARG BASE=ubuntu:24.04\nFROM ${BASE} AS base\nENV LANG=C.UTF-8 TZ=Europe/Berlin\nFROM base AS build\nRUN make\nFROM base\nCOPY --from=build --chown=1000:1000 /out /opt/\nUSER 1000\n",
    "FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN --mount=type=cache,target=/root/.npm npm ci --omit=dev\nCOPY --chown=node:node . .\nUSER node\nEXPOSE 3000\nCMD [ \"node\", \"server.js\" ]\n",
    "FROM scratch\nLABEL a=b \"c d\"='e f'\nENV OLD style value\nONBUILD COPY . /x\nSTOPSIGNAL 9\nSHELL [\"/bin/sh\", \"-c\"]\nVOLUME [\"/a\", \"/b\"]\nHEALTHCHECK NONE\nMAINTAINER someone\n",
];

#[test]
fn another_reader_of_dockerfiles_finds_the_same() {
    let examples =
        WORKBENCH.examples.iter().map(|it| it.text).filter(|it| it.starts_with("FROM") || it.starts_with("# "));
    let mut count = 0;
    for text in REAL.iter().copied().chain(examples) {
        let ours = Dockerfile::read(text);
        let theirs = parse_dockerfile::parse(text).unwrap_or_else(|it| panic!("{it}\n{text}"));
        let names = word_of;
        let words: Vec<String> = theirs.instructions.iter().map(|it| text[names(it)].to_ascii_uppercase()).collect();
        let own: Vec<&str> = ours.instructions.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(own, words, "{text}");
        let places: Vec<usize> = theirs.instructions.iter().map(|it| names(it).start).collect();
        let own: Vec<usize> = ours.instructions.iter().map(|it| it.word.start).collect();
        assert_eq!(own, places, "{text}");
        let stages: Vec<(String, String)> = theirs
            .stages()
            .map(|it| {
                let name = it.from.as_.as_ref().map_or(String::new(), |it| it.1.value.to_lowercase());
                (it.from.image.value.to_string(), name)
            })
            .collect();
        let own: Vec<(String, String)> = ours.stages.iter().map(|it| (it.image.clone(), it.name.clone())).collect();
        assert_eq!(own, stages, "{text}");
        count += own.len();
    }
    assert!(count > 10);
}

#[test]
fn dockerfiles_that_are_printed_are_read_by_others() {
    for it in WORKBENCH.examples {
        for (nix, sandbox, cache) in [("flakes", "off", "off"), ("channels", "on", "mount"), ("flakes", "on", "off")] {
            let chosen = Chosen::default().with(&NIX, nix).with(&SANDBOX, sandbox).with(&CACHE, cache);
            let request = Request { chosen, ..request(it.text) };
            let text = written(&request, "dockerfile").1.printed.text.clone();
            if text.is_empty() {
                continue;
            }
            let theirs = parse_dockerfile::parse(&text).unwrap_or_else(|it| panic!("{it}\n{text}"));
            assert_eq!(theirs.stages().count(), 2, "{text}");
            // The privileges and the setting come together.
            assert_eq!(text.contains("sandbox = true"), sandbox == "on", "{text}");
            assert_eq!(text.contains("--security=insecure"), sandbox == "on");
            assert_eq!(text.contains("filter-syscalls false"), sandbox == "off");
            assert_eq!(text.contains("--mount=type=cache"), cache == "mount");
            // What is printed has none of the mistakes that are looked for.
            let found = (WORKBENCH.examine)(&Request { text: text.clone(), ..Request::default() }).diagnostics;
            let bad: Vec<_> = found
                .iter()
                .filter(|it| {
                    it.severity != Severity::Hint && it.rule != "secret-in-the-image" && it.rule != "attribute-removed"
                })
                .collect();
            assert!(bad.is_empty(), "{bad:?}\n{text}");
        }
    }
}

/// Whether each instruction has its part, at its place.
fn all_are_told(text: &str, parts: &[Line]) -> Result<(), String> {
    let file = Dockerfile::read(text);
    for it in &file.instructions {
        let own: Vec<_> = parts.iter().filter(|part| part.span == Some(it.span)).collect();
        if own.len() != 1 || own.iter().any(|it| it.word.is_empty()) {
            return Err(format!("{} of {}", own.len(), it.span.of(text)));
        }
    }
    Ok(())
}

#[test]
fn real_files_are_told_in_full() {
    for text in REAL {
        let chosen = Chosen::default().with(&IMAGE, "ghcr.io/example/app:2");
        let request = Request { chosen, ..request(text) };
        for target in WORKBENCH.targets {
            let written = written(&request, target.id).1;
            assert_eq!(all_are_told(text, &written.parts), Ok(()), "{text}");
            if target.file.ends_with(".nix") && !parses(&written.printed.text) {
                return;
            }
        }
        assert!(
            written(&request, "layered").1.printed.text.contains("name = \"ghcr.io/example/app\";\n  tag = \"2\";")
        );
    }
}

proptest! {
    #[test]
    fn no_instruction_is_lost(lines in proptest::collection::vec("(FROM|from|RUN|COPY|ADD|ENV|CMD|ENTRYPOINT|LABEL|ARG|USER|WORKDIR|EXPOSE|VOLUME|HEALTHCHECK|ONBUILD|SHELL|STOPSIGNAL|MAINTAINER|NOPE)( (alpine:3|golang AS b|b|--from=b|--from=0|/a|\\.|A=1|\\$A|\\$\\{A:-b\\}|\\[\"a\"\\]|apt-get|install|-y|curl|&&|\\||npm ci|mkdir /d|'|\"|<<E|80:80|''|\\$\\{x|é|none|CMD)){0,5}( \\\\)?", 1..12)) {
        let text = lines.join("\n");
        let request = request(&text);
        for target in WORKBENCH.targets {
            let (examined, written) = written(&request, target.id);
            for panel in WORKBENCH.panels {
                prop_assert!((panel.show)(&examined, &written).len() < 1_000);
            }
            if written.printed.error.is_none() || !written.parts.is_empty() {
                let file = Dockerfile::read(&text);
                if !file.instructions.is_empty() && written.parts.iter().any(|it| it.span.is_some()) {
                    prop_assert_eq!(all_are_told(&text, &written.parts), Ok(()), "{}", &text);
                }
            }
            if target.file.ends_with(".nix") && !written.printed.text.is_empty() {
                let parsed = rnix::Root::parse(&written.printed.text);
                prop_assert!(parsed.errors().is_empty(), "{}\n{}", &text, &written.printed.text);
            }
        }
    }

    #[test]
    fn any_text_is_read_and_written(text in "(pkgs\\.dockerTools\\.buildImage |nix2container\\.buildImage |\\{|\\}|\\[|\\]|=|;|\"|name|tag|config|Cmd|\\.|contents|copyToRoot|inherit |rec |let |in |//|:|\\?|import <nixpkgs>|outputs|FROM a|RUN |\\$\\{|''|\n|é| ){0,50}") {
        let request = request(&text);
        for target in WORKBENCH.targets {
            let (examined, written) = written(&request, target.id);
            for panel in WORKBENCH.panels {
                prop_assert!((panel.show)(&examined, &written).len() < 1_000);
            }
            for part in &written.parts {
                let span = part.span.expect("a place");
                prop_assert!(text.get(span.start..span.end).is_some());
            }
        }
        for at in 0..=text.len() {
            (WORKBENCH.hover)(&text, at);
            (WORKBENCH.complete)(&text, at);
        }
    }
}

#[test]
fn long_texts_take_their_time_once() {
    let many = "RUN apt-get install -y a b c && mkdir /x\nENV A=$A$A\nCOPY --from=s1 a b\n".repeat(3_000);
    let stages: String = (0..3_000)
        .map(|it| format!("FROM alpine:3 AS s{it}\nRUN npm ci\nCOPY --from=s{} a b\n", it.max(1) - 1))
        .collect();
    let calls = "(pkgs.dockerTools.buildImage { name = \"a\"; config.Cmd = [ \"x\" ]; })\n".repeat(2_000);
    let deep = format!("FROM a\nENV A={}{}\n", "${B:-".repeat(10_000), "}".repeat(10_000));
    for text in [
        format!("FROM a\n{many}"),
        stages,
        format!("[ {calls} ]"),
        deep,
        "pkgs.dockerTools.buildImage { a = [".repeat(5_000),
    ] {
        let request = request(&text);
        for target in ["layered", "flake", "dockerfile"] {
            written(&request, target);
        }
    }
}
