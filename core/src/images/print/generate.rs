//! The Nix that takes the place of a Dockerfile.

use super::{Answer, commands, hint, step, warning};
use crate::{
    images::{
        choices::Choices,
        functions::{Maker, files_of},
        shell::Tool,
        translate::{Config, Plan},
    },
    notation::nix::{Binding, Nix, integer, write_commented},
};

/// The whole expression for a function.
pub fn image(plan: &Plan, maker: Maker, choices: &Choices) -> Answer {
    let call = call(plan, maker, choices, false);
    let header = match maker {
        Maker::Container => "{\n  nix2container,\n  pkgs ? import <nixpkgs> { },\n}:",
        _ => "{\n  pkgs ? import <nixpkgs> { },\n}:",
    };
    let body = Nix::Function(header, Box::new(with(bindings(plan, maker), call)));
    let mut answer = Answer { ink: write_commented("", &body), ..Answer::default() };
    told(plan, maker, &mut answer);
    answer.steps.extend(commands::steps_of_file(maker, choices.name()));
    answer
}

/// `let … in`, where there is something to bind.
pub fn with(bindings: Vec<Binding>, body: Nix) -> Nix {
    if bindings.is_empty() { body } else { Nix::Let(bindings, Box::new(body)) }
}

/// What there is to know of the result, and to fill in.
pub fn told(plan: &Plan, maker: Maker, answer: &mut Answer) {
    if !plan.script.is_empty() {
        match maker {
            Maker::Plain => answer.notes.push(hint("`runAsRoot` runs in a virtual machine, which needs `/dev/kvm`.")),
            Maker::Container => answer.notes.push(warning(
                "nix2container runs no scripts: owners and modes are said with `perms`. The lines are in a comment.",
            )),
            Maker::Snapshotter => answer.notes.push(warning(
                "nix-snapshotter runs no scripts: owners and modes cannot be had. The lines are in a comment.",
            )),
            _ => {}
        }
    }
    if maker == Maker::Snapshotter {
        answer.notes.push(warning(
            "Images of nix-snapshotter run with containerd and its plugin alone: Docker cannot load them.",
        ));
    }
    if let Some(base) = &plan.base {
        let name = base.full_name();
        let tag = base.tag_or_latest();
        let line = format!("nix-prefetch-docker --image-name {name} --image-tag {tag} --os linux --arch amd64");
        let more = if maker == Maker::Container {
            " That of nix2container is of a directory: `nix build` says it when it differs."
        } else {
            ""
        };
        answer.steps.push(step(
            "Get the digest and the hash of the base",
            &format!("It downloads the image once and prints both. Write them in place of `sha256:…` and `pkgs.lib.fakeHash`.{more}"),
            vec![line],
        ));
    }
    let hashes = plan.fetched.len() + plan.stages.iter().filter(|it| matches!(it.tool, Tool::Go | Tool::Node)).count();
    if hashes > 0 {
        answer.steps.push(step(
            "Fill in the hashes",
            "Nix stops at each `pkgs.lib.fakeHash` once, and says the right one.",
            Vec::new(),
        ));
    }
    if plan.stages.iter().any(|it| it.tool == Tool::Unknown) {
        answer.notes.push(warning(
            "A stage whose commands are not known here stops with a message: write what it makes as a derivation.",
        ));
    }
}

fn text(value: &str) -> Nix {
    Nix::String(value.to_owned())
}

fn words(list: &[String]) -> Nix {
    Nix::List(list.iter().map(|it| text(it)).collect())
}

