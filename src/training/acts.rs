//! Booking: asked for, confirmed, given a place in turn, cancelled. Each one transaction with its letters.
//!
//! Nobody's place is held between asking and confirming: if it were, anybody could fill a cohort with addresses
//! that are not theirs. A place is taken at confirmation, with the cohort's row locked, so that of any number of
//! people at once each is dealt with alone, in the order in which they confirmed.
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{
    Booking, BookingId, Cohort, CohortId, Profession,
    booking::{Person, State},
    cohort, letters, store,
};
use crate::mail;

/// What became of a press of a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// It stands so now.
    As(State),
    /// The cohort takes no bookings.
    NotOpen,
    /// It is not what was looked at any more.
    MovedOn,
}

/// Keeps what somebody asks for, and mails the link to confirm it, or to what they have booked already. The
/// answer is the same, so that nobody learns who has booked.
pub async fn ask(
    db: &PgPool,
    (id, cohort): (BookingId, &Cohort),
    profession: Profession,
    person: &Person,
    now: Timestamp,
) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    let booking =
        store::bookings::ask(&mut *tx, (id, cohort.id), profession, person, None, now).await?;
    let letter = match booking.state {
        State::Unconfirmed => letters::confirm(cohort, &booking, &person.email),
        _ => letters::known(cohort, &booking, &person.email),
    };
    mail::store::put(&mut *tx, &letter, now).await?;
    tx.commit().await
}

/// The address is theirs: a place if it is their turn, else the end of the line.
pub async fn confirm(
    db: &PgPool,
    (id, revision): (BookingId, i32),
    now: Timestamp,
) -> sqlx::Result<Done> {
    let mut tx = db.begin().await?;
    let Some((cohort, booking)) = both(&mut tx, id).await? else { return Ok(Done::MovedOn) };
    match booking.state {
        State::Unconfirmed if booking.revision != revision => return Ok(Done::MovedOn),
        State::Unconfirmed if !cohort.can_be_booked(now) => return Ok(Done::NotOpen),
        State::Unconfirmed => {}
        already => return Ok(Done::As(already)),
    }
    let state = line_up(&mut tx, &cohort, &booking, now).await?;
    tx.commit().await?;
    Ok(Done::As(state))
}

/// The place, or the turn, is somebody else's from now on; who has it by that is told.
pub async fn cancel(db: &PgPool, id: BookingId, now: Timestamp) -> sqlx::Result<Done> {
    let mut tx = db.begin().await?;
    let Some((cohort, booking)) = both(&mut tx, id).await? else { return Ok(Done::MovedOn) };
    if booking.state == State::Cancelled {
        return Ok(Done::As(State::Cancelled));
    }
    if cohort.is_over(now) {
        return Ok(Done::NotOpen);
    }
    end(&mut tx, &cohort, &booking, letters::By::Oneself, now).await?;
    tx.commit().await?;
    Ok(Done::As(State::Cancelled))
}

/// The same in the caller's transaction, which holds the cohort's row.
pub async fn end(
    db: &mut PgConnection,
    cohort: &Cohort,
    booking: &Booking,
    by: letters::By,
    now: Timestamp,
) -> sqlx::Result<()> {
    store::bookings::cancel(&mut *db, booking.id, now).await?;
    if booking.state != State::Unconfirmed
        && let Some(letter) = letters::cancelled(cohort, booking, by)
    {
        mail::store::put(&mut *db, &letter, now).await?;
    }
    settle(db, cohort, now).await
}

/// A confirmed booking at the end of the line, and whoever's turn it is by that has a place. The caller's
/// transaction holds the cohort's row.
pub async fn line_up(
    db: &mut PgConnection,
    cohort: &Cohort,
    booking: &Booking,
    now: Timestamp,
) -> sqlx::Result<State> {
    store::bookings::line_up(&mut *db, booking.id, cohort.id, now).await?;
    settle(&mut *db, cohort, now).await?;
    let line = store::bookings::waiting(&mut *db, cohort.id).await?;
    let Some(number) = number_in_line(&line, booking.id, cohort.is_released(now)) else {
        return Ok(State::Booked);
    };
    if let Some(letter) = letters::waiting(cohort, booking, number, now) {
        mail::store::put(db, &letter, now).await?;
    }
    Ok(State::Waiting)
}

/// Gives each free place to whoever's turn it is, and tells them. Nothing once the first session has begun: nobody
/// is asked to come to half of it. The caller's transaction holds the cohort's row.
pub async fn settle(db: &mut PgConnection, cohort: &Cohort, now: Timestamp) -> sqlx::Result<()> {
    if !matches!(cohort.state, cohort::State::Open | cohort::State::Closed) || cohort.has_begun(now)
    {
        return Ok(());
    }
    let line = store::bookings::waiting(&mut *db, cohort.id).await?;
    if line.is_empty() {
        return Ok(());
    }
    let (shares, released) = (cohort.says.shares, cohort.is_released(now));
    let seats = store::bookings::seats(&mut *db, cohort.id, shares, released).await?;
    let groups: Vec<Profession> = line.iter().map(|(_, group)| *group).collect();
    for place in seats.given(&groups) {
        give_place(&mut *db, cohort, line[place].0, now).await?;
    }
    Ok(())
}

/// A place for one who waits, and the letter that says so. Whether there is one is for the caller to know.
pub async fn give_place(
    db: &mut PgConnection,
    cohort: &Cohort,
    id: BookingId,
    now: Timestamp,
) -> sqlx::Result<()> {
    store::bookings::give_place(&mut *db, id, now).await?;
    let booking = store::bookings::booking(&mut *db, id).await?;
    if let Some(letter) = booking.and_then(|booking| letters::booked(cohort, &booking)) {
        mail::store::put(db, &letter, now).await?;
    }
    Ok(())
}

/// The same for a cohort that nobody holds yet: when places are released, or shares have changed.
pub async fn settle_one(db: &PgPool, id: CohortId, now: Timestamp) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    if let Some(cohort) = store::locked(&mut tx, id).await? {
        settle(&mut tx, &cohort, now).await?;
    }
    tx.commit().await
}

/// From 1: within their own group, or among all once every free place is for all. `None` for who does not wait.
pub fn number_in_line(
    line: &[(BookingId, Profession)],
    id: BookingId,
    released: bool,
) -> Option<usize> {
    let at = line.iter().position(|(one, _)| *one == id)?;
    let own = line[at].1;
    Some(1 + line[..at].iter().filter(|(_, group)| released || *group == own).count())
}

/// A fresh id for each asking; the one that is kept is that of the first.
pub fn new_id() -> BookingId {
    Uuid::now_v7()
}

/// A booking with its cohort, whose row is locked before the booking is read.
pub async fn both(db: &mut PgConnection, id: BookingId) -> sqlx::Result<Option<(Cohort, Booking)>> {
    let Some(known) = store::bookings::booking(&mut *db, id).await? else { return Ok(None) };
    let Some(cohort) = store::locked(&mut *db, known.cohort).await? else { return Ok(None) };
    let booking = store::bookings::booking(db, id).await?;
    Ok(booking.map(|booking| (cohort, booking)))
}
