//! What is a pasted text: a manifest, an index, what a program says of an image, or hashes?
//!
//! Sources: distribution.github.io *Image Manifest V 2, Schema 1* and *Schema 2*; opencontainers/image-spec `manifest.md`,
//! `image-index.md`, `config.md`; docker/cli `cli/command/manifest/inspect.go`; containers/skopeo `cmd/skopeo/inspect.go`;
//! moby `image/tarexport/save.go`

use super::{Algorithm, Hash, HashError, Reference};
use crate::{
    document::{Kind, Member, Node, ProblemKind as Mistake, Tree},
    notation::json,
    text::Span,
};

/// What is said beside a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The name of the image, where the text does not say it; empty for none.
    pub image: String,
    /// The platform of a list that is meant: `linux/arm64`; empty for none.
    pub platform: String,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The images, in the order of the text.
    pub images: Vec<Image>,
    /// The lists of manifests.
    pub indexes: Vec<Index>,
    /// The hashes that stand by themselves.
    pub hashes: Vec<(Hash, Span)>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// What tells of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A manifest as a registry serves it, of Docker's format.
    Docker,
    /// The same of the Open Container Initiative.
    Oci,
    /// What `skopeo inspect` says of one.
    Inspected,
    /// What `docker save` writes: names of files.
    Saved,
    /// What `docker image inspect` says, or the configuration of an image: its layers when they are unpacked.
    Unpacked,
    /// Its name with its digest, and nothing more: `debian@sha256:…`.
    Named,
}

/// An image.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// Its name, where it is told.
    pub name: Option<Reference>,
    /// What tells of it.
    pub shape: Shape,
    /// The bytes that tell of it.
    pub span: Span,
    /// The digest of its manifest.
    pub digest: Option<Hash>,
    /// Whether that digest was computed from the text, which may be laid out anew.
    pub is_computed: bool,
    /// Its platform, where that is told: `linux/amd64`.
    pub platform: Option<String>,
    /// Its configuration.
    pub config: Option<Blob>,
    /// Its layers, the lowest first.
    pub layers: Vec<Blob>,
    /// Whether each part that is written has a digest.
    pub is_whole: bool,
    /// Whether it is one of a list for several platforms.
    pub is_of_list: bool,
}

impl Image {
    /// What it is called: its name, or what tells it from others.
    pub fn title(&self) -> String {
        match (&self.name, &self.platform, &self.digest) {
            (Some(name), Some(platform), _) => [&name.tagged(), " for ", platform].concat(),
            (Some(name), None, _) => name.tagged(),
            (None, _, Some(digest)) => short(digest),
            (None, ..) => "An image without a name".to_owned(),
        }
    }

    /// Whether its layers are those of a registry.
    pub fn is_served(&self) -> bool {
        !matches!(self.shape, Shape::Saved | Shape::Unpacked)
    }

    /// Whether its digest may be that of a list of manifests: what tells of it takes either.
    pub fn may_be_list(&self) -> bool {
        matches!(self.shape, Shape::Inspected | Shape::Unpacked | Shape::Named)
    }
}

/// The first letters of a digest: `sha256:054abe38b1e6`.
pub fn short(hash: &Hash) -> String {
    let hex = hash.hex();
    [hash.algorithm.name(), ":", hex.get(..12).unwrap_or(&hex)].concat()
}

/// Something that a registry has by its digest.
#[derive(Clone, Debug, PartialEq)]
pub struct Blob {
    /// Its digest.
    pub hash: Hash,
    /// The bytes of that in the text.
    pub span: Span,
    /// How many bytes it has.
    pub size: Option<u64>,
    /// What it is: `application/vnd.oci.image.layer.v1.tar+gzip`; empty where it is not told.
    pub media_type: String,
}

/// A list of manifests, one for each platform.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// The name of the image, where it is told.
    pub name: Option<Reference>,
    /// The bytes of the text.
    pub span: Span,
    /// The digest of the list itself, computed from the text; `None` where that is not as it was served.
    pub digest: Option<Hash>,
    /// Its manifests.
    pub entries: Vec<Entry>,
}

impl Index {
    /// The manifest for a platform; none for an empty one.
    pub fn entry(&self, platform: &str) -> Option<&Entry> {
        if platform.trim().is_empty() {
            return None;
        }
        best(self.entries.iter().filter(|it| it.is_image()), platform, |it| &it.platform)
    }

