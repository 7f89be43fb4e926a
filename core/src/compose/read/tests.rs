//! What is read of whole files: every form, and that nothing is lost.

use proptest::prelude::*;

use super::*;
use crate::containers::model::*;

fn project(text: &str) -> Project {
    read(text, &Choices::default()).project
}

/// The only service of a file, with what could not be carried.
#[track_caller]
fn service(lines: &str) -> (Container, Vec<String>) {
    let indented: String = lines.lines().map(|it| format!("    {it}\n")).collect();
    let text = format!("services:\n  a:\n{indented}");
    let mut project = project(&text);
    let unusable = project.unusable.iter().map(|it| it.why.clone()).collect();
    (project.containers.pop().expect("a service"), unusable)
}

fn values<T: Clone>(of: &[At<T>]) -> Vec<T> {
    of.iter().map(|it| it.value.clone()).collect()
}

fn strings<const N: usize>(of: [&str; N]) -> Vec<String> {
    of.iter().map(|it| (*it).to_owned()).collect()
}

#[test]
fn lists_and_mappings_say_the_same() {
    let pair = |name: &str, value: Option<&str>| (name.to_owned(), value.map(str::to_owned));
    for (lines, expected) in [
        ("environment: [A=1, B, C=]", vec![pair("A", Some("1")), pair("B", None), pair("C", Some(""))]),
        ("environment:\n  A: 1\n  B:\n  C: ''\n", vec![pair("A", Some("1")), pair("B", None), pair("C", Some(""))]),
        (
            "environment:\n  A: 1.10\n  B: 010\n  C: yes\n  D: true",
            vec![pair("A", Some("1.1")), pair("B", Some("8")), pair("C", Some("yes")), pair("D", Some("true"))],
        ),
        ("environment: [A=1, B=2, A=3]", vec![pair("A", Some("3")), pair("B", Some("2"))]),
        ("environment: ['A=b=c', \"D=$$E\"]", vec![pair("A", Some("b=c")), pair("D", Some("$E"))]),
    ] {
        assert_eq!(values(&service(lines).0.environment), expected, "{lines}");
    }
}

#[test]
fn commands_are_words() {
    for (lines, expected) in [
        ("command: a 'b c'", Some(strings(["a", "b c"]))),
        ("command: [a, b c]", Some(strings(["a", "b c"]))),
        ("command: []", Some(vec![])),
        ("command: ''", Some(vec![])),
        ("command:", None),
        ("command: a && b", Some(strings(["a"]))),
        ("command: a 'b", None),
        ("command: >\n  a\n  b\n", Some(strings(["a", "b"]))),
    ] {
        assert_eq!(service(lines).0.command.map(|it| it.value), expected, "{lines}");
    }
    assert_eq!(service("command: a && b").1.len(), 1);
    assert_eq!(service("command: a 'b").1.len(), 1);
}

