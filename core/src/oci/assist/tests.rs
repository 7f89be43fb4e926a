use super::*;
use crate::oci::examples::EXAMPLES;

/// A text, and the place of `|` in it.
fn marked(text: &str) -> (String, usize) {
    (text.replacen('|', "", 1), text.find('|').expect("a place"))
}

/// What is offered at `|`, in the order of the list.
fn offered(text: &str) -> Vec<String> {
    let (text, at) = marked(text);
    complete(&text, at).map_or_else(Vec::new, |it| it.items.into_iter().map(|it| it.insert).collect())
}

const OCI: &str = "virtualisation.oci-containers.containers.<name>.";
const CONTAINER: &str = "virtualisation.quadlet.containers.<name>.containerConfig.";

#[test]
fn options_are_explained_however_they_are_written() {
    let oci = |name: &str| Some([OCI, name].concat());
    for (text, title, fact) in [
        ("{ virtualisation.oci-containers.containers.web.ima|ge = \"x\"; }", oci("image"), ("Takes", "a string")),
        (
            "{ virtualisation.oci-containers.containers = { web = { |ports = [ ]; }; }; }",
            oci("ports"),
            ("Becomes", "`--publish`"),
        ),
        (
            "{ virtualisation = { oci-containers = { containers.web = { \"imag|e\" = 1; }; }; }; }",
            oci("image"),
            ("Source", "nixpkgs nixos/modules/virtualisation/oci-containers.nix"),
        ),
        (
            "{ virtualisation.oci-containers.containers.web = lib.mkIf x { networks| = [ ]; }; }",
            oci("networks"),
            ("Since", "NixOS 25.05"),
        ),
        (
            "let image = \"x\"; in { virtualisation.oci-containers.containers.web = { inherit image|; }; }",
            oci("image"),
            ("Takes", "a string"),
        ),
        (
            "let web = { pul|l = \"x\"; }; in { virtualisation.oci-containers.containers = { inherit web; }; }",
            oci("pull"),
            ("Values", "missing, always, never, newer"),
        ),
        ("{ virtualisation.oci-containers.containers.web.log|in.username = \"x\"; }", oci("login"), ("Takes", "a set")),
        (
            "{ virtualisation.oci-containers.containers.web.login.user|name = \"x\"; }",
            oci("login.username"),
            ("Takes", "a string or null"),
        ),
        (
            "{ virtualisation.oci-containers.contain|ers = { }; }",
            Some("virtualisation.oci-containers.containers".to_owned()),
            ("Takes", "a set"),
        ),
        (
            "{ virtualisation.oci-cont|ainers.containers = { }; }",
            Some("virtualisation.oci-containers".to_owned()),
            ("Source", "nixpkgs nixos/modules/virtualisation/oci-containers.nix"),
        ),
        (
            "{ virtualisation.quadlet.containers.a.containerConfig.autoUpdate| = \"registry\"; }",
            Some([CONTAINER, "autoUpdate"].concat()),
            ("Values", "registry, local"),
        ),
        (
            "{ virtualisation.quadlet.networks.a.autoStart| = true; }",
            Some("virtualisation.quadlet.networks.<name>.autoStart".to_owned()),
            ("Source", "quadlet-nix options.nix"),
        ),
        (
            "{ virtualisation.arion.projects.a.settings.services.b.service.restart| = \"x\"; }",
            Some("virtualisation.arion.projects.<name>.settings.services.<name>.service.restart".to_owned()),
            ("Values", "unless-stopped, always, on-failure, no"),
        ),
        (
            "{ project.name = \"x\"; services.b.service.useHostStore| = true; }",
            Some("services.<name>.service.useHostStore".to_owned()),
            ("Takes", "`true` or `false`"),
        ),
        (
            "{ services.b.service.image = \"x\"; services.b.out.service.shm_size| = \"1g\"; }",
            Some("shm_size".to_owned()),
            ("Becomes", "`--shm-size`"),
        ),
        // No options.
        ("{ virtualisation.oci-containers.containers.w|eb.image = \"x\"; }", None, ("", "")),
        ("{ virtualisation.oci-containers.containers.web.image = \"x|\"; }", None, ("", "")),
        ("{ virtualisation.oci-containers.containers.web.nothing| = 1; }", None, ("", "")),
        ("{ virtualisation.oci-containers.containers.web.environment.image| = \"x\"; }", None, ("", "")),
        ("{ virtu|alisation.oci-containers.containers.web.image = \"x\"; }", None, ("", "")),
        ("{ services.nginx.enable| = true; }", None, ("", "")),
        ("{ # virtualisation.oci-containers.containers.web.ima|ge = 1;\n }", None, ("", "")),
    ] {
        let (bare, at) = marked(text);
        let said = hover(&bare, at);
        assert_eq!(said.as_ref().map(|it| it.title.clone()), title, "{text}");
        let facts = said.map_or_else(Vec::new, |it| it.facts);
        assert!(title.is_none() || facts.contains(&(fact.0, fact.1.to_owned())), "{text}: {facts:?}");
    }
}

