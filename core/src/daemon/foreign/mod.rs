//! What is a text that is not a `daemon.json`? One file per family.
//!
//! People paste whatever is near the file: a NixOS module, a Compose file, a routing table, the client's settings. The name
//! of such a text helps more than a list of its mistakes as JSON. A wrong name is worse than none, so half-typed JSON never
//! gets one: a text that begins like JSON needs the clearest signs.
//!
//! About a text that is not JSON the first view says only that, so it contains nothing of this but [`json`].

mod command;
mod data;
mod html;
mod log;
mod network;
mod nix;
mod page;
mod sections;
mod words;

pub use data::is_daemons;
pub use nix::is_nix;
use page::Page;
pub use words::Way;

use crate::{
    daemon::late,
    document::{Document, Notation, ProblemKind, Tree},
    text::Span,
};

/// A text that is something other than a `daemon.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// What it is.
    pub kind: Kind,
    /// The line or key that tells.
    pub span: Span,
    /// Whether it is JSON all the same, so that its keys decide whether the daemon refuses it.
    pub is_json: bool,
}

/// The kinds of text that are pasted in place of a `daemon.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What the daemon said, or `docker` on its behalf.
    Log,
    /// A module or configuration of NixOS.
    NixModule,
    /// A Nix flake.
    NixFlake,
    /// Any other Nix.
    Nix,
    /// A Compose file.
    Compose,
    /// Objects of Kubernetes.
    Kubernetes,
    /// Any other YAML.
    Yaml,
    /// A unit of systemd, or a drop-in.
    Unit,
    /// A configuration of WireGuard.
    WireGuard,
    /// Any other file of sections.
    Ini,
    /// TOML, such as containerd's and Podman's files.
    Toml,
    /// A file of variables for the daemon's start, such as `/etc/default/docker`.
    Environment,
    /// A file of variables for other programs.
    Variables,
    /// A command line of `dockerd`.
    Flags,
    /// What `dockerd --help` prints, or a page of its manual.
    Manual,
    /// `docker run` or `docker create`.
    DockerRun,
    /// Commands, a script, or Markdown.
    Shell,
    /// A Dockerfile.
    Dockerfile,
    /// A routing table, addresses of a machine, or a list of networks.
    Networks,
    /// What `docker info` or another command of the client printed.
    Output,
    /// A page of the web.
    Html,
    /// `~/.docker/config.json`, the client's settings.
    Client,
    /// Docker Desktop's own settings.
    Desktop,
    /// `devcontainer.json`
    DevContainer,
    /// `package.json`
    NodePackage,
    /// What `docker inspect` printed.
    Inspected,
    /// A seccomp profile.
    Seccomp,
    /// JSON of another program.
    Json,
}

/// Looks at a page for the signs of a family; returns what it is, and the number of the line that tells.
type Look = fn(&Page) -> Option<(Kind, usize)>;

/// The families, those of the clearest signs first.
const FAMILIES: &[Look] = &[
    html::look,
    nix::look,
    sections::look,
    network::output,
    network::tables,
    command::look,
    network::list,
    data::yaml,
];

/// Says what a text is, when it is plainly something other than a `daemon.json`.
///
/// Looks at the first 64 KiB, once for each family. A text that was read in another dialect is never foreign.
pub fn recognise(text: &str, document: &Document) -> Option<Foreign> {
    if document.dialect.notation != Notation::Json {
        return None;
    }
    let is_template = document.problems.iter().any(|it| it.kind == ProblemKind::Placeholder);
    match document.is_damaged() && !is_template {
        true => (late::come()?.foreign)(text),
        false => data::json(&document.root),
    }
}

/// Says whose JSON a document is, when it is plainly another program's.
pub fn json(document: &Tree) -> Option<Foreign> {
    match document.is_damaged() {
        true => None,
        false => data::json(&document.root),
    }
}

/// Says what a text is that is not JSON.
pub(super) fn written_otherwise(text: &str) -> Option<Foreign> {
    let foreign = |kind, span| Foreign { kind, span, is_json: false };
    if let Some(span) = log::look(text) {
        return Some(foreign(Kind::Log, span));
    }
    let page = Page::of(text);
    let (kind, line) = FAMILIES.iter().find_map(|look| look(&page))?;
    Some(foreign(kind, page.span(line)))
}

#[cfg(test)]
mod tests;
