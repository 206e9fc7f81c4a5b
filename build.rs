//! How the program is linked: on Linux with glibc at a fixed address.
//!
//! A program that may lie anywhere has 46,000 pointers for the loader to set before it starts: 240 pages that every run would
//! copy, a third of what `spx --version` takes. Stack, heap and libraries still lie where the system wants them.

// What a build script is told stands in the environment.
#![allow(clippy::disallowed_methods)]

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |variable: &str, value: &str| std::env::var(variable).is_ok_and(|found| found == value);
    let links_statically =
        std::env::var("CARGO_CFG_TARGET_FEATURE").is_ok_and(|features| features.contains("crt-static"));
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && !links_statically {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
