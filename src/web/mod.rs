//! The parts every page and endpoint needs.
mod assets;
pub mod caching;
pub mod defences;
mod error;
mod escaped;
mod extract;
mod journal;
pub mod problem;
pub mod sample;
pub mod server;
mod view;

pub use assets::{asset, assets};
pub use error::{Error, Result};
pub use escaped::{Escaped, text};
pub use extract::{Form, Now, Path, Query};
pub use sample::{Sample, is_sample};
pub use view::View;
