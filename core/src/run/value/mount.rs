//! What is mounted where: `-v`, `--mount`, `--tmpfs`.

use super::fields;
use crate::{
    containers::{
        model::{Mount, MountKind},
        mounts,
        print::Backend,
    },
    run::{flags::Cli, problem::Malformed},
};

/// Reads the value of `-v`: `/data:/data:ro`.
///
/// Source: docker/cli `internal/volumespec/volumespec.go`, `Parse`; see [`mounts::has_option`] for the options.
///
/// # Errors
///
/// What the program refuses: `:/data`, `a:b:c:d`, `/data:data`, `/data:/data:readonly`.
pub fn volume(text: &str, cli: Cli) -> Result<Mount, Malformed> {
    let sections = sections(text);
    if let Some(empty) = sections.iter().find(|it| it.is_empty()) {
        let message = match text.is_empty() {
            true => "A volume is said to be nothing".to_owned(),
            false => format!("`{text}` has nothing between two colons, or before or behind one"),
        };
        let part = if text.is_empty() { text } else { empty };
        return Err(Malformed::at(text, part, message, HELP));
    }
    let (source, target, options) = match sections.as_slice() {
        [target] => ("", *target, ""),
        [source, target] => (*source, *target, ""),
        [source, target, options] => (*source, *target, *options),
        _ => {
            let message = format!("`{text}` has too many colons");
            return Err(Malformed::at(text, text, message, HELP));
        }
    };
    absolute(text, target)?;
    let kind = if is_path(source) { MountKind::Bind } else { MountKind::Volume };
    if kind == MountKind::Volume && source.contains('/') {
        let message = format!("`{source}` is neither an absolute path nor the name of a volume");
        let help = format!("Write `./{source}` for a directory beside, or the whole path from `/` on.");
        return Err(Malformed::at(text, source, message, help));
    }
    let mut mount = Mount { kind, source: source.to_owned(), target: target.to_owned(), ..Mount::default() };
    let backend = match cli {
        Cli::Docker => Backend::Docker,
        Cli::Podman => Backend::Podman,
    };
    for option in options.split(',').filter(|_| !options.is_empty()) {
        match option {
            "ro" => mount.read_only = true,
            "rw" => mount.read_only = false,
            _ if mounts::has_option(option, backend) => mount.options.push(option.to_owned()),
            _ => {
                let message = format!("`{option}` is no option of a mount");
                let help = match option {
                    "readonly" | "RO" => "Write `ro`.",
                    _ => "Use `ro` or `rw`, `z` or `Z` for SELinux, `nocopy`, or a propagation such as `rslave`.",
                };
                return Err(Malformed::at(text, option, message, help));
            }
        }
    }
    Ok(mount)
}

const HELP: &str =
    "Write a path of the host or the name of a volume, a colon, and the path in the container: `/srv/data:/data`.";

/// What lies between colons; the colon behind the letter of a drive is none.
fn sections(text: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(':') {
        let section = text.get(start..at).unwrap_or_default();
        let is_drive = section.len() == 1 && section.chars().all(|it| it.is_ascii_alphabetic());
        if !is_drive {
            sections.push(section);
            start = at + 1;
        }
    }
    sections.push(text.get(start..).unwrap_or_default());
    sections
}

/// Whether it is a path of the host, and not the name of a volume.
fn is_path(source: &str) -> bool {
    let is_drive = source.len() > 1 && source.get(1..2) == Some(":");
    // What stands for a variable, with more behind it, is a path.
    let is_open = source.starts_with('@') && source.contains('/');
    source.starts_with(['.', '/', '~']) || source.starts_with(r"\\") || is_drive || is_open
}

fn absolute(text: &str, target: &str) -> Result<(), Malformed> {
    let is_drive = target.get(1..2) == Some(":");
    // What stands for a variable may be a path.
    if target.starts_with(['/', '@']) || is_drive {
        return Ok(());
    }
    let message = format!("`{target}` is no absolute path in the container");
    let help = "The path in the container begins with `/`.";
    Err(Malformed::at(text, target, message, help))
}

