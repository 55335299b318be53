//! What offers are about: fixed codes, their labels, and everyday words for them.
mod codes;
mod language;
mod lexicon;
mod set;
mod spelling;
mod spoken;
pub mod store;

pub use codes::{
    Access, Activity, Audience, Code, Cost, Delivery, Joining, Need, PartOfDay, Places,
};
pub use language::Language;
pub use lexicon::{EverydayWord, Lexicon, Match, Means};
pub use set::Codes;
pub use spelling::{distance, forgiven, mistakes};
pub use spoken::{Word, words};
