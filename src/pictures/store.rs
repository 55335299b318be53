//! SQL for pictures.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgExecutor, PgPool};

use super::{Picture, PictureId, Size};

/// A new one with its files, or with none where they are kept elsewhere.
pub async fn insert(
    db: &PgPool,
    picture: &Picture,
    files: &[(Size, Vec<u8>)],
    now: Timestamp,
) -> sqlx::Result<()> {
    let pixels = |length: u32| i32::try_from(length).unwrap_or(i32::MAX);
    let mut tx = db.begin().await?;
    sqlx::query!(
        "insert into pictures (id, width, height, made_at) values ($1, $2, $3, $4)",
        picture.id,
        pixels(picture.width),
        pixels(picture.height),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(&mut *tx)
    .await?;
    for (size, bytes) in files {
        sqlx::query!(
            "insert into picture_files (picture_id, size, bytes) values ($1, $2, $3)",
            picture.id,
            size.code(),
            bytes
        )
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await
}

/// Those of the ids that there are.
pub async fn of(db: impl PgExecutor<'_>, ids: &[PictureId]) -> sqlx::Result<Vec<Picture>> {
    let rows = sqlx::query!("select id, width, height from pictures where id = any($1)", ids);
    let rows = rows.fetch_all(db).await?;
    let picture = |id, width: i32, height: i32| Picture {
        id,
        width: width.unsigned_abs(),
        height: height.unsigned_abs(),
    };
    Ok(rows.into_iter().map(|row| picture(row.id, row.width, row.height)).collect())
}

/// `None` where it is kept in a folder, or not at all.
pub async fn file(
    db: impl PgExecutor<'_>,
    id: PictureId,
    size: Size,
) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!(
        "select bytes from picture_files where picture_id = $1 and size = $2",
        id,
        size.code()
    )
    .fetch_optional(db)
    .await
}

/// Whether an offer that is published now shows it.
pub async fn is_published(db: impl PgExecutor<'_>, id: PictureId) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        "select exists (select from published_images where picture_id = $1)",
        id
    );
    Ok(found.fetch_one(db).await?.unwrap_or(false))
}

/// Those of the ids that there are not.
pub async fn unknown(db: impl PgExecutor<'_>, ids: &[PictureId]) -> sqlx::Result<Vec<PictureId>> {
    sqlx::query_scalar!(
        r#"select asked.id as "id!" from unnest($1::uuid[]) as asked (id)
           where not exists (select from pictures p where p.id = asked.id)"#,
        ids
    )
    .fetch_all(db)
    .await
}

/// Erases rows with their files, where those are in Postgres.
pub async fn erase(db: impl PgExecutor<'_>, ids: &[PictureId]) -> sqlx::Result<()> {
    sqlx::query!("delete from pictures where id = any($1)", ids).execute(db).await?;
    Ok(())
}

/// Pictures from before `before` that no offer shows, no revision ever said, no submission and no link worker names.
pub async fn forget(db: impl PgExecutor<'_>, before: Timestamp) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        "with named as (
             select picture_id::text as id from offer_images
             union all
             select image ->> 'id' from offer_revisions, jsonb_array_elements(content -> 'images') image
             where content ? 'images'
             union all
             select image ->> 'id' from submissions, jsonb_array_elements(content -> 'images') image
             where content ? 'images'
             union all
             select answers -> format('picture-%s-id', number) ->> 0
             from submissions, generate_series(1, 5) number
             where answers ? 'picture-1-id'
             union all
             select said ->> 'photograph' from link_workers
             union all
             select draft ->> 'photograph' from link_workers)
         delete from pictures
         where made_at < $1 and id::text not in (select id from named where id is not null)",
        before.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected())
}
