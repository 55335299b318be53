//! SQL for link workers: each a row, held while it changes, and erased with all that hangs on it.
pub mod desk;
mod listed;
pub mod year;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

pub use listed::{Within, counts, listed, listed_in, photograph};

use super::{
    Agreed, AnyState, Details, Known, LinkWorker, LinkWorkerId, Listed, Off, OffWhy, Proposed,
};
use crate::{
    database::store::read,
    limits,
    links::{self, Purpose},
    mail,
    pictures::PictureId,
    places::{Gss, Places},
    text::{Email, Line},
};

/// Somebody asked for a form: so far only an address.
pub async fn begin(
    db: impl PgExecutor<'_>,
    id: LinkWorkerId,
    email: &Email,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into link_workers (id, email, state, made_at) values ($1, $2, 'begun', $3)
         on conflict (email) do nothing",
        id,
        email.as_str(),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An entry that others wrote. `false` where the address is known.
pub async fn propose(
    db: &mut PgConnection,
    one: &LinkWorker<Proposed>,
    boroughs: &[Gss],
) -> sqlx::Result<bool> {
    let known = &one.known;
    let made = sqlx::query!(
        "insert into link_workers (id, email, state, said, boroughs, proposed_by, made_at)
         values ($1, $2, 'proposed', $3, $4, $5, $6)
         on conflict (email) do nothing",
        known.id,
        known.email.as_str(),
        json(&one.details)?,
        boroughs as &[Gss],
        known.proposed_by.as_ref().map(Line::as_str),
        known.made.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(&mut *db)
    .await?;
    if made.rows_affected() == 0 {
        return Ok(false);
    }
    serve(db, known.id, &one.details).await?;
    Ok(true)
}

/// An invented person of the sample, who agrees and is checked without a letter.
pub async fn list_invented(
    db: &mut PgConnection,
    email: Email,
    details: Details,
    places: &Places,
    now: Timestamp,
) -> sqlx::Result<()> {
    let boroughs = details.all_boroughs(places);
    let known = Known::new(email, boroughs.clone(), None, now);
    let one = LinkWorker { known, details, state: Proposed };
    propose(&mut *db, &one, &boroughs).await?;
    keep(db, &AnyState::Listed(one.agree(now).check(now)), &boroughs).await
}

/// As it stands now.
pub async fn found(db: impl PgExecutor<'_>, id: LinkWorkerId) -> sqlx::Result<Option<AnyState>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id, email, state, version, said, draft, boroughs as "boroughs: Vec<Gss>", proposed_by,
                  made_at as "made_at: jiff_sqlx::Timestamp", agreed_at as "agreed_at: jiff_sqlx::Timestamp",
                  checked_at as "checked_at: jiff_sqlx::Timestamp", off_at as "off_at: jiff_sqlx::Timestamp",
                  off_why, asked_at as "asked_at: jiff_sqlx::Timestamp"
           from link_workers where id = $1"#,
        id
    );
    row.fetch_optional(db).await?.map(Row::any_state).transpose()
}

/// The same until the transaction ends: nobody else changes it meanwhile.
pub async fn held(db: &mut PgConnection, id: LinkWorkerId) -> sqlx::Result<Option<AnyState>> {
    sqlx::query!("select id from link_workers where id = $1 for update", id)
        .fetch_optional(&mut *db)
        .await?;
    found(db, id).await
}

/// Whose letters go to this address.
pub async fn of_email(
    db: impl PgExecutor<'_>,
    email: &Email,
) -> sqlx::Result<Option<LinkWorkerId>> {
    sqlx::query_scalar!("select id from link_workers where email = $1", email.as_str())
        .fetch_optional(db)
        .await
}

/// Writes how it stands after a step, and makes it another version. A new agreement begins a new year.
pub async fn keep(db: &mut PgConnection, one: &AnyState, boroughs: &[Gss]) -> sqlx::Result<()> {
    let (agreed, checked, off) = match one {
        AnyState::Begun(_) | AnyState::Proposed(_) => (None, None, None),
        AnyState::Agreed(one) => (Some(one.state.at), None, None),
        AnyState::Listed(one) => (Some(one.state.agreed), Some(one.state.checked), None),
        AnyState::Off(one) => {
            (Some(one.state.agreed), one.state.checked, Some((one.state.since, one.state.why)))
        }
    };
    let known = one.known();
    sqlx::query!(
        "update link_workers
         set state = $2, said = $3, draft = $4, boroughs = $5, checked_at = $7, off_at = $8, off_why = $9,
             version = version + 1, agreed_at = $6,
             reminders = case when agreed_at is not distinct from $6 then reminders else 0 end
         where id = $1",
        known.id,
        one.status().code(),
        one.details().map(json).transpose()?,
        known.draft.as_ref().map(json).transpose()?,
        boroughs as &[Gss],
        agreed.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Timestamp>,
        checked.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Timestamp>,
        off.map(|(at, _)| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        off.map(|(_, why)| why.code())
    )
    .execute(&mut *db)
    .await?;
    if let Some(details) = one.details() {
        serve(db, known.id, details).await?;
    }
    Ok(())
}

/// They were asked again, just now.
pub async fn asked(db: impl PgExecutor<'_>, id: LinkWorkerId, now: Timestamp) -> sqlx::Result<()> {
    let now = now.to_sqlx();
    sqlx::query!(
        "update link_workers set asked_at = $2 where id = $1",
        id,
        now as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A professional asks how to reach somebody who is listed. `false` where nobody is.
pub async fn ask(
    db: impl PgExecutor<'_>,
    asking: Uuid,
    of: LinkWorkerId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let made = sqlx::query!(
        "insert into link_worker_askings (id, link_worker_id, made_at)
         select $1, id, $3 from link_workers where id = $2 and state = 'listed'",
        asking,
        of,
        now.to_sqlx() as jiff_sqlx::Timestamp
    );
    Ok(made.execute(db).await?.rows_affected() == 1)
}

/// Whom an asking is about, and when it was made.
pub async fn asked_about(
    db: impl PgExecutor<'_>,
    asking: Uuid,
) -> sqlx::Result<Option<(LinkWorkerId, Timestamp)>> {
    let row = sqlx::query!(
        r#"select link_worker_id, made_at as "made_at: jiff_sqlx::Timestamp"
           from link_worker_askings where id = $1"#,
        asking
    );
    Ok(row.fetch_optional(db).await?.map(|row| (row.link_worker_id, row.made_at.to_jiff())))
}

/// Everything about somebody, wherever it is kept, but their pictures: those are the caller's, by id. Nothing of it
/// is left when the transaction is committed.
pub async fn erase(db: &mut PgConnection, known: &Known, now: Timestamp) -> sqlx::Result<()> {
    let mut subjects = sqlx::query_scalar!(
        "select id from link_worker_askings where link_worker_id = $1",
        known.id
    )
    .fetch_all(&mut *db)
    .await?;
    subjects.push(known.id);
    // Letters first: one that is just taken gets its link in that transaction, and is waited for here.
    mail::store::erase(&mut *db, Purpose::LinkWorker, &subjects, now).await?;
    links::store::erase(&mut *db, Purpose::LinkWorker, &subjects).await?;
    limits::store::erase(&mut *db, &limits::Doer::of(known.email.as_str())).await?;
    sqlx::query!("delete from link_workers where id = $1", known.id).execute(db).await?;
    Ok(())
}

/// Whether this address withdrew, or never answered, in the last two years.
pub async fn is_refused(db: &mut PgConnection, email: &Email) -> sqlx::Result<bool> {
    let mark = mark(&mut *db, email).await?;
    let known = sqlx::query_scalar!(
        r#"select exists (select from link_worker_refusals where mark = $1) as "is!""#,
        &mark[..]
    );
    known.fetch_one(db).await
}

/// Remembers that this address is not to be proposed again.
pub async fn refuse(db: &mut PgConnection, email: &Email, now: Timestamp) -> sqlx::Result<()> {
    let mark = mark(&mut *db, email).await?;
    sqlx::query!(
        "insert into link_worker_refusals (mark, at) values ($1, $2)
         on conflict (mark) do update set at = excluded.at",
        &mark[..],
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// They joined by themselves: it is forgotten that they once did not want to.
pub async fn welcome(db: &mut PgConnection, email: &Email) -> sqlx::Result<()> {
    let mark = mark(&mut *db, email).await?;
    sqlx::query!("delete from link_worker_refusals where mark = $1", &mark[..]).execute(db).await?;
    Ok(())
}

/// The photographs that an entry names, agreed or not.
pub fn photographs(one: &AnyState) -> Vec<PictureId> {
    let named = [one.details(), one.known().draft.as_ref()];
    named.into_iter().flatten().filter_map(|said| said.photograph).collect()
}

async fn mark(db: &mut PgConnection, email: &Email) -> sqlx::Result<[u8; 32]> {
    let key = limits::store::key(db, "link_workers").await?;
    Ok(key.sign(&[email.as_str()]))
}

/// Whom they serve, beside what they say, so that both are found and neither names what there is not.
async fn serve(db: &mut PgConnection, id: LinkWorkerId, said: &Details) -> sqlx::Result<()> {
    sqlx::query!(
        "with gone as (
             delete from link_worker_networks where link_worker_id = $1 and network <> all($2)
         )
         insert into link_worker_networks (link_worker_id, network) select $1, unnest($2::text[])
         on conflict do nothing",
        id,
        &said.networks
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "with gone as (
             delete from link_worker_practices where link_worker_id = $1 and practice <> all($2)
         )
         insert into link_worker_practices (link_worker_id, practice) select $1, unnest($2::text[])
         on conflict do nothing",
        id,
        &said.practices
    )
    .execute(db)
    .await?;
    Ok(())
}

fn json(details: &Details) -> sqlx::Result<Value> {
    serde_json::to_value(details).map_err(|cause| sqlx::Error::Encode(cause.into()))
}

fn details(kept: Value) -> sqlx::Result<Details> {
    read(serde_json::from_value(kept))
}

struct Row {
    id: LinkWorkerId,
    email: String,
    state: String,
    version: i32,
    said: Option<Value>,
    draft: Option<Value>,
    boroughs: Vec<Gss>,
    proposed_by: Option<String>,
    made_at: jiff_sqlx::Timestamp,
    agreed_at: Option<jiff_sqlx::Timestamp>,
    checked_at: Option<jiff_sqlx::Timestamp>,
    off_at: Option<jiff_sqlx::Timestamp>,
    off_why: Option<String>,
    asked_at: Option<jiff_sqlx::Timestamp>,
}

impl Row {
    fn any_state(self) -> sqlx::Result<AnyState> {
        let at = |at: Option<jiff_sqlx::Timestamp>| at.map(jiff_sqlx::Timestamp::to_jiff);
        let (agreed, checked, off) = (at(self.agreed_at), at(self.checked_at), at(self.off_at));
        let known = Known {
            id: self.id,
            email: read(Email::try_from(self.email))?,
            version: read(u32::try_from(self.version))?,
            draft: self.draft.map(details).transpose()?,
            boroughs: self.boroughs,
            proposed_by: self.proposed_by.map(|by| read(Line::try_from(by))).transpose()?,
            made: self.made_at.to_jiff(),
            asked: at(self.asked_at),
        };
        let missing = || read(Err::<Timestamp, _>("a state without its moment"));
        let Some(said) = self.said else { return Ok(AnyState::Begun(known)) };
        let said = details(said)?;
        let agreed_at = || agreed.map_or_else(missing, Ok);
        Ok(match self.state.as_str() {
            "proposed" => AnyState::Proposed(LinkWorker { known, details: said, state: Proposed }),
            "agreed" => {
                let state = Agreed { at: agreed_at()? };
                AnyState::Agreed(LinkWorker { known, details: said, state })
            }
            "listed" => {
                let checked = checked.map_or_else(missing, Ok)?;
                let state = Listed { agreed: agreed_at()?, checked };
                AnyState::Listed(LinkWorker { known, details: said, state })
            }
            _ => {
                let why = self.off_why.as_deref().and_then(OffWhy::parse);
                let why = read(why.ok_or("an unknown state"))?;
                let since = off.map_or_else(missing, Ok)?;
                let state = Off { agreed: agreed_at()?, checked, since, why };
                AnyState::Off(LinkWorker { known, details: said, state })
            }
        })
    }
}
