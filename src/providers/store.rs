//! SQL for providers.
use sqlx::PgExecutor;

use super::{Profile, Provider, ProviderId};
use crate::{
    database::store::read,
    places::Gss,
    text::{Line, Slug, Text, WebAddress},
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
