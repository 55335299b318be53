//! SQL for who may come in. Lists are asked for a scope: accounts that share none of its boroughs are never read.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

use super::{Row, one};
use crate::{
    accounts::{Account, AccountId, Listed, Scope},
    text::Email,
};

/// Until the caller's transaction ends nobody else changes who may do what, so that what it checks stays true.
pub async fn hold(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("lock table accounts in share row exclusive mode").execute(db).await?;
    Ok(())
}

/// Those with rights in one of these boroughs, by name; who has ended comes last.
pub async fn listed(db: &mut PgConnection, scope: &Scope) -> sqlx::Result<Vec<Listed>> {
    let within = scope.codes();
    let rows = sqlx::query!(
        r#"select id,
                  (select max(s.at) from desk_acts s where s.account_id = a.id and s.act = 'signed_in')
                      as "signed_in: jiff_sqlx::Timestamp"
           from accounts a
           where $1::text[] is null
              or exists (select from account_boroughs b where b.account_id = a.id and b.borough = any($1))
           order by ended_at is not null, lower(name), id"#,
        within.as_deref()
    );
    let mut listed = Vec::new();
    for row in rows.fetch_all(&mut *db).await? {
        let account = super::account(&mut *db, row.id).await?.ok_or(sqlx::Error::RowNotFound)?;
        let signed_in = row.signed_in.map(jiff_sqlx::Timestamp::to_jiff);
        listed.push(Listed { account, signed_in });
    }
    Ok(listed)
}

/// One of those, ended or not.
pub async fn within(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    id: AccountId,
) -> sqlx::Result<Option<Account>> {
    let within = scope.codes();
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id, a.email, a.name, a.administrator, a.ended_at as "ended_at: jiff_sqlx::Timestamp",
                  b.borough as "borough?: crate::places::Gss", b.decides as "decides?"
           from accounts a left join account_boroughs b on b.account_id = a.id
           where a.id = $1 and ($2::text[] is null or exists (
               select from account_boroughs c where c.account_id = a.id and c.borough = any($2)))"#,
        id,
        within.as_deref()
    );
    one(rows.fetch_all(db).await?)
}

/// The account of this address, ended or not, whoever may see it.
pub async fn of_address(db: impl PgExecutor<'_>, email: &Email) -> sqlx::Result<Option<Account>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id, a.email, a.name, a.administrator, a.ended_at as "ended_at: jiff_sqlx::Timestamp",
                  b.borough as "borough?: crate::places::Gss", b.decides as "decides?"
           from accounts a left join account_boroughs b on b.account_id = a.id
           where a.email = lower($1)"#,
        email.as_str()
    );
    one(rows.fetch_all(db).await?)
}

/// Whether somebody else is an administrator and may sign in.
pub async fn other_administrator(db: impl PgExecutor<'_>, but: AccountId) -> sqlx::Result<bool> {
    let other = sqlx::query_scalar!(
        r#"select exists (
               select from accounts where administrator and ended_at is null and id <> $1) as "other!""#,
        but
    );
    other.fetch_one(db).await
}

/// From `now` they cannot sign in.
pub async fn end(db: impl PgExecutor<'_>, id: AccountId, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update accounts set ended_at = $2 where id = $1",
        id,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets go what this account has claimed and can no longer decide on.
pub async fn let_go_what_is_not_theirs(db: impl PgExecutor<'_>, id: AccountId) -> sqlx::Result<()> {
    sqlx::query!(
        "with reports_let_go as (
             update reports r set assigned = null, state = 'new', version = r.version + 1
             from accounts a, offers o
             where r.assigned = $1 and r.state = 'looked_at' and a.id = $1 and o.id = r.offer_id
               and (a.ended_at is not null or not a.administrator and not exists (
                   select from account_boroughs b
                   where b.account_id = $1 and b.decides and b.borough = any(o.boroughs)))
         )
         delete from desk_claims c using accounts a
         where c.account_id = $1 and a.id = $1 and (a.ended_at is not null or not a.administrator and not exists (
             select from desk_submissions q join account_boroughs b on b.borough = any(q.boroughs)
             where q.id = c.submission_id and b.account_id = $1 and b.decides))",
        id
    )
    .execute(db)
    .await?;
    Ok(())
}
