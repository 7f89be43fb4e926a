//! What can a configuration be printed for, and how is the result put in place?

use super::nixos::Form as NixForm;
use crate::{Engine, Report, Request, document::Document};

/// The notation of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "lowercase")
)]
pub enum Dialect {
    /// JSON.
    Json,
    /// Nix.
    Nix,
}

/// Something a configuration can be printed for.
#[derive(Debug)]
pub struct Target {
    /// Its name in links and on the command line; once released it stays.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The name of the file it is saved as.
    pub file: &'static str,
    /// What it is for, in one line.
    pub description: &'static str,
    pub(super) form: Form,
    steps: &'static [Step],
}

/// How a target is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    DaemonJson,
    Nix(NixForm),
}

/// One step of putting a printed file in place.
#[derive(Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Step {
    /// What it does, in the imperative.
    pub title: &'static str,
    /// What to know, in sentences.
    pub explanation: &'static str,
    /// What to type, or to write into a file.
    pub lines: &'static [&'static str],
    #[cfg_attr(feature = "serde", serde(skip))]
    when: When,
}

/// Which configurations need a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Always,
    /// The Engine is this or younger.
    Since(Engine),
    Rootful,
    Rootless,
    /// One of these top-level keys is set.
    Sets(&'static [&'static str]),
}

impl Target {
    /// The target of this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|it| it.id == id)
    }

    /// The notation it is printed in.
    pub fn dialect(&self) -> Dialect {
        match self.form {
            Form::DaemonJson => Dialect::Json,
            Form::Nix(_) => Dialect::Nix,
        }
    }

    /// The steps that put the printed file in place, in order.
    pub fn steps(&self, request: &Request, report: &Report) -> Vec<&'static Step> {
        let needed = |it: &&Step| it.when.holds(request, &report.document);
        self.steps.iter().filter(needed).collect()
    }
}

impl When {
    fn holds(self, request: &Request, document: &Document) -> bool {
        match self {
            Self::Always => true,
            Self::Since(engine) => engine <= request.engine,
            Self::Rootful => !request.host.rootless,
            Self::Rootless => request.host.rootless,
            Self::Sets(keys) => {
                let mut members = document.root.members().iter();
                members.any(|it| keys.contains(&it.key.as_str()))
            }
        }
    }
}

const fn step(
    title: &'static str,
    explanation: &'static str,
    lines: &'static [&'static str],
) -> Step {
    Step {
        title,
        explanation,
        lines,
        when: When::Always,
    }
}

impl Step {
    const fn when(self, when: When) -> Self {
        Self { when, ..self }
    }
}

