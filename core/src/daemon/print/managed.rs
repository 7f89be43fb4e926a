//! Which settings does a package of Docker set by itself, so that the file must not?

use super::Note;
use crate::{
    document::{Document, Value},
    rule::diagnostic::Severity,
};

/// The package whose daemon reads a `daemon.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setup {
    /// A distribution's or Docker's own package.
    Package,
    /// Docker Desktop, in its virtual machine.
    Desktop,
    /// Canonical's snap.
    Snap,
}

/// A setting that is set elsewhere.
struct Managed {
    key: &'static str,
    /// Why it is left out, and where it is set instead.
    instead: &'static str,
}

/// Docker Desktop's: its daemon runs in a virtual machine, with flags of its own.
///
/// Sources: docs.docker.com, *Change your Docker Desktop settings* (disk image location; proxies cannot be set in
/// daemon.json); docker/for-win#3122 (`data-root` is another place within the disk image) and #453 (`hosts`); the command
/// line of Desktop's daemon in public build logs: `dockerd --config-file /run/config/docker/daemon.json --containerd …
/// --pidfile … --swarm-default-advertise-addr=… --host-gateway-ip …`, which may not be in the file as well.
const DESKTOP: &[Managed] = &[
    Managed {
        key: "data-root",
        instead: "Docker Desktop keeps its data in a disk image. Move that under Settings › Resources › Advanced › Disk image location.",
    },
    Managed {
        key: "hosts",
        instead: "Docker Desktop opens the sockets itself. On Windows a switch in Settings › General adds tcp://localhost:2375.",
    },
    Managed { key: "proxies", instead: "Docker Desktop takes proxies from Settings › Resources › Proxies only." },
    Managed { key: "containerd", instead: GIVEN_BY_DESKTOP },
    Managed { key: "pidfile", instead: GIVEN_BY_DESKTOP },
    Managed { key: "swarm-default-advertise-addr", instead: GIVEN_BY_DESKTOP },
    Managed { key: "host-gateway-ip", instead: GIVEN_BY_DESKTOP },
    Managed { key: "host-gateway-ips", instead: GIVEN_BY_DESKTOP },
];

const GIVEN_BY_DESKTOP: &str = "Docker Desktop gives it as a flag, and the daemon refuses what is given twice.";

/// The snap's: its wrapper starts the daemon with these flags.
///
/// Source: canonical/docker-snap `bin/dockerd-wrapper` and `README.md`, read at 452deba0 (2026-05-01).
const SNAP: &[Managed] = &[
    Managed { key: "data-root", instead: "The snap gives it as a flag; it is set by `snap set docker data-root=…`." },
    Managed { key: "exec-root", instead: GIVEN_BY_SNAP },
    Managed { key: "pidfile", instead: GIVEN_BY_SNAP },
    Managed { key: "group", instead: GIVEN_BY_SNAP },
];

const GIVEN_BY_SNAP: &str = "The snap gives it as a flag, and the daemon refuses what is given twice.";

/// The settings that a file for this setup holds; of each other one there is a note.
pub(super) fn keep(
    setup: Setup,
    document: &Document,
    mut settings: Vec<(String, Value)>,
    notes: &mut Vec<Note>,
) -> Vec<(String, Value)> {
    let managed = match setup {
        Setup::Package => return settings,
        Setup::Desktop => DESKTOP,
        Setup::Snap => SNAP,
    };
    settings.retain(|(key, _)| {
        let Some(it) = managed.iter().find(|it| it.key == key) else {
            return true;
        };
        let message = ["`", key, "` is left out. ", it.instead].concat();
        notes.push(Note::new(Severity::Warning, message).about(document, key));
        false
    });
    settings
}
