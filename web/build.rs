//! What must the linker be told?

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|it| it == value);
    // The page's wasm is cut in two, which takes the linker's notes on what refers to what.
    if is("CARGO_CFG_TARGET_FAMILY", "wasm") && env::var_os("CARGO_FEATURE_PAGE").is_some() {
        println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
    }
}
