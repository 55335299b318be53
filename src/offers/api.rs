//! Offers for programs: their sessions as calendar files, to keep or to subscribe to.
use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use jiff::civil::DateTime;
use sqlx::PgPool;

use super::{
    OfferId,
    calendar_entry::{entry, withdrawn_entry},
    store,
};
use crate::{
    calendar::{Entry, Source, calendar_file, civil_now},
    config::PublicUrl,
    places::Places,
    text::Slug,
    web::{Error, Now, Path, Result},
};

/// As many as a shortlist holds.
const MOST: usize = 20;

/// Of one offer, also under a name that it had. Of one that was taken off the list, every session is
/// crossed out.
pub async fn calendar(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    State(url): State<PublicUrl>,
    Now(now): Now,
    Path(slug): Path<String>,
) -> Result<Response> {
    let slug = Slug::parse(&slug).ok_or(Error::NotFound)?;
    let address = format!("{url}/offers/{slug}/calendar.ics");
    file(&db, &places, &url, civil_now(now), &[slug], &address).await
}

/// Of several, `?offer=…&offer=…`. Names that no offer ever had are passed over while there is another.
pub async fn calendars(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    State(url): State<PublicUrl>,
    Now(now): Now,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let query = query.unwrap_or_default();
    let asked = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "offer");
    let mut slugs: Vec<Slug> = Vec::new();
    for (_, slug) in asked {
        slugs.extend(Slug::parse(&slug).filter(|slug| !slugs.contains(slug)));
        if slugs.len() > MOST {
            let problem = format!("A calendar holds at most {MOST} offers. Leave some out.");
            return Err(Error::BadRequest(problem));
        }
    }
    if slugs.is_empty() {
        return Err(Error::BadRequest("Say which offers: /calendar.ics?offer=NAME".into()));
    }
    let query: String = slugs.iter().map(|slug| format!("&offer={slug}")).collect();
    let address = format!("{url}/calendar.ics?{}", query.trim_start_matches('&'));
    file(&db, &places, &url, civil_now(now), &slugs, &address).await
}

async fn file(
    db: &PgPool,
    places: &Places,
    url: &PublicUrl,
    now: DateTime,
    slugs: &[Slug],
    address: &str,
) -> Result<Response> {
    let mut db = db.acquire().await?;
    let slugs: Vec<String> = slugs.iter().map(Slug::to_string).collect();
    let ids = store::named(&mut *db, &slugs).await?;
    let listed = store::published_of(&mut db, &ids).await?;
    let withdrawn = match listed.len() == ids.len() {
        true => Vec::new(),
        false => store::withdrawn(&mut *db, &ids).await?,
    };
    let mut entries: Vec<(OfferId, Entry)> = Vec::new();
    entries.extend(listed.iter().map(|one| (one.offer.id, entry(one, places, url, now))));
    entries.extend(withdrawn.iter().map(|one| (one.id, withdrawn_entry(one, url))));
    entries.sort_by_key(|(id, _)| ids.iter().position(|asked| asked == id));
    let entries: Vec<Entry> = entries.into_iter().map(|(_, entry)| entry).collect();
    let (name, saved_as) = match &entries[..] {
        [] => return Err(Error::NotFound),
        [only] => (only.title.to_owned(), format!("{}.ics", slugs[0])),
        several => (format!("Fingerpost: {} offers", several.len()), "fingerpost.ics".into()),
    };
    let file = calendar_file(Source { name: &name, url: address }, &entries, now);
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{saved_as}\"")),
    ];
    Ok((headers, file).into_response())
}
