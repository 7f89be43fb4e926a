//! What modules with containers come to: each form in a few lines, and the facts that it says.

use drydock::{
    containers::{
        model::{At, Condition, Container, HealthTest, NetworkMode, Project},
        print::{self, Choices as Printing},
    },
    oci::{Choices, Reading, read},
};

fn read_all(text: &str) -> Reading {
    let reading = read(text, &Choices::default());
    assert_eq!(reading.syntax, [], "{text}");
    reading
}

#[track_caller]
fn project(text: &str) -> Project {
    read_all(text).project
}

fn told(it: &Container) -> String {
    let list = |all: Vec<String>| all.join(" ");
    let mut told = vec![it.name.clone()];
    told.extend(it.image.as_ref().map(|it| it.value.clone()));
    let ports = it.ports.iter().map(|it| format!("{:?}>{}", it.value.host.map(|it| it.0), it.value.container.0));
    told.push(list(ports.collect()));
    told.push(list(it.mounts.iter().map(|it| format!("{}>{}", it.value.source, it.value.target)).collect()));
    told.push(list(
        it.environment
            .iter()
            .map(|it| format!("{}={}", it.value.0, it.value.1.as_deref().unwrap_or_default()))
            .collect(),
    ));
    told.push(list(it.networks.iter().map(|it| it.value.network.clone()).collect()));
    told.push(list(it.depends_on.iter().map(|it| it.value.on.clone()).collect()));
    while told.last().is_some_and(String::is_empty) {
        told.pop();
    }
    told.join("|")
}

