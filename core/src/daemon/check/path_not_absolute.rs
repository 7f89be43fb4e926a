//! A path relative to wherever the daemon was started.

use super::{
    Context, Found,
    voice::{Diagnostic, Stage},
};
use crate::{
    daemon::{drivers::image_store::ImageStore, settings::Setting},
    text::find,
};

rule! {
    /// A path that does not start with a slash.
    ///
    /// ## Why it matters
    /// It is looked up from the directory that the daemon was started in: under systemd that is `/`, in a shell
    /// any other. `~` and variables are not replaced. The daemon turns `containerd` into an address, which it cannot do
    /// without the slash: before Engine 28.0 it does not start, later it does not when containerd keeps the images.
    ///
    /// ## What to do
    /// Write the whole path. A path of Windows is for Windows containers alone: Docker Desktop runs the daemon on Linux, and
    /// where its disk lies is chosen in *Settings › Resources › Advanced*.
    ///
    /// ## Example
    /// ```json
    /// { "data-root": "docker-data" }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/command/daemon.go`: paths are handed on as they are; starts of 23.0.18 to 29.7.2 with `containerd`
    "path-not-absolute", [Error, Warning], check
}

/// The options whose value may be a name, and is a path when it has a drive or a server.
const PROGRAMS: &[&str] = &["init-path", "seccomp-profile", "userland-proxy-path", "cgroup-parent"];

/// The options whose value is a file or directory and nothing else.
const PATHS: &[&str] = &["data-root", "exec-root", "pidfile", "tlscacert", "tlscert", "tlskey", "containerd"];

fn check(context: &Context, found: &mut Found) {
    let settings = PATHS.iter().filter_map(|it| Some((*it, context.settings.text(it)?)));
    let directories = context.settings.texts("cdi-spec-dirs").into_iter();
    let directories = directories.filter(|it| !it.value.is_empty());
    let settings = settings.chain(programs(context));
    let paths = settings.chain(directories.map(|it| ("cdi-spec-dirs", it)));
    found.extend(paths.filter_map(|(key, path)| relative(context, key, path)));
}

fn relative(context: &Context, key: &str, path: Setting<&str>) -> Option<Diagnostic> {
    let text = path.value;
    if text.starts_with('/') {
        return None;
    }
    let (message, why, help) = if is_of_windows(text) {
        (
            say!("`{text}` in `{key}` is a Windows path"),
            "On Linux this is a name like any other, looked up in the directory the daemon is started in. Docker Desktop runs the daemon on Linux too, in a virtual machine.",
            "Write a path of Linux, from `/` on. Where Docker Desktop keeps its disk is chosen in its Settings › Resources › Advanced. For Windows containers a Windows path is right; Drydock does not check it.",
        )
    } else if find::contains(text, "://") {
        (
            say!("`{key}` is a path, and `{text}` a URL"),
            "The daemon takes all of it as the name of a file.",
            "Write the path alone, without a scheme.",
        )
    } else if text.starts_with('~') || text.contains(['$', '{']) {
        (
            say!("`{key}` is taken literally: `{text}` is not replaced"),
            "Nothing replaces it: the daemon looks for a directory of exactly this name.",
            "Write the whole path.",
        )
    } else {
        (
            say!("`{text}` in `{key}` is not an absolute path"),
            "The path starts at the directory the daemon is started in: `/` under systemd, any other in a shell.",
            "Write the whole path, from `/` on.",
        )
    };
    let is_dialled = || {
        let store = ImageStore::of(context.settings, context.engine);
        !context.since(28, 0) || store.is_containerd_on_a_fresh_host()
    };
    let diagnostic = match key {
        "containerd" if is_dialled() => Diagnostic::error(ID, Stage::Start, path.span, message)
            .why("The daemon turns it into an address, which fails without a leading slash: it does not start."),
        _ => Diagnostic::warning(ID, path.span, message).why(why),
    };
    Some(diagnostic.help(help))
}

fn programs<'a>(context: &'a Context) -> impl Iterator<Item = (&'static str, Setting<&'a str>)> {
    let settings = PROGRAMS.iter().filter_map(|it| Some((*it, context.settings.text(it)?)));
    let runtimes = context.settings.entries("runtimes").into_iter();
    let paths = runtimes.filter_map(|it| Some(("path", it.setting.member("path")?.text()?)));
    settings.chain(paths).filter(|it| is_of_windows(it.1.value))
}

/// Whether a path begins with a drive or a server: `C:\docker`, `\\server\share`.
fn is_of_windows(path: &str) -> bool {
    match path.as_bytes() {
        [drive, b':', b'\\' | b'/', ..] => drive.is_ascii_alphabetic(),
        path => path.starts_with(b"\\\\"),
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::{assert_flags, assert_found, diagnose};

    #[test]
    fn minds_paths_without_a_slash_in_front() {
        for (text, expected) in [
            (r#"{"data-root": "docker"}"#, &["warning path-not-absolute 14..22"][..]),
            (r#"{"data-root": "{{ docker_root }}"}"#, &["warning path-not-absolute 14..33"]),
            (r#"{"pidfile": "~/docker.pid"}"#, &["warning path-not-absolute 12..26"]),
            (r#"{"containerd": "unix:///run/c.sock"}"#, &["error path-not-absolute 15..35"]),
            (r#"{"cdi-spec-dirs": ["cdi", "/etc/cdi"]}"#, &["warning path-not-absolute 19..24"]),
            (r#"{"data-root": "/srv/docker", "exec-root": "", "cdi-spec-dirs": [""]}"#, &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }

    #[test]
    fn calls_a_windows_path_one() {
        for (text, said) in [
            (r#"{"data-root": "D:\\docker"}"#, Some(r"`D:\docker` in `data-root` is a Windows path")),
            (r#"{"data-root": "D:/docker"}"#, Some("`D:/docker` in `data-root` is a Windows path")),
            (r#"{"exec-root": "\\\\server\\x"}"#, Some(r"`\\server\x` in `exec-root` is a Windows path")),
            (r#"{"seccomp-profile": "C:\\x.json"}"#, Some(r"`C:\x.json` in `seccomp-profile` is a Windows path")),
            (r#"{"runtimes": {"x": {"path": "C:/x.exe"}}}"#, Some("`C:/x.exe` in `path` is a Windows path")),
            (r#"{"seccomp-profile": "builtin", "init-path": "docker-init", "cgroup-parent": "C.slice"}"#, None),
            (r#"{"runtimes": {"x": {"path": "crun"}}}"#, None),
        ] {
            let found = diagnose(text, ID);
            let messages: Vec<_> = found.iter().map(|it| it.message.as_str()).collect();
            assert_eq!(messages, Vec::from_iter(said), "{text}");
        }
    }

    #[test]
    fn the_address_of_containerd_is_needed_at_start_unless_a_graph_driver_keeps_the_images() {
        let (alone, chosen) =
            (r#"{"containerd": "c.sock"}"#, r#"{"containerd": "c.sock", "storage-driver": "overlay2"}"#);
        let snapshotter = r#"{"containerd": "c.sock", "features": {"containerd-snapshotter": true}}"#;
        for (engine, text, severity) in [
            ("23", alone, "error"),
            ("27", chosen, "error"),
            ("28", alone, "warning"),
            ("28", snapshotter, "error"),
            ("29", alone, "error"),
            ("29", chosen, "warning"),
        ] {
            assert_flags(engine, text, ID, &[&format!(r#"{severity} "c.sock""#)]);
        }
    }
}
