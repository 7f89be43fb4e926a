//! Which files does a text hold, and which of them does another one ask for?
//!
//! Documents behind `---` change those before, as override files do. One that a comment names, `--- # common.yaml`, and
//! that another one asks for by that name, is a file beside it: for `include`, or for services to extend.
//!
//! Source: compose-go 2.14.0 `loader/include.go`, `loader/extends.go`.

use std::collections::HashSet;

use crate::{
    document::{Kind, Node},
    notation::yaml::Reading,
    text::Span,
};

/// So many documents are taken together; nobody has as many files.
pub(super) const MAX_DOCUMENTS: usize = 50;

/// The files of a text.
pub(super) struct Files<'a> {
    /// What is read, the later changing the earlier: files that are included come first.
    pub main: Vec<&'a Node>,
    /// The files that others ask for, with their names.
    pub beside: Vec<(&'a str, &'a Node)>,
    /// Where files are asked for that are included, and are here.
    pub included: Vec<Span>,
}

impl<'a> Files<'a> {
    /// Tells the documents of a text apart.
    pub fn of(text: &'a str, reading: &'a Reading) -> Self {
        let documents = || reading.documents.iter().take(MAX_DOCUMENTS);
        let mut named: Vec<(&str, &Node)> = Vec::new();
        let mut end = 0;
        for document in documents() {
            let gap = reading.comments.iter().skip_while(|it| it.start < end);
            let mut gap = gap.take_while(|it| it.start < document.span.start);
            let name = gap.find_map(|it| file_name(it.of(text))).unwrap_or_default();
            named.push((name, document));
            end = document.span.end;
        }
        let asked: HashSet<&str> = documents().flat_map(asked_for).collect();
        let is_beside = |it: &(&str, &Node)| !it.0.is_empty() && asked.contains(it.0);
        // What nobody reads cannot ask for another one.
        let first = named.first().map(|it| it.1);
        let (beside, main): (Vec<_>, Vec<_>) =
            named.into_iter().partition(|it| is_beside(it) && first.is_some_and(|first| !std::ptr::eq(first, it.1)));
        let mut files = Self { main: Vec::new(), beside, included: Vec::new() };
        let mut seen = HashSet::new();
        for (_, document) in main {
            files.include(document, &mut seen);
            files.main.push(document);
        }
        files.main.retain(|it| it.kind != Kind::Null);
        files
    }

    /// Whether the document of these bytes is there because another one includes it.
    pub fn is_included(&self, document: Span) -> bool {
        self.beside.iter().any(|it| it.1.span == document)
    }

    /// Puts the files that a document includes before it, each once.
    fn include(&mut self, document: &'a Node, seen: &mut HashSet<&'a str>) {
        for (name, span) in includes(document) {
            let Some((name, found)) = self.beside.iter().find(|it| it.0 == name).copied() else { continue };
            self.included.push(span);
            if seen.insert(name) {
                self.include(found, seen);
                self.main.push(found);
            }
        }
    }
}

/// The name of a file that is nothing but that: `# compose.common.yaml`.
fn file_name(comment: &str) -> Option<&str> {
    let name = comment.trim_start_matches('#').trim();
    let is_name = name.ends_with(".yaml") || name.ends_with(".yml");
    (is_name && !name.contains(char::is_whitespace)).then(|| plain(name))
}

/// The name without the directory that it starts in anyway.
pub(super) fn plain(name: &str) -> &str {
    name.strip_prefix("./").unwrap_or(name)
}

/// The files that a document includes, and the bytes that ask for each.
pub(super) fn includes(document: &Node) -> Vec<(&str, Span)> {
    let found = document.members().iter().find(|it| it.key == "include");
    let elements = found.map_or(&[][..], |it| it.value.elements()).iter();
    elements
        .flat_map(|element| match element.as_str() {
            Some(_) => vec![element],
            None => match element.members().iter().find(|it| it.key == "path").map(|it| &it.value) {
                Some(Node { kind: Kind::List(paths), .. }) => paths.iter().collect(),
                path => path.into_iter().collect(),
            },
        })
        .filter_map(|it| Some((plain(it.as_str()?), it.span)))
        .collect()
}

/// The files that a document asks for by their names.
fn asked_for(document: &Node) -> Vec<&str> {
    let services = document.members().iter().find(|it| it.key == "services");
    let services = services.map_or(&[][..], |it| it.value.members()).iter();
    let extended = services.filter_map(|it| it.value.members().iter().find(|it| it.key == "extends"));
    let files = extended.filter_map(|it| it.value.members().iter().find(|it| it.key == "file")?.value.as_str());
    includes(document).into_iter().map(|it| it.0).chain(files.map(plain)).collect()
}
