//! How are the settings written for NixOS, and what does NixOS add by itself?
//!
//! NixOS writes a `daemon.json` of its own from its options. A module printed
//! here makes the daemon behave as the given file would elsewhere; what cannot
//! be kept is a note.
//!
//! Source: nixpkgs `nixos/modules/virtualisation/docker.nix` and
//! `docker-rootless.nix`, copies of 23.11 to mid-2026.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Note, advice::package_of, given::Given};
use crate::{
    Request,
    daemon::{
        nixos::{
            Content, Daemon, Merged, Outcome,
            options::{LOG_DRIVERS, OPTIONS, STORAGE_DRIVERS},
        },
        options,
    },
    docker::host::Release,
    document::{Document, Node, Value},
    notation::nix::{self, Binding, Nix, Unholdable},
    rule::diagnostic::Severity,
    schema::{Kind, Slot, Status, counting},
    text::Span,
};

/// The forms of Nix that a configuration can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A module with the options NixOS has for Docker.
    Module,
    /// The value of `virtualisation.docker.daemon.settings`.
    Settings,
    /// A module that only adds to what the platform's role sets.
    FlyingCircus,
    /// A module for the daemons of users.
    Rootless,
    /// The module within a flake.
    Flake,
}

/// Where docker.socket listens by default; `/var/run` is a link to `/run`.
const DEFAULT_SOCKET: &str = "/run/docker.sock";

/// Returns the Nix for top-level settings.
///
/// # Errors
///
/// A [`Note`] when Nix cannot hold a value, such as an integer beyond 64 bits.
pub(super) fn print(
    request: &Request,
    document: &Document,
    settings: Vec<(String, Value)>,
    outcome: Option<&Outcome>,
    given: Given,
    form: Form,
    notes: &mut Vec<Note>,
) -> Result<Nix, Note> {
    let mut module = Module {
        request,
        document,
        form,
        notes,
        options: Vec::new(),
        settings: Vec::new(),
        unset: Vec::new(),
        packages: Vec::new(),
        arguments: Vec::new(),
        kept: Vec::new(),
        given,
    };
    let has = |key: &str| settings.iter().any(|it| it.0 == key && it.1 != Value::Null);
    // A module has the journal in mind already.
    let logs_need_a_driver = form != Form::Rootless && outcome.is_none() && has("log-opts") && !has("log-driver");
    for (key, value) in &settings {
        if module.given.is_whole || module.as_given(key) {
            continue;
        }
        if key == "log-opts" && logs_need_a_driver {
            module.log_driver(&Value::from("json-file"))?;
        }
        module.setting(key, value, outcome)?;
    }
    if form != Form::Rootless && outcome.is_none() && !has("log-opts") && !has("log-driver") {
        module.note(Severity::Hint, "NixOS sends container logs to the journal (`log-driver` is `journald`), where Docker by itself writes `json-file`.");
    }
    while let Some((key, _)) = module.given.settings.first() {
        let key = key.clone();
        module.as_given(&key);
    }
    if let Some(outcome) = outcome {
        module.keep(outcome);
    }
    module.bring_along(&settings);
    module.about_the_host(&has, outcome.is_some_and(|it| it.taken.engine.is_some()));
    Ok(module.finish())
}

struct Module<'a> {
    request: &'a Request,
    document: &'a Document,
    form: Form,
    notes: &'a mut Vec<Note>,
    /// What goes into `virtualisation.docker` itself.
    options: Vec<Binding>,
    /// What goes into `daemon.settings`.
    settings: Vec<Binding>,
    /// Paths that are null, and therefore left out.
    unset: Vec<String>,
    /// Packages whose programs the daemon runs.
    packages: Vec<&'static str>,
    /// The arguments of modules that it uses.
    arguments: Vec<&'static str>,
    /// Packages that the text itself asks for.
    kept: Vec<Nix>,
    /// What is written as it is in the text.
    given: Given,
}

