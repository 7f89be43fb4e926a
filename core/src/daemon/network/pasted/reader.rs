//! How is a pasted text gone through, line by line?

use super::{
    Found, Ignored, Judgement, Line, MAX_NAME, MAX_NETWORKS, NotUnderstood, Notation, Pasted, Role, System,
    addresses::{address_bits, is_part_of_default, special},
    command::{self, Place},
    docker, interfaces, list, objects, program,
    row::Row,
    settings, tables,
};
use crate::{address::Subnet, daemon::network::AddressPool, text::Span};
use std::net::IpAddr;

/// Reads a text; see [`super::read`].
pub fn read(text: &str) -> Pasted {
    let mut reader = Reader::default();
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|it| !it.is_empty()) {
        let json = objects::length(rest);
        let length = json.unwrap_or_else(|| rest.find('\n').map_or(rest.len(), |at| at + 1));
        let (block, rest) = rest.split_at(length);
        let end = start + length;
        if json.is_some() {
            objects::read(&mut reader, block, start);
        } else {
            reader.judge(&Row::new(block, start, rest));
            reader.end_line(Span::new(start, end));
        }
        start = end;
    }
    let mut pasted = reader.pasted;
    docker::judge_templates(&mut pasted, &reader.docker);
    part_machines(&mut pasted.networks, &reader.machines);
    docker::judge_listed(&mut pasted, &mut reader.docker);
    judge_unclear(&mut pasted.lines);
    pasted
}

/// What is known while a text is read.
#[derive(Default)]
pub struct Reader<'a> {
    pub pasted: Pasted,
    /// What the lines before were taken for.
    pub notation: Notation,
    /// Where the command above says that the lines come from.
    pub place: Place<'a>,
    /// The machines that prompts named, each with the index of its first network.
    machines: Vec<(usize, &'a str)>,
    /// The interface whose block the line is in.
    pub interface: Option<&'a str>,
    /// Where the lines of this block come from.
    pub system: Option<System>,
    /// The last IPv4 network the machine is connected to.
    pub link: Option<Subnet>,
    /// What the addresses on the lines below are, when those have nothing else on them.
    pub continues: Option<Role>,
    /// An address whose prefix length is on a line below, and its network's index.
    pub address: Option<(IpAddr, Span, usize)>,
    pub docker: docker::Networks<'a>,
    /// Whether the route on the line before goes on here.
    pub is_wrapped: bool,
    bad: Option<NotUnderstood>,
    ignored: Option<Ignored>,
    has_networks: bool,
}

/// The readers of one notation each, the ones of the clearest shape first; `true` when the line is theirs.
type TakeLine = for<'a> fn(&mut Reader<'a>, &Row<'a>) -> bool;
const NOTATIONS: &[TakeLine] = &[
    list::take_nothing,
    docker::info,
    tables::ip_route,
    program::ip_rule,
    program::tailscale,
    program::zerotier,
    program::firewall,
    program::prefix_length,
    program::heading,
    interfaces::ip_addr,
    interfaces::ifconfig,
    tables::linux,
    tables::windows,
    tables::bsd,
    settings::nmcli,
    settings::wireguard,
    settings::resolv_conf,
    settings::openvpn,
    docker::network_ls,
    docker::network_line,
    interfaces::ipconfig,
    settings::continuation,
    docker::compose,
    docker::message,
    command::take,
];

impl<'a> Reader<'a> {
    fn judge(&mut self, row: &Row<'a>) {
        if !NOTATIONS.iter().any(|take| take(self, row)) {
            list::read(self, row);
        }
    }

    /// Ends the open line.
    pub fn end_line(&mut self, span: Span) {
        let judgement = match (self.bad.take(), self.ignored.take()) {
            (Some(bad), _) => Judgement::NotUnderstood(bad),
            (None, _) if self.has_networks => Judgement::Networks,
            (None, Some(ignored)) => Judgement::Ignored(ignored),
            (None, None) => Judgement::NotUnderstood(NotUnderstood::NoAddress),
        };
        self.has_networks = false;
        self.pasted.lines.push(Line { span, notation: self.notation, judgement });
    }
}

/// Of several machines, the Engine runs on the one that has Docker's networks, or else on the first. It does not see what
/// the others list.
fn part_machines(networks: &mut [Found], machines: &[(usize, &str)]) {
    let machine_of = |at: usize| {
        let behind = machines.partition_point(|it| it.0 <= at);
        let before = behind.checked_sub(1).and_then(|it| machines.get(it));
        before.map_or("", |it| it.1)
    };
    let tells = |it: &Found| it.role == Role::Docker && it.system == System::Linux;
    let is_its_own = |it: &Found| !matches!(it.role, Role::Listed | Role::Server);
    let own = networks.iter().position(tells);
    let Some(own) = own.or_else(|| networks.iter().position(is_its_own)) else {
        return;
    };
    let own = machine_of(own);
    for (at, it) in networks.iter_mut().enumerate() {
        if it.system == System::Linux && machine_of(at) != own {
            it.system = System::Elsewhere;
        }
    }
}

/// Lines without an address belong to the block they are in, when its notation has such lines; in a list they mean
/// something that was not understood.
fn judge_unclear(lines: &mut [Line]) {
    let mut before = Notation::List;
    for line in lines.iter_mut() {
        settle(line, &mut before, Ignored::Detail);
    }
    let mut behind = Notation::List;
    for line in lines.iter_mut().rev() {
        settle(line, &mut behind, Ignored::Heading);
    }
}

