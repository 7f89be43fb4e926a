//! What does a line of RUN do, command by command?

use super::packages::{Named, named};
use crate::{
    notation::shell::{Quoting, Token, Word, tokens},
    text::Span,
};

/// What takes the place of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// It is not needed: lists of packages, caches.
    Needless,
    /// Packages, each with the name it was asked for by.
    Packages(Vec<(String, Named)>),
    /// A line of a script that takes itself for root.
    Script(String),
    /// A line of such a script that makes users or groups.
    Users(String),
    /// Packages of Python.
    Python(Vec<String>),
    /// What only a derivation can do.
    Other(Tool),
}

/// What a command builds with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tool {
    /// npm, yarn, pnpm.
    Node,
    /// go
    Go,
    /// pip, poetry, uv.
    Python,
    /// cargo
    Cargo,
    /// nix build
    Flake,
    /// nix-build
    Nix,
    /// Anything else.
    Unknown,
}

impl Tool {
    /// The function of nixpkgs that takes its place.
    pub fn function(self) -> &'static str {
        match self {
            Self::Node => "pkgs.buildNpmPackage",
            Self::Go => "pkgs.buildGoModule",
            Self::Python => "pkgs.python3Packages.buildPythonApplication",
            Self::Cargo => "pkgs.rustPlatform.buildRustPackage",
            Self::Flake => "builtins.getFlake",
            Self::Nix => "import",
            Self::Unknown => "pkgs.runCommand",
        }
    }

    /// What to do in its place, in a sentence.
    pub fn advice(self) -> String {
        match self {
            Self::Unknown => "Make what it makes a derivation, such as `pkgs.runCommand`, and put that into the image.".to_owned(),
            Self::Python => "Name the packages in `pkgs.python3.withPackages (ps: [ ps.flask ])`, or make the program a package with `pkgs.python3Packages.buildPythonApplication`.".to_owned(),
            Self::Flake | Self::Nix => "What Nix builds is put into the image by its name; no second Nix has to run.".to_owned(),
            tool => format!("Make the program a package with `{}`, and put that into the image.", tool.function()),
        }
    }
}

/// So many commands of one RUN are looked at.
const MAX_COMMANDS: usize = 500;

/// What takes the place of each command of a line.
pub fn commands(line: &str) -> Vec<(String, Done)> {
    // What may fail is as good as what does not.
    let line = &line.replace("|| true", "       ");
    let mut all = Vec::new();
    let mut words: Vec<Word> = Vec::new();
    let mut is_plain = true;
    let mut end = |words: &mut Vec<Word>, is_plain: bool| {
        if let (Some(first), Some(last)) = (words.first(), words.last())
            && all.len() < MAX_COMMANDS
        {
            let text = first.span.to(last.span).of(line).to_owned();
            let done = if is_plain { command(words, &text) } else { Done::Other(tool(words)) };
            all.push((text, done));
        }
        words.clear();
    };
    let mut pending = true;
    for token in tokens(line, Span::new(0, line.len()), Quoting::Shell) {
        match token {
            Token::Word(word) => words.push(word),
            Token::Newline(_) => end(&mut words, std::mem::replace(&mut is_plain, true)),
            Token::Operator(span) => {
                let operator = span.of(line);
                let joins = matches!(operator, "&&" | ";");
                is_plain &= joins;
                pending &= joins;
                end(&mut words, is_plain);
                is_plain = joins;
            }
            Token::Redirection(_) => is_plain = false,
            Token::Comment(_) => {}
        }
    }
    end(&mut words, is_plain);
    // What hangs together by pipes and brackets is not taken apart.
    if !pending {
        for (text, done) in &mut all {
            if !matches!(done, Done::Other(_) | Done::Needless | Done::Packages(_)) {
                *done = Done::Other(tool_of(text));
            }
        }
    }
    all
}

fn tool_of(text: &str) -> Tool {
    match text.split_whitespace().next().unwrap_or_default() {
        "npm" | "npx" | "yarn" | "pnpm" | "corepack" => Tool::Node,
        "go" => Tool::Go,
        "pip" | "pip3" | "poetry" | "uv" | "pipenv" | "python" | "python3" => Tool::Python,
        "cargo" => Tool::Cargo,
        "nix" => Tool::Flake,
        "nix-build" | "nix-env" | "nix-shell" => Tool::Nix,
        _ => Tool::Unknown,
    }
}

