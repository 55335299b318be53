//! What an import did, row by row.
use std::{collections::BTreeMap, fmt, time::Duration};

use crate::text::thousands;

/// A row that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub file: String,
    /// Counted from 1, headings included, as a text editor counts.
    pub line: u64,
    /// A sentence that says what to do, or what is wrong.
    pub reason: String,
    /// The beginning of the row as it was read.
    pub row: String,
}

/// Counts of rows. `read` counts those of every file, the others what became of the things they name.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub read: u64,
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Kept from an earlier file, in this one no more.
    pub removed: u64,
    /// Kept from an earlier file, and now said to be closed.
    pub closed: u64,
    /// Sound rows that do not concern us, by reason.
    pub passed_over: BTreeMap<&'static str, u64>,
    pub refused: Vec<Refused>,
    /// What else one should know.
    pub notes: Vec<String>,
    pub took: Duration,
    pub kept: Kept,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kept {
    #[default]
    Everything,
    /// Nothing, since it was a dry run.
    DryRun,
    /// Nothing, since rows were refused and nobody said to go on without them.
    Refused,
}

/// Refused rows that the summary names; the report has them all.
const NAMED: usize = 10;

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.took.as_secs_f64();
        let pace = (self.read as f64 / seconds.max(1e-3)).round() as u64;
        writeln!(
            f,
            "{} rows read in {seconds:.1} s, {} rows a second.",
            thousands(self.read),
            thousands(pace)
        )?;
        write!(
            f,
            "{} added, {} changed, {} unchanged",
            thousands(self.added),
            thousands(self.changed),
            thousands(self.unchanged)
        )?;
        for (count, word) in [(self.removed, "removed"), (self.closed, "closed")] {
            if count > 0 {
                write!(f, ", {} {word}", thousands(count))?;
            }
        }
        writeln!(f, ", {} refused.", thousands(self.refused.len() as u64))?;
        for (reason, count) in &self.passed_over {
            writeln!(f, "{} passed over: {reason}.", thousands(*count))?;
        }
        for note in &self.notes {
            writeln!(f, "{note}")?;
        }
        for row in self.refused.iter().take(NAMED) {
            writeln!(f, "  {} line {}: {}", row.file, row.line, row.reason)?;
        }
        if self.refused.len() > NAMED {
            let more = (self.refused.len() - NAMED) as u64;
            writeln!(f, "  and {} more: --report FILE writes them all.", thousands(more))?;
        }
        f.write_str(match self.kept {
            Kept::Everything => "Kept.",
            Kept::DryRun => "A dry run: nothing was kept.",
            Kept::Refused => {
                "Nothing was kept. Correct the refused rows, or go on without them: --skip-refused."
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_says_what_became_of_every_row_and_how_fast() {
        let outcome = Outcome {
            read: 1_240_965,
            added: 1_240_000,
            unchanged: 530,
            closed: 2,
            passed_over: [("no position", 433)].into(),
            refused: vec![Refused {
                file: "br.csv".to_owned(),
                line: 7,
                reason: "\u{201c}BR\u{201d} is not a postcode, such as SE15 4QL.".to_owned(),
                row: "BR".to_owned(),
            }],
            took: Duration::from_millis(2_500),
            kept: Kept::Refused,
            ..Outcome::default()
        };
        let said = outcome.to_string();
        for piece in [
            "1,240,965 rows read in 2.5 s, 496,386 rows a second.",
            "1,240,000 added, 0 changed, 530 unchanged, 2 closed, 1 refused.",
            "433 passed over: no position.",
            "br.csv line 7: \u{201c}BR\u{201d} is not a postcode, such as SE15 4QL.",
            "Nothing was kept.",
        ] {
            assert!(said.contains(piece), "{piece} is not in:\n{said}");
        }
    }
}
