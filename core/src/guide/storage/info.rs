//! What does a paste say of the daemon's storage: what `docker info` prints, in either form, or dockerd's log?

use super::{driver::Driver, file_system::FileSystem};
use crate::{Engine, document::Node, notation::json::read_as_written};

/// What was read from a paste.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Info {
    /// What keeps the images.
    pub driver: Option<Driver>,
    /// The name of a driver that is not known here.
    pub unknown_driver: Option<String>,
    /// The Engine that runs.
    pub engine: Option<Engine>,
    /// An Engine that is not known here, as it is written.
    pub unknown_engine: Option<String>,
    /// The file system of the data root.
    pub file_system: Option<FileSystem>,
    /// The data root.
    pub root: Option<String>,
    /// The operating system.
    pub system: Option<String>,
    /// Whether the daemon runs without root.
    pub is_rootless: Option<bool>,
    /// The drivers whose data is there, where the daemon could not tell which one is meant.
    pub several: Vec<Driver>,
    /// Whether it is what Podman prints.
    pub is_podman: bool,
}

impl Info {
    /// Reads a paste. What it does not tell is left open.
    pub(super) fn read(text: &str) -> Self {
        let mut info = Self::default();
        // Warnings may stand before the object.
        let object = text.lines().position(|it| it.trim_start().starts_with('{'));
        match object {
            Some(_) => {
                let start = text.find('{').unwrap_or(0);
                let tree = read_as_written(text.get(start..).unwrap_or_default());
                info.object(&tree.root);
                info.lines(text.get(..start).unwrap_or_default());
            }
            None => info.lines(text),
        }
        info.conclude();
        info
    }

