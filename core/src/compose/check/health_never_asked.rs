//! A dependency on health that nothing asks for.

use super::{Context, Diagnostic};
use std::collections::HashMap;

use crate::containers::model::{Condition, HealthTest};

rule! {
    /// A service waits until another is healthy, and that has no health check.
    ///
    /// ## Why it matters
    /// Unless the image brings a check of its own, the other one is never healthy, and Compose stops with an error.
    ///
    /// ## What to do
    /// Write `healthcheck` for it, or wait for `service_started`.
    ///
    /// ## Example
    /// ```yaml
    /// services:
    ///   web:
    ///     image: app:1
    ///     depends_on:
    ///       db: { condition: service_healthy }
    ///   db:
    ///     image: postgres:17
    /// ```
    ///
    /// ## Source
    /// docker/compose `pkg/compose/convergence.go`, `waitDependencies`, `isServiceHealthy`
    "health-never-asked", [Warning, Hint], check
}

fn check(context: &Context, found: &mut Vec<Diagnostic>) {
    let containers = &context.project().containers;
    let places: HashMap<&str, _> = containers.iter().map(|it| (it.name.as_str(), it)).collect();
    for dependency in containers.iter().flat_map(|it| &it.depends_on) {
        let is_waiting = dependency.value.condition == Condition::Healthy;
        let Some(other) = places.get(dependency.value.on.as_str()).filter(|_| is_waiting) else { continue };
        let on = &other.name;
        let (message, why) = match other.health.as_ref().map(|it| &it.value.test) {
            Some(HealthTest::Shell(_) | HealthTest::Words(_)) => continue,
            Some(HealthTest::Off) => (
                format!("`{on}` is never healthy: its health check is off"),
                "The service that waits for it never starts.",
            ),
            None | Some(HealthTest::Image) => (
                format!("`{on}` has no health check here"),
                "Unless its image brings one, it is never healthy, and the service that waits for it never starts.",
            ),
        };
        // Those of Docker's library bring none, others may.
        let image = other.image.as_ref().map_or("", |it| it.value.as_str());
        let is_sure = other.health.as_ref().is_some_and(|it| it.value.test == HealthTest::Off);
        let is_likely = is_sure || !image.is_empty() && !image.contains('/');
        let tell = if is_likely { Diagnostic::warning } else { Diagnostic::hint };
        found.push(
            tell(ID, dependency.span, message)
                .related(other.span, "the service that is waited for")
                .why(why)
                .help("Write `healthcheck` with a `test` for it, or wait for `service_started`."),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::compose::check::tests::*;

    #[test]
    fn whoever_waits_for_health_needs_a_check() {
        let file = |health: &str| {
            format!(
                "services: {{a: {{depends_on: {{b: {{condition: service_healthy}}}}}}, b: {{image: x, {health}}}}}\n"
            )
        };
        let flagged = ["warning b: {condition: service_healthy}"];
        for (health, expected) in [
            ("", &flagged[..]),
            ("healthcheck: {interval: 5s}", &flagged),
            ("healthcheck: {disable: true}", &flagged),
            ("healthcheck: {test: 'true'}", &[]),
        ] {
            assert_flags(&file(health), super::ID, expected);
        }
        let other = "services: {a: {depends_on: {b: {condition: service_healthy}}}, b: {image: own/x}}\n";
        assert_flags(other, super::ID, &["hint b: {condition: service_healthy}"]);
        assert_flags("services: {a: {depends_on: [b]}, b: {}}\n", super::ID, &[]);
    }
}
