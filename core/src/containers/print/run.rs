//! What would somebody type to run the containers by hand?

use std::collections::{HashMap, HashSet};

use super::{
    Context, Report, Step,
    args::{Arg, For, Run},
    create::shell_word,
};
use crate::{
    containers::model::{At, Build, Condition, Container, Dependency, Restart, RestartPolicy},
    text::{Ink, Role},
};

/// What runs the commands.
pub(super) const STEPS: &[Step] = &[
    Step {
        title: "Read it",
        explanation: "The commands make networks and volumes first, and start containers in the order in which they need each other.",
        lines: &[],
    },
    Step { title: "Run it", explanation: "In the directory that relative paths start from.", lines: &["sh run.sh"] },
];

pub(super) fn write(context: &Context<'_>, report: &mut Report) -> Ink {
    let mut writer = Writer { context, report, ink: context.begin(), built: HashSet::new() };
    writer.networks();
    writer.volumes();
    for container in in_order(&context.project.containers) {
        writer.container(container);
    }
    writer.ink
}

/// The containers, each after those that it waits for; in a circle, as they are written.
fn in_order(containers: &[Container]) -> Vec<&Container> {
    fn visit<'a>(
        container: &'a Container,
        by_name: &HashMap<&str, &'a Container>,
        seen: &mut HashSet<&'a str>,
        order: &mut Vec<&'a Container>,
    ) {
        // Each level of the way down is a container, in a list of what is left to do rather than on the stack.
        let mut open = vec![(container, 0)];
        seen.insert(&container.name);
        while let Some((container, at)) = open.pop() {
            match container.depends_on.get(at) {
                None => order.push(container),
                Some(dependency) => {
                    open.push((container, at + 1));
                    if let Some(other) = by_name.get(&*dependency.value.on)
                        && seen.insert(&other.name)
                    {
                        open.push((other, 0));
                    }
                }
            }
        }
    }
    let by_name: HashMap<&str, &Container> = containers.iter().map(|it| (&*it.name, it)).collect();
    let mut seen = HashSet::new();
    let mut order = Vec::new();
    for container in containers {
        if !seen.contains(&*container.name) {
            visit(container, &by_name, &mut seen, &mut order);
        }
    }
    order
}

struct Writer<'a, 'r> {
    context: &'a Context<'a>,
    report: &'r mut Report,
    ink: Ink,
    /// Whose images are built: several containers may have one.
    built: HashSet<String>,
}

