//! A key that no Engine knows.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    daemon::{
        options::{self, Status},
        settings::{Occurrence, Place, is_known},
    },
    document::{Change, ProblemKind, Step, Value},
};

rule! {
    /// A key that the Docker daemon does not know.
    ///
    /// ## Why it matters
    /// The daemon refuses the whole file for one unknown key, and does not start. Only an object whose own
    /// members are all known keys slips through, and then has no effect.
    ///
    /// ## What to do
    /// Correct the spelling: keys are lower case with hyphens, and those that hold a list are plural. Options of
    /// a driver belong in `log-opts` or `storage-opts`.
    ///
    /// ## Example
    /// ```json
    /// { "debgu": true }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `findConfigurationConflicts`; nixpkgs `nixos/modules/virtualisation/docker.nix`
    "unknown-key", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for occurrence in context.settings.occurrences() {
        let key = &occurrence.member.key;
        let is_in_proxies = occurrence.place == Place::Flattened && occurrence.parent == "proxies";
        let is_in_table = options::member("", key).is_some();
        if is_in_proxies
            && is_in_table
            && context.since(23, 0)
            && !is_known(context.document.schema(), key, context.engine)
        {
            found.push(misplaced(context, occurrence));
        }
        if (is_in_proxies || occurrence.place == Place::Top) && !is_in_table {
            found.push(unknown(context, occurrence, is_in_proxies));
        }
    }
}

/// A key of another Engine, or one that no file may set.
fn misplaced(context: &Context, occurrence: &Occurrence) -> Diagnostic {
    let key = &occurrence.member.key;
    let message = say!("`{key}` does not belong in `proxies`");
    Diagnostic::error(ID, Stage::Load, occurrence.member.key_span, message)
        .why("The daemon looks at the names within `proxies` as it does at top-level keys, and refuses all its settings for one it does not know.")
        .help("Only `http-proxy`, `https-proxy` and `no-proxy` belong there.")
        .fix(Fix::choice(say!("Remove `{key}`"), context.remove(occurrence.member.value.span)))
}

fn unknown(context: &Context, occurrence: &Occurrence, is_in_proxies: bool) -> Diagnostic {
    let key = &occurrence.member.key;
    let span = occurrence.member.key_span;
    let diagnostic = match occurrence.is_refused(context.engine) {
        true if context.are_flags() => {
            Diagnostic::error(ID, Stage::Load, span, say!("dockerd has no flag `{key}`")).why(context.because_of_it())
        }
        true => Diagnostic::error(ID, Stage::Load, span, say!("`{key}` is not a setting of the Docker daemon"))
            .why(context.because_of_it()),
        false => {
            Diagnostic::warning(ID, span, say!("`{key}` is not a setting of the Docker daemon, and has no effect")).why(
                "The daemon looks only at the names within an object it does not know, and then reads none of them.",
            )
        }
    };
    diagnostic.explained(|diagnostic| {
        let removal = Fix::choice(say!("Remove `{key}`"), context.remove(occurrence.member.value.span));
        if is_in_proxies && is_of_client(occurrence) {
            return diagnostic
                .help(say!("The client's `~/.docker/config.json` has `{key}`, for the containers that it starts. The daemon's own proxies are set directly in `proxies`: `http-proxy`, `https-proxy` and `no-proxy`."))
                .fix(lifted(context, occurrence))
                .fix(removal);
        }
        if !is_in_proxies && NIXOS.contains(&key.as_str()) {
            return of_nixos(context, occurrence, diagnostic).fix(removal);
        }
        let (parent, table) = match is_in_proxies {
            true => ("proxies.", "proxies"),
            false => ("", ""),
        };
        let names = |is_set: bool| {
            options::children(table)
                .filter(|it| it.status == Status::Read && it.exists_in(context.engine))
                .filter(move |it| context.settings.is_set(it.key) == is_set)
                .map(|it| it.key.strip_prefix(parent).unwrap_or(it.key))
        };
        if let Some(right) = context.nearest(key, names(false)) {
            let help = match client_name(right) == Some(key) {
                true => say!("`{key}` is the name in the client's `~/.docker/config.json`. The daemon calls it `{right}`."),
                false => say!("Did you mean `{right}`?"),
            };
            return diagnostic.help(help).fix(context.renaming(span, right));
        }
        if let Some(right) = context.nearest(key, names(true)) {
            return diagnostic
                .help(say!("Did you mean `{right}`, which is set as well? Put there what it lacks."))
                .fix(joined(context, occurrence, parent, right))
                .fix(removal);
        }
        if let Some(owner) = super::owner(key.trim_start_matches('-')).filter(|_| context.are_flags()) {
            let name = key.trim_start_matches('-');
            return diagnostic.help(say!("`{name}` is an option of `{owner}`: write it after that key, `{name}=…`.")).fix(removal);
        }
        let diagnostic = match super::owner(key) {
            Some(owner) => {
                let mut to: Vec<&str> = owner.split('.').collect();
                to.push(key);
                diagnostic
                    .help(say!("`{key}` is an option within `{owner}`: move it there."))
                    .fix(context.moving(say!("Move into `{owner}`"), &[key], &to))
            }
            None if context.are_flags() => diagnostic.help("Remove it, or look for the right flag among the options."),
            None => diagnostic.help("Remove it, or look for the right key among the options."),
        };
        diagnostic.fix(removal)
    })
}

