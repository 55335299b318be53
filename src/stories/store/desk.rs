//! SQL for stories at the desk and with providers. Each list is asked for its scope: what is out of it is never read.
use jiff::{Timestamp, civil::Date};
use sqlx::{PgConnection, PgExecutor};

use super::State;
use crate::{
    accounts::Scope,
    database::store::read,
    offers::OfferId,
    paging::{PER_PAGE, PageNumber},
    places::Gss,
    stories::StoryId,
};

/// One line of the list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: StoryId,
    /// `None` once it is withdrawn.
    pub title: Option<String>,
    pub state: State,
    pub since: Timestamp,
    pub boroughs: Vec<Gss>,
    /// The first day on which it is shown no more.
    pub ends: Option<Date>,
}

/// What somebody wants to see of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    pub state: Option<State>,
    pub borough: Option<Gss>,
}

/// One page of them, what waits first and then the newest, and how many there are. Nobody else sees what was
/// only begun.
pub async fn page(
    db: &mut PgConnection,
    scope: &Scope,
    wanted: Wanted,
    page: PageNumber,
) -> sqlx::Result<(Vec<Listed>, usize)> {
    let within = scope.codes();
    let (state, borough) =
        (wanted.state.map(State::code), wanted.borough.map(|gss| gss.to_string()));
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from stories
           where state <> 'draft' and ($1::text[] is null or boroughs && $1)
             and ($2::text is null or state = $2) and ($3::text is null or $3 = any(boroughs))"#,
        within.as_deref(),
        state,
        borough
    );
    let count = count.fetch_one(&mut *db).await?;
    let rows = sqlx::query!(
        r#"select id, title, state, state_since as "since: jiff_sqlx::Timestamp", boroughs as "boroughs: Vec<Gss>",
                  consent_ends as "ends: jiff_sqlx::Date"
           from stories
           where state <> 'draft' and ($1::text[] is null or boroughs && $1)
             and ($2::text is null or state = $2) and ($3::text is null or $3 = any(boroughs))
           order by (state = 'waiting') desc, case when state = 'waiting' then state_since end, state_since desc, id
           limit $4 offset $5"#,
        within.as_deref(),
        state,
        borough,
        i64::try_from(PER_PAGE).unwrap_or(i64::MAX),
        i64::try_from(page.offset()).unwrap_or(i64::MAX)
    );
    let listed = rows.fetch_all(db).await?.into_iter().map(|row| {
        Ok(Listed {
            id: row.id,
            title: row.title,
            state: read(State::parse(&row.state).ok_or("an unknown state"))?,
            since: row.since.to_jiff(),
            boroughs: row.boroughs,
            ends: row.ends.map(jiff_sqlx::Date::to_jiff),
        })
    });
    Ok((listed.collect::<sqlx::Result<_>>()?, usize::try_from(count).unwrap_or(0)))
}

/// How many wait.
pub async fn waiting(db: impl PgExecutor<'_>, scope: &Scope) -> sqlx::Result<i64> {
    let within = scope.codes();
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from stories
           where state = 'waiting' and ($1::text[] is null or boroughs && $1)"#,
        within.as_deref()
    )
    .fetch_one(db)
    .await
}

/// What the offers that a story names are called in addresses, in its order, however they stand.
pub async fn offer_slugs(db: impl PgExecutor<'_>, story: StoryId) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select o.slug as "slug!" from story_offers t join offers o on o.id = t.offer_id
           where t.story_id = $1 and o.slug is not null order by t.place"#,
        story
    )
    .fetch_all(db)
    .await
}

/// What has been published of one offer, for those who look after it.
pub async fn of_offer(
    db: impl PgExecutor<'_>,
    offer: OfferId,
) -> sqlx::Result<Vec<(StoryId, String)>> {
    let rows = sqlx::query!(
        r#"select s.id, s.title as "title!" from stories s join story_offers t on t.story_id = s.id
           where t.offer_id = $1 and s.state = 'published' order by s.published_on desc, s.id"#,
        offer
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(|row| (row.id, row.title)).collect())
}