/// Every target, the likeliest first.
pub static TARGETS: &[Target] = &[
    Target {
        id: "nixos-module",
        title: "NixOS module",
        file: "docker.nix",
        description: "A file to import in configuration.nix, with the options NixOS has for Docker.",
        form: Form::Nix(NixForm::Module),
        steps: &[
            step(
                "Save it beside your configuration",
                "As docker.nix, in the directory of configuration.nix.",
                &["/etc/nixos/docker.nix"],
            ),
            step(
                "Import it",
                "Add it to the imports of configuration.nix.",
                &["imports = [ ./docker.nix ];"],
            ),
            MOVE_DATA,
            BUILD_NIXOS,
            SWITCH_NIXOS,
            RECREATE_NETWORKS,
            RECREATE_CONTAINERS,
            ROLL_BACK_NIXOS,
        ],
    },
    Target {
        id: "daemon-json",
        title: "daemon.json",
        file: "daemon.json",
        description: "The file the daemon reads on every distribution but NixOS.",
        form: Form::DaemonJson,
        steps: &[
            step(
                "Let the daemon check it",
                "It looks at syntax, keys and values. Address pools, drivers and log options are tried only when it starts.",
                &["dockerd --validate --config-file=daemon.json"],
            )
            .when(When::Since(Engine::new(23, 0, 0))),
            step(
                "Keep the old file",
                "So that there is a way back. Where there is none yet, go on.",
                &["sudo cp /etc/docker/daemon.json /etc/docker/daemon.json.before"],
            )
            .when(When::Rootful),
            step(
                "Put the new one in its place",
                "A daemon.json is readable for everyone by custom: keep passwords out of it.",
                &["sudo install -m 644 daemon.json /etc/docker/daemon.json"],
            )
            .when(When::Rootful),
            MOVE_DATA,
            step(
                "Restart the daemon",
                "Running containers stop, unless the daemon that runs now has `live-restore` set.",
                &["sudo systemctl restart docker"],
            )
            .when(When::Rootful),
            step(
                "Put it into your home",
                "The daemon of a user reads its own file.",
                &["install -D -m 644 daemon.json ~/.config/docker/daemon.json"],
            )
            .when(When::Rootless),
            step(
                "Restart your daemon",
                "Running containers stop, unless the daemon that runs now has `live-restore` set.",
                &["systemctl --user restart docker"],
            )
            .when(When::Rootless),
            RECREATE_NETWORKS,
            RECREATE_CONTAINERS,
            step(
                "If it does not start",
                "The log says why. With the old file back in its place the daemon is what it was.",
                &[
                    "journalctl -u docker -n 30",
                    "sudo mv /etc/docker/daemon.json.before /etc/docker/daemon.json",
                    "sudo systemctl restart docker",
                ],
            )
            .when(When::Rootful),
            step(
                "If it does not start",
                "The log says why.",
                &["journalctl --user -u docker -n 30"],
            )
            .when(When::Rootless),
        ],
    },
    Target {
        id: "nix-settings",
        title: "Nix attribute set",
        file: "daemon-settings.nix",
        description: "The bare settings, for `virtualisation.docker.daemon.settings` in a configuration you have.",
        form: Form::Nix(NixForm::Settings),
        steps: &[
            step(
                "Put it into your configuration",
                "As the value of this option, or as a file of its own.",
                &[
                    "virtualisation.docker.enable = true;",
                    "virtualisation.docker.daemon.settings = import ./daemon-settings.nix;",
                ],
            ),
            MOVE_DATA,
            BUILD_NIXOS,
            SWITCH_NIXOS,
            RECREATE_NETWORKS,
            RECREATE_CONTAINERS,
            ROLL_BACK_NIXOS,
        ],
    },
    Target {
        id: "nix-flake",
        title: "NixOS flake",
        file: "flake.nix",
        description: "A flake with the module and a host that uses it.",
        form: Form::Nix(NixForm::Flake),
        steps: &[
            step(
                "Save it beside your configuration",
                "As flake.nix. Set the name of your host and its system; to a flake you have, add the module only.",
                &["/etc/nixos/flake.nix"],
            ),
            MOVE_DATA,
            step(
                "Build it",
                "Nothing changes yet: a mistake in the Nix shows now.",
                &["nixos-rebuild build --flake /etc/nixos#myhost"],
            ),
            step(
                "Switch to it",
                SWITCH_NIXOS.explanation,
                &["sudo nixos-rebuild switch --flake /etc/nixos#myhost"],
            ),
            RECREATE_NETWORKS,
            RECREATE_CONTAINERS,
            ROLL_BACK_NIXOS,
        ],
    },
    Target {
        id: "nixos-rootless",
        title: "NixOS, rootless",
        file: "docker-rootless.nix",
        description: "A module for the daemon that every user runs for themselves.",
        form: Form::Nix(NixForm::Rootless),
        steps: &[
            step(
                "Save it beside your configuration",
                "As docker-rootless.nix, in the directory of configuration.nix.",
                &["/etc/nixos/docker-rootless.nix"],
            ),
            step(
                "Import it",
                "Add it to the imports of configuration.nix. With `virtualisation.docker.enable` set as well, two kinds of daemon run.",
                &["imports = [ ./docker-rootless.nix ];"],
            ),
            BUILD_NIXOS,
            step(
                "Switch to it",
                "NixOS starts no daemon of a user anew.",
                &["sudo nixos-rebuild switch"],
            ),
            step(
                "Restart your daemon",
                "Your running containers stop. DOCKER_HOST is set when you log in the next time.",
                &["systemctl --user daemon-reload", "systemctl --user restart docker"],
            ),
            RECREATE_NETWORKS,
            RECREATE_CONTAINERS,
            step(
                ROLL_BACK_NIXOS.title,
                ROLL_BACK_NIXOS.explanation,
                &[
                    "journalctl --user -u docker -n 30",
                    "sudo nixos-rebuild switch --rollback",
                ],
            ),
        ],
    },
    Target {
        id: "flying-circus",
        title: "Flying Circus",
        file: "docker.nix",
        description: "A file for /etc/local/nixos on a machine with the Docker role.",
        form: Form::Nix(NixForm::FlyingCircus),
        steps: &[
            step(
                "See which storage driver is in use",
                "Images and containers of another driver are out of sight after the switch; volumes stay.",
                &["docker info | grep Storage"],
            )
            .when(When::Sets(&["storage-driver"])),
            step(
                "Clean up before you change the driver",
                "What the old driver stored stays in /var/lib/docker, and nothing removes it later.",
                &["docker rm $(docker ps -aq)", "docker rmi $(docker images -q)"],
            )
            .when(When::Sets(&["storage-driver"])),
            step(
                "Save it on the machine",
                "The platform imports every file of that directory.",
                &["/etc/local/nixos/docker.nix"],
            ),
            step(
                "Switch to it",
                "The daemon restarts when its settings changed; running containers stop, unless `live-restore` is set.",
                &["sudo fc-manage switch"],
            ),
            RECREATE_NETWORKS,
            RECREATE_CONTAINERS,
        ],
    },
];

const MOVE_DATA: Step = step(
    "Move the data",
    "Images, containers and volumes stay where they are: in the new directory the daemon starts empty. Copy the old one first to keep them.",
    &["sudo systemctl stop docker.socket docker", "sudo rsync -aHAX /var/lib/docker/ NEW-DATA-ROOT/"],
)
.when(When::Sets(&["data-root"]));

const BUILD_NIXOS: Step = step(
    "Build it",
    "Nothing changes yet: a mistake in the Nix shows now.",
    &["nixos-rebuild build"],
);

const SWITCH_NIXOS: Step = step(
    "Switch to it",
    "The daemon restarts when its settings changed; running containers stop, unless `live-restore` is set.",
    &["sudo nixos-rebuild switch"],
);

const RECREATE_NETWORKS: Step = step(
    "Make the networks anew",
    "Networks that exist keep their subnets; only the default bridge follows at once.",
    &[
        "docker network ls",
        "docker compose down && docker compose up -d",
    ],
)
.when(When::Sets(&[
    "default-address-pools",
    "default-network-opts",
]));

const RECREATE_CONTAINERS: Step = step(
    "Make the containers anew",
    "Containers that exist keep the log driver and options they were made with.",
    &["docker compose up -d --force-recreate"],
)
.when(When::Sets(&["log-driver", "log-opts"]));

const ROLL_BACK_NIXOS: Step = step(
    "If it does not start",
    "The log says why. The generation before is still there.",
    &[
        "journalctl -u docker -n 30",
        "sudo nixos-rebuild switch --rollback",
    ],
);
