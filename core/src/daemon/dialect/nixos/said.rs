//! What does a text say of each setting, and at which places? The definitions of a setting, put together as NixOS does.
//!
//! Sets that several places define are one, lists are joined, and of other values those of the strongest priority count.
//!
//! Source: nixpkgs `lib/modules.nix`, `filterOverrides` and `sortProperties`; `pkgs/pkgs-lib/formats.nix`, `json`.

use std::cmp::Ordering;

use crate::{
    document::Node,
    notation::nix::value::{Attribute, Kind, Value},
    text::{Span, order},
};

use super::{
    find::{Host, Module},
    table::{DEDICATED, DOCKER, Dedicated, ROOTLESS, SETTINGS},
};

/// Settings nested deeper than this are not read.
const DEPTH: usize = 100;

/// The priority of a plain definition.
const PLAIN: i64 = 100;

/// Where a definition without `mkBefore` or `mkAfter` goes in a list.
const MIDDLE: i64 = 1000;

/// One place that says something of a setting.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site<'a> {
    /// Its name there; `None` for an element of a list, and for a whole module.
    pub attribute: Option<&'a Attribute>,
    /// What is said, with `mkForce` and the like around it.
    pub whole: &'a Value,
    /// What is said.
    pub value: &'a Value,
    /// The option that says it, when it is one of its own.
    pub option: Option<&'static Dedicated>,
    priority: Option<i64>,
    order: i64,
}

impl<'a> Site<'a> {
    fn of(attribute: Option<&'a Attribute>, value: &'a Value) -> Self {
        Self { attribute, whole: value, value, option: None, priority: None, order: MIDDLE }
    }

    /// Itself without wrappers: several sites where it is a `mkMerge`.
    fn unwrapped(self, depth: usize, sites: &mut Vec<Self>) {
        match &self.value.kind {
            _ if depth > DEPTH => sites.push(self),
            Kind::Override(priority, value) => {
                let priority = self.priority.or(Some(*priority));
                Self { value, priority, ..self }.unwrapped(depth + 1, sites);
            }
            Kind::Order(order, value) => Self { value, order: *order, ..self }.unwrapped(depth + 1, sites),
            Kind::If(_, value) => Self { value, ..self }.unwrapped(depth + 1, sites),
            Kind::Merge(values) => {
                for value in values {
                    Self { value, ..self }.unwrapped(depth + 1, sites);
                }
            }
            _ => sites.push(self),
        }
    }

    /// Whether names follow its own in its binding: `a.b = 1;` of `a`.
    pub fn is_dotted(&self) -> bool {
        let names = |it: &Attribute| it.name_span.end < it.path_span.end && it.binding.start < it.binding.end;
        self.value.through.is_empty() && self.attribute.is_some_and(names)
    }

    fn attributes(&self) -> &'a [Attribute] {
        match &self.value.kind {
            Kind::Set(attributes) => attributes,
            _ => &[],
        }
    }

    fn weight(&self) -> i64 {
        self.priority.unwrap_or(PLAIN)
    }
}

/// A setting, or a part of one.
#[derive(Clone, Debug)]
pub(super) struct Setting<'a> {
    /// Its key in `daemon.json`; empty for an element of a list.
    pub key: &'a str,
    /// Every place that says something of it, without wrappers, in the order of the text.
    pub sites: Vec<Site<'a>>,
    /// Those that count, in the order in which they are joined.
    pub counting: Vec<Site<'a>>,
    /// What is said.
    pub said: Said<'a>,
}

