//! Fingerpost, a directory of social prescribing offers.
//!
//! The map of the house, from the ground up: a module uses itself and what stands above it in this
//! list, never what comes after. `tests/site/house_rules.rs` keeps it so.

/// Settings from flags and environment.
pub mod config;
/// Where the program says what it does.
pub mod logs;
/// The pool, the migrations, and the private Postgres of a machine that names no other.
pub mod database;
/// Words people type: a line, a text, Markdown, a slug.
pub mod text;
/// Imports: a dry run, a progress bar, a report of every refused row. Exports in the same formats.
pub mod imports;
/// Schedules and the sessions they make.
pub mod calendar;
/// Boroughs, wards, postcodes, practices: where things are.
pub mod places;
/// Activities, needs, audiences, access features, and everyday words for them.
pub mod topics;
/// One page of a longer list.
pub mod paging;
/// What every page and endpoint needs: errors, extractors, views, defences, static files.
pub mod web;
/// Who runs offers.
pub mod providers;
/// Where offers happen.
pub mod venues;
/// What people come here to find.
pub mod offers;
/// From plain words to the offers that fit, in memory.
pub mod search;
/// The directory a first start shows, and any number of invented offers for load.
pub mod sample;
/// Home, about, accessibility, privacy, site map, health.
pub mod site;
/// What handlers may ask for.
pub mod app;
/// Every address and who answers it.
pub mod routes;
/// The commands and their manual.
pub mod cli;
