//! Containers written down, held against those who read them: nixfmt, Nix, a shell.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "real programs are asked")]

use std::{collections::HashSet, fs, os::unix::fs::PermissionsExt, process::Command};

mod evaluation;

use drydock::{
    compose,
    containers::{
        model::*,
        print::{self, Backend, Choices, Notation, Printed, Secrets, TARGETS, Target},
        told::Fate,
    },
    docker::host::{RELEASES, Release},
    text::Span,
};
use evaluation::{evaluated, temporary};
use granit_parser::{Event, Parser, ScalarStyle};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use serde_json::{Value as Json, json};

#[track_caller]
fn printed(project: &Project, choices: &Choices, target: &str) -> Printed {
    print::print(project, choices, Target::find(target).expect("a target"))
}

/// Gives each fact a span of its own.
#[derive(Default)]
struct Places(usize);

impl Places {
    fn at<T>(&mut self, value: T) -> At<T> {
        self.0 += 10;
        At::new(value, Span::new(self.0, self.0 + 1))
    }
}

/// A project with something of everything.
fn shop() -> Project {
    let mut it = Places::default();
    let db = Container {
        name: "db".to_owned(),
        span: Span::new(1, 2),
        image: Some(it.at("postgres:16".to_owned())),
        environment: vec![
            it.at(("POSTGRES_PASSWORD".to_owned(), Some("a'b\"c${d}$e\\f".to_owned()))),
            it.at(("PASSED".to_owned(), None)),
        ],
        mounts: vec![
            it.at(Mount {
                kind: MountKind::Volume,
                source: "data".to_owned(),
                target: "/var/lib/postgresql/data".to_owned(),
                ..Mount::default()
            }),
            it.at(Mount {
                source: "./init".to_owned(),
                target: "/docker-entrypoint-initdb.d".to_owned(),
                read_only: true,
                ..Mount::default()
            }),
            it.at(Mount { kind: MountKind::Volume, target: "/cache".to_owned(), ..Mount::default() }),
            it.at(Mount {
                kind: MountKind::Tmpfs,
                target: "/run".to_owned(),
                options: vec!["size=64m".to_owned()],
                ..Mount::default()
            }),
        ],
        networks: vec![it.at(Joined {
            network: "back".to_owned(),
            aliases: vec!["database".to_owned()],
            ipv4: Some("172.28.0.5".to_owned()),
            ..Joined::default()
        })],
        health: Some(it.at(Health {
            test: HealthTest::Words(vec!["pg_isready".to_owned(), "-U".to_owned(), "a b".to_owned()]),
            interval: Some("5s".to_owned()),
            retries: Some(3),
            ..Health::default()
        })),
        restart: Some(it.at(Restart { policy: RestartPolicy::UnlessStopped, ..Restart::default() })),
        stop_timeout: Some(it.at(150)),
        ..Container::default()
    };
    let web = Container {
        name: "web".to_owned(),
        span: Span::new(3, 4),
        image: Some(it.at("ghcr.io/shop/web@sha256:00".to_owned())),
        command: Some(it.at(vec!["serve".to_owned(), "--port=80".to_owned()])),
        entrypoint: Some(it.at(vec!["/init".to_owned(), "-v".to_owned()])),
        ports: vec![
            it.at(Port {
                host_address: "::1".to_owned(),
                host: Some((80, 80)),
                container: (80, 80),
                protocol: "tcp".to_owned(),
            }),
            it.at(Port { host_address: String::new(), host: None, container: (53, 53), protocol: "udp".to_owned() }),
        ],
        networks: vec![
            it.at(Joined { network: "front".to_owned(), ..Joined::default() }),
            it.at(Joined { network: "back".to_owned(), ..Joined::default() }),
        ],
        depends_on: vec![it.at(Dependency {
            on: "db".to_owned(),
            condition: Condition::Healthy,
            is_required: true,
            restarts: true,
        })],
        restart: Some(it.at(Restart { policy: RestartPolicy::OnFailure, attempts: Some(3), ..Restart::default() })),
        log_options: vec![it.at(("max-size".to_owned(), "10m".to_owned()))],
        env_files: vec![it.at(EnvFile { path: ".env".to_owned(), is_required: false })],
        labels: vec![it.at(("traefik.http.routers.web.rule".to_owned(), "Host(`web`)".to_owned()))],
        capabilities: vec![it.at(("NET_ADMIN".to_owned(), true)), it.at(("ALL".to_owned(), false))],
        configs: vec![it.at(Handed {
            source: "site".to_owned(),
            target: Some("/etc/nginx.conf".to_owned()),
            ..Handed::default()
        })],
        secrets: vec![it.at(Handed { source: "token".to_owned(), ..Handed::default() })],
        gpus: vec![it.at("all".to_owned())],
        flags: vec![
            it.at(Given { name: "shm-size", value: Some("64m".to_owned()) }),
            it.at(Given { name: "init", value: None }),
        ],
        ..Container::default()
    };
    let job = Container {
        name: "job".to_owned(),
        span: Span::new(5, 6),
        build: Some(it.at(Build {
            context: "./job".to_owned(),
            target: Some("prod".to_owned()),
            args: vec![("A".to_owned(), Some("b; c".to_owned()))],
            ..Build::default()
        })),
        auto_start: Some(it.at(false)),
        ..Container::default()
    };
    Project {
        name: Some(it.at("shop".to_owned())),
        containers: vec![db, web, job],
        networks: vec![
            Network {
                name: "back".to_owned(),
                span: Span::new(6, 7),
                subnets: vec![it.at(SubnetOf {
                    subnet: "172.28.0.0/16".to_owned(),
                    gateway: Some("172.28.0.1".to_owned()),
                    ..SubnetOf::default()
                })],
                labels: vec![it.at(("a.b".to_owned(), "it's $HOME".to_owned()))],
                ..Network::default()
            },
            Network {
                name: "front".to_owned(),
                span: Span::new(7, 8),
                own_name: Some(it.at("proxy".to_owned())),
                is_external: true,
                ..Network::default()
            },
        ],
        volumes: vec![Volume { name: "data".to_owned(), span: Span::new(8, 9), ..Volume::default() }],
        secrets: vec![HandedFile {
            name: "token".to_owned(),
            span: it.at(()).span,
            from: HandedFrom::File("./token".to_owned()),
        }],
        configs: vec![HandedFile {
            name: "site".to_owned(),
            span: it.at(()).span,
            from: HandedFrom::Content("server {\n  listen 80;\n}\n".to_owned()),
        }],
        missing: vec![Missing {
            name: "VERSION".to_owned(),
            placeholder: "@VERSION@".to_owned(),
            span: it.at(()).span,
        }],
        ..Project::default()
    }
}

fn both() -> [Choices; 2] {
    [Backend::Docker, Backend::Podman].map(|backend| Choices { backend, ..Choices::default() })
}

#[test]
fn nixfmt_leaves_it_alone() {
    for choices in both() {
        for target in TARGETS.iter().filter(|it| it.notation == Notation::Nix) {
            let text = printed(&shop(), &choices, target.id).text;
            assert_eq!(text, nixfmt_rs::format(&text).expect("Nix"));
        }
    }
}

#[test]
fn a_shop_for_every_target() {
    for choices in both() {
        for target in TARGETS.iter().filter(|it| it.backends.contains(&choices.backend)) {
            let Printed { text, told, notes, .. } = printed(&shop(), &choices, target.id);
            let changes = told.entries.iter().filter_map(|it| match &it.fate {
                Fate::Changed(how) | Fate::Dropped(how) => Some(format!("{}: {how}", it.span.start)),
                Fate::Carried(_) => None,
            });
            let notes = notes.iter().map(|it| format!("note: {}", it.message));
            let said: Vec<String> = changes.chain(notes).collect();
            let name = format!("containers_{}_{}", target.id, choices.backend.name());
            insta::assert_snapshot!(name, [&text, "\n── told ──\n", &said.join("\n")].concat());
        }
    }
}

#[test]
fn says_it_for_every_release() {
    for choices in both() {
        for release in RELEASES {
            let choices = Choices { release: *release, ..choices.clone() };
            let text = printed(&shop(), &choices, "oci-containers").text;
            assert_eq!(text, nixfmt_rs::format(&text).expect("Nix"));
            let has = |it: &str| text.contains(it);
            let typed = *release >= Release::new(25, 5);
            assert_eq!(has("networks = ["), typed, "{release}");
            assert_eq!(has("capabilities = {"), typed, "{release}");
            assert_eq!(has("podman.sdnotify"), typed && choices.backend == Backend::Podman, "{release}");
            assert_eq!(has("labels = {"), *release >= Release::new(24, 5), "{release}");
        }
    }
}

/// Why a row is there, what runs it, the container, and what its module has and lacks.
type Row<'r> = (&'r str, Backend, Container, &'r [&'r str], &'r [&'r str]);

