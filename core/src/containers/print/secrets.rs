//! Where do secrets go that should not be in the Nix store, and what fills those places?
//!
//! Variables that look like secrets leave the text for a file with variables, one a container; what Compose hands out as
//! secrets, a file each. Their paths may be known to Nix alone: a path stands for it in the project, and what is written at
//! last has the expression.
//!
//! Source: Mic92/sops-nix README.md, modules/sops/templates/default.nix, modules/home-manager/templates.nix;
//! ryantm/agenix README.md, modules/age.nix, modules/age-home.nix; docker/cli opts/file.go, `parseKeyValueFile`

use std::{
    collections::{HashMap, HashSet},
    ops::BitOr,
};

use super::{
    Report,
    create::shell_word,
    names::{Given, Names},
    yaml::scalar,
};
use crate::{
    bench::Step,
    containers::{
        model::{At, Container, EnvFile, HandedFile, HandedFrom, Project},
        secret::{Known, Place, is_secret},
    },
    notation::nix::{Binding, Nix, push_string, write_name},
    text::Span,
};

/// How secrets are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Secrets {
    /// They stay where the text has them.
    #[default]
    Inline,
    /// In files that somebody makes by hand.
    File,
    /// sops-nix decrypts them.
    SopsNix,
    /// agenix decrypts them.
    Agenix,
}

impl Secrets {
    /// All of them, each with its name in links and that for people.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Inline, "inline", "In the text"),
        (Self::File, "file", "In files"),
        (Self::SopsNix, "sops-nix", "sops-nix"),
        (Self::Agenix, "agenix", "agenix"),
    ];
}

/// Whose configuration a module is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// That of the machine: NixOS.
    Machine,
    /// That of a user: home-manager.
    User,
}

/// The secrets that were taken out of a project.
#[derive(Debug, Default)]
pub(super) struct Kept {
    files: Vec<File>,
}

/// A file with secrets.
#[derive(Debug)]
struct File {
    /// Its name: `shop-db-env`, `shop-token`; a name of Nix that needs no quotes.
    name: String,
    holds: Holds,
    how: Secrets,
    owner: Owner,
}

#[derive(Debug)]
enum Holds {
    /// Variables of a container.
    Variables(Vec<Variable>),
    /// One secret: its text, or where somebody finds it.
    Whole(Result<String, String>),
    /// What the configuration says elsewhere, by this name.
    Elsewhere(String),
}

/// A variable that is a secret.
#[derive(Debug)]
struct Variable {
    name: String,
    value: String,
    /// What the decrypted secret is called: `shop-db-POSTGRES_PASSWORD`; unique, and a name of Nix that needs no quotes.
    key: String,
}

/// What is around the name of a file in the path that stands for its own; there is no such character in a path.
const MARK: char = '\u{10fffe}';

/// What such a path begins with.
const OPEN: &str = "/\u{10fffe}";

/// Stands for the home directory of a user in paths.
pub(super) const HOME: &str = "/\u{10fffd}";

/// The home directory of a user, in a string of Nix.
const HOME_PATH: &str = "${config.home.homeDirectory}";

/// The directory of files that somebody makes by hand.
const DIRECTORY: &str = "/var/lib/secrets";

/// Where such files are in the home directory of a user.
const IN_HOME: &str = "/.local/share/secrets";

/// What sops encrypts, beside the module.
const SOPS_FILE: &str = "./secrets.yaml";

