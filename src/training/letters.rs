//! What is mailed about a booking. Nobody is greeted by name: whoever fills in the form writes it.
use askama::Template;
use jiff::Timestamp;
use uuid::Uuid;

use super::{Booking, BookingId, Cohort, Profession, Session};
use crate::{
    calendar::{civil_now, date_in_words, times_in_words},
    links::Purpose,
    mail::Letter,
    text::{Email, Line, Text},
};

/// The events of reminders, see [`super::store::bookings::untold`].
pub const A_WEEK: &str = "training_week";
pub const A_DAY: &str = "training_day";

/// Who gave a booking up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Oneself,
    Desk,
}

/// All that these letters say, in the order in which they say it.
#[derive(Default)]
pub(super) struct Says<'a> {
    pub(super) heading: String,
    pub(super) before: Vec<String>,
    pub(super) dates: Vec<String>,
    /// For those who have a place.
    pub(super) joining: Option<&'a str>,
    /// Somebody else's words.
    pub(super) said: Option<&'a str>,
    /// What the link is for.
    pub(super) action: &'a str,
    pub(super) after: Vec<String>,
    /// The link leads to an entry as a link worker, and names the way out of that.
    pub(super) to_entry: bool,
}

#[derive(Template)]
#[template(path = "mail/training.txt")]
struct PlainLetter<'a> {
    says: &'a Says<'a>,
}

#[derive(Template)]
#[template(path = "mail/training.html")]
struct HtmlLetter<'a> {
    says: &'a Says<'a>,
}

const SEE: &str = "See or cancel your booking";
const ASKS: &str = "Before you come, please answer a few short questions, from 0 to 10: the link leads to them. We only \
                    count how many people chose which number.";

/// To show that the address is theirs.
pub fn confirm(cohort: &Cohort, booking: &Booking, to: &Email) -> Letter {
    let says = Says {
        heading: "Confirm your booking".to_owned(),
        before: vec![
            format!("You asked for a place on “{}”, among {}.", cohort.says.title, among(booking)),
            "Open the link and press the button. You have no place yet: until you confirm, somebody else may take it."
                .to_owned(),
        ],
        action: "Confirm your booking",
        after: vec![
            "Please do so within two days. After that we delete what you wrote.".to_owned(),
            "If you did not ask for this, do nothing.".to_owned(),
        ],
        ..Says::default()
    };
    letter(
        format!("training_asked:{}:{}", booking.id, Uuid::now_v7()),
        to,
        (cohort, booking),
        &says,
    )
}

/// To whoever asks again for what they have booked.
pub fn known(cohort: &Cohort, booking: &Booking, to: &Email) -> Letter {
    let says = Says {
        heading: "You have booked this already".to_owned(),
        before: vec![format!(
            "You asked again for a place on “{}”. Nothing has changed: your booking stands as it was.",
            cohort.says.title
        )],
        action: SEE,
        ..Says::default()
    };
    letter(
        format!("training_known:{}:{}", booking.id, Uuid::now_v7()),
        to,
        (cohort, booking),
        &says,
    )
}

/// `None` for one whose address is erased, here and below.
pub fn booked(cohort: &Cohort, booking: &Booking) -> Option<Letter> {
    let to = to(booking)?;
    let says = Says {
        heading: "You have a place".to_owned(),
        before: vec![format!("You have a place on “{}”. {}", cohort.says.title, place(cohort))],
        dates: dates(cohort),
        joining: cohort.says.joining.as_ref().map(Text::as_str),
        action: SEE,
        after: vec![
            "If you cannot come, please cancel with the same link: one press, and the next in line has your place."
                .to_owned(),
            contact(cohort),
        ],
        ..Says::default()
    };
    Some(letter(
        format!("training_booked:{}:{}", booking.id, booking.revision),
        to,
        (cohort, booking),
        &says,
    ))
}

/// `number` is their place in the line, from 1.
pub fn waiting(
    cohort: &Cohort,
    booking: &Booking,
    number: usize,
    now: Timestamp,
) -> Option<Letter> {
    let to = to(booking)?;
    let line = match cohort.is_released(now) {
        true => "among all who wait".to_owned(),
        false => format!("among {}", among(booking)),
    };
    let mut before = vec![format!(
        "All places for you on “{}” are taken. You are number {number} in line, {line}.",
        cohort.says.title
    )];
    before.push(
        "If a place comes free for you, you have it at once, and we write to you.".to_owned(),
    );
    before.extend(cohort.one_line_in_words(now));
    let says = Says {
        heading: "You are on the waiting list".to_owned(),
        before,
        dates: dates(cohort),
        action: "See where you stand, or leave the line",
        ..Says::default()
    };
    Some(letter(format!("training_waiting:{}", booking.id), to, (cohort, booking), &says))
}

pub fn cancelled(cohort: &Cohort, booking: &Booking, by: By) -> Option<Letter> {
    let to = to(booking)?;
    let title = &cohort.says.title;
    let words = match by {
        By::Oneself => {
            format!("You have cancelled your booking of “{title}”. Thank you for saying so.")
        }
        By::Desk => {
            format!("The organiser has cancelled your booking of “{title}”. {}", contact(cohort))
        }
    };
    let says = Says {
        heading: "Your booking is cancelled".to_owned(),
        before: vec![words],
        action: "See this on our site",
        ..Says::default()
    };
    Some(letter(format!("training_cancelled:{}", booking.id), to, (cohort, booking), &says))
}

