//! SQL for the outbox.
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::{Letter, Next, Taken, Unsent};
use crate::{
    database::store::read,
    links::{self, Purpose, Wanted},
    text::{Email, Line},
};

/// What was sent, and what was given up, is kept so long.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// That a letter was erased is known so long.
const ERASED: SignedDuration = SignedDuration::from_hours(24);

/// Puts a letter into the outbox, in the transaction of what it tells. A second one of the same event is
/// ignored, also when the first was sent long ago.
pub async fn put(db: impl PgExecutor<'_>, letter: &Letter, now: Timestamp) -> sqlx::Result<()> {
    let (purpose, subject) = letter.link.unzip();
    sqlx::query!(
        "insert into outbox (id, event, recipient, subject, plain, html, link_purpose, link_subject, put_at, next_try)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
         on conflict (event) do nothing",
        Uuid::now_v7(),
        letter.event,
        letter.to.as_str(),
        letter.subject.as_str(),
        letter.plain,
        letter.html,
        purpose.map(Purpose::code),
        subject.flatten(),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the letter that has been due longest, if nobody else has it, until `until`; and makes its private
/// link. Both count once the caller's transaction is committed: before anything is sent.
pub async fn take(
    db: &mut PgConnection,
    now: Timestamp,
    until: Timestamp,
) -> sqlx::Result<Option<Taken>> {
    let row = sqlx::query!(
        r#"with due as (
               select id from outbox
               where sent_at is null and dead_at is null and next_try <= $1
               order by next_try limit 1
               for update skip locked
           )
           update outbox set tries = tries + 1, next_try = $2, in_hand = true
           from due where outbox.id = due.id
           returning outbox.id, event, recipient as "recipient!", subject as "subject!", plain as "plain!",
                     html as "html!", link_purpose, link_subject, put_at as "put_at: jiff_sqlx::Timestamp", tries"#,
        now.to_sqlx() as jiff_sqlx::Timestamp,
        until.to_sqlx() as jiff_sqlx::Timestamp
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let to = read(Email::try_from(row.recipient))?;
    let purpose = row.link_purpose.as_deref().and_then(Purpose::parse);
    let link = purpose.map(|purpose| (purpose, row.link_subject));
    let secret = match link {
        Some((purpose, subject)) => {
            let wanted = Wanted { purpose, subject, email: to.clone(), mailed: true };
            Some(links::store::make(db, &wanted, now).await?)
        }
        None => None,
    };
    let letter = Letter {
        event: row.event,
        to,
        subject: read(Line::try_from(row.subject))?,
        plain: row.plain,
        html: row.html,
        link,
    };
    let (tried, put) = (row.tries.unsigned_abs(), row.put_at.to_jiff());
    Ok(Some(Taken { id: row.id, tried, put, letter, secret }))
}

/// Notes that the letter is handed over now, and that its answer may take until `until`. `false` when this
/// try no longer has it, since it took too long: then it must not be handed over.
pub async fn hand_over(
    db: impl PgExecutor<'_>,
    taken: &Taken,
    until: Timestamp,
) -> sqlx::Result<bool> {
    let ours = sqlx::query!(
        "update outbox set unanswered = unanswered + 1, next_try = $3
         where id = $1 and tries = $2 and in_hand and sent_at is null and dead_at is null",
        taken.id,
        number(taken.tried),
        until.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(ours.rows_affected() == 1)
}

/// It was accepted; whoever has it by now need not try again.
pub async fn sent(db: impl PgExecutor<'_>, taken: &Taken, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update outbox set sent_at = $2, dead_at = null, in_hand = false, unanswered = 0, trouble = null
         where id = $1 and sent_at is null",
        taken.id,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// This try failed: the letter waits until `again`, or is dead. `answered` says that a refusal came after it
/// was handed over, so that it certainly did not arrive.
pub async fn failed(
    db: impl PgExecutor<'_>,
    taken: &Taken,
    trouble: &Line<300>,
    answered: bool,
    again: Option<Timestamp>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update outbox
         set in_hand = false, trouble = $3, unanswered = greatest(unanswered - $4::smallint, 0),
             next_try = coalesce($5, next_try), dead_at = case when $5::timestamptz is null then $6::timestamptz end
         where id = $1 and tries = $2 and sent_at is null and dead_at is null",
        taken.id,
        number(taken.tried),
        trouble.as_str(),
        i16::from(answered),
        again.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Timestamp>,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How often it was handed over whole and no answer came.
pub async fn unanswered(db: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<u16> {
    let times = sqlx::query_scalar!("select unanswered from outbox where id = $1", id);
    Ok(times.fetch_optional(db).await?.map_or(0, i16::unsigned_abs))
}

/// All that wait or were given up, oldest first.
pub async fn unsent(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<Vec<Unsent>> {
    let rows = sqlx::query!(
        r#"select id, event, put_at as "put_at: jiff_sqlx::Timestamp", tries, trouble, unanswered, in_hand,
                  next_try as "next_try: jiff_sqlx::Timestamp", dead_at is not null as "dead!"
           from outbox
           where sent_at is null and recipient is not null
           order by put_at, id"#
    )
    .fetch_all(db)
    .await?;
    let unsent = rows.into_iter().map(|row| {
        let next_try = row.next_try.to_jiff();
        let next = match () {
            () if row.dead => Next::Dead,
            () if row.in_hand && next_try > now => Next::InHand,
            () => Next::Try(next_try),
        };
        Ok(Unsent {
            id: row.id,
            event: row.event,
            put: row.put_at.to_jiff(),
            tries: row.tries.unsigned_abs(),
            trouble: row.trouble.map(Line::try_from).map(read).transpose()?,
            unanswered: row.unanswered > 0,
            next,
        })
    });
    unsent.collect()
}

/// Tries a letter that waits, or was given up, now and from the beginning; with `None` each of them. How many:
/// those that somebody has in hand are not among them.
pub async fn retry(
    db: impl PgExecutor<'_>,
    id: Option<Uuid>,
    now: Timestamp,
) -> sqlx::Result<usize> {
    let again = sqlx::query!(
        "with again as (
             update outbox set dead_at = null, next_try = $2, in_hand = false, tries = 0, unanswered = 0
             where ($1::uuid is null or id = $1) and sent_at is null and recipient is not null
               and not (in_hand and next_try > $2)
             returning id
         )
         select pg_notify('outbox', '') from again",
        id,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .fetch_all(db)
    .await?;
    Ok(again.len())
}

/// Erases letters with all they say, sent or not, whose links are for this. Where they are files, those go
/// as soon as somebody who empties the outbox hears of it.
pub async fn erase(
    db: impl PgExecutor<'_>,
    purpose: Purpose,
    subjects: &[Uuid],
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with gone as (
             delete from outbox where link_purpose = $1 and link_subject = any($2) returning id
         ), noted as (
             insert into erased_letters (id, at) select id, $3 from gone
         )
         select pg_notify('outbox', '') from gone limit 1",
        purpose.code(),
        subjects,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .fetch_optional(db)
    .await?;
    Ok(())
}

/// The letters that were erased lately.
pub async fn erased(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("select id from erased_letters").fetch_all(db).await
}

/// Whether a letter is still there, so not erased.
pub async fn is_there(db: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<bool> {
    let there =
        sqlx::query_scalar!(r#"select exists (select from outbox where id = $1) as "is!""#, id);
    there.fetch_one(db).await
}

/// Clears what letters said, and to whom, 30 days after they were sent or given up; and which were erased.
pub async fn forget(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "with erased as (delete from erased_letters where at < $2)
         update outbox set recipient = null, subject = null, plain = null, html = null
         where recipient is not null and coalesce(sent_at, dead_at) < $1",
        (now - KEPT).to_sqlx() as jiff_sqlx::Timestamp,
        (now - ERASED).to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Tries are few; more than Postgres can count do not happen.
fn number(tried: u16) -> i16 {
    i16::try_from(tried).unwrap_or(i16::MAX)
}
