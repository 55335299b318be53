//! From plain words to the offers that fit.
mod criteria;
mod found;

pub use criteria::{AgeRange, Criteria, Near, Sort};
pub use found::{Card, Close, Count, Counts, Fit, Found, Hit, Loosen, Miss, Piece};
