//! What the settings of the daemon are called where people choose what to do with them.

/// Words about the daemon's settings, which the page says and does not know.
pub struct Listing {
    /// Said of an empty editor.
    pub invitation: &'static str,
    /// The ids of the examples that an empty editor offers.
    pub offered: &'static [&'static str],
    /// Said in the help: what Drydock does.
    pub about: &'static str,
    /// The title of the reference of all options.
    pub options: &'static str,
    /// The link to it.
    pub every_option: &'static str,
}

/// Those of the daemon.
pub static LISTING: Listing = Listing {
    invitation: "Paste a daemon.json, a NixOS module or flags, or start from an example",
    offered: &["log-rotation", "train-wifi", "nixos-train-wifi", "broken"],
    about: "Drydock reads a Docker daemon configuration the way dockerd does, says what is wrong with it and why, and writes it down as Nix, daemon.json or flags.",
    options: "Options of daemon.json",
    every_option: "Every option of daemon.json",
};
