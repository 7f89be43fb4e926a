//! Which instructions does a Dockerfile have?

/// An instruction.
pub struct Row {
    /// Its name, in capitals.
    pub name: &'static str,
    /// What follows it.
    pub form: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// What says the same with Nix.
    pub in_nix: &'static str,
    /// Its flags, without the dashes.
    pub flags: &'static [&'static str],
    /// Where that is known from.
    pub source: &'static str,
}

const fn row(
    name: &'static str,
    form: &'static str,
    summary: &'static str,
    in_nix: &'static str,
    flags: &'static [&'static str],
    source: &'static str,
) -> Row {
    Row { name, form, summary, in_nix, flags, source }
}

const FILES: &[&str] = &["from", "chown", "chmod", "link", "parents", "exclude"];

/// Every instruction, in the order of the alphabet.
#[rustfmt::skip]
pub static ROWS: &[Row] = &[
    row("ADD", "SOURCE… TARGET", "Puts files into the image: of the context, of an address, or of an archive, which it unpacks.", "`runCommand` in `contents`; `fetchurl` for an address", &["chown", "chmod", "link", "keep-git-dir", "checksum", "exclude", "unpack"], "docker docs `reference/dockerfile.md`, *ADD*"),
    row("ARG", "NAME[=DEFAULT]", "A variable of the build, which the image does not have.", "`let`, or an argument of the function", &[], "docker docs `reference/dockerfile.md`, *ARG*"),
    row("CMD", "[\"PROGRAM\", \"ARGUMENT\"…] or a line for a shell", "What a container runs where nobody says otherwise.", "`config.Cmd`", &[], "docker docs `reference/dockerfile.md`, *CMD*"),
    row("COPY", "SOURCE… TARGET", "Puts files of the context or of another stage into the image.", "`runCommand` in `contents`", FILES, "docker docs `reference/dockerfile.md`, *COPY*"),
    row("ENTRYPOINT", "[\"PROGRAM\", \"ARGUMENT\"…] or a line for a shell", "What a container runs always.", "`config.Entrypoint`", &[], "docker docs `reference/dockerfile.md`, *ENTRYPOINT*"),
    row("ENV", "NAME=VALUE…", "A variable of the build and of every container.", "`config.Env`", &[], "docker docs `reference/dockerfile.md`, *ENV*"),
    row("EXPOSE", "PORT[/PROTOCOL]…", "Says on which ports the program listens. It publishes none.", "`config.ExposedPorts`", &[], "docker docs `reference/dockerfile.md`, *EXPOSE*"),
    row("FROM", "IMAGE [AS NAME]", "Begins a stage with an image.", "packages of nixpkgs, or `fromImage` with `pullImage`", &["platform"], "docker docs `reference/dockerfile.md`, *FROM*"),
    row("HEALTHCHECK", "[FLAG…] CMD COMMAND, or NONE", "How Docker finds out whether the program is well. Images of the OCI have none.", "`config.Healthcheck`", &["interval", "timeout", "start-period", "start-interval", "retries"], "docker docs `reference/dockerfile.md`, *HEALTHCHECK*"),
    row("LABEL", "NAME=VALUE…", "Says something about the image.", "`config.Labels`", &[], "docker docs `reference/dockerfile.md`, *LABEL*"),
    row("MAINTAINER", "NAME", "Deprecated: a LABEL says it.", "`config.Labels`", &[], "docker docs `reference/dockerfile.md`, *MAINTAINER (deprecated)*"),
    row("ONBUILD", "INSTRUCTION", "What a Dockerfile that builds on this image does first. Images of the OCI have none.", "`config.OnBuild`", &[], "docker docs `reference/dockerfile.md`, *ONBUILD*"),
    row("RUN", "a line for a shell, or [\"PROGRAM\", …]", "Runs a command in the stage, and keeps what it changed.", "a derivation: a package, or `runCommand`", &["mount", "network", "security", "device"], "docker docs `reference/dockerfile.md`, *RUN*"),
    row("SHELL", "[\"SHELL\", \"FLAG\"…]", "Which shell runs lines that are no lists.", "`config.Shell`", &[], "docker docs `reference/dockerfile.md`, *SHELL*"),
    row("STOPSIGNAL", "SIGNAL", "Which signal ends the program.", "`config.StopSignal`", &[], "docker docs `reference/dockerfile.md`, *STOPSIGNAL*"),
    row("USER", "USER[:GROUP]", "As whom the program and what follows run.", "`config.User`", &[], "docker docs `reference/dockerfile.md`, *USER*"),
    row("VOLUME", "[\"/DIRECTORY\"…] or names", "Which directories get a volume.", "`config.Volumes`", &[], "docker docs `reference/dockerfile.md`, *VOLUME*"),
    row("WORKDIR", "DIRECTORY", "Where the program and what follows begin.", "`config.WorkingDir`", &[], "docker docs `reference/dockerfile.md`, *WORKDIR*"),
];

/// The instruction of a name in capitals.
pub fn find(name: &str) -> Option<&'static Row> {
    ROWS.iter().find(|it| it.name == name)
}

#[cfg(test)]
mod tests {
    use super::ROWS;

    #[test]
    fn all_eighteen_are_there_in_order_with_their_source() {
        assert_eq!(ROWS.len(), 18);
        assert!(ROWS.is_sorted_by(|a, b| a.name < b.name));
        assert!(ROWS.iter().all(|it| it.source.contains("dockerfile.md") && it.summary.ends_with('.')));
    }
}
