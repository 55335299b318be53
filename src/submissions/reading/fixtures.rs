//! A small world for the tests of reading.
use jiff::{
    Timestamp,
    civil::{Date, date},
};
use uuid::Uuid;

use super::{Read, read};
use crate::{
    forms::Answers,
    pictures::Picture,
    places::{self, Borough, Gss, Network, Places, Point, Postcode},
    submissions::{
        About, By, Submission,
        known::{Known, Spot},
    },
    text::{Email, Line, Slug},
    venues::{Standing, Venue, VenueKind},
};

pub const TODAY: Date = date(2026, 11, 21);
pub const HERE: Point = Point { lat: 51.47, lon: -0.07 };

/// As many as an offer may have.
pub const PICTURES: [Picture; 5] =
    [picture(11), picture(12), picture(13), picture(14), picture(15)];

const fn picture(number: u128) -> Picture {
    Picture { id: Uuid::from_u128(number), width: 1600, height: 1200 }
}

/// A whole offer, with one of each thing and each kind of schedule.
pub const RICH: &[(&str, &str)] = &[
    ("title", "Clay and company"),
    ("summary", "Make pots at a long table."),
    ("activity", "pottery"),
    ("activities", "making"),
    ("kind", "therapy"),
    ("therapist", "Ana Reyes, HCPC, AS12345"),
    ("description", "Slow mornings."),
    ("first_visit", "Come to the blue gate."),
    ("bring", "Nothing."),
    ("afterwards", "Some go on."),
    ("keywords", "wheel, kiln"),
    ("needs", "loneliness"),
    ("ages", "some"),
    ("age_from", "18"),
    ("age_to", "25"),
    ("audience-carers", "welcome"),
    ("who_may_come", "residents"),
    ("residents_of", "southwark"),
    ("not_suitable_for", "People who cannot be near dust."),
    ("when", "both"),
    ("schedule-1-rule", "weekly"),
    ("schedule-1-days", "tue"),
    ("schedule-1-starts", "10:30am"),
    ("schedule-1-ends", "midday"),
    ("schedule-1-from", "8 September 2026"),
    ("schedule-1-until", "31/8/2027"),
    ("schedule-1-skip", "22 December 2026"),
    ("schedule-1-extra", "23 December 2026"),
    ("schedule-2-rule", "every-n-weeks"),
    ("schedule-2-weeks", "2"),
    ("schedule-2-days", "thu"),
    ("schedule-2-starts", "14:00"),
    ("schedule-2-ends", "4pm"),
    ("schedule-2-from", "10/9/2026"),
    ("schedule-3-rule", "monthly"),
    ("schedule-3-nth", "last"),
    ("schedule-3-days", "sat"),
    ("schedule-3-starts", "2pm"),
    ("schedule-3-ends", "3pm"),
    ("schedule-4-rule", "course"),
    ("schedule-4-sessions", "six"),
    ("schedule-4-from", "11/1/2027"),
    ("schedule-4-starts", "6pm"),
    ("schedule-4-ends", "8pm"),
    ("schedule-5-rule", "dates"),
    ("schedule-5-dates", "5 and 12 December 2026"),
    ("schedule-5-starts", "6pm"),
    ("schedule-5-ends", "8pm"),
    ("by_arrangement", "Or as it suits you."),
    ("ends_on", "31/12/2027"),
    ("pause_from", "1/8/2027"),
    ("pause_to", "31/8/2027"),
    ("notice-1-text", "No session on 22 December"),
    ("notice-1-until", "22/12/2026"),
    ("delivery", "in-person"),
    ("venue_name", "Lantern Yard"),
    ("venue_address", "9 Tanner’s Row, Peckham"),
    ("venue_postcode", "se154ql"),
    ("venue_kind", "studio"),
    ("address_private", "no"),
    ("travel", "A flat walk."),
    ("outreach", "lewisham"),
    ("access-lift", "no"),
    ("access-step-free", "yes"),
    ("access-step-free-note", "Flat from the street."),
    ("access_more", "Cobbles for two metres."),
    ("languages", "bn"),
    ("interpreter", "yes"),
    ("cost", "paid"),
    ("price-1-label", "Full price"),
    ("price-1-amount", "£3"),
    ("price-1-per", "session"),
    ("cost_note", "Clay too."),
    ("concessions", "£1 for anyone who says so."),
    ("cost_help", "We pay your bus fare."),
    ("residents_join", "drop-in"),
    ("residents_how", "Just come."),
    ("residents_link", "lanternyard.example/book"),
    ("professionals_join", "book"),
    ("professionals_how", "A first name."),
    ("professionals_link", "https://lanternyard.example/refer"),
    ("places", "few"),
    ("places_on", "9/11/2026"),
    ("reply_days", "2 days"),
    ("provider_name", "Hollow Lane Clay"),
    ("provider_summary", "Two potters."),
    ("provider_about", "Since 2014."),
    ("provider_website", "hollowlane.example"),
    ("provider_borough", "southwark"),
    ("contact-1-name", "Dele Akande"),
    ("contact-1-role", "Potter"),
    ("contact-1-phone", "020 7946 0142"),
    ("contact-1-email", "dele@hollowlane.example"),
    ("contact-1-web", "hollowlane.example"),
    ("contact-1-reader", "everyone"),
    ("support", "A volunteer sits at the table."),
    ("safeguarding_policy", "yes"),
    ("dbs_checked", "yes"),
    ("insured", "no"),
    ("experience", "Ten years."),
    ("lived_experience", "Ruth has."),
    ("training", "First aid."),
    ("testimonial", "I stayed for the clay."),
    ("testimonial_by", "A man from Peckham"),
];

