# What NixOS makes of modules with native containers: each option has a type of its own, definitions are merged, and what
# the module asserts is asserted.
#
# Source: nixpkgs nixos/modules/virtualisation/nixos-containers.nix, nixos/modules/services/networking/nat.nix,
# lib/modules.nix (`mkIf`, `mkForce`, `mkDefault`)
{ modules }:
let
  inherit (builtins)
    all
    any
    attrNames
    attrValues
    concatMap
    elem
    filter
    foldl'
    isAttrs
    isBool
    isFunction
    isInt
    isList
    isString
    length
    listToAttrs
    map
    mapAttrs
    match
    replaceStrings
    stringLength
    substring
    ;

  lib = rec {
    mkForce = mkOverride 50;
    mkDefault = mkOverride 1000;
    mkOverride = priority: content: {
      _type = "override";
      inherit priority content;
    };
    mkIf = condition: content: if condition then content else { };
    optionals = condition: list: if condition then list else [ ];
  };

  arguments = {
    inherit lib;
    config = throw "the configuration is asked for";
    pkgs = {
      nextcloud28 = "nextcloud";
      postgresql_17 = "postgresql";
      writeText = name: text: "/nix/store/${name}";
    };
  };

  called = m: if isFunction m then m arguments else m;
  flat = m: let it = called m; in (concatMap flat (it.imports or [ ])) ++ [ (removeAttrs it [ "imports" ]) ];

  # Every value that an option is given, by its path.
  merge =
    path: values:
    let
      prioritised = map (it: if isAttrs it && (it._type or "") == "override" then it else { priority = 100; content = it; }) values;
      least = foldl' (least: it: if it.priority < least then it.priority else least) 1000000 prioritised;
      count = map (it: it.content) (filter (it: it.priority == least) prioritised);
      first = builtins.head count;
    in
    if length path == 3 && builtins.elemAt path 0 == "containers" && builtins.elemAt path 2 == "config" then
      merge [ ] (concatMap flat count)
    else if all isAttrs count then
      mapAttrs (name: _: merge (path ++ [ name ]) (map (it: it.${name}) (filter (it: it ? ${name}) count))) (foldl' (a: b: a // b) { } count)
    else if all isList count then
      builtins.concatLists count
    else if all (it: it == first) count then
      first
    else
      throw "two values for ${builtins.concatStringsSep "." path}";

  system = merge [ ] (concatMap flat modules);

  str = isString;
  bool = isBool;
  listOf = type: it: isList it && all type it;
  nullOr = type: it: it == null || type it;
  port = it: isInt it && it >= 0 && it <= 65535;
  module = it: isAttrs it;

  checked =
    what: types: it:
    if !(isAttrs it) then
      throw "${what} is no set"
    else
      mapAttrs (
        name: value:
        if !(types ? ${name}) then
          throw "${what} has no option ${name}"
        else if !(types.${name} value) then
          throw "${what}.${name} is of another type: ${builtins.toJSON value}"
        else
          value
      ) it;
  are = what: types: it: checked what types it == it;

  network = {
    hostBridge = nullOr str;
    hostAddress = nullOr str;
    hostAddress6 = nullOr str;
    localAddress = nullOr str;
    localAddress6 = nullOr str;
    localMacAddress = nullOr (it: isString it && match "([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}" it != null);
    forwardPorts = listOf (
      are "a port" {
        protocol = str;
        hostPort = port;
        containerPort = nullOr port;
      }
    );
  };
  container = network // {
    config = module;
    path = str;
    flake = nullOr str;
    autoStart = bool;
    ephemeral = bool;
    enableTun = bool;
    privateNetwork = bool;
    privateUsers = it: isInt it || elem it [ "no" "identity" "pick" ];
    networkNamespace = nullOr str;
    macvlans = listOf str;
    interfaces = listOf str;
    tmpfs = listOf str;
    extraFlags = listOf str;
    additionalCapabilities = listOf str;
    restartIfChanged = bool;
    timeoutStartSec = str;
    specialArgs = isAttrs;
    extraVeths = it: all (are "a veth" network) (attrValues it);
    bindMounts =
      it:
      all (are "a mount" {
        mountPoint = str;
        hostPath = nullOr str;
        isReadOnly = bool;
      }) (attrValues it);
  };
  nat = checked "networking.nat" {
    enable = bool;
    enableIPv6 = bool;
    internalInterfaces = listOf str;
    internalIPs = listOf str;
    externalInterface = nullOr str;
    forwardPorts = isList;
  } (system.networking.nat or { });

  nftables = system.networking.nftables.enable or false;
  end = if nftables then "*" else "+";
  covers =
    name: pattern:
    let
      length = stringLength pattern;
      stem = substring 0 (length - 1) pattern;
    in
    pattern == name || (substring (length - 1) 1 pattern == end && substring 0 (length - 1) name == stem);

  # Of all services the one for SSH opens its ports by itself.
  ssh = it: if (it.services.openssh.enable or false) && (it.services.openssh.openFirewall or true) then it.services.openssh.ports or [ 22 ] else [ ];
  firewall = it: {
    tcp = (it.networking.firewall.allowedTCPPorts or [ ]) ++ ssh it;
    udp = it.networking.firewall.allowedUDPPorts or [ ];
  };

  fact =
    name: value:
    let
      it = checked "containers.${name}" container value;
      get = option: default: it.${option} or default;
      private = get "privateNetwork" false;
      inside = it.config;
      routed = private && (get "hostBridge" null) == null && (it ? hostAddress || it ? localAddress || it ? localAddress6);
    in
    assert match ".*_.*" name == null || throw "names with underscores are not allowed";
    assert it ? config || it ? path || throw "path has no value";
    assert !(it ? networkNamespace && private) || throw "networkNamespace is exclusive";
    {
      inherit private routed;
      bridge = get "hostBridge" null;
      local = get "localAddress" null;
      version = inside.system.stateVersion or null;
      resolves = if inside.networking.useHostResolvConf or true then "host" else if inside.services.resolved.enable or false then "resolved" else "nothing";
      gateway = inside.networking.defaultGateway or null;
      dhcp = inside.networking.interfaces.eth0.useDHCP or false;
      open = firewall inside;
      forwarded = map (p: if (p.containerPort or null) == null then p.hostPort else p.containerPort) (get "forwardPorts" [ ]);
      nat = (nat.enable or false) && any (covers "ve-${name}") (nat.internalInterfaces or [ ]);
    };
in
{
  containers = mapAttrs fact (system.containers or { });
  inherit nftables;
  uplink = nat.externalInterface or null;
  ipv6 = nat.enableIPv6 or false;
  bridges = mapAttrs (_: it: it.interfaces) (system.networking.bridges or { });
  open = firewall system;
}