impl Module<'_> {
    fn note(&mut self, severity: Severity, message: impl Into<String>) {
        self.notes.push(Note::new(severity, message));
    }

    fn note_about(&mut self, key: &str, severity: Severity, message: impl Into<String>) {
        let note = Note::new(severity, message).about(self.document, key);
        self.notes.push(note);
    }

    fn has_options(&self) -> bool {
        matches!(self.form, Form::Module | Form::Flake)
    }

    // ── one setting ──

    /// Writes a setting as it is in the text, where it has to be.
    fn as_given(&mut self, key: &str) -> bool {
        let Some(at) = self.given.settings.iter().position(|it| it.0 == key) else { return false };
        let (key, value) = self.given.settings.remove(at);
        self.settings.extend(value.map(|it| Binding::named(&key, it)));
        true
    }

    fn setting(&mut self, key: &str, value: &Value, outcome: Option<&Outcome>) -> Result<(), Note> {
        match key {
            _ if self.form == Form::Rootless => self.plain(key, value),
            _ if *value == Value::Null => self.plain(key, value),
            "group" => self.group(value),
            // As a module of NixOS has it already.
            "hosts" if outcome.is_some_and(|it| it.has_in_file(key)) => self.plain(key, value),
            "hosts" => self.hosts(value),
            "log-driver" => self.log_driver(value),
            "storage-driver" => self.storage_driver(value),
            _ => self.plain(key, value),
        }
    }

    /// A setting that NixOS writes as it is.
    fn plain(&mut self, key: &str, value: &Value) -> Result<(), Note> {
        if *value == Value::Null && is_unset_by_null(key) {
            self.unset.push(key.to_owned());
            return Ok(());
        }
        let Slot { kind, path, .. } = self.document.schema().below("", key, Some(Kind::Object));
        let value = self.convert(key, key, value, kind, &path)?;
        let name = self.name(key, key)?;
        self.settings.push(Binding::named(name, value));
        Ok(())
    }

    fn group(&mut self, value: &Value) -> Result<(), Note> {
        if matches!(value, Value::String(group) if group.is_empty() || group == "docker") {
            return Ok(());
        }
        let value = self.convert("group", "group", value, None, "")?;
        self.settings.push(Binding::named("group", Nix::Call("lib.mkForce".into(), Box::new(value))));
        self.uses("lib");
        self.note_about("group", Severity::Warning, "NixOS sets `group` to `docker`, so another one takes `lib.mkForce`. The socket that systemd opens still belongs to `docker`.");
        Ok(())
    }

    /// NixOS always has `fd://` among the hosts: systemd opens the sockets of `listenOptions`.
    fn hosts(&mut self, value: &Value) -> Result<(), Note> {
        let Value::List(hosts) = value else {
            return self.plain("hosts", value);
        };
        let is_default = |host: &Value| matches!(host, Value::String(it) if is_default_socket(it));
        let others: Vec<Value> = hosts.iter().filter(|it| !is_default(it)).cloned().collect();
        if others.is_empty() {
            return Ok(());
        }
        let streams: Option<Vec<String>> = hosts.iter().map(listen_stream).collect();
        if let (Some(mut streams), true) = (streams, self.has_options()) {
            let mut seen = Vec::new();
            streams.retain(|it| {
                let is_new = !seen.contains(it);
                seen.push(it.clone());
                is_new
            });
            let streams = streams.into_iter().map(Nix::String).collect();
            self.options.push(Binding::of("listenOptions", Nix::List(streams)));
            self.note_about(
                "hosts",
                Severity::Hint,
                "`hosts` becomes `listenOptions`: on NixOS, systemd opens the sockets and hands them to the daemon.",
            );
            return Ok(());
        }
        if others.len() == hosts.len() {
            self.note_about("hosts", Severity::Warning, "NixOS adds `fd://` to `hosts`: the daemon listens on /run/docker.sock as well. Only `lib.mkForce` replaces the list.");
        }
        self.plain("hosts", &Value::List(others))
    }

    fn log_driver(&mut self, value: &Value) -> Result<(), Note> {
        match value {
            Value::String(driver) if driver == "journald" => {
                self.note_about(
                    "log-driver",
                    Severity::Hint,
                    "`log-driver` is left out: NixOS sets it to `journald` by itself.",
                );
                Ok(())
            }
            Value::String(driver) if self.has_options() && LOG_DRIVERS.contains(&&**driver) => {
                self.options.push(Binding::of("logDriver", Nix::String(driver.clone())));
                Ok(())
            }
            value => self.plain("log-driver", value),
        }
    }

    fn storage_driver(&mut self, value: &Value) -> Result<(), Note> {
        match value {
            Value::String(driver) if self.has_options() && STORAGE_DRIVERS.contains(&&**driver) => {
                self.options.push(Binding::of("storageDriver", Nix::String(driver.clone())));
                Ok(())
            }
            value => {
                if *value == Value::from("zfs") {
                    self.note_about("storage-driver", Severity::Warning, "The daemon needs the ZFS programs in its path. NixOS puts them there when `virtualisation.docker.storageDriver` is `zfs`, not for this setting.");
                }
                self.plain("storage-driver", value)
            }
        }
    }

    // ── values ──

    /// A value as Nix; `top` is the top-level key it belongs to, `written` the keys that lead to it.
    fn convert(
        &mut self,
        top: &str,
        written: &str,
        value: &Value,
        kind: Option<Kind>,
        path: &str,
    ) -> Result<Nix, Note> {
        Ok(match value {
            Value::Null => Nix::Word("null"),
            Value::Bool(value) => Nix::from(*value),
            Value::Number(digits) => {
                let whole = match kind {
                    Some(Kind::Integer(_)) => nix::whole(digits),
                    _ => None,
                };
                match whole {
                    Some(value) => nix::integer(value),
                    None => nix::number(digits).map_err(|it| self.cannot_hold(it, top, written, digits))?,
                }
            }
            Value::String(text) => nix::string(text).map_err(|it| self.cannot_hold(it, top, written, ""))?,
            Value::Expression(text) => self.raw(text).unwrap_or(Nix::Word("null")),
            Value::List(elements) => {
                let kind = match kind {
                    Some(Kind::List(element)) => Some(*element),
                    _ => None,
                };
                let path = [path, "[]"].concat();
                let mut list = Vec::with_capacity(elements.len());
                for element in elements {
                    list.push(self.convert(top, written, element, kind, &path)?);
                }
                Nix::List(list)
            }
            Value::Map(members) => {
                let mut set = Vec::with_capacity(members.len());
                for (key, value) in members {
                    let written = [written, ".", key].concat();
                    if *value == Value::Null && kind == Some(Kind::Object) {
                        self.unset.push(written);
                        continue;
                    }
                    let Slot { kind, path, .. } = self.document.schema().below(path, key, kind);
                    let value = self.convert(top, &written, value, kind, &path)?;
                    let name = self.name(top, key)?;
                    set.push(Binding::named(name, value));
                }
                Nix::Set(set)
            }
        })
    }

    fn name<'k>(&mut self, top: &str, key: &'k str) -> Result<&'k str, Note> {
        if key == "_type" {
            self.note_about(
                top,
                Severity::Warning,
                "NixOS modules give the name `_type` a meaning of their own: this value may not arrive as it is.",
            );
        }
        match nix::string(key) {
            Ok(_) => Ok(key),
            Err(it) => Err(self.cannot_hold(it, top, top, "")),
        }
    }

    fn cannot_hold(&self, why: Unholdable, top: &str, written: &str, digits: &str) -> Note {
        let message = match why {
            Unholdable::Integer => [
                "`",
                written,
                "` is ",
                digits,
                ", and whole numbers of Nix end at 9223372036854775807. There is no Nix for this configuration.",
            ]
            .concat(),
            Unholdable::Float => [
                "`",
                written,
                "` is ",
                digits,
                ", which is out of reach of Nix's numbers. There is no Nix for this configuration.",
            ]
            .concat(),
            Unholdable::Nul => [
                "`",
                written,
                "` holds the character U+0000, which no text in Nix can hold. There is no Nix for this configuration.",
            ]
            .concat(),
        };
        Note::new(Severity::Error, message).about(self.document, top)
    }

    // ── what the text does not tell ──

    fn uses(&mut self, argument: &'static str) {
        if !self.arguments.contains(&argument) {
            self.arguments.push(argument);
        }
    }

    /// An expression word for word; `None` where it has names that a module is not given.
    fn raw(&mut self, text: &str) -> Option<Nix> {
        for argument in arguments_of(text)? {
            self.uses(argument);
        }
        Some(Nix::Raw(text.to_owned()))
    }

    /// Keeps options that are not settings of the daemon.
    fn keep(&mut self, outcome: &Outcome) {
        self.about_what_is_lost(outcome);
        self.arguments.append(&mut self.given.arguments);
        let (prefix, names): (&str, &[&str]) = match self.form {
            Form::Settings => return,
            Form::Rootless => ("rootless.", &["package", "extraPackages"]),
            Form::Module | Form::Flake | Form::FlyingCircus => ("", KEPT),
        };
        for (name, value) in &self.given.options {
            if !matches!(*name, "enable" | "setSocketVariable" | "extraPackages") {
                self.options.extend(value.clone().map(|it| Binding::of(name, it)));
            }
        }
        for name in names.iter().filter(|it| !self.given.has_option(it)).copied().collect::<Vec<_>>() {
            let Some(value) = outcome.option(&[prefix, name].concat()) else { continue };
            if name == "listenOptions" && self.options.iter().any(|it| it.path == ["listenOptions"]) {
                continue;
            }
            match self.option(value) {
                Some(Nix::List(packages)) if name == "extraPackages" => self.kept = packages,
                Some(value) => self.options.push(Binding::of(name, value)),
                None => {
                    let message = ["`", name, "` has names of other parts of the text, so it is left out."].concat();
                    self.notes.push(Note { span: Some(value.span), ..Note::new(Severity::Warning, message) });
                }
            }
        }
    }

    /// Names what the text says and the module printed does not.
    fn about_what_is_lost(&mut self, outcome: &Outcome) {
        let mut warn = |span: Span, message: String| {
            self.notes.push(Note { span: Some(span), ..Note::new(Severity::Warning, message) });
        };
        let is_off = |it: &&Merged| it.as_bool() == Some(false);
        if self.form != Form::Settings
            && outcome.is_enabled == Some(false)
            && let Some(enable) = outcome.option("enable").filter(is_off)
        {
            warn(enable.span, "The text turns Docker off, and what is printed turns it on.".to_owned());
        }
        let other = match outcome.daemon {
            Daemon::Rootful => outcome.option("rootless.enable").filter(|it| it.as_bool() == Some(true)),
            Daemon::Rootless => outcome.option("enable").filter(|it| it.as_bool() == Some(true)),
        };
        if let Some(other) = other.map(|it| it.key).or(outcome.set_aside.first().copied()) {
            warn(other, "The text has options of Docker's other daemon as well, which are not printed.".to_owned());
        }
        for it in outcome.others.iter().filter(|it| it.path.first().is_some_and(|it| it == "hardware")) {
            warn(it.name, ["`", &it.path.join("."), "` is an option of another module, and is not printed."].concat());
        }
    }

    fn option(&mut self, value: &Merged) -> Option<Nix> {
        Some(match &value.content {
            Content::Bool(it) => Nix::from(*it),
            Content::String(it) => nix::string(it).ok()?,
            Content::List(elements) => {
                Nix::List(elements.iter().map(|it| self.option(it)).collect::<Option<Vec<Nix>>>()?)
            }
            Content::Opaque(_) => self.raw(value.span.of(&self.request.text))?,
            Content::Null | Content::Int(_) | Content::Float(_) | Content::Set(_) => return None,
        })
    }

    // ── programs ──

    /// Programs that the daemon runs because of a setting, and that its package does not have.
    ///
    /// Source: nixpkgs `pkgs/applications/virtualization/docker/default.nix`, `extraPath` and `extraUserPath`; moby
    /// `daemon/libnetwork/internal/nftables/nft_exec_linux.go` (since 29.6 `nft` is looked up in PATH),
    /// `daemon/graphdriver/fuse-overlayfs`, `daemon/runtime_unix.go`.
    fn bring_along(&mut self, settings: &[(String, Value)]) {
        let mut add = |package| {
            if !self.packages.contains(&package) {
                self.packages.push(package);
            }
        };
        for (key, value) in settings {
            match (&**key, value) {
                ("firewall-backend", Value::String(it)) if it == "nftables" => {
                    add("pkgs.nftables");
                }
                ("storage-driver", Value::String(it)) if it == "fuse-overlayfs" && self.form != Form::Rootless => {
                    add("pkgs.fuse-overlayfs");
                }
                ("default-runtime", Value::String(it)) if it.contains('.') => {
                    package_of(it).into_iter().for_each(&mut add);
                }
                ("runtimes", Value::Map(runtimes)) => {
                    let members = runtimes.iter().filter_map(|it| match &it.1 {
                        Value::Map(members) => Some(members),
                        _ => None,
                    });
                    for (key, value) in members.flatten() {
                        if let (true, Value::String(it)) = (matches!(&**key, "path" | "runtimeType"), value) {
                            package_of(it).into_iter().for_each(&mut add);
                        }
                    }
                }
                _ => {}
            }
        }
        if self.form == Form::Settings && !self.packages.is_empty() {
            let message = [
                "The daemon needs programs of other packages: set `virtualisation.docker.extraPackages` to `[ ",
                &self.packages.join(" "),
                " ]` as well.",
            ]
            .concat();
            self.note(Severity::Warning, message);
        }
    }

    // ── what to know ──

    fn about_the_host(&mut self, has: &dyn Fn(&str) -> bool, has_package: bool) {
        if let [first, rest @ ..] = &self.unset[..] {
            let mut names = ["`", first, "`"].concat();
            for name in rest.iter().take(4) {
                names.extend([", `", name, "`"]);
            }
            let more = if rest.len() > 4 { " and more" } else { "" };
            let verb = if rest.is_empty() { " is" } else { " are" };
            let message = [&names, more, verb, " null, which the daemon takes as not set: left out."].concat();
            self.note(Severity::Hint, message);
        }
        let proxies = ["proxies", "http-proxy", "https-proxy"];
        if let Some(key) = proxies.into_iter().find(|it| has(it) && self.holds_password(it)) {
            self.note_about(key, Severity::Warning, "Settings end up in the Nix store, which every user of the machine can read: keep the proxy's password out of them.");
        }
        if self.form == Form::FlyingCircus {
            self.about_flying_circus();
            return;
        }
        let nixos = self.request.host.nixos;
        if self.form != Form::Rootless && !has("live-restore") && nixos.state_version < Release::new(24, 11) {
            let swarm = match self.request.host.swarm {
                true => " A member of a swarm does not start with it.",
                false => "",
            };
            let severity = match self.request.host.swarm {
                true => Severity::Warning,
                false => Severity::Hint,
            };
            let message =
                ["With a `system.stateVersion` before 24.11, NixOS sets `live-restore` to true.", swarm].concat();
            self.note(severity, message);
        }
        let engine = self.request.engine.major;
        let package = match self.form {
            Form::Rootless => "virtualisation.docker.rootless.package",
            _ => "virtualisation.docker.package",
        };
        match nixos.release.ships() {
            _ if has_package => {}
            // nixpkgs #523061
            Some(it) if it.engine.major == 28 && engine >= 28 => self.note(
                Severity::Warning,
                [
                    "NixOS 25.11 ships Docker 28.5.2 and has marked it insecure since May 2026: set `",
                    package,
                    " = pkgs.docker_29`.",
                ]
                .concat(),
            ),
            Some(it) if it.engine.major != engine => {
                let message = format!(
                    "{} This was checked for Docker {engine}: set `{package}` where it has that version.",
                    it.sentence()
                );
                self.note(Severity::Hint, message);
            }
            _ => {}
        }
    }

    /// Whether a URL in a setting names a user with a password.
    fn holds_password(&self, key: &str) -> bool {
        counting::setting(self.document, key).is_some_and(|it| {
            let written = it.value.span.of(&self.request.text);
            written.contains("://") && written.contains('@')
        })
    }

    fn about_flying_circus(&mut self) {
        if self.request.engine.major != 24 {
            self.note(
                Severity::Hint,
                "Flying Circus runs Docker 24.0.9 on its platforms 23.11 to 24.11: choose Engine 24 to check for it.",
            );
        }
        // The same words about each of them would be said twice.
        let leaves = |key: &&str| {
            counting::setting(self.document, key).is_some_and(|it| {
                let bases = it.value.elements().iter().flat_map(Node::members);
                let mut bases = bases.filter(|it| it.key.eq_ignore_ascii_case("base"));
                let leaves = |it: &Node| it.as_str().is_some_and(leaves_the_open_range);
                leaves(&it.value) || bases.any(|it| leaves(&it.value))
            })
        };
        if let Some(key) = ["bip", "default-address-pools"].into_iter().find(leaves) {
            self.note_about(key, Severity::Warning, "The platform's firewall lets containers reach the machine from 172.16.0.0/12 only: from other addresses they cannot, unless you add a rule.");
        }
    }

    // ── putting it together ──

    fn finish(self) -> Nix {
        let around = |functions: &[String], value: Nix| {
            let call = |value, function: &String| Nix::Call(function.clone().into(), Box::new(value));
            functions.iter().rev().fold(value, call)
        };
        let settings = self.given.whole.clone().unwrap_or(Nix::Set(self.settings));
        let has_settings = settings != Nix::Set(Vec::new());
        let settings = around(&self.given.inner, settings);
        if self.form == Form::Settings {
            return settings;
        }
        let mut docker = Vec::new();
        if self.form != Form::FlyingCircus {
            docker.push(Binding::of("enable", self.given.option("enable").cloned().unwrap_or(Nix::from(true))));
        }
        if self.form == Form::Rootless {
            let value = self.given.option("setSocketVariable").cloned();
            docker.push(Binding::of("setSocketVariable", value.unwrap_or(Nix::from(true))));
        }
        docker.extend(self.options);
        let mut arguments = self.arguments;
        if !self.packages.is_empty() && !arguments.contains(&"pkgs") {
            arguments.push("pkgs");
        }
        let given = self.given.option("extraPackages").cloned();
        let needs_packages = !self.packages.is_empty() || !self.kept.is_empty() || given.is_some();
        let brought = self.packages.iter().copied().map(Nix::Word).filter(|it| !is_in(&self.kept, it));
        let brought: Vec<Nix> = brought.collect();
        let packages = Nix::List(self.kept.into_iter().chain(brought).collect());
        let packages = match given {
            Some(given) if packages == Nix::List(Vec::new()) => given,
            Some(given) => Nix::Call("lib.mkMerge".into(), Box::new(Nix::List(vec![given, packages]))),
            None => packages,
        };
        let mut others = Vec::new();
        match self.form {
            _ if !needs_packages => {}
            // Not every release has `rootless.extraPackages`; all merge this list.
            Form::Rootless => {
                others.push(Binding::of("systemd.user.services.docker.path", packages).apart());
            }
            _ => docker.push(Binding::of("extraPackages", packages)),
        }
        if has_settings {
            docker.push(Binding::of("daemon.settings", settings));
        }
        let path = match self.form {
            Form::Rootless => "virtualisation.docker.rootless",
            _ => "virtualisation.docker",
        };
        if !self.given.outer.is_empty() {
            docker = vec![Binding::of(path, around(&self.given.outer, Nix::Set(docker)))];
        }
        let mut docker = match <[Binding; 1]>::try_from(docker) {
            Ok(single) if !self.given.outer.is_empty() => single.into(),
            Ok([single]) => {
                let mut single = single;
                let outer = path.split('.').map(str::to_owned);
                single.path.splice(0..0, outer);
                vec![single]
            }
            Err(several) if several.is_empty() => several,
            Err(several) => vec![Binding::of(path, Nix::Set(several))],
        };
        docker.extend(others);
        let header = header(&arguments);
        let module = Nix::Function(header, Box::new(Nix::Set(docker)));
        match self.form {
            Form::Flake => flake(self.request.host.nixos.release, module),
            _ => module,
        }
    }
}

