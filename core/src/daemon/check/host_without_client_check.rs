//! An API on TCP that does not check who its clients are.

use super::{
    Context, Found,
    tls::Tls,
    voice::{Diagnostic, Fix},
};
use crate::docker::go::{
    hosts::{self, Address},
    net,
};

rule! {
    /// A TCP address of the API that asks clients for no certificate.
    ///
    /// ## Why it matters
    /// Anyone who reaches the address is root on the machine: a container can be told to mount any of the host's
    /// directories. On `localhost` that is still every local user, every container on the host's network and,
    /// with some tricks, any web page. The daemon warns about it too and holds its start back by up to 16
    /// seconds. A later Engine is to refuse it.
    ///
    /// ## What to do
    /// Remove the address and reach the daemon through `ssh://` instead, or set `tlsverify` with `tlscacert`,
    /// `tlscert` and `tlskey`.
    ///
    /// ## Example
    /// ```json
    /// { "hosts": ["fd://", "tcp://0.0.0.0:2375"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/daemon.go`, `loadListeners`; https://docs.docker.com/go/api-security/
    "host-without-client-check", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let tls = Tls::of(context);
    if tls.is_on && tls.checks_clients {
        return;
    }
    for host in context.settings.texts("hosts") {
        let Ok(Address::Tcp { host: name, .. }) = hosts::parse(host.value, context.engine) else {
            continue;
        };
        let is_here = matches!(name, "" | "localhost") || net::parse_ip(name).is_some_and(|it| it.is_loopback());
        let (message, why) = match is_here {
            true => (
                say!("Every local user who reaches `{}` is root", host.value),
                "Without client certificates the API takes orders from every process of this machine, \
                 containers on the host's network included, and a web page can be made to reach it.",
            ),
            false => (
                say!("Anyone who reaches `{}` is root on this machine", host.value),
                "Without client certificates the API takes orders from anyone, and a container can be told \
                 to mount any directory of the host. The daemon also holds back its start to warn.",
            ),
        };
        let help = match tls.is_on {
            true => "Set `tlsverify` to true, with the clients' authority in `tlscacert`.",
            false => {
                "Remove it and connect with `docker -H ssh://user@host`, or set `tlsverify` with `tlscacert`, \
                 `tlscert` and `tlskey`."
            }
        };
        found.push(
            Diagnostic::warning(ID, host.span, message)
                .why(why)
                .help(help)
                .fix(Fix::choice(say!("Remove `{}`", host.value), context.remove(host.span))),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn asks_for_client_certificates() {
        let flagged = &["warning host-without-client-check 11..31"][..];
        for (text, expected) in [
            (r#"{"hosts": ["tcp://0.0.0.0:2375"]}"#, flagged),
            (r#"{"hosts": ["tcp://0.0.0.0:2375"], "tls": false}"#, flagged),
            (r#"{"hosts": ["tcp://0.0.0.0:2375"], "tls": true}"#, &[]), // turns tlsverify on
            (r#"{"hosts": ["tcp://0.0.0.0:2375"], "tlsverify": true}"#, &[]),
            (r#"{"hosts": ["tcp://0.0.0.0:2375"], "tlsverify": false}"#, flagged),
            (r#"{"hosts": ["tcp://0.0.0.0:2375"], "tls": true, "tlsverify": false}"#, flagged),
            (r#"{"hosts": ["unix:///run/docker.sock", "fd://"]}"#, &[]),
            (r#"{"hosts": ["tcp://localhost"]}"#, &["warning host-without-client-check 11..28"]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
