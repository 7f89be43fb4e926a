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
    /// The platform of an index that is meant: `linux/arm64`; empty for none.
    pub platform: String,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The images whose parts are told, in the order of the text.
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
    /// The digest of the list itself, computed from the text.
    pub digest: Hash,
    /// Its manifests.
    pub entries: Vec<Entry>,
}

impl Index {
    /// The manifest for a platform: `linux/arm64` is also `linux/arm64/v8`.
    pub fn entry(&self, platform: &str) -> Option<&Entry> {
        let same = |it: &&Entry| it.platform == platform;
        let begins = |it: &&Entry| it.platform.strip_prefix(platform).is_some_and(|it| it.starts_with('/'));
        self.entries.iter().find(same).or_else(|| self.entries.iter().find(begins))
    }

    /// The platforms that images are for, each once.
    pub fn platforms(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for entry in self.entries.iter().filter(|it| it.is_image()) {
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
    /// The platform that was chosen is none of the list's.
    NoPlatform(String, Vec<String>),
    /// The name that was chosen is none.
    NoName(String),
    /// More parts than are read.
    TooMany,
}

/// As many parts are read; no image comes near.
const MAX_PARTS: usize = 2_000;

/// Reads a text.
pub fn read(text: &str, choices: &Choices) -> Reading {
    let mut reader =
        Reader { text, base: 0, parts: MAX_PARTS, name: None, named_at: None, reading: Reading::default() };
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    while let Some(rest) = text.get(at..).filter(|it| !it.is_empty()) {
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        let indent = line.len() - line.trim_start().len();
        if line.trim_start().starts_with(['{', '[']) {
            let start = at + indent;
            let length = json_length(text.get(start..).unwrap_or_default());
            reader.piece(Span::new(start, start + length));
            at = start + length;
        } else {
            reader.line(Span::new(at, at + line.len()));
            at += line.len();
        }
    }
    if let Some(span) = reader.named_at {
        // Nothing of that name follows.
        reader.base = 0;
        reader.problem(ProblemKind::Line, span);
    }
    let mut reading = reader.reading;
    reading.choose(choices);
    reading
}

impl Reading {
    fn choose(&mut self, choices: &Choices) {
        let whole = Span::empty(0);
        if !choices.image.trim().is_empty() {
            match Reference::read(&choices.image) {
                None => self.problems.push(Problem { kind: ProblemKind::NoName(choices.image.clone()), span: whole }),
                Some(name) => {
                    let images = self.images.iter_mut().map(|it| &mut it.name);
                    let indexes = self.indexes.iter_mut().map(|it| &mut it.name);
                    for unnamed in images.chain(indexes).filter(|it| it.is_none()) {
                        *unnamed = Some(name.clone());
                    }
                }
            }
        }
        let platform = choices.platform.trim();
        for index in self.indexes.iter().filter(|_| !platform.is_empty()) {
            if index.entry(platform).is_none() {
                let there = index.platforms().into_iter().map(str::to_owned).collect();
                let kind = ProblemKind::NoPlatform(platform.to_owned(), there);
                self.problems.push(Problem { kind, span: index.span });
            }
        }
    }
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

struct Reader<'a> {
    text: &'a str,
    /// Where the piece that is read begins in the text.
    base: usize,
    /// How many parts may still be read.
    parts: usize,
    /// The name that was written above.
    name: Option<Reference>,
    /// Where it was written, unless in a comment.
    named_at: Option<Span>,
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

    /// A line that is no JSON: a name, hashes, or nothing that is understood.
    fn line(&mut self, line: Span) {
        self.base = 0;
        let written = line.of(self.text);
        let said = written.trim().trim_start_matches(['#', '/', '-', ' ']).trim_end_matches(':').trim();
        if said.is_empty() {
            return;
        }
        let mut found = 0;
        let mut mistake = None;
        let mut end = line.start;
        // A padded hash ends with what separates words.
        let is_between = |it: char| it.is_whitespace() || "\"',;()=<>".contains(it);
        for piece in written.split_inclusive(is_between) {
            let start = end;
            end += piece.len();
            let word = piece.trim_end_matches(is_between);
            let (name, hash) = word.split_once('@').map_or(("", word), |it| it);
            let span = Span::new(start + word.len() - hash.len(), start + word.len());
            match Hash::read(hash) {
                Ok(hash) => {
                    if let Some(name) = Reference::read(name) {
                        self.name = Some(name);
                    }
                    self.reading.hashes.push((hash, span));
                    found += 1;
                }
                Err(error) if is_meant(hash) => mistake = Some((error, span)),
                Err(_) => {}
            }
        }
        if let Some((error, span)) = mistake {
            self.problem(ProblemKind::Hash(error), span);
        } else if found == 0 {
            let is_comment = written.trim_start().starts_with(['#', '/']);
            let mut words = said.split_whitespace();
            let only = words.next().filter(|_| words.next().is_none());
            match only.and_then(Reference::read).filter(|_| is_comment || said.contains([':', '/'])) {
                Some(name) => {
                    self.name = Some(name);
                    self.named_at = (!is_comment).then(|| trimmed(self.text, line));
                }
                None if is_comment => {}
                None => self.problem(ProblemKind::Line, trimmed(self.text, line)),
            }
        }
    }

    /// A value of JSON.
    fn piece(&mut self, piece: Span) {
        self.base = piece.start;
        let Tree { root, problems, .. } = json::read_as_written(piece.of(self.text));
        for problem in problems.iter().filter(|it| it.kind != Mistake::Empty) {
            self.problem(ProblemKind::Json(problem.kind), problem.span);
        }
        let is_whole = problems.is_empty();
        let before = self.reading.images.len() + self.reading.indexes.len() + self.reading.problems.len();
        self.value(&root, piece, is_whole);
        let after = self.reading.images.len() + self.reading.indexes.len() + self.reading.problems.len();
        if before == after {
            self.problem(ProblemKind::Unknown(root.noun()), root.span);
        }
        (self.name, self.named_at) = (None, None);
    }

    /// What a value tells; `bytes` are those of the text that the registry would have served.
    fn value(&mut self, node: &Node, bytes: Span, is_whole: bool) {
        if let Kind::List(elements) = &node.kind {
            for element in elements {
                let span = self.span(element.span);
                self.value(element, span, false);
            }
            return;
        }
        let digest = is_whole.then(|| Hash::sha256(bytes.of(self.text)));
        if let Some(list) = member(node, "manifests") {
            self.index(node, list, digest.unwrap_or_else(|| Hash::sha256(bytes.of(self.text))));
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

    fn image(&mut self, node: &Node, shape: Shape) -> Image {
        Image {
            name: self.name.clone(),
            shape,
            span: self.span(node.span),
            digest: None,
            is_computed: false,
            platform: platform(node),
            config: None,
            layers: Vec::new(),
        }
    }

    /// What a registry serves.
    fn manifest(&mut self, node: &Node, config: &Node, layers: &Node, digest: Option<Hash>) {
        let told = text_of(node, "mediaType");
        let kind = text_of(config, "mediaType");
        let artifact = text_of(node, "artifactType");
        let is_image = kind.is_empty() || kind.contains("container.image") || kind.contains("oci.image.config");
        if !artifact.is_empty() || !is_image {
            let kind = if artifact.is_empty() { kind } else { artifact };
            self.problem(
                ProblemKind::Artifact(kind.to_owned()),
                member(node, "config").map_or(node.span, |it| it.span),
            );
            return;
        }
        let is_oci = [told, kind].iter().any(|it| it.contains("vnd.oci"));
        let mut image = self.image(node, if is_oci { Shape::Oci } else { Shape::Docker });
        (image.digest, image.is_computed) = (digest, true);
        image.config = self.blob(config);
        image.layers = layers.elements().iter().filter_map(|it| self.blob(it)).collect();
        self.reading.images.push(image);
    }

    /// What `docker manifest inspect --verbose` says.
    fn verbose(&mut self, node: &Node, inner: &Node) {
        let before = self.name.clone();
        self.name = Reference::read(text_of(node, "Ref")).map(|it| Reference { digest: None, ..it }).or(before.clone());
        let count = self.reading.images.len();
        if let (Some(config), Some(layers)) = (member(inner, "config"), member(inner, "layers")) {
            self.manifest(inner, config, layers, None);
        }
        let descriptor = member(node, "Descriptor");
        let digest = descriptor.and_then(|it| self.blob(it)).map(|it| it.hash);
        for image in self.reading.images.iter_mut().skip(count) {
            (image.digest, image.is_computed) = (digest.clone(), false);
            image.platform =
                descriptor.and_then(|it| member(it, "platform")).and_then(platform).or(image.platform.take());
        }
        self.name = before;
    }

    fn index(&mut self, node: &Node, list: &Node, digest: Hash) {
        let mut entries = Vec::new();
        for element in list.elements() {
            let platform = member(element, "platform").and_then(platform).unwrap_or_default();
            entries.extend(self.blob(element).map(|blob| Entry { blob, platform }));
        }
        let span = self.span(member_span(node, "manifests").unwrap_or(node.span));
        self.reading.indexes.push(Index { name: self.name.clone(), span, digest, entries });
    }

    /// What `skopeo inspect` says.
    fn inspected(&mut self, node: &Node, layers: &Node) {
        let mut image = self.image(node, Shape::Inspected);
        image.digest = member(node, "Digest").and_then(|it| self.hash(it)).map(|it| it.0);
        image.name = Reference::read(text_of(node, "Name")).or(image.name);
        let told = member(node, "LayersData").map(Node::elements).unwrap_or_default();
        for (at, layer) in layers.elements().iter().enumerate() {
            let Some((hash, span)) = self.hash(layer) else { continue };
            let data = told.get(at);
            let size = data.and_then(|it| size(it, "Size"));
            let media_type = data.map_or("", |it| text_of(it, "MIMEType")).to_owned();
            image.layers.push(Blob { hash, span, size, media_type });
        }
        self.reading.images.push(image);
    }

    /// What `docker save` writes.
    fn saved(&mut self, node: &Node, config: &str, layers: &Node) {
        let mut image = self.image(node, Shape::Saved);
        let tags = member(node, "RepoTags").map(Node::elements).unwrap_or_default();
        image.name = tags.first().and_then(Node::as_str).and_then(Reference::read).or(image.name);
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
        let first = |key| member(node, key).and_then(|it| it.elements().first()?.as_str());
        let pulled = first("RepoDigests").and_then(Reference::read);
        image.digest = pulled.as_ref().and_then(|it| it.digest.clone());
        image.name = first("RepoTags").and_then(Reference::read).or(pulled).or(image.name);
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
        if self.parts == 0 {
            return None;
        }
        self.parts -= 1;
        if self.parts == 0 {
            self.problem(ProblemKind::TooMany, node.span);
        }
        let read = match node.as_str() {
            Some(text) if text.contains(':') => Hash::read(text),
            Some(text) => Err(HashError::Algorithm(text.chars().take(12).collect())),
            None => {
                self.problem(ProblemKind::NoDigest, node.span);
                return None;
            }
        };
        match read {
            Ok(hash) => {
                let span = self.span(node.span);
                let is_quoted = span.of(self.text).starts_with('"') && span.end - span.start > 2;
                let inner = if is_quoted { Span::new(span.start + 1, span.end - 1) } else { span };
                Some((hash, inner))
            }
            Err(error) => {
                self.problem(ProblemKind::Hash(error), node.span);
                None
            }
        }
    }
}

/// Whether a word looks like a digest that went wrong.
fn is_meant(word: &str) -> bool {
    let named = word.split_once([':', '-']).is_some_and(|it| Algorithm::find(it.0).is_some());
    let is_long = word.len() >= 40 && word.chars().all(|it| it.is_ascii_alphanumeric() || "+/".contains(it));
    named || is_long
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

/// `linux/arm64/v8`, in whichever letters the keys are written.
fn platform(node: &Node) -> Option<String> {
    let of = |keys: [&str; 2]| keys.into_iter().map(|it| text_of(node, it)).find(|it| !it.is_empty());
    let (os, architecture) = (of(["os", "Os"])?, of(["architecture", "Architecture"])?);
    let variant = of(["variant", "Variant"]).map(|it| ["/", it].concat()).unwrap_or_default();
    Some([os, "/", architecture, &variant].concat())
}
