//! Which lines are the daemon's?

use crate::text::find;

/// Whether a line looks like something that the daemon says, or `docker` on its behalf, even one that no message explains.
pub fn is_spoken(line: &str) -> bool {
    const SIGNS: &[&str] = &[
        "error response from daemon",
        "failed to start daemon",
        "error starting daemon",
        "failed to load listeners",
        "to configure the docker daemon",
        "to connect to the docker daemon",
        "cannot connect to the docker daemon",
        "the docker api at",
        "the daemon is running",
        "docker daemon is not running",
        "docker.service: ",
        "docker.service failed",
        "docker.service is masked",
        "docker.service not found",
        "dockerd[",
        "firewalld[",
        "error initializing network controller",
        "predefined address pools",
        "non-overlapping ipv",
        "pool overlaps with other one",
        "than the target size",
        "directives don't match any",
        "directives are specified both",
        "cannot unmarshal ",
        "invalid character '",
    ];
    let lower = line.to_ascii_lowercase();
    let is_log = find::contains(&lower, "level=") && find::contains(&lower, "msg=");
    is_log || SIGNS.iter().any(|it| find::contains(&lower, it))
}
