//! What is asked of the database server itself.
use sqlx::{PgConnection, PgExecutor, PgPool, Postgres, Transaction};

/// The server's version as one number: 150004 for 15.4.
pub async fn server_version(db: impl PgExecutor<'_>) -> sqlx::Result<u32> {
    let version = sqlx::query_scalar!(
        r#"select current_setting('server_version_num')::integer as "version!""#
    );
    Ok(version.fetch_one(db).await?.unsigned_abs())
}

/// Whether the database answers at all.
pub async fn answers(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query_scalar!(r#"select true as "yes!""#).fetch_one(db).await.map(drop)
}

/// A transaction in which everything is seen as it is now, whatever others change meanwhile.
pub async fn snapshot(db: &PgPool) -> sqlx::Result<Transaction<'static, Postgres>> {
    db.begin_with("begin isolation level repeatable read, read only").await
}

/// As whom the site signs in on a private server.
pub const LESSER: &str = "fingerpost_site";

/// Makes the program's own roles and database on a private server, where they are missing. One role owns the
/// database and has no other rights; the site runs as the other.
pub async fn ensure_own_database(db: &mut PgConnection) -> sqlx::Result<()> {
    let known = sqlx::query_scalar!(
        r#"select exists (select from pg_roles where rolname = 'fingerpost') as "known!""#
    );
    if !known.fetch_one(&mut *db).await? {
        sqlx::query!("create role fingerpost login").execute(&mut *db).await?;
    }
    let known = sqlx::query_scalar!(
        r#"select exists (select from pg_roles where rolname = $1) as "known!""#,
        LESSER
    );
    if !known.fetch_one(&mut *db).await? {
        sqlx::query!("create role fingerpost_site login").execute(&mut *db).await?;
    }
    let known = sqlx::query_scalar!(
        r#"select exists (select from pg_database where datname = 'fingerpost') as "known!""#
    );
    if !known.fetch_one(&mut *db).await? {
        sqlx::query!("create database fingerpost owner fingerpost").execute(&mut *db).await?;
    }
    Ok(())
}

/// Gives a role what the site needs, in the tables as they are now, and no more: it reads and writes rows, but
/// the histories that are only added to it can only add to.
pub async fn grant(owner: &PgPool, role: &str) -> sqlx::Result<()> {
    let mut tx = owner.begin().await?;
    sqlx::query!("select set_config('fingerpost.role', $1, true)", role)
        .fetch_one(&mut *tx)
        .await?;
    sqlx::query!(
        r#"do $$
        declare
            role text := current_setting('fingerpost.role');
        begin
            execute format('grant usage on schema public to %I', role);
            execute format('grant select, insert, update, delete on all tables in schema public to %I', role);
            execute format('grant usage, select on all sequences in schema public to %I', role);
            execute format('grant truncate on postcodes_arriving to %I', role);
            execute format('revoke update, delete on desk_acts, word_revisions from %I', role);
            execute format('revoke insert, update, delete on _sqlx_migrations from %I', role);
        end $$"#
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await
}

/// For every store: what our own constraints keep out of the tables is an error of decoding where it
/// comes out all the same.
pub fn read<T, E: ToString>(kept: Result<T, E>) -> sqlx::Result<T> {
    kept.map_err(|problem| sqlx::Error::Decode(problem.to_string().into()))
}
