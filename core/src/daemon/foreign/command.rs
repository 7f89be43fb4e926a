//! Commands, and files that hold the words of one.

use super::{Kind, page::Page};
use crate::text::find;

pub fn look(page: &Page) -> Option<(Kind, usize)> {
    if page.begins_as_json {
        return None;
    }
    let variables = page.find(
        0,
        &[
            "DOCKER_OPTS=",
            "DOCKER_OPTS +=",
            "DOCKERD_OPTS=",
            "OPTIONS=",
            "DOCKER_STORAGE_OPTIONS=",
            "export DOCKER",
            "#DOCKER_OPTS=",
            "export http_proxy",
        ],
    );
    if let (Some(line), false) = (variables, page.starts(0, &["#!"])) {
        return Some((Kind::Environment, line));
    }
    if let Some(line) = manual(page) {
        return Some((Kind::Manual, line));
    }
    if (0..page.lines.len()).all(|it| is_assignment(page.line(it))) && !page.lines.is_empty() {
        return Some((Kind::Variables, 0));
    }
    const DOCKERFILE: &[&str] = &["RUN ", "CMD ", "COPY ", "ENTRYPOINT ", "ADD ", "WORKDIR ", "ENV "];
    if page.starts(0, &["FROM ", "ARG ", "# syntax"]) && page.find(0, DOCKERFILE).is_some() {
        return Some((Kind::Dockerfile, 0));
    }
    if page.starts(0, &["#!", "```", "~~~", "--"]) {
        let kind = match page.starts(0, &["--"]) && page.line(0).len() > 3 {
            true => Kind::Flags,
            false => Kind::Shell,
        };
        return (page.line(0) != "---").then_some((kind, 0));
    }
    (0..page.lines.len().min(8)).find_map(|number| Some((kind(page.line(number))?, number)))
}

/// The first line that only a manual has: `-D, --debug   Enable debug mode`, `**--bip**=""`, `DOCKERD(8)`.
fn manual(page: &Page) -> Option<usize> {
    (0..page.lines.len().min(8)).find(|it| {
        let line = page.line(*it);
        let name = line.split_ascii_whitespace().next().unwrap_or_default();
        let is_about_it = line.split_ascii_whitespace().nth(1).is_some_and(|it| it == "dockerd");
        let columns = line.split_once("  ").map(|it| it.1.trim_start());
        let has_columns = columns.is_some_and(|it| it.starts_with(|it: char| it.is_ascii_alphabetic()));
        let is_flag = name.len() > 1 && name.starts_with('-');
        let has_choice = (name.len() == 3 && name.ends_with(',')) || find::contains(name, "|");
        (name == "Usage:" && is_about_it)
            || name.eq_ignore_ascii_case("dockerd(8)")
            || page.starts(*it, &["**-", "\\fB\\-", "dockerd - "])
            || (is_flag && (has_columns || has_choice))
    })
}

/// Whether a line sets a variable: `export HTTP_PROXY=http://proxy.example.com:3128`.
fn is_assignment(line: &str) -> bool {
    let bare = line.strip_prefix("export ").unwrap_or(line);
    let name = bare.split('=').next().unwrap_or_default();
    let is_part = |it: u8| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'_';
    name.len() < bare.len() && name.as_bytes().first().is_some_and(u8::is_ascii_uppercase) && name.bytes().all(is_part)
}

/// What a line does when it is a command.
fn kind(line: &str) -> Option<Kind> {
    const COMMANDS: &[&str] = &[
        "docker",
        "docker-compose",
        "podman",
        "systemctl",
        "cat",
        "tee",
        "mkdir",
        "echo",
        "export",
        "apt",
        "apt-get",
        "yum",
        "dnf",
        "curl",
        "service",
        "nano",
        "vim",
        "vi",
        "cp",
        "mv",
        "rm",
        "sed",
        "journalctl",
        "snap",
        "nerdctl",
    ];
    // Behind a prompt: `user@host:~$ sudo docker run …`, `PS C:\> docker …`.
    let prompt = line.split_once(['$', '#', '>']).filter(|it| {
        let is_prompt = it.0.is_empty() || it.0.contains(['@', '~', '\\']) || it.0.starts_with("PS");
        is_prompt && it.1.starts_with(' ') && !it.0.contains(':') | it.0.contains(['@', '\\'])
    });
    let mut words = prompt.map_or(line, |it| it.1).split_ascii_whitespace();
    let word = words.find(|it| !matches!(*it, "sudo" | "exec" | "nohup" | "-E"))?;
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
    let name = name.trim_end_matches(".exe");
    match (name, words.next()) {
        ("dockerd" | "dockerd-rootless.sh" | "dockerd-ce", _) => Some(Kind::Flags),
        // `docker -d` and `docker daemon` were its name before 1.12.
        ("docker", Some("-d" | "daemon")) => Some(Kind::Flags),
        ("docker" | "podman" | "nerdctl", Some("run" | "create")) => Some(Kind::DockerRun),
        (name, Some(_)) if COMMANDS.contains(&name) => Some(Kind::Shell),
        _ => None,
    }
}
