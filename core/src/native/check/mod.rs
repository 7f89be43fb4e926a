//! What is wrong with native containers, and with what their host says for them? One rule per file.
//!
//! A new rule is its file, one word in `rules!` below, and its tests. An example that needs something chosen beside it
//! names that in its fence: `keep-clear=172.18.0.0/16`.

use std::{cell::OnceCell, collections::HashSet, net::IpAddr};

use super::{
    chosen::Choices,
    model::{Container, Place, Shape},
    places,
    problem::ProblemKind,
    read::Reading,
    space::{Space, Used},
};
use crate::{
    notation::nix::{Binding, Nix},
    rule::diagnostic::{Diagnostic, Fix, Stage},
    text::{Edits, Span, order, words},
};

/// What a rule may look at.
pub struct Context<'a> {
    /// The text, for quoting what was written.
    pub text: &'a str,
    /// What was read of it.
    pub reading: &'a Reading,
    /// The addresses, and what is around them.
    pub space: &'a Space,
    /// What was chosen beside the text.
    pub choices: &'a Choices,
    pair: OnceCell<Option<[IpAddr; 2]>>,
}

impl<'a> Context<'a> {
    /// What there is to look at.
    pub fn new(text: &'a str, reading: &'a Reading, space: &'a Space, choices: &'a Choices) -> Self {
        Self { text, reading, space, choices, pair: OnceCell::new() }
    }

    /// The containers of the text.
    fn containers(&self) -> impl Iterator<Item = &'a Container> {
        self.reading.containers.iter()
    }

    /// What is wrong with what is said of options, each with its bytes.
    fn problems(&self) -> impl Iterator<Item = (&'a ProblemKind, Span)> {
        self.reading.problems.iter().map(|it| (&it.kind, it.span))
    }

    /// The addresses of containers, without those of the host for them.
    fn local(&self) -> impl Iterator<Item = &'a Used> {
        self.space.used.iter().filter(|it| !it.is_hosts())
    }

    /// What a container is called.
    fn name(&self, container: usize) -> &'a str {
        self.reading.containers.get(container).map_or("", |it| &it.name)
    }

    /// What is written at a place.
    fn written(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// Two neighbouring addresses that nothing else has.
    fn pair(&self) -> Option<[IpAddr; 2]> {
        *self.pair.get_or_init(|| self.space.free_pair(&self.reading.host))
    }

    /// ", such as 192.168.7.1": an address that nothing else has; empty where there is none.
    fn such_as(&self) -> String {
        self.pair().map(|it| format!(", such as {}", it[1])).unwrap_or_default()
    }

    /// A fix that gives the container of an address a pair that nothing else has, in place of what is written.
    fn other_pair(&self, it: &Used) -> Option<Fix> {
        let container = self.reading.containers.get(it.container)?;
        let [host, local] = self.pair()?;
        let own = [(&container.link.host[0], host), (&container.link.local[0], local)];
        if it.shape != Shape::Routed || !it.address.is_ipv4() {
            return None;
        }
        let mut edits = Edits::NONE;
        for (given, address) in own {
            let given = given.as_ref()?;
            if !self.written(given.span).starts_with('"') {
                return None;
            }
            edits = edits.and(Edits::replace(given.span, format!("\"{address}\"")));
        }
        Some(Fix::choice(format!("Use {host} and {local}"), edits))
    }

    /// The edits that write one option at a place; none where that cannot be done.
    fn add(&self, place: Option<Place>, path: &str, value: Nix) -> Edits {
        place.map_or(Edits::NONE, |it| places::add(self.text, it, &[Binding::of(path, value)]))
    }

    /// The edits that write one option of the host; none where that cannot be done.
    fn add_to_host(&self, path: &str, value: Nix) -> Edits {
        let around = self.reading.around.as_ref();
        around.map_or(Edits::NONE, |it| places::add_around(self.text, it, &[Binding::of(path, value)]))
    }
}

/// What the rules found.
type Found = Vec<Diagnostic>;

/// Adds what a rule finds.
type Check = fn(&Context, &mut Found);

rules! {
    address_in_the_way,
    address_malformed,
    address_of_docker,
    address_of_known_network,
    address_public,
    address_taken,
    addresses_without_network,
    bridge_prefix_missing,
    bridge_undefined,
    bridge_with_host_address,
    bridges_overlap,
    containers_off,
    definitions_conflict,
    ephemeral_with_state,
    firewall_of_shared_network,
    gateway_missing,
    ipv6_prefix_undefined,
    mount_read_only,
    mount_relative,
    name_long,
    name_refused,
    namespace_with_network,
    nat_interface_missing,
    nat_ipv6_off,
    nat_missing,
    nat_wildcard_wrong,
    nix_malformed,
    option_of_wrong_kind,
    option_removed,
    option_too_new,
    option_unknown,
    port_closed_inside,
    port_not_on_loopback,
    port_not_routed,
    port_taken,
    prefix_on_veth,
    secret_in_the_store,
    state_version_missing,
    surroundings_unread,
    system_not_one,
    users_own_mounts,
    way_out_missing,
}

/// Runs every rule; what is found comes in the order of the text.
pub fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Found::new();
    for check in CHECKS {
        check(context, &mut found);
    }
    order::sort(&mut found, |a, b| (a.span, a.severity).cmp(&(b.span, b.severity)));
    // A value that a name stands for in several places is found as often.
    let mut seen = HashSet::new();
    found.retain(|it: &Diagnostic| seen.insert((it.rule, it.span, it.message.clone())));
    found
}

#[cfg(test)]
mod tests;
