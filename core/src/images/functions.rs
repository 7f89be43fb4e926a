//! Which functions make images with Nix, which arguments do they take, and what can be said in `config`?

/// A function that makes an image, or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Maker {
    /// `dockerTools.buildImage`
    Plain,
    /// `dockerTools.buildLayeredImage`
    Layered,
    /// `dockerTools.streamLayeredImage`
    Stream,
    /// `dockerTools.buildNixShellImage`
    Shell,
    /// `dockerTools.streamNixShellImage`
    ShellStream,
    /// `dockerTools.pullImage`
    Pull,
    /// `dockerTools.mergeImages`
    Merge,
    /// `nix2container.buildImage`
    Container,
    /// `nix2container.buildLayer`
    ContainerLayer,
    /// `nix2container.pullImage`
    ContainerPull,
    /// `nix2container.pullImageFromManifest`
    ContainerManifest,
    /// `nix-snapshotter.buildImage`
    Snapshotter,
}

use Maker::{
    Container, ContainerLayer, ContainerManifest, ContainerPull, Layered, Merge, Plain, Pull, Shell, ShellStream,
    Snapshotter, Stream,
};

const NIXPKGS: &str = "nixpkgs `pkgs/build-support/docker/default.nix`";
const CONTAINER: &str = "nlewo/nix2container `default.nix`";
const SNAPSHOTTER: &str = "pdtpartners/nix-snapshotter `package.nix`, `buildImage`";

impl Maker {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Plain,
        Layered,
        Stream,
        Shell,
        ShellStream,
        Pull,
        Merge,
        Container,
        ContainerLayer,
        ContainerPull,
        ContainerManifest,
        Snapshotter,
    ];

    /// What it is called in its set.
    pub fn name(self) -> &'static str {
        match self {
            Plain | Container | Snapshotter => "buildImage",
            Layered => "buildLayeredImage",
            Stream => "streamLayeredImage",
            Shell => "buildNixShellImage",
            ShellStream => "streamNixShellImage",
            Pull | ContainerPull => "pullImage",
            Merge => "mergeImages",
            ContainerLayer => "buildLayer",
            ContainerManifest => "pullImageFromManifest",
        }
    }

    /// The set it is in.
    pub fn set(self) -> &'static str {
        match self {
            Container | ContainerLayer | ContainerPull | ContainerManifest => "nix2container",
            Snapshotter => "nix-snapshotter",
            _ => "dockerTools",
        }
    }

    /// What it is called with its set: `dockerTools.buildImage`.
    pub fn title(self) -> String {
        [self.set(), ".", self.name()].concat()
    }

    /// What it makes, in a sentence.
    pub fn summary(self) -> &'static str {
        match self {
            Plain => "Makes an image of one layer, as an archive for `docker load`.",
            Layered => "Makes an image of many layers, as an archive for `docker load`.",
            Stream => {
                "Makes a script that writes an image of many layers to its output, so that the store holds no archive."
            }
            Shell => "Makes an image that is like `nix-shell` of a derivation, as an archive.",
            ShellStream => "Makes a script that writes an image that is like `nix-shell` of a derivation.",
            Pull => "Fetches an image from a registry, as an archive that others are built on.",
            Merge => "Puts several archives of images into one.",
            Container => "Describes an image in JSON, which a skopeo of its own copies without an archive.",
            ContainerLayer => "Makes a layer by itself, for what seldom changes.",
            ContainerPull => "Fetches an image from a registry, as a directory.",
            ContainerManifest => "Fetches each layer of an image by its digest in a manifest that is kept beside.",
            Snapshotter => "Makes an image whose layers are paths of the store, for containerd with nix-snapshotter.",
        }
    }

    /// Where that is known from.
    pub fn source(self) -> &'static str {
        match self {
            Container | ContainerLayer | ContainerPull | ContainerManifest => CONTAINER,
            Snapshotter => SNAPSHOTTER,
            _ => NIXPKGS,
        }
    }

    /// Whether it builds an image of files and a configuration.
    pub fn builds(self) -> bool {
        matches!(self, Plain | Layered | Stream | Container | Snapshotter)
    }

    /// Whether it fetches one.
    pub fn pulls(self) -> bool {
        matches!(self, Pull | ContainerPull | ContainerManifest)
    }

    /// Whether what it makes is a script, and no archive.
    pub fn is_script(self) -> bool {
        matches!(self, Stream | ShellStream)
    }

    /// The arguments it takes, in the order of the table.
    pub fn arguments(self) -> impl Iterator<Item = &'static Argument> {
        ARGUMENTS.iter().filter(move |it| it.of.contains(&self))
    }

    /// One of its arguments.
    pub fn argument(self, name: &str) -> Option<&'static Argument> {
        self.arguments().find(|it| it.name == name)
    }
}

