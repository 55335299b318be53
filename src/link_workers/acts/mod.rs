//! What is done with an entry, each act one transaction: by the person themselves, and by the desk.
pub mod desk;
mod own;

use jiff::Timestamp;
use sqlx::PgConnection;

pub use own::{Done, agree, ask, join, save, set_photograph, withdraw};

use super::{AnyState, store};
use crate::pictures::Pictures;

/// Whether an address may be proposed again after an entry is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// They said no, or nothing: no list and no coordinator proposes them for two years.
    NotForTwoYears,
    Whenever,
}

/// Nothing of it is left once the transaction is committed. Photographs go before: what is lost by then should be.
pub async fn erase(
    db: &mut PgConnection,
    pictures: &Pictures,
    one: &AnyState,
    again: Again,
    now: Timestamp,
) -> sqlx::Result<()> {
    let known = one.known();
    if again == Again::NotForTwoYears {
        store::refuse(&mut *db, &known.email, now).await?;
    }
    pictures.erase(&mut *db, &store::photographs(one)).await?;
    store::erase(db, known, now).await
}
