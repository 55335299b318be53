//! What every test needs.
mod database;
mod program;
mod site;
mod smtp;
pub use database::{Database, database, folder, url};
pub use program::{Private, Program, eventually, eventually_so, read};
pub use site::{Reply, Site, encoded, now};
pub use smtp::{MailServer, Manner};