/// Adds the elements of a list to that of the right name, those that are not in it.
fn joined(context: &Context, occurrence: &Occurrence, parent: &str, right: &str) -> Option<Fix> {
    let member = occurrence.member;
    let there = context.settings.elements(&[parent, right].concat());
    let is_list = !there.is_empty() && !member.value.elements().is_empty() && parent.is_empty();
    if !is_list || has_comments(context, occurrence) {
        return None;
    }
    let key = |name: &str| Step::Key(name.to_owned());
    let edits = context.edit(|| {
        let known: Vec<Option<Value>> = there.iter().map(|it| Value::of(it.value)).collect();
        let more = member.value.elements().iter().filter_map(Value::of);
        let more = more.filter(|it| !known.contains(&Some(it.clone())));
        let added =
            (known.len()..).zip(more).map(|(at, value)| Change::Set { path: vec![key(right), Step::Index(at)], value });
        let unset = Change::Unset { path: vec![key(&member.key)] };
        Change::All(added.chain([unset]).collect())
    });
    Some(Fix::safe(say!("Add it to `{right}`"), edits))
}

/// The options of NixOS's `virtualisation.docker`, which are beside `daemon.settings`.
///
/// Source: nixpkgs `nixos/modules/virtualisation/docker.nix` and `docker-rootless.nix`, at 26.05.
const NIXOS: &[&str] = &[
    "enable",
    "enableOnBoot",
    "enableNvidia",
    "package",
    "listenOptions",
    "daemon",
    "liveRestore",
    "storageDriver",
    "logDriver",
    "extraOptions",
    "extraPackages",
    "autoPrune",
    "rootless",
    "setSocketVariable",
];

fn of_nixos(context: &Context, occurrence: &Occurrence, diagnostic: Diagnostic) -> Diagnostic {
    let key = &occurrence.member.key;
    let renamed = match key.as_str() {
        "liveRestore" => Some("live-restore"),
        "storageDriver" => Some("storage-driver"),
        "logDriver" => Some("log-driver"),
        _ => None,
    };
    if let Some(right) = renamed {
        let is_free = context.settings.get(right).is_none();
        return diagnostic
            .help(say!(
                "`{key}` is the name of the NixOS option in `virtualisation.docker`. The daemon calls it `{right}`."
            ))
            .fix(is_free.then(|| context.renaming(occurrence.member.key_span, right)));
    }
    let more = match key.as_str() {
        "daemon" => " The contents of its `settings` belong here, without that name.",
        "extraOptions" => " It holds flags; each has a key here, such as `debug` for `--debug`.",
        "listenOptions" => " Here `hosts` says where the daemon listens.",
        _ => "",
    };
    diagnostic
        .help(say!("`{key}` is an option of NixOS: it belongs in `virtualisation.docker`, beside `daemon.settings`, and the daemon never sees it.{more}"))
        .fix(lifted_settings(context, occurrence))
}

