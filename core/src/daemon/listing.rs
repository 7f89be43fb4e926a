//! What the settings of the daemon are called where people choose what to do with them.

/// Words about the daemon's settings, which the page says and does not know.
pub struct Listing {
    /// What its text is called, for who hears the page.
    pub text: &'static str,
    /// Said when a text was opened in it unasked.
    pub recognised: &'static str,
    /// What the bench is called in the menu of benches.
    pub bench: &'static str,
    /// What it is about, where it stands beside the topics of other benches.
    pub settings: &'static str,
    /// What it does, in a line.
    pub bench_about: &'static str,
    /// What the travel check does, in a line.
    pub travel_about: &'static str,
    /// Said of an empty editor.
    pub invitation: &'static str,
    /// What may be pasted into it, and what becomes of it.
    pub takes: &'static str,
    /// The ids of the examples that an empty editor offers.
    pub offered: &'static [&'static str],
    /// Said in the help: what Drydock does.
    pub about: &'static str,
    /// The title of the reference of all options.
    pub options: &'static str,
    /// The link to it.
    pub every_option: &'static str,
    /// Asked before the way to what its messages mean.
    pub error: &'static str,
    /// The link to all of them, before "by its errors".
    pub meaning: &'static str,
    /// The title of what is handed to another app.
    pub shared: &'static str,
    /// The likeliest places that a text is for, and the ids of their targets.
    pub places: [(&'static str, &'static str); 3],
}

/// Those of the daemon.
pub static LISTING: Listing = Listing {
    text: "Docker daemon configuration",
    recognised: "These are settings of the Docker daemon: opened in Daemon",
    bench: "Daemon",
    settings: "Settings of Docker",
    bench_about: "Check daemon.json, flags or a NixOS module, and write them down anew.",
    travel_about: "Will Docker's networks be in the way of the train's, the hotel's or the VPN?",
    invitation: "Paste what you have, or start from an example",
    takes: "A daemon.json, a NixOS module, flags, a `docker run` line, a Compose file, a Dockerfile, a manifest: it is recognised, checked and written down anew, on this page alone.",
    offered: &["log-rotation", "train-wifi", "nixos-train-wifi", "broken"],
    about: "Drydock reads a Docker daemon configuration the way dockerd does, says what is wrong with it and why, and writes it down as Nix, daemon.json or flags.",
    options: "Options of daemon.json",
    every_option: "Every option of daemon.json",
    error: "Got an error from the daemon?",
    meaning: "what the daemon means",
    shared: "A Docker daemon configuration",
    places: [("NixOS", "nixos-module"), ("Other Linux", "daemon-json"), ("Docker Desktop", "docker-desktop")],
};

/// Words of the pages that explain options and messages. They come later than those of [`LISTING`].
pub struct Explaining {
    /// The title of the page of all messages.
    pub messages: &'static str,
    /// What to do on it.
    pub paste: &'static str,
    /// A message.
    pub message: &'static str,
    /// The label of an option's flag.
    pub flag: &'static str,
    /// The label of what a rootless daemon does with an option.
    pub rootless: &'static str,
    /// What puts a changed option to use without a new start, and with one.
    pub changed_by: [&'static str; 2],
    /// Said of an option that counts for nothing.
    pub ignored: &'static str,
    /// The same in its field.
    pub not_read: &'static str,
}

/// Those of the daemon.
pub static EXPLAINING: Explaining = Explaining {
    messages: "What the daemon says",
    paste: "Paste a line of the log, or an error that docker printed.",
    message: "Error response from daemon: all predefined address pools have been fully subnetted",
    flag: "Flag of dockerd",
    rootless: "Rootless",
    changed_by: ["reloading the daemon", "restarting the daemon"],
    ignored: "The daemon accepts the key and does not read it.",
    not_read: "The daemon does not read this key.",
};
