//! What follows?

use super::{
    driver::Driver,
    fate::{self, Fate, is_experiment, words_of_several},
    file_system::Fit,
    files::files,
    situation::{Situation, docker},
    steps,
};
use crate::{
    bench::{Block, Line},
    guide::{
        Answer,
        platform::Platform,
        told::{heading, line, shown},
    },
    rule::diagnostic::Severity::{self, Error, Hint, Warning},
    text::words,
};

/// Everything that follows from a case.
pub(super) fn answer(situation: &Situation) -> Answer {
    let (severity, sentence) = verdict(situation);
    let mut blocks = Vec::new();
    blocks.push(Block::Lines(happens(situation)));
    if situation.can_stay() {
        blocks.push(heading("To stay"));
        blocks.extend(files(situation, situation.driver));
    }
    if let Some(target) = situation.target().filter(|it| it.is_in(situation.to.engine)) {
        blocks.push(heading(match situation.wanted {
            Some(_) => "To move",
            None => "To move, as is best",
        }));
        blocks.extend(files(situation, target));
        blocks.push(heading("What is kept, and what is lost"));
        blocks.push(Block::Lines(kept(situation, target)));
    }
    match situation.target().filter(|_| situation.moves()) {
        Some(target) if target.is_in(situation.to.engine) => blocks.extend(steps::to(situation, target)),
        Some(_) => {}
        None => blocks.extend(steps::stay(situation)),
    }
    if situation.platform == Platform::FlyingCircus {
        blocks.push(heading("On Flying Circus"));
        blocks.push(Block::Lines(flying_circus()));
    }
    Answer { severity, sentence, blocks }
}

fn verdict(situation: &Situation) -> (Option<Severity>, String) {
    let (driver, to) = (situation.driver, situation.to.docker());
    let title = driver.title();
    let unreadable = match driver.gone_since() {
        Some(engine) => format!("{} and later cannot read data of {title} at all.", docker(engine)),
        None => format!("{to} has no containerd image store: what it keeps is out of sight there."),
    };
    if let Some(target) = situation.target().filter(|_| situation.moves()) {
        let before = if situation.can_stay() { String::new() } else { [&unreadable, " "].concat() };
        let name = target.title();
        if !target.is_in(situation.to.engine) {
            return (Some(Error), format!("{before}{to} has no {}.", name.trim_start_matches("the ")));
        }
        return match situation.fit(target) {
            Fit::Fails(why, _) => {
                let on = situation.file_system.title();
                (Some(Error), format!("{before}{} does not work on {on} here: {why}", capital(name)))
            }
            Fit::Works | Fit::Depends(_) if !situation.can_stay() => {
                let when = match situation.moves_before(target) {
                    true => "Move to ",
                    false => "Save the images with the old Engine, and begin anew with ",
                };
                let before_upgrade = if situation.moves_before(target) { " before the upgrade" } else { "" };
                (Some(Error), format!("{before}{when}{name}{before_upgrade}."))
            }
            Fit::Works | Fit::Depends(_) => (
                Some(Warning),
                format!(
                    "Images and containers do not come along from {title} to {name}: they are made anew. Volumes stay."
                ),
            ),
        };
    }
    let minded = situation.minded();
    if minded.len() > 1 {
        let names = words::listed(minded.iter().map(|it| it.id()), "and");
        return (Some(Warning), format!("{to} refuses to start on data of {names} until one of them is named."));
    }
    match situation.fate() {
        Fate::Continues if driver == Driver::Containerd => (
            Some(Hint),
            format!("{to} goes on with {title}, unless data of another driver is there: name it to be sure."),
        ),
        Fate::Continues => (None, format!("{to} goes on with the data of {title}: nothing has to be set.")),
        Fate::Warned => {
            let gone = driver.gone_since().map(docker).unwrap_or_default();
            (Some(Warning), format!("{to} goes on with {title}, and warns: {gone} no longer has it."))
        }
        Fate::Refused => {
            (Some(Warning), format!("{to} refuses to start on data of {title} until the driver is named."))
        }
        Fate::Overlooked => {
            (Some(Warning), format!("{to} starts without what {title} keeps, unless the settings name it."))
        }
        Fate::Unreadable => (Some(Error), unreadable),
    }
}

fn capital(text: &str) -> String {
    match text.strip_prefix("the ") {
        Some(rest) => ["The ", rest].concat(),
        None => text.to_owned(),
    }
}

