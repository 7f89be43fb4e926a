//! A bridge of your own together with an address for docker0.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};

rule! {
    /// `bridge` names a bridge, or none, while `bip` or `bip6` gives docker0 an address.
    ///
    /// ## Why it matters
    /// The daemon gives addresses only to the bridge it makes itself. It accepts the file and then does not start.
    ///
    /// ## What to do
    /// Set the address on your own bridge and take out `bip`; or take out `bridge` and let the daemon make docker0.
    ///
    /// ## Example
    /// ```json
    /// { "bridge": "br0", "bip": "10.200.0.1/24" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/daemon_unix.go`, `verifyDaemonSettings`
    "bridge-with-bip", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let Some(bridge) = context.settings.text("bridge") else {
        return;
    };
    for key in ["bip", "bip6"] {
        if key == "bip6" && !context.since(28, 0) {
            continue;
        }
        let Some(address) = context.settings.text(key) else {
            continue;
        };
        found.push(
            Diagnostic::error(ID, Stage::Start, address.key, say!("`{key}` and `bridge` exclude each other"))
                .related(bridge.whole(), "the bridge that is not the daemon's")
                .why("The daemon gives an address only to docker0, the bridge it makes itself. It does not start with both.")
                .help(match bridge.value {
                    "none" => say!("Take out `{key}`, as there is no default bridge, or `bridge`."),
                    own => say!("Set the address on `{own}` itself and take out `{key}`, or take out `bridge`."),
                })
                .fix(Fix::choice(say!("Remove `{key}`"), context.remove(address.span)))
                .fix(Fix::choice("Remove `bridge`", context.remove(bridge.span))),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_an_address_beside_an_own_bridge() {
        for (text, old, new) in [
            (r#"{"bridge": "br0", "bip": "10.0.0.1/24"}"#, &[r#"error "bip""#][..], &[r#"error "bip""#][..]),
            (r#"{"bridge": "none", "bip": "10.0.0.1/24"}"#, &[r#"error "bip""#], &[r#"error "bip""#]),
            (r#"{"bridge": "br0", "bip6": "fd00::1/64"}"#, &[], &[r#"error "bip6""#]),
            (r#"{"bridge": "", "bip": "10.0.0.1/24"}"#, &[], &[]),
            (r#"{"bridge": "br0", "bip": ""}"#, &[], &[]),
        ] {
            assert_flags("27", text, super::ID, old);
            assert_flags("28", text, super::ID, new);
        }
    }
}
