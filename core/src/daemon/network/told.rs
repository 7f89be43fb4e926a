//! How do collisions appear among the problems of a text?

use super::{AddressPlan, Clearance, Hit, Outlook, Part};
use crate::{
    daemon::settings::Settings,
    rule::diagnostic::{Diagnostic, Severity},
    text::Span,
};

/// In place of a rule's id, for problems that no rule found but the networks to keep clear of cause.
pub const NETWORKS: &str = "networks";

/// The most collisions that are listed one by one.
const MOST: usize = 8;

const HELP: &str = "Let Docker use other addresses, or leave out the network if you need not reach it.";

/// The collisions as problems, the worst first.
pub(crate) fn problems(clearance: &Clearance, plan: &AddressPlan, settings: &Settings) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    if let Some(block) = &clearance.blocks_start {
        let message = block.sentence.trim_end_matches('.').to_owned();
        found.push(problem(Severity::Error, Span::default(), message).help(block.help.clone()));
    }
    for hit in clearance.hits.iter().take(MOST) {
        let message = hit.sentence.trim_end_matches('.');
        let span = place(hit, plan, settings).unwrap_or_default();
        found.push(problem(clearance.severity_of(hit), span, message.to_owned()).why(hit.why).help(HELP));
    }
    let more = clearance.hits.len().saturating_sub(MOST) + clearance.more;
    if let Some(last) = clearance.hits.get(MOST) {
        let message = ["So do ", &more.to_string(), " more parts of Docker's address space"].concat();
        let message = if more == 1 { "So does one more part of Docker's address space".to_owned() } else { message };
        found.push(problem(clearance.severity_of(last), Span::default(), message).why(last.why).help(HELP));
    }
    if found.is_empty() && clearance.outlook == Outlook::Unsure {
        let message = "Part of what you pasted about your networks was not understood".to_owned();
        found.push(
            problem(Severity::Warning, Span::default(), message)
                .why("A network that collides may be missing.")
                .help("Look at how each line was understood."),
        );
    }
    found
}

fn problem(severity: Severity, span: Span, message: String) -> Diagnostic {
    Diagnostic { severity, ..Diagnostic::warning(NETWORKS, span, message) }
}

/// Where it is written; `None` for what the Engine chooses itself.
fn place(hit: &Hit, plan: &AddressPlan, settings: &Settings) -> Option<Span> {
    let written = |keys: &[&str]| keys.iter().find_map(|it| settings.get(it)).map(|it| it.span);
    match hit.what {
        Part::Pool(index) => Some(plan.pools.get(index)?.spans?.element),
        Part::Docker0 => written(&["bip", "fixed-cidr"]),
        Part::Docker0Ipv6 => written(&["bip6", "fixed-cidr-v6"]),
        Part::InUse(_) | Part::AddedPool | Part::SwarmPool => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Request, analyze,
        daemon::network::{Avoid, pasted},
    };

    #[track_caller]
    fn assert_told(text: &str, networks: &str, expected: &[&str]) {
        let request = Request { avoid: Avoid::gather(&pasted::read(networks), []).into(), ..Request::of(text) };
        let told = |it: &super::Diagnostic| format!("{} {} {}", it.severity, it.span.of(text), it.message);
        let found: Vec<String> = analyze(&request).collisions.iter().map(told).collect();
        assert_eq!(found, expected, "{text} and {networks}");
    }

    #[test]
    fn collisions_are_problems_of_what_is_written() {
        for (text, networks, expected) in [
            ("{}", "", &[][..]),
            ("{}", "10.0.0.0/8", &[]),
            (
                "{}",
                "172.18.0.0/16 the train",
                &["error  Network 1, the first you create, is 172.18.0.0/16, the same as the train"],
            ),
            (
                r#"{"bip": "10.1.0.1/24"}"#,
                "10.0.0.0/8 office",
                &[
                    r#"error "10.1.0.1/24" Docker's default bridge, docker0, is 10.1.0.0/24, which lies in 10.0.0.0/8 (office)"#,
                ],
            ),
            (
                r#"{"bip": "192.168.5.1/24", "default-address-pools": [{"base": "10.1.0.0/16", "size": 24}]}"#,
                "10.0.0.0/8 office",
                &[
                    r#"error {"base": "10.1.0.0/16", "size": 24} Network 1, the first you create, is 10.1.0.0/24, which lies in 10.0.0.0/8 (office)"#,
                ],
            ),
            ("{}", "what?", &["warning  Part of what you pasted about your networks was not understood"]),
        ] {
            assert_told(text, networks, expected);
        }
    }

    #[test]
    fn the_worst_comes_first() {
        for (text, networks, first) in [
            (
                "{}",
                "172.18.0.0/16 the train",
                "Collides as soon as you create a network. Network 1, the first you create, is",
            ),
            (r#"{"host": ["fd://"]}"#, "172.18.0.0/16", "Collides as soon as "),
            // One that few get to is less than a warning.
            (r#"{"host": ["fd://"]}"#, "192.168.240.0/20", "The daemon starts: 1 warning."),
        ] {
            let request = Request { avoid: Avoid::gather(&pasted::read(networks), []).into(), ..Request::of(text) };
            let said = analyze(&request).conclusion();
            assert!(said.starts_with(first), "{said}");
            assert!(said.contains("The daemon starts") && said.contains("ollides "), "{said}");
        }
    }
}
