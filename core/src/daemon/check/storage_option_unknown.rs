//! A storage option that the storage driver does not know.

use super::{
    Context, Found,
    voice::{Diagnostic, Fix, Stage, listed},
};
use crate::daemon::{
    drivers::image_store::{ImageStore, is_graph_driver},
    options::{self, DaemonOption},
    settings::Assignment,
};

rule! {
    /// A storage option that the storage driver does not know, or that is not written as `name=value`.
    ///
    /// ## Why it matters
    /// Each graph driver reads `storage-opts` as the daemon starts, and the daemon does not start when there is one it
    /// does not know. `dockerd --validate` does not look at them.
    ///
    /// ## What to do
    /// Keep the options of the driver that `storage-driver` names. Without it, the first driver that is tried is
    /// `overlay2`.
    ///
    /// ## Example
    /// ```json
    /// { "storage-driver": "overlay2", "storage-opts": ["overlay2.override_kernel_check=true"] }
    /// ```
    ///
    /// ## Source
    /// moby `daemon/graphdriver/utils.go`, `ParseStorageOptKeyValue`, and `parseOptions` of each driver in
    /// `daemon/graphdriver`; `daemon/graphdriver/driver.go`, `New`
    "storage-option-unknown", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    if ImageStore::of(context.settings, context.engine) != ImageStore::GraphDriver {
        return;
    }
    let named = context.settings.text("storage-driver");
    // The driver tried first reads the options, and an unknown one ends the search.
    let driver = named.map_or("overlay2", |it| it.value);
    let reads_options = is_graph_driver(driver, context.engine) && !matches!(driver, "fuse-overlayfs" | "aufs");
    if !reads_options {
        return;
    }
    for option in context.settings.assignments("storage-opts") {
        let Some(name) = option.name else {
            found.push(not_an_assignment(context, option));
            continue;
        };
        if !is_known(context, driver, name) {
            found.push(unknown(context, option, name, driver, named.is_some()));
        }
    }
}

/// The row of a storage option; all drivers but `vfs` ignore letter case.
pub(super) fn row(driver: &str, name: &str) -> Option<&'static DaemonOption> {
    options::children("storage-opts[]").find(|it| match driver {
        "vfs" => it.name() == name,
        _ => it.name().eq_ignore_ascii_case(name),
    })
}

fn is_known(context: &Context, driver: &str, name: &str) -> bool {
    row(driver, name).is_some_and(|it| it.is_known_to(context.engine) && it.belongs_to(driver, context.engine))
}

fn not_an_assignment(context: &Context, option: Assignment) -> Diagnostic {
    let written = option.entry.value;
    let message = match written {
        "" => say!("An empty storage option cannot be read"),
        _ => say!("Storage option `{written}` lacks a value"),
    };
    Diagnostic::error(ID, Stage::Start, option.entry.span, message)
        .why("The daemon does not start when it cannot split a storage option at `=`.")
        .help("Write it as `name=value`, such as `overlay2.size=20G`, or remove it.")
        .fix(Fix::choice(
            match written {
                "" => say!("Remove it"),
                _ => say!("Remove `{written}`"),
            },
            context.remove(option.entry.span),
        ))
}