impl Kept {
    /// Takes the secrets out of a project.
    pub fn take(
        project: &mut Project,
        names: &Names,
        how: Secrets,
        owner: Owner,
        declared: &[(String, At<String>)],
        report: &mut Report,
    ) -> Self {
        let mut kept = Self::default();
        let mut given = Given::default();
        let places = project.containers.iter().enumerate().map(|(at, it)| (it.name.clone(), at));
        let places: HashMap<String, usize> = places.collect();
        for (container, At { value, span }) in declared {
            let Some(container) = places.get(container).and_then(|at| project.containers.get_mut(*at)) else {
                continue;
            };
            let name = identifier(value, &mut given);
            let file = File { name, holds: Holds::Elsewhere(value.clone()), how: Secrets::SopsNix, owner };
            container.env_files.push(At::new(EnvFile { path: file.mark(), is_required: true }, *span));
            let how = ["It is a secret of sops-nix: say in your configuration where `", value, "` comes from."];
            report.told.changed(*span, how.concat());
            kept.files.push(file);
        }
        if how == Secrets::Inline {
            return kept;
        }
        let known = Known::of(project);
        let mut of_services: HashMap<String, String> = HashMap::new();
        for container in &mut project.containers {
            // Several containers of one service have one file.
            let name = names.shared(&container.name);
            let service = names.service(&container.name).to_owned();
            let own = match of_services.get(&service) {
                Some(own) => own.clone(),
                None => identifier(&[&name, "-env"].concat(), &mut given),
            };
            let file = File { name: own, holds: Holds::Variables(Vec::new()), how, owner };
            let variables = taken(container, &known, &file.shown(), report);
            if let [first, ..] = &variables[..] {
                let path = file.mark();
                container.env_files.push(At::new(EnvFile { path, is_required: true }, first.1));
                if of_services.insert(service, file.name.clone()).is_some() {
                    continue;
                }
                let variables = variables.into_iter().map(|((variable, value), _)| Variable {
                    key: identifier(&[&name, "-", &variable].concat(), &mut given),
                    name: variable,
                    value,
                });
                kept.files.push(File { holds: Holds::Variables(variables.collect()), ..file });
            }
        }
        let used = project.containers.iter().flat_map(|it| &it.secrets).map(|it| it.value.source.clone());
        let used: HashSet<String> = used.collect();
        for HandedFile { name, span, from } in project.secrets.iter_mut().filter(|it| used.contains(&it.name)) {
            let whole = match (&*from, how) {
                (HandedFrom::File(_), Secrets::File | Secrets::Inline) => continue,
                (HandedFrom::File(path), _) => Err(["the content of ", path].concat()),
                (HandedFrom::Environment(variable), _) => Err(["the value of ", variable].concat()),
                (HandedFrom::External(external), _) => Err(["what is kept as ", external].concat()),
                (HandedFrom::Content(text), _) => Ok(text.clone()),
            };
            let own = match &*names.project {
                "" => name.clone(),
                project => [project, "-", name].concat(),
            };
            let file = File { name: identifier(&own, &mut given), holds: Holds::Whole(whole), how, owner };
            report.told.changed(*span, ["It is read from `", &file.shown(), "`, which is to hold it."].concat());
            *from = HandedFrom::File(file.mark());
            kept.files.push(file);
        }
        left(project, &known, report);
        kept
    }

    /// The settings of what decrypts them.
    pub fn bindings(&self) -> Vec<Binding> {
        let mut secrets = Vec::new();
        let mut templates = Vec::new();
        for File { name, holds, how, owner } in &self.files {
            let at = |name: &str, option: &str, value| Binding {
                path: vec![name.to_owned(), option.to_owned()],
                ..Binding::named("", value)
            };
            match (how, holds) {
                (Secrets::Inline | Secrets::File, _) | (_, Holds::Elsewhere(_)) => {}
                (Secrets::Agenix, _) => {
                    let file = ["./secrets/", name, ".age"].concat();
                    secrets.push(at(name, "file", Nix::Raw(file)));
                    if *owner == Owner::User {
                        // Its own path begins with a variable of the shell, which no unit reads.
                        let path = ["\"${config.xdg.configHome}/agenix/", name, "\""].concat();
                        secrets.push(at(name, "path", Nix::Quoted(path)));
                    }
                }
                (Secrets::SopsNix, Holds::Whole(_)) => {
                    secrets.push(at(name, "sopsFile", Nix::Raw(SOPS_FILE.to_owned())));
                }
                (Secrets::SopsNix, Holds::Variables(variables)) => {
                    let mut content = String::new();
                    for Variable { name, key, value: _ } in variables {
                        content.extend([name, "=${config.sops.placeholder.", key, "}\n"]);
                        secrets.push(at(key, "sopsFile", Nix::Raw(SOPS_FILE.to_owned())));
                    }
                    templates.push(at(name, "content", Nix::Indented(content)));
                }
            }
        }
        let is_sops = self.own().any(|it| it.how == Secrets::SopsNix);
        let mut bindings = Vec::new();
        for (path, of) in
            [(if is_sops { "sops.secrets" } else { "age.secrets" }, secrets), ("sops.templates", templates)]
        {
            if !of.is_empty() {
                bindings.push(Binding::of(path, Nix::Set(of)).apart());
            }
        }
        bindings
    }

