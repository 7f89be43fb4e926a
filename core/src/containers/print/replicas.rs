//! How are several containers of one service written down? As Compose makes them: `web-1`, `web-2`, each with the name of
//! the service in the networks that it joins.
//!
//! Source: docker/compose `pkg/compose/convergence.go`, `getContainerName`, `ensureService`; `pkg/compose/create.go`,
//! `getLinks`, `getDependentServiceFromMode`; compose-go `validation` (`container_name` and more than one)

use std::collections::HashMap;

use super::{Backend, Report, names::Given};
use crate::containers::model::{At, Container, Joined, NetworkMode, Port, Project};

/// So many containers are made of one service, and so many of all of them.
const MOST: u64 = 32;
const MOST_OF_ALL: u64 = 256;

/// Makes each container as often as the text asks for; returns the service of those that are one of several, by name.
pub(super) fn make(project: &mut Project, backend: Backend, report: &mut Report) -> HashMap<String, String> {
    let mut given = Given::default();
    for container in &project.containers {
        given.unique(&container.name);
    }
    let mut left = MOST_OF_ALL;
    let mut made: HashMap<String, Vec<String>> = HashMap::new();
    let mut containers = Vec::new();
    for mut container in std::mem::take(&mut project.containers) {
        let Some(At { value: asked, span }) = container.replicas.take_if(|it| it.value > 1) else {
            containers.push(container);
            continue;
        };
        if let Some(why) = only_one(&container, asked, backend) {
            report.told.dropped(span, [&why, " So one is made."].concat());
            containers.push(container);
            continue;
        }
        let count = asked.min(MOST).min(left);
        if count < 2 {
            report.told.dropped(span, "So many containers are not written down one by one: one is made.");
            containers.push(container);
            continue;
        }
        left -= count;
        let names: Vec<String> = (1..=count).map(|at| given.unique(&format!("{}-{at}", container.name))).collect();
        report
            .told
            .carried(span, format!("{count} containers, `{}-1` to `{}-{count}`", container.name, container.name));
        if count < asked {
            report.told.dropped(span, format!("Of {asked} containers these are written down, and no more."));
        }
        containers.extend(names.iter().map(|it| Container { name: it.clone(), ..container.clone() }));
        made.insert(container.name, names);
    }
    project.containers = containers;
    if !made.is_empty() {
        project.containers.iter_mut().for_each(|it| refer(it, &made, report));
    }
    let services = made.into_iter().flat_map(|(service, names)| names.into_iter().map(move |it| (it, service.clone())));
    services.collect()
}

/// Why there can be one container only, in a sentence; `None` where there can be several.
fn only_one(container: &Container, asked: u64, backend: Backend) -> Option<String> {
    if let Some(At { value, .. }) = &container.container_name {
        return Some(format!("{asked} containers cannot all be called `{value}`, which Compose refuses."));
    }
    // Docker takes a free port of a range, Podman takes ranges of one length only.
    let is_taken = |it: &&At<Port>| match (it.value.host, it.value.container) {
        (None, _) => false,
        (Some((first, last)), (from, to)) => {
            from != to || backend == Backend::Podman || u64::from(last.saturating_sub(first)) + 1 < asked
        }
    };
    if let Some((port, _)) = container.ports.iter().find(is_taken).and_then(|it| it.value.host) {
        let range = match backend {
            Backend::Docker => ", or let it be one of a range of as many",
            Backend::Podman => "",
        };
        return Some(format!(
            "One container alone can have the port {port} of the host, so that Compose fails at the second: leave the host's port out{range}."
        ));
    }
    let has_own = |it: &&At<Joined>| {
        let it = &it.value;
        it.ipv4.is_some() || it.ipv6.is_some() || it.mac.is_some()
    };
    let network = &container.networks.iter().find(has_own)?.value.network;
    Some(format!("One container alone can have the address in `{network}`, so that Compose fails at the second."))
}

/// Names the containers that were made where a container names their service.
fn refer(container: &mut Container, made: &HashMap<String, Vec<String>>, report: &mut Report) {
    let depends_on = std::mem::take(&mut container.depends_on);
    container.depends_on = depends_on
        .into_iter()
        .flat_map(|it| match made.get(&it.value.on) {
            Some(names) => names
                .iter()
                .map(|name| {
                    let mut one = it.clone();
                    one.value.on.clone_from(name);
                    one
                })
                .collect(),
            None => vec![it],
        })
        .collect();
    let links = std::mem::take(&mut container.links);
    container.links = links
        .into_iter()
        .flat_map(|it| match made.get(&it.value.0) {
            Some(names) => {
                let alias = it.value.1.as_ref().unwrap_or(&it.value.0);
                names.iter().map(|name| At::new((name.clone(), Some(alias.clone())), it.span)).collect()
            }
            None => vec![it],
        })
        .collect();
    let first = |name: &str| made.get(name).and_then(|it| it.first());
    let how = |name: &str| ["Of several containers it is the first, `", name, "`."].concat();
    if let Some(At { value: NetworkMode::Container(name), span }) = &mut container.network_mode
        && let Some(one) = first(name)
    {
        report.told.changed(*span, how(one));
        name.clone_from(one);
    }
    for At { value: flag, span } in &mut container.flags {
        let Some(value) = &mut flag.value else { continue };
        let (before, named) = match flag.name {
            "volumes-from" => ("", value.split(':').next()),
            "ipc" | "pid" | "uts" | "userns" | "cgroupns" => ("container:", value.strip_prefix("container:")),
            _ => continue,
        };
        let Some(named) = named else { continue };
        if let Some(one) = first(named) {
            report.told.changed(*span, how(one));
            *value = [before, one, value.get(before.len() + named.len()..).unwrap_or_default()].concat();
        }
    }
}
