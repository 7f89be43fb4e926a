//! Which containers, networks and volumes are there, and what has one to do with another? A picture, and the same in words.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use super::{
    bench::Asked,
    model::{Condition, Container, MountKind, NetworkMode, Project},
};
use crate::{
    bench::{
        Block, Examined, Graph, Line, Panel, Written,
        graph::{Edge, Node, Shape, columns},
    },
    text::{
        Span,
        words::{self, counted},
    },
};

/// Containers, networks and volumes, and what leads from one to another.
pub const GRAPH: Panel = Panel { id: "graph", title: "Graph", show };

/// So many things are drawn; the words have all of them.
const DRAWN: usize = 240;

/// So many lines are drawn.
const LINES: usize = 2_000;

fn show(examined: &Examined, _: &Written) -> Vec<Block> {
    let Some(asked) = examined.facts::<Asked>() else { return Vec::new() };
    let project = &asked.project;
    let things = Things::of(project);
    if things.nodes.is_empty() {
        return Vec::new();
    }
    let counts = [
        (project.containers.len(), "container"),
        (project.networks.len(), "network"),
        (project.volumes.len(), "volume"),
    ];
    let some = counts.iter().filter(|it| it.0 > 0).map(|(count, noun)| counted(*count, noun));
    let mut lead = some.collect::<Vec<_>>().join(", ")
        + ". Networks are on the left, volumes on the right; an arrow leads to what a container waits for.";
    if things.more > 0 {
        lead += &format!(" The picture leaves out {} of them.", things.more);
    }
    let mut blocks = vec![Block::Lead(lead), Block::Graph(Rc::new(Graph::of(things.nodes, things.edges)))];
    for (heading, lines) in [
        ("Containers", project.containers.iter().map(container).collect::<Vec<_>>()),
        ("Networks", networks(project)),
        ("Volumes", volumes(project)),
    ] {
        if !lines.is_empty() {
            blocks.extend([Block::Heading(heading.to_owned()), Block::Lines(lines)]);
        }
    }
    blocks
}

/// What is drawn.
struct Things {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    /// How many things are not.
    more: usize,
}

impl Things {
    fn of(project: &Project) -> Self {
        let containers = project.containers.len();
        let at: HashMap<&str, usize> =
            project.containers.iter().enumerate().map(|(at, it)| (it.name.as_str(), at)).collect();
        let mut edges = Vec::new();
        // What is said of two containers in several ways is one arrow.
        let mut seen = HashSet::new();
        for (from, container) in project.containers.iter().enumerate() {
            let shared = match container.network_mode.as_ref().map(|it| &it.value) {
                Some(NetworkMode::Container(other)) => Some((other.as_str(), "shares its network", false)),
                _ => None,
            };
            let awaited = container.depends_on.iter().map(|it| &it.value);
            let awaited = awaited.map(|it| (it.on.as_str(), waits_for(it.condition), !it.is_required));
            let linked = container.links.iter().map(|it| (it.value.0.as_str(), "links", false));
            for (name, word, is_loose) in shared.into_iter().chain(awaited).chain(linked) {
                let Some(to) = at.get(name).copied().filter(|to| seen.insert((from, *to))) else { continue };
                edges.push(Edge { from, to, word, is_arrow: true, is_loose, via: Vec::new() });
            }
        }
        let pairs: Vec<(usize, usize)> = edges.iter().map(|it| (it.from, it.to)).collect();
        let columns = columns(containers, &pairs);
        let last = columns.iter().max().map_or(1, |it| it + 2);
        let first = usize::from(!project.networks.is_empty());
        let node = |name: &str, kind, shape, column, span: Span| Node {
            name: name.to_owned(),
            kind,
            shape,
            column,
            place: 0,
            span: Some(span),
        };
        let mut nodes: Vec<Node> = Vec::new();
        for (it, column) in project.containers.iter().zip(&columns) {
            nodes.push(node(&it.name, "container", Shape::Box, column + first, it.span));
        }
        let networks: HashMap<&str, usize> =
            project.networks.iter().zip(nodes.len()..).map(|(it, at)| (it.name.as_str(), at)).collect();
        for it in &project.networks {
            nodes.push(node(&it.name, "network", Shape::Round, 0, it.span));
        }
        let volumes: HashMap<&str, usize> =
            project.volumes.iter().zip(nodes.len()..).map(|(it, at)| (it.name.as_str(), at)).collect();
        for it in &project.volumes {
            nodes.push(node(&it.name, "volume", Shape::Drum, last + first - 1, it.span));
        }
        let line = |from, to| Edge { from, to, word: "", is_arrow: false, is_loose: false, via: Vec::new() };
        for (from, container) in project.containers.iter().enumerate() {
            let joined = container.networks.iter().filter_map(|it| networks.get(it.value.network.as_str()));
            edges.extend(joined.map(|to| line(from, *to)));
            edges.extend(mounted(container).filter_map(|it| volumes.get(it.0)).map(|to| line(from, *to)));
        }
        let more = nodes.len().saturating_sub(DRAWN);
        nodes.truncate(DRAWN);
        edges.truncate(LINES);
        Self { nodes, edges, more }
    }
}