/// Takes the settings out of `daemon.settings`, unless that loses something.
fn lifted_settings(context: &Context, occurrence: &Occurrence) -> Option<Fix> {
    let key = &occurrence.member.key;
    let [settings] = occurrence.member.value.members() else {
        return None;
    };
    let members = settings.value.members();
    let is_free = |it: &str| context.settings.get(it).is_none();
    let is_whole =
        settings.sound && members.iter().all(|it| it.sound && is_free(&it.key)) && !has_comments(context, occurrence);
    if key != "daemon" || settings.key != "settings" || members.is_empty() || !is_whole {
        return None;
    }
    let path = |names: &[&str]| names.iter().map(|it| Step::Key((*it).to_owned())).collect();
    let edits = context.edit(|| {
        let moves =
            members.iter().map(|it| Change::Move { from: path(&[key, "settings", &it.key]), to: path(&[&it.key]) });
        let unset = Change::Unset { path: path(&[key]) };
        Change::All(moves.chain([unset]).collect())
    });
    let names: Vec<&str> = members.iter().map(|it| it.key.as_str()).collect();
    let title = "Take the settings out of `daemon`";
    Some(match edits.is_empty() || context.are_offered_first(&[], &names) {
        true => Fix::safe(title, edits),
        false => Fix::choice(title, edits),
    })
}

/// What the client's `~/.docker/config.json` calls a proxy.
///
/// Source: docker/cli `cli/config/configfile/file.go`, `ProxyConfig`.
fn client_name(name: &str) -> Option<&'static str> {
    Some(match name {
        "http-proxy" => "httpProxy",
        "https-proxy" => "httpsProxy",
        "no-proxy" => "noProxy",
        _ => return None,
    })
}

/// Whether a member of `proxies` holds proxies itself: `default`, or the address of a daemon.
fn is_of_client(occurrence: &Occurrence) -> bool {
    proxies_of(occurrence).next().is_some()
}

/// The proxies that a member of `proxies` holds, by the daemon's names.
fn proxies_of<'a>(occurrence: &'a Occurrence) -> impl Iterator<Item = (&'static str, &'a str)> {
    let members = occurrence.member.value.members().iter();
    members.filter(|it| it.sound).filter_map(|it| {
        let names = options::children("proxies").map(|it| it.name());
        let is_it = |name: &&str| *name == it.key || client_name(name) == Some(it.key.as_str());
        Some((names.into_iter().find(is_it)?, it.value.as_str()?))
    })
}

/// Whether there are comments within a value, which an edit that takes it apart would lose.
fn has_comments(context: &Context, occurrence: &Occurrence) -> bool {
    let value = occurrence.member.value.span;
    context.problems(ProblemKind::Comment).any(|it| value.start < it.span.start && it.span.end < value.end)
}

/// Takes the proxies out of the object that holds them, unless that loses something.
fn lifted(context: &Context, occurrence: &Occurrence) -> Option<Fix> {
    let key = &occurrence.member.key;
    let proxies: Vec<(&str, &str)> = proxies_of(occurrence).collect();
    let is_free = |name: &str| context.settings.get(&["proxies.", name].concat()).is_none();
    let is_first = |at: usize, name: &str| proxies.iter().position(|it| it.0 == name) == Some(at);
    let is_whole = proxies.len() == occurrence.member.value.members().len()
        && proxies.iter().enumerate().all(|(at, it)| is_first(at, it.0));
    if has_comments(context, occurrence) || !is_whole || !proxies.iter().all(|it| is_free(it.0)) {
        return None;
    }
    let path = |name: &str| vec![Step::Key("proxies".to_owned()), Step::Key(name.to_owned())];
    let edits = context.edit(|| {
        let unset = Change::Unset { path: path(key) };
        let sets = proxies.iter().map(|(name, value)| Change::Set { path: path(name), value: Value::string(*value) });
        Change::All(sets.chain([unset]).collect())
    });
    let names: Vec<&str> = proxies.iter().map(|it| it.0).collect();
    let title = say!("Take the proxies out of `{key}`");
    Some(match edits.is_empty() || context.are_offered_first(&["proxies"], &names) {
        true => Fix::safe(title, edits),
        false => Fix::choice(title, edits),
    })
}

