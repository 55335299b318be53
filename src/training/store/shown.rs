//! SQL for showing that one took part.
use jiff::Timestamp;
use jiff_sqlx::{Timestamp as Stored, ToSqlx};
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::{
    accounts::{AccountId, Scope},
    database::store::read,
    places::Gss,
    providers,
    text::{Email, Slug},
    training::{
        BookingId, CohortId,
        shown::{Answer, Asked, Kept, Own, ShownId, ShownOn, State, TookPart},
    },
};

/// The providers whom this person looks after and their entry as a link worker, while it is listed, by name; with what
/// became of showing this cohort there.
pub async fn own(
    db: impl PgExecutor<'_>,
    email: &Email,
    cohort: CohortId,
) -> sqlx::Result<Vec<Own>> {
    let rows = sqlx::query!(
        r#"select s.kind as "kind!", s.id as "id!", s.name as "name!", t.state as "state?"
           from training_showers s
           left join training_shown t on t.cohort_id = $2 and coalesce(t.provider_id, t.link_worker) = s.id
           where s.email = $1 order by s.kind desc, lower(s.name), s.id"#,
        email.as_str(),
        cohort
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
        let state = |code: String| read(State::parse(&code).ok_or("an unknown state"));
        Ok(Own {
            on: shown_on(&row.kind, row.id)?,
            name: row.name,
            state: row.state.map(state).transpose()?,
        })
    });
    rows.collect()
}

/// Whether this person may say what stands there; it stays so until the transaction ends.
pub async fn owns(db: impl PgExecutor<'_>, on: ShownOn, email: &Email) -> sqlx::Result<bool> {
    let link_worker = match on {
        ShownOn::Provider(id) => return providers::store::owns(db, id, email).await,
        ShownOn::LinkWorker(id) => id,
    };
    let found = sqlx::query_scalar!(
        r#"select 1 as "one!" from link_workers where id = $1 and email = $2 and state = 'listed' for key share"#,
        link_worker,
        email.as_str()
    );
    Ok(found.fetch_optional(db).await?.is_some())
}

/// Where letters about a link worker's entry go; it is not erased before the transaction ends.
pub async fn address_of(db: impl PgExecutor<'_>, link_worker: Uuid) -> sqlx::Result<Option<Email>> {
    let email = sqlx::query_scalar!(
        "select email from link_workers where id = $1 for key share",
        link_worker
    );
    email.fetch_optional(db).await?.map(|email| read(Email::try_from(email))).transpose()
}

