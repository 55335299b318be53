//! The site as visitors and programs see it, and the program as those see it who run it.
#![expect(clippy::unwrap_used, reason = "a failing test should panic")]
mod defences;
mod health;
mod house_rules;
mod offers;
mod server;
mod start;
mod support;
