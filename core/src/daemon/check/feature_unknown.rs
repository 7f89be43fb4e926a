//! A feature that no Engine reads.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::{
    options::{self, DaemonOption, Status},
    settings::Entry,
};

rule! {
    /// A feature that this Engine does not read.
    ///
    /// ## Why it matters
    /// The daemon accepts any name within `features` and looks only for those it knows, so a misspelt one switches
    /// nothing. Letter case counts.
    ///
    /// ## What to do
    /// Correct the name, or remove it.
    ///
    /// ## Example
    /// ```json
    /// { "features": { "BuildKit": true } }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `CommonConfig.Features`, and where it is read
    "feature-unknown", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    for feature in context.settings.entries("features") {
        let row = options::member("features", feature.name);
        let is_read = row.is_some_and(|it| it.status == Status::Read && it.exists_in(context.engine));
        if !is_read {
            found.push(unknown(context, feature, row));
        }
    }
}

fn unknown(context: &Context, feature: Entry, row: Option<&DaemonOption>) -> Diagnostic {
    let (name, key) = (feature.name, feature.setting.key);
    let remove = Fix::choice(say!("Remove `{name}`"), context.remove(feature.setting.span));
    if name == "windows-dns-proxy" && context.since(26, 1) && !context.since(28, 0) {
        return Diagnostic::error(ID, Stage::Load, key, "The feature `windows-dns-proxy` exists on Windows only")
            .why("On Linux the daemon refuses all its settings because of it.")
            .help("Remove it.")
            .fix(remove);
    }
    let message = match row.filter(|it| it.status == Status::Read && context.engine < it.since) {
        Some(row) => say!("The feature `{name}` exists only since Engine {}.{}", row.since.major, row.since.minor),
        None => say!("The daemon has no feature `{name}`"),
    };
    let diagnostic = Diagnostic::warning(ID, key, message)
        .why("The daemon accepts any name here and silently ignores those it does not know.");
    diagnostic.explained(|diagnostic| {
        let spelled = name.to_ascii_lowercase().replace('_', "-");
        let nearest = options::children("features")
            .filter(|it| it.status == Status::Read && it.exists_in(context.engine))
            .map(|it| (crate::text::words::distance(&spelled, it.name()), it.name()))
            .filter(|(distance, right)| row.is_none() && *distance <= 1 + right.len() / 6)
            .min();
        match nearest {
            Some((_, right)) => diagnostic.help(say!("Did you mean `{right}`?")).fix(context.renaming(key, right)),
            None => diagnostic.help("Remove it.").fix(remove),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn features_come_and_go_with_engines() {
        for (engine, feature, severity) in [
            ("29", "buildkit", ""),
            ("29", "BuildKit", "warning"),
            ("29", "containerd-snapshoter", "warning"),
            ("23", "containerd-snapshotter", "warning"),
            ("24", "containerd-snapshotter", ""),
            ("24", "cdi", "warning"),
            ("26.0", "windows-dns-proxy", "warning"),
            ("26.1", "windows-dns-proxy", "error"),
            ("27", "windows-dns-proxy", "error"),
            ("28", "windows-dns-proxy", "warning"),
        ] {
            let text = format!(r#"{{"features": {{"{feature}": true}}}}"#);
            let expected = format!("{severity} \"{feature}\"");
            let expected = [expected.as_str()];
            let expected = if severity.is_empty() { &[] } else { &expected[..] };
            assert_flags(engine, &text, ID, expected);
        }
    }
}
