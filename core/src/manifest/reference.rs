//! The name of an image, taken apart.

use super::Hash;

/// The registry of names that have none.
pub const USUAL_REGISTRY: &str = "docker.io";

/// `ghcr.io/home/bridge:1.2@sha256:…`, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// The registry: `docker.io` where none is written.
    pub registry: String,
    /// What is before the last slash: `library` where nothing is written for Docker Hub.
    pub repository: String,
    /// What is behind it.
    pub image: String,
    /// The tag; empty where none is written.
    pub tag: String,
    /// The digest behind an `@`.
    pub digest: Option<Hash>,
}

impl Reference {
    /// Reads a name; `None` for what is none.
    ///
    /// ```
    /// use drydock::manifest::Reference;
    ///
    /// let it = Reference::read("debian:jessie").unwrap();
    /// assert_eq!((&*it.registry, &*it.repository, &*it.image, &*it.tag), ("docker.io", "library", "debian", "jessie"));
    /// assert_eq!(Reference::read("ghcr.io/home/bridge").unwrap().full_name(), "ghcr.io/home/bridge");
    /// assert_eq!(Reference::read("not a name"), None);
    /// ```
    ///
    /// Source: distribution/reference `reference.go` (the grammar), `normalize.go` (the usual registry and `library/`)
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("docker://").unwrap_or(text);
        let (name, digest) = match text.split_once('@') {
            Some((name, digest)) => (name, Some(Hash::read(digest).ok()?)),
            None => (text, None),
        };
        let last = name.rfind('/').map_or(0, |it| it + 1);
        let (name, tag) = match name.get(last..)?.split_once(':') {
            Some((image, tag)) => (name.get(..last + image.len())?, Some(tag)),
            None => (name, None),
        };
        let has_capital = |it: &str| it.chars().any(|it| it.is_ascii_uppercase());
        let is_host = |it: &str| it.contains(['.', ':']) || it == "localhost" || has_capital(it);
        let (registry, path) = match name.split_once('/').filter(|it| is_host(it.0)) {
            Some((host, path)) => (host, path),
            None => (USUAL_REGISTRY, name),
        };
        let (repository, image) = path.rsplit_once('/').unwrap_or(("", path));
        let is_usual = matches!(registry, USUAL_REGISTRY | "index.docker.io" | "registry-1.docker.io");
        let registry = if is_usual { USUAL_REGISTRY } else { registry };
        let repository = if is_usual && repository.is_empty() { "library" } else { repository };
        let is_part = |it: &str| {
            let is_letter = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit();
            it.starts_with(is_letter)
                && it.ends_with(is_letter)
                && it.chars().all(|it| is_letter(it) || "._-".contains(it))
        };
        let is_name = path.split('/').all(is_part) && tag.is_none_or(is_tag) && is_registry(registry);
        is_name.then(|| Self {
            registry: registry.to_owned(),
            repository: repository.to_owned(),
            image: image.to_owned(),
            tag: tag.unwrap_or_default().to_owned(),
            digest,
        })
    }

    /// Its name in its registry: `library/debian`.
    pub fn path(&self) -> String {
        match self.repository.is_empty() {
            true => self.image.clone(),
            false => [&self.repository, "/", &self.image].concat(),
        }
    }

    /// Its name with the registry, as people write it: `debian`, `ghcr.io/home/bridge`.
    pub fn full_name(&self) -> String {
        match (&*self.registry, &*self.repository) {
            (USUAL_REGISTRY, "library") => self.image.clone(),
            (USUAL_REGISTRY, _) => self.path(),
            _ => [&self.registry, "/", &self.path()].concat(),
        }
    }

    /// The same with its tag: `debian:jessie`.
    pub fn tagged(&self) -> String {
        match self.tag.is_empty() {
            true => self.full_name(),
            false => [&self.full_name(), ":", &self.tag].concat(),
        }
    }

    /// The tag, or the one that is meant where there is none.
    pub fn tag_or_latest(&self) -> &str {
        if self.tag.is_empty() { "latest" } else { &self.tag }
    }
}

/// `ghcr.io`, `localhost:5000`, `[::1]:5000`: nothing that a shell would take for more than a word.
fn is_registry(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (text, None),
    };
    let is_part = |it: &str| {
        let is_letter = |it: char| it.is_ascii_alphanumeric();
        it.starts_with(is_letter) && it.ends_with(is_letter) && it.chars().all(|it| is_letter(it) || it == '-')
    };
    let is_host = match host.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
        Some(address) => !address.is_empty() && address.chars().all(|it| it.is_ascii_hexdigit() || it == ':'),
        None => host.split('.').all(is_part),
    };
    let is_port = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_ascii_digit());
    is_host && port.is_none_or(is_port)
}

fn is_tag(text: &str) -> bool {
    let is_letter = |it: char| it.is_ascii_alphanumeric() || it == '_';
    text.len() <= 128 && text.starts_with(is_letter) && text.chars().all(|it| is_letter(it) || ".-".contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        for (text, expected) in [
            ("debian", Some("docker.io|library|debian|")),
            ("docker.io/debian:12", Some("docker.io|library|debian|12")),
            ("awakesecurity/hocker", Some("docker.io|awakesecurity|hocker|")),
            ("localhost:5000/a/b/c:v1.2", Some("localhost:5000|a/b|c|v1.2")),
            ("quay.io/x", Some("quay.io||x|")),
            ("[::1]:5000/a", Some("[::1]:5000||a|")),
            ("MyHost/x", Some("MyHost||x|")),
            ("x.y;id;/z", None),
            ("x.y\nrm -rf ~\n/z", None),
            ("host:port/x", None),
            ("a b.c/z", None),
            ("a:", None),
            ("a:.x", None),
            ("docker://ghcr.io/a/b", Some("ghcr.io|a|b|")),
            ("Debian", None),
            ("a b", None),
            ("a//b", None),
            ("a@sha256:00", None),
            ("", None),
            ("-", None),
        ] {
            let read = Reference::read(text);
            let told = read.map(|it| [it.registry, it.repository, it.image, it.tag].join("|"));
            assert_eq!(told.as_deref(), expected, "{text}");
        }
    }
}
