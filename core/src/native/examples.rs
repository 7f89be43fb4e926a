//! Which texts show what this is about?

use crate::bench::Example;

/// Every example, the best known first.
pub static EXAMPLES: &[Example] = &[
    Example {
        id: "wiki",
        title: "Nextcloud, as the NixOS Wiki has it",
        description: "A pair of addresses and NAT; with a password in the store, and IPv6 addresses that nobody defined",
        text: r#"networking.nat = {
  enable = true;
  internalInterfaces = ["ve-+"];
  externalInterface = "ens3";
  # Lazy IPv6 connectivity for the container
  enableIPv6 = true;
};

containers.nextcloud = {
  autoStart = true;
  privateNetwork = true;
  hostAddress = "192.168.100.10";
  localAddress = "192.168.100.11";
  hostAddress6 = "fc00::1";
  localAddress6 = "fc00::2";
  config = { config, pkgs, lib, ... }: {

    services.nextcloud = {
      enable = true;
      package = pkgs.nextcloud28;
      hostName = "localhost";
      config.adminpassFile = "${pkgs.writeText "adminpass" "test123"}"; # DON'T DO THIS IN PRODUCTION - the password file will be world-readable in the Nix Store!
    };

    system.stateVersion = "23.11";

    networking = {
      firewall = {
        enable = true;
        allowedTCPPorts = [ 80 ];
      };
      # Use systemd-resolved inside the container
      # Workaround for bug https://github.com/NixOS/nixpkgs/issues/162686
      useHostResolvConf = lib.mkForce false;
    };

    services.resolved.enable = true;

  };
};
"#,
        aside: "",
    },
    Example {
        id: "wiki-bridge",
        title: "A bridge, as the NixOS Wiki has it",
        description: "The container is a neighbour of the host; it has no gateway, and no version of its data",
        text: r#"networking = {
  bridges.br0.interfaces = [ "eth0s31f6" ]; # Adjust interface accordingly

  # Get bridge-ip with DHCP
  useDHCP = false;
  interfaces."br0".useDHCP = true;

  # Set bridge-ip static
  interfaces."br0".ipv4.addresses = [{
    address = "192.168.100.3";
    prefixLength = 24;
  }];
  defaultGateway = "192.168.100.1";
  nameservers = [ "192.168.100.1" ];
};

containers.web = {
  privateNetwork = true;
  hostBridge = "br0"; # Specify the bridge name
  localAddress = "192.168.100.5/24";
  config = { };
};
"#,
        aside: "",
    },
    Example {
        id: "routed",
        title: "A pair of addresses, and nothing else",
        description: "NAT, the resolver and the version of the data are added",
        text: r#"{
  containers.web = {
    autoStart = true;
    privateNetwork = true;
    hostAddress = "10.231.136.1";
    localAddress = "10.231.136.2";
    config =
      { pkgs, ... }:
      {
        services.nginx.enable = true;
        networking.firewall.allowedTCPPorts = [ 80 ];
      };
  };
}
"#,
        aside: "",
    },
    Example {
        id: "ports",
        title: "A port of the host that leads inside",
        description: "Forwarding, and the firewall inside, are off by themselves",
        text: r#"{
  containers.git = {
    autoStart = true;
    privateNetwork = true;
    hostAddress = "10.231.136.1";
    localAddress = "10.231.136.3";
    forwardPorts = [
      {
        hostPort = 2222;
        containerPort = 22;
      }
      {
        hostPort = 3000;
      }
    ];
    config = {
      services.openssh.enable = true;
      services.forgejo.enable = true;
      system.stateVersion = "25.11";
    };
  };
}
"#,
        aside: "",
    },
    Example {
        id: "bridged",
        title: "Two containers on one bridge",
        description: "One with an address of its own, one that asks for it",
        text: r#"{
  networking.bridges.br0.interfaces = [ "enp3s0" ];
  networking.interfaces.br0.ipv4.addresses = [
    {
      address = "192.168.7.2";
      prefixLength = 24;
    }
  ];
  networking.defaultGateway = "192.168.7.1";

  containers = {
    web = {
      autoStart = true;
      privateNetwork = true;
      hostBridge = "br0";
      localAddress = "192.168.7.20";
      config = {
        services.nginx.enable = true;
        system.stateVersion = "25.11";
      };
    };
    media = {
      autoStart = true;
      privateNetwork = true;
      hostBridge = "br0";
      bindMounts."/srv/media".hostPath = "/tank/media";
      config = {
        services.jellyfin = {
          enable = true;
          openFirewall = true;
        };
        system.stateVersion = "25.11";
      };
    };
  };
}
"#,
        aside: "",
    },
    Example {
        id: "host",
        title: "In the network of the host",
        description: "No addresses; the firewall of the host decides",
        text: r#"{
  containers.exporter = {
    autoStart = true;
    config = {
      services.prometheus.exporters.node.enable = true;
      networking.firewall.allowedTCPPorts = [ 9100 ];
      system.stateVersion = "25.11";
    };
  };
}
"#,
        aside: "",
    },
    Example {
        id: "database",
        title: "A service and its database",
        description: "Two containers that reach each other, and a directory that the database writes to",
        text: r#"{
  networking.nat = {
    enable = true;
    internalInterfaces = [ "ve-+" ];
    externalInterface = "enp3s0";
  };

  containers.db = {
    autoStart = true;
    privateNetwork = true;
    hostAddress = "10.231.136.1";
    localAddress = "10.231.136.4";
    bindMounts."/var/lib/postgresql" = {
      hostPath = "/srv/postgresql";
    };
    config =
      { pkgs, ... }:
      {
        services.postgresql = {
          enable = true;
          package = pkgs.postgresql_17;
          enableTCPIP = true;
        };
        networking.firewall.allowedTCPPorts = [ 5432 ];
        system.stateVersion = "25.11";
      };
  };

  containers.app = {
    autoStart = true;
    ephemeral = true;
    privateNetwork = true;
    hostAddress = "10.231.136.1";
    localAddress = "10.231.136.5";
    config = {
      services.miniflux.enable = true;
      system.stateVersion = "25.11";
    };
  };
}
"#,
        aside: "",
    },
    Example {
        id: "docker",
        title: "Beside Docker",
        description: "An address of a pool that Docker has by itself, while a train has one, too",
        text: r#"{
  virtualisation.docker.enable = true;

  containers.home = {
    privateNetwork = true;
    hostAddress = "172.18.0.10";
    localAddress = "172.18.0.11";
    config = {
      services.home-assistant.enable = true;
      system.stateVersion = "25.11";
    };
  };
}
"#,
        aside: "172.18.0.0/16 the train",
    },
    Example {
        id: "nftables",
        title: "With nftables",
        description: "The wildcard is that of iptables, and one address too many",
        text: r#"{ lib, ... }:
{
  networking = {
    nftables.enable = true;
    nat = {
      enable = true;
      internalInterfaces = [ "ve-+" ];
      externalInterface = "wlp2s0";
    };
  };

  containers.mail_server = {
    privateNetwork = true;
    hostAddress = "10.231.136.1/24";
    localAddress = "10.231.136.2/24";
    config.system.stateVersion = "25.11";
  };
}
"#,
        aside: "",
    },
];
