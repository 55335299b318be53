//! SQL for who is listed, as everybody may see them.
use std::collections::BTreeMap;

use sqlx::{PgConnection, PgExecutor};

use super::details;
use crate::{
    link_workers::{LinkWorkerId, Public},
    pictures::PictureId,
    places::Gss,
    training::store::shown,
};

/// Whom somebody serves.
#[derive(Clone, Copy, Debug)]
pub enum Within<'a> {
    /// By code. Who serves one of its practices alone is not meant.
    Network(&'a str),
    /// By code, with its network: who serves either.
    Practice(&'a str, Option<&'a str>),
    Borough(Gss),
}

/// Who is listed there, A to Z, without anything that is not public.
pub async fn listed_in(db: &mut PgConnection, within: Within<'_>) -> sqlx::Result<Vec<Public>> {
    let (network, practice, borough) = within.parts();
    let rows = sqlx::query!(
        r#"select id as "id!", said as "said!" from listed_link_workers l
           where exists (select from link_worker_networks n where n.link_worker_id = l.id and n.network = $1)
              or exists (select from link_worker_practices p where p.link_worker_id = l.id and p.practice = $2)
              or $3 = any (boroughs)
           order by lower(said ->> 'name'), id"#,
        network,
        practice,
        borough
    );
    let rows = rows.fetch_all(&mut *db).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let shown = shown::checked(db, &ids).await?;
    let rows = rows.into_iter().map(|row| {
        let took_part = shown.iter().filter(|one| one.on.id() == row.id).cloned().collect();
        Ok(Public::new(row.id, details(row.said)?, took_part))
    });
    rows.collect()
}

/// How many are listed in each borough where somebody is.
pub async fn counts(db: impl PgExecutor<'_>) -> sqlx::Result<BTreeMap<Gss, usize>> {
    let rows = sqlx::query!(
        r#"select borough as "borough!: Gss", count(*) as "count!"
           from listed_link_workers, unnest(boroughs) borough group by borough"#
    );
    let rows = rows.fetch_all(db).await?.into_iter();
    Ok(rows.map(|row| (row.borough, usize::try_from(row.count).unwrap_or(0))).collect())
}

/// The one of this id, while it is listed.
pub async fn listed(db: &mut PgConnection, id: LinkWorkerId) -> sqlx::Result<Option<Public>> {
    let row = sqlx::query!(
        r#"select id as "id!", said as "said!" from listed_link_workers where id = $1"#,
        id
    );
    let Some(row) = row.fetch_optional(&mut *db).await? else { return Ok(None) };
    let took_part = shown::checked(db, &[id]).await?;
    Ok(Some(Public::new(row.id, details(row.said)?, took_part)))
}

/// The photograph of whoever has this id, while they are listed.
pub async fn photograph(
    db: impl PgExecutor<'_>,
    id: LinkWorkerId,
) -> sqlx::Result<Option<PictureId>> {
    let row = sqlx::query!(r#"select said as "said!" from listed_link_workers where id = $1"#, id);
    let said = row.fetch_optional(db).await?.map(|row| details(row.said)).transpose()?;
    Ok(said.and_then(|said| said.photograph))
}

impl<'a> Within<'a> {
    fn parts(self) -> (Option<&'a str>, Option<&'a str>, Option<String>) {
        match self {
            Self::Network(code) => (Some(code), None, None),
            Self::Practice(code, network) => (network, Some(code), None),
            Self::Borough(gss) => (None, None, Some(gss.to_string())),
        }
    }
}
