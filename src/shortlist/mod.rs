//! From chosen offers to the client's hand: the shortlist, side by side, the hand-out and its PDF.
mod access_words;
mod compare;
mod entry;
pub mod pages;
mod pdf;
mod sheet;
mod store;

pub use entry::{Entry, Now};
pub use pdf::{Print, pdf};
pub use sheet::{Fact, Sheet};
