//! A Dockerfile in which Nix builds in a stage of its own, and the image is nothing but what it needs.
//!
//! Sources: docker docs `reference/dockerfile.md`, *Here-Documents*, *RUN --mount*, *RUN --security*; nix
//! `doc/manual/source/command-ref/conf-file.md`, `filter-syscalls`, `sandbox`; nix `docker.nix`

use std::fmt::Write;

use super::{Answer, Outcome, commands, generate, hint, plain_ink, step, warning};
use crate::{
    images::{
        choices::Choices,
        functions::Maker,
        nix::{Given, Made, Nix, Said},
        translate::{Config, Plan},
    },
    notation::{
        json,
        nix::{Binding, Nix as Expression, write_commented},
    },
    text::{Edits, Span},
};

/// What is written into the Dockerfile.
struct Parts {
    /// The Nix that builds the root of the image.
    nix: String,
    /// The file that it is.
    file: &'static str,
    /// What is built.
    attribute: Option<String>,
    /// Whether it has to be called with packages.
    needs_packages: bool,
    /// The last lines.
    config: Vec<String>,
}

/// The Dockerfile for the first image of a text.
pub fn of_nix(nix: &Nix, text: &str, choices: &Choices) -> Outcome {
    let Some(made) = nix.images().find(|it| it.maker.builds()) else {
        return Err(
            "An image of a shell, or one that is merged, is no program that a stage of a Dockerfile could build."
                .to_owned(),
        );
    };
    let mut answer = Answer::default();
    let mut links = Links::default();
    let config = config_of(made, text, &mut links, &mut answer);
    let lib = match made.before.is_empty() {
        // The function came in by its own name.
        true if !text.contains("pkgs") => "(import <nixpkgs> { })".to_owned(),
        true => "pkgs".to_owned(),
        false => made.before.trim_end_matches('.').to_owned(),
    };
    let files = made.files().map(|it| it.value_span.of(text)).filter(|it| !it.is_empty());
    let mut root = format!("{lib}.buildEnv {{\n  name = \"root\";\n  paths =\n");
    match files {
        Some(files) => {
            let _ = writeln!(root, "    {lib}.lib.toList ({files})");
        }
        None => root.push_str("    [ ]\n"),
    }
    if !links.0.is_empty() {
        root.push_str(&format!("    ++ [\n      ({lib}.linkFarm \"app\" [\n"));
        for (at, expression) in links.0.iter().enumerate() {
            let _ = writeln!(
                root,
                "        {{\n          name = \"app/{at}\";\n          path = {expression};\n        }}"
            );
        }
        root.push_str("      ])\n    ]");
    }
    root.push_str(";\n}");
    // As far in as the line of the call.
    let before = text.get(..made.span.start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let indent = line.get(..line.len() - line.trim_start().len()).unwrap_or_default();
    let root = root.replace('\n', &["\n", indent].concat());
    let edited = Edits::replace(made.span, root).apply(text);
    for name in ["extraCommands", "fakeRootCommands", "runAsRoot", "fromImage"] {
        if let Some(given) = made.given(name).filter(|it| it.value != Said::Null) {
            let message = match name {
                "fromImage" => "The base is left out: the image has what Nix builds, and nothing else.",
                _ => {
                    "Scripts that change the root of the image are left out: do it in the stage that builds, with RUN."
                }
            };
            answer.notes.push(crate::bench::Note { span: Some(given.name_span), ..warning(message) });
        }
    }
    let parts = Parts {
        nix: edited,
        file: if nix.is_flake { "flake.nix" } else { "app.nix" },
        attribute: commands::attribute(nix, made),
        needs_packages: nix.outline.parameters().is_some_and(|it| it.0.iter().any(|it| *it != "pkgs")),
        config,
    };
    let mut choices = choices.clone();
    if nix.is_flake && !choices.has_flakes {
        choices.has_flakes = true;
        answer.notes.push(hint("The text is a flake, so it is built with flakes."));
    }
    write(&parts, &choices, &mut answer);
    let whole = made.name;
    let what = whole.of(text).to_owned();
    let part = |span: Span, word: &str, what: String, how: &str| crate::bench::Line {
        severity: None,
        word: word.to_owned(),
        what,
        how: how.to_owned(),
        span: Some(span),
    };
    answer.parts.push(part(whole, "changed", what, "`buildEnv` takes its place: Docker makes the layers."));
    for given in &made.arguments {
        let what = given.name_span.of(text).to_owned();
        let (word, how) = match given.name.as_str() {
            "config" | "contents" | "copyToRoot" => ("carried", ""),
            "name" | "tag" => ("left out", "`docker build --tag` says it."),
            _ => ("left out", "It is about how Nix makes the image, which Docker does here."),
        };
        answer.parts.push(part(given.name_span, word, what, how));
    }
    answer.parts.sort_by_key(|it| it.span.unwrap_or_default());
    Ok(answer)
}

/// The Dockerfile that takes the place of another one.
pub fn of_dockerfile(plan: &Plan, choices: &Choices) -> Answer {
    let mut answer = Answer::default();
    let env = Expression::Set(vec![
        Binding::named("name", Expression::String("root".to_owned())),
        Binding::named("paths", generate::contents(plan)),
    ]);
    let call = Expression::Call("pkgs.buildEnv".into(), Box::new(env));
    let mut bindings = generate::bindings(plan, Maker::Layered);
    bindings.retain(|it| it.path != ["base"]);
    let body = generate::with(bindings, call);
    let header = "{\n  pkgs ? import <nixpkgs> { },\n}:";
    let nix = write_commented("", &Expression::Function(header, Box::new(body))).text;
    if plan.base.is_some() {
        answer.notes.push(warning(
            "The base that no package takes the place of is left out: the image has what Nix builds, and nothing else.",
        ));
    }
    if !plan.script.is_empty() {
        answer.notes.push(warning(
            "Scripts that change the root of the image are left out: do it in the stage that builds, with RUN.",
        ));
    }
    let config = of_plan(&plan.config, &mut answer);
    let parts = Parts { nix, file: "app.nix", attribute: None, needs_packages: false, config };
    write(&parts, choices, &mut answer);
    answer
}

fn write(parts: &Parts, choices: &Choices, answer: &mut Answer) {
    let mut text = match choices.has_sandbox {
        true => "# syntax=docker/dockerfile:1-labs\n".to_owned(),
        false => "# syntax=docker/dockerfile:1\n".to_owned(),
    };
    text.push_str("FROM nixos/nix:latest AS builder\nWORKDIR /tmp/build\nCOPY . .\n");
    let end = terminator(&parts.nix);
    let _ = writeln!(text, "COPY <<'{end}' {}\n{}\n{end}", parts.file, parts.nix.trim_end());
    let mut flags = String::new();
    if choices.has_sandbox {
        flags.push_str("--security=insecure ");
        text.push_str("# The sandbox needs rights that a build has only when it is privileged, and the setting: one without the other does nothing.\n");
        text.push_str("RUN echo \"sandbox = true\" >> /etc/nix/nix.conf\n");
    }
    if choices.has_cache {
        flags.push_str("--mount=type=cache,id=nix,target=/nix,from=nixos/nix:latest,source=/nix ");
        text.push_str("# The store stays between builds. What is needed of it leaves the mount in the same RUN.\n");
    }
    let filter = if choices.has_sandbox { "" } else { " --option filter-syscalls false" };
    let attribute = parts.attribute.as_deref().unwrap_or("default");
    let build = match (choices.has_flakes, parts.file) {
        (true, "flake.nix") => {
            format!("nix --extra-experimental-features \"nix-command flakes\"{filter} \\\n      build '.#{attribute}'")
        }
        (true, _) => {
            let of = match (parts.needs_packages, &parts.attribute) {
                (true, _) => "--impure --expr 'with import <nixpkgs> { }; callPackage ./app.nix { }'".to_owned(),
                (false, Some(attribute)) => format!("--file app.nix '{attribute}'"),
                (false, None) => "--file app.nix".to_owned(),
            };
            format!(
                "nix --extra-experimental-features \"nix-command flakes\"{filter} \\\n      build -I nixpkgs=flake:nixpkgs {of}"
            )
        }
        (false, _) => {
            let of = match (parts.needs_packages, &parts.attribute) {
                (true, _) => "-E 'with import <nixpkgs> { }; callPackage ./app.nix { }'".to_owned(),
                (false, Some(attribute)) => format!("-A '{attribute}' app.nix"),
                (false, None) => "app.nix".to_owned(),
            };
            format!("nix-channel --update \\\n  && nix-build{filter} {of}")
        }
    };
    if !choices.has_sandbox {
        text.push_str("# Without more rights a build cannot load the filter of system calls.\n");
    }
    let _ = writeln!(
        text,
        "RUN {flags}{build} \\\n  && mkdir -p /tmp/root/nix/store \\\n  && cp -a $(nix-store -qR result) /tmp/root/nix/store \\\n  && cp -a result/. /tmp/root/"
    );
    text.push_str("\nFROM scratch\nCOPY --from=builder /tmp/root/ /\n");
    for line in &parts.config {
        text.push_str(line);
        text.push('\n');
    }
    answer.ink = plain_ink(text);
    let mut lines = vec!["docker build --tag app .".to_owned()];
    let mut explanation = "Here-documents need BuildKit, which Docker has since 23.0.".to_owned();
    if choices.has_sandbox {
        lines = vec![
            "docker buildx create --use --name privileged --driver docker-container --buildkitd-flags '--allow-insecure-entitlement security.insecure'".to_owned(),
            "docker buildx build --allow security.insecure --load --tag app .".to_owned(),
        ];
        explanation
            .push_str(" A container of nixos/nix that is to have the sandbox is started with `--privileged`, too.");
    } else {
        answer.notes.push(hint(
            "Nix builds without its sandbox here, as nixos/nix is set: a build could use what a sandbox would hide.",
        ));
    }
    if choices.has_cache {
        explanation.push_str(" In CI the cache stays on the machine of the builder.");
    }
    answer.steps = vec![step("Build it", &explanation, lines)];
}

/// A word that no line of a text is.
fn terminator(text: &str) -> String {
    let mut end = "NIX".to_owned();
    while text.lines().any(|it| it == end) && end.len() < 200 {
        end.push('_');
    }
    end
}

/// Expressions that the image names, each linked at `/app/…`.
#[derive(Default)]
struct Links(Vec<String>);

impl Links {
    /// The path by which the image has it.
    fn of(&mut self, expression: &str) -> String {
        let at = self.0.iter().position(|it| it == expression).unwrap_or_else(|| {
            self.0.push(expression.to_owned());
            self.0.len() - 1
        });
        format!("/app/{at}")
    }
}

/// The text of a string that Nix fills in: paths of packages become those of links. `None` for what cannot be had.
fn filled(written: &str, links: &mut Links) -> Option<String> {
    let inner = written.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    let mut rest = inner;
    while let Some(at) = rest.find("${") {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        let end = closing(from.get(2..)?)? + 2;
        text.push_str(&links.of(from.get(2..end)?.trim()));
        rest = from.get(end + 1..)?;
    }
    text.push_str(rest);
    (!text.contains('\\')).then_some(text)
}

fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The last lines of the Dockerfile.
fn config_of(made: &Made, text: &str, links: &mut Links, answer: &mut Answer) -> Vec<String> {
    let mut config = Config::default();
    for key in &made.config {
        let mut lost = false;
        let mut told = |it: &Said, span: Span| match it {
            Said::Text(text) => Some(text.clone()),
            Said::Filled => filled(span.of(text), links),
            Said::Number(number) => Some(number.to_string()),
            _ => {
                let written = span.of(text);
                let is_path = written.starts_with(|it: char| it.is_ascii_alphabetic()) && written.len() < 200;
                is_path.then(|| links.of(written))
            }
        };
        let mut list = |given: &Given| match &given.value {
            Said::List(all) => {
                let words: Vec<Option<String>> = all.iter().map(|it| told(&it.0, it.1)).collect();
                lost |= words.contains(&None);
                words.into_iter().flatten().collect::<Vec<_>>()
            }
            Said::Null => Vec::new(),
            other => {
                let word = told(other, given.value_span);
                lost |= word.is_none();
                word.into_iter().collect()
            }
        };
        let names = |given: &Given| match &given.value {
            Said::Set(all, _) => all.iter().map(|it| it.0.clone()).collect(),
            _ => Vec::new(),
        };
        match key.name.to_ascii_lowercase().as_str() {
            "cmd" => config.cmd = Some(list(key)),
            "entrypoint" => config.entrypoint = Some(list(key)),
            "env" => {
                let pairs = list(key);
                config.env = pairs
                    .iter()
                    .filter_map(|it| it.split_once('='))
                    .map(|it| (it.0.to_owned(), it.1.to_owned()))
                    .collect();
            }
            "workingdir" => config.workdir = list(key).pop(),
            "user" => config.user = list(key).pop(),
            "stopsignal" => config.stop_signal = list(key).pop(),
            "exposedports" => config.ports = names(key),
            "volumes" => config.volumes = names(key),
            "labels" => {
                if let Said::Set(all, _) = &key.value {
                    for (name, value, _) in all {
                        match value {
                            Said::Text(text) => config.labels.push((name.clone(), text.clone())),
                            _ => lost = true,
                        }
                    }
                }
            }
            _ => lost = true,
        }
        if lost {
            let message = format!(
                "A part of `{}` is left out: only Nix can work it out, or a Dockerfile has no word for it.",
                key.name
            );
            answer.notes.push(crate::bench::Note { span: Some(key.name_span), ..warning(message) });
        }
    }
    if made.config_is_open {
        answer.notes.push(warning("A part of `config` is written elsewhere, and left out here."));
    }
    of_plan(&config, answer)
}

/// A value as a Dockerfile has it; `None` for one over several lines.
fn quoted(text: &str) -> Option<String> {
    if text.contains(['\n', '\r', '\0']) {
        return None;
    }
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        if matches!(letter, '"' | '\\' | '$') {
            quoted.push('\\');
        }
        quoted.push(letter);
    }
    quoted.push('"');
    Some(quoted)
}

