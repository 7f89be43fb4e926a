//! An address of a log server that the driver does not accept.

use super::{
    Context, Found,
    voice::{ARE_READ, Diagnostic, Fix, Stage},
};
use crate::{
    Engine,
    daemon::drivers::log_driver::{Kind, LogDriver, LogOption, log_options},
    docker::go::{
        hostport,
        url::{self, Url},
    },
    text::find,
};

rule! {
    /// An address of a log server that the log driver does not accept.
    ///
    /// ## Why it matters
    /// `syslog`, `gelf` and `fluentd` read their address as the daemon starts, and keep it from starting when it has no
    /// transport they know. `splunk` reads its URL as a container starts: then the container fails.
    ///
    /// ## What to do
    /// Put the transport before the host: `udp://192.0.2.10:514`, `tcp://logs.example:12201`.
    ///
    /// ## Example
    /// ```json
    /// { "log-driver": "syslog", "log-opts": { "syslog-address": "192.0.2.10:514" } }
    /// ```
    ///
    /// ## Source
    /// moby `parseAddress` in `daemon/logger/syslog/syslog.go`, `daemon/logger/gelf/gelf.go` and
    /// `daemon/logger/fluentd/fluentd.go`; `parseURL` in `daemon/logger/splunk/splunk.go`; in 20.10 also
    /// `pkg/urlutil/urlutil.go`
    "log-address-malformed", [Error, Warning, Hint], check
}

/// What is wrong with an address, as a sentence without a full stop.
type Flaw = String;

/// Reads an address as a driver of that Engine does.
type Read = fn(&str, Engine) -> Result<(), Flaw>;

fn check(context: &Context, found: &mut Found) {
    let driver = LogDriver::of(context.settings, context.engine);
    if driver.kind != Kind::BuiltIn {
        return;
    }
    let (name, read, schemes): (_, Read, _) = match driver.name {
        "syslog" => ("syslog-address", syslog, "udp"),
        "gelf" => ("gelf-address", gelf, "udp"),
        "fluentd" => ("fluentd-address", fluentd, "tcp"),
        "splunk" => ("splunk-url", splunk, "https"),
        _ => return,
    };
    let options = log_options(context.settings);
    // An empty address is the default, or the business of `log-option-missing`.
    let Some(option) = options.iter().find(|it| it.name == name && !it.text.is_empty()) else {
        return;
    };
    match read(option.text, context.engine) {
        // A hint decides no verdict.
        Ok(()) if ARE_READ => found.extend(unseen_socket(*option)),
        Ok(()) => {}
        Err(flaw) => {
            let diagnostic = match driver.name {
                "splunk" => Diagnostic::no_container(ID, option.span, flaw)
                    .why("The daemon starts, and then every container that uses the default log driver fails."),
                _ => Diagnostic::error(ID, Stage::Start, option.span, flaw)
                    .why("The daemon reads the address as it starts, and does not start with this one."),
            };
            found.push(diagnostic.help(help(driver.name)).explained(|diagnostic| {
                let meant = say!("{schemes}://{}", option.text.trim().trim_start_matches('/'));
                let is_meant = !find::contains(option.text, "://") && read(&meant, context.engine).is_ok();
                let fix = is_meant
                    .then(|| Fix::choice(say!("Write `{meant}`"), context.replace(option.span, meant.as_str())));
                diagnostic.fix(fix)
            }));
        }
    }
}

fn help(driver: &str) -> &'static str {
    match driver {
        "syslog" => {
            "Write `udp://`, `tcp://` or `tcp+tls://` before the host, or `unix://` or `unixgram://` before the path of \
             a socket."
        }
        "gelf" => "Write it as `udp://host:port` or `tcp://host:port`.",
        "fluentd" => "Write it as `host:port`, `tcp://host:port`, `tls://host:port` or `unix:///path/of/socket`.",
        _ => "Write it as `https://host:port` or `http://host:port`, without a path.",
    }
}

