//! Who looks at a submission: it binds nobody, but nobody takes it from somebody unasked.
use jiff::Timestamp;
use sqlx::PgPool;

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
    let id = *permit.subject();
    let mut tx = db.begin().await?;
    let Some((claimed, account)) = store::claimable(&mut tx, id).await?.zip(permit.account())
    else {
        return Ok(Taken::NotWaiting);
    };
    match claimed {
        Some(theirs) if theirs == account => return Ok(Taken::Yes),
        Some(theirs) if from != Some(theirs) => return Ok(Taken::ByAnother),
        _ => {}
    }
    store::claim(&mut *tx, id, account, now).await?;
    let by = (Some(account), permit.signed());
    accounts::store::log(&mut *tx, by, "claimed", Some(id), None, now).await?;
    tx.commit().await?;
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
