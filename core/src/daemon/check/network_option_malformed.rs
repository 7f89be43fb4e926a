//! A default network option whose value its driver cannot read.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};
use crate::{
    daemon::{
        options::{Format, Kind},
        settings::Setting,
    },
    docker::go::{net, strconv},
};

rule! {
    /// A default network option whose value its driver cannot read.
    ///
    /// ## Why it matters
    /// The daemon starts, and no network of the driver can be created.
    ///
    /// ## What to do
    /// Truth values are `true` or `false`, numbers are digits without a unit, addresses have no prefix length;
    /// all of them are in quotes.
    ///
    /// ## Example
    /// ```json
    /// { "default-network-opts": { "bridge": { "com.docker.network.bridge.enable_icc": "no" } } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/drivers/bridge/bridge_linux.go`, `networkConfiguration.fromLabels`; `daemon/network.go`
    "network-option-malformed", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for occurrence in context.settings.occurrences() {
        let option = occurrence
            .option
            .filter(|it| it.parent.starts_with("default-network-opts.") && it.exists_in(context.engine));
        let value = Setting::element(&occurrence.member.value).text();
        let (Some(option), Some(value)) = (option, value) else {
            continue;
        };
        let text = value.value;
        let (is_read, wanted) = match option.kind {
            Kind::Text(Format::Bool) => (strconv::parse_bool(text).is_some(), "`true` or `false`"),
            Kind::Text(Format::Integer) => (strconv::atoi(text).is_some(), "a number without a unit"),
            Kind::Text(Format::Address) => (net::parse_ip(text).is_some(), "an address without a prefix length"),
            _ => continue,
        };
        if is_read {
            continue;
        }
        let key = &occurrence.member.key;
        found.push(
            Diagnostic::warning(ID, value.span, say!("`{key}` cannot be `{text}`"))
                .why("The daemon starts, and no network of this driver can be created.")
                .help(say!("Write {wanted}, in quotes."))
                .explained(|diagnostic| {
                    let right = match option.kind {
                        Kind::Text(Format::Bool) => truth(text).map(str::to_owned),
                        Kind::Text(Format::Integer) => {
                            Some(text.trim().to_owned()).filter(|it| strconv::atoi(it).is_some())
                        }
                        _ => text.trim().split('/').next().filter(|it| net::parse_ip(it).is_some()).map(str::to_owned),
                    };
                    let fix = right
                        .map(|right| Fix::choice(say!("Use `{right}`"), context.replace(value.span, right.as_str())));
                    diagnostic.fix(fix)
                }),
        );
    }
}

/// The truth value that a word was meant to be.
fn truth(text: &str) -> Option<&'static str> {
    let is = |words: &[&str]| words.iter().any(|it| it.eq_ignore_ascii_case(text.trim()));
    if is(&["yes", "on", "true", "enabled"]) {
        return Some("true");
    }
    is(&["no", "off", "false", "disabled"]).then_some("false")
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_found;

    #[test]
    fn reads_values_as_the_driver_does() {
        let bridge = "com.docker.network.bridge.enable_icc";
        let mtu = "com.docker.network.driver.mtu";
        let address = "com.docker.network.host_ipv4";
        for (name, value, is_flagged) in [
            (bridge, "true", false),
            (bridge, "0", false),
            (bridge, "yes", true),
            (bridge, "", true),
            (mtu, "1450", false),
            (mtu, "1450b", true),
            (address, "192.0.2.1", false),
            (address, "192.0.2.1/24", true),
        ] {
            let text = format!(r#"{{"default-network-opts": {{"bridge": {{"{name}": "{value}"}}}}}}"#);
            let start = 41 + name.len();
            let expected = format!("warning {ID} {start}..{}", start + 2 + value.len());
            let expected = is_flagged.then_some(&*expected);
            assert_found(&text, ID, expected.as_slice());
        }
    }
}
