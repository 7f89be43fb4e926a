//! wasm-bindgen, as its own package has it, after a module with split points was cut at them.
//!
//! wasm-bindgen sees only the first part then. The others, and the `__wasm_split.js` that loads them, are put beside
//! what it writes.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use wasm_split_cli_support::{Options, transform};

/// wasm-bindgen's version, which this package has too, and that of what cuts; `cargo xtask` asks for both.
const VERSION: &str = concat!("wasm-bindgen ", env!("CARGO_PKG_VERSION"), " wasm-split 0.2.4");

/// What every split point is imported as: see the crate wasm_split_macros.
const SPLIT_POINT: &[u8] = b"__wasm_split_00";

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().collect();
    if arguments.get(1).is_some_and(|it| it == "--version") {
        println!("{VERSION}");
        return ExitCode::SUCCESS;
    }
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:?}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut arguments: Vec<OsString>) -> Result<(), Failure> {
    let main = match arguments.iter().position(|it| Path::new(it).extension() == Some(OsStr::new("wasm"))) {
        Some(input) => split(&arguments, input)?,
        None => None,
    };
    if let Some((input, main)) = &main {
        arguments[*input] = main.into();
        // The other parts import what the linker exports: memory, table and stack pointer.
        arguments.push("--keep-lld-exports".into());
    }
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments)?;
    if let Some((_, main)) = main {
        fs::remove_file(main)?;
    }
    Ok(())
}

/// Cuts the module that an argument names into the folder of the output; the first part, when there are more.
fn split(arguments: &[OsString], input: usize) -> Result<Option<(usize, PathBuf)>, Failure> {
    let module = fs::read(&arguments[input])?;
    if !module.windows(SPLIT_POINT.len()).any(|it| it == SPLIT_POINT) {
        return Ok(None);
    }
    let value = |option: &str| {
        let place = arguments.iter().position(|it| it == option);
        place.and_then(|it| arguments.get(it + 1)).ok_or(format!("{option} is missing"))
    };
    let folder = Path::new(value("--out-dir")?);
    let main = folder.join("main.wasm");
    let glue = format!("./{}.js", value("--out-name")?.display());
    let mut options = Options::new(&module);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &glue;
    options.target.web();
    transform(options)?;
    Ok(Some((input, main)))
}
