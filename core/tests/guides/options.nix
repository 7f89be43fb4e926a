# What NixOS makes of a module that a guide writes: each option is of its type, and there are no others.
#
# Sources: nixpkgs nixos/modules/virtualisation/docker.nix, docker-rootless.nix and podman/default.nix,
# config/users-groups.nix, config/sysctl.nix, services/networking/firewall.nix
module:
let
  inherit (builtins) all attrNames elem isAttrs isBool isFunction isInt isList isString mapAttrs match stringLength;
  m = import module;
  written = if isFunction m then m { pkgs = { docker_29 = "docker_29"; fuse-overlayfs = "fuse-overlayfs"; }; } else m;

  str = isString;
  bool = isBool;
  listOf = type: it: isList it && all type it;
  attrsOf = type: it: isAttrs it && all (n: type it.${n}) (attrNames it);
  enum = values: it: elem it values;
  package = enum [ "docker_29" "fuse-overlayfs" ];
  json = it: it == null || isBool it || isInt it || isString it || listOf json it || attrsOf json it;
  settings = it: isAttrs it && json it;
  # types.passwdEntry, and what users-groups.nix asserts.
  isName = it: match "[^:\n]*" it != null && stringLength it < 32;

  options = {
    virtualisation.docker = {
      enable = bool;
      inherit package;
      storageDriver = enum [ "aufs" "btrfs" "devicemapper" "overlay" "overlay2" "zfs" ];
      extraPackages = listOf package;
      daemon.settings = settings;
      rootless = {
        enable = bool;
        setSocketVariable = bool;
        inherit package;
        daemon.settings = settings;
      };
    };
    virtualisation.podman = {
      enable = bool;
      dockerCompat = bool;
      dockerSocket.enable = bool;
      defaultNetwork.settings = settings;
    };
    networking.firewall = {
      allowedTCPPorts = listOf isInt;
      extraCommands = str;
      extraStopCommands = str;
    };
    boot.kernel.sysctl = attrsOf (it: isInt it || isString it || isBool it);
    users.users = it: isAttrs it && all isName (attrNames it) && attrsOf user it;
  };
  user = it: isAttrs it && all (n: (of ([ n ]) userOptions) it.${n}) (attrNames it);
  userOptions = {
    extraGroups = listOf str;
    linger = bool;
    autoSubUidGidRange = bool;
  };
  of = path: at: at.${builtins.head path} or (throw "there is no option ${toString path}");

  check =
    path: options: value:
    if isFunction options then
      if options value then value else throw "not of its type: ${toString path}"
    else if isAttrs value then
      mapAttrs (n: v: check (path ++ [ n ]) (options.${n} or (throw "there is no option ${toString (path ++ [ n ])}")) v) value
    else
      throw "no option: ${toString path}";
in
check [ ] options written
