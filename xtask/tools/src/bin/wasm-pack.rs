//! wasm-pack, without its look for newer releases.

use std::process::ExitCode;

use clap::Parser;
use wasm_pack::{Cli, command};

fn main() -> ExitCode {
    match command::run_wasm_pack(Cli::parse().cmd) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:?}");
            ExitCode::FAILURE
        }
    }
}