#[test]
fn options_are_found_however_they_are_written() {
    for (text, expected) in [
        ("{ virtualisation.oci-containers.containers.a.image = \"x:1\"; }", &["a|x:1"][..]),
        ("virtualisation.oci-containers.containers.a.image = \"x:1\";", &["a|x:1"]),
        (
            "{ ... }: { virtualisation = { oci-containers = { containers = { a = { image = \"x:1\"; }; }; }; }; }",
            &["a|x:1"],
        ),
        ("{ virtualisation.oci-containers.containers.\"a.b\" = { image = \"x:1\"; }; }", &["a.b|x:1"]),
        (
            "{ lib, ... }: { config = lib.mkIf true { virtualisation.oci-containers.containers.a.image = \"x:1\"; }; }",
            &["a|x:1"],
        ),
        (
            "{ config, lib, ... }: lib.mkIf config.b { virtualisation.oci-containers.containers.a.image = \"x:1\"; }",
            &["a|x:1"],
        ),
        (
            "let n = \"a\"; i = \"x\"; in { virtualisation.oci-containers.containers.${n}.image = \"${i}:1\"; }",
            &["a|x:1"],
        ),
        (
            "{ imports = [ { virtualisation.oci-containers.containers.a.image = \"x:1\"; } ]; virtualisation.oci-containers.containers.a.ports = [ \"80:80\" ]; }",
            &["a|x:1|Some(80)>80"],
        ),
        (
            "{ outputs = { self, nixpkgs }: { nixosConfigurations.h = nixpkgs.lib.nixosSystem { modules = [ { virtualisation.oci-containers.containers.a.image = \"x:1\"; } ]; }; }; }",
            &["a|x:1"],
        ),
        (
            "{ outputs = { self }: { nixosModules.m = { ... }: { virtualisation.quadlet.containers.a.containerConfig.image = \"x:1\"; }; }; }",
            &["a|x:1"],
        ),
        (
            "{ home-manager.users.me = { virtualisation.quadlet.containers.a.containerConfig.image = \"x:1\"; }; }",
            &["a|x:1"],
        ),
        ("{ project.name = \"p\"; services = { a = { service = { image = \"x:1\"; }; }; }; }", &["a|x:1||||default"]),
        (
            "{ lib, ... }: { config.project.name = \"p\"; config.services.a.service.image = \"x:1\"; }",
            &["a|x:1||||default"],
        ),
        (
            "{ virtualisation.arion.projects.p.settings = { imports = [ { services.a.service.image = \"x:1\"; } ]; }; }",
            &["a|x:1||||default"],
        ),
        // Two kinds in one module.
        (
            "{ virtualisation.oci-containers.containers.a.image = \"x:1\"; virtualisation.quadlet.containers.b.containerConfig.image = \"y:1\"; }",
            &["b|y:1", "a|x:1"],
        ),
        // Nothing of containers.
        ("{ virtualisation.docker.enable = true; }", &[]),
        ("{ options.virtualisation.oci-containers.containers = lib.mkOption { }; }", &[]),
    ] {
        let found: Vec<String> = project(text).containers.iter().map(told).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn definitions_go_together_as_in_the_module_system() {
    for (values, expected) in [
        ("image = lib.mkDefault \"x:1\"; } { image = \"y:1\";", "a|y:1"),
        ("image = \"x:1\"; } { image = lib.mkForce \"y:1\";", "a|y:1"),
        ("image = \"x:1\"; ports = [ \"1:1\" ]; } { ports = [ \"2:2\" ];", "a|x:1|Some(1)>1 Some(2)>2"),
        (
            "image = \"x:1\"; ports = lib.mkAfter [ \"1:1\" ]; } { ports = lib.mkBefore [ \"2:2\" ];",
            "a|x:1|Some(2)>2 Some(1)>1",
        ),
        ("image = \"x:1\"; ports = [ \"1:1\" ]; } { ports = lib.mkForce [ \"2:2\" ];", "a|x:1|Some(2)>2"),
        (
            "image = \"x:1\"; environment.A = lib.mkDefault \"1\"; } { environment = { A = \"2\"; B = \"3\"; };",
            "a|x:1|||A=2 B=3",
        ),
        ("image = \"x:1\"; ports = [ \"1:1\" ] ++ lib.optional config.b \"2:2\";", "a|x:1|Some(1)>1 Some(2)>2"),
        ("image = \"x:1\"; environment = config.e // { A = \"1\"; };", "a|x:1|||A=1"),
    ] {
        let module = |it: &str| format!("{{ virtualisation.oci-containers.containers.a = {{ {it} }}; }}");
        let modules: Vec<String> = values.split("} {").map(module).collect();
        let text = format!("{{ config, lib, ... }}: {{ imports = [ {} ]; }}", modules.join(" "));
        let found: Vec<String> = project(&text).containers.iter().map(told).collect();
        assert_eq!(found, [expected], "{text}");
    }
}

#[test]
fn flags_in_lists_become_facts() {
    let text = r#"{ virtualisation.oci-containers = {
      backend = "docker";
      containers.a = {
        image = "x:1";
        extraOptions = [
          "--network=front:alias=web" "--gpus=all" "--health-cmd=curl -f localhost" "--health-interval" "10s"
          "--cap-add=NET_ADMIN" "--shm-size=64m" "-m" "1g" "--restart=no"
        ];
        capabilities = { SYS_TIME = true; MKNOD = false; };
        privileged = true;
        autoRemoveOnStop = false;
      };
    }; }"#;
    let project = project(&text.replace("front:alias=web", "name=front,alias=web"));
    let a = &project.containers[0];
    assert_eq!(a.networks[0].value.network, "front");
    assert_eq!(a.networks[0].value.aliases, ["web"]);
    assert_eq!(a.gpus[0].value, "all");
    let health = &a.health.as_ref().expect("a health check").value;
    assert_eq!(
        (&health.test, health.interval.as_deref()),
        (&HealthTest::Shell("curl -f localhost".into()), Some("10s"))
    );
    let capabilities: Vec<_> = a.capabilities.iter().map(|it| it.value.clone()).collect();
    assert_eq!(capabilities, [("SYS_TIME".into(), true), ("MKNOD".into(), false), ("NET_ADMIN".into(), true)]);
    assert_eq!(
        (a.privileged.as_ref().map(|it| it.value), a.remove.as_ref().map(|it| it.value)),
        (Some(true), Some(false))
    );
    let flags: Vec<_> = a.flags.iter().map(|it| (it.value.name, it.value.value.as_deref())).collect();
    assert_eq!(flags, [("shm-size", Some("64m")), ("memory", Some("1g"))]);
    assert!(project.networks[0].is_external);
}

