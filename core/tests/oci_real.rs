//! Modules that people have: are they read without a false problem, and is nothing of them lost?
//!
//! Each was written anew after a public file: names, addresses, paths and values are other ones, and the forms of the
//! options are those of the original.

use drydock::{
    oci::{self, Choices, check, read},
    rule::diagnostic::Severity,
};

/// A module, and how much is in it.
struct Row {
    /// The form that it was written after.
    after: &'static str,
    /// How many containers, ports, mounts, variables, dependencies, networks and volumes it has.
    counts: [usize; 7],
    /// What it leaves open.
    open: &'static [&'static str],
    text: &'static str,
}

#[test]
fn real_modules_are_read_whole_and_without_a_false_problem() {
    let mut wrong = Vec::new();
    for row in ROWS {
        assert!((oci::LISTING.suits)(row.text), "{}", row.after);
        let reading = read(row.text, &Choices::default());
        assert_eq!(reading.syntax, [], "{}", row.after);
        let (project, containers) = (&reading.project, &reading.project.containers);
        let counts = [
            containers.len(),
            containers.iter().map(|it| it.ports.len()).sum(),
            containers.iter().map(|it| it.mounts.len()).sum(),
            containers.iter().map(|it| it.environment.len()).sum(),
            containers.iter().map(|it| it.depends_on.len()).sum(),
            project.networks.len(),
            project.volumes.len(),
        ];
        if counts != row.counts {
            wrong.push(format!("{}: {counts:?}, not {:?}", row.after, row.counts));
        }
        let mut open: Vec<&str> = project.missing.iter().map(|it| it.name.as_str()).collect();
        open.sort_unstable();
        open.dedup();
        if open != row.open {
            wrong.push(format!("{}: {open:?} are open, not {:?}", row.after, row.open));
        }
        let mut found = check::check(&check::Context::new(row.text, &reading));
        found.retain(|it| it.severity == Severity::Error);
        wrong.extend(found.iter().map(|it| format!("{}: {} {}", row.after, it.rule, it.message)));
        for told in &project.unusable {
            assert!(!told.span.of(row.text).is_empty() && told.why.ends_with('.'), "{}: {told:?}", row.after);
        }
    }
    assert_eq!(wrong, [""; 0], "{}", wrong.join("\n"));
}