/// What an argument or a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// A string.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A path, or several.
    Paths,
    /// A list of strings.
    Words,
    /// A list.
    List,
    /// A set.
    Set,
    /// A set whose names are what counts: `{ "80/tcp" = { }; }`.
    Names,
    /// Anything.
    Any,
}

impl Takes {
    /// With an article.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Number => "a whole number",
            Self::Flag => "`true` or `false`",
            Self::Paths => "a derivation or a list of them",
            Self::Words => "a list of strings",
            Self::List => "a list",
            Self::Set => "a set",
            Self::Names => "a set of empty sets",
            Self::Any => "a derivation",
        }
    }

    /// What is written where nobody said more.
    pub fn blank(self) -> &'static str {
        match self {
            Self::Text => "\"\"",
            Self::Number => "0",
            Self::Flag => "true",
            Self::Paths | Self::Words | Self::List => "[  ]",
            Self::Set | Self::Names => "{  }",
            Self::Any => "",
        }
    }
}

/// An argument of some functions.
pub struct Argument {
    /// Its name.
    pub name: &'static str,
    /// Whose it is.
    pub of: &'static [Maker],
    /// What it takes.
    pub takes: Takes,
    /// What it is where it is not written; empty where it must be.
    pub usual: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// Where that is known from.
    pub source: &'static str,
}

const fn argument(
    name: &'static str,
    of: &'static [Maker],
    takes: Takes,
    usual: &'static str,
    summary: &'static str,
    source: &'static str,
) -> Argument {
    Argument { name, of, takes, usual, summary, source }
}

const MANUAL: &str = "nixpkgs `doc/build-helpers/images/dockertools.section.md`";