#[test]
fn flags_have_the_names_of_docker_run() {
    for (lines, expected) in [
        ("shm_size: 64m", &["shm-size 64m"][..]),
        ("mem_limit: 1073741824", &["memory 1073741824"]),
        ("cpus: 0.50", &["cpus 0.5"]),
        ("read_only: true\ninit: false\ntty: \"yes\"", &["read-only", "init false", "tty"]),
        ("dns: 1.1.1.1", &["dns 1.1.1.1"]),
        ("dns: [1.1.1.1, 9.9.9.9]", &["dns 1.1.1.1", "dns 9.9.9.9"]),
        ("sysctls: {net.core.somaxconn: 1024}", &["sysctl net.core.somaxconn=1024"]),
        ("sysctls: [net.core.somaxconn=1024]", &["sysctl net.core.somaxconn=1024"]),
        ("ulimits: {nproc: 65535, nofile: {soft: 1, hard: 2}}", &["ulimit nproc=65535", "ulimit nofile=1:2"]),
        ("extra_hosts: ['a:10.0.0.1', 'b=[::1]']", &["add-host a:10.0.0.1", "add-host b:::1"]),
        (
            "extra_hosts: {a: 10.0.0.1, b: [1.1.1.1, ::1]}",
            &["add-host a:10.0.0.1", "add-host b:1.1.1.1", "add-host b:::1"],
        ),
        ("ipc: service:db", &["ipc container:db"]),
        (
            "blkio_config: {weight: 300, device_read_bps: [{path: /dev/sda, rate: 12mb}]}",
            &["blkio-weight 300", "device-read-bps /dev/sda:12mb"],
        ),
        (
            "deploy: {resources: {limits: {cpus: '1', memory: 50M, pids: 3}, reservations: {memory: 20M}}}",
            &["cpus 1", "memory 50M", "pids-limit 3", "memory-reservation 20M"],
        ),
        ("volumes_from: [db:ro, container:x]", &["volumes-from db:ro", "volumes-from x"]),
    ] {
        let (container, unusable) = service(lines);
        let flags = container
            .flags
            .iter()
            .map(|it| [it.value.name, it.value.value.as_deref().unwrap_or_default()].join(" ").trim_end().to_owned());
        assert_eq!(flags.collect::<Vec<_>>(), expected, "{lines}");
        assert_eq!(unusable, [""; 0], "{lines}");
    }
}

#[test]
fn what_is_ordered_after_what() {
    let start = |on: &str, restarts| Dependency {
        on: on.to_owned(),
        condition: Condition::Started,
        is_required: true,
        restarts,
    };
    for (lines, expected) in [
        ("depends_on: [b, c]", vec![start("b", false), start("c", false)]),
        (
            "depends_on:\n  b: {condition: service_healthy, restart: true, required: false}\n",
            vec![Dependency { condition: Condition::Healthy, is_required: false, ..start("b", true) }],
        ),
        (
            "depends_on: {b: {condition: service_completed_successfully}, c: }",
            vec![Dependency { condition: Condition::Completed, ..start("b", false) }, start("c", false)],
        ),
        ("links: [b, 'c:d']\ndepends_on: [c]", vec![start("c", false), start("b", true)]),
        ("network_mode: service:b", vec![start("b", true)]),
        ("volumes_from: [b:ro]", vec![start("b", false)]),
    ] {
        assert_eq!(values(&service(lines).0.depends_on), expected, "{lines}");
    }
}

#[test]
fn health_is_asked_in_all_forms() {
    for (lines, expected) in [
        ("healthcheck: {test: curl -f x || exit 1}", HealthTest::Shell("curl -f x || exit 1".to_owned())),
        ("healthcheck: {test: [CMD-SHELL, a b]}", HealthTest::Shell("a b".to_owned())),
        ("healthcheck: {test: [CMD, a, b c]}", HealthTest::Words(strings(["a", "b c"]))),
        ("healthcheck: {test: [NONE]}", HealthTest::Off),
        ("healthcheck: {disable: true}", HealthTest::Off),
        ("healthcheck: {interval: 5s}", HealthTest::Image),
    ] {
        assert_eq!(service(lines).0.health.map(|it| it.value.test), Some(expected), "{lines}");
    }
    assert_eq!(service("healthcheck: {test: [curl]}").1, ["The list begins with `CMD`, `CMD-SHELL` or `NONE`."]);
}

#[test]
fn restarts_and_times() {
    for (lines, policy, attempts) in [
        ("restart: always", RestartPolicy::Always, None),
        ("restart: no", RestartPolicy::No, None),
        ("restart: 'no'", RestartPolicy::No, None),
        ("restart: on-failure:3", RestartPolicy::OnFailure, Some(3)),
        ("restart: unless-stopped", RestartPolicy::UnlessStopped, None),
        (
            "restart: always\ndeploy: {restart_policy: {condition: on-failure, max_attempts: 2}}",
            RestartPolicy::OnFailure,
            Some(2),
        ),
        ("deploy: {restart_policy: {delay: 5s}}", RestartPolicy::Always, None),
    ] {
        let restart = service(lines).0.restart.expect("a restart").value;
        assert_eq!((restart.policy, restart.attempts), (policy, attempts), "{lines}");
    }
    assert_eq!(service("restart: sometimes").1.len(), 1);
    for (lines, seconds) in
        [("stop_grace_period: 1m30s", 90), ("stop_grace_period: 1d", 86_400), ("stop_grace_period: 1500ms", 2)]
    {
        assert_eq!(service(lines).0.stop_timeout.map(|it| it.value), Some(seconds), "{lines}");
    }
}

