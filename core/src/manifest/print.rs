//! What fetches an image with Nix, and every form of its digests.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use super::{
    Algorithm, Choices, Hash, Reference,
    read::{Blob, Image, Index, Reading, Shape, first_byte},
    reference::USUAL_REGISTRY,
};
use crate::{
    bench::{Examined, Note, Printed, Step, Target, Written},
    notation::nix::{Binding, Nix, write_commented},
    rule::diagnostic::Severity,
    text::{Ink, Role, Span},
};

/// What a text is written down for.
pub static TARGETS: [Target; 4] = [
    Target {
        id: "hashes",
        title: "Every form",
        file: "hashes.txt",
        description: "Each digest as registries write it, in Nix's base32, in base64 and as SRI.",
        write: |_, examined, _| with(examined, every_form),
    },
    Target {
        id: "pull-image",
        title: "dockerTools.pullImage",
        file: "image.nix",
        description: "The image as an archive in the Nix store, by nixpkgs.",
        write: |_, examined, _| with(examined, pull_image),
    },
    Target {
        id: "nix2container",
        title: "nix2container",
        file: "image.nix",
        description: "A derivation for each layer, from the manifest itself.",
        write: |_, examined, _| with(examined, nix2container),
    },
    Target {
        id: "fetchdocker",
        title: "fetchdocker (Hocker)",
        file: "image.nix",
        description: "A derivation for each layer, as Hocker writes it. Kept for those who have it.",
        write: |_, examined, _| with(examined, fetchdocker),
    },
];

/// What the bench knows of a text.
pub struct Asked {
    /// What was read.
    pub reading: Reading,
    /// What is chosen beside it.
    pub choices: Choices,
}

/// A result, what to know about it, and how it is put in place.
#[derive(Default)]
struct Answer {
    ink: Ink,
    notes: Vec<(Option<Span>, String)>,
    steps: Vec<Step>,
}

/// What a text comes to, or why there is nothing.
type Outcome = Result<Answer, String>;

fn with(examined: &Examined, write: fn(&Asked) -> Outcome) -> Written {
    let Some(asked) = examined.facts::<Asked>() else { return Written::default() };
    let (printed, steps) = match write(asked) {
        Ok(Answer { ink: Ink { text, spans }, notes, steps }) => {
            let notes = notes.into_iter().map(|(span, it)| Note { span, ..Note::new(Severity::Hint, it) }).collect();
            (Printed { text, spans, notes, error: None }, steps)
        }
        Err(why) => (Printed { error: Some(Note::new(Severity::Error, why)), ..Printed::default() }, Vec::new()),
    };
    Written { printed: Rc::new(printed), parts: Vec::new(), steps }
}

fn step(title: &str, explanation: &str, lines: Vec<String>) -> Step {
    Step { title: title.to_owned(), explanation: explanation.to_owned(), lines }
}

/// `1512 bytes`, `29.1 MB`: as registries count, by thousands.
pub(super) fn bytes(count: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if count < 1000 {
        return format!("{count} bytes");
    }
    let mut unit = 0;
    // In tenths.
    let mut size = count.saturating_add(50) / 100;
    while size >= 10_000 && unit + 1 < UNITS.len() {
        size = size.saturating_add(500) / 1000;
        unit += 1;
    }
    format!("{}.{} {}", size / 10, size % 10, UNITS[unit])
}

