//! What every import does: read rows, report each refused one, all or nothing. And what every export does.
mod command;
mod export;
mod outcome;
mod run;
mod sheet;
mod spreadsheets;

pub use command::{ImportCommand, ImportOptions};
pub use export::{Export, ExportCommand, ExportOptions};
pub use outcome::{Kept, Outcome, Refused};
pub use run::{Fate, Run, one_file};
pub use sheet::{Row, Sheet};
pub use spreadsheets::as_text;