/// What the expression gives names to.
pub fn bindings(plan: &Plan, maker: Maker) -> Vec<Binding> {
    let mut all = Vec::new();
    for (name, url) in &plan.fetched {
        let fetch =
            Nix::Set(vec![Binding::named("url", text(url)), Binding::named("hash", Nix::Word("pkgs.lib.fakeHash"))]);
        all.push(Binding::named(name, Nix::Call("pkgs.fetchurl".into(), Box::new(fetch))));
    }
    for stage in &plan.stages {
        let mut binding = Binding::named(&stage.name, stage_of(&stage.name, stage.tool));
        for (at, line) in stage.said.iter().enumerate() {
            binding = binding.said(if at == 0 { line } else { line.as_str() });
        }
        all.push(binding);
    }
    if let Some(base) = &plan.base {
        let mut pull = vec![Binding::named("imageName", text(&base.full_name()))];
        let digest = base.digest.as_ref().map_or("sha256:…".to_owned(), |it| it.digest());
        pull.push(Binding::named("imageDigest", text(&digest)));
        match maker {
            Maker::Container => pull.push(Binding::named("sha256", Nix::Word("pkgs.lib.fakeHash"))),
            _ => {
                pull.push(Binding::named("hash", Nix::Word("pkgs.lib.fakeHash")));
                pull.push(Binding::named("finalImageTag", text(base.tag_or_latest())));
            }
        }
        let function = if maker == Maker::Container { "nix2container.pullImage" } else { "pkgs.dockerTools.pullImage" };
        all.push(
            Binding::named("base", Nix::Call(function.into(), Box::new(Nix::Set(pull))))
                .said("nix-prefetch-docker says its digest and its hash."),
        );
    }
    if !plan.files.is_empty() {
        let script = [PUT, &plan.files.join("\n"), "\n"].concat();
        let call = Nix::Call("pkgs.runCommand \"files\" { }".into(), Box::new(Nix::Indented(script)));
        all.push(Binding::named("files", call).said("What COPY and ADD put into the image."));
    }
    all
}

/// Puts a file where COPY puts it: what a directory holds, or a file by its name.
const PUT: &str = r#"put() {
  target="$out$2"
  if [ -d "$1" ]; then
    mkdir -p "$target"
    cp -rT "$1" "$target"
  else
    case "$2" in */) target="$target$3" ;; esac
    mkdir -p "$(dirname "$target")"
    cp "$1" "$target"
  fi
  chmod -R u+w "$out"
}
mkdir -p "$out"
"#;

/// The derivation that takes the place of a stage.
fn stage_of(name: &str, tool: Tool) -> Nix {
    let package = |more: Vec<Binding>| {
        let mut all = vec![
            Binding::named("pname", text(name)),
            Binding::named("version", text("0")),
            Binding::named("src", Nix::Raw("./.".to_owned())),
        ];
        all.extend(more);
        Nix::Call(tool.function().into(), Box::new(Nix::Set(all)))
    };
    match tool {
        Tool::Go => package(vec![Binding::named("vendorHash", Nix::Word("pkgs.lib.fakeHash"))]),
        Tool::Node => package(vec![Binding::named("npmDepsHash", Nix::Word("pkgs.lib.fakeHash"))]),
        Tool::Cargo => package(vec![Binding::of("cargoLock.lockFile", Nix::Raw("./Cargo.lock".to_owned()))]),
        Tool::Python => package(vec![
            Binding::named("pyproject", Nix::from(true)),
            Binding::named("build-system", Nix::List(vec![Nix::Word("pkgs.python3Packages.setuptools")])),
        ]),
        Tool::Nix => Nix::Call("import ./default.nix".into(), Box::new(Nix::Raw("{ inherit pkgs; }".to_owned()))),
        Tool::Flake => Nix::Raw(
            "(builtins.getFlake (toString ./.)).packages.${pkgs.stdenv.hostPlatform.system}.default".to_owned(),
        ),
        Tool::Unknown => {
            let script = format!("echo \"Write what the stage {name} makes as a derivation.\" >&2\nexit 1\n");
            Nix::Call(format!("pkgs.runCommand \"{name}\" {{ }}").into(), Box::new(Nix::Indented(script)))
        }
    }
}

/// The files at the root of the image.
pub fn contents(plan: &Plan) -> Nix {
    let mut all: Vec<Nix> = Vec::new();
    let is_python = |it: &String| it.starts_with("pkgs.python3") && it.bytes().skip(12).all(|it| it.is_ascii_digit());
    let own = plan.packages.iter().find(|it| is_python(it));
    for package in &plan.packages {
        if plan.python.is_empty() || Some(package) != own {
            all.push(Nix::Raw(package.clone()));
        }
    }
    if !plan.python.is_empty() {
        let interpreter = own.map_or("pkgs.python3", String::as_str);
        let names = plan.python.iter().map(|it| ["ps.", it].concat()).collect::<Vec<_>>().join(" ");
        all.push(Nix::Raw(format!("({interpreter}.withPackages (ps: [ {names} ]))")));
    }
    if !plan.files.is_empty() {
        all.push(Nix::Raw("files".to_owned()));
    }
    Nix::List(all)
}

