//! What is wrong with it? One rule per file.
//!
//! A new rule is its file, one word in `rules!` below, and its tests.
//!
//! The rules are compiled twice: here, and without their words in [`glance`](crate::glance()). Rules therefore import
//! their words through `super`: `say!` and `super::voice`.

use std::cell::{Cell, RefCell};

use super::voice::{self, ARE_READ, Fix, Found, Severity};
use crate::{
    Engine,
    address::Family,
    daemon::{
        dialect::flags::table,
        foreign::Foreign,
        network::{AddressPlan, DefaultBridge, Origin},
        nixos::{Content, Merged, Outcome},
        options::{self, DaemonOption},
        settings::Settings,
    },
    docker::host::Host,
    document::{Change, Document, Kind, Node, Notation, Problem, ProblemKind, Step, Value},
    text::{Edits, Span},
};

/// Edits, and the keys that were likely meant, are worked out for this many mistakes: nobody fixes a thousand one by one,
/// and each has to find its place.
pub const MAX_EDITS: usize = 1_000;

/// What a rule may look at.
#[derive(Debug)]
pub struct Context<'a> {
    /// The text, for quoting what was written.
    pub text: &'a str,
    /// The text as far as it could be understood.
    pub document: &'a Document,
    /// What the text is when it is no `daemon.json`.
    pub foreign: Option<Foreign>,
    /// The settings found in it.
    pub settings: &'a Settings<'a>,
    /// What NixOS makes of it, when it is Nix; a glance sees none.
    pub nixos: Option<&'a Outcome>,
    /// The subnets that networks will get.
    pub plan: &'a AddressPlan,
    /// The Engine that will read it.
    pub engine: Engine,
    /// The machine it will run on; see [`Context::host`].
    pub host: &'a Host,
    /// How many more edits are worked out.
    pub edits_left: Cell<usize>,
    /// The names that keys were offered, each with the place of the object.
    pub offered: RefCell<Vec<(usize, String)>>,
}

