//! How are the daemon's settings written down? One file per dialect.

mod daemon_json;

pub use daemon_json::DAEMON_JSON;