#[test]
fn quadlet_reads_its_texts_as_systemd_does() {
    let text = r#"{ virtualisation.quadlet = {
      networks.front.networkConfig = { subnets = [ "10.89.1.0/24" ]; gateways = [ "10.89.1.1" ]; podmanArgs = [ "--route=10.0.0.0/8,10.89.1.2" ]; };
      volumes.data.volumeConfig = { type = "tmpfs"; device = "tmpfs"; options = "size=64m"; };
      builds.app.buildConfig = { tag = "localhost/app:1"; file = "/src/app/Containerfile"; target = "prod"; };
      pods.inner.podConfig.publishPorts = [ "80:80" ];
      containers.a = {
        containerConfig = {
          image = "x:1"; name = "own"; user = "1000"; group = "100";
          exec = "serve --name 'a b' --price 5$$ --share 10%%";
          volumes = [ "%h/files:/files" "data.volume:/data" ];
          networks = [ "front.network:ip=10.89.1.9" ];
          seccompProfile = "/p.json";
        };
        serviceConfig = { Restart = "on-failure"; RestartSec = 5; };
      };
      containers.b.containerConfig = { image = "app.build"; pod = "inner.pod"; entrypoint = [ "sh" "-c" ]; };
      containers.c = { containerConfig = { image = "y:1"; pod = "inner.pod"; }; unitConfig.After = "a.service"; };
    }; }"#;
    let reading = read_all(text);
    assert_eq!((&reading.problems, &reading.flags), (&vec![], &vec![]));
    let project = &reading.project;
    let [a, b, c] = &project.containers[..] else { panic!("{:?}", project.containers) };
    assert_eq!(a.container_name.as_ref().map(|it| it.value.as_str()), Some("own"));
    assert_eq!(a.user.as_ref().map(|it| it.value.as_str()), Some("1000:100"));
    let command = a.command.as_ref().expect("a command").value.join("|");
    assert_eq!(command, "serve|--name|a b|--price|5$|--share|10%");
    assert_eq!(a.mounts[0].value.source, "/home/user/files");
    assert_eq!(a.mounts[1].value.source, "data");
    assert_eq!(a.networks[0].value.ipv4.as_deref(), Some("10.89.1.9"));
    assert_eq!(a.restart.as_ref().and_then(|it| it.value.delay.as_deref()), Some("5s"));
    assert_eq!(a.flags[0].value.value.as_deref(), Some("seccomp=/p.json"));
    assert_eq!(b.image.as_ref().map(|it| it.value.as_str()), Some("localhost/app:1"));
    let build = &b.build.as_ref().expect("a build").value;
    assert_eq!((build.context.as_str(), build.dockerfile.as_deref()), ("/src/app", Some("Containerfile")));
    assert_eq!(b.ports[0].value.container, (80, 80));
    assert_eq!(c.network_mode.as_ref().map(|it| &it.value), Some(&NetworkMode::Container("b".into())));
    let on: Vec<&str> = c.depends_on.iter().map(|it| it.value.on.as_str()).collect();
    assert_eq!(on, ["b", "a"]);
    let front = &project.networks[0];
    assert_eq!(front.subnets[0].value.gateway.as_deref(), Some("10.89.1.1"));
    assert_eq!(front.flags[0].value.0, "route");
    let options: Vec<_> = project.volumes[0].driver_options.iter().map(|it| it.value.0.as_str()).collect();
    assert_eq!(options, ["type", "device", "o"]);
    assert_eq!(project.missing[0].name, "HOME");
}

