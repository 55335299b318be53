//! Several people, one provider: inviting, joining, handing over, leaving.
use jiff::Timestamp;
use sqlx::PgPool;
use uuid::Uuid;

use super::{Invitation, Permit, Person, letters, store};
use crate::{
    links::{self, Purpose, Secret, Wanted},
    mail,
    providers::{self, ProviderId},
    text::Email,
};

/// Invites somebody by letter. `None` for a provider that this person does not look after, or of which
/// no coordinator has seen anything yet: so that no letter of ours carries words that nobody has read.
pub async fn invite(
    db: &PgPool,
    person: &Person,
    provider: ProviderId,
    email: &Email,
    hand_over: bool,
    now: Timestamp,
) -> sqlx::Result<Option<()>> {
    let mut tx = db.begin().await?;
    store::people_held(&mut tx, provider).await?;
    let Some(permit) = Permit::of(&mut tx, person, provider).await? else {
        return Ok(None);
    };
    let looked_after = store::looked_after(&mut *tx, person).await?;
    let Some(looked) = looked_after.into_iter().find(|one| one.id == provider && one.seen) else {
        return Ok(None);
    };
    let invitation = Invitation {
        id: Uuid::now_v7(),
        provider,
        email: email.clone(),
        by: permit.email().clone(),
        hand_over,
        made: now,
    };
    store::invite(&mut tx, &invitation).await?;
    mail::store::put(&mut *tx, &letters::invited(&invitation, &looked.name), now).await?;
    tx.commit().await.map(Some)
}

/// What the link of an invitation opens, with the provider's name.
pub async fn invited(
    db: &PgPool,
    secret: &Secret,
    now: Timestamp,
) -> sqlx::Result<Option<(Invitation, String)>> {
    let mut tx = db.begin().await?;
    waiting(&mut tx, secret, now).await
}

/// Joins, once; who hands over leaves in the same moment. A link to what is now theirs too.
pub async fn accept(db: &PgPool, secret: &Secret, now: Timestamp) -> sqlx::Result<Option<Secret>> {
    let mut tx = db.begin().await?;
    let Some((Invitation { provider, .. }, _)) = waiting(&mut tx, secret, now).await? else {
        return Ok(None);
    };
    // Whoever leaves or takes back at the same moment was either before us, or comes after.
    store::people_held(&mut tx, provider).await?;
    let Some((invitation, _)) = waiting(&mut tx, secret, now).await? else {
        return Ok(None);
    };
    if !links::store::used(&mut *tx, secret, now).await? {
        return Ok(None);
    }
    let Invitation { id, email, by, hand_over, .. } = invitation;
    providers::store::own(&mut *tx, provider, &email, now).await?;
    store::end_invitation(&mut *tx, id, provider, now).await?;
    if hand_over && by != email {
        store::leave(&mut tx, provider, &by, &email, now).await?;
    }
    let wanted = Wanted { purpose: Purpose::Mine, subject: None, email, mailed: true };
    let secret = links::store::make(&mut *tx, &wanted, now).await?;
    tx.commit().await?;
    Ok(Some(secret))
}

/// Whether somebody left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    Left,
    /// Somebody must stay.
    LastOne,
}

/// Takes somebody off the list: a colleague, or oneself. What they had in hand goes to who takes them off,
/// or from oneself to who has been there longest.
pub async fn remove(
    db: &PgPool,
    person: &Person,
    provider: ProviderId,
    email: &Email,
    now: Timestamp,
) -> sqlx::Result<Option<Left>> {
    let mut tx = db.begin().await?;
    let people = store::people_held(&mut tx, provider).await?;
    let Some(permit) = Permit::of(&mut tx, person, provider).await? else {
        return Ok(None);
    };
    let itself = permit.email() == email;
    let to = match itself {
        false => Some(permit.email()),
        true => people.iter().map(|(one, _)| one).find(|one| *one != email),
    };
    let Some(to) = to else {
        return Ok(Some(Left::LastOne));
    };
    if people.iter().any(|(one, _)| one == email) {
        store::leave(&mut tx, provider, email, to, now).await?;
    }
    tx.commit().await?;
    Ok(Some(Left::Left))
}

/// Takes an invitation back.
pub async fn take_back(
    db: &PgPool,
    person: &Person,
    provider: ProviderId,
    invitation: Uuid,
    now: Timestamp,
) -> sqlx::Result<Option<()>> {
    let mut tx = db.begin().await?;
    store::people_held(&mut tx, provider).await?;
    if Permit::of(&mut tx, person, provider).await?.is_none() {
        return Ok(None);
    }
    store::end_invitation(&mut *tx, invitation, provider, now).await?;
    tx.commit().await.map(Some)
}

/// Good as long as who invited still looks after it.
async fn waiting(
    db: &mut sqlx::PgConnection,
    secret: &Secret,
    now: Timestamp,
) -> sqlx::Result<Option<(Invitation, String)>> {
    let link = links::store::opened(&mut *db, secret, Purpose::Invitation, now).await?;
    let Some(id) = link.and_then(|link| link.subject) else {
        return Ok(None);
    };
    let Some(invitation) = store::invitation(&mut *db, id).await? else {
        return Ok(None);
    };
    if !providers::store::owns(&mut *db, invitation.provider, &invitation.by).await? {
        return Ok(None);
    }
    let profile = providers::store::profile(&mut *db, invitation.provider).await?;
    Ok(profile.map(|profile| (invitation, profile.name.to_string())))
}
