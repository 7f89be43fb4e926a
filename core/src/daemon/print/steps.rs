//! How is a printed file put in place on the machine it is for?
//!
//! Sources: docs.docker.com, *Docker daemon configuration overview*, *Rootless mode* and *Change your Docker Desktop
//! settings*; moby `contrib/dockerd-rootless-setuptool.sh` (the unit, and `rootlesskit` for data that belongs to the
//! daemon's users) and `daemon/config/config_linux.go`, `setPlatformDefaults` (data roots); canonical/docker-snap
//! `README.md`; the NixOS manual, *Changing the configuration*; the platform's documentation of Flying Circus.

use super::{
    managed::Setup,
    nixos::Form as NixForm,
    shell,
    target::{Form, Target},
};
use crate::{
    Engine, Report, Request,
    daemon::{
        dialect::flags::Print,
        drivers::image_store::ImageStore,
        settings::{Place, Settings},
    },
    document::Member,
    rule::diagnostic::Severity,
};

/// One step of putting a printed file in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it does, in the imperative.
    pub title: &'static str,
    /// What to know, in sentences.
    pub explanation: String,
    /// What to type, or to write into a file.
    pub lines: Vec<String>,
}

impl Target {
    /// The steps that put the printed file in place, in order. What must be fixed before comes first.
    pub fn steps(&self, request: &Request, report: &Report) -> Vec<Step> {
        let request = &*report.request_of(request);
        let mut steps = Steps {
            request,
            report,
            settings: Settings::of(&report.document, request.engine),
            form: self.form,
            found: Vec::new(),
        };
        if !steps.mend() {
            return steps.found;
        }
        match self.form {
            Form::Json(Setup::Package) if request.host.rootless => steps.package_rootless(),
            Form::Json(Setup::Package) => steps.package(),
            Form::Json(Setup::Desktop) => steps.desktop(),
            Form::Json(Setup::Snap) => steps.snap(),
            Form::Nix(NixForm::FlyingCircus) => steps.flying_circus(),
            Form::Nix(form) => steps.nixos(form),
            Form::Effective => steps.effective(),
            Form::Flags(Print::DropIn) => steps.drop_in(),
            Form::Flags(Print::Line) => steps.by_hand(),
        }
        steps.found
    }
}

struct Steps<'a> {
    request: &'a Request,
    report: &'a Report,
    settings: Settings<'a>,
    form: Form,
    found: Vec<Step>,
}

/// Where data lies unless `data-root` says otherwise.
pub(crate) const DATA: &str = "/var/lib/docker";
pub(crate) const ROOTLESS_DATA: &str = "~/.local/share/docker";
const SNAP_DATA: &str = "/var/snap/docker/common/var-lib-docker";

const SNAP_FILE: &str = "/var/snap/docker/current/config/daemon.json";

