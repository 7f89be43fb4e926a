//! Bridges, address pools, DNS and proxies.

use super::*;

pub(super) const OPTIONS: &[Row] = &[
    Row {
        key: "bip",
        kind: Kind::Text(Format::AddressWithPrefix),
        flag: "--bip",
        summary: "IPv4 address of docker0 with the prefix length of its subnet.",
        source: "daemon/daemon_unix.go, daemon/libnetwork/network.go, daemon/libnetwork/ipams/defaultipam/address_space.go",
        ..NETWORK
    },
    Row {
        key: "bip6",
        kind: Kind::Text(Format::AddressWithPrefix),
        since: Engine::new(28, 0, 0),
        flag: "--bip6",
        summary: "IPv6 address of docker0 with the prefix length of its subnet.",
        source: "daemon/config/config_linux.go, daemon/daemon_unix.go, daemon/libnetwork/drivers/bridge/bridge_linux.go",
        ..NETWORK
    },
    Row {
        key: "bridge",
        kind: Kind::Text(Format::Free),
        default: "docker0, made by the daemon",
        suggestions: &[choice("none")],
        flag: "--bridge",
        summary: "Existing bridge to use for the default network; `none` means no default network.",
        source: "daemon/daemon_unix.go, daemon/daemon.go, daemon/libnetwork/drivers/bridge/setup_device_linux.go",
        ..NETWORK
    },
    Row {
        key: "fixed-cidr",
        kind: Kind::Text(Format::Subnet),
        flag: "--fixed-cidr",
        summary: "Part of the default bridge's IPv4 subnet that containers get addresses from.",
        source: "daemon/daemon_unix.go, daemon/libnetwork/ipams/defaultipam/allocator.go",
        ..NETWORK
    },
    Row {
        key: "fixed-cidr-v6",
        kind: Kind::Text(Format::Subnet),
        flag: "--fixed-cidr-v6",
        summary: "Part of the default bridge's IPv6 subnet that containers get addresses from.",
        source: "daemon/config/config_linux.go, daemon/libnetwork/drivers/bridge/bridge_linux.go, daemon/daemon_unix.go",
        ..NETWORK
    },
    Row {
        key: "default-gateway",
        kind: Kind::Text(Format::Address),
        default: "the address of the bridge",
        flag: "--default-gateway",
        summary: "IPv4 gateway of containers on the default bridge, when it is not the bridge itself.",
        source: "daemon/config/config_linux.go, daemon/daemon_unix.go, daemon/libnetwork/network.go",
        ..NETWORK
    },
    Row {
        key: "default-gateway-v6",
        kind: Kind::Text(Format::Address),
        default: "the address of the bridge",
        flag: "--default-gateway-v6",
        summary: "IPv6 gateway of containers on the default bridge, when it is not the bridge itself.",
        source: "daemon/config/config_linux.go, daemon/daemon_unix.go, daemon/libnetwork/drivers/bridge/bridge_linux.go",
        ..NETWORK
    },
    Row {
        key: "default-address-pools",
        kind: Kind::List(&Kind::Object),
        default: "15 subnets of /16 from 172.17.0.0/16 on, then 16 of /20 in 192.168.0.0/16",
        flag: "--default-address-pool",
        summary: "Blocks that the subnets of new networks are cut from.",
        source: "daemon/pkg/opts/address_pools.go, daemon/libnetwork/ipamutils/utils.go, daemon/libnetwork/ipams/defaultipam/allocator.go",
        ..NETWORK
    },
    Row {
        key: "default-address-pools[].base",
        parent: "default-address-pools[]",
        kind: Kind::Text(Format::Subnet),
        flag: "--default-address-pool base",
        summary: "The block to cut from.",
        source: "daemon/libnetwork/ipamutils/utils.go, daemon/libnetwork/ipams/defaultipam/allocator.go, daemon/pkg/opts/address_pools.go",
        ..NETWORK
    },
    Row {
        key: "default-address-pools[].size",
        parent: "default-address-pools[]",
        kind: Kind::Integer("bits"),
        flag: "--default-address-pool size",
        summary: "Prefix length of each subnet cut from the block.",
        source: "daemon/libnetwork/ipams/defaultipam/allocator.go, daemon/libnetwork/ipamutils/utils.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts",
        kind: Kind::Map(&Kind::Map(&Kind::Text(Format::Free))),
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt",
        summary: "Driver options that new networks get by default, per network driver.",
        source: "daemon/config/config.go, daemon/network.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.bridge",
        parent: "default-network-opts",
        kind: Kind::Map(&Kind::Text(Format::Free)),
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt bridge",
        summary: "Driver options of new bridge networks.",
        source: "daemon/network.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.ipvlan",
        parent: "default-network-opts",
        kind: Kind::Map(&Kind::Text(Format::Free)),
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt ipvlan",
        summary: "Driver options of new ipvlan networks.",
        source: "daemon/network.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.macvlan",
        parent: "default-network-opts",
        kind: Kind::Map(&Kind::Text(Format::Free)),
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt macvlan",
        summary: "Driver options of new macvlan networks.",
        source: "daemon/network.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.overlay",
        parent: "default-network-opts",
        kind: Kind::Map(&Kind::Text(Format::Free)),
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt overlay",
        summary: "Driver options of new overlay networks.",
        source: "daemon/network.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.bridge.com.docker.network.bridge.enable_icc",
        parent: "default-network-opts.bridge",
        kind: Kind::Text(Format::Bool),
        default: "\"true\"",
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt bridge=com.docker.network.bridge.enable_icc",
        summary: "Whether containers in one network may talk to each other.",
        source: "daemon/libnetwork/drivers/bridge/bridge_linux.go, daemon/libnetwork/netlabel/labels.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.bridge.com.docker.network.bridge.enable_ip_masquerade",
        parent: "default-network-opts.bridge",
        kind: Kind::Text(Format::Bool),
        default: "\"true\"",
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt bridge=com.docker.network.bridge.enable_ip_masquerade",
        summary: "Whether traffic that leaves the network takes the host's address.",
        source: "daemon/libnetwork/drivers/bridge/bridge_linux.go, daemon/libnetwork/netlabel/labels.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.bridge.com.docker.network.bridge.gateway_mode_ipv4",
        parent: "default-network-opts.bridge",
        kind: Kind::Text(Format::Free),
        default: "\"nat\"",
        choices: &[
            choice("nat"),
            choice("routed"),
            choice("nat-unprotected").since(Engine::new(28, 0, 0)),
            choice("isolated").since(Engine::new(28, 0, 0)),
        ],
        since: Engine::new(27, 0, 0),
        flag: "--default-network-opt bridge=com.docker.network.bridge.gateway_mode_ipv4",
        summary: "How the bridge routes IPv4 and publishes ports.",
        source: "daemon/libnetwork/drivers/bridge/bridge_linux.go, daemon/libnetwork/netlabel/labels.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.bridge.com.docker.network.bridge.gateway_mode_ipv6",
        parent: "default-network-opts.bridge",
        kind: Kind::Text(Format::Free),
        default: "\"nat\"",
        choices: &[
            choice("nat"),
            choice("routed"),
            choice("nat-unprotected").since(Engine::new(28, 0, 0)),
            choice("isolated").since(Engine::new(28, 0, 0)),
        ],
        since: Engine::new(27, 0, 0),
        flag: "--default-network-opt bridge=com.docker.network.bridge.gateway_mode_ipv6",
        summary: "How the bridge routes IPv6 and publishes ports.",
        source: "daemon/libnetwork/drivers/bridge/bridge_linux.go, daemon/libnetwork/netlabel/labels.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.bridge.com.docker.network.bridge.host_binding_ipv4",
        parent: "default-network-opts.bridge",
        kind: Kind::Text(Format::Address),
        default: "\"0.0.0.0\"",
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt bridge=com.docker.network.bridge.host_binding_ipv4",
        summary: "Host address that published ports bind to when `-p` names none.",
        source: "daemon/libnetwork/drivers/bridge/bridge_linux.go, daemon/libnetwork/netlabel/labels.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.bridge.com.docker.network.bridge.inhibit_ipv4",
        parent: "default-network-opts.bridge",
        kind: Kind::Text(Format::Bool),
        default: "\"false\"",
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt bridge=com.docker.network.bridge.inhibit_ipv4",
        summary: "Whether the bridge is left without an IPv4 address of its own.",
        source: "daemon/libnetwork/drivers/bridge/bridge_linux.go, daemon/libnetwork/netlabel/labels.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.bridge.com.docker.network.bridge.trusted_host_interfaces",
        parent: "default-network-opts.bridge",
        kind: Kind::Text(Format::Free),
        since: Engine::new(28, 2, 0),
        flag: "--default-network-opt bridge=com.docker.network.bridge.trusted_host_interfaces",
        summary: "Host interfaces, joined by colons, that may reach container addresses directly.",
        source: "daemon/libnetwork/drivers/bridge/bridge_linux.go, daemon/libnetwork/netlabel/labels.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.bridge.com.docker.network.container_iface_prefix",
        parent: "default-network-opts.bridge",
        kind: Kind::Text(Format::Free),
        default: "\"eth\"",
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt bridge=com.docker.network.container_iface_prefix",
        summary: "Start of the interface names inside containers.",
        source: "daemon/libnetwork/drivers/bridge/bridge_linux.go, daemon/libnetwork/netlabel/labels.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.bridge.com.docker.network.driver.mtu",
        parent: "default-network-opts.bridge",
        kind: Kind::Text(Format::Integer),
        default: "\"1500\"",
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt bridge=com.docker.network.driver.mtu",
        summary: "Largest packet of new bridge networks, in bytes.",
        source: "daemon/libnetwork/drivers/bridge/bridge_linux.go, daemon/libnetwork/netlabel/labels.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.bridge.com.docker.network.enable_ipv4",
        parent: "default-network-opts.bridge",
        kind: Kind::Text(Format::Bool),
        default: "\"true\"",
        since: Engine::new(28, 0, 0),
        flag: "--default-network-opt bridge=com.docker.network.enable_ipv4",
        summary: "Whether new networks have IPv4.",
        source: "daemon/network.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.bridge.com.docker.network.enable_ipv6",
        parent: "default-network-opts.bridge",
        kind: Kind::Text(Format::Bool),
        default: "\"false\"",
        since: Engine::new(27, 0, 0),
        flag: "--default-network-opt bridge=com.docker.network.enable_ipv6",
        summary: "Whether new networks have IPv6.",
        source: "daemon/network.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.bridge.com.docker.network.host_ipv4",
        parent: "default-network-opts.bridge",
        kind: Kind::Text(Format::Address),
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt bridge=com.docker.network.host_ipv4",
        summary: "Host address that outgoing IPv4 traffic carries instead of masquerading.",
        source: "daemon/libnetwork/drivers/bridge/bridge_linux.go, daemon/libnetwork/netlabel/labels.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.bridge.com.docker.network.host_ipv6",
        parent: "default-network-opts.bridge",
        kind: Kind::Text(Format::Address),
        since: Engine::new(25, 0, 0),
        flag: "--default-network-opt bridge=com.docker.network.host_ipv6",
        summary: "Host address that outgoing IPv6 traffic carries instead of masquerading.",
        source: "daemon/libnetwork/drivers/bridge/bridge_linux.go, daemon/libnetwork/netlabel/labels.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.bridge.com.docker.network.advertise_addr_ms",
        parent: "default-network-opts.bridge",
        kind: Kind::Text(Format::Integer),
        default: "\"1000\"",
        since: Engine::new(28, 0, 0),
        flag: "--default-network-opt bridge=com.docker.network.advertise_addr_ms",
        summary: "Milliseconds between announcements of a new container's addresses.",
        source: "daemon/libnetwork/network_unix.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.bridge.com.docker.network.advertise_addr_nmsgs",
        parent: "default-network-opts.bridge",
        kind: Kind::Text(Format::Integer),
        default: "\"3\"",
        since: Engine::new(28, 0, 0),
        flag: "--default-network-opt bridge=com.docker.network.advertise_addr_nmsgs",
        summary: "How often a new container's addresses are announced to its neighbours.",
        source: "daemon/libnetwork/network_unix.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.ipvlan.parent",
        parent: "default-network-opts.ipvlan",
        kind: Kind::Text(Format::Free),
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt ipvlan=parent",
        summary: "Host interface that carries the network.",
        source: "daemon/libnetwork/drivers/ipvlan/ipvlan.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.ipvlan.ipvlan_mode",
        parent: "default-network-opts.ipvlan",
        kind: Kind::Text(Format::Free),
        default: "\"l2\"",
        choices: &[choice("l2"), choice("l3"), choice("l3s")],
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt ipvlan=ipvlan_mode",
        summary: "Layer at which the network joins its host interface.",
        source: "daemon/libnetwork/drivers/ipvlan/ipvlan_network.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.ipvlan.ipvlan_flag",
        parent: "default-network-opts.ipvlan",
        kind: Kind::Text(Format::Free),
        default: "\"bridge\"",
        choices: &[choice("bridge"), choice("private"), choice("vepa")],
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt ipvlan=ipvlan_flag",
        summary: "How containers on one host interface reach each other.",
        source: "daemon/libnetwork/drivers/ipvlan/ipvlan_network.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.macvlan.parent",
        parent: "default-network-opts.macvlan",
        kind: Kind::Text(Format::Free),
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt macvlan=parent",
        summary: "Host interface that carries the network.",
        source: "daemon/libnetwork/drivers/macvlan/macvlan.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opts.macvlan.macvlan_mode",
        parent: "default-network-opts.macvlan",
        kind: Kind::Text(Format::Free),
        default: "\"bridge\"",
        choices: &[choice("bridge"), choice("private"), choice("vepa"), choice("passthru")],
        since: Engine::new(24, 0, 0),
        flag: "--default-network-opt macvlan=macvlan_mode",
        summary: "How containers on one host interface reach each other.",
        source: "daemon/libnetwork/drivers/macvlan/macvlan_network.go",
        ..NETWORK
    },
    Row {
        key: "dns",
        kind: Kind::List(&Kind::Text(Format::Address)),
        default: "the host's servers",
        flag: "--dns",
        summary: "DNS servers of containers.",
        source: "daemon/config/config.go, daemon/internal/opts/named_iplist_opts.go",
        ..NETWORK
    },
    Row {
        key: "dns-opts",
        kind: Kind::List(&Kind::Text(Format::Free)),
        default: "the host's options",
        suggestions: &[
            choice("ndots:0"),
            choice("timeout:2"),
            choice("attempts:3"),
            choice("rotate"),
            choice("use-vc"),
            choice("edns0"),
        ],
        flag: "--dns-opt",
        summary: "Resolver options of containers, as in `resolv.conf`.",
        source: "daemon/command/config.go",
        ..NETWORK
    },
    Row {
        key: "dns-search",
        kind: Kind::List(&Kind::Text(Format::Domain)),
        default: "the host's domains",
        suggestions: &[choice(".")],
        flag: "--dns-search",
        summary: "Search domains of containers.",
        source: "daemon/pkg/opts/opts.go, daemon/config/config.go",
        ..NETWORK
    },
    Row {
        key: "icc",
        kind: Kind::Bool,
        default: "true",
        on_since: Some(Engine::new(20, 10, 0)),
        flag: "--icc",
        summary: "Whether containers on the default bridge may talk to each other.",
        source: "daemon/command/config_unix.go, daemon/daemon_unix.go",
        ..NETWORK
    },
    Row {
        key: "ip",
        kind: Kind::Text(Format::Address),
        default: "\"0.0.0.0\"",
        flag: "--ip",
        summary: "Host address that the default bridge's published ports bind to when `-p` names none.",
        source: "daemon/command/config_unix.go, daemon/config/config_linux.go, daemon/daemon_unix.go",
        ..NETWORK
    },
    Row {
        key: "ip-forward",
        kind: Kind::Bool,
        default: "true",
        on_since: Some(Engine::new(20, 10, 0)),
        flag: "--ip-forward",
        summary: "Whether the daemon switches on the kernel's IP forwarding.",
        source: "daemon/command/config_unix.go, daemon/libnetwork/drivers/bridge/setup_ip_forwarding.go, daemon/libnetwork/drivers/bridge/bridge_linux.go",
        ..NETWORK
    },
    Row {
        key: "ip-forward-no-drop",
        kind: Kind::Bool,
        default: "false",
        since: Engine::new(28, 0, 0),
        flag: "--ip-forward-no-drop",
        summary: "Whether the FORWARD policy stays as it is when the daemon switches forwarding on.",
        source: "daemon/command/config_unix.go, daemon/libnetwork/drivers/bridge/bridge_linux.go",
        ..NETWORK
    },
    Row {
        key: "ip-masq",
        kind: Kind::Bool,
        default: "true",
        on_since: Some(Engine::new(20, 10, 0)),
        flag: "--ip-masq",
        summary: "Whether traffic that leaves the default bridge takes the host's address.",
        source: "daemon/command/config_unix.go, daemon/daemon_unix.go",
        ..NETWORK
    },
    Row {
        key: "iptables",
        kind: Kind::Bool,
        default: "true",
        on_since: Some(Engine::new(20, 10, 0)),
        flag: "--iptables",
        summary: "Whether the daemon writes IPv4 firewall rules.",
        source: "daemon/command/config_unix.go, daemon/daemon_unix.go, daemon/config/config_linux.go",
        ..NETWORK
    },
    Row {
        key: "ip6tables",
        kind: Kind::Bool,
        default: "true since 27.0, false before",
        on_since: Some(Engine::new(27, 0, 0)),
        flag: "--ip6tables",
        summary: "Whether the daemon writes IPv6 firewall rules.",
        source: "daemon/command/config_unix.go, daemon/daemon_unix.go",
        ..NETWORK
    },
    Row {
        key: "ipv6",
        kind: Kind::Bool,
        default: "false",
        flag: "--ipv6",
        summary: "Whether the default bridge has IPv6.",
        source: "daemon/command/config_unix.go, daemon/daemon_unix.go",
        ..NETWORK
    },
    Row {
        key: "mtu",
        kind: Kind::Integer("bytes"),
        default: "1500",
        flag: "--mtu",
        summary: "Largest packet of the default bridge.",
        source: "daemon/config/config.go, daemon/daemon_unix.go",
        ..NETWORK
    },
    Row {
        key: "network-control-plane-mtu",
        kind: Kind::Integer("bytes"),
        default: "1500",
        flag: "--network-control-plane-mtu",
        summary: "Largest packet of swarm's own network traffic.",
        source: "daemon/command/config.go, daemon/config/config.go",
        ..NETWORK
    },
    Row {
        key: "firewall-backend",
        kind: Kind::Text(Format::Free),
        default: "\"iptables\"",
        choices: &[choice("iptables"), choice("nftables")],
        since: Engine::new(29, 0, 0),
        flag: "--firewall-backend",
        summary: "Firewall that the daemon writes its rules for.",
        source: "daemon/config/config_linux.go, daemon/libnetwork/firewall_linux.go",
        ..NETWORK
    },
    Row {
        key: "bridge-accept-fwmark",
        kind: Kind::Text(Format::Free),
        since: Engine::new(29, 0, 0),
        flag: "--bridge-accept-fwmark",
        summary: "Firewall mark, or mark/mask, of packets that every bridge network lets in.",
        source: "daemon/config/config_linux.go",
        ..NETWORK
    },
    Row {
        key: "allow-direct-routing",
        kind: Kind::Bool,
        default: "false",
        since: Engine::new(28, 2, 0),
        flag: "--allow-direct-routing",
        summary: "Whether other hosts may reach published ports at the container's own address.",
        source: "daemon/command/config_unix.go, daemon/libnetwork/drivers/bridge/bridge_linux.go",
        ..NETWORK
    },
    Row {
        key: "userland-proxy",
        kind: Kind::Bool,
        default: "true",
        on_since: Some(Engine::new(20, 10, 0)),
        flag: "--userland-proxy",
        summary: "Whether a helper process per published port serves what the firewall cannot.",
        source: "daemon/config/config_linux.go, daemon/command/config_unix.go",
        ..NETWORK
    },
    Row {
        key: "userland-proxy-path",
        kind: Kind::Text(Format::Path),
        default: "docker-proxy, looked up beside dockerd's other helpers and then in PATH",
        rootless: "Up to 27.x it is rootlesskit-docker-proxy.",
        flag: "--userland-proxy-path",
        summary: "Where the helper for published ports is.",
        source: "daemon/config/config_linux.go",
        ..NETWORK
    },
    Row {
        key: "host-gateway-ips",
        kind: Kind::List(&Kind::Text(Format::Address)),
        default: "the addresses of the default bridge",
        since: Engine::new(28, 0, 0),
        flag: "--host-gateway-ip",
        summary: "Addresses that `host-gateway` stands for in `--add-host`: one IPv4, one IPv6.",
        source: "daemon/config/config.go, daemon/internal/opts/host_gateway_opts.go",
        ..NETWORK
    },
    Row {
        key: "host-gateway-ip",
        kind: Kind::Text(Format::Address),
        default: "the address of the default bridge",
        deprecated: Some(Engine::new(28, 0, 0)),
        replacement: Some("host-gateway-ips"),
        flag: "--host-gateway-ip",
        summary: "Address that `host-gateway` stands for in `--add-host`.",
        source: "daemon/config/config.go",
        ..NETWORK
    },
    Row {
        key: "proxies",
        kind: Kind::Object,
        since: Engine::new(23, 0, 0),
        summary: "Proxies that the daemon itself uses.",
        source: "daemon/config/config.go, daemon/command/daemon.go",
        ..NETWORK
    },
    Row {
        key: "proxies.http-proxy",
        parent: "proxies",
        kind: Kind::Text(Format::Url),
        default: "HTTP_PROXY of its environment",
        since: Engine::new(23, 0, 0),
        flag: "--http-proxy",
        summary: "Proxy for the daemon's own HTTP requests.",
        source: "daemon/config/config.go, daemon/command/daemon.go",
        ..NETWORK
    },
    Row {
        key: "proxies.https-proxy",
        parent: "proxies",
        kind: Kind::Text(Format::Url),
        default: "HTTPS_PROXY of its environment",
        since: Engine::new(23, 0, 0),
        flag: "--https-proxy",
        summary: "Proxy for the daemon's own HTTPS requests.",
        source: "daemon/config/config.go, daemon/command/daemon.go",
        ..NETWORK
    },
    Row {
        key: "proxies.no-proxy",
        parent: "proxies",
        kind: Kind::Text(Format::Names),
        default: "NO_PROXY of its environment",
        since: Engine::new(23, 0, 0),
        flag: "--no-proxy",
        summary: "Hosts, domains and subnets that the daemon reaches without a proxy.",
        source: "daemon/config/config.go, daemon/command/daemon.go",
        ..NETWORK
    },
    Row {
        key: "default-address-pool",
        kind: Kind::Any,
        replacement: Some("default-address-pools"),
        status: Status::Ignored,
        flag: "--default-address-pool",
        summary: "Not read: this is the flag's name.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..NETWORK
    },
    Row {
        key: "default-network-opt",
        kind: Kind::Any,
        since: Engine::new(24, 0, 0),
        replacement: Some("default-network-opts"),
        status: Status::Ignored,
        flag: "--default-network-opt",
        summary: "Not read: this is the flag's name.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..NETWORK
    },
    Row {
        key: "dns-opt",
        kind: Kind::Any,
        replacement: Some("dns-opts"),
        status: Status::Ignored,
        flag: "--dns-opt",
        summary: "Not read: this is the flag's name.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..NETWORK
    },
    Row {
        key: "http-proxy",
        kind: Kind::Any,
        since: Engine::new(23, 0, 0),
        replacement: Some("proxies.http-proxy"),
        status: Status::Ignored,
        flag: "--http-proxy",
        summary: "Not read at the top level.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..NETWORK
    },
    Row {
        key: "https-proxy",
        kind: Kind::Any,
        since: Engine::new(23, 0, 0),
        replacement: Some("proxies.https-proxy"),
        status: Status::Ignored,
        flag: "--https-proxy",
        summary: "Not read at the top level.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..NETWORK
    },
    Row {
        key: "no-proxy",
        kind: Kind::Any,
        since: Engine::new(23, 0, 0),
        replacement: Some("proxies.no-proxy"),
        status: Status::Ignored,
        flag: "--no-proxy",
        summary: "Not read at the top level.",
        source: "daemon/config/config.go, daemon/command/config.go",
        ..NETWORK
    },
    Row {
        key: "ip-mask",
        kind: Kind::Any,
        replacement: Some("ip-masq"),
        status: Status::Refused,
        summary: "Refused: an old misspelling.",
        source: "daemon/config/config.go",
        ..NETWORK
    },
    Row {
        key: "resolv-conf",
        kind: Kind::Text(Format::Path),
        status: Status::Refused,
        summary: "Refused: the Engine has a field for it, but no flag.",
        source: "daemon/config/config_linux.go",
        ..NETWORK
    },
];

const NETWORK: Row = Row { category: Category::Network, ..ROW };
