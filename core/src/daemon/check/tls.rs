//! What do the settings make of TLS? Shared by the rules about it.

use super::Context;
use crate::{daemon::settings::Place, document::Kind, text::Span};

/// The state of TLS that follows from the settings.
///
/// Source: moby `daemon/command/daemon.go`, `loadDaemonCliConfig` and `newAPIServerTLSConfig`.
pub(super) struct Tls {
    /// Whether TCP sockets use TLS.
    pub is_on: bool,
    /// Whether clients must then show a certificate.
    pub checks_clients: bool,
    /// Whether a flag switches it on.
    is_on_by_flag: bool,
    /// `tls`, when it is set.
    pub tls: Option<(Span, bool)>,
    /// `tlsverify`, when its key is there: `None` for a null, which counts as set.
    pub tlsverify: Option<(Span, Option<bool>)>,
}

impl Tls {
    pub(super) fn of(context: &Context) -> Self {
        let flags = &context.host().flags;
        let tls = context.settings.bool("tls");
        let places = context.settings.occurrences().iter();
        // Within an object that is taken apart the key counts as well, whatever its value.
        let tlsverify = places
            .filter(|it| it.place != Place::Nested && it.member.key == "tlsverify")
            .rfind(|it| {
                let is_decoded = matches!(it.member.value.kind, Kind::Bool(_) | Kind::Null);
                it.place == Place::Flattened || is_decoded
            })
            .map(|it| it.member);
        let verifies = context.settings.bool("tlsverify").map(|it| it.value);
        let is_on_by_flag = flags.has("tls") || flags.has("tlsverify");
        Self {
            is_on: is_on_by_flag || tls.is_some_and(|it| it.value) || tlsverify.is_some(),
            checks_clients: verifies.unwrap_or(true),
            is_on_by_flag,
            tls: tls.map(|it| (it.whole(), it.value)),
            tlsverify: tlsverify.map(|it| (it.span(), verifies)),
        }
    }

    /// The setting that switches it on, `tlsverify` before `tls`; `None` when a flag does, or none.
    pub(super) fn switched_on_by(&self) -> Option<(&'static str, Span)> {
        let tlsverify = self.tlsverify.map(|(span, _)| ("tlsverify", span));
        let tls = self.tls.filter(|&(_, value)| value);
        tlsverify.or(tls.map(|(span, _)| ("tls", span)))
    }

    /// Whether the file of `key`, such as `tlscert`, is named.
    ///
    /// The command line's own, and its defaults, count only while a flag switches TLS on.
    pub(super) fn has_file(&self, context: &Context, key: &str) -> bool {
        context.settings.text(key).is_some() || self.is_on_by_flag
    }
}
