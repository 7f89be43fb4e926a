//! An address pool without base or size.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    address::Subnet,
    daemon::network::{Reading, WrittenPool, written_pools},
    document::{Change, Step, Value},
};

rule! {
    /// A default address pool lacks its `base` or its `size`, or is `null`.
    ///
    /// ## Why it matters
    /// The daemon accepts the file and then does not start: it knows no default for either. A `null` among the pools
    /// makes it crash.
    ///
    /// ## What to do
    /// Give each pool a `base`, the block to cut subnets from, and a `size`, the prefix length of each subnet.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "default-address-pools": [
    ///     { "base": "10.20.0.0/16" }
    ///   ]
    /// }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/libnetwork/ipams/defaultipam/allocator.go`, `splitByIPFamily`; before 27.0
    /// `libnetwork/ipamutils/utils.go`, `SplitNetworks`
    "address-pool-incomplete", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for (index, pool) in written_pools(context.settings).into_iter().enumerate() {
        found.extend(match pool.reading(context.engine) {
            Reading::Null => Some(null(context, &pool)),
            Reading::NoBase => Some(without_base(&pool)),
            Reading::NoSize(base) => Some(without_size(context, &pool, index, Subnet::of(base))),
            _ => None,
        });
    }
}

fn null(context: &Context, pool: &WrittenPool) -> Diagnostic {
    let span = pool.element.span;
    Diagnostic::error(ID, Stage::Start, span, "`null` is not an address pool")
        .why("The daemon crashes on it when it starts.")
        .help("Take it out, or write an object with `base` and `size`.")
        .fix(Fix::safe("Remove the `null`", context.remove(span)))
}

fn without_base(pool: &WrittenPool) -> Diagnostic {
    let (span, message) = match pool.base {
        Some(empty) => (empty.span, "The `base` of this address pool is empty"),
        None => (pool.element.span, "Address pool without a `base`"),
    };
    Diagnostic::error(ID, Stage::Start, span, message)
        .why("The Engine does not know which block to cut subnets from, and does not start.")
        .help("Add the block, such as `\"base\": \"10.20.0.0/16\"`.")
}

fn without_size(context: &Context, pool: &WrittenPool, index: usize, base: Subnet) -> Diagnostic {
    let written = pool.element.member("size");
    let (span, message) = match written {
        Some(zero) => (zero.span, say!("Address pool {base} has the `size` 0")),
        None => (pool.element.span, say!("Address pool {base} has no `size`")),
    };
    let size = usual_size(base);
    let change = || match written {
        Some(zero) => Change::Replace { span: zero.span, value: Value::integer(size.into()) },
        None => Change::Set {
            path: vec![Step::Key("default-address-pools".to_owned()), Step::Index(index), Step::Key("size".to_owned())],
            value: Value::integer(size.into()),
        },
    };
    Diagnostic::error(ID, Stage::Start, span, message)
        .why("The Engine does not know how large each subnet should be, and does not start.")
        .help(say!("Set `size` to the prefix length of each subnet, such as {size}."))
        .fix(Fix::choice(say!("Set `size` to {size}"), context.edit(change)))
}

/// The usual prefix length of networks cut from such a block.
pub(super) fn usual_size(base: Subnet) -> u8 {
    let usual = if base.is_ipv4() { 24 } else { 64 };
    usual.max(base.prefix_len())
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_what_is_missing() {
        for (pool, expected) in [
            ("null", &["error null"][..]),
            ("{}", &["error {}"]),
            (r#"{"size": 24}"#, &[r#"error {"size": 24}"#]),
            (r#"{"base": "", "size": 24}"#, &[r#"error """#]),
            (r#"{"base": "10.0.0.0/16"}"#, &[r#"error {"base": "10.0.0.0/16"}"#]),
            (r#"{"base": "10.0.0.0/16", "size": 0}"#, &["error 0"]),
            (r#"{"base": "10.0.0.0/16", "size": 24}"#, &[]),
            (r#"{"base": "10.0.0.0/16", "size": "24"}"#, &[]), // wrong type
        ] {
            let text = format!(r#"{{"default-address-pools": [{pool}]}}"#);
            for engine in ["20.10", "26", "29"] {
                assert_flags(engine, &text, super::ID, expected);
            }
        }
    }
}
