//! What was said about the surroundings and not understood.

use super::{Context, Diagnostic};
use crate::containers::networks::told_unread;

rule! {
    /// A line of the networks to keep clear of, or of the address pools, was not understood.
    ///
    /// ## Why it matters
    /// The networks of the text were not compared with what it names.
    ///
    /// ## What to do
    /// Write a network such as `10.8.0.0/16`, the id of a known one such as `wifionice`, or paste what `ip route` says; and
    /// a pool as `10.201.0.0/16 size 24`.
    ///
    /// ## Example
    /// ```yaml keep-clear=10.8.0.0/33
    /// # With the line `10.8.0.0/33` among the networks to keep clear of.
    /// services:
    ///   web: { image: "nginx:1.27" }
    /// ```
    /// ```sh keep-clear=10.8.0.0/33
    /// # With the line `10.8.0.0/33` among the networks to keep clear of.
    /// docker network create front
    /// ```
    ///
    /// ## Source
    /// RFC 4632, section 3.1, for what a network looks like
    "surroundings-unread", [Warning], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    found.extend(told_unread(ID, "networks", &context.networks.unread));
}