const ROWS: &[Row] = &[
    Row {
        after: "oci-containers with labels in extraOptions, and the order of units",
        counts: [1, 0, 2, 3, 0, 1, 0],
        open: &[],
        text: r#"{ ... }:

{
  systemd.tmpfiles.rules = [
    "d /srv/films-config 0755 films films -"
  ];

  virtualisation.oci-containers.containers.films = {
    image     = "registry.example/films:latest";
    autoStart = true;

    environment = {
      PUID = "1000";
      PGID = "1000";
      TZ   = "Europe/Vienna";
    };

    volumes = [
      "/srv/films-config:/config"
      "/srv/data:/data"
    ];

    extraOptions = [
      "--network=proxy"
      "--label=traefik.enable=true"
      "--label=traefik.http.routers.films.rule=Host(`films.example`)"
    ];
  };

  systemd.services.docker-films = {
    after    = [ "docker-network-proxy.service" ];
    requires = [ "docker-network-proxy.service" ];
  };
}
"#,
    },
    Row {
        after: "oci-containers within mkIf, with a port of an option",
        counts: [1, 0, 2, 3, 0, 0, 0],
        open: &["cfg.port"],
        text: r#"{
  config,
  lib,
  ...
}:
let
  inherit (lib) mkEnableOption mkIf mkOption types;
  cfg = config.my.services.books;
in
{
  options.my.services.books = {
    enable = mkEnableOption "books";
    port = mkOption { type = types.port; };
    host = mkOption {
      type = types.str;
      default = "books.${config.networking.domain}";
    };
  };

  config = mkIf cfg.enable {
    virtualisation.oci-containers.containers.books = {
      image = "example/books:latest";
      ports = [
        "127.0.0.1:${toString cfg.port}:8083"
      ];
      environment = {
        PUID = "1000";
        PGID = "100";
        SHARE_MODE = "false";
      };
      volumes = [
        "/var/lib/books/config:/config"
        "/srv/books:/library"
      ];
    };

    systemd.tmpfiles.rules = [
      "d /var/lib/books 0755 books users - -"
    ];

    my.services.ingress.sites.books = mkIf config.my.services.ingress.enable { port = cfg.port; };
  };
}
"#,
    },
    Row {
        after: "a module of a manual that watches containers",
        counts: [1, 1, 3, 0, 0, 0, 0],
        open: &[],
        text: r#"{ config, pkgs, ... }: {
  services.prometheus.enable = true;

  virtualisation.oci-containers.containers.watcher = {
    image = "gcr.io/example/watcher:v0.47.1";

    ports = ["8081:8080"];

    volumes = [
      "/:/rootfs:ro"
      "/var/run/podman/podman.sock:/var/run/docker.sock:ro"
      "/sys:/sys:ro"
    ];

    extraOptions = [
      "--privileged"  # needed
      "--device=/dev/kmsg"
      "--memory=512m"
      "--cpus=0.5"
    ];
  };
}
"#,
    },
    Row {
        after: "oci-containers with values of another file",
        counts: [1, 0, 2, 0, 0, 1, 0],
        open: &["vars.configs"],
        text: r#"let
  vars = import ../vars.nix;
in
{
  virtualisation.oci-containers.containers.files = {
    image = "example/files:v2.32.0";
    extraOptions = [ "--network=web" ];
    volumes = [
      "/pool:/data"
      "${vars.configs}/files:/config"
    ];
    autoStart = true;
    user = "1000:users";
  };
}
"#,
    },
    Row {
        after: "two containers with files of the store and paths of options",
        counts: [2, 0, 3, 0, 0, 0, 0],
        open: &["paths.\"services/home\".path", "paths.\"services/matter\".path", "pkgs.writeText \".dockerenv\" \"\""],
        text: r#"{ pkgs, config, ... }:
let
  paths = config.storage.paths;
in
{
  storage.paths."services/home" = { };

  virtualisation.oci-containers.containers.home = {
    image = "ghcr.io/example/home:2024.12.5@sha256:132ef461504be5c5ebd6e34e5d3fb3d7958bb6758a5136107eea9f84c299254a";

    volumes = [
      "${paths."services/home".path}:/config"
      "${pkgs.writeText ".dockerenv" ""}:/.dockerenv"
    ];

    extraOptions = [
      "--device=/dev/ttyACM0"
      "--cap-add=CAP_NET_RAW"
    ];

    labels = {
      "traefik.enable" = "true";
    };
  };

  networking.firewall.interfaces.podman0.allowedTCPPorts = [ 5580 ];

  virtualisation.oci-containers.containers.matter = {
    image = "ghcr.io/example/matter:6.6";
    volumes = [ "${paths."services/matter".path}:/data" ];
    extraOptions = [ "--network=host" ];
  };
}
"#,
    },
    Row {
        after: "a tunnel whose network another container shares",
        counts: [2, 1, 0, 4, 1, 0, 0],
        open: &["config.age.secrets.\"wireguard\".path", "config.time.timeZone"],
        text: r#"{ config, ... }:
let
  webPort = 8080;
in
{
  virtualisation.oci-containers.containers.tunnel = {
    image = "example/tunnel:v3";

    environment = {
      VPN_TYPE = "wireguard";
      # Far away.
      SERVER_COUNTRIES = "Iceland";
      TZ = config.time.timeZone;
    };

    environmentFiles = [ config.age.secrets."wireguard".path ];

    ports = [ "127.0.0.1:${toString webPort}:${toString webPort}" ];

    extraOptions = [ "--cap-add=NET_ADMIN" "--device=/dev/net/tun:/dev/net/tun" ];
  };

  virtualisation.oci-containers.containers.torrent = {
    image = "example/torrent:5";
    environment.WEBUI_PORT = toString webPort;
    dependsOn = [ "tunnel" ];
    extraOptions = [ "--network=container:tunnel" ];
  };
}
"#,
    },
    Row {
        after: "typed networks, and a restart policy of a unit",
        counts: [1, 0, 3, 2, 0, 1, 2],
        open: &[],
        text: r#"{ lib, ... }:

{
  virtualisation.oci-containers.containers.news = {
    image = "ghcr.io/example/news:26.3@sha256:90f08a0c260f5ba3be401d9b21f7a92975ac0fb2331bb1f456ed9f09f3ca4ddb";
    environment = {
      PGID = "100";
      PUID = "1000";
    };
    labels = {
      "tail.service.enable" = "true";
      "tail.service.port" = "6789";
    };
    networks = [ "proxy" ];
    volumes = [
      "/etc/localtime:/etc/localtime:ro"
      "downloads:/downloads"
      "news.config:/config"
    ];
  };

  systemd.services.podman-news.serviceConfig.Restart = lib.mkForce "always";
}
"#,
    },
    Row {
        after: "a name that a let gives, and Podman's own settings",
        counts: [1, 1, 2, 4, 0, 0, 0],
        open: &["config.time.timeZone", "config.users.groups.torrent.gid", "config.users.users.torrent.uid"],
        text: r#"{config, ...}: let
  serviceName = "torrent";
in {
  virtualisation.oci-containers.containers = {
    "${serviceName}" = {
      autoStart = true;
      image = "docker.io/example/torrent:latest";
      pull = "newer";
      podman = {
        sdnotify = "conmon";
        user = serviceName;
      };
      environment = {
        TZ = config.time.timeZone;
        PUID = builtins.toString config.users.users.torrent.uid;
        PGID = builtins.toString config.users.groups.torrent.gid;
        WEBUI_PORT = "1338";
      };
      ports = [
        "10.0.50.42:1338:1338/tcp"
      ];
      volumes = [
        "/persist/services/${serviceName}/data:/config:U"
        "/persist/media/downloads:/downloads:ro"
      ];
    };
  };
}
"#,
    },
    Row {
        after: "a tab here, a blank there, and a device of a long name",
        counts: [3, 2, 1, 2, 0, 0, 0],
        open: &[],
        text: "{ ... }:\n{\n\tvirtualisation.oci-containers = {\n    backend = \"docker\";\n\t\tcontainers = {\n\n\t\t  hello = {\n        image = \"nginx:alpine\";\n\t\t\t\tports = [ \"8080:80\" ];\n        autoStart = true;\n\t\t\t};\n\n\t\t\tglance = {\n        image = \"example/glance:latest\";\n\t\t\t\tports = [ \"8081:8080\" ];\n\t\t\t\tvolumes = [\n\t\t\t\t  \"/var/lib/glance/glance.yaml:/app/config/glance.yml\"\n\t\t\t\t];\n\t\t\t};\n\n      radio = {\n        image = \"ghcr.io/example/radio:latest\";\n        extraOptions = [\n          \"--privileged\"\n          \"--network=host\"\n          \"--device=/dev/serial/by-id/usb-EXAMPLE_00-if00-port0:/dev/ttyUSB0\"\n          \"--device=/dev/net/tun:/dev/net/tun\"\n        ];\n        environment = {\n          DEVICE = \"/dev/ttyUSB0\";\n          BAUDRATE = \"460800\";\n        };\n      };\n    };\n  };\n}\n",
    },
    Row {
        after: "nested sets, beside settings of another service",
        counts: [1, 1, 1, 0, 0, 0, 1],
        open: &["config.age.secrets.companion.path"],
        text: r#"{ config, ... }:
let
  companionPort = "8282";
in
{
  age.secrets.companion.rekeyFile = ./companion.age;

  services.video.settings = {
    companion.private_url = "http://localhost:${companionPort}/companion";
  };

  virtualisation = {
    podman.enable = true;
    oci-containers = {
      backend = "podman";
      containers.companion = {
        image = "quay.io/example/companion:latest";
        ports = [ "127.0.0.1:8282:${companionPort}" ];
        volumes = [
          "cache:/var/tmp/video:rw"
        ];
        environmentFiles = [
          config.age.secrets.companion.path
        ];
      };
    };
  };
}
"#,
    },
    Row {
        after: "devices in the place of words for the program",
        counts: [1, 1, 2, 3, 0, 0, 0],
        open: &[],
        text: r#"{ pkgs, ...}:

{
  hardware.nvidia-container-toolkit.enable = true;

  virtualisation.oci-containers = {
    backend = "docker";
    containers = {
      films = {
        autoStart = false;
        hostname = "films";
        image = "registry.example/films:latest";
        environment = {
          PUID="1000";
          PGID="1000";
          TZ="Etc/UTC";
        };
        volumes = [
          "/home/me/.docker/films/library:/config"
          #"/home/me/series:/data/series"
          "/home/me/films:/data/films"
        ];
        ports = [
          "8096:8096"
        ];
        cmd = [
          "--device=/dev/dri:/dev/dri"
        ];
      };
    };
  };
}
"#,
    },
    Row {
        after: "a module with options of its own, and a unit whose name is computed",
        counts: [1, 1, 2, 0, 0, 0, 0],
        open: &["cfg.database.socket"],
        text: r#"{ config, lib, ... }:
with lib;
let
  cfg = config.services.status;
in
{
  options.services.status.database.socket = mkOption {
    type = types.nullOr types.path;
    default = if cfg.database.createDatabase then "/run/postgresql" else null;
  };

  config = mkIf cfg.enable {
    virtualisation = {
      oci-containers = {
        backend = "podman";
        containers = {
          status = {
            image = "example/status";
            ports = [ "8991:8080" ];
            volumes = [
              "${cfg.database.socket}:/run/postgresql"
              "/var/lib/status:/app"
            ];
          };
        };
      };
    };

    systemd.services = {
      "${config.virtualisation.oci-containers.backend}-status" = {
        after = [ "postgresql.target" ];
      };
    };
  };
}
"#,
    },
    Row {
        after: "a whole machine with one container",
        counts: [1, 1, 0, 2, 0, 0, 0],
        open: &[],
        text: r#"{ pkgs, ... }: {
  users.users.robot.isNormalUser = true;

  virtualisation = {
    docker.enable = true;
    oci-containers = {
      containers = {
        exporter = {
          autoStart = true;
          image = "ghcr.io/example/exporter:1.0.0";
          environment = {
            PORT = "8090";
            CONFIG_FILE = "/exporter/config.yml";
          };
          ports = [ "8090:8090" ];
          extraOptions = [ "--network=host" "--pid=host" "--privileged" ];
        };
      };
    };
  };
}
"#,
    },
    Row {
        after: "names and ports of a let, and a policy of a unit",
        counts: [1, 1, 2, 3, 0, 0, 2],
        open: &[],
        text: r#"{ config, lib, ... }:
with lib;
let
  container = "server";
  port = 8085;
in
{
  virtualisation.oci-containers = {
    backend = "podman";
    containers.${container} = {
      image = "docker.io/example/server:latest";
      autoStart = true;
      ports = [ "127.0.0.1:${toString port}:${toString port}" ];
      extraOptions = [ "--add-host=host.containers.internal:host-gateway" ];
      environment = {
        HOST = "0.0.0.0";
        PORT = toString port;
        CORS_ALLOW_ALL = "true";
      };
      volumes = [
        "downloads:/downloads:rw"
        "data:/app/data:rw"
      ];
    };
  };

  systemd.services."podman-${container}" = {
    serviceConfig.Restart = mkForce "always";
  };
}
"#,
    },
    Row {
        after: "a database as compose2nix prints it, edited by hand",
        counts: [2, 1, 2, 4, 1, 1, 0],
        open: &["config.sops.templates.\"cloud.env\".path"],
        text: r#"{ config, lib, pkgs, ... }:
{
  virtualisation.oci-containers.backend = "docker";
  virtualisation.oci-containers.containers."cloud_db" = {
    image = "mariadb:10.11";
    environment = {
      "MARIADB_AUTO_UPGRADE" = "1";
      "MYSQL_DATABASE" = "cloud";
      "MYSQL_USER" = "cloud";
    };
    environmentFiles = [
      config.sops.templates."cloud.env".path
    ];
    volumes = [
      "/srv/cloud/mysql:/var/lib/mysql:rw"
    ];
    cmd = ["--max-allowed-packet=128M" "--innodb-log-file-size=64M"];
    log-driver = "journald";
    extraOptions = [
      "--health-cmd=mysqladmin ping -u root --password=cloud"
      "--health-interval=10s"
      "--health-retries=5"
      "--health-timeout=5s"
      "--network-alias=mariadb"
      "--network=cloud_default"
    ];
  };
  systemd.services."docker-cloud_db" = {
    serviceConfig = {
      Restart = lib.mkOverride 90 "always";
      RestartMaxDelaySec = lib.mkOverride 90 "1m";
      RestartSec = lib.mkOverride 90 "100ms";
      RestartSteps = lib.mkOverride 90 9;
    };
    after = [
      "docker-network-cloud_default.service"
    ];
    requires = [
      "docker-network-cloud_default.service"
    ];
    partOf = [
      "docker-compose-cloud-root.target"
    ];
    wantedBy = [
      "docker-compose-cloud-root.target"
    ];
  };
  virtualisation.oci-containers.containers."cloud" = {
    image = "example/cloud:10";
    environment."DOMAIN" = "localhost:8080";
    volumes = [ "/srv/cloud/files:/mnt/data:rw" ];
    ports = [ "8080:8080/tcp" ];
    dependsOn = [ "cloud_db" ];
    log-driver = "journald";
    extraOptions = [ "--network-alias=cloud" "--network=cloud_default" ];
  };

  systemd.services."docker-network-cloud_default" = {
    path = [ pkgs.docker ];
    serviceConfig = {
      Type = "oneshot";
      RemainAfterExit = true;
      ExecStop = "docker network rm -f cloud_default";
    };
    script = ''
      docker network inspect cloud_default || docker network create cloud_default --subnet=10.88.7.0/24
    '';
    partOf = [ "docker-compose-cloud-root.target" ];
    wantedBy = [ "docker-compose-cloud-root.target" ];
  };

  systemd.targets."docker-compose-cloud-root" = {
    unitConfig.Description = "Root target generated by compose2nix.";
    wantedBy = [ "multi-user.target" ];
  };
}
"#,
    },
    Row {
        after: "a server of a game, its flags in pairs of words",
        counts: [1, 2, 1, 3, 0, 0, 1],
        open: &["config.age.secrets.token.path"],
        text: r#"{ lib, config, ... }:
{
  virtualisation.oci-containers.containers."game" = {
    autoStart = true;
    image = "docker.io/example/game:java21";
    volumes = [ "world:/data" ];
    environment = {
      EULA = "TRUE";
      INIT_MEMORY = "4G";
      MAX_MEMORY = "12G";
    };
    environmentFiles = [
      config.age.secrets.token.path
    ];
    ports = [ "0.0.0.0:1380:25565" "0.0.0.0:8101:8100" ];
    extraOptions = [
      "--hostname=game"
      "--health-cmd"
      "mc-health"
      "--health-interval"
      "10s"
      "--health-retries"
      "6"
    ];
  };
}
"#,
    },
    Row {
        after: "labels with paths of other names, and a port without one of the host",
        counts: [1, 1, 1, 0, 0, 1, 0],
        open: &["config.mine.configPath", "config.mine.domain"],
        text: r#"{ config, lib, ... }:
let
  inherit (lib) mkEnableOption mkIf;
  cfg = config.mine.chat;

  version = "0.5.20";
in
{
  options.mine.chat = {
    enable = mkEnableOption "chat";
  };

  config = mkIf cfg.enable {
    virtualisation.oci-containers.containers."chat" = {
      image = "ghcr.io/example/chat:v${version}";
      ports = [
        "8080"
      ];
      volumes = [
        "${config.mine.configPath}/chat:/app/data"
      ];
      extraOptions = [
        "--network=traefik"
        "--add-host=host.docker.internal:host-gateway"
        "--pull=always"
      ];
      labels = {
        "traefik.enable" = "true";
        "traefik.http.routers.chat.rule" = "Host(`chat.${config.mine.domain}`)";
      };
    };
  };
}
"#,
    },
    Row {
        after: "quadlet-nix with mkIf and a reference by name",
        counts: [1, 1, 2, 0, 0, 0, 1],
        open: &["config.my.datadir"],
        text: r#"{
  config,
  lib,
  ...
}:
{
  options.my.tv.enable = lib.mkEnableOption "tv";
  config =
    let
      image = "docker.io/example/tv";
      port = 8409;
      cfg = config.my.tv;
      service-name = "tv";
    in
    lib.mkIf cfg.enable {
      virtualisation.containers.enable = true;
      virtualisation.podman.enable = true;

      virtualisation.quadlet.containers.${service-name}.containerConfig = {
        inherit image;
        autoUpdate = "registry";
        publishPorts = [
          "127.0.0.1:${toString port}:${toString port}"
        ];
        volumes = [
          "${config.my.datadir}:/data:ro"
          "${service-name}-config:/root/.local/share/tv"
        ];
        environments = config.my.container-env // config.my.more-env;
      };

      my.proxy.services = {
        ${service-name}.port = port;
      };
    };
}
"#,
    },
    Row {
        after: "quadlet-nix bound to a socket",
        counts: [1, 1, 2, 0, 0, 0, 0],
        open: &[],
        text: r#"{...}: {
  virtualisation.quadlet.containers.agent = {
    containerConfig = {
      image = "docker.io/example/agent:2.33.0@sha256:0ad96345b297073da0cdec953b484e0438b5f1461948ae91202120a4b7045780";
      pull = "missing";
      volumes = [
        "/run/podman/podman.sock:/var/run/docker.sock"
        "/var/lib/containers/storage:/var/lib/docker/volumes"
      ];
      publishPorts = [
        "9001:9001"
      ];
    };

    unitConfig = {
      After = "podman.socket";
      BindsTo = "podman.socket";
      ReloadPropagatedFrom = "podman.socket";
    };
  };
}
"#,
    },
    Row {
        after: "quadlet-nix in a module of an aspect, with units that it waits for",
        counts: [2, 0, 1, 0, 1, 1, 0],
        open: &["dataRoot"],
        text: r#"{ dataRoot, ... }:
{
  nixos =
    {
      config,
      ...
    }:
    let
      quadlet = config.virtualisation.quadlet;
    in
    {
      virtualisation.quadlet.networks.inner = { };
      virtualisation.quadlet.containers.postgres.containerConfig = {
        image = "docker.io/library/postgres:17";
        networks = [ quadlet.networks.inner.ref ];
      };
      virtualisation.quadlet.containers.vault = {
        autoStart = true;
        containerConfig = {
          name = "vault";
          image = "docker.io/example/vault:latest-alpine";
          networks = [ quadlet.networks.inner.ref ];
          networkAliases = [ "vault" ];
          environmentFiles = [ "/run/secrets/vault.env" ];
          volumes = [ "${dataRoot}/vault:/data" ];
          healthCmd = "wget --spider -q http://127.0.0.1/alive || exit 1";
          autoUpdate = "registry";
        };
        unitConfig = {
          After = [ quadlet.containers.postgres.ref ];
          Requires = [ quadlet.containers.postgres.ref ];
        };
        serviceConfig = {
          Restart = "always";
          RestartSec = "10s";
          NoNewPrivileges = true;
          MemoryMax = "1G";
        };
      };
    };
}
"#,
    },
    Row {
        after: "quadlet-nix with a let within the container",
        counts: [1, 0, 2, 3, 0, 1, 0],
        open: &["host-uid"],
        text: r#"{config, ...}: {
  virtualisation.quadlet.networks.web = { };
  virtualisation.quadlet.containers.news = let
    host-uid = toString config.users.users.me.uid;
    container-uid = "1000";
  in {
    unitConfig = {
      Description = "News";
    };
    containerConfig = {
      image = "registry.example/news:latest";
      autoUpdate = "registry";
      networks = [config.virtualisation.quadlet.networks.web.ref];
      userns = "auto";
      environments = {
        TZ = "America/Lima";
        PUID = container-uid;
        PGID = container-uid;
      };
      volumes = [
        "/srv/news:/config:idmap=uids=@${host-uid}-${container-uid}-1"
        "/srv/data:/data:idmap=uids=@${host-uid}-${container-uid}-1"
      ];
    };
    serviceConfig = {
      Restart = "on-failure";
    };
    autoStart = true;
  };
}
"#,
    },
    Row {
        after: "quadlet-nix with a network by the name of its file",
        counts: [2, 0, 1, 3, 0, 1, 0],
        open: &["id"],
        text: r#"{ lib, config, ... }:
let
  cfg = config.custom.apps.photos;
  id = toString cfg.user.id;
in
{
  config = lib.mkIf cfg.enable {
    virtualisation.quadlet.networks.photos.networkConfig.internal = true;
    virtualisation.quadlet.containers = {
      photos-cache.containerConfig = {
        image = "docker.io/valkey/valkey:8-bookworm";
        autoUpdate = "registry";
        user = "${id}:${id}";
        volumes = [ "/srv/photos/cache:/data" ];
        networks = [ "photos.network" ];
        healthCmd = "redis-cli ping";
        healthStartupCmd = "sleep 10";
        healthOnFailure = "kill";
      };
      photos-db.containerConfig = {
        image = "ghcr.io/example/postgres:14";
        autoUpdate = "registry";
        user = "${id}:${id}";
        shmSize = "128mb";
        networks = [ "photos.network" ];
        environments = {
          POSTGRES_USER = "postgres";
          POSTGRES_DB = "photos";
          POSTGRES_PASSWORD_FILE = "/run/secrets/photos_password";
        };
      };
    };
  };
}
"#,
    },
    Row {
        after: "quadlet-nix of a user, in home-manager, with mounts and flags",
        counts: [1, 1, 1, 1, 0, 0, 0],
        open: &["data-base-dir", "internal-port"],
        text: r#"{
  internal-port,
  data-base-dir,
  username,
  ...
}: {
  home-manager.users."${username}" = {
    pkgs,
    config,
    ...
  }: {
    virtualisation.quadlet.containers = {
      "map" = {
        autoStart = true;
        serviceConfig = {
          Restart = "always";
          RestartSec = "100ms";
          RestartSteps = "10";
          RestartMaxDelaySec = "60s";
        };
        containerConfig = {
          image = "ghcr.io/example/map:latest";
          name = "map";
          userns = "keep-id";
          podmanArgs = ["--umask=0027"];
          publishPorts = ["127.0.0.1:8000:8000"];
          mounts = ["type=bind,src=${data-base-dir}/map,dst=/data"];
          environments = {
            PORT = toString internal-port;
          };
        };
      };
    };
  };
}
"#,
    },
    Row {
        after: "quadlet-nix with sets merged by mkMerge and by //",
        counts: [1, 1, 2, 2, 0, 0, 1],
        open: &[],
        text: r#"{ config, lib, proxied, ... }:
let
  directory = "/tank/calendar";
in
{
  virtualisation.quadlet.containers."calendar".containerConfig = lib.mkMerge [
    {
      image = "ghcr.io/example/calendar:latest";
      volumes = [
        "${directory}:/etc/calendar:ro"
        "calendar-config:/config"
      ];
      environments = config.my.env // {
        TZ = "Asia/Bangkok";
        DEBUG = "0";
      };
    }
    {
      publishPorts = [ "5232:5232" ];
    }
    (proxied { address = "calendar.example"; })
  ];
}
"#,
    },
    Row {
        after: "an Arion project of two services, and settings beside them",
        counts: [2, 0, 2, 1, 0, 1, 0],
        open: &["config.sops.templates.\"social.env\".path", "drive"],
        text: r#"{ config, drive, ... }:
{
  sops.secrets.social = { };

  virtualisation.arion.projects.social.settings = {
    services.db.service = {
      image = "postgres:14-alpine";
      networks = ["inner"];
      volumes = [ "${drive}/social-postgres:/var/lib/postgresql/data" ];
      restart = "unless-stopped";

      healthcheck = {
        test = ["CMD" "pg_isready" "-U" "postgres"];
      };

      environment = {
        POSTGRES_HOST_AUTH_METHOD="trust";
      };
    };

    services.db.out.service = {
      shm_size = "256mb";
    };

    services.cache.service = {
      image = "redis:7-alpine";
      networks = ["inner"];
      volumes = [ "${drive}/social-redis:/data" ];
      restart = "unless-stopped";
      env_file = [ config.sops.templates."social.env".path ];
    };

    networks.inner.internal = true;
  };
}
"#,
    },
    Row {
        after: "an Arion project in a module with options",
        counts: [1, 0, 1, 1, 0, 1, 0],
        open: &["cfg.port"],
        text: r#"{
  config,
  lib,
  ...
}:
with lib; let
  cfg = config.modules.services.links;