/// A list of JSON.
fn list(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|it| json::quoted(it)).collect();
    ["[", &words.join(", "), "]"].concat()
}

fn of_plan(config: &Config, answer: &mut Answer) -> Vec<String> {
    let Config { entrypoint, cmd, env, ports, volumes, workdir, user, labels, stop_signal, health, shell } = config;
    let mut lines = Vec::new();
    let mut lost = Vec::new();
    let mut pair = |word: &str, name: &str, value: &str| {
        let is_plain = !name.is_empty() && name.chars().all(|it| it.is_ascii_alphanumeric() || "_-.".contains(it));
        let name = if is_plain { Some(name.to_owned()) } else { quoted(name).filter(|_| word == "LABEL") };
        match name.zip(quoted(value)) {
            Some((name, value)) => Some(format!("{word} {name}={value}")),
            None => {
                lost.push(word.to_owned());
                None
            }
        }
    };
    lines.extend(env.iter().filter_map(|(name, value)| pair("ENV", name, value)));
    lines.extend(labels.iter().filter_map(|(name, value)| pair("LABEL", name, value)));
    let mut one = |word: &str, value: &Option<String>| {
        if let Some(value) = value {
            match value.contains(['\n', '\r']) {
                true => lost.push(word.to_owned()),
                false => lines.push(format!("{word} {}", value.replace('$', "\\$"))),
            }
        }
    };
    one("WORKDIR", workdir);
    one("USER", user);
    one("STOPSIGNAL", stop_signal);
    let plain: Vec<&String> =
        ports.iter().filter(|it| it.chars().all(|it| it.is_ascii_alphanumeric() || it == '/')).collect();
    if !plain.is_empty() {
        lines.push(["EXPOSE ", &plain.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(" ")].concat());
    }
    if !volumes.is_empty() {
        lines.push(["VOLUME ", &list(volumes)].concat());
    }
    if let Some(words) = shell {
        lines.push(["SHELL ", &list(words)].concat());
    }
    if let Some(health) = health {
        let mut flags = String::new();
        for (key, value) in &health.numbers {
            let _ = match *key {
                "Interval" => write!(flags, " --interval={value}ns"),
                "Timeout" => write!(flags, " --timeout={value}ns"),
                "StartPeriod" => write!(flags, " --start-period={value}ns"),
                "StartInterval" => write!(flags, " --start-interval={value}ns"),
                _ => write!(flags, " --retries={value}"),
            };
        }
        let test = match health.test.split_first() {
            Some((first, rest)) if first == "CMD" => ["CMD ", &list(rest)].concat(),
            Some((first, [line, ..])) if first == "CMD-SHELL" => ["CMD ", line].concat(),
            _ => "NONE".to_owned(),
        };
        lines.push(["HEALTHCHECK", &flags, " ", &test].concat());
    }
    if let Some(words) = entrypoint {
        lines.push(["ENTRYPOINT ", &list(words)].concat());
    }
    if let Some(words) = cmd {
        lines.push(["CMD ", &list(words)].concat());
    }
    for word in lost {
        answer.notes.push(warning(format!("A value of {word} is left out: a Dockerfile cannot hold it.")));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_of_nix_become_paths_of_links() {
        let mut links = Links::default();
        for (written, expected) in [
            ("\"${pkgs.hello}/bin/hello\"", Some("/app/0/bin/hello")),
            ("\"--x=${pkgs.hello}/y:${lib.getExe pkgs.b}\"", Some("--x=/app/0/y:/app/1")),
            ("\"${f { a = 1; }}\"", Some("/app/2")),
            ("\"a\\nb\"", None),
            ("''x''", None),
        ] {
            assert_eq!(filled(written, &mut links).as_deref(), expected, "{written}");
        }
        assert_eq!(quoted("a\"$b\\"), Some("\"a\\\"\\$b\\\\\"".to_owned()));
        assert_eq!(terminator("NIX\n"), "NIX_");
    }
}
