//! A story about one of their offers, taken back by who looks after it.
use axum::{extract::State, response::Response};
use serde::Deserialize;
use sqlx::PgPool;

use super::{Mine, to};
use crate::{
    mine::permit::Permitted,
    offers::OfferId,
    stories::{
        StoryId,
        acts::{Done, withdraw_from},
    },
    submissions::pages::Closed,
    web::{Now, Path},
};

#[derive(Deserialize)]
pub struct OfStory {
    offer: OfferId,
    story: StoryId,
}

pub async fn withdraw(
    State(db): State<PgPool>,
    Now(now): Now,
    mine: Mine,
    Path(OfStory { offer, story }): Path<OfStory>,
) -> Result<Response, Closed> {
    let mut tx = db.begin().await?;
    Permitted::of(&mut tx, &mine.person, offer).await?.ok_or(Closed::Unknown)?;
    let done = withdraw_from(&mut tx, offer, story, now).await?;
    tx.commit().await?;
    let said = if done == Done::Done { "story-withdrawn" } else { "not-as-it-stands" };
    Ok(to(&mine.to(&format!("offers/{offer}?said={said}"))))
}
