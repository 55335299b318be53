//! SQL for what visitors read: only what is published, and only as long as its consent holds.
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor};

use super::{Kind, Teller, needs};
use crate::{
    database::store::read,
    offers::OfferId,
    places::Gss,
    stories::{StoryId, Told},
    text::{Line, Slug, Text},
    topics::{Code, Need},
};

/// Which of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    pub need: Option<Need>,
    pub borough: Option<Gss>,
    pub teller: Option<Teller>,
    /// Those of one offer, and of others that were merged into it.
    pub offer: Option<OfferId>,
}

/// An offer that a story tells of, as long as it is there.
#[derive(Clone, Debug)]
pub struct Of {
    pub slug: Slug,
    pub title: String,
}

/// Some of them from a place on, the newest first, and how many there are in all.
pub async fn list(
    db: &mut PgConnection,
    wanted: Wanted,
    (from, most): (usize, usize),
    today: Date,
) -> sqlx::Result<(Vec<Told>, usize)> {
    let need = wanted.need.map(Code::code);
    let borough = wanted.borough.map(|gss| gss.to_string());
    let teller = wanted.teller.map(Teller::code);
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from stories s
           where s.state = 'published' and s.consent_ends > $1 and ($2::text is null or $2 = any(s.needs))
             and ($3::text is null or $3 = any(s.boroughs)) and ($4::text is null or s.teller = $4)
             and ($5::uuid is null or exists (
                 select from story_offers t left join offer_mergers m on m.offer_id = t.offer_id
                 where t.story_id = s.id and (t.offer_id = $5 or m.into_id = $5)))"#,
        today.to_sqlx() as jiff_sqlx::Date,
        need,
        borough,
        teller,
        wanted.offer
    );
    let count = count.fetch_one(&mut *db).await?;
    if count == 0 {
        return Ok((vec![], 0));
    }
    let rows = sqlx::query_as!(
        Row,
        r#"select s.id, s.slug as "slug!", s.published_on as "published!: jiff_sqlx::Date", s.kind as "kind!",
                  s.teller as "teller!", s.title as "title!", s.words as "words!", s.name, s.needs,
                  s.boroughs as "boroughs: Vec<Gss>", s.real_name as "real_name!"
           from stories s
           where s.state = 'published' and s.consent_ends > $1 and ($2::text is null or $2 = any(s.needs))
             and ($3::text is null or $3 = any(s.boroughs)) and ($4::text is null or s.teller = $4)
             and ($5::uuid is null or exists (
                 select from story_offers t left join offer_mergers m on m.offer_id = t.offer_id
                 where t.story_id = s.id and (t.offer_id = $5 or m.into_id = $5)))
           order by s.published_on desc, s.id desc limit $6 offset $7"#,
        today.to_sqlx() as jiff_sqlx::Date,
        need,
        borough,
        teller,
        wanted.offer,
        i64::try_from(most).unwrap_or(i64::MAX),
        i64::try_from(from).unwrap_or(i64::MAX)
    );
    let told = rows.fetch_all(db).await?.into_iter().map(|row| Ok(row.told()?.1));
    Ok((told.collect::<sqlx::Result<_>>()?, usize::try_from(count).unwrap_or(0)))
}

/// The newest of one offer, and of others that were merged into it, and how many there are in all. Each view of an
/// offer's page asks, and most have none: it begins with the offer, not with all stories.
pub async fn of_offer(
    db: &mut PgConnection,
    offer: OfferId,
    most: usize,
    today: Date,
) -> sqlx::Result<(Vec<Told>, usize)> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from stories s
           where s.id in (
                   select story_id from story_offers where offer_id = $1
                   union
                   select t.story_id from offer_mergers m join story_offers t on t.offer_id = m.offer_id
                   where m.into_id = $1)
             and s.state = 'published' and s.consent_ends > $2"#,
        offer,
        today.to_sqlx() as jiff_sqlx::Date
    );
    let count = count.fetch_one(&mut *db).await?;
    if count == 0 {
        return Ok((vec![], 0));
    }
    let rows = sqlx::query_as!(
        Row,
        r#"select s.id, s.slug as "slug!", s.published_on as "published!: jiff_sqlx::Date", s.kind as "kind!",
                  s.teller as "teller!", s.title as "title!", s.words as "words!", s.name, s.needs,
                  s.boroughs as "boroughs: Vec<Gss>", s.real_name as "real_name!"
           from stories s
           where s.id in (
                   select story_id from story_offers where offer_id = $1
                   union
                   select t.story_id from offer_mergers m join story_offers t on t.offer_id = m.offer_id
                   where m.into_id = $1)
             and s.state = 'published' and s.consent_ends > $2
           order by s.published_on desc, s.id desc limit $3"#,
        offer,
        today.to_sqlx() as jiff_sqlx::Date,
        i64::try_from(most).unwrap_or(i64::MAX)
    );
    let told = rows.fetch_all(db).await?.into_iter().map(|row| Ok(row.told()?.1));
    Ok((told.collect::<sqlx::Result<_>>()?, usize::try_from(count).unwrap_or(0)))
}

