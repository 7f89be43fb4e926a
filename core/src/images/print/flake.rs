//! The flake around an image.

use super::{Answer, commands, convert, generate, hint, nix_ink, step, warning};
use crate::{
    bench::Step,
    images::{choices::Choices, functions::Maker, nix::Nix, translate::Plan},
    notation::nix::{Binding, Nix as Expression, write_commented},
    text::{Edits, Span, TextEdit},
};

/// What a flake begins with, up to the packages.
const HEAD: &str = r#"{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
INPUTS
  outputs =
    { self, nixpkgsARGUMENTS }:
    let
      each = nixpkgs.lib.genAttrs [
        "x86_64-linux"
        "aarch64-linux"
      ];
      packages =
        system:
        let
          pkgs = nixpkgs.legacyPackages.${system};
"#;

const TAIL: &str = r#"        in
        {
          default = image;
          load = LOAD;
        };
    in
    {
      packages = each packages;
      apps = each (system: {
        default = {
          type = "app";
          program = "${self.packages.${system}.load}";
        };
      });
    };
}
"#;

/// The script that loads an image.
fn load(maker: Maker) -> &'static str {
    match maker {
        Maker::Container => {
            "pkgs.writeShellScript \"load\" \"exec ${image.copyToDockerDaemon}/bin/copy-to-docker-daemon\""
        }
        Maker::Snapshotter => "pkgs.writeShellScript \"load\" \"exec ctr images import ${image}\"",
        maker if maker.is_script() => "pkgs.writeShellScript \"load\" \"${image} | docker load\"",
        _ => "pkgs.writeShellScript \"load\" \"docker load < ${image}\"",
    }
}

fn steps() -> Vec<Step> {
    vec![
        step(
            "Save it as flake.nix beside the sources",
            "In a repository Nix sees only what git knows.",
            vec!["git add flake.nix".to_owned()],
        ),
        step(
            "Build the image and load it",
            "The default app loads what the default package is.",
            vec!["nix run .".to_owned()],
        ),
        step("Only build it", "", vec!["nix build .".to_owned()]),
    ]
}

/// The flake around the images of a text.
pub fn of_nix(nix: &Nix, text: &str) -> Answer {
    if nix.is_flake {
        let edits = convert::dated(nix, text);
        let mut answer = Answer { ink: nix_ink(Edits::of(edits).apply(text)), ..Answer::default() };
        answer.notes.push(hint(
            "The text is a flake already. What it lacks is the date of the commit, where an image has none.",
        ));
        answer.steps = commands::steps(nix, None);
        return answer;
    }
    let mut answer = Answer { steps: steps(), ..Answer::default() };
    let images: Vec<_> = nix.images().collect();
    let maker = images.first().map_or(Maker::Layered, |it| it.maker);
    if images.len() > 1 {
        answer.notes.push(hint("The text makes several images: choose the one that `image` is."));
    }
    let mut edits = convert::dated(nix, text);
    for (path, set) in nix.outline.imports() {
        // Flakes have no search path.
        let is_path = path.of(text) == "<nixpkgs>";
        if !is_path || is_default(text, path) {
            continue;
        }
        edits.push(TextEdit { span: path, text: "nixpkgs".to_owned() });
        if let Some(set) = set {
            edits.push(TextEdit { span: set, text: "{ inherit system; }".to_owned() });
        }
    }
    let inner = Edits::of(edits).apply(text);
    let inner = inner.trim();
    let is_container = text.contains("nix2container");
    let is_snapshotter = maker == Maker::Snapshotter;
    let expression = match nix.outline.parameters() {
        Some((names, _)) => {
            let others = if names.contains(&"nix2container") { "{ inherit nix2container; }" } else { "{ }" };
            format!("pkgs.callPackage (\n{inner}\n) {others}")
        }
        None if nix.outline.is_function() => format!("(\n{inner}\n) pkgs"),
        None => inner.to_owned(),
    };
    if nix.outline.is_fragment {
        answer.notes.push(warning("The text is the inside of a set: it is no expression by itself."));
    }
    if text.contains("<nixpkgs>") {
        answer.notes.push(hint("A flake has no `<nixpkgs>`: the input takes its place."));
    }
    let mut inputs = String::new();
    let mut arguments = String::new();
    let mut bindings = String::new();
    if is_container {
        inputs.push_str("  inputs.nix2container.url = \"github:nlewo/nix2container\";\n");
        arguments.push_str(", nix2container");
        bindings.push_str("          inherit (inputs.nix2container.packages.${system}) nix2container;\n");
    }
    if is_snapshotter {
        inputs.push_str("  inputs.nix-snapshotter.url = \"github:pdtpartners/nix-snapshotter\";\n");
        arguments.push_str(", nix-snapshotter");
    }
    let mut head = HEAD
        .replace("INPUTS", &inputs)
        .replace("ARGUMENTS }:", &[&*arguments, if is_container { " }@inputs:" } else { " }:" }].concat());
    if is_snapshotter {
        head = head.replace(
            "nixpkgs.legacyPackages.${system};",
            "nixpkgs.legacyPackages.${system}.extend nix-snapshotter.overlays.default;",
        );
    }
    let image = indented(nix, text, &expression, 12);
    let tail = TAIL.replace("LOAD", load(maker));
    answer.ink = nix_ink([&head, &*bindings, "          image =\n", &image, ";\n", &tail].concat());
    answer
}

