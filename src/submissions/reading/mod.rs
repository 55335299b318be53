//! From what was typed to what an offer says: lenient in how, exact about what is wrong or missing.
mod about;
mod cost;
mod first;
mod numbers;
mod pictures;
mod place;
mod schedule;
mod sheet;
#[cfg(test)]
pub mod fixtures;
#[cfg(test)]
mod mistakes_tests;
#[cfg(test)]
mod round_trip_tests;
#[cfg(test)]
mod tests;
mod what;
mod when;
mod who;
mod words;

use jiff::civil::Date;

pub use first::{Begun, FirstPlace, begin, title_and_place};
pub use numbers::postcode;
pub use when::{NextDates, next_dates};

use self::sheet::Sheet;
use super::{Step, Submission, known::Known};
use crate::{
    forms::Mistakes,
    offers::{Content, Lack},
    providers::Profile,
    text::Line,
    venues::{Venue, VenueKind},
};

/// What the answers say.
#[derive(Clone, Debug)]
pub struct Read {
    /// With stand-ins where something needed is missing or wrong: those are never shown as said.
    pub content: Content,
    /// Its name is "…" while that is missing.
    pub provider: Profile,
    /// As it will be, or one that stands already: see `venue_is_new`.
    pub venue: Option<Venue>,
    pub venue_kind: VenueKind,
    /// It is to be kept under its id; else it is in our tables already and stays as it is.
    pub venue_is_new: bool,
    /// In the order of the page.
    pub mistakes: Mistakes,
    /// In the order of the page.
    pub missing: Vec<Missing>,
}

/// Needed to publish, and not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    pub step: Step,
    pub field: &'static str,
    /// "When it is held".
    pub words: &'static str,
}

/// Reads everything that applies. With neither mistakes nor anything missing, the content may be published:
/// [`Content::lacks`] is empty.
pub fn read(submission: &Submission, known: &Known, today: Date) -> Read {
    let mut sheet = Sheet::new(&submission.answers, today);
    let sheet_ = &mut sheet;
    let what = what::read(sheet_);
    let who = who::read(sheet_, known);
    let when = when::read(sheet_);
    let place = place::read(sheet_, known, submission);
    let cost = cost::read(sheet_);
    let about = about::read(sheet_, known);
    let (images, pictures) = pictures::read(&submission.answers, known);
    let boroughs = place.looked_after_by(sheet_, about.profile.borough);
    let content = Content {
        title: what.title,
        summary: what.summary,
        provider: submission.provider,
        activities: what.activities,
        needs: who.needs,
        kind: what.kind,
        how: what.how,
        audiences: who.audiences,
        ages: who.ages,
        not_suitable_for: who.not_suitable_for,
        who_may_come: who.who_may_come,
        when,
        place: place.place,
        access: place.access,
        languages: place.languages,
        interpreter: place.interpreter,
        cost: cost.cost,
        residents: cost.residents,
        professionals: cost.professionals,
        places: cost.places,
        reply_days: cost.reply_days,
        contacts: about.contacts,
        quality: about.quality,
        testimonial: about.testimonial,
        images,
        boroughs,
    };
    for lack in content.lacks() {
        let questions = asked_by(lack);
        if !questions.iter().any(|name| sheet.complains_of(name)) {
            sheet.lacks(questions[0]);
        }
    }
    let (venue, venue_kind, venue_is_new) = match place.venue {
        Some(venue) => (Some(venue.venue), venue.kind, venue.is_new),
        None => (None, VenueKind::Other, false),
    };
    let (mut mistakes, missing) = sheet.finish();
    for one in pictures.iter() {
        mistakes.add(&one.field, &one.message);
    }
    Read { content, provider: about.profile, venue, venue_kind, venue_is_new, mistakes, missing }
}

/// The questions whose answers would mend it: the first names it where none of them was told of yet.
fn asked_by(lack: Lack) -> &'static [&'static str] {
    match lack.field {
        "activities" => &["activity", "activities"],
        "needs" => &["needs"],
        "delivery" => &["delivery"],
        "venue" | "address_private" => {
            &["venue_name", "venue_address", "venue_postcode", "outreach"]
        }
        "schedules" => &["when", "schedule", "by_arrangement"],
        "prices" => &["price", "cost"],
        "residents_join" => &["residents_join", "professionals_join"],
        "contacts" => &["contact"],
        // Who looks after it follows from where it is.
        "boroughs" => &["boroughs", "delivery", "venue_name", "venue_address", "venue_postcode"],
        "access_no" => &["access"],
        "audiences" => &["audience"],
        // A rule that is new there: at the first question, rather than nowhere.
        _ => &["title"],
    }
}

/// Stands where something needed is not there.
fn stand_in<const MAX: usize>() -> Line<MAX> {
    Line::parse("…").unwrap_or_else(|_| unreachable!("one character fits every line"))
}
