//! Which edits of the text carry a candidate out?

use super::{Candidate, Reason, Search, ULA, any_ipv6, exponent, networks_of};
use crate::{
    address::Subnet,
    daemon::network::{
        AddressPool, Origin,
        avoid::overlapping,
        space::{any_block, block, gaps, union},
    },
    document::{CannotEdit, Change, Step, Value, edit::edit_all},
    text::{Edits, order},
};

impl Search<'_> {
    pub(super) fn edits(&self, candidate: &Candidate) -> Result<(Edits, String), CannotEdit> {
        const POOLS: &str = "default-address-pools";
        let mut changes = Vec::new();
        let plan = &self.report.plan;
        let hit_ipv6 = self.hit.iter().filter(|it| !it.pool.base().is_ipv4());
        let hit_ipv6: Vec<usize> = hit_ipv6.map(|it| it.index).collect();
        let kept_ipv6 = self.kept.iter().map(|it| it.pool).filter(|it| !it.base().is_ipv4());
        let kept_ipv6: Vec<AddressPool> = kept_ipv6.collect();
        let ipv6 = self.ipv6_pool(&kept_ipv6, !hit_ipv6.is_empty());
        let is_list_new = matches!(candidate.reason, Reason::Replaces | Reason::OwnPools);
        let is_listed_first = plan.from_defaults && !is_list_new && ipv6.is_some();
        if is_list_new || is_listed_first {
            let ipv4 = match is_list_new {
                true => &candidate.added,
                false => &candidate.pools,
            };
            let pools = ipv4.iter().chain(&kept_ipv6).chain(&ipv6);
            changes.push(Change::Set {
                path: Step::top(POOLS),
                value: Value::List(pools.map(|it| it.written()).collect()),
            });
        } else {
            let at = |index: usize| [Step::top(POOLS), vec![Step::Index(index)]].concat();
            for (index, pool) in &candidate.narrowed {
                changes.push(Change::Set {
                    path: [at(*index), Step::top("base")].concat(),
                    value: Value::string(pool.base().to_string()),
                });
            }
            let mut dropped = [&candidate.dropped[..], &hit_ipv6].concat();
            order::sort(&mut dropped, Ord::cmp);
            dropped.dedup();
            let length = self.listed.saturating_sub(dropped.len());
            changes.push(Change::UnsetElements { path: Step::top(POOLS), indices: dropped });
            let added = candidate.added.iter().chain(&ipv6);
            changes.extend(
                (length..).zip(added).map(|(index, pool)| Change::Set { path: at(index), value: pool.written() }),
            );
        }
        if let Some(subnet) = candidate.docker0 {
            changes.extend(self.moved(subnet, "bip", "fixed-cidr", "default-gateway"));
        }
        let docker0_ipv6 = plan.docker0_ipv6.filter(|it| {
            let is_hit = |it| !overlapping(self.avoid().merged(), it).is_empty();
            matches!(it.origin, Origin::Address | Origin::Range) && it.subnet.is_some_and(is_hit)
        });
        if let Some(bridge) = docker0_ipv6
            && let Some(subnet) = self.unique_local(64, 1)
        {
            match bridge.origin {
                Origin::Address => {
                    changes.extend(self.moved(subnet, "bip6", "fixed-cidr-v6", "default-gateway-v6"));
                }
                _ => {
                    changes.push(Change::Set {
                        path: Step::top("fixed-cidr-v6"),
                        value: Value::string(subnet.to_string()),
                    });
                    changes.push(Change::Unset { path: Step::top("default-gateway-v6") });
                }
            }
        }
        let document = &self.report.document;
        let edits = edit_all(&self.request.text, document, &changes)?;
        let text = edits.apply(&self.request.text);
        Ok((edits, text))
    }

    /// What gives docker0 another subnet, and takes out what was meant for the old one.
    fn moved(&self, subnet: Subnet, address: &str, range: &str, gateway: &str) -> Vec<Change> {
        let host = subnet.address(1).unwrap_or(subnet.network_address());
        let mut changes = vec![Change::Set {
            path: Step::top(address),
            value: Value::string(format!("{host}/{}", subnet.prefix_len())),
        }];
        for key in [range, gateway] {
            if self.settings.get(key).is_some() {
                changes.push(Change::Unset { path: Step::top(key) });
            }
        }
        changes
    }

    /// A pool of unique local addresses, if one is needed.
    fn ipv6_pool(&self, kept: &[AddressPool], is_hit: bool) -> Option<AddressPool> {
        let is_clear = overlapping(self.avoid().merged(), block(ULA, 8, any_ipv6())).is_empty();
        let is_added = self.report.plan.adds_ipv6 && is_clear;
        let need = u128::from(self.wish.networks) + 1;
        let has_enough = networks_of(kept) >= need || is_added || !self.wish.ipv6;
        if has_enough && !(is_hit && kept.is_empty()) {
            return None;
        }
        // Up to 26.1 the Engine counts IPv6 networks in the lower half of the address only.
        let (widest, size) = match self.request.engine.sorts_pools() {
            true => (48, 64),
            false => (64, 80),
        };
        let base = self.unique_local(widest.min(size - exponent(need).min(size)), 0)?;
        AddressPool::new(base, size.into()).ok()
    }

    /// A clear block of unique local addresses. Its place follows from the text, so that few share it.
    ///
    /// Source: RFC 4193, 3.2.2 (which asks for chance; the Engine itself takes a hash).
    pub(super) fn unique_local(&self, prefix_len: u8, salt: u8) -> Option<Subnet> {
        let within = block(ULA, 8, any_ipv6());
        // FNV-1a.
        let mut hash = 0xCBF2_9CE4_8422_2325_u64;
        for byte in self.request.text.bytes().chain([salt]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
        let busy = union(&self.busy, &self.kept_bases());
        any_block(&gaps(within, &busy), prefix_len, within, hash)
    }
}