#[test]
fn devices_and_graphics_cards() {
    for (lines, gpus, devices) in [
        ("gpus: all", &["all"][..], &[][..]),
        ("gpus: [{driver: nvidia, count: 2}]", &["2"], &[]),
        ("gpus: [{device_ids: ['0', '3']}]", &["\"device=0,3\""], &[]),
        (
            "deploy: {resources: {reservations: {devices: [{driver: nvidia, count: all, capabilities: [gpu]}]}}}",
            &["all"],
            &[],
        ),
        ("gpus: [{count: 1, capabilities: [gpu, compute]}]", &["count=1,capabilities=compute"], &[]),
        ("gpus: [{driver: cdi, device_ids: [nvidia.com/gpu=all]}]", &[], &["nvidia.com/gpu=all"]),
        (
            "devices: [/dev/dri, '/dev/a:/dev/b:rw', {source: /dev/c, permissions: r}]",
            &[],
            &["/dev/dri", "/dev/a:/dev/b:rw", "/dev/c:/dev/c:r"],
        ),
    ] {
        let (container, unusable) = service(lines);
        assert_eq!(values(&container.gpus), gpus, "{lines}");
        assert_eq!(values(&container.devices), devices, "{lines}");
        assert_eq!(unusable, [""; 0], "{lines}");
    }
}

#[test]
fn networks_are_joined_by_name_and_by_default() {
    let text = "services:\n  a:\n    networks:\n      x: {ipv4_address: 10.1.0.2, aliases: [b], priority: 1}\n      y: {priority: 5, gw_priority: 3}\n  b: {}\n  c: {network_mode: host}\nnetworks:\n  x: {ipam: {config: [{subnet: 10.1.0.0/24, gateway: 10.1.0.1}]}}\n  y: {external: true, name: why}\n";
    let project = project(text);
    assert_eq!(project.unusable, []);
    let names =
        |at: usize| project.containers[at].networks.iter().map(|it| it.value.network.as_str()).collect::<Vec<_>>();
    assert_eq!((names(0), names(1), names(2)), (vec!["y", "x"], vec!["default"], vec![]));
    let x = &project.containers[0].networks[1].value;
    assert_eq!((x.ipv4.as_deref(), &x.aliases[..]), (Some("10.1.0.2"), &strings(["a", "b"])[..]));
    let all: Vec<_> = project.networks.iter().map(|it| (it.name.as_str(), it.is_external)).collect();
    assert_eq!(all, [("default", false), ("x", false), ("y", true)]);
    assert_eq!(project.networks[2].own_name.as_ref().map(|it| it.value.as_str()), Some("why"));
    assert_eq!(project.networks[1].subnets[0].value.gateway.as_deref(), Some("10.1.0.1"));
}

#[test]
fn the_hardware_address_is_that_in_the_first_network() {
    for (lines, mac, unusable) in [
        ("mac_address: 02:42:ac:11:65:43", Some("02:42:ac:11:65:43"), 0),
        ("mac_address: a\nnetworks: [x, y]", Some("a"), 0),
        ("mac_address: a\nnetworks: {x: {mac_address: b}}", Some("b"), 1),
        ("mac_address: a\nnetwork_mode: host", None, 1),
    ] {
        let (container, why) = service(lines);
        let found = container.networks.first().and_then(|it| it.value.mac.as_deref());
        assert_eq!((found, why.len()), (mac, unusable), "{lines}");
    }
    let links = service("external_links: [a, 'b:c']").0;
    let names: Vec<_> = links.links.iter().map(|it| (it.value.0.as_str(), it.value.1.as_deref())).collect();
    assert_eq!((names, links.depends_on.len()), (vec![("a", None), ("b", Some("c"))], 0));
}

