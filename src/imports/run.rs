//! One import from its first row to the end of its transaction.
use std::{
    fs::File,
    io::{IsTerminal, Read, stderr},
    path::Path,
};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sqlx::{PgConnection, PgPool, Postgres, Transaction};

use super::{ImportOptions, Kept, Outcome, Refused, Row, Sheet};

/// Counts as it goes, and shows a progress bar where somebody watches.
pub struct Run<'a> {
    options: &'a ImportOptions,
    bar: ProgressBar,
    /// Imports add what they did to their rows.
    pub outcome: Outcome,
}

/// One file in one transaction: `take_in` gets the file with its name, and what it did is kept as a whole
/// or not at all.
pub async fn one_file(
    db: &PgPool,
    path: &Path,
    options: &ImportOptions,
    take_in: impl AsyncFnOnce(&mut Run<'_>, &mut PgConnection, &str, File) -> Result<()>,
) -> Result<Outcome> {
    let file = File::open(path).with_context(|| format!("Cannot open {}", path.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut run = Run::start(file.metadata()?.len(), options);
    let mut changes = db.begin().await?;
    take_in(&mut run, &mut changes, &name, file).await?;
    run.settle(changes).await
}

/// What becomes of a sound row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Taken,
    /// It does not concern us, for this reason.
    PassedOver(&'static str),
}

impl<'a> Run<'a> {
    /// `bytes` is how much there is to read in all.
    pub fn start(bytes: u64, options: &'a ImportOptions) -> Self {
        let watched = if stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(bytes), watched);
        let style = ProgressStyle::with_template("{wide_bar} {percent}% {elapsed} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { options, bar, outcome: Outcome::default() }
    }

    /// The same bytes, counted for the progress bar.
    pub fn watch<R: Read>(&self, source: R) -> impl Read + use<R> {
        self.bar.wrap_read(source)
    }

    /// Hands every sound row to `take`; what that refuses (in a sentence) or passes over is counted.
    pub fn each_row<R: Read>(
        &mut self,
        sheet: &mut Sheet<R>,
        mut take: impl FnMut(Row<'_>) -> Result<Fate, String>,
    ) -> Result<()> {
        let file = sheet.file().to_owned();
        self.bar.set_message(file.clone());
        while let Some((row, sound)) = sheet.next_row()? {
            self.outcome.read += 1;
            match sound.and_then(|()| take(row)) {
                Ok(Fate::Taken) => {}
                Ok(Fate::PassedOver(reason)) => {
                    *self.outcome.passed_over.entry(reason).or_default() += 1;
                }
                Err(reason) => {
                    let (line, row, file) = (row.line(), row.excerpt(), file.clone());
                    self.outcome.refused.push(Refused { file, line, reason, row });
                }
            }
        }
        Ok(())
    }

    /// Whether what was taken will be kept, as far as is known now.
    pub fn kept(&self) -> Kept {
        if !self.outcome.refused.is_empty() && !self.options.skip_refused {
            Kept::Refused
        } else if self.options.dry_run {
            Kept::DryRun
        } else {
            Kept::Everything
        }
    }

    /// Commits, or takes everything back after a dry run or a refused row; writes the report.
    pub async fn settle(mut self, changes: Transaction<'_, Postgres>) -> Result<Outcome> {
        self.outcome.kept = self.kept();
        match self.outcome.kept {
            Kept::Everything => changes.commit().await?,
            Kept::DryRun | Kept::Refused => changes.rollback().await?,
        }
        self.outcome.took = self.bar.elapsed();
        self.bar.finish_and_clear();
        if let Some(path) = &self.options.report {
            report(path, &self.outcome.refused)
                .with_context(|| format!("The report {} cannot be written", path.display()))?;
        }
        Ok(self.outcome)
    }
}

/// A CSV file of the refused rows; only its headings where there are none.
fn report(path: &Path, refused: &[Refused]) -> Result<()> {
    let mut sheet = csv::Writer::from_path(path)?;
    sheet.write_record(["file", "line", "reason", "row"])?;
    for one in refused {
        sheet.write_record([&one.file, &one.line.to_string(), &one.reason, &one.row])?;
    }
    Ok(sheet.flush()?)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// Takes each row whose first cell is "good".
    fn outcome_of(file: &[u8]) -> Outcome {
        let options = ImportOptions::default();
        let mut run = Run::start(file.len() as u64, &options);
        let mut sheet = Sheet::without_headings("a.csv", file, 2);
        run.each_row(&mut sheet, |row| match row.at(0) {
            "good" => Ok(Fate::Taken),
            "foreign" => Ok(Fate::PassedOver("not ours")),
            other => Err(format!("\u{201c}{other}\u{201d} is not good.")),
        })
        .unwrap();
        run.outcome
    }

    fn reasons(file: &[u8]) -> Vec<(u64, String)> {
        outcome_of(file).refused.into_iter().map(|one| (one.line, one.reason)).collect()
    }

    #[test]
    fn every_refused_row_has_its_line_and_a_reason() {
        let file = b"good,1\nforeign,2\n\"good\",\"two\nlines\"\nbad,4\ngood\ngood,\xff\n";
        let outcome = outcome_of(file);
        assert_eq!(
            (outcome.read, outcome.passed_over.clone()),
            (6, BTreeMap::from([("not ours", 1)]))
        );
        let reasons = reasons(file);
        assert_eq!(reasons[0], (5, "\u{201c}bad\u{201d} is not good.".to_owned()));
        assert_eq!(reasons[1], (6, "The row has 1 columns. It should have 2.".to_owned()));
        assert_eq!(reasons[2].0, 7);
        assert!(reasons[2].1.contains("UTF-8"), "{reasons:?}");
    }

    #[test]
    fn a_missing_quotation_mark_is_named_rather_than_swallowing_the_file_silently() {
        let mut file = b"good,1\n\"good,2\n".to_vec();
        file.extend(b"good,3\n".repeat(20_000));
        let reasons = reasons(&file);
        assert_eq!(reasons.len(), 1);
        assert_eq!(reasons[0].0, 2);
        assert!(reasons[0].1.contains("quotation mark"), "{reasons:?}");
    }

    #[test]
    fn a_file_in_utf_16_is_refused_in_words() {
        let file: Vec<u8> = "good,1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(reasons(&file).iter().all(|(_, reason)| reason.contains("CSV UTF-8")));
    }

    #[test]
    fn a_byte_order_mark_and_capitals_do_not_hide_a_heading() {
        let file = "\u{feff}Name,Kind\nTea,x\n".as_bytes();
        let mut sheet = Sheet::with_headings("a.csv", file, &["kind", "name"]).unwrap();
        let (row, _) = sheet.next_row().unwrap().unwrap();
        assert_eq!((row.named("name"), row.named("kind"), row.named("other")), ("Tea", "x", ""));
        assert_eq!(row.line(), 2);
    }

    #[test]
    fn missing_columns_are_all_named() {
        let problem = Sheet::with_headings("a.csv", &b"name;kind\n"[..], &["name", "kind"]).err();
        assert!(problem.unwrap().to_string().contains("no column name, kind"));
        let problem = Sheet::with_headings("a.csv", &b""[..], &["name"]).err();
        assert_eq!(problem.unwrap().to_string(), "a.csv is empty.");
    }

    proptest! {
        #[test]
        fn no_file_makes_it_panic(file in proptest::collection::vec(any::<u8>(), 0..400)) {
            let outcome = outcome_of(&file);
            let counted = outcome.refused.len() as u64 + outcome.passed_over.values().sum::<u64>();
            prop_assert!(counted <= outcome.read);
        }
    }
}