/// Everything with a digest, in every form.
fn every_form(asked: &Asked) -> Outcome {
    let Reading { images, indexes, hashes, .. } = &asked.reading;
    let mut ink = Ink::default();
    let mut notes = Vec::new();
    let mut block = |title: String, hash: &Hash| {
        if !ink.text.is_empty() {
            ink.space("\n");
        }
        ink.put(Role::Comment, &title);
        for (name, form) in hash.forms() {
            ink.space("\n  ");
            ink.put(Role::Key, &format!("{name:<13}"));
            ink.put(Role::String, &form);
        }
        ink.space("\n");
    };
    for image in images {
        let title = image.title();
        if let Some(digest) = &image.digest {
            let what = if image.may_be_list() { ", the manifest or the list of several" } else { ", the manifest" };
            block([&title, what].concat(), digest);
            notes.extend(image.is_computed.then(|| (Some(first_byte(image.span)), byte_exact(image.name.as_ref()))));
        }
        let sized = |it: &Blob| it.size.map(|it| [", ", &bytes(it)].concat()).unwrap_or_default();
        if let Some(config) = &image.config {
            block([&title, ", the configuration", &sized(config)].concat(), &config.hash);
        }
        for (layer, at) in image.layers.iter().zip(1..) {
            block(format!("{title}, layer {at} of {}{}", image.layers.len(), sized(layer)), &layer.hash);
        }
    }
    for index in indexes {
        let title = index.name.as_ref().map_or_else(|| "A list of manifests".to_owned(), Reference::tagged);
        if let Some(digest) = &index.digest {
            block([&title, ", the list"].concat(), digest);
            notes.push((Some(first_byte(index.span)), byte_exact(index.name.as_ref())));
        }
        for entry in &index.entries {
            let told = match &*entry.platform {
                _ if !entry.is_image() => ", an attestation".to_owned(),
                "" => ", a manifest".to_owned(),
                platform => [", the manifest for ", platform].concat(),
            };
            block([&title, &*told].concat(), &entry.blob.hash);
        }
    }
    for (hash, _) in hashes {
        block([hash.algorithm.name(), " that was written down"].concat(), hash);
    }
    if ink.text.is_empty() {
        return Err("Nothing in the text has a digest, so there is nothing to write in other forms.".to_owned());
    }
    let explanation = "A digest of a registry and a hash of Nix are the same number in different letters, as long as they are of the same bytes. `hash` of `pullImage` is that of an archive, and no digest of the registry.";
    let steps = vec![step("Use a form where it is asked for", explanation, Vec::new())];
    Ok(Answer { ink, notes, steps })
}

/// Why a digest that was computed may be another one than that of the registry.
fn byte_exact(name: Option<&Reference>) -> String {
    let name = name.map_or_else(|| "NAME:TAG".to_owned(), Reference::tagged);
    format!(
        "The digest is that of the bytes of this text. Programs such as `docker manifest inspect` lay a manifest out anew, which gives another one: compare it with what `skopeo inspect --format '{{{{.Digest}}}}' docker://{name}` says."
    )
}

/// An image that can be asked of a registry by a digest.
struct Fetched<'a> {
    name: &'a Reference,
    digest: &'a Hash,
    platform: Option<&'a str>,
    is_computed: bool,
    may_be_list: bool,
    span: Span,
}

/// What can be asked for, and why the rest cannot.
fn fetched<'a>(asked: &'a Asked, left: &mut Vec<String>) -> Vec<Fetched<'a>> {
    let mut all = Vec::new();
    for image in &asked.reading.images {
        match (&image.name, &image.digest) {
            (Some(name), Some(digest)) => all.push(Fetched {
                name,
                digest,
                platform: image.platform.as_deref(),
                is_computed: image.is_computed,
                may_be_list: image.may_be_list(),
                span: image.span,
            }),
            (None, _) => left.push(unnamed()),
            (Some(name), None) => left.push(format!(
                "The digest of {} is not told here, and cannot be computed from a text that was laid out anew: paste what `skopeo inspect --raw docker://{}` says, as it is.",
                name.tagged(),
                name.tagged()
            )),
        }
    }
    for index in &asked.reading.indexes {
        let platform = asked.choices.platform.trim();
        let entry = index.entry(platform);
        match (&index.name, entry) {
            (None, _) => left.push(unnamed()),
            (Some(name), None) => {
                let there = index.platforms().join(", ");
                left.push(format!(
                    "{} is a list of manifests for {there}: choose one of these as Platform under Surroundings, in the header.",
                    name.tagged()
                ));
            }
            (Some(name), Some(entry)) => all.push(Fetched {
                name,
                digest: &entry.blob.hash,
                platform: Some(&entry.platform),
                is_computed: false,
                may_be_list: false,
                span: entry.blob.span,
            }),
        }
    }
    left.dedup();
    all
}