impl Steps<'_> {
    fn step(&mut self, title: &'static str, explanation: impl Into<String>, lines: &[&str]) {
        self.found.push(Step {
            title,
            explanation: explanation.into(),
            lines: lines.iter().map(|it| (*it).to_owned()).collect(),
        });
    }

    /// Whether the text sets one of some keys. What NixOS adds was there before it.
    fn sets(&self, keys: &[&str]) -> bool {
        let is_added = |it: &Member| self.report.document.added.iter().any(|added| std::ptr::eq(added, it));
        let mut found = self.settings.occurrences().iter();
        found.any(|it| it.place == Place::Top && keys.contains(&it.member.key.as_str()) && !is_added(it.member))
    }

    /// Says what to fix before anything is put in place; returns whether there is something to put in place.
    fn mend(&mut self) -> bool {
        let verdict = self.report.verdict();
        if self.report.foreign.is_some() || verdict.is_unread {
            self.step("Paste a daemon.json", "There is nothing here to put in place yet.", &[]);
            return false;
        }
        let title = match verdict.severity() {
            Some(Severity::Error) => "Fix the errors first",
            _ if verdict.runs_nothing => "Fix the warnings first",
            _ => return true,
        };
        let sentence = verdict.sentence();
        self.step(title, sentence, &[]);
        true
    }

    // ── the distribution's or Docker's own package ──

    fn package(&mut self) {
        self.validate();
        self.step(
            "Keep the old file",
            "So that there is a way back. Where there is none yet, go on.",
            &["sudo cp /etc/docker/daemon.json /etc/docker/daemon.json.before"],
        );
        self.step(
            "Put the new one in its place",
            "By custom anyone can read a daemon.json: keep passwords out of it.",
            &["sudo install -D -m 644 daemon.json /etc/docker/daemon.json"],
        );
        self.free_the_unit();
        self.let_packets_through();
        self.move_data();
        self.step(
            "Restart the daemon",
            format!(
                "{RESTART_STOPS} Without systemd it is `sudo service docker restart`, on Alpine `sudo rc-service docker restart`."
            ),
            &["sudo systemctl restart docker"],
        );
        self.recreate();
        let mut lines =
            vec!["journalctl -u docker -n 30", "sudo mv /etc/docker/daemon.json.before /etc/docker/daemon.json"];
        if self.frees_the_unit() {
            lines.push("sudo rm /etc/systemd/system/docker.service.d/daemon-json.conf");
            lines.push("sudo systemctl daemon-reload");
        }
        lines.push("sudo systemctl restart docker");
        self.step(
            "If it does not start",
            "The log says why. With the old file back in its place the daemon is what it was; where there was none, remove the new one.",
            &lines,
        );
    }

    fn package_rootless(&mut self) {
        self.validate();
        self.step(
            "Keep the old file",
            "So that there is a way back. Where there is none yet, go on.",
            &["cp ~/.config/docker/daemon.json ~/.config/docker/daemon.json.before"],
        );
        self.step(
            "Put the new one in its place",
            "A rootless daemon reads the file of its user; with XDG_CONFIG_HOME set, in that directory.",
            &["install -D -m 644 daemon.json ~/.config/docker/daemon.json"],
        );
        self.let_packets_through();
        self.move_data();
        self.step("Restart your daemon", RESTART_STOPS, &["systemctl --user restart docker"]);
        self.recreate();
        self.step(
            "If it does not start",
            "The log says why. With the old file back in its place the daemon is what it was; where there was none, remove the new one.",
            &[
                "journalctl --user -u docker -n 30",
                "mv ~/.config/docker/daemon.json.before ~/.config/docker/daemon.json",
                "systemctl --user restart docker",
            ],
        );
    }

    fn validate(&mut self) {
        if self.request.engine >= Engine::new(23, 0, 0) {
            self.step(
                "Let the daemon check it",
                "It looks at syntax, keys and values. Address pools, drivers and log options are tried only when it starts.",
                &["dockerd --validate --config-file=daemon.json"],
            );
        }
    }

    /// Whether a flag of the unit gives what the file sets.
    fn frees_the_unit(&self) -> bool {
        self.sets(&["hosts", "containerd"])
    }

    /// Source: moby `contrib/init/systemd/docker.service`; docs.docker.com, *Configure remote access for Docker daemon*.
    fn free_the_unit(&mut self) {
        let flags = match (self.sets(&["hosts"]), self.sets(&["containerd"])) {
            (false, false) => return,
            (true, false) => " --containerd=/run/containerd/containerd.sock",
            (false, true) => " -H fd://",
            (true, true) => "",
        };
        let drop_in = format!(
            r"printf '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd{flags}\n' | sudo tee /etc/systemd/system/docker.service.d/daemon-json.conf"
        );
        self.step(
            "Take the flag out of the unit",
            "Most units give `-H fd://` and `--containerd` as flags, and the daemon refuses what is given twice. Where the first command shows no such flag, go on; otherwise keep the path of dockerd that it shows.",
            &[
                "systemctl cat docker.service",
                "sudo mkdir -p /etc/systemd/system/docker.service.d",
                &drop_in,
                "sudo systemctl daemon-reload",
            ],
        );
    }

    /// Source: moby `daemon/libnetwork/drivers/bridge/setup_ip_forwarding.go`, `checkIPv4Forwarding`.
    fn let_packets_through(&mut self) {
        let has_nftables = self.settings.text("firewall-backend").is_some_and(|it| it.value == "nftables");
        let is_unchecked = self.settings.bool("ip-forward").is_some_and(|it| !it.value);
        if !has_nftables || is_unchecked || self.request.host.rootless {
            return;
        }
        let ipv6 = match self.settings.is_true("ipv6") {
            true => r"net.ipv6.conf.all.forwarding=1\n",
            false => "",
        };
        let line = format!(r"printf 'net.ipv4.ip_forward=1\n{ipv6}' | sudo tee /etc/sysctl.d/90-docker.conf");
        self.step(
            "Let the kernel forward packets",
            "With nftables the daemon does not switch that on by itself, and does not start while it is off.",
            &[&line, "sudo sysctl --system"],
        );
    }

    // ── flags ──

    /// `systemctl` as the user who runs the daemon calls it.
    fn systemctl(&self, command: &str) -> String {
        let systemctl = if self.request.host.rootless { "systemctl --user " } else { "sudo systemctl " };
        [systemctl, command].concat()
    }

    fn free_the_file(&mut self) {
        let file = match self.request.host.rootless {
            true => "cat ~/.config/docker/daemon.json",
            false => "cat /etc/docker/daemon.json",
        };
        self.step(
            "Take out of daemon.json what the flags say",
            "The daemon refuses what is given both as a flag and in its file. Where there is no file, go on.",
            &[file],
        );
    }

    fn drop_in(&mut self) {
        let (show, install, remove, log) = match self.request.host.rootless {
            true => (
                "systemctl --user cat docker.service",
                "install -D -m 644 override.conf ~/.config/systemd/user/docker.service.d/override.conf",
                "rm ~/.config/systemd/user/docker.service.d/override.conf",
                "journalctl --user -u docker -n 30",
            ),
            false => (
                "systemctl cat docker.service",
                "sudo install -D -m 644 override.conf /etc/systemd/system/docker.service.d/override.conf",
                "sudo rm /etc/systemd/system/docker.service.d/override.conf",
                "journalctl -u docker -n 30",
            ),
        };
        self.step(
            "Look at the command of the unit",
            "The drop-in takes its place: keep the path of dockerd that it shows, and flags that the drop-in lacks.",
            &[show],
        );
        self.free_the_file();
        self.step(
            "Put the drop-in in its place",
            "It is the file that `systemctl edit docker` writes to: keep a copy of what is there.",
            &[install],
        );
        self.let_packets_through();
        self.move_data();
        let (reload, restart) = (self.systemctl("daemon-reload"), self.systemctl("restart docker"));
        self.step("Restart the daemon", RESTART_STOPS, &[&reload, &restart]);
        self.recreate();
        self.step(
            "If it does not start",
            "The log says why. Without the drop-in the daemon is what it was.",
            &[log, remove, &reload, &restart],
        );
    }

    fn by_hand(&mut self) {
        if self.request.engine >= Engine::new(23, 0, 0) {
            self.step(
                "Let the daemon check them",
                "It looks at flags and values, and at daemon.json beside them. Address pools, drivers and log options are tried only when it starts.",
                &["sed '1s/dockerd[^ ]*/dockerd --validate/' dockerd.sh | sh"],
            );
        }
        self.free_the_file();
        self.let_packets_through();
        self.move_data();
        let stop = match self.request.host.rootless {
            true => self.systemctl("stop docker"),
            false => self.systemctl("stop docker.socket docker"),
        };
        self.step("Stop the daemon that runs", RESTART_STOPS, &[&stop]);
        let start = if self.request.host.rootless { "sh dockerd.sh" } else { "sudo sh dockerd.sh" };
        self.step("Start it with these flags", "It runs in the terminal until Ctrl+C.", &[start]);
        self.recreate();
        let restart = self.systemctl("start docker");
        self.step(
            "If it does not start",
            "The terminal says why. Started by its unit, the daemon is what it was.",
            &[&restart],
        );
    }

    // ── Docker Desktop and the snap ──

    fn desktop(&mut self) {
        self.step(
            "Open Settings › Docker Engine",
            "The text there is the daemon.json of Docker Desktop: `~/.docker/daemon.json`, on Windows below %USERPROFILE%. Keep a copy of it: that is the way back.",
            &[],
        );
        self.step("Replace the text", "Keep settings that are only in the old text, such as `builder.gc`.", &[]);
        self.step(
            "Select Apply",
            format!("Older versions call it Apply & restart. The Engine restarts. {RESTART_STOPS}"),
            &[],
        );
        self.recreate();
        self.step(
            "If it does not start",
            "Quit Docker Desktop, put the old text back into its daemon.json, and start it again. Resetting to factory defaults is not needed, and deletes images, containers and volumes.",
            &[],
        );
    }

    fn snap(&mut self) {
        let keep = format!("sudo cp {SNAP_FILE} {SNAP_FILE}.before");
        let put = format!("sudo install -m 644 daemon.json {SNAP_FILE}");
        let back = format!("sudo mv {SNAP_FILE}.before {SNAP_FILE}");
        self.step("Keep the old file", "The snap has its own; /etc/docker/daemon.json is out of its reach.", &[&keep]);
        self.step(
            "Put the new one in its place",
            "Files that it names must lie where the snap may read: in /var/snap/docker, or below a home directory.",
            &[&put],
        );
        self.move_data();
        self.step("Restart the daemon", RESTART_STOPS, &["sudo snap restart docker"]);
        self.recreate();
        self.step(
            "If it does not start",
            "The log says why. With the old file back in its place the daemon is what it was.",
            &["sudo snap logs -n 30 docker.dockerd", &back, "sudo snap restart docker"],
        );
    }

    // ── NixOS ──

    fn nixos(&mut self, form: NixForm) {
        let is_rootless = form == NixForm::Rootless;
        let flake = match form {
            NixForm::Flake => " --flake /etc/nixos#myhost",
            _ => "",
        };
        match form {
            // Only a module knows `lib`, by which another group is set.
            NixForm::Settings if self.sets(&["group"]) => self.step(
                "Put it into your configuration",
                "As the value of `virtualisation.docker.daemon.settings`, in a module that takes `lib`.",
                &["virtualisation.docker.enable = true;"],
            ),
            NixForm::Settings => self.step(
                "Put it into your configuration",
                "As the value of this option, or as a file of its own.",
                &[
                    "virtualisation.docker.enable = true;",
                    "virtualisation.docker.daemon.settings = import ./daemon-settings.nix;",
                ],
            ),
            NixForm::Flake => self.step(
                "Save it beside your configuration",
                "As flake.nix. Set the name of your host and its system; to a flake you have, add the module only.",
                &["/etc/nixos/flake.nix"],
            ),
            NixForm::Rootless => {
                self.step(
                    "Save it beside your configuration",
                    "As docker-rootless.nix, in the directory of configuration.nix.",
                    &["/etc/nixos/docker-rootless.nix"],
                );
                self.step(
                    "Import it",
                    "Add it to the imports of configuration.nix. With `virtualisation.docker.enable` set as well, two kinds of daemon run.",
                    &["imports = [ ./docker-rootless.nix ];"],
                );
            }
            NixForm::Module | NixForm::FlyingCircus => {
                self.step(
                    "Save it beside your configuration",
                    "As docker.nix, in the directory of configuration.nix.",
                    &["/etc/nixos/docker.nix"],
                );
                self.step("Import it", "Add it to the imports of configuration.nix.", &["imports = [ ./docker.nix ];"]);
            }
        }
        let build = format!("nixos-rebuild build{flake}");
        self.step("Build it", "Nothing changes yet: a mistake in the Nix shows now.", &[&build]);
        self.switch(is_rootless, flake);
        self.roll_back(is_rootless);
    }

    /// From a configuration that was built to the daemon that runs with it.
    fn switch(&mut self, is_rootless: bool, flake: &str) {
        if !is_rootless {
            self.move_data();
        }
        let explanation = match is_rootless {
            true => "A rebuild restarts no user's daemon.",
            false => SWITCH_RESTARTS,
        };
        let switch = format!("sudo nixos-rebuild switch{flake}");
        self.step("Switch to it", explanation, &[&switch]);
        if is_rootless {
            self.move_data();
            self.step(
                "Restart your daemon",
                "Each user does, with commands of their own. Running containers stop. DOCKER_HOST is set at the next login.",
                &[
                    "systemctl --user daemon-reload",
                    "systemctl --user restart docker",
                ],
            );
        }
        self.recreate();
    }

    fn roll_back(&mut self, is_rootless: bool) {
        let log = match is_rootless {
            true => "journalctl --user -u docker -n 30",
            false => "journalctl -u docker -n 30",
        };
        self.step(
            "If it does not start",
            "The log says why. The previous generation is still there.",
            &[log, "sudo nixos-rebuild switch --rollback"],
        );
    }

    /// What NixOS writes by itself: there is nothing to put in place.
    fn effective(&mut self) {
        let is_rootless = self.request.host.rootless;
        self.step(
            "Build your configuration",
            "NixOS writes this file by itself and starts dockerd with it. Nothing changes yet: a mistake in the Nix shows now.",
            &["nixos-rebuild build"],
        );
        self.switch(is_rootless, "");
        let user = if is_rootless { "--user " } else { "" };
        let cat = format!("cat $(systemctl {user}cat docker | grep -o '/nix/store/[^ ]*-daemon.json')");
        self.step("Compare it", "This shows the file that the daemon of the machine reads.", &[&cat]);
        self.roll_back(is_rootless);
    }

    fn flying_circus(&mut self) {
        if self.sets(&["storage-driver"]) {
            self.step(
                "See which storage driver is in use",
                "Images and containers of another driver are out of sight after the switch; volumes stay.",
                &["docker info | grep Storage"],
            );
            self.step(
                "Clean up before you change the driver",
                "What the old driver stored stays in /var/lib/docker, and nothing removes it later.",
                &["docker rm $(docker ps -aq)", "docker rmi $(docker images -q)"],
            );
        }
        self.step(
            "Save it on the machine",
            "The platform imports every file of that directory.",
            &["/etc/local/nixos/docker.nix"],
        );
        self.move_data();
        self.step("Switch to it", SWITCH_RESTARTS, &["sudo fc-manage switch"]);
        self.recreate();
        self.step(
            "If it does not start",
            "The log says why. Without the file the daemon is what it was.",
            &["journalctl -u docker -n 30"],
        );
    }

    // ── what is the same nearly everywhere ──

    /// Copies the daemon's data to another `data-root`.
    fn move_data(&mut self) {
        let is_rootless = match self.form {
            Form::Nix(form) => form == NixForm::Rootless,
            Form::Json(setup) => setup == Setup::Package && self.request.host.rootless,
            Form::Flags(_) | Form::Effective => self.request.host.rootless,
        };
        let is_snap = self.form == Form::Json(Setup::Snap);
        let old = match (is_rootless, is_snap) {
            (true, _) => ROOTLESS_DATA,
            (_, true) => SNAP_DATA,
            _ => DATA,
        };
        let Some(root) = self.settings.text("data-root").map(|it| it.value) else {
            return;
        };
        let root = root.trim_end_matches('/');
        if root.is_empty() || root == old {
            return;
        }
        let mut explanation = String::from(
            "In the new directory the daemon starts empty: copy the old one first to keep images, containers and volumes. With `live-restore` containers run on while the daemon is stopped, and write into what is copied: stop them first.",
        );
        let keeps_containerd = matches!(self.form, Form::Json(Setup::Package) | Form::Flags(_)) && !is_rootless;
        let store = ImageStore::of(&self.settings, self.request.engine);
        if keeps_containerd && store.is_containerd_on_a_fresh_host() {
            // Where containerd is a service of its own, its root is none of the daemon's.
            explanation.push_str(" Images that containerd keeps lie in /var/lib/containerd and stay there.");
        }
        let word = root.starts_with('/').then(|| shell::word(root)).flatten();
        let Some(to) = word else {
            explanation.push_str(" Its name is not safe to paste into a terminal, so there is no command here.");
            self.step("Move the data", explanation, &[]);
            return;
        };
        // A directory within the old one is not copied into itself.
        let within = root.strip_prefix(old).and_then(|it| it.strip_prefix('/'));
        let within = within.and_then(|it| it.split('/').next());
        let excluded = within.and_then(|it| shell::word(&["/", it].concat()));
        let excluded = excluded.map(|it| format!(" --exclude {it}")).unwrap_or_default();
        let copy = format!("rsync -aHAX{excluded} {old}/ {to}/");
        let lines = match (is_rootless, self.form) {
            (true, form) => {
                explanation
                    .push_str(" Its files belong to users of the daemon's own, so that rootlesskit has to copy them.");
                let copy = format!("rootlesskit {copy}");
                let copy = match form {
                    Form::Nix(_) | Form::Effective => {
                        format!("nix-shell -p rootlesskit rsync --run {}", shell::word(&copy).unwrap_or_default())
                    }
                    Form::Json(_) | Form::Flags(_) => copy,
                };
                vec![
                    STOP_CONTAINERS.to_owned(),
                    "systemctl --user stop docker".to_owned(),
                    format!("mkdir -p {to}"),
                    copy,
                ]
            }
            (false, Form::Json(Setup::Snap)) => {
                explanation.push_str(
                    " Outside of /var/snap/docker the snap reaches home directories only, and with the interface `removable-media` what is below /media and /mnt.",
                );
                vec![
                    ["sudo ", STOP_CONTAINERS].concat(),
                    "sudo snap stop docker".to_owned(),
                    format!("sudo mkdir -p {to}"),
                    format!("sudo {copy}"),
                    format!("sudo snap set docker data-root={to}"),
                ]
            }
            (false, _) => vec![
                ["sudo ", STOP_CONTAINERS].concat(),
                "sudo systemctl stop docker.socket docker".to_owned(),
                format!("sudo mkdir -p {to}"),
                format!("sudo {copy}"),
            ],
        };
        self.found.push(Step { title: "Move the data", explanation, lines });
    }

    /// Networks and containers that keep the settings they were made with.
    fn recreate(&mut self) {
        if self.sets(&["default-address-pools", "default-network-opts"]) {
            self.step(
                "Make the networks anew",
                "Networks that exist keep their subnets; only the default bridge follows at once.",
                &["docker network ls", "docker compose down", "docker compose up -d"],
            );
        }
        if self.sets(&["log-driver", "log-opts"]) {
            self.step(
                "Make the containers anew",
                "Containers that exist keep the log driver and options they were made with.",
                &["docker compose up -d --force-recreate"],
            );
        }
    }
}

