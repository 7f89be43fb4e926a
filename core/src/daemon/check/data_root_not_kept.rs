//! A data root that does not survive a reboot, or that mixes with the system's files.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix},
};

rule! {
    /// A data root that is emptied now and then, or that is the whole file system.
    ///
    /// ## Why it matters
    /// Images, containers and volumes live below `data-root`. Below `/tmp`, `/run` or `/dev/shm` they are gone after a
    /// reboot, or when a cleaner passes; in `/` the Engine's directories lie among those of the system.
    ///
    /// ## What to do
    /// Use a directory of its own on a disk, such as `/srv/docker`.
    ///
    /// ## Example
    /// ```json
    /// { "data-root": "/tmp/docker" }
    /// ```
    ///
    /// ## Source
    /// Filesystem Hierarchy Standard 3.0, sections 3.15 and 3.18; moby `daemon/daemon.go`, `NewDaemon`
    "data-root-not-kept", [Warning], check
}

/// Directories whose contents do not last.
const FLEETING: &[&str] = &["/tmp", "/var/tmp", "/run", "/var/run", "/dev"];

fn check(context: &Context, found: &mut Found) {
    let Some(root) = context.settings.text("data-root") else {
        return;
    };
    let path = root.value.trim_end_matches('/');
    let is_below = |it: &&&str| path.strip_prefix(**it).is_some_and(|it| it.is_empty() || it.starts_with('/'));
    let (message, why) = if path.is_empty() {
        (
            say!("The data root is the root of the file system"),
            "The Engine puts its directories, such as `containers` and `volumes`, right into `/`.",
        )
    } else if let Some(fleeting) = FLEETING.iter().find(is_below) {
        (
            say!("The data root lies in `{fleeting}`, where nothing is kept"),
            "Images, containers and volumes are gone after a reboot, or when old files are cleaned up.",
        )
    } else {
        return;
    };
    found.push(
        Diagnostic::warning(ID, root.span, message)
            .why(why)
            .help("Use a directory of its own on a disk, such as `/srv/docker`.")
            .fix(Fix::choice("Remove `data-root`, for the default `/var/lib/docker`", context.remove(root.span))),
    );
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn flags_places_where_nothing_lasts() {
        for (root, is_flagged) in [
            ("/", true),
            ("/tmp/docker", true),
            ("/run", true),
            ("/dev/shm/docker/", true),
            ("/tmpfiles", false),
            ("/srv/docker", false),
            ("", false),
        ] {
            let text = format!(r#"{{"data-root": "{root}"}}"#);
            let expected = format!("warning \"{root}\"");
            let expected = [expected.as_str()];
            assert_flags("29", &text, ID, if is_flagged { &expected } else { &[] });
        }
    }
}
