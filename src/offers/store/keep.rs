//! Offers written down: a first time, and step by step after that.
use futures_util::{Stream, StreamExt};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

use super::{
    columns::{Origin, Parts, offer_row},
    read::{invalid, line, optional_line, parsed},
};
use crate::{
    offers::{AnyState, Confirmation, Content, Offer, OfferId, State, Status},
    text::{Line, Slug},
};

/// Who changed an offer, and why.
#[derive(Clone, Debug)]
pub struct Author {
    /// "import", "the Southwark coordinator".
    pub by: Line<100>,
    pub why: Option<Line<500>>,
}

/// How an offer is told from another.
#[derive(Clone, Debug)]
pub enum Key {
    Slug(Slug),
    Origin(Origin),
}

/// An offer as it stands, whatever its state, and where it came from.
#[derive(Clone, Debug)]
pub struct Kept {
    pub offer: Offer<AnyState>,
    pub origin: Option<Origin>,
}

/// Locks it until the transaction ends.
pub async fn found(db: impl PgExecutor<'_>, key: &Key) -> sqlx::Result<Option<Kept>> {
    let (slug, source, foreign_id) = match key {
        Key::Slug(slug) => (Some(slug.as_str()), None, None),
        Key::Origin(from) => (None, Some(from.source.as_str()), Some(from.id.as_str())),
    };
    let row = sqlx::query_as!(
        KeptRow,
        r#"select o.id, o.slug, o.source, o.foreign_id, o.state, o.archived_because, o.revision,
                  o.state_since as "state_since: jiff_sqlx::Timestamp",
                  o.first_published as "first_published: jiff_sqlx::Timestamp",
                  o.confirmed_at as "confirmed_at: jiff_sqlx::Timestamp", o.confirmed_by, o.confirmed_how,
                  o.confirm_every, r.content as "content: sqlx::types::Json<Content>"
           from offers o
           join offer_revisions r on r.offer_id = o.id and r.number = o.revision
           where o.slug = $1 or (o.source = $2 and o.foreign_id = $3)
           for update of o"#,
        slug,
        source,
        foreign_id
    )
    .fetch_optional(db)
    .await?;
    row.map(KeptRow::kept).transpose()
}

/// What it said in one of its revisions.
pub async fn revision(
    db: impl PgExecutor<'_>,
    id: OfferId,
    number: u32,
) -> sqlx::Result<Option<Content>> {
    let content = sqlx::query_scalar!(
        r#"select content as "content: sqlx::types::Json<Content>"
           from offer_revisions where offer_id = $1 and number = $2"#,
        id,
        i32::try_from(number).unwrap_or(i32::MAX)
    );
    Ok(content.fetch_optional(db).await?.map(|content| content.0))
}

/// Those of these that there are, as they stand; locks nothing.
pub async fn these(db: impl PgExecutor<'_>, ids: &[OfferId]) -> sqlx::Result<Vec<Kept>> {
    let rows = sqlx::query_as!(
        KeptRow,
        r#"select o.id, o.slug, o.source, o.foreign_id, o.state, o.archived_because, o.revision,
                  o.state_since as "state_since: jiff_sqlx::Timestamp",
                  o.first_published as "first_published: jiff_sqlx::Timestamp",
                  o.confirmed_at as "confirmed_at: jiff_sqlx::Timestamp", o.confirmed_by, o.confirmed_how,
                  o.confirm_every, r.content as "content: sqlx::types::Json<Content>"
           from offers o
           join offer_revisions r on r.offer_id = o.id and r.number = o.revision
           where o.id = any($1)"#,
        ids
    );
    rows.fetch_all(db).await?.into_iter().map(KeptRow::kept).collect()
}

/// All of them, or those that one of these boroughs looks after, by slug.
pub fn every<'a>(
    db: &'a mut PgConnection,
    within: Option<&[String]>,
) -> impl Stream<Item = sqlx::Result<Kept>> + Send + use<'a> {
    let rows = sqlx::query_as!(
        KeptRow,
        r#"select o.id, o.slug, o.source, o.foreign_id, o.state, o.archived_because, o.revision,
                  o.state_since as "state_since: jiff_sqlx::Timestamp",
                  o.first_published as "first_published: jiff_sqlx::Timestamp",
                  o.confirmed_at as "confirmed_at: jiff_sqlx::Timestamp", o.confirmed_by, o.confirmed_how,
                  o.confirm_every, r.content as "content: sqlx::types::Json<Content>"
           from offers o
           join offer_revisions r on r.offer_id = o.id and r.number = o.revision
           where $1::text[] is null or o.boroughs && $1
           order by o.slug"#,
        within
    );
    rows.fetch(db).map(|row| row?.kept())
}