/// Once for each cohort and page: who asks again changes nothing.
pub async fn ask(
    db: impl PgExecutor<'_>,
    (booking, cohort): (BookingId, CohortId),
    on: ShownOn,
    now: Timestamp,
) -> sqlx::Result<()> {
    let (provider, link_worker) = match on {
        ShownOn::Provider(id) => (Some(id), None),
        ShownOn::LinkWorker(id) => (None, Some(id)),
    };
    sqlx::query!(
        "insert into training_shown (id, booking_id, cohort_id, provider_id, link_worker, state, asked_at)
         values ($1, $2, $3, $4, $5, 'asked', $6) on conflict do nothing",
        Uuid::now_v7(),
        booking,
        cohort,
        provider,
        link_worker,
        now.to_sqlx() as Stored
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was refused stays, so that it is not asked for again and again.
pub async fn remove(db: impl PgExecutor<'_>, cohort: CohortId, on: ShownOn) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from training_shown
         where cohort_id = $1 and coalesce(provider_id, link_worker) = $2 and state <> 'refused'",
        cohort,
        on.id()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes one off this page, or back before it is there; of which cohort it was.
pub async fn take_off(
    db: impl PgExecutor<'_>,
    on: ShownOn,
    id: ShownId,
) -> sqlx::Result<Option<CohortId>> {
    let gone = sqlx::query_scalar!(
        "delete from training_shown
         where id = $1 and coalesce(provider_id, link_worker) = $2 and state <> 'refused' returning cohort_id",
        id,
        on.id()
    );
    gone.fetch_optional(db).await
}

/// What stands so within a scope, or one of that, the oldest first. What a link worker asks waits until they are listed.
pub async fn within(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    state: State,
    id: Option<ShownId>,
) -> sqlx::Result<Vec<Asked>> {
    let within = scope.codes();
    let rows = sqlx::query!(
        r#"select t.id, t.booking_id, t.cohort_id, c.title, coalesce(p.id, l.id) as "on!", b.name,
                  case when p.id is null then 'link-worker' else 'provider' end as "kind!",
                  coalesce(p.name, case when l.state = 'listed' then l.said ->> 'name' end, '') as "shown_name!",
                  t.asked_at as "asked: Stored",
                  array(select borough from cohort_boroughs b where b.cohort_id = c.id order by borough)
                      as "boroughs!: Vec<Gss>"
           from training_shown t join cohorts c on c.id = t.cohort_id left join bookings b on b.id = t.booking_id
           left join providers p on p.id = t.provider_id left join link_workers l on l.id = t.link_worker
           where t.state = $3 and ($2::uuid is null or t.id = $2)
             and (t.state <> 'asked' or p.id is not null or l.state = 'listed')
             and ($1::text[] is null or exists (
                 select from cohort_boroughs b where b.cohort_id = c.id and b.borough = any($1)))
           order by t.asked_at, t.id"#,
        within.as_deref(),
        id,
        state.code()
    );
    let rows = rows.fetch_all(db).await?.into_iter();
    let rows = rows.map(|row| {
        Ok(Asked {
            id: row.id,
            booking: row.booking_id,
            cohort: (row.cohort_id, row.title),
            boroughs: row.boroughs,
            on: shown_on(&row.kind, row.on)?,
            name: row.shown_name,
            person: row.name,
            asked: row.asked.to_jiff(),
        })
    });
    rows.collect()
}

/// How many wait to be checked.
pub async fn waiting(db: impl PgExecutor<'_>, scope: &Scope) -> sqlx::Result<usize> {
    let within = scope.codes();
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from training_shown t
           where t.state = 'asked'
             and (t.provider_id is not null
                  or exists (select from link_workers l where l.id = t.link_worker and l.state = 'listed'))
             and ($1::text[] is null or exists (
                 select from cohort_boroughs b where b.cohort_id = t.cohort_id and b.borough = any($1)))"#,
        within.as_deref()
    );
    read(usize::try_from(count.fetch_one(db).await?))
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

/// What these pages say or are to say, whoever asked, the newest training first.
pub async fn kept(db: impl PgExecutor<'_>, on: &[Uuid]) -> sqlx::Result<Vec<Kept>> {
    let rows = sqlx::query!(
        r#"select t.id, t.state, coalesce(t.provider_id, t.link_worker) as "on!",
                  case when t.provider_id is null then 'link-worker' else 'provider' end as "kind!",
                  p.name as programme, c.slug, c.title,
                  extract(year from min(s.starts_at) at time zone 'Europe/London')::smallint as "year!"
           from training_shown t join cohorts c on c.id = t.cohort_id
           join training_programmes p on p.id = c.programme_id
           join cohort_sessions s on s.cohort_id = c.id
           where coalesce(t.provider_id, t.link_worker) = any($1) and t.state <> 'refused'
           group by t.id, c.id, p.id order by min(s.starts_at) desc, t.id"#,
        on
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
        let what = TookPart {
            programme: row.programme,
            slug: read(Slug::try_from(row.slug))?,
            title: row.title,
            year: row.year,
        };
        let state = read(State::parse(&row.state).ok_or("an unknown state"))?;
        Ok(Kept { id: row.id, on: shown_on(&row.kind, row.on)?, state, what })
    });
    rows.collect()
}

/// What everybody reads on these pages.
pub async fn checked(db: impl PgExecutor<'_>, on: &[Uuid]) -> sqlx::Result<Vec<Kept>> {
    let kept = kept(db, on).await?.into_iter();
    Ok(kept.filter(|one| one.state == State::Checked).collect())
}

fn shown_on(kind: &str, id: Uuid) -> sqlx::Result<ShownOn> {
    read(ShownOn::new(kind, id).ok_or("an unknown kind of page"))
}
