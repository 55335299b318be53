//! Who came to which session: noted at the desk, from a list that was signed on the day.
use std::collections::BTreeSet;

use jiff::Timestamp;
use sqlx::PgPool;
use uuid::Uuid;

use super::{
    Booking, BookingId, Cohort, CohortId,
    booking::State,
    store::{self, attendance},
};
use crate::{
    accounts::{self, Permit},
    text::Line,
};

/// A cohort with everybody who has a place, and who came.
#[derive(Clone, Debug)]
pub struct Register {
    pub cohort: Cohort,
    /// Everybody with a place whose name is not erased, by name.
    pub people: Vec<Booking>,
    pub came: BTreeSet<(BookingId, Uuid)>,
    /// Counts what was noted, so that nobody writes over what another has noted.
    pub revision: i32,
    /// Who has a certificate by now.
    pub certified: BTreeSet<BookingId>,
}

/// What somebody has looked at before noting.
#[derive(Clone, Copy, Debug)]
pub struct Looked {
    pub cohort: CohortId,
    pub revision: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Done,
    /// Somebody else has noted something meanwhile.
    MovedOn,
}

impl Register {
    pub async fn of(db: &PgPool, cohort: Cohort) -> sqlx::Result<Self> {
        let mut tx = crate::database::store::snapshot(db).await?;
        let all = store::bookings::of_cohort(&mut *tx, cohort.id).await?.into_iter();
        let mut people: Vec<Booking> =
            all.filter(|one| one.state == State::Booked && one.person.is_some()).collect();
        people.sort_by_key(|one| one.person.as_ref().map(|who| who.name.as_str().to_lowercase()));
        let (revision, came) = attendance::noted(&mut tx, cohort.id).await?;
        let certified = store::certificates::holders(&mut *tx, cohort.id).await?;
        Ok(Self { cohort, people, came, revision, certified })
    }

    /// How many came to a session.
    pub fn at(&self, session: &Uuid) -> usize {
        self.came.iter().filter(|(_, one)| one == session).count()
    }

    /// To how many sessions they came.
    pub fn sessions_of(&self, booking: BookingId) -> usize {
        self.came.iter().filter(|(one, _)| *one == booking).count()
    }
}

/// Notes who came, instead of what was noted before. Only sessions that have begun count, and only people on the
/// list: those whose names are erased stay as they are.
pub async fn note(
    db: &PgPool,
    permit: &Permit<Looked>,
    came: &BTreeSet<(BookingId, Uuid)>,
    now: Timestamp,
) -> sqlx::Result<Done> {
    let looked = permit.subject();
    let mut tx = db.begin().await?;
    let Some(cohort) = store::locked(&mut tx, looked.cohort).await? else {
        return Ok(Done::MovedOn);
    };
    if !attendance::begin(&mut *tx, looked.cohort, looked.revision).await? {
        return Ok(Done::MovedOn);
    }
    let begun = cohort.sessions.iter().filter(|session| session.starts <= now);
    let begun: Vec<Uuid> = begun.map(|session| session.id).collect();
    let came: Vec<_> = came.iter().filter(|(_, session)| begun.contains(session)).collect();
    attendance::replace(&mut tx, looked.cohort, &begun, &came).await?;
    let each = begun.iter().map(|session| came.iter().filter(|(_, one)| one == session).count());
    let each: Vec<String> = each.map(|many| many.to_string()).collect();
    let words = Line::parse(&format!("people at the sessions so far: {}", each.join(", "))).ok();
    let act = "attendance_noted";
    accounts::store::log(&mut *tx, permit.by(), act, Some(cohort.id), words.as_ref(), now).await?;
    tx.commit().await?;
    Ok(Done::Done)
}
