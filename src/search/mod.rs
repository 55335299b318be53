//! From plain words to the offers that fit.
mod bitmap;
mod card;
mod catalogue;
mod close;
mod counting;
mod criteria;
mod explain;
mod facts;
mod found;
mod found_words;
mod ground;
mod ladder;
mod loosen;
mod misses;
mod narrow;
mod near;
mod ranking;
mod segment;
mod times;
mod values;
mod words;

pub use catalogue::Catalogue;
pub use criteria::{AgeRange, Criteria, Near, Sort};
pub use found::{Card, Close, Count, Counts, Fit, Found, Hit, Loosen, Miss, Piece};
pub use found_words::distance_in_words;
