//! Who looks at a submission: it binds nobody, but nobody takes it from somebody unasked.
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

use super::{Taken, store};
use crate::{
    accounts::{self, AccountId, Permit},
    submissions::SubmissionId,
};

/// Says that this account looks at it from now on. `from` is whom the page named: somebody else is asked about
/// before it is taken from them.
pub async fn take(
    db: &PgPool,
    permit: &Permit<SubmissionId>,
    from: Option<AccountId>,
    now: Timestamp,
) -> sqlx::Result<Taken> {
    let mut tx = db.begin().await?;
    let taken = take_within(&mut tx, permit, *permit.subject(), from, now).await?;
    tx.commit().await?;
    Ok(taken)
}

/// The same within a transaction, for who does more with it at once.
pub async fn take_within<T>(
    db: &mut PgConnection,
    permit: &Permit<T>,
    id: SubmissionId,
    from: Option<AccountId>,
    now: Timestamp,
) -> sqlx::Result<Taken> {
    let Some((claimed, account)) = store::claimable(&mut *db, id).await?.zip(permit.account())
    else {
        return Ok(Taken::NotWaiting);
    };
    match claimed {
        Some(theirs) if theirs == account => return Ok(Taken::Yes),
        Some(theirs) if from != Some(theirs) => return Ok(Taken::ByAnother),
        _ => {}
    }
    store::claim(&mut *db, id, account, now).await?;
    let by = (Some(account), permit.signed());
    accounts::store::log(db, by, "claimed", Some(id), None, now).await?;
    Ok(Taken::Yes)
}

/// Lets it go, if this account had claimed it.
pub async fn let_go(
    db: &PgPool,
    permit: &Permit<SubmissionId>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let id = *permit.subject();
    let Some(account) = permit.account() else { return Ok(()) };
    let mut tx = db.begin().await?;
    if store::let_go(&mut *tx, id, account).await? {
        let by = (Some(account), permit.signed());
        accounts::store::log(&mut *tx, by, "let_go", Some(id), None, now).await?;
    }
    tx.commit().await
}
