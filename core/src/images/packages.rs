//! Which packages of nixpkgs take the place of images, and of packages of other distributions?
//!
//! Sources: nixpkgs `pkgs/top-level/all-packages.nix`, `aliases.nix`; packages.debian.org, pkgs.alpinelinux.org, by name

/// What takes the place of an image.
pub struct Base {
    /// Its name, without a tag.
    pub image: &'static str,
    /// The attributes; `@` stands for the digits of the tag as the attribute has them.
    pub packages: &'static [&'static str],
    /// The tags that the attribute has, as it writes them: `312` for `3.12`; empty where it has none.
    pub versions: &'static [&'static str],
    /// What it runs where nobody says otherwise.
    pub cmd: &'static [&'static str],
    /// What is to know of it; empty for nothing.
    pub note: &'static str,
}

const fn base(image: &'static str, packages: &'static [&'static str], versions: &'static [&'static str]) -> Base {
    Base { image, packages, versions, cmd: &[], note: "" }
}

const SYSTEM: &str =
    "A distribution is not needed: a shell and the usual commands come from nixpkgs, and other programs by name.";
const SHELL: &[&str] = &["bashInteractive", "coreutils"];

const fn system(image: &'static str) -> Base {
    Base { note: SYSTEM, ..base(image, SHELL, &[]) }
}

/// Every image that is known, in the order of the alphabet.
pub static BASES: &[Base] = &[
    system("almalinux"),
    system("alpine"),
    system("amazonlinux"),
    system("archlinux"),
    Base { cmd: &["busybox", "sh"], ..base("busybox", &["busybox"], &[]) },
    base("caddy", &["caddy"], &[]),
    system("centos"),
    base("composer", &["php", "phpPackages.composer"], &[]),
    system("debian"),
    base("denoland/deno", &["deno"], &[]),
    base("eclipse-temurin", &["temurin-bin-@"], &["8", "11", "17", "21", "25"]),
    base("elixir", &["elixir"], &[]),
    base("erlang", &["erlang"], &[]),
    system("fedora"),
    base("gcr.io/distroless/base", &["dockerTools.caCertificates", "dockerTools.fakeNss"], &[]),
    base("gcr.io/distroless/base-debian12", &["dockerTools.caCertificates", "dockerTools.fakeNss"], &[]),
    base("gcr.io/distroless/cc-debian12", &["dockerTools.caCertificates", "dockerTools.fakeNss"], &[]),
    base("gcr.io/distroless/static", &["dockerTools.caCertificates", "dockerTools.fakeNss"], &[]),
    base("gcr.io/distroless/static-debian12", &["dockerTools.caCertificates", "dockerTools.fakeNss"], &[]),
    base("golang", &["go"], &[]),
    base("gradle", &["gradle"], &[]),
    base("haproxy", &["haproxy"], &[]),
    base("haskell", &["ghc", "cabal-install"], &[]),
    base("httpd", &["apacheHttpd"], &[]),
    base("mariadb", &["mariadb"], &[]),
    base("maven", &["maven"], &[]),
    base("mcr.microsoft.com/dotnet/aspnet", &["dotnet-aspnetcore_@"], &["8", "9", "10"]),
    base("mcr.microsoft.com/dotnet/runtime", &["dotnet-runtime_@"], &["8", "9", "10"]),
    base("mcr.microsoft.com/dotnet/sdk", &["dotnet-sdk_@"], &["8", "9", "10"]),
    base("memcached", &["memcached"], &[]),
    Base {
        cmd: &["nginx", "-g", "daemon off;"],
        note: "nginx of nixpkgs has a configuration of its own: name one with `-c`, and make `/var/log/nginx` and `/tmp`.",
        ..base("nginx", &["nginx", "dockerTools.fakeNss"], &[])
    },
    Base {
        note: "Nix is in the image for builds in it alone; what Nix builds outside comes without it.",
        ..base("nixos/nix", &["nix", "bashInteractive", "coreutils", "dockerTools.caCertificates"], &[])
    },
    Base { cmd: &["node"], ..base("node", &["nodejs_@"], &["20", "22", "24"]) },
    base("openjdk", &["jdk@"], &["8", "11", "17", "21", "25"]),
    base("oven/bun", &["bun"], &[]),
    base("perl", &["perl"], &[]),
    base("php", &["php@"], &["82", "83", "84", "85"]),
    base("postgres", &["postgresql_@"], &["13", "14", "15", "16", "17", "18"]),
    Base { cmd: &["python3"], ..base("python", &["python@"], &["311", "312", "313", "314"]) },
    Base { cmd: &["redis-server"], ..base("redis", &["redis"], &[]) },
    system("rockylinux"),
    base("ruby", &["ruby_@"], &["3_3", "3_4"]),
    base("rust", &["rustc", "cargo"], &[]),
    base("scratch", &[], &[]),
    base("swift", &["swift"], &[]),
    base("traefik", &["traefik"], &[]),
    system("ubuntu"),
    base("valkey/valkey", &["valkey"], &[]),
];

/// What takes the place of an image.
pub fn base_of(name: &str) -> Option<&'static Base> {
    let name = name.strip_prefix("docker.io/").unwrap_or(name);
    let name = name.strip_prefix("library/").unwrap_or(name);
    BASES.iter().find(|it| it.image == name)
}

impl Base {
    /// The attributes for a tag, and whether they are of its version.
    pub fn attributes(&self, tag: &str) -> (Vec<String>, bool) {
        let digits = tag.split(['-', '_']).next().unwrap_or_default();
        let mut parts = digits.split('.');
        let (major, minor) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let forms = [[major, minor].concat(), [major, "_", minor].concat(), major.to_owned()];
        let version = self.versions.iter().find(|it| forms.iter().any(|form| form == *it));
        let is_exact = self.versions.is_empty() || version.is_some();
        let named = self.packages.iter().map(|it| match (it.split_once('@'), version) {
            (Some((before, after)), Some(version)) => [before, version, after].concat(),
            (Some((before, _)), None) => usual(before).to_owned(),
            (None, _) => (*it).to_owned(),
        });
        (named.collect(), is_exact)
    }
}

/// The attribute without a version.
fn usual(before: &str) -> &str {
    match before {
        "python" => "python3",
        "temurin-bin-" => "temurin-bin",
        "dotnet-sdk_" => "dotnet-sdk",
        "dotnet-runtime_" => "dotnet-runtime",
        "dotnet-aspnetcore_" => "dotnet-aspnetcore",
        other => other.trim_end_matches(['_', '-']),
    }
}

/// Packages of Debian, Alpine and Fedora whose attribute is called otherwise; several for one that holds several.
const NAMES: &[(&str, &[&str])] = &[
    ("apache2", &["apacheHttpd"]),
    ("bash", &["bashInteractive"]),
    ("bind-tools", &["dnsutils"]),
    ("bind-utils", &["dnsutils"]),
    ("build-base", &["gcc", "gnumake"]),
    ("build-essential", &["gcc", "gnumake"]),
    ("ca-certificates", &["dockerTools.caCertificates"]),
    ("default-jdk", &["jdk"]),
    ("default-jre", &["jre"]),
    ("default-mysql-client", &["mariadb.client"]),
    ("dnsutils", &["dnsutils"]),
    ("exiftool", &["exiftool"]),
    ("fd-find", &["fd"]),
    ("fontconfig", &["fontconfig"]),
    ("g++", &["gcc"]),
    ("gcc-c++", &["gcc"]),
    ("git-core", &["git"]),
    ("golang", &["go"]),
    ("golang-go", &["go"]),
    ("gpg", &["gnupg"]),
    ("icu-libs", &["icu"]),
    ("iputils-ping", &["iputils"]),
    ("libffi-dev", &["libffi"]),
    ("libjpeg-dev", &["libjpeg"]),
    ("libmagic1", &["file"]),
    ("libpq-dev", &["libpq"]),
    ("libpq5", &["libpq"]),
    ("libsqlite3-dev", &["sqlite"]),
    ("libssl-dev", &["openssl"]),
    ("libstdc++", &["stdenv.cc.cc.lib"]),
    ("libxml2-dev", &["libxml2"]),
    ("libxslt1-dev", &["libxslt"]),
    ("locales", &["glibcLocales"]),
    ("make", &["gnumake"]),
    ("mysql-client", &["mariadb.client"]),
    ("netcat", &["netcat"]),
    ("netcat-openbsd", &["netcat-openbsd"]),
    ("npm", &["nodejs"]),
    ("openjdk-17-jdk", &["jdk17"]),
    ("openjdk-17-jre-headless", &["jdk17_headless"]),
    ("openjdk-21-jdk", &["jdk21"]),
    ("openjdk-21-jre-headless", &["jdk21_headless"]),
    ("openssh-client", &["openssh"]),
    ("openssh-clients", &["openssh"]),
    ("openssl-dev", &["openssl"]),
    ("pkg-config", &["pkg-config"]),
    ("pkgconf", &["pkgconf"]),
    ("postgresql-client", &["postgresql"]),
    ("postgresql-dev", &["libpq"]),
    ("procps-ng", &["procps"]),
    ("py3-pip", &["python3Packages.pip"]),
    ("python3-dev", &["python3"]),
    ("python3-pip", &["python3Packages.pip"]),
    ("python3-venv", &["python3"]),
    ("redis-tools", &["redis"]),
    ("sqlite3", &["sqlite"]),
    ("supervisor", &["python3Packages.supervisor"]),
    ("vim-tiny", &["vim"]),
    ("xz-utils", &["xz"]),
    ("yarn", &["yarn"]),
    ("zlib-dev", &["zlib"]),
    ("zlib1g-dev", &["zlib"]),
];

/// Packages whose attribute is called as they are.
const SAME: &[&str] = &[
    "cmake",
    "coreutils",
    "cron",
    "curl",
    "dumb-init",
    "ffmpeg",
    "file",
    "findutils",
    "gawk",
    "gcc",
    "gettext",
    "ghostscript",
    "git",
    "git-lfs",
    "gnugrep",
    "gnupg",
    "gnused",
    "gosu",
    "graphviz",
    "gzip",
    "htop",
    "imagemagick",
    "iproute2",
    "jq",
    "less",
    "libffi",
    "lsof",
    "musl",
    "nano",
    "nginx",
    "nodejs",
    "openssh",
    "openssl",
    "patch",
    "perl",
    "php",
    "postgresql",
    "procps",
    "python3",
    "redis",
    "rsync",
    "ruby",
    "screen",
    "shadow",
    "socat",
    "sqlite",
    "strace",
    "su-exec",
    "tini",
    "tmux",
    "tree",
    "tzdata",
    "unzip",
    "util-linux",
    "vim",
    "wget",
    "which",
    "xz",
    "yq",
    "zip",
    "zlib",
    "zsh",
    "zstd",
];

/// Packages that do nothing in an image that Nix makes.
const NEEDLESS: &[&str] = &[
    "apt-transport-https",
    "apt-utils",
    "debian-archive-keyring",
    "dirmngr",
    "gcompat",
    "libc6-compat",
    "linux-headers",
    "lsb-release",
    "musl-dev",
    "software-properties-common",
    "sudo",
];

/// What is known of a package of another distribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// The attributes, which are known.
    Known(Vec<String>),
    /// An attribute of the same name, which is a guess.
    Guess(String),
    /// Nothing takes its place.
    Needless,
    /// Its name cannot be an attribute.
    Unknown,
}

