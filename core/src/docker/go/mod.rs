//! How does Go read it? Parsers of the Go standard library and of Docker, as far as the daemon uses them.

pub mod domain;
pub mod hostport;
pub mod hosts;
pub mod httpproxy;
pub mod net;
pub mod regexp;
pub mod strconv;
pub mod time;
pub mod units;
pub mod url;
