//! Data of other programs, as YAML or JSON.

use super::{Foreign, Kind, page::Page};
use crate::{
    daemon::options,
    document::{Member, Node},
};

/// YAML: keys above what is indented, and lists with dashes.
pub fn yaml(page: &Page) -> Option<(Kind, usize)> {
    if page.begins_as_json {
        return None;
    }
    let at_margin = |sign: &'static str| {
        let mut lines = 0..page.lines.len();
        lines.find(|it| page.indent(*it) == 0 && page.starts(*it, &[sign]))
    };
    if let (Some(line), Some(_)) = (at_margin("apiVersion:"), at_margin("kind:")) {
        return Some((Kind::Kubernetes, line));
    }
    if let Some(line) = at_margin("services:") {
        return Some((Kind::Compose, line));
    }
    let (mut keys, mut items, mut is_nested) = (0, 0, false);
    for (number, line) in page.lines.iter().enumerate() {
        let is_item = line.starts_with("- ") || *line == "-";
        items += usize::from(is_item);
        let name = line.trim_start_matches("- ").split(':').next().unwrap_or_default();
        let is_name = |it: u8| it.is_ascii_alphanumeric() || b"_-./".contains(&it);
        let is_key = name.len() < line.len() && !name.is_empty() && name.bytes().all(is_name);
        keys += usize::from(is_key);
        let below = page.indent(number + 1);
        is_nested |= is_key && line.ends_with(':') && (below > page.indent(number) || page.starts(number + 1, &["- "]));
    }
    // Flat settings of the daemon without their braces are read as they were meant.
    let is_plain = is_nested && !(items == 0 && page.has_settings());
    let is_yaml = keys > 0 && (keys + items) * 4 >= page.lines.len() * 3;
    let is_marked = page.line(0) == "---" && keys + items > 0;
    (is_marked || is_yaml && is_plain).then_some((Kind::Yaml, 0))
}

/// The keys that tell one program's JSON.
///
/// Source for Docker Desktop: `settings.json`, up to 4.34, as in docker/for-mac#2048 and docker/for-win#11774;
/// `settings-store.json`, docker/docs settings-management/settings-reference.md and docker/for-win#11705.
const PROGRAMS: &[(Kind, &[&str])] = &[
    (Kind::Client, &["auths", "credsStore", "credHelpers", "HttpHeaders", "psFormat", "currentContext"]),
    (
        Kind::Desktop,
        &[
            "settingsVersion",
            "SettingsVersion",
            "memoryMiB",
            "MemoryMiB",
            "dataFolder",
            "AutoStart",
            "autoStart",
            "DataFolder",
        ],
    ),
    (Kind::Compose, &["services"]),
    (Kind::DevContainer, &["dockerComposeFile", "customizations", "remoteUser", "postCreateCommand", "forwardPorts"]),
    (Kind::NodePackage, &["devDependencies", "dependencies", "scripts"]),
    (Kind::Kubernetes, &["apiVersion"]),
    (Kind::Seccomp, &["defaultAction", "syscalls"]),
    (Kind::Inspected, &["IPAM", "HostConfig", "RepoTags", "ServerVersion", "DockerRootDir"]),
    (Kind::Networks, &["dst", "ifindex"]),
    (Kind::Json, &["ociVersion", "cniVersion", "cdiVersion", "compilerOptions"]),
];

/// The keys that others have too.
const SHARED: &[&str] = &["proxies", "features", "experimental", "debug", "version"];

/// So many members of an object are looked at.
const MEMBERS: usize = 256;

/// Whether a key is one of the daemon's alone.
fn is_own(member: &Member) -> bool {
    !SHARED.contains(&&*member.key) && options::find(&member.key).is_some()
}

/// Whether JSON is plainly the daemon's: a key is, or all of them may be.
pub fn is_daemons(root: &Node) -> bool {
    let mut members = root.members().iter().take(MEMBERS);
    let is_known = |it: &Member| options::find(&it.key).is_some();
    members.clone().any(is_own) || (members.len() > 0 && members.all(is_known))
}

/// JSON that is plainly another program's: a key tells, and none is the daemon's alone.
pub fn json(root: &Node) -> Option<Foreign> {
    let members = root.elements().first().unwrap_or(root).members();
    if members.iter().take(MEMBERS).any(is_own) {
        return None;
    }
    PROGRAMS.iter().find_map(|(kind, keys)| {
        let mut members = members.iter().take(MEMBERS);
        let member = members.find(|it| keys.contains(&&*it.key))?;
        Some(Foreign { kind: *kind, span: member.key_span, is_json: true })
    })
}
