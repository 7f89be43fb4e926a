//! A name that does not fit into that of an interface.

use super::{Context, Diagnostic, Found, Shape};

rule! {
    /// A name of more than 11 characters, of a container with a network of its own.
    ///
    /// ## Why it matters
    /// The host's end is called `ve-` and the name. Names of interfaces have at most 15 characters: where it is longer,
    /// systemd cuts it and adds a hash, and the whole name is a second one. Before Linux 5.8 there is no second name, and
    /// nixos-rebuild stops. `nixos-container create` refuses such a name, too.
    ///
    /// ## What to do
    /// Take a name of at most 11 characters where rules of a firewall name the interface; a wildcard finds it all the same.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   containers.communication = {
    ///     privateNetwork = true;
    ///     hostAddress = "192.168.100.10";
    ///     localAddress = "192.168.100.11";
    ///     config.system.stateVersion = "25.11";
    ///   };
    /// }
    /// ```
    ///
    /// ## Source
    /// nixpkgs `nixos/modules/virtualisation/nixos-containers.nix`, `assertions`; pull request 100433; systemd
    /// `src/nspawn/nspawn-network.c`, `shorten_ifname`
    "name-long", [Hint], check
}

/// The longest name that fits.
const LONGEST: usize = 11;

fn check(context: &Context, found: &mut Found) {
    for container in context.containers().filter(|it| !it.is_name_open && it.name.len() > LONGEST) {
        if matches!(container.shape(), Shape::Routed | Shape::Bridged) {
            let name = &container.name;
            found.push(
                Diagnostic::hint(ID, container.span, format!("The interface of `{name}` has a name that is cut off"))
                    .why("With `ve-` before it the name is longer than that of an interface can be. Before Linux 5.8 nixos-rebuild stops.")
                    .help(format!("Take a name of at most {LONGEST} characters, or name interfaces by a wildcard alone.")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::native::check::tests::*;

    #[test]
    fn names_fit_into_those_of_interfaces() {
        let with = |name: &str, rest: &str| format!("{{ containers.{name} = {{ {rest} }}; }}");
        let routed = "privateNetwork = true; localAddress = \"10.7.0.2\";";
        assert_found(&with("abcdefghijk", routed), ID, &[]);
        assert_found(&with("abcdefghijkl", routed), ID, &["hint abcdefghijkl"]);
        assert_found(&with("abcdefghijkl", ""), ID, &[]);
    }
}
