//! A container with a network of its own that leads nowhere.

use super::{Context, Diagnostic, Fix, Found, Nix, Shape};
use crate::{
    native::{places, space::Written},
    notation::nix::Binding,
};

rule! {
    /// A container has a network of its own, and an address is missing at one of its ends.
    ///
    /// ## Why it matters
    /// Without `hostAddress` nothing leads out of the container: it does not even answer the host. Without `localAddress` it
    /// has no address. Without both it has a loopback interface alone.
    ///
    /// ## What to do
    /// Write both, or name a bridge. A container that needs no network at all can stay without.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     localAddress = "192.168.100.11";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `containerInit`: `ip route add default via $HOST_ADDRESS`
    "way-out-missing", [Warning, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let add = |container: &super::Container, pairs: &[(&str, String)]| {
        let bindings: Vec<Binding> = pairs.iter().map(|it| Binding::of(it.0, Nix::String(it.1.clone()))).collect();
        container.place.map_or(super::Edits::NONE, |it| places::add(context.text, it, &bindings))
    };
    for container in context.containers().filter(|it| !it.is_open) {
        let name = &container.name;
        match container.shape() {
            Shape::Alone => {
                let Some(private) = &container.private_network else { continue };
                let fix = context.pair().map(|[host, local]| {
                    let pairs = [("hostAddress", host.to_string()), ("localAddress", local.to_string())];
                    Fix::choice(format!("Give it {local}, and the host {host}"), add(container, &pairs))
                });
                found.push(
                    Diagnostic::hint(
                        ID,
                        private.whole,
                        format!("`{name}` has a network of its own, and nothing leads out of it"),
                    )
                    .why("It has a loopback interface alone: the host does not reach it either.")
                    .help("Write `hostAddress` and `localAddress`, or `hostBridge`, unless it needs no network.")
                    .fix(fix),
                );
            }
            Shape::Routed => {
                let names = [("hostAddress", "localAddress"), ("hostAddress6", "localAddress6")];
                let ends = container.link.host.iter().zip(&container.link.local);
                for ((host_name, local_name), (host, local)) in names.into_iter().zip(ends) {
                    let (given, missing, why) = match (host, local) {
                        (None, Some(local)) => (
                            local,
                            host_name,
                            "Nothing leads out of the container, so that it does not even answer the host.",
                        ),
                        (Some(host), None) => (host, local_name, "The container has no address: nobody reaches it."),
                        _ => continue,
                    };
                    let written = given.value.as_deref().and_then(Written::read).filter(|it| it.address.is_ipv4());
                    let pair = context.pair().filter(|_| written.is_some());
                    let fix = pair.map(|[host, _]| {
                        Fix::choice(
                            format!("Write `{missing} = \"{host}\";`"),
                            add(container, &[(missing, host.to_string())]),
                        )
                    });
                    found.push(
                        Diagnostic::warning(ID, given.span, format!("`{name}` has no `{missing}`"))
                            .why(why)
                            .help(format!("Write `{missing}`, too{}.", context.such_as()))
                            .fix(fix),
                    );
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn both_ends_have_an_address() {
        let with = |rest: &str| format!("{{ containers.web = {{ privateNetwork = true; {rest} }}; }}");
        for (rest, expected) in [
            ("", &["hint privateNetwork = true;"][..]),
            ("localAddress = \"10.7.0.2\";", &["warning \"10.7.0.2\""]),
            ("hostAddress = \"10.7.0.1\";", &["warning \"10.7.0.1\""]),
            ("hostAddress = \"10.7.0.1\"; localAddress = \"10.7.0.2\";", &[]),
            ("hostBridge = \"br0\";", &[]),
            ("macvlans = [ \"eth0\" ];", &[]),
        ] {
            assert_found(&with(rest), ID, expected);
        }
        let local = "localAddress = \"10.7.0.2\";";
        let after = with(&[local, " hostAddress = \"10.7.0.3\";"].concat());
        assert_first_fix(&with(local), ID, "Write `hostAddress = \"10.7.0.3\";`", &after);
        let after = "{ containers.web = { privateNetwork = true; hostAddress = \"192.168.127.1\"; localAddress = \"192.168.127.2\"; }; }";
        let before = "{ containers.web = { privateNetwork = true; }; }";
        assert_first_fix(before, ID, "Give it 192.168.127.2, and the host 192.168.127.1", after);
    }
}
