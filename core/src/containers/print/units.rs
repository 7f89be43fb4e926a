//! What does systemd do where the runtime would start a container again, or wait for another one?

use std::collections::HashMap;

use super::{Backend, Context, Report};
use crate::{
    containers::model::{At, Condition, Container, Dependency, Health, HealthTest, Restart, RestartPolicy},
    docker::go::time,
};

/// When a unit is started again.
pub(super) struct Again {
    /// `Restart=`.
    pub restart: &'static str,
    /// `RestartSec=`.
    pub delay: Option<String>,
    /// Whether the delay grows up to a minute, as Docker's does.
    pub grows: bool,
    /// `StartLimitBurst=`.
    pub burst: Option<u64>,
    /// `StartLimitIntervalSec=`.
    pub interval: Option<String>,
}

impl Context<'_> {
    /// When the unit of a container is started again; `None` to leave it to the module.
    ///
    /// Docker starts it again after 100 ms, and doubles that up to a minute; systemd gives up after five starts in ten
    /// seconds unless told otherwise. `on-failure:3` means three further starts, and systemd counts the first one too.
    ///
    /// Source: moby `daemon/internal/restartmanager/restartmanager.go`, `ShouldRestart`; systemd.unit(5),
    /// `StartLimitIntervalSec=`; systemd.service(5), `RestartSteps=` (since 254)
    pub fn again(&self, container: &Container, completes: bool, report: &mut Report) -> Option<Again> {
        let never = Again { restart: "no", delay: None, grows: false, burst: None, interval: None };
        let Some(At { value, span }) = &container.restart else {
            return (completes || !self.choices.keeps_running).then_some(never);
        };
        let Restart { policy, attempts, delay, window } = value;
        let restart = match policy {
            RestartPolicy::No => "no",
            RestartPolicy::OnFailure => "on-failure",
            // systemd knows no other for what is to end.
            RestartPolicy::Always | RestartPolicy::UnlessStopped if completes => "on-failure",
            RestartPolicy::Always | RestartPolicy::UnlessStopped => "always",
        };
        match policy {
            RestartPolicy::UnlessStopped => {
                let how = "systemd starts it again whenever it ends; what `systemctl stop` stopped starts with the machine again.";
                report.told.changed(*span, how);
            }
            RestartPolicy::Always if completes => {
                let how = "Others wait for it to end well, so it is started again only when it failed.";
                report.told.changed(*span, how);
            }
            _ => report.told.carried(*span, ["Restart=", restart].concat()),
        }
        if *policy == RestartPolicy::No {
            return Some(never);
        }
        let burst = attempts.filter(|it| *it > 0).map(|it| it.saturating_add(1));
        let seconds = |it: &Option<String>| it.as_deref().map(systemd_time);
        let interval = match (burst, seconds(window)) {
            (_, Some(window)) => window,
            (Some(_), None) => "infinity".to_owned(),
            (None, None) => "0".to_owned(),
        };
        Some(Again {
            restart,
            delay: seconds(delay),
            grows: delay.is_none() && burst.is_none(),
            burst,
            interval: Some(interval),
        })
    }
}

/// A duration of Docker as systemd reads it; what is none stays as it is.
pub(super) fn systemd_time(text: &str) -> String {
    match time::parse_duration(text) {
        Some(it) if it % time::SECOND == 0 => format!("{}s", it / time::SECOND),
        Some(it) if it % 1_000_000 == 0 => format!("{}ms", it / 1_000_000),
        Some(it) => format!("{}us", it / 1_000),
        None => text.chars().filter(|it| !it.is_control()).collect(),
    }
}

/// How long Docker is asked whether a container is well, in seconds: as long as it takes to say that it is not.
///
/// Source: moby daemon/health.go, `defaultProbeInterval`, `defaultProbeTimeout`, `defaultProbeRetries`: what the text does
/// not say may be said by the image, so without any number it is five minutes.
pub(super) fn patience(container: &Container) -> i64 {
    let Some(At { value, span: _ }) = &container.health else { return 300 };
    let Health { test: _, interval, timeout, start_period, start_interval: _, retries } = value;
    if [interval, timeout, start_period].iter().all(|it| it.is_none()) && retries.is_none() {
        return 300;
    }
    let seconds = |it: &Option<String>, usual: i64| {
        let duration = it.as_deref().and_then(time::parse_duration);
        duration.map_or(usual, |it| it.max(0).saturating_add(time::SECOND - 1) / time::SECOND)
    };
    let retries = retries.map_or(3, |it| i64::try_from(it).unwrap_or(i64::MAX));
    let once = seconds(interval, 30).saturating_add(seconds(timeout, 30));
    once.saturating_mul(retries).saturating_add(seconds(start_period, 0)).clamp(60, 3600)
}

