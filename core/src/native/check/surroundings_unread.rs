//! What was said about the surroundings and not understood.

use super::{Context, Found};
use crate::containers::networks::told_unread;

rule! {
    /// A line of the networks to keep clear of, or of the address pools, was not understood.
    ///
    /// ## Why it matters
    /// The addresses of the text were not compared with what it names.
    ///
    /// ## What to do
    /// Write a network such as `10.8.0.0/16`, the id of a known one such as `wifionice`, or paste what `ip route` says; and
    /// a pool as `10.201.0.0/16 size 24`.
    ///
    /// ## Example
    /// ```nix keep-clear=10.8.0.0/33
    /// # With the line `10.8.0.0/33` among the networks to keep clear of.
    /// {
    ///   containers.web.config.system.stateVersion = "25.11";
    /// }
    /// ```
    ///
    /// ## Source
    /// RFC 4632, section 3.1, for what a network looks like
    "surroundings-unread", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    found.extend(told_unread(ID, "addresses", &context.space.networks.unread));
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn lines_that_are_not_understood_are_told() {
        let keep =
            |it: &str| diagnose_with("", chosen("keep-clear", it)).into_iter().filter(|it| it.rule == ID).count();
        assert_eq!([keep("10.8.0.0/16"), keep("10.8.0.0/33"), keep("a/33\nb/33\nc/33\nd/33\ne/33")], [0, 1, 4]);
    }
}