pub fn rich() -> Answers {
    answers(RICH)
}

pub fn answers(pairs: &[(&str, &str)]) -> Answers {
    Answers::of(pairs.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())))
}

pub fn southwark() -> Gss {
    Gss::parse("E09000028").unwrap()
}
pub fn lewisham() -> Gss {
    Gss::parse("E09000023").unwrap()
}

pub fn known() -> Known {
    let slug = |name: &str| Slug::parse(name).unwrap();
    Known {
        boroughs: vec![(southwark(), slug("southwark")), (lewisham(), slug("lewisham"))],
        networks: vec![Network {
            code: "U00070".into(),
            name: "North Southwark PCN".into(),
            closed_on: None,
        }],
        spot: Some(Spot::In { point: HERE, borough: southwark(), exact: true }),
        venues: Vec::new(),
        pictures: PICTURES.to_vec(),
    }
}

pub fn gazetteer() -> Places {
    let boroughs = vec![
        Borough::example(southwark(), "Southwark", HERE),
        Borough::example(lewisham(), "Lewisham", HERE),
    ];
    Places::new(places::Known { boroughs, ..places::Known::default() })
}

/// A new offer, with ids that are always the same.
pub fn submission(answers: Answers) -> Submission {
    let (id, about) = (Uuid::from_u128(1), About::New(None));
    let email = Email::parse("dele@hollowlane.example").unwrap();
    let by = By::Artist { email, confirmed: None };
    let new = Submission::new(id, about, by, answers, Timestamp::UNIX_EPOCH);
    Submission { provider: Uuid::from_u128(2), venue: Uuid::from_u128(3), ..new }
}

/// The place of [`RICH`], as it stands in our tables.
pub fn lantern_yard(id: u128, seen: bool) -> Standing {
    Standing {
        venue: Venue {
            id: Uuid::from_u128(id),
            slug: Slug::parse("lantern-yard").unwrap(),
            name: Line::parse("Lantern Yard").unwrap(),
            address: Line::parse("9 Tanner’s Row, Peckham").unwrap(),
            postcode: Postcode::parse("SE15 4QL"),
            point: Point { lat: 51.4697, lon: -0.0694 },
            borough: southwark(),
        },
        kind: VenueKind::Community,
        seen,
        private: false,
    }
}

pub fn reading(answers: Answers) -> Read {
    read(&submission(answers), &known(), TODAY)
}

/// "field: message" of each mistake, in order.
pub fn told(read: &Read) -> Vec<String> {
    read.mistakes.iter().map(|one| format!("{}: {}", one.field, one.message)).collect()
}

pub fn missing(read: &Read) -> Vec<&'static str> {
    read.missing.iter().map(|one| one.field).collect()
}