#[cfg(test)]
mod tests {
    use crate::{
        Request, analyze,
        daemon::check::tests::{assert_first_fix, assert_found},
        rule::mend::Mend,
    };

    #[test]
    fn offers_what_keeps_what_was_written() {
        for (text, title, after) in [
            (r#"{"debgu": true}"#, "Rename to `debug`", r#"{"debug": true}"#),
            (r#"{"dataRoot": "/a"}"#, "Rename to `data-root`", r#"{"data-root": "/a"}"#),
            (
                r#"{"max-size": "10m", "mtu": 1450}"#,
                "Move into `log-opts`",
                r#"{"mtu": 1450, "log-opts": {"max-size": "10m"}}"#,
            ),
            (
                r#"{"log-opts": {"max-file": "3"}, "max-size": "10m"}"#,
                "Move into `log-opts`",
                r#"{"log-opts": {"max-file": "3", "max-size": "10m"}}"#,
            ),
            // The client's names.
            (
                r#"{"proxies": {"httpProxy": "http://p:1"}}"#,
                "Rename to `http-proxy`",
                r#"{"proxies": {"http-proxy": "http://p:1"}}"#,
            ),
            (
                r#"{"proxies": {"default": {"httpProxy": "http://p:1", "noProxy": "a,b"}}}"#,
                "Take the proxies out of `default`",
                r#"{"proxies": {"http-proxy": "http://p:1", "no-proxy": "a,b"}}"#,
            ),
            // The right name is there already.
            (
                r#"{"insecure-registries": ["a:5000"], "insecure-registery": ["b:5000", "a:5000"]}"#,
                "Add it to `insecure-registries`",
                r#"{"insecure-registries": ["a:5000", "b:5000"]}"#,
            ),
            (r#"{"debug": true, "debgu": false}"#, "Remove `debgu`", r#"{"debug": true}"#),
            // NixOS's names.
            (r#"{"storageDriver": "overlay2"}"#, "Rename to `storage-driver`", r#"{"storage-driver": "overlay2"}"#),
            (r#"{"logDriver": "local", "log-driver": "local"}"#, "Remove `logDriver`", r#"{"log-driver": "local"}"#),
            (r#"{"enable": true, "debug": true}"#, "Remove `enable`", r#"{"debug": true}"#),
            (
                r#"{"daemon": {"settings": {"debug": true, "mtu": 1450}}, "ipv6": false}"#,
                "Take the settings out of `daemon`",
                r#"{"ipv6": false, "debug": true, "mtu": 1450}"#,
            ),
            ("{\"daemon\": {\"settings\": {\"debug\": true // ours\n}}}", "Remove `daemon`", "{}"),
            (r#"{"daemon": {"settings": {"debug": true}}, "debug": false}"#, "Remove `daemon`", r#"{"debug": false}"#),
            // `ftpProxy` would be lost.
            (
                r#"{"proxies": {"default": {"httpProxy": "http://p:1", "ftpProxy": "x"}}}"#,
                "Remove `default`",
                r#"{"proxies": {}}"#,
            ),
        ] {
            assert_first_fix(text, super::ID, title, after);
        }
    }

    #[test]
    fn what_nixos_has_beside_its_settings_is_called_its_own() {
        for (key, words) in [
            (
                "storageDriver",
                "`storageDriver` is the name of the NixOS option in `virtualisation.docker`. The daemon calls it `storage-driver`.",
            ),
            (
                "autoPrune",
                "`autoPrune` is an option of NixOS: it belongs in `virtualisation.docker`, beside `daemon.settings`, and the daemon never sees it.",
            ),
            ("extraOptions", "`debug` for `--debug`."),
        ] {
            let text = format!(r#"{{"{key}": "x"}}"#);
            let report = analyze(&Request::of(text.as_str()));
            let found = report.diagnostics.iter().find(|it| it.rule == super::ID).expect(key);
            assert!(found.help.ends_with(words), "{}", found.help);
        }
    }

    #[test]
    fn what_takes_too_long_is_not_offered() {
        let settings: Vec<String> = (0..500).map(|it| format!(r#""a{it}": 1"#)).collect();
        let text = format!(r#"{{"daemon": {{"settings": {{{}}}}}}}"#, settings.join(", "));
        assert_first_fix(&text, super::ID, "Remove `daemon`", "{}");
    }

    #[test]
    fn two_keys_are_not_renamed_to_the_same_at_once() {
        for (text, after) in [
            (r#"{"debgu": true, "dbug": false}"#, r#"{"debug": true, "dbug": false}"#),
            (
                r#"{"registry-mirror": ["https://a"], "registry-mirors": ["https://b"]}"#,
                r#"{"registry-mirrors": ["https://a"], "registry-mirors": ["https://b"]}"#,
            ),
            (
                r#"{"features": {"buildkitt": true, "biuldkit": false}}"#,
                r#"{"features": {"buildkit": true, "biuldkit": false}}"#,
            ),
            (
                r#"{"max-size": "1m", "log-opts": {"maxsize": "2m"}}"#,
                r#"{"max-size": "1m", "log-opts": {"max-size": "2m"}}"#,
            ),
            (
                r#"{"proxies": {"httpProxy": "http://a", "default": {"httpProxy": "http://b"}}}"#,
                r#"{"proxies": {"http-proxy": "http://a", "default": {"httpProxy": "http://b"}}}"#,
            ),
            (
                r#"{"debgu": true, "daemon": {"settings": {"debug": false}}}"#,
                r#"{"debug": true, "daemon": {"settings": {"debug": false}}}"#,
            ),
            (
                r#"{"builder": {"gc": {"policy": [{"filters": ["type=a"], "keepDuration": "4h"}]}}}"#,
                r#"{"builder": {"gc": {"policy": [{"filter": ["type=a"], "keepDuration": "4h"}]}}}"#,
            ),
            (
                r#"{"log-opts": {"maxsize": "1m", "max_size": "2m"}}"#,
                r#"{"log-opts": {"max-size": "1m", "max_size": "2m"}}"#,
            ),
        ] {
            let mend = Mend::of(&analyze(&Request::of(text)).diagnostics);
            assert_eq!(mend.edits.apply(text), after);
        }
    }

    #[test]
    fn flags_what_no_engine_knows() {
        for (text, expected) in [
            (r#"{"debgu": true}"#, &["error unknown-key 1..8"][..]),
            (r#"{"options": {"debug": true}}"#, &["warning unknown-key 1..10"]),
            (r#"{"options": {"nope": true}}"#, &["error unknown-key 1..10"]),
            (r#"{"proxies": {"nope": {}}}"#, &["error unknown-key 13..19"]),
            (r#"{"proxies": {"api-cors-header": "*"}}"#, &["error unknown-key 13..30"]),
            (r#"{"proxies": {"api-cors-header": "*"}, "proxies": {}}"#, &[]),
            (r#"{"proxies": {"debug": true}}"#, &[]),
            (r#"{"empty": {}}"#, &["warning unknown-key 1..8"]),
            (r#"{"unknown": null}"#, &["error unknown-key 1..10"]),
            (r#"{"debug": true}"#, &[]),
        ] {
            assert_found(text, super::ID, expected);
        }
    }
}
