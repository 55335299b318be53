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
/// Addresses that somebody typed, fetched without reaching into our own network.
pub mod fetching;
/// Imports: a dry run, a progress bar, a report of every refused row. Exports in the same formats.
pub mod imports;
/// Schedules and the sessions they make.
pub mod calendar;
/// Boroughs, wards, postcodes, practices: where things are.
pub mod places;
/// Activities, needs, audiences, access features, and everyday words for them.
pub mod topics;
/// From a postcode or a name to GP practices and their networks.
pub mod finder;
/// One page of a longer list.
pub mod paging;
/// What was typed into a form, and what to put right, field by field.
pub mod forms;
/// Private links: a secret for one person to open one thing, kept as a hash.
pub mod links;
/// How often somebody may do a thing.
pub mod limits;
/// Letters: an outbox filled with what they tell, and the post that empties it.
pub mod mail;
/// Pictures: checked, made smaller, and kept in Postgres or a folder.
pub mod pictures;
/// What every page and endpoint needs: errors, extractors, views, defences, static files.
pub mod web;
/// What is handed out on paper, as a PDF that screen readers read.
pub mod pdf;
/// Who signs in at the desk, for which boroughs, and leave to act on a thing.
pub mod accounts;
/// Who runs offers.
pub mod providers;
/// Where offers happen.
pub mod venues;
/// A shortlist as an address carries it.
pub mod chosen;
/// How often offers are opened and their contact is shown.
pub mod openings;
/// What visitors say is wrong with an offer, or was good.
pub mod reports;
/// What people come here to find.
pub mod offers;
/// Other directories' services: Open Referral UK in two shapes, read as offers; and ours written as theirs.
pub mod open_referral;
/// From plain words to the offers that fit, in memory.
pub mod search;
/// What there is in a place and what is missing, counted and drawn.
pub mod picture;
/// From chosen offers to the client's hand: shortlist, compare, hand-out, PDF.
pub mod shortlist;
/// Training together: a programme, its cohorts, places for each group, and who waits for one.
pub mod training;
/// Link workers, by their own agreement: whom they serve, how one reaches them.
pub mod link_workers;
/// Arts and health networks and partnerships, the team of each borough, and from a postcode to all of them.
pub mod partnerships;
/// Stories that somebody tells, shown as long as those whom they are about agree.
pub mod stories;
/// Frameworks, evidence, toolkits and tools that others publish, and whether their links still work.
pub mod resources;
/// From an artist's first word to what a coordinator decides on.
pub mod submissions;
/// What providers do with what is published: change, pause, copy, end it, and share the work.
pub mod mine;
/// The coordinators' desk: what waits, and deciding it.
pub mod desk;
/// Forgets, once a day, what is kept no longer.
pub mod housekeeping;
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
