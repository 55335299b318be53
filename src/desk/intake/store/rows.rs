//! SQL for the rows of a report.
use sqlx::{PgConnection, PgExecutor, types::Json};

use super::count;
use crate::{
    database::store::read,
    desk::intake::{Fate, IntakeId, Proposal, Row, Subject, Told},
    offers::OfferId,
    text::Line,
};

pub async fn keep_rows(db: &mut PgConnection, id: IntakeId, rows: &[Row]) -> sqlx::Result<()> {
    for row in rows {
        sqlx::query!(
            "insert into intake_rows (intake_id, number, at, subject, title, fate, reasons, repairs, changes,
                                      proposal, offer_id, revision, chosen)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            id,
            count(row.number as usize),
            row.at.as_str(),
            row.subject.code(),
            row.title,
            row.fate.code(),
            &row.reasons,
            &row.repairs,
            Json(&row.changes) as _,
            row.proposal.as_ref().map(Json) as _,
            row.seen.map(|(offer, _)| offer),
            row.seen.map(|(_, revision)| count(revision as usize)),
            row.chosen
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// What somebody wants to see of a report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    pub fate: Option<Fate>,
    /// Only those where something was put right.
    pub repaired: bool,
}

/// Some of the rows, in their order.
pub async fn rows(
    db: impl PgExecutor<'_>,
    id: IntakeId,
    wanted: Wanted,
    (offset, limit): (usize, usize),
) -> sqlx::Result<Vec<Row>> {
    let rows = sqlx::query_as!(
        RowRow,
        r#"select number, at, subject, title, fate, reasons, repairs,
                  changes as "changes: Json<Vec<Told>>", proposal as "proposal: Json<Proposal>",
                  offer_id, revision, chosen, outcome
           from intake_rows
           where intake_id = $1 and ($2::text is null or fate = $2) and (not $3 or repairs <> '{}')
           order by number offset $4 limit $5"#,
        id,
        wanted.fate.map(Fate::code),
        wanted.repaired,
        i64::from(count(offset)),
        i64::from(count(limit))
    );
    rows.fetch_all(db).await?.into_iter().map(RowRow::row).collect()
}

/// All that are to be taken in.
pub async fn chosen(db: impl PgExecutor<'_>, id: IntakeId) -> sqlx::Result<Vec<Row>> {
    let rows = sqlx::query_as!(
        RowRow,
        r#"select number, at, subject, title, fate, reasons, repairs,
                  changes as "changes: Json<Vec<Told>>", proposal as "proposal: Json<Proposal>",
                  offer_id, revision, chosen, outcome
           from intake_rows
           where intake_id = $1 and chosen and fate in ('new', 'incomplete', 'changed') order by number"#,
        id
    );
    rows.fetch_all(db).await?.into_iter().map(RowRow::row).collect()
}

/// How many rows have each fate, how many were repaired, and how many are chosen.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    pub fates: Vec<(Fate, u32)>,
    pub repaired: u32,
    pub chosen: u32,
}

pub async fn counts(db: impl PgExecutor<'_>, id: IntakeId) -> sqlx::Result<Counts> {
    let rows = sqlx::query!(
        r#"select fate, count(*) as "rows!", count(*) filter (where repairs <> '{}') as "repaired!",
                  count(*) filter (where chosen) as "chosen!"
           from intake_rows where intake_id = $1 group by fate"#,
        id
    );
    let rows = rows.fetch_all(db).await?;
    let number = |sum: i64| u32::try_from(sum).unwrap_or(u32::MAX);
    let of = |fate: Fate| {
        rows.iter().find(|row| row.fate == fate.code()).map_or(0, |row| number(row.rows))
    };
    Ok(Counts {
        fates: Fate::ALL.into_iter().map(|fate| (fate, of(fate))).collect(),
        repaired: rows.iter().map(|row| number(row.repaired)).sum(),
        chosen: rows.iter().map(|row| number(row.chosen)).sum(),
    })
}

/// Of the rows that were shown, just these are chosen; others stay as they are.
pub async fn choose(
    db: impl PgExecutor<'_>,
    id: IntakeId,
    shown: &[i32],
    chosen: &[i32],
) -> sqlx::Result<()> {
    sqlx::query!(
        "update intake_rows set chosen = number = any($3)
         where intake_id = $1 and number = any($2) and fate in ('new', 'incomplete', 'changed')
           and exists (select from intakes where id = $1 and stage = 'ready')",
        id,
        shown,
        chosen
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn note_outcome(
    db: impl PgExecutor<'_>,
    id: IntakeId,
    number: u32,
    words: &Line<500>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update intake_rows set outcome = $3 where intake_id = $1 and number = $2",
        id,
        count(number as usize),
        words.as_str()
    )
    .execute(db)
    .await?;
    Ok(())
}

struct RowRow {
    number: i32,
    at: String,
    subject: String,
    title: String,
    fate: String,
    reasons: Vec<String>,
    repairs: Vec<String>,
    changes: Json<Vec<Told>>,
    proposal: Option<Json<Proposal>>,
    offer_id: Option<OfferId>,
    revision: Option<i32>,
    chosen: bool,
    outcome: Option<String>,
}

impl RowRow {
    fn row(self) -> sqlx::Result<Row> {
        Ok(Row {
            number: self.number.unsigned_abs(),
            at: read(Line::try_from(self.at))?,
            subject: read(Subject::parse(&self.subject).ok_or("an unknown subject"))?,
            title: self.title,
            fate: read(Fate::parse(&self.fate).ok_or("an unknown fate"))?,
            reasons: self.reasons,
            repairs: self.repairs,
            changes: self.changes.0,
            proposal: self.proposal.map(|proposal| proposal.0),
            seen: self.offer_id.zip(self.revision.map(i32::unsigned_abs)),
            chosen: self.chosen,
            outcome: read(self.outcome.map(Line::try_from).transpose())?,
        })
    }
}