in {
  options = {
    modules.services.links = {
      enable = mkOption {
        type = types.bool;
        default = false;
      };
      port = mkOption { type = types.int; };
    };
  };
  config = mkIf cfg.enable {
    virtualisation.arion.projects.links.settings = {
      project.name = "links";
      services.links.service = {
        image = "docker.io/example/links:latest";
        volumes = ["/var/lib/links:/etc/links/data"];
        ports = ["${builtins.toString cfg.port}:9090"];
        environment = {
          SUPERUSER_NAME = "me";
        };
        labels."io.containers.autoupdate" = "registry";
      };
    };
    systemd.services.arion-links.after = ["var-lib-links.mount"];
  };
}
"#,
    },
    Row {
        after: "an Arion project with numbers, and the host's store",
        counts: [1, 3, 2, 2, 0, 1, 0],
        open: &[],
        text: r#"{
  config,
  lib,
  pkgs,
  ...
}:
{
  options.settings.containers.torrent = {
    enable = lib.mkEnableOption "torrent";
  };

  config = lib.mkIf config.settings.containers.torrent.enable {
    virtualisation.arion.projects.torrent = {
      settings = {
        project.name = "torrent";
        services.torrent = {
          service.useHostStore = true;
          service.image = "example/torrent:latest";
          service.ports = [
            "8080:8080"
            "6881:6881"
            "6881:6881/udp"
          ];
          service.volumes = [
            "/config/torrent:/config"
            "/data/torrents:/torrents"
          ];
          service.environment = {
            WEBUI_PORT = 8080;
            TORRENTING_PORT = 6881;
          };
        };
      };
    };
  };
}
"#,
    },
    Row {
        after: "an arion-compose.nix whose image Nix builds",
        counts: [1, 1, 0, 0, 0, 1, 0],
        open: &["pkgs.etcd_3_5"],
        text: r#"{ pkgs, ... }:

{
  project.name = "messages";

  services = {
    etcd = {
      image.enableRecommendedContents = true;
      service.useHostStore = true;
      service.command = [
        "${pkgs.etcd_3_5}/bin/etcd"
        "-advertise-client-urls"
        "http://127.1.1.1:2379"
      ];
      service.ports = [
        "2379:2379"
      ];
    };
  };
}
"#,
    },
    Row {
        after: "an arion-compose.nix with a script and a directory of the store",
        counts: [1, 1, 0, 1, 0, 1, 0],
        open: &["pkgs.nix.doc", "pkgs.python3"],
        text: r#"{ pkgs, ... }:
{
  project.name = "webapp";
  services = {

    webserver = {
      image.enableRecommendedContents = true;
      service.useHostStore = true;
      service.command = [ "sh" "-c" ''
                  cd "$$WEB_ROOT"
                  ${pkgs.python3}/bin/python -m http.server
                '' ];
      service.ports = [
        "8000:8000" # host:container
      ];
      service.environment.WEB_ROOT = "${pkgs.nix.doc}/share/doc/nix/manual";
      service.stop_signal = "SIGINT";
    };
  };
}
"#,
    },
    Row {
        after: "an arion-compose.nix with the host's network",
        counts: [2, 2, 2, 2, 0, 0, 0],
        open: &[],
        text: r#"{ config, pkgs, ... }:

let
  dataRoot = "/srv/search";
in
{
  project.name = "mysearch";

  services = {
    # The service itself.
    "search-computer" = {
      image.enableRecommendedContents = true;
      service.useHostStore = true;
      service.image = "ghcr.io/example/search-computer:latest";
      service.network_mode = "host";
      service.ports = [ "5900:5900" ];
      service.volumes = [ "${dataRoot}/computer:/home/operator" ];
    };

    database = {
      service.image = "docker.io/pgvector/pgvector:pg15";
      service.network_mode = "host";
      service.ports = [ "5432:5432" ];
      service.environment = {
        POSTGRES_DB = "postgres";
        POSTGRES_USER = "postgres";
      };
      service.volumes = [ "${dataRoot}/db:/var/lib/postgresql/data" ];
      service.healthcheck = {
        test = [ "CMD" "pg_isready" "-U" "postgres" ];
        interval = "30s";
        timeout = "10s";
        retries = 5;
      };
    };
  };
}
"#,
    },
    Row {
        after: "an Arion module for a proxy whose network is public",
        counts: [1, 2, 1, 0, 0, 1, 0],
        open: &[],
        text: r#"{ pkgs, ... }:
{
  virtualisation.arion = {
    backend = "docker";
    projects.proxy = {
      serviceName = "proxy";
      settings = {
        networks.traefik = {
          name = "traefik";
          ipam.config = [ { subnet = "172.32.0.0/16"; gateway = "172.32.0.1"; } ];
        };
        services.traefik.service = {
          image = "traefik:v3.1";
          command = [ "--api.insecure=true" "--providers.docker=true" ];
          ports = [ "80:80" "8080:8080" ];
          volumes = [ "/var/run/docker.sock:/var/run/docker.sock:ro" ];
          networks.traefik.ipv4_address = "172.32.0.10";
          capabilities = { NET_ADMIN = true; MKNOD = false; };
        };
      };
    };
  };
}
"#,
    },
];