/// The whole cohort is called off, in the coordinator's words.
pub fn called_off(cohort: &Cohort, booking: &Booking, why: &Text<1000>) -> Option<Letter> {
    let to = to(booking)?;
    let says = Says {
        heading: "The training is called off".to_owned(),
        before: vec![format!("“{}” does not take place. The organiser writes:", cohort.says.title)],
        said: Some(why.as_str()),
        action: "See this on our site",
        after: vec!["You need do nothing.".to_owned(), contact(cohort)],
        ..Says::default()
    };
    Some(letter(format!("training_called_off:{}", booking.id), to, (cohort, booking), &says))
}

/// Other dates, or another place.
pub fn moved(cohort: &Cohort, booking: &Booking) -> Option<Letter> {
    let to = to(booking)?;
    let booked = booking.state == super::booking::State::Booked;
    let says = Says {
        heading: "Dates or place have changed".to_owned(),
        before: vec![format!(
            "“{}” has changed. This is how it is now. {}",
            cohort.says.title,
            place(cohort)
        )],
        dates: dates(cohort),
        joining: cohort.says.joining.as_ref().filter(|_| booked).map(Text::as_str),
        action: SEE,
        after: vec![
            "If you cannot come any more, please cancel with the link.".to_owned(),
            contact(cohort),
        ],
        ..Says::default()
    };
    Some(letter(
        format!("training_moved:{}:{}", booking.id, cohort.revision),
        to,
        (cohort, booking),
        &says,
    ))
}

/// A week before the first session, or a day before one.
pub fn reminder(
    cohort: &Cohort,
    booking: &Booking,
    session: &Session,
    (week, asks): (bool, bool),
) -> Option<Letter> {
    let to = to(booking)?;
    let title = &cohort.says.title;
    let (what, heading, first) = match week {
        true => (A_WEEK, "Your training begins soon", format!("“{title}” begins within a week.")),
        false => (
            A_DAY,
            "Your training is tomorrow",
            format!("The next session of “{title}”: {}.", session.in_words()),
        ),
    };
    let says = Says {
        heading: heading.to_owned(),
        before: [Some(format!("{first} {}", place(cohort))), asks.then(|| ASKS.to_owned())]
            .into_iter()
            .flatten()
            .collect(),
        dates: if week { dates(cohort) } else { Vec::new() },
        joining: cohort.says.joining.as_ref().map(Text::as_str),
        action: SEE,
        after: vec![
            "If you cannot come, please cancel with the link, so that somebody else has your place."
                .to_owned(),
            contact(cohort),
        ],
        ..Says::default()
    };
    let event = format!("{what}:{}:{}", booking.id, of_session(session));
    Some(letter(event, to, (cohort, booking), &says))
}

/// A session on its date, as events name it.
pub fn of_session(session: &Session) -> String {
    format!("{}:{}", session.id, session.starts.as_second())
}

fn to(booking: &Booking) -> Option<&Email> {
    booking.person.as_ref().map(|person| &person.email)
}

/// "the group of link workers and community connectors".
fn among(booking: &Booking) -> String {
    let label = match booking.profession {
        Profession::Artists => "artists and arts organisations",
        Profession::LinkWorkers => "link workers and community connectors",
        Profession::Health => "GPs and other health professionals",
        Profession::LocalAuthority => "people from the local authority",
    };
    label.to_owned()
}

fn place(cohort: &Cohort) -> String {
    match &cohort.says.place {
        Some(place) => format!("It meets at {}.", place.as_str().trim_end_matches('.')),
        None => "It meets online.".to_owned(),
    }
}

pub(super) fn contact(cohort: &Cohort) -> String {
    let says = &cohort.says;
    format!("Questions? Ask {}: {}", says.contact_name, says.contact_email.as_str())
}

fn dates(cohort: &Cohort) -> Vec<String> {
    let one = |session: &Session| format!("{}: {}", session.in_words(), session.module.title);
    cohort.sessions.iter().map(one).collect()
}

impl Session {
    /// "Tuesday 24 November 2026, 10:30am to midday".
    pub fn in_words(&self) -> String {
        let (starts, ends) = (civil_now(self.starts), civil_now(self.ends()));
        format!("{}, {}", date_in_words(starts.date()), times_in_words(starts.time(), ends.time()))
    }
}

fn letter(
    event: String,
    to: &Email,
    (cohort, booking): (&Cohort, &Booking),
    says: &Says<'_>,
) -> Letter {
    of_booking(event, to, (cohort, booking.id), says)
}

pub(super) fn of_booking(
    event: String,
    to: &Email,
    (cohort, booking): (&Cohort, BookingId),
    says: &Says<'_>,
) -> Letter {
    with_link(event, to, (cohort, (Purpose::Booking, Some(booking))), says)
}

pub(super) fn with_link(
    event: String,
    to: &Email,
    (cohort, link): (&Cohort, (Purpose, Option<Uuid>)),
    says: &Says<'_>,
) -> Letter {
    Letter {
        event,
        to: to.clone(),
        subject: Line::parse(&format!("{}: {}", says.heading, cohort.says.title))
            .expect("a few short words of ours and a title"),
        plain: Letter::body(&PlainLetter { says }),
        html: Letter::body(&HtmlLetter { says }),
        link: Some(link),
    }
}

/// So that no line of a letter is longer than mail programs like.
fn wrapped(words: &str) -> String {
    const WIDEST: usize = 72;
    let (mut text, mut room) = (String::new(), WIDEST);
    for word in words.split(' ') {
        let long = word.chars().count() + 1;
        if room < long && !text.is_empty() {
            text.push('\n');
            room = WIDEST;
        } else if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
        room = room.saturating_sub(long);
    }
    text
}