/// The words of a command behind variables that are set for it, and behind `sudo`.
fn bare(words: &[Word]) -> &[Word] {
    let is_before = |it: &Word| {
        let is_variable =
            it.text.split_once('=').is_some_and(|it| it.0.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_'));
        is_variable || matches!(it.text.as_str(), "sudo" | "exec" | "command" | "env")
    };
    let count = words.iter().take_while(|it| is_before(it)).count();
    words.get(count..).unwrap_or_default()
}

fn tool(words: &[Word]) -> Tool {
    let words = bare(words);
    let second = words.get(1).map_or("", |it| it.text.as_str());
    let third = words.get(2).map_or("", |it| it.text.as_str());
    let first = words.first().map_or("", |it| it.text.as_str());
    match (first, second, third) {
        ("python" | "python3", "-m", "pip" | "build") => Tool::Python,
        ("python" | "python3", ..) => Tool::Unknown,
        _ => tool_of(first),
    }
}

fn command(words: &[Word], text: &str) -> Done {
    let words = bare(words);
    let texts: Vec<&str> = words.iter().map(|it| it.text.as_str()).collect();
    let Some((first, rest)) = texts.split_first() else { return Done::Needless };
    let names = |from: usize| rest.get(from..).unwrap_or_default().iter().filter(|it| !it.starts_with('-')).copied();
    let verb = names(0).next().unwrap_or_default();
    match *first {
        "apt-get" | "apt" | "apk" | "dnf" | "yum" | "microdnf" | "zypper" => match verb {
            "install" | "add" | "in" => packages(first, rest),
            _ => Done::Needless,
        },
        "set" | "true" | ":" | "echo" if !text.contains('>') => Done::Needless,
        "rm" if names(0).all(is_cache) => Done::Needless,
        "nix-channel" => Done::Needless,
        "update-ca-certificates" | "ldconfig" => Done::Needless,
        "mkdir" | "chown" | "chmod" | "ln" | "touch" | "rm" | "install" | "mv" | "cp" => Done::Script(text.to_owned()),
        "useradd" | "groupadd" | "usermod" => Done::Users(text.to_owned()),
        "adduser" => user(rest, "useradd").map_or(Done::Other(Tool::Unknown), Done::Users),
        "addgroup" => user(rest, "groupadd").map_or(Done::Other(Tool::Unknown), Done::Users),
        "pip" | "pip3" if verb == "install" => python(rest.get(1..).unwrap_or_default()),
        "python" | "python3" if rest.starts_with(&["-m", "pip", "install"]) => {
            python(rest.get(3..).unwrap_or_default())
        }
        _ => Done::Other(tool(words)),
    }
}

fn is_cache(path: &str) -> bool {
    ["/var/lib/apt", "/var/cache", "/tmp/", "/root/.cache", "/var/tmp"].iter().any(|it| path.starts_with(it))
}

/// Flags of package managers that a value follows.
const WITH_VALUE: &[&str] = &["-t", "--target-release", "-o", "--option", "--repository", "-X", "--virtual", "-c"];

fn packages(manager: &str, words: &[&str]) -> Done {
    let mut all = Vec::new();
    let mut has_verb = false;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if WITH_VALUE.contains(word) || (manager == "apk" && *word == "-t") {
            words.next();
        } else if word.starts_with('-') {
        } else if !has_verb {
            has_verb = true;
        } else if !word.starts_with('.') && !word.starts_with('/') {
            all.push(((*word).to_owned(), named(word)));
        } else {
            return Done::Other(Tool::Unknown);
        }
    }
    Done::Packages(all)
}

