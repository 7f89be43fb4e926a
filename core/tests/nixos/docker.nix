# The options for Docker that decide its daemon.json, and the settings that NixOS adds, for a release: "23.11" to "26.05".
# Written from nixos/modules/virtualisation/docker.nix, docker-rootless.nix and
# services/hardware/nvidia-container-toolkit of nixpkgs.
{ lib, release }:
{ config, ... }:
let
  inherit (lib) types mkOption mkDefault mkIf mkMerge versionAtLeast versionOlder;
  docker = config.virtualisation.docker;
  isOld = versionOlder release "24.11";
  option = type: default: mkOption { inherit type default; };
  json =
    types.nullOr (types.oneOf [
      types.bool
      types.int
      types.float
      types.str
      types.path
      (types.attrsOf json)
      (types.listOf json)
    ])
    // {
      description = "JSON value";
    };
  settings = types.submodule {
    freeformType = json;
    options.live-restore = option types.bool (versionOlder config.system.stateVersion "24.11");
  };
  drivers = [ "aufs" "btrfs" "devicemapper" "overlay" "overlay2" "zfs" ];
  logDrivers = [ "none" "json-file" "syslog" "journald" "gelf" "fluentd" "awslogs" "splunk" "etwlogs" "gcplogs" "local" ];
  alias = lib.mkAliasOptionModule
    [ "virtualisation" "docker" "liveRestore" ]
    [ "virtualisation" "docker" "daemon" "settings" "live-restore" ];
in
{
  imports = lib.optional (!isOld) alias;
  options = {
    system.stateVersion = option types.str release;
    hardware.nvidia-container-toolkit.enable = option types.bool false;
    virtualisation.docker = {
      enable = option types.bool false;
      daemon.settings = option (if isOld then json else settings) { };
      listenOptions = option (types.listOf types.str) [ "/run/docker.sock" ];
      storageDriver = option (types.nullOr (types.enum drivers)) null;
      logDriver = option (types.enum logDrivers) "journald";
      extraOptions = option (types.separatedString " ") "";
      extraPackages = option (types.listOf types.raw) [ ];
      rootless.enable = option types.bool false;
      rootless.setSocketVariable = option types.bool false;
      rootless.daemon.settings = option json { };
    }
    // lib.optionalAttrs isOld { liveRestore = option types.bool true; };
  };
  config = mkMerge [
    { _module.check = false; }
    (mkIf docker.enable {
      virtualisation.docker.daemon.settings = {
        group = "docker";
        hosts = [ "fd://" ];
        log-driver = mkDefault docker.logDriver;
        storage-driver = mkIf (docker.storageDriver != null) (mkDefault docker.storageDriver);
        live-restore = mkIf isOld (mkDefault docker.liveRestore);
      };
    })
    (mkIf (config.hardware.nvidia-container-toolkit.enable && versionAtLeast release "24.05") {
      virtualisation.docker.daemon.settings.features.cdi = true;
      virtualisation.docker.rootless.daemon.settings.features.cdi = true;
    })
  ];
}