/// Whether a path is in the default of an argument, which nobody asks for.
fn is_default(text: &str, path: Span) -> bool {
    let before = text.get(..path.start).unwrap_or_default().trim_end();
    before.strip_suffix("import").is_some_and(|it| it.trim_end().ends_with('?'))
}

/// An expression below a name; one with strings over several lines in `"` stays where it is.
fn indented(nix: &Nix, text: &str, expression: &str, depth: usize) -> String {
    let has_open = nix.outline.has_open_strings(text);
    let indent = " ".repeat(if has_open { 0 } else { depth });
    let lines = expression.lines().map(|it| if it.trim().is_empty() { String::new() } else { [&*indent, it].concat() });
    lines.collect::<Vec<_>>().join("\n")
}

/// The flake around the image that a Dockerfile comes to.
pub fn of_dockerfile(plan: &Plan, choices: &Choices) -> Answer {
    let maker = Maker::Layered;
    let call = generate::call(plan, maker, choices, true);
    let mut inner = vec![Binding::named("pkgs", Expression::Raw("nixpkgs.legacyPackages.${system}".to_owned()))];
    inner.extend(generate::bindings(plan, maker));
    inner.push(Binding::named("image", call));
    let packages = Expression::Set(vec![
        Binding::named("default", Expression::Raw("image".to_owned())),
        Binding::named("load", Expression::Raw(load(maker).to_owned())),
    ]);
    let program = Expression::Quoted("\"${self.packages.${system}.load}\"".to_owned());
    let app = Expression::Set(vec![
        Binding::named("type", Expression::String("app".to_owned())),
        Binding::named("program", Expression::Inherited),
    ]);
    let apps = Expression::Let(
        vec![Binding::named("program", program)],
        Box::new(Expression::Set(vec![Binding::named("default", app)])),
    );
    let systems = ["x86_64-linux", "aarch64-linux"].map(|it| Expression::String(it.to_owned()));
    let of_system =
        |name: &str, body: Expression| Binding::named(name, Expression::Function("system:", Box::new(body)));
    let mut bindings = vec![Binding::named(
        "each",
        Expression::Call("nixpkgs.lib.genAttrs".into(), Box::new(Expression::List(systems.to_vec()))),
    )];
    bindings.extend(generate::created());
    bindings.push(of_system("packages", Expression::Let(inner, Box::new(packages))));
    bindings.push(of_system("apps", apps));
    let each = |name: &str| Binding::named(name, Expression::Raw(["each ", name].concat()));
    let outputs = Expression::Let(bindings, Box::new(Expression::Set(vec![each("packages"), each("apps")])));
    let flake = Expression::Set(vec![
        Binding::of("inputs.nixpkgs.url", Expression::String("github:NixOS/nixpkgs/nixos-unstable".to_owned())),
        Binding::named("outputs", Expression::Function("{ self, nixpkgs }:", Box::new(outputs))).apart(),
    ]);
    let mut answer = Answer { ink: write_commented("", &flake), ..Answer::default() };
    generate::told(plan, maker, &mut answer);
    answer.steps.extend(steps());
    answer
}