    /// Whether nothing of use was found.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn lines(&mut self, text: &str) {
        let mut pairs = Vec::new();
        for line in text.lines() {
            if let Some((key, value)) = line.split_once(':') {
                pairs.push((key.trim(), value.trim()));
            }
            self.message(line);
        }
        for (key, value) in &pairs {
            match *key {
                "Storage Driver" => self.driver(value),
                "Server Version" => self.engine(value),
                "Docker Root Dir" => self.root(value),
                "Operating System" => self.system = Some((*value).to_owned()),
                "graphDriverName" => self.is_podman = true,
                _ => {}
            }
        }
        if pairs.iter().any(|it| it.0 == "Security Options") {
            self.is_rootless = Some(text.lines().any(|it| it.trim() == "rootless"));
        }
        self.status(pairs.into_iter());
    }

    fn object(&mut self, root: &Node) {
        let member = |name: &str| root.members().iter().find(|it| it.key == name).map(|it| &it.value);
        let text = |name: &str| member(name).and_then(Node::as_str);
        if let Some(it) = text("Driver") {
            self.driver(it);
        }
        if let Some(it) = text("ServerVersion") {
            self.engine(it);
        }
        if let Some(it) = text("DockerRootDir") {
            self.root(it);
        }
        self.system = text("OperatingSystem").filter(|it| !it.is_empty()).map(str::to_owned);
        if let Some(options) = member("SecurityOptions") {
            let mut options = options.elements().iter().filter_map(Node::as_str);
            self.is_rootless = Some(options.any(|it| it.split(',').any(|it| it == "name=rootless")));
        }
        let pairs = member("DriverStatus").map_or(&[][..], Node::elements).iter();
        let pairs = pairs.filter_map(|it| match it.elements() {
            [key, value] => Some((key.as_str()?, value.as_str()?)),
            _ => None,
        });
        let pairs: Vec<(&str, &str)> = pairs.collect();
        self.status(pairs.into_iter());
        self.is_podman |= member("store").is_some_and(|it| it.members().iter().any(|it| it.key == "graphDriverName"));
    }

    /// What drivers say of themselves.
    ///
    /// Source: moby `daemon/graphdriver/overlay2/overlay.go`, `Status`; `daemon/graphdriver/devmapper/driver.go`, `Status`
    /// (there the file system is that of containers); `daemon/containerd/service.go`, `LayerStoreStatus`.
    fn status<'a>(&mut self, pairs: impl Iterator<Item = (&'a str, &'a str)>) {
        let (mut name, mut has_types) = ("", true);
        for (key, value) in pairs {
            match key {
                "Backing Filesystem" => name = value,
                "Supports d_type" => has_types = value != "false",
                "driver-type" if value.starts_with("io.containerd.snapshotter") => {
                    self.driver = Some(Driver::Containerd);
                    self.unknown_driver = None;
                }
                _ => {}
            }
        }
        let found = match name {
            _ if self.driver == Some(Driver::DeviceMapper) => None,
            "" | "<unknown>" => None,
            "extfs" | "ext4" => Some(FileSystem::Ext4),
            "xfs" if has_types => Some(FileSystem::Xfs),
            "xfs" => Some(FileSystem::XfsWithoutTypes),
            "btrfs" => Some(FileSystem::Btrfs),
            "zfs" => Some(FileSystem::Zfs),
            _ => Some(FileSystem::Other),
        };
        self.file_system = found.or(self.file_system);
    }

    /// What dockerd says when it starts, or does not.
    ///
    /// Source: moby `daemon/graphdriver/driver.go`, `New` and `checkRemoved`, at 20.10, 23.0, 24.0 and 28.5; `daemon/daemon.go`,
    /// `NewDaemon`.
    fn message(&mut self, line: &str) {
        let between = |before: &str, after: &str| {
            let rest = line.split_once(before)?.1;
            let inner = if after.is_empty() { rest } else { rest.split_once(after)?.0 };
            Some(inner.trim_matches(['"', '\\', ' ']))
        };
        for (before, after) in [
            ("prior storage driver ", " is deprecated"),
            ("prior storage driver ", " failed"),
            ("the ", " storage-driver is deprecated"),
            ("the ", " storage-driver has been deprecated and removed"),
            ("using prior storage driver: ", ""),
            ("trying configured driver: ", ""),
        ] {
            let name = between(before, after).and_then(|it| it.split_whitespace().next_back());
            if let Some(driver) = name.map(|it| it.trim_matches(['"', '\\'])).and_then(Driver::of) {
                self.driver.get_or_insert(driver);
            }
        }
        let names = ["contains several valid graphdrivers: ", "contains other graphdrivers: "];
        if let Some(names) = names.iter().find_map(|it| between(it, ";")) {
            self.several = names.split(',').filter_map(|it| Driver::of(it.trim())).collect();
        }
        let types = line.split_once(" filesystem is formatted without d_type support").map(|it| it.0);
        if types.is_some_and(|it| it.ends_with("xfs")) {
            self.file_system = Some(FileSystem::XfsWithoutTypes);
        }
    }

    fn driver(&mut self, name: &str) {
        match name {
            "" => {}
            // The status says whose snapshotters these are.
            "overlayfs" | "native" => self.driver = Some(Driver::Containerd),
            _ => match Driver::of(name).filter(|it| *it != Driver::Containerd) {
                Some(driver) => self.driver = Some(driver),
                None => self.unknown_driver = Some(name.to_owned()),
            },
        }
    }

    /// `24.0.9`, `20.10.5+dfsg1`, `26.1.5-1.fc40`; one of a line that is known, `29.99.0`, counts as the last known of it.
    fn engine(&mut self, written: &str) {
        let number = written.trim_start_matches('v').split(['+', '-', '~', ' ']).next().unwrap_or_default();
        let line = number.split('.').next().filter(|it| *it != "20").unwrap_or_default();
        match number.parse().or_else(|_| line.parse()) {
            Ok(engine) => self.engine = Some(engine),
            Err(_) if written.is_empty() => {}
            Err(_) => self.unknown_engine = Some(written.to_owned()),
        }
    }

    fn root(&mut self, written: &str) {
        if written.starts_with('/') {
            self.root = Some(written.to_owned());
        }
    }

    /// What follows from the driver.
    fn conclude(&mut self) {
        self.file_system = match self.driver {
            Some(Driver::Btrfs) => Some(FileSystem::Btrfs),
            Some(Driver::Zfs) => Some(FileSystem::Zfs),
            _ => self.file_system,
        };
    }
}
