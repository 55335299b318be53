//! Showing that one took part: a provider asks from their certificate, a coordinator of the cohort checks.
use jiff::Timestamp;
use sqlx::PgPool;
use uuid::Uuid;

use super::{
    Booking, CohortId, after_letters,
    certificate::Certificate,
    store::{self, shown},
};
use crate::{
    accounts::{self, Permit},
    mail,
    places::Gss,
    providers::ProviderId,
    text::{Line, Slug},
};

pub type ShownId = Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Asked,
    Checked,
    Refused,
}

/// A provider whom somebody looks after, with what became of showing this cohort there.
#[derive(Clone, Debug)]
pub struct Own {
    pub provider: ProviderId,
    pub name: String,
    pub slug: Slug,
    pub state: Option<State>,
}

/// Somebody asks, as the desk reads it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub id: ShownId,
    pub booking: Uuid,
    pub cohort: (CohortId, String),
    pub boroughs: Vec<Gss>,
    pub provider: (ProviderId, String),
    /// Who took part; none once that is erased.
    pub person: Option<String>,
    pub asked: Timestamp,
}

/// What a provider's page says or is to say, for who looks after it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: ShownId,
    /// The title of the cohort.
    pub title: String,
    pub state: State,
}

/// What becomes of an asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Show,
    Refuse,
    /// It was shown, and is no more.
    TakeOff,
}

/// What a provider's page says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TookPart {
    pub programme: String,
    /// The address of the cohort.
    pub slug: Slug,
    pub title: String,
    pub year: i16,
}

impl State {
    pub const ALL: [Self; 3] = [Self::Asked, Self::Checked, Self::Refused];

    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Checked => "checked",
            Self::Refused => "refused",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl Answer {
    /// As what it is there before.
    pub fn answers(self) -> State {
        match self {
            Self::Show | Self::Refuse => State::Asked,
            Self::TakeOff => State::Checked,
        }
    }

    /// What is taken off stays refused, so that it does not come back by asking.
    pub fn leads_to(self) -> State {
        match self {
            Self::Show => State::Checked,
            Self::Refuse | Self::TakeOff => State::Refused,
        }
    }

    /// As the log has it.
    pub fn act(self) -> &'static str {
        match self {
            Self::Show => "training_shown",
            Self::Refuse => "training_not_shown",
            Self::TakeOff => "training_taken_off",
        }
    }
}

/// Asks to show it on the page of a provider whom this person looks after; `false` where that is not theirs.
pub async fn ask(
    db: &PgPool,
    booking: &Booking,
    certificate: &Certificate,
    provider: ProviderId,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let Some(person) = &booking.person else { return Ok(false) };
    let mut tx = db.begin().await?;
    if !crate::providers::store::owns(&mut *tx, provider, &person.email).await? {
        return Ok(false);
    }
    shown::ask(&mut *tx, (booking.id, certificate.cohort), provider, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Takes it away again, asked or shown; only from a provider whom this person looks after.
pub async fn take_back(
    db: &PgPool,
    booking: &Booking,
    certificate: &Certificate,
    provider: ProviderId,
) -> sqlx::Result<bool> {
    let Some(person) = &booking.person else { return Ok(false) };
    let mut tx = db.begin().await?;
    if !crate::providers::store::owns(&mut *tx, provider, &person.email).await? {
        return Ok(false);
    }
    shown::remove(&mut *tx, certificate.cohort, provider).await?;
    tx.commit().await?;
    Ok(true)
}

/// A coordinator answers; `false` where it stands otherwise by now.
pub async fn settle(
    db: &PgPool,
    permit: &Permit<Asked>,
    answer: Answer,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let asked = permit.subject();
    let mut tx = db.begin().await?;
    if !shown::settle(&mut *tx, asked.id, answer, permit.account(), now).await? {
        return Ok(false);
    }
    let booking = store::bookings::booking(&mut *tx, asked.booking).await?;
    let cohort = store::cohort(&mut tx, asked.cohort.0).await?;
    if let (Some(booking), Some(cohort)) = (booking, cohort)
        && let Some(letter) = after_letters::shown(&cohort, &booking, asked, answer)
    {
        mail::store::put(&mut *tx, &letter, now).await?;
    }
    let words = Line::parse(&asked.provider.1).ok();
    let by = (permit.account(), permit.signed());
    accounts::store::log(&mut *tx, by, answer.act(), Some(asked.cohort.0), words.as_ref(), now)
        .await?;
    tx.commit().await?;
    Ok(true)
}
