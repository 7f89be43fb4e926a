//! A registry mirror that the daemon refuses or cannot ask.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::{
    Engine,
    daemon::settings::Setting,
    docker::go::url::{self, Flaw, Url},
    text::find,
};

rule! {
    /// A registry mirror whose URL the daemon refuses.
    ///
    /// ## Why it matters
    /// One refused mirror keeps the daemon from starting. Since Engine 28.3 `dockerd --validate` finds it too.
    ///
    /// ## What to do
    /// Write `https://` and the host, with a port where needed: `https://mirror.example.com:5000`. User names,
    /// queries and fragments are refused; a path is accepted since Engine 24.0.8.
    ///
    /// ## Example
    /// ```json
    /// { "registry-mirrors": ["mirror.example.com"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/pkg/registry/config.go`, `ValidateMirror`; Go `net/url`, `Parse`
    "registry-mirror-malformed", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for mirror in context.settings.decoded_texts("registry-mirrors") {
        match read(mirror.value, context.engine) {
            Err(mistake) => found.push(refused(context, mirror, mistake)),
            Ok(url) if url.hostname().is_empty() => found.push(without_host(context, mirror)),
            Ok(_) => {}
        }
    }
}

/// Why the daemon refuses a mirror.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Mistake {
    Empty,
    NoScheme,
    Scheme,
    Unreadable(Flaw),
    Path,
    Query,
    Fragment,
    User,
}

/// Reads a mirror as the daemon does.
fn read(text: &str, engine: Engine) -> Result<Url<'_>, Mistake> {
    let scheme_is_first = Engine::new(28, 3, 0) <= engine;
    let has_scheme = || find::split_once(text, "://").is_some_and(|(scheme, _)| !scheme.is_empty());
    if text.is_empty() {
        return Err(Mistake::Empty);
    }
    if scheme_is_first && !has_scheme() {
        return Err(Mistake::NoScheme);
    }
    let url = url::parse(text, engine).map_err(|flaw| match has_scheme() {
        true => Mistake::Unreadable(flaw),
        false => Mistake::NoScheme,
    })?;
    match url.scheme.as_str() {
        "http" | "https" => {}
        _ if !has_scheme() => return Err(Mistake::NoScheme),
        _ => return Err(Mistake::Scheme),
    }
    let accepts_path = Engine::new(24, 0, 8) <= engine;
    match () {
        () if !accepts_path && !matches!(url.path, "" | "/") => Err(Mistake::Path),
        () if !url.query.is_empty() => Err(Mistake::Query),
        () if !url.fragment.is_empty() => Err(Mistake::Fragment),
        () if url.user.is_some() => Err(Mistake::User),
        () => Ok(url),
    }
}

fn refused(context: &Context, mirror: Setting<&str>, mistake: Mistake) -> Diagnostic {
    let text = mirror.value;
    let (message, help) = match mistake {
        Mistake::Empty => (
            say!("`registry-mirrors` holds an empty URL"),
            "Remove it, or write a URL such as `https://mirror.example.com`.",
        ),
        Mistake::NoScheme => (
            say!("Registry mirror `{text}` does not start with `https://` or `http://`"),
            "Write `https://` before the host.",
        ),
        Mistake::Scheme => (
            say!("Registry mirror `{text}` is not reached by `https://` or `http://`"),
            "Mirrors speak HTTP: write `https://` before the host.",
        ),
        Mistake::Unreadable(flaw) => (
            say!("Registry mirror `{text}` {}", flaw.words()),
            "Write a URL such as `https://mirror.example.com:5000`.",
        ),
        Mistake::Path => (
            say!("Registry mirror `{text}` has a path"),
            "Leave out the path, or use Engine 24.0.8 or later, which accepts one.",
        ),
        Mistake::Query => (say!("Registry mirror `{text}` has a query"), "Leave out the `?` and what follows."),
        Mistake::Fragment => (say!("Registry mirror `{text}` has a fragment"), "Leave out the `#` and what follows."),
        Mistake::User => (
            say!("A registry mirror holds a user name"),
            "Leave out everything up to the `@`: the daemon never logs in to mirrors.",
        ),
    };
    let stage = match context.since(28, 3) {
        true => Stage::Load,
        false => Stage::Start,
    };
    let why = match stage {
        Stage::Load => "The daemon refuses all its settings because of this mirror.",
        Stage::Evaluation | Stage::Start | Stage::Run => {
            "The daemon accepts the settings and then fails to start because of this mirror."
        }
    };
    Diagnostic::error(ID, stage, mirror.span, message)
        .why(why)
        .help(help)
        .explained(|it| it.fix(fix(context, mirror, mistake)))
}

fn without_host(context: &Context, mirror: Setting<&str>) -> Diagnostic {
    let message = say!("Registry mirror `{}` names no host", mirror.value);
    Diagnostic::warning(ID, mirror.span, message)
        .why("The daemon starts, and every pull tries this mirror in vain.")
        .help("Write `https://` and the host, such as `https://mirror.example.com`.")
        .explained(|it| it.fix(fix(context, mirror, Mistake::Scheme)))
}