#[test]
fn builds_in_both_forms() {
    let (container, _) = service("build: ./dir");
    assert_eq!(container.build.expect("a build").value.context, "./dir");
    let (container, unusable) = service(
        "build:\n  context: .\n  dockerfile: D\n  target: prod\n  args: {A: 1, B: }\n  tags: [x:y]\n  no_cache: true\n  cache_from: [a, b]\n  privileged: true\n  labels: [l=1]\n",
    );
    let build = container.build.expect("a build").value;
    assert_eq!(
        (build.target.as_deref(), build.dockerfile.as_deref(), &build.tags[..]),
        (Some("prod"), Some("D"), &strings(["x:y"])[..])
    );
    assert_eq!(build.args, [("A".to_owned(), Some("1".to_owned())), ("B".to_owned(), None)]);
    assert_eq!(
        build.flags,
        ["--no-cache", "--cache-from=a", "--cache-from=b", "--allow=security.insecure", "--label=l=1"]
    );
    assert_eq!(unusable, [""; 0]);
}

#[test]
fn variables_come_from_the_file_beside_it_and_are_asked_for() {
    let text = "services:\n  a:\n    image: \"x:${TAG}\"\n    ports: [\"${PORT}:80\", \"$OTHER:81\"]\n    environment: [TAG, NONE]\n";
    let choices =
        Choices { env: "PORT=8080\nTAG=9\n", variables: &[("TAG".to_owned(), "1".to_owned())], ..Choices::default() };
    let known = read(text, &choices).project;
    assert_eq!(known.containers[0].image.as_ref().map(|it| it.value.as_str()), Some("x:1"));
    assert_eq!(known.containers[0].ports[0].value.host, Some((8080, 8080)));
    assert_eq!(known.containers[0].environment[0].value.1.as_deref(), Some("1"));
    assert_eq!(known.containers[0].environment[1].value.1, None);
    let open = project(text);
    let missing: Vec<_> =
        open.missing.iter().map(|it| (it.name.as_str(), it.placeholder.as_str(), it.span.of(text))).collect();
    assert_eq!(missing, [("TAG", "@TAG@", "${TAG}"), ("PORT", "@PORT@", "${PORT}"), ("OTHER", "@OTHER@", "$OTHER")]);
    let why: Vec<_> = open.unusable.iter().map(|it| it.why.as_str()).collect();
    assert_eq!(why, ["This needs a value for `PORT`.", "This needs a value for `OTHER`."]);
}

#[test]
fn files_of_the_first_version_are_services() {
    let text = "web:\n  image: x\n  links: [db]\ndb:\n  image: y\n";
    let project = project(text);
    assert_eq!(project.containers.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["web", "db"]);
    assert_eq!(project.unusable, []);
}

#[test]
fn files_beside_the_first_are_included_extended_or_merged() {
    let text = "\
name: stack
include: [./db.yaml, {path: cache.yaml, project_directory: x}, other.yaml]
services:
  web: {extends: {file: common.yaml, service: base}, image: web}
--- # db.yaml
name: ignored
services: {db: {image: postgres}}
volumes: {data: {}}
---
# override
services: {web: {ports: ['80:80']}}
--- # common.yaml
services:
  base: {extends: more, restart: always}
  more: {hostname: h}
  unused: {image: x}
--- # cache.yaml
cache: {image: redis}
";
    let project = project(text);
    let named = |it: &Container| (it.name.clone(), it.image.as_ref().map(|it| it.value.clone()));
    let containers: Vec<_> = project.containers.iter().map(named).collect();
    let image = |name: &str, image: &str| (name.to_owned(), Some(image.to_owned()));
    assert_eq!(containers, [image("db", "postgres"), image("cache", "redis"), image("web", "web")]);
    assert_eq!(project.name.as_ref().map(|it| it.value.as_str()), Some("stack"));
    assert_eq!(project.volumes.len(), 1);
    let web = &project.containers[2];
    assert_eq!(web.hostname.as_ref().map(|it| it.value.as_str()), Some("h"));
    assert_eq!((web.ports.len(), web.restart.is_some()), (1, true));
    let told: Vec<_> = project.unusable.iter().map(|it| (it.span.of(text), it.why.as_str())).collect();
    assert_eq!(told.iter().map(|it| it.0).collect::<Vec<_>>(), ["project_directory: x", "other.yaml"]);
    assert_nothing_lost(text);
}

