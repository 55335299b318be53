//! From plain words to the offers that fit.
pub mod api;
mod bitmap;
mod card;
mod card_view;
mod catalogue;
mod close;
mod counting;
mod criteria;
#[cfg(test)]
mod example;
mod explain;
mod facts;
mod filters;
mod follow;
mod found;
mod found_words;
mod ground;
mod guide;
mod ladder;
mod live;
mod loosen;
mod misses;
mod narrow;
mod near;
pub mod pages;
pub mod parameters;
mod ranking;
mod results;
#[cfg(test)]
mod results_tests;
mod segment;
mod times;
pub mod understand;
mod value;
mod values;
mod words;

pub use card_view::{Around, CardView};
pub use catalogue::{Catalogue, CatalogueBuilder};
pub use criteria::{AgeRange, Criteria, Near, Sort};
pub use follow::follow;
pub use found::{Card, Close, Count, Counts, Fit, Found, Hit, Loosen, Miss, Piece};
pub use found_words::distance_in_words;
pub use live::Live;
pub use parameters::{Ask, Parameters, Problem, ask};
pub use understand::{Reading, Understood, understand};
pub use value::Value;