fn settle(line: &mut Line, block: &mut Notation, why: Ignored) {
    match line.judgement {
        Judgement::NotUnderstood(NotUnderstood::NoAddress) if block.has_headings() => {
            line.judgement = Judgement::Ignored(why);
            line.notation = *block;
        }
        Judgement::NotUnderstood(NotUnderstood::NoAddress)
        | Judgement::Ignored(Ignored::Empty | Ignored::Comment | Ignored::Command) => {}
        Judgement::Ignored(Ignored::Heading) if line.notation == Notation::List => {
            if block.has_headings() {
                line.notation = *block;
            }
        }
        _ => *block = line.notation,
    }
}

/// A network as its line tells of it.
#[derive(Clone, Copy)]
pub struct Naming<'a> {
    pub role: Role,
    pub system: System,
    pub name: Option<&'a str>,
}

/// The first [`MAX_NAME`] characters, and a mark where more is left out.
fn kept_name(name: &str) -> String {
    let end = name.char_indices().nth(MAX_NAME).map(|it| it.0);
    match end.and_then(|it| name.get(..it)) {
        Some(name) => [name, "…"].concat(),
        None => name.to_owned(),
    }
}

/// What a reader of a notation says of its line.
impl<'a> Reader<'a> {
    /// The line begins or continues a block of a notation.
    pub fn enter(&mut self, notation: Notation) {
        if self.notation != notation {
            // The first heading of a block comes before anything that tells its notation.
            if self.notation != Notation::List {
                self.interface = None;
            }
            self.notation = notation;
            self.link = None;
            self.system = None;
        }
        self.continues = None;
    }

    /// The lines below come from another place.
    pub fn go_to(&mut self, place: Place<'a>) {
        if self.place.machine != place.machine {
            self.machines.push((self.pasted.networks.len(), place.machine));
        }
        self.place = place;
        self.link = None;
        self.interface = None;
        self.continues = None;
    }

    /// The line, or a part of it, is of no interest.
    pub fn ignore(&mut self, why: Ignored) {
        self.ignored.get_or_insert(why);
    }

    /// The line is of a notation, and of no interest. Always `true`, for a reader that takes the line.
    pub fn take(&mut self, notation: Notation, why: Ignored) -> bool {
        self.enter(notation);
        self.ignore(why);
        true
    }

    /// The line before has the headings of the columns below.
    pub fn head_table(&mut self) {
        if let Some(before) = self.pasted.lines.last_mut()
            && before.judgement == Judgement::NotUnderstood(NotUnderstood::NoAddress)
        {
            before.judgement = Judgement::Ignored(Ignored::Heading);
        }
    }

    /// The line, or a part of it, cannot be read.
    pub fn refuse(&mut self, why: NotUnderstood) {
        self.bad.get_or_insert(why);
    }

    /// The line names a network.
    pub fn find(&mut self, subnet: Subnet, span: Span, naming: Naming) {
        let is_route =
            matches!(naming.role, Role::OnLinkRoute | Role::GatewayRoute | Role::OtherTableRoute | Role::AllowedIps);
        let why = match is_route && is_part_of_default(subnet) {
            true => Some(Ignored::DefaultRoute),
            false => special(subnet),
        };
        if let Some(why) = why {
            self.ignore(why);
            // An Engine may heed such a route all the same.
            let is_heeded = is_route && naming.system == System::Linux && subnet.is_ipv4();
            if !is_heeded || subnet.prefix_len() == 0 {
                return;
            }
        }
        if self.pasted.networks.len() >= MAX_NETWORKS {
            return self.refuse(NotUnderstood::TooMany);
        }
        let is_link = matches!(naming.role, Role::OnLinkRoute | Role::OwnAddress);
        let naming = self.place.seen_from_outside(naming);
        let is_docker = is_link && naming.system != System::Elsewhere;
        let is_docker = is_docker && naming.name.is_some_and(docker::is_interface);
        let role = match is_docker {
            true => Role::Docker,
            false => naming.role,
        };
        if is_link && subnet.is_ipv4() && subnet.prefix_len() < 31 {
            self.link = Some(subnet);
        }
        self.has_networks |= why.is_none();
        self.pasted.networks.push(Found {
            subnet,
            role,
            avoid: why.is_none() && role != Role::Docker,
            name: naming.name.map(kept_name),
            span,
            line: self.pasted.lines.len(),
            system: naming.system,
        });
    }

    /// The line names a pool of a daemon, cut into subnets of `size` prefix length.
    pub fn find_pool(&mut self, base: Subnet, size: i64) {
        match AddressPool::new(base, size) {
            Ok(pool) => self.pasted.pools.push(pool),
            Err(_) => self.refuse(NotUnderstood::Address),
        }
        self.find_own();
    }

    /// The line names a block that a daemon uses itself, whatever else it says.
    pub fn find_own(&mut self) {
        self.ignored = Some(Ignored::DaemonPool);
    }

    /// The line names a single address: one of the network above it, or another one.
    pub fn find_address(&mut self, addr: IpAddr, span: Span, naming: Naming) {
        match self.link {
            Some(link) if addr == link.last_address() => self.ignore(Ignored::Multicast),
            Some(link) if link.holds(addr) && naming.role != Role::Nameserver => {
                self.ignore(Ignored::Neighbour);
            }
            _ => self.find(Subnet::new(addr, address_bits(addr)), span, naming),
        }
    }
}