/// The volumes that a container mounts, each with its path.
fn mounted(container: &Container) -> impl Iterator<Item = (&str, &str)> {
    let volumes = container.mounts.iter().map(|it| &it.value);
    let volumes = volumes.filter(|it| it.kind == MountKind::Volume && !it.source.is_empty());
    volumes.map(|it| (it.source.as_str(), it.target.as_str()))
}

/// What has to be true of a container before another starts.
fn waits_for(condition: Condition) -> &'static str {
    match condition {
        Condition::Started => "started",
        Condition::Healthy => "healthy",
        Condition::Completed => "ended well",
    }
}

fn line(name: &str, word: &str, how: Vec<String>, span: Span) -> Line {
    Line { severity: None, word: word.to_owned(), what: name.to_owned(), how: how.join(" "), span: Some(span) }
}

/// So many names are told of one thing.
const TOLD: usize = 12;

/// Names in backticks, and how many more there are.
fn names<'a>(all: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<&str> = all.into_iter().collect();
    let told = words::listed(all.iter().copied().take(TOLD), "and");
    match all.len().saturating_sub(TOLD) {
        0 => told,
        more => format!("{told}, and {more} more"),
    }
}

fn container(it: &Container) -> Line {
    let mut how = Vec::new();
    for condition in [Condition::Started, Condition::Healthy, Condition::Completed] {
        let on = it.depends_on.iter().filter(|it| it.value.condition == condition);
        let on: Vec<&str> = on.map(|it| it.value.on.as_str()).collect();
        let is = if on.len() == 1 { "is" } else { "are" };
        let has = if on.len() == 1 { "has" } else { "have" };
        let told = || names(on.iter().copied());
        match condition {
            _ if on.is_empty() => {}
            Condition::Started => how.push(format!("Starts after {}.", told())),
            Condition::Healthy => how.push(format!("Waits until {} {is} healthy.", told())),
            Condition::Completed => how.push(format!("Waits until {} {has} ended well.", told())),
        }
    }
    if !it.links.is_empty() {
        how.push(format!("Links {}.", names(it.links.iter().map(|it| it.value.0.as_str()))));
    }
    match it.network_mode.as_ref().map(|it| &it.value) {
        Some(NetworkMode::Host) => how.push("Has the networks of the host.".to_owned()),
        Some(NetworkMode::None) => how.push("Has no network.".to_owned()),
        Some(NetworkMode::Container(other)) => how.push(format!("Has the networks of `{other}`.")),
        Some(NetworkMode::Bridge) => how.push("Is in the network that is there by itself.".to_owned()),
        Some(NetworkMode::Other(other)) => how.push(format!("Has the network mode `{other}`.")),
        None => {}
    }
    if !it.networks.is_empty() {
        how.push(format!("Is in {}.", names(it.networks.iter().map(|it| it.value.network.as_str()))));
    }
    let volumes: Vec<String> = mounted(it).take(TOLD).map(|(name, path)| format!("`{name}` at `{path}`")).collect();
    if !volumes.is_empty() {
        how.push(format!("Has {}.", volumes.join(", ")));
    }
    line(&it.name, "container", how, it.span)
}

/// Which containers have something, by its name.
fn users<'a>(project: &'a Project, of: impl Fn(&'a Container) -> Vec<&'a str>) -> HashMap<&'a str, Vec<&'a str>> {
    let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
    for container in &project.containers {
        for name in of(container) {
            users.entry(name).or_default().push(&container.name);
        }
    }
    users
}

fn networks(project: &Project) -> Vec<Line> {
    let users = users(project, |it| it.networks.iter().map(|it| it.value.network.as_str()).collect());
    let told = project.networks.iter().map(|it| {
        let mut how = match users.get(it.name.as_str()) {
            Some(users) => vec![format!("Has {} in it.", names(users.iter().copied()))],
            None => vec!["No container is in it.".to_owned()],
        };
        if it.internal.as_ref().is_some_and(|it| it.value) {
            how.push("Leads nowhere outside.".to_owned());
        }
        line(&it.name, if it.is_external { "is there already" } else { "network" }, how, it.span)
    });
    told.collect()
}

