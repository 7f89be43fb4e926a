//! What is to be done, in which order?

use super::{
    driver::Driver,
    fate::{is_minded, words_of_several},
    files::{NIXOS_FILE, daemon_json},
    situation::{Situation, docker},
};
use crate::{
    bench::{Block, Step},
    daemon::print::{DATA, ROOTLESS_DATA, shell},
    guide::{
        platform::{FLYING_CIRCUS_FILE, Platform},
        told::{heading, step},
    },
};

/// The steps of a stay.
pub(super) fn stay(situation: &Situation) -> Vec<Block> {
    let mut steps = Steps::of(situation);
    let before = vec![steps.look(), steps.save_own()];
    let mut downtime = vec![steps.put(situation.driver)];
    downtime.extend(steps.switch());
    downtime.extend(steps.upgrade());
    let after = vec![steps.check(situation.driver), steps.roll_back()];
    phases(before, downtime, after)
}

/// The steps of a move.
pub(super) fn to(situation: &Situation, target: Driver) -> Vec<Block> {
    let mut steps = Steps::of(situation);
    let mut before = Vec::new();
    if !situation.driver.is_in(situation.from.engine) {
        before.push(steps.go_back_first());
    }
    before.extend([steps.look(), steps.space(target), steps.save(), steps.note()]);
    let mut downtime = vec![steps.stop(), steps.copy_volumes(), steps.remove()];
    let moves_first = situation.moves_before(target);
    if !moves_first {
        downtime.extend(steps.upgrade());
    }
    downtime.push(steps.put(target));
    downtime.extend(steps.switch());
    let mut after = vec![steps.check(target), steps.recreate(), steps.keep_setting(target)];
    if moves_first {
        after.extend(steps.upgrade());
    }
    after.extend([steps.free(), steps.way_back(target)]);
    phases(before, downtime, after)
}

fn phases(before: Vec<Step>, downtime: Vec<Step>, after: Vec<Step>) -> Vec<Block> {
    let phases = [("Before", before), ("Downtime", downtime), ("Afterwards", after)];
    phases.into_iter().flat_map(|(title, steps)| [heading(title), Block::Steps(steps)]).collect()
}

struct Steps<'a> {
    situation: &'a Situation,
    /// The data root as a word of a shell; `None` where it is not safe to paste.
    root: Option<String>,
}

impl<'a> Steps<'a> {
    fn of(situation: &'a Situation) -> Self {
        let root = match situation.root() {
            // The shell is to open up its `~`.
            it @ (DATA | ROOTLESS_DATA) => Some(it.to_owned()),
            it => shell::word(it.trim_end_matches('/')),
        };
        Self { situation, root }
    }

    /// A command that reads files of the daemon, as whoever may.
    fn as_owner(&self, command: &str) -> String {
        match (self.situation.is_rootless, self.situation.platform) {
            (false, _) => ["sudo ", command].concat(),
            (true, Platform::Nixos) => {
                let command = shell::word(&["rootlesskit ", command].concat());
                ["nix-shell -p rootlesskit --run ", &command.unwrap_or_default()].concat()
            }
            (true, _) => ["rootlesskit ", command].concat(),
        }
    }

    fn systemctl(&self, command: &str) -> String {
        let call = if self.situation.is_rootless { "systemctl --user " } else { "sudo systemctl " };
        [call, command].concat()
    }