fn fix(context: &Context, mirror: Setting<&str>, mistake: Mistake) -> Option<Fix> {
    if mistake == Mistake::Empty {
        return Some(Fix::safe("Remove the empty URL", context.remove(mirror.span)));
    }
    let right = meant(mirror.value, mistake, context.engine)?;
    let (title, edits) = (say!("Use `{right}`"), context.replace(mirror.span, right.as_str()));
    Some(match mistake {
        Mistake::NoScheme => Fix::safe(title, edits),
        _ => Fix::choice(title, edits),
    })
}

/// The URL that was likely meant.
fn meant(text: &str, mistake: Mistake, engine: Engine) -> Option<String> {
    let text = text.trim();
    let right = match mistake {
        Mistake::Path => {
            let (scheme, rest) = find::split_once(text, "://")?;
            say!("{scheme}://{}", rest.split('/').next()?)
        }
        Mistake::Query | Mistake::Fragment => text.split(['?', '#']).next()?.to_owned(),
        Mistake::User => {
            let (scheme, rest) = find::split_once(text, "://")?;
            say!("{scheme}://{}", rest.rsplit_once('@')?.1)
        }
        Mistake::Unreadable(_) => text.to_owned(),
        Mistake::NoScheme if find::contains(text, "://") => text.to_owned(),
        Mistake::NoScheme | Mistake::Scheme | Mistake::Empty => {
            // What is before a whole URL.
            let whole = ["https://", "http://"].iter().find_map(|it| find::find(text, it)).filter(|it| *it > 0);
            let text = whole.and_then(|it| text.get(it..)).unwrap_or(text);
            let (scheme, rest) = match text.split_once(':') {
                Some((scheme @ ("http" | "https"), rest)) => (scheme, rest),
                Some((_, rest)) if rest.starts_with('/') => ("https", rest),
                _ => ("https", text),
            };
            say!("{scheme}://{}", rest.trim_start_matches('/'))
        }
    };
    let is_right = read(&right, engine).is_ok_and(|it| !it.hostname().is_empty());
    is_right.then_some(right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daemon::check::tests::diagnose_on;

    #[test]
    fn refuses_what_each_engine_refuses() {
        let scheme = Some(Mistake::NoScheme);
        for (text, on_20, on_26, on_29) in [
            ("https://mirror.example.com", None, None, None),
            ("https://mirror.example.com/", None, None, None),
            ("HTTPS://mirror.example.com:5000", None, None, None),
            ("https://mirror.example.com/path", Some(Mistake::Path), None, None),
            ("https://mirror.example.com?", None, None, None), // an empty query
            ("https://a?b=c", Some(Mistake::Query), Some(Mistake::Query), Some(Mistake::Query)),
            ("https://a#b", Some(Mistake::Fragment), Some(Mistake::Fragment), Some(Mistake::Fragment)),
            ("https://me:secret@a", Some(Mistake::User), Some(Mistake::User), Some(Mistake::User)),
            ("https://@a", Some(Mistake::User), Some(Mistake::User), Some(Mistake::User)),
            ("mirror.example.com", scheme, scheme, scheme),
            ("mirror.example.com:5000", scheme, scheme, scheme),
            ("10.0.0.1:5000", scheme, scheme, scheme),
            ("//mirror.example.com", scheme, scheme, scheme),
            ("ftp://a", Some(Mistake::Scheme), Some(Mistake::Scheme), Some(Mistake::Scheme)),
            ("https:/mirror.example.com", Some(Mistake::Path), None, scheme),
            ("https:mirror.example.com", None, None, scheme),
            ("https://", None, None, None), // accepted, and useless
            ("", Some(Mistake::Empty), Some(Mistake::Empty), Some(Mistake::Empty)),
        ] {
            for (engine, expected) in
                [(Engine::new(20, 10, 24), on_20), (Engine::new(26, 1, 5), on_26), (Engine::LATEST, on_29)]
            {
                assert_eq!(read(text, engine).err(), expected, "{text} on {engine}");
            }
        }
        assert!(read(" https://a", Engine::LATEST).is_err());
    }

    #[test]
    fn the_stage_hangs_on_the_engine() {
        let text = r#"{"registry-mirrors": ["a"]}"#;
        for (engine, stage) in [
            (Engine::new(20, 10, 24), Stage::Start),
            (Engine::new(28, 2, 2), Stage::Start),
            (Engine::new(28, 3, 0), Stage::Load),
        ] {
            let found = diagnose_on(engine, text, ID);
            assert_eq!(found[0].stage, Some(stage), "{engine}");
        }
    }

    #[test]
    fn knows_the_url_that_was_meant() {
        for (text, right) in [
            ("mirror.example.com", Some("https://mirror.example.com")),
            ("mirror.example.com:5000", Some("https://mirror.example.com:5000")),
            ("https:/mirror.example.com", Some("https://mirror.example.com")),
            ("http:mirror.example.com", Some("http://mirror.example.com")),
            ("eg:https://mirror.example.com", Some("https://mirror.example.com")),
            ("ftp://mirror.example.com", Some("https://mirror.example.com")),
            (" https://mirror.example.com", Some("https://mirror.example.com")),
            ("https://me:pw@mirror.example.com", Some("https://mirror.example.com")),
            ("https://mirror.example.com/a?b", Some("https://mirror.example.com/a")),
            ("https://ho st", None),
        ] {
            let mistake = read(text, Engine::LATEST).unwrap_err();
            let meant = meant(text, mistake, Engine::LATEST);
            assert_eq!(meant.as_deref(), right, "{text}");
        }
    }
}
