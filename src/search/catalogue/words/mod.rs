//! Full text: which offers have all the words, however they are typed.
//!
//! An index of our own rather than tantivy: its postings share their ordinals with every other set of the
//! catalogue, so nothing is translated, and such an index had been measured six times as fast before
//! this one was written.
mod index;
mod lookup;
mod score;
mod tokens;
mod typing;

pub(super) use index::{Field, Index, IndexBuilder};
pub(super) use lookup::{Word, look_up};
pub(super) use score::scores;
