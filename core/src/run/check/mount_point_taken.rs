//! Two mounts at one path of a container.

use std::collections::BTreeMap;

use super::{Context, Found, refused};
use crate::text::Span;

rule! {
    /// Two mounts at one path of a container.
    ///
    /// ## Why it matters
    /// Docker refuses them: "Duplicate mount point". So does Podman.
    ///
    /// ## What to do
    /// Give one of them another path in the container, or take it out.
    ///
    /// ## Example
    /// ```sh
    /// docker run -v /srv/a:/data -v /srv/b:/data nginx:1.27
    /// ```
    ///
    /// ## Source
    /// moby `daemon/volumes.go`, `registerMountPoints`, `duplicateMountPointError`; containers/podman
    /// `pkg/specgen/volumes.go`, `ErrDuplicateDest`
    "mount-point-taken", [Error], check
}

fn check(context: &Context, found: &mut Found) {
    for (container, _) in context.runs() {
        let mut taken: BTreeMap<&str, Span> = BTreeMap::new();
        for mount in &container.mounts {
            let target = match mount.value.target.trim_end_matches('/') {
                "" => "/",
                it => it,
            };
            match taken.get(target) {
                Some(first) => found.push(
                    refused(ID, mount.span, format!("Something else is mounted at `{target}` already"))
                        .related(*first, "is there")
                        .why("Two mounts at one path are refused.")
                        .help("Give one of them another path in the container, or take it out."),
                ),
                None => {
                    taken.insert(target, mount.span);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::run::check::tests::*;

    #[test]
    fn flags_paths_that_are_taken() {
        for (text, expected) in [
            ("docker run -v /srv/a:/d -v /srv/b:/d x:1", &["error /srv/b:/d"][..]),
            ("docker run -v /srv/a:/d --mount type=volume,src=v,dst=/d/ x:1", &["error type=volume,src=v,dst=/d/"]),
            ("docker run -v /srv/a:/d -v /srv/b:/d/e x:1", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