fn unknown(context: &Context, option: Assignment, name: &str, driver: &str, is_named: bool) -> Diagnostic {
    let span = option.entry.span;
    let row = options::children("storage-opts[]").find(|it| it.name().eq_ignore_ascii_case(name));
    let gone = row.and_then(|it| it.unknown).filter(|it| *it <= context.engine);
    // Gone with a driver of its own, which is not the one that reads it.
    let is_others = row.is_some_and(|it| !it.drivers.iter().any(|it| it.value == driver));
    let message = match gone.filter(|_| !is_others) {
        Some(gone) => say!("Storage option `{name}` is gone since Engine {}.{}", gone.major, gone.minor),
        None if is_named => say!("Storage driver `{driver}` has no option `{name}`"),
        None => say!("Storage driver `{driver}`, which is tried first, has no option `{name}`"),
    };
    let diagnostic = Diagnostic::error(ID, Stage::Start, span, message)
        .why("The daemon does not start when the storage driver does not know one of `storage-opts`.");
    diagnostic.explained(|diagnostic| {
        let remove = Fix::choice(say!("Remove `{}`", option.entry.value), context.remove(span));
        let owners: Vec<&str> = row
            .into_iter()
            .filter(|it| it.is_known_to(context.engine))
            .flat_map(|it| it.drivers)
            .filter(|it| it.exists_in(context.engine))
            .map(|it| it.value)
            .collect();
        if !owners.is_empty() {
            let mut diagnostic = diagnostic.help(say!(
                "It is an option of {}. Remove it, or name that driver in `storage-driver`.",
                listed(owners.iter().copied(), "and")
            ));
            if is_named {
                return diagnostic.fix(remove);
            }
            for owner in owners {
                diagnostic = diagnostic
                    .fix(Fix::choice(say!("Use storage driver `{owner}`"), context.set(&["storage-driver"], owner)));
            }
            return diagnostic.fix(remove);
        }
        if let (Some(row), Some(gone), true) = (row, gone, is_others) {
            let owners = row.drivers.iter().map(|it| it.value);
            return diagnostic
                .help(say!(
                    "Remove it. It was an option of {}, and is gone since Engine {}.{}.",
                    listed(owners, "and"),
                    gone.major,
                    gone.minor
                ))
                .fix(remove);
        }
        let own: Vec<&str> = options::children("storage-opts[]")
            .filter(|it| it.is_known_to(context.engine) && it.belongs_to(driver, context.engine))
            .map(DaemonOption::name)
            .collect();
        let nearest = own
            .iter()
            .map(|it| (crate::text::words::distance(&name.to_ascii_lowercase(), it), *it))
            .filter(|(distance, right)| *distance <= 1 + right.len() / 6 && gone.is_none())
            .min();
        match nearest {
            Some((_, right)) => diagnostic
                .help(say!("Did you mean `{right}`?"))
                .fix(Fix::safe(say!("Rename to `{right}`"), context.replace(span, say!("{right}={}", option.value)))),
            None if own.is_empty() => diagnostic.help("Remove it: this driver has no options.").fix(remove),
            None => diagnostic
                .help(match gone {
                    Some(_) => say!("Remove it."),
                    None => say!("Remove it. This driver knows {}.", listed(own, "and")),
                })
                .fix(remove),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn flags_what_the_driver_does_not_know() {
        for (engine, driver, option, is_flagged) in [
            ("29", "overlay2", "=x", true),
            ("29", "overlay2", "overlay2.size", true),
            ("29", "overlay2", "", true),
            ("29", "overlay2", "OVERLAY2.Size = 10G", false),
            ("29", "overlay2", "zfs.fsname=", true),
            ("20.10", "overlay2", "overlay2.override_kernel_check=true", false),
            ("23", "overlay2", "overlay2.override_kernel_check=true", false),
            ("24", "overlay2", "overlay2.override_kernel_check=true", true),
            ("29", "vfs", "overlay2.size=10G", true),
            ("29", "vfs", "size=10G", false),
            ("29", "vfs", "SIZE=10G", true),
            ("24", "vfs", "vfs.xattrs=i_want_broken_containers", true),
            ("25", "vfs", "vfs.xattrs=i_want_broken_containers", false),
            ("29", "fuse-overlayfs", "anything", false),
            ("24", "devicemapper", "dm.thinpooldev=/dev/x", false),
            ("24", "devicemapper", "dm.nope=1", true),
            ("23", "overlay", "overlay2.size=1G", true),
            ("29", "zfs", "zfs.fsname=tank/docker", false),
        ] {
            let text = format!(r#"{{"storage-driver": "{driver}", "storage-opts": ["{option}"]}}"#);
            let expected = format!("error \"{option}\"");
            let expected = [expected.as_str()];
            assert_flags(engine, &text, ID, if is_flagged { &expected } else { &[] });
        }
        assert_flags(
            "28",
            r#"{"storage-opts": ["zfs.fsname=a", "overlay2.size=1G", null]}"#,
            ID,
            &["error \"zfs.fsname=a\"", "error null"],
        );
        assert_flags("29", r#"{"storage-opts": ["zfs.fsname=a"]}"#, ID, &[]);
    }

    #[test]
    fn an_option_of_a_driver_that_is_gone_is_called_one() {
        for (engine, option, message, help) in [
            (
                "29",
                "dm.basesize=20G",
                "Storage driver `overlay2` has no option `dm.basesize`",
                "It was an option of `devicemapper`, and is gone since Engine 25.0.",
            ),
            (
                "24",
                "overlay2.override_kernel_check=true",
                "Storage option `overlay2.override_kernel_check` is gone since Engine 24.0",
                "Remove it.",
            ),
        ] {
            let report = crate::analyze(&crate::Request {
                text: format!(r#"{{"storage-driver": "overlay2", "storage-opts": ["{option}"]}}"#),
                engine: engine.parse().expect("an Engine"),
                ..crate::Request::default()
            });
            let found = report.diagnostics.iter().find(|it| it.rule == ID);
            let found = found.expect(option);
            assert_eq!(found.message, message);
            assert!(found.help.contains(help), "{:?}", found.help);
        }
    }
}
