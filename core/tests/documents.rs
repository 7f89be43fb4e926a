//! The documents that this grew out of: what each prints stands in a menu as it is printed, and what is wrong with it is
//! found where it is opened.

use std::collections::BTreeSet;

use drydock::{
    analyze,
    bench::{Request, WORKBENCHES},
    daemon::examples::{EXAMPLES, MODULES},
};

/// Something that a document prints.
struct Printed {
    /// The workbench where it stands; empty for the daemon's.
    bench: &'static str,
    /// As it is printed, but for the space around its words.
    text: &'static str,
    /// The rules that find what is wrong with it.
    wrong: &'static [&'static str],
}

const fn printed(bench: &'static str, text: &'static str, wrong: &'static [&'static str]) -> Printed {
    Printed { bench, text, wrong }
}

/// A text without the space between its words.
fn dense(text: &str) -> String {
    text.split_whitespace().collect()
}

/// What the rules find in an example that holds a text; `None` where no menu has one.
fn found(it: &Printed) -> Option<BTreeSet<String>> {
    let wanted = dense(it.text);
    let holds = |text: &str| dense(text).contains(&wanted);
    if it.bench.is_empty() {
        let example = EXAMPLES.iter().chain(MODULES).find(|it| holds(it.text))?;
        let report = analyze(&example.request());
        return Some(report.diagnostics.iter().map(|it| it.rule.to_owned()).collect());
    }
    let bench = WORKBENCHES.iter().find(|row| row.listing.id == it.bench)?;
    let example = bench.examples.iter().find(|it| holds(it.text))?;
    let examined = (bench.examine)(&Request { text: example.text.to_owned(), ..Request::default() });
    Some(examined.diagnostics.iter().map(|it| it.rule.to_owned()).collect())
}

#[track_caller]
fn walk_through(document: &[Printed]) {
    let mut amiss = Vec::new();
    for it in document {
        match found(it) {
            None => amiss.push(format!("no example of `{}` has this:\n{}", it.bench, it.text)),
            Some(found) => {
                let missed: Vec<_> = it.wrong.iter().filter(|rule| !found.contains(**rule)).collect();
                if !missed.is_empty() {
                    amiss.push(format!("{missed:?} are not among {found:?} for\n{}", it.text));
                }
            }
        }
    }
    assert!(amiss.is_empty(), "{}", amiss.join("\n\n"));
}

/// "Docker and NixOS", an article about the daemon, Compose and images.
#[test]
fn the_article_about_docker_on_nixos() {
    walk_through(&[
        printed(
            "",
            r#"daemon.settings = {
                experimental = true;
                default-address-pools = [ { base = "172.30.0.0/16"; size = 24; } ];
            };"#,
            &[],
        ),
        printed(
            "",
            r#"daemon.settings = {
                dns = [ "1.1.1.1" "8.8.8.8" ];
                log-driver = "journald";
                registry-mirrors = [ "https://mirror.gcr.io" ];
                storage-driver = "overlay2";
            };"#,
            &[],
        ),
        printed("", "rootless = { enable = true; setSocketVariable = true; };", &[]),
        printed("images", r#"FROM nixos/nix:latest AS builder"#, &["sandbox-off", "tag-missing"]),
        printed(
            "images",
            r#"FROM nixos/nix
            RUN nix-channel --update
            RUN nix-build -A pythonFull '<nixpkgs>'"#,
            &["attribute-removed", "sandbox-off", "tag-missing"],
        ),
    ]);
}

