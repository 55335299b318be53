//! The parts every page and endpoint needs.
mod assets;
pub mod caching;
pub mod defences;
mod error;
mod escaped;
mod extract;
pub mod here;
mod journal;
pub mod problem;
pub mod server;
mod view;

pub use assets::{asset, assets};
pub use error::{Error, Result};
pub use escaped::{Escaped, text};
pub use extract::{Form, Now, Path};
pub use here::{Sample, is_sample, public_url};
pub use view::View;
