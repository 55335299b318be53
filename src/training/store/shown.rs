//! SQL for showing that one took part.
use jiff::Timestamp;
use jiff_sqlx::{Timestamp as Stored, ToSqlx};
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::{
    accounts::{AccountId, Scope},
    database::store::read,
    places::Gss,
    providers::ProviderId,
    text::{Email, Slug},
    training::{
        BookingId, CohortId,
        shown::{Answer, Asked, Kept, Own, ShownId, State, TookPart},
    },
};

/// The providers whom this person looks after, by name, with what became of showing this cohort there.
pub async fn own(
    db: impl PgExecutor<'_>,
    email: &Email,
    cohort: CohortId,
) -> sqlx::Result<Vec<Own>> {
    let rows = sqlx::query!(
        r#"select p.id, p.name, p.slug, t.state as "state?"
           from provider_owners o join providers p on p.id = o.provider_id
           left join training_shown t on t.provider_id = p.id and t.cohort_id = $2
           where o.email = $1 order by lower(p.name), p.id"#,
        email.as_str(),
        cohort
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
        let state = |code: String| read(State::parse(&code).ok_or("an unknown state"));
        Ok(Own {
            provider: row.id,
            name: row.name,
            slug: read(Slug::try_from(row.slug))?,
            state: row.state.map(state).transpose()?,
        })
    });
    rows.collect()
}

/// Once for each cohort and provider: who asks again changes nothing.
pub async fn ask(
    db: impl PgExecutor<'_>,
    (booking, cohort): (BookingId, CohortId),
    provider: ProviderId,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into training_shown (id, booking_id, cohort_id, provider_id, state, asked_at)
         values ($1, $2, $3, $4, 'asked', $5) on conflict do nothing",
        Uuid::now_v7(),
        booking,
        cohort,
        provider,
        now.to_sqlx() as Stored
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was refused stays, so that it is not asked for again and again.
pub async fn remove(
    db: impl PgExecutor<'_>,
    cohort: CohortId,
    provider: ProviderId,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from training_shown where cohort_id = $1 and provider_id = $2 and state <> 'refused'",
        cohort,
        provider
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes one off the page of this provider, or back before it is there; of which cohort it was.
pub async fn take_off(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    id: ShownId,
) -> sqlx::Result<Option<CohortId>> {
    let gone = sqlx::query_scalar!(
        "delete from training_shown where id = $1 and provider_id = $2 and state <> 'refused'
         returning cohort_id",
        id,
        provider
    );
    gone.fetch_optional(db).await
}

/// What the page of a provider says or is to say, whoever asked, the oldest first.
pub async fn kept(db: impl PgExecutor<'_>, provider: ProviderId) -> sqlx::Result<Vec<Kept>> {
    let rows = sqlx::query!(
        "select t.id, c.title, t.state from training_shown t join cohorts c on c.id = t.cohort_id
         where t.provider_id = $1 and t.state <> 'refused' order by t.asked_at, t.id",
        provider
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
        let state = read(State::parse(&row.state).ok_or("an unknown state"))?;
        Ok(Kept { id: row.id, title: row.title, state })
    });
    rows.collect()
}

/// What stands so within a scope, or one of that, the oldest first.
pub async fn within(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    state: State,
    id: Option<ShownId>,
) -> sqlx::Result<Vec<Asked>> {
    let within = scope.codes();
    let rows = sqlx::query!(
        r#"select t.id, t.booking_id, t.cohort_id, c.title, p.id as provider, p.name as provider_name, b.name,
                  t.asked_at as "asked: Stored",
                  array(select borough from cohort_boroughs b where b.cohort_id = c.id order by borough)
                      as "boroughs!: Vec<Gss>"
           from training_shown t join cohorts c on c.id = t.cohort_id join bookings b on b.id = t.booking_id
           join providers p on p.id = t.provider_id
           where t.state = $3 and ($2::uuid is null or t.id = $2)
             and ($1::text[] is null or exists (
                 select from cohort_boroughs b where b.cohort_id = c.id and b.borough = any($1)))
           order by t.asked_at, t.id"#,
        within.as_deref(),
        id,
        state.code()
    );
    let rows = rows.fetch_all(db).await?.into_iter();
    Ok(rows
        .map(|row| Asked {
            id: row.id,
            booking: row.booking_id,
            cohort: (row.cohort_id, row.title),
            boroughs: row.boroughs,
            provider: (row.provider, row.provider_name),
            person: row.name,
            asked: row.asked.to_jiff(),
        })
        .collect())
}

/// Whether it still stood as what this answers.
pub async fn settle(
    db: impl PgExecutor<'_>,
    id: ShownId,
    answer: Answer,
    by: Option<AccountId>,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let settled = sqlx::query!(
        "update training_shown set state = $2, settled_at = $3, settled_by = $4
         where id = $1 and state = $5",
        id,
        answer.leads_to().code(),
        now.to_sqlx() as Stored,
        by,
        answer.answers().code()
    );
    Ok(settled.execute(db).await?.rows_affected() == 1)
}

/// What a provider took part in, the newest first.
pub async fn of_provider(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
) -> sqlx::Result<Vec<TookPart>> {
    let rows = sqlx::query!(
        r#"select p.name as programme, c.slug, c.title,
                  extract(year from min(s.starts_at) at time zone 'Europe/London')::smallint as "year!"
           from training_shown t join cohorts c on c.id = t.cohort_id
           join training_programmes p on p.id = c.programme_id
           join cohort_sessions s on s.cohort_id = c.id
           where t.provider_id = $1 and t.state = 'checked'
           group by c.id, p.id order by min(s.starts_at) desc"#,
        provider
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
        Ok(TookPart {
            programme: row.programme,
            slug: read(Slug::try_from(row.slug))?,
            title: row.title,
            year: row.year,
        })
    });
    rows.collect()
}
