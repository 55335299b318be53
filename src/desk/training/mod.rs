//! Training at the desk: cohorts made, opened and called off, and bookings looked after.
//!
//! No line of the log names who booked: the log stays, and they are forgotten.
pub mod form;

use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use self::form::Wanted;
use crate::{
    accounts::{self, Permit},
    mail,
    text::Text,
    training::{
        Booking, BookingId, Cohort, CohortId, Module, Profession, Question, acts,
        booking::{Asked, State as Stands},
        cohort::{Session, State},
        letters, programme, store,
    },
};

/// What somebody has looked at before acting.
#[derive(Clone, Copy, Debug)]
pub struct Looked {
    pub cohort: CohortId,
    pub revision: i32,
}

/// The same for one booking of a cohort.
#[derive(Clone, Copy, Debug)]
pub struct LookedAt {
    pub cohort: CohortId,
    pub booking: BookingId,
    pub revision: i32,
}

/// What is done with a cohort as a whole.
#[derive(Clone, Debug)]
pub enum Step {
    Open,
    Close,
    /// In these words for everybody who booked.
    CallOff(Text<1000>),
}

/// What is done with a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Cancel,
    MoveTo(Profession),
    /// A place out of turn, where one is free.
    GivePlace,
}

/// What became of it. But for `Done` nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    Done,
    /// Somebody else has changed it since it was looked at.
    MovedOn,
    /// It does not fit how it stands.
    NotAsItStands,
    /// It has no session, or its first is over.
    NoDates,
    /// These have begun and keep when they began: who came to them stands under it.
    Begun(Vec<Session>),
    /// So many have a place already.
    TooFew(usize),
    /// No place is free.
    Full,
    /// This address has booked already.
    Known,
}

