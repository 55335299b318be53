//! What is asked of the database server itself.
use sqlx::{PgConnection, PgExecutor};

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

/// Makes the program's own role and database on a fresh private server, where they are missing.
/// The role owns the database and has no other rights.
pub async fn ensure_own_database(db: &mut PgConnection) -> sqlx::Result<()> {
    let known = sqlx::query_scalar!(
        r#"select exists (select from pg_roles where rolname = 'fingerpost') as "known!""#
    );
    if !known.fetch_one(&mut *db).await? {
        sqlx::query!("create role fingerpost login").execute(&mut *db).await?;
    }
    let known = sqlx::query_scalar!(
        r#"select exists (select from pg_database where datname = 'fingerpost') as "known!""#
    );
    if !known.fetch_one(&mut *db).await? {
        sqlx::query!("create database fingerpost owner fingerpost").execute(&mut *db).await?;
    }
    Ok(())
}
