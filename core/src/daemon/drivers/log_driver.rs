//! Where do container logs go? The log driver that counts, and the options it is given.

use crate::{
    Engine,
    daemon::{
        options::{self, DaemonOption},
        settings::{Setting, Settings},
    },
    text::{Span, words},
};

/// The log driver of containers that name none.
#[derive(Clone, Copy, Debug)]
pub struct LogDriver<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where it is set; `None` when the default counts.
    pub setting: Option<Setting<&'a str>>,
    /// What the Engine makes of the name.
    pub kind: Kind,
}

/// What an Engine makes of the name of a log driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It has the driver itself.
    BuiltIn,
    /// The word for no logs at all.
    None,
    /// The name looks like that of a plugin, which may be installed or not.
    Plugin,
    /// Only a plugin that happens to have this name could serve it.
    Unknown,
}

impl<'a> LogDriver<'a> {
    /// The log driver that counts in `engine`.
    pub fn of(settings: &Settings<'a>, engine: Engine) -> Self {
        let setting = settings.text("log-driver");
        let name = setting.map_or("json-file", |it| it.value);
        Self { name, setting, kind: Kind::of(name, engine) }
    }

    /// Whether the driver is built in and its Engine lets it have `option`.
    pub fn knows(&self, option: &DaemonOption, engine: Engine) -> bool {
        option.is_known_to(engine) && option.belongs_to(self.name, engine)
    }
}

impl Kind {
    fn of(name: &str, engine: Engine) -> Self {
        match name {
            "none" => Self::None,
            _ if is_built_in(name, engine) => Self::BuiltIn,
            // Plugins are named as images are; Grafana's is nearly always given this alias.
            _ if name.contains(['/', ':']) || name == "loki" => Self::Plugin,
            _ => Self::Unknown,
        }
    }
}

/// The drivers `engine` has itself, `none` not counted.
pub fn built_in(engine: Engine) -> impl Iterator<Item = &'static str> {
    options::values_in(options::LOG_DRIVERS, engine).filter(|it| *it != "none")
}

fn is_built_in(name: &str, engine: Engine) -> bool {
    built_in(engine).any(|it| it == name)
}

/// One entry of `log-opts`.
#[derive(Clone, Copy, Debug)]
pub struct LogOption<'a> {
    /// Its key, as written.
    pub name: &'a str,
    /// Its value; null counts as an empty text.
    pub text: &'a str,
    /// The bytes of the key.
    pub key: Span,
    /// The bytes of the value.
    pub span: Span,
}

impl LogOption<'_> {
    /// The bytes from the key to the end of the value.
    pub fn whole(&self) -> Span {
        self.key.to(self.span)
    }
}

/// The options given to the log driver; values that are no strings are left out.
pub fn log_options<'a>(settings: &Settings<'a>) -> Vec<LogOption<'a>> {
    let entries = settings.entries("log-opts").into_iter();
    entries
        .filter_map(|it| {
            Some(LogOption {
                name: it.name,
                text: it.setting.value.as_decoded_str()?,
                key: it.setting.key,
                span: it.setting.span,
            })
        })
        .collect()
}

/// Whether `log-opts` name a size for log files. Misspelt, or of the wrong type, it has diagnostics of its own.
pub fn names_max_size(settings: &Settings) -> bool {
    let is_misspelt = |name| options::member("log-opts", name).is_none() && words::distance(name, "max-size") <= 2;
    let entries = settings.entries("log-opts");
    entries.iter().any(|it| it.name == "max-size" || is_misspelt(it.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daemon::dialect::DAEMON_JSON;

    #[test]
    fn kinds_depend_on_the_engine() {
        for (name, engine, expected) in [
            ("local", "29", Kind::BuiltIn),
            ("none", "29", Kind::None),
            ("logentries", "24", Kind::BuiltIn),
            ("logentries", "25", Kind::Unknown),
            ("etwlogs", "29", Kind::Unknown), // Windows only
            ("JSON-file", "29", Kind::Unknown),
            ("loki", "29", Kind::Plugin),
            ("grafana/loki-docker-driver:latest", "29", Kind::Plugin),
        ] {
            assert_eq!(Kind::of(name, engine.parse().unwrap()), expected, "{name}");
        }
    }

    #[test]
    fn an_empty_name_is_none_and_null_options_are_empty() {
        let document =
            DAEMON_JSON.read(r#"{"log-driver": "", "log-opts": {"a": null, "b": 1}, "log-opts": {"b": "x"}}"#);
        let settings = Settings::of(&document, Engine::LATEST);
        assert_eq!(LogDriver::of(&settings, Engine::LATEST).name, "json-file");
        let found: Vec<_> = log_options(&settings).iter().map(|it| (it.name, it.text)).collect();
        assert_eq!(found, [("a", ""), ("b", "x")]);
    }
}