#[test]
fn waiting_for_health_is_read() {
    let podman = "{ virtualisation.oci-containers.containers = { db = { image = \"x:1\"; podman.sdnotify = \"healthy\"; }; a = { image = \"y:1\"; dependsOn = [ \"db\" ]; }; }; }";
    let quadlet = "{ config, ... }: { virtualisation.quadlet.containers = { db.containerConfig = { image = \"x:1\"; notify = \"healthy\"; }; a = { containerConfig.image = \"y:1\"; unitConfig.Requires = [ config.virtualisation.quadlet.containers.db.ref ]; }; }; }";
    let arion = "{ project.name = \"p\"; services = { db.service = { image = \"x:1\"; healthcheck.test = [ \"CMD\" \"a\" ]; }; a.service = { image = \"y:1\"; depends_on.db.condition = \"service_healthy\"; }; }; }";
    for text in [podman, quadlet, arion] {
        let project = project(text);
        let a = project.containers.iter().find(|it| it.name == "a").expect("a container");
        assert_eq!(a.depends_on.len(), 1, "{text}");
        assert_eq!(a.depends_on[0].value.condition, Condition::Healthy, "{text}");
    }
}

#[test]
fn projects_of_arion_keep_apart() {
    let text = "{ virtualisation.arion.projects = { p.settings.services.a.service.image = \"x:1\"; q.settings.services.a.service = { image = \"y:1\"; volumes = [ \"d:/d\" ]; }; }; }";
    let project = project(text);
    let names: Vec<&str> = project.containers.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["a", "q-a"]);
    let networks: Vec<&str> = project.networks.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(networks, ["default", "q-default"]);
    assert_eq!(project.containers[1].networks[0].value.network, "q-default");
}

#[test]
fn everything_that_is_said_is_told() {
    // Each option that goes nowhere, and each that is no container's, is named at its place.
    for (text, part) in [
        (
            "{ virtualisation.oci-containers.containers.a = { image = \"x:1\"; imageFile = pkgs.x; }; }",
            "imageFile = pkgs.x;",
        ),
        (
            "{ virtualisation.oci-containers.containers.a = { image = \"x:1\"; login.username = \"x\"; }; }",
            "login.username = \"x\";",
        ),
        (
            "{ virtualisation.oci-containers.containers.a = { image = \"x:1\"; preRunExtraOptions = [ \"--x\" ]; }; }",
            "preRunExtraOptions = [ \"--x\" ];",
        ),
        (
            "{ virtualisation.oci-containers.containers.a.image = \"x:1\"; services.nginx.enable = true; }",
            "services.nginx.enable = true;",
        ),
        (
            "{ virtualisation.oci-containers.containers.a.image = \"x:1\"; networking.firewall.allowedTCPPorts = [ 80 ]; }",
            "networking.firewall.allowedTCPPorts = [ 80 ];",
        ),
        ("{ virtualisation.quadlet.kubes.k.kubeConfig.yaml = \"x\"; }", "kubes.k.kubeConfig.yaml"),
        (
            "{ project.name = \"p\"; services.a = { service.image = \"x:1\"; nixos.useSystemd = true; }; }",
            "nixos.useSystemd = true;",
        ),
        (
            "{ project.name = \"p\"; services.a = { service.image = \"x:1\"; image.enableRecommendedContents = true; }; }",
            "image.enableRecommendedContents = true;",
        ),
        ("{ virtualisation.arion.projects.p.settings.imports = [ ./arion-compose.nix ]; }", "./arion-compose.nix"),
        ("{ virtualisation.oci-containers.containers = import ./containers.nix; }", "containers"),
        (
            "{ config, lib, ... }: { virtualisation.oci-containers.containers.a = lib.mkIf config.b { image = \"x:1\"; }; }",
            "config.b",
        ),
        // Lists of which a part is known only.
        (
            "{ config, ... }: { virtualisation.oci-containers.containers.a = { image = \"x:1\"; extraOptions = [ \"--tty\" ] ++ config.x; }; }",
            "config.x",
        ),
        (
            "{ config, ... }: { virtualisation.oci-containers.containers.a = { image = \"x:1\"; ports = config.x ++ [ \"80:80\" ]; }; }",
            "config.x",
        ),
        (
            "{ config, ... }: { project.name = \"p\"; services.a.service = { image = \"x:1\"; volumes = [ \"/a:/a\" ] ++ config.x; }; }",
            "config.x",
        ),
        // What units say beside containers.
        (
            "{ virtualisation.oci-containers.containers.a.image = \"x:1\"; systemd.services.podman-a.serviceConfig.Type = \"oneshot\"; }",
            "\"oneshot\"",
        ),
        (
            "{ virtualisation.oci-containers.containers.a.image = \"x:1\"; systemd.services.podman-a.serviceConfig.RemainAfterExit = true; }",
            "true",
        ),
        (
            "{ virtualisation.oci-containers.containers.a.image = \"x:1\"; systemd.services.podman-a.after = [ \"vpn-network.service\" ]; }",
            "vpn-network.service",
        ),
        (
            "{ virtualisation.oci-containers.containers.a.image = \"x:1\"; systemd.services.podman-a.partOf = [ \"media-root.target\" ]; }",
            "media-root.target",
        ),
        (
            "{ virtualisation.oci-containers.containers.a.image = \"x:1\"; systemd.services.n = { script = \"podman network create n\"; environment.A = \"1\"; }; }",
            "environment.A = \"1\";",
        ),
        (
            "{ virtualisation.oci-containers.containers.a.image = \"x:1\"; systemd.services.n = { script = \"podman network create n\"; after = [ \"vpn.service\" ]; }; }",
            "vpn.service",
        ),
        (
            "{ virtualisation.oci-containers.containers.a.image = \"x:1\"; systemd.services.n = { script = ''\n  podman network create n\n  ip route add x\n''; }; }",
            "ip route add x",
        ),
        (
            "{ virtualisation.oci-containers.containers.a.image = \"x:1\"; systemd.services.n.script = \"podman network create n; podman run -d y:1\"; }",
            "podman run",
        ),
        (
            "{ virtualisation.oci-containers.containers.a.image = \"x:1\"; systemd.services.b.script = \"podman build -t y:1 /src\"; }",
            "podman build -t y:1 /src",
        ),
        (
            "{ virtualisation.quadlet = { networks.n.networkConfig.podmanArgs = [ \"--subnet=no\" ]; containers.a.containerConfig.image = \"x:1\"; }; }",
            "--subnet=no",
        ),
        (
            "{ virtualisation.quadlet = { images.i.imageConfig = { image = \"x:1\"; arch = \"arm64\"; }; containers.a.containerConfig.image = \"i.image\"; }; }",
            "arch = \"arm64\";",
        ),
    ] {
        let project = project(text);
        let spans: Vec<&str> = project.unusable.iter().map(|it| it.span.of(text)).collect();
        assert!(spans.iter().any(|it| it.contains(part)), "{text}: {spans:?}");
        for target in print::TARGETS {
            let printed = print::print(&project, &Printing::default(), target);
            let is_told = |it: &drydock::containers::model::Unusable| {
                printed.told.entries.iter().any(|told| told.span == it.span)
            };
            assert!(project.unusable.iter().all(is_told), "{text} {}", target.id);
        }
    }
}

