//! What is a flag for, and which flags could be written here?

use super::{
    Choices,
    flags::{self, Cli, Field, Known, Means},
    read,
};
use crate::{
    bench::{Item, Offered, Said},
    containers::flags::Takes,
    text::Span,
};

/// What is to be said of the flag at a byte of a text.
///
/// ```
/// use drydock::run::assist::hover;
///
/// let said = hover("docker run -p 80:80 nginx", 12).unwrap();
/// assert_eq!((said.title.as_str(), said.facts[0].1.as_str()), ("--publish", "-p"));
/// ```
pub fn hover(text: &str, at: usize) -> Option<Said> {
    let reading = read(text, &Choices::default());
    let mut sets = reading.runs.iter().flat_map(|it| &it.sets);
    // Letters of a group touch each other: the one that is pointed at is the later.
    let set = sets.rfind(|it| it.flag.start <= at && at <= it.flag.end)?;
    let known = flags::find(set.name)?;
    let letter = flags::letter_of(known.name).map(|it| ("Short", format!("-{it}")));
    let takes = match known.takes {
        Takes::Switch => "nothing, or true and false after =",
        Takes::One => "one value; of several the last one counts",
        Takes::Many => "a value each time it is given",
    };
    let of = match (known.docker, known.podman) {
        (true, true) => "docker run and podman run",
        (true, false) => "docker run",
        _ => "podman run",
    };
    let compose = match known.means {
        Means::Flag(flag) if !flag.compose.is_empty() => Some(("In Compose", flag.compose.to_owned())),
        _ => None,
    };
    let source = match known.means {
        Means::Flag(flag) => Some(("Source", flag.source.to_owned())),
        Means::Field(_) | Means::Nothing(_) => None,
    };
    let facts = [letter, Some(("Takes", takes.to_owned())), Some(("Of", of.to_owned())), compose, source];
    Some(Said {
        span: set.flag,
        title: format!("--{}", known.name),
        text: about(&known).to_owned(),
        facts: facts.into_iter().flatten().collect(),
    })
}

/// The flags that could be written at a byte of a text: behind a dash, of the program that is called there.
///
/// ```
/// use drydock::run::assist::complete;
///
/// let offered = complete("docker run --publ", 17).unwrap();
/// assert_eq!(offered.items[0].insert, "--publish");
/// ```
pub fn complete(text: &str, at: usize) -> Option<Offered> {
    let before = text.get(..at)?;
    let start = before.rfind(|it: char| it.is_whitespace()).map_or(0, |it| it + 1);
    let typed = before.get(start..).filter(|it| it.starts_with('-') && !it.contains('='))?;
    let behind = text.get(at..)?;
    let end = at + behind.find(|it: char| it.is_whitespace() || it == '=').unwrap_or(behind.len());
    let command = before.rfind("podman").cmp(&before.rfind("docker"));
    let cli = if command.is_gt() { Cli::Podman } else { Cli::Docker };
    before.rfind(cli.name())?;
    let bare = typed.trim_start_matches('-');
    let mut names: Vec<&'static str> = flags::names().filter(|it| it.contains(bare)).collect();
    names.sort_by_key(|it| (!it.starts_with(bare), *it));
    let known = names.into_iter().filter_map(flags::find).filter(|it| it.is_of(cli));
    let items: Vec<Item> = known.map(|it| item(&it)).collect();
    (!items.is_empty()).then_some(Offered { span: Span::new(start, end), items })
}

fn item(known: &Known) -> Item {
    let written = format!("--{}", known.name);
    Item {
        label: written.clone(),
        detail: flags::letter_of(known.name).map(|it| format!("-{it}")).unwrap_or_default(),
        info: about(known).to_owned(),
        insert: written,
        ..Item::default()
    }
}

/// What a flag does, or why it means nothing for a service.
fn about(known: &Known) -> &'static str {
    match known.means {
        Means::Flag(flag) => flag.summary,
        Means::Nothing(why) => why,
        Means::Field(field) => about_field(field),
    }
}