/// Every argument.
#[rustfmt::skip]
pub static ARGUMENTS: &[Argument] = &[
    argument("name", &[Plain, Layered, Stream, Container, Snapshotter], Takes::Text, "", "The name of the image. Capitals become small letters.", NIXPKGS),
    argument("tag", &[Plain, Layered, Stream, Shell, ShellStream, Container], Takes::Text, "null", "The tag of the image. `null` takes the hash in the path of the store, so that no two builds share one.", NIXPKGS),
    argument("tag", &[Snapshotter], Takes::Text, "\"latest\"", "The tag of the image.", SNAPSHOTTER),
    argument("contents", &[Layered, Stream], Takes::Paths, "[ ]", "What is linked into the root of the image. Whatever it needs of the store comes with it.", MANUAL),
    argument("contents", &[Plain], Takes::Paths, "null", "Deprecated: `copyToRoot` has taken its place.", NIXPKGS),
    argument("contents", &[Container, ContainerLayer], Takes::Paths, "null", "Deprecated: `copyToRoot` has taken its place.", CONTAINER),
    argument("copyToRoot", &[Plain], Takes::Paths, "null", "What is copied into the root of the image. `buildEnv` with `pathsToLink` puts programs into `/bin`.", MANUAL),
    argument("copyToRoot", &[Container, ContainerLayer], Takes::Paths, "null", "What is copied into the root of the image.", CONTAINER),
    argument("copyToRoot", &[Snapshotter], Takes::Paths, "null", "What is put at the root of the image.", SNAPSHOTTER),
    argument("config", &[Plain, Layered, Stream, Container, Snapshotter], Takes::Set, "{ }", "What containers of the image do: `Cmd`, `Env` and others. Packages that it names come into the image.", MANUAL),
    argument("fromImage", &[Plain, Layered, Stream, Container, Snapshotter], Takes::Any, "null", "The image that this one is built on. Of its configuration only `Env` is kept.", MANUAL),
    argument("fromImageName", &[Plain], Takes::Text, "null", "Which image of the archive is meant. It counts only together with `fromImageTag`.", MANUAL),
    argument("fromImageTag", &[Plain], Takes::Text, "null", "Which tag of the archive is meant. It counts only together with `fromImageName`.", MANUAL),
    argument("created", &[Plain, Container], Takes::Text, "\"1970-01-01T00:00:01Z\"", "When the image was made, as RFC 3339 has it. `\"now\"` makes every build another image.", NIXPKGS),
    argument("created", &[Layered, Stream], Takes::Text, "\"1970-01-01T00:00:01Z\"", "When the image was made; `date` reads it, so that `20240920` is right, too. `\"now\"` makes every build another image.", NIXPKGS),
    argument("mtime", &[Layered, Stream], Takes::Text, "\"1970-01-01T00:00:01Z\"", "When the files of the layers were changed. Another one makes other layers, which nothing shares.", MANUAL),
    argument("maxLayers", &[Layered, Stream], Takes::Number, "100", "How many layers there are at most, those of `fromImage` included. It must be more than 1.", NIXPKGS),
    argument("maxLayers", &[Container, ContainerLayer], Takes::Number, "1", "How many layers there are at most.", CONTAINER),
    argument("extraCommands", &[Plain, Layered, Stream], Takes::Text, "\"\"", "A script that runs in what becomes the root of the image, as a plain user: paths in it are relative.", MANUAL),
    argument("fakeRootCommands", &[Layered, Stream], Takes::Text, "\"\"", "A script that runs in what becomes the root of the image, and takes itself for root: `chown` works.", MANUAL),
    argument("enableFakechroot", &[Layered, Stream], Takes::Flag, "false", "Whether `/` is the root of the image in `fakeRootCommands`. Not on Darwin.", MANUAL),
    argument("runAsRoot", &[Plain], Takes::Text, "null", "A script that runs as root in a virtual machine, which needs `/dev/kvm`.", MANUAL),
    argument("diskSize", &[Plain], Takes::Number, "1024", "How large the disk of the virtual machine is, in MiB. Without `runAsRoot` it does nothing.", MANUAL),
    argument("buildVMMemorySize", &[Plain], Takes::Number, "512", "How much memory the virtual machine has, in MiB. Without `runAsRoot` it does nothing.", MANUAL),
    argument("keepContentsDirlinks", &[Plain], Takes::Flag, "false", "Whether links to directories stay links.", MANUAL),
    argument("uid", &[Plain, Layered, Stream], Takes::Number, "0", "Who owns the files. The program still runs as `config.User`, or as root.", MANUAL),
    argument("gid", &[Plain, Layered, Stream], Takes::Number, "0", "Which group owns the files.", MANUAL),
    argument("uid", &[Shell, ShellStream], Takes::Number, "1000", "As whom the container runs.", MANUAL),
    argument("gid", &[Shell, ShellStream], Takes::Number, "1000", "As which group the container runs.", MANUAL),
    argument("uname", &[Layered, Stream], Takes::Text, "\"root\"", "The name of the owner of the files.", MANUAL),
    argument("gname", &[Layered, Stream], Takes::Text, "\"root\"", "The name of the group of the files.", MANUAL),
    argument("architecture", &[Plain, Layered, Stream], Takes::Text, "pkgs.go.GOARCH", "What the image says it runs on: `amd64`, `arm64`. It compiles nothing: the packages stay what they are.", MANUAL),
    argument("variant", &[Plain, Layered, Stream], Takes::Text, "that of the host", "The variant of the architecture: `v7`.", NIXPKGS),
    argument("arch", &[Container], Takes::Text, "pkgs.go.GOARCH", "What the image says it runs on: `amd64`, `arm64`.", CONTAINER),
    argument("compressor", &[Plain, Layered], Takes::Text, "\"gz\"", "How the archive is compressed: `none`, `gz` or `zstd`.", NIXPKGS),
    argument("includeNixDB", &[Plain, Layered, Stream], Takes::Flag, "false", "Whether Nix in the image knows the paths of the store.", MANUAL),
    argument("includeStorePaths", &[Layered, Stream], Takes::Flag, "true", "Whether the paths of the store are in the image at all. Without them it needs the host's.", MANUAL),
    argument("layeringPipeline", &[Layered, Stream], Takes::List, "null", "How the paths of the store are put into layers. With it `maxLayers` does nothing. Experimental.", NIXPKGS),
    argument("debug", &[Layered, Stream], Takes::Flag, "false", "Whether the pipeline of the layers says what it does.", NIXPKGS),
    argument("passthru", &[Layered, Stream], Takes::Set, "{ }", "Attributes that the result has besides.", MANUAL),
    argument("meta", &[Plain, Layered, Stream, Container], Takes::Set, "{ }", "What is said about the result.", NIXPKGS),
    argument("layers", &[Container, ContainerLayer], Takes::List, "[ ]", "Layers of `buildLayer`, whose paths are left out here.", CONTAINER),
    argument("perms", &[Container, ContainerLayer], Takes::List, "[ ]", "Modes and owners of files: `{ path = …; regex = \".*\"; mode = \"0755\"; }`.", CONTAINER),
    argument("initializeNixDatabase", &[Container], Takes::Flag, "false", "Whether Nix in the image knows the paths of the store.", CONTAINER),
    argument("nixUid", &[Container], Takes::Number, "0", "Who owns the database of Nix.", CONTAINER),
    argument("nixGid", &[Container], Takes::Number, "0", "Which group owns the database of Nix.", CONTAINER),
    argument("deps", &[ContainerLayer], Takes::List, "[ ]", "The paths of the store that are in the layer.", CONTAINER),
    argument("ignore", &[ContainerLayer], Takes::Any, "null", "A path that is left out.", CONTAINER),
    argument("reproducible", &[ContainerLayer], Takes::Flag, "true", "Whether the archive of the layer can be made again at any time, so that it is not kept.", CONTAINER),
    argument("metadata", &[ContainerLayer], Takes::Set, "{ created_by = \"nix2container\"; }", "What the history of the image says of the layer.", CONTAINER),
    argument("resolvedByNix", &[Snapshotter], Takes::Flag, "false", "Whether the image is named by its path in the store, `nix:0/nix/store/…`, and is in no registry.", SNAPSHOTTER),
    argument("imageName", &[Pull, ContainerPull, ContainerManifest], Takes::Text, "", "The name of the image, without a tag; with its registry where that is not Docker Hub.", MANUAL),
    argument("imageDigest", &[Pull, ContainerPull], Takes::Text, "", "The digest of the manifest in the registry: `sha256:` and 64 hexadecimal letters.", MANUAL),
    argument("hash", &[Pull], Takes::Text, "one of `hash` and `sha256`", "The hash of the archive that skopeo makes, as SRI. It is another number than the digest.", MANUAL),
    argument("sha256", &[Pull], Takes::Text, "one of `hash` and `sha256`", "The hash of the archive that skopeo makes. It is another number than the digest.", MANUAL),
    argument("sha256", &[ContainerPull], Takes::Text, "", "The hash of the directory that skopeo makes. It is another one than that of `dockerTools.pullImage`.", CONTAINER),
    argument("finalImageName", &[Pull], Takes::Text, "imageName", "The name in the archive. Another one makes another hash.", MANUAL),
    argument("finalImageTag", &[Pull], Takes::Text, "\"latest\"", "The tag in the archive. Another one makes another hash.", MANUAL),
    argument("os", &[Pull, ContainerPull, ContainerManifest], Takes::Text, "\"linux\"", "The operating system of the image.", MANUAL),
    argument("arch", &[Pull, ContainerPull, ContainerManifest], Takes::Text, "pkgs.go.GOARCH", "The architecture of the image: `amd64`, `arm64`. Another one makes another hash.", MANUAL),
    argument("tlsVerify", &[Pull, ContainerPull, ContainerManifest], Takes::Flag, "true", "Whether the certificate of the registry has to be right.", MANUAL),
    argument("name", &[Pull, ContainerPull], Takes::Text, "made of the image's", "The name in the store.", MANUAL),
    argument("imageManifest", &[ContainerManifest], Takes::Any, "", "The manifest of the image, a file beside: its digests are the hashes.", CONTAINER),
    argument("imageTag", &[ContainerManifest], Takes::Text, "\"latest\"", "The tag that `getManifest` asks for.", CONTAINER),
    argument("registryUrl", &[ContainerManifest], Takes::Text, "\"registry-1.docker.io\"", "The registry.", CONTAINER),
    argument("drv", &[Shell, ShellStream], Takes::Any, "", "The derivation whose surroundings are in the image.", MANUAL),
    argument("name", &[Shell, ShellStream], Takes::Text, "drv.name + \"-env\"", "The name of the image.", MANUAL),
    argument("homeDirectory", &[Shell, ShellStream], Takes::Text, "\"/build\"", "The home of the user.", MANUAL),
    argument("shell", &[Shell, ShellStream], Takes::Text, "bash", "The shell that is started.", MANUAL),
    argument("command", &[Shell, ShellStream], Takes::Text, "null", "A command that runs in an interactive shell.", MANUAL),
    argument("run", &[Shell, ShellStream], Takes::Text, "null", "A command that runs in a shell that is not interactive.", MANUAL),
    argument("compressor", &[Shell], Takes::Text, "\"gz\"", "How the archive is compressed: `none`, `gz` or `zstd`.", NIXPKGS),
];