fn unnamed() -> String {
    "The text does not say of which image it is: write its name on the line above, `# debian:12`, or as Image under Surroundings, in the header.".to_owned()
}

/// Why nothing can be written down.
fn nothing(left: Vec<String>) -> String {
    match left.is_empty() {
        true => "Nothing in the text tells of an image, so there is nothing to fetch.".to_owned(),
        false => left.join(" "),
    }
}

/// The names of several images, each once: `debian`, `debian-2`.
fn once_each<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    let once = names.into_iter().map(|name| {
        let count = seen.entry(name.to_owned()).or_default();
        loop {
            *count += 1;
            let it = if *count == 1 { name.to_owned() } else { format!("{name}-{count}") };
            if taken.insert(it.clone()) {
                return it;
            }
        }
    });
    once.collect()
}

/// One expression, or a set of several by the names of their images.
fn one_or_several(mut all: Vec<(String, Nix)>) -> Nix {
    if all.len() == 1
        && let Some((_, only)) = all.pop()
    {
        return only;
    }
    Nix::Set(all.into_iter().map(|(name, value)| Binding::named(&name, value)).collect())
}

fn text(value: &str) -> Nix {
    Nix::String(value.to_owned())
}

/// The operating system and the architecture as Go calls them, and the variant.
fn platform_of(platform: Option<&str>) -> (&str, &str, &str) {
    let mut parts = platform.unwrap_or("linux/amd64").splitn(3, '/');
    (parts.next().unwrap_or("linux"), parts.next().unwrap_or("amd64"), parts.next().unwrap_or_default())
}

/// Sources: nixpkgs `pkgs/build-support/docker/default.nix`, `pullImage`; `nix-prefetch-docker`
fn pull_image(asked: &Asked) -> Outcome {
    let mut left = Vec::new();
    let fetched = fetched(asked, &mut left);
    if fetched.is_empty() {
        return Err(nothing(left));
    }
    let mut answer = Answer { notes: left.into_iter().map(|it| (None, it)).collect(), ..Answer::default() };
    let mut commands = Vec::new();
    let mut all = Vec::new();
    for (it, once) in fetched.iter().zip(once_each(fetched.iter().map(|it| it.name.image.as_str()))) {
        let (os, arch, variant) = platform_of(it.platform);
        let (name, digest, tag) = (it.name.full_name(), it.digest.digest(), it.name.tag_or_latest());
        commands.push(format!(
            "nix-prefetch-docker --image-name {name} --image-digest {digest} --final-image-tag {tag} --os {os} --arch {arch}"
        ));
        let hash = Binding::named("hash", Nix::Word("pkgs.lib.fakeHash"))
            .said("The hash of the archive, which only a download tells: see Apply.");
        let mut bindings =
            vec![Binding::named("imageName", text(&name)), Binding::named("imageDigest", text(&digest)), hash];
        bindings.push(Binding::named("finalImageTag", text(tag)));
        // What is not told is left to the machine that builds.
        if it.platform.is_some() {
            bindings.extend([Binding::named("os", text(os)), Binding::named("arch", text(arch))]);
        }
        all.push((once, Nix::Call("pkgs.dockerTools.pullImage".into(), Box::new(Nix::Set(bindings)))));
        if it.is_computed {
            answer.notes.push((Some(first_byte(it.span)), byte_exact(Some(it.name))));
        }
        if !variant.is_empty() && variant != "v8" && !it.may_be_list {
            let message =
                format!("`pullImage` has no place for the variant `{variant}`; the digest decides which image it is.");
            answer.notes.push((Some(it.span), message));
        }
    }
    answer.ink =
        write_commented("", &Nix::Function("{\n  pkgs ? import <nixpkgs> { },\n}:", Box::new(one_or_several(all))));
    answer.steps = vec![
        step(
            "Get the hash",
            "It is that of the archive that skopeo makes, with its name and tag in it, so no manifest tells it. `nix-prefetch-docker` downloads the image and prints it; `nix-build` fails once and says it too.",
            commands,
        ),
        step("Write it in place of `pkgs.lib.fakeHash`", "", Vec::new()),
        step(
            "Build and load it",
            "`docker load` puts it among the images of this machine, and in no registry.",
            vec!["nix-build image.nix".to_owned(), "docker load < result".to_owned()],
        ),
    ];
    Ok(answer)
}