/// Options that are kept where a module is printed from a module.
const KEPT: &[&str] = &[
    "package",
    "enableOnBoot",
    "enableNvidia",
    "listenOptions",
    "extraPackages",
    "autoPrune.enable",
    "autoPrune.dates",
    "autoPrune.flags",
    "autoPrune.randomizedDelaySec",
    "autoPrune.persistent",
    "autoPrune.allVolumes.enable",
    "autoPrune.allVolumes.flags",
];

/// The arguments of modules that an expression uses; `None` where it has other names, which a module is not given.
pub(super) fn arguments_of(expression: &str) -> Option<Vec<&'static str>> {
    let names = nix::free::names(expression)?;
    names.into_iter().map(|name| ["config", "lib", "pkgs"].into_iter().find(|it| *it == name)).collect()
}

/// Whether names below `virtualisation.docker` are those of an option that has no settings in it.
pub(super) fn is_option(path: &[String]) -> bool {
    let name = path.join(".");
    !name.ends_with("settings") && OPTIONS.iter().any(|it| it.name == name)
}

/// Whether a package is among others, in the same words.
fn is_in(packages: &[Nix], package: &Nix) -> bool {
    let Nix::Word(name) = package else { return false };
    packages.iter().any(|it| matches!(it, Nix::Raw(text) if text == name))
}

