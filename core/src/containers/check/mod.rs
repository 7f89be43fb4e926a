//! What is wrong with what a text asks for, whichever bench reads it? One rule per file.
//!
//! A new rule is its file, one word in `rules!` below, and its rows in `tests.rs`. An example that needs something chosen
//! beside it names that in its fence: `keep-clear=172.18.0.0/16`.

use std::cell::OnceCell;

use super::{
    model::{Network, Project},
    networks::{Networks, Open, Written},
};
use crate::{
    address::Subnet,
    rule::diagnostic::{Diagnostic, Fix, Stage},
    text::{Edits, Span, order, words},
};

/// What a rule may look at.
pub struct Context<'a> {
    /// What the text asks for.
    pub project: &'a Project,
    /// Its networks, and all that is around them.
    pub networks: &'a Networks,
    /// The edits that write a subnet into a network of the text; none where that cannot be done.
    pub give: &'a dyn Fn(&Network, Subnet) -> Edits,
    such_as: OnceCell<String>,
}

impl<'a> Context<'a> {
    /// What there is to look at.
    pub fn new(project: &'a Project, networks: &'a Networks, give: &'a dyn Fn(&Network, Subnet) -> Edits) -> Self {
        Self { project, networks, give, such_as: OnceCell::new() }
    }

    /// What a network is called.
    pub fn name(&self, network: usize) -> &'a str {
        self.project.networks.get(network).map_or("", |it| &it.name)
    }

    /// The bytes that name a network.
    pub fn span(&self, network: usize) -> Span {
        self.project.networks.get(network).map_or(Span::default(), |it| it.span)
    }

    /// What makes the networks.
    pub fn maker(&self) -> &'static str {
        self.networks.backend.title()
    }

    /// Several networks in words: "`a`, `b` or `c`".
    pub fn names(&self, networks: &[usize], last: &str) -> String {
        const TOLD: usize = 6;
        let names = || networks.iter().take(TOLD).map(|it| self.name(*it));
        match networks.len().saturating_sub(TOLD) {
            0 => words::listed(names(), last),
            more => {
                let names: Vec<String> = names().map(|it| ["`", it, "`"].concat()).collect();
                format!("{} {last} {more} more", names.join(", "))
            }
        }
    }

    /// A fix that gives networks without a subnet one that nothing else has; none where one of them cannot be given any.
    pub fn give_subnets(&self, open: &Open) -> Option<Fix> {
        let free = self.networks.free(open.networks.len());
        let mut edits = Edits::NONE;
        for (network, subnet) in open.networks.iter().zip(&free) {
            let written = (self.give)(self.project.networks.get(*network)?, *subnet);
            if written.is_empty() {
                return None;
            }
            edits = edits.and(written);
        }
        let title = match (open.networks.as_slice(), free.as_slice()) {
            ([one], [subnet]) => format!("Give `{}` the subnet {subnet}", self.name(*one)),
            (all, free) if all.len() == free.len() => format!("Give {} a subnet each", self.names(all, "and")),
            _ => return None,
        };
        Some(Fix::choice(title, edits))
    }

    /// A subnet that nothing else has: ", such as 10.127.255.0/24"; empty where there is no room.
    pub fn such_as(&self) -> &str {
        let told = || self.networks.free(1).first().map(|it| format!(", such as {it}")).unwrap_or_default();
        self.such_as.get_or_init(told)
    }
}

/// An error: the network is not made, and the containers in it do not start.
fn refused(rule: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(rule, Stage::Run, span, message)
}

/// Adds what a rule finds.
type Check = fn(&Context, &mut Vec<Diagnostic>);

rules! {
    subnet_in_pools,
    subnet_in_the_way,
    subnet_in_use,
    subnet_left_open,
    subnet_of_default_bridge,
    subnet_of_known_network,
    subnet_public,
    subnets_overlap,
    surroundings_unread,
}

/// Runs every rule.
pub fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for check in CHECKS {
        check(context, &mut found);
    }
    order::sort(&mut found, |a, b| a.span.cmp(&b.span));
    found
}

#[cfg(test)]
mod tests;
