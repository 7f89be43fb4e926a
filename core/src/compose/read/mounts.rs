//! What is mounted into a container, and which volumes are there?
//!
//! Source: compose-go `format/volume.go`, `ParseVolume`.

use super::Reader;
use crate::{
    compose::schema::Shape,
    containers::model::{At, Mount, MountKind, Volume},
    document::{Kind, Member, Node},
};

impl Reader<'_> {
    pub(super) fn mounts(&mut self, node: &Node) -> Vec<At<Mount>> {
        let mut mounts = Vec::new();
        for element in self.elements(node) {
            let mount = match element.kind {
                Kind::Map(_) => self.long_mount(element),
                _ => self.short_mount(element),
            };
            mounts.extend(mount.map(|it| At::new(it, element.span)));
        }
        // Of two at one path, the later counts.
        self.last_of(mounts, |it| it.target.clone())
    }

    fn short_mount(&mut self, node: &Node) -> Option<Mount> {
        let text = self.text_of(node)?;
        match parse(&text.value) {
            Ok(mount) => {
                let unknown = |it: &&str| !KNOWN.contains(it);
                for it in options(&text.value).filter(unknown).collect::<Vec<_>>() {
                    self.unusable(node.span, ["Compose passes the option `", it, "` over."].concat());
                }
                Some(mount)
            }
            Err(why) => {
                self.refuse(node, why);
                None
            }
        }
    }

    fn long_mount(&mut self, node: &Node) -> Option<Mount> {
        let mut mount = Mount { kind: MountKind::Volume, ..Mount::default() };
        let mut kind = None;
        for (key, member) in self.fields(node, "services.*.volumes[]") {
            match key {
                "type" => kind = self.text_of(&member.value),
                "source" => mount.source = self.plain(&member.value).unwrap_or_default(),
                "target" => mount.target = cleaned(&self.plain(&member.value).unwrap_or_default()),
                "read_only" => mount.read_only = self.truth(&member.value).is_some_and(|it| it.value),
                "bind" => self.mount_options(&mut mount, member, "services.*.volumes[].bind"),
                "volume" => self.mount_options(&mut mount, member, "services.*.volumes[].volume"),
                "tmpfs" => self.mount_options(&mut mount, member, "services.*.volumes[].tmpfs"),
                _ => self.mount_options(&mut mount, member, "services.*.volumes[].image"),
            }
        }
        let said = kind.as_ref().map_or("", |it| it.value.as_str());
        mount.kind = match said {
            "bind" => MountKind::Bind,
            "volume" | "" => MountKind::Volume,
            "tmpfs" => MountKind::Tmpfs,
            "image" => MountKind::Image,
            "npipe" => MountKind::Other("npipe"),
            "cluster" => MountKind::Other("cluster"),
            other => {
                let why = ["`", other, "` is no kind of mount: `bind`, `volume`, `tmpfs`, `image`."].concat();
                self.refuse(node, why);
                return None;
            }
        };
        if mount.target.is_empty() {
            self.refuse(node, "A mount needs `target`, the path in the container.");
            return None;
        }
        Some(mount)
    }

    fn mount_options(&mut self, mount: &mut Mount, member: &Member, place: &'static str) {
        for (key, member) in self.fields(&member.value, place) {
            match key {
                "create_host_path" => {
                    let makes = self.truth(&member.value);
                    if let Some(it) = makes.filter(|it| !it.value) {
                        self.unusable(
                            it.span,
                            "Without it, a directory that is missing is made or not, as the backend does.",
                        );
                    }
                }
                "nocopy" => {
                    let is_on = self.truth(&member.value).is_some_and(|it| it.value);
                    mount.options.extend(is_on.then(|| "nocopy".to_owned()));
                }
                "propagation" | "selinux" => mount.options.extend(self.plain(&member.value)),
                "recursive" => {
                    let value = self.plain(&member.value);
                    mount.options.extend(value.map(|it| ["bind-recursive=", &it].concat()));
                }
                "subpath" => {
                    let name = if place.ends_with("image") { "image-subpath=" } else { "volume-subpath=" };
                    let value = self.plain(&member.value);
                    mount.options.extend(value.map(|it| [name, &it].concat()));
                }
                "mode" => {
                    let value = self.mode(&member.value);
                    mount.options.extend(value.map(|it| ["mode=", &it].concat()));
                }
                _ => {
                    let value = self.plain(&member.value);
                    mount.options.extend(value.map(|it| [key, "=", &it].concat()));
                }
            }
        }
    }

    /// The mode of a file in octal digits: `0755` is an octal number of YAML already.
    pub(super) fn mode(&mut self, node: &Node) -> Option<String> {
        let text = self.text_of(node)?;
        match &node.kind {
            Kind::Number(digits) => {
                let written = node.span.of(self.text);
                let is_octal = written.starts_with('0') && written.len() > 1;
                let number: Option<u32> = digits.parse().ok();
                Some(number.filter(|_| is_octal).map_or(text.value, |it| format!("{it:o}")))
            }
            _ => Some(text.value.trim_start_matches("0o").to_owned()),
        }
    }

    /// Paths that are memory: `/run:size=64m`.
    pub(super) fn memory(&mut self, node: &Node) -> Vec<At<Mount>> {
        let mut mounts = Vec::new();
        for text in self.texts(node) {
            let (target, options) = text.value.split_once(':').unwrap_or((&text.value, ""));
            let options = options.split(',').filter(|it| !it.is_empty()).map(str::to_owned).collect();
            let mount = Mount { kind: MountKind::Tmpfs, target: cleaned(target), options, ..Mount::default() };
            mounts.push(At::new(mount, text.span));
        }
        mounts
    }

    /// The volumes of the project.
    pub(super) fn volumes(&mut self, node: &Node) {
        for entry in self.entries(node) {
            let mut volume = Volume { name: entry.key.clone(), span: entry.key_span, ..Volume::default() };
            for (key, member) in self.fields(&entry.value, "volumes.*") {
                match key {
                    "name" => volume.own_name = self.text_of(&member.value),
                    "driver" => volume.driver = self.text_of(&member.value),
                    "driver_opts" => volume.driver_options = self.full_pairs(&member.value),
                    "labels" => volume.labels = self.full_pairs(&member.value),
                    _ => {
                        let (is_external, name) = self.external(&member.value, "volumes.*.external");
                        volume.is_external = is_external;
                        volume.own_name = volume.own_name.take().or(name);
                    }
                }
            }
            self.project.volumes.push(volume);
        }
    }

    /// Whether something exists already, and the name it has by an old form.
    pub(super) fn external(&mut self, node: &Node, place: &'static str) -> (bool, Option<At<String>>) {
        if !matches!(node.kind, Kind::Map(_)) {
            let is_external = self.truth(node);
            self.heeded.extend(is_external.as_ref().map(|it| it.span));
            return (is_external.is_some_and(|it| it.value), None);
        }
        let fields = self.fields(node, place);
        let name = fields.first().and_then(|it| self.text_of(&it.1.value));
        (true, name)
    }

    /// Devices: `/dev/dri`, `/dev/ttyUSB0:/dev/tty:rw`.
    pub(super) fn devices(&mut self, node: &Node) -> Vec<At<String>> {
        let mut devices = Vec::new();
        for element in self.elements(node) {
            let Kind::Map(_) = element.kind else {
                devices.extend(self.text_of(element));
                continue;
            };
            let [mut source, mut target, mut permissions] = [None, None, None];
            for (key, member) in self.fields(element, "services.*.devices[]") {
                let value = self.plain(&member.value);
                match key {
                    "source" => source = value,
                    "target" => target = value,
                    _ => permissions = value,
                }
            }
            let Some(source) = source else {
                self.unusable(element.span, "A device needs `source`.");
                continue;
            };
            let target = target.unwrap_or_else(|| source.clone());
            let text = match permissions {
                Some(permissions) => [&source, ":", &target, ":", &permissions].concat(),
                None if target == source => source,
                None => [&source, ":", &target].concat(),
            };
            devices.push(At::new(text, element.span));
        }
        devices
    }

    /// Flags of `docker build` with their values, as words.
    pub(super) fn build_words(&mut self, name: &str, shape: Shape, member: &Member) -> Vec<String> {
        let values = self.values(shape, &member.value, member.key_span);
        let word = |value: Option<String>| match value {
            Some(value) => ["--", name, "=", &value].concat(),
            None => ["--", name].concat(),
        };
        values.into_iter().map(|it| word(it.value)).collect()
    }
}

