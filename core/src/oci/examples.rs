//! Texts to begin with: the wikis' own, and what people have.

use crate::bench::Example;

/// They.
pub static EXAMPLES: &[Example] = &[
    Example {
        id: "foo",
        title: "oci-containers",
        description: "Two containers, of which one waits for the other, with Podman.",
        text: FOO,
        aside: "",
    },
    Example {
        id: "wiki",
        title: "The wiki's oci-containers",
        description: "The module that the NixOS wiki begins with; its container has no image yet.",
        text: WIKI,
        aside: "",
    },
    Example {
        id: "hackagecompare",
        title: "The wiki's hackagecompare",
        description: "A container behind a proxy. No backend is named: which one it is, the release decides.",
        text: HACKAGECOMPARE,
        aside: "",
    },
    Example {
        id: "arion",
        title: "arion-compose.nix",
        description: "A web application with its database, in Arion's own file.",
        text: ARION,
        aside: "",
    },
    Example {
        id: "db",
        title: "Arion's module, with mistakes",
        description: "The wiki's database, whose image is empty and whose variable is misspelt.",
        text: DB,
        aside: "",
    },
    Example {
        id: "quadlet",
        title: "quadlet-nix",
        description: "A database that is asked whether it is well, and an application that waits for it.",
        text: QUADLET,
        aside: "",
    },
    Example {
        id: "open",
        title: "A module with options of its own",
        description: "What the text leaves open stays visible, and is asked for.",
        text: OPEN,
        aside: "",
    },
];

const FOO: &str = r#"{ config, pkgs, ... }:
{
  virtualisation.oci-containers = {
    backend = "podman";
    containers = {
      foo = {
        image = "docker.io/library/nginx:1.27";
        autoStart = true;
        ports = [ "127.0.0.1:1234:80" ];
        volumes = [ "/srv/foo:/usr/share/nginx/html:ro" ];
        extraOptions = [ "--memory=256m" "--cap-drop=NET_RAW" ];
      };
      cache = {
        image = "docker.io/library/redis:7.4";
        cmd = [ "redis-server" "--appendonly" "yes" ];
        volumes = [ "cache:/data" ];
        dependsOn = [ "foo" ];
      };
    };
  };
}
"#;

const WIKI: &str = r#"virtualisation.oci-containers = {
  backend = "docker";
  containers = {
    foo = {
      # ...
    };
  };
};
"#;

const HACKAGECOMPARE: &str = r#"{ config, pkgs, ... }:

{
  config.virtualisation.oci-containers.containers = {
    hackagecompare = {
      image = "chrissound/hackagecomparestats-webserver:latest";
      ports = ["127.0.0.1:3010:3010"];
      volumes = [
        "/root/hackagecompare/packageStatistics.json:/root/hackagecompare/packageStatistics.json"
      ];
      cmd = [
        "--base-url"
        "\"/hackagecompare\""
      ];
    };
  };
}
"#;

const ARION: &str = r#"{ pkgs, ... }:
{
  project.name = "hackagecompare";

  services = {
    web = {
      service = {
        image = "ghcr.io/example/hackagecompare:1.4";
        command = [ "hackagecompare" "serve" "--port" "8080" ];
        ports = [ "8080:8080" ];
        environment = {
          DATABASE_URL = "postgres://compare@db/compare";
          WORKERS = 4;
        };
        depends_on.db.condition = "service_healthy";
        restart = "unless-stopped";
        labels."traefik.enable" = "true";
        networks = [ "front" "back" ];
      };
      out.service.logging.driver = "local";
    };

    db.service = {
      image = "postgres:17";
      environment = {
        POSTGRES_USER = "compare";
        POSTGRES_HOST_AUTH_METHOD = "trust";
      };
      volumes = [ "data:/var/lib/postgresql/data" ];
      healthcheck = {
        test = [ "CMD" "pg_isready" "-U" "compare" ];
        interval = "10s";
      };
      networks.back.aliases = [ "postgres" ];
    };
  };

  networks.front = { };
  networks.back.internal = true;
  docker-compose.volumes.data = { };
}
"#;

const DB: &str = r#"{ pkgs, ... }:
{
  virtualisation.arion = {
    backend = "docker";
    projects = {
      "db".settings.services."db".service = {
        image = "";
        restart = "unless-stopped";
        environment = { POSTGRESS_PASSWORD = "password"; };
      };
    };
  };
}
"#;

const QUADLET: &str = r#"{ config, ... }:
let
  inherit (config.virtualisation.quadlet) containers networks volumes;
in
{
  virtualisation.quadlet = {
    networks.notes.networkConfig.subnets = [ "10.89.7.0/24" ];
    volumes.notes-data = { };

    containers.notes-db = {
      containerConfig = {
        image = "docker.io/library/postgres:17";
        environments.POSTGRES_HOST_AUTH_METHOD = "trust";
        volumes = [ "${volumes.notes-data.ref}:/var/lib/postgresql/data" ];
        networks = [ "${networks.notes.ref}:ip=10.89.7.2" ];
        healthCmd = "pg_isready -U postgres";
        healthInterval = "10s";
        notify = "healthy";
      };
    };

    containers.notes = {
      containerConfig = {
        image = "ghcr.io/example/notes:2.1";
        publishPorts = [ "127.0.0.1:3000:3000" ];
        networks = [ networks.notes.ref ];
        environmentFiles = [ "/run/secrets/notes.env" ];
        autoUpdate = "registry";
        noNewPrivileges = true;
      };
      unitConfig = {
        Requires = [ containers.notes-db.ref ];
        After = [ containers.notes-db.ref ];
      };
      serviceConfig.Restart = "on-failure";
    };
  };
}
"#;

const OPEN: &str = r#"{ config, lib, pkgs, ... }:
let
  cfg = config.services.paper;
  version = "2.13";
in
{
  options.services.paper = {
    enable = lib.mkEnableOption "a paper archive";
    port = lib.mkOption {
      type = lib.types.port;
      default = 8000;
    };
  };

  config = lib.mkIf cfg.enable {
    virtualisation.oci-containers.containers.paper = {
      image = "ghcr.io/paperless-ngx/paperless-ngx:${version}";
      ports = [ "127.0.0.1:${toString cfg.port}:8000" ];
      environment = {
        PAPERLESS_URL = "https://paper.${config.networking.domain}";
        PAPERLESS_TIME_ZONE = config.time.timeZone;
      };
      environmentFiles = [ config.sops.secrets.paper.path ];
      volumes = [ "${cfg.dataDir}/media:/usr/src/paperless/media" ];
    };

    systemd.tmpfiles.rules = [ "d ${cfg.dataDir}/media 0750 1000 1000 -" ];
  };
}
"#;
