//! What time does with an entry: asked again each year, off the list without an answer, erased some weeks later.
use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;

use super::{
    ASKING_LASTS, AnyState, OffWhy,
    acts::{Again, erase},
    letters::{self, About},
    lifecycle::YEAR,
    store::{
        self,
        year::{self, Due},
    },
};
use crate::{
    calendar::{civil_now, date_in_words},
    mail,
    pictures::Pictures,
};

/// Who is off the list is erased after so long.
pub const ERASED_AFTER: SignedDuration = days(60);
/// Before the year ends, two letters.
const FIRST_BEFORE: SignedDuration = days(30);
const SECOND_BEFORE: SignedDuration = days(7);
/// A proposal that nobody answered is erased after so long.
const UNANSWERED: SignedDuration = days(30);
/// An address that somebody typed, and nobody wrote anything to.
const BEGUN: SignedDuration = days(14);
/// That somebody is not to be proposed again is remembered for so long: lists that coordinators keep are imported
/// again and again, and after two years most of them have been written anew.
const REFUSED: SignedDuration = days(2 * 365);

const fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

/// Does what is due at `now`. Any number of programs may do so at once; what fails is done the next time.
pub async fn pass(db: &PgPool, pictures: &Pictures, now: Timestamp) -> sqlx::Result<()> {
    let due = Due {
        first: now - (YEAR - FIRST_BEFORE),
        second: now - (YEAR - SECOND_BEFORE),
        over: now - YEAR,
        off: now - ERASED_AFTER,
        unanswered: now - UNANSWERED,
        begun: now - BEGUN,
    };
    for id in year::to_ask(db, &due).await? {
        let mut tx = db.begin().await?;
        let Some(AnyState::Listed(one)) = store::held(&mut tx, id).await? else { continue };
        if year::reminded(&mut *tx, id, &due).await? {
            let day = date_in_words(civil_now(one.until()).date());
            let letter = letters::own(id, one.known.email, About::Yearly(&day));
            mail::store::put(&mut *tx, &letter, now).await?;
            tx.commit().await?;
        }
    }
    for id in year::over(db, &due).await? {
        let mut tx = db.begin().await?;
        let Some(AnyState::Listed(one)) = store::held(&mut tx, id).await? else { continue };
        if one.until() > now {
            continue;
        }
        let off = AnyState::Off(one.take_off(OffWhy::Year, now));
        let known = off.known();
        store::keep(&mut tx, &off, &known.boroughs).await?;
        let day = last_day(now);
        let letter = letters::own(id, known.email.clone(), About::Lapsed(&day));
        mail::store::put(&mut *tx, &letter, now).await?;
        tx.commit().await?;
    }
    for id in year::to_erase(db, &due).await? {
        let mut tx = db.begin().await?;
        let Some(one) = store::held(&mut tx, id).await? else { continue };
        if !is_over(&one, &due) {
            continue;
        }
        // Nobody has refused who never wrote a word.
        let again = match one {
            AnyState::Begun(_) => Again::Whenever,
            _ => Again::NotForTwoYears,
        };
        erase(&mut tx, pictures, &one, again, now).await?;
        tx.commit().await?;
    }
    year::forget(db, now - ASKING_LASTS, now - REFUSED).await
}

/// The day on which what is off the list since then is erased.
pub fn last_day(off: Timestamp) -> String {
    date_in_words(civil_now(off + ERASED_AFTER).date())
}

/// Whether it is still to be erased now that nobody else changes it.
fn is_over(one: &AnyState, due: &Due) -> bool {
    match one {
        AnyState::Begun(known) => known.made <= due.begun,
        AnyState::Proposed(one) => one.known.asked.unwrap_or(one.known.made) <= due.unanswered,
        AnyState::Agreed(one) => one.state.at <= due.over,
        AnyState::Off(one) => one.state.since <= due.off,
        AnyState::Listed(_) => false,
    }
}
