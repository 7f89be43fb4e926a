//! A bridge that the text does not make.

use super::{Context, Diagnostic, Found};

rule! {
    /// A container is plugged into a bridge that the text does not make.
    ///
    /// ## Why it matters
    /// Where no bridge of the name is there, systemd-nspawn stops, and the container does not start.
    ///
    /// ## What to do
    /// Make it with `networking.bridges.<name>.interfaces`, or correct the name. A bridge of another program, such as
    /// `virbr0`, or of another file is as good.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   networking.bridges.br0.interfaces = [ "eth0" ];
    ///   containers.web = {
    ///     privateNetwork = true;
    ///     hostBridge = "br1";
    ///     localAddress = "192.168.100.5/24";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// systemd `src/nspawn/nspawn-network.c`, `join_bridge`
    "bridge-undefined", [Warning, Hint], check
}

/// What begins so is made by another program.
const OTHERS: &[&str] = &["virbr", "docker", "br-", "lxdbr", "incusbr", "podman", "cni", "microbr"];

/// Whether a bridge is one that the text would have to make, and does not.
pub(super) fn is_missing(context: &Context, name: &str) -> bool {
    crate::native::missing::lacks_bridge(&context.reading.host, name)
}

fn check(context: &Context, found: &mut Found) {
    let bridges = &context.reading.host.bridges;
    for container in context.containers().filter(|it| it.is_private() == Some(true)) {
        let links = [&container.link].into_iter().chain(container.veths.iter().map(|it| &it.2));
        for given in links.filter_map(|it| it.bridge.as_ref()) {
            let Some(name) = given.value.as_deref() else { continue };
            if OTHERS.iter().any(|it| name.starts_with(it)) || !is_missing(context, name) {
                continue;
            }
            let message = format!("Nothing here makes the bridge `{name}` of `{}`", container.name);
            let why = "Where there is no bridge of this name, systemd-nspawn stops, and the container does not start.";
            let near = bridges.first();
            found.push(match near {
                Some(near) => Diagnostic::warning(ID, given.span, message)
                    .related(near.span, "a bridge that is made here")
                    .why(why)
                    .help(format!("Did you mean `{}`?", near.name))
                    .fix(super::Fix::choice(
                        format!("Use `{}`", near.name),
                        match context.written(given.span).starts_with('"') {
                            true => super::Edits::replace(given.span, format!("\"{}\"", near.name.replace(['"', '\\', '$'], ""))),
                            false => super::Edits::NONE,
                        },
                    )),
                None => Diagnostic::hint(ID, given.span, message).why(why).help(format!(
                    "Make it with `networking.bridges.{name}.interfaces`, unless it is made in another file. The module that is written has it."
                )),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn bridges_are_made_somewhere() {
        let with = |host: &str, bridge: &str| {
            format!("{{ {host} containers.web = {{ privateNetwork = true; hostBridge = \"{bridge}\"; }}; }}")
        };
        let made = "networking.bridges.br0.interfaces = [ ];";
        for (host, bridge, expected) in [
            ("", "br0", &["hint \"br0\""][..]),
            (made, "br0", &[]),
            (made, "br1", &["warning \"br1\""]),
            ("", "virbr0", &[]),
            ("systemd.network.enable = true;", "br0", &[]),
        ] {
            assert_found(&with(host, bridge), ID, expected);
        }
        assert_first_fix(&with(made, "br1"), ID, "Use `br0`", &with(made, "br0"));
    }
}
