//! Commands, and files that hold the words of one.

use super::{Kind, page::Page};

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
