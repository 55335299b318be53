//! Takes in what was chosen: one transaction, one batch, each row against what was seen of it.
use anyhow::Result;
use jiff::Timestamp;
use sqlx::{Connection, PgConnection, PgPool};

use super::{
    Fate, Intake, Row, Stage,
    keep::{By, Did, Met, Thing, keep, signature},
    reading::{told_by_database, why},
    store,
};
use crate::{
    accounts::{Account, AccountId},
    desk::batches::{self, BatchId, Described, Kind},
    places::Places,
    text::{Line, thousands},
};

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Imported {
    /// `None` where nothing of what was chosen could be taken in any more.
    Done { batch: Option<BatchId>, taken: usize, refused: usize },
    /// It was taken in before, or is not read to its end.
    NotNow,
}

/// All chosen rows, or none where the database fails. A row that has moved on since it was looked at is
/// left out and told. [`store::claim`] it before.
pub async fn import(
    db: &PgPool,
    intake: &Intake,
    account: &Account,
    places: &Places,
    now: Timestamp,
) -> Result<Imported> {
    let mut tx = db.begin().await?;
    if store::locked_stage(&mut *tx, intake.id).await? != Some(Stage::Importing) {
        return Ok(Imported::NotNow);
    }
    let rows = store::chosen(&mut *tx, intake.id).await?;
    let why = why(intake);
    let by = By {
        account,
        places,
        why: &why,
        signed: None,
        publish: intake.terms.publish,
        trial: false,
    };
    let signed = signature(account, places);
    let Some(signed) = signed else {
        return Ok(Imported::NotNow);
    };
    let doer = (Kind::Import, Some(account.id), &signed);
    let (batch, outcomes) = take_in(&mut tx, &rows, by, doer, now).await?;
    for (row, outcome) in rows.iter().zip(&outcomes) {
        let words = match outcome {
            Ok(_) => Line::parse("Imported")?,
            Err(reason) => Line::parse(&reason.chars().take(500).collect::<String>())?,
        };
        store::note_outcome(&mut *tx, intake.id, row.number, &words).await?;
    }
    store::is_done(&mut *tx, intake.id, batch, now).await?;
    tx.commit().await?;
    let refused = outcomes.iter().filter(|outcome| outcome.is_err()).count();
    Ok(Imported::Done { batch, taken: outcomes.len() - refused, refused })
}

/// Inside the caller's transaction: each row, and the batch that they are. Known offers come in one order for
/// everybody, so that nobody waits in a ring.
pub async fn take_in(
    db: &mut PgConnection,
    rows: &[Row],
    by: By<'_>,
    (kind, doer, signed): (Kind, Option<AccountId>, &Line<100>),
    now: Timestamp,
) -> Result<(Option<BatchId>, Vec<Result<Did, String>>)> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let place = |row: &Row| {
        (row.subject != super::Subject::Provider, row.subject == super::Subject::Offer, row.seen)
    };
    order.sort_by_key(|at| place(&rows[*at]));
    let mut met = Met::default();
    let mut outcomes: Vec<Result<Did, String>> = vec![Err(String::new()); rows.len()];
    for at in order {
        let row = &rows[at];
        let Some(proposal) = &row.proposal else { continue };
        let mut step = db.begin().await?;
        let kept = told_by_database(keep(&mut step, proposal, by, &mut met, now).await)?;
        outcomes[at] = kept.and_then(|did| as_seen(row, did));
        match outcomes[at] {
            Ok(_) => step.commit().await?,
            Err(_) => step.rollback().await?,
        }
    }
    let taken: Vec<&Did> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
    if taken.is_empty() {
        return Ok((None, outcomes));
    }
    let words = Line::parse(&words(&taken, by.why))?;
    let batch = batches::store::open(db, (kind, &words), (doer, signed), now).await?;
    for did in taken {
        match &did.thing {
            Thing::Offer { id, before, made } => {
                match before {
                    None => batches::store::added(&mut *db, batch, *id).await?,
                    Some(before) => batches::store::touched(&mut *db, batch, before).await?,
                }
                if let Some((provider, after)) = made {
                    let described =
                        Described { provider: *provider, before: None, after: after.clone() };
                    batches::store::described_anew(&mut *db, batch, &described).await?;
                }
            }
            Thing::Provider { id, before, after } => {
                let described =
                    Described { provider: *id, before: before.clone(), after: after.clone() };
                batches::store::described_anew(&mut *db, batch, &described).await?;
            }
            Thing::Venue => {}
        }
    }
    Ok((Some(batch), outcomes))
}

/// What was done must be what was told before.
fn as_seen(row: &Row, did: Did) -> Result<Did, String> {
    let now = match &did.thing {
        Thing::Offer { id, before: Some(before), .. } => Some((*id, before.offer.revision)),
        _ => None,
    };
    if now != row.seen || did.fate != row.fate {
        return Err("It was changed here while you looked at it. Read the file again.".to_owned());
    }
    Ok(did)
}

fn words(taken: &[&Did], why: &Line<500>) -> String {
    let count =
        |wanted: &dyn Fn(&Did) -> bool| taken.iter().filter(|did| wanted(did)).count() as u64;
    let offers = |fates: &[Fate]| {
        count(&|did| matches!(did.thing, Thing::Offer { .. }) && fates.contains(&did.fate))
    };
    let (new, changed) = (offers(&[Fate::New, Fate::Incomplete]), offers(&[Fate::Changed]));
    let besides = count(&|did| !matches!(did.thing, Thing::Offer { .. }));
    let parts = [
        (new, "added"),
        (changed, "changed"),
        (
            besides,
            if new + changed > 0 { "providers and venues besides" } else { "providers and venues" },
        ),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> =
        parts.map(|(count, what)| format!("{} {what}", thousands(count))).collect();
    format!("{why}: {}", parts.join(", "))
}