/// What is said of a setting.
#[derive(Clone, Debug)]
pub(super) enum Said<'a> {
    /// A value without parts, or one that nobody knows.
    Plain(&'a Value),
    /// The elements of a list.
    List(Vec<Setting<'a>>),
    /// The members of a set, in the order of the text.
    Map(Vec<Setting<'a>>),
}

impl<'a> Setting<'a> {
    /// The site that counts; of several that are joined the first, of several that are equal the last.
    pub fn site(&self) -> Option<Site<'a>> {
        match &self.said {
            Said::Plain(_) => self.counting.last().copied(),
            _ => self.counting.first().copied(),
        }
    }

    /// The bytes of its name.
    pub fn key_span(&self) -> Span {
        self.site().and_then(|it| it.attribute).map(|it| it.name_span).unwrap_or_default()
    }

    /// The bytes of its value.
    pub fn span(&self) -> Span {
        self.site().map(|it| it.value.span).unwrap_or_default()
    }

    /// Its parts.
    pub fn parts(&self) -> &[Setting<'a>] {
        match &self.said {
            Said::List(parts) | Said::Map(parts) => parts,
            Said::Plain(_) => &[],
        }
    }
}

/// The settings of a daemon.
#[derive(Clone, Debug)]
pub(super) struct Settings<'a> {
    /// Whether it is the daemon of a user.
    pub is_rootless: bool,
    /// Every place with a set of settings, without wrappers.
    pub sites: Vec<Site<'a>>,
    /// Them.
    pub all: Vec<Setting<'a>>,
}

impl<'a> Settings<'a> {
    /// The settings of the daemon that a machine says most of.
    pub fn of(host: &Host<'a>) -> Self {
        let rootful = Self::below(host, SETTINGS);
        let rootless = Self::below(host, ROOTLESS);
        let is_empty = rootful.all.is_empty() && rootful.sites.is_empty();
        let has_rootless =
            !host.sites(ROOTLESS).is_empty() || is_enabled(host, &["virtualisation", "docker", "rootless", "enable"]);
        match is_empty && has_rootless && !is_enabled(host, &["virtualisation", "docker", "enable"]) {
            true => Self { is_rootless: true, ..rootless },
            false if is_empty && !rootless.all.is_empty() => Self { is_rootless: true, ..rootless },
            false => rootful,
        }
    }

    /// The settings of the daemon that an object was read from, as far as its places tell.
    pub fn like(host: &Host<'a>, told: &Node) -> Self {
        let (rootful, rootless) = (Self::of_daemon(host, false), Self::of_daemon(host, true));
        let mut places: Vec<Span> = told.members().iter().map(|it| it.key_span).collect();
        order::sort(&mut places, Span::cmp);
        let count = |settings: &Self| {
            let is_told = |it: &&Setting| places.binary_search(&it.key_span()).is_ok();
            settings.all.iter().filter(is_told).count()
        };
        match count(&rootful).cmp(&count(&rootless)) {
            Ordering::Greater => rootful,
            Ordering::Less => rootless,
            Ordering::Equal => Self::of(host),
        }
    }

    /// The settings of the daemon of root, or of that of a user.
    pub fn of_daemon(host: &Host<'a>, is_rootless: bool) -> Self {
        Self { is_rootless, ..Self::below(host, if is_rootless { ROOTLESS } else { SETTINGS }) }
    }

    fn below(host: &Host<'a>, path: &[&str]) -> Self {
        let sites = host.sites(path);
        let whole = merged("", sites.clone(), 0);
        let mut all = match whole.said {
            Said::Map(members) => members,
            _ => Vec::new(),
        };
        if path == SETTINGS {
            for it in DEDICATED {
                let path = [DOCKER, &[it.option]].concat();
                let mut sites = host.sites(&path);
                sites.iter_mut().for_each(|site| site.option = Some(it));
                if sites.is_empty() {
                    continue;
                }
                match all.iter_mut().find(|setting| setting.key == it.key) {
                    // The option is only the default of the setting.
                    Some(setting) => setting.sites.extend(sites),
                    None => {
                        let setting = merged(it.key, sites, 0);
                        let is_default = matches!(setting.said, Said::Plain(value) if value.kind == Kind::Null);
                        if !is_default {
                            all.push(setting);
                        }
                    }
                }
            }
        }
        order::sort(&mut all, |a, b| a.key_span().cmp(&b.key_span()));
        Self { is_rootless: false, sites, all }
    }
}

