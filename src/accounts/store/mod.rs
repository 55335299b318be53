//! SQL for accounts, sessions and the log of the desk.
pub mod people;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::{Account, AccountId, IDLE, LONGEST, Rights, Role, Session, SessionId};
use crate::{
    database::store::read,
    links::Secret,
    places::Gss,
    text::{Email, Line},
};

/// Makes it, or gives the one of this address this name and these rights and lets it sign in again.
pub async fn keep(
    db: &mut PgConnection,
    account: &Account,
    now: Timestamp,
) -> sqlx::Result<Account> {
    let id = sqlx::query_scalar!(
        "insert into accounts (id, email, name, administrator, made_at) values ($1, lower($2), $3, $4, $5)
         on conflict (email) do update
         set name = excluded.name, administrator = excluded.administrator, ended_at = null
         returning id",
        account.id,
        account.email.as_str(),
        account.name.as_str(),
        account.rights.administrator,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .fetch_one(&mut *db)
    .await?;
    let boroughs: Vec<String> = account.rights.boroughs.keys().map(ToString::to_string).collect();
    let decides: Vec<bool> =
        account.rights.boroughs.values().map(|role| *role == Role::Coordinator).collect();
    sqlx::query!("delete from account_boroughs where account_id = $1", id)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "insert into account_boroughs (account_id, borough, decides)
         select $1, borough, decides from unnest($2::text[], $3::boolean[]) as given (borough, decides)",
        id,
        &boroughs,
        &decides
    )
    .execute(&mut *db)
    .await?;
    self::account(db, id).await?.ok_or(sqlx::Error::RowNotFound)
}

pub async fn account(db: impl PgExecutor<'_>, id: AccountId) -> sqlx::Result<Option<Account>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id, a.email, a.name, a.administrator, a.ended_at as "ended_at: jiff_sqlx::Timestamp",
                  b.borough as "borough?: Gss", b.decides as "decides?"
           from accounts a left join account_boroughs b on b.account_id = a.id where a.id = $1"#,
        id
    );
    one(rows.fetch_all(db).await?)
}

/// The account that signs in with this address, if it has not ended.
pub async fn of_email(db: impl PgExecutor<'_>, email: &Email) -> sqlx::Result<Option<Account>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id, a.email, a.name, a.administrator, a.ended_at as "ended_at: jiff_sqlx::Timestamp",
                  b.borough as "borough?: Gss", b.decides as "decides?"
           from accounts a left join account_boroughs b on b.account_id = a.id
           where a.email = lower($1) and a.ended_at is null"#,
        email.as_str()
    );
    one(rows.fetch_all(db).await?)
}

