//! The site as visitors and programs see it, and the program as those see it who run it.
#![expect(clippy::unwrap_used, reason = "a failing test should panic")]
mod answers;
mod calendar_files;
#[path = "../../src/calendar/ical/reader.rs"]
mod calendar_reader;
mod catalogue;
mod close_matches;
mod conversation;
mod defences;
mod describe;
mod desk;
mod guides;
mod health;
mod hostile;
mod export;
mod house_rules;
mod imports;
#[path = "../bench/invented/mod.rs"]
mod invented;
mod limits;
mod list_order;
mod link_workers;
mod live;
mod machines;
mod mail;
mod map;
mod mine;
mod networks;
mod official_files;
mod offer_page;
mod offers;
mod oracle;
mod pages;
mod partnerships;
mod picture;
mod pictures;
mod places;
mod plain_search;
mod promised;
#[path = "../bench/requests.rs"]
#[expect(dead_code, reason = "the measurements ask other questions")]
mod requests;
mod related;
mod reports;
mod resources;
mod server;
mod shortlist;
mod start;
mod stories;
mod support;
mod training;
mod words;
