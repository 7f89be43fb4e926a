//! The page: small components around one store.

mod app;
mod copy;
mod desk;
mod diff;
mod editing;
mod form;
mod help;
mod icon;
mod keep_clear;
mod map;
mod masthead;
mod menu;
mod messages;
mod opening;
mod plan;
mod problems;
mod proposals;
mod qr;
mod reading;
mod rest;
mod result;
mod share;
mod space;
mod splitter;
mod steps;
mod tabs;
mod travel;
mod verdict;
mod views;
mod words;

pub use app::{App, AppProps};
