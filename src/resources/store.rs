//! SQL for resources, and for what was found behind their links.
use jiff::{Timestamp, civil::Date};
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

use super::{Audience, Checked, Content, Found, Kind, Resource, ResourceId};
use crate::{
    database::store::read,
    text::{Line, Slug, Text, WebAddress},
};

/// Those that visitors see, of one kind and for one audience where these are named, A to Z. What is for
/// everybody is for each.
pub async fn listed(
    db: impl PgExecutor<'_>,
    kind: Option<Kind>,
    audience: Option<Audience>,
) -> sqlx::Result<Vec<Resource>> {
    let mut all = every(db).await?;
    let wanted = |one: &Resource| {
        let content = &one.content;
        let for_them = |audience: &Audience| {
            content.audiences.contains(audience) || content.audiences.contains(&Audience::Everybody)
        };
        !one.is_archived()
            && kind.is_none_or(|kind| content.kind == kind)
            && audience.as_ref().is_none_or(for_them)
    };
    all.retain(wanted);
    Ok(all)
}

/// All of them, also those that are archived, A to Z.
pub async fn every(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Resource>> {
    some(db, None).await
}

pub async fn one(db: impl PgExecutor<'_>, id: ResourceId) -> sqlx::Result<Option<Resource>> {
    Ok(some(db, Some(id)).await?.pop())
}

async fn some(db: impl PgExecutor<'_>, id: Option<ResourceId>) -> sqlx::Result<Vec<Resource>> {
    let rows = sqlx::query!(
        r#"select r.id, r.slug, r.title, r.kind, r.audiences, r.about, r.publisher, r.year, r.address, r.revision,
                  r.archived_at as "archived_at: jiff_sqlx::Timestamp",
                  c.at as "at?: jiff_sqlx::Timestamp", c.by as "by?", c.found as "found?", c.moved_to, c.why,
                  c.failed_days, c.failed_since as "failed_since: jiff_sqlx::Date",
                  c.failed_last as "failed_last: jiff_sqlx::Date"
           from resources r
           left join resource_checks c on c.resource_id = r.id and c.address = r.address
           where $1::uuid is null or r.id = $1
           order by lower(r.title), r.id"#,
        id
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
        let found = match (row.found.as_deref(), row.moved_to, row.why) {
            (Some("there"), ..) => Some(Found::There),
            (Some("moved"), Some(to), _) => Some(Found::Moved(read(WebAddress::try_from(to))?)),
            (Some("kept_out"), _, Some(why)) => Some(Found::KeptOut(read(Line::try_from(why))?)),
            (Some("failing"), _, Some(why)) => Some(Found::Failing {
                why: read(Line::try_from(why))?,
                days: read(row.failed_days.ok_or("no number of days"))?,
                since: read(row.failed_since.ok_or("no first day"))?.to_jiff(),
                last: read(row.failed_last.ok_or("no last day"))?.to_jiff(),
            }),
            _ => None,
        };
        let checked = match (row.at, row.by, found) {
            (Some(at), Some(by), Some(found)) => {
                Some(Checked { at: at.to_jiff(), by: read(Line::try_from(by))?, found })
            }
            _ => None,
        };
        let audiences = row.audiences.iter().map(|code| Audience::parse(code).ok_or("an audience"));
        let mut audiences = read(audiences.collect::<Result<Vec<_>, _>>())?;
        audiences.sort();
        Ok(Resource {
            id: row.id,
            slug: read(Slug::try_from(row.slug))?,
            content: Content {
                title: read(Line::try_from(row.title))?,
                kind: read(Kind::parse(&row.kind).ok_or("an unknown kind of resource"))?,
                audiences,
                about: read(Text::try_from(row.about))?,
                publisher: read(row.publisher.map(Line::try_from).transpose())?,
                year: row.year,
                address: read(WebAddress::try_from(row.address))?,
            },
            revision: row.revision,
            archived: row.archived_at.map(|at| at.to_jiff()),
            checked,
        })
    });
    rows.collect()
}