/// What happens when the Engine starts, and what is odd about the case.
fn happens(situation: &Situation) -> Vec<Line> {
    let Situation { info, driver, from, to, .. } = situation;
    let mut lines = read(situation);
    for system in [from, to] {
        if let Some(shipped) = system.shipped.as_ref().filter(|_| situation.is_upgrade() || std::ptr::eq(system, to)) {
            lines.push(line(None, "Engine", shipped.who.clone(), shipped.sentence()));
        }
    }
    if situation.goes_back() {
        let how = format!("{} does not promise to read what {} has written.", to.docker(), from.docker());
        lines.push(line(Some(Warning), "step back", to.docker(), how));
    }
    let starts = [start(situation, false), start(situation, true)];
    let words = if starts[0] == starts[1] { &["data of"][..] } else { &["not named", "named"] };
    for (word, (severity, how)) in words.iter().zip(starts) {
        lines.push(line(severity, word, driver.id(), how));
    }
    if situation.is_refused() {
        let how = format!(
            "NixOS has marked {}, which it ships, insecure, and refuses it: set `virtualisation.docker.package = pkgs.docker_29`.",
            to.docker()
        );
        lines.push(line(Some(Warning), "package", "docker", how));
    }
    let minded = situation.minded();
    if minded.len() > 1 {
        let how = [
            "Data of several drivers is there, and the daemon does not choose: `",
            &shown_words(&words_of_several(situation.root(), &minded, to.engine)),
            "`. Name the one to go on with.",
        ];
        lines.push(line(Some(Error), "several", drivers(&minded), how.concat()));
    } else if !info.several.is_empty() {
        let how = format!("{} does not look for data of the others.", to.docker());
        let what = if minded.is_empty() { "none".to_owned() } else { drivers(&minded) };
        lines.push(line(Some(Hint), "minded", what, how));
    }
    if *driver == Driver::Vfs && situation.wanted.is_none() {
        lines.push(line(
            Some(Hint),
            "slow",
            "vfs",
            "It copies every layer as a whole, for every image and container. Where overlay2 works, a move pays.",
        ));
    }
    if let Some(target) = situation.target() {
        lines.extend(suits(situation, target));
    }
    lines
}

/// What a start comes to, with the driver named or not.
fn start(situation: &Situation, is_named: bool) -> (Option<Severity>, String) {
    let Situation { driver, to, .. } = situation;
    let (name, title) = (to.docker(), driver.title());
    let said =
        fate::words(*driver, to.engine, is_named).map(|it| [" It says: `", &it, "`"].concat()).unwrap_or_default();
    let (severity, how) = match (situation.fate(), is_named) {
        (Fate::Continues, false) if *driver == Driver::Containerd => (
            Some(Hint),
            format!(
                "{name} goes on with it, unless the data root has data of another driver, perhaps from long ago: then that one counts."
            ),
        ),
        (Fate::Continues, _) => (None, format!("{name} finds the data and goes on with it.")),
        (Fate::Warned, _) => (Some(Warning), format!("{name} goes on with it.")),
        (Fate::Refused, false) => (Some(Error), format!("{name} does not start.")),
        (Fate::Refused, true) => (Some(Warning), format!("{name} starts, and goes on with the data.")),
        (Fate::Overlooked, false) => (
            Some(Error),
            format!(
                "{name} starts with another driver, and shows no image and no container of {title}. They stay on disk."
            ),
        ),
        (Fate::Overlooked, true) => (None, format!("{name} goes on with the data.")),
        (Fate::Unreadable, true) if *driver != Driver::Containerd => (Some(Error), format!("{name} does not start.")),
        (Fate::Unreadable, _) => (
            Some(Error),
            format!(
                "{name} does not look for such data: it starts empty, with another driver, and what is there takes its room on disk."
            ),
        ),
    };
    (severity, how + &said)
}

/// Whether the driver that is moved to works here.
fn suits(situation: &Situation, target: Driver) -> Vec<Line> {
    let mut lines = Vec::new();
    let on = format!("{} on {}", target.id(), situation.file_system.id());
    match situation.fit(target) {
        Fit::Works => lines.push(line(None, "works", on, "")),
        Fit::Depends(why) => lines.push(line(Some(Hint), "works if", on, why)),
        Fit::Fails(why, words) => {
            lines.push(line(Some(Error), "fails", on, [why, " The daemon says: `", words, "`"].concat()));
        }
    }
    if target == Driver::Containerd && is_experiment(situation.to.engine) {
        let how = format!("{} has it as an experiment; it is usual since Docker 29.", situation.to.docker());
        lines.push(line(Some(Warning), "experiment", "containerd", how));
    }
    let converts = matches!(situation.driver, Driver::Overlay2 | Driver::Vfs);
    if target == Driver::Containerd && situation.has_image_store_by_itself() && converts {
        lines.push(line(
            Some(Hint),
            "experiment",
            "containerd-migration",
            "With this feature in place of `containerd-snapshotter`, without a single container, and with more than the size of the images in the daemon's variable `DOCKER_MIGRATE_SNAPSHOTTER_THRESHOLD`, such as `20GB`, the daemon converts the images itself when it starts.",
        ));
    }
    lines
}

