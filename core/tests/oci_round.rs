//! What the targets write for NixOS is read back as what it was written from.

use drydock::{
    compose,
    containers::{
        model::Project,
        print::{self, Backend, Choices, Target},
    },
    oci, run,
};

/// The projects of the examples of both other benches.
fn projects() -> Vec<(&'static str, Project)> {
    let files = compose::examples::EXAMPLES.iter().map(|it| {
        let choices = compose::Choices { env: it.env, ..compose::Choices::default() };
        (it.id, compose::read(it.text, &choices).project)
    });
    let commands =
        run::examples::EXAMPLES.iter().map(|it| (it.id, run::read(it.text, &run::Choices::default()).project));
    files.chain(commands).collect()
}

/// The lines of a module that say something of containers.
fn lines(text: &str) -> Vec<String> {
    let said = text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'));
    said.map(str::to_owned).collect()
}

/// Writes a project down, reads that, and writes what was read down once more: what is in one of the modules only.
fn differences(id: &str, project: &Project, backend: Backend, target: &str) -> Vec<String> {
    let choices = Choices { backend, has_target: false, ..Choices::default() };
    let target = Target::find(target).expect("a target");
    let first = print::print(project, &choices, target).text;
    let reading = oci::read(&first, &oci::Choices::default());
    assert_eq!(reading.syntax, [], "{id}");
    assert_eq!(reading.problems, [], "{id} {}", target.id);
    assert_eq!(reading.flags, [], "{id} {} {first}", target.id);
    let second = print::print(&reading.project, &choices, target).text;
    // What is a file of the store comes back as the path of one; which paths are directories is guessed.
    let is_other = |it: &String| {
        it.ends_with("... }:")
            || it.contains("pkgs.writeText")
            || it.contains("\"d /")
            || it.starts_with("systemd.tmpfiles")
    };
    let bare = |text: &str| lines(text).into_iter().filter(|it| !is_other(it)).collect::<Vec<_>>();
    let (first, second) = (bare(&first), bare(&second));
    let lost = first.iter().filter(|it| !second.contains(it)).map(|it| format!("{id} lost {it}"));
    let new = second.iter().filter(|it| !first.contains(it)).map(|it| format!("{id} new {it}"));
    lost.chain(new).collect()
}

fn assert_read_back(backend: Backend, target: &str) {
    let all: Vec<String> =
        projects().iter().flat_map(|(id, project)| differences(id, project, backend, target)).collect();
    assert_eq!(all, [""; 0], "{}", all.join("\n"));
}

#[test]
fn modules_of_docker_are_read_back() {
    assert_read_back(Backend::Docker, "oci-containers");
}

#[test]
fn modules_of_podman_are_read_back() {
    assert_read_back(Backend::Podman, "oci-containers");
}

#[test]
fn modules_of_quadlet_are_read_back() {
    assert_read_back(Backend::Podman, "quadlet-nix");
}

#[test]
fn files_of_arion_are_read_back() {
    assert_read_back(Backend::Docker, "arion-compose");
}

#[test]
fn modules_of_arion_are_read_back() {
    assert_read_back(Backend::Docker, "arion");
    assert_read_back(Backend::Podman, "arion");
}

#[test]
fn nothing_of_an_example_is_lost_without_a_word() {
    for example in oci::examples::EXAMPLES {
        let reading = oci::read(example.text, &oci::Choices::default());
        assert_eq!(reading.syntax, [], "{}", example.id);
        for target in print::TARGETS {
            let printed = print::print(&reading.project, &Choices::default(), target);
            for missing in &reading.project.missing {
                let told = printed.told.entries.iter().any(|it| it.span == missing.span);
                assert!(told, "{} {}: {}", example.id, target.id, missing.name);
            }
        }
    }
}