/// What takes the place of a package of another distribution, by its name with or without a version.
pub fn named(package: &str) -> Named {
    let name = package.split(['=', '<', '>', '~']).next().unwrap_or_default();
    let name = name.split_once(':').map_or(name, |it| it.0);
    if NEEDLESS.contains(&name) {
        return Named::Needless;
    }
    if let Some((_, attributes)) = NAMES.iter().find(|it| it.0 == name) {
        return Named::Known(attributes.iter().map(|it| (*it).to_owned()).collect());
    }
    if SAME.contains(&name) {
        return Named::Known(vec![name.to_owned()]);
    }
    let bare = name.strip_suffix("-dev").or_else(|| name.strip_suffix("-devel")).unwrap_or(name);
    let is_name = bare.starts_with(|it: char| it.is_ascii_alphabetic())
        && bare.chars().all(|it| it.is_ascii_alphanumeric() || "_-".contains(it));
    if is_name { Named::Guess(bare.to_owned()) } else { Named::Unknown }
}

/// An attribute that nixpkgs has no more, and what took its place.
///
/// Source: nixpkgs `pkgs/top-level/aliases.nix`
pub const REMOVED: &[(&str, &str)] = &[
    ("nodejs-10_x", "nodejs"),
    ("nodejs-12_x", "nodejs"),
    ("nodejs-14_x", "nodejs"),
    ("nodejs-16_x", "nodejs"),
    ("nodejs-18_x", "nodejs"),
    ("nodejs_14", "nodejs"),
    ("nodejs_16", "nodejs"),
    ("nodejs_18", "nodejs"),
    ("postgresql_10", "postgresql"),
    ("postgresql_11", "postgresql"),
    ("postgresql_12", "postgresql"),
    ("postgresql_9_6", "postgresql"),
    ("python27Full", "python3"),
    ("python2Full", "python3"),
    ("python3Full", "python3"),
    ("pythonFull", "python3"),
];

