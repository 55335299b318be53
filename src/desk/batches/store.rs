//! SQL for batches.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgExecutor, types::Json};

use super::{Batch, BatchId, Before, Described, Kind, LeftOut, Past, Touched};
use crate::{
    accounts::{self, AccountId, Scope},
    database::store::read,
    offers::{Confirmation, OfferId, Status, store::Kept},
    places::Gss,
    providers::{Profile, ProviderId},
    text::{Line, Slug},
};

/// Begins one, with its line in the log. The rest of the caller's transaction says what it touches.
pub async fn open(
    db: &mut sqlx::PgConnection,
    (kind, words): (Kind, &Line<500>),
    by: (Option<AccountId>, &Line<100>),
    now: Timestamp,
) -> sqlx::Result<BatchId> {
    let id = BatchId::now_v7();
    sqlx::query!(
        "insert into desk_batches (id, kind, words, account_id, by, at) values ($1, $2, $3, $4, $5, $6)",
        id,
        kind.code(),
        words.as_str(),
        by.0,
        by.1.as_str(),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(&mut *db)
    .await?;
    accounts::store::log(db, by, kind.act(), Some(id), Some(words), now).await?;
    Ok(id)
}

/// An offer that it has changed: asked once all its changes are written, with what was kept before the first.
pub async fn touched(db: impl PgExecutor<'_>, batch: BatchId, before: &Kept) -> sqlx::Result<()> {
    let Kept { offer, origin } = before;
    let confirmed = offer.confirmed.as_ref();
    let boroughs: Vec<String> = offer.content.boroughs.iter().map(ToString::to_string).collect();
    let because = crate::offers::State::reason(&offer.state);
    sqlx::query!(
        "insert into desk_batch_offers
             (batch_id, offer_id, title, boroughs, before, after, archived_because_before, slug_before, adopted,
              confirmed_at_before, confirmed_by_before, confirmed_how_before, confirm_every_before,
              confirmed_at_after)
         select $1, o.id, o.title, array(select unnest(o.boroughs) union select unnest($3::text[])), $4, o.revision,
                $5, $6, $7 and o.source is not null, $8, $9, $10, $11, o.confirmed_at
         from offers o where o.id = $2",
        batch,
        offer.id,
        &boroughs,
        number(offer.revision),
        because.map(Line::as_str),
        offer.slug.as_str(),
        origin.is_none(),
        confirmed.map(|said| said.at.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        confirmed.map(|said| said.by.as_str()),
        confirmed.map(|said| said.how.as_str()),
        i16::from(offer.confirm_every)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An offer that it has added.
pub async fn added(db: impl PgExecutor<'_>, batch: BatchId, offer: OfferId) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into desk_batch_offers
             (batch_id, offer_id, title, boroughs, after, adopted, confirmed_at_after)
         select $1, o.id, o.title, o.boroughs, o.revision, false, o.confirmed_at from offers o where o.id = $2",
        batch,
        offer
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A provider's profile that it has changed; added where there is none from before.
pub async fn described_anew(
    db: impl PgExecutor<'_>,
    batch: BatchId,
    described: &Described,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into desk_batch_providers (batch_id, provider_id, boroughs, before, after)
         select $1, $2, array(select unnest(boroughs) from offers where provider = $2
                              union select borough from providers where id = $2 and borough is not null), $3, $4",
        batch,
        described.provider,
        described.before.as_ref().map(Json) as _,
        Json(&described.after) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was chosen with the others and left out, with the reason.
pub async fn leave_out(
    db: impl PgExecutor<'_>,
    batch: BatchId,
    left: &[(OfferId, String)],
) -> sqlx::Result<()> {
    let (ids, whys): (Vec<OfferId>, Vec<String>) = left.iter().cloned().unzip();
    sqlx::query!(
        "insert into desk_batch_left (batch_id, offer_id, why)
         select $1, l.id, l.why from unnest($2::uuid[], $3::text[]) l (id, why) join offers o on o.id = l.id",
        batch,
        &ids,
        &whys
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The same again, for those within the scope, with their titles.
pub async fn left_out(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    batch: BatchId,
) -> sqlx::Result<Vec<LeftOut>> {
    let within = scope.codes();
    sqlx::query_as!(
        LeftOut,
        "select l.offer_id as offer, o.title, l.why from desk_batch_left l join offers o on o.id = l.offer_id
         where l.batch_id = $1 and ($2::text[] is null or o.boroughs && $2) order by lower(o.title), o.id",
        batch,
        within.as_deref()
    )
    .fetch_all(db)
    .await
}

/// The latest, newest first; at most 200. One's own, and those that touched what is within the scope.
pub async fn latest(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    account: AccountId,
) -> sqlx::Result<Vec<Batch>> {
    let within = scope.codes();
    let rows = sqlx::query_as!(
        Row,
        r#"select b.id, b.kind, b.words, b.account_id, coalesce(a.name, b.by) as "by!",
                  b.at as "at: jiff_sqlx::Timestamp", b.undone_at as "undone_at: jiff_sqlx::Timestamp",
                  b.undone_by, (select count(*) from desk_batch_offers where batch_id = b.id) as "offers!"
           from desk_batches b
           left join accounts a on a.id = b.account_id
           where $1::text[] is null or b.account_id = $2
              or exists (select from desk_batch_offers where batch_id = b.id and boroughs && $1)
           order by b.at desc, b.id desc limit 200"#,
        within.as_deref(),
        account
    );
    rows.fetch_all(db).await?.into_iter().map(Row::batch).collect()
}

/// `None` where it is out of scope, too.
pub async fn one(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    account: AccountId,
    id: BatchId,
) -> sqlx::Result<Option<Batch>> {
    let within = scope.codes();
    let row = sqlx::query_as!(
        Row,
        r#"select b.id, b.kind, b.words, b.account_id, coalesce(a.name, b.by) as "by!",
                  b.at as "at: jiff_sqlx::Timestamp", b.undone_at as "undone_at: jiff_sqlx::Timestamp",
                  b.undone_by, (select count(*) from desk_batch_offers where batch_id = b.id) as "offers!"
           from desk_batches b
           left join accounts a on a.id = b.account_id
           where b.id = $3 and ($1::text[] is null or b.account_id = $2
              or exists (select from desk_batch_offers where batch_id = b.id and boroughs && $1))"#,
        within.as_deref(),
        account,
        id
    );
    row.fetch_optional(db).await?.map(Row::batch).transpose()
}

/// What it touched within the scope: first what stayed or has moved on, then by title; at most 200.
pub async fn offers(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    id: BatchId,
) -> sqlx::Result<Vec<Touched>> {
    let within = scope.codes();
    let rows = sqlx::query!(
        r#"select t.offer_id, t.title, t.before is null as "added!", o.state as "state?",
                  coalesce(o.revision <> t.after, true) as "moved_on!", t.stayed
           from desk_batch_offers t
           left join offers o on o.id = t.offer_id
           where t.batch_id = $1 and ($2::text[] is null or t.boroughs && $2)
           order by t.stayed desc, 5 desc, lower(t.title), t.offer_id limit 200"#,
        id,
        within.as_deref()
    );
    let touched = rows.fetch_all(db).await?.into_iter().map(|row| {
        let status = row.state.map(|state| Status::parse(&state).ok_or("an unknown state"));
        Ok(Touched {
            offer: row.offer_id,
            title: row.title,
            added: row.added,
            status: read(status.transpose())?,
            moved_on: row.moved_on,
            stayed: row.stayed,
        })
    });
    touched.collect()
}

/// Whose each thing that it touched is: whoever undoes it decides for one borough of each.
pub async fn reach(db: impl PgExecutor<'_>, id: BatchId) -> sqlx::Result<Vec<Vec<Gss>>> {
    sqlx::query_scalar!(
        r#"select boroughs as "boroughs!: Vec<Gss>" from desk_batch_offers where batch_id = $1
           union select boroughs from desk_batch_providers where batch_id = $1"#,
        id
    )
    .fetch_all(db)
    .await
}

/// It is undone from now on; what it was, or `None` where it was undone before.
pub async fn close(
    db: impl PgExecutor<'_>,
    id: BatchId,
    by: &Line<100>,
    now: Timestamp,
) -> sqlx::Result<Option<Line<500>>> {
    let words = sqlx::query_scalar!(
        "update desk_batches set undone_at = $3, undone_by = $2 where id = $1 and undone_at is null returning words",
        id,
        by.as_str(),
        now.to_sqlx() as jiff_sqlx::Timestamp
    );
    words.fetch_optional(db).await?.map(|words| read(Line::try_from(words))).transpose()
}

/// What each offer was, in the order in which they are locked.
pub async fn past(db: impl PgExecutor<'_>, id: BatchId) -> sqlx::Result<Vec<Past>> {
    let rows = sqlx::query!(
        r#"select t.offer_id, t.before, t.after, t.archived_because_before, t.slug_before, t.adopted,
                  t.confirmed_at_before as "confirmed_at_before: jiff_sqlx::Timestamp", t.confirmed_by_before,
                  t.confirmed_how_before, t.confirm_every_before,
                  t.confirmed_at_after as "confirmed_at_after: jiff_sqlx::Timestamp", r.state as "state?"
           from desk_batch_offers t
           left join offer_revisions r on r.offer_id = t.offer_id and r.number = t.before
           where t.batch_id = $1 order by t.offer_id"#,
        id
    );
    let past = rows.fetch_all(db).await?.into_iter().map(|row| {
        let before = match (row.before, row.state, row.slug_before, row.confirm_every_before) {
            (Some(revision), Some(state), Some(slug), Some(every)) => Some(Before {
                revision: revision.unsigned_abs(),
                status: read(Status::parse(&state).ok_or("an unknown state"))?,
                because: read(row.archived_because_before.map(Line::try_from).transpose())?,
                slug: read(Slug::try_from(slug))?,
                adopted: row.adopted,
                confirmed: match (
                    row.confirmed_at_before,
                    row.confirmed_by_before,
                    row.confirmed_how_before,
                ) {
                    (Some(at), Some(by), Some(how)) => Some(Confirmation {
                        at: at.to_jiff(),
                        by: read(Line::try_from(by))?,
                        how: read(Line::try_from(how))?,
                    }),
                    _ => None,
                },
                confirm_every: u8::try_from(every).unwrap_or(3),
                confirmed_after: row.confirmed_at_after.map(jiff_sqlx::Timestamp::to_jiff),
            }),
            _ => None,
        };
        Ok(Past { offer: row.offer_id, after: row.after.unsigned_abs(), before })
    });
    past.collect()
}

pub async fn note_stayed(
    db: impl PgExecutor<'_>,
    id: BatchId,
    offers: &[OfferId],
) -> sqlx::Result<()> {
    sqlx::query!(
        "update desk_batch_offers set stayed = true where batch_id = $1 and offer_id = any($2)",
        id,
        offers
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The addresses of what it merged lead to themselves again.
pub async fn part_merged(db: impl PgExecutor<'_>, id: BatchId) -> sqlx::Result<()> {
    sqlx::query!("delete from offer_mergers where batch_id = $1", id).execute(db).await?;
    Ok(())
}

pub async fn described(db: impl PgExecutor<'_>, id: BatchId) -> sqlx::Result<Vec<Described>> {
    let rows = sqlx::query!(
        r#"select provider_id, before as "before: Json<Profile>", after as "after: Json<Profile>"
           from desk_batch_providers where batch_id = $1 order by provider_id"#,
        id
    );
    let described = rows.fetch_all(db).await?.into_iter().map(|row| Described {
        provider: row.provider_id,
        before: row.before.map(|before| before.0),
        after: row.after.0,
    });
    Ok(described.collect())
}

/// It goes, if nobody outside has seen it and nobody describes it; `false` where it stays.
pub async fn forget_unseen(db: impl PgExecutor<'_>, id: OfferId) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from offers where id = $1 and first_published is null
           and not exists (select from submissions where offer_id = $1)",
        id
    );
    Ok(gone.execute(db).await?.rows_affected() > 0)
}

/// It goes, if nothing is theirs.
pub async fn forget_provider(db: impl PgExecutor<'_>, id: ProviderId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from providers where id = $1
           and not exists (select from offers where provider = $1)
           and not exists (select from submissions where provider_id = $1)",
        id
    )
    .execute(db)
    .await?;
    Ok(())
}

/// It is not known by a key elsewhere any more.
pub async fn disown(db: impl PgExecutor<'_>, id: OfferId) -> sqlx::Result<()> {
    sqlx::query!("update offers set source = null, foreign_id = null where id = $1", id)
        .execute(db)
        .await?;
    Ok(())
}

struct Row {
    id: BatchId,
    kind: String,
    words: String,
    account_id: Option<AccountId>,
    by: String,
    at: jiff_sqlx::Timestamp,
    undone_at: Option<jiff_sqlx::Timestamp>,
    undone_by: Option<String>,
    offers: i64,
}

impl Row {
    fn batch(self) -> sqlx::Result<Batch> {
        Ok(Batch {
            id: self.id,
            kind: read(Kind::parse(&self.kind).ok_or("an unknown kind"))?,
            words: read(Line::try_from(self.words))?,
            account: self.account_id,
            by: self.by,
            at: self.at.to_jiff(),
            undone: match (self.undone_at, self.undone_by) {
                (Some(at), Some(by)) => Some((at.to_jiff(), read(Line::try_from(by))?)),
                _ => None,
            },
            offers: u32::try_from(self.offers).unwrap_or(u32::MAX),
        })
    }
}

fn number(revision: u32) -> i32 {
    i32::try_from(revision).unwrap_or(i32::MAX)
}
