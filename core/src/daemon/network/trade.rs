//! What does the `size` of a pool trade off? More networks against more room in each of them.

use super::AddressPool;
use crate::{address::Subnet, daemon::settings::Setting, docker::go::net::parse_cidr, document::Node};

/// The option whose elements are pools.
const POOL: &str = "default-address-pools[]";

/// Longer prefixes are not offered: a /31 has room for one container, and IPv6 networks are /64 by custom (RFC 4291, 2.5.1).
const LONGEST: (u8, u8) = (30, 64);

/// The choice of a number, and what it amounts to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trade {
    /// The member that holds the number.
    pub member: &'static str,
    /// The least that is offered: one network as wide as the pool.
    pub least: u8,
    /// The most that is offered.
    pub most: u8,
    /// The number now.
    pub now: u8,
    /// What it amounts to: "256 networks, each of 256 addresses, 253 of them for containers".
    pub sentence: String,
}

impl Trade {
    /// The trade-off of the value at `table`, a path in the table of options; `None` where there is none, or where
    /// the pool cannot be cut as it is.
    pub fn of(table: &str, node: &Node) -> Option<Self> {
        if table != POOL {
            return None;
        }
        let pool = Setting::element(node);
        let member = |name: &str| pool.member(name).map(|it| it.value);
        let base = Subnet::of(parse_cidr(member("base")?.as_str()?)?);
        let pool = AddressPool::new(base, member("size")?.as_integer()?).ok()?;
        let longest = if base.is_ipv4() { LONGEST.0 } else { LONGEST.1 };
        Some(Self {
            member: "size",
            least: base.prefix_len(),
            most: longest.max(base.prefix_len()).max(pool.size()),
            now: pool.size(),
            sentence: sentence(pool),
        })
    }
}

fn sentence(pool: AddressPool) -> String {
    let capacity = pool.capacity();
    let networks = match capacity.networks_exponent {
        0 => "1 network".to_owned(),
        _ => [&capacity.networks().to_string(), " networks, each"].concat(),
    };
    let addresses = match capacity.addresses_exponent {
        0 => "1 address".to_owned(),
        _ => [&capacity.addresses().to_string(), " addresses"].concat(),
    };
    let containers = capacity.containers().to_string();
    [&networks, " of ", &addresses, ", ", &containers, " of them for containers"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notation::json::read;

    #[track_caller]
    fn trade(text: &str) -> Option<Trade> {
        Trade::of(POOL, &read(text).root)
    }

    #[test]
    fn says_what_a_size_comes_to() {
        for (base, size, range, sentence) in [
            ("10.201.0.0/16", 24, (16, 30), "256 networks, each of 256 addresses, 253 of them for containers"),
            ("172.16.0.0/12", 24, (12, 30), "4,096 networks, each of 256 addresses, 253 of them for containers"),
            ("10.0.0.0/24", 24, (24, 30), "1 network of 256 addresses, 253 of them for containers"),
            ("10.0.0.0/24", 32, (24, 32), "256 networks, each of 1 address, 0 of them for containers"),
            ("fd00::/48", 64, (48, 64), "65,536 networks, each of 2^64 addresses, 2^64 of them for containers"),
        ] {
            let found = trade(&format!(r#"{{ "base": "{base}", "Size": {size} }}"#)).expect(base);
            assert_eq!(found.sentence, sentence);
            assert_eq!(((found.least, found.most), i64::from(found.now)), (range, size));
        }
    }

    #[test]
    fn trades_nothing_where_nothing_can_be_cut() {
        for text in [
            "{}",
            r#"{ "base": "10.0.0.0/16" }"#,
            r#"{ "base": "10.0.0.0/16", "size": 8 }"#,
            r#"{ "base": "10.0.0.0", "size": 24 }"#,
            r#"{ "base": "10.0.0.0/16", "size": "24" }"#,
        ] {
            assert_eq!(trade(text), None, "{text}");
        }
        let pool = read(r#"{ "base": "10.0.0.0/16", "size": 24 }"#);
        assert_eq!(Trade::of("log-opts", &pool.root), None);
        let again = trade(r#"{ "base": "10.0.0.0/16", "base": null, "size": 24 }"#); // null does not count
        assert_eq!(again.map(|it| it.now), Some(24));
    }
}
