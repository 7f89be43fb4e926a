//! Which networks does JSON name: of `docker network inspect`, of `ip -j`, of a `daemon.json`, or a list of its own?

use std::{iter::Peekable, net::IpAddr, slice};

use super::{
    Ignored, MAX_NAME, NotUnderstood, Notation, Role, System,
    addresses::{self, Written, address, address_bits, cidr, looks_like_address, written},
    docker,
    reader::{Naming, Reader},
    row::is_white,
    tables,
};
use crate::{
    address::Subnet,
    docker::go::net::Cidr,
    document::{Kind, Member, Node, Problem, ProblemKind},
    notation::json,
    text::Span,
};

/// How many bytes the JSON takes that `text` begins with, up to the end of a line; `None` when it begins with none.
pub fn length(text: &str) -> Option<usize> {
    let line = text.trim_start_matches(|it| it != '\n' && is_white(it));
    let mut next = line.chars();
    // Blank lines are not searched: there may be thousands, and each would be searched again from the next one.
    let opening = next.next().filter(|it| matches!(it, '{' | '['))?;
    let behind = next.find(|it| !is_white(*it));
    match (opening, behind) {
        ('{', Some('"' | '}')) | ('[', Some('{' | '[' | '"' | ']')) => {}
        _ => return None,
    }
    let mut depth = 0_usize;
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        // A truncated text ends where lines begin with something that JSON does not begin with.
        let is_json = line.starts_with(['{', '}', '[', ']', '"', ',']) || line.starts_with(is_white);
        if length > 0 && !is_json {
            break;
        }
        length += line.len();
        let mut in_string = false;
        let mut escaped = false;
        for byte in line.bytes() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = in_string,
                b'"' => in_string = !in_string,
                b'{' | b'[' if !in_string => depth += 1,
                b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        if depth == 0 {
            break;
        }
    }
    Some(length)
}

/// Reads a block of JSON that begins at byte `start` of the text.
pub fn read<'a>(reader: &mut Reader<'a>, block: &'a str, start: usize) {
    let document = json::read(block);
    reader.enter(Notation::Json);
    let mut walk = Walk {
        reader,
        block,
        start,
        line: 0,
        line_end: line_end(block, 0),
        is_cut: false,
        problems: document.problems.iter().peekable(),
    };
    walk.value(&document.root, None);
    walk.close_lines_before(block.len() + 1);
}

/// The byte after the line that begins at `start`, its line feed included.
fn line_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    start + rest.find('\n').map_or(rest.len(), |at| at + 1)
}

struct Walk<'r, 'a, 'd> {
    reader: &'r mut Reader<'a>,
    block: &'a str,
    start: usize,
    /// The byte of the block that the open line begins at.
    line: usize,
    /// The byte after it. Many nodes may be on a line, and each would look for its end again.
    line_end: usize,
    /// Whether a bracket is never closed.
    is_cut: bool,
    /// The mistakes not yet told.
    problems: Peekable<slice::Iter<'d, Problem>>,
}