/// The options of a mount that Compose knows.
const KNOWN: &[&str] = &["ro", "rw", "nocopy", "rprivate", "private", "rshared", "shared", "rslave", "slave", "z", "Z"];

/// The options behind the second colon.
fn options(text: &str) -> impl Iterator<Item = &str> {
    let parts = sections(text);
    parts.get(2).copied().unwrap_or_default().split(',').filter(|it| !it.is_empty())
}

/// The parts between colons; the colon of `C:` is none.
fn sections(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        let is_drive = at == start + 1 && text.as_bytes().get(start).is_some_and(u8::is_ascii_alphabetic);
        if byte == b':' && !is_drive {
            parts.push(text.get(start..at).unwrap_or_default());
            start = at + 1;
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

/// Reads `source:target:options`.
pub(in crate::compose) fn parse(text: &str) -> Result<Mount, &'static str> {
    if text.is_empty() {
        return Err("Nothing is mounted here.");
    }
    let parts = sections(text);
    let (source, target, options) = match parts[..] {
        [target] => ("", target, ""),
        [source, target] => (source, target, ""),
        [source, target, options] => (source, target, options),
        _ => return Err("There are too many colons: `source:target:options`."),
    };
    if target.is_empty() || parts.len() > 1 && source.is_empty() {
        return Err("There is nothing between two colons: `source:target:options`.");
    }
    let read_only = options.split(',').rfind(|it| matches!(*it, "ro" | "rw")) == Some("ro");
    let is_kept = |it: &&str| !matches!(*it, "" | "ro" | "rw") && KNOWN.contains(it);
    Ok(Mount {
        kind: if is_path(source) { MountKind::Bind } else { MountKind::Volume },
        source: source.to_owned(),
        target: cleaned(target),
        read_only,
        options: options.split(',').filter(is_kept).map(str::to_owned).collect(),
    })
}

/// Whether a source is a path of the host. What is left open at its beginning most often is one.
fn is_path(source: &str) -> bool {
    let is_drive =
        source.as_bytes().get(1) == Some(&b':') && source.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    source.starts_with(['.', '/', '~'])
        || source.starts_with("\\\\")
        || is_drive
        || source.starts_with('@') && source.contains('/')
}

/// A path of the container without `//`, `.` and `..`, as Go's `path.Clean` has it.
fn cleaned(path: &str) -> String {
    let is_absolute = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if is_absolute || parts.last().is_some_and(|it| *it != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let joined = parts.join("/");
    match (is_absolute, path.is_empty() || !joined.is_empty()) {
        (true, _) => ["/", &joined].concat(),
        (false, true) => joined,
        (false, false) => ".".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mounts_are_read_in_all_forms() {
        for (text, kind, source, target, read_only, options) in [
            ("/data", MountKind::Volume, "", "/data", false, &[][..]),
            ("data:/data", MountKind::Volume, "data", "/data", false, &[]),
            ("./a:/b:ro", MountKind::Bind, "./a", "/b", true, &[]),
            ("/a:/b/../c/:rw,z", MountKind::Bind, "/a", "/c", false, &["z"]),
            ("~/a:/b:rshared", MountKind::Bind, "~/a", "/b", false, &["rshared"]),
            ("data:/b:nocopy", MountKind::Volume, "data", "/b", false, &["nocopy"]),
            ("C:\\a:/b", MountKind::Bind, "C:\\a", "/b", false, &[]),
            (".", MountKind::Volume, "", ".", false, &[]),
            ("@DATA@/x:/b", MountKind::Bind, "@DATA@/x", "/b", false, &[]),
        ] {
            let options = options.iter().map(|it: &&str| (*it).to_owned()).collect();
            let expected = Mount { kind, source: source.to_owned(), target: target.to_owned(), read_only, options };
            assert_eq!(parse(text), Ok(expected), "{text}");
        }
        for text in ["", "ab:", ":/b", "ab:cd:ef:gh"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
