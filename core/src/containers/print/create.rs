//! With which words are networks, volumes and images made?

use super::{Backend, Context, Report};
use crate::{
    containers::model::{At, Build, Network, SubnetOf, Volume},
    notation::shell::{Quoting, quote},
    text::Span,
};

/// What `podman network create` lacks of Docker's flags, and the other way round.
///
/// Source: containers/podman cmd/podman/networks/create.go, `networkCreateFlags`; docker/cli
/// cli/command/network/create.go, `newCreateCommand`
const ONLY_DOCKER: &[&str] =
    &["attachable", "aux-address", "config-from", "config-only", "ingress", "ipam-opt", "ipv4", "scope"];
const ONLY_PODMAN: &[&str] = &["disable-dns", "dns", "ignore", "interface-name", "route"];

/// A command under construction: flags one by one, each told when it is in.
struct Command<'r> {
    backend: Backend,
    /// `network create`, for messages.
    what: &'static str,
    words: Vec<String>,
    report: &'r mut Report,
}

impl Command<'_> {
    fn flag(&mut self, name: &str, value: Option<&str>, span: Span) {
        let is_network = self.what == "network create";
        let lacks = match self.backend {
            Backend::Docker => is_network && ONLY_PODMAN.contains(&name),
            Backend::Podman => is_network && ONLY_DOCKER.contains(&name),
        };
        if lacks {
            let why = ["`", self.backend.name(), " ", self.what, "` has no `--", name, "`."];
            return self.report.told.dropped(span, why.concat());
        }
        self.words.push(match value {
            Some(value) => ["--", name, "=", value].concat(),
            None => ["--", name].concat(),
        });
        self.report.told.carried(span, ["--", name].concat());
    }

    fn one(&mut self, name: &str, value: &Option<At<String>>) {
        if let Some(At { value, span }) = value {
            self.flag(name, Some(value), *span);
        }
    }

    fn switch(&mut self, name: &str, value: &Option<At<bool>>, default: bool) {
        if let Some(At { value, span }) = value {
            match (*value == default, value) {
                (true, _) => self.report.told.carried(*span, "what it is by itself"),
                (_, true) => self.flag(name, None, *span),
                (_, false) => self.flag(name, Some("false"), *span),
            }
        }
    }

    fn pairs(&mut self, name: &str, pairs: &[At<(String, String)>]) {
        for At { value: (key, value), span } in pairs {
            self.flag(name, Some(&[key, "=", value].concat()), *span);
        }
    }
}

