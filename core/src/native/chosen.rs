//! What is chosen beside a text with native containers.

use super::model::Host;
use crate::{
    bench::{Choice, Chosen, Input},
    containers::chosen::{KEEP_CLEAR, NIXOS, POOLS},
    docker::host::Release,
};

/// What the firewall of the host is made with.
pub static FIREWALL: Choice = Choice {
    id: "firewall",
    label: "Firewall",
    about: "what the host's firewall is made with, if the text does not say",
    input: Input::OneOf(|| {
        let both = [("iptables", "iptables"), ("nftables", "nftables")];
        both.map(|(id, title)| (id.to_owned(), title.to_owned())).to_vec()
    }),
    usual: || "iptables".to_owned(),
};

/// The interface that leads to the internet.
pub static UPLINK: Choice = Choice {
    id: "uplink",
    label: "Uplink",
    about: "the interface of the host that leads to the internet, if the text does not say",
    input: Input::Text("enp3s0"),
    usual: String::new,
};

/// Those beside every text.
pub static CHOICES: [&Choice; 5] = [&FIREWALL, &UPLINK, &NIXOS, &KEEP_CLEAR, &POOLS];

/// What stands for the uplink where nobody says it.
pub const SOME_UPLINK: &str = "eth0";

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Whether the firewall is made with nftables, where the text does not say.
    pub nftables: bool,
    /// The uplink; empty where nobody said it.
    pub uplink: String,
    /// The release that reads the module.
    pub release: Release,
}

impl Choices {
    /// As they were chosen.
    pub fn of(chosen: &Chosen) -> Self {
        Self {
            nftables: chosen.value(&FIREWALL) == "nftables",
            uplink: chosen.value(&UPLINK).trim().to_owned(),
            release: Release::read(&chosen.value(&NIXOS)).unwrap_or(Release::LATEST),
        }
    }

    /// Whether a host's firewall is made with nftables: as it says, or else as chosen.
    pub fn nftables(&self, host: &Host) -> bool {
        host.nftables.as_ref().and_then(|it| it.value).unwrap_or(self.nftables)
    }

    /// The wildcard for the host's ends of all containers.
    pub fn wildcard(&self, host: &Host) -> &'static str {
        if self.nftables(host) { "ve-*" } else { "ve-+" }
    }

    /// The uplink of a host: as it says, or as chosen, or what stands for it.
    pub fn uplink(&self, host: &Host) -> String {
        let said = host.nat.external.as_ref().and_then(|it| it.value.clone());
        let chosen = || Some(self.uplink.clone()).filter(|it| !it.is_empty());
        said.or_else(chosen).unwrap_or_else(|| SOME_UPLINK.to_owned())
    }
}
