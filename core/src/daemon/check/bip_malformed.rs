//! A `bip` that is not an address with a prefix length.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    address::malformed,
    daemon::settings::Setting,
    docker::go::net::{Cidr, parse_cidr},
};

rule! {
    /// `bip` or `bip6` is not an address of its family with a prefix length.
    ///
    /// ## Why it matters
    /// It is the address of docker0 together with the size of its subnet. The daemon accepts any text in the file, and
    /// then does not start.
    ///
    /// ## What to do
    /// Write the address the bridge should have and the prefix length of its subnet: 10.200.0.1/24. IPv6 goes into
    /// `bip6`, since 28.0.
    ///
    /// ## Example
    /// ```json
    /// { "bip": "10.200.0.1/255.255.255.0" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `getDefaultBridgeIPAMConf`; up to 27.5 `initBridgeDriver`
    "bip-malformed", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for (key, setting) in bridge_addresses(context) {
        let (family, other, example) = match key {
            "bip" => ("IPv4", "bip6", "10.200.0.1/24"),
            _ => ("IPv6", "bip", "fd00:200::1/64"),
        };
        let diagnostic = |message: String| {
            Diagnostic::error(ID, Stage::Start, setting.span, message)
                .why("This setting gives docker0 its address and subnet. The Engine cannot make the bridge, and does not start.")
        };
        let text = setting.value;
        match parse_cidr(text).map(unmapped) {
            None => {
                let message = say!("`{text}` in `{key}` is not an address with a prefix length");
                found.push(diagnostic(message).explained(|diagnostic| {
                    let malformed = malformed(text);
                    let fix = malformed
                        .meant
                        .map(|meant| Fix::safe(say!("Use {meant}"), context.replace(setting.span, meant)));
                    let help = say!(
                        "{} Write the address of the bridge and the prefix length of its subnet: {example}.",
                        malformed.reason
                    );
                    diagnostic.help(help).fix(fix)
                }));
            }
            Some(cidr) if cidr.addr.is_ipv4() != (key == "bip") => {
                let message = say!("{text} in `{key}` is not {family}");
                found.push(diagnostic(message).explained(|diagnostic| {
                    let is_free = context.since(28, 0) && context.settings.get(other).is_none();
                    let fix =
                        is_free.then(|| Fix::choice(say!("Rename to `{other}`"), context.rename(setting.key, other)));
                    let help = match context.since(28, 0) {
                        true => say!("Move it to `{other}`, or write an {family} address such as {example}."),
                        false => say!("Write an {family} address such as {example}."),
                    };
                    diagnostic.help(help).fix(fix)
                }));
            }
            Some(_) => {}
        }
    }
}

/// The settings that give docker0 an address, where the Engine makes the bridge and reads them.
pub(super) fn bridge_addresses<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'static str, Setting<&'a str>)> {
    let settings = context.settings;
    let is_read = settings.text("bridge").is_none();
    let is_ipv6_read = is_read && context.since(28, 0) && settings.is_true("ipv6");
    [("bip", is_read), ("bip6", is_ipv6_read)]
        .into_iter()
        .filter(|it| it.1)
        .filter_map(move |(key, _)| Some((key, settings.text(key)?)))
}

/// An IPv4 address in IPv6 notation counts as IPv4 when the prefix covers that notation.
pub(super) fn unmapped(cidr: Cidr) -> Cidr {
    match cidr.bits.checked_sub(96) {
        Some(bits) if cidr.is_mapped() => Cidr { addr: cidr.addr.to_canonical(), bits },
        _ => cidr,
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_what_is_no_address_with_a_prefix_length() {
        for (bip, is_flagged) in [
            ("10.0.0.1/24", false),
            ("10.0.0.1/33", true),
            ("300.1.1.1/24", true),
            ("172.17.0.1/16 ", true),
            ("10.0.0.1", true),
            ("fd00::1/64", true),
            ("::ffff:10.0.0.1/120", false),
            ("", false), // not set
        ] {
            let text = format!(r#"{{"bip": "{bip}"}}"#);
            let flagged = format!(r#"error "{bip}""#);
            let expected: &[&str] = if is_flagged { &[&flagged] } else { &[] };
            for engine in ["20.10", "26", "29"] {
                assert_flags(engine, &text, super::ID, expected);
            }
        }
        let text = r#"{"ipv6": true, "bip6": "10.0.0.1/24"}"#;
        assert_flags("29", text, super::ID, &[r#"error "10.0.0.1/24""#]);
        assert_flags("27", text, super::ID, &[]); // an unknown key there
        assert_flags("29", r#"{"bip6": "10.0.0.1/24"}"#, super::ID, &[]); // not read
        assert_flags("29", r#"{"bridge": "br0", "bip": "x"}"#, super::ID, &[]); // another rule's
    }
}
