//! An address pool outside the ranges that are free for private use.

use super::{Context, Found, voice::Diagnostic};
use crate::{
    address::Scope,
    daemon::network::{Reading, written_pools},
};

rule! {
    /// A default address pool lies outside the ranges that anyone may use.
    ///
    /// ## Why it matters
    /// The Engine does not check what a pool is made of. With public addresses, neither the host nor its containers
    /// reach the machines that own them. Loopback, link-local and multicast addresses do not work in a network at
    /// all; the daemon starts with them where no route of the host covers them.
    ///
    /// ## What to do
    /// Choose a block within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16; for IPv6 within fd00::/8, or one that is
    /// assigned to you.
    ///
    /// ## Example
    /// ```json
    /// {
    ///   "default-address-pools": [
    ///     { "base": "127.0.0.0/8", "size": 24 }
    ///   ]
    /// }
    /// ```
    ///
    /// ## Source
    /// RFC 1918, RFC 4193, RFC 6890; moby/moby#46862; that there is no check: moby
    /// `daemon/libnetwork/ipams/defaultipam/allocator.go`, `splitByIPFamily`
    "address-pool-not-private", [Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for pool in written_pools(context.settings) {
        let (Reading::Pool(read), Some(base)) = (pool.reading(context.engine), pool.base) else {
            continue;
        };
        let block = read.base();
        let (what, why) = match Scope::of(block) {
            Scope::Free => continue,
            Scope::Special(what) => (
                say!("Address pool {block} holds {what}"),
                "Networks with such addresses do not work. Where a route of the host covers them, as many have one to 169.254.0.0/16, the daemon does not start.",
            ),
            Scope::Public => (
                say!("Address pool {block} holds public addresses"),
                "Neither the host nor its containers can then reach the machines on the internet that own them.",
            ),
            Scope::Mixed => (
                say!("Address pool {block} reaches beyond the private ranges"),
                "Its other addresses belong to machines on the internet, which then cannot be reached.",
            ),
        };
        let help = match block.is_ipv4() {
            true => "Choose a block within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.",
            false => "Choose a block within fd00::/8, or one that is assigned to you.",
        };
        found.push(Diagnostic::warning(ID, base.span, what).why(why).help(help));
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::*;

    #[test]
    fn flags_what_is_not_free_for_private_use() {
        for (base, words) in [
            ("10.0.0.0/8", ""),
            ("172.16.0.0/12", ""),
            ("192.168.7.0/24", ""),
            ("100.64.0.0/10", ""),
            ("fd00::/120", ""),
            ("2a00::/120", ""),
            ("10.0.0.0/7", "reaches beyond"),
            ("0.0.0.0/0", "reaches beyond"),
            ("172.0.0.0/8", "reaches beyond"),
            ("8.8.0.0/16", "public"),
            ("127.0.0.0/8", "loopback"),
            ("169.254.0.0/16", "link-local"),
            ("224.0.0.0/8", "multicast"),
            ("0.0.0.0/8", "this host"),
            ("fe80::/120", "link-local"),
            ("::/0", "reaches beyond"),
        ] {
            let size = if base.contains(':') { 124 } else { 24 };
            let text = format!(r#"{{"default-address-pools": [{{"base": "{base}", "size": {size}}}]}}"#);
            let found = diagnose(&text, super::ID);
            match words {
                "" => assert!(found.is_empty(), "{base}"),
                words => assert!(found[0].message.contains(words), "{base}: {}", found[0].message),
            }
        }
    }
}