/// A name that no other has, made from its title. Within the transaction that takes it.
pub async fn free_slug(db: &mut PgConnection, title: &Line<160>) -> sqlx::Result<Slug> {
    let wanted = Slug::from_name(title.as_str()).or_else(|| Slug::from_name("resource"));
    let wanted = wanted.ok_or_else(|| sqlx::Error::Encode("no name for a resource".into()))?;
    for slug in wanted.candidates() {
        let taken = sqlx::query_scalar!(
            r#"select exists (select from resources where slug = $1) as "taken!""#,
            slug.as_str()
        );
        if !taken.fetch_one(&mut *db).await? {
            return Ok(slug);
        }
    }
    Err(sqlx::Error::Encode("no name for a resource is free".into()))
}

pub async fn add(
    db: impl PgExecutor<'_>,
    id: ResourceId,
    slug: &Slug,
    content: &Content,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into resources (id, slug, title, kind, audiences, about, publisher, year, address)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id,
        slug.as_str(),
        content.title.as_str(),
        content.kind.code(),
        &codes(content),
        content.about.as_str(),
        content.publisher.as_ref().map(Line::as_str),
        content.year,
        content.address.as_str()
    )
    .execute(db)
    .await
    .map(drop)
}

/// False where it is at another revision by now.
pub async fn change(
    db: impl PgExecutor<'_>,
    id: ResourceId,
    revision: i32,
    content: &Content,
) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update resources
         set title = $3, kind = $4, audiences = $5, about = $6, publisher = $7, year = $8, address = $9,
             revision = revision + 1
         where id = $1 and revision = $2",
        id,
        revision,
        content.title.as_str(),
        content.kind.code(),
        &codes(content),
        content.about.as_str(),
        content.publisher.as_ref().map(Line::as_str),
        content.year,
        content.address.as_str()
    );
    Ok(changed.execute(db).await?.rows_affected() > 0)
}

/// Archives it, or with `None` brings it back. False where it is at another revision by now, or stands so already.
pub async fn archive(
    db: impl PgExecutor<'_>,
    id: ResourceId,
    revision: i32,
    at: Option<Timestamp>,
) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update resources set archived_at = $3, revision = revision + 1
         where id = $1 and revision = $2 and (archived_at is null) <> ($3::timestamptz is null)",
        id,
        revision,
        at.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>
    );
    Ok(changed.execute(db).await?.rows_affected() > 0)
}

/// Keeps what was found behind this address, unless the resource has another by now.
pub async fn note(
    db: impl PgExecutor<'_>,
    id: ResourceId,
    address: &WebAddress,
    checked: &Checked,
) -> sqlx::Result<()> {
    let (code, moved, why, days, since, last) = match &checked.found {
        Found::There => ("there", None, None, None, None, None),
        Found::Moved(to) => ("moved", Some(to.as_str()), None, None, None, None),
        Found::KeptOut(why) => ("kept_out", None, Some(why.as_str()), None, None, None),
        Found::Failing { why, days, since, last } => {
            ("failing", None, Some(why.as_str()), Some(*days), Some(*since), Some(*last))
        }
    };
    let day = |day: Option<Date>| day.map(|day| day.to_sqlx());
    sqlx::query!(
        "insert into resource_checks
             (resource_id, address, at, by, found, moved_to, why, failed_days, failed_since, failed_last)
         select id, $2, $3, $4, $5, $6, $7, $8, $9, $10 from resources where id = $1 and address = $2
         on conflict (resource_id) do update
         set address = $2, at = $3, by = $4, found = $5, moved_to = $6, why = $7, failed_days = $8,
             failed_since = $9, failed_last = $10",
        id,
        address.as_str(),
        checked.at.to_sqlx() as jiff_sqlx::Timestamp,
        checked.by.as_str(),
        code,
        moved,
        why,
        days,
        day(since) as Option<jiff_sqlx::Date>,
        day(last) as Option<jiff_sqlx::Date>
    )
    .execute(db)
    .await
    .map(drop)
}

fn codes(content: &Content) -> Vec<String> {
    content.audiences.iter().map(|one| one.code().to_owned()).collect()
}