/// The head of a module with these arguments, as nixfmt has it.
fn header(arguments: &[&str]) -> &'static str {
    let has = |name: &str| arguments.contains(&name);
    match (has("config"), has("lib"), has("pkgs")) {
        (false, false, false) => "{ ... }:",
        (false, true, false) => "{ lib, ... }:",
        (false, false, true) => "{ pkgs, ... }:",
        (false, true, true) => "{ lib, pkgs, ... }:",
        (true, false, false) => "{ config, ... }:",
        (true, true, false) => "{ config, lib, ... }:",
        (true, false, true) => "{ config, pkgs, ... }:",
        (true, true, true) => "{\n  config,\n  lib,\n  pkgs,\n  ...\n}:",
    }
}

/// A flake that offers the module, and a host with it.
fn flake(release: Release, module: Nix) -> Nix {
    let url = ["github:NixOS/nixpkgs/", &release.branch()].concat();
    let modules = vec![Nix::Word("./configuration.nix"), Nix::Word("self.nixosModules.docker")];
    let host = Nix::Set(vec![
        Binding::of("system", Nix::String("x86_64-linux".to_owned())),
        Binding::of("modules", Nix::List(modules)),
    ]);
    let host = Nix::Call("nixpkgs.lib.nixosSystem".into(), Box::new(host));
    let outputs = Nix::Set(vec![
        Binding::of("nixosModules.docker", module),
        Binding::of("nixosConfigurations.myhost", host).apart(),
    ]);
    let outputs = Nix::Function("{ self, nixpkgs, ... }:", Box::new(outputs));
    Nix::Set(vec![Binding::of("inputs.nixpkgs.url", Nix::String(url)), Binding::of("outputs", outputs).apart()])
}

