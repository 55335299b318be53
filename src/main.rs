//! Starts the program; everything else is in the library.
use std::process::ExitCode;

use mimalloc::MiMalloc;

#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    fingerpost::cli::main()
}
