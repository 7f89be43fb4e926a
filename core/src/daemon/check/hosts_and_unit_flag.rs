//! A setting that the daemon's systemd unit usually gives as a flag.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::daemon::settings::Place;

rule! {
    /// `hosts` or `containerd` in the file, while the daemon's systemd unit usually gives them as flags.
    ///
    /// ## Why it matters
    /// The unit that Docker and most distributions install starts `dockerd -H fd://
    /// --containerd=/run/containerd/containerd.sock`. A setting that is given twice makes the daemon refuse the
    /// whole file: "the following directives are specified both as a flag and in the configuration file: hosts".
    ///
    /// ## What to do
    /// Either remove the setting, or take the flag out of the unit. `systemctl edit docker.service` and write
    ///
    /// ```text
    /// [Service]
    /// ExecStart=
    /// ExecStart=/usr/bin/dockerd --containerd=/run/containerd/containerd.sock
    /// ```
    ///
    /// NixOS needs none of this: its unit has no such flag, and `hosts` in the settings are added to `fd://`.
    ///
    /// ## Example
    /// ```json
    /// { "hosts": ["unix:///var/run/docker.sock", "tcp://127.0.0.1:2375"] }
    /// ```
    ///
    /// ## Source
    /// moby `contrib/init/systemd/docker.service`; `daemon/config/config.go`, `findConfigurationConflicts`
    "hosts-and-unit-flag", [Warning], check
}

const HOSTS_HELP: &str = "Where the unit says so, run `systemctl edit docker.service` and write `[Service]`, an \
     empty `ExecStart=` and then `ExecStart=/usr/bin/dockerd --containerd=/run/containerd/containerd.sock`. On \
     NixOS there is nothing to do: these addresses are added to `fd://`.";

const CONTAINERD_HELP: &str = "Where the unit says so, run `systemctl edit docker.service` and write `[Service]`, an \
     empty `ExecStart=` and then `ExecStart=/usr/bin/dockerd -H fd://`. On NixOS there is nothing to do.";

fn check(context: &Context, found: &mut Found) {
    let host = context.host();
    // Rootless units have no such flags, nor has that of NixOS; given flags are another rule's.
    if host.rootless || context.are_flags() || context.nixos.is_some() {
        return;
    }
    for (key, flag) in [("hosts", "host"), ("containerd", "containerd")] {
        let occurrence =
            context.settings.occurrences().iter().find(|it| it.place == Place::Top && it.member.key == key);
        let Some(occurrence) = occurrence.filter(|_| !host.flags.has(flag)) else {
            continue;
        };
        let (written, help) = match key {
            "hosts" => ("-H fd://", HOSTS_HELP),
            _ => ("--containerd", CONTAINERD_HELP),
        };
        found.push(
            Diagnostic::warning(
                ID,
                occurrence.member.key_span,
                say!("`{key}` conflicts with `{written}` in the usual systemd unit"),
            )
            .why("Most packages start dockerd with this flag, and the daemon refuses a file that sets the same.")
            .help(help)
            .fix(Fix::choice(say!("Remove `{key}`"), context.remove(occurrence.member.value.span))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::{
        Request, analyze,
        daemon::check::tests::assert_found,
        docker::host::{Flags, Host},
    };

    #[test]
    fn warns_of_the_usual_unit() {
        for (text, expected) in [
            (r#"{"hosts": ["fd://"]}"#, &["warning hosts-and-unit-flag 1..8"][..]),
            (r#"{"hosts": null}"#, &["warning hosts-and-unit-flag 1..8"]), // the key counts
            (r#"{"containerd": "/run/c.sock"}"#, &["warning hosts-and-unit-flag 1..13"]),
            (r#"{"debug": true}"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }

    #[test]
    fn is_silent_where_the_flags_are_known_or_others() {
        let hosts =
            [Host { flags: Flags::from_iter(["host"]), ..Host::default() }, Host { rootless: true, ..Host::default() }];
        for host in hosts {
            let request = Request { text: r#"{"hosts": ["fd://"]}"#.to_owned(), host, ..Request::default() };
            let diagnostics = analyze(&request).diagnostics;
            assert!(diagnostics.iter().all(|it| it.rule != ID));
        }
    }
}