/// What was read from the paste.
fn read(situation: &Situation) -> Vec<Line> {
    let Situation { info, .. } = situation;
    let mut lines = Vec::new();
    let mut told = |word: &str, what: Option<String>| {
        lines.extend(what.map(|it| line(None, word, it, "As pasted.")));
    };
    told("Engine", info.engine.map(|it| it.to_string()));
    told("driver", info.driver.map(|it| it.id().to_owned()));
    told("file system", info.file_system.map(|it| it.id().to_owned()));
    told("data root", info.root.as_deref().map(shown));
    told("system", info.system.as_deref().map(shown));
    told("rootless", info.is_rootless.filter(|it| *it).map(|_| "yes".to_owned()));
    for (word, what, how) in [
        (
            "driver",
            &info.unknown_driver,
            "This storage driver is not known here: the answer is for the one that is chosen.",
        ),
        ("Engine", &info.unknown_engine, "This Engine is not known here: the answer is for the one that is chosen."),
    ] {
        lines.extend(what.as_deref().map(|it| line(Some(Warning), word, shown(it), how)));
    }
    if info.is_podman {
        lines.push(line(
            Some(Warning),
            "Podman",
            "graphDriverName",
            "This is what Podman prints: its storage is none of Docker's.",
        ));
    }
    if situation.has_paste && info.is_empty() {
        lines.push(line(
            Some(Hint),
            "paste",
            "",
            "Nothing in it tells of the daemon's storage: paste all that `docker info` prints.",
        ));
    }
    if info.system.as_deref() == Some("Docker Desktop") {
        lines.push(line(Some(Warning), "system", "Docker Desktop", "Its daemon runs in a machine of its own, which Docker Desktop manages: its settings choose the image store, and what follows here is for a daemon of one's own."));
    }
    let is_nixos = info.system.as_ref().is_some_and(|it| it.starts_with("NixOS"));
    if is_nixos && situation.platform == Platform::Other {
        lines.push(line(
            Some(Warning),
            "system",
            "NixOS",
            "The paste comes from NixOS, which reads no /etc/docker/daemon.json: choose NixOS.",
        ));
    }
    lines
}

fn drivers(all: &[Driver]) -> String {
    all.iter().map(|it| it.id()).collect::<Vec<_>>().join(", ")
}

fn shown_words(words: &str) -> String {
    words.chars().map(|it| if it.is_control() || it == '`' { '�' } else { it }).collect()
}

fn kept(situation: &Situation, target: Driver) -> Vec<Line> {
    let name = target.title();
    let gone = format!("They are out of sight with {name}, and stay on disk until somebody removes them.");
    vec![
        line(None, "kept", "volumes", "They are no matter of the driver, and lie in `volumes` below the data root."),
        line(
            None,
            "kept",
            "networks, settings, swarm",
            "Networks that were made, daemon.json and the state of a swarm.",
        ),
        line(
            Some(Warning),
            "lost",
            "containers",
            [&gone, " With them goes what they wrote beside their volumes."].concat(),
        ),
        line(Some(Warning), "lost", "images", [&gone, " Pull, build or load them again."].concat()),
        line(Some(Hint), "lost", "build cache", "The next builds take longer."),
    ]
    .into_iter()
    .chain((!situation.driver.is_in(situation.to.engine)).then(|| {
        line(
            Some(Error),
            "for good",
            "the way back",
            format!("Once {} runs, only an older Engine reads the old data.", situation.to.docker()),
        )
    }))
    .collect()
}

/// What is special there.
///
/// Source: flyingcircus.io documentation, *Docker*; fc-nixos `nixos/roles/docker.nix`, `pkgs/overlay.nix` and
/// `nixpkgs-config.nix`.
fn flying_circus() -> Vec<Line> {
    vec![
        line(
            None,
            "role",
            "docker",
            "The role installs Docker and puts every service user into the group `docker`: no user needs to be added.",
        ),
        line(
            Some(Hint),
            "Engine",
            "docker_24",
            "From 23.11 to 24.11 the platform keeps Docker 24 for those with data of devicemapper, although nixpkgs calls it insecure. The move cannot be put off for ever.",
        ),
        line(
            None,
            "network",
            "bridge",
            "Containers in bridge networks reach the resource group and the internet. The network `host`, once advised there, no longer is.",
        ),
    ]
}
