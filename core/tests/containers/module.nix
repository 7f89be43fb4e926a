# What NixOS makes of a module with containers: each option has a type of its own, as in the release, and each unit its
# script.
#
# Source: nixpkgs nixos/modules/virtualisation/oci-containers.nix (options, `mkService`), lib/strings.nix (`escapeShellArg`)
{ release, module }:
let
  inherit (builtins)
    all
    attrNames
    concatStringsSep
    elem
    filter
    isAttrs
    isBool
    isInt
    isList
    isString
    mapAttrs
    match
    replaceStrings
    ;

  bare = it: if isAttrs it && (it._type or "") == "override" then it.content else it;

  inherit (import ./option.nix) configured lib switched;
  evaluated =
    let
      m = import module;
      arguments = {
        inherit lib;
        config = switched // {
          inherit (kept) sops age;
          virtualisation.docker.package = "docker-package";
          virtualisation.podman.package = "podman-package";
          networking.nftables.enable = false;
        };
        pkgs = {
          git = "git-package";
          writeText = name: text: if match "[A-Za-z0-9+_?=-][A-Za-z0-9+._?=-]*" name == null then throw "a name of no store path: ${name}" else "/nix/store/${name}";
        };
      };
    in
    configured (if builtins.isFunction m then m arguments else m);

  kept = import ./secrets.nix { inherit evaluated; home = false; };

  str = isString;
  bool = isBool;
  listOf = type: it: isList it && all type it;
  attrsOf = type: it: isAttrs it && all (n: type it.${n}) (attrNames it);
  path = it: isString it && builtins.substring 0 1 it == "/";
  enum = values: it: elem it values;

  since = {
    "23.11" = {
      image = str;
      cmd = listOf str;
      entrypoint = str;
      environment = attrsOf str;
      environmentFiles = listOf path;
      log-driver = str;
      ports = listOf str;
      user = str;
      volumes = listOf str;
      workdir = str;
      dependsOn = listOf (it: isString it && evaluated.virtualisation.oci-containers.containers ? ${it});
      extraOptions = listOf str;
      autoStart = bool;
    };
    "24.05" = {
      labels = attrsOf str;
      hostname = str;
    };
    "25.05" = {
      pull = enum [
        "always"
        "missing"
        "never"
        "newer"
      ];
      capabilities = attrsOf bool;
      devices = listOf str;
      privileged = bool;
      autoRemoveOnStop = bool;
      networks = listOf str;
      podman = it: backend == "podman" && attrNames it == [ "sdnotify" ] && elem it.sdnotify [ "conmon" "healthy" "container" ];
    };
  };
  options = builtins.foldl' (known: it: known // since.${it}) { } (filter (it: it <= release) (attrNames since));

  checked =
    what: types: it:
    mapAttrs (
      name: value:
      if !(types ? ${name}) then
        throw "${what} has no option ${name} in ${release}"
      else if !(types.${name} (bare value)) then
        throw "${what}.${name} is of another type: ${builtins.toJSON value}"
      else
        bare value
    ) it;

  inherit (evaluated.virtualisation.oci-containers) backend;
  containers = mapAttrs (name: checked "a container" options) evaluated.virtualisation.oci-containers.containers;

  atom = it: isString it || isInt it || isBool it;
  service = {
    after = listOf str;
    requires = listOf str;
    wants = listOf str;
    partOf = listOf str;
    wantedBy = listOf str;
    upheldBy = listOf str;
    path = listOf str;
    script = str;
    postStart = str;
    preStop = str;
    serviceConfig = it: isAttrs it && all (n: atom (bare it.${n})) (attrNames it);
    unitConfig = attrsOf atom;
    startLimitBurst = isInt;
    startLimitIntervalSec = isInt;
  };
  services = mapAttrs (
    name: it:
    let
      known = checked "a service" service it;
    in
    known // (if known ? serviceConfig then { serviceConfig = mapAttrs (_: bare) known.serviceConfig; } else { })
  ) (evaluated.systemd.services or { });

  # What is quoted is not read by the shell again.
  escapeShellArg =
    it: if match "[[:alnum:],._+:@%/-]+" it != null then it else "'${replaceStrings [ "'" ] [ "'\\''" ] it}'";
  mapAttrsToList = f: it: map (n: f n it.${n}) (attrNames it);
  optional = it: value: if it then [ value ] else [ ];
  run =
    name: container:
    let
      get = option: default: container.${option} or default;
    in
    concatStringsSep " \\\n  " (
      [
        "exec ${backend} run"
        "--name=${escapeShellArg name}"
        "--log-driver=${get "log-driver" "journald"}"
      ]
      ++ optional (container ? entrypoint) "--entrypoint=${escapeShellArg container.entrypoint}"
      ++ optional (container ? hostname) "--hostname=${escapeShellArg container.hostname}"
      ++ (if backend == "podman" then [ "--sdnotify=${(get "podman" { }).sdnotify or "conmon"}" "-d" "--replace" ] else [ ])
      ++ mapAttrsToList (k: v: "-e ${escapeShellArg k}=${escapeShellArg v}") (get "environment" { })
      ++ map (f: "--env-file ${escapeShellArg f}") (get "environmentFiles" [ ])
      ++ map (p: "-p ${escapeShellArg p}") (get "ports" [ ])
      ++ optional (container ? user) "-u ${escapeShellArg container.user}"
      ++ map (v: "-v ${escapeShellArg v}") (get "volumes" [ ])
      ++ mapAttrsToList (k: v: "-l ${escapeShellArg k}=${escapeShellArg v}") (get "labels" { })
      ++ optional (container ? workdir) "-w ${escapeShellArg container.workdir}"
      ++ optional (get "privileged" false) "--privileged"
      ++ optional (get "autoRemoveOnStop" true) "--rm"
      ++ mapAttrsToList (k: v: "--cap-${if v then "add" else "drop"}=${escapeShellArg k}") (get "capabilities" { })
      ++ map (d: "--device=${escapeShellArg d}") (get "devices" [ ])
      ++ map (n: "--network=${escapeShellArg n}") (get "networks" [ ])
      ++ [ "--pull ${escapeShellArg (get "pull" "missing")}" ]
      ++ map escapeShellArg (get "extraOptions" [ ])
      ++ [ container.image ]
      ++ map escapeShellArg (get "cmd" [ ])
    );
in
{
  inherit backend containers services;
  inherit (kept) files;
  scripts = mapAttrs run containers;
  enabled = evaluated.virtualisation.${backend}.enable;
  targets = evaluated.systemd.targets or { };
  rules = evaluated.systemd.tmpfiles.rules or [ ];
  interfaces = evaluated.networking.firewall.interfaces or { };
  cards = evaluated.hardware.nvidia-container-toolkit.enable or false;
}
