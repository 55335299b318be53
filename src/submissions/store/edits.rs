//! SQL for what is written at the desk: see [`crate::submissions::edit`].
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

use super::{found, locked};
use crate::{
    accounts::AccountId,
    offers::OfferId,
    places::Gss,
    submissions::{Stage, Submission, SubmissionId},
};

/// What the coordinators make, or made, of something that was sent.
pub async fn of(
    db: &mut PgConnection,
    sent: SubmissionId,
    stage: Stage,
) -> sqlx::Result<Option<Submission>> {
    let id = sqlx::query_scalar!(
        "select id from submissions where edits = $1 and stage = $2",
        sent,
        stage.code()
    );
    match id.fetch_optional(&mut *db).await? {
        Some(id) => found(db, id).await,
        None => Ok(None),
    }
}

/// The change of a listing that this account has begun, locked until the transaction ends.
pub async fn change_by(
    db: &mut PgConnection,
    account: AccountId,
    offer: OfferId,
) -> sqlx::Result<Option<Submission>> {
    let id = sqlx::query_scalar!(
        "select id from submissions
         where offer_id = $1 and account_id = $2 and kind = 'change' and edits is null and stage = 'draft'",
        offer,
        account
    );
    match id.fetch_optional(&mut *db).await? {
        Some(id) => locked(db, id).await,
        None => Ok(None),
    }
}

/// What this account has begun and neither published nor thrown away, the newest first: its id and title.
pub async fn begun(
    db: impl PgExecutor<'_>,
    account: AccountId,
) -> sqlx::Result<Vec<(SubmissionId, String)>> {
    let rows = sqlx::query!(
        r#"select id, coalesce(answers -> 'title' ->> 0, '') as "title!" from submissions
           where account_id = $1 and stage = 'draft' and edits is null order by changed_at desc limit 20"#,
        account
    );
    let rows = rows.fetch_all(db).await?.into_iter();
    Ok(rows.map(|row| (row.id, row.title)).collect())
}

/// Whose coordinators it belongs to: those of the offer that it changes, or of what waits and is edited by it.
/// None for a new one.
pub async fn boroughs(db: impl PgExecutor<'_>, id: SubmissionId) -> sqlx::Result<Vec<Gss>> {
    let boroughs = sqlx::query_scalar!(
        r#"select coalesce(q.boroughs, o.boroughs, '{}') as "boroughs!: Vec<Gss>"
           from submissions s
           left join desk_submissions q on q.id = s.edits
           left join offers o on o.id = s.offer_id and s.edits is null
           where s.id = $1"#,
        id
    );
    Ok(boroughs.fetch_optional(db).await?.unwrap_or_default())
}

/// What waits says something else by now, by what the coordinators make of it: who has looked at it before must
/// look again. `false` where it does not wait any more. Before the edit itself is written, as by who decides.
pub async fn noticed(
    db: impl PgExecutor<'_>,
    waiting: SubmissionId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let noticed = sqlx::query!(
        "update submissions set version = version + 1, changed_at = $2 where id = $1 and stage = 'waiting'",
        waiting,
        now.to_sqlx() as jiff_sqlx::Timestamp
    );
    Ok(noticed.execute(db).await?.rows_affected() == 1)
}

/// What the coordinators made of this is not wanted any more.
pub async fn throw_away(
    db: impl PgExecutor<'_>,
    sent: SubmissionId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update submissions
         set stage = 'withdrawn', stage_since = $2, version = version + 1, changed_at = $2
         where edits = $1 and stage = 'draft'",
        sent,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether an artist still describes this offer, or the queue has it.
pub async fn is_being_described(db: impl PgExecutor<'_>, offer: OfferId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (
               select from submissions
               where offer_id = $1 and kind = 'offer' and account_id is null
                 and stage in ('draft', 'unconfirmed', 'waiting', 'changes_asked')
           ) as "so!""#,
        offer
    )
    .fetch_one(db)
    .await
}
