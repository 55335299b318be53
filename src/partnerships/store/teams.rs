//! SQL for the teams of boroughs.
use sqlx::PgExecutor;

use crate::{
    database::store::read,
    partnerships::{
        Contact,
        team::{Content, Team},
    },
    places::Gss,
    text::{Email, Line, Phone, WebAddress},
};

pub async fn every(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Team>> {
    some(db, None).await
}

pub async fn of(db: impl PgExecutor<'_>, borough: Gss) -> sqlx::Result<Option<Team>> {
    Ok(some(db, Some(borough)).await?.pop())
}

async fn some(db: impl PgExecutor<'_>, borough: Option<Gss>) -> sqlx::Result<Vec<Team>> {
    let rows = sqlx::query!(
        r#"select borough as "borough: Gss", name, phone, email, web, note, revision from borough_teams
           where $1::text is null or borough = $1"#,
        borough.as_ref().map(Gss::as_str)
    );
    let rows = rows.fetch_all(db).await?.into_iter().map(|row| {
        let contact = Contact {
            phone: read(row.phone.map(Phone::try_from).transpose())?,
            email: read(row.email.map(Email::try_from).transpose())?,
            web: read(row.web.map(WebAddress::try_from).transpose())?,
            ..Contact::default()
        };
        let name = read(Line::try_from(row.name))?;
        let note = read(row.note.map(Line::try_from).transpose())?;
        let content = Content { name, contact, note };
        Ok(Team { borough: row.borough, content, revision: row.revision })
    });
    rows.collect()
}

/// Says it, where none was there at revision 0, or anew. False where it is at another revision by now.
pub async fn keep(
    db: impl PgExecutor<'_>,
    borough: Gss,
    revision: i32,
    content: &Content,
) -> sqlx::Result<bool> {
    let contact = &content.contact;
    let kept = sqlx::query!(
        "insert into borough_teams as team (borough, name, phone, email, web, note)
         select $1, $3, $4, $5, $6, $7
         where $2 = 0 or exists (select from borough_teams where borough = $1)
         on conflict (borough) do update
         set name = $3, phone = $4, email = $5, web = $6, note = $7, revision = team.revision + 1
         where team.revision = $2",
        borough.as_str(),
        revision,
        content.name.as_str(),
        contact.phone.as_ref().map(Phone::as_str),
        contact.email.as_ref().map(Email::as_str),
        contact.web.as_ref().map(WebAddress::as_str),
        content.note.as_ref().map(Line::as_str)
    );
    Ok(kept.execute(db).await?.rows_affected() > 0)
}

/// Takes it off the pages. False where it is at another revision by now.
pub async fn remove(db: impl PgExecutor<'_>, borough: Gss, revision: i32) -> sqlx::Result<bool> {
    let removed = sqlx::query!(
        "delete from borough_teams where borough = $1 and revision = $2",
        borough.as_str(),
        revision
    );
    Ok(removed.execute(db).await?.rows_affected() > 0)
}