impl<'a> Writer<'a, '_> {
    /// Begins a command, below an empty line.
    fn command(&mut self, words: &str) {
        if !self.ink.text.is_empty() {
            self.ink.space("\n");
        }
        self.ink.put(Role::Word, self.context.choices.backend.name());
        self.ink.space(" ");
        self.ink.put(Role::Word, words);
    }

    fn end(&mut self) {
        self.ink.space("\n");
    }

    fn next_line(&mut self) {
        self.ink.space(" \\\n  ");
    }

    fn word(&mut self, word: &str) {
        let role = if word.starts_with('-') { Role::Key } else { Role::String };
        let word = shell_word(word);
        self.ink.put(role, &word);
    }

    fn flag(&mut self, name: &str, value: Option<&str>) {
        self.next_line();
        self.ink.put(Role::Key, &["--", name].concat());
        match value {
            None => {}
            // A switch takes its value only so.
            Some(value @ ("true" | "false")) => {
                self.ink.put(Role::String, &["=", value].concat());
            }
            Some(value) => {
                self.ink.space(" ");
                // A shell puts the home directory in only where there are no quotes.
                match value.strip_prefix("~/").filter(|_| matches!(name, "volume" | "env-file")) {
                    Some(rest) => self.ink.put(Role::String, &["~/", &shell_word(rest)].concat()),
                    None => self.ink.put(Role::String, &shell_word(value)),
                }
            }
        }
    }

    // ── what is made first ──

    fn create(&mut self, what: &str, words: Vec<String>, name: &str) {
        self.command(&[what, " create"].concat());
        if words.is_empty() {
            self.ink.space(" ");
            self.word(name);
            return self.end();
        }
        for word in words {
            let word = word.strip_prefix("--").unwrap_or(&word);
            match word.split_once('=') {
                Some((name, value)) => self.flag(name, Some(value)),
                None => self.flag(word, None),
            }
        }
        self.next_line();
        self.word(name);
        self.end();
    }

    fn networks(&mut self) {
        let context = self.context;
        for network in &context.project.networks {
            if network.is_external {
                context.external_network(network, self.report);
                continue;
            }
            let words = context.create_network(network, self.report);
            if let Some(thing) = context.names.network(&network.name) {
                self.create("network", words, &thing.name);
            }
        }
    }

    fn volumes(&mut self) {
        let context = self.context;
        for volume in &context.project.volumes {
            if volume.is_external {
                context.external_volume(volume, self.report);
                continue;
            }
            let words = context.create_volume(volume, self.report);
            if let Some(thing) = context.names.volume(&volume.name) {
                self.create("volume", words, &thing.name);
            }
        }
    }

    // ── a container ──

    fn container(&mut self, container: &'a Container) {
        let context = self.context;
        if let Some(build) = &container.build
            && self.built.insert(context.names.shared(&container.name))
        {
            self.build(container, build);
        }
        self.depends_on(container);
        let Run { name, args, image, command, command_spans } = context.run(container, For::Shell, self.report);
        self.report.told.carried(container.span, ["`", context.choices.backend.name(), " run`"].concat());
        self.command("run");
        self.flag("detach", None);
        self.flag("name", Some(name));
        self.restart(container);
        for Arg { name, value, span, needs: _ } in &args {
            self.flag(name, value.as_deref());
            self.report.told.carried(*span, ["--", name].concat());
        }
        self.next_line();
        self.word(&image);
        for word in &command {
            self.ink.space(" ");
            let word = shell_word(word);
            self.ink.put(Role::String, &word);
        }
        command_spans.into_iter().for_each(|it| self.report.told.carried(it, "what follows the image"));
        self.end();
        if let Some(At { value, span }) = &container.auto_start {
            match value {
                true => self.report.told.carried(*span, "a command that starts it"),
                false => self.report.told.changed(*span, "A command runs when it is typed: leave this one out."),
            }
        }
        if let Some(At { value, span }) = &container.replicas {
            match value {
                0 => self.report.told.changed(*span, "A command runs when it is typed: leave this one out."),
                _ => self.report.told.carried(*span, "one command"),
            }
        }
        if let Some(file) = container.env_files.iter().find(|it| !it.value.is_required) {
            self.report.told.changed(file.span, "The runtime wants the file to be there: make an empty one.");
        }
    }

    fn build(&mut self, container: &Container, build: &At<Build>) {
        let context = self.context;
        let image = context.built(&container.name, container.image.as_ref().map(|it| &*it.value));
        let (words, inline) = context.build(&build.value, &image);
        if let Some(text) = inline {
            // Not every shell has here-strings, and a here-document would end at a line of the text.
            self.ink.space("\n");
            self.ink.put(Role::Word, "printf");
            self.ink.space(" %s ");
            self.ink.put(Role::String, &shell_word(text));
            self.ink.space(" |");
        }
        self.command("build");
        for word in words {
            self.next_line();
            self.word(&word);
        }
        if inline.is_some() {
            self.flag("file", Some("-"));
        }
        self.next_line();
        self.word(&build.value.context);
        self.end();
        self.report.told.carried(build.span, "a command that builds the image");
        if let Some(image) = &container.image {
            self.report.told.carried(image.span, "the name of the image that is built");
        }
    }

    fn restart(&mut self, container: &Container) {
        let Some(At { value, span }) = &container.restart else {
            return;
        };
        let Restart { policy, attempts, delay, window } = value;
        let policy = match (policy, attempts) {
            (RestartPolicy::No, _) => "no".to_owned(),
            (RestartPolicy::OnFailure, Some(attempts)) => format!("on-failure:{attempts}"),
            (RestartPolicy::OnFailure, None) => "on-failure".to_owned(),
            (RestartPolicy::Always, _) => "always".to_owned(),
            (RestartPolicy::UnlessStopped, _) => "unless-stopped".to_owned(),
        };
        self.flag("restart", Some(&policy));
        self.report.told.carried(*span, "--restart");
        if delay.is_some() || window.is_some() || (attempts.is_some() && !policy.starts_with("on-failure")) {
            let why = "`--restart` takes a policy, and for `on-failure` a number; how long it waits is the runtime's own matter.";
            self.report.told.dropped(*span, why);
        }
    }

    /// Waits before a container is started, where that says more than the order of commands does.
    fn depends_on(&mut self, container: &Container) {
        let context = self.context;
        for At { value, span } in &container.depends_on {
            let Dependency { on, condition, is_required: _, restarts } = value;
            let Some(real) = context.names.container(on) else {
                self.report.told.dropped(*span, ["There is no container `", on, "` to wait for."].concat());
                continue;
            };
            if *on == container.name {
                self.report.told.dropped(*span, "A container cannot wait for itself.");
                continue;
            }
            let wait = match condition {
                Condition::Started => "",
                Condition::Completed => "wait",
                Condition::Healthy => "inspect",
            };
            match wait {
                "" => {}
                "wait" => {
                    self.command("wait");
                    self.ink.space(" ");
                    self.word(real);
                    self.end();
                }
                _ => {
                    let backend = context.choices.backend.name();
                    let line = "until [ \"$(BACKEND inspect --format '{{.State.Health.Status}}' NAME)\" = healthy ]; do sleep 1; done";
                    let line = line.replace("BACKEND", backend).replace("NAME", &shell_word(real));
                    self.ink.space(if self.ink.text.is_empty() { "" } else { "\n" });
                    self.ink.put(Role::Word, &line);
                    self.end();
                }
            }
            self.report.told.carried(*span, "the order of commands");
            if *restarts {
                self.report.told.dropped(*span, "Nothing starts a container again because another one was.");
            }
        }
    }
}
