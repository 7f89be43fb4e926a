//! What does the NixOS in a container say, as far as it matters around the container?

use super::{
    Form, Reader, inner,
    value::{Dug, dig},
};
use crate::{
    native::model::{Firewall, Inside},
    notation::nix::{Def, bare, members, value::Value},
    text::{Span, find},
};

/// Values nested deeper than this are not looked at.
const DEPTH: usize = 40;

/// Names that end so hold a secret.
const SECRETS: &[&str] = &["password", "passwd", "passphrase", "secret", "secretkey", "apikey", "token"];

impl Reader<'_> {
    pub fn inside(&mut self, defs: &[Def]) -> Inside {
        let all = bare(defs);
        all.iter().for_each(|it| self.fails(it.value));
        let is_set = |it: &&Def| matches!(inner(it.value).kind, Form::Set(_));
        let Some(first) = all.first() else { return Inside::default() };
        let count = all.iter().filter(is_set).count();
        let said = |path: &[&str]| dig(defs, path);
        let is_on = |path: &[&str]| said(path).truth().is_some_and(|it| it.value != Some(false));
        let names =
            ["networking.useHostResolvConf", "networking.nameservers", "networking.resolvconf", "services.resolved"];
        let resolves = names.iter().any(|it| said(&it.split('.').collect::<Vec<_>>()).is_said());
        let interfaces = said(&["networking", "interfaces"]);
        let of_interfaces = members(&interfaces.defs);
        let of_interface = |path: &[&str]| of_interfaces.iter().any(|it| dig(&it.1, path).is_said());
        let has_networkd = is_on(&["networking", "useNetworkd"]) || is_on(&["systemd", "network", "enable"]);
        let written = first.value.span.of(self.text);
        let mut it = Inside {
            span: first.value.span,
            name: first.name,
            is_read: count > 0,
            has_imports: count < all.len() || said(&["imports"]).is_said() || said(&["config"]).is_said(),
            place: self.place(defs),
            has_state_version: said(&["system", "stateVersion"]).is_said(),
            resolves: resolves || said(&["environment", "etc", "resolv.conf"]).is_said(),
            has_gateway: said(&["networking", "defaultGateway"]).is_said()
                || of_interface(&["ipv4", "routes"])
                || said(&["systemd", "network"]).is_said(),
            asks_dhcp: has_networkd
                || is_on(&["networking", "useDHCP"])
                || of_interface(&["useDHCP"])
                || is_on(&["networking", "networkmanager", "enable"]),
            has_address: of_interface(&["ipv4", "addresses"])
                || of_interface(&["ipv6", "addresses"])
                || of_interface(&["ipAddress"]),
            firewall: self.firewall(&said(&["networking", "firewall"])),
            opens_by_itself: opens_by_itself(written),
            services: Vec::new(),
            secrets: Vec::new(),
        };
        for (name, defs) in members(&said(&["services"]).defs) {
            if dig(&defs, &["enable"]).truth().is_some_and(|it| it.value == Some(true)) {
                it.services.push((name.to_owned(), defs.first().map(|it| it.name).unwrap_or_default()));
            }
        }
        // Of all services this one opens its ports unless it is told otherwise.
        let ssh = said(&["services", "openssh"]);
        let may_open = dig(&ssh.defs, &["openFirewall"]).truth().is_none_or(|it| it.value != Some(false));
        if may_open && it.services.iter().any(|it| it.0 == "openssh") {
            let (ports, is_open) = dig(&ssh.defs, &["ports"]).list_of_ports();
            it.firewall.is_open |= is_open;
            it.firewall.open.extend(ports.into_iter().map(|it| ("tcp", it)));
        }
        for def in all.iter().filter(is_set) {
            secrets(inner(def.value), 0, &mut it.secrets);
        }
        self.files_of_the_store(first.value.span, &mut it.secrets);
        it
    }

    pub fn firewall(&self, said: &Dug) -> Firewall {
        let at = |name: &str| dig(&said.defs, &[name]);
        let mut firewall = Firewall { enable: at("enable").truth(), ..Firewall::default() };
        firewall.is_open = said.is_open || bare(&said.defs).iter().any(|it| !super::is_known(&it.value.kind));
        let (trusted, _) = (at("trustedInterfaces"), ());
        firewall.is_open |= trusted.is_said() || at("extraCommands").is_said() || at("extraInputRules").is_said();
        for (protocol, ports, ranges) in
            [("tcp", "allowedTCPPorts", "allowedTCPPortRanges"), ("udp", "allowedUDPPorts", "allowedUDPPortRanges")]
        {
            let list = at(ports);
            let (elements, is_open) = list.list();
            firewall.is_open |= is_open;
            firewall.lists.extend(list.written_list(self.text).map(|it| (protocol, it)));
            firewall.open.extend(elements.iter().filter_map(|it| Some((protocol, number(it.value)?))));
            let ranges = at(ranges);
            let (elements, is_open) = ranges.list();
            firewall.is_open |= is_open;
            for it in elements {
                let end = |name: &str| {
                    let all = dig(&[it], &[name]).defs;
                    all.first().and_then(|it| number(it.value))
                };
                if let Some((from, to)) = end("from").zip(end("to")) {
                    firewall.ranges.push((protocol, from, to));
                }
            }
        }
        let interfaces = at("interfaces");
        for (_, defs) in members(&interfaces.defs) {
            let inner = self.firewall(&Dug { defs, is_open: false });
            firewall.open.extend(inner.open);
            firewall.ranges.extend(inner.ranges);
            firewall.is_open |= inner.is_open;
        }
        firewall
    }

    /// Passwords that are written into files of the store: `pkgs.writeText "adminpass" "test123"`.
    fn files_of_the_store(&self, within: Span, found: &mut Vec<(String, Span)>) {
        const CALL: &str = "writeText";
        let text = within.of(self.text);
        let mut from = 0;
        while let Some(at) = text.get(from..).and_then(|it| find::find(it, CALL)).map(|it| from + it) {
            from = at + CALL.len();
            let line = text.get(..at).and_then(|it| it.rsplit('\n').next()).unwrap_or_default();
            let rest = text.get(from..).unwrap_or_default();
            let mut strings = quoted(rest);
            let (Some(name), Some(value)) = (strings.next(), strings.next()) else { continue };
            let hint = [name.of(rest), line].concat().to_lowercase();
            let tells = ["pass", "secret", "token", "credential", "apikey", "api-key", "private"];
            if line.contains('#') || !tells.iter().any(|it| hint.contains(it)) {
                continue;
            }
            let span = Span::new(within.start + at, within.start + from + value.end);
            found.push((name.of(rest).trim_matches('"').to_owned(), span));
        }
    }
}