fn is_enabled(host: &Host, path: &[&str]) -> bool {
    host.sites(path).iter().any(|it| it.value.kind == Kind::Bool(true))
}

impl<'a> Host<'a> {
    /// The places that say something of an option, without wrappers, in the order of the text.
    pub fn sites(&self, path: &[&str]) -> Vec<Site<'a>> {
        self.modules.iter().flat_map(|it| it.sites(path)).collect()
    }
}

impl<'a> Module<'a> {
    /// The places that say something of an option, or of options that lie below a path.
    pub fn sites(&self, path: &[&str]) -> Vec<Site<'a>> {
        let Some(rest) = path.strip_prefix(self.within) else {
            return Vec::new();
        };
        let mut sites = Vec::new();
        Site { priority: self.priority(), ..Site::of(None, self.value) }.unwrapped(0, &mut sites);
        for name in rest {
            let mut inner = Vec::new();
            for site in &sites {
                if let Some(it) = site.attributes().iter().find(|it| it.name == *name) {
                    // What holds for a set holds for the options in it.
                    let site = Site { priority: site.priority, order: site.order, ..Site::of(Some(it), &it.value) };
                    site.unwrapped(0, &mut inner);
                }
            }
            sites = inner;
        }
        sites
    }
}

/// What places say together.
fn merged<'a>(key: &'a str, sites: Vec<Site<'a>>, depth: usize) -> Setting<'a> {
    let is_there = |it: &&Site| it.value.kind != Kind::Missing;
    let strongest = sites.iter().filter(is_there).map(Site::weight).min();
    let mut counting: Vec<Site> =
        sites.iter().filter(is_there).filter(|it| Some(it.weight()) == strongest).copied().collect();
    if counting.is_empty() {
        counting.extend(sites.last());
    }
    order::sort(&mut counting, |a, b| a.order.cmp(&b.order));
    let last = sites.last().map(|it| it.value);
    let last = counting.iter().map(|it| it.value).next_back().or(last);
    let said = match last.map(|it| &it.kind) {
        Some(Kind::Set(_)) if depth < DEPTH => {
            counting.retain(|it| matches!(it.value.kind, Kind::Set(_)));
            Said::Map(members(&counting, depth))
        }
        Some(Kind::List(_)) if depth < DEPTH => {
            counting.retain(|it| matches!(it.value.kind, Kind::List(_)));
            Said::List(elements(&counting, depth))
        }
        _ => Said::Plain(last.unwrap_or(&MISSING)),
    };
    Setting { key, sites, counting, said }
}

static MISSING: Value =
    Value { kind: Kind::Missing, span: Span { start: 0, end: 0 }, through: Vec::new(), failure: None };

fn members<'a>(sets: &[Site<'a>], depth: usize) -> Vec<Setting<'a>> {
    let attributes = sets.iter().flat_map(Site::attributes);
    let mut found: Vec<(usize, &'a Attribute)> = attributes.enumerate().collect();
    order::sort(&mut found, |a, b| (&*a.1.name, a.0).cmp(&(&*b.1.name, b.0)));
    let mut members: Vec<(usize, Setting)> = Vec::new();
    for same in found.chunk_by(|a, b| a.1.name == b.1.name) {
        let Some((first, attribute)) = same.first() else {
            continue;
        };
        let mut sites = Vec::new();
        for (_, it) in same {
            Site::of(Some(it), &it.value).unwrapped(0, &mut sites);
        }
        members.push((*first, merged(&attribute.name, sites, depth + 1)));
    }
    order::sort(&mut members, |a, b| a.0.cmp(&b.0));
    members.into_iter().map(|it| it.1).collect()
}

fn elements<'a>(lists: &[Site<'a>], depth: usize) -> Vec<Setting<'a>> {
    let mut elements = Vec::new();
    for list in lists {
        let Kind::List(values) = &list.value.kind else {
            continue;
        };
        for value in values {
            let mut sites = Vec::new();
            Site::of(None, value).unwrapped(0, &mut sites);
            elements.push(merged("", sites, depth + 1));
        }
    }
    elements
}