fn about_field(field: Field) -> &'static str {
    match field {
        Field::Name => "The name of the container, and so of its unit.",
        Field::Entrypoint => "The program that is started in place of the image's own.",
        Field::Env => "A variable for the program. A secret is better kept in a file: see `--env-file`.",
        Field::EnvFile => "A file with variables, one a line.",
        Field::Label => "A label: a name and a value for other programs.",
        Field::Publish => "A port of the host that leads to one of the container: `[address:]host:container`.",
        Field::Volume => "A directory of the host, or a volume, and where it is mounted: `source:target[:ro]`.",
        Field::Mount => "A mount, said by name: `type=bind,source=…,target=…,readonly`.",
        Field::Tmpfs => "A directory that is kept in memory.",
        Field::Network => "The network that the container joins, or `host`, `none`, `container:NAME`.",
        Field::Ip => "The IPv4 address of the container in the network that it joins.",
        Field::Ip6 => "The IPv6 address of the container in the network that it joins.",
        Field::MacAddress => "The hardware address of the container in the network that it joins.",
        Field::NetworkAlias => "A further name of the container in the network that it joins.",
        Field::LinkLocalIp => "A link-local address of the container in the network that it joins.",
        Field::Link => "Another container, reached by a name. Networks replaced it.",
        Field::HealthCmd => "The command that says whether the container is well.",
        Field::HealthInterval => "How often it is asked whether it is well.",
        Field::HealthRetries => "After how many failures it is not well.",
        Field::HealthStartInterval => "How often it is asked while it starts.",
        Field::HealthStartPeriod => "How long failures do not count after its start.",
        Field::HealthTimeout => "How long an answer may take.",
        Field::NoHealthcheck => "The image's own health check is switched off.",
        Field::Restart => "When it is started again: `no`, `on-failure[:n]`, `always`, `unless-stopped`.",
        Field::LogDriver => "Where its output goes. NixOS sends it to the journal where nothing is said.",
        Field::LogOpt => "An option of the log driver.",
        Field::User => "The user that the program runs as: `name`, or `uid:gid`.",
        Field::Hostname => "The name that the container has for itself.",
        Field::Workdir => "The directory that the program starts in.",
        Field::Device => "A device of the host, or one that CDI names.",
        Field::Gpus => "Graphics cards. NixOS hands them over by CDI.",
        Field::CapAdd => "A capability that is added.",
        Field::CapDrop => "A capability that is taken away.",
        Field::Privileged => "The container may do what root may on the host.",
        Field::Pull => "When the image is pulled: `always`, `missing`, `never`.",
        Field::Rm => "What the container wrote is thrown away when it ends. On NixOS that is so by itself.",
        Field::StopTimeout => "How many seconds it may take to stop.",
        Field::StopSignal => "The signal that asks it to stop.",
        Field::Secret => "A secret of Podman that the container gets.",
        Field::Requires => "A container that has to run before this one.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_explained_where_they_are_written() {
        for (text, at, title) in [
            ("docker run -d -p 80:80 nginx", 15, Some("--publish")),
            ("docker run --shm-size=1g nginx", 14, Some("--shm-size")),
            ("docker run -itd nginx", 14, Some("--detach")), // the last letter of a group
            ("docker run nginx -p 80", 18, None),            // behind the image it is the command's
            ("docker run nginx", 13, None),
            ("", 0, None),
        ] {
            assert_eq!(hover(text, at).map(|it| it.title).as_deref(), title, "{text}");
        }
    }

    #[test]
    fn flags_are_offered_behind_a_dash() {
        let first = |text: &str| complete(text, text.len()).map(|it| it.items[0].insert.clone());
        for (text, offered) in [
            ("docker run --publ", Some("--publish")),
            ("docker run -", Some("--add-host")),
            ("podman run --sdn", Some("--sdnotify")),
            ("docker run --sdn", None), // Podman's own
            ("docker run --publish=", None),
            ("docker run nginx", None),
            ("--publ", None), // of no program
            ("", None),
        ] {
            assert_eq!(first(text).as_deref(), offered, "{text}");
        }
    }

    #[test]
    fn every_flag_says_what_it_is_for() {
        for known in flags::names().filter_map(flags::find) {
            assert!(about(&known).ends_with('.'), "{}", known.name);
        }
    }

    #[test]
    fn any_place_of_any_text_can_be_asked_about() {
        for example in crate::run::examples::EXAMPLES {
            for at in 0..=example.text.len() {
                hover(example.text, at);
                complete(example.text, at);
            }
        }
    }
}
