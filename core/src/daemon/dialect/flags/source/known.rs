//! Are these words flags of dockerd, or those of another program?

use crate::notation::shell::Word;

use super::super::table::{self, Takes};

/// What is known of words that look like flags.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    /// How many flags there are.
    flags: usize,
    /// How many of them dockerd has.
    known: usize,
    /// Whether a word is neither a flag nor the value of one, or only names what a flag takes.
    is_broken: bool,
    /// Whether dockerd has one by its name.
    pub has_long: bool,
    /// Whether one is hardly another program's.
    pub has_own: bool,
    /// Whether one is dockerd's beyond doubt, or a letter that few programs have.
    is_likely: bool,
    /// Whether a letter is not dockerd's.
    has_other_letters: bool,
}

impl Known {
    pub fn of(words: &[Word]) -> Self {
        let mut found = Self::default();
        let mut takes_value = false;
        let mut is_address = false;
        for (at, word) in words.iter().enumerate() {
            let text = plain_hyphens(&word.text);
            let name = text.trim_start_matches('-');
            let hyphens = text.len() - name.len();
            let (name, value) = name.split_once('=').map_or((name, None), |it| (it.0, Some(it.1)));
            if hyphens == 0 || name.is_empty() || hyphens > 2 {
                let is_filled_in = word.unread == Some(word.span);
                found.is_broken |=
                    !is_filled_in && (!takes_value || at == 0 || PLACEHOLDERS.contains(&word.text.as_str()));
                found.has_own |= takes_value && is_address && is_socket(&word.text);
                takes_value = false;
                continue;
            }
            let long = table::find(name).filter(|_| hyphens == 2);
            // Up to the one that takes the rest for its value, all are letters of dockerd.
            let mut letters = name.chars().map(|it| table::behind(it).and_then(table::find));
            let last = letters.find(|it| it.is_none_or(|it| it.takes != Takes::Truth));
            let is_short = last.is_none_or(|it| it.is_some());
            let short = name.chars().next().and_then(table::behind).and_then(table::find);
            let short = short.filter(|_| hyphens == 1 && is_short);
            found.flags += 1;
            found.known += usize::from(long.is_some() || short.is_some());
            found.has_long |= long.is_some();
            found.has_own |= long.is_some_and(|it| !SHARED.contains(&it.name));
            found.has_other_letters |= hyphens == 1 && short.is_none() && table::find(name).is_none();
            // `-p` and `-v` are those of other commands, too.
            found.is_likely |= long.is_some() || (short.is_some() && name.starts_with(['D', 'G', 'H']));
            is_address = long.or(short).is_some_and(|it| it.name == "host");
            found.has_own |= is_address && is_socket(value.or(name.strip_prefix('H')).unwrap_or_default());
            takes_value = match long.or(short) {
                Some(flag) if hyphens == 2 || name.len() == 1 => value.is_none() && flag.takes != Takes::Truth,
                Some(_) => false,
                None => value.is_none() && hyphens == 2,
            };
        }
        found
    }

    /// Whether these are flags and nothing else, half of them dockerd's at least.
    pub fn are_ours(self) -> bool {
        !self.is_broken && self.is_likely && self.known * 2 >= self.flags && (self.has_long || !self.has_other_letters)
    }

    /// Whether dockerd has all of them.
    pub fn is_all(self) -> bool {
        self.known == self.flags
    }
}

/// Flags of dockerd that other programs have under the same name.
///
/// Source: docker/cli `cli/flags/options.go` and `cli/command/container/opts.go`; flannel-io/flannel `main.go`; the rest are
/// words that any program may choose.
const SHARED: &[&str] = &[
    "bridge",
    "cgroup-parent",
    "config-file",
    "debug",
    "dns",
    "dns-opt",
    "dns-search",
    "experimental",
    "feature",
    "group",
    "help",
    "host",
    "http-proxy",
    "https-proxy",
    "init",
    "ip",
    "ip-forward",
    "ip-masq",
    "ipv6",
    "label",
    "log-driver",
    "log-format",
    "log-level",
    "log-opt",
    "metrics-addr",
    "mtu",
    "no-proxy",
    "pidfile",
    "restart",
    "runtime",
    "shutdown-timeout",
    "tls",
    "tlscacert",
    "tlscert",
    "tlskey",
    "tlsverify",
    "validate",
    "version",
];

/// What a manual writes in place of a value.
///
/// Source: moby v29.7.2 `daemon/command/config.go`, the names of the flags' types, as `dockerd --help` prints them.
const PLACEHOLDERS: &[&str] = &[
    "bytes",
    "int",
    "ip",
    "ipSlice",
    "list",
    "map",
    "mapmap",
    "pool-options",
    "runtime",
    "string",
    "strings",
    "ulimit",
];

/// An address that the daemon listens on.
fn is_socket(text: &str) -> bool {
    ["fd://", "unix://", "tcp://", "npipe://"].iter().any(|it| text.starts_with(it))
}

/// The text with hyphens in place of the dashes that a word processor makes of them.
pub(in super::super) fn plain_hyphens(text: &str) -> String {
    let dashes = text.chars().take_while(|it| "-‐‑‒–—―−".contains(*it)).collect::<String>();
    if dashes.bytes().all(|it| it == b'-') {
        return text.to_owned();
    }
    let rest = text.get(dashes.len()..).unwrap_or_default();
    let letters = rest.split(['=', ' ']).next().unwrap_or_default().chars().count();
    let hyphens = if letters == 1 { "-" } else { "--" };
    [hyphens, rest].concat()
}