/// The page "Docker" of the NixOS wiki.
#[test]
fn the_wiki_about_docker() {
    walk_through(&[
        printed("", "virtualisation.docker.enable = true;", &[]),
        printed("", "virtualisation.docker.storageDriver = \"btrfs\";", &[]),
        printed("", "rootless = { enable = true; setSocketVariable = true; };", &[]),
        printed("", r#"data-root = "/some-place/to-store-the-docker-data";"#, &[]),
        printed(
            "oci",
            r#"virtualisation.oci-containers = { backend = "docker"; containers = { foo = {"#,
            &["image-missing"],
        ),
        printed(
            "images",
            r#"buildImage {
              name = "redis";
              tag = "latest";
              fromImage = someBaseImage;
              fromImageName = null;
              fromImageTag = "latest";
              copyToRoot = pkgs.buildEnv {
                name = "image-root";
                paths = [ pkgs.redis ];
                pathsToLink = [ "/bin" ];
              };
              runAsRoot = ''
                #!${pkgs.runtimeShell}
                mkdir -p /data
              '';
              config = {
                Cmd = [ "/bin/redis-server" ];
                WorkingDir = "/data";
                Volumes = { "/data" = { }; };
              };
              diskSize = 1024;
              buildVMMemorySize = 512;
            }"#,
            &["base-tag-alone", "run-as-root"],
        ),
        printed("images", "created = builtins.substring 0 8 self.lastModifiedDate", &["created-malformed"]),
        printed(
            "images",
            r#"pkgs.dockerTools.pullImage{
              imageName = "lnl7/nix";
              finalImageTag = "2.0";
              imageDigest = "sha256:632268d5fd9ca87169c65353db99be8b4e2eb41833b626e09688f484222e860f";
              sha256 = "1x00ks05cz89k3wc460i03iyyjr7wlr28krk7znavfy2qx5a0hfd";
            };"#,
            &["nix-malformed"],
        ),
        printed(
            "oci",
            r#"virtualisation.arion = {
              backend = "docker";
              projects = {
                "db".settings.services."db".service = {
                  image = "";
                  restart = "unless-stopped";
                  environment = { POSTGRESS_PASSWORD = "password"; };
                };
              };
            };"#,
            &["image-missing", "variable-misspelled"],
        ),
        printed(
            "",
            r#"daemon.settings = {
                "default-address-pools" = [
                  { "base" = "172.27.0.0/16"; "size" = 24; }
                ];
              };"#,
            &[],
        ),
    ]);
}

/// The page "NixOS Containers" of the NixOS wiki.
#[test]
fn the_wiki_about_containers() {
    walk_through(&[
        printed(
            "containers",
            r#"networking.nat = {
              enable = true;
              internalInterfaces = ["ve-+"];
              externalInterface = "ens3";
              # Lazy IPv6 connectivity for the container
              enableIPv6 = true;
            };"#,
            &["ipv6-prefix-undefined", "secret-in-the-store"],
        ),
        printed(
            "containers",
            r#"privateNetwork = true;
              hostAddress = "192.168.100.10";
              localAddress = "192.168.100.11";
              hostAddress6 = "fc00::1";
              localAddress6 = "fc00::2";"#,
            &["ipv6-prefix-undefined"],
        ),
        printed(
            "containers",
            r#"privateNetwork = true;
              hostBridge = "br0"; # Specify the bridge name
              localAddress = "192.168.100.5/24";
              config = { };"#,
            &["state-version-missing", "gateway-missing"],
        ),
        printed(
            "oci",
            r#"hackagecompare = {
              image = "chrissound/hackagecomparestats-webserver:latest";
              ports = ["127.0.0.1:3010:3010"];"#,
            &[],
        ),
    ]);
}

/// "Docker", of the documentation of Flying Circus.
#[test]
fn the_documentation_of_flying_circus() {
    walk_through(&[
        printed("", r#"virtualisation.docker.daemon.settings = { storage-driver = "devicemapper"; };"#, &[]),
        printed("", r#"virtualisation.docker.daemon.settings = { storage-driver = "overlay2"; };"#, &[]),
    ]);
}

/// "Integration woes with docker containers and NixOS", about Hocker.
#[test]
fn the_article_about_hocker() {
    walk_through(&[printed("manifest", "054abe38b1e6f863befa4258cbfaf127b1cc9440d2e2e349b15d22e676b591e7", &[])]);
}
