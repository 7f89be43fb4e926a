//! A key that the chosen Engine does not know yet.

use super::{
    Context, Found,
    voice::{ARE_READ, Diagnostic, Fix, Stage},
};
use crate::{
    Engine,
    daemon::{dialect::flags::table, options::Status, settings::Place},
    document::Member,
};

rule! {
    /// A key that came with a later Engine than the chosen one.
    ///
    /// ## Why it matters
    /// An older daemon does not know the key. At the top level it refuses the whole file and does not start; within
    /// an object such as `builder` it leaves the member out without a word.
    ///
    /// ## What to do
    /// Upgrade the Engine, or remove the key.
    ///
    /// ## Example
    /// ```json engine=26
    /// { "bip6": "fd00:1::1/64" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go` and `daemon/command/config.go`, compared at the release tags
    "key-too-new", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for occurrence in context.settings.occurrences() {
        let Some(option) = occurrence.option else {
            continue;
        };
        let lacks_flag = context.lacks_flag(option);
        let since = match lacks_flag {
            true => table::since(option),
            false => option.since,
        };
        if option.status != Status::Read || context.engine >= since || !occurrence.is_looked_for() {
            continue;
        }
        let is_refused = occurrence.place == Place::Top && (lacks_flag || occurrence.is_refused(context.engine));
        let member = occurrence.member;
        match option.key {
            // Flags give them one by one.
            "host-gateway-ips" if ARE_READ && context.are_flags() => found.push(once(context, member)),
            "proxies" if ARE_READ && context.are_flags() => {
                let fields = member.value.members().iter();
                found.extend(fields.map(|it| too_new(context, it, &it.key, since, is_refused)));
            }
            _ => found.push(too_new(context, member, option.name(), since, is_refused)),
        }
    }
}

fn too_new(context: &Context, member: &Member, key: &str, since: Engine, is_refused: bool) -> Diagnostic {
    let span = member.key_span;
    let engine = context.engine;
    let message = say!("`{key}` needs Engine {}.{} or later, and this is {engine}", since.major, since.minor);
    let diagnostic = match is_refused {
        true => Diagnostic::error(ID, Stage::Load, span, message).why(context.because_of_it()),
        false => Diagnostic::warning(ID, span, message).why("A daemon that does not know the key silently ignores it."),
    };
    diagnostic
        .help(say!("Upgrade to Engine {}.{}, or remove `{key}`.", since.major, since.minor))
        .fix(Fix::choice(say!("Remove `{key}`"), context.remove(member.value.span)))
}

/// Before it became a list, the flag took one address, and the last one counts.
fn once(context: &Context, member: &Member) -> Diagnostic {
    let message = say!("Engine {} takes one `--host-gateway-ip`: the last one counts", context.engine);
    Diagnostic::warning(ID, member.key_span, message)
        .why("Only since Engine 28.0 can it be given for IPv4 and for IPv6.")
        .help("Upgrade to Engine 28.0, or keep one of them.")
}

#[cfg(test)]
mod tests {
    use crate::{Engine, daemon::check::tests::assert_found_on};

    #[test]
    fn flags_keys_of_later_engines() {
        let old = Engine::new(20, 10, 24);
        let newer = Engine::new(26, 1, 5);
        for (engine, text, expected) in [
            (newer, r#"{"bip6": "fd00::1/64"}"#, &["error key-too-new 1..7"][..]),
            (newer, r#"{"default-network-opts": {"bridge": {}}}"#, &[]),
            // An object it takes apart: `bridge` is a key of its own, so the file passes and nothing happens.
            (old, r#"{"default-network-opts": {"bridge": {}}}"#, &["warning key-too-new 1..23"]),
            (old, r#"{"default-network-opts": {"nope": {}}}"#, &["error key-too-new 1..23"]),
            (old, r#"{"proxies": {}}"#, &["warning key-too-new 1..10"]),
            (old, r#"{"proxies": {"no-proxy": "a"}}"#, &["error key-too-new 1..10"]),
            (newer, r#"{"builder": {"gc": {"defaultReservedSpace": "1GB"}}}"#, &["warning key-too-new 20..42"]),
            (newer, "dockerd --host-gateway-ip 10.0.0.1 --host-gateway-ip fd00::1", &["warning key-too-new 8..25"]),
            (newer, "dockerd --host-gateway-ip 10.0.0.1", &[]),
            (old, "dockerd --http-proxy a --no-proxy b", &["error key-too-new 8..20", "error key-too-new 23..33"]),
            (newer, "dockerd --feature cdi", &["error key-too-new 8..17"]), // the key is older than the flag
        ] {
            assert_found_on(engine, text, super::ID, expected);
        }
    }
}
