//! What every import does: read rows, report each refused one, all or nothing.
mod command;
mod outcome;
mod run;
mod sheet;

pub use command::{ImportCommand, ImportOptions};
pub use outcome::{Kept, Outcome, Refused};
pub use run::{Fate, Run, one_file};
pub use sheet::{Row, Sheet};
