# The Compose file that Arion makes of a project: each option has its type, and what has none goes into the file as it is.
#
# Source: hercules-ci/arion src/nix/modules/service/docker-compose-service.nix, service/image.nix, networks/network.nix,
# composition/docker-compose.nix, composition/networks.nix, nixos-module.nix; nixpkgs lib/options.nix, mergeDefaultOption
{ module, ... }:
let
  inherit (builtins)
    all
    attrNames
    elem
    filter
    isAttrs
    isBool
    isInt
    isList
    isString
    listToAttrs
    mapAttrs
    toJSON
    ;
  bool = isBool;
  int = isInt;
  str = isString;
  any = _: true;
  either =
    a: b: it:
    a it || b it;
  listOf = type: it: isList it && all type it;
  attrsOf = type: it: isAttrs it && all (n: type it.${n}) (attrNames it);
  set =
    types: it:
    isAttrs it && all (n: types ? ${n} && types.${n} it.${n}) (attrNames it);
  filterAttrs =
    keep: it:
    listToAttrs (
      map (name: {
        inherit name;
        value = it.${name};
      }) (filter (n: keep n it.${n}) (attrNames it))
    );

  checked =
    what: types: it:
    if !isAttrs it then
      throw "${what} is no set: ${toJSON it}"
    else
      mapAttrs (
        name: value:
        if !(types ? ${name}) then
          throw "${what} has no option ${name}"
        else if !(types.${name} value) then
          throw "${what}.${name} is of another type: ${toJSON value}"
        else
          value
      ) it;

  # What two definitions of an option come to whose type nobody knows.
  merged =
    a: b:
    if isList a && isList b then
      a ++ b
    else if isAttrs a && isAttrs b then
      if all (n: !(a ? ${n}) || a.${n} == b.${n}) (attrNames b) then a // b else throw "both have a member: ${toJSON a}, ${toJSON b}"
    else
      throw "two values for one key: ${toJSON a}, ${toJSON b}";
  joined =
    a: b:
    a // mapAttrs (n: value: if a ? ${n} then merged a.${n} value else value) b;

  condition = it: elem it [ "service_started" "service_healthy" "service_completed_successfully" ];
  device = rate: listOf (set { path = str; inherit rate; });
  serviceOptions = {
    volumes = listOf any;
    tmpfs = listOf str;
    build = set {
      context = str;
      dockerfile = str;
      target = str;
    };
    hostname = str;
    tty = bool;
    environment = attrsOf (either str int);
    image = str;
    command = any;
    container_name = str;
    depends_on = either (listOf str) (attrsOf (set { inherit condition; }));
    healthcheck = set {
      test = listOf str;
      interval = str;
      timeout = str;
      start_period = str;
      retries = int;
    };
    devices = listOf str;
    dns = listOf str;
    labels = attrsOf str;
    links = listOf str;
    external_links = listOf str;
    extra_hosts = listOf str;
    working_dir = str;
    privileged = bool;
    entrypoint = str;
    restart = str;
    user = str;
    ports = listOf any;
    expose = listOf str;
    env_file = listOf str;
    network_mode = str;
    networks = either (listOf str) (
      attrsOf (set {
        aliases = listOf str;
        ipv4_address = str;
        ipv6_address = str;
        link_local_ips = listOf str;
        priority = int;
      })
    );
    stop_signal = str;
    stop_grace_period = str;
    sysctls = attrsOf (either str int);
    capabilities = attrsOf (either bool isNull);
    blkio_config = set {
      weight = int;
      weight_device = listOf (set { path = str; weight = int; });
      device_read_bps = device str;
      device_write_bps = device str;
      device_read_iops = device int;
      device_write_iops = device int;
    };
  };

  # What a service contributes by its options.
  written =
    service:
    let
      caps = service.capabilities or { };
      names = value: filter (n: caps.${n} == value) (attrNames caps);
      optional = name: value: if value == [ ] || value == { } then { } else { ${name} = value; };
      healthcheck =
        let
          it = service.healthcheck;
          defaults = {
            interval = "30s";
            timeout = "30s";
            start_period = "0s";
            retries = 3;
          };
        in
        if it ? test then defaults // it else { };
    in
    {
      volumes = service.volumes or [ ];
      environment = service.environment or { };
      sysctls = service.sysctls or { };
    }
    // optional "cap_add" (names true)
    // optional "cap_drop" (names false)
    // (
      if service ? build.context then
        { inherit (service) build; }
      else if service ? build then
        throw "a build without a context is left out"
      else
        { }
    )
    // (if service ? healthcheck then { inherit healthcheck; } else { })
    // filterAttrs (
      n: value:
      !(elem n [ "capabilities" "build" "healthcheck" ]) && (value != [ ] || n == "command") && (value != { } || elem n [ "environment" "sysctls" ])
    ) service
    // (
      if isAttrs (service.networks or null) && service.networks != { } then
        { networks = mapAttrs (_: it: { aliases = [ ]; } // it) service.networks; }
      else
        { }
    );

  serviceOf =
    name: it:
    let
      options = checked "a service" {
        service = any;
        out = set { service = attrsOf any; };
        image = set { nixBuild = bool; };
      } it;
      service = checked "a service" serviceOptions (options.service or { });
      builds = options.image.nixBuild or (!(service ? image));
    in
    if builds then throw "Nix would build an image for ${name}" else joined (written service) (options.out.service or { });

  networkOf =
    it:
    let
      options = checked "a network" {
        driver = str;
        driver_opts = attrsOf any;
        attachable = bool;
        enable_ipv6 = bool;
        ipam = any;
        internal = bool;
        labels = attrsOf str;
        external = bool;
        name = str;
        out = attrsOf any;
      } it;
    in
    filterAttrs (n: _: n != "out") options // (options.out or { });

  composed =
    name: it:
    let
      project = checked "a project" {
        project = set { name = str; };
        enableDefaultNetwork = bool;
        networks = attrsOf isAttrs;
        services = attrsOf isAttrs;
        docker-compose = set {
          volumes = attrsOf any;
          raw = isAttrs;
        };
      } it;
      raw = project.docker-compose.raw or { };
      projectName = project.project.name or name;
      networks = mapAttrs (_: networkOf) (project.networks or { });
      default = if project.enableDefaultNetwork or true then { default.name = projectName; } else { };
      clashes = filter (n: elem n [ "services" "networks" "volumes" "x-arion" ]) (attrNames raw);
    in
    if clashes != [ ] then
      throw "the module has these keys: ${toJSON clashes}"
    else if default != { } && networks ? default then
      throw "the network default is there twice"
    else
      raw
      // {
        name = projectName;
        services = mapAttrs serviceOf (project.services or { });
        networks = default // networks;
        volumes = project.docker-compose.volumes or { };
      };

  inherit (import ./option.nix) configured lib switched;
  evaluated =
    let
      m = import module;
    in
    configured (if builtins.isFunction m then m { inherit lib; config = switched; } else m);
  system = checked "the module" {
    virtualisation = any;
    hardware = set { nvidia-container-toolkit = set { enable = bool; }; };
  } evaluated;
  arion = checked "virtualisation.arion" {
    backend = it: elem it [ "docker" "podman-socket" ];
    projects = attrsOf (set { settings = isAttrs; });
  } system.virtualisation.arion;
in
{
  here = toString (builtins.dirOf module);
  composed =
    if evaluated ? virtualisation then
      builtins.head (map (n: composed n arion.projects.${n}.settings) (attrNames arion.projects))
    else
      composed null evaluated;
}
