//! Pages about the site itself.
pub mod health;
