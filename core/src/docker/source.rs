//! Where can the source of a fact be read? Files of moby, at the release at which they were read.

/// The release that the facts were read at, and the last one that still had what a path names.
const RELEASES: [(&str, &[&str]); 2] = [
    ("docker-v29.7.2", &["daemon/", "api/", "pkg/", "contrib/", "vendor/"]),
    ("v24.0.9", &["daemon/graphdriver/devmapper/", "daemon/logger/logentries/", "cmd/dockerd/"]),
];

/// The address of a file of moby, such as `daemon/config/config.go`; `None` for anything else.
///
/// ```
/// let address = drydock::docker::source::address("daemon/config/config.go").unwrap();
/// assert_eq!(address, "https://github.com/moby/moby/blob/docker-v29.7.2/daemon/config/config.go");
/// ```
pub fn address(path: &str) -> Option<String> {
    let mut releases = RELEASES.iter().rev();
    let release = releases.find(|it| it.1.iter().any(|it| path.starts_with(it)))?;
    is_file(path).then(|| at(release.0, path))
}

fn at(release: &str, path: &str) -> String {
    ["https://github.com/moby/moby/blob/", release, "/", path].concat()
}

/// A part of a line about sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// What it says.
    pub text: &'a str,
    /// Whether it is code.
    pub is_code: bool,
    /// Where the file can be read that it names.
    pub address: Option<String>,
}

/// The parts of a line about sources: "moby \`daemon/config/config.go\`, \`Validate\`; Go \`net/url\`".
///
/// A file has an address when it is moby's, and of the release that was read or of one that is named with it.
pub fn parts(line: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut is_moby = false;
    for clause in line.split_inclusive(';') {
        let pieces: Vec<&str> = clause.split('`').collect();
        let mut words = pieces.iter().step_by(2).flat_map(|it| it.split_whitespace());
        is_moby = match clause.trim_start().starts_with('`') {
            true => is_moby,
            false => words.clone().next() == Some("moby"),
        };
        let is_now =
            clause.contains("since ") || !words.clone().any(|it| it.starts_with(|it: char| it.is_ascii_digit()));
        let release = words.find(|it| is_release(it));
        for (index, &text) in pieces.iter().enumerate() {
            let is_code = index % 2 == 1;
            let address = match release {
                _ if !is_code || !is_moby || !is_file(text) => None,
                Some(release) => Some(at(release.trim_end_matches([';', ',']), text)),
                None => address(text).filter(|_| is_now),
            };
            parts.push(Part { text, is_code, address });
        }
    }
    parts
}

/// Whether a word is a release as moby's tags have it: `v26.1.5`.
fn is_release(word: &str) -> bool {
    word.strip_prefix('v').is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit()))
}

fn is_file(path: &str) -> bool {
    path.contains('/') && (path.ends_with(".go") || path.ends_with(".service"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daemon::{check::RULES, options, prose::page};

    fn addresses(line: &str) -> Vec<String> {
        parts(line).into_iter().filter_map(|it| it.address).collect()
    }

    #[test]
    fn files_of_moby_are_read_at_the_release_that_is_meant() {
        for (line, expected) in [
            ("moby `daemon/config/config.go`, `Validate`", &["docker-v29.7.2/daemon/config/config.go"][..]),
            (
                "moby `daemon/config/config_linux.go`, `IsSwarmCompatible`; `daemon/cluster/cluster.go`, `newNodeRunner`",
                &["docker-v29.7.2/daemon/config/config_linux.go", "docker-v29.7.2/daemon/cluster/cluster.go"],
            ),
            (
                "moby v20.10.24 `daemon/config/config.go`, `getConflictFreeConfiguration`",
                &["v20.10.24/daemon/config/config.go"],
            ),
            (
                "moby `libnetwork/ipamutils/utils.go`, `splitNetwork`, at v26.1.5",
                &["v26.1.5/libnetwork/ipamutils/utils.go"],
            ),
            ("moby `daemon/graphdriver/driver.go`, `isDeprecated` up to 24.0", &[]),
            (
                "moby `daemon/daemon_unix.go`, `a`; up to 24.0 `daemon/config/config.go`, `b`",
                &["docker-v29.7.2/daemon/daemon_unix.go"],
            ),
            ("moby `daemon/config/config.go`, `Validate`, since 29.7", &["docker-v29.7.2/daemon/config/config.go"]),
            ("moby `registry/config.go` before 28.0, `loadAllowNondistributableArtifacts`", &[]),
            ("containerd `pkg/identifiers/validate.go`, `Validate`; `pkg/namespaces/context.go`", &[]),
            ("moby `daemon/network.go`; Go `net/url`, `Parse`", &["docker-v29.7.2/daemon/network.go"]),
            (
                "moby `daemon/oci_linux.go`, `withRlimits` and `mergeUlimits`; Linux `kernel/sys.c`",
                &["docker-v29.7.2/daemon/oci_linux.go"],
            ),
        ] {
            let expected: Vec<String> =
                expected.iter().map(|it| ["https://github.com/moby/moby/blob/", it].concat()).collect();
            assert_eq!(addresses(line), expected, "{line}");
        }
    }

    #[test]
    fn what_options_and_rules_come_from_can_be_read() {
        let files = options::all().flat_map(|it| it.description().source.split(", "));
        for file in files.filter(|it| it.ends_with(".go")) {
            assert!(address(file).is_some(), "{file}");
        }
        // What NixOS refuses comes from nixpkgs.
        let of_moby = RULES.iter().filter(|it| page(it).markdown.contains("moby"));
        assert!(of_moby.clone().count() * 10 > RULES.len() * 8, "most rules come from moby");
        let with_link = of_moby.clone().filter(|it| {
            let page = page(it).markdown;
            let source = page.split_once("## Source").map_or("", |it| it.1);
            !addresses(&source.replace('\n', " ")).is_empty()
        });
        assert!(with_link.count() * 10 > of_moby.count() * 9, "most of these lead there");
    }
}