/// Writes down that somebody asked to sign in.
pub async fn asked(
    db: impl PgExecutor<'_>,
    id: Uuid,
    account: Option<AccountId>,
    (browser, leads_to): (Option<&Secret>, &str),
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into sign_ins (id, account_id, browser, leads_to, made_at) values ($1, $2, $3, $4, $5)",
        id,
        account,
        browser.map(|browser| browser.hash().to_vec()),
        leads_to,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Somebody who asked for a link to sign in.
#[derive(Clone, Debug)]
pub struct Asker {
    pub account: AccountId,
    /// The hash of what the browser was given; `None` where the link is good in any.
    pub browser: Option<[u8; 32]>,
    pub leads_to: String,
}

pub async fn who_asked(db: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<Asker>> {
    let row = sqlx::query!(
        r#"select account_id as "account!", browser, leads_to from sign_ins
           where id = $1 and account_id is not null"#,
        id
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let browser =
            row.browser.map(|hash| read(<[u8; 32]>::try_from(hash).map_err(|_| "a hash")));
        Ok(Asker { account: row.account, browser: browser.transpose()?, leads_to: row.leads_to })
    })
    .transpose()
}

pub async fn begin_session(
    db: impl PgExecutor<'_>,
    (account, half): (AccountId, bool),
    cookie: &Secret,
    device: &Line<100>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into sessions (id, hash, account_id, device, made_at, seen_at, half) values ($1, $2, $3, $4, $5, $5, $6)",
        SessionId::now_v7(),
        &cookie.hash()[..],
        account,
        device.as_str(),
        now.to_sqlx() as jiff_sqlx::Timestamp,
        half
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whose half session this cookie is, and its browser, if it was begun since then.
pub async fn half(
    db: impl PgExecutor<'_>,
    cookie: &Secret,
    since: Timestamp,
) -> sqlx::Result<Option<(AccountId, Line<100>)>> {
    let row = sqlx::query!(
        "select account_id, device from sessions where hash = $1 and half and ended_at is null and made_at > $2",
        &cookie.hash()[..],
        since.to_sqlx() as jiff_sqlx::Timestamp
    );
    let row = row.fetch_optional(db).await?;
    row.map(|row| Ok((row.account_id, read(Line::try_from(row.device))?))).transpose()
}

/// Whose cookie this is, if the session goes on; it counts as used now, to the minute.
pub async fn signed_in(
    db: &mut PgConnection,
    cookie: &Secret,
    now: Timestamp,
) -> sqlx::Result<Option<(SessionId, Account)>> {
    let row = sqlx::query!(
        r#"with going as (
               select id, account_id, seen_at from sessions
               where hash = $1 and not half and ended_at is null and seen_at > $3 and made_at > $4
           ), seen as (
               update sessions s set seen_at = $2 from going g
               where s.id = g.id and g.seen_at < $2::timestamptz - interval '1 minute'
           )
           select id, account_id from going"#,
        &cookie.hash()[..],
        now.to_sqlx() as jiff_sqlx::Timestamp,
        (now - IDLE).to_sqlx() as jiff_sqlx::Timestamp,
        (now - LONGEST).to_sqlx() as jiff_sqlx::Timestamp
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let account = self::account(db, row.account_id).await?.filter(|one| one.ended.is_none());
    Ok(account.map(|account| (row.id, account)))
}

/// In which browsers somebody is signed in, the last used first.
pub async fn sessions(
    db: impl PgExecutor<'_>,
    account: AccountId,
    now: Timestamp,
) -> sqlx::Result<Vec<Session>> {
    let rows = sqlx::query!(
        r#"select id, device, made_at as "made: jiff_sqlx::Timestamp", seen_at as "seen: jiff_sqlx::Timestamp"
           from sessions
           where account_id = $1 and not half and ended_at is null and seen_at > $2 and made_at > $3
           order by seen_at desc"#,
        account,
        (now - IDLE).to_sqlx() as jiff_sqlx::Timestamp,
        (now - LONGEST).to_sqlx() as jiff_sqlx::Timestamp
    );
    let sessions = rows.fetch_all(db).await?.into_iter().map(|row| {
        let device = read(Line::try_from(row.device))?;
        Ok(Session { id: row.id, device, made: row.made.to_jiff(), seen: row.seen.to_jiff() })
    });
    sessions.collect()
}

/// Ends one session of this account, or all but `keep`.
pub async fn end_sessions(
    db: impl PgExecutor<'_>,
    account: AccountId,
    which: Which,
    now: Timestamp,
) -> sqlx::Result<()> {
    let (one, but) = match which {
        Which::One(id) => (Some(id), None),
        Which::AllBut(id) => (None, Some(id)),
        Which::All => (None, None),
    };
    sqlx::query!(
        "update sessions set ended_at = $4
         where account_id = $1 and ended_at is null and ($2::uuid is null or id = $2) and ($3::uuid is null or id <> $3)",
        account,
        one,
        but,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends the session of this cookie, whoever's it is.
pub async fn end_session_of(
    db: impl PgExecutor<'_>,
    cookie: &Secret,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update sessions set ended_at = $2 where hash = $1 and ended_at is null",
        &cookie.hash()[..],
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

#[derive(Clone, Copy, Debug)]
pub enum Which {
    One(SessionId),
    AllBut(SessionId),
    All,
}

/// One line more in the log of the desk, in the transaction of what it tells.
pub async fn log(
    db: impl PgExecutor<'_>,
    (account, by): (Option<AccountId>, &Line<100>),
    act: &str,
    subject: Option<Uuid>,
    words: Option<&Line<500>>,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into desk_acts (at, account_id, by, act, subject, words) values ($1, $2, $3, $4, $5, $6)",
        now.to_sqlx() as jiff_sqlx::Timestamp,
        account,
        by.as_str(),
        act,
        subject,
        words.map(Line::as_str)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets who asked to sign in, a day later, and sessions that ended a month ago.
pub async fn forget(db: impl PgExecutor<'_>, now: Timestamp) -> sqlx::Result<()> {
    let hours = |hours: i64| (now - jiff::SignedDuration::from_hours(hours)).to_sqlx();
    sqlx::query!(
        "with asked as (delete from sign_ins where made_at < $1)
         delete from sessions where coalesce(ended_at, least(seen_at + interval '4 hours', made_at + interval '7 days')) < $2",
        hours(24) as jiff_sqlx::Timestamp,
        hours(24 * 30) as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

struct Row {
    id: AccountId,
    email: String,
    name: String,
    administrator: bool,
    ended_at: Option<jiff_sqlx::Timestamp>,
    borough: Option<Gss>,
    decides: Option<bool>,
}

/// One account from its rows, one for each borough.
fn one(rows: Vec<Row>) -> sqlx::Result<Option<Account>> {
    let mut found: Option<Account> = None;
    for row in rows {
        let account = match &mut found {
            Some(account) => account,
            none => none.insert(Account {
                id: row.id,
                email: read(Email::try_from(row.email))?,
                name: read(Line::try_from(row.name))?,
                rights: Rights { administrator: row.administrator, ..Rights::default() },
                ended: row.ended_at.map(jiff_sqlx::Timestamp::to_jiff),
            }),
        };
        if let (Some(borough), Some(decides)) = (row.borough, row.decides) {
            let role = if decides { Role::Coordinator } else { Role::Reader };
            account.rights.boroughs.insert(borough, role);
        }
    }
    Ok(found)
}
