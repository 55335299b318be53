//! Pages about the site itself.
pub mod health;
mod brief;

pub use brief::Brief;