impl Context<'_> {
    /// Whether Docker makes docker0; where the text does not tell, nothing that follows from it is certain.
    pub fn makes_docker0(&self) -> bool {
        self.depends_on(&["bridge"]);
        self.plan.docker0.origin != Origin::Disabled
    }

    /// docker0's part of the plan, for a family; where the text leaves open what decides about it, nothing that follows
    /// from it is certain.
    pub fn docker0_of(&self, family: Family) -> Option<DefaultBridge> {
        self.depends_on(match family {
            Family::Ipv4 => &["bridge", "bip", "fixed-cidr", "default-address-pools"],
            Family::Ipv6 => &["bridge", "ipv6", "bip6", "fixed-cidr-v6", "default-address-pools"],
        });
        self.plan.docker0_of(family)
    }

    fn depends_on(&self, keys: &[&str]) {
        for key in keys {
            // Looking at it is what counts.
            let _ = self.settings.get(key);
        }
    }

    /// The edits that carry out a change of the text; none when it cannot be made.
    pub fn edit(&self, change: impl FnOnce() -> Change) -> Edits {
        voice::edits(self.text, self.document, &self.edits_left, change)
    }

    /// The edits that write `value` in place of the value at `span`.
    pub fn replace(&self, span: Span, value: impl Into<Value>) -> Edits {
        self.edit(|| Change::Replace { span, value: value.into() })
    }

    /// The edits that take the flag whose value is at `span` out of `extraOptions`; none when enough have been worked out.
    pub fn without_flag(&self, span: Span) -> Edits {
        let left = self.edits_left.get();
        // The string of flags is read again for each.
        let cost = 1 + self.text.len() / 100;
        match self.nixos.filter(|_| ARE_READ && cost <= left) {
            Some(outcome) => {
                self.edits_left.set(left - cost);
                outcome.without_flag(self.text, span)
            }
            None => Edits::NONE,
        }
    }

    /// The edits that take a binding of Nix out of the text, with its line where nothing else is on that.
    pub fn without_binding(&self, binding: Span) -> Edits {
        match ARE_READ && binding.start < binding.end {
            true => Edits::replace(lines::around(self.text, binding), ""),
            false => Edits::NONE,
        }
    }

    /// The edits that write a text in place of another, where the dialect has no change for it.
    pub fn rewrite(&self, span: Span, text: &str) -> Edits {
        match ARE_READ && span.start < span.end {
            true => Edits::replace(span, text),
            false => Edits::NONE,
        }
    }

    /// The edits that take out the member or element whose value is at `span`.
    pub fn remove(&self, span: Span) -> Edits {
        self.edit(|| Change::Remove { span })
    }

    /// The edits that give the key at `key` another name.
    pub fn rename(&self, key: Span, name: &str) -> Edits {
        self.edit(|| Change::Rename { key, name: name.to_owned() })
    }

    /// The fix that gives the key at `key` the one name that was meant: safe, unless the object has such a key already, or
    /// another key of it was offered the same name, as only one of them would count.
    pub fn renaming(&self, key: Span, name: &str) -> Fix {
        let title = say!("Rename to `{name}`");
        let edits = self.rename(key, name);
        if edits.is_empty() {
            return Fix::choice(title, edits);
        }
        let object = self.object_around(key);
        let is_free = object.is_none_or(|it| !it.members().iter().any(|it| it.key.eq_ignore_ascii_case(name)));
        let is_first = self.is_offered_first(object.map_or(0, |it| it.span.start), name);
        match is_free && is_first {
            true => Fix::safe(title, edits),
            false => Fix::choice(title, edits),
        }
    }

    /// The fix that takes what lies at a path of member names to the one place where it belongs: safe, unless another key
    /// was offered that name there.
    pub fn moving(&self, title: impl Into<String>, from: &[&str], to: &[&str]) -> Fix {
        let edits = self.moved(from, to);
        let is_first = match to.split_last() {
            Some((name, object)) if !edits.is_empty() => self.are_offered_first(object, &[name]),
            _ => true,
        };
        match is_first {
            true => Fix::safe(title, edits),
            false => Fix::choice(title, edits),
        }
    }

    /// Whether these names are offered to keys of the object at a path of member names for the first time.
    pub fn are_offered_first(&self, object: &[&str], names: &[&str]) -> bool {
        let found = match object {
            [] => Some(self.document.root.span.start),
            path => self.settings.get(&path.join(".")).map(|it| it.span.start),
        };
        // Two fixes that both make the object touch each other.
        let Some(place) = found else { return true };
        let first = names.iter().filter(|it| self.is_offered_first(place, it));
        first.count() == names.len()
    }

    /// Whether a name is offered to a key of the object at a place of the text for the first time.
    pub fn is_offered_first(&self, place: usize, name: &str) -> bool {
        let offer = (place, name.to_owned());
        let is_first = !self.offered.borrow().contains(&offer);
        self.offered.borrow_mut().push(offer);
        is_first
    }

    /// The object that a key is in.
    fn object_around(&self, key: Span) -> Option<&Node> {
        let mut node = &self.document.root;
        let mut object = None;
        loop {
            let holds = |it: &&Node| it.span.start <= key.start && key.end <= it.span.end;
            if matches!(node.kind, Kind::Map(_)) {
                object = Some(node);
            }
            let members = node.members().iter().map(|it| &it.value);
            match members.chain(node.elements()).find(holds) {
                Some(inner) => node = inner,
                None => return object,
            }
        }
    }

    /// The edits that set what lies at a path of member names.
    pub fn set(&self, path: &[&str], value: impl Into<Value>) -> Edits {
        self.edit(|| Change::Set {
            path: path.iter().map(|it| Step::Key((*it).to_owned())).collect(),
            value: value.into(),
        })
    }

    /// The edits that take what lies at a path of member names to another.
    pub fn moved(&self, from: &[&str], to: &[&str]) -> Edits {
        let path = |it: &[&str]| it.iter().map(|it| Step::Key((*it).to_owned())).collect();
        self.edit(|| Change::Move { from: path(from), to: path(to) })
    }

    /// The name that was likely meant, of those that exist: one letter wrong in six, or written with other separators or
    /// in other letter case, or less or more than its end.
    pub fn nearest(&self, written: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
        if self.edits_left.get() == 0 {
            return None;
        }
        let bare = |it: &str| -> String {
            let letters = it.chars().filter(|it| it.is_alphanumeric());
            letters.map(|it| it.to_ascii_lowercase()).collect()
        };
        let written = bare(written);
        let names: Vec<&'static str> = names.collect();
        let near = names
            .iter()
            .map(|it| (crate::text::words::distance(&written, &bare(it)), *it))
            .filter(|(distance, it)| *distance <= 1 + it.len().min(written.len()) / 6)
            .min();
        if let Some((_, right)) = near {
            return Some(right);
        }
        let mut ends = names.into_iter().filter(|it| {
            let name = bare(it);
            written.len().min(name.len()) > 3 && (name.ends_with(&written) || written.ends_with(&name))
        });
        ends.next().filter(|_| ends.next().is_none())
    }

    /// What was written at `span`.
    pub fn written(&self, span: Span) -> &str {
        span.of(self.text)
    }

    /// The mistakes of syntax of one kind.
    pub fn problems(&self, kind: ProblemKind) -> impl Iterator<Item = &Problem> {
        self.document.problems.iter().filter(move |it| it.kind == kind)
    }

    /// Whether the daemon reads as far as `span`: Engines before 23.0 stop after the first complete value.
    pub fn is_read(&self, span: Span) -> bool {
        self.since(23, 0) || self.document.end.is_none_or(|end| span.start < end)
    }

    /// Whether the settings are flags of dockerd, and not in a file of the daemon's.
    pub fn are_flags(&self) -> bool {
        self.document.dialect.notation == Notation::Shell
    }

    /// Whether the text is Nix. A glance sees none.
    pub fn is_nix(&self) -> bool {
        ARE_READ && self.document.dialect.notation == Notation::Nix
    }

    /// Whether a mistake of syntax is one in flags: in a command line, or within a string of Nix that gives some.
    pub fn is_of_flags(&self, problem: &Problem) -> bool {
        let is_within = |it: Span| it.start < problem.span.start && it.holds(problem.span);
        let gives_flags = |it: &Merged| matches!(it.content, Content::String(_)) && is_within(it.span);
        let is_in_string = || self.nixos.is_some_and(|it| it.flags.iter().any(gives_flags));
        self.are_flags() || (self.is_nix() && is_in_string())
    }

    /// Whether the Engine has no flag for an option, whatever it lets pass in a file. A glance sees no flags.
    fn lacks_flag(&self, option: &DaemonOption) -> bool {
        let name = || table::name_of(option);
        ARE_READ && self.are_flags() && name().is_some_and(|it| !table::exists_in(it, self.engine))
    }

    /// Why a setting that the Engine does not know is an error.
    fn because_of_it(&self) -> &'static str {
        match self.are_flags() {
            true => "dockerd does not start with a flag that it does not know.",
            false => "The daemon refuses all its settings when it does not know one of its keys.",
        }
    }

    /// The machine it will run on.
    pub fn host(&self) -> &Host {
        voice::host(self.host)
    }

    /// Whether the Engine is `major.minor` or younger.
    pub fn since(&self, major: u8, minor: u8) -> bool {
        Engine::new(major, minor, 0) <= self.engine
    }
}