    /// Puts the expressions of paths where marks stand for them; says whether there were any.
    pub fn resolve(&self, nix: &mut Nix) -> bool {
        let files: HashMap<&str, &File> = self.files.iter().map(|it| (&*it.name, it)).collect();
        resolve(nix, &files)
    }
}

fn resolve(nix: &mut Nix, files: &HashMap<&str, &File>) -> bool {
    match nix {
        Nix::String(text) | Nix::Text(text) if is_marked(text) => {
            let name = text.strip_prefix(OPEN).and_then(|it| it.strip_suffix(MARK));
            *nix = match name.and_then(|it| files.get(it)) {
                Some(file) => file.expression(),
                None => {
                    let mut quoted = String::new();
                    push_string(&mut quoted, text);
                    Nix::Quoted(resolved(&quoted, files))
                }
            };
            true
        }
        Nix::Quoted(text) if is_marked(text) => {
            *text = resolved(text, files);
            true
        }
        Nix::List(elements) => elements.iter_mut().map(|it| resolve(it, files)).fold(false, BitOr::bitor),
        Nix::Set(bindings) => bindings.iter_mut().map(|it| resolve(&mut it.value, files)).fold(false, BitOr::bitor),
        Nix::Call(_, of) | Nix::Function(_, of) => resolve(of, files),
        Nix::Let(bindings, of) => {
            bindings.iter_mut().map(|it| resolve(&mut it.value, files)).fold(resolve(of, files), BitOr::bitor)
        }
        Nix::Word(_)
        | Nix::Raw(_)
        | Nix::Quoted(_)
        | Nix::Number(_)
        | Nix::String(_)
        | Nix::Text(_)
        | Nix::Indented(_)
        | Nix::Lines(_)
        | Nix::Inherited => false,
    }
}

/// A string of Nix with paths where marks stand for them.
fn resolved(quoted: &str, files: &HashMap<&str, &File>) -> String {
    let quoted = quoted.replace(HOME, HOME_PATH);
    let mut text = String::new();
    let mut rest = quoted.as_str();
    while let Some((before, behind)) = rest.split_once(OPEN) {
        let found = behind.split_once(MARK).and_then(|(name, rest)| Some((files.get(name)?, rest)));
        text.push_str(before);
        rest = match found {
            Some((file, rest)) => {
                text.push_str(&file.path());
                rest
            }
            None => {
                text.push_str(OPEN);
                behind
            }
        };
    }
    text.push_str(rest);
    text
}

fn is_marked(text: &str) -> bool {
    text.contains(MARK) || text.contains(HOME)
}

impl File {
    /// The path that stands for its own in a project.
    fn mark(&self) -> String {
        match (self.how, self.owner) {
            (Secrets::Inline | Secrets::File, Owner::Machine) => self.path(),
            _ => format!("/{MARK}{}{MARK}", self.name),
        }
    }

    /// Its path, as it is in a string of Nix.
    fn path(&self) -> String {
        let name = &*self.name;
        match (self.how, self.owner, &self.holds) {
            (Secrets::Inline | Secrets::File, Owner::Machine, _) => [DIRECTORY, "/", name].concat(),
            (Secrets::Inline | Secrets::File, Owner::User, _) => [HOME_PATH, IN_HOME, "/", name].concat(),
            (Secrets::SopsNix, _, Holds::Variables(_)) => ["${config.sops.templates.", name, ".path}"].concat(),
            (_, _, Holds::Elsewhere(name)) => ["${config.sops.secrets.", &write_name(name), ".path}"].concat(),
            (Secrets::SopsNix, _, Holds::Whole(_)) => ["${config.sops.secrets.", name, ".path}"].concat(),
            (Secrets::Agenix, _, _) => ["${config.age.secrets.", name, ".path}"].concat(),
        }
    }

    /// Its path, as a value of Nix.
    fn expression(&self) -> Nix {
        let path = self.path();
        match path.strip_prefix("${").and_then(|it| it.strip_suffix('}')) {
            Some(inner) => Nix::Raw(inner.to_owned()),
            None => Nix::Quoted(["\"", &path, "\""].concat()),
        }
    }

