//! The page: small components around one store.

mod app;
mod copy;
mod desk;
mod diff;
mod editing;
mod form;
mod help;
mod icon;
mod masthead;
mod menu;
mod pools;
mod problems;
mod reading;
mod result;
mod splitter;
mod steps;
mod tabs;
mod verdict;
mod views;
mod words;

pub use app::{App, AppProps};
