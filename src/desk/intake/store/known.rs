//! SQL for what came from elsewhere before, and what of ours it is.
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgExecutor, types::Json};

use crate::{
    offers::{Content, OfferId, store::Key},
    places::{Gss, Postcode},
    providers::ProviderId,
    text::Line,
    venues::{NewVenue, VenueId},
};

/// The offer that a key leads to, without locking it.
pub async fn offer_of(db: impl PgExecutor<'_>, key: &Key) -> sqlx::Result<Option<OfferId>> {
    let (slug, source, foreign_id) = match key {
        Key::Slug(slug) => (Some(slug.as_str()), None, None),
        Key::Origin(from) => (None, Some(from.source.as_str()), Some(from.id.as_str())),
    };
    let id = sqlx::query_scalar!(
        r#"select id as "id!" from offers where slug = $1 or (source = $2 and foreign_id = $3)
           union all select offer_id from offer_slugs where slug = $1 limit 1"#,
        slug,
        source,
        foreign_id
    );
    id.fetch_optional(db).await
}

/// What an offer said in its source when it last came.
pub async fn origin_content(
    db: impl PgExecutor<'_>,
    offer: OfferId,
) -> sqlx::Result<Option<Content>> {
    let content = sqlx::query_scalar!(
        r#"select content as "content: Json<Content>" from intake_origins where offer_id = $1"#,
        offer
    );
    Ok(content.fetch_optional(db).await?.map(|content| content.0))
}

pub async fn keep_origin(
    db: impl PgExecutor<'_>,
    offer: OfferId,
    content: &Content,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into intake_origins (offer_id, content, at) values ($1, $2, $3)
         on conflict (offer_id) do update set content = excluded.content, at = excluded.at",
        offer,
        Json(content) as _,
        now.to_sqlx() as jiff_sqlx::Timestamp
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The provider that an organisation of others is, or one of its very name.
pub async fn provider_of(
    db: impl PgExecutor<'_>,
    source: &Line<80>,
    organization: Option<&Line<200>>,
    name: &Line<120>,
) -> sqlx::Result<Option<ProviderId>> {
    let known = sqlx::query_scalar!(
        r#"(select provider_id as "id!" from intake_organizations where source = $1 and foreign_id = $2)
           union all (select id from providers where lower(name) = lower($3) order by id limit 1)
           limit 1"#,
        source.as_str(),
        organization.map(Line::as_str),
        name.as_str()
    );
    known.fetch_optional(db).await
}

pub async fn keep_organization(
    db: impl PgExecutor<'_>,
    source: &Line<80>,
    organization: &Line<200>,
    provider: ProviderId,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into intake_organizations (source, foreign_id, provider_id) values ($1, $2, $3)
         on conflict do nothing",
        source.as_str(),
        organization.as_str(),
        provider
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The venue that came from there, or one of the same name and postcode, unless its address is kept private.
pub async fn venue_of(db: impl PgExecutor<'_>, venue: &NewVenue) -> sqlx::Result<Option<VenueId>> {
    let origin = venue.origin.as_ref();
    let known = sqlx::query_scalar!(
        r#"(select id as "id!" from venues where source = $1 and foreign_id = $2)
           union all (
               select id from venues v where postcode = $3 and lower(name) = lower($4)
                 and not exists (select from offers where venue = v.id and address_private)
               order by id limit 1)
           limit 1"#,
        origin.map(|origin| origin.source.as_str()),
        origin.map(|origin| origin.foreign_id.as_str()),
        venue.postcode.as_ref().map(Postcode::as_str),
        venue.name.as_str()
    );
    known.fetch_optional(db).await
}

/// Its home and those of its offers.
pub async fn boroughs_of_provider(
    db: impl PgExecutor<'_>,
    provider: ProviderId,
) -> sqlx::Result<Vec<Gss>> {
    sqlx::query_scalar!(
        r#"select borough as "borough!: Gss" from providers where id = $1 and borough is not null
           union select unnest(boroughs) from offers where provider = $1"#,
        provider
    )
    .fetch_all(db)
    .await
}
