//! From plain words to the offers that fit.
pub mod api;
mod catalogue;
mod criteria;
#[cfg(test)]
mod example;
mod follow;
mod found;
mod live;
pub mod map;
mod page;
pub mod pages;
pub mod parameters;
pub mod understand;
mod value;

pub use catalogue::{Catalogue, CatalogueBuilder, Confirmed, Figures, Reach, Related, Spots};
pub use criteria::{AgeRange, Criteria, DISTANCES, Near, Sort};
pub use follow::follow;
pub use found::{Card, Close, Count, Counts, Fit, Found, Hit, LetGo, Loosen, Miss, Piece};
pub use live::Live;
pub use page::{Alike, Around, CardView, Choice, distance_in_words};
pub use parameters::{Ask, Parameters, Problem, ask};
pub use understand::{Reading, Understood, understand};
pub use value::Value;