    /// The platforms that images are for, each once.
    pub fn platforms(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for entry in self.entries.iter().filter(|it| it.is_image() && !it.platform.is_empty()) {
            if !all.contains(&&*entry.platform) {
                all.push(&entry.platform);
            }
        }
        all
    }
}

/// A manifest of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The manifest.
    pub blob: Blob,
    /// Its platform: `linux/arm64/v8`; empty where it is not told.
    pub platform: String,
}

impl Entry {
    /// Whether it is an image, and not what is said about one: an attestation.
    pub fn is_image(&self) -> bool {
        !self.platform.starts_with("unknown/")
    }
}

/// Of several, the one for a platform; of `linux/arm` the latest variant.
fn best<'a, T>(all: impl Iterator<Item = &'a T>, platform: &str, of: impl Fn(&T) -> &str) -> Option<&'a T> {
    let wanted = usual(platform);
    let fits = |it: &str| it == wanted || it.strip_prefix(&*wanted).is_some_and(|it| it.starts_with('/'));
    let all = all.map(|it| (usual(of(it)), it)).filter(|it| fits(&it.0));
    // Of equal ones the first.
    let best = all.reduce(|a, b| {
        let rank = |it: &(String, &T)| (it.0 == wanted, it.0.clone());
        if rank(&b) > rank(&a) { b } else { a }
    });
    best.map(|it| it.1)
}