#[test]
fn services_extend_each_other() {
    let text = "services:\n  a:\n    extends: b\n    environment: {A: 2}\n    command: x\n  b:\n    extends: {service: c}\n    image: i\n    environment: {A: 1, B: 1}\n    ports: ['80']\n  c:\n    command: y\n    ports: ['81']\n  d: {extends: {file: other.yml, service: x}}\n  e: {extends: e}\n  f: {extends: g}\n";
    let project = project(text);
    let a = &project.containers[0];
    assert_eq!(a.image.as_ref().map(|it| it.value.as_str()), Some("i"));
    assert_eq!(a.command.as_ref().map(|it| it.value.clone()), Some(strings(["x"])));
    assert_eq!(
        values(&a.environment),
        [("A".to_owned(), Some("2".to_owned())), ("B".to_owned(), Some("1".to_owned()))]
    );
    assert_eq!(a.ports.iter().map(|it| it.value.container.0).collect::<Vec<_>>(), [81, 80]);
    let failed: Vec<_> = project
        .unusable
        .iter()
        .filter(|it| it.span.of(text).starts_with("extends"))
        .map(|it| it.why.as_str())
        .collect();
    assert_eq!(
        failed,
        [
            "The other file is not here. Paste it below, behind a line `--- # ` with the name of the file.",
            "The service would extend itself.",
            "There is no such service in this file."
        ]
    );
}

#[test]
fn documents_behind_each_other_change_the_first() {
    let text = "services:\n  a:\n    image: x\n    command: [a]\n    ports: ['80', '81']\n    environment: [A=1]\n    networks: [n]\n---\nservices:\n  a:\n    command: [b]\n    ports: !override ['90']\n    environment: {A: 2, B: 3}\n    image: !reset null\n    networks: {m: {}}\n  b: {image: y}\n";
    let project = project(text);
    let a = &project.containers[0];
    assert_eq!((a.image.is_none(), a.command.as_ref().map(|it| it.value.clone())), (true, Some(strings(["b"]))));
    assert_eq!(a.ports.iter().map(|it| it.value.container.0).collect::<Vec<_>>(), [90]);
    assert_eq!(
        values(&a.environment),
        [("A".to_owned(), Some("2".to_owned())), ("B".to_owned(), Some("3".to_owned()))]
    );
    assert_eq!(a.networks.iter().map(|it| it.value.network.as_str()).collect::<Vec<_>>(), ["n", "m"]);
    assert_eq!(project.containers.len(), 2);
}

#[test]
fn profiles_are_chosen() {
    let text = "services:\n  a: {profiles: [debug]}\n  b: {}\n";
    let start = |profiles: &[String]| {
        let choices = Choices { profiles, ..Choices::default() };
        read(text, &choices)
            .project
            .containers
            .iter()
            .map(|it| it.auto_start.as_ref().map(|it| it.value))
            .collect::<Vec<_>>()
    };
    assert_eq!(start(&[]), [Some(false), None]);
    assert_eq!(start(&["debug".to_owned()]), [None, None]);
    assert_eq!(start(&["*".to_owned()]), [None, None]);
    let env = "COMPOSE_PROFILES=x, debug\nCOMPOSE_PROJECT_NAME=My.Shop\n";
    let project = read(["name: other\n", text].concat().as_str(), &Choices { env, ..Choices::default() }).project;
    assert_eq!(project.containers[0].auto_start, None);
    assert_eq!(project.name.map(|it| it.value).as_deref(), Some("myshop"));
}

