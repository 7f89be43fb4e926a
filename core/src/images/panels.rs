//! What became of each part of a text, and what will the image have?

use super::{
    functions::Maker,
    nix::{Given, Made, Said},
    print::{Asked, Source},
    translate::Plan,
};
use crate::{
    bench::{Block, Examined, Line, Panel, Written},
    rule::diagnostic::Severity,
};

/// What is shown beside the result.
pub static PANELS: [Panel; 2] =
    [Panel { id: "report", title: "Report", show: report }, Panel { id: "image", title: "Image", show: image }];

/// What became of each instruction or argument.
fn report(_: &Examined, written: &Written) -> Vec<Block> {
    if written.parts.is_empty() {
        return Vec::new();
    }
    let count = |severity| written.parts.iter().filter(|it| it.severity == severity).count();
    let (lost, changed) = (count(Some(Severity::Warning)), count(Some(Severity::Hint)));
    let whole = written.parts.len() - lost - changed;
    let lead = format!(
        "Of {} parts {whole} are as they were, {changed} are said otherwise, and {lost} need a person.",
        written.parts.len()
    );
    vec![Block::Lead(lead), Block::Lines(written.parts.clone())]
}

/// So many values are shown.
const SHOWN: usize = 200;

fn line(word: &str, what: impl Into<String>, how: impl Into<String>) -> Line {
    Line { severity: None, word: word.to_owned(), what: what.into(), how: how.into(), span: None }
}

/// What the image will have.
fn image(examined: &Examined, _: &Written) -> Vec<Block> {
    let Some(asked) = examined.facts::<Asked>() else { return Vec::new() };
    match &asked.source {
        Source::Nothing => Vec::new(),
        Source::Dockerfile(_, plan) => {
            let (name, tag) = asked.choices.name();
            let mut blocks = vec![Block::Heading(format!("{name}:{tag}")), Block::Lines(of_plan(plan))];
            blocks.extend(missing(&Missing::of_plan(plan)));
            blocks
        }
        Source::Nix(nix) => nix.images().take(SHOWN).flat_map(of_made).collect(),
    }
}

fn of_plan(plan: &Plan) -> Vec<Line> {
    let it = &plan.config;
    let mut lines = Vec::new();
    let base = plan.base.as_ref().map_or_else(|| "nothing".to_owned(), |it| it.tagged());
    lines.push(line("built on", base, ""));
    for (word, words) in [("entry", &it.entrypoint), ("command", &it.cmd)] {
        if let Some(words) = words {
            lines.push(line(word, words.join(" "), ""));
        }
    }
    lines.extend(it.env.iter().take(SHOWN).map(|it| line("variable", &it.0, "")));
    lines.extend(it.ports.iter().take(SHOWN).map(|it| line("port", it, "It is published with `--publish` alone.")));
    lines.extend(it.volumes.iter().take(SHOWN).map(|it| line("volume", it, "")));
    lines.extend(it.workdir.iter().map(|it| line("directory", it, "")));
    lines.push(line("user", it.user.as_deref().unwrap_or("root"), ""));
    lines.extend(plan.packages.iter().take(SHOWN).map(|it| line("package", it, "")));
    lines.extend(
        plan.stages.iter().take(SHOWN).map(|it| line("derivation", &it.name, "It takes the place of a stage.")),
    );
    lines
}

