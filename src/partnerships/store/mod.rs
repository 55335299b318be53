//! SQL for partnerships.
pub mod teams;

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

use super::{Contact, Content, Covers, Kind, Level, Partnership, PartnershipId};
use crate::{
    accounts::Scope,
    database::store::read,
    places::Gss,
    text::{Email, Line, Phone, Slug, Text, WebAddress},
};

/// Those that visitors see, A to Z.
pub async fn listed(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Partnership>> {
    some(db, &Asked { live: true, ..Asked::default() }).await
}

/// Those that visitors see and that serve this borough: its own first, then the region's, then the nation's.
pub async fn serving(db: impl PgExecutor<'_>, borough: Gss) -> sqlx::Result<Vec<Partnership>> {
    let asked = Asked { live: true, serves: Some(borough.as_str()), ..Asked::default() };
    let mut all = some(db, &asked).await?;
    all.sort_by_key(|one| Level::ALL.iter().position(|level| *level == one.level()));
    Ok(all)
}

/// The one that visitors see under this name.
pub async fn of_slug(db: impl PgExecutor<'_>, slug: &Slug) -> sqlx::Result<Option<Partnership>> {
    let asked = Asked { live: true, slug: Some(slug.as_str()), ..Asked::default() };
    Ok(some(db, &asked).await?.pop())
}

/// All of them, also those that are archived, A to Z, as far as the scope goes: those of a region or the nation
/// belong to no borough.
pub async fn within(db: impl PgExecutor<'_>, scope: &Scope) -> sqlx::Result<Vec<Partnership>> {
    let codes = scope.codes();
    some(db, &Asked { within: codes.as_deref(), ..Asked::default() }).await
}

/// One within the scope.
pub async fn one(
    db: impl PgExecutor<'_>,
    scope: &Scope,
    id: PartnershipId,
) -> sqlx::Result<Option<Partnership>> {
    let codes = scope.codes();
    let asked = Asked { within: codes.as_deref(), id: Some(id), ..Asked::default() };
    Ok(some(db, &asked).await?.pop())
}

/// What is asked for; what is left out asks nothing.
#[derive(Default)]
struct Asked<'a> {
    live: bool,
    id: Option<PartnershipId>,
    slug: Option<&'a str>,
    within: Option<&'a [String]>,
    serves: Option<&'a str>,
}

async fn some(db: impl PgExecutor<'_>, asked: &Asked<'_>) -> sqlx::Result<Vec<Partnership>> {
    let rows = sqlx::query!(
        r#"select id, slug, name, kind, level, boroughs as "boroughs: Vec<Gss>", area, about, meetings, joining,
                  contact_name, contact_role, phone, email, web, revision,
                  archived_at as "archived_at: jiff_sqlx::Timestamp"
           from partnerships
           where (not $1 or archived_at is null)
             and ($2::uuid is null or id = $2)
             and ($3::text is null or slug = $3)
             and ($4::text[] is null or level = 'borough' and boroughs && $4)
             and ($5::text is null or cardinality(boroughs) = 0 or $5 = any(boroughs))
           order by lower(name), id"#,
        asked.live,
        asked.id,
        asked.slug,
        asked.within,
        asked.serves
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
        let level = read(Level::parse(&row.level).ok_or("an unknown level"))?;
        let line = |cell: Option<String>| read(cell.map(Line::try_from).transpose());
        Ok(Partnership {
            id: row.id,
            slug: read(Slug::try_from(row.slug))?,
            content: Content {
                name: read(Line::try_from(row.name))?,
                kind: read(Kind::parse(&row.kind).ok_or("an unknown kind of partnership"))?,
                covers: match level {
                    Level::Borough => Covers::Boroughs(row.boroughs),
                    Level::Region => Covers::Region(row.boroughs),
                    Level::Nation => Covers::Nation,
                },
                area: read(row.area.map(Line::try_from).transpose())?,
                about: read(Text::try_from(row.about))?,
                meetings: read(row.meetings.map(Text::try_from).transpose())?,
                joining: read(row.joining.map(Text::try_from).transpose())?,
                contact: Contact {
                    name: line(row.contact_name)?,
                    role: line(row.contact_role)?,
                    phone: read(row.phone.map(Phone::try_from).transpose())?,
                    email: read(row.email.map(Email::try_from).transpose())?,
                    web: read(row.web.map(WebAddress::try_from).transpose())?,
                },
            },
            revision: row.revision,
            archived: row.archived_at.map(|at| at.to_jiff()),
        })
    });
    rows.collect()
}