#[test]
fn options_are_offered_where_they_belong() {
    for (text, first) in [
        ("{ virtualisation.oci-containers.containers.web.ima|", "image = \"\";"),
        ("{ virtualisation.oci-containers.containers.web.ima|; }", "image = \"\""),
        ("{ virtualisation.oci-containers.containers.web.ima| = \"x\"; }", "image"),
        ("{ virtualisation.oci-containers.containers.web.|\n}\n", "image = \"\";"),
        ("{ virtualisation.oci-containers.containers.web = { po| }; }", "ports = [  ];"),
        (
            "{ virtualisation.oci-containers = { containers = { web = {\n  image = \"x\";\n  env|\n",
            "environment = {  };",
        ),
        (
            "{ virtualisation.oci-containers.containers.web = { image = \"x\"; auto|S\n ports = [ ]; }; }",
            "autoStart = ;",
        ),
        ("{ virtualisation.oci-containers.containers.web = { inherit (x) ima|; }; }", "image"),
        ("{ virtualisation.oci-containers.containers.web = lib.mkMerge [ { dep| } ]; }", "dependsOn = [  ];"),
        ("let a = { ima| }; in { virtualisation.oci-containers.containers.web = a; }", "image = \"\";"),
        ("{ virtualisation.oci-containers.|", "containers = {  };"),
        ("{ virtualisation.quadlet.|", "containers = {  };"),
        ("{ virtualisation.quadlet.containers.a = { | }; }", "containerConfig = {  };"),
        ("{ virtualisation.quadlet.containers.a = { auto| }; }", "autoStart = ;"),
        ("{ virtualisation.quadlet.containers.a.containerConfig = { pub| }; }", "publishPorts = [  ];"),
        ("{ virtualisation.arion.projects.a.settings.services.b.service = { dep| }; }", "depends_on = [  ];"),
        ("{ services.a.service = { image = \"x\"; health| }; }", "healthcheck = {  };"),
        ("{ services.a.service = { image = \"x\"; healthcheck.int| }; }", "interval = \"\";"),
        ("{ services.a.service.image = \"x\"; services.a.out.service.logging = { dri| }; }", "driver = \"\";"),
        ("{ services.a.service = { image = \"x\"; depends_on = { | }; }; services.b = { }; }", "b.condition = \"\";"),
        ("{ services.a.service.image = \"x\"; net|", "networks = {  };"),
        ("{ virtualisation.oci-containers.containers.a.capabilities = { NET_R| }; }", "NET_RAW = true;"),
        ("{ virt|", "virtualisation.oci-containers.containers = {  };"),
        ("{ virtualisation.|", "oci-containers.containers = {  };"),
        ("{ virtualisation.ar|", "arion.projects = {  };"),
    ] {
        assert_eq!(offered(text).first().map(String::as_str), Some(first), "{text}");
    }
    let twice = "{ virtualisation.oci-containers.containers.web.image = \"x\"; \
                 virtualisation.oci-containers.containers.web = { | }; }";
    assert!(!offered(twice).contains(&"image = \"\";".to_owned()), "twice");
    for nothing in [
        "{ virtualisation.oci-containers.containers.|",
        "{ virtualisation.oci-containers.containers.web.environment.|",
        "{ virtualisation.oci-containers.containers.web.image = |",
        "{ virtualisation.oci-containers.containers.web = { # ima|\n }; }",
        "{ virtualisation.oci-containers.containers.web = { image = \"ima|\"; }; }",
        "{ services.nginx = { ena| }; }",
        "let ima| = 1; in { }",
        "",
    ] {
        let (text, at) = if nothing.is_empty() { (String::new(), 1) } else { marked(nothing) };
        assert_eq!(complete(&text, at), None, "{nothing}");
    }
}

#[test]
fn carets_go_into_values() {
    let (text, at) = marked("{ virtualisation.oci-containers.containers.web = { dep| }; }");
    let items = complete(&text, at).unwrap().items;
    assert_eq!((items[0].insert.as_str(), items[0].caret), ("dependsOn = [  ];", Some("dependsOn = [ ".len())));
    assert!(items[0].is_key);
}

