//! What offers are about: fixed codes, their labels, and everyday words for them.
mod codes;
mod language;
mod set;

pub use codes::{
    Access, Activity, Audience, Code, Cost, Delivery, Joining, Need, PartOfDay, Places,
};
pub use language::Language;
pub use set::Codes;
