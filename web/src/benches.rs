//! The workbenches, and the files of wasm that they come in: one word here, and `LISTINGS` in the core.

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

type Held = (&'static [&'static Workbench], &'static Telling);

type Fetched = Pin<Box<dyn Future<Output = Result<Held, SplitLoaderError>>>>;

/// For each file the benches that it has, and how it is fetched. Only a bench's own file may name its row.
macro_rules! files {
    ($($file:ident: $($bench:ident),+;)+) => {
        $(
            #[wasm_split($file, fallible)]
            fn $file() -> Result<Held, SplitLoaderError> {
                static ROWS: &[&Workbench] = &[$(&rows::$bench::WORKBENCH),+];
                Ok((ROWS, &TELLING))
            }
        )+

        /// Fetches the bench of an id. Every one that is listed has its line above: a test asks.
        pub async fn fetch(id: &str) -> Result<Bench, Missing> {
            let fetched: Fetched = match id {
                $($(stringify!($bench))|+ => Box::pin($file()),)+
                _ => return Err(Missing),
            };
            let (rows, telling) = fetched.await?;
            let row = rows.iter().copied().find(|it| it.listing.id == id).ok_or(Missing)?;
            Ok(Bench { row, telling })
        }
    };
}

// Each file more costs the first view: the loader knows what any two of them share.
files! {
    run: run;
    compose: compose;
    oci: oci;
    containers: containers;
    images: images, manifest;
}
