//! What of a project does likely hold something that nobody should read?

use std::collections::{HashMap, HashSet};

use super::model::{Build, Container, HandedFrom, HealthTest, Project};
use crate::text::Span;

/// Parts of names that hold a secret.
const PARTS: &[&str] =
    &["PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "TOKEN", "API_KEY", "APIKEY", "ACCESS_KEY", "PRIVATE_KEY"];

/// What stands before `_KEY` in such a name, besides.
const KEYS: &[&str] = &["API", "ENCRYPTION", "APP", "MASTER"];

/// Words of such a name.
const WORDS: &[&str] = &["PASS", "PWD", "CREDENTIALS"];

/// What a name ends with whose value is where the secret is, or something about it.
const ELSEWHERE: &[&str] = &["_FILE", "_PATH", "_ENABLED", "_EXPIRY", "_TTL", "_ID", "_NAME", "_LENGTH", "_LIFETIME"];

/// Whether a value is likely a secret: by the name of its variable, or because it is an address with a password.
///
/// ```
/// use drydock::containers::secret::is_secret;
///
/// assert!(is_secret("POSTGRES_PASSWORD", "hunter2"));
/// assert!(is_secret("DATABASE_URL", "postgres://me:hunter2@db/shop"));
/// assert!(!is_secret("POSTGRES_PASSWORD_FILE", "/run/secrets/db"));
/// assert!(!is_secret("ALLOW_EMPTY_PASSWORD", "yes"));
/// ```
pub fn is_secret(name: &str, value: &str) -> bool {
    let is_nothing = value.is_empty() || matches!(value, "true" | "false" | "yes" | "no" | "0" | "1");
    if is_nothing || value.starts_with('/') {
        return false;
    }
    holds_secret(name) || has_password(value)
}

fn holds_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    // Of Redis; and of Traefik, `user:hash`.
    if ["REQUIREPASS", "MASTERAUTH", ".BASICAUTH.USERS", ".DIGESTAUTH.USERS"].iter().any(|it| name.ends_with(it)) {
        return true;
    }
    let is_switch = ["ALLOW", "RANDOM", "REQUIRE"].iter().any(|it| name.contains(it));
    if is_switch || ELSEWHERE.iter().any(|it| name.ends_with(it)) {
        return false;
    }
    let is_key = name.ends_with("_KEY") && KEYS.iter().any(|it| name.contains(it));
    let mut words = name.split(['_', '-', '.']);
    is_key || PARTS.iter().any(|it| name.contains(it)) || words.any(|it| WORDS.contains(&it))
}

/// `postgres://me:hunter2@db/shop`
fn has_password(value: &str) -> bool {
    let authority = value.split_once("://").and_then(|(_, it)| it.split(['/', '?', '#']).next());
    let user = authority.and_then(|it| it.rsplit_once('@')).map(|it| it.0);
    user.and_then(|it| it.split_once(':')).is_some_and(|it| !it.1.is_empty())
}

/// A secret of a project, besides its variables: whoever writes the project down has no other place for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The bytes that say it.
    pub span: Span,
    /// What it is: ``the build argument `NPM_TOKEN` of `web` ``.
    pub what: String,
    /// How it was recognised: `` `--password` ``.
    pub by: String,
    /// What can be done, in a sentence.
    pub advice: &'static str,
}

const OF_BUILD: &str = "Hand it to the build as a secret, which the Dockerfile reads with `RUN --mount=type=secret`.";
const OF_LABEL: &str = "Nothing reads a label from a file: let whoever reads the label have a file of its own, as Traefik has `usersFile`.";
const OF_COMMAND: &str = "Keep it in a variable whose name says that it is a secret, and let the program read that, or a shell in the container: `sh -c 'exec … \"$NAME\"'`.";
const OF_HEALTH: &str = "Keep it in a variable of the container whose name says that it is a secret, and let a shell read that: `$NAME` (`$$NAME` in a Compose file).";
const OF_LOG: &str = "No option of a log driver is read from a file: choose a driver that needs no secret.";
const OF_FLAG: &str = "Of all flags only `--env-file` reads from a file: choose a variable, if the program knows one.";
const OF_VOLUME: &str = "Mount it with `fileSystems` of NixOS, whose `credentials=` is a file, and bind the directory.";
const OF_NETWORK: &str = "No such option is read from a file: use a driver that needs no secret.";
const OF_CONFIG: &str = "Make it one of the `secrets` in place of the `configs`, or leave the secret out of its text.";

