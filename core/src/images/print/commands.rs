//! How does an image come to where it runs?

use super::{Answer, hint, plain_ink, step};
use crate::{
    bench::Step,
    images::{
        choices::Choices,
        functions::Maker,
        nix::{Made, Nix},
    },
    notation::shell::{Quoting, quote},
};

/// An image that is built, and what it is called.
struct Built {
    maker: Maker,
    /// What is built: `.#image`, or a file with an attribute.
    build: String,
    /// What `nix run` takes.
    run: String,
    name: String,
    /// Its tag; `None` for the hash of its path.
    tag: Option<String>,
}

fn word(text: &str) -> String {
    quote(text, Quoting::Shell, None).unwrap_or_default()
}

impl Built {
    fn of(nix: &Nix, made: &Made, to: Option<Maker>) -> Self {
        let attribute = attribute(nix, made);
        let (build, run) = match (nix.is_flake, attribute) {
            (true, attribute) => {
                let name = word(&[".#", attribute.as_deref().unwrap_or("default")].concat());
                (format!("nix build {name}"), name)
            }
            (false, attribute) => {
                let needs = nix.outline.parameters().is_some_and(|it| it.0.iter().any(|it| *it != "pkgs"));
                let flag = attribute.as_ref().map(|it| [" -A ", &word(it)].concat()).unwrap_or_default();
                let build = match needs {
                    true => format!("nix-build{flag} -E 'with import <nixpkgs> {{ }}; callPackage ./image.nix {{ }}'"),
                    false => format!("nix-build{flag} image.nix"),
                };
                (build, ".#image".to_owned())
            }
        };
        let name = made.text("name").unwrap_or("NAME").to_lowercase();
        let tag = made.text("tag").map(str::to_owned);
        Self { maker: to.filter(|_| made.maker.builds()).unwrap_or(made.maker), build, run, name, tag }
    }

    fn reference(&self) -> String {
        let tag = self.tag.as_deref().unwrap_or("TAG");
        word(&[&self.name, ":", tag].concat())
    }

    /// What a registry knows it by.
    fn remote(&self) -> String {
        let name = self.name.trim_start_matches("docker.io/");
        match name.split('/').next().is_some_and(|it| it.contains(['.', ':'])) && name.contains('/') {
            true => self.reference(),
            false => ["registry.example/", &self.reference()].concat(),
        }
    }

    fn steps(&self) -> Vec<Step> {
        let reference = self.reference();
        let remote = self.remote();
        let copy = |program: &str| format!("nix run {}.{program}", self.run);
        match self.maker {
            Maker::Container => vec![
                step(
                    "Copy it to Docker",
                    "With `nix2container` from the flake github:nlewo/nix2container, and the result as a package of a flake. There is no archive: layers that are there already are skipped.",
                    vec![copy("copyToDockerDaemon")],
                ),
                step("Or to Podman", "", vec![copy("copyToPodman")]),
                step("Or to a registry", "Its name says which one.", vec![copy("copyToRegistry")]),
            ],
            Maker::Snapshotter => vec![
                step(
                    "Build it",
                    "The result is an archive whose layers name paths of the store.",
                    vec![self.build.clone()],
                ),
                step(
                    "Load it into containerd",
                    "Only containerd with nix-snapshotter can run it: Docker cannot.",
                    vec!["sudo ctr images import result".to_owned()],
                ),
                step("Run it", "", vec![format!("sudo nerdctl --snapshotter nix run --rm {reference}")]),
            ],
            maker => {
                let is_script = maker.is_script();
                let load = |program: &str| match is_script {
                    true => format!("./result | {program} load"),
                    false => format!("{program} load < result"),
                };
                let explanation = match is_script {
                    true => "The result is a script that writes the archive to its output: it is run, not read.",
                    false => "It goes to the images of this machine, and to no registry.",
                };
                let push = match is_script {
                    true => vec![
                        "./result > image.tar".to_owned(),
                        format!("skopeo copy docker-archive:image.tar docker://{remote}"),
                    ],
                    false => vec![format!("skopeo copy docker-archive:result docker://{remote}")],
                };
                vec![
                    step("Build it", "", vec![self.build.clone()]),
                    step("Load it into Docker", explanation, vec![load("docker")]),
                    step("Or into Podman", "", vec![load("podman")]),
                    step("Or copy it to a registry", "No daemon is needed for that.", push),
                    step("Run it", "", vec![format!("docker run --rm {reference}")]),
                ]
            }
        }
    }
}

/// The attribute that a call is built by.
pub fn attribute(nix: &Nix, made: &Made) -> Option<String> {
    let around: Vec<&(String, bool)> = made.around.iter().filter(|it| it.0 != "outputs").collect();
    if nix.is_flake {
        let packages = around.iter().rposition(|it| it.0.starts_with("packages"))?;
        let last = around.get(packages..)?.last()?;
        return last.0.rsplit('.').next().filter(|it| *it != "packages" && !it.is_empty()).map(str::to_owned);
    }
    // What a `let` names is not to be had from outside.
    if around.iter().any(|it| it.1) || around.is_empty() {
        return None;
    }
    Some(around.iter().map(|it| it.0.as_str()).collect::<Vec<_>>().join("."))
}

/// How the images of a text come to where they run, made by another function perhaps.
pub fn steps(nix: &Nix, to: Option<Maker>) -> Vec<Step> {
    nix.images().next().map(|it| Built::of(nix, it, to).steps()).unwrap_or_default()
}

/// The same of a file that is written for a Dockerfile.
pub fn steps_of_file(maker: Maker, (name, tag): (&str, &str)) -> Vec<Step> {
    let (build, run) = ("nix-build image.nix".to_owned(), ".#image".to_owned());
    Built { maker, build, run, name: name.to_lowercase(), tag: Some(tag.to_owned()) }.steps()
}

/// So many images have commands.
const MOST: usize = 20;

/// A file with the commands of every image of a text.
pub fn of_nix(nix: &Nix) -> Answer {
    let images: Vec<Built> = nix.images().take(MOST).map(|it| Built::of(nix, it, None)).collect();
    let mut answer = said(&images);
    if images.iter().any(|it| it.tag.is_none()) {
        answer.notes.push(hint("Without a `tag` it is the hash in the path of the store: `docker load` says it, and `nix eval` says `imageTag`."));
    }
    answer
}

/// The same for the layered image that a Dockerfile comes to.
pub fn of_dockerfile(choices: &Choices) -> Answer {
    let (name, tag) = choices.name();
    said(&[Built {
        maker: Maker::Layered,
        build: "nix-build image.nix".to_owned(),
        run: ".#image".to_owned(),
        name: name.to_lowercase(),
        tag: Some(tag.to_owned()),
    }])
}

fn said(images: &[Built]) -> Answer {
    let mut text = String::new();
    let mut steps = Vec::new();
    for image in images {
        if !text.is_empty() {
            text.push('\n');
        }
        let name = image.name.chars().filter(|it| !it.is_control()).collect::<String>();
        text.push_str(&format!("# {name}, by {}\n", image.maker.title()));
        for it in image.steps() {
            text.push_str(&format!("\n# {}", it.title));
            if !it.explanation.is_empty() {
                text.push_str(&format!(": {}", it.explanation));
            }
            text.push('\n');
            it.lines.iter().for_each(|it| {
                text.push_str(it);
                text.push('\n');
            });
            steps.push(it);
        }
    }
    Answer { ink: plain_ink(text), steps, ..Answer::default() }
}
