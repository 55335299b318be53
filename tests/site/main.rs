//! The site as visitors and programs see it, and the program as those see it who run it.
#![expect(clippy::unwrap_used, reason = "a failing test should panic")]
mod catalogue;
mod close_matches;
mod defences;
mod health;
mod house_rules;
mod imports;
#[path = "../bench/invented/mod.rs"]
mod invented;
mod live;
mod official_files;
mod offers;
mod oracle;
mod places;
mod plain_search;
#[path = "../bench/requests.rs"]
#[expect(dead_code, reason = "the measurements ask other questions")]
mod requests;
mod server;
mod start;
mod support;