/// A key of `config`.
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it does.
    pub summary: &'static str,
    /// The instruction of a Dockerfile that says the same.
    pub instruction: &'static str,
    /// Where that is known from.
    pub source: &'static str,
}

const fn key(
    name: &'static str,
    takes: Takes,
    instruction: &'static str,
    summary: &'static str,
    source: &'static str,
) -> Key {
    Key { name, takes, summary, instruction, source }
}

const OCI: &str = "opencontainers/image-spec `config.md`, *Properties*";
const DOCKER: &str = "moby/docker-image-spec `spec.md`, *Image JSON Field Descriptions*";

/// Every key of `config`.
#[rustfmt::skip]
pub static KEYS: &[Key] = &[
    key("Cmd", Takes::Words, "CMD", "What the container runs, or what follows `Entrypoint`. A person may say otherwise behind the image's name.", OCI),
    key("Entrypoint", Takes::Words, "ENTRYPOINT", "What the container runs, before `Cmd`.", OCI),
    key("Env", Takes::Words, "ENV", "Variables, each a string `NAME=value`.", OCI),
    key("ExposedPorts", Takes::Names, "EXPOSE", "The ports that the program listens on: `{ \"80/tcp\" = { }; }`. It publishes none.", OCI),
    key("Volumes", Takes::Names, "VOLUME", "The directories that get a volume: `{ \"/data\" = { }; }`.", OCI),
    key("WorkingDir", Takes::Text, "WORKDIR", "The directory that the program starts in.", OCI),
    key("User", Takes::Text, "USER", "As whom the program runs: a name, which `/etc/passwd` of the image has to know, or a number.", OCI),
    key("Labels", Takes::Set, "LABEL", "What is said about the image: `{ \"org.opencontainers.image.source\" = \"…\"; }`.", OCI),
    key("StopSignal", Takes::Text, "STOPSIGNAL", "The signal that ends the program: `SIGINT`.", OCI),
    key("ArgsEscaped", Takes::Flag, "", "Of images for Windows. Deprecated.", OCI),
    key("Memory", Takes::Number, "", "A limit of memory, which nothing heeds.", OCI),
    key("MemorySwap", Takes::Number, "", "A limit of memory with swap, which nothing heeds.", OCI),
    key("CpuShares", Takes::Number, "", "A share of processors, which nothing heeds.", OCI),
    key("Healthcheck", Takes::Set, "HEALTHCHECK", "How Docker finds out whether the program is well. Images of the OCI have none: Podman wants Docker's format.", DOCKER),
    key("Shell", Takes::Words, "SHELL", "The shell of the lines of a Dockerfile that builds on this. Docker's alone.", DOCKER),
    key("OnBuild", Takes::Words, "ONBUILD", "What a Dockerfile that builds on this does first. Docker's alone.", DOCKER),
    key("Domainname", Takes::Text, "", "The domain of the container.", DOCKER),
    key("Hostname", Takes::Text, "", "The name of the container's machine.", DOCKER),
    key("Tty", Takes::Flag, "", "Whether there is a terminal.", DOCKER),
    key("OpenStdin", Takes::Flag, "", "Whether there is input.", DOCKER),
    key("StdinOnce", Takes::Flag, "", "Whether input ends with the first who gives any.", DOCKER),
    key("AttachStdin", Takes::Flag, "", "Whether input is attached.", DOCKER),
    key("AttachStdout", Takes::Flag, "", "Whether output is attached.", DOCKER),
    key("AttachStderr", Takes::Flag, "", "Whether errors are attached.", DOCKER),
    key("StopTimeout", Takes::Number, "", "How long the program has to end, in seconds.", DOCKER),
];

/// A key by its name; capitals count.
pub fn key_of(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|it| it.name == name)
}

/// What a function takes `contents` and `copyToRoot` for.
pub fn files_of(maker: Maker) -> &'static str {
    match maker {
        Layered | Stream => "contents",
        _ => "copyToRoot",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_says_what_it_is_and_where_that_is_known_from() {
        for it in ARGUMENTS {
            assert!(it.summary.ends_with('.') && it.source.contains('`'), "{}", it.name);
            for maker in it.of {
                assert_eq!(maker.arguments().filter(|other| other.name == it.name).count(), 1, "{maker:?} {}", it.name);
            }
        }
        for it in KEYS {
            assert!(it.summary.ends_with('.') && it.source.contains('`'), "{}", it.name);
            assert_eq!(KEYS.iter().filter(|other| other.name.eq_ignore_ascii_case(it.name)).count(), 1, "{}", it.name);
        }
        for maker in Maker::ALL.into_iter().filter(|it| !matches!(it, Merge | ContainerLayer)) {
            assert!(maker.arguments().any(|it| it.usual.is_empty()), "{maker:?}");
        }
    }
}
