//! What the page of a provider says of trainings: whoever looks after it can take it off, whoever asked for it.
use jiff::Timestamp;
use sqlx::PgPool;

use super::{Permit, Person};
use crate::{
    accounts,
    providers::ProviderId,
    text::Line,
    training::{
        shown::{Answer, ShownId},
        store::shown,
    },
};

/// Takes one off. `None` for a provider that this person does not look after.
pub async fn take_off(
    db: &PgPool,
    person: &Person,
    provider: ProviderId,
    id: ShownId,
    now: Timestamp,
) -> sqlx::Result<Option<()>> {
    let mut tx = db.begin().await?;
    if Permit::of(&mut tx, person, provider).await?.is_none() {
        return Ok(None);
    }
    if let Some(cohort) = shown::take_off(&mut *tx, provider, id).await? {
        let by =
            Line::parse("the provider").unwrap_or_else(|_| unreachable!("our own short words"));
        let act = Answer::TakeOff.act();
        accounts::store::log(&mut *tx, (None, &by), act, Some(cohort), None, now).await?;
    }
    tx.commit().await.map(Some)
}
