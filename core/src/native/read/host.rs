//! What does a text say of the host?

use std::net::IpAddr;

use super::{Form, Reader, is_known, used, value::dig};
use crate::{
    address::Subnet,
    docker::go::net::{parse_cidr, parse_ip},
    native::model::{Bridge, Docker, Given, Host, HostAddress, Nat},
    notation::nix::{Def, bare, members},
    text::find,
};

impl Reader<'_> {
    pub fn host(&mut self, modules: &[Def]) -> Host {
        let at = |path: &[&str]| dig(modules, path);
        let mut host = Host {
            enable_containers: at(&["boot", "enableContainers"]).truth(),
            nat: self.nat(&dig(modules, &["networking", "nat"]).defs),
            nftables: at(&["networking", "nftables", "enable"]).truth(),
            gateway: at(&["networking", "defaultGateway"]).text(),
            firewall: self.firewall(&at(&["networking", "firewall"])),
            docker: docker(&at(&["virtualisation", "docker"]).defs),
            has_own_rules: ["MASQUERADE", "masquerade", "IPMasquerade", "SNAT"]
                .iter()
                .any(|it| find::contains(self.text, it)),
            has_networkd: at(&["systemd", "network"]).is_said(),
            ..Host::default()
        };
        for (name, defs) in members(&at(&["networking", "bridges"]).defs) {
            let list = dig(&defs, &["interfaces"]);
            let (elements, is_open) = list.list();
            let names = elements.iter().filter_map(|it| match &it.value.kind {
                Form::String(it) => Some(it.clone()),
                _ => None,
            });
            let interfaces = (!is_open).then(|| names.collect());
            let span = defs.first().map(|it| it.name).unwrap_or_default();
            host.bridges.push(Bridge { name: name.to_owned(), span, interfaces });
        }
        for (name, defs) in members(&at(&["networking", "interfaces"]).defs) {
            host.interfaces.push(name.to_owned());
            for family in ["ipv4", "ipv6"] {
                for it in dig(&defs, &[family, "addresses"]).list().0 {
                    let part = |name: &str| dig(&[it], &[name]).defs;
                    let (address, prefix) = (part("address"), part("prefixLength"));
                    let address = address.first().and_then(|it| match &it.value.kind {
                        Form::String(text) => Some((parse_ip(text)?, used(it.value))),
                        _ => None,
                    });
                    let prefix = prefix.first().and_then(|it| match it.value.kind {
                        Form::Int(it) => u8::try_from(it).ok(),
                        _ => None,
                    });
                    let Some(((address, span), prefix)) = address.zip(prefix) else { continue };
                    let most = if address.is_ipv4() { 32 } else { 128 };
                    let subnet = Subnet::new(address, prefix.min(most));
                    host.addresses.push(HostAddress { interface: name.to_owned(), address, subnet, span });
                }
            }
        }
        host
    }

    fn nat(&self, defs: &[Def]) -> Nat {
        let at = |name: &str| dig(defs, &[name]);
        let interfaces = at("internalInterfaces");
        let (elements, is_open) = interfaces.list();
        let internal = elements.iter().map(|it| {
            let value = match &it.value.kind {
                Form::String(text) => Some(text.clone()),
                _ => None,
            };
            Given { value, span: used(it.value), whole: it.whole }
        });
        let mut subnets = Vec::new();
        let mut is_unknown = is_open || bare(defs).iter().any(|it| !is_known(&it.value.kind));
        for name in ["internalIPs", "internalIPv6s"] {
            let list = at(name);
            let (elements, is_open) = list.list();
            is_unknown |= is_open;
            subnets.extend(elements.iter().filter_map(|it| match &it.value.kind {
                Form::String(text) => subnet_of(text),
                _ => None,
            }));
        }
        let forwards = ["forwardPorts", "dmzHost"].iter().find_map(|it| {
            let all = at(it).defs;
            let it = all.first().copied()?;
            let is_empty =
                matches!(&it.value.kind, Form::Null) || matches!(&it.value.kind, Form::List(it) if it.is_empty());
            (!is_empty).then_some(it.whole)
        });
        Nat {
            enable: at("enable").truth(),
            ipv6: at("enableIPv6").truth(),
            external: at("externalInterface").text(),
            internal: internal.collect(),
            list: interfaces.written_list(self.text),
            subnets,
            forwards,
            is_open: is_unknown,
        }
    }
}

/// A network, or the one address that is written.
fn subnet_of(text: &str) -> Option<Subnet> {
    let address = || {
        let it = parse_ip(text)?;
        Some(Subnet::new(it, if matches!(it, IpAddr::V4(_)) { 32 } else { 128 }))
    };
    parse_cidr(text).map(Subnet::of).or_else(address)
}

fn docker(defs: &[Def]) -> Docker {
    let settings = dig(defs, &["daemon", "settings"]).defs;
    let enable = dig(defs, &["enable"]).truth();
    let is_on = enable.as_ref().is_some_and(|it| it.value != Some(false));
    let enabled = enable.filter(|_| is_on).map(|it| it.whole);
    let mut pools = Vec::new();
    for it in dig(&settings, &["default-address-pools"]).list().0 {
        let part = |name: &str| dig(&[it], &[name]).defs;
        let (base, size) = (part("base"), part("size"));
        let base = base.first().and_then(|it| match &it.value.kind {
            Form::String(it) => Some(it.clone()),
            _ => None,
        });
        let size = size.first().and_then(|it| match it.value.kind {
            Form::Int(it) => Some(it),
            _ => None,
        });
        pools.extend(base.zip(size));
    }
    let bip = dig(&settings, &["bip"]).text().and_then(|it| it.value);
    Docker { enabled: enabled.or_else(|| settings.first().map(|it| it.whole)), pools, bip }
}
