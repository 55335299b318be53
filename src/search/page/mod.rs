//! The search page: results, filters and cards, ready to be drawn.
mod alike;
mod card_view;
mod choice;
mod filters;
pub mod found_words;
pub mod guide;
pub mod results;
#[cfg(test)]
mod results_tests;

pub use alike::Alike;
pub use card_view::{Around, CardView};
pub use choice::Choice;
pub use found_words::distance_in_words;