#[test]
fn what_is_open_is_no_mistake() {
    let oci = |rest: &str| {
        let container = format!("{{ image = \"x:1\"; {rest} }}");
        format!("{{ config, ... }}: {{ virtualisation.oci-containers.containers.a = {container}; }}")
    };
    for (text, missing) in [
        (oci("extraOptions = [ \"--tty\" ] ++ config.x;"), &[][..]),
        (oci("extraOptions = [ \"--tty\" config.x ];"), &["config.x"]),
        (oci("extraOptions = [ \"--${config.x}=1\" ];"), &["config.x"]),
        (oci("extraOptions = [ \"--memory\" config.x ];"), &["config.x"]),
        (oci("podman.sdnotify = config.x;"), &["config.x"]),
        ("{ config, ... }: { virtualisation.oci-containers = { backend = config.x; }; }".to_owned(), &["config.x"]),
        (
            "{ config, ... }: { virtualisation.arion = { backend = \"${config.x}\"; projects = { }; }; }".to_owned(),
            &["config.x"],
        ),
    ] {
        let Reading { project, problems, flags, .. } = read_all(&text);
        assert_eq!((problems, flags), (vec![], vec![]), "{text}");
        let names: Vec<&str> = project.missing.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, missing, "{text}");
    }
    // What only has the sign in it is not open.
    for text in [
        "{ virtualisation.oci-containers = { backend = \"p@d@man\"; }; }".to_owned(),
        "{ virtualisation.arion = { backend = \"d@ck@r\"; projects = { }; }; }".to_owned(),
        oci("podman.sdnotify = \"h@lth@\";"),
        "{ virtualisation.quadlet.containers.a.containerConfig = { image = \"x:1\"; networks = [ \"a@b@.network\" ]; }; }".to_owned(),
    ] {
        assert_eq!(read_all(&text).problems.len(), 1, "{text}");
    }
}