/// What took the place of an attribute that is no more.
pub fn removed(attribute: &str) -> Option<&'static str> {
    REMOVED.iter().find(|it| it.0 == attribute).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_order() {
        assert!(BASES.is_sorted_by(|a, b| a.image < b.image));
        assert!(NAMES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(SAME.is_sorted() && NEEDLESS.is_sorted());
        assert!(REMOVED.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn versions_of_tags_are_those_of_attributes() {
        for (image, tag, expected, is_exact) in [
            ("python", "3.12-slim", "python312", true),
            ("python", "latest", "python3", false),
            ("node", "22-alpine", "nodejs_22", true),
            ("node", "lts", "nodejs", false),
            ("docker.io/library/golang", "1.23", "go", true),
            ("postgres", "17.2", "postgresql_17", true),
            ("ruby", "3.4", "ruby_3_4", true),
            ("php", "8.3-fpm", "php83", true),
            ("eclipse-temurin", "21-jre", "temurin-bin-21", true),
            ("mcr.microsoft.com/dotnet/aspnet", "8.0", "dotnet-aspnetcore_8", true),
        ] {
            let (attributes, exact) = base_of(image).expect("an image").attributes(tag);
            assert_eq!((attributes.join(" ").as_str(), exact), (expected, is_exact), "{image}:{tag}");
        }
        assert!(base_of("example/unknown").is_none());
    }

    #[test]
    fn names_of_packages_are_known_guessed_or_needless() {
        for (package, expected) in [
            ("build-essential", Named::Known(vec!["gcc".to_owned(), "gnumake".to_owned()])),
            ("curl=8.5.0-2", Named::Known(vec!["curl".to_owned()])),
            ("libfoo-dev", Named::Guess("libfoo".to_owned())),
            ("musl-dev", Named::Needless),
            ("libstdc++6", Named::Unknown),
            ("${X}", Named::Unknown),
        ] {
            assert_eq!(named(package), expected, "{package}");
        }
    }
}
