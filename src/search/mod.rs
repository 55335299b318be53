//! From plain words to the offers that fit.
mod criteria;
mod found;
pub mod parameters;
pub mod understand;
mod value;

pub use criteria::{AgeRange, Criteria, Near, Sort};
pub use found::{Card, Close, Count, Counts, Fit, Found, Hit, Loosen, Miss, Piece};
pub use parameters::{Ask, Parameters, Problem, ask};
pub use understand::{Reading, Understood, understand};
pub use value::Value;
