//! A storage option whose value cannot be read.

use super::{
    Context, Found,
    storage_option_unknown::row,
    voice::{ARE_READ, Diagnostic, Fix, Stage},
};
use crate::{
    Engine,
    daemon::{
        drivers::image_store::{ImageStore, is_graph_driver},
        options::{DaemonOption, Format, Kind},
        settings::Assignment,
    },
    docker::go::{
        strconv::parse_bool,
        units::{Factor, parse_size},
    },
};

rule! {
    /// A storage option whose value cannot be read, or that only some file systems allow.
    ///
    /// ## Why it matters
    /// The storage driver reads its options as the daemon starts, and the daemon does not start when it cannot read
    /// one. A size for containers also needs a file system with quotas: `overlay2.size` works only on xfs that is
    /// mounted with `pquota`.
    ///
    /// ## What to do
    /// Write sizes as a number with a unit: `overlay2.size=20G`. Check the mount options of the data root first.
    ///
    /// ## Example
    /// ```json
    /// { "storage-driver": "btrfs", "storage-opts": ["btrfs.min_space=10 GBytes"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/graphdriver/overlay2/overlay.go`, `Init` and `parseOptions`; likewise in `btrfs`, `zfs` and `vfs`;
    /// `daemon/graphdriver/devmapper/deviceset.go` up to 24.0
    "storage-option-malformed", [Error, Hint], check
}

fn check(context: &Context, found: &mut Found) {
    if ImageStore::of(context.settings, context.engine) != ImageStore::GraphDriver {
        return;
    }
    let driver = context.settings.text("storage-driver").map_or("overlay2", |it| it.value);
    if !is_graph_driver(driver, context.engine) {
        return;
    }
    for option in context.settings.assignments("storage-opts") {
        let known = option.name.and_then(|it| row(driver, it));
        let known = known.filter(|it| it.is_known_to(context.engine) && it.belongs_to(driver, context.engine));
        // 23.0 knows `overlay2.override_kernel_check` and reads nothing of it.
        if let Some(row) = known.filter(|it| it.exists_in(context.engine)) {
            found.extend(malformed(context, option, row).or_else(|| needs_quota(context, option, row)));
        }
    }
}

/// What a value needs, when it is not that.
fn flaw(row: &DaemonOption, value: &str, engine: Engine) -> Option<&'static str> {
    let (is_fine, help) = match row.kind {
        Kind::Text(Format::Size) => {
            (parse_size(value, Factor::Binary, engine).is_some(), "Write a number and a unit: `512M`, `20G`.")
        }
        Kind::Text(Format::Bool) => (parse_bool(value).is_some(), "Use `true` or `false`."),
        _ if row.name() == "vfs.xattrs" => (
            value == "i_want_broken_containers",
            "The only value is `i_want_broken_containers`, for those who accept the consequences.",
        ),
        _ if row.name() == "dm.fs" => (matches!(value, "ext4" | "xfs"), "Use `ext4` or `xfs`."),
        _ => (true, ""),
    };
    (!is_fine).then_some(help)
}

fn malformed(context: &Context, option: Assignment, row: &DaemonOption) -> Option<Diagnostic> {
    let help = flaw(row, option.value, context.engine)?;
    let span = option.entry.span;
    let name = row.name();
    let message = match option.value {
        "" => say!("Storage option `{name}` has no value"),
        value => say!("Storage option `{name}` cannot be `{value}`"),
    };
    let diagnostic = Diagnostic::error(ID, Stage::Start, span, message)
        .why("The storage driver reads its options as the daemon starts, and the daemon does not start with this one.")
        .help(help);
    Some(diagnostic.explained(|diagnostic| {
        let tight: String = option.value.split_whitespace().collect();
        let shorter = tight.trim_end_matches(|it: char| it.is_ascii_lowercase());
        let meant = [tight.as_str(), shorter]
            .into_iter()
            .find(|it| *it != option.value && flaw(row, it, context.engine).is_none());
        let fix = match meant {
            Some(meant) => Fix::choice(say!("Write `{name}={meant}`"), context.replace(span, say!("{name}={meant}"))),
            None => Fix::choice(say!("Remove `{name}`"), context.remove(span)),
        };
        diagnostic.fix(fix)
    }))
}

fn needs_quota(context: &Context, option: Assignment, row: &DaemonOption) -> Option<Diagnostic> {
    // A hint decides no verdict.
    if !ARE_READ {
        return None;
    }
    let where_it_works = match row.name() {
        "overlay2.size" => "xfs that is mounted with `pquota`",
        "size" => "file systems with project quotas",
        _ => return None,
    };
    parse_size(option.value, Factor::Binary, context.engine).filter(|it| *it != 0)?;
    Some(
        Diagnostic::hint(ID, option.entry.span, say!("Whether the data root allows `{}` was not checked", row.name()))
            .why(say!("It works only on {where_it_works}; elsewhere the daemon does not start."))
            .help("Look at the data root's file system and its mount options before the daemon restarts."),
    )
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn reads_values_as_their_driver_does() {
        for (engine, driver, option, severity) in [
            ("29", "overlay2", "overlay2.size=10X", "error"),
            ("29", "overlay2", "overlay2.size=", "error"),
            ("29", "overlay2", "overlay2.size=10G", "hint"),
            ("29", "overlay2", "overlay2.size=0", ""),
            ("20.10", "overlay2", "overlay2.override_kernel_check=maybe", "error"),
            ("23", "overlay2", "overlay2.override_kernel_check=maybe", ""),
            ("29", "btrfs", "btrfs.min_space=-1", "error"),
            ("29", "zfs", "zfs.fsname=", ""),
            ("29", "vfs", "vfs.xattrs=1", "error"),
            ("24", "devicemapper", "dm.basesize=10Q", "error"),
            ("24", "devicemapper", "dm.use_deferred_removal=on", "error"),
        ] {
            let text = format!(r#"{{"storage-driver": "{driver}", "storage-opts": ["{option}"]}}"#);
            let expected = format!("{severity} \"{option}\"");
            let expected = [expected.as_str()];
            let expected = if severity.is_empty() { &[] } else { &expected[..] };
            assert_flags(engine, &text, ID, expected);
        }
    }
}
