//! Nix builds without its sandbox.

use super::{Context, Diagnostic, Found};

rule! {
    /// Nix builds without its sandbox.
    ///
    /// ## Why it matters
    /// nixos/nix sets `sandbox = false`: a build there could use what is around it, and come out otherwise than on NixOS. The sandbox needs a privileged container and the setting: one without the other does nothing. Where the filter of system calls cannot be loaded, `--option filter-syscalls false` is needed.
    ///
    /// ## What to do
    /// Build outside of Docker, with the Nix of the machine; or choose *Sandbox in the Dockerfile* under Surroundings, in the header.
    ///
    /// ## Example
    /// ```dockerfile
    /// FROM nixos/nix:latest AS builder
    /// COPY . /src
    /// RUN nix-build /src
    /// ```
    ///
    /// ## Source
    /// nix `docker.nix`, `sandbox = false`; nix `doc/manual/source/command-ref/conf-file.md`, `sandbox`, `filter-syscalls`
    "sandbox-off", [Hint], check
}

fn check(context: &Context, found: &mut Found) {
    let Some(file) = context.file() else { return };
    let says = file
        .instructions
        .iter()
        .any(|it| ["sandbox", "security=insecure"].iter().any(|word| it.logical.text.contains(word)));
    if says {
        return;
    }
    for it in context.instructions("RUN") {
        let is_nix = it.stage.and_then(|it| file.stages.get(it)).is_some_and(|it| it.image.contains("nixos/nix"));
        let builds = it.words.iter().any(|it| it.text == "nix-build")
            || it.words.windows(2).any(|it| it[0].text == "nix") && it.words.iter().any(|it| it.text == "build");
        if is_nix && builds {
            found.push(
                Diagnostic::hint(ID, it.word, "Nix builds without its sandbox here")
                    .why("nixos/nix switches it off, so the build could use what a sandbox would hide, and differ from one on NixOS.")
                    .help("Only a privileged build with `sandbox = true` has it: one without the other does nothing."),
            );
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ID;
    use crate::images::check::tests::*;

    #[test]
    fn it_is_found_where_it_is() {
        for (text, expected) in [
            ("FROM nixos/nix\nRUN nix-build\nRUN nix-build -A b\n", &["hint RUN"][..]),
            ("FROM nixos/nix\nRUN echo sandbox = true >> /etc/nix/nix.conf\nRUN nix-build\n", &[]),
            ("FROM alpine:3\nRUN make build\n", &[]),
        ] {
            assert_found(text, ID, expected);
        }
    }
}