struct KeptRow {
    id: OfferId,
    slug: String,
    source: Option<String>,
    foreign_id: Option<String>,
    state: String,
    archived_because: Option<String>,
    revision: i32,
    state_since: jiff_sqlx::Timestamp,
    first_published: Option<jiff_sqlx::Timestamp>,
    confirmed_at: Option<jiff_sqlx::Timestamp>,
    confirmed_by: Option<String>,
    confirmed_how: Option<String>,
    confirm_every: i16,
    content: sqlx::types::Json<Content>,
}

impl KeptRow {
    fn kept(self) -> sqlx::Result<Kept> {
        let status = Status::parse(&self.state).ok_or_else(|| invalid(&self.state))?;
        let state = AnyState::new(status, optional_line(self.archived_because)?);
        Ok(Kept {
            offer: Offer {
                id: self.id,
                slug: parsed(self.slug)?,
                revision: self.revision.unsigned_abs(),
                content: self.content.0,
                confirmed: match (self.confirmed_at, self.confirmed_by, self.confirmed_how) {
                    (Some(at), Some(by), Some(how)) => {
                        Some(Confirmation { at: at.to_jiff(), by: line(by)?, how: line(how)? })
                    }
                    _ => None,
                },
                confirm_every: u8::try_from(self.confirm_every).unwrap_or(3),
                first_published: self.first_published.map(jiff_sqlx::Timestamp::to_jiff),
                since: self.state_since.to_jiff(),
                state: state.ok_or_else(|| invalid("a state and its reason"))?,
            },
            origin: match (self.source, self.foreign_id) {
                (Some(source), Some(id)) => Some(Origin { source: line(source)?, id: line(id)? }),
                _ => None,
            },
        })
    }
}

/// A new offer with the first line of its history. Inside a transaction of the caller's.
pub async fn insert<S: State>(
    db: &mut PgConnection,
    offer: &Offer<S>,
    origin: Option<&Origin>,
    author: &Author,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into offers select row.* from jsonb_populate_record(null::offers, $1) row",
        offer_row(offer, origin)
    )
    .execute(&mut *db)
    .await?;
    write_parts(db, offer).await?;
    write_history(db, offer, author, now).await
}

/// The same of an offer that this transaction has locked, so that nobody can have come in between.
pub async fn save_locked<S: State>(
    db: &mut PgConnection,
    from: (Status, u32),
    offer: &Offer<S>,
    author: &Author,
    now: Timestamp,
) -> sqlx::Result<()> {
    let saved = save(db, from, offer, author, now).await?;
    saved.ok_or_else(|| sqlx::Error::Protocol("an offer that changed while it was locked".into()))
}

/// What an offer says and its state, one revision further, with the line of its history: one transaction
/// of the caller's. `None` where it is not any more in the state and revision it is said to come from.
pub async fn save<S: State>(
    db: &mut PgConnection,
    from: (Status, u32),
    offer: &Offer<S>,
    author: &Author,
    now: Timestamp,
) -> sqlx::Result<Option<()>> {
    let (status, revision) = from;
    let saved = sqlx::query!(
        "update offers o set
            state = n.state, state_since = n.state_since, archived_because = n.archived_because,
            first_published = n.first_published, revision = n.revision,
            title = n.title, summary = n.summary, provider = n.provider, activities = n.activities,
            needs = n.needs, kind = n.kind, therapist = n.therapist, description = n.description,
            first_visit = n.first_visit, bring = n.bring, afterwards = n.afterwards, keywords = n.keywords,
            audience_for = n.audience_for, audience_welcome = n.audience_welcome,
            audience_only = n.audience_only, ages_stated = n.ages_stated, age_from = n.age_from,
            age_to = n.age_to, not_suitable_for = n.not_suitable_for, who_may_come = n.who_may_come,
            residents_of = n.residents_of, patients_of = n.patients_of, by_arrangement = n.by_arrangement,
            pause_from = n.pause_from, pause_to = n.pause_to, ends_on = n.ends_on, delivery = n.delivery,
            venue = n.venue, address_private = n.address_private, travel = n.travel, outreach = n.outreach,
            access_yes = n.access_yes, access_no = n.access_no, access_more = n.access_more,
            languages = n.languages, interpreter = n.interpreter, cost = n.cost, cost_note = n.cost_note,
            concessions = n.concessions, cost_help = n.cost_help, residents_routes = n.residents_routes,
            residents_how = n.residents_how, residents_link = n.residents_link,
            professionals_routes = n.professionals_routes, professionals_how = n.professionals_how,
            professionals_link = n.professionals_link, places = n.places, places_on = n.places_on,
            reply_days = n.reply_days, experience = n.experience, lived_experience = n.lived_experience,
            training = n.training, safeguarding_policy = n.safeguarding_policy, dbs_checked = n.dbs_checked,
            insured = n.insured, support = n.support, testimonial = n.testimonial,
            testimonial_by = n.testimonial_by, boroughs = n.boroughs, confirmed_at = n.confirmed_at,
            confirmed_by = n.confirmed_by, confirmed_how = n.confirmed_how, confirm_every = n.confirm_every,
            completeness = n.completeness
         from jsonb_populate_record(null::offers, $1) n
         where o.id = n.id and o.state = $2 and o.revision = $3",
        offer_row(offer, None),
        status.code(),
        i32::try_from(revision).unwrap_or(i32::MAX)
    )
    .execute(&mut *db)
    .await?;
    if saved.rows_affected() == 0 {
        return Ok(None);
    }
    forget_parts(db, offer.id).await?;
    write_parts(db, offer).await?;
    write_history(db, offer, author, now).await.map(Some)
}

