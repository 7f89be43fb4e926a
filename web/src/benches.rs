//! The workbenches that come in a file of wasm each: one word here, and `LISTINGS` in the core.

use std::future::Future;
use std::pin::Pin;

use drydock::bench::Workbench;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::page::{Missing, TELLING, Telling};

/// The code of each, by its id.
mod rows {
    pub use drydock::{compose, images, manifest, native as containers, oci, run};
}

/// What the file of a bench holds.
#[derive(Clone, Copy)]
pub struct Bench {
    /// Its row.
    pub row: &'static Workbench,
    /// What an embed of it says.
    pub telling: &'static Telling,
}

type Fetched = Pin<Box<dyn Future<Output = Result<Bench, SplitLoaderError>>>>;

/// For each bench the file that has it, and how it is fetched. Only its own file may name its row.
macro_rules! benches {
    ($($bench:ident),+) => {
        $(
            #[wasm_split($bench, fallible)]
            fn $bench() -> Result<Bench, SplitLoaderError> {
                Ok(Bench { row: &rows::$bench::WORKBENCH, telling: &TELLING })
            }
        )+

        /// Fetches the bench of an id. Every one that is listed has its line above: a test asks.
        pub async fn fetch(id: &str) -> Result<Bench, Missing> {
            let fetched: Fetched = match id {
                $(stringify!($bench) => Box::pin($bench()),)+
                _ => return Err(Missing),
            };
            Ok(fetched.await?)
        }
    };
}

benches! { run, compose, oci, manifest, containers, images }