/// A name in addresses that no other has. Within the transaction that takes it.
pub async fn free_slug(db: &mut PgConnection, name: &Line<120>) -> sqlx::Result<Slug> {
    let wanted = Slug::from_name(name.as_str()).or_else(|| Slug::from_name("partnership"));
    let wanted = wanted.ok_or_else(|| sqlx::Error::Encode("no name for a partnership".into()))?;
    for slug in wanted.candidates() {
        let taken = sqlx::query_scalar!(
            r#"select exists (select from partnerships where slug = $1) as "taken!""#,
            slug.as_str()
        );
        if !taken.fetch_one(&mut *db).await? {
            return Ok(slug);
        }
    }
    Err(sqlx::Error::Encode("no name for a partnership is free".into()))
}

pub async fn add(
    db: impl PgExecutor<'_>,
    id: PartnershipId,
    slug: &Slug,
    content: &Content,
) -> sqlx::Result<()> {
    let (covers, contact) = (&content.covers, &content.contact);
    sqlx::query!(
        "insert into partnerships (id, slug, name, kind, level, boroughs, area, about, meetings, joining,
                                   contact_name, contact_role, phone, email, web)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        id,
        slug.as_str(),
        content.name.as_str(),
        content.kind.code(),
        covers.level().code(),
        &codes(covers),
        content.area.as_ref().map(Line::as_str),
        content.about.as_str(),
        content.meetings.as_ref().map(Text::as_str),
        content.joining.as_ref().map(Text::as_str),
        contact.name.as_ref().map(Line::as_str),
        contact.role.as_ref().map(Line::as_str),
        contact.phone.as_ref().map(Phone::as_str),
        contact.email.as_ref().map(Email::as_str),
        contact.web.as_ref().map(WebAddress::as_str)
    )
    .execute(db)
    .await
    .map(drop)
}

/// False where it is at another revision by now.
pub async fn change(
    db: impl PgExecutor<'_>,
    id: PartnershipId,
    revision: i32,
    content: &Content,
) -> sqlx::Result<bool> {
    let (covers, contact) = (&content.covers, &content.contact);
    let changed = sqlx::query!(
        "update partnerships
         set name = $3, kind = $4, level = $5, boroughs = $6, area = $7, about = $8, meetings = $9, joining = $10,
             contact_name = $11, contact_role = $12, phone = $13, email = $14, web = $15, revision = revision + 1
         where id = $1 and revision = $2",
        id,
        revision,
        content.name.as_str(),
        content.kind.code(),
        covers.level().code(),
        &codes(covers),
        content.area.as_ref().map(Line::as_str),
        content.about.as_str(),
        content.meetings.as_ref().map(Text::as_str),
        content.joining.as_ref().map(Text::as_str),
        contact.name.as_ref().map(Line::as_str),
        contact.role.as_ref().map(Line::as_str),
        contact.phone.as_ref().map(Phone::as_str),
        contact.email.as_ref().map(Email::as_str),
        contact.web.as_ref().map(WebAddress::as_str)
    );
    Ok(changed.execute(db).await?.rows_affected() > 0)
}

/// Archives it, or with `None` brings it back. False where it is at another revision by now, or stands so already.
pub async fn archive(
    db: impl PgExecutor<'_>,
    id: PartnershipId,
    revision: i32,
    at: Option<Timestamp>,
) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update partnerships set archived_at = $3, revision = revision + 1
         where id = $1 and revision = $2 and (archived_at is null) <> ($3::timestamptz is null)",
        id,
        revision,
        at.map(|at| at.to_sqlx()) as Option<jiff_sqlx::Timestamp>
    );
    Ok(changed.execute(db).await?.rows_affected() > 0)
}

fn codes(covers: &Covers) -> Vec<String> {
    covers.boroughs().iter().map(ToString::to_string).collect()
}
