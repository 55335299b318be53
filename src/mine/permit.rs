//! Who may do what: nobody changes an offer or a provider without a permit, and only the list of those who
//! look after it gives one.
use jiff::Timestamp;
use sqlx::PgConnection;

use crate::{
    links::{Link, Purpose},
    offers::{self, AnyState, Offer, OfferId},
    providers::{self, ProviderId},
    text::Email,
};

/// Somebody whose private link is for all that is theirs, or for what belongs to one provider.
#[derive(Clone, Debug)]
pub struct Person {
    email: Email,
    only: Option<ProviderId>,
    mailed: bool,
    expires: Timestamp,
}

/// Leave to act on a provider and all that belongs to it. Good for the transaction it was given in: until
/// that ends, nobody can take it away.
#[derive(Debug)]
pub struct Permit {
    email: Email,
    provider: ProviderId,
}

/// An offer, locked, with leave to act on it.
#[derive(Debug)]
pub struct Permitted {
    pub permit: Permit,
    pub offer: Offer<AnyState>,
}

impl Person {
    /// `None` for a link that is for something else.
    pub fn of(link: Link) -> Option<Self> {
        let Link { purpose, subject, email, mailed, expires } = link;
        (purpose == Purpose::Mine).then_some(Self { email, only: subject, mailed, expires })
    }

    pub fn email(&self) -> &Email {
        &self.email
    }
    /// The one provider that the link is for, if not for all.
    pub fn only(&self) -> Option<ProviderId> {
        self.only
    }
    /// Whether the link, or the one it was made from, came in a letter.
    pub fn mailed(&self) -> bool {
        self.mailed
    }
    pub fn expires(&self) -> Timestamp {
        self.expires
    }
    pub fn may_see(&self, provider: ProviderId) -> bool {
        self.only.is_none_or(|only| only == provider)
    }
}

impl Permit {
    /// `None` for a provider that this person does not look after.
    pub async fn of(
        db: &mut PgConnection,
        person: &Person,
        provider: ProviderId,
    ) -> sqlx::Result<Option<Self>> {
        let may =
            person.may_see(provider) && providers::store::owns(db, provider, &person.email).await?;
        Ok(may.then(|| Self { email: person.email.clone(), provider }))
    }

    pub fn email(&self) -> &Email {
        &self.email
    }
    pub fn provider(&self) -> ProviderId {
        self.provider
    }
}

impl Permitted {
    /// `None` for an offer that this person does not look after, or that is not there.
    pub async fn of(
        db: &mut PgConnection,
        person: &Person,
        offer: OfferId,
    ) -> sqlx::Result<Option<Self>> {
        let Some(kept) = offers::store::kept(&mut *db, offer).await? else {
            return Ok(None);
        };
        let permit = Permit::of(db, person, kept.offer.content.provider).await?;
        Ok(permit.map(|permit| Self { permit, offer: kept.offer }))
    }
}