fn of_made(made: &Made) -> Vec<Block> {
    let tag = match made.given("tag").map(|it| &it.value) {
        Some(Said::Text(tag)) => tag.clone(),
        Some(Said::Null) | None if made.maker == Maker::Snapshotter => "latest".to_owned(),
        Some(Said::Null) | None => "the hash of its path".to_owned(),
        Some(_) => "what Nix says".to_owned(),
    };
    let mut lines = vec![Line { span: Some(made.name), ..line("made by", made.maker.title(), made.maker.summary()) }];
    lines.push(line("tag", tag, ""));
    let base = match made.given("fromImage") {
        Some(given) if made.has_base() => Line {
            span: Some(given.name_span),
            ..line("built on", "another image", "Of its configuration only `Env` is kept.")
        },
        _ => line("built on", "nothing", ""),
    };
    lines.push(base);
    let layers = match (made.maker, made.given("maxLayers").map(|it| &it.value)) {
        (Maker::Layered | Maker::Stream, Some(Said::Number(most))) => format!("at most {most}"),
        (Maker::Layered | Maker::Stream, _) => "at most 100".to_owned(),
        (Maker::Container, Some(Said::Number(most))) => format!("at most {most}, and those of `layers`"),
        (Maker::Snapshotter, _) => "paths of the store".to_owned(),
        _ => "one".to_owned(),
    };
    lines.push(line("layers", layers, ""));
    for (word, key) in [
        ("entry", "Entrypoint"),
        ("command", "Cmd"),
        ("variable", "Env"),
        ("port", "ExposedPorts"),
        ("volume", "Volumes"),
        ("directory", "WorkingDir"),
        ("user", "User"),
        ("label", "Labels"),
    ] {
        let Some(given) = made.key(key) else {
            if key == "User" {
                lines.push(line(word, "root", ""));
            }
            continue;
        };
        lines.extend(
            told(given).into_iter().take(SHOWN).map(|it| Line { span: Some(given.name_span), ..line(word, it, "") }),
        );
    }
    let mut blocks = vec![Block::Heading(made.title()), Block::Lines(lines)];
    if made.maker.builds() && !made.has_base() {
        blocks.extend(missing(&Missing::of_made(made)));
    }
    blocks
}

fn told(given: &Given) -> Vec<String> {
    let one = |it: &Said| match it {
        Said::Text(text) => text.clone(),
        Said::Number(number) => number.to_string(),
        _ => "what Nix works out".to_owned(),
    };
    match &given.value {
        Said::List(all) if given.name.eq_ignore_ascii_case("env") => {
            let name = |it: &Said| match it {
                Said::Text(text) => text.split('=').next().unwrap_or_default().to_owned(),
                _ => one(it),
            };
            all.iter().map(|it| name(&it.0)).collect()
        }
        Said::List(all) => vec![all.iter().map(|it| one(&it.0)).collect::<Vec<_>>().join(" ")],
        Said::Set(all, _) => all.iter().map(|it| it.0.clone()).collect(),
        other => vec![one(other)],
    }
}

/// What an image without a base does not have.
struct Missing {
    has_shell: bool,
    has_certificates: bool,
    has_users: bool,
    has_tmp: bool,
    has_env: bool,
}

impl Missing {
    fn of_plan(plan: &Plan) -> Self {
        let has = |name: &str| plan.packages.iter().any(|it| it.contains(name));
        let is_based = plan.base.is_some();
        Self {
            has_shell: is_based || has("binSh") || has("bash") || has("busybox"),
            has_certificates: is_based || has("caCertificates") || has("cacert"),
            has_users: is_based || has("fakeNss") || plan.has_users,
            has_tmp: is_based || plan.script.iter().any(|it| it.contains("/tmp")),
            has_env: is_based || has("usrBinEnv") || has("busybox"),
        }
    }

    fn of_made(made: &Made) -> Self {
        let has = |names: &[&str]| made.words.iter().any(|it| names.iter().any(|name| it.contains(name)));
        Self {
            has_shell: has(&["binSh", "bash", "busybox"]),
            has_certificates: has(&["caCertificates", "cacert"]),
            has_users: has(&["fakeNss", "shadowSetup", "passwd"]),
            has_tmp: has(&["tmp"]),
            has_env: has(&["usrBinEnv", "busybox"]),
        }
    }
}

/// What is missing, each with what has it.
fn missing(it: &Missing) -> Vec<Block> {
    let rows = [
        (it.has_shell, "/bin/sh", "`dockerTools.binSh` has it: for `sh -c`, and for `docker exec`."),
        (
            it.has_certificates,
            "certificates",
            "`dockerTools.caCertificates` has them: for programs that speak TLS to others.",
        ),
        (
            it.has_users,
            "/etc/passwd",
            "`dockerTools.fakeNss` has one with root and nobody: for programs that ask who they are.",
        ),
        (it.has_tmp, "/tmp", "`extraCommands = \"mkdir -m 1777 tmp\";` makes it: for programs that write there."),
        (it.has_env, "/usr/bin/env", "`dockerTools.usrBinEnv` has it: for scripts that begin with it."),
    ];
    let lines: Vec<Line> = rows.iter().filter(|it| !it.0).map(|it| line("missing", it.1, it.2)).collect();
    match lines.is_empty() {
        true => Vec::new(),
        false => vec![Block::Heading("What it does not have".to_owned()), Block::Lines(lines)],
    }
}
