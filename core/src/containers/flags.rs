//! Which settings of a container are one flag of `docker run` or `podman run`, and nothing more?

/// Such a flag.
#[derive(Debug)]
pub struct Flag {
    /// Its long name without dashes; once released it stays.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether `docker run` has it.
    pub docker: bool,
    /// Whether `podman run` has it.
    pub podman: bool,
    /// The key of a Compose service that says the same; empty for none.
    pub compose: &'static str,
    /// What it does, for whoever points at it.
    pub summary: &'static str,
    /// Where that is written.
    pub source: &'static str,
}

/// What a flag takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing, or `true` and `false` after `=`.
    Switch,
    /// One value; the last one counts.
    One,
    /// One value each time it is given.
    Many,
}

/// Every such flag, by name.
pub static FLAGS: &[Flag] = &[Flag {
    name: "shm-size",
    takes: Takes::One,
    docker: true,
    podman: true,
    compose: "shm_size",
    summary: "Size of /dev/shm.",
    source: "docker/cli cli/command/container/opts.go, addFlags",
}];

/// The flag of this name.
pub fn find(name: &str) -> Option<&'static Flag> {
    FLAGS.iter().find(|it| it.name == name)
}
