//! Drydock reads Docker daemon settings, says what is wrong with them, and writes them down as `daemon.json`, as flags of dockerd, or as Nix.
//!
//! # The tour
//!
//! [`analyze()`] is the door. Whatever the text, a [`Report`] comes out: what is wrong, where, and what the daemon does
//! about it.
//!
//! ```
//! use drydock::{Request, analyze, rule::diagnostic::Stage};
//!
//! let report = analyze(&Request::of(r#"{ "debug": true, "mtu": "1450" }"#));
//! let found = &report.diagnostics[0];
//! assert_eq!((found.rule, found.stage), ("wrong-type", Some(Stage::Load)));
//! assert_eq!(report.conclusion(), "The daemon refuses this file: 1 error.");
//! ```
//!
//! Fixes are edits of the text, which leave every other byte as it is; so is whatever a form changes ([`document::edit`]).
//!
//! ```
//! # use drydock::{Request, analyze};
//! # let text = r#"{ "debug": true, "mtu": "1450" }"#;
//! # let report = analyze(&Request::of(text));
//! let fix = &report.diagnostics[0].fixes[0];
//! assert_eq!(fix.edits.apply(text), r#"{ "debug": true, "mtu": 1450 }"#);
//! ```
//!
//! A report knows which subnets the Engine will hand out ([`AddressPlan`](daemon::network::AddressPlan)), and whether they collide
//! with networks that must be reached. Those are pasted in any form people have them in ([`pasted`](daemon::network::pasted)), or known
//! ([`known`](address::known)); [`propose`](daemon::network::propose()) finds pools that keep clear of them.
//!
//! ```
//! use drydock::{Request, analyze, daemon::network::{Avoid, Wish, pasted, propose}};
//!
//! let train = pasted::read("172.18.0.0/16 the train");
//! let request = Request { avoid: Avoid::gather(&train, []).into(), ..Request::of("{}") };
//! let report = analyze(&request);
//! assert!(report.conclusion().contains("Network 1, the first you create, is 172.18.0.0/16, the same as the train"));
//! let proposals = propose(&request, &report, &Wish::of(&report), &[], &analyze).unwrap();
//! assert_eq!(proposals[0].title, "Use 10.127.0.0/16");
//! ```
//!
//! What was understood is printed for a target ([`print`](daemon::print)), and travels as a link ([`link`]).
//!
//! ```
//! # use drydock::{Request, analyze, daemon::print, link};
//! let request = Request::of(r#"{ "mtu": 1450 }"#);
//! let target = print::Target::find("nixos-module").unwrap();
//! let printed = print::print(&request, &analyze(&request), target, print::Order::AsWritten);
//! assert!(printed.text.contains("virtualisation.docker"));
//!
//! let state = link::State { text: request.text, ..link::State::default() };
//! assert_eq!(link::encode(&state, link::Form::Canonical).unwrap(), "v13xUo8Cm");
//! ```
//!
//! An editor asks [`assist`](schema::assist) what a place in the text means and what could be written there; [`messages`](daemon::messages) explains what the
//! daemon says in its log; [`glance()`] gives the verdict alone, with less to load.
//!
//! A Compose file is read into [containers](containers::model) by [`compose`].
//!
//! ```
//! use drydock::compose::{Choices, Context, check, read};
//!
//! let text = "services:\n  web:\n    image: nginx:1.27\n    ports: [\"8080:80\"]\n    networks: [frnot]\nnetworks:\n  front:\n";
//! let reading = read(text, &Choices::default());
//! assert_eq!(reading.project.containers[0].ports[0].value.host, Some((8080, 8080)));
//! let found = check(&Context::new(text, &reading));
//! assert_eq!(found[0].message, "There is no network `frnot`");
//! ```
//!
//! A [guide] says what follows from a few choices, and in which order it is done.
//!
//! ```
//! use drydock::{bench::Chosen, guide::storage};
//!
//! let chosen = Chosen::default().with(&storage::INFO, "Storage Driver: devicemapper");
//! let answer = (storage::GUIDE.answer)(&chosen);
//! assert!(answer.sentence.starts_with("Docker 25 and later cannot read data of devicemapper at all."));
//! ```
//!
//! Facts are in tables: [`options`](daemon::options) (one row each), [`choices`] (what is chosen beside a text),
//! [`host`](docker::host) (NixOS releases), [`examples`](daemon::examples). Each rule is a file of
//! [`check`](daemon::check), whose documentation is the page that users read.

#![cfg_attr(
    test,
    allow(
        clippy::disallowed_methods,
        clippy::disallowed_types,
        reason = "real programs are asked whether an answer holds"
    )
)]

// First, because its macros count for what follows.
#[macro_use]
pub mod rule;

pub mod address;
pub mod bench;
pub mod choices;
pub mod compose;
pub mod containers;
pub mod daemon;
pub mod docker;
pub mod document;
pub mod guide;
pub mod images;
pub mod link;
pub mod manifest;
pub mod native;
pub mod notation;
pub mod oci;
pub mod run;
pub mod schema;
pub mod text;

#[cfg(not(test))]
pub use daemon::{Glance, glance, is_glanced_at};
pub use daemon::{MAX_TEXT, Report, Request, analyze};
pub use docker::Engine;
pub use rule::{Summary, Verdict};