fn python(words: &[&str]) -> Done {
    let mut all = Vec::new();
    for word in words {
        let name = word.split(['=', '<', '>', '~', '[', '!']).next().unwrap_or_default();
        let is_name = !name.is_empty() && name.chars().all(|it| it.is_ascii_alphanumeric() || "_-.".contains(it));
        match *word {
            "-U" | "--upgrade" | "--no-cache-dir" | "--no-deps" | "-q" | "--quiet" | "--user" => {}
            "--break-system-packages" | "--no-compile" => {}
            // Python of nixpkgs has none of its own.
            "pip" | "setuptools" | "wheel" => {}
            _ if is_name && !word.starts_with(['-', '.']) && !word.contains('/') => {
                all.push(name.to_ascii_lowercase().replace(['_', '.'], "-"));
            }
            _ => return Done::Other(Tool::Python),
        }
    }
    if all.is_empty() { Done::Needless } else { Done::Python(all) }
}

/// `adduser -D -u 1000 app` as `useradd` says it.
fn user(words: &[&str], program: &str) -> Option<String> {
    let mut said = vec![program.to_owned(), "--system".to_owned()];
    let mut names = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let (flag, glued) = word.split_once('=').map_or((*word, None), |it| (it.0, Some(it.1)));
        let mut value = || glued.or_else(|| words.next().copied()).map(str::to_owned);
        match flag {
            "-u" | "--uid" => said.extend(["--uid".to_owned(), value()?]),
            "-g" | "--gid" if program == "groupadd" => said.extend(["--gid".to_owned(), value()?]),
            "-G" | "--ingroup" | "--gid" => said.extend(["--gid".to_owned(), value()?]),
            "-h" | "--home" => said.extend(["--home-dir".to_owned(), value()?]),
            "-s" | "--shell" => said.extend(["--shell".to_owned(), value()?]),
            "-g" | "--gecos" | "-c" | "--comment" => {
                value()?;
            }
            "-S" | "-D" | "-H" | "-q" | "--system" | "--quiet" | "--group" => {}
            "--disabled-password" | "--disabled-login" | "--no-create-home" => {}
            _ if flag.starts_with('-') => return None,
            name => names.push(name.to_owned()),
        }
    }
    let is_word = |it: &String| it.chars().all(|it| it.is_ascii_alphanumeric() || "-_./".contains(it));
    if !said.iter().chain(&names).all(is_word) {
        return None;
    }
    match names.as_slice() {
        [name] => said.push(name.clone()),
        // `addgroup USER GROUP`
        [name, group] => return Some(["usermod --append --groups ", group, " ", name].concat()),
        _ => return None,
    }
    Some(said.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_told_apart() {
        let told = |line: &str| {
            let all = commands(line).into_iter().map(|(_, it)| match it {
                Done::Needless => "-".to_owned(),
                Done::Packages(all) => all.into_iter().map(|it| it.0).collect::<Vec<_>>().join(","),
                Done::Script(line) => format!("script {line}"),
                Done::Users(line) => format!("users {line}"),
                Done::Python(all) => format!("python {}", all.join(",")),
                Done::Other(tool) => format!("{tool:?}"),
            });
            all.collect::<Vec<_>>().join(" | ")
        };
        for (line, expected) in [
            (
                "apt-get update && apt-get install -y --no-install-recommends curl git=1:2 && rm -rf /var/lib/apt/lists/*",
                "- | curl,git=1:2 | -",
            ),
            ("apk add --no-cache --virtual .deps gcc", "gcc"),
            ("apk update; dnf -y install a b", "- | a,b"),
            ("npm ci --omit=dev && npm run build", "Node | Node"),
            ("CGO_ENABLED=0 go build -o /app .", "Go"),
            ("pip install --no-cache-dir flask==3.0 Gun_icorn", "python flask,gun-icorn"),
            ("pip install -r requirements.txt", "Python"),
            ("python -m pip install -U pip", "-"),
            ("mkdir -p /data && chown 1:1 /data", "script mkdir -p /data | script chown 1:1 /data"),
            (
                "addgroup -S app && adduser -S -D -u 1000 -G app app",
                "users groupadd --system app | users useradd --system --uid 1000 --gid app app",
            ),
            ("curl -fsSL https://x.example/install.sh | sh", "Unknown | Unknown"),
            ("mkdir /a || true", "script mkdir /a"),
            ("cargo build --release", "Cargo"),
            ("nix-channel --update", "-"),
            ("nix-build -A hello '<nixpkgs>'", "Nix"),
            ("mkdir /x > /log", "Unknown"),
        ] {
            assert_eq!(told(line), expected, "{line}");
        }
    }
}