fn volumes(project: &Project) -> Vec<Line> {
    let users = users(project, |it| mounted(it).map(|it| it.0).collect());
    let told = project.volumes.iter().map(|it| {
        let how = match users.get(it.name.as_str()) {
            Some(users) => vec![format!("{} mount it.", names(users.iter().copied()))],
            None => vec!["No container mounts it.".to_owned()],
        };
        let how = match users.get(it.name.as_str()).map(Vec::len) {
            Some(1) => how.iter().map(|it| it.replace(" mount it.", " mounts it.")).collect(),
            _ => how,
        };
        line(&it.name, if it.is_external { "is there already" } else { "volume" }, how, it.span)
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        bench::{Request, Workbench},
        compose, run,
    };

    fn shown(bench: &Workbench, text: &str) -> (Graph, Vec<Line>) {
        let request = Request { text: text.to_owned(), ..Request::default() };
        let examined = (bench.examine)(&request);
        let (mut graph, mut lines) = (Graph::default(), Vec::new());
        for block in show(&examined, &Written::default()) {
            match block {
                Block::Graph(it) => graph = (*it).clone(),
                Block::Lines(it) => lines.extend(it),
                _ => {}
            }
        }
        (graph, lines)
    }

    /// Each edge with its word: `app > db: healthy`.
    fn edges(graph: &Graph) -> Vec<String> {
        let name = |at: usize| graph.nodes[at].name.as_str();
        let told = graph.edges.iter().map(|it| {
            let mark = if it.is_arrow { ">" } else { "-" };
            let word = if it.word.is_empty() { String::new() } else { format!(": {}", it.word) };
            format!("{} {mark} {}{word}", name(it.from), name(it.to))
        });
        told.collect()
    }

    const STACK: &str = "\
services:
  app:
    image: app:1
    depends_on: { db: { condition: service_healthy }, seed: { condition: service_completed_successfully, required: false } }
    networks: [front, back]
  db:
    image: db:1
    networks: [back]
    volumes: ['data:/var/db', './here:/there']
  seed:
    image: seed:1
    depends_on: [db]
    network_mode: none
networks:
  front:
    external: true
  back:
    internal: true
volumes:
  data:
";

    #[test]
    fn a_stack_is_drawn_and_told() {
        let (graph, lines) = shown(&compose::WORKBENCH, STACK);
        let placed: Vec<_> = graph.nodes.iter().map(|it| format!("{} {}", it.name, it.column)).collect();
        assert_eq!(placed, ["app 1", "db 3", "seed 2", "front 0", "back 0", "data 4"]);
        assert_eq!(
            edges(&graph),
            [
                "app > db: healthy",
                "app > seed: ended well",
                "seed > db: started",
                "app - front",
                "app - back",
                "db - back",
                "db - data"
            ]
        );
        assert!(graph.edges[1].is_loose && !graph.edges[0].is_loose);
        let told: Vec<_> = lines.iter().map(|it| format!("{}, {}: {}", it.what, it.word, it.how)).collect();
        assert_eq!(
            told,
            [
                "app, container: Waits until `db` is healthy. Waits until `seed` has ended well. Is in `front` and `back`.",
                "db, container: Is in `back`. Has `data` at `/var/db`.",
                "seed, container: Starts after `db`. Has no network.",
                "front, is there already: Has `app` in it.",
                "back, network: Has `app` and `db` in it. Leads nowhere outside.",
                "data, volume: `db` mounts it.",
            ]
        );
    }

    #[test]
    fn commands_are_drawn_as_well() {
        let text = "docker network create web\ndocker run --name app --network web -v data:/data x:1\ndocker run --name old --link app x:1\n";
        let (graph, _) = shown(&run::WORKBENCH, text);
        assert_eq!(edges(&graph), ["old > app: started", "app - web", "app - data"]);
        assert!(shown(&run::WORKBENCH, "docker pull x").0.nodes.is_empty());
    }

    #[test]
    fn circles_end() {
        let text = "services:\n  a: { image: 'x:1', depends_on: [b] }\n  b: { image: 'x:1', depends_on: [a, c, b] }\n";
        let (graph, _) = shown(&compose::WORKBENCH, text);
        assert!(edges(&graph).starts_with(&["a > b: started".to_owned(), "b > a: started".to_owned()]));
    }

    #[test]
    fn a_large_stack_is_cut_and_says_so() {
        let services: String = (0..300).map(|it| format!("  s{it}: {{ image: 'x:1' }}\n")).collect();
        let request = Request { text: ["services:\n", &services].concat(), ..Request::default() };
        let examined = (compose::WORKBENCH.examine)(&request);
        let blocks = show(&examined, &Written::default());
        assert!(matches!(&blocks[0], Block::Lead(it) if it.contains("leaves out 61 of them")), "{:?}", blocks[0]);
    }

    proptest! {
        /// What is drawn is told, and the other way round.
        #[test]
        fn picture_and_words_have_the_same_things(
            text in "(services:\n|networks:\n|volumes:\n|  a: |  b:\n|  c: |\\{image: 'x:1'\\}\n|    depends_on: \\[a, c\\]\n|    networks: \\[c, b\\]\n|    volumes: \\['b:/x', 'a:/y'\\]\n|\n|    external: true\n){0,16}",
        ) {
            let (graph, lines) = shown(&compose::WORKBENCH, &text);
            let mut drawn: Vec<_> = graph.nodes.iter().map(|it| (it.name.clone(), it.span)).collect();
            let mut told: Vec<_> = lines.iter().map(|it| (it.what.clone(), it.span)).collect();
            drawn.sort();
            told.sort();
            prop_assert_eq!(drawn, told);
        }
    }
}