/// What is known of the secrets of a project, to find them again elsewhere.
#[derive(Debug, Default)]
pub struct Known {
    /// The variables that have a value.
    values: HashMap<String, String>,
}

/// What is before a part of a line.
#[derive(Clone, Copy, Default)]
struct Before<'t> {
    /// The part before.
    last: &'t str,
    /// The one before that.
    second: &'t str,
    /// Whether a value is to follow: `password:`, `password =`.
    is_assigned: bool,
}

/// A value of fewer bytes is a word like any other.
const SHORTEST: usize = 6;

/// What parts of a line of a shell, and of options, are apart by.
const APART: [char; 13] = [' ', '\t', '\n', '\r', '"', '\'', ';', '|', '&', '(', ')', ',', '`'];

impl Known {
    /// The values of variables that are secrets, without those that are words of something else, too: `postgres`.
    pub fn of(project: &Project) -> Self {
        let mut values = HashMap::new();
        let mut ordinary: HashSet<&str> = HashSet::new();
        for container in &project.containers {
            ordinary.insert(&container.name);
            let image = container.image.iter().flat_map(|it| it.value.split(['/', ':', '@']));
            ordinary.extend(image.chain(container.user.iter().map(|it| it.value.as_str())));
            for (name, value) in container.environment.iter().map(|it| &it.value) {
                let Some(value) = value else { continue };
                match is_secret(name, value) {
                    true if value.len() >= SHORTEST && !is_open(value) => {
                        values.insert(value.clone(), ["the value of `", name, "`"].concat());
                    }
                    true => {}
                    false => {
                        ordinary.insert(value);
                    }
                }
            }
        }
        for file in &project.secrets {
            if let HandedFrom::Content(text) = &file.from
                && text.trim().len() >= SHORTEST
            {
                values.insert(text.trim().to_owned(), ["the text of `", &file.name, "`"].concat());
            }
        }
        values.retain(|value, _| !ordinary.contains(value.as_str()));
        Self { values }
    }

    /// By what a variable, label or option is recognised to hold a secret.
    pub fn betrays(&self, name: &str, value: &str) -> Option<String> {
        let is_named = is_secret(name, value) && !is_open(value);
        if is_named {
            return Some(["`", name, "`"].concat());
        }
        self.within([value])
    }