#[test]
fn values_and_declared_names_are_offered() {
    let of = |rest: &str| {
        format!(
            "{{ virtualisation.oci-containers.containers = {{ web = {{ {rest} }}; \
             db = {{ image = \"y\"; volumes = [ \"data:/d\" ]; networks = [ \"back\" ]; }}; }}; }}"
        )
    };
    let project = |rest: &str| {
        format!(
            "{{ services.web.service = {{ image = \"x\"; {rest} }}; services.db.service.image = \"y\"; \
             networks.front = {{ }}; docker-compose.volumes.data = {{ }}; }}"
        )
    };
    let quadlet = |rest: &str| {
        format!(
            "{{ config, ... }}: {{ virtualisation.quadlet = {{ networks.front = {{ }}; volumes.data = {{ }}; \
             pods.all = {{ }}; containers.db = {{ }}; containers.web = {{ {rest} }}; }}; }}"
        )
    };
    for (text, values) in [
        (of("pull = |;"), &["\"missing\"", "\"always\"", "\"never\"", "\"newer\""][..]),
        (of("pull = \"al|\";"), &["\"always\""]),
        (of("pull = \"al|;"), &["\"always\""]),
        (of("pull = lib.mkDefault |;"), &["\"missing\"", "\"always\"", "\"never\"", "\"newer\""]),
        (of("autoStart = |;"), &["true", "false"]),
        (of("autoStart = t|;"), &["true"]),
        (of("autoStart = true |;"), &[]),
        (of("capabilities.NET_ADMIN = |;"), &["true", "false"]),
        (of("dependsOn = [ | ];"), &["\"db\""]),
        (of("dependsOn = [ \"d|\" ];"), &["\"db\""]),
        (of("dependsOn = [ d| ];"), &["\"db\""]),
        (of("dependsOn = |;"), &["[ \"db\" ]"]),
        (of("dependsOn = [ \"db\" | ];"), &[]),
        (of("networks = [ \"|\" ];"), &["\"back\""]),
        (of("volumes = [ | ];"), &["\"data:\""]),
        (of("extraOptions = [ \"--shm|\" ];"), &["\"--shm-size\""]),
        (of("image = |;"), &[]),
        (of("image = \"${a|}\";"), &[]),
        ("{ virtualisation.oci-containers.backend = |".to_owned(), &["\"podman\"", "\"docker\""]),
        (project("restart = \"al|\";"), &["\"always\""]),
        (project("tty = |;"), &["true", "false"]),
        (project("depends_on = [ | ];"), &["\"db\""]),
        (project("depends_on.db.condition = \"service_h|\";"), &["\"service_healthy\""]),
        (project("networks = [ | ];"), &["\"front\""]),
        (project("networks = |;"), &["[ \"front\" ]"]),
        (project("networks = { | };"), &["front = {  };"]),
        (project("volumes = [ | ];"), &["\"data:\""]),
        (quadlet("containerConfig.networks = [ | ];"), &["\"front.network\""]),
        (quadlet("containerConfig.networks = [ networks.| ];"), &["front.ref"]),
        (quadlet("containerConfig.networks = [ config.virtualisation.quadlet.networks.fr|.ref ];"), &["front"]),
        (quadlet("containerConfig.volumes = [ \"${volumes.|}:/d\" ];"), &["data.ref"]),
        (quadlet("containerConfig.volumes = [ | ];"), &["\"data.volume:\""]),
        (quadlet("containerConfig.pod = |;"), &["\"all.pod\""]),
        (quadlet("containerConfig.notify = |;"), &["true", "false", "\"healthy\""]),
        (quadlet("unitConfig.After = [ | ];"), &["\"db.service\""]),
        (quadlet("serviceConfig.Restart = \"on-f|\";"), &["\"on-failure\""]),
    ] {
        assert_eq!(offered(&text), values, "{text}");
    }
}

#[test]
fn any_place_of_any_text_can_be_asked_about() {
    for example in EXAMPLES {
        for at in (0..=example.text.len()).step_by(17) {
            hover(example.text, at);
            complete(example.text, at);
            // A text that is cut off, as while it is typed.
            example.text.get(..at).map(|it| complete(it, at));
        }
    }
    for text in [
        "",
        "é",
        "{",
        "\"",
        "''",
        "{ a = \"é",
        "{ virtualisation.oci-containers.containers.é.",
        "[ { ( virtualisation.quadlet.",
        "\u{feff}{ inherit",
        "{ \"${a.\" = networks.",
        "virtualisation.oci-containers.containers = [ [ { { }",
    ] {
        (0..=text.len() + 1).for_each(|at| drop((hover(text, at), complete(text, at))));
    }
}

#[test]
fn long_texts_are_answered() {
    let many: String =
        (0..2_000).map(|it| format!("c{it} = {{ image = \"x\"; dependsOn = [ \"c0\" ]; }};\n")).collect();
    let text = format!("{{ virtualisation.oci-containers.containers = {{\n{many} web.dependsOn = [ \"c19\" ]; }}; }}");
    let at = text.rfind("\" ]").unwrap();
    let items = complete(&text, at).unwrap().items;
    assert_eq!(items.len(), 110 + 1, "c19, c190 to c199, c1900 to c1999");
    for deep in ["{ a = ".repeat(3_000), "[ ".repeat(3_000), "virtualisation.oci-containers.".repeat(3_000)] {
        complete(&deep, deep.len());
        hover(&deep, deep.len());
    }
}
