//! Nix that was printed, evaluated against stand-ins of the options it sets.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a real program is asked")]

use std::{
    fs,
    path::PathBuf,
    process::Command,
    sync::atomic::{AtomicUsize, Ordering},
};

use drydock::docker::host::Release;
use serde_json::Value as Json;

/// A directory that nobody else has.
pub fn temporary(what: &str) -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let at = NEXT.fetch_add(1, Ordering::Relaxed);
    std::env::temp_dir().join(format!("drydock-{what}-{}-{at}", std::process::id()))
}

/// What the stand-in for a target makes of modules; `None` where there is no Nix to ask.
pub fn evaluated(stand_in: &str, modules: &[(Release, String)]) -> Option<Vec<Json>> {
    let directory = temporary("containers");
    fs::create_dir_all(&directory).expect("a directory");
    let stand_in = format!("{}/tests/containers/{stand_in}.nix", env!("CARGO_MANIFEST_DIR"));
    let mut all = String::from("[\n");
    for (at, (release, module)) in modules.iter().enumerate() {
        let path = directory.join(format!("{at}.nix"));
        fs::write(&path, module).expect("a file");
        all += &format!("(import {stand_in} {{ release = \"{release}\"; module = {}; }})\n", path.display());
    }
    all += "]\n";
    let path = directory.join("all.nix");
    fs::write(&path, all).expect("a file");
    let output = Command::new("nix-instantiate").args(["--eval", "--strict", "--json"]).arg(&path).output();
    let answer = match output {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            Some(serde_json::from_slice(&output.stdout).expect("JSON"))
        }
        Err(_) => {
            println!("SKIPPED: there is no nix-instantiate to evaluate what is printed");
            None
        }
    };
    fs::remove_dir_all(&directory).expect("a directory to remove");
    answer
}
