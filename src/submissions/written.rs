//! What an offer says, as the form would have it.
use sqlx::PgConnection;

use super::writing::answers_of;
use crate::{forms::Answers, offers::Content, places::Places, providers, venues, venues::Venue};

/// With the names of its provider and its venue. Fails as the database does.
pub async fn written(
    db: &mut PgConnection,
    content: &Content,
    places: &Places,
) -> sqlx::Result<Answers> {
    written_with(db, content, None, places).await
}

/// The same where the venue may be one that is not kept yet.
pub async fn written_with(
    db: &mut PgConnection,
    content: &Content,
    new: Option<&Venue>,
    places: &Places,
) -> sqlx::Result<Answers> {
    let profile = providers::store::profile(&mut *db, content.provider).await?;
    let profile = profile.ok_or(sqlx::Error::RowNotFound)?;
    let venue = match (content.place.venue, new) {
        (Some(id), Some(new)) if new.id == id => Some(new.clone()),
        (Some(id), _) => {
            let standing = venues::store::standing(&mut *db, id, None, None).await?.pop();
            standing.map(|standing| standing.venue)
        }
        (None, _) => None,
    };
    Ok(answers_of(content, &profile, venue.as_ref(), places))
}
