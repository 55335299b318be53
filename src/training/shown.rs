//! Showing that one took part, on a provider's page or a link worker's entry: one asks from one's certificate, a
//! coordinator of the cohort checks.
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
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

/// Where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownOn {
    Provider(ProviderId),
    /// The entry of a link worker, by its id.
    LinkWorker(Uuid),
}

/// A provider whom somebody looks after, or their entry as a link worker, with what became of showing this cohort
/// there.
#[derive(Clone, Debug)]
pub struct Own {
    pub on: ShownOn,
    pub name: String,
    pub state: Option<State>,
}

/// Somebody asks, as the desk reads it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub id: ShownId,
    /// None once the person is erased.
    pub booking: Option<Uuid>,
    pub cohort: (CohortId, String),
    pub boroughs: Vec<Gss>,
    pub on: ShownOn,
    /// Of the provider or the link worker; empty for a link worker who is not listed now.
    pub name: String,
    /// Who took part; none once that is erased.
    pub person: Option<String>,
    pub asked: Timestamp,
}

/// What a page says or is to say.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: ShownId,
    pub on: ShownOn,
    pub state: State,
    pub what: TookPart,
}

/// What becomes of an asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Show,
    Refuse,
    /// It was shown, and is no more.
    TakeOff,
}

/// What everybody reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TookPart {
    pub programme: String,
    /// The address of the cohort.
    pub slug: Slug,
    pub title: String,
    pub year: i16,
}

impl ShownOn {
    pub fn new(kind: &str, id: Uuid) -> Option<Self> {
        match kind {
            "provider" => Some(Self::Provider(id)),
            "link-worker" => Some(Self::LinkWorker(id)),
            _ => None,
        }
    }

    /// As it stands in forms.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Provider(_) => "provider",
            Self::LinkWorker(_) => "link-worker",
        }
    }

    pub fn id(self) -> Uuid {
        match self {
            Self::Provider(id) | Self::LinkWorker(id) => id,
        }
    }

    /// The page, for who does not know whose it is.
    pub fn page(self, name: &str) -> String {
        match self {
            Self::Provider(_) => format!("the page of {name}"),
            Self::LinkWorker(_) => "your entry as a link worker".to_owned(),
        }
    }
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

/// Asks to show it where this person may; `false` where that is not theirs.
pub async fn ask(
    db: &PgPool,
    booking: &Booking,
    certificate: &Certificate,
    on: ShownOn,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let Some(person) = &booking.person else { return Ok(false) };
    let mut tx = db.begin().await?;
    if !shown::owns(&mut *tx, on, &person.email).await? {
        return Ok(false);
    }
    shown::ask(&mut *tx, (booking.id, certificate.cohort), on, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Takes it away again, asked or shown; only from where this person may.
pub async fn take_back(
    db: &PgPool,
    booking: &Booking,
    certificate: &Certificate,
    on: ShownOn,
) -> sqlx::Result<bool> {
    let Some(person) = &booking.person else { return Ok(false) };
    let mut tx = db.begin().await?;
    if !shown::owns(&mut *tx, on, &person.email).await? {
        return Ok(false);
    }
    shown::remove(&mut *tx, certificate.cohort, on).await?;
    tx.commit().await?;
    Ok(true)
}

/// Whoever has the page takes one off it, or back before it is there, whoever asked for it.
pub async fn take_off(
    db: &mut PgConnection,
    on: ShownOn,
    id: ShownId,
    now: Timestamp,
) -> sqlx::Result<()> {
    let Some(cohort) = shown::take_off(&mut *db, on, id).await? else { return Ok(()) };
    let by = match on {
        ShownOn::Provider(_) => "the provider",
        ShownOn::LinkWorker(_) => "the link worker",
    };
    let by = Line::parse(by).unwrap_or_else(|_| unreachable!("our own short words"));
    accounts::store::log(db, (None, &by), Answer::TakeOff.act(), Some(cohort), None, now).await
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
    // First of all: an entry stays from here on, so that no letter is written about one that is just erased.
    let to = match (asked.on, asked.booking) {
        (ShownOn::LinkWorker(id), _) => shown::address_of(&mut *tx, id).await?,
        (ShownOn::Provider(_), Some(id)) => {
            let booking = store::bookings::booking(&mut *tx, id).await?;
            booking.and_then(|one| one.person).map(|person| person.email)
        }
        (ShownOn::Provider(_), None) => None,
    };
    if !shown::settle(&mut *tx, asked.id, answer, permit.account(), now).await? {
        return Ok(false);
    }
    if let (Some(to), Some(cohort)) = (to, store::cohort(&mut tx, asked.cohort.0).await?) {
        let letter = after_letters::shown(&cohort, asked, answer, &to);
        mail::store::put(&mut *tx, &letter, now).await?;
    }
    // The log is kept for ever: no link worker's name gets there.
    let words = match asked.on {
        ShownOn::Provider(_) => Line::parse(&asked.name).ok(),
        ShownOn::LinkWorker(_) => Line::parse("a link worker").ok(),
    };
    accounts::store::log(
        &mut *tx,
        permit.by(),
        answer.act(),
        Some(asked.cohort.0),
        words.as_ref(),
        now,
    )
    .await?;
    tx.commit().await?;
    Ok(true)
}