#[test]
fn what_runs_the_containers_is_read() {
    use drydock::run::flags::Cli;
    let oci = |rest: &str| format!("{{ virtualisation.oci-containers.containers.a.image = \"x:1\"; {rest} }}");
    let arion = |backend: &str| {
        format!(
            "{{ virtualisation.arion = {{ backend = \"{backend}\"; projects.p.settings.services.a.service.image = \"x:1\"; }}; }}"
        )
    };
    for (text, expected) in [
        (oci(""), None),
        (oci("virtualisation.oci-containers.backend = \"docker\";"), Some(Cli::Docker)),
        (oci("virtualisation.oci-containers.backend = \"podman\";"), Some(Cli::Podman)),
        (oci("systemd.services.docker-a.serviceConfig.Restart = \"no\";"), Some(Cli::Docker)),
        (oci("virtualisation.oci-containers.backend = \"rkt\";"), None),
        (arion("podman-socket"), Some(Cli::Podman)),
        (arion("docker"), Some(Cli::Docker)),
    ] {
        assert_eq!(read_all(&text).runs_on, expected, "{text}");
    }
}

#[test]
fn images_of_quadlet_are_those_that_are_pulled() {
    let text = |image: &str| {
        format!(
            "{{ config, ... }}: {{ virtualisation.quadlet = {{ images.i.imageConfig = {{ {image} policy = \"always\"; }}; containers.a.containerConfig.image = config.virtualisation.quadlet.images.i.ref; }}; }}"
        )
    };
    for (image, expected) in [
        ("image = \"docker.io/x:1\";", Some("docker.io/x:1")),
        ("image = \"docker-archive:/x.tar\"; tag = \"localhost/x:1\";", Some("localhost/x:1")),
        ("", None),
    ] {
        let reading = read_all(&text(image));
        let a = &reading.project.containers[0];
        assert_eq!(a.image.as_ref().map(|it| it.value.as_str()), expected, "{image}");
        assert_eq!(a.pull.as_ref().map(|it| it.value.as_str()), Some("always"), "{image}");
        assert_eq!(reading.problems.len(), usize::from(expected.is_none()), "{image}");
    }
    let other = "{ virtualisation.quadlet.containers.a.containerConfig.image = \"j.image\"; }";
    assert_eq!(read_all(other).problems.len(), 1);
}

#[test]
fn what_is_built_is_with_one_container() {
    let quadlet = r#"{ virtualisation.quadlet = {
      builds.app.buildConfig = { tag = "app:1"; workdir = "/src"; podmanArgs = [ "--memory" "1g" "--tag" "app:2" ]; };
      containers.a.containerConfig.image = "app.build";
      containers.b.containerConfig.image = "app.build";
    }; }"#;
    let by_unit = r#"{
      virtualisation.oci-containers.containers = { a.image = "app:1"; b.image = "app:1"; };
      systemd.services.podman-a.requires = [ "build.service" ];
      systemd.services.podman-b.requires = [ "build.service" ];
      systemd.services.build.script = "podman build -t app:1 -t app:2 --memory 1g /src";
    }"#;
    let by_tag = r#"{
      virtualisation.oci-containers.containers = { a.image = "localhost/app:1"; b.image = "localhost/app:1"; };
      systemd.services.build.script = "podman build --tag=app:1 --tag=app:2 --memory 1g /src";
    }"#;
    let by_other = r#"{
      virtualisation.oci-containers.containers = { a.image = "x:1"; b.image = "y:1"; };
      systemd.services.build = { script = "podman build -t app:2 --memory 1g /src"; requiredBy = [ "podman-a.service" ]; };
    }"#;
    for text in [quadlet, by_unit, by_tag, by_other] {
        let project = project(text);
        let [a, b] = &project.containers[..] else { panic!("{:?}", project.containers) };
        let build = &a.build.as_ref().expect("a build").value;
        assert_eq!((build.context.as_str(), build.flags.join(" ").as_str()), ("/src", "--memory 1g"), "{text}");
        assert!(build.tags.contains(&"app:2".to_owned()), "{text}");
        assert_eq!(b.build, None, "{text}");
        assert!(b.image.is_some(), "{text}");
    }
}

