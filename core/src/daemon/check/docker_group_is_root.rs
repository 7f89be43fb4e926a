//! A user in the group `docker`.

use super::{Context, Found, voice::Diagnostic};
use crate::notation::nix::value::{Kind, Value};

rule! {
    /// A user is in the group `docker`, which is as good as being root.
    ///
    /// ## Why it matters
    /// Who may use the daemon's socket can start a container that mounts `/` and change every file of the machine.
    ///
    /// ## What to do
    /// Nothing, where the user may be root anyway. Otherwise use `virtualisation.docker.rootless`, which needs no group.
    ///
    /// ## Example
    /// ```nix
    /// {
    ///   virtualisation.docker.enable = true;
    ///   users.users.alice.extraGroups = [ "docker" ];
    /// }
    /// ```
    ///
    /// ## Source
    /// docs.docker.com, *Docker Engine security*; NixOS wiki, *Docker*
    "docker-group-is-root", [Hint], nixos check
}

fn check(context: &Context, found: &mut Found) {
    let Some(outcome) = context.nixos.filter(|it| it.is_enabled != Some(false)) else { return };
    for it in &outcome.others {
        if let [users, all, user, groups] = &it.path[..]
            && [&**users, &**all, &**groups] == ["users", "users", "extraGroups"]
            && let Some(group) = docker(&it.value)
        {
            found.push(
                Diagnostic::hint(ID, group.span, say!("The group `docker` makes `{user}` as good as root"))
                    .why("Who may use the daemon's socket can start a container that changes every file of the machine.")
                    .help("Nothing to do where the user may be root anyway. `virtualisation.docker.rootless` needs no group."),
            );
        }
    }
}

/// The group `docker` in a list of groups.
fn docker(value: &Value) -> Option<&Value> {
    match &value.kind {
        Kind::String(it) if it == "docker" => Some(value),
        Kind::List(all) | Kind::Merge(all) => all.iter().find_map(docker),
        Kind::Override(_, it) | Kind::Order(_, it) | Kind::If(_, it) => docker(it),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::daemon::check::tests::assert_flags;

    #[test]
    fn minds_members_of_the_group() {
        for (text, expected) in [
            (
                "{ virtualisation.docker.enable = true; users.users.a.extraGroups = [ \"wheel\" \"docker\" ]; }",
                &["hint \"docker\""][..],
            ),
            ("{ virtualisation.docker.enable = true; users.users.a.extraGroups = [ \"wheel\" ]; }", &[]),
        ] {
            assert_flags("29", text, "docker-group-is-root", expected);
        }
    }
}