impl Context<'_> {
    /// The words of `docker network create`, without the name at their end.
    pub fn create_network(&self, network: &Network, report: &mut Report) -> Vec<String> {
        let backend = self.choices.backend;
        let mut command = Command { backend, what: "network create", words: Vec::new(), report };
        let Network {
            name: _,
            span,
            // Told with the names.
            own_name: _,
            is_external: _,
            driver,
            driver_options,
            ipam_driver,
            ipam_options,
            subnets,
            internal,
            attachable,
            ipv4,
            ipv6,
            labels,
            flags,
        } = network;
        command.report.told.carried(*span, "a network");
        command.one("driver", driver);
        command.pairs("opt", driver_options);
        command.one("ipam-driver", ipam_driver);
        command.pairs("ipam-opt", ipam_options);
        for At { value, span } in subnets {
            let SubnetOf { subnet, ip_range, gateway, auxiliary } = value;
            if !subnet.is_empty() {
                command.flag("subnet", Some(subnet), *span);
            }
            if let Some(range) = ip_range {
                command.flag("ip-range", Some(range), *span);
            }
            if let Some(gateway) = gateway {
                command.flag("gateway", Some(gateway), *span);
            }
            for (name, address) in auxiliary {
                command.flag("aux-address", Some(&[name, "=", address].concat()), *span);
            }
        }
        command.switch("internal", internal, false);
        command.switch("attachable", attachable, false);
        command.switch("ipv4", ipv4, true);
        command.switch("ipv6", ipv6, false);
        command.pairs("label", labels);
        for At { value: (name, value), span } in flags {
            command.flag(name, value.as_deref(), *span);
        }
        command.words
    }

    /// The words of `docker volume create`, without the name at their end.
    pub fn create_volume(&self, volume: &Volume, report: &mut Report) -> Vec<String> {
        let backend = self.choices.backend;
        let mut command = Command { backend, what: "volume create", words: Vec::new(), report };
        let Volume { name: _, span, own_name: _, is_external: _, driver, driver_options, labels, flags } = volume;
        command.report.told.carried(*span, "a volume");
        command.one("driver", driver);
        command.pairs("opt", driver_options);
        command.pairs("label", labels);
        for At { value: (name, value), span } in flags {
            command.flag(name, value.as_deref(), *span);
        }
        command.words
    }

    /// Tells of what exists already that nothing makes it.
    pub fn external_network(&self, network: &Network, report: &mut Report) {
        let made = self.create_told(network.span, &network.name, "network", report);
        let Network {
            name: _,
            span: _,
            own_name: _,
            is_external: _,
            driver,
            driver_options,
            ipam_driver,
            ipam_options,
            subnets,
            internal,
            attachable,
            ipv4,
            ipv6,
            labels,
            flags,
        } = network;
        let mut said = Vec::new();
        said.extend([driver, ipam_driver].into_iter().flatten().map(|it| it.span));
        said.extend(driver_options.iter().chain(ipam_options).chain(labels).map(|it| it.span));
        said.extend(subnets.iter().map(|it| it.span));
        said.extend([internal, attachable, ipv4, ipv6].into_iter().flatten().map(|it| it.span));
        said.extend(flags.iter().map(|it| it.span));
        said.into_iter().for_each(|it| report.told.dropped(it, made));
    }

    /// The same for a volume.
    pub fn external_volume(&self, volume: &Volume, report: &mut Report) {
        let made = self.create_told(volume.span, &volume.name, "volume", report);
        let Volume { name: _, span: _, own_name: _, is_external: _, driver, driver_options, labels, flags } = volume;
        let mut said: Vec<Span> = driver.iter().map(|it| it.span).collect();
        said.extend(driver_options.iter().chain(labels).map(|it| it.span));
        said.extend(flags.iter().map(|it| it.span));
        said.into_iter().for_each(|it| report.told.dropped(it, made));
    }

    fn create_told(&self, span: Span, name: &str, what: &str, report: &mut Report) -> &'static str {
        report.told.carried(span, ["a ", what, " that exists"].concat());
        let backend = self.choices.backend.name();
        let create = ["`", backend, " ", what, " create`"].concat();
        report.note(Some(span), ["The ", what, " `", name, "` has to exist: make it with ", &create, "."].concat());
        "It exists already, so nothing of it is made here."
    }

    /// The words of `docker build`, without the directory at their end; a text of its own for the file comes with them.
    pub fn build<'a>(&self, build: &'a Build, image: &str) -> (Vec<String>, Option<&'a str>) {
        // Where it is built from is the last word, which the caller has.
        let Build { context: _, dockerfile, dockerfile_inline, target, args, tags, flags } = build;
        let mut words = vec![["--tag=", image].concat()];
        words.extend(tags.iter().map(|it| ["--tag=", it].concat()));
        if let Some(file) = dockerfile {
            words.push(["--file=", file].concat());
        }
        if let Some(target) = target {
            words.push(["--target=", target].concat());
        }
        for (name, value) in args {
            words.push(match value {
                Some(value) => ["--build-arg=", name, "=", value].concat(),
                None => ["--build-arg=", name].concat(),
            });
        }
        words.extend(flags.iter().cloned());
        (words, dockerfile_inline.as_deref())
    }
}

/// Whether a build starts from a repository or an archive, not from a directory.
///
/// Source: moby/buildkit util/gitutil/git_ref.go, `ParseGitRef`; docker/cli build context `urlutil`
pub(super) fn is_remote(context: &str) -> bool {
    ["http://", "https://", "git://", "ssh://", "git@", "github.com/"].iter().any(|it| context.starts_with(it))
}

/// A word as a shell reads it back.
pub(super) fn shell_word(word: &str) -> String {
    let plain = |it: char| it.is_ascii_alphanumeric() || "-_./:=,@+%".contains(it);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => {
            // No shell takes U+0000, and no reader hands it on.
            let word: String = word.chars().filter(|it| *it != '\0').collect();
            quote(&word, Quoting::Shell, Some('\'')).unwrap_or_default()
        }
    }
}
