//! Log options that exclude each other.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    daemon::drivers::log_driver::{Kind, LogDriver, LogOption, log_options},
    docker::go::{
        strconv::{atoi, parse_bool},
        url,
    },
};

rule! {
    /// Log options that exclude each other, or that need another one.
    ///
    /// ## Why it matters
    /// The daemon checks most of these combinations as it starts, and does not start with them. Compression without
    /// rotation is noticed only as a container starts: then the container fails.
    ///
    /// ## What to do
    /// Keep the option you need and remove the other; to compress, also set `max-size` and a `max-file` of 2 or more.
    ///
    /// ## Example
    /// ```json
    /// { "log-opts": { "max-buffer-size": "4m" } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/logger/factory.go`, `ValidateLogOpts`; `daemon/logger/gelf/gelf.go` and
    /// `daemon/logger/awslogs/cloudwatchlogs.go`, `ValidateLogOpt`; `daemon/logger/fluentd/fluentd.go` before 28.0,
    /// `parseConfig`; `daemon/logger/jsonfilelog/jsonfilelog.go`, `New`; `daemon/logger/local/config.go`,
    /// `validateConfig`
    "log-options-incompatible", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    let driver = LogDriver::of(context.settings, context.engine);
    if driver.kind == Kind::None {
        return;
    }
    let options = Options { context, all: log_options(context.settings) };
    found.extend(buffer_without_mode(&options));
    if driver.kind != Kind::BuiltIn {
        return;
    }
    match driver.name {
        "gelf" => other_transport(&options, found),
        "awslogs" => found.extend(two_ways_to_split(&options)),
        "fluentd" => found.extend(two_names_for_async(&options)),
        "json-file" => found.extend(compression_of_one_file(&options)),
        "local" => found.extend(default_compression_of_one_file(&options)),
        _ => {}
    }
}

struct Options<'a> {
    context: &'a Context<'a>,
    all: Vec<LogOption<'a>>,
}

impl<'a> Options<'a> {
    fn get(&self, name: &str) -> Option<LogOption<'a>> {
        self.all.iter().copied().find(|it| it.name == name)
    }

    fn not_empty(&self, name: &str) -> Option<LogOption<'a>> {
        self.get(name).filter(|it| !it.text.is_empty())
    }

    fn remove(&self, option: LogOption) -> Fix {
        Fix::choice(say!("Remove `{}`", option.name), self.context.remove(option.span))
    }

    fn set(&self, name: &str, value: &str) -> Fix {
        Fix::choice(say!("Set `{name}` to `{value}`"), self.context.set(&["log-opts", name], value))
    }
}

fn stops_the_daemon(option: LogOption, message: String) -> Diagnostic {
    Diagnostic::error(ID, Stage::Start, option.key, message)
        .why("The daemon checks this as it starts, and does not start with it.")
}

fn stops_containers(option: LogOption, message: String) -> Diagnostic {
    Diagnostic::no_container(ID, option.key, message)
        .why("The daemon starts, and then every container that uses the default log driver fails.")
}

fn buffer_without_mode(options: &Options) -> Option<Diagnostic> {
    let size = options.get("max-buffer-size")?;
    let mode = options.get("mode").map_or("", |it| it.text);
    matches!(mode, "" | "blocking").then(|| {
        let message = say!("`max-buffer-size` needs `mode` to be `non-blocking`");
        let mut diagnostic = stops_the_daemon(size, message)
            .help("Set `mode` to `non-blocking`, or remove `max-buffer-size`: in blocking mode nothing is buffered.");
        if let Some(mode) = options.get("mode") {
            diagnostic = diagnostic.related(mode.whole(), "the mode");
        }
        diagnostic.fix(options.set("mode", "non-blocking")).fix(options.remove(size))
    })
}

fn other_transport(options: &Options, found: &mut Found) {
    let Some(address) = options.get("gelf-address") else {
        return;
    };
    let Ok(url) = url::parse(address.text, options.context.engine) else {
        return;
    };
    if !matches!(url.scheme.as_str(), "tcp" | "udp") {
        return;
    }
    for option in options.all.iter().copied() {
        let needed = match option.name {
            "gelf-compression-type" | "gelf-compression-level" => "udp",
            "gelf-tcp-max-reconnect" | "gelf-tcp-reconnect-delay" => "tcp",
            _ => continue,
        };
        if needed == url.scheme {
            continue;
        }
        let message = say!("`{}` works only over {}", option.name, needed.to_ascii_uppercase());
        found.push(
            stops_the_daemon(option, message)
                .related(address.whole(), "the address")
                .help(say!("Remove it, or use an address that begins with `{needed}://`."))
                .fix(options.remove(option)),
        );
    }
}