#[test]
fn what_goes_nowhere_is_named_with_its_reason() {
    let text = "version: '3'\nx-a: {b: c}\nservices:\n  a:\n    image: x\n    develop: {watch: []}\n    isolation: hyperv\n    colour: red\n    x-b: 1\n    deploy: {mode: global, placement: {constraints: [a]}}\n    ports: [{target: 80, mode: host}]\n";
    let found: Vec<_> = project(text).unusable.iter().map(|it| (it.span.of(text).to_owned(), it.why.clone())).collect();
    let found: Vec<_> = found.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    assert_eq!(
        found,
        [
            ("develop: {watch: []}", "It is for `docker compose watch`, while one writes the program."),
            ("isolation: hyperv", "Only Windows has it."),
            ("colour: red", "No Compose file has the key `colour` here."),
            ("mode: global", "Only Swarm reads it."),
            ("placement: {constraints: [a]}", "Only Swarm reads it."),
            ("mode: host", "Only Swarm reads it."),
        ]
    );
}

/// The texts that no value of a mapping or list holds within.
fn leaves<'n>(node: &'n Node, path: &str, found: &mut Vec<(String, &'n Node)>) {
    match &node.kind {
        Kind::Map(members) => {
            for it in members.iter().filter(|it| !it.key.starts_with("x-")) {
                leaves(&it.value, &[path, ".", &it.key].concat(), found);
            }
        }
        Kind::List(elements) => elements.iter().for_each(|it| leaves(it, path, found)),
        Kind::Null | Kind::Missing => {}
        _ => found.push((path.to_owned(), node)),
    }
}

/// Every place that a value names; its own words are all that is known of it.
fn spans(of: &impl std::fmt::Debug) -> Vec<Span> {
    let text = format!("{of:?}");
    let number =
        |text: &str| text.bytes().take_while(u8::is_ascii_digit).fold(0, |sum, it| sum * 10 + usize::from(it - b'0'));
    let spans = text
        .split("Span { start: ")
        .skip(1)
        .filter_map(|it| Some(Span::new(number(it), number(it.split_once("end: ")?.1))));
    spans.collect()
}

#[track_caller]
fn assert_nothing_lost(text: &str) {
    let reading = read(text, &Choices::default());
    let mut places = spans(&reading.project);
    places.extend(&reading.heeded);
    let mut found = Vec::new();
    for document in &reading.yaml.documents {
        leaves(document, "", &mut found);
    }
    let said = format!("{:?}", reading.project);
    for (path, leaf) in found {
        let is_covered = places.iter().any(|it| it.holds(leaf.span));
        assert!(is_covered, "{path} is lost: {:?} of\n{text}", leaf.span.of(text));
        // A word made up for this is in the project as it is written, unless it was told as unusable.
        let end = |it: &str| it.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(it.len());
        let word = leaf.as_str().filter(|it| it.starts_with("leaf")).map(|it| &it[..end(it)]);
        let is_told = reading.project.unusable.iter().any(|it| it.span.holds(leaf.span));
        let is_heeded = reading.heeded.iter().any(|it| it.holds(leaf.span));
        if let Some(word) = word {
            assert!(is_told || is_heeded || said.contains(word), "{path} is lost: {word} of\n{text}");
        }
    }
}

