//! Services that wait for each other.

use super::{Context, Diagnostic, Stage};
use std::collections::HashMap;

rule! {
    /// Services wait for each other.
    ///
    /// ## Why it matters
    /// None of them could be the first to start, so Compose refuses the file; so does systemd.
    ///
    /// ## What to do
    /// Take one of the dependencies out.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   a: { image: "app:1", depends_on: [b] }
    ///   b: { image: "app:1", depends_on: [a] }
    /// ```
    ///
    /// ## Source
    /// compose-go `graph/cycle.go`, `CheckCycle`
    "dependency-cycle", [Error], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let containers = &context.project().containers;
    let places: HashMap<&str, usize> = containers.iter().enumerate().map(|(at, it)| (it.name.as_str(), at)).collect();
    // 0: not seen yet, 1: on the way from the first, 2: done.
    // What is not started waits for nobody.
    let mut seen: Vec<u8> = containers.iter().map(|it| if it.auto_start.is_some() { 2 } else { 0 }).collect();
    for start in 0..containers.len() {
        let mut way = vec![(start, 0)];
        while let Some((at, next)) = way.last_mut() {
            let (from, edge) = (*at, *next);
            *next += 1;
            let Some(container) = containers.get(from).filter(|_| seen.get(from) != Some(&2)) else {
                way.pop();
                continue;
            };
            seen[from] = 1;
            let Some(dependency) = container.depends_on.get(edge) else {
                seen[from] = 2;
                way.pop();
                continue;
            };
            let Some(to) = places.get(dependency.value.on.as_str()).copied() else { continue };
            match seen[to] {
                0 => way.push((to, 0)),
                1 => {
                    let first = way.iter().position(|it| it.0 == to).unwrap_or_default();
                    let names = way.iter().skip(first).filter_map(|it| containers.get(it.0)).map(|it| it.name.as_str());
                    let mut names: Vec<&str> = names.take(10).collect();
                    names.push(&dependency.value.on);
                    let message = format!("Services wait for each other: {}", names.join(" → "));
                    found.push(
                        Diagnostic::error(ID, Stage::Load, dependency.span, message)
                            .why("None of them could be the first to start.")
                            .help("Take one of these dependencies out; links, `volumes_from` and `network_mode: service:` count as such."),
                    );
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn cycles_are_found_once() {
        assert_flags(
            "services: {a: {depends_on: [b]}, b: {depends_on: [c]}, c: {depends_on: [a]}}\n",
            super::ID,
            &["error a"],
        );
        assert_flags("services: {a: {depends_on: [a]}}\n", super::ID, &["error a"]);
        assert_flags("services: {a: {depends_on: [b, c]}, b: {depends_on: [c]}, c: {}}\n", super::ID, &[]);
        assert_flags(
            "services: {a: {links: [b]}, b: {network_mode: 'service:a'}}\n",
            super::ID,
            &["error 'service:a'"],
        );
        let found = diagnose_all("services: {a: {image: i:1, depends_on: [b]}, b: {image: i:1, depends_on: [a]}}\n");
        let said: Vec<_> = found.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(said, ["Services wait for each other: a → b → a"]);
    }

    #[test]
    fn long_chains_cost_no_stack() {
        let chain: String = (0..20_000).map(|it| format!("  s{it}: {{depends_on: [s{}]}}\n", it + 1)).collect();
        assert_flags(&["services:\n", &chain].concat(), super::ID, &[]);
    }
}
