//! Default options for a network driver that the Engine does not have.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};

rule! {
    /// `default-network-opts` names a driver that the Engine does not have.
    ///
    /// ## Why it matters
    /// The options apply only to new networks of that driver, so to none. The driver may be a plugin, which
    /// is not seen from here.
    ///
    /// ## What to do
    /// Use one of `bridge`, `ipvlan`, `macvlan` and `overlay`, in lower case, or the exact name of a plugin.
    ///
    /// ## Example
    /// ```json
    /// { "default-network-opts": { "brigde": { "com.docker.network.driver.mtu": "1450" } } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/network.go`, `createNetwork`; `daemon/libnetwork/drivers_linux.go`, `registerNetworkDrivers`
    "network-driver-unknown", [Warning, Hint], check
}

const DRIVERS: &[&str] = &["bridge", "ipvlan", "macvlan", "overlay"];

fn check(context: &Context, found: &mut Found) {
    if !context.since(24, 0) {
        return;
    }
    for entry in context.settings.entries("default-network-opts") {
        let name = entry.name;
        if DRIVERS.contains(&name) {
            continue;
        }
        let lower = name.trim().to_ascii_lowercase();
        let nearest = DRIVERS.iter().find(|it| crate::text::words::distance(it, &lower) <= 2);
        let key = entry.setting.key;
        found.push(match nearest {
            Some(right) => Diagnostic::warning(ID, key, say!("The Engine has no network driver `{name}`"))
                .why("These options then apply to no network.")
                .help(say!("Did you mean `{right}`?"))
                .fix(Fix::choice(say!("Rename to `{right}`"), context.rename(key, right))),
            None => Diagnostic::hint(ID, key, say!("Network driver `{name}` is not one of the Engine's own"))
                .why("Whether a plugin of that name is there cannot be seen from here.")
                .help(say!("The Engine's own are {}.", super::voice::listed(DRIVERS.iter().copied(), "and"))),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn knows_the_drivers_of_the_engine() {
        for (text, expected) in [
            (r#"{"default-network-opts": {"Bridge": {}}}"#, &["warning network-driver-unknown 26..34"][..]),
            (r#"{"default-network-opts": {"weave": {}}}"#, &["hint network-driver-unknown 26..33"]),
            (r#"{"default-network-opts": {"bridge": {}, "overlay": {}}}"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