    /// The same of words, or of lines for a shell.
    fn within<'t>(&self, words: impl IntoIterator<Item = &'t str>) -> Option<String> {
        let mut before = Before::default();
        for word in words {
            if let Some(known) = self.values.get(word.trim()) {
                return Some(known.clone());
            }
            for part in word.split(APART).filter(|it| !it.is_empty()) {
                if let Some(found) = self.part(&before, part) {
                    return Some(found);
                }
                before = match part {
                    "=" | ":" => Before { is_assigned: true, ..before },
                    part => Before { last: part, second: before.last, is_assigned: part.ends_with([':', '=']) },
                };
            }
        }
        None
    }

    /// The same of a part of a line, behind others.
    fn part(&self, before: &Before, part: &str) -> Option<String> {
        // `Authorization: Bearer …`
        if before.second.eq_ignore_ascii_case("authorization:") && !is_open(part) {
            return Some("`Authorization`".to_owned());
        }
        if has_password(part) {
            return Some("an address with a password".to_owned());
        }
        let is_name =
            |it: &str| !it.is_empty() && it.chars().all(|it| it.is_ascii_alphanumeric() || "_-.".contains(it));
        let named = |name: &str, value: &str| {
            let bare = name.trim_start_matches('-').replace('-', "_");
            (is_name(&bare) && !is_open(value) && is_secret(&bare, value)).then(|| ["`", name, "`"].concat())
        };
        let told = part.split_once('=').and_then(|(name, value)| named(name, value));
        let is_named_before = before.last.starts_with('-') || before.is_assigned;
        let told = told.or_else(|| {
            let name = before.last.trim_end_matches([':', '=']);
            named(name, part).filter(|_| is_named_before && !part.starts_with('-'))
        });
        let glued = part.strip_prefix('-').and_then(|it| it.get(1..)).unwrap_or_default();
        let pieces = part.split(['=', ':', '@', '/']).chain([part, glued]);
        told.or_else(|| pieces.filter(|it| it.len() >= SHORTEST).find_map(|it| self.values.get(it).cloned()))
    }

    /// Every secret of a project that is in no variable of a container.
    pub fn places(&self, project: &Project) -> Vec<Place> {
        let mut places = Vec::new();
        project.containers.iter().for_each(|it| self.of_container(it, &mut places));
        let mut add = |span, by: Option<String>, what: String, advice| {
            places.extend(by.map(|by| Place { span, what, by, advice }));
        };
        for it in &project.networks {
            let of = [" of the network `", &it.name, "`"].concat();
            for pair in it.driver_options.iter().chain(&it.ipam_options) {
                let by = self.betrays(&pair.value.0, &pair.value.1);
                add(pair.span, by, ["the option `", &pair.value.0, "`", &of].concat(), OF_NETWORK);
            }
            for pair in &it.labels {
                let by = self.betrays(&pair.value.0, &pair.value.1);
                add(pair.span, by, ["the label `", &pair.value.0, "`", &of].concat(), OF_LABEL);
            }
            for flag in &it.flags {
                let by = flag.value.1.as_ref().and_then(|it| self.betrays(&flag.value.0, it));
                add(flag.span, by, ["`--", &flag.value.0, "`", &of].concat(), OF_NETWORK);
            }
        }
        for it in &project.volumes {
            let of = [" of the volume `", &it.name, "`"].concat();
            for pair in &it.driver_options {
                let by = self.betrays(&pair.value.0, &pair.value.1);
                add(pair.span, by, ["the option `", &pair.value.0, "`", &of].concat(), OF_VOLUME);
            }
            for pair in &it.labels {
                let by = self.betrays(&pair.value.0, &pair.value.1);
                add(pair.span, by, ["the label `", &pair.value.0, "`", &of].concat(), OF_LABEL);
            }
            for flag in &it.flags {
                let by = flag.value.1.as_ref().and_then(|it| self.betrays(&flag.value.0, it));
                add(flag.span, by, ["`--", &flag.value.0, "`", &of].concat(), OF_VOLUME);
            }
        }
        for it in &project.configs {
            if let HandedFrom::Content(text) = &it.from {
                add(
                    it.span,
                    self.within([text.as_str()]),
                    ["the text of the config `", &it.name, "`"].concat(),
                    OF_CONFIG,
                );
            }
        }
        places
    }

    fn of_container(&self, container: &Container, places: &mut Vec<Place>) {
        let of = [" of `", &container.name, "`"].concat();
        let mut add = |span, by: Option<String>, what: &[&str], advice| {
            places.extend(by.map(|by| Place { span, what: [&what.concat(), &*of].concat(), by, advice }));
        };
        if let Some(build) = &container.build {
            let span = build.span;
            let Build { context, dockerfile: _, dockerfile_inline, target: _, args, tags: _, flags } = &build.value;
            add(span, self.within([context.as_str()]), &["the address of the build"], OF_BUILD);
            for (name, value) in args {
                let by = value.as_ref().and_then(|it| self.betrays(name, it));
                add(span, by, &["the build argument `", name, "`"], OF_BUILD);
            }
            let text = dockerfile_inline.as_deref().and_then(|it| self.within([it]));
            add(span, text, &["the Dockerfile"], OF_BUILD);
            add(span, self.within(flags.iter().map(String::as_str)), &["the flags of the build"], OF_BUILD);
        }
        for pair in &container.labels {
            let by = self.betrays(&pair.value.0, &pair.value.1);
            add(pair.span, by, &["the label `", &pair.value.0, "`"], OF_LABEL);
        }
        for (what, words) in [("the entrypoint", &container.entrypoint), ("the command", &container.command)] {
            if let Some(words) = words {
                add(words.span, self.within(words.value.iter().map(String::as_str)), &[what], OF_COMMAND);
            }
        }
        if let Some(health) = &container.health {
            let by = match &health.value.test {
                HealthTest::Shell(line) => self.within([line.as_str()]),
                HealthTest::Words(words) => self.within(words.iter().map(String::as_str)),
                HealthTest::Image | HealthTest::Off => None,
            };
            add(health.span, by, &["the health check"], OF_HEALTH);
        }
        for pair in &container.log_options {
            let by = self.betrays(&pair.value.0, &pair.value.1);
            add(pair.span, by, &["the log option `", &pair.value.0, "`"], OF_LOG);
        }
        for mount in &container.mounts {
            let by = self.within(mount.value.options.iter().map(String::as_str));
            add(mount.span, by, &["the options of the mount `", &mount.value.target, "`"], OF_VOLUME);
        }
        for flag in &container.flags {
            let by = flag.value.value.as_ref().and_then(|it| self.betrays(flag.value.name, it));
            add(flag.span, by, &["`--", flag.value.name, "`"], OF_FLAG);
        }
    }
}