/// A new cohort of the permitted programme, as a draft.
pub async fn create(
    db: &PgPool,
    permit: &Permit<Uuid>,
    wanted: &Wanted,
    now: Timestamp,
) -> sqlx::Result<CohortId> {
    let mut tx = db.begin().await?;
    let Wanted { says, dates } = wanted;
    let id = store::writing::create_cohort(&mut tx, *permit.subject(), says, dates, now).await?;
    log(&mut tx, permit, "training_created", id, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// What it says from now on. Whoever booked is told where that touches when and where it is; places that came
/// free go to those who wait.
pub async fn change(
    db: &PgPool,
    permit: &Permit<Looked>,
    wanted: &Wanted,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let Looked { cohort: id, revision } = *permit.subject();
    let mut tx = db.begin().await?;
    let Some(before) = store::locked(&mut tx, id).await? else { return Ok(Done::MovedOn) };
    if before.revision != revision {
        return Ok(Done::MovedOn);
    }
    if matches!(before.state, State::Held | State::Cancelled) {
        return Ok(Done::NotAsItStands);
    }
    let live = matches!(before.state, State::Open | State::Closed);
    if live && wanted.dates.is_empty() {
        return Ok(Done::NoDates);
    }
    let begun = form::begun_otherwise(&before, &wanted.dates, now);
    if live && !begun.is_empty() {
        return Ok(Done::Begun(begun));
    }
    let seats = store::bookings::seats(&mut *tx, id, wanted.says.shares, false).await?;
    let booked = seats.booked.iter().copied().map(usize::from).sum();
    if booked > seats.capacity() {
        return Ok(Done::TooFew(booked));
    }
    store::writing::change_cohort(&mut tx, (id, revision), &wanted.says, &wanted.dates).await?;
    log(&mut tx, permit, "training_changed", id, now).await?;
    if let (true, Some(after)) = (live, store::cohort(&mut tx, id).await?) {
        if form::has_moved(&before, &after) {
            tell(&mut tx, &after, letters::moved, now).await?;
        }
        acts::settle(&mut tx, &after, now).await?;
    }
    tx.commit().await?;
    Ok(Done::Done)
}

/// Opens, closes or calls it off; everybody who booked is told of the last.
pub async fn step(
    db: &PgPool,
    permit: &Permit<Looked>,
    step: &Step,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let Looked { cohort: id, revision } = *permit.subject();
    let mut tx = db.begin().await?;
    let Some(cohort) = store::locked(&mut tx, id).await? else { return Ok(Done::MovedOn) };
    if cohort.revision != revision {
        return Ok(Done::MovedOn);
    }
    let (state, act, why) = match (step, cohort.state) {
        (Step::Open, State::Draft | State::Closed) => {
            if cohort.first().is_none_or(|first| first <= now) {
                return Ok(Done::NoDates);
            }
            (State::Open, "training_opened", None)
        }
        (Step::Close, State::Open) => (State::Closed, "training_closed", None),
        (Step::CallOff(why), State::Draft | State::Open | State::Closed) => {
            (State::Cancelled, "training_called_off", Some(why))
        }
        _ => return Ok(Done::NotAsItStands),
    };
    store::writing::set_state(&mut *tx, id, state, why, now).await?;
    log(&mut tx, permit, act, id, now).await?;
    if let Some(why) = why {
        let letter = |cohort: &Cohort, booking: &Booking| letters::called_off(cohort, booking, why);
        tell(&mut tx, &cohort, letter, now).await?;
    }
    tx.commit().await?;
    Ok(Done::Done)
}

/// A booking by hand, confirmed at once: it comes to the end of the line like everybody's, and has a place if
/// there is one. The person is told.
pub async fn add(
    db: &PgPool,
    permit: &Permit<CohortId>,
    asked: &Asked,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let id = *permit.subject();
    let mut tx = db.begin().await?;
    let Some(cohort) = store::locked(&mut tx, id).await? else { return Ok(Done::MovedOn) };
    if !matches!(cohort.state, State::Open | State::Closed) {
        return Ok(Done::NotAsItStands);
    }
    let Asked { profession, person } = asked;
    let ours = (acts::new_id(), id);
    let account = permit.account();
    let booking = store::bookings::ask(&mut *tx, ours, *profession, person, account, now).await?;
    if booking.state != Stands::Unconfirmed {
        return Ok(Done::Known);
    }
    acts::line_up(&mut tx, &cohort, &booking, now).await?;
    log(&mut tx, permit, "booking_added", id, now).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

/// Cancels a booking, counts it among another group, or gives it a place out of turn.
pub async fn act(
    db: &PgPool,
    permit: &Permit<LookedAt>,
    act: Act,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let LookedAt { cohort: id, booking, revision } = *permit.subject();
    let mut tx = db.begin().await?;
    let Some(cohort) = store::locked(&mut tx, id).await? else { return Ok(Done::MovedOn) };
    let booking = match store::bookings::booking(&mut *tx, booking).await? {
        Some(one) if one.cohort == id && one.revision == revision => one,
        _ => return Ok(Done::MovedOn),
    };
    let live = matches!(booking.state, Stands::Booked | Stands::Waiting);
    if !live || !matches!(cohort.state, State::Open | State::Closed) {
        return Ok(Done::NotAsItStands);
    }
    let words = match act {
        Act::Cancel => {
            acts::end(&mut tx, &cohort, &booking, letters::By::Desk, now).await?;
            "booking_cancelled"
        }
        Act::MoveTo(profession) => {
            store::bookings::move_to(&mut *tx, booking.id, profession).await?;
            acts::settle(&mut tx, &cohort, now).await?;
            "booking_moved"
        }
        Act::GivePlace if booking.state == Stands::Booked => return Ok(Done::NotAsItStands),
        Act::GivePlace => {
            let shares = cohort.says.shares;
            if store::bookings::seats(&mut *tx, id, shares, true).await?.free() == 0 {
                return Ok(Done::Full);
            }
            acts::give_place(&mut tx, &cohort, booking.id, now).await?;
            "booking_placed"
        }
    };
    log(&mut tx, permit, words, id, now).await?;
    tx.commit().await?;
    Ok(Done::Done)
}

/// That the names of those who booked went out as a file.
pub async fn taken_out(db: &PgPool, permit: &Permit<CohortId>, now: Timestamp) -> sqlx::Result<()> {
    log(&mut *db.acquire().await?, permit, "bookings_exported", *permit.subject(), now).await
}

/// What a programme is to be.
pub type Programmed = (programme::Says, Vec<Module>, Vec<Question>);

/// Makes a programme, or writes it anew from the revision that was looked at. `read` is given what is in use, which
/// stays so until all is written, and says what is wanted or what is wrong with it.
pub async fn keep_programme<Wrong>(
    db: &PgPool,
    permit: &Permit<(Uuid, Option<i32>)>,
    read: impl FnOnce(&[Uuid]) -> Result<Programmed, Wrong>,
    now: Timestamp,
) -> sqlx::Result<Result<Done, Wrong>> {
    let (id, revision) = *permit.subject();
    let mut tx = db.begin().await?;
    let (says, modules, questions) = match read(&store::writing::in_use(&mut tx, id).await?) {
        Ok(wanted) => wanted,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let ours = (id, revision);
    if !store::writing::keep_programme(&mut tx, ours, &says, &modules, &questions, now).await? {
        return Ok(Ok(Done::MovedOn));
    }
    log(&mut tx, permit, "programme_changed", id, now).await?;
    tx.commit().await?;
    Ok(Ok(Done::Done))
}

/// Everybody who has a place or waits for one.
async fn tell(
    db: &mut PgConnection,
    cohort: &Cohort,
    letter: impl Fn(&Cohort, &Booking) -> Option<mail::Letter>,
    now: Timestamp,
) -> sqlx::Result<()> {
    for booking in store::bookings::of_cohort(&mut *db, cohort.id).await? {
        if matches!(booking.state, Stands::Booked | Stands::Waiting)
            && let Some(letter) = letter(cohort, &booking)
        {
            mail::store::put(&mut *db, &letter, now).await?;
        }
    }
    Ok(())
}

async fn log<T>(
    db: &mut PgConnection,
    permit: &Permit<T>,
    act: &str,
    subject: Uuid,
    now: Timestamp,
) -> sqlx::Result<()> {
    accounts::store::log(db, permit.by(), act, Some(subject), None, now).await
}
