//! Does what leaves a container get the address of the host?

use super::{
    chosen::Choices,
    model::{Container, Host, Shape},
    space::Written,
};

/// Whether packets of a container leave the host with its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// They do.
    Yes,
    /// The wildcard is that of the other firewall.
    WrongWildcard,
    /// NAT is on, and the interface is not among its own.
    NotListed,
    /// Nothing switches NAT on.
    Off,
    /// Nobody knows here.
    Open,
}

/// What becomes of the packets of a container that has an address at each end.
pub fn cover(host: &Host, choices: &Choices, container: &Container) -> Cover {
    let nat = &host.nat;
    if host.has_own_rules || host.has_networkd || nat.is_open {
        return Cover::Open;
    }
    match &nat.enable {
        Some(it) if it.value.is_none() => return Cover::Open,
        Some(it) if it.value == Some(true) => {}
        _ => return Cover::Off,
    }
    let interface = ["ve-", &container.name].concat();
    let is_nftables = choices.nftables(host);
    let (own, other) = if is_nftables { ('*', '+') } else { ('+', '*') };
    let mut is_wrong = false;
    for it in &nat.internal {
        let Some(it) = &it.value else { return Cover::Open };
        let begins = |end: char| it.strip_suffix(end).is_some_and(|it| interface.starts_with(it));
        if *it == interface || begins(own) {
            return Cover::Yes;
        }
        is_wrong |= begins(other);
    }
    let local = container.link.local.iter().flatten().filter_map(|it| Written::read(it.value.as_deref()?));
    if local.clone().any(|it| nat.subnets.iter().any(|subnet| subnet.holds(it.address))) {
        return Cover::Yes;
    }
    match (is_wrong, container.is_name_open) {
        (true, _) => Cover::WrongWildcard,
        (false, true) => Cover::Open,
        (false, false) => Cover::NotListed,
    }
}

/// Whether a container is one whose packets need the address of the host.
pub fn needs(container: &Container) -> bool {
    container.shape() == Shape::Routed
}