#[test]
fn further_flags_of_networks_and_volumes_are_words_of_commands() {
    let text = r#"{ virtualisation.quadlet = {
      networks.n.networkConfig = { subnets = [ "10.89.1.0/24" ]; podmanArgs = [ "--gateway" "10.89.1.1" "--label=a=b" ]; };
      volumes.v.volumeConfig.podmanArgs = [ "--opt" "type=nfs" "-o" "device=:/x" "--label" "a=b" "--uid=7" "--ignore" ];
      containers.a.containerConfig.image = "x:1";
    }; }"#;
    let reading = read_all(text);
    let project = &reading.project;
    assert_eq!((&reading.flags, &project.unusable), (&vec![], &vec![]));
    assert_eq!(project.networks[0].subnets.len(), 1);
    assert_eq!(project.networks[0].subnets[0].value.gateway.as_deref(), Some("10.89.1.1"));
    let volume = &project.volumes[0];
    let pairs = |all: &[At<(String, String)>]| {
        all.iter().map(|it| [&*it.value.0, "=", &*it.value.1].concat()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(pairs(&volume.driver_options), "type=nfs device=:/x");
    assert_eq!(pairs(&volume.labels), "a=b");
    assert_eq!(volume.flags.iter().map(|it| it.value.clone()).collect::<Vec<_>>(), [("uid".into(), Some("7".into()))]);
}

#[test]
fn units_wait_in_both_directions() {
    for (rest, expected) in [
        ("systemd.services.podman-b.requires = [ \"podman-a.service\" ];", &["a|x:1", "b|y:1|||||a"][..]),
        ("systemd.services.podman-b.requiredBy = [ \"podman-a.service\" ];", &["a|x:1|||||b", "b|y:1"]),
        ("systemd.services.podman-b.before = [ \"podman-a.service\" ];", &["a|x:1|||||b", "b|y:1"]),
    ] {
        let text = format!(
            "{{ virtualisation.oci-containers.containers = {{ a.image = \"x:1\"; b.image = \"y:1\"; }}; {rest} }}"
        );
        let found: Vec<String> = project(&text).containers.iter().map(told).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn variables_beside_the_text_fill_in_what_is_open() {
    let text = "{ config, ... }: let cfg = config.a; in { virtualisation.oci-containers.containers.a = { image = \"x:${cfg.tag}\"; ports = [ \"${toString cfg.port}:80\" ]; environment.TZ = config.time.timeZone; }; }";
    let choices = Choices {
        variables: "cfg.tag=1.2\ncfg.port=8080\nconfig.time.timeZone=UTC\n".to_owned(),
        ..Choices::default()
    };
    let reading = read(text, &choices);
    assert_eq!(reading.project.missing, []);
    assert_eq!(told(&reading.project.containers[0]), "a|x:1.2|Some(8080)>80||TZ=UTC");
}

#[test]
fn long_texts_are_read_whole() {
    let mut text = String::from("{ config, ... }: {\n");
    for at in 0..2_000 {
        text.push_str(&format!("virtualisation.oci-containers.containers.c{at} = {{ image = \"x:${{config.v{at}}}\"; ports = [ \"{}:80\" ]; dependsOn = [ \"c{}\" ]; }};\n", 1000 + at, at / 2));
    }
    text.push('}');
    let reading = read(&text, &Choices::default());
    assert_eq!(reading.project.containers.len(), 2_000);
}