/// A platform as it is usually written: `linux/arm64` for `arm64`, `aarch64` and `linux/arm64/v8`.
///
/// Source: containerd/platforms `database.go`, `normalizeArch`
fn usual(platform: &str) -> String {
    let written = platform.trim().to_ascii_lowercase();
    let whole = if written.contains('/') { written } else { ["linux/", &written].concat() };
    let (os, rest) = whole.split_once('/').unwrap_or(("linux", &whole));
    let (architecture, variant) = rest.split_once('/').unwrap_or((rest, ""));
    let (architecture, variant) = match (architecture, variant) {
        ("x86_64" | "x86-64", variant) => ("amd64", variant),
        ("aarch64" | "arm64", "8" | "v8") => ("arm64", ""),
        ("aarch64", variant) => ("arm64", variant),
        ("armhf", "") => ("arm", "v7"),
        ("armel", "") => ("arm", "v6"),
        same => same,
    };
    let gap = if variant.is_empty() { "" } else { "/" };
    [os, "/", architecture, gap, variant].concat()
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// The bytes it is about.
    pub span: Span,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum ProblemKind {
    /// The text is no JSON.
    Json(Mistake),
    /// A digest that is none.
    Hash(HashError),
    /// A digest in a form that registries do not take: the one that they do.
    OtherForm(String),
    /// The manifest has another digest than its name says: that of the name, and its own.
    OtherDigest(String, String),
    /// A part of a manifest that has no digest.
    NoDigest,
    /// JSON, and nothing that tells of an image: what is there.
    Unknown(&'static str),
    /// A line that says nothing.
    Line,
    /// A manifest of the first version.
    SchemaOne,
    /// What is stored like an image and is none: its type.
    Artifact(String),
    /// A layer that other servers have.
    Elsewhere(String),
    /// The platform that was chosen is none of the list's: it, and those.
    NoPlatform(String, Vec<String>),
    /// The name that was chosen is none.
    NoName(String),
    /// More parts than are read.
    TooMany,
}

/// As many parts are read; no image comes near.
const MAX_PARTS: usize = 4_000;

/// Reads a text.
pub fn read(text: &str, choices: &Choices) -> Reading {
    let mut reader = Reader { text, base: 0, parts: MAX_PARTS, name: None, reading: Reading::default() };
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    while let Some(rest) = text.get(at..).filter(|it| !it.is_empty() && reader.parts > 0) {
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        let indent = line.len() - line.trim_start().len();
        if is_json(line.trim()) {
            let start = at + indent;
            let length = json_length(text.get(start..).unwrap_or_default());
            reader.piece(Span::new(start, start + length));
            at = start + length;
        } else {
            reader.line(Span::new(at, at + line.len()));
            at += line.len();
        }
    }
    reader.name_alone();
    let mut reading = reader.reading;
    reading.choose(choices);
    reading
}

/// Whether a line begins a value of JSON, and no prompt: `[root@host ~]#`.
fn is_json(line: &str) -> bool {
    let within = line.strip_prefix('[').map(str::trim_start);
    line.starts_with('{') || within.is_some_and(|it| it.is_empty() || it.starts_with(['{', '[', ']', '"']))
}

impl Reading {
    fn choose(&mut self, choices: &Choices) {
        if !choices.image.trim().is_empty() {
            match Reference::read(&choices.image) {
                None => {
                    let kind = ProblemKind::NoName(choices.image.clone());
                    self.problems.push(Problem { kind, span: Span::empty(0) });
                }
                Some(name) => {
                    let images = self.images.iter_mut().map(|it| &mut it.name);
                    let indexes = self.indexes.iter_mut().map(|it| &mut it.name);
                    images.chain(indexes).for_each(|it| *it = Some(more_of(it.take(), &name)));
                }
            }
        }
        for image in &mut self.images {
            let Some(told) = image.name.as_ref().and_then(|it| it.digest.clone()) else { continue };
            if let Some(own) = image.digest.as_ref().filter(|it| image.is_computed && **it != told) {
                let kind = ProblemKind::OtherDigest(told.digest(), own.digest());
                self.problems.push(Problem { kind, span: first_byte(image.span) });
            }
            (image.digest, image.is_computed) = (Some(told), false);
        }
        let platform = choices.platform.trim();
        if !platform.is_empty() {
            self.choose_platform(platform);
        }
    }

    fn choose_platform(&mut self, platform: &str) {
        let missing = |there: &[&str], span| {
            let there = there.iter().map(|it| (*it).to_owned()).collect();
            Problem { kind: ProblemKind::NoPlatform(platform.to_owned(), there), span }
        };
        for index in self.indexes.iter().filter(|it| it.entry(platform).is_none()) {
            self.problems.push(missing(&index.platforms(), index.span));
        }
        let of_list = || self.images.iter().filter(|it| it.is_of_list);
        let Some(first) = of_list().next().map(|it| first_byte(it.span)) else { return };
        let platforms: Vec<&str> = of_list().filter_map(|it| it.platform.as_deref()).collect();
        match best(platforms.iter(), platform, |it| it) {
            None => self.problems.push(missing(&platforms, first)),
            Some(chosen) => {
                let chosen = (*chosen).to_owned();
                self.images.retain(|it| !it.is_of_list || it.platform.as_ref() == Some(&chosen));
            }
        }
    }
}

/// A name, with what another of the same image says besides.
fn more_of(name: Option<Reference>, other: &Reference) -> Reference {
    match name {
        None => other.clone(),
        Some(name) if name.full_name() != other.full_name() => name,
        Some(name) => Reference {
            tag: if name.tag.is_empty() { other.tag.clone() } else { name.tag },
            digest: name.digest.or_else(|| other.digest.clone()),
            ..name
        },
    }
}

/// Where something begins.
pub fn first_byte(span: Span) -> Span {
    Span::new(span.start, (span.start + 1).min(span.end))
}

/// How many bytes the value at the beginning of a text has; all of them when it does not end.
fn json_length(text: &str) -> usize {
    let (mut depth, mut in_string, mut is_escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_string => is_escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// A name that was written, for what follows it.
struct Named {
    name: Reference,
    /// Where it is.
    span: Span,
    /// Whether it is in a comment or a command, where it is nothing by itself.
    is_aside: bool,
}

struct Reader<'a> {
    text: &'a str,
    /// Where the piece that is read begins in the text.
    base: usize,
    /// How many parts may still be read.
    parts: usize,
    /// The name that was written above.
    name: Option<Named>,
    reading: Reading,
}

impl Reader<'_> {
    fn span(&self, span: Span) -> Span {
        Span::new(span.start + self.base, span.end + self.base)
    }

    fn problem(&mut self, kind: ProblemKind, span: Span) {
        let span = self.span(span);
        self.reading.problems.push(Problem { kind, span });
    }

    /// Counts a part, and says so of the last one; whether it is read.
    fn counts(&mut self, span: Span) -> bool {
        if self.parts == 1 {
            self.problem(ProblemKind::TooMany, span);
        }
        self.parts = self.parts.saturating_sub(1);
        self.parts > 0
    }

    /// The name that was written above.
    fn above(&self) -> Option<Reference> {
        self.name.as_ref().map(|it| it.name.clone())
    }

    /// A name that nothing followed: with its digest it is an image all the same.
    fn name_alone(&mut self) {
        self.base = 0;
        match self.name.take() {
            Some(Named { name, span, .. }) if name.digest.is_some() => {
                let digest = name.digest.clone();
                self.reading.images.push(Image { name: Some(name), digest, ..image(Shape::Named, span) });
            }
            Some(Named { span, is_aside: false, .. }) => self.problem(ProblemKind::Line, span),
            Some(_) | None => {}
        }
    }

    fn called(&mut self, name: Reference, span: Span, is_aside: bool) {
        self.name_alone();
        self.name = Some(Named { name, span, is_aside });
    }

    /// A line that is no JSON: a name, hashes, a command, or nothing that is understood.
    fn line(&mut self, line: Span) {
        self.base = 0;
        let written = line.of(self.text);
        let said = written.trim().trim_start_matches(['#', '/', '-', ' ']).trim_end_matches(':').trim();
        let place = trimmed(self.text, line);
        if said.is_empty() || !self.counts(place) {
            return;
        }
        let is_comment = written.trim_start().starts_with(['#', '/']);
        let is_command = COMMANDS.iter().any(|it| said.contains(it));
        let is_alone = said.split_whitespace().nth(1).is_none();
        let mut found = 0;
        let mut mistake = None;
        let mut end = line.start;
        // A padded hash ends with what separates words.
        let is_between = |it: char| it.is_whitespace() || "\"'`,;()[]{}<>|=".contains(it);
        for piece in written.split_inclusive(is_between) {
            let start = end;
            end += piece.len();
            let word = piece.trim_end_matches(is_between).trim_end_matches('.');
            let (name, hash) = word.split_once('@').map_or(("", word), |it| it);
            let span = Span::new(start + word.len() - hash.len(), start + word.len());
            match Hash::read(hash) {
                Ok(_) if !is_alone && !is_certain(hash) => {}
                Ok(hash) => {
                    found += 1;
                    match Reference::read(name) {
                        Some(name) => {
                            let name = Reference { digest: Some(hash), ..name };
                            self.called(name, Span::new(start, start + word.len()), true);
                        }
                        None => self.reading.hashes.push((hash, span)),
                    }
                }
                Err(error) if is_meant(hash) => mistake = Some((error, span)),
                Err(_) => {}
            }
        }
        if let Some((error, span)) = mistake {
            self.problem(ProblemKind::Hash(error), span);
        } else if found == 0 {
            let is_name = |it: &&str| it.contains([':', '/']) && !is_platform(it);
            let mut words = said.split_whitespace().filter(is_name);
            let name = match is_command {
                true => words.rev().find_map(Reference::read),
                false => words.next().filter(|_| is_alone).and_then(Reference::read),
            };
            match name {
                Some(name) => self.called(name, place, is_comment || is_command),
                None if is_comment || is_command => {}
                None => self.problem(ProblemKind::Line, place),
            }
        }
    }

    /// A value of JSON.
    fn piece(&mut self, piece: Span) {
        self.base = piece.start;
        if !self.counts(Span::empty(0)) {
            return;
        }
        let Tree { root, problems, .. } = json::read_as_written(piece.of(self.text));
        for problem in problems.iter().filter(|it| it.kind != Mistake::Empty) {
            self.problem(ProblemKind::Json(problem.kind), problem.span);
        }
        // Registries serve no tabs and no ends of lines of Windows: such a text was laid out anew.
        let is_as_served = problems.is_empty() && !piece.of(self.text).contains(['\t', '\r']);
        let before = self.told();
        self.value(&root, piece, is_as_served);
        if self.told() == before {
            self.problem(ProblemKind::Unknown(root.noun()), root.span);
        }
        self.name = None;
    }

    /// How much was told of images.
    fn told(&self) -> usize {
        self.reading.images.len() + self.reading.indexes.len() + self.reading.problems.len()
    }

    /// What a value tells; `bytes` are those of the text that the registry would have served.
    fn value(&mut self, node: &Node, bytes: Span, is_as_served: bool) {
        if let Kind::List(elements) = &node.kind {
            for element in elements {
                let span = self.span(element.span);
                self.value(element, span, false);
            }
            return;
        }
        if !self.counts(first_byte(node.span)) {
            return;
        }
        let digest = is_as_served.then(|| Hash::sha256(bytes.of(self.text)));
        if let Some(list) = member(node, "manifests") {
            self.index(node, list, digest);
        } else if let Some(inner) = member(node, "SchemaV2Manifest").or(member(node, "OCIManifest")) {
            self.verbose(node, inner);
        } else if member(node, "fsLayers").is_some() {
            self.problem(ProblemKind::SchemaOne, member(node, "schemaVersion").map_or(node.span, |it| it.span));
        } else if let (Some(config), Some(layers)) = (member(node, "config"), member(node, "layers")) {
            self.manifest(node, config, layers, digest);
        } else if let (Some(config), Some(layers)) = (member(node, "Config"), member(node, "Layers")) {
            match config.as_str() {
                Some(config) => self.saved(node, config, layers),
                None => self.inspected(node, layers),
            }
        } else if let Some(layers) = member(node, "Layers") {
            self.inspected(node, layers);
        } else if let Some(layers) = member(node, "RootFS").and_then(|it| member(it, "Layers")) {
            self.unpacked(node, layers);
        } else if let Some(layers) = member(node, "rootfs").and_then(|it| member(it, "diff_ids")) {
            self.unpacked(node, layers);
        }
    }

    fn image(&self, node: &Node, shape: Shape) -> Image {
        Image { name: self.above(), platform: platform(node), ..image(shape, self.span(node.span)) }
    }

    /// A name that the text tells, with what the name above says of the same image.
    fn name_of(&self, told: Option<Reference>) -> Option<Reference> {
        match (told, self.above()) {
            (Some(told), Some(above)) => Some(more_of(Some(told), &above)),
            (told, above) => told.or(above),
        }
    }

    /// What a registry serves.
    fn manifest(&mut self, node: &Node, config: &Node, layers: &Node, digest: Option<Hash>) {
        let kind = text_of(config, "mediaType");
        // The last three are of registries in the first years of the format.
        // Source: moby `distribution/pull_v2.go`, `defaultImageTypes`
        let is_image = ["container.image", "oci.image.config"].iter().any(|it| kind.contains(it))
            || matches!(kind, "" | "application/octet-stream" | "application/json" | "text/html");
        let kinds = || layers.elements().iter().map(|it| text_of(it, "mediaType")).filter(|it| !it.is_empty());
        let is_layer = |it: &str| it.contains(".image.layer.") || it.contains(".image.rootfs.");
        let of_layers = kinds().next().filter(|_| !kinds().any(is_layer)).map(|it| (it, layers.span));
        if let Some((kind, span)) = (!is_image).then_some((kind, config.span)).or(of_layers) {
            let artifact = Some(text_of(node, "artifactType")).filter(|it| !it.is_empty());
            self.problem(ProblemKind::Artifact(artifact.unwrap_or(kind).to_owned()), span);
            return;
        }
        let is_oci = [text_of(node, "mediaType"), kind].iter().any(|it| it.contains("vnd.oci"));
        let mut image = self.image(node, if is_oci { Shape::Oci } else { Shape::Docker });
        (image.digest, image.is_computed) = (digest, true);
        image.config = self.blob(config);
        image.layers = layers.elements().iter().filter_map(|it| self.blob(it)).collect();
        let is_list = matches!(layers.kind, Kind::List(_));
        if !is_list {
            self.problem(ProblemKind::NoDigest, layers.span);
        }
        image.is_whole = is_list && image.config.is_some() && image.layers.len() == layers.elements().len();
        self.reading.images.push(image);
    }

    /// What `docker manifest inspect --verbose` says.
    fn verbose(&mut self, node: &Node, inner: &Node) {
        let descriptor = member(node, "Descriptor");
        let told = descriptor.and_then(|it| member(it, "platform")).and_then(platform);
        if told.as_deref().is_some_and(|it| it.starts_with("unknown/")) {
            return;
        }
        let count = self.reading.images.len();
        if let (Some(config), Some(layers)) = (member(inner, "config"), member(inner, "layers")) {
            self.manifest(inner, config, layers, None);
        }
        let digest = descriptor.and_then(|it| self.blob(it)).map(|it| it.hash);
        let name = Reference::read(text_of(node, "Ref")).map(|it| Reference { digest: None, ..it });
        let name = self.name_of(name);
        for image in self.reading.images.iter_mut().skip(count) {
            (image.digest, image.is_computed, image.is_of_list) = (digest.clone(), false, told.is_some());
            image.platform = told.clone().or(image.platform.take());
            image.name.clone_from(&name);
        }
    }

    fn index(&mut self, node: &Node, list: &Node, digest: Option<Hash>) {
        let mut entries = Vec::new();
        for element in list.elements() {
            let platform = member(element, "platform").and_then(platform).unwrap_or_default();
            entries.extend(self.blob(element).map(|blob| Entry { blob, platform }));
        }
        let span = self.span(member_span(node, "manifests").unwrap_or(node.span));
        let name = self.above();
        self.reading.indexes.push(Index { name, span, digest, entries });
    }

    /// What `skopeo inspect` says.
    fn inspected(&mut self, node: &Node, layers: &Node) {
        let mut image = self.image(node, Shape::Inspected);
        image.digest = member(node, "Digest").and_then(|it| self.hash(it)).map(|it| it.0);
        image.name = self.name_of(Reference::read(text_of(node, "Name")));
        let told = member(node, "LayersData").map(Node::elements).unwrap_or_default();
        for (at, layer) in layers.elements().iter().enumerate() {
            let Some((hash, span)) = self.hash(layer) else { continue };
            let data = told.get(at);
            let size = data.and_then(|it| size(it, "Size"));
            let media_type = data.map_or("", |it| text_of(it, "MIMEType")).to_owned();
            image.layers.push(Blob { hash, span, size, media_type });
        }
        image.is_whole = image.layers.len() == layers.elements().len();
        self.reading.images.push(image);
    }

    /// What `docker save` writes.
    fn saved(&mut self, node: &Node, config: &str, layers: &Node) {
        let mut image = self.image(node, Shape::Saved);
        let tags = member(node, "RepoTags").map(Node::elements).unwrap_or_default();
        image.name = self.name_of(tags.first().and_then(Node::as_str).and_then(Reference::read));
        let of_path = |path: &str| {
            let file = path.trim_end_matches(".json").trim_end_matches("/layer.tar");
            Hash::read(file.rsplit('/').next().unwrap_or_default()).ok()
        };
        let config_span = self.span(member(node, "Config").map_or(node.span, |it| it.span));
        let blob = |hash, span| Blob { hash, span, size: None, media_type: String::new() };
        image.config = of_path(config).map(|it| blob(it, config_span));
        for layer in layers.elements() {
            let span = self.span(layer.span);
            image.layers.extend(layer.as_str().and_then(of_path).map(|it| blob(it, span)));
        }
        self.reading.images.push(image);
    }

    /// What `docker image inspect` says, or the configuration itself.
    fn unpacked(&mut self, node: &Node, layers: &Node) {
        let mut image = self.image(node, Shape::Unpacked);
        let all = |key| member(node, key).map(Node::elements).unwrap_or_default().iter().filter_map(Node::as_str);
        let tagged = all("RepoTags").find_map(Reference::read);
        let pulled: Vec<Reference> = all("RepoDigests").filter_map(Reference::read).collect();
        // A tag that nothing was pulled by is known to this machine alone.
        let same = |tag: &Reference| pulled.iter().find(|it| it.full_name() == tag.full_name());
        let known = match tagged {
            Some(tag) => match same(&tag).or(pulled.first()) {
                Some(it) if it.full_name() == tag.full_name() => Some(Reference { digest: it.digest.clone(), ..tag }),
                Some(other) => Some(other.clone()),
                None => Some(tag),
            },
            None => pulled.first().cloned(),
        };
        image.digest = known.as_ref().and_then(|it| it.digest.clone());
        image.name = self.name_of(known.map(|it| Reference { digest: None, ..it }));
        for layer in layers.elements() {
            if let Some((hash, span)) = self.hash(layer) {
                image.layers.push(Blob { hash, span, size: None, media_type: String::new() });
            }
        }
        self.reading.images.push(image);
    }

    /// A part by its digest.
    fn blob(&mut self, node: &Node) -> Option<Blob> {
        let Some(digest) = member(node, "digest") else {
            self.problem(ProblemKind::NoDigest, node.span);
            return None;
        };
        let (hash, span) = self.hash(digest)?;
        let media_type = text_of(node, "mediaType").to_owned();
        if let Some(url) = member(node, "urls").and_then(|it| it.elements().first()?.as_str()) {
            let url = url.to_owned();
            self.problem(ProblemKind::Elsewhere(url), digest.span);
        }
        Some(Blob { hash, span, size: size(node, "size"), media_type })
    }

    /// A digest, and its bytes without the quotes.
    fn hash(&mut self, node: &Node) -> Option<(Hash, Span)> {
        if !self.counts(node.span) {
            return None;
        }
        let Some(text) = node.as_str() else {
            self.problem(ProblemKind::NoDigest, node.span);
            return None;
        };
        match Hash::read(text) {
            Ok(hash) => {
                let span = self.span(node.span);
                let is_quoted = span.of(self.text).starts_with('"') && span.end - span.start > 2;
                let inner = if is_quoted { Span::new(span.start + 1, span.end - 1) } else { span };
                if hash.digest() != text {
                    self.reading.problems.push(Problem { kind: ProblemKind::OtherForm(hash.digest()), span: inner });
                }
                Some((hash, inner))
            }
            Err(error) => {
                self.problem(ProblemKind::Hash(error), node.span);
                None
            }
        }
    }
}

/// What is told of an image before anything is.
fn image(shape: Shape, span: Span) -> Image {
    Image {
        name: None,
        shape,
        span,
        digest: None,
        is_computed: false,
        platform: None,
        config: None,
        layers: Vec::new(),
        is_whole: true,
        is_of_list: false,
    }
}

/// What a line calls that asks for a manifest.
const COMMANDS: [&str; 5] = ["skopeo ", "crane ", "docker ", "podman ", "nix-prefetch-docker "];

/// Whether a word among others is a hash for certain: it names its algorithm, or has the letters of a SHA-256 or SHA-512.
fn is_certain(word: &str) -> bool {
    word.contains([':', '-']) || matches!(word.len(), 52 | 64 | 103 | 128)
}

/// Whether a word looks like a digest that went wrong.
fn is_meant(word: &str) -> bool {
    let named = word.split_once([':', '-']).is_some_and(|it| Algorithm::find(it.0).is_some());
    let is_long = word.len() >= 40 && word.chars().all(|it| it.is_ascii_alphanumeric() || "+/".contains(it));
    named || is_long
}

/// `linux/amd64`, which is no name of an image.
fn is_platform(word: &str) -> bool {
    ["linux/", "windows/", "darwin/", "freebsd/"].iter().any(|it| word.starts_with(it))
}

fn trimmed(text: &str, span: Span) -> Span {
    let written = span.of(text);
    let start = span.start + written.len() - written.trim_start().len();
    Span::new(start, start + written.trim().len())
}

/// The value of a key, the last one where it repeats.
fn member<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.members().iter().rfind(|it| it.key == key).map(|it| &it.value)
}

fn member_span(node: &Node, key: &str) -> Option<Span> {
    node.members().iter().rfind(|it| it.key == key).map(Member::span)
}

fn text_of<'n>(node: &'n Node, key: &str) -> &'n str {
    member(node, key).and_then(Node::as_str).unwrap_or_default()
}

fn size(node: &Node, key: &str) -> Option<u64> {
    match &member(node, key)?.kind {
        Kind::Number(digits) => digits.parse().ok(),
        _ => None,
    }
}

/// `linux/arm64/v8`, in whichever letters the keys are written; `None` for words that are none of a platform.
fn platform(node: &Node) -> Option<String> {
    let is_plain = |it: &&str| !it.is_empty() && it.chars().all(|it| it.is_ascii_alphanumeric() || "._-".contains(it));
    let of = |keys: [&str; 2]| keys.into_iter().map(|it| text_of(node, it)).find(is_plain);
    let (os, architecture) = (of(["os", "Os"])?, of(["architecture", "Architecture"])?);
    let variant = of(["variant", "Variant"]).map(|it| ["/", it].concat()).unwrap_or_default();
    Some([os, "/", architecture, &variant].concat())
}