/// A value for a key, of one of the forms that it has; words are numbered, so that each can be found again.
fn value(parent: &str, name: &str, seed: &mut u64, depth: usize) -> String {
    let mut pick = |below: u64| {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) % below.max(1)
    };
    let row = schema::find(parent, name).expect("a row");
    let forms = row.forms;
    let form = forms[pick(forms.len() as u64) as usize];
    let path = row.path();
    let word = format!("leaf{}", pick(1_000_000));
    match form {
        schema::Form::Text => match name {
            "restart" => "on-failure:3".to_owned(),
            "condition" if parent.contains("depends_on") => "service_healthy".to_owned(),
            "condition" => "any".to_owned(),
            "type" if parent.ends_with("volumes[]") => "bind".to_owned(),
            "protocol" => "udp".to_owned(),
            "host_ip" => "10.0.0.1".to_owned(),
            "published" | "target" if parent.ends_with("ports[]") => "\"80\"".to_owned(),
            "stop_grace_period" => "1m".to_owned(),
            _ if forms.contains(&schema::Form::Bool) => "\"true\"".to_owned(),
            _ if forms.contains(&schema::Form::Number) => "\"7\"".to_owned(),
            _ => word,
        },
        schema::Form::Number => (1 + pick(60)).to_string(),
        schema::Form::Bool => if pick(2) == 0 { "true" } else { "false" }.to_owned(),
        schema::Form::Null => "null".to_owned(),
        schema::Form::List => {
            let inner = format!("{path}[]");
            let is_map = !schema::at(&inner).is_empty() && pick(2) == 0;
            let elements = (0..1 + pick(3)).map(|_| (is_map, pick(1_000_000))).collect::<Vec<_>>();
            let elements = elements.into_iter().map(|(is_map, number)| match is_map {
                true => object(&inner, seed, depth),
                false if path.ends_with(".ports") => format!("\"{}:{}\"", 1 + number % 60_000, 1 + number % 50_000),
                false if path.ends_with("preferences") || path.ends_with("watch") => "{}".to_owned(),
                false if name.starts_with("device_") && name.ends_with("ps") || name == "weight_device" => {
                    format!("{{path: leaf{number}, rate: {number}}}")
                }
                false if path.ends_with(".extra_hosts") => format!("leaf{number}=10.0.0.1"),
                false if path.ends_with("config") => format!("{{subnet: leaf{number}}}"),
                false if path.ends_with("devices") && path.contains("deploy") || name == "gpus" => {
                    format!("{{device_ids: [leaf{number}]}}")
                }
                false if path.ends_with("generic_resources") => "{}".to_owned(),
                false if path.ends_with("test") => format!("CMD, leaf{number}"),
                false => format!("leaf{number}"),
            });
            format!("[{}]", elements.collect::<Vec<_>>().join(", "))
        }
        schema::Form::Map => match schema::at(&path) {
            [] => {
                let inner = format!("{path}.*");
                let names: Vec<u64> = (0..1 + pick(2)).map(|_| pick(1_000_000)).collect();
                let members = names.into_iter().map(|number| {
                    let value = match schema::at(&inner) {
                        [] => format!("leaf{number}"),
                        _ => object(&inner, seed, depth),
                    };
                    format!("key{number}: {value}")
                });
                format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
            }
            _ => object(&path, seed, depth),
        },
    }
}

fn object(place: &str, seed: &mut u64, depth: usize) -> String {
    if depth > 9 {
        return "{}".to_owned();
    }
    let keys = schema::at(place);
    let mut members = Vec::new();
    for key in keys {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        if (*seed >> 33).is_multiple_of(3) && !matches!(key.name, "extends" | "external") {
            members.push(format!("{}: {}", key.name, value(place, key.name, seed, depth + 1)));
        }
    }
    format!("{{{}}}", members.join(", "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_a_valid_file_is_lost(seed in any::<u64>()) {
        let mut seed = seed;
        let text = object("", &mut seed, 0);
        let reading = crate::notation::yaml::read(&text);
        prop_assert_eq!(&reading.problems[..], &[], "{}", text);
        assert_nothing_lost(&text);
    }

    #[test]
    fn nothing_of_any_service_is_lost(seed in any::<u64>()) {
        let mut seed = seed;
        let text = format!("services:\n  a: {}\n  b: {}\n", object("services.*", &mut seed, 2), object("services.*", &mut seed, 2));
        assert_nothing_lost(&text);
    }

    #[test]
    fn any_text_is_read(text in "(services:|a:|image:|ports:|volumes:|networks:|depends_on:|environment:|build:|extends:|\\$\\{X|\\}|- |\n|\n  |\n    |\n      |: |x|80|'|\\[|\\]|\\{|\\}|, |true|null|~|!reset|---\n){0,40}") {
        read(&text, &Choices::default());
    }
}