/// What is easily lost or broken on the way, each right here.
#[test]
fn says_what_is_easily_lost() {
    let at = |it: &str| At::new(it.to_owned(), Span::default());
    let pair = |a: &str, b: &str| At::new((a.to_owned(), b.to_owned()), Span::default());
    fn here<T>(it: T) -> At<T> {
        At::new(it, Span::default())
    }
    let bind = |source: &str, target: &str| {
        here(Mount { source: source.to_owned(), target: target.to_owned(), ..Mount::default() })
    };
    let words = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let joined = |network: &str, alias: &str, ip: &str| {
        here(Joined {
            network: network.to_owned(),
            aliases: vec![alias.to_owned()],
            ipv4: (!ip.is_empty()).then(|| ip.to_owned()),
            ..Joined::default()
        })
    };
    let health = |health: Health| Container { health: Some(here(health)), ..Container::default() };
    let curl = || Health { test: HealthTest::Words(words(&["curl", "-H", "a\"b c"])), ..Health::default() };
    use Backend::{Docker, Podman};
    let rows: &[Row<'_>] = &[
        (
            "an alias and an address belong to one network",
            Docker,
            Container { networks: vec![joined("z", "zed", ""), joined("a", "ay", "10.0.0.2")], ..Container::default() },
            &["\"name=z,alias=zed\"\n          \"name=a,alias=ay,ip=10.0.0.2\""],
            &["--network-alias"],
        ),
        (
            "the same for Podman",
            Podman,
            Container { networks: vec![joined("z", "zed", ""), joined("a", "ay", "10.0.0.2")], ..Container::default() },
            &["\"z:alias=zed\"\n          \"a:alias=ay,ip=10.0.0.2\""],
            &["--network-alias"],
        ),
        (
            "Docker runs a line, so words are quoted for a shell",
            Docker,
            health(curl()),
            &[r#""--health-cmd=curl -H 'a\"b c'""#],
            &["[\\\"curl"],
        ),
        (
            "Podman takes a list, whose quotes are escaped",
            Podman,
            health(curl()),
            &[r#""--health-cmd=[\"curl\",\"-H\",\"a\\\"b c\"]""#],
            &[],
        ),
        (
            "a volume without a name",
            Docker,
            Container {
                mounts: vec![
                    here(Mount { kind: MountKind::Volume, target: "/data".to_owned(), ..Mount::default() }),
                    here(Mount { kind: MountKind::Volume, target: "/more".to_owned(), ..Mount::default() }),
                ],
                ..Container::default()
            },
            &["\"/data\"", "\"/more\""],
            &["\":/data"],
        ),
        (
            "one source at two places",
            Docker,
            Container { mounts: vec![bind("/srv/a", "/b"), bind("/srv/a", "/c")], ..Container::default() },
            &["\"/srv/a:/b\"", "\"/srv/a:/c\""],
            &[],
        ),
        (
            "an address with colons is in brackets",
            Docker,
            Container {
                ports: vec![here(Port {
                    host_address: "::1".to_owned(),
                    host: Some((80, 80)),
                    container: (80, 80),
                    protocol: "tcp".to_owned(),
                })],
                ..Container::default()
            },
            &["\"[::1]:80:80\""],
            &[],
        ),
        (
            "names of labels are escaped as values are",
            Docker,
            Container { labels: vec![pair("k\"ey", "a${b}")], ..Container::default() },
            &[r#""k\"ey" = "a\${b}";"#],
            &[],
        ),
        (
            "an image is escaped for Nix, and quoted for the shell that the module hands it to",
            Docker,
            Container { image: Some(at("a${b}")), ..Container::default() },
            &[r#"image = "'a\${b}'";"#],
            &[],
        ),
        (
            "of files with variables the last one wins, and one may be missing",
            Docker,
            Container {
                env_files: vec![
                    here(EnvFile { path: "/z".to_owned(), is_required: true }),
                    here(EnvFile { path: "./a".to_owned(), is_required: false }),
                ],
                ..Container::default()
            },
            &["\"/z\"\n          \"/srv/containers/a\"", "\"f /srv/containers/a - - - -\""],
            &[],
        ),
        (
            "options of the log have a driver that knows them",
            Docker,
            Container { log_options: vec![pair("max-size", "1m")], ..Container::default() },
            &["log-driver = \"json-file\";", "\"--log-opt=max-size=1m\""],
            &[],
        ),
        (
            "options that the journal knows need none",
            Docker,
            Container { log_options: vec![pair("tag", "x")], ..Container::default() },
            &["\"--log-opt=tag=x\""],
            &["log-driver"],
        ),
        (
            "a delay is kept",
            Docker,
            Container {
                restart: Some(here(Restart {
                    policy: RestartPolicy::Always,
                    delay: Some("1m30s".to_owned()),
                    ..Restart::default()
                })),
                ..Container::default()
            },
            &["RestartSec = \"90s\";"],
            &["100ms"],
        ),
        (
            "three attempts are four starts",
            Docker,
            Container {
                restart: Some(here(Restart {
                    policy: RestartPolicy::OnFailure,
                    attempts: Some(3),
                    ..Restart::default()
                })),
                ..Container::default()
            },
            &["startLimitBurst = 4;", "Restart = lib.mkForce \"on-failure\";"],
            &[],
        ),
        (
            "a mode is octal",
            Docker,
            Container {
                mounts: vec![here(Mount {
                    kind: MountKind::Tmpfs,
                    target: "/run".to_owned(),
                    options: words(&["mode=0755"]),
                    ..Mount::default()
                })],
                ..Container::default()
            },
            &["\"--tmpfs=/run:mode=0755\""],
            &[],
        ),
        (
            "a device of CDI has no path",
            Docker,
            Container { devices: vec![at("vendor.com/class=x")], ..Container::default() },
            &["devices = [ \"vendor.com/class=x\" ];"],
            &["hardware"],
        ),
        (
            "a network that a runtime has by itself",
            Docker,
            Container { network_mode: Some(here(NetworkMode::Bridge)), ..Container::default() },
            &["networks = [ \"bridge\" ];"],
            &[],
        ),
        (
            "Podman asks at first only with a command for that",
            Podman,
            health(Health {
                start_interval: Some("2s".to_owned()),
                test: HealthTest::Shell("true".to_owned()),
                ..Health::default()
            }),
            &["\"--health-startup-cmd=true\"", "\"--health-startup-interval=2s\""],
            &[],
        ),
        (
            "further names of an image are whole",
            Docker,
            Container {
                build: Some(here(Build { context: "/src".to_owned(), tags: words(&["repo:tag"]), ..Build::default() })),
                ..Container::default()
            },
            &["--tag=repo:tag"],
            &["app:repo:tag"],
        ),
        (
            "graphics cards are devices",
            Docker,
            Container { gpus: vec![at("all")], ..Container::default() },
            &["\"nvidia.com/gpu=all\"", "hardware.nvidia-container-toolkit.enable = true;"],
            &["--gpus"],
        ),
        (
            "a home directory is that of a choice",
            Docker,
            Container { mounts: vec![bind("~/x", "/x")], ..Container::default() },
            &["\"/home/alice/x:/x\""],
            &[],
        ),
        (
            "the files of an image are mounted as such",
            Docker,
            Container {
                mounts: vec![here(Mount {
                    kind: MountKind::Image,
                    source: "busybox".to_owned(),
                    target: "/x".to_owned(),
                    ..Mount::default()
                })],
                ..Container::default()
            },
            &["\"--mount=type=image,source=busybox,target=/x\""],
            &[],
        ),
        (
            "Docker refuses what only Podman has for a mount",
            Docker,
            Container {
                mounts: vec![
                    here(Mount {
                        source: "/srv/x".to_owned(),
                        target: "/x".to_owned(),
                        options: words(&["Z", "U", "consistent"]),
                        ..Mount::default()
                    }),
                    here(Mount {
                        kind: MountKind::Tmpfs,
                        target: "/run".to_owned(),
                        options: words(&["notmpcopyup", "noexec"]),
                        ..Mount::default()
                    }),
                ],
                ..Container::default()
            },
            &["\"/srv/x:/x:Z,consistent\"", "\"--tmpfs=/run:noexec\""],
            &[],
        ),
        (
            "and Podman what only Docker has",
            Podman,
            Container {
                mounts: vec![here(Mount {
                    source: "/srv/x".to_owned(),
                    target: "/x".to_owned(),
                    options: words(&["Z", "U", "consistent"]),
                    ..Mount::default()
                })],
                ..Container::default()
            },
            &["\"/srv/x:/x:Z,U\""],
            &[],
        ),
        (
            "Podman makes no directory",
            Podman,
            Container {
                mounts: vec![bind("./data", "/x"), bind("/etc/localtime", "/etc/localtime")],
                ..Container::default()
            },
            &["\"d /srv/containers/data - - - -\""],
            &["\"d /etc/localtime"],
        ),
        (
            "Docker's socket is Podman's",
            Podman,
            Container { mounts: vec![bind("/var/run/docker.sock", "/var/run/docker.sock")], ..Container::default() },
            &["virtualisation.podman.dockerSocket.enable = true;"],
            &["\"d /var/run"],
        ),
    ];
    for (why, backend, container, has, lacks) in rows {
        let mut container = container.clone();
        container.name = "app".to_owned();
        if container.image.is_none() && container.build.is_none() {
            container.image = Some(at("nginx"));
        }
        let project = Project { containers: vec![container], ..Project::default() };
        let choices = Choices { backend: *backend, home: "/home/alice".to_owned(), ..Choices::default() };
        let text = printed(&project, &choices, "oci-containers").text;
        for part in *has {
            assert!(text.contains(part), "{why}: there is no {part} in\n{text}");
        }
        for part in *lacks {
            assert!(!text.contains(part), "{why}: there is {part} in\n{text}");
        }
    }
}

/// Who waits for whom, and how.
#[test]
fn waits_for_what_was_asked() {
    let waiting = |condition, is_required, restarts| {
        let on = Dependency { on: "db".to_owned(), condition, is_required, restarts };
        let container = |name: &str| Container {
            name: name.to_owned(),
            image: Some(At::new("a".to_owned(), Span::default())),
            ..Container::default()
        };
        let app = Container { depends_on: vec![At::new(on, Span::default())], ..container("app") };
        Project { containers: vec![container("db"), app], ..Project::default() }
    };
    use Backend::{Docker, Podman};
    use Condition::{Completed, Healthy, Started};
    let new = Release::LATEST;
    let old = Release::new(24, 11);
    for (backend, release, project, has, lacks) in [
        (Docker, new, waiting(Started, true, false), &["dependsOn = [ \"db\" ];"][..], &["postStart"][..]),
        (
            Docker,
            new,
            waiting(Started, false, false),
            &["wants = [ \"docker-db.service\" ];", "after = ["],
            &["dependsOn"],
        ),
        (Docker, new, waiting(Started, true, true), &["\"docker-db.service\""], &[]),
        (Docker, new, waiting(Healthy, true, false), &["postStart", "= healthy ]", "seq 300"], &["sdnotify"]),
        (Podman, new, waiting(Healthy, true, false), &["podman.sdnotify = \"healthy\";"], &["postStart"]),
        (Podman, old, waiting(Healthy, true, false), &["podman inspect", "= healthy ]"], &["sdnotify"]),
        (
            Docker,
            new,
            waiting(Completed, true, false),
            &["Type = \"oneshot\";", "RemainAfterExit = true;", "Restart = lib.mkForce \"no\";"],
            &["postStart"],
        ),
        (
            Podman,
            new,
            waiting(Completed, true, false),
            &["podman wait db", "RemainAfterExit = true;", "autoRemoveOnStop = false;"],
            &["oneshot"],
        ),
    ] {
        let choices = Choices { backend, release, ..Choices::default() };
        let text = printed(&project, &choices, "oci-containers").text;
        for part in has {
            assert!(text.contains(part), "there is no {part} in\n{text}");
        }
        for part in lacks {
            assert!(!text.contains(part), "there is {part} in\n{text}");
        }
    }
}

/// A project for any of the targets, with what a shell, Nix and systemd could take for their own.
mod any {
    use super::*;
    use proptest::{collection::vec, option, prelude::*, sample::select};

    const PIECES: &[&str] = &[
        "a",
        "b",
        "web",
        "/",
        "-",
        "_",
        ".",
        "0",
        " ",
        "\"",
        "'",
        "''",
        "$",
        "${",
        "}",
        "$(touch pwned)",
        "`touch pwned`",
        "; touch pwned",
        "\\",
        "\\n",
        "\n",
        "\t",
        "%",
        "%n",
        "$$",
        "&",
        "|",
        ">",
        "#",
        "~",
        "!",
        "*",
        "{{",
        "é",
        "🦀",
        "EOF\n",
        "--",
        "[",
        "]",
        "\r",
    ];

    /// Any text.
    pub fn text() -> impl Strategy<Value = String> {
        vec(select(PIECES), 0..6).prop_map(|it| it.concat())
    }

    /// A name of letters.
    fn word() -> impl Strategy<Value = String> {
        "[a-z][a-z0-9_.-]{0,6}"
    }

    /// A name that does not end where its value begins.
    fn key() -> impl Strategy<Value = String> {
        (word(), text()).prop_map(|(a, b)| format!("{a}{b}"))
    }

    fn pair() -> impl Strategy<Value = (String, String)> {
        (key(), text())
    }

    fn path() -> impl Strategy<Value = String> {
        text().prop_map(|it| format!("/srv/{it}"))
    }

    fn port() -> impl Strategy<Value = Port> {
        let address = select(&["", "127.0.0.1", "::1", "fd00::5"][..]);
        let host = option::of((1_u16..60000, 0_u16..3));
        (address, host, 1_u16..60000, select(&["tcp", "udp", "sctp", ""][..])).prop_map(
            |(address, host, port, protocol)| {
                let width = host.map_or(0, |it| it.1);
                Port {
                    host_address: address.to_owned(),
                    host: host.map(|(first, width)| (first, first + width)),
                    container: (port, port + width),
                    protocol: protocol.to_owned(),
                }
            },
        )
    }

    fn mount() -> impl Strategy<Value = Mount> {
        let kind = select(
            &[MountKind::Bind, MountKind::Volume, MountKind::Tmpfs, MountKind::Image, MountKind::Other("devpts")][..],
        );
        let options = vec(select(&["z", "nocopy", "rshared", "size=64m", "U", "consistent"][..]), 0..2);
        (kind, path(), option::of(word()), path(), any::<bool>(), options).prop_map(
            |(kind, host, volume, target, read_only, options)| Mount {
                kind,
                source: match kind {
                    MountKind::Volume => volume.unwrap_or_default(),
                    MountKind::Tmpfs => String::new(),
                    _ => host,
                },
                target,
                read_only,
                options: options.into_iter().map(str::to_owned).collect(),
            },
        )
    }

    fn joined() -> impl Strategy<Value = Joined> {
        let aliases = vec(word(), 0..3);
        let v4 = option::of(Just("172.28.0.9".to_owned()));
        let v6 = option::of(Just("fd00::9".to_owned()));
        let options = vec((select(&["gw-priority", "link-local-ip"][..]), Just("1".to_owned())), 0..2);
        (select(&["back", "front", "elsewhere"][..]), aliases, v4, v6, options).prop_map(
            |(network, aliases, ipv4, ipv6, options)| Joined {
                network: network.to_owned(),
                aliases,
                ipv4,
                ipv6,
                mac: None,
                options: options.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
            },
        )
    }

    fn health() -> impl Strategy<Value = Health> {
        let test = prop_oneof![
            Just(HealthTest::Image),
            Just(HealthTest::Off),
            text().prop_map(|it| HealthTest::Shell(format!("curl {it}"))),
            vec(text(), 1..4).prop_map(HealthTest::Words),
        ];
        let time = || option::of(select(&["5s", "1m30s", "0.5s"][..]).prop_map(str::to_owned));
        (test, time(), time(), time(), option::of(1_u64..9)).prop_map(
            |(test, interval, start_period, start_interval, retries)| Health {
                test,
                interval,
                timeout: None,
                start_period,
                start_interval,
                retries,
            },
        )
    }

    fn restart() -> impl Strategy<Value = Restart> {
        use RestartPolicy::*;
        let delay = || option::of(select(&["5s", "1m30s"][..]).prop_map(str::to_owned));
        (select(&[No, OnFailure, Always, UnlessStopped][..]), option::of(0_u64..4), delay(), delay())
            .prop_map(|(policy, attempts, delay, window)| Restart { policy, attempts, delay, window })
    }

    fn dependency() -> impl Strategy<Value = Dependency> {
        let condition = select(&[Condition::Started, Condition::Healthy, Condition::Completed][..]);
        (select(&["db", "web", "job", "nobody"][..]), condition, any::<bool>(), any::<bool>()).prop_map(
            |(on, condition, is_required, restarts)| Dependency { on: on.to_owned(), condition, is_required, restarts },
        )
    }

    fn build() -> impl Strategy<Value = Build> {
        let context = prop_oneof![path(), Just("./app".to_owned()), Just("https://example.org/a.git".to_owned())];
        (context, option::of(text()), option::of(word()), vec((word(), option::of(text())), 0..3)).prop_map(
            |(context, dockerfile_inline, target, args)| Build {
                context,
                dockerfile_inline,
                target,
                args,
                ..Build::default()
            },
        )
    }

    fn given() -> impl Strategy<Value = Given> {
        prop_oneof![
            text().prop_map(|it| Given { name: "shm-size", value: Some(it) }),
            text().prop_map(|it| Given { name: "sysctl", value: Some(format!("a={it}")) }),
            text().prop_map(|it| Given { name: "add-host", value: Some(format!("a:{it}")) }),
            text().prop_map(|it| Given { name: "unheard-of", value: Some(it) }),
            Just(Given { name: "init", value: None }),
            Just(Given { name: "read-only", value: None }),
            Just(Given { name: "cpus", value: Some("1.5".to_owned()) }),
        ]
    }

    fn handed() -> impl Strategy<Value = Handed> {
        let mode = option::of(Just("0400".to_owned()));
        (select(&["token", "site", "nothing"][..]), option::of(path()), mode)
            .prop_map(|(source, target, mode)| Handed { source: source.to_owned(), target, mode, ..Handed::default() })
    }

    fn located<T: std::fmt::Debug>(it: impl Strategy<Value = T> + 'static) -> BoxedStrategy<At<T>> {
        it.prop_map(|it| At::new(it, Span::default())).boxed()
    }

    fn all<T: std::fmt::Debug + 'static>(it: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Vec<At<T>>> {
        vec(located(it), 0..3).boxed()
    }

    fn maybe<T: std::fmt::Debug + 'static>(it: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Option<At<T>>> {
        option::weighted(0.3, located(it)).boxed()
    }

    fn container(name: &'static str) -> impl Strategy<Value = Container> {
        let text_or_none = || maybe(text());
        let what = (
            maybe(text()),
            prop_oneof![2 => Just("nginx".to_owned()), 2 => Just("ghcr.io/a/b:1".to_owned()), 1 => text().prop_map(|it| format!("a{it}"))],
            option::weighted(0.2, located(build())),
            maybe(vec(text(), 0..4)),
            maybe(vec(text(), 0..3)),
            all((key(), option::weighted(0.9, text()))),
            all((path(), any::<bool>()).prop_map(|(path, is_required)| EnvFile { path, is_required })),
            all(pair()),
            all(port()),
            all(mount()),
            all(joined()),
            all(dependency()),
        );
        let how = (
            maybe(health()),
            maybe(restart()),
            (maybe(select(&["local", "json-file", "a b;touch pwned"][..]).prop_map(str::to_owned)), all(pair())),
            (text_or_none(), text_or_none(), text_or_none()),
            all(text()),
            all(select(&["all", "2", "device=0,1", "driver=x"][..]).prop_map(str::to_owned)),
            all((select(&["NET_ADMIN", "ALL", "SYS_TIME"][..]).prop_map(str::to_owned), any::<bool>())),
            (maybe(any::<bool>()), maybe(any::<bool>()), maybe(any::<bool>())),
            maybe(select(&["always", "missing", "never", "newer", "build", "daily"][..]).prop_map(str::to_owned)),
            (maybe(1_u64..500), text_or_none(), maybe(0_u64..3)),
            (all(handed()), all(handed())),
            all(given()),
        );
        let links = all((select(&["db", "web"][..]).prop_map(str::to_owned), option::of(word())));
        let mode = maybe(prop_oneof![
            Just(NetworkMode::Host),
            Just(NetworkMode::None),
            Just(NetworkMode::Bridge),
            Just(NetworkMode::Container("db".to_owned())),
            Just(NetworkMode::Other("pasta".to_owned())),
        ]);
        (what, how, links, mode).prop_map(move |(what, how, links, network_mode)| {
            let (
                container_name,
                image,
                build,
                command,
                entrypoint,
                environment,
                env_files,
                labels,
                ports,
                mounts,
                networks,
                depends_on,
            ) = what;
            let (
                health,
                restart,
                (log_driver, log_options),
                (user, hostname, workdir),
                devices,
                gpus,
                capabilities,
                (privileged, remove, auto_start),
                pull,
                (stop_timeout, stop_signal, replicas),
                (secrets, configs),
                flags,
            ) = how;
            Container {
                name: name.to_owned(),
                span: Span::default(),
                container_name,
                image: Some(At::new(image, Span::default())),
                build,
                command,
                entrypoint,
                environment,
                env_files,
                labels,
                ports,
                mounts,
                networks,
                network_mode,
                depends_on,
                links,
                health,
                restart,
                log_driver,
                log_options,
                user,
                hostname,
                workdir,
                devices,
                gpus,
                capabilities,
                privileged,
                pull,
                remove,
                stop_timeout,
                stop_signal,
                secrets,
                configs,
                replicas,
                auto_start,
                flags,
            }
        })
    }

    fn network(name: &'static str) -> impl Strategy<Value = Network> {
        let subnet = (Just("172.28.0.0/16".to_owned()), option::of(Just("172.28.0.1".to_owned()))).prop_map(
            |(subnet, gateway)| SubnetOf {
                subnet,
                gateway,
                ip_range: None,
                auxiliary: vec![("router".to_owned(), "172.28.0.2".to_owned())],
            },
        );
        let bools = (maybe(any::<bool>()), maybe(any::<bool>()), maybe(any::<bool>()), maybe(any::<bool>()));
        let flags = all((Just("dns".to_owned()), option::of(text())));
        (maybe(key()), any::<bool>(), maybe(text()), all(pair()), all(pair()), all(subnet), bools, all(pair()), flags)
            .prop_map(
                move |(own_name, is_external, driver, driver_options, ipam_options, subnets, bools, labels, flags)| {
                    Network {
                        name: name.to_owned(),
                        span: Span::default(),
                        own_name,
                        is_external,
                        driver: driver.clone(),
                        driver_options,
                        ipam_driver: driver,
                        ipam_options,
                        subnets,
                        internal: bools.0,
                        attachable: bools.1,
                        ipv4: bools.2,
                        ipv6: bools.3,
                        labels,
                        flags,
                    }
                },
            )
    }

    fn volume() -> impl Strategy<Value = Volume> {
        (maybe(key()), any::<bool>(), maybe(text()), all(pair()), all(pair())).prop_map(
            |(own_name, is_external, driver, driver_options, labels)| Volume {
                name: "data".to_owned(),
                span: Span::default(),
                own_name,
                is_external,
                driver,
                driver_options,
                labels,
                flags: Vec::new(),
            },
        )
    }

    fn file(name: &'static str) -> impl Strategy<Value = HandedFile> {
        let from = prop_oneof![
            path().prop_map(HandedFrom::File),
            text().prop_map(HandedFrom::Environment),
            text().prop_map(HandedFrom::Content),
            text().prop_map(HandedFrom::External),
        ];
        from.prop_map(move |from| HandedFile { name: name.to_owned(), span: Span::default(), from })
    }

    /// A project whose facts have spans of their own.
    pub fn project() -> impl Strategy<Value = Project> {
        let containers = (container("db").boxed(), container("web").boxed(), container("job").boxed());
        (
            maybe(text()),
            containers,
            network("back").boxed(),
            network("front").boxed(),
            volume().boxed(),
            file("token"),
            file("site"),
        )
            .prop_map(|(name, (db, web, job), back, front, data, token, site)| {
                let mut project = Project {
                    name,
                    is_named_by_directory: false,
                    containers: vec![db, web, job],
                    networks: vec![back, front],
                    volumes: vec![data],
                    secrets: vec![token],
                    configs: vec![site],
                    missing: vec![Missing {
                        name: "PWD".to_owned(),
                        placeholder: "/srv".to_owned(),
                        span: Span::default(),
                    }],
                    unusable: vec![Unusable { span: Span::default(), why: "It is not for units.".to_owned() }],
                };
                let mut next = 0;
                facts(&mut project, &mut |span, _| {
                    next += 10;
                    *span = Span::new(next, next + 1);
                });
                project
            })
    }
}

/// Goes through the facts of a project: where each is said, and the strings that are to be found where it is carried.
fn facts(project: &mut Project, see: &mut dyn FnMut(&mut Span, Vec<String>)) {
    fn pairs(all: &mut [At<(String, String)>], see: &mut dyn FnMut(&mut Span, Vec<String>)) {
        for it in all {
            see(&mut it.span, vec![it.value.0.clone(), it.value.1.clone()]);
        }
    }
    fn one(it: &mut Option<At<String>>, see: &mut dyn FnMut(&mut Span, Vec<String>)) {
        if let Some(it) = it {
            see(&mut it.span, vec![it.value.clone()]);
        }
    }
    fn bare<'t, T: 't>(all: impl IntoIterator<Item = &'t mut At<T>>, see: &mut dyn FnMut(&mut Span, Vec<String>)) {
        all.into_iter().for_each(|it| see(&mut it.span, Vec::new()));
    }
    if let Some(name) = &mut project.name {
        see(&mut name.span, Vec::new());
    }
    project.missing.iter_mut().for_each(|it| see(&mut it.span, Vec::new()));
    project.unusable.iter_mut().for_each(|it| see(&mut it.span, Vec::new()));
    for it in project.secrets.iter_mut().chain(&mut project.configs) {
        let text = match &it.from {
            HandedFrom::File(text) | HandedFrom::Environment(text) | HandedFrom::External(text) => text.clone(),
            // It is a file of the store, whose text no command has.
            HandedFrom::Content(_) => String::new(),
        };
        see(&mut it.span, vec![text]);
    }
    for it in &mut project.containers {
        see(&mut it.span, Vec::new());
        one(&mut it.container_name, see);
        one(&mut it.image, see);
        bare(&mut it.build, see);
        for it in it.command.iter_mut().chain(&mut it.entrypoint) {
            see(&mut it.span, it.value.clone());
        }
        for it in &mut it.environment {
            see(&mut it.span, [vec![it.value.0.clone()], it.value.1.clone().into_iter().collect()].concat());
        }
        it.env_files.iter_mut().for_each(|it| see(&mut it.span, vec![it.value.path.clone()]));
        pairs(&mut it.labels, see);
        it.ports
            .iter_mut()
            .for_each(|it| see(&mut it.span, vec![it.value.host_address.clone(), it.value.container.0.to_string()]));
        it.mounts.iter_mut().for_each(|it| see(&mut it.span, vec![it.value.source.clone(), it.value.target.clone()]));
        it.networks.iter_mut().for_each(|it| {
            see(
                &mut it.span,
                [
                    it.value.aliases.clone(),
                    it.value.ipv4.clone().into_iter().collect(),
                    it.value.ipv6.clone().into_iter().collect(),
                ]
                .concat(),
            )
        });
        bare(&mut it.network_mode, see);
        bare(&mut it.depends_on, see);
        it.links.iter_mut().for_each(|it| see(&mut it.span, it.value.1.clone().into_iter().collect()));
        if let Some(it) = &mut it.health {
            let words = match &it.value.test {
                HealthTest::Shell(line) => vec![line.clone()],
                HealthTest::Words(words) => words.clone(),
                HealthTest::Image | HealthTest::Off => Vec::new(),
            };
            // How often nothing is asked does not matter.
            let interval = it.value.interval.clone().filter(|_| it.value.test != HealthTest::Off);
            see(&mut it.span, [words, interval.into_iter().collect()].concat());
        }
        bare(&mut it.restart, see);
        one(&mut it.log_driver, see);
        pairs(&mut it.log_options, see);
        one(&mut it.user, see);
        one(&mut it.hostname, see);
        one(&mut it.workdir, see);
        it.devices.iter_mut().for_each(|it| see(&mut it.span, vec![it.value.clone()]));
        bare(&mut it.gpus, see);
        it.capabilities.iter_mut().for_each(|it| see(&mut it.span, vec![it.value.0.clone()]));
        bare(&mut it.privileged, see);
        bare(&mut it.pull, see);
        bare(&mut it.remove, see);
        if let Some(it) = &mut it.stop_timeout {
            see(&mut it.span, vec![it.value.to_string()]);
        }
        one(&mut it.stop_signal, see);
        for it in it.secrets.iter_mut().chain(&mut it.configs) {
            see(&mut it.span, it.value.target.clone().into_iter().collect());
        }
        bare(&mut it.replicas, see);
        bare(&mut it.auto_start, see);
        it.flags.iter_mut().for_each(|it| see(&mut it.span, it.value.value.clone().into_iter().collect()));
    }
    for it in &mut project.networks {
        see(&mut it.span, Vec::new());
        bare(&mut it.own_name, see);
        one(&mut it.driver, see);
        pairs(&mut it.driver_options, see);
        one(&mut it.ipam_driver, see);
        pairs(&mut it.ipam_options, see);
        it.subnets.iter_mut().for_each(|it| see(&mut it.span, vec![it.value.subnet.clone()]));
        for it in [&mut it.internal, &mut it.attachable, &mut it.ipv4, &mut it.ipv6] {
            bare(it, see);
        }
        pairs(&mut it.labels, see);
        it.flags.iter_mut().for_each(|it| see(&mut it.span, it.value.1.clone().into_iter().collect()));
    }
    for it in &mut project.volumes {
        see(&mut it.span, Vec::new());
        bare(&mut it.own_name, see);
        one(&mut it.driver, see);
        pairs(&mut it.driver_options, see);
        pairs(&mut it.labels, see);
    }
}

/// Some hundred projects, the same ones in every run.
fn some_projects(count: usize) -> Vec<Project> {
    let mut runner = TestRunner::deterministic();
    let strategy = any::project();
    (0..count).map(|_| strategy.new_tree(&mut runner).expect("a project").current()).collect()
}

fn choices_of(at: usize) -> Choices {
    let backend = if at.is_multiple_of(2) { Backend::Docker } else { Backend::Podman };
    let project = if at.is_multiple_of(3) { "" } else { "Shop 1" };
    let rootless = at.is_multiple_of(7).then_some(1000);
    let release = RELEASES[at / 2 % RELEASES.len()];
    Choices {
        backend,
        release,
        project: project.to_owned(),
        keeps_running: !at.is_multiple_of(5),
        rootless,
        ..Choices::default()
    }
}

#[test]
fn nixfmt_leaves_any_project_alone() {
    for (at, project) in some_projects(200).iter().enumerate() {
        for target in TARGETS.iter().filter(|it| it.notation == Notation::Nix) {
            let text = printed(project, &choices_of(at), target.id).text;
            let formatted = nixfmt_rs::format(&text).unwrap_or_else(|it| panic!("{it:?}\n{text}"));
            assert!(text == formatted, "{text}\n── nixfmt ──\n{formatted}");
        }
    }
}

#[test]
fn every_fact_is_told() {
    for (at, project) in some_projects(300).into_iter().enumerate() {
        for target in TARGETS {
            let printed = print::print(&project, &choices_of(at), target);
            let told: HashSet<Span> = printed.told.entries.iter().map(|it| it.span).collect();
            facts(&mut project.clone(), &mut |span, leaves| {
                assert!(told.contains(span), "{}: nothing is told of {leaves:?} in project {at}", target.id);
            });
        }
    }
}

// ── Nix and a shell ──

/// What commands are run with by scripts: each runtime is a program that writes its words down.
fn commands(scripts: &[String]) -> Vec<Vec<String>> {
    let directory = temporary("scripts");
    let programs = directory.join("programs");
    fs::create_dir_all(&programs).expect("a directory");
    let record = "#!/bin/sh\n[ \"$2\" = inspect ] && exit 1\n[ \"$1\" = inspect ] && echo healthy && exit\nprintf '%s\\0' \"$@\" >>words\nprintf '\\0' >>words\n[ \"$1\" = build ] && while IFS= read -r line; do printf '%s\\0\\0' \"$line\" >>words; done </dev/stdin\nexit 0\n";
    for name in ["docker", "podman"] {
        let path = programs.join(name);
        fs::write(&path, record).expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
    }
    let mut all = String::from("cd() { :; }\n");
    for (at, script) in scripts.iter().enumerate() {
        fs::write(directory.join(format!("{at}.sh")), script).expect("a file");
        all += &format!("(set -e; . ./{at}.sh) </dev/null || echo 'script {at} failed' >&2\n");
    }
    fs::write(directory.join("all.sh"), all).expect("a file");
    let path = format!("{}:/usr/bin:/bin", programs.display());
    let mut command = Command::new("bash");
    let output = command.arg("all.sh").current_dir(&directory).env("PATH", path).output().expect("bash");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.is_empty(), "{errors}");
    assert!(!directory.join("pwned").exists(), "a word got out of its quotes");
    let words = fs::read(directory.join("words")).unwrap_or_default();
    fs::remove_dir_all(&directory).expect("a directory to remove");
    let words = String::from_utf8(words).expect("text");
    let commands = words.split("\0\0").filter(|it| !it.is_empty());
    commands.map(|it| it.split('\0').map(str::to_owned).collect()).collect()
}

/// Every script of an evaluated module.
fn scripts(module: &Json) -> Vec<String> {
    let text = |it: &Json| it.as_str().map(str::to_owned);
    let services = module["services"].as_object().into_iter().flat_map(|it| it.values());
    let made = services.flat_map(|it| [text(&it["script"]), text(&it["preStop"])]).flatten();
    let run = module["scripts"].as_object().into_iter().flat_map(|it| it.values()).filter_map(text);
    run.chain(made).collect()
}

/// A word of a command in the ways that it can be quoted once more within it.
fn readings(word: &str) -> Vec<String> {
    let json = word.split_once('[').and_then(|(_, it)| serde_json::from_str::<Vec<String>>(&format!("[{it}")).ok());
    let mut readings = vec![word.to_owned(), word.replace("\"\"", "\"")];
    readings.extend(json.into_iter().flatten());
    readings
}

#[test]
fn a_shell_and_nix_read_back_what_is_carried() {
    let projects = some_projects(120);
    let modules: Vec<_> = projects
        .iter()
        .enumerate()
        .map(|(at, project)| {
            let choices = choices_of(at);
            let printed = printed(project, &choices, "oci-containers");
            (choices.release, printed)
        })
        .collect();
    let texts: Vec<_> = modules.iter().map(|(release, printed)| (*release, printed.text.clone())).collect();
    let Some(evaluated) = evaluated("module", &texts) else { return };
    for (at, (project, module)) in projects.into_iter().zip(&evaluated).enumerate() {
        assert_carried(at, project, &modules[at].1, &scripts(module));
    }
}

#[test]
fn a_shell_reads_back_the_commands() {
    for (at, project) in some_projects(120).into_iter().enumerate() {
        let printed = printed(&project, &choices_of(at), "docker-run");
        assert_carried(at, project, &printed, std::slice::from_ref(&printed.text));
    }
}

/// Docker's own program reads the flags before it looks for a daemon, which there is none of.
#[test]
fn docker_reads_the_flags() {
    let said = |script: &str| {
        // A loop that waits for a container would never end.
        let script = format!("docker() {{ [ \"$1\" = inspect ] && echo healthy || command docker \"$@\"; }}\n{script}");
        let mut command = Command::new("bash");
        let output = command.args(["-c", &script]).env("DOCKER_HOST", "unix:///nonexistent").output().expect("bash");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    if !said("docker run --network name=a,unheard=of x").contains("invalid argument") {
        println!("SKIPPED: there is no docker to read the flags");
        return;
    }
    let docker = Choices { backend: Backend::Docker, ..Choices::default() };
    let said_of_shop = said(&printed(&shop(), &docker, "docker-run").text);
    assert!(!said_of_shop.contains("invalid argument") && !said_of_shop.contains("unknown flag"), "{said_of_shop}");
    for project in some_projects(40) {
        let text = printed(&project, &docker, "docker-run").text;
        let said = said(&text);
        // What has a form of its own is always right; other values are as they were written.
        for flag in ["mount", "network", "publish", "gpus", "health-retries", "stop-timeout", "no-healthcheck"] {
            assert!(!said.contains(&format!("for \"--{flag}\" flag")), "{said}\n{text}");
        }
    }
}

/// Asserts that what is said to be carried is in the words that scripts run programs with.
fn assert_carried(at: usize, project: Project, printed: &Printed, scripts: &[String]) {
    let commands = commands(scripts);
    let words: Vec<String> = commands.iter().flatten().flat_map(|it| readings(it)).collect();
    assert_in(at, project, printed, &words);
}

/// Asserts that what is said to be carried is in words.
fn assert_in(at: usize, mut project: Project, printed: &Printed, words: &[String]) {
    let entries = |span: Span| printed.told.entries.iter().filter(move |it| it.span == span);
    facts(&mut project, &mut |span, leaves| {
        if entries(*span).any(|it| !matches!(it.fate, Fate::Carried(_))) {
            return;
        }
        for leaf in leaves {
            let is_there = words.iter().any(|it| it.contains(&leaf));
            let told: Vec<_> = entries(*span).collect();
            assert!(is_there, "{leaf:?} is said to be carried in project {at}, and is in no word: {told:?}");
        }
    });
}

// ── systemd ──

/// What systemd says of units; nothing where there is none to ask.
fn verified(units: &[(String, String)]) -> String {
    let directory = temporary("units");
    fs::create_dir_all(&directory).expect("a directory");
    let mut command = Command::new("systemd-analyze");
    command.arg("verify");
    for (name, text) in units {
        let path = directory.join(name);
        fs::write(&path, text).expect("a file");
        command.arg(path);
    }
    let Ok(output) = command.output() else {
        println!("SKIPPED: there is no systemd-analyze to read units");
        return String::new();
    };
    fs::remove_dir_all(&directory).expect("a directory to remove");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What it says, without what is the matter of the machine it runs on.
fn complaints(said: &str) -> Vec<&str> {
    // Those are newer than 252; NixOS has had 254 since 23.11.
    let newer = |it: &&str| {
        ["RestartSteps", "RestartMaxDelaySec"].iter().any(|key| it.contains(&format!("Unknown key '{key}'")))
    };
    let lines = said.lines().filter(|it| !it.is_empty() && !newer(it));
    // That containers wait for each other in a circle is not the matter of one unit.
    lines.filter(|it| it.contains("/drydock-units-")).collect()
}

#[test]
fn systemd_reads_every_unit() {
    let said = verified(&[("a.service".to_owned(), "[Service]\nExecStart=/bin/true\nRestart=perhaps\n".to_owned())]);
    assert!(said.is_empty() || !complaints(&said).is_empty(), "a mistake is found: {said}");
    let modules: Vec<_> = some_projects(24)
        .iter()
        .chain([&shop()])
        .enumerate()
        .map(|(at, project)| (choices_of(at).release, printed(project, &choices_of(at), "oci-containers").text))
        .collect();
    for module in evaluated("module", &modules).into_iter().flatten() {
        let mut units = Vec::new();
        for name in ["docker.service", "docker.socket", "network-online.target"] {
            let section = match name.rsplit_once('.') {
                Some((_, "socket")) => "[Socket]\nListenStream=/run/x.sock\n",
                Some((_, "service")) => "[Service]\nExecStart=/bin/true\n",
                _ => "[Unit]\n",
            };
            units.push((name.to_owned(), section.to_owned()));
        }
        for name in module["targets"].as_object().into_iter().flat_map(|it| it.keys()) {
            units.push((format!("{name}.target"), "[Unit]\n".to_owned()));
        }
        for name in module["containers"].as_object().expect("containers").keys() {
            let unit = format!("{}-{name}", module["backend"].as_str().expect("a backend"));
            if module["services"].get(&unit).is_none() {
                units.push((format!("{unit}.service"), "[Service]\nExecStart=/bin/true\n".to_owned()));
            }
        }
        for (name, service) in module["services"].as_object().into_iter().flatten() {
            let value = |it: &Json| match it {
                Json::String(it) => it.clone(),
                Json::Array(all) => all.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(" "),
                it => it.to_string(),
            };
            let mut text = String::from("[Unit]\n");
            for (key, option) in [
                ("After", "after"),
                ("Requires", "requires"),
                ("Wants", "wants"),
                ("PartOf", "partOf"),
                ("StartLimitBurst", "startLimitBurst"),
                ("StartLimitIntervalSec", "startLimitIntervalSec"),
            ] {
                if let Some(it) = service.get(option) {
                    text += &format!("{key}={}\n", value(it));
                }
            }
            let section = |name: &str| service[name].as_object().into_iter().flatten();
            section("unitConfig").for_each(|(key, it)| text += &format!("{key}={}\n", value(it)));
            text += "[Service]\nExecStart=/bin/true\n";
            section("serviceConfig").for_each(|(key, it)| text += &format!("{key}={}\n", value(it)));
            units.push((format!("{name}.service"), text));
        }
        let said = verified(&units);
        assert!(complaints(&said).is_empty(), "{said}\n{units:#?}");
    }
}

// ── Quadlet ──

/// The words that Podman makes of the files, once systemd has read them in its turn.
///
/// Source: containers/podman pkg/systemd/parser/unitfile.go, `Lookup`, `LookupAll`, `LookupAllStrv`, `LookupAllArgs`;
/// split.go, `extractFirstWord`; systemd.service(5), *Command lines* (`$$`), systemd.unit(5) (`%%`)
fn quadlet_words(files: &str) -> Vec<String> {
    const ARGS: &[&str] =
        &["Environment", "Label", "Annotation", "EnvironmentFile", "Mount", "PodmanArgs", "Exec", "Options"];
    const STRV: &[&str] = &["AddDevice", "AddCapability", "DropCapability", "LogOpt"];
    let mut section = "";
    let mut words = Vec::new();
    for line in files.lines().filter(|it| !it.is_empty() && !it.starts_with(['#', ';'])) {
        if let Some(name) = line.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            section = name;
            continue;
        }
        let (key, value) = line.split_once('=').unwrap_or_else(|| panic!("{line:?} is no setting"));
        assert!(!value.ends_with('\\'), "the next line belongs to {line:?}");
        if matches!(section, "Unit" | "Service" | "Install") {
            continue;
        }
        let read = match (ARGS.contains(&key), STRV.contains(&key)) {
            (true, _) => split(value, true),
            (_, true) => split(value, false),
            _ => vec![value.trim_end().trim_matches('"').to_owned()],
        };
        for word in read {
            let mut letters = word.replace("%%", "\u{e000}").replace("$$", "\u{e001}");
            assert!(!letters.contains(['$', '%']), "systemd puts something into {word:?}");
            letters = letters.replace('\u{e000}', "%").replace('\u{e001}', "$");
            words.push(letters);
        }
    }
    words
}

fn split(text: &str, has_escapes: bool) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut is_begun = false;
    let mut quote = None;
    let mut letters = text.chars();
    while let Some(it) = letters.next() {
        match (it, quote) {
            ('\\', _) if has_escapes => {
                is_begun = true;
                let digits = match letters.next() {
                    Some('x') => 2,
                    Some('u') => 4,
                    Some(it) => {
                        let plain = [('n', '\n'), ('r', '\r'), ('t', '\t'), ('b', '\u{8}'), ('f', '\u{c}')];
                        let known = plain.iter().find(|of| of.0 == it).map(|of| of.1);
                        assert!(known.is_some() || "\\\"'".contains(it), "{text:?} has no such escape");
                        word.push(known.unwrap_or(it));
                        continue;
                    }
                    None => panic!("{text:?} ends within an escape"),
                };
                let digits: String = letters.by_ref().take(digits).collect();
                let code = u32::from_str_radix(&digits, 16).expect("digits");
                word.push(char::from_u32(code).expect("a character"));
            }
            (it, Some(open)) if it == open => quote = None,
            ('"' | '\'', None) => {
                quote = Some(it);
                is_begun = true;
            }
            (' ' | '\t' | '\n' | '\r', None) => {
                if is_begun && !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                is_begun = false;
            }
            (it, _) => {
                word.push(it);
                is_begun = true;
            }
        }
    }
    assert!(quote.is_none(), "{text:?} has quotes that do not end");
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[test]
fn quadlet_reads_back_what_is_carried() {
    for (at, project) in some_projects(200).into_iter().enumerate() {
        let printed = printed(&project, &choices_of(at), "quadlet");
        let words: Vec<String> = quadlet_words(&printed.text).iter().flat_map(|it| readings(it)).collect();
        assert_in(at, project, &printed, &words);
    }
}

#[test]
fn quadlet_nix_makes_the_same_of_it() {
    let projects = some_projects(120);
    let all: Vec<_> = projects.iter().enumerate().map(|(at, it)| printed(it, &choices_of(at), "quadlet-nix")).collect();
    let texts: Vec<_> = all.iter().map(|it| (Release::LATEST, it.text.clone())).collect();
    let Some(files) = evaluated("quadlet", &texts) else { return };
    for (at, (project, text)) in projects.into_iter().zip(files).enumerate() {
        let words: Vec<String> =
            quadlet_words(text.as_str().expect("files")).iter().flat_map(|it| readings(it)).collect();
        assert_in(at, project, &all[at], &words);
    }
}

#[test]
fn home_manager_makes_the_same_of_it() {
    let projects = some_projects(120);
    let all: Vec<_> =
        projects.iter().enumerate().map(|(at, it)| printed(it, &choices_of(at), "home-manager")).collect();
    let texts: Vec<_> = all.iter().map(|it| (Release::LATEST, it.text.clone())).collect();
    let Some(files) = evaluated("home", &texts) else { return };
    for (at, (project, text)) in projects.into_iter().zip(files).enumerate() {
        let words: Vec<String> =
            quadlet_words(text.as_str().expect("files")).iter().flat_map(|it| readings(it)).collect();
        assert_in(at, project, &all[at], &words);
    }
}

#[test]
fn a_user_gets_what_a_user_may_have() {
    let mut place = Places::default();
    let port = Port { host_address: String::new(), host: Some((80, 80)), container: (80, 80), protocol: String::new() };
    let mount = |source: &str| Mount { source: source.to_owned(), target: "/srv".to_owned(), ..Mount::default() };
    let web = Container {
        name: "web".to_owned(),
        image: Some(place.at("nginx".to_owned())),
        ports: vec![place.at(port)],
        mounts: vec![place.at(mount("./site")), place.at(mount("~/a"))],
        devices: vec![place.at("/dev/dri".to_owned())],
        privileged: Some(place.at(true)),
        stop_timeout: Some(place.at(25)),
        labels: vec![
            place.at(("compose2nix.systemd.unit.Requires".to_owned(), "sops-nix.service shop-db.service".to_owned())),
        ],
        ..Container::default()
    };
    let db = Container { name: "db".to_owned(), image: web.image.clone(), ..Container::default() };
    let wait = Dependency { on: "db".to_owned(), condition: Condition::Started, is_required: true, restarts: false };
    let web = Container { depends_on: vec![place.at(wait)], ..web };
    let project = Project { containers: vec![web, db], ..Project::default() };
    let choices = Choices { project: "shop".to_owned(), ..Choices::default() };
    let printed = printed(&project, &choices, "home-manager");
    for part in [
        "\"${config.home.homeDirectory}/shop/site:/srv\"",
        "\"${config.home.homeDirectory}/a:/srv\"",
        "systemd.user.tmpfiles.rules = [",
        "TimeoutStopSec = \"55\";",
        "\"podman-shop-db.service\"\n",
        "\"sops-nix.service podman-shop-db.service\"",
    ] {
        assert!(printed.text.contains(part), "{}", printed.text);
    }
    let said: Vec<String> = printed.told.entries.iter().map(|it| format!("{:?}", it.fate)).collect();
    for part in ["below 1024", "starts at `~/shop`", "that the user may open", "more than the user"] {
        assert!(said.iter().any(|it| it.contains(part)), "{said:#?}");
    }
    assert!(!said.iter().any(|it| it.contains("`~`")), "the home directory stays what it was: {said:#?}");
}

/// What a step or a note names is there in the result that was chosen.
#[test]
fn units_are_called_what_the_target_calls_them() {
    let mut place = Places::default();
    let port = Port { host_address: String::new(), host: Some((80, 80)), container: (80, 80), protocol: String::new() };
    let web = Container {
        name: "web".to_owned(),
        image: Some(place.at("nginx".to_owned())),
        ports: vec![place.at(port)],
        ..Container::default()
    };
    let host = Container {
        name: "host".to_owned(),
        network_mode: Some(place.at(NetworkMode::Host)),
        ports: Vec::new(),
        ..web.clone()
    };
    let project = Project { containers: vec![web, host], ..Project::default() };
    use Backend::{Docker, Podman};
    for (target, backend, journal, unit, open) in [
        ("oci-containers", Docker, "journalctl --unit docker-shop-web.service", "docker-shop-", "Docker opens"),
        ("oci-containers", Podman, "journalctl --unit podman-shop-web.service", "podman-shop-", "Podman opens"),
        ("quadlet-nix", Docker, "journalctl --unit shop-web.service", "`shop-", "Podman opens"),
        ("quadlet", Podman, "journalctl --unit shop-web.service", "", ""),
        (
            "home-manager",
            Docker,
            "journalctl --user --unit podman-shop-web.service",
            "podman-shop-",
            "Podman runs as a user here",
        ),
        ("arion", Docker, "journalctl --unit arion-shop.service", "arion-shop", "Docker opens"),
        ("arion", Podman, "journalctl --unit arion-shop.service", "arion-shop", "Podman opens"),
        ("docker-run", Docker, "", "", ""),
    ] {
        let choices = Choices { backend, project: "shop".to_owned(), ..Choices::default() };
        let Printed { steps, notes, .. } = printed(&project, &choices, target);
        let lines: Vec<&str> = steps.iter().flat_map(|it| &it.lines).map(String::as_str).collect();
        assert!(journal.is_empty() || lines.contains(&journal), "{target}: {lines:#?}");
        let steps = format!("{steps:?}");
        assert!(!["UNIT", "PROJECT", "RUNNER"].iter().any(|it| steps.contains(it)), "{steps}");
        let about: Vec<&str> =
            notes.iter().map(|it| it.message.as_str()).filter(|it| it.contains("networking.firewall")).collect();
        match open {
            "" => assert_eq!(about, [""; 0], "{target}"),
            open => {
                assert_eq!(about.len(), 2, "{target}: {about:#?}");
                assert!(about[0].starts_with(open), "{target}: {about:#?}");
                assert!(about.iter().all(|it| it.contains(unit)), "{target}: {about:#?}");
            }
        }
    }
}

/// What a Compose file says of several containers, with what a result has and what is told of their number.
#[test]
fn several_containers_of_one_service_are_made() {
    let printed_of = |service: &str, others: &str, backend, secrets, target: &str| {
        let text = format!("name: shop\nservices:\n  web: {{ scale: 3, {service} }}\n{others}");
        let project = compose::read(&text, &compose::Choices::default()).project;
        let printed = printed(&project, &Choices { backend, secrets, ..Choices::default() }, target);
        let at = text.find("3").expect("the number");
        let told = printed.told.entries.iter().filter(|it| it.span.start == at).map(|it| match &it.fate {
            Fate::Carried(how) | Fate::Changed(how) | Fate::Dropped(how) => how.clone(),
        });
        let told = told.collect::<Vec<_>>().join(" ");
        (printed.text, told)
    };
    use Backend::{Docker, Podman};
    let all = "3 containers, `web-1` to `web-3`";
    for (target, backend, parts) in [
        ("oci-containers", Docker, &["shop-web-1 = {", "shop-web-3 = {", "\"name=shop_default,alias=web\""][..]),
        ("oci-containers", Podman, &["shop-web-1 = {", "shop-web-3 = {", "\"shop_default:alias=web,alias=w\""]),
        ("quadlet-nix", Podman, &["shop-web-1 = {", "shop-web-3 = {", "\"shop_default.network:alias=web,alias=w\""]),
        (
            "quadlet",
            Podman,
            &["# shop-web-1.container", "# shop-web-3.container", "Network=shop_default.network:alias=web,alias=w"],
        ),
        ("home-manager", Podman, &["shop-web-1 = {", "shop-web-3 = {", "\"shop_default.network:alias=web,alias=w\""]),
        ("docker-run", Docker, &["--name shop-web-1", "--name shop-web-3", "--network name=shop_default,alias=web"]),
    ] {
        let others = "  app: { image: 'y:1', depends_on: [web], links: ['web:w'], volumes_from: [web] }\n";
        let (text, told) = printed_of("image: 'x:1', ports: [80]", others, backend, Secrets::Inline, target);
        for part in parts {
            assert!(text.contains(part), "{target}: there is no {part} in\n{text}");
        }
        assert_eq!(told, all, "{target}");
        assert!(!text.contains("shop-web-4") && !text.contains("shop-web "), "{text}");
        assert!(text.contains("volumes-from") && !text.contains("volumes-from=web"), "{text}");
        // One image and one file with secrets are enough for all of them.
        let (text, _) = printed_of("build: ., environment: { A_TOKEN: hunter2 }", "", backend, Secrets::File, target);
        let builds = ["docker build", "podman build", "File=Dockerfile", ".build\n", "file = \"", "tag = "];
        assert!(builds.iter().all(|it| text.matches(it).count() <= if *it == ".build\n" { 4 } else { 1 }), "{text}");
        assert!(!text.contains("web-1-env") && !text.contains("web-2-env"), "{text}");
        assert!(!text.contains("shop-web-2:") && !text.contains("build-shop-web-2"), "{text}");
    }
    for (target, part) in [("compose", "scale: 3"), ("arion", "scale = 3"), ("arion-compose", "scale = 3")] {
        let (text, told) = printed_of("image: 'x:1'", "", Docker, Secrets::Inline, target);
        assert!(text.contains(part) && !text.contains("web-1"), "{text}");
        assert_eq!(told, "scale");
    }
    for (service, backend, word) in [
        ("image: 'x:1', container_name: y", Docker, "all be called `y`"),
        ("image: 'x:1', ports: ['8080:80']", Docker, "the port 8080 of the host"),
        ("image: 'x:1', ports: ['8080-8081:80']", Docker, "the port 8080 of the host"), // one too few
        ("image: 'x:1', ports: ['8080-8089:80']", Podman, "the port 8080 of the host"),
        ("image: 'x:1', networks: { default: { ipv4_address: 10.7.0.9 } }", Docker, "the address in `default`"),
        ("image: 'x:1', ports: ['8080-8089:80']", Docker, "3 containers"),
    ] {
        let (text, told) = printed_of(service, "", backend, Secrets::Inline, "oci-containers");
        assert!(told.contains(word), "{service}: {told}");
        assert_eq!(text.contains("shop-web-2"), word == "3 containers", "{text}");
    }
    let many = Container {
        name: "web".to_owned(),
        image: Some(At::new("x".to_owned(), Span::default())),
        replicas: Some(At::new(u64::MAX, Span::new(1, 2))),
        ..Container::default()
    };
    let names = (0..20).map(|at| Container { name: format!("web{at}"), ..many.clone() });
    let project = Project { containers: names.collect(), ..Project::default() };
    let Printed { text, told, .. } = printed(&project, &Choices::default(), "docker-run");
    assert_eq!(text.matches("--name").count(), 256 + 12, "no number is too large to be written down");
    assert!(told.entries.iter().any(|it| matches!(&it.fate, Fate::Dropped(why) if why.contains("and no more"))));
}

/// A volume that Compose has made is found again, or it is said what to choose.
#[test]
fn what_compose_calls_by_its_directory_is_told() {
    let text = "services: { web: { image: 'x:1', volumes: ['data:/d', 'own:/o', 'old:/p'] } }\nvolumes: { data: , own: { name: mine }, old: { external: true } }\n";
    let told = |target: &str, chosen: &str| {
        let project = compose::read(text, &compose::Choices { name: chosen, ..compose::Choices::default() }).project;
        let told = printed(&project, &Choices::default(), target).told.entries;
        let about = told.into_iter().filter_map(|it| match it.fate {
            Fate::Changed(how) => how.contains("Project, under Surroundings").then(|| {
                let parts: Vec<&str> = how.split('`').collect();
                format!("{} {}", parts[1], parts[3])
            }),
            Fate::Carried(_) | Fate::Dropped(_) => None,
        });
        about.collect::<Vec<_>>()
    };
    for (target, expected) in [
        ("oci-containers", &["DIRECTORY_data data", "DIRECTORY_default containers_default"][..]),
        ("quadlet", &["DIRECTORY_data data", "DIRECTORY_default containers_default"]),
        ("home-manager", &["DIRECTORY_data data", "DIRECTORY_default containers_default"]),
        ("docker-run", &["DIRECTORY_data data", "DIRECTORY_default containers_default"]),
        ("arion", &["DIRECTORY_data containers_data", "DIRECTORY_default containers_default"]),
        ("compose", &[]),
    ] {
        assert_eq!(told(target, ""), expected, "{target}");
        assert_eq!(told(target, "media"), [""; 0], "{target}");
    }
    let project = compose::read(text, &compose::Choices::default()).project;
    let text = printed(&project, &Choices::default(), "docker-run").text;
    assert!(text.contains("network create containers_default"), "Docker has a network `default`: {text}");
}

// ── labels ──

#[test]
fn labels_for_compose2nix_are_lines_of_units() {
    let labels = [
        ("compose2nix.settings.autoStart", "false"),
        ("compose2nix.settings.sops.secrets", "a/b.env"),
        ("compose2nix.settings.unheard", "x"),
        ("compose2nix.systemd.service.RuntimeMaxSec", "100"),
        ("compose2nix.systemd.service.Restart", "'on-failure'"),
        ("compose2nix.systemd.unit.AllowIsolate", "no"),
        ("compose2nix.systemd.unit.RefuseManualStop", "on"),
        ("compose2nix.systemd.unit.After", "network-online.target"),
        ("compose2nix.systemd.unit.UpheldBy", "backup.service"),
        ("compose2nix.systemd.unit.bad key", "x"),
        ("own", "kept"),
    ];
    let mut place = Places::default();
    let container = Container {
        name: "web".to_owned(),
        image: Some(place.at("nginx".to_owned())),
        labels: labels.map(|(label, value)| place.at((label.to_owned(), value.to_owned()))).to_vec(),
        ..Container::default()
    };
    let project = Project { containers: vec![container], ..Project::default() };
    let oci = [
        "autoStart = false;",
        "environmentFiles = [ config.sops.secrets.\"a/b.env\".path ];",
        "RuntimeMaxSec = 100;",
        "Restart = lib.mkForce \"on-failure\";",
        "AllowIsolate = \"no\";",
        "RefuseManualStop = true;",
        "after = [ \"network-online.target\" ];",
        "upheldBy = [ \"backup.service\" ];",
        "own = \"kept\";",
    ];
    let files = ["[Unit]", "AllowIsolate=no", "After=network-online.target", "RuntimeMaxSec=100", "Restart=on-failure"];
    let home = ["RuntimeMaxSec = \"100\";", "Restart = \"on-failure\";", "After = \"network-online.target\";"];
    for (target, parts) in [("oci-containers", &oci[..]), ("quadlet", &files), ("home-manager", &home)] {
        let Printed { text, told, .. } = printed(&project, &Choices::default(), target);
        for part in parts {
            assert!(text.contains(part), "{target} has no {part}\n{text}");
        }
        assert!(!text.contains("compose2nix"), "{text}");
        let told: HashSet<Span> = told.entries.iter().map(|it| it.span).collect();
        facts(&mut project.clone(), &mut |span, leaves| assert!(told.contains(span), "nothing is told of {leaves:?}"));
    }
    assert!(
        printed(&project, &Choices::default(), "compose").text.contains("compose2nix.systemd.service.RuntimeMaxSec")
    );
}

// ── options ──

#[test]
fn an_option_switches_a_module_on_and_changes_nothing_else() {
    let projects: Vec<_> = some_projects(12).into_iter().chain([shop()]).collect();
    let stand_ins =
        [("module", "oci-containers"), ("quadlet", "quadlet-nix"), ("home", "home-manager"), ("arion", "arion")];
    for (stand_in, target) in stand_ins {
        let modules = |option: &str| {
            let of = |(at, project): (usize, &Project)| {
                let choices = Choices { option: option.to_owned(), ..choices_of(at) };
                let text = printed(project, &choices, target).text;
                let formatted = nixfmt_rs::format(&text).unwrap_or_else(|it| panic!("{it:?}\n{text}"));
                assert!(text == formatted, "{text}\n── nixfmt ──\n{formatted}");
                assert_eq!(text.contains("lib.mkIf config.services.\"my media\".enable"), !option.is_empty(), "{text}");
                (choices.release, text)
            };
            projects.iter().enumerate().map(of).collect::<Vec<_>>()
        };
        let without = |all: Option<Vec<Json>>| all.map(|it| it.iter().map(without_directory).collect::<Vec<_>>());
        let [always, switched] = ["", "services.my media"].map(|it| without(evaluated(stand_in, &modules(it))));
        assert_eq!(always, switched, "{target}");
    }
    let choices = Choices { option: "services.media".to_owned(), ..Choices::default() };
    let notes = printed(&shop(), &choices, "compose").notes;
    assert!(notes.iter().any(|it| it.message.contains("no option switches it on")), "{notes:?}");
}

/// What was evaluated, wherever that was.
fn without_directory(value: &Json) -> Json {
    let mut value = value.clone();
    if let Some(all) = value.as_object_mut() {
        all.remove("here");
    }
    value
}

// ── secrets ──

/// Projects with secrets of every kind, none of which is anything else as well.
fn projects_with_secrets() -> Vec<Project> {
    let mut projects = some_projects(30);
    projects.push(shop());
    for (at, project) in projects.iter_mut().enumerate() {
        let mut place = Places(1_000_000);
        let mut said = |name: &str, value: String| place.at((name.to_owned(), Some(value)));
        for (number, container) in project.containers.iter_mut().enumerate() {
            container.environment.extend([
                said("POSTGRES_PASSWORD", format!("hunter2-old-{at}-{number}")),
                said("POSTGRES_PASSWORD", format!("hunter2-'\"${{}} {at}-{number}")),
                said("LINES_TOKEN", format!("first\nhunter2-{at}-{number}")),
                said("ODD TOKEN", format!("hunter2-{at}-{number}")),
                said("URL", format!("https://me:hunter2-{at}@example.org/{number}")),
                said("PASSWORD_FILE", "/run/secrets/token".to_owned()),
            ]);
            container.environment.rotate_left(at % 3);
        }
        for secret in &mut project.secrets {
            if let HandedFrom::Content(text) = &mut secret.from {
                text.push_str("hunter2");
            }
        }
        project.secrets.push(HandedFile {
            name: "key".to_owned(),
            span: place.at(()).span,
            from: HandedFrom::Content("hunter2-'\n${key}".to_owned()),
        });
        let key = Handed { source: "key".to_owned(), ..Handed::default() };
        project.containers[0].secrets.push(place.at(key));
    }
    projects
}

/// Puts a secret of its own into each part of a project that can have one; returns them, each with its place.
fn planted(project: &mut Project) -> Vec<(String, Span)> {
    let mut place = Places(2_000_000);
    let mut planted = Vec::new();
    let mut next = |span: Span| {
        let secret = format!("swordfish{}x", planted.len());
        planted.push((secret.clone(), span));
        secret
    };
    macro_rules! pair {
        ($name:expr) => {{
            let mut pair = place.at(($name.to_owned(), String::new()));
            pair.value.1 = next(pair.span);
            pair
        }};
    }
    let first = &mut project.containers[0];
    first.labels.push(pair!("app.api_key"));
    first.labels.push(pair!("traefik.http.middlewares.auth.basicauth.users"));
    first.log_driver = Some(place.at("splunk".to_owned()));
    first.log_options.push(pair!("splunk-token"));
    let mut flag = place.at(Given { name: "annotation", value: None });
    flag.value.value = Some(format!("app.token={}", next(flag.span)));
    first.flags.push(flag);
    let mut mount = place.at(Mount {
        kind: MountKind::Volume,
        source: "data".to_owned(),
        target: "/x".to_owned(),
        ..Mount::default()
    });
    mount.value.options.push(format!("volume-opt=o=username=me,password={}", next(mount.span)));
    first.mounts.push(mount);
    let mut command = place.at(vec!["serve".to_owned()]);
    command.value.push(format!("--password={}", next(command.span)));
    command.value.extend(["--token".to_owned(), next(command.span)]);
    first.command = Some(command);
    let mut entry = place.at(vec!["sh".to_owned(), "-c".to_owned()]);
    entry.value.push(format!("exec serve --url 'postgres://me:{}@db/shop'", next(entry.span)));
    first.entrypoint = Some(entry);
    let mut health = place.at(Health::default());
    health.value.test = HealthTest::Shell(format!("PGPASSWORD={} pg_isready", next(health.span)));
    first.health = Some(health);
    // What is known of a variable is known everywhere.
    let mut health = place.at(Health::default());
    let known = next(health.span);
    first.environment.push(place.at(("DB_PASSWORD".to_owned(), Some(known.clone()))));
    let second = &mut project.containers[1];
    health.value.test = HealthTest::Words(["mysqladmin", "ping"].map(str::to_owned).to_vec());
    if let HealthTest::Words(words) = &mut health.value.test {
        words.push(format!("-p{known}"));
    }
    second.health = Some(health);
    let mut variable = place.at(("JAVA_OPTS".to_owned(), None));
    variable.value.1 = Some(format!("-Xmx1g -Dpassword={}", next(variable.span)));
    second.environment.push(variable);
    let mut build = place.at(Build::default());
    let span = build.span;
    build.value = Build {
        context: format!("https://me:{}@example.org/a.git", next(span)),
        dockerfile_inline: Some(format!("FROM a\nENV NPM_TOKEN={}\n", next(span))),
        args: vec![("API_KEY".to_owned(), Some(next(span)))],
        flags: vec![format!("--label=app.secret={}", next(span))],
        ..Build::default()
    };
    second.build = Some(build);
    let network = &mut project.networks[0];
    network.is_external = false;
    network.driver_options.push(pair!("com.example.password"));
    network.labels.push(pair!("app.token"));
    let volume = &mut project.volumes[0];
    volume.is_external = false;
    let mut option = place.at(("o".to_owned(), String::new()));
    option.value.1 = format!("username=me,password={}", next(option.span));
    volume.driver_options.push(option);
    volume.labels.push(pair!("app.token"));
    let span = place.at(()).span;
    let text = format!("[db]\nuser = me\npassword = {}\n", next(span));
    project.configs.push(HandedFile { name: "ini".to_owned(), span, from: HandedFrom::Content(text) });
    project.containers[0].configs.push(place.at(Handed { source: "ini".to_owned(), ..Handed::default() }));
    planted
}

#[test]
fn no_secret_is_in_nix_unless_it_is_to_stay() {
    let projects = projects_with_secrets();
    for (stand_in, target) in [("module", "oci-containers"), ("quadlet", "quadlet-nix"), ("home", "home-manager")] {
        for (secrets, id, _) in Secrets::ALL {
            let mut modules = Vec::new();
            for (at, project) in projects.iter().enumerate() {
                let mut project = project.clone();
                let planted = planted(&mut project);
                let choices = Choices { secrets, ..choices_of(at) };
                let Printed { text, told, notes, steps, .. } = printed(&project, &choices, target);
                let formatted = nixfmt_rs::format(&text).unwrap_or_else(|it| panic!("{it:?}\n{text}"));
                assert!(text == formatted, "{text}\n── nixfmt ──\n{formatted}");
                assert_eq!(text.contains("hunter2"), secrets == Secrets::Inline, "{id}\n{text}");
                let to_do = format!("{steps:?}");
                assert_eq!(to_do.contains("hunter2"), secrets != Secrets::Inline, "{to_do}");
                let stays = |span: Span| {
                    let of_it = told.entries.iter().filter(|it| it.span == span);
                    of_it
                        .into_iter()
                        .any(|it| matches!(&it.fate, Fate::Changed(how) if how.contains("stays in the Nix store")))
                };
                let mut stay = 0;
                for (secret, span) in planted.iter().filter(|it| secrets != Secrets::Inline && text.contains(&it.0)) {
                    assert!(stays(*span), "{target}, {id}: nothing is told of {secret} in\n{text}");
                    stay += 1;
                }
                let is_noted = notes.iter().any(|it| it.message.contains("Not every secret could be moved"));
                assert_eq!(is_noted, stay > 0, "{notes:?}");
                let told: HashSet<Span> = told.entries.iter().map(|it| it.span).collect();
                facts(&mut project, &mut |span, leaves| {
                    assert!(told.contains(span), "nothing is told of {leaves:?} in project {at}");
                });
                modules.push((choices.release, text));
            }
            evaluated(stand_in, &modules);
        }
    }
}

/// Each secret that stays is named, with what can be done; the note of those that moved speaks of them alone.
#[test]
fn what_stays_in_the_store_is_named() {
    let mut place = Places::default();
    let web = Container {
        name: "web".to_owned(),
        image: Some(place.at("nginx".to_owned())),
        command: Some(place.at(vec!["serve".to_owned(), "--token=hunter2".to_owned()])),
        labels: vec![place.at(("app.token".to_owned(), "hunter2".to_owned()))],
        secrets: vec![
            place.at(Handed { source: "moved".to_owned(), ..Handed::default() }),
            place.at(Handed { source: "said".to_owned(), ..Handed::default() }),
        ],
        ..Container::default()
    };
    let file = |name: &str, from| HandedFile { name: name.to_owned(), span: Span::default(), from };
    let project = Project {
        containers: vec![web],
        secrets: vec![
            file("moved", HandedFrom::File("./t".to_owned())),
            file("said", HandedFrom::Content("hunter2".to_owned())),
        ],
        ..Project::default()
    };
    let notes = |secrets| {
        let printed = printed(&project, &Choices { secrets, ..Choices::default() }, "oci-containers");
        printed.notes.into_iter().map(|it| it.message).collect::<Vec<_>>()
    };
    let inline = notes(Secrets::Inline);
    assert!(inline.iter().any(|it| it.contains("`moved`") && !it.contains("`said`")), "{inline:?}");
    let kept = notes(Secrets::File);
    assert!(kept.iter().any(|it| it.contains("`moved` and `said`")), "{kept:?}");
    let stay = "what is in the label `app.token` of `web` and the command of `web`";
    assert!(kept.iter().any(|it| it.contains(stay)), "{kept:?}");
}

#[test]
fn secrets_are_read_from_where_they_are_kept() {
    let mut place = Places::default();
    let db = Container {
        name: "db".to_owned(),
        image: Some(place.at("postgres:17".to_owned())),
        environment: vec![place.at(("DB_PASSWORD".to_owned(), Some("a: $b".to_owned())))],
        secrets: vec![place.at(Handed { source: "token".to_owned(), ..Handed::default() })],
        ..Container::default()
    };
    let token =
        HandedFile { name: "token".to_owned(), span: Span::default(), from: HandedFrom::File("./t".to_owned()) };
    let project = Project { containers: vec![db], secrets: vec![token], ..Project::default() };
    for (secrets, files, volume, steps) in [
        (
            Secrets::File,
            r#"environmentFiles = [ "/var/lib/secrets/db-env" ];"#,
            "\"/srv/containers/t:/run/secrets/token:ro\"",
            &["sudo install -D -m 0600 /dev/null /var/lib/secrets/db-env", "DB_PASSWORD=a: $b"][..],
        ),
        (
            Secrets::SopsNix,
            r#"environmentFiles = [ config.sops.templates.db-env.path ];"#,
            "\"${config.sops.secrets.token.path}:/run/secrets/token:ro\"",
            &["db-DB_PASSWORD: \"a: $b\"", "token: \"\" # the content of ./t"],
        ),
        (
            Secrets::Agenix,
            r#"environmentFiles = [ config.age.secrets.db-env.path ];"#,
            "\"${config.age.secrets.token.path}:/run/secrets/token:ro\"",
            &["nix run github:ryantm/agenix -- -e secrets/db-env.age", "DB_PASSWORD=a: $b"],
        ),
    ] {
        let printed = printed(&project, &Choices { secrets, ..Choices::default() }, "oci-containers");
        for part in [files, volume] {
            assert!(printed.text.contains(part), "{}", printed.text);
        }
        let lines: Vec<&str> = printed.steps.iter().flat_map(|it| &it.lines).flat_map(|it| it.lines()).collect();
        for step in steps {
            assert!(lines.contains(step), "{lines:#?}");
        }
    }
}

/// Many of everything that is looked up by its name: what grows faster than the text would not end here.
#[test]
fn large_projects_are_written_down() {
    const MANY: usize = 8_000;
    let mut place = Places::default();
    let mut containers = Vec::new();
    let mut secrets = Vec::new();
    for at in 0..MANY {
        containers.push(Container {
            name: format!("c{at}"),
            container_name: Some(place.at("same".to_owned())),
            image: Some(place.at("nginx".to_owned())),
            environment: vec![place.at(("DB_PASSWORD".to_owned(), Some("hunter2".to_owned())))],
            secrets: vec![place.at(Handed { source: format!("s{at}"), ..Handed::default() })],
            ..Container::default()
        });
        let from = HandedFrom::Content(format!("hunter2-{at}"));
        secrets.push(HandedFile { name: format!("s{at}"), span: place.at(()).span, from });
    }
    let odd = &mut containers[0];
    odd.capabilities = (0..MANY).map(|at| place.at((format!("C{at}"), true))).collect();
    odd.labels = (0..MANY).map(|at| place.at((format!("compose2nix.systemd.unit.K{at}"), "x".to_owned()))).collect();
    odd.build = Some(place.at(Build {
        context: ".".to_owned(),
        args: (0..MANY).map(|at| (format!("A{at}"), None)).collect(),
        ..Build::default()
    }));
    let project = Project { containers, secrets, ..Project::default() };
    for (target, part) in [
        ("oci-containers", "config.sops.templates.same-8000-env.path"),
        ("home-manager", "${config.sops.secrets.s7999.path}:/run/secrets/s7999:ro"),
        ("arion", "capabilities = {"),
        ("compose", "A7999"),
    ] {
        let text = printed(&project, &Choices { secrets: Secrets::SopsNix, ..Choices::default() }, target).text;
        assert!(text.contains(part), "{target}");
    }
}

// ── YAML ──

/// What a parser of YAML reads.
#[derive(Debug)]
enum Yaml {
    Plain(String),
    Quoted(String),
    List(Vec<Yaml>),
    Map(Vec<(String, Yaml)>),
}

impl Yaml {
    fn read(text: &str) -> Self {
        let events: Vec<_> =
            Parser::new_from_str(text).map(|it| it.unwrap_or_else(|it| panic!("{it}\n{text}")).0).collect();
        let mut events =
            events.into_iter().filter(|it| it.is_node() || matches!(it, Event::SequenceEnd | Event::MappingEnd));
        let document = Self::node(&mut events).expect("a document");
        assert!(events.next().is_none(), "one document");
        document
    }

    fn node<'e>(events: &mut dyn Iterator<Item = Event<'e>>) -> Option<Self> {
        Some(match events.next()? {
            Event::Scalar(text, ScalarStyle::Plain, ..) => Self::Plain(text.into_owned()),
            Event::Scalar(text, ..) => Self::Quoted(text.into_owned()),
            Event::SequenceStart(..) => Self::List(std::iter::from_fn(|| Self::node(events)).collect()),
            Event::MappingStart(..) => {
                let mut members: Vec<(String, Yaml)> = Vec::new();
                while let Some(key) = Self::node(events) {
                    let (Self::Plain(key) | Self::Quoted(key)) = key else { panic!("{key:?} is no key") };
                    assert!(!members.iter().any(|it| it.0 == key), "Compose refuses `{key}` twice");
                    members.push((key, Self::node(events).expect("a value")));
                }
                Self::Map(members)
            }
            _ => return None,
        })
    }

    /// Every string, as Compose has it once variables are put in.
    fn words(&self, words: &mut Vec<String>) {
        match self {
            Self::Plain(text) | Self::Quoted(text) => {
                assert!(!text.replace("$$", "").contains('$'), "{text:?} has a variable");
                words.push(text.replace("$$", "$"));
            }
            Self::List(elements) => elements.iter().for_each(|it| it.words(words)),
            Self::Map(members) => {
                for (key, value) in members {
                    words.push(key.clone());
                    let before = words.len();
                    value.words(words);
                    if let ([value], Yaml::Plain(_) | Yaml::Quoted(_)) = (&words[before..], value) {
                        let pair = format!("{key}={value}");
                        words.push(pair);
                    }
                }
            }
        }
    }

    fn get(&self, path: &[&str]) -> Option<&Self> {
        let [first, rest @ ..] = path else { return Some(self) };
        let Self::Map(members) = self else { return None };
        members.iter().find(|it| it.0 == *first)?.1.get(rest)
    }
}

#[test]
fn compose_reads_back_what_is_carried() {
    for (at, project) in some_projects(200).into_iter().enumerate() {
        let printed = printed(&project, &choices_of(at), "compose");
        let yaml = Yaml::read(&printed.text);
        for name in ["db", "web", "job"] {
            let has = |key| yaml.get(&["services", name, key]).is_some();
            assert!(has("image") || has("build"), "{}", printed.text);
            assert!(!(has("network_mode") && has("networks")), "{}", printed.text);
        }
        let mut words = Vec::new();
        yaml.words(&mut words);
        assert_in(at, project, &printed, &words);
    }
}

// ── Arion ──

/// A value as Compose has it from a file.
fn value_of(yaml: &Yaml) -> Json {
    match yaml {
        Yaml::Plain(word) => serde_json::from_str(word).unwrap_or_else(|_| Json::String(word.clone())),
        Yaml::Quoted(text) => Json::String(text.clone()),
        Yaml::List(elements) => elements.iter().map(value_of).collect(),
        Yaml::Map(members) => Json::Object(members.iter().map(|(key, value)| (key.clone(), value_of(value))).collect()),
    }
}

/// A file without what strings begin with.
fn without(value: Json, start: &str) -> Json {
    match value {
        Json::String(text) => Json::String(text.strip_prefix(start).unwrap_or(&text).to_owned()),
        Json::Array(elements) => elements.into_iter().map(|it| without(it, start)).collect(),
        Json::Object(members) => members.into_iter().map(|(key, it)| (key, without(it, start))).collect(),
        value => value,
    }
}

/// The same file without what says nothing: what is empty, and what Arion writes for what Compose does by itself.
fn plainly(mut file: Json) -> Json {
    let usual = [("interval", "30s"), ("timeout", "30s"), ("start_period", "0s")];
    for service in file["services"].as_object_mut().expect("services").values_mut() {
        let service = service.as_object_mut().expect("a service");
        for key in ["volumes", "environment", "sysctls"] {
            let is_empty = |it: &Json| *it == json!([]) || *it == json!({});
            if service.get(key).is_some_and(is_empty) {
                service.remove(key);
            }
        }
        if let Some(Json::Object(check)) = service.get_mut("healthcheck") {
            if check.get("disable") == Some(&json!(true)) {
                *check = json!({"test": ["NONE"]}).as_object().expect("a map").clone();
            }
            for (key, value) in usual {
                check.entry(key).or_insert_with(|| json!(value));
            }
            check.entry("retries").or_insert_with(|| json!(3));
        }
        if let Some(Json::String(line)) = service.get("entrypoint") {
            let words: Vec<&str> = line.split(' ').collect();
            service.insert("entrypoint".to_owned(), json!(words));
        }
        for key in ["cap_add", "cap_drop"] {
            if let Some(Json::Array(names)) = service.get_mut(key) {
                names.sort_by_key(Json::to_string);
                names.dedup();
            }
        }
        for joined in
            service.get_mut("networks").and_then(Json::as_object_mut).into_iter().flat_map(|it| it.values_mut())
        {
            joined.as_object_mut().expect("a map").entry("aliases").or_insert_with(|| json!([]));
        }
    }
    let joins_default = |it: &Json| it.get("networks").or_else(|| it.get("network_mode")).is_none();
    let has_default = file["services"].as_object().expect("services").values().any(joins_default);
    if let (false, Some(networks)) = (has_default, file.get_mut("networks").and_then(Json::as_object_mut)) {
        // Compose makes no network that nobody joins.
        networks.remove("default");
    }
    file.as_object_mut().expect("a file").entry("name").or_insert_with(|| json!("containers"));
    for key in ["networks", "volumes"] {
        file.as_object_mut().expect("a file").entry(key).or_insert_with(|| json!({}));
    }
    file
}

#[test]
fn arion_makes_the_compose_file_of_it() {
    let projects: Vec<_> = some_projects(120).into_iter().chain([shop()]).collect();
    let choices = |at| Choices { project: "shop".to_owned(), ..choices_of(at) };
    let of = |target| projects.iter().enumerate().map(move |(at, it)| printed(it, &choices(at), target));
    let files: Vec<_> = of("arion-compose").map(|it| (Release::LATEST, it.text)).collect();
    let Some(evaluated) = evaluated("arion", &files) else { return };
    for (at, (arion, compose)) in evaluated.into_iter().zip(of("compose")).enumerate() {
        let here = arion["here"].as_str().expect("a directory");
        // Where a path starts is said in two ways.
        let arion = without(arion["composed"].clone(), &format!("{here}/"));
        let compose = without(value_of(&Yaml::read(&compose.text)), "./");
        let (arion, compose) = (plainly(arion), plainly(compose));
        for (name, service) in compose["services"].as_object().expect("services") {
            assert_eq!(arion["services"][name], *service, "{}", files[at].1);
        }
        assert_eq!(arion, compose, "{}", files[at].1);
    }
}

#[test]
fn the_module_of_arion_has_what_is_carried() {
    let projects = some_projects(120);
    let all: Vec<_> = projects.iter().enumerate().map(|(at, it)| printed(it, &choices_of(at), "arion")).collect();
    let modules: Vec<_> = all.iter().map(|it| (Release::LATEST, it.text.clone())).collect();
    let Some(evaluated) = evaluated("arion", &modules) else { return };
    for (at, (project, module)) in projects.into_iter().zip(evaluated).enumerate() {
        // It is YAML, too.
        let mut words = Vec::new();
        Yaml::read(&module["composed"].to_string()).words(&mut words);
        assert_in(at, project, &all[at], &words);
    }
}

#[test]
fn compose_reads_strings_as_strings() {
    for (value, written) in [
        ("a b", "a b"),
        ("/srv/a:/b:ro", "/srv/a:/b:ro"),
        ("./a", "./a"),
        ("yes", "\"yes\""), // a truth value of YAML 1.1
        ("NULL", "\"NULL\""),
        ("1.10", "\"1.10\""), // a number whose text would change
        ("22:22", "\"22:22\""),
        ("2024-01-02", "\"2024-01-02\""),
        ("", "\"\""),
        ("a: b", "\"a: b\""),
        ("a #b", "\"a #b\""),
        ("*a", "\"*a\""),
        ("@a", "\"@a\""),
        ("a$b${c}", "\"a$$b$${c}\""),
        ("a\n\t\"\\\u{1}\u{85}é", "\"a\\n\\t\\\"\\\\\\x01\\x85é\""),
        (" a", "\" a\""),
        ("a:", "\"a:\""),
        ("---", "\"---\""),
        ("~", "\"~\""),
    ] {
        let user = Some(At::new(value.to_owned(), Span::default()));
        let container = Container { name: "a".to_owned(), user, ..Container::default() };
        let project = Project { containers: vec![container], ..Project::default() };
        let text = printed(&project, &Choices::default(), "compose").text;
        assert!(text.contains(&format!("    user: {written}\n")), "{text}");
    }
}