fn two_ways_to_split(options: &Options) -> Option<Diagnostic> {
    let datetime = options.get("awslogs-datetime-format");
    let pattern = options.get("awslogs-multiline-pattern");
    if let (Some(datetime), Some(pattern)) = (datetime, pattern) {
        let message = say!("`awslogs-datetime-format` and `awslogs-multiline-pattern` exclude each other");
        return Some(
            stops_the_daemon(datetime, message)
                .related(pattern.whole(), "the other way to find where a message begins")
                .help("Keep one of them: both say where a message begins.")
                .fix(options.remove(datetime))
                .fix(options.remove(pattern)),
        );
    }
    let format = options.not_empty("awslogs-format").filter(|it| it.text == "json/emf")?;
    let other = datetime.or(pattern)?;
    let message = say!("`{}` cannot be used with the format `json/emf`", other.name);
    Some(
        stops_the_daemon(other, message)
            .related(format.whole(), "the format")
            .help("Remove one of them: messages in that format are not put together from lines.")
            .fix(options.remove(other))
            .fix(options.remove(format)),
    )
}

fn two_names_for_async(options: &Options) -> Option<Diagnostic> {
    let old = options.not_empty("fluentd-async-connect")?;
    let new = options.not_empty("fluentd-async")?;
    (!options.context.since(28, 0)).then(|| {
        let message = say!("`fluentd-async-connect` is the old name of `fluentd-async`, and both are set");
        stops_the_daemon(old, message)
            .related(new.whole(), "the new name")
            .help("Remove `fluentd-async-connect`.")
            .fix(options.remove(old))
    })
}

fn compression_of_one_file(options: &Options) -> Option<Diagnostic> {
    let compress = options.get("compress")?;
    parse_bool(compress.text).filter(|is_on| *is_on)?;
    let files = options.get("max-file").map_or(Some(1), |it| atoi(it.text))?;
    let has_size = options.get("max-size").is_some();
    (files == 1 || !has_size).then(|| {
        let message = match has_size {
            true => say!("`compress` needs a `max-file` of 2 or more"),
            false => say!("`compress` needs `max-size`"),
        };
        stops_containers(compress, message)
            .help("Only rotated files are compressed: set `max-size`, and `max-file` to 2 or more, or leave `compress` out.")
            .fix(options.remove(compress))
    })
}

fn default_compression_of_one_file(options: &Options) -> Option<Diagnostic> {
    let files = options.get("max-file")?;
    let count = atoi(files.text).filter(|it| *it >= 0)?;
    let compress = options.get("compress").map_or(Some(true), |it| parse_bool(it.text))?;
    (compress && count <= 1).then(|| {
        let message = say!("`max-file` of {count} needs `compress` to be `false`");
        stops_containers(files, message)
            .help("Driver `local` compresses rotated files unless told otherwise, and with a single file nothing is rotated.")
            .fix(options.set("compress", "false"))
            .fix(options.remove(files))
    })
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn flags_options_that_exclude_each_other() {
        for (engine, driver, options, expected) in [
            ("29", "json-file", r#""max-buffer-size": "4m""#, &["error \"max-buffer-size\""][..]),
            ("29", "x/y", r#""max-buffer-size": "4m""#, &["error \"max-buffer-size\""]),
            ("29", "local", r#""max-buffer-size": "4m", "mode": "blocking""#, &["error \"max-buffer-size\""]),
            ("29", "local", r#""max-buffer-size": "4m", "mode": "non-blocking""#, &[]),
            ("29", "none", r#""max-buffer-size": "4m""#, &[]),
            (
                "29",
                "gelf",
                r#""gelf-address": "tcp://a:1", "gelf-compression-type": "gzip""#,
                &["error \"gelf-compression-type\""],
            ),
            (
                "29",
                "gelf",
                r#""gelf-address": "udp://a:1", "gelf-tcp-max-reconnect": "1""#,
                &["error \"gelf-tcp-max-reconnect\""],
            ),
            ("29", "gelf", r#""gelf-address": "UDP://a:1", "gelf-compression-level": "1""#, &[]),
            (
                "29",
                "awslogs",
                r#""awslogs-datetime-format": "", "awslogs-multiline-pattern": "x""#,
                &["error \"awslogs-datetime-format\""],
            ),
            (
                "29",
                "awslogs",
                r#""awslogs-format": "json/emf", "awslogs-multiline-pattern": "x""#,
                &["error \"awslogs-multiline-pattern\""],
            ),
            (
                "27",
                "fluentd",
                r#""fluentd-async": "true", "fluentd-async-connect": "true""#,
                &["error \"fluentd-async-connect\""],
            ),
            ("28", "fluentd", r#""fluentd-async": "true", "fluentd-async-connect": "true""#, &[]),
            ("29", "json-file", r#""compress": "true", "max-file": "3""#, &["warning \"compress\""]),
            ("29", "json-file", r#""compress": "true", "max-size": "1m""#, &["warning \"compress\""]),
            ("29", "json-file", r#""compress": "true", "max-size": "1m", "max-file": "2""#, &[]),
            ("29", "json-file", r#""compress": "false""#, &[]),
            ("29", "local", r#""max-file": "1""#, &["warning \"max-file\""]),
            ("29", "local", r#""max-file": "1", "compress": "false""#, &[]),
            ("29", "local", r#""max-file": "2""#, &[]),
        ] {
            let text = format!(r#"{{"log-driver": "{driver}", "log-opts": {{{options}}}}}"#);
            assert_flags(engine, &text, ID, expected);
        }
    }
}
