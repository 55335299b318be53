//! Training together.
pub mod history;