/// Somebody said it is still true, or how often to ask: no new revision.
pub async fn confirm<S>(db: impl PgExecutor<'_>, offer: &Offer<S>) -> sqlx::Result<()> {
    let confirmed = offer.confirmed.as_ref();
    sqlx::query!(
        "update offers set confirmed_at = $2, confirmed_by = $3, confirmed_how = $4, confirm_every = $5,
                           completeness = $6
         where id = $1",
        offer.id,
        confirmed.map(|c| c.at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        confirmed.map(|c| c.by.as_str()),
        confirmed.map(|c| c.how.as_str()),
        i16::from(offer.confirm_every),
        i16::from(crate::offers::completeness(&offer.content, confirmed))
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A new name in addresses; the old one leads to it.
pub async fn rename(db: impl PgExecutor<'_>, id: OfferId, slug: &Slug) -> sqlx::Result<()> {
    sqlx::query!("update offers set slug = $2 where id = $1", id, slug.as_str())
        .execute(db)
        .await?;
    Ok(())
}

/// From now on it is known by its key elsewhere.
pub async fn adopt(db: impl PgExecutor<'_>, id: OfferId, origin: &Origin) -> sqlx::Result<()> {
    sqlx::query!(
        "update offers set source = $2, foreign_id = $3 where id = $1",
        id,
        origin.source.as_str(),
        origin.id.as_str()
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn write_history<S: State>(
    db: &mut PgConnection,
    offer: &Offer<S>,
    author: &Author,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into offer_revisions (offer_id, number, at, by, why, state, content)
         values ($1, $2, $3, $4, $5, $6, $7)",
        offer.id,
        i32::try_from(offer.revision).unwrap_or(i32::MAX),
        now.to_sqlx() as jiff_sqlx::Timestamp,
        author.by.as_str(),
        author.why.as_ref().map(Line::as_str),
        offer.state.status().code(),
        sqlx::types::Json(&offer.content) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn forget_parts(db: &mut PgConnection, id: OfferId) -> sqlx::Result<()> {
    sqlx::query!(
        "with schedules as (delete from offer_schedules where offer_id = $1),
              notices as (delete from offer_notices where offer_id = $1),
              notes as (delete from offer_access_notes where offer_id = $1),
              prices as (delete from offer_prices where offer_id = $1),
              images as (delete from offer_images where offer_id = $1)
         delete from offer_contacts where offer_id = $1",
        id
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn write_parts<S>(db: &mut PgConnection, offer: &Offer<S>) -> sqlx::Result<()> {
    let Parts { schedules, notices, access_notes, prices, contacts, images } = Parts::of(offer);
    sqlx::query!(
        "with schedules as (
             insert into offer_schedules select row.*
             from jsonb_populate_recordset(null::offer_schedules, $1) row),
         notices as (
             insert into offer_notices select row.*
             from jsonb_populate_recordset(null::offer_notices, $2) row),
         notes as (
             insert into offer_access_notes select row.*
             from jsonb_populate_recordset(null::offer_access_notes, $3) row),
         prices as (
             insert into offer_prices select row.* from jsonb_populate_recordset(null::offer_prices, $4) row),
         images as (
             insert into offer_images (offer_id, position, picture_id, alt, credit)
             select row.offer_id, row.position, row.picture_id, row.alt, row.credit
             from jsonb_populate_recordset(null::offer_images, $6) row)
         insert into offer_contacts select row.*
         from jsonb_populate_recordset(null::offer_contacts, $5) row",
        serde_json::Value::Array(schedules),
        serde_json::Value::Array(notices),
        serde_json::Value::Array(access_notes),
        serde_json::Value::Array(prices),
        serde_json::Value::Array(contacts),
        serde_json::Value::Array(images)
    )
    .execute(db)
    .await?;
    Ok(())
}