    /// Its path, for people.
    fn shown(&self) -> String {
        let path = self.path().replace(HOME_PATH, "~");
        let inner = path.strip_prefix("${").and_then(|it| it.strip_suffix('}')).map(str::to_owned);
        inner.unwrap_or(path)
    }

    /// What it is to hold, and what is to be known of that.
    fn lines(&self) -> (Vec<String>, String) {
        match &self.holds {
            Holds::Variables(all) => {
                (all.iter().map(|it| [&it.name, "=", &*it.value].concat()).collect(), String::new())
            }
            Holds::Whole(Ok(text)) => (text.lines().map(str::to_owned).collect(), String::new()),
            Holds::Whole(Err(from)) => (Vec::new(), ["It is to hold ", from, "."].concat()),
            Holds::Elsewhere(_) => (Vec::new(), String::new()),
        }
    }
}

/// So many secrets that stay are named in the note.
const NAMED: usize = 4;

/// Tells of the secrets that have no other place than the Nix store.
fn left(project: &Project, known: &Known, report: &mut Report) {
    let mut places = known.places(project);
    // Several containers of one service say the same once.
    let mut seen = HashSet::new();
    places.retain(|it| seen.insert((it.span, it.by.clone())));
    for Place { span, what: _, by, advice } in &places {
        let how = [
            "It holds a secret (",
            by,
            "), and stays in the Nix store, where everybody on the machine can read it. ",
            advice,
        ];
        report.told.changed(*span, how.concat());
    }
    let Some(first) = places.first() else { return };
    let mut named: Vec<String> = places.iter().take(NAMED).map(|it| it.what.clone()).collect();
    let more = places.len().saturating_sub(NAMED);
    if more > 0 {
        named.push([&more.to_string(), " more"].concat());
    }
    let last = named.pop().unwrap_or_default();
    let named = if named.is_empty() { last } else { [&named.join(", "), " and ", &*last].concat() };
    let message = [
        "Not every secret could be moved: in the Nix store, where everybody on the machine can read it, stays what is in ",
        &named,
        ". The report says what to do.",
    ];
    report.note(Some(first.span), message.concat());
}

/// A name of Nix that needs no quotes, and that no other one is.
fn identifier(name: &str, given: &mut Given) -> String {
    let allowed = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_');
    let name: String = name.chars().map(|it| if allowed(it) { it } else { '-' }).collect();
    // It may begin with a digit, or be a word of Nix.
    let is_bare = write_name(&name) == name;
    given.unique(&if is_bare { name } else { ["_", &name].concat() })
}

/// The variables that are secrets, taken out of a container, with their places.
fn taken(container: &mut Container, known: &Known, path: &str, report: &mut Report) -> Vec<((String, String), Span)> {
    let mut later: HashSet<String> = HashSet::new();
    let mut moved: HashSet<String> = HashSet::new();
    let mut kept = Vec::new();
    let mut taken = Vec::new();
    // Of a name the last value counts.
    for variable in container.environment.drain(..).rev() {
        let (name, value) = &variable.value;
        let secret = value.as_ref().filter(|it| is_secret(name, it) || known.betrays(name, it).is_some());
        let is_said_later = !later.insert(name.clone());
        let span = variable.span;
        match secret {
            _ if is_said_later && (secret.is_some() || moved.contains(name)) => {
                report.told.dropped(span, ["`", name, "` is said again later, which counts."].concat());
            }
            None => kept.push(variable),
            Some(value) => {
                moved.insert(name.clone());
                let is_name = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.');
                match name.chars().all(is_name) && !value.contains(['\n', '\r', '\0']) {
                    true => {
                        let how = ["It is read from `", path, "`, which is to hold it, and is not in the Nix store."];
                        report.told.changed(span, how.concat());
                        taken.push(((name.clone(), value.clone()), span));
                    }
                    false => {
                        let why = "A file with variables holds no name with such characters and no value of several lines, and the Nix store is no place for a secret: mount it as a file.";
                        report.told.dropped(span, why);
                    }
                }
            }
        }
    }
    kept.reverse();
    taken.reverse();
    container.environment = kept;
    taken
}

// ── the way to them ──

fn step(title: &str, explanation: &str, lines: Vec<String>) -> Step {
    Step { title: title.to_owned(), explanation: explanation.to_owned(), lines }
}