/// Whether a value is yet to be put in: `$TOKEN`, `@TOKEN@`.
fn is_open(value: &str) -> bool {
    value.starts_with(['$', '%', '<', '{']) || value.len() > 1 && value.starts_with('@') && value.ends_with('@')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::containers::model::At;

    #[test]
    fn tells_secrets_by_their_names_and_by_addresses() {
        for (name, value, expected) in [
            ("DB_PASS", "x", true),
            ("APP_KEY", "base64:x", true),
            ("SECRET_KEY_BASE", "x", true),
            ("AWS_ACCESS_KEY_ID", "x", false), // a name
            ("TOKEN_TTL", "3600", false),
            ("COMPASS", "x", false), // a part of a word
            ("KEY", "x", false),
            ("MYSQL_RANDOM_ROOT_PASSWORD", "x", false),
            ("PASSWORD", "", false),
            ("USE_TOKEN", "true", false),
            ("PGPASSFILE", "/x", false),
            ("REDIS_URL", "redis://:x@redis:6379", true),
            ("URL", "https://me@example.org/a:b@c", false), // no password
            ("URL", "https://example.org", false),
        ] {
            assert_eq!(is_secret(name, value), expected, "{name}={value}");
        }
    }

    #[test]
    fn tells_secrets_within_words_and_lines() {
        let pair = |name: &str, value: &str| At::new((name.to_owned(), Some(value.to_owned())), Span::default());
        let container = Container {
            name: "db".to_owned(),
            environment: vec![
                pair("DB_PASSWORD", "correct-horse"),
                pair("A_PASSWORD", "postgres"),
                pair("DB_USER", "postgres"),
                pair("B_PASSWORD", "root"),
            ],
            ..Container::default()
        };
        let known = Known::of(&Project { containers: vec![container], ..Project::default() });
        for (line, by) in [
            ("redis-server --requirepass hunter2", Some("`--requirepass`")),
            ("serve --password=hunter2", Some("`--password`")),
            ("serve --api-key 'hunter2'", Some("`--api-key`")),
            ("serve --password-file /run/x", None),
            ("serve --password $PASSWORD", None), // whoever runs it has it
            ("serve --password --verbose", None),
            ("serve --token=@TOKEN@", None),
            ("PGPASSWORD=hunter2 pg_isready", Some("`PGPASSWORD`")),
            ("psql postgres://me:hunter2@db/shop", Some("an address with a password")),
            ("curl -H 'Authorization: Bearer abcdefgh'", Some("`Authorization`")),
            ("mysqladmin ping -pcorrect-horse", Some("the value of `DB_PASSWORD`")),
            ("redis-cli -a correct-horse ping", Some("the value of `DB_PASSWORD`")),
            ("pg_isready -U postgres", None), // a name, too
            ("mysqladmin ping -uroot", None),
            ("password: hunter2", Some("`password`")),
            ("password = hunter2", Some("`password`")),
            ("user=me,password=hunter2", Some("`password`")),
            ("nginx -g 'daemon off;'", None),
        ] {
            assert_eq!(known.within([line]).as_deref(), by, "{line}");
            let words: Vec<&str> = line.split(' ').collect();
            assert_eq!(known.within(words).as_deref(), by, "{line}, in words");
        }
    }
}
