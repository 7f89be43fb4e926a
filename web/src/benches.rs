//! The workbenches that come in a file of wasm each: one word here, and `LISTINGS` in the core.

use std::future::Future;
use std::pin::Pin;

use drydock::bench::{Listing, Workbench};
use wasm_split_helpers::{SplitLoaderError, wasm_split};

type Fetched = Pin<Box<dyn Future<Output = Result<&'static Workbench, SplitLoaderError>>>>;

/// For each bench the file that has it, and how it is fetched. Only its own file may name its row.
macro_rules! benches {
    ($($bench:ident),+) => {
        $(
            #[wasm_split($bench, fallible)]
            fn $bench() -> Result<&'static Workbench, SplitLoaderError> {
                Ok(&drydock::$bench::WORKBENCH)
            }
        )+

        /// Fetches a bench.
        pub async fn fetch(listing: &'static Listing) -> Result<&'static Workbench, SplitLoaderError> {
            let fetched: Fetched = match listing.id {
                $(stringify!($bench) => Box::pin($bench()),)+
                // Every bench that is listed has its line: a test asks.
                _ => Box::pin(std::future::pending()),
            };
            fetched.await
        }
    };
}

benches! { run, compose }
