//! SQL for providers.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

use super::{Profile, Provider, ProviderId};
use crate::{
    database::store::read,
    places::Gss,
    text::{Email, Line, Slug, Text, WebAddress},
};

/// One that the public may see, since something of it is published.
pub async fn published(db: impl PgExecutor<'_>, slug: &Slug) -> sqlx::Result<Option<Provider>> {
    let row = sqlx::query!(
        r#"select id as "id!", slug as "slug!", name as "name!", summary, about, website, borough
           from published_providers where slug = $1"#,
        slug.as_str()
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        provider(row.id, row.slug, row.name, [row.summary, row.about, row.website, row.borough])
    })
    .transpose()
}

pub async fn found(db: impl PgExecutor<'_>, slug: &Slug) -> sqlx::Result<Option<Provider>> {
    let row = sqlx::query!(
        "select id, slug, name, summary, about, website, borough from providers where slug = $1",
        slug.as_str()
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        provider(row.id, row.slug, row.name, [row.summary, row.about, row.website, row.borough])
    })
    .transpose()
}

/// What a provider says of itself, whoever may see it.
pub async fn profile(db: impl PgExecutor<'_>, id: ProviderId) -> sqlx::Result<Option<Profile>> {
    let row = sqlx::query!(
        "select id, slug, name, summary, about, website, borough from providers where id = $1",
        id
    )
    .fetch_optional(db)
    .await?;
    let row = row.map(|row| {
        provider(row.id, row.slug, row.name, [row.summary, row.about, row.website, row.borough])
    });
    Ok(row.transpose()?.map(|provider| provider.profile))
}

/// All of them, by slug.
pub async fn every(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Provider>> {
    let rows = sqlx::query!(
        "select id, slug, name, summary, about, website, borough from providers order by slug"
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
        provider(row.id, row.slug, row.name, [row.summary, row.about, row.website, row.borough])
    });
    rows.collect()
}

/// Adds it, or changes the one of its id.
pub async fn keep(db: impl PgExecutor<'_>, provider: &Provider) -> sqlx::Result<()> {
    let profile = &provider.profile;
    sqlx::query!(
        "insert into providers (id, slug, name, summary, about, website, borough)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (id) do update
         set slug = excluded.slug, name = excluded.name, summary = excluded.summary, about = excluded.about,
             website = excluded.website, borough = excluded.borough",
        provider.id,
        provider.slug.as_str(),
        profile.name.as_str(),
        profile.summary.as_ref().map(Line::as_str),
        profile.about.as_ref().map(Text::as_str),
        profile.website.as_ref().map(WebAddress::as_str),
        profile.borough.as_ref().map(Gss::as_str)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds one under a name of its own in addresses; `false`, and nothing else, where it is there already.
/// Within a transaction, since it looks for a name that is free before it takes it.
pub async fn introduce(
    db: &mut PgConnection,
    id: ProviderId,
    profile: &Profile,
) -> sqlx::Result<bool> {
    let known = sqlx::query_scalar!(
        r#"select exists (select from providers where id = $1) as "known!""#,
        id
    );
    if known.fetch_one(&mut *db).await? {
        return Ok(false);
    }
    let named = Slug::from_name(profile.name.as_str()).or_else(|| Slug::from_name("provider"));
    let wanted = named.ok_or_else(|| sqlx::Error::Encode("no name for a provider".into()))?;
    for slug in wanted.candidates() {
        if found(&mut *db, &slug).await?.is_none() {
            keep(&mut *db, &Provider { id, slug, profile: profile.clone() }).await?;
            return Ok(true);
        }
    }
    Err(sqlx::Error::Encode("no name for a provider is free".into()))
}

/// Lets one of its owners say it anew while the public has seen nothing of it; else changes nothing.
pub async fn describe_unseen(
    db: impl PgExecutor<'_>,
    id: ProviderId,
    profile: &Profile,
    email: &Email,
) -> sqlx::Result<()> {
    say(db, id, profile, Some(email)).await
}

/// The same for who looks after what the public has not seen, at the desk.
pub async fn describe_unknown(
    db: &mut PgConnection,
    id: ProviderId,
    profile: &Profile,
) -> sqlx::Result<()> {
    let known = sqlx::query_scalar!(
        r#"select exists (
               select from offers where provider = $1 and first_published is not null
           ) as "known!""#,
        id
    );
    if known.fetch_one(&mut *db).await? { Ok(()) } else { describe(db, id, profile).await }
}

/// What it says of itself from now on; its name in addresses stays.
pub async fn describe(
    db: impl PgExecutor<'_>,
    id: ProviderId,
    profile: &Profile,
) -> sqlx::Result<()> {
    say(db, id, profile, None).await
}

async fn say(
    db: impl PgExecutor<'_>,
    id: ProviderId,
    profile: &Profile,
    unseen_by: Option<&Email>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update providers set name = $2, summary = $3, about = $4, website = $5, borough = $6
         where id = $1 and ($7::text is null
             or exists (select from provider_owners where provider_id = $1 and email = $7)
                and not exists (select from offers where provider = $1 and first_published is not null))",
        id,
        profile.name.as_str(),
        profile.summary.as_ref().map(Line::as_str),
        profile.about.as_ref().map(Text::as_str),
        profile.website.as_ref().map(WebAddress::as_str),
        profile.borough.as_ref().map(Gss::as_str),
        unseen_by.map(Email::as_str)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// From now on this person may change it and all of its offers.
pub async fn own(
    db: impl PgExecutor<'_>,
    id: ProviderId,
    email: &Email,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into provider_owners (provider_id, email, since) values ($1, $2, $3) on conflict do nothing",
        id,
        email.as_str(),
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether this person looks after it. Until the transaction ends they cannot be taken off the list.
pub async fn owns(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    email: &Email,
) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select 1 as "one!" from provider_owners where provider_id = $1 and email = $2 for key share"#,
        provider,
        email.as_str()
    );
    Ok(found.fetch_optional(db).await?.is_some())
}

/// Everybody who looks after it, with since when; who has longest comes first.
pub async fn people(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
) -> sqlx::Result<Vec<(Email, Timestamp)>> {
    let rows = sqlx::query!(
        r#"select email, since as "since: jiff_sqlx::Timestamp" from provider_owners
           where provider_id = $1 order by since, email"#,
        provider
    );
    let rows = rows.fetch_all(db).await?.into_iter();
    rows.map(|row| Ok((read(Email::try_from(row.email))?, row.since.to_jiff()))).collect()
}

/// Whether the coordinators of one of these boroughs let its small changes pass at once.
pub async fn is_trusted(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
    boroughs: &[Gss],
) -> sqlx::Result<bool> {
    let boroughs: Vec<String> = boroughs.iter().map(ToString::to_string).collect();
    sqlx::query_scalar!(
        r#"select exists (
               select from trusted_providers where provider_id = $1 and borough = any($2)
           ) as "trusted!""#,
        provider,
        &boroughs
    )
    .fetch_one(db)
    .await
}

fn provider(
    id: ProviderId,
    slug: String,
    name: String,
    [summary, about, website, borough]: [Option<String>; 4],
) -> sqlx::Result<Provider> {
    Ok(Provider {
        id,
        slug: parsed(slug)?,
        profile: Profile {
            name: parsed(name)?,
            summary: summary.map(parsed).transpose()?,
            about: about.map(parsed).transpose()?,
            website: website.map(parsed).transpose()?,
            borough: borough.map(parsed).transpose()?,
        },
    })
}

fn parsed<T: TryFrom<String, Error = E>, E: std::fmt::Display>(kept: String) -> sqlx::Result<T> {
    read(T::try_from(kept))
}