/// A socket must be there as the daemon starts, which cannot be seen from here.
fn unseen_socket(option: LogOption) -> Option<Diagnostic> {
    let path = ["unix://", "unixgram://"].iter().find_map(|it| option.text.strip_prefix(it))?;
    let is_checked_at_start = option.name == "syslog-address" && path != "/dev/log";
    is_checked_at_start.then(|| {
        Diagnostic::hint(ID, option.span, say!("Whether the socket `{path}` exists was not checked"))
            .why("The daemon looks for it as it starts, and does not start without it.")
            .help("Make sure that the syslog server starts before Docker does.")
    })
}

const TRANSPORTS: &[&str] = &["tcp://", "tcp+tls://", "udp://", "unix://", "unixgram://"];

fn has_transport(address: &str) -> bool {
    TRANSPORTS.iter().any(|it| address.starts_with(it))
}

fn parsed<'a>(address: &'a str, engine: Engine) -> Result<Url<'a>, Flaw> {
    url::parse(address, engine).map_err(|flaw| match find::contains(address, "://") {
        true => say!("`{address}` {}", flaw.words()),
        false => say!("`{address}` does not begin with a transport such as `udp://`"),
    })
}

fn scheme_flaw(address: &str, url: &Url) -> Flaw {
    match url.scheme.as_str() {
        "" => say!("`{address}` does not begin with a transport such as `udp://`"),
        scheme => say!("`{scheme}` in `{address}` is not a transport of this log driver"),
    }
}

fn syslog(address: &str, engine: Engine) -> Result<(), Flaw> {
    let url = parsed(address, engine)?;
    let has_scheme = match engine < Engine::new(23, 0, 0) {
        true => has_transport(address),
        false => matches!(url.scheme.as_str(), "tcp" | "tcp+tls" | "udp" | "unix" | "unixgram"),
    };
    if !has_scheme {
        return Err(scheme_flaw(address, &url));
    }
    let is_socket = matches!(url.scheme.as_str(), "unix" | "unixgram");
    if is_socket && url.path.is_empty() {
        return Err(say!("`{address}` has no path to a socket"));
    }
    // Without a port, 514 is added.
    let with_port = [url.host, ":514"].concat();
    match is_socket || hostport::split(url.host).or(hostport::split(&with_port)).is_some() {
        true => Ok(()),
        false => Err(say!("`{address}` has no host and port that can be told apart")),
    }
}

fn gelf(address: &str, engine: Engine) -> Result<(), Flaw> {
    let url = parsed(address, engine)?;
    let has_scheme =
        matches!(url.scheme.as_str(), "tcp" | "udp") && (engine >= Engine::new(23, 0, 0) || has_transport(address));
    if !has_scheme {
        return Err(scheme_flaw(address, &url));
    }
    match hostport::split(url.host) {
        Some(_) => Ok(()),
        None => Err(say!("`{address}` lacks the port of the server")),
    }
}

fn fluentd(address: &str, engine: Engine) -> Result<(), Flaw> {
    if engine < Engine::new(23, 0, 0) {
        return fluentd_before_23(address, engine);
    }
    let full = match find::contains(address, "://") {
        true => address.to_owned(),
        false => ["tcp://", address].concat(),
    };
    let url = url::parse(&full, engine).map_err(|flaw| say!("`{address}` {}", flaw.words()))?;
    match url.scheme.as_str() {
        "unix" if url.path.trim_start_matches('/').is_empty() => Err(say!("`{address}` lacks the path of the socket")),
        "unix" => Ok(()),
        "tcp" | "tls" if !url.path.is_empty() => Err(say!("`{address}` has a path, which only `unix://` can have")),
        "tcp" | "tls" => match url.port() {
            "" => Ok(()),
            port if port.parse::<u16>().is_ok() => Ok(()),
            port => Err(say!("`{port}` in `{address}` is not a port")),
        },
        _ => Err(scheme_flaw(address, &url)),
    }
}