impl Kept {
    /// What fills the files.
    pub fn steps(&self) -> Vec<Step> {
        let Some(first) = self.own().next() else { return Vec::new() };
        match first.how {
            Secrets::Inline => Vec::new(),
            Secrets::File => self.own().map(by_hand).collect(),
            Secrets::SopsNix => self.by_sops(first.owner),
            Secrets::Agenix => self.by_agenix(first.owner),
        }
    }

    /// What is to be filled for this project.
    fn own(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|it| !matches!(it.holds, Holds::Elsewhere(_)))
    }

    fn by_sops(&self, owner: Owner) -> Vec<Step> {
        let modules = match owner {
            Owner::Machine => "`inputs.sops-nix.nixosModules.sops` goes among the modules of the host.",
            Owner::User => "`inputs.sops-nix.homeManagerModules.sops` goes among the imports of home.nix.",
        };
        let command = ["nix-shell -p sops --run 'sops ", SOPS_FILE.trim_start_matches("./"), "'"].concat();
        let mut lines = Vec::new();
        for file in self.own() {
            match &file.holds {
                Holds::Variables(all) => {
                    lines.extend(all.iter().map(|it| [&it.key, ": ", &*scalar(&it.value)].concat()));
                }
                Holds::Whole(Ok(text)) => lines.push([&file.name, ": ", &*scalar(text)].concat()),
                Holds::Elsewhere(_) => {}
                Holds::Whole(Err(from)) => {
                    let from: String = from.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
                    lines.push([&file.name, ": \"\" # ", &*from].concat());
                }
            }
        }
        vec![
            step(
                "Add the flake sops-nix",
                modules,
                vec!["inputs.sops-nix.url = \"github:Mic92/sops-nix\";".to_owned()],
            ),
            step(
                "Write down the secrets",
                "sops opens an editor for these lines and encrypts them beside the module, for the keys that `.sops.yaml` names: one of them has to be that of the machine.",
                vec![command, lines.join("\n")],
            ),
        ]
    }

    fn by_agenix(&self, owner: Owner) -> Vec<Step> {
        let modules = match owner {
            Owner::Machine => "`inputs.agenix.nixosModules.default` goes among the modules of the host.",
            Owner::User => "`inputs.agenix.homeManagerModules.default` goes among the imports of home.nix.",
        };
        let rule = |it: &File| ["  \"secrets/", &it.name, ".age\".publicKeys = [ \"ssh-ed25519 …\" ];"].concat();
        let rules = self.own().map(rule);
        let rules = ["{\n", &rules.collect::<Vec<_>>().join("\n"), "\n}"].concat();
        let mut steps = vec![
            step("Add the flake agenix", modules, vec!["inputs.agenix.url = \"github:ryantm/agenix\";".to_owned()]),
            step(
                "Say who can decrypt",
                "These lines go into secrets.nix beside the module; among the keys has to be that of the machine, from `/etc/ssh/ssh_host_ed25519_key.pub`.",
                vec![rules],
            ),
        ];
        for file in self.own() {
            let (lines, more) = file.lines();
            let command = ["nix run github:ryantm/agenix -- -e secrets/", &file.name, ".age"].concat();
            let explanation = ["agenix opens an editor, for what is to be in the file. ", &more].concat();
            let title = ["Write down ", &file.name].concat();
            let lines = (!lines.is_empty()).then(|| lines.join("\n"));
            steps.push(step(&title, explanation.trim_end(), [command].into_iter().chain(lines).collect()));
        }
        steps
    }
}

/// How a file is made that only its owner can read.
fn by_hand(file: &File) -> Step {
    let (lines, more) = file.lines();
    let (path, sudo) = match file.owner {
        Owner::Machine => (shell_word(&file.shown()), "sudo "),
        Owner::User => (file.shown(), ""),
    };
    let mut end = "EOF".to_owned();
    while lines.contains(&end) {
        end.push('_');
    }
    let mut commands = [sudo, "install -D -m 0600 /dev/null ", &path].concat();
    if !lines.is_empty() {
        commands.extend(["\n", sudo, "tee ", &path, " >/dev/null <<'", &end, "'\n"]);
        lines.iter().for_each(|it| commands.extend([it, "\n"]));
        commands.push_str(&end);
    }
    let explanation = ["Only its owner can read it. ", &more].concat();
    step(&["Make ", &file.shown()].concat(), explanation.trim_end(), vec![commands])
}