impl Dug<'_> {
    /// The ports of a list, port 22 where none is said, and whether there are more that nobody knows.
    fn list_of_ports(&self) -> (Vec<u16>, bool) {
        let (elements, is_open) = self.list();
        let ports: Vec<u16> = elements.iter().filter_map(|it| number(it.value)).collect();
        match self.is_said() {
            true => (ports, is_open),
            false => (vec![22], false),
        }
    }
}

/// Whether a service is told to open its ports.
fn opens_by_itself(written: &str) -> bool {
    let mut rest = written;
    while let Some((_, behind)) = find::split_once(rest, "openFirewall") {
        let value = behind.trim_start().strip_prefix('=').map(str::trim_start);
        if value.is_some_and(|it| !it.starts_with("false")) {
            return true;
        }
        rest = behind;
    }
    false
}

/// The two strings that follow a name, with their quotes.
fn quoted(rest: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let before = rest.get(at..)?;
        let start = at + before.len() - before.trim_start().len();
        let text = rest.get(start..)?;
        let (quote, escape) = if text.starts_with("''") { ("''", '\'') } else { ("\"", '\\') };
        let inner = text.strip_prefix(quote)?;
        let mut from = 0;
        loop {
            let end = from + inner.get(from..)?.find(quote)?;
            if quote == "\"" && inner.get(..end)?.ends_with(escape) {
                from = end + 1;
                continue;
            }
            at = start + quote.len() + end + quote.len();
            return Some(Span::new(start, at));
        }
    })
}

fn number(value: &Value) -> Option<u16> {
    match value.kind {
        Form::Int(it) => u16::try_from(it).ok(),
        _ => None,
    }
}

/// Passwords that are values of options.
fn secrets(value: &Value, depth: usize, found: &mut Vec<(String, Span)>) {
    if depth > DEPTH {
        return;
    }
    match &value.kind {
        Form::Set(attributes) => {
            for it in attributes {
                let name = it.name.to_lowercase().replace(['_', '-'], "");
                let is_named = SECRETS.iter().any(|end| name.ends_with(end)) && !name.contains("hashed");
                match &it.value.kind {
                    Form::String(text) if is_named && is_plain(text) && it.binding.start < it.binding.end => {
                        found.push((it.name.clone(), it.binding));
                    }
                    _ => secrets(&it.value, depth + 1, found),
                }
            }
        }
        Form::List(values) | Form::Merge(values) => values.iter().for_each(|it| secrets(it, depth + 1, found)),
        Form::If(_, inner) | Form::Override(_, inner) | Form::Order(_, inner) | Form::Function(_, inner) => {
            secrets(inner, depth + 1, found);
        }
        _ => {}
    }
}

/// Whether a text is the secret itself, and no place where it is.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && !text.starts_with(['/', '$', '@', '!', '{', '%']) && !text.contains("://")
}
