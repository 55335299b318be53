//! What the page of a provider says of trainings: whoever looks after it can take it off, whoever asked for it.
use jiff::Timestamp;
use sqlx::PgPool;

use super::{Permit, Person};
use crate::{
    providers::ProviderId,
    training::shown::{self, ShownId, ShownOn},
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
    shown::take_off(&mut tx, ShownOn::Provider(provider), id, now).await?;
    tx.commit().await.map(Some)
}
