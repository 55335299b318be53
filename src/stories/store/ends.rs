//! SQL for the end of stories: withdrawn, refused long ago, never sent, or no longer agreed to. Nothing of what
//! they said stays anywhere.
use jiff::{SignedDuration, Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgPool};

use super::{State, Story, StoryId, locked, story};
use crate::{
    limits,
    links::{self, Purpose},
    mail,
    stories::{ASKED_BEFORE, DRAFTS_KEPT, ENDED_KEPT},
};

/// Erases all but its number, its boroughs and the day: its words and names, whoever told it, what was written
/// to them, their links, the letters, and how often they asked. A letter that is being sent at this moment may still
/// arrive.
pub async fn withdraw(db: &mut PgConnection, id: StoryId, now: Timestamp) -> sqlx::Result<()> {
    let Some(story) = locked(&mut *db, id).await?.filter(|one| one.state != State::Withdrawn)
    else {
        return Ok(());
    };
    // Letters first: one that is just taken gets its link in that transaction, and is waited for here.
    mail::store::erase(&mut *db, Purpose::Story, &[id], now).await?;
    links::store::erase(&mut *db, Purpose::Story, &[id]).await?;
    if let Some(email) = &story.email {
        limits::store::erase(&mut *db, &limits::Doer::of(email.as_str())).await?;
    }
    sqlx::query!("delete from story_messages where story_id = $1", id).execute(&mut *db).await?;
    sqlx::query!("delete from story_offers where story_id = $1", id).execute(&mut *db).await?;
    sqlx::query!(
        "update stories set state = 'withdrawn', state_since = $2, version = version + 1, email = null,
             answers = null, kind = null, teller = null, title = null, words = null, name = null, needs = '{}',
             consent_by = null, consent_on = null, consent_kept = null, for_print = null, for_press = null,
             real_name = null, consent_ends = null, asked_again_at = null, slug = null, published_on = null,
             unsent = false
         where id = $1",
        id,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(&mut *db)
    .await?;
    // Of what no coordinator ever saw not even the day stays.
    sqlx::query!("delete from stories where id = $1 and boroughs = '{}'", id).execute(db).await?;
    Ok(())
}

/// Those whose tellers are to be asked whether they still agree; each is named once.
pub async fn to_be_asked(
    db: &mut PgConnection,
    today: Date,
    now: Timestamp,
) -> sqlx::Result<Vec<Story>> {
    let soon = today.saturating_add(jiff::Span::new().days(ASKED_BEFORE));
    let ids = sqlx::query_scalar!(
        "update stories set asked_again_at = $2
         where state = 'published' and email is not null and consent_ends <= $1 and asked_again_at is null
         returning id",
        soon.to_sqlx() as jiff_sqlx::Date,
        now.to_sqlx() as jiff_sqlx::Timestamp
    );
    let mut asked = Vec::new();
    for id in ids.fetch_all(&mut *db).await? {
        asked.extend(story(&mut *db, id).await?);
    }
    Ok(asked)
}

/// Forgets what was begun and never sent, what was sent, refused or left with a question long ago and is not
/// published, and what is no longer agreed to. How many are gone.
pub async fn forget(db: &PgPool, now: Timestamp) -> sqlx::Result<usize> {
    let before = |kept: SignedDuration| (now - kept).to_sqlx();
    let ended = crate::calendar::civil_now(now - ENDED_KEPT).date();
    let mut tx = db.begin().await?;
    let ids = sqlx::query_scalar!(
        "select id from stories
         where (state = 'draft' and changed_at < $1)
            or (state in ('waiting', 'refused', 'changes_asked') and state_since < $2)
            or (state = 'published' and consent_ends < $3)
         for update",
        before(DRAFTS_KEPT) as jiff_sqlx::Timestamp,
        before(ENDED_KEPT) as jiff_sqlx::Timestamp,
        ended.to_sqlx() as jiff_sqlx::Date
    );
    let ids = ids.fetch_all(&mut *tx).await?;
    for id in &ids {
        withdraw(&mut tx, *id, now).await?;
    }
    tx.commit().await?;
    Ok(ids.len())
}
