//! The measurements of `make bench`: invented offers, 500 deterministic requests, in three ways.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made should panic")]
mod addresses;
mod client;
mod invented;
mod memory;
mod pages;
mod program;
#[expect(dead_code, reason = "the tests ask other questions")]
mod requests;
mod store;
mod timing;

/// As the program has it.
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// `BENCH_OFFERS=20000,200000` says how many; `BENCH_ROUNDS` how often the 500 requests are repeated.
fn main() {
    // The fixed page writes its line into a file, one at a time, as the program does that is measured.
    let log = std::sync::Mutex::new(tempfile::tempfile().unwrap());
    tracing_subscriber::fmt().with_ansi(false).with_writer(log).init();
    let setting = |name: &str, or: &str| std::env::var(name).unwrap_or_else(|_| or.to_owned());
    let rounds = setting("BENCH_ROUNDS", "5").parse().expect("a number of rounds");
    for offers in setting("BENCH_OFFERS", "20000,200000").split(',') {
        let offers = offers.trim().parse().expect("a number of offers");
        memory::measure(offers, rounds);
        pages::measure(offers, rounds);
    }
}