/// Reads the value of `--mount`: `type=bind,src=/data,dst=/data,readonly`.
///
/// Source: docker/cli `opts/mount.go`, `MountOpt.Set`, and `opts/mount_utils.go`; containers/podman
/// `pkg/specgenutil/volumes.go`, `parseMountOptions`.
///
/// # Errors
///
/// What the program refuses: `type=bind,src=/data`, `type=bind,foo=bar`, `type=tmpfs,readonly=maybe`.
pub fn mount(text: &str, cli: Cli) -> Result<Mount, Malformed> {
    let mut mount = Mount { kind: MountKind::Volume, ..Mount::default() };
    let mut is_target_said = false;
    let fields = fields(text);
    for (field, place) in &fields {
        let (key, value) = match field.split_once('=') {
            Some((key, value)) => (key, Some(value)),
            None => (field.as_str(), None),
        };
        let refuse = |message: String, help: &str| Err(Malformed::at(text, place, message, help));
        let lower = match cli {
            Cli::Docker => key.to_ascii_lowercase(),
            Cli::Podman => key.to_owned(),
        };
        if key.trim() != key || value.is_some_and(|it| it.trim() != it) {
            return refuse(format!("`{field}` has a blank beside its name or value"), "Take the blanks out.");
        }
        let truth = |value: Option<&str>| match value {
            None | Some("true" | "1") => Some(true),
            Some("false" | "0") => Some(false),
            Some(_) => None,
        };
        match (lower.as_str(), value) {
            ("type", Some(value)) => match kind(&value.to_ascii_lowercase()) {
                Some(kind) => mount.kind = kind,
                None => {
                    return refuse(
                        format!("`{value}` is no type of a mount"),
                        "Use `bind`, `volume`, `tmpfs` or `image`.",
                    );
                }
            },
            ("source" | "src", Some(value)) => mount.source = value.to_owned(),
            ("target" | "dst" | "destination" | "dest", Some(value)) if !value.is_empty() => {
                is_target_said = true;
                absolute(text, place.split_once('=').map_or(place, |it| it.1))?;
                mount.target = value.to_owned();
            }
            ("readonly" | "ro", value) => match truth(value) {
                Some(it) => mount.read_only = it,
                None => return refuse(format!("`{field}` is neither true nor false"), "Write `readonly` alone."),
            },
            ("rw", None) => mount.read_only = false,
            ("volume-nocopy", value) => match truth(value) {
                Some(true) => mount.options.push("nocopy".to_owned()),
                Some(false) => {}
                None => return refuse(format!("`{field}` is neither true nor false"), "Write `volume-nocopy` alone."),
            },
            ("bind-propagation" | "consistency", Some(value)) => mount.options.push(value.to_ascii_lowercase()),
            ("tmpfs-size", Some(value)) => mount.options.push(format!("size={value}")),
            ("tmpfs-mode", Some(value)) => mount.options.push(format!("mode={value}")),
            ("relabel", Some("shared")) => mount.options.push("z".to_owned()),
            ("relabel", Some("private")) => mount.options.push("Z".to_owned()),
            (
                "bind-recursive" | "volume-subpath" | "volume-label" | "volume-driver" | "volume-opt" | "image-subpath"
                | "subpath",
                Some(_),
            )
            | ("bind-create-src" | "bind-nonrecursive", _) => mount.options.push(field.clone()),
            (option, _) if cli == Cli::Podman && mounts::has_option(option, Backend::Podman) => {
                mount.options.push(field.clone())
            }
            (
                "chown" | "U" | "notmpcopyup" | "tmpcopyup" | "noswap" | "idmap" | "glob" | "subpath" | "title"
                | "digest" | "name" | "noatime" | "uid" | "gid" | "mode" | "max",
                _,
            ) if cli == Cli::Podman => mount.options.push(field.clone()),
            _ => {
                let help = "Use `type`, `source`, `target` and `readonly`; further options begin with the type they belong to, such as `bind-propagation`.";
                return refuse(format!("`{field}` is no option of `--mount`"), help);
            }
        }
    }
    if !is_target_said {
        let message = "The mount does not say where it goes in the container".to_owned();
        return Err(Malformed::at(text, text, message, "Add `target=` with an absolute path."));
    }
    if mount.kind == MountKind::Bind && mount.source.is_empty() {
        let message = "The mount does not say which directory of the host it is".to_owned();
        return Err(Malformed::at(text, text, message, "Add `source=` with a path of the host."));
    }
    Ok(mount)
}

fn kind(name: &str) -> Option<MountKind> {
    Some(match name {
        "bind" => MountKind::Bind,
        "volume" => MountKind::Volume,
        "tmpfs" => MountKind::Tmpfs,
        "image" => MountKind::Image,
        "npipe" => MountKind::Other("npipe"),
        "cluster" => MountKind::Other("cluster"),
        "ramfs" => MountKind::Other("ramfs"),
        "devpts" => MountKind::Other("devpts"),
        "glob" => MountKind::Other("glob"),
        "artifact" => MountKind::Other("artifact"),
        _ => return None,
    })
}

