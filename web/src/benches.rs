//! The workbenches that come in a file of wasm each: one word here, and `LISTINGS` in the core.

use std::future::Future;
use std::pin::Pin;

use drydock::bench::{Listing, Workbench};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::page::{TELLING, Telling};

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
                Ok(Bench { row: &drydock::$bench::WORKBENCH, telling: &TELLING })
            }
        )+

        /// Fetches a bench.
        pub async fn fetch(listing: &'static Listing) -> Result<Bench, SplitLoaderError> {
            let fetched: Fetched = match listing.id {
                $(stringify!($bench) => Box::pin($bench()),)+
                // Every bench that is listed has its line: a test asks.
                _ => Box::pin(std::future::pending()),
            };
            fetched.await
        }
    };
}

benches! { run, compose, oci }