/// All containers that run; where none does, nothing.
const STOP_CONTAINERS: &str = r#"sh -c 'docker ps -q | xargs -r docker stop'"#;

const RESTART_STOPS: &str = "Running containers stop, unless the daemon that runs now has `live-restore` set.";

const SWITCH_RESTARTS: &str =
    "The daemon restarts when its settings changed; running containers stop, unless `live-restore` is set.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{analyze, daemon::print::TARGETS};

    fn request(text: &str, rootless: bool) -> Request {
        let mut request = Request::of(text);
        request.host.rootless = rootless;
        request
    }

    fn steps(request: &Request, target: &str) -> Vec<Step> {
        let target = Target::find(target).expect("a target");
        target.steps(request, &analyze(request))
    }

    /// Everything to be typed, a line each.
    fn lines(text: &str, target: &str, rootless: bool) -> Vec<String> {
        let steps = steps(&request(text, rootless), target);
        steps.into_iter().flat_map(|it| it.lines).collect()
    }

    #[track_caller]
    fn assert_types(text: &str, target: &str, rootless: bool, expected: &[&str]) {
        let lines = lines(text, target, rootless);
        for it in expected {
            assert!(lines.iter().any(|line| line == it), "{it}\n{lines:#?}");
        }
    }

    #[test]
    fn fit_the_configuration() {
        let titles = |text: &str, target: &str, engine: u8| -> Vec<&str> {
            let mut request = Request::of(text);
            request.engine = Engine::latest_of(engine).expect("an Engine");
            steps(&request, target).iter().map(|it| it.title).collect()
        };
        let (validate, networks) = ("Let the daemon check it", "Make the networks anew");
        assert!(titles("{}", "daemon-json", 29).contains(&validate));
        assert!(!titles("{}", "daemon-json", 20).contains(&validate));
        assert!(!titles("{}", "daemon-json", 29).contains(&networks));
        let pools = r#"{"default-address-pools": []}"#;
        for target in TARGETS {
            assert!(titles(pools, target.id, 29).contains(&networks), "{}", target.id);
            assert!(titles("{}", target.id, 29).len() >= 3, "{}", target.id);
        }
    }

    #[test]
    fn what_nixos_adds_needs_no_step() {
        for (text, wants) in [
            ("{ virtualisation.docker.enable = true; }", false),
            ("{ virtualisation.docker.rootless.enable = true; }", false),
            ("{ virtualisation.docker = { enable = true; logDriver = \"local\"; }; }", true),
            ("{ virtualisation.docker.daemon.settings.log-opts.tag = \"a\"; }", true),
        ] {
            let request = Request { dialect: &crate::daemon::dialect::NIXOS, ..Request::of(text) };
            for target in ["nixos-module", "nixos-effective", "nix-settings"] {
                let steps = steps(&request, target);
                assert_eq!(steps.iter().any(|it| it.title == "Make the containers anew"), wants, "{text} {target}");
                assert!(steps.iter().all(|it| !it.explanation.contains("`lib`")), "{text} {target}");
            }
        }
    }

    #[test]
    fn a_rootless_daemon_needs_no_root_and_has_its_own_directories() {
        let text = r#"{"data-root": "/srv/docker", "log-driver": "local", "default-address-pools": []}"#;
        for line in lines(text, "daemon-json", true) {
            for it in ["sudo", "/var/lib/docker", "/etc/docker"] {
                assert!(!line.contains(it), "{line}");
            }
        }
        assert_types(
            text,
            "daemon-json",
            true,
            &[
                "sh -c 'docker ps -q | xargs -r docker stop'",
                "systemctl --user stop docker",
                "rootlesskit rsync -aHAX ~/.local/share/docker/ /srv/docker/",
                "systemctl --user restart docker",
            ],
        );
        assert_types(
            text,
            "nixos-rootless",
            false, // the target says it
            &[
                "nix-shell -p rootlesskit rsync --run 'rootlesskit rsync -aHAX ~/.local/share/docker/ /srv/docker/'",
                "systemctl --user restart docker",
                "sudo nixos-rebuild switch",
            ],
        );
    }

    #[test]
    fn the_data_root_stands_in_the_commands_and_can_do_no_harm() {
        for (root, line) in [
            ("/srv/docker", "sudo rsync -aHAX /var/lib/docker/ /srv/docker/"),
            ("/srv/docker/", "sudo rsync -aHAX /var/lib/docker/ /srv/docker/"),
            ("/srv/my docker", "sudo rsync -aHAX /var/lib/docker/ '/srv/my docker'/"),
            ("/srv/$(reboot)", "sudo rsync -aHAX /var/lib/docker/ '/srv/$(reboot)'/"),
        ] {
            let text = format!(r#"{{"data-root": "{root}"}}"#);
            for target in
                ["daemon-json", "nixos-module", "nixos-effective", "nix-settings", "nix-flake", "flying-circus"]
            {
                assert_types(&text, target, false, &[line]);
            }
        }
        for root in ["/var/lib/docker", "/var/lib/docker/", "", r"/srv/\u0003reboot", r"/srv/a\nreboot", "srv"] {
            let text = format!(r#"{{"data-root": "{root}"}}"#);
            let lines = lines(&text, "daemon-json", false);
            assert!(!lines.iter().any(|it| it.contains("rsync")), "{root}");
        }
        for (text, rootless) in [("{}", false), (r#"{"data-root": "/srv/docker"}"#, true)] {
            for target in TARGETS {
                for line in lines(text, target.id, rootless) {
                    assert!(!line.contains("NEW-"), "{line}");
                }
            }
        }
    }

    #[test]
    fn a_directory_is_not_copied_into_itself() {
        assert_types(
            r#"{"data-root": "/var/lib/docker/big disk/docker"}"#,
            "daemon-json",
            false,
            &["sudo rsync -aHAX --exclude '/big disk' /var/lib/docker/ '/var/lib/docker/big disk/docker'/"],
        );
    }

    #[test]
    fn each_packaging_has_its_own_way() {
        let text = r#"{"data-root": "/home/me/docker"}"#;
        assert_types(
            text,
            "snap",
            false,
            &[
                "sudo install -m 644 daemon.json /var/snap/docker/current/config/daemon.json",
                "sudo snap set docker data-root=/home/me/docker",
                "sudo snap restart docker",
            ],
        );
        let steps = steps(&request(text, false), "docker-desktop");
        assert_eq!(steps[0].title, "Open Settings › Docker Engine");
        assert!(steps.iter().all(|it| it.lines.is_empty()));
    }

    #[test]
    fn the_unit_and_the_kernel_are_made_ready() {
        assert_types(
            r#"{"hosts": ["unix:///var/run/docker.sock"]}"#,
            "daemon-json",
            false,
            &[
                r"printf '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd --containerd=/run/containerd/containerd.sock\n' | sudo tee /etc/systemd/system/docker.service.d/daemon-json.conf",
            ],
        );
        assert_types(
            r#"{"firewall-backend": "nftables", "ipv6": true}"#,
            "daemon-json",
            false,
            &[
                r"printf 'net.ipv4.ip_forward=1\nnet.ipv6.conf.all.forwarding=1\n' | sudo tee /etc/sysctl.d/90-docker.conf",
            ],
        );
        assert!(!lines("{}", "daemon-json", false).iter().any(|it| it.contains("tee")));
    }

    #[test]
    fn what_must_be_mended_comes_first() {
        for (text, title, explanation, goes_on) in [
            ("{\"debgu\": true}", "Fix the errors first", "The daemon refuses this file: 1 error.", true),
            (
                "{\"log-driver\": \"jsonfile\"}",
                "Fix the warnings first",
                "The daemon starts, but no container will: 1 warning.",
                true,
            ),
            (
                "services:\n  web:\n    image: nginx\n",
                "Paste a daemon.json",
                "There is nothing here to put in place yet.",
                false,
            ),
        ] {
            for target in TARGETS {
                let steps = steps(&Request::of(text), target.id);
                assert_eq!((steps[0].title, &*steps[0].explanation), (title, explanation));
                assert_eq!(steps.len() > 1, goes_on, "{text}");
            }
        }
    }
}