/// Reads the value of `--tmpfs`: `/run:size=64m,exec`.
///
/// # Errors
///
/// A path that is not absolute.
pub fn tmpfs(text: &str) -> Result<Mount, Malformed> {
    let (target, options) = text.split_once(':').unwrap_or((text, ""));
    absolute(text, target)?;
    let mut mount = Mount { kind: MountKind::Tmpfs, target: target.to_owned(), ..Mount::default() };
    for option in options.split(',').filter(|it| !it.is_empty()) {
        match option {
            "ro" => mount.read_only = true,
            "rw" => mount.read_only = false,
            _ => mount.options.push(option.to_owned()),
        }
    }
    Ok(mount)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(it: &Mount) -> String {
        let mode = if it.read_only { "ro" } else { "rw" };
        format!("{:?} {}>{} {mode} {}", it.kind, it.source, it.target, it.options.join(","))
    }

    #[test]
    fn reads_volumes_as_docker_does() {
        for (text, expected) in [
            ("/a:/b", "Bind /a>/b rw "),
            ("/a:/b:ro", "Bind /a>/b ro "),
            ("/a:/b:ro,z", "Bind /a>/b ro z"),
            ("data:/b", "Volume data>/b rw "),
            ("/b", "Volume >/b rw "),
            ("./a:/b", "Bind ./a>/b rw "),
            ("C:/x:/b", "Bind C:/x>/b rw "),
            ("C:/x:/b:ro", "Bind C:/x>/b ro "),
            ("/a:/b:rslave", "Bind /a>/b rw rslave"),
        ] {
            assert_eq!(told(&volume(text, Cli::Docker).expect(text)), expected);
        }
        assert_eq!(told(&volume("/a:/b:U,Z", Cli::Podman).expect("options of Podman")), "Bind /a>/b rw U,Z");
    }

    #[test]
    fn names_what_docker_refuses() {
        for (text, part) in [
            ("", ""),
            (":/b", ""),
            ("/a:", ""),
            ("/a:/b:ro:rw", "/a:/b:ro:rw"),
            ("/a:b", "b"),
            ("data", "data"),
            ("a/b:/c", "a/b"),
            ("/a:/b:readonly", "readonly"),
            ("/a:/b:U", "U"),
        ] {
            let found = volume(text, Cli::Docker).expect_err(text);
            assert_eq!(&text[found.part], part, "{text}");
        }
    }

    #[test]
    fn reads_mounts_as_docker_does() {
        for (text, expected) in [
            ("type=bind,src=/a,dst=/b", "Bind /a>/b rw "),
            ("type=bind,source=/a,target=/b,readonly", "Bind /a>/b ro "),
            ("type=bind,source=/a,target=/b,ro=false", "Bind /a>/b rw "),
            ("src=data,dst=/b", "Volume data>/b rw "),
            ("type=tmpfs,dst=/b,tmpfs-size=64m,tmpfs-mode=1777", "Tmpfs >/b rw size=64m,mode=1777"),
            ("type=volume,src=v,dst=/b,volume-nocopy,volume-subpath=x", "Volume v>/b rw nocopy,volume-subpath=x"),
            ("type=bind,src=/a,dst=/b,bind-propagation=rslave", "Bind /a>/b rw rslave"),
            ("type=volume,dst=/b,\"volume-opt=o=addr=1,rw\"", "Volume >/b rw volume-opt=o=addr=1,rw"),
        ] {
            assert_eq!(told(&mount(text, Cli::Docker).expect(text)), expected);
        }
    }

    #[test]
    fn names_what_docker_refuses_of_mounts() {
        for (text, part) in [
            ("type=bind,src=/a", "type=bind,src=/a"),
            ("type=bind,dst=/a", "type=bind,dst=/a"),
            ("type=bind,src=/a,dst=/b,foo=bar", "foo=bar"),
            ("type=bind,src=/a, dst=/b", " dst=/b"),
            ("type=disk,dst=/b", "type=disk"),
            ("type=tmpfs,dst=/b,readonly=maybe", "readonly=maybe"),
            ("type=bind,src=/a,dst=b", "b"),
        ] {
            let found = mount(text, Cli::Docker).expect_err(text);
            assert_eq!(&text[found.part], part, "{text}");
        }
    }
}