/// The one of this name, with its number.
pub async fn one(
    db: impl PgExecutor<'_>,
    slug: &Slug,
    today: Date,
) -> sqlx::Result<Option<(StoryId, Told)>> {
    let row = sqlx::query_as!(
        Row,
        r#"select s.id, s.slug as "slug!", s.published_on as "published!: jiff_sqlx::Date", s.kind as "kind!",
                  s.teller as "teller!", s.title as "title!", s.words as "words!", s.name, s.needs,
                  s.boroughs as "boroughs: Vec<Gss>", s.real_name as "real_name!"
           from stories s where s.slug = $1 and s.state = 'published' and s.consent_ends > $2"#,
        slug.as_str(),
        today.to_sqlx() as jiff_sqlx::Date
    );
    row.fetch_optional(db).await?.map(Row::told).transpose()
}

/// The offers it tells of that are there; one that was merged into another stands as that.
pub async fn offers(db: impl PgExecutor<'_>, story: StoryId) -> sqlx::Result<Vec<Of>> {
    let rows = sqlx::query!(
        r#"select o.slug, o.title from story_offers t
           left join offer_mergers m on m.offer_id = t.offer_id
           join offers o on o.id = coalesce(m.into_id, t.offer_id)
           where t.story_id = $1 and o.state in ('published', 'paused')
           group by o.id order by min(t.place)"#,
        story
    );
    let offers = rows
        .fetch_all(db)
        .await?
        .into_iter()
        .map(|row| Ok(Of { slug: read(Slug::try_from(row.slug))?, title: row.title }));
    offers.collect()
}

/// What is called so: the offer whose stories somebody wants to see.
pub async fn offer(
    db: impl PgExecutor<'_>,
    slug: &Slug,
) -> sqlx::Result<Option<(OfferId, String)>> {
    let row = sqlx::query!(
        "select id, title from offers where slug = $1 and state in ('published', 'paused')",
        slug.as_str()
    );
    Ok(row.fetch_optional(db).await?.map(|row| (row.id, row.title)))
}

/// The names of all, for the site map.
pub async fn slugs(db: impl PgExecutor<'_>, today: Date) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select slug as "slug!" from stories where state = 'published' and consent_ends > $1 order by slug"#,
        today.to_sqlx() as jiff_sqlx::Date
    )
    .fetch_all(db)
    .await
}

struct Row {
    id: StoryId,
    slug: String,
    published: jiff_sqlx::Date,
    kind: String,
    teller: String,
    title: String,
    words: String,
    name: Option<String>,
    needs: Vec<String>,
    boroughs: Vec<Gss>,
    real_name: bool,
}

impl Row {
    fn told(self) -> sqlx::Result<(StoryId, Told)> {
        let told = Told {
            slug: read(Slug::try_from(self.slug))?,
            kind: read(Kind::parse(&self.kind).ok_or("an unknown kind"))?,
            teller: read(Teller::parse(&self.teller).ok_or("an unknown teller"))?,
            title: read(Line::try_from(self.title))?,
            words: read(Text::try_from(self.words))?,
            name: self.name.map(|name| read(Line::try_from(name))).transpose()?,
            real_name: self.real_name,
            needs: needs(&self.needs),
            boroughs: self.boroughs,
            published: self.published.to_jiff(),
        };
        Ok((self.id, told))
    }
}