    fn log(&self) -> &'static str {
        match self.situation.is_rootless {
            true => "journalctl --user -u docker -n 30",
            false => "journalctl -u docker -n 30",
        }
    }

    // ── before ──

    fn look(&self) -> Step {
        let explanation = match self.situation.platform {
            Platform::FlyingCircus => "As a service user: the role has put each of them into the group `docker`.",
            _ => "Keep what it prints: it is what has to be there again afterwards.",
        };
        step(
            "See what there is",
            explanation,
            &[
                "docker info --format '{{.Driver}} {{.ServerVersion}} {{.DockerRootDir}}'",
                "docker ps -a",
                "docker image ls",
                "docker volume ls",
            ],
        )
    }

    fn space(&self, target: Driver) -> Step {
        let Situation { driver, platform, is_rootless, .. } = self.situation;
        let mut explanation = String::from(
            "The images need room once more: as a file of what is saved, and in the new store. Old data that is kept takes its room as before.",
        );
        let mut lines = vec!["docker system df".to_owned()];
        if let Some(root) = &self.root {
            lines.extend([self.as_owner(&["du -xsh ", root].concat()), ["df -h ", root].concat()]);
        }
        // There the daemon starts a containerd of its own, whose root is within the daemon's.
        let has_service = *platform == Platform::Other && !is_rootless;
        if has_service && [*driver, target].contains(&Driver::Containerd) {
            explanation.push_str(" What containerd keeps lies in a directory of its own, perhaps on another disk.");
            lines.push("df -h /var/lib/containerd".to_owned());
        }
        Step { lines, ..step("Look at the disk", explanation, &[]) }
    }

    fn save(&self) -> Step {
        step(
            "Save the images that no registry has",
            "Those that can be pulled or built again need no saving. What a container wrote beside its volumes is lost with it: copy it out.",
            &["docker image save -o images.tar NAME:TAG", "docker diff CONTAINER", "docker cp CONTAINER:/path ."],
        )
    }

    fn save_own(&self) -> Step {
        step(
            "Save the images that no registry has",
            "Nothing moves, and still an upgrade is a good day for a copy of what cannot be made again.",
            &["docker image save -o images.tar NAME:TAG"],
        )
    }

    fn note(&self) -> Step {
        step(
            "Keep how the containers were made",
            "Compose files say it, and so does a NixOS configuration. For those that were started by hand, this keeps everything to make them again.",
            &["docker ps -aq | xargs -r docker inspect > containers.json"],
        )
    }

    fn go_back_first(&self) -> Step {
        let driver = self.situation.driver;
        let last = match driver.gone_since() {
            Some(engine) => ["older than ", &docker(engine)].concat(),
            None => "with the containerd image store, Docker 24 or newer,".to_owned(),
        };
        step(
            "Start an Engine that reads the data",
            format!(
                "{} does not read what {} has left. To save images or to remove them, an Engine {last} has to run once more.",
                self.situation.from.docker(),
                driver.title()
            ),
            &[],
        )
    }

    // ── downtime ──

    fn stop(&self) -> Step {
        let explanation = match self.situation.platform {
            Platform::Other => "From here on nothing is served.",
            _ => {
                "From here on nothing is served. Units that start containers, such as those of `virtualisation.oci-containers`, are to be stopped before."
            }
        };
        step("Stop the containers", explanation, &["docker ps -q | xargs -r docker stop"])
    }

    fn copy_volumes(&self) -> Step {
        let explanation = "They stay where they are; a copy is for the case of a mistake.";
        match &self.root {
            Some(root) => {
                let tar = self.as_owner(&format!("tar -C {root} -cf docker-volumes.tar volumes"));
                step("Copy the volumes", explanation, &[&tar])
            }
            None => step(
                "Copy the volumes",
                [
                    explanation,
                    " The name of the data root is not safe to paste into a terminal, so there is no command here.",
                ]
                .concat(),
                &[],
            ),
        }
    }

    fn remove(&self) -> Step {
        step(
            "Remove what is not needed again",
            "This is the last chance: after the switch no command of Docker removes what the old driver keeps. Whoever wants to be able to go back leaves it, and lets it take its room. Without `-v`, which deletes volumes that have no name.",
            &[
                "docker ps -aq | xargs -r docker rm",
                "docker image ls -aq | sort -u | xargs -r docker rmi -f",
                "docker builder prune -a -f",
            ],
        )
    }

    fn put(&mut self, driver: Driver) -> Step {
        match self.situation.platform {
            Platform::Nixos => step(
                "Name the driver",
                [
                    "Save the file above as /etc/nixos/",
                    NIXOS_FILE,
                    ", and import it in configuration.nix. A `storage-driver` that is set already gives way to it.",
                ]
                .concat(),
                &["imports = [ ./docker-storage.nix ];"],
            ),
            Platform::FlyingCircus => step(
                "Name the driver",
                ["Save the file above as ", FLYING_CIRCUS_FILE, "; the platform imports every file of that directory."]
                    .concat(),
                &[],
            ),
            Platform::Other => {
                let more = match driver {
                    Driver::Containerd => " A `storage-driver` that it has goes.",
                    _ => "",
                };
                let copy = match self.situation.is_rootless {
                    true => "cp ~/.config/docker/daemon.json ~/.config/docker/daemon.json.before",
                    false => "sudo cp /etc/docker/daemon.json /etc/docker/daemon.json.before",
                };
                step(
                    "Name the driver",
                    [
                        "Put it into ",
                        daemon_json(self.situation),
                        ", beside what is there.",
                        more,
                        " Where there is no such file yet, the first line has nothing to copy.",
                    ]
                    .concat(),
                    &[copy],
                )
            }
        }
    }

    fn switch(&self) -> Vec<Step> {
        let mut steps: Vec<Step> = self.situation.platform.switch().into_iter().collect();
        if self.situation.platform == Platform::Other || self.situation.is_rootless {
            steps.push(step("Restart the daemon", "", &[&self.systemctl("restart docker")]));
        }
        steps
    }

    fn upgrade(&self) -> Option<Step> {
        let Situation { to, platform, .. } = self.situation;
        if !self.situation.is_upgrade() {
            return None;
        }
        let name = to.shipped.as_ref().map_or_else(|| to.docker(), |it| it.who.clone());
        let title = ["Upgrade to ", &name].concat();
        Some(match (platform, to.release) {
            (Platform::Nixos, Some(release)) => {
                let channel = format!("sudo nix-channel --add https://nixos.org/channels/{} nixos", release.branch());
                step(
                    &title,
                    "With a flake it is the branch of its input `nixpkgs` instead.",
                    &[&channel, "sudo nixos-rebuild switch --upgrade"],
                )
            }
            (Platform::FlyingCircus, _) => {
                step(&title, "As the platform's documentation has it; the Engine comes with the platform.", &[])
            }
            _ => step(&title, "With the packages of the distribution or of Docker; keep the file where it is.", &[]),
        })
    }

    // ── afterwards ──

    fn check(&self, driver: Driver) -> Step {
        let expected = match driver {
            Driver::Containerd => "`overlayfs`, which is containerd's overlay",
            _ => driver.id(),
        };
        let expected = if driver == Driver::Containerd { expected.to_owned() } else { ["`", expected, "`"].concat() };
        step(
            "See that it took",
            format!("The first line prints {expected}. Volumes and networks are as they were."),
            &["docker info --format '{{.Driver}}'", "docker volume ls", "docker network ls", self.log()],
        )
    }

    fn recreate(&self) -> Step {
        step(
            "Make the containers anew",
            "Named volumes are found again by their names. Volumes without a name stay as well, and new containers do not find them: move what is in them before anybody runs `docker volume prune`.",
            &["docker image load -i images.tar", "docker compose up -d", "docker volume ls -f dangling=true"],
        )
    }

    fn keep_setting(&self, target: Driver) -> Step {
        let Situation { driver, to, .. } = self.situation;
        let old_is_minded = is_minded(*driver, to.engine);
        let explanation = match target {
            Driver::Containerd if old_is_minded => {
                format!("Without it the daemon goes back to {}, as long as its directory is not empty.", driver.title())
            }
            Driver::Containerd if self.situation.has_image_store_by_itself() => {
                format!(
                    "{} chooses the image store by itself where no other data is minded; the setting does no harm.",
                    to.docker()
                )
            }
            Driver::Containerd => "Without it the daemon goes back to a driver of its own.".to_owned(),
            Driver::Vfs => "Without it the daemon does not look for data of vfs.".to_owned(),
            _ if old_is_minded => format!(
                "As long as the directory of {0} is not empty, and that it is even without an image: without the setting the daemon finds data of two drivers and does not start: `{1}`",
                driver.title(),
                words_of_several(self.situation.root(), &[target, *driver], to.engine)
            ),
            _ => format!("It may go: the daemon finds the data of {} by itself. It does no harm.", target.title()),
        };
        let title = match target {
            Driver::Containerd | Driver::Vfs => "Keep the setting",
            _ if old_is_minded => "Keep the setting",
            _ => "Keep the setting, or remove it",
        };
        step(title, explanation, &[])
    }

    fn free(&self) -> Step {
        const TITLE: &str = "Free the room";
        let driver = self.situation.driver;
        let no_command = "Docker has no command for it, and nobody supports it: only when you will not go back, with the daemon stopped and nothing mounted there.";
        let hand = match driver {
            Driver::Btrfs => {
                Some("Its layers are subvolumes: `btrfs subvolume delete`, those below `btrfs/subvolumes`.")
            }
            Driver::Zfs => Some("Its layers are datasets: `zfs list` shows them, `zfs destroy` removes them."),
            Driver::Containerd => Some(
                "Images lie with containerd, in a directory of its own where it runs as a service: start with `containerd-snapshotter` on again to remove them.",
            ),
            _ => None,
        };
        match (hand, &self.root) {
            (Some(hand), _) => step(TITLE, [no_command, " ", hand].concat(), &[]),
            (None, None) => step(TITLE, no_command, &[]),
            (None, Some(root)) => {
                let directories = driver.directories().into_iter().map(|it| [root, "/", &it].concat());
                let directories: Vec<String> = directories.collect();
                let more = match driver {
                    Driver::DeviceMapper => {
                        " Start the machine anew before, so that its pool is not in use; a pool on LVM is removed with `lvremove` instead."
                    }
                    _ => "",
                };
                let remove = self.as_owner(&["rm -r ", &directories.join(" ")].concat());
                let (stop, start) = match self.situation.is_rootless {
                    true => ("stop docker", "start docker"),
                    false => ("stop docker.socket docker", "start docker"),
                };
                step(TITLE, [no_command, more].concat(), &[&self.systemctl(stop), &remove, &self.systemctl(start)])
            }
        }
    }

    fn way_back(&self, target: Driver) -> Step {
        let Situation { driver, to, .. } = self.situation;
        let explanation = match driver.is_in(to.engine) {
            true => format!(
                "Name {} again, and its images and containers are there again, as long as nobody has removed them. What was made with {} is out of sight then.",
                driver.title(),
                target.title()
            ),
            false => format!(
                "{} has no way back to {}: it takes the old Engine, and its setting.",
                to.docker(),
                driver.title()
            ),
        };
        step("The way back", explanation, &[])
    }

    fn roll_back(&self) -> Step {
        let lines: Vec<&str> = match self.situation.platform {
            Platform::Nixos => vec![self.log(), "sudo nixos-rebuild switch --rollback"],
            _ => vec![self.log()],
        };
        step(
            "If it does not start",
            "The log says why, and this guide reads it in place of what `docker info` says.",
            &lines,
        )
    }
}