impl Walk<'_, '_, '_> {
    /// Ends the lines that end at or before byte `at` of the block.
    fn close_lines_before(&mut self, at: usize) {
        while self.line < self.line_end && self.line_end <= at {
            let end = self.line_end;
            self.tell_problems(end);
            self.reader.ignore(Ignored::Detail);
            self.reader.end_line(Span::new(self.start + self.line, self.start + end));
            self.line = end;
            self.line_end = line_end(self.block, end);
        }
    }

    /// Tells of the mistakes on the line that ends at byte `end`.
    fn tell_problems(&mut self, end: usize) {
        let is_last = end == self.block.len();
        while let Some(problem) = self.problems.next_if(|it| it.span.start < end || is_last) {
            match problem.kind {
                ProblemKind::Comment
                | ProblemKind::TrailingComma
                | ProblemKind::ByteOrderMark
                | ProblemKind::LookAlike => {}
                // It breaks off at the end.
                ProblemKind::Unclosed => self.is_cut = true,
                _ => self.reader.refuse(NotUnderstood::Json),
            }
        }
        if self.is_cut && is_last {
            self.reader.refuse(NotUnderstood::Json);
        }
    }

    /// Opens the line of a node, and returns where the node is in the text.
    fn open(&mut self, node: &Node) -> Span {
        self.close_lines_before(node.span.start);
        Span::new(self.start + node.span.start, self.start + node.span.end)
    }

    fn find(&mut self, node: &Node, subnet: Subnet, naming: Naming) {
        let span = self.open(node);
        self.reader.find(subnet, span, naming);
    }

    fn refuse(&mut self, node: &Node) {
        self.open(node);
        self.reader.refuse(NotUnderstood::Address);
    }

    /// Goes through a value whose kind is not known yet.
    fn value(&mut self, node: &Node, name: Option<&str>) {
        match &node.kind {
            Kind::List(elements) => elements.iter().for_each(|it| self.value(it, name)),
            Kind::Map(members) => self.object(node, members, name),
            Kind::String(text) => self.text(node, text, name),
            _ => {}
        }
    }

    fn object(&mut self, node: &Node, members: &[Member], name: Option<&str>) {
        let member = |key: &str| {
            let found = members.iter().find(|it| it.key.eq_ignore_ascii_case(key));
            found.map(|it| &it.value)
        };
        let text = |key: &str| member(key).and_then(Node::as_str);
        let own_name = text("name").or(name);
        if let Some(ipam) = member("ipam") {
            self.reader.enter(Notation::DockerNetworks);
            // A name from further out may belong to many.
            let told = text("name").or(name.filter(|it| it.len() <= MAX_NAME));
            let inspected = &mut self.reader.docker.inspected;
            inspected.extend(told.map(str::to_owned));
            return self.ipam(ipam, own_name);
        }
        let is_config = |key: &str| members.iter().any(|it| it.key == key);
        if is_config("Subnet") && is_config("Gateway") {
            // docker network inspect -f '{{json .IPAM.Config}}'
            self.reader.enter(Notation::DockerNetworks);
            return self.ipam_config(node, name);
        }
        let size = member("size").and_then(Node::as_integer);
        if let (Some(base), Some(size)) = (member("base"), size) {
            // An element of the pools in daemon.json, or in docker info --format json
            if self.reader.notation != Notation::DaemonJson {
                self.reader.enter(Notation::DockerInfo);
            }
            return match base.as_str().and_then(cidr) {
                Some(cidr) => {
                    self.open(base);
                    self.reader.find_pool(Subnet::of(cidr), size);
                }
                None => self.refuse(base),
            };
        }
        if member("ServerVersion").is_some() && member("DriverStatus").is_some() {
            return self.info(members);
        }
        if let (Some(name), Some(driver), Some(_)) = (text("name"), text("driver"), text("scope")) {
            self.open(node);
            self.reader.enter(Notation::DockerNetworks);
            return docker::list(self.reader, name, driver);
        }
        if let (Some(destination), true) = (member("dst"), member("flags").is_some() || member("dev").is_some()) {
            self.reader.enter(Notation::IpJson);
            let span = self.open(destination);
            let route = tables::Route {
                destination: destination.as_str().unwrap_or_default(),
                kind: text("type"),
                table: text("table"),
                interface: text("dev"),
                leads_out: member("gateway").or(member("via")).or(member("nexthops")).is_some(),
            };
            return tables::find_route(self.reader, &route, span);
        }
        if let Some(addresses) = member("addr_info") {
            self.reader.enter(Notation::IpJson);
            return addresses.elements().iter().for_each(|it| self.own_address(it, text("ifname")));
        }
        let prefix = member("IPPrefixLen").and_then(Node::as_integer).and_then(|it| u8::try_from(it).ok());
        if let (Some(addr), Some(bits)) = (member("IPAddress"), prefix) {
            // A container that does not run has no address.
            if let Some(parsed) = addr.as_str().and_then(address) {
                let naming = Naming { role: Role::Docker, system: System::Linux, name };
                self.find(addr, Subnet::new(parsed, bits), naming);
            }
            return;
        }
        // Lengths beside addresses: it is not clear which belong together.
        let has_length = |it: &Member| {
            let is_number = matches!(it.value.kind, Kind::Number(_));
            is_number && it.key.to_ascii_lowercase().contains("prefix")
        };
        if members.iter().any(has_length) {
            self.open(node);
            self.reader.refuse(NotUnderstood::NoLength);
        }
        for it in members {
            match (it.key.as_str(), &it.value.kind) {
                ("bip" | "bip6" | "fixed-cidr" | "fixed-cidr-v6", Kind::String(_)) => {
                    self.reader.enter(Notation::DaemonJson);
                    self.open(&it.value);
                    self.reader.find_own();
                }
                ("default-address-pools", _) => {
                    self.reader.enter(Notation::DaemonJson);
                    self.value(&it.value, None);
                }
                (_, Kind::Map(_)) => self.value(&it.value, Some(&it.key)),
                _ => self.value(&it.value, own_name),
            }
        }
    }

    /// `docker info --format json`: of its addresses only these are networks.
    ///
    /// Source: moby api/types/system/info.go, `Info`; read at docker-v29.7.2.
    fn info(&mut self, members: &[Member]) {
        self.reader.enter(Notation::DockerInfo);
        for it in members {
            match it.key.as_str() {
                "DefaultAddressPools" => self.value(&it.value, None),
                "RegistryConfig" => {
                    let mut registries = it.value.members().iter();
                    let cidrs = registries.find(|it| it.key == "InsecureRegistryCIDRs");
                    if let Some(cidrs) = cidrs {
                        self.value(&cidrs.value, Some("insecure registry"));
                    }
                }
                "NoProxy" => {
                    let words = it.value.as_str().unwrap_or_default().split([',', ' ']);
                    for word in words.filter(|it| it.contains('/')) {
                        self.text(&it.value, word, Some("without proxy"));
                    }
                }
                _ => {}
            }
        }
    }

    /// `{"Config": [{"Subnet": "172.18.0.0/16", "Gateway": "172.18.0.1"}]}`
    fn ipam(&mut self, ipam: &Node, name: Option<&str>) {
        let configs = ipam.members().iter().find(|it| it.key.eq_ignore_ascii_case("config"));
        for config in configs.map_or(&[][..], |it| it.value.elements()) {
            self.ipam_config(config, name);
        }
    }

    /// `{"Subnet": "172.18.0.0/16", "Gateway": "172.18.0.1"}`
    fn ipam_config(&mut self, config: &Node, name: Option<&str>) {
        let mut members = config.members().iter();
        let Some(subnet) = members.find(|it| it.key.eq_ignore_ascii_case("subnet")) else {
            return;
        };
        let naming = Naming { role: Role::Docker, system: System::Linux, name };
        match subnet.value.as_str().and_then(cidr) {
            Some(cidr) => self.find(&subnet.value, Subnet::of(cidr), naming),
            None => self.refuse(&subnet.value),
        }
    }

    /// `{"family": "inet", "local": "192.168.1.34", "prefixlen": 24}`
    fn own_address(&mut self, node: &Node, interface: Option<&str>) {
        let member = |key: &str| {
            let found = node.members().iter().find(|it| it.key == key);
            found.map(|it| &it.value)
        };
        let (Some(local), Some(length)) = (member("local"), member("prefixlen")) else {
            return;
        };
        let parsed = local.as_str().and_then(address).zip(length.as_integer());
        let parsed = parsed.and_then(|(addr, bits)| {
            let bits = u8::try_from(bits).ok()?;
            (bits <= address_bits(addr)).then_some(Cidr { addr, bits })
        });
        let naming = Naming { role: Role::OwnAddress, system: System::Linux, name: interface };
        match parsed {
            Some(cidr) => self.find(local, Subnet::of(cidr), naming),
            None => self.refuse(local),
        }
    }

    /// Text that may be an address; in JSON of an unknown kind every address counts.
    fn text(&mut self, node: &Node, text: &str, name: Option<&str>) {
        if !looks_like_address(text) {
            return;
        }
        let naming = Naming { role: Role::Listed, system: System::Unknown, name };
        match written(text) {
            Ok(Written::Address(IpAddr::V4(addr))) if addr.octets()[0] == 255 && !addr.is_broadcast() => {
                self.open(node);
                self.reader.refuse(NotUnderstood::Mask);
            }
            Ok(Written::Address(addr)) => self.find(node, Subnet::new(addr, address_bits(addr)), naming),
            Ok(Written::Block(subnet)) => self.find(node, subnet, naming),
            Ok(Written::Range(first, last)) => {
                let span = self.open(node);
                addresses::cover(first, last, |it| self.reader.find(it, span, naming));
            }
            Err(_) => self.refuse(node),
        }
    }
}
