//! The parts every page and endpoint needs.
mod assets;
pub mod caching;
mod client;
pub mod defences;
mod error;
mod escaped;
mod extract;
pub mod here;
mod journal;
pub mod origin;
pub mod private;
pub mod problem;
pub mod server;
mod typed;
mod uploads;
mod view;
mod visit;

pub use assets::{asset, assets};
pub use client::{Client, Clients, Peer};
pub use error::{Error, Result};
pub use escaped::{Escaped, text};
pub use extract::{Form, Now, Path, Query};
pub use here::{Sample, is_sample, public_url};
pub use typed::Typed;
pub use uploads::{Part, Upload, Uploads};
pub use view::View;
pub use visit::ByPerson;