/// The manifests that a registry served, with their names.
fn served<'a>(asked: &'a Asked, left: &mut Vec<String>) -> Vec<(&'a Reference, &'a Image, &'a Blob)> {
    let mut all = Vec::new();
    for image in &asked.reading.images {
        match (&image.name, &image.config, image.shape) {
            (None, ..) => left.push(unnamed()),
            (Some(name), _, Shape::Saved | Shape::Unpacked) => left.push(format!(
                "The layers of {} are named here as they are unpacked: paste what `skopeo inspect --raw docker://{}` says.",
                name.tagged(),
                name.tagged()
            )),
            (Some(name), ..) if !image.is_whole => {
                left.push(format!("A layer of {} has no digest that is right, so the image would lack it.", name.tagged()));
            }
            (Some(name), Some(config), _) => all.push((name, image, config)),
            (Some(name), None, _) => left.push(format!(
                "The configuration of {} is not told here: paste what `skopeo inspect --raw docker://{}` says.",
                name.tagged(),
                name.tagged()
            )),
        }
    }
    for index in &asked.reading.indexes {
        left.push(of_list(index));
    }
    left.dedup();
    all
}

fn of_list(index: &Index) -> String {
    let name = index.name.as_ref().map_or_else(|| "NAME".to_owned(), Reference::full_name);
    let digest = index.entries.iter().find(|it| it.is_image()).map_or_else(String::new, |it| it.blob.hash.digest());
    format!(
        "A list of manifests names no layers: paste the manifest of one platform, as `skopeo inspect --raw docker://{name}@{digest}` prints it."
    )
}

/// Source: nlewo/nix2container `default.nix`, `pullImageFromManifest`
fn nix2container(asked: &Asked) -> Outcome {
    let mut left = Vec::new();
    let served = served(asked, &mut left);
    if served.is_empty() {
        return Err(nothing(left));
    }
    let several = served.len() > 1;
    let mut answer = Answer { notes: left.into_iter().map(|it| (None, it)).collect(), ..Answer::default() };
    let mut files = Vec::new();
    let mut all = Vec::new();
    let names = once_each(served.iter().map(|it| it.0.image.as_str()));
    for ((name, image, _), once) in served.iter().zip(names) {
        let file = if several { format!("{once}.json") } else { "manifest.json".to_owned() };
        files.push(format!("skopeo inspect --raw docker://{} > {file}", by_digest(name, image)));
        let mut bindings = vec![
            Binding::named("imageName", text(&name.path())),
            Binding::named("imageManifest", Nix::Raw(["./", &file].concat())),
            Binding::named("imageTag", text(name.tag_or_latest())),
        ];
        if let Some(platform) = &image.platform {
            let (os, arch, _) = platform_of(Some(platform));
            bindings.extend([Binding::named("os", text(os)), Binding::named("arch", text(arch))]);
        }
        if name.registry != USUAL_REGISTRY {
            bindings.push(Binding::named("registryUrl", text(&name.registry)));
        }
        let call = Nix::Call("nix2container.pullImageFromManifest".into(), Box::new(Nix::Set(bindings)));
        all.push((once, call));
    }
    answer.ink = write_commented("", &Nix::Function("{ nix2container }:", Box::new(one_or_several(all))));
    answer.steps = vec![
        step(
            "Save the manifest beside it",
            "Each layer is a derivation whose hash is its digest there, so nothing is downloaded to find out a hash.",
            files,
        ),
        step(
            "Copy the image where it runs",
            "With `nix2container` from the flake github:nlewo/nix2container, and the result as the package `image`.",
            vec!["nix run .#image.copyToDockerDaemon".to_owned()],
        ),
    ];
    Ok(answer)
}

