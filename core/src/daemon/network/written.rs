//! Address pools as written in the text, and how an Engine reads them.

use super::{AddressPool, Unfit};
use crate::{
    Engine,
    address::Subnet,
    daemon::settings::{Setting, Settings},
    docker::go::net::{self, Cidr},
    document::{Kind, Node},
};

/// An element of `default-address-pools`.
#[derive(Clone, Copy, Debug)]
pub struct WrittenPool<'a> {
    /// The element.
    pub element: Setting<&'a Node>,
    /// Its `base`, when that is text.
    pub base: Option<Setting<&'a str>>,
    /// Its `size`, when that is a whole number.
    pub size: Option<Setting<i64>>,
}

/// How an Engine reads an element of `default-address-pools`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A pool it can cut subnets from.
    Pool(AddressPool),
    /// `null` where an object belongs.
    Null,
    /// A value of the wrong JSON type, about which nothing more can be said.
    WrongType,
    /// No `base`, or an empty one.
    NoBase,
    /// A `base` that is not an address with a prefix length.
    BadBase,
    /// No `size`, or zero.
    NoSize(Cidr),
    /// A `size` that makes each subnet larger than the pool.
    SizeTooSmall(Cidr, i64),
    /// A `size` beyond the length of an address.
    SizeTooLarge(Cidr, i64),
    /// An IPv4 block in IPv6 notation that this Engine cannot cut.
    Mapped(Cidr),
}

/// The elements of `default-address-pools`, in the order written.
pub fn written_pools<'a>(settings: &Settings<'a>) -> Vec<WrittenPool<'a>> {
    let elements = settings.elements("default-address-pools").into_iter();
    elements
        .map(|element| WrittenPool {
            element,
            base: element.member("base").and_then(Setting::text),
            size: element.member("size").and_then(Setting::integer),
        })
        .collect()
}

impl WrittenPool<'_> {
    /// How `engine` reads it.
    ///
    /// Source: moby libnetwork/ipamutils/utils.go, `SplitNetworks`, up to 26.1;
    /// daemon/libnetwork/ipams/defaultipam/allocator.go, `splitByIPFamily`, from 27.0 on.
    pub fn reading(&self, engine: Engine) -> Reading {
        match self.element.value.kind {
            Kind::Null => return Reading::Null,
            Kind::Map(_) => {}
            _ => return Reading::WrongType,
        }
        let is_mistyped = |name: &str, is_read: bool| self.element.member(name).is_some() && !is_read;
        if is_mistyped("base", self.base.is_some()) || is_mistyped("size", self.size.is_some()) {
            return Reading::WrongType;
        }
        let Some(base) = self.base.filter(|it| !it.value.is_empty()) else {
            return Reading::NoBase;
        };
        let is_sorted = engine.sorts_pools();
        let parse = if is_sorted { net::parse_prefix } else { net::parse_cidr };
        let Some(base) = parse(base.value) else {
            return Reading::BadBase;
        };
        let size = self.size.map_or(0, |it| it.value);
        match size {
            0 => Reading::NoSize(base),
            size if size < base.bits.into() => Reading::SizeTooSmall(base, size),
            size if base.is_mapped() => mapped(base, size, engine),
            size => fit(base, size, base),
        }
    }
}

fn fit(base: Cidr, size: i64, written: Cidr) -> Reading {
    match AddressPool::new(Subnet::of(base), size) {
        Ok(pool) => Reading::Pool(pool),
        Err(Unfit::LargerThanPool) => Reading::SizeTooSmall(written, size),
        Err(Unfit::LongerThanAddress) => Reading::SizeTooLarge(written, size),
    }
}

/// Since 27.0 the address counts as IPv4 and the prefix length stays; up to 23.0 both count as IPv4.
fn mapped(base: Cidr, size: i64, engine: Engine) -> Reading {
    let ipv4 = |bits| Cidr { addr: base.addr.to_canonical(), bits };
    let is_sorted = engine.sorts_pools();
    match base.bits.checked_sub(96) {
        None if is_sorted && base.bits <= 32 => fit(ipv4(base.bits), size, base),
        None if !is_sorted => fit(base, size, base),
        Some(bits) if engine < Engine::new(24, 0, 0) => fit(ipv4(bits), size - 96, base),
        _ => Reading::Mapped(base),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daemon::dialect::DAEMON_JSON;

    #[track_caller]
    fn reading(pool: &str, engine: &str) -> String {
        let document = DAEMON_JSON.read(&format!(r#"{{"default-address-pools": [{pool}]}}"#));
        let engine = engine.parse().expect("an Engine");
        let settings = Settings::of(&document, engine);
        match written_pools(&settings).first().expect("a pool").reading(engine) {
            Reading::Pool(pool) => format!("{} {}", pool.base(), pool.size()),
            other => format!("{other:?}").split('(').next().unwrap_or_default().to_owned(),
        }
    }

    #[test]
    fn engines_differ_in_what_they_read() {
        for (pool, old, new) in [
            (r#"{"base": "10.1.0.0/16", "size": 24}"#, "10.1.0.0/16 24", "10.1.0.0/16 24"),
            (r#"{"base": "10.1.2.3/16", "size": 24}"#, "10.1.0.0/16 24", "10.1.0.0/16 24"),
            (r#"{"BASE": "10.1.0.0/16", "Size": 24}"#, "10.1.0.0/16 24", "10.1.0.0/16 24"),
            (r#"{"base": "10.1.0.0/016", "size": 24}"#, "10.1.0.0/16 24", "BadBase"),
            (r#"{"base": "10.1.0.0", "size": 24}"#, "BadBase", "BadBase"),
            (r#"{"base": "10.1.0.0/16", "size": 12}"#, "SizeTooSmall", "SizeTooSmall"),
            (r#"{"base": "10.1.0.0/16", "size": -1}"#, "SizeTooSmall", "SizeTooSmall"),
            (r#"{"base": "10.1.0.0/16", "size": 33}"#, "SizeTooLarge", "SizeTooLarge"),
            (r#"{"base": "10.1.0.0/16"}"#, "NoSize", "NoSize"),
            (r#"{"base": "10.1.0.0/16", "size": null}"#, "NoSize", "NoSize"),
            (r#"{"base": "10.1.0.0/16", "size": "24"}"#, "WrongType", "WrongType"),
            (r#"{"base": "", "size": 24}"#, "NoBase", "NoBase"),
            (r#"{"size": 24}"#, "NoBase", "NoBase"),
            ("{}", "NoBase", "NoBase"),
            ("null", "Null", "Null"),
            (r#""10.1.0.0/16""#, "WrongType", "WrongType"),
            // IPv4-mapped notation.
            (r#"{"base": "::ffff:10.0.0.0/112", "size": 24}"#, "SizeTooSmall", "SizeTooSmall"),
            (r#"{"base": "::ffff:10.0.0.0/112", "size": 120}"#, "Mapped", "Mapped"),
            (r#"{"base": "::ffff:10.0.0.0/16", "size": 24}"#, "::/16 24", "10.0.0.0/16 24"),
        ] {
            assert_eq!(reading(pool, "26"), old, "{pool} on 26");
            assert_eq!(reading(pool, "29"), new, "{pool} on 29");
        }
        let pool = r#"{"base": "::ffff:10.0.0.0/112", "size": 120}"#;
        assert_eq!(reading(pool, "20.10"), "10.0.0.0/16 24");
    }
}
