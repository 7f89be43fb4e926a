//! An address to advertise, and no store to advertise it in.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
rule! {
    /// `cluster-advertise` without `cluster-store`, on an Engine that still reads them.
    ///
    /// ## Why it matters
    /// The daemon does not start.
    ///
    /// ## What to do
    /// Remove it: classic swarm is gone since Engine 23.0.
    ///
    /// ## Example
    /// ```json engine=20.10
    /// { "cluster-advertise": "eth0:2376" }
    /// ```
    ///
    /// ## Source
    /// moby v20.10.24 `daemon/config/config.go`, `ParseClusterAdvertiseSettings`
    "cluster-advertise-without-store", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    let advertise = context.settings.text("cluster-advertise");
    let store = context.settings.text("cluster-store");
    if let (Some(advertise), None, false) = (advertise, store, context.since(23, 0)) {
        found.push(
            Diagnostic::error(ID, Stage::Start, advertise.key, "`cluster-advertise` needs `cluster-store`")
                .why("There is nowhere to advertise the address, and the daemon does not start.")
                .help("Remove it: classic swarm, which it belongs to, is gone since Engine 23.0.")
                .fix(Fix::choice("Remove `cluster-advertise`", context.remove(advertise.span))),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::{Engine, daemon::check::tests::assert_found_on};

    #[test]
    fn flags_it_alone() {
        for (text, expected) in [
            (r#"{"cluster-advertise": "a:1"}"#, &["error cluster-advertise-without-store 1..20"][..]),
            (r#"{"cluster-advertise": ""}"#, &[]),
            (r#"{"cluster-advertise": "a:1", "cluster-store": "consul://a"}"#, &[]),
        ] {
            assert_found_on(Engine::new(20, 10, 24), text, super::ID, expected);
        }
    }
}