/// A name of an image with the digest of its manifest, where that is certain.
fn by_digest(name: &Reference, image: &Image) -> String {
    match image.digest.as_ref().filter(|_| !image.is_computed) {
        Some(digest) => [&name.full_name(), "@", &digest.digest()].concat(),
        None => name.tagged(),
    }
}

/// Source: awakesecurity/hocker `src/Network/Wreq/Docker/Image/V1_2`, `src/Data/Docker/Nix/FetchDocker.hs`; nixpkgs
/// `pkgs/build-support/fetchdocker/`
fn fetchdocker(asked: &Asked) -> Outcome {
    let mut left = Vec::new();
    let mut written = Vec::new();
    let served = served(asked, &mut left);
    let names = once_each(served.iter().map(|it| it.0.image.as_str()));
    for ((name, image, config), once) in served.into_iter().zip(names) {
        let has_other = |it: &Blob| it.hash.algorithm != Algorithm::Sha256;
        if image.layers.iter().chain([config]).any(has_other) {
            left.push(format!("fetchdocker knows SHA-256 alone, and {} has other digests.", name.tagged()));
            continue;
        }
        if name.repository.is_empty() || name.repository.contains('/') {
            left.push(format!("fetchdocker has names of two parts, as `library/debian`, and {} has not.", name.path()));
            continue;
        }
        written.push((once, call(name, image, config)));
    }
    if written.is_empty() {
        return Err(nothing(left));
    }
    let mut answer = Answer { notes: left.into_iter().map(|it| (None, it)).collect(), ..Answer::default() };
    answer.notes.push((
        None,
        "Hocker's last change is of April 2025, and nothing in public uses fetchdocker: `pullImage` or nix2container are what people take today.".to_owned(),
    ));
    let header = "{\n  fetchDockerConfig,\n  fetchDockerLayer,\n  fetchdocker,\n}:";
    answer.ink = write_commented("", &Nix::Function(header, Box::new(one_or_several(written))));
    let ask = "nix-build -E 'with import <nixpkgs> { }; callPackage ./image.nix { }'";
    answer.steps = vec![step(
        "Build and load it",
        "The hashes are those of the manifest in other letters: nothing is downloaded to find them out.",
        vec![ask.to_owned(), "./result/compositeImage.sh | docker load".to_owned()],
    )];
    Ok(answer)
}

/// The call for one image.
fn call(name: &Reference, image: &Image, config: &Blob) -> Nix {
    let registry = match &*name.registry {
        USUAL_REGISTRY => "https://registry-1.docker.io/v2/".to_owned(),
        other => format!("https://{other}/v2/"),
    };
    let inherited = |names: &[&str]| {
        let path = names.iter().map(|it| (*it).to_owned()).collect();
        Binding { path, ..Binding::named("", Nix::Inherited) }
    };
    let fetch = |function: &'static str, bindings| Nix::Call(function.into(), Box::new(Nix::Set(bindings)));
    let named = |at: usize| format!("layer{at}");
    let layers = image.layers.iter().enumerate().map(|(at, layer)| {
        let layer = vec![
            inherited(&["registry", "repository", "imageName"]),
            Binding::named("layerDigest", text(&layer.hash.hex())),
            Binding::named("sha256", text(&layer.hash.base32())),
        ];
        Binding::named(&named(at), fetch("fetchDockerLayer", layer))
    });
    let layers: Vec<Binding> = layers.collect();
    let list = Nix::List((0..layers.len()).map(|it| Nix::Raw(named(it))).collect());
    let config = vec![
        inherited(&["tag", "registry", "repository", "imageName"]),
        Binding::named("sha256", text(&config.hash.base32())),
    ];
    fetch(
        "fetchdocker rec",
        vec![
            Binding::named("name", text(&name.image)),
            Binding::named("registry", text(&registry)),
            Binding::named("repository", text(&name.repository)),
            Binding::named("imageName", text(&name.image)),
            Binding::named("tag", text(name.tag_or_latest())),
            Binding::named("imageConfig", fetch("fetchDockerConfig", config)),
            Binding::named("imageLayers", if layers.is_empty() { list } else { Nix::Let(layers, Box::new(list)) }),
        ],
    )
}
