//! A `fixed-cidr` that does not begin where its prefix does.

use super::{
    Context, Found,
    address_pool_host_bits::has_host_bits,
    voice::{Diagnostic, Fix},
};
use crate::{address::Subnet, docker::go::net::parse_cidr};

rule! {
    /// `fixed-cidr` or `fixed-cidr-v6` is not the first address of its range.
    ///
    /// ## Why it matters
    /// The daemon drops what lies beyond the prefix without a word: 10.200.0.100/25 is the range 10.200.0.0/25, and
    /// containers get addresses below 100 as well.
    ///
    /// ## What to do
    /// Write the first address of the range, or a longer prefix.
    ///
    /// ## Example
    /// ```json
    /// { "bip": "10.200.0.1/24", "fixed-cidr": "10.200.0.100/25" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `getDefaultBridgeIPAMConf`
    "fixed-cidr-host-bits", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for key in ["fixed-cidr", "fixed-cidr-v6"] {
        let Some(setting) = context.settings.text(key) else {
            continue;
        };
        let Some(cidr) = parse_cidr(setting.value).filter(|it| has_host_bits(*it)) else {
            continue;
        };
        let range = Subnet::of(cidr);
        let message = say!("{} in `{key}` is not the start of its range, {range}", setting.value);
        found.push(
            Diagnostic::warning(ID, setting.span, message)
                .why("The daemon ignores the address bits beyond the prefix: containers get addresses from the whole range.")
                .help(say!("Write {range}, or a longer prefix if a smaller range was meant."))
                .explained(|it| {
                    it.fix(Fix::safe(say!("Use {range}"), context.replace(setting.span, range.to_string())))
                }),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_bits_beyond_the_prefix() {
        for (text, expected) in [
            (r#"{"fixed-cidr": "10.0.0.100/25"}"#, &[r#"warning "10.0.0.100/25""#][..]),
            (r#"{"fixed-cidr": "10.0.0.128/25"}"#, &[]),
            (r#"{"fixed-cidr-v6": "fd00::1/64"}"#, &[r#"warning "fd00::1/64""#]),
            (r#"{"fixed-cidr": "x"}"#, &[]),
        ] {
            assert_flags("29", text, super::ID, expected);
        }
    }
}
