//! Keeping what was typed in one step, unless another window has kept something else there meanwhile.
use std::fmt::Write;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, PgPool, Postgres, Transaction};

use super::{
    Stage, Step, Submission,
    album::{self, Held},
    known::known,
    questions::questions,
    reading::read,
    store,
};
use crate::{calendar::civil_now, forms::Answers};

/// What became of it.
#[derive(Debug)]
pub enum Saved {
    /// As it stands now.
    Kept(Box<Submission>),
    /// The same step says something else by now than the page that was typed in had shown.
    Elsewhere(Box<Submission>),
    /// Somebody saved at the same moment: to be tried once more on this.
    Raced(Box<Submission>),
    /// It may not be changed now; `None` where it is gone.
    Closed(Option<Box<Submission>>),
}

/// Keeps `said` as the answers of a step. `seen` is the [`mark`] of what the page had shown. What was sent
/// but not confirmed yet is a draft again, so that nothing else is confirmed than what was sent.
pub async fn save(
    db: &PgPool,
    submission: &Submission,
    step: Step,
    said: &Answers,
    seen: &str,
    now: Timestamp,
) -> sqlx::Result<Saved> {
    if !submission.stage.is_open() {
        return Ok(Saved::Closed(Some(Box::new(submission.clone()))));
    }
    let asks = |field: &str| submission.asks(step, field);
    let stored = mark(&submission.answers.only(asks));
    let same = mark(said) == stored;
    if seen != stored && !same {
        return Ok(Saved::Elsewhere(Box::new(submission.clone())));
    }
    let mut kept = submission.clone();
    kept.answers = submission.answers.replaced(asks, said);
    let mut tx = db.begin().await?;
    if !same {
        take_back(&mut tx, &mut kept, now).await?;
    }
    let known = known(&mut tx, &kept).await?;
    let wrong = read(&kept, &known, civil_now(now).date()).mistakes;
    kept.steps.retain(|one| *one != step);
    if wrong.only(asks).is_empty() {
        kept.steps.push(step);
        kept.steps.sort_unstable();
    }
    write(db, tx, kept, now).await
}

/// Keeps these pictures, which were put together from what `submission` says, so that there is no
/// [`Saved::Elsewhere`]. Otherwise like [`save`].
pub async fn save_pictures(
    db: &PgPool,
    submission: &Submission,
    held: &[Held],
    now: Timestamp,
) -> sqlx::Result<Saved> {
    if !submission.stage.is_open() {
        return Ok(Saved::Closed(Some(Box::new(submission.clone()))));
    }
    let mut kept = submission.clone();
    kept.answers = album::with(&submission.answers, held);
    if kept.answers == submission.answers {
        return Ok(Saved::Kept(Box::new(kept)));
    }
    let mut tx = db.begin().await?;
    take_back(&mut tx, &mut kept, now).await?;
    write(db, tx, kept, now).await
}

async fn take_back(
    db: &mut PgConnection,
    kept: &mut Submission,
    now: Timestamp,
) -> sqlx::Result<()> {
    if kept.stage == Stage::Unconfirmed && store::take_back(db, kept.id, kept.version, now).await? {
        kept.stage = Stage::Draft;
        kept.since = now;
        kept.version += 1;
    }
    Ok(())
}

async fn write(
    db: &PgPool,
    mut tx: Transaction<'_, Postgres>,
    mut kept: Submission,
    now: Timestamp,
) -> sqlx::Result<Saved> {
    if let Some(waiting) = kept.edits()
        && !store::edits::noticed(&mut *tx, waiting, now).await?
    {
        return Ok(Saved::Closed(Some(Box::new(kept))));
    }
    let version =
        store::save_answers(&mut *tx, kept.id, kept.version, &kept.answers, &kept.steps, now);
    match version.await? {
        Some(version) => {
            tx.commit().await?;
            kept.version = version;
            kept.changed = now;
            Ok(Saved::Kept(Box::new(kept)))
        }
        None => {
            drop(tx);
            let newer = store::found(db, kept.id).await?;
            Ok(newer.map_or(Saved::Closed(None), |newer| Saved::Raced(Box::new(newer))))
        }
    }
}

/// Tells one set of answers from another. Empty fields and the two ways to end a line make no difference,
/// since a browser adds them by itself.
pub fn mark(answers: &Answers) -> String {
    let mut hash = Sha256::new();
    for (field, values) in answers.fields() {
        for value in values.iter().filter(|value| !value.trim().is_empty()) {
            let value = value.replace("\r\n", "\n");
            for part in [field, value.as_str()] {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
    }
    let mut mark = String::with_capacity(32);
    for byte in &hash.finalize()[..16] {
        // Writing to a string cannot fail.
        let _ = write!(mark, "{byte:02x}");
    }
    mark
}

/// The answers without one of several things, such as `schedule-2`; those behind it move up.
pub fn without(answers: &Answers, away: &str) -> Answers {
    let (thing, number) = away.rsplit_once('-').unwrap_or_default();
    let known = Step::ALL.iter().flat_map(|step| questions(*step)).any(|one| one.name == thing);
    let (true, Ok(gone)) = (known, number.parse::<usize>()) else {
        return answers.clone();
    };
    let numbered = |field: &str| -> Option<(usize, String)> {
        let rest = field.strip_prefix(thing)?.strip_prefix('-')?;
        let (number, part) = rest.split_once('-')?;
        Some((number.parse().ok()?, part.to_owned()))
    };
    let mut left = Answers::default();
    for (field, values) in answers.fields() {
        let field = match numbered(field) {
            Some((number, _)) if number == gone => continue,
            Some((number, part)) if number > gone => format!("{thing}-{}-{part}", number - 1),
            _ => field.to_owned(),
        };
        for value in values {
            left.add(&field, value);
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submissions::reading::fixtures::answers;

    #[test]
    fn a_mark_changes_with_every_answer_and_not_with_what_browsers_add() {
        let one = answers(&[("title", "Clay\nand tea"), ("needs", "anxiety"), ("needs", "stress")]);
        let same = answers(&[
            ("title", "Clay\r\nand tea"),
            ("summary", " "),
            ("needs", "anxiety"),
            ("needs", "stress"),
        ]);
        assert_eq!(mark(&one), mark(&same));
        for other in [
            answers(&[("title", "Clay\nand tea"), ("needs", "anxiety")]),
            answers(&[("title", "Clay\nand tea "), ("needs", "anxiety"), ("needs", "stress")]),
            answers(&[("needs", "Clay\nand tea"), ("title", "anxiety"), ("title", "stress")]),
        ] {
            assert_ne!(mark(&one), mark(&other));
        }
    }

    #[test]
    fn a_thing_that_is_taken_away_leaves_no_gap() {
        let before = answers(&[
            ("when", "regular"),
            ("schedule-1-starts", "10am"),
            ("schedule-2-starts", "11am"),
            ("schedule-3-days", "mon"),
            ("schedule-3-days", "tue"),
        ]);
        let after = answers(&[
            ("when", "regular"),
            ("schedule-1-starts", "10am"),
            ("schedule-2-days", "mon"),
            ("schedule-2-days", "tue"),
        ]);
        assert_eq!(without(&before, "schedule-2"), after);
        for nothing in ["", "schedule", "nonsense-2", "schedule-x"] {
            assert_eq!(without(&before, nothing), before, "{nothing}");
        }
    }
}
