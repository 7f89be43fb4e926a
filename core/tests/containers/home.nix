# The Quadlet files that home-manager makes of a configuration.
#
# Source: nix-community/home-manager modules/services/podman/linux/containers.nix, networks.nix, volumes.nix, builds.nix
# (options, `createQuadletSource`), podman-lib.nix (`toQuadletIni`, `deepMerge`, `buildConfigAsserts`)
{ module, ... }:
let
  inherit (builtins)
    all
    attrNames
    concatLists
    concatMap
    concatStringsSep
    deepSeq
    elemAt
    foldl'
    hasAttr
    head
    isAttrs
    isBool
    isInt
    isList
    isString
    map
    mapAttrs
    match
    replaceStrings
    split
    substring
    toJSON
    typeOf
    ;
  kept = import ./secrets.nix { inherit evaluated; home = true; };
  inherit (import ./option.nix) configured lib switched;
  evaluated =
    let
      m = import module;
      arguments = {
        config = switched // {
          inherit (kept) sops age;
          home.homeDirectory = "/home/me";
          xdg.configHome = "/home/me/.config";
        };
        inherit lib;
        pkgs.writeText = name: text: "/nix/store/${name}";
      };
    in
    configured (if builtins.isFunction m then m arguments else m);

  str = isString;
  bool = isBool;
  listOf = type: it: isList it && all type it;
  attrsOf = type: it: isAttrs it && all (n: type it.${n}) (attrNames it);
  path = it: isString it && substring 0 1 it == "/";
  primitive = it: isBool it || isInt it || isString it;
  extraConfig = attrsOf (attrsOf (it: primitive it || listOf primitive it || attrsOf primitive it));
  common = {
    autoStart = bool;
    description = str;
    extraPodmanArgs = listOf str;
    labels = attrsOf str;
    inherit extraConfig;
  };
  options = {
    containers = common // {
      addCapabilities = listOf str;
      autoUpdate = str;
      devices = listOf str;
      dropCapabilities = listOf str;
      entrypoint = str;
      environment = attrsOf primitive;
      environmentFile = listOf str;
      exec = str;
      group = primitive;
      image = str;
      ip4 = str;
      ip6 = str;
      network = it: isString it || listOf str it;
      networkAlias = listOf str;
      ports = listOf str;
      userNS = str;
      user = primitive;
      volumes = listOf str;
    };
    networks = common // {
      driver = str;
      gateway = str;
      internal = bool;
      subnet = str;
    };
    volumes = common // {
      copy = bool;
      device = str;
      driver = str;
      group = primitive;
      image = str;
      preserve = bool;
      type = str;
      user = primitive;
    };
    builds = common // {
      authFile = path;
      environment = attrsOf primitive;
      file = str;
      tags = listOf str;
      tlsVerify = bool;
      workingDirectory = path;
    };
  };
  required = {
    containers = [ "image" ];
    networks = [ ];
    volumes = [ ];
    builds = [ "file" ];
  };
  checked =
    kind: name: it:
    let
      missing = builtins.filter (n: !(it ? ${n})) required.${kind};
    in
    if missing != [ ] then
      throw "${kind}.${name} lacks ${toJSON missing}"
    else
      mapAttrs (
        n: value:
        if !(options.${kind} ? ${n}) then
          throw "${kind} has no option ${n}"
        else if !(options.${kind}.${n} value) then
          throw "${kind}.${name}.${n} is of another type: ${toJSON value}"
        else
          value
      ) it;
  podman = evaluated.services.podman;

  # Names of other files in values.
  quadlets = builtins.listToAttrs (
    concatMap (
      type:
      map (n: {
        name = "${n}.${type}";
        value = null;
      }) (attrNames (podman."${type}s" or { }))
    ) [
      "network"
      "volume"
      "build"
    ]
  );
  reference =
    type: value:
    let
      found = match "([a-zA-Z0-9_-]+[.]${type}).*" value;
      name = if found == null then value else head found;
    in
    if hasAttr name quadlets then replaceStrings [ name ] [ "podman-${name}" ] value else value;

  deepMerge =
    a: b:
    foldl' (
      result: key:
      let
        x = a.${key} or null;
        y = b.${key} or null;
      in
      result
      // {
        ${key} =
          if isAttrs x && isAttrs y then
            deepMerge x y
          else if isList x && isList y then
            x ++ y
          else if y == null then
            x
          else if isList x && x != [ ] && typeOf (head x) == typeOf y then
            x ++ [ y ]
          else
            y;
      }
    ) a (attrNames b);

  valueString =
    it:
    if isBool it then
      (if it then "true" else "false")
    else
      toString it;
  escape = it: replaceStrings [ "\\" "\"" ] [ "\\\\" "\\\"" ] it;
  keyValue =
    k: v:
    if v == null then
      [ ]
    else if isAttrs v then
      map (
        n:
        let
          text = "${n}=${valueString v.${n}}";
        in
        "${k}=" + (if match ".*[[:space:]].*" text == null then text else "\"${escape text}\"")
      ) (attrNames v)
    else if isList v then
      map (it: "${k}=${valueString it}") v
    else
      [ "${k}=${valueString v}" ];
  one =
    line:
    if match ".*[\n\r].*" line == null then line else throw "more than a line: ${toJSON line}";
  ini =
    sections:
    concatStringsSep "\n" (
      map (
        name:
        let
          it = sections.${name};
        in
        "[${name}]\n" + concatStringsSep "" (map (line: one line + "\n") (concatMap (k: keyValue k it.${k}) (attrNames it)))
      ) (attrNames sections)
    );

  names = {
    containers = "ContainerName";
    networks = "NetworkName";
    volumes = "VolumeName";
    builds = "";
  };
  sections = {
    containers = "Container";
    networks = "Network";
    volumes = "Volume";
    builds = "Build";
  };
  source =
    kind: name: given:
    let
      it = checked kind name given;
      get = option: it.${option} or null;
      own = {
        containers = {
          AddCapability = get "addCapabilities";
          AddDevice = get "devices";
          ContainerName = name;
          DropCapability = get "dropCapabilities";
          Entrypoint = get "entrypoint";
          Environment = get "environment";
          EnvironmentFile = get "environmentFile";
          Exec = get "exec";
          Image = reference "build" it.image;
          Label = get "labels";
          Network = map (reference "network") (it.network or [ ]);
          PodmanArgs = get "extraPodmanArgs";
          PublishPort = get "ports";
          UserNS = get "userNS";
          User = get "user";
          Volume = map (reference "volume") (it.volumes or [ ]);
        };
        networks = {
          Driver = get "driver";
          Gateway = get "gateway";
          Internal = get "internal";
          Label = get "labels";
          NetworkName = name;
          PodmanArgs = get "extraPodmanArgs";
          Subnet = get "subnet";
        };
        volumes = {
          Driver = get "driver";
          Label = get "labels";
          PodmanArgs = get "extraPodmanArgs";
          VolumeName = name;
        };
        builds = {
          File = it.file;
          ImageTag = [ "homemanager/${name}" ] ++ (it.tags or [ ]);
          Label = get "labels";
          PodmanArgs = get "extraPodmanArgs";
          SetWorkingDirectory = get "workingDirectory";
        };
      };
      extra = it.extraConfig or { };
    in
    if names.${kind} != "" && (extra.${sections.${kind}} or { }) ? ${names.${kind}} then
      throw "the name is that of the attribute"
    else if match "[a-zA-Z0-9_-]+" name == null && kind != "containers" then
      throw "nobody finds ${kind}.${name}"
    else
      ini (
        deepMerge {
          ${sections.${kind}} = own.${kind};
          Service = {
            Restart = "always";
            TimeoutStopSec = 30;
          };
        } extra
      );
in
deepSeq kept.files (
  if podman.enable then
    concatStringsSep "\n" (
      concatMap (kind: builtins.attrValues (mapAttrs (source kind) (podman.${kind} or { }))) (attrNames options)
    )
  else
    throw "nothing is switched on"
)
