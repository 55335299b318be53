//! Answering the programme's questions: once before, once after, and never so that an answer leads to who gave it.
use jiff::Timestamp;
use sqlx::PgPool;
use uuid::Uuid;

use super::{
    Booking, BookingId, Cohort, Moment, Programme, acts, booking, cohort,
    evaluation::OPEN_AFTER,
    store::{attendance, evaluation},
};
use crate::forms::{Answers, Mistakes};

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Counted,
    /// They were in before: what was sent now counts for nothing.
    Already,
    /// It is too early or too late.
    NotNow,
}

/// Which questions a booking is asked at this time; none where it has no place, or was never there.
pub fn asked_at(
    cohort: &Cohort,
    booking: &Booking,
    came: Option<bool>,
    now: Timestamp,
) -> Option<Moment> {
    let has_place = booking.state == booking::State::Booked;
    if !has_place || cohort.state == cohort::State::Cancelled {
        return None;
    }
    match (cohort.first(), cohort.ends()) {
        (Some(first), _) if now < first => Some(Moment::Before),
        (_, Some(ends)) if now >= ends && now < ends + OPEN_AFTER && came != Some(false) => {
            Some(Moment::After)
        }
        _ => None,
    }
}

/// What was chosen: question and value.
///
/// # Errors
/// Where nothing was answered at all, or with what is no number of ours.
pub fn read(typed: &Answers, programme: &Programme) -> Result<Vec<(Uuid, u8)>, Mistakes> {
    let mut mistakes = Mistakes::default();
    let mut answers = Vec::new();
    for question in &programme.questions {
        let field = field(question.position);
        match typed.one(&field) {
            "" => {}
            given => match given.parse().ok().filter(|value| *value <= 10) {
                Some(value) => answers.push((question.id, value)),
                None => mistakes.add(field, "Choose a number from 0 to 10"),
            },
        }
    }
    if answers.is_empty() && mistakes.is_empty() {
        let first = programme.questions.first().map_or(1, |question| question.position);
        mistakes.add(field(first), "Answer at least one question");
    }
    if mistakes.is_empty() { Ok(answers) } else { Err(mistakes) }
}

/// The name of a question's field.
pub fn field(position: u8) -> String {
    format!("question-{position}")
}

/// Counts them, once for each person and moment.
pub async fn answer(
    db: &PgPool,
    booking: BookingId,
    moment: Moment,
    answers: &[(Uuid, u8)],
    now: Timestamp,
) -> sqlx::Result<Done> {
    let mut tx = db.begin().await?;
    let Some((cohort, booking)) = acts::both(&mut tx, booking).await? else {
        return Ok(Done::NotNow);
    };
    let came = attendance::came(&mut *tx, &booking).await?;
    if asked_at(&cohort, &booking, came, now) != Some(moment) {
        return Ok(Done::NotNow);
    }
    if !evaluation::mark_answered(&mut tx, booking.id, moment).await? {
        return Ok(Done::Already);
    }
    evaluation::count(&mut tx, (cohort.id, moment), answers).await?;
    tx.commit().await?;
    Ok(Done::Counted)
}