/// Whether the daemon takes null at a top-level key for "not set".
///
/// A null in the file reaches the flag of a boolean as text that is neither
/// true nor false, which switches it off; `tlsverify` counts as soon as it is
/// there; `default-shm-size` refuses it; `proxies` is unknown without members.
///
/// Source: moby daemon/config/config.go, `getConflictFreeConfiguration`;
/// spf13/pflag bool.go, `boolValue.Set`.
fn is_unset_by_null(key: &str) -> bool {
    options::member("", key).is_some_and(|it| {
        let is_on = it.brief().default.starts_with("true");
        let is_known = it.status != Status::Refused;
        is_known && !is_on && !matches!(key, "tlsverify" | "default-shm-size" | "proxies")
    })
}

/// Whether a host is the socket NixOS listens on anyway.
fn is_default_socket(host: &str) -> bool {
    matches!(host, "fd://" | "unix://" | "unix:///run/docker.sock" | "unix:///var/run/docker.sock")
}

/// A host as systemd's `ListenStream=`; `None` when systemd has no such form.
fn listen_stream(host: &Value) -> Option<String> {
    let Value::String(host) = host else {
        return None;
    };
    if is_default_socket(host) {
        return Some(DEFAULT_SOCKET.to_owned());
    }
    if let Some(path) = host.strip_prefix("unix://") {
        let is_path = path.starts_with('/') && !path.contains(char::is_whitespace);
        return is_path.then(|| path.to_owned());
    }
    let address = host.strip_prefix("tcp://")?;
    let (ip, port) = address.rsplit_once(':')?;
    let bracketed = ip.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let is_address = match bracketed {
        Some(ip) => ip.parse::<Ipv6Addr>().is_ok(),
        None => ip.parse::<Ipv4Addr>().is_ok(),
    };
    let is_port = port.parse::<u16>().is_ok_and(|it| it > 0);
    (is_address && is_port).then(|| address.to_owned())
}

/// Whether an IPv4 network lies outside of 172.16.0.0/12, at least in part.
fn leaves_the_open_range(network: &str) -> bool {
    let Some((address, length)) = network.split_once('/') else {
        return false;
    };
    match (address.parse::<Ipv4Addr>(), length.parse::<u8>()) {
        (Ok(address), Ok(length)) => {
            let [first, second, ..] = address.octets();
            first != 172 || second & 0xF0 != 16 || length < 12
        }
        _ => false,
    }
}
