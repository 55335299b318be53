//! SQL for changes of what is live already: of an offer, and of a profile, one is in hand at a time.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor, types::Json};

use super::locked;
use crate::{
    offers::OfferId,
    providers::ProviderId,
    submissions::{Submission, SubmissionId},
};

/// The change of this offer that is in hand, locked until the transaction ends.
pub async fn change_of(db: &mut PgConnection, offer: OfferId) -> sqlx::Result<Option<Submission>> {
    let id = sqlx::query_scalar!(
        "select id from submissions
         where offer_id = $1 and kind = 'change' and account_id is null
           and stage in ('draft', 'unconfirmed', 'waiting', 'changes_asked')",
        offer
    );
    match id.fetch_optional(&mut *db).await? {
        Some(id) => locked(db, id).await,
        None => Ok(None),
    }
}

/// The change of this provider's profile that is in hand.
pub async fn profile_in_hand(
    db: &mut PgConnection,
    provider: ProviderId,
) -> sqlx::Result<Option<SubmissionId>> {
    sqlx::query_scalar!(
        "select id from submissions
         where provider_id = $1 and kind = 'profile' and account_id is null
           and stage in ('draft', 'unconfirmed', 'waiting', 'changes_asked')",
        provider
    )
    .fetch_optional(db)
    .await
}

/// A change says what it says now, and is one of this revision.
pub async fn rebase(
    db: impl PgExecutor<'_>,
    change: &Submission,
    revision: u32,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update submissions
         set base_revision = $2, answers = $3, content = $4, version = version + 1, changed_at = $5
         where id = $1 and kind = 'change'",
        change.id,
        i32::try_from(revision).unwrap_or(i32::MAX),
        Json(&change.answers) as _,
        change.content.as_ref().map(Json) as _,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What has ended is changed no more.
pub async fn withdraw_changes(
    db: impl PgExecutor<'_>,
    offer: OfferId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update submissions
         set stage = 'withdrawn', stage_since = $2, version = version + 1, changed_at = $2
         where offer_id = $1 and kind = 'change' and account_id is null
           and stage in ('draft', 'unconfirmed', 'waiting', 'changes_asked')",
        offer,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}