fn fluentd_before_23(address: &str, engine: Engine) -> Result<(), Flaw> {
    let mut host = address;
    if has_transport(address) {
        let url = url::parse(address, engine).map_err(|flaw| say!("`{address}` {}", flaw.words()))?;
        if matches!(url.scheme.as_str(), "unix" | "unixgram") {
            return Ok(());
        }
        host = url.host;
    }
    let with_port = [host, ":24224"].concat();
    match (hostport::split(host), hostport::split(&with_port)) {
        (Some((_, port)), _) if crate::docker::go::strconv::atoi(port).is_none() => {
            Err(say!("`{port}` in `{address}` is not a port"))
        }
        (None, None) => Err(say!("`{address}` has no host and port that can be told apart")),
        _ => Ok(()),
    }
}

fn splunk(address: &str, engine: Engine) -> Result<(), Flaw> {
    let url = parsed(address, engine)?;
    if !matches!(url.scheme.as_str(), "http" | "https") {
        return Err(say!("`{address}` does not begin with `https://` or `http://`"));
    }
    match matches!(url.path, "" | "/") && url.query.is_empty() && url.fragment.is_empty() {
        true => Ok(()),
        false => Err(say!("`{address}` holds more than a scheme, a host and a port")),
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn each_driver_reads_addresses_its_own_way() {
        for (engine, driver, option, address, severity) in [
            ("29", "syslog", "syslog-address", "1.2.3.4:514", "error"),
            ("29", "syslog", "syslog-address", "foo://1.2.3.4", "error"),
            ("29", "syslog", "syslog-address", "udp://1.2.3.4", ""),
            ("29", "syslog", "syslog-address", "UDP://1.2.3.4", ""),
            ("20.10", "syslog", "syslog-address", "UDP://1.2.3.4", "error"),
            ("29", "syslog", "syslog-address", "tcp+tls://logs.example:6514", ""),
            ("29", "syslog", "syslog-address", "tcp://[::1]", ""),
            ("29", "syslog", "syslog-address", "unix:///run/x", "hint"),
            ("29", "syslog", "syslog-address", "unix://", "error"),
            ("29", "syslog", "syslog-address", "unixgram:///dev/log", ""),
            ("29", "syslog", "syslog-address", "/dev/log", "error"),
            ("29", "gelf", "gelf-address", "udp://1.2.3.4", "error"),
            ("29", "gelf", "gelf-address", "udp://1.2.3.4:12201", ""),
            ("29", "gelf", "gelf-address", "http://1.2.3.4:12201", "error"),
            ("29", "gelf", "gelf-address", "1.2.3.4:12201", "error"),
            ("29", "fluentd", "fluentd-address", "1.2.3.4:24224", ""),
            ("29", "fluentd", "fluentd-address", "logs.example", ""),
            ("29", "fluentd", "fluentd-address", "tcp://logs.example:99999", "error"),
            ("29", "fluentd", "fluentd-address", "tcp://logs.example:1/x", "error"),
            ("29", "fluentd", "fluentd-address", "udp://logs.example:1", "error"),
            ("29", "fluentd", "fluentd-address", "unix://", "error"),
            ("29", "fluentd", "fluentd-address", "tls://logs.example", ""),
            ("20.10", "fluentd", "fluentd-address", "tls://logs.example", "error"),
            ("20.10", "fluentd", "fluentd-address", "udp://logs.example:99999", ""),
            ("20.10", "fluentd", "fluentd-address", "logs.example:http", "error"),
            ("29", "splunk", "splunk-url", "https://splunk.example:8088", ""),
            ("29", "splunk", "splunk-url", "https://splunk.example/x", "warning"),
            ("29", "splunk", "splunk-url", "splunk.example:8088", "warning"),
        ] {
            let text = format!(r#"{{"log-driver": "{driver}", "log-opts": {{"{option}": "{address}"}}}}"#);
            let expected = format!("{severity} \"{address}\"");
            let expected = [expected.as_str()];
            let expected = if severity.is_empty() { &[] } else { &expected[..] };
            assert_flags(engine, &text, ID, expected);
        }
    }
}