/// Something that can be wrong with a configuration.
pub struct Rule {
    /// Names the bad pattern; once released it stays.
    pub id: &'static str,
    /// The severities its diagnostics may have.
    pub severities: &'static [Severity],
    /// Its doc comment.
    #[cfg(feature = "prose")]
    docs: &'static str,
}

/// Adds what a rule finds.
pub(crate) type Check = fn(&Context, &mut Found);

#[cfg(feature = "prose")]
impl Rule {
    /// Its page, in Markdown: a sentence, *Why it matters*, *What to do*, *Example*, *Source*.
    pub fn page(&self) -> String {
        let lines = self.docs.lines();
        let unindented: Vec<&str> = lines.map(|it| it.strip_prefix(' ').unwrap_or(it)).collect();
        unindented.join("\n")
    }
}

/// Whether something of this severity can change the verdict.
const fn counts(severity: Severity) -> bool {
    !matches!(severity, Severity::Hint)
}

/// Declares the rule of a file; its doc comment is the rule's page.
macro_rules! rule {
    // A rule of what NixOS makes of Nix, which a glance never sees.
    ($(#[doc = $doc:expr])+ $id:literal, [$($severity:ident),+], nixos $check:ident) => {
        const ID: &str = $id;

        $(#[doc = $doc])+
        pub(super) static RULE: super::Rule = super::Rule {
            id: ID,
            severities: &[$(super::voice::Severity::$severity),+],
            #[cfg(feature = "prose")]
            docs: concat!($($doc, "\n"),+),
        };

        pub(super) const CHECK: super::Check = |_, _| {};
        pub(super) const OF_NIXOS: super::Check = match super::voice::ARE_READ {
            true => $check,
            false => CHECK,
        };
    };
    ($(#[doc = $doc:expr])+ $id:literal, [$($severity:ident),+], $check:ident) => {
        const ID: &str = $id;

        $(#[doc = $doc])+
        pub(super) static RULE: super::Rule = super::Rule {
            id: ID,
            severities: &[$(super::voice::Severity::$severity),+],
            #[cfg(feature = "prose")]
            docs: concat!($($doc, "\n"),+),
        };

        /// A rule that only hints decides no verdict, so it is left out where words are not read.
        pub(super) const CHECK: super::Check = match super::voice::ARE_READ $(|| super::counts(super::voice::Severity::$severity))+ {
            true => $check,
            false => |_, _| {},
        };
        pub(super) const OF_NIXOS: super::Check = |_, _| {};
    };
}

macro_rules! rules {
    ($($module:ident),+ $(,)?) => {
        $(mod $module;)+

        /// Every rule, in the order of their ids.
        pub static RULES: &[&Rule] = &[$(&$module::RULE),+];

        const CHECKS: &[Check] = &[$($module::CHECK),+];

        /// The rules of what NixOS makes of Nix, each at its own place; they come with what reads Nix (`late.rs`).
        pub(crate) static OF_NIXOS: &[Check] = &[$($module::OF_NIXOS),+];
    };
}

rules! {
    address_malformed,
    address_pool_bad_base,
    address_pool_host_bits,
    address_pool_incomplete,
    address_pool_ipv4_mapped,
    address_pool_not_private,
    address_pool_size_too_large,
    address_pool_size_too_small,
    address_pool_too_wide,
    address_pool_without_room,
    address_pools_few_networks,
    address_pools_only_ipv6,
    address_pools_overlap,
    artifact_registry_malformed,
    authorization_plugin_unnamed,
    bip_malformed,
    bip_not_a_host_address,
    bridge_impossible,
    bridge_with_bip,
    build_cache_filter_malformed,
    build_cache_settings_ignored,
    build_cache_size_malformed,
    build_cache_sizes_unset,
    build_history_age_malformed,
    byte_order_mark,
    cdi_directories_unused,
    cgroup_driver_unknown,
    cgroup_parent_not_a_slice,
    cluster_advertise_without_store,
    comment,
    containerd_namespace_malformed,
    containerd_namespace_taken,
    data_root_not_kept,
    default_gateway_outside_subnet,
    default_runtime_unknown,
    dns_loopback,
    dns_option_unknown,
    dns_search_malformed,
    docker_group_is_root,
    docker_package_insecure,
    document_not_an_object,
    duplicate_key,
    embedded_containerd_with_cri,
    empty_document,
    etc_daemon_json_ignored,
    exec_option_unknown,
    extra_options_and_file,
    feature_unknown,
    firewall_mark_malformed,
    fixed_cidr_host_bits,
    fixed_cidr_malformed,
    fixed_cidr_outside_subnet,
    flag_and_file,
    flag_malformed,
    flag_not_read,
    flag_with_side_effect,
    flying_circus_firewall,
    generic_resource_malformed,
    graph_with_data_root,
    group_impossible,
    host_gateway_ips_conflict,
    host_malformed,
    host_without_client_check,
    hosts_and_unit_flag,
    icc_without_iptables,
    insecure_registry_malformed,
    insecure_registry_too_wide,
    ip6tables_without_experimental,
    ipv6_setting_without_ipv6,
    ipv6_without_subnet,
    key_deprecated,
    key_removed,
    key_too_new,
    key_without_effect,
    label_malformed,
    label_reserved,
    labels_contradict,
    live_restore_in_swarm,
    log_address_malformed,
    log_as_configuration,
    log_driver_unknown,
    log_files_unbounded,
    log_option_ignored,
    log_option_malformed,
    log_option_missing,
    log_option_unknown,
    log_options_incompatible,
    masquerading_without_iptables,
    metrics_addr_malformed,
    min_api_version_out_of_range,
    mtu_out_of_range,
    network_driver_unknown,
    network_option_malformed,
    network_option_unknown,
    nftables_in_swarm,
    nftables_without_forwarding,
    nix_evaluation_fails,
    nix_name_undefined,
    nix_syntax_error,
    nixos_assertion_fails,
    nixos_condition_unknown,
    nixos_definition_outweighed,
    nixos_definitions_conflict,
    nixos_option_removed,
    nixos_option_renamed,
    nixos_option_unknown,
    nixos_option_wrong_type,
    nixos_several_machines,
    nixos_value_not_known,
    nixos_value_not_permitted,
    nixos_without_docker,
    not_a_daemon_json,
    not_checked_here,
    not_utf_8,
    null_switches_off,
    number_means_default,
    number_out_of_range,
    path_not_absolute,
    pidfile_is_directory,
    placeholder_left,
    proxy_malformed,
    proxy_on_loopback,
    proxy_password_readable,
    raw_logs_without_effect,
    realtime_cpu_unsupported,
    registry_mirror_malformed,
    registry_mirror_of_other_registry,
    registry_mirror_without_tls,
    registry_through_proxy,
    rootful_and_rootless,
    rootless_impossible,
    rootless_mismatch,
    rootless_with_systemd_cgroups,
    runtime_malformed,
    runtime_option_malformed,
    runtime_reserved,
    seccomp_profile_misspelled,
    settings_of_other_daemon,
    shm_size_malformed,
    size_without_unit,
    snapshotter_with_userns_remap,
    start_not_reset,
    storage_driver_deprecated,
    storage_driver_slow,
    storage_driver_unknown,
    storage_option_malformed,
    storage_option_unknown,
    storage_options_ignored,
    swarm_address_malformed,
    syntax_error,
    text_after_end,
    tls_files_unused,
    tls_without_hosts,
    tls_without_key_pair,
    tlsverify_switches_tls_on,
    tlsverify_without_authority,
    trailing_comma,
    transfer_limit_ignored,
    ulimit_malformed,
    unknown_key,
    unknown_member,
    userland_proxy_path_relative,
    userland_proxy_without_path,
    userns_remap_malformed,
    value_not_permitted,
    wrong_type,
}

mod lines;
mod tls;

/// The only object that has a member of this name, if a path leads to it: `log-opts` for `max-size`.
fn owner(name: &str) -> Option<&'static str> {
    let owns = |it: &&options::DaemonOption| {
        // Few options end so: a text can have tens of thousands of names to ask for.
        let is_it = it.key.ends_with(name) && it.status == options::Status::Read && it.name() == name;
        is_it && !it.parent.is_empty() && !it.parent.contains(['[', '<'])
    };
    let mut owners = options::all().filter(owns).map(|it| it.parent);
    let owner = owners.next()?;
    owners.all(|it| it == owner).then_some(owner)
}

/// Whether a rule tells that there is no daemon.
pub fn tells_of_no_daemon(rule: &str) -> bool {
    rule == nixos_without_docker::RULE.id
}

/// Runs every rule.
pub fn check(context: &Context) -> Found {
    let mut found = Found::default();
    if context.foreign.is_some_and(|it| !it.is_json) {
        // Nothing in it is a setting.
        log_as_configuration::CHECK(context, &mut found);
        not_a_daemon_json::CHECK(context, &mut found);
        return found;
    }
    let of_nixos = voice::of_nixos(context.is_nix());
    for (at, check) in CHECKS.iter().enumerate() {
        voice::add(&mut found, context.settings, |found| check(context, found));
        if let Some(check) = of_nixos.get(at) {
            voice::add(&mut found, context.settings, |found| check(context, found));
        }
    }
    if let Some(foreign) = context.foreign.filter(|_| voice::is_refused(&found)) {
        // That says it better than a line for each of its keys.
        found = Found::default();
        found.extend([not_a_daemon_json::tell(context, foreign, true)]);
    }
    found
}

#[cfg(test)]
mod tests;
