//! Another text where the configuration belongs.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage},
};
use crate::daemon::foreign::{Foreign, Kind};

rule! {
    /// The text is something other than a daemon.json.
    ///
    /// ## Why it matters
    /// The daemon reads one JSON file of its own settings. A Compose file, a routing table or the settings
    /// of another program hold something else, however close by they lie; a list of their mistakes as JSON
    /// would not help. Nothing of such a text is read here, and nothing is made of it.
    ///
    /// ## What to do
    /// What the message says: this place may have a use for the text, and its contents may have other names here.
    ///
    /// ## Example
    /// ```json
    /// services:
    ///   web:
    ///     image: nginx
    /// ```
    ///
    /// ## Source
    /// moby `daemon/config/config.go`, `getConflictFreeConfiguration`; docker/cli `cli/config/configfile/file.go`,
    /// `ConfigFile`
    "not-a-daemon-json", [Error, Warning], check
}

fn check(context: &Context, found: &mut Found) {
    if let Some(foreign) = context.foreign.filter(|it| it.kind != Kind::Log) {
        found.push(tell(context, foreign, !foreign.is_json));
    }
}

/// Says what the text is; the keys of JSON decide whether it is refused.
pub(super) fn tell(context: &Context, foreign: Foreign, is_refused: bool) -> Diagnostic {
    let message = say!("This is {}, not a daemon.json", foreign.title());
    let diagnostic = match is_refused {
        true => Diagnostic::error(ID, Stage::Load, foreign.span, message),
        false => Diagnostic::warning(ID, foreign.span, message),
    };
    diagnostic.explained(|it| {
        let why = match (is_refused, foreign.is_json) {
            (true, false) => "The daemon refuses a file that is not JSON.",
            (true, true) => "The daemon refuses a file with keys that it does not know.",
            (false, _) => "The daemon accepts it, and finds none of its settings in it.",
        };
        let root = &context.document.root;
        let settings = foreign.settings(root).map(|it| context.replace(root.span, it));
        it.why(why)
            .help(foreign.help())
            .fix(Fix::choice("Keep the proxies, under the daemon's names", settings.unwrap_or_default()))
            .fix(Fix::choice("Keep only the object in braces", foreign.object_within(context.text)))
    })
}