/// The call that makes the image.
pub fn call(plan: &Plan, maker: Maker, choices: &Choices, is_dated: bool) -> Nix {
    let (name, tag) = choices.name();
    let mut all = vec![Binding::named("name", text(name)), Binding::named("tag", text(tag))];
    if is_dated && maker != Maker::Snapshotter {
        all.push(Binding::named("created", Nix::Inherited));
    }
    if plan.base.is_some() {
        all.push(Binding::named("fromImage", Nix::Raw("base".to_owned())));
    }
    let files = contents(plan);
    if files != Nix::List(Vec::new()) || !plan.comments.is_empty() {
        let mut binding = Binding::named(files_of(maker), files).apart();
        for line in &plan.comments {
            binding = binding.said(line);
        }
        all.push(binding);
    }
    script(plan, maker, &mut all);
    let config = config(&plan.config);
    if !config.is_empty() {
        all.push(Binding::named("config", Nix::Set(config)).apart());
    }
    let function = match maker {
        Maker::Container => "nix2container.buildImage".to_owned(),
        maker => ["pkgs.", &maker.title()].concat(),
    };
    Nix::Call(function.into(), Box::new(Nix::Set(all)))
}

/// What runs as root while the image is made.
fn script(plan: &Plan, maker: Maker, all: &mut Vec<Binding>) {
    if plan.script.is_empty() {
        return;
    }
    let users = if plan.has_users { "${pkgs.dockerTools.shadowSetup}\n" } else { "" };
    let lines = [users, &plan.script.join("\n"), "\n"].concat();
    match maker {
        Maker::Layered | Maker::Stream => {
            all.push(Binding::named("fakeRootCommands", Nix::Indented(lines)));
            all.push(Binding::named("enableFakechroot", Nix::from(true)));
        }
        Maker::Plain => all.push(Binding::named("runAsRoot", Nix::Indented(lines))),
        _ => {
            let said = ["Not run here:", &plan.script.join("\n")].join("\n");
            let config = Binding::named("maxLayers", integer(1)).said(&said);
            if maker == Maker::Container {
                all.push(config);
            }
        }
    }
}

/// The configuration.
fn config(config: &Config) -> Vec<Binding> {
    let Config { entrypoint, cmd, env, ports, volumes, workdir, user, labels, stop_signal, health, shell } = config;
    let mut all = Vec::new();
    let names = |all: &[String]| Nix::Set(all.iter().map(|it| Binding::named(it, Nix::Set(Vec::new()))).collect());
    let mut put = |name: &str, value: Nix| all.push(Binding::named(name, value));
    if let Some(list) = entrypoint {
        put("Entrypoint", words(list));
    }
    if let Some(list) = cmd {
        put("Cmd", words(list));
    }
    if !env.is_empty() {
        put("Env", Nix::List(env.iter().map(|(name, value)| text(&[name, "=", value].concat())).collect()));
    }
    if let Some(path) = workdir {
        put("WorkingDir", text(path));
    }
    if let Some(name) = user {
        put("User", text(name));
    }
    if !ports.is_empty() {
        put("ExposedPorts", names(ports));
    }
    if !volumes.is_empty() {
        put("Volumes", names(&once(volumes)));
    }
    if !labels.is_empty() {
        let labels = labels.iter().map(|(name, value)| Binding::named(name, text(value)));
        put("Labels", Nix::Set(labels.collect()));
    }
    if let Some(signal) = stop_signal {
        put("StopSignal", text(signal));
    }
    if let Some(list) = shell {
        put("Shell", words(list));
    }
    if let Some(health) = health {
        let mut keys = vec![Binding::named("Test", words(&health.test))];
        keys.extend(health.numbers.iter().map(|(key, value)| Binding::named(key, integer(*value))));
        put("Healthcheck", Nix::Set(keys));
    }
    all
}

fn once(all: &[String]) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    all.iter().filter(|it| seen.insert(*it)).cloned().collect()
}

/// The date of the commit, for a flake.
pub fn created() -> [Binding; 2] {
    let digits = Nix::Raw("builtins.match \"(....)(..)(..).*\" self.lastModifiedDate".to_owned());
    let date = Nix::Raw("builtins.concatStringsSep \"-\" day + \"T00:00:00Z\"".to_owned());
    [
        Binding::named("day", digits).said("The date of the commit: the same sources make the same image."),
        Binding::named("created", date),
    ]
}