/// How containers wait for each other.
pub(super) struct Waits<'a> {
    /// What others have to see of a container, by its name: that it is well, that it has ended.
    asked: HashMap<&'a str, (bool, bool)>,
    containers: HashMap<&'a str, &'a Container>,
}

/// What a unit waits for.
#[derive(Default)]
pub(super) struct Order<'a> {
    /// Containers that it cannot do without, by their names.
    pub requires: Vec<&'a str>,
    /// Containers that it would rather have.
    pub wants: Vec<&'a str>,
    /// Containers that it starts again with.
    pub part_of: Vec<&'a str>,
}

impl<'a> Waits<'a> {
    pub fn of(context: &Context<'a>) -> Self {
        let mut asked: HashMap<&str, (bool, bool)> = HashMap::new();
        for At { value, span: _ } in context.project.containers.iter().flat_map(|it| &it.depends_on) {
            let (healthy, completed) = asked.entry(&value.on).or_default();
            *healthy |= value.condition == Condition::Healthy;
            *completed |= value.condition == Condition::Completed;
        }
        let containers = context.project.containers.iter().map(|it| (&*it.name, it)).collect();
        Self { asked, containers }
    }

    /// Whether a container is to end well before others start.
    pub fn completes(&self, container: &Container) -> bool {
        self.asked.get(&*container.name).is_some_and(|it| it.1)
    }

    /// Whether a container is to be well before others start.
    pub fn is_asked(&self, container: &Container) -> bool {
        let can_say = container.health.as_ref().is_none_or(|it| it.value.test != HealthTest::Off);
        can_say && self.asked.get(&*container.name).is_some_and(|it| it.0 && !it.1)
    }

    /// What a container waits for; each dependency is told.
    pub fn order(&self, context: &Context<'a>, container: &'a Container, report: &mut Report) -> Order<'a> {
        let mut order = Order::default();
        for At { value, span } in &container.depends_on {
            let Dependency { on, condition, is_required, restarts } = value;
            let Some(other) = self.containers.get(&**on) else {
                report.told.dropped(*span, ["There is no container `", on, "` to wait for."].concat());
                continue;
            };
            if *on == container.name {
                report.told.dropped(*span, "A container cannot wait for itself.");
                continue;
            }
            match is_required {
                true => order.requires.push(on),
                false => order.wants.push(on),
            }
            if *restarts {
                order.part_of.push(on);
            }
            match condition {
                Condition::Started => report.told.carried(*span, "the order of units"),
                Condition::Completed => {
                    report
                        .told
                        .changed(*span, "The unit of the other container counts as started when it has ended well.");
                }
                Condition::Healthy => {
                    let has_test = other.health.as_ref().is_none_or(|it| it.value.test != HealthTest::Off);
                    let how = match (has_test, context.choices.backend) {
                        (false, _) => {
                            "The other container has no health check, so this one would wait in vain: it waits for its start only."
                        }
                        (true, Backend::Podman) => {
                            "Podman tells systemd when the other container is well, and its unit counts as started only then."
                        }
                        (true, Backend::Docker) => {
                            "The unit of the other container counts as started when Docker says that it is well, which it asks for up to SECONDS seconds."
                        }
                    };
                    report.told.changed(*span, how.replace("SECONDS", &patience(other).to_string()));
                }
            }
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn waits_as_long_as_docker_takes_to_say_that_a_container_is_not_well() {
        for (interval, timeout, start_period, retries, expected) in [
            ("", "", "", None, 300), // what the image says
            ("10s", "5s", "", Some(5), 75),
            ("", "", "1m", None, 240),
            ("5s", "1500ms", "", Some(20), 140),
            ("1s", "1s", "", Some(1), 60),    // at least
            ("1h", "", "10h", Some(9), 3600), // at most
            ("2000000h", "", "", Some(u64::MAX), 3600),
        ] {
            let said = |it: &str| (!it.is_empty()).then(|| it.to_owned());
            let health = Health {
                interval: said(interval),
                timeout: said(timeout),
                start_period: said(start_period),
                retries,
                ..Health::default()
            };
            let health = Some(At::new(health, Span::default()));
            let container = Container { health, ..Container::default() };
            assert_eq!(patience(&container), expected, "{interval} {timeout} {start_period} {retries:?}");
        }
    }
}
