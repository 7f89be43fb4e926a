# The files that the module quadlet-nix makes of a configuration.
#
# Source: SEIAROTg/quadlet-nix container.nix, network.nix, volume.nix, build.nix (options), utils.nix (encoders)
{ module, ... }:
let
  inherit (builtins)
    attrNames
    concatMap
    concatStringsSep
    isAttrs
    isBool
    isInt
    isList
    isString
    map
    mapAttrs
    match
    toJSON
    ;
  inherit (import ./option.nix) configured lib switched;
  evaluated =
    let
      m = import module;
      arguments = {
        config = switched // {
          inherit (kept) sops age;
          networking.nftables.enable = false;
          virtualisation.podman.package = "podman-package";
        };
        pkgs.writeText = name: text: "/nix/store/${name}";
        inherit lib;
      };
    in
    configured (if builtins.isFunction m then m arguments else m);

  kept = import ./secrets.nix { inherit evaluated; home = false; };

  toOption = it: if isBool it then (if it then "true" else "false") else toString it;
  makePassive =
    f: x:
    let
      raw = toOption x;
      encoded = f x;
      canSkip = encoded == raw || (match ".*[ \t\n\r].*" raw == null && "\"${raw}\"" == encoded);
    in
    if canSkip then raw else encoded;
  raw =
    x:
    let
      it = toOption x;
    in
    if match ".*[\r\n].*" it == null then it else throw "unsafe for a line: ${it}";
  escaped = makePassive toJSON;
  unescaped = makePassive (
    x:
    let
      quoted = "\"${toOption x}\"";
    in
    if toJSON x == quoted then quoted else throw "unsafe without escapes: ${toOption x}"
  );

  one = property: type: { inherit property type; encode = raw; many = false; };
  str = property: one property isString;
  int = property: one property isInt;
  bool = property: one property isBool;
  list = property: encode: { inherit property encode; type = it: isList it && builtins.all isString it; many = true; };
  attrs = property: { inherit property; encode = escaped; type = it: isAttrs it && builtins.all (n: isString it.${n}) (attrNames it); many = true; };

  options = {
    containers = {
      addCapabilities = list "AddCapability" unescaped;
      addGroups = list "GroupAdd" raw;
      addHosts = list "AddHost" raw;
      annotations = attrs "Annotation";
      devices = list "AddDevice" unescaped;
      dns = list "DNS" raw;
      dnsOption = list "DNSOption" raw;
      dnsSearch = list "DNSSearch" raw;
      dropCapabilities = list "DropCapability" unescaped;
      entrypoint = str "Entrypoint";
      environments = attrs "Environment";
      environmentFiles = list "EnvironmentFile" escaped;
      exec = {
        property = "Exec";
        type = it: isString it || isList it;
        encode = it: if isList it then concatStringsSep " " (map escaped it) else raw it;
        many = false;
      };
      healthCmd = str "HealthCmd";
      healthInterval = str "HealthInterval";
      healthRetries = int "HealthRetries";
      healthStartPeriod = str "HealthStartPeriod";
      healthStartupCmd = str "HealthStartupCmd";
      healthStartupInterval = str "HealthStartupInterval";
      healthTimeout = str "HealthTimeout";
      hostname = str "HostName";
      image = str "Image";
      labels = attrs "Label";
      logDriver = str "LogDriver";
      logOptions = list "LogOpt" unescaped;
      memory = str "Memory";
      mounts = list "Mount" escaped;
      name = str "ContainerName";
      networks = list "Network" raw;
      notify = one "Notify" (it: it == "healthy" || isBool it);
      pidsLimit = int "PidsLimit";
      podmanArgs = list "PodmanArgs" escaped;
      publishPorts = list "PublishPort" raw;
      pull = str "Pull";
      readOnly = bool "ReadOnly";
      runInit = bool "RunInit";
      shmSize = str "ShmSize";
      stopSignal = str "StopSignal";
      stopTimeout = int "StopTimeout";
      tmpfses = list "Tmpfs" raw;
      ulimits = list "Ulimit" raw;
      user = str "User";
      userns = str "UserNS";
      volumes = list "Volume" raw;
      workdir = str "WorkingDir";
    };
    networks = {
      disableDns = bool "DisableDNS";
      dns = list "DNS" raw;
      driver = one "Driver" (it: builtins.elem it [ "bridge" "macvlan" "ipvlan" ]);
      gateways = list "Gateway" raw;
      interfaceName = str "InterfaceName";
      internal = bool "Internal";
      ipRanges = list "IPRange" raw;
      ipamDriver = one "IPAMDriver" (it: builtins.elem it [ "host-local" "dhcp" "none" ]);
      ipv6 = bool "IPv6";
      labels = attrs "Label";
      name = str "NetworkName";
      options = attrs "Options";
      podmanArgs = list "PodmanArgs" escaped;
      subnets = list "Subnet" raw;
    };
    volumes = {
      driver = str "Driver";
      labels = attrs "Label";
      name = str "VolumeName";
      podmanArgs = list "PodmanArgs" escaped;
    };
    builds = {
      file = str "File";
      podmanArgs = list "PodmanArgs" escaped;
      tag = str "ImageTag";
      target = str "Target";
      workdir = str "SetWorkingDirectory";
    };
  };
  sections = {
    containers = "Container";
    networks = "Network";
    volumes = "Volume";
    builds = "Build";
  };

  lines =
    kind: config:
    concatMap (
      name:
      let
        option = options.${kind}.${name} or (throw "${kind} has no option ${name}");
        value = config.${name};
        values =
          if !(option.type value) then
            throw "${kind}.${name} is of another type: ${toJSON value}"
          else if option.many && isAttrs value then
            map (n: "${n}=${option.encode value.${n}}") (attrNames value)
          else if option.many then
            map option.encode value
          else
            [ (option.encode value) ];
      in
      map (it: "${option.property}=${it}") values
    ) (attrNames config);
  section = name: it: "[${name}]\n" + concatStringsSep "" (map (line: line + "\n") it);
  sectionOf =
    name: it:
    section name (
      concatMap (n: map (value: "${n}=${toOption value}") (if isList it.${n} then it.${n} else [ it.${n} ])) (attrNames it)
    );

  configs = {
    containers = "containerConfig";
    networks = "networkConfig";
    volumes = "volumeConfig";
    builds = "buildConfig";
  };
  file =
    kind: name: object:
    object.rawConfig or (
      sectionOf "Unit" (object.unitConfig or { })
      + section sections.${kind} (lines kind object.${configs.${kind}})
      + sectionOf "Service" (object.serviceConfig or { })
    );
  quadlet = evaluated.virtualisation.quadlet;
in
builtins.deepSeq kept.files (
concatStringsSep "\n" (
  concatMap (kind: builtins.attrValues (mapAttrs (file kind) (quadlet.${kind} or { }))) (attrNames options)
)
)
