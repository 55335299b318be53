//! What is read, what is missing, and what belongs to whom.
use proptest::prelude::*;
use uuid::Uuid;

use super::{fixtures::*, next_dates, read};
use crate::{
    forms::Answers,
    offers::{Ages, Kind},
    submissions::{
        About, Control, Step,
        questions::{question_of, questions},
    },
    topics::{Activity, Cost},
    venues::VenueKind,
};

#[test]
fn a_whole_offer_is_read_with_nothing_wrong_or_missing() {
    let read = reading(rich());
    assert_eq!((told(&read), missing(&read)), (vec![], vec![]));
    let content = &read.content;
    assert_eq!(content.lacks(), []);
    assert_eq!(content.activities, [Activity::Pottery, Activity::Making]);
    assert!(
        matches!(&content.kind, Kind::Therapy { led_by } if led_by.as_str().starts_with("Ana"))
    );
    assert_eq!(content.ages, Ages::Stated { from: Some(18), to: Some(25) });
    let rules: Vec<String> =
        content.when.programme.schedules.iter().map(ToString::to_string).collect();
    assert_eq!(
        rules,
        [
            "weekly tue 10:30-12:00; from 2026-09-08; until 2027-08-31; skip 2026-12-22; extra 2026-12-23",
            "every 2 weeks thu 14:00-16:00; from 2026-09-10",
            "last sat of the month 14:00-15:00",
            "course of 6 weeks 18:00-20:00; from 2027-01-11",
            "on 2026-12-05, 2026-12-12 18:00-20:00",
        ]
    );
    assert_eq!((content.cost.code, content.cost.prices[0].pence), (Cost::Paid, 300));
    assert_eq!(content.boroughs, [southwark()]);
    let venue = read.venue.as_ref().unwrap();
    assert_eq!(
        (venue.id, venue.point, read.venue_kind),
        (submission(rich()).venue, HERE, VenueKind::Studio)
    );
    assert!(read.venue_is_new);
    assert_eq!(content.place.venue, Some(venue.id));
}

#[test]
fn what_is_needed_to_publish_and_not_said_is_missing() {
    let nothing = reading(Answers::default());
    assert_eq!(told(&nothing), [""; 0]);
    assert_eq!(
        missing(&nothing),
        [
            "title",
            "summary",
            "activity",
            "kind",
            "needs",
            "when",
            "delivery",
            "cost",
            "residents_join",
            "provider_name",
            "contact"
        ]
    );
    let first = nothing.missing[0];
    assert_eq!((first.step, first.words), (Step::What, "What it is called"));
    for (without, missed) in [
        ("therapist", "therapist"),
        ("residents_of", "residents_of"),
        ("by_arrangement", "by_arrangement"),
        ("venue_name", "venue_name"),
        ("venue_address", "venue_address"),
        ("venue_postcode", "venue_postcode"),
    ] {
        let mut answers = rich();
        answers.remove(without);
        let read = reading(answers);
        assert_eq!((told(&read), missing(&read)), (vec![], vec![missed]));
    }
}

#[test]
fn a_price_a_day_and_a_place_are_missing_only_where_they_are_needed() {
    let with = |changes: &[(&str, &str)]| {
        let mut answers = rich().only(|field| {
            !["price-", "schedule-", "venue_", "outreach"].iter().any(|one| field.starts_with(one))
        });
        for (field, value) in changes {
            answers.set(field, *value);
        }
        missing(&reading(answers))
    };
    assert_eq!(with(&[]), ["schedule", "venue_name", "price"]);
    assert_eq!(
        with(&[("when", "arrangement"), ("outreach", "lewisham"), ("cost", "donation")]),
        [""; 0]
    );
    assert_eq!(
        with(&[("when", "regular"), ("delivery", "online"), ("cost", "free")]),
        ["schedule"]
    );
}

#[test]
fn somebody_always_looks_after_it() {
    let boroughs = |changes: &[(&str, &str)]| {
        let mut answers = rich();
        for (field, value) in changes {
            answers.set(field, *value);
        }
        let read = reading(answers);
        (read.content.boroughs.clone(), missing(&read))
    };
    assert_eq!(boroughs(&[("provider_borough", "lewisham")]), (vec![southwark()], vec![]));
    assert_eq!(
        boroughs(&[("delivery", "online"), ("boroughs", "lewisham")]),
        (vec![lewisham()], vec![])
    );
    assert_eq!(
        boroughs(&[("delivery", "online"), ("provider_borough", "lewisham")]),
        (vec![lewisham()], vec![])
    );
    assert_eq!(
        boroughs(&[("delivery", "online"), ("provider_borough", "")]),
        (vec![], vec!["boroughs"])
    );
}

#[test]
fn what_does_not_apply_any_more_is_left_aside() {
    let mut answers = rich();
    for (field, value) in
        [("kind", "creative"), ("cost", "free"), ("when", "arrangement"), ("delivery", "online")]
    {
        answers.set(field, value);
    }
    for field in ["therapist", "price-1-amount", "schedule-1-starts", "venue_postcode"] {
        answers.set(field, "x".repeat(5000));
    }
    let read = reading(answers);
    assert_eq!(told(&read), [""; 0]);
    assert_eq!(read.content.kind, Kind::Creative);
    assert!(read.content.cost.prices.is_empty() && read.venue.is_none());
    assert!(read.content.when.programme.schedules.is_empty());
}

#[test]
fn what_comes_chosen_makes_neither_a_price_nor_a_contact() {
    let mut answers = rich();
    answers.set("price-2-per", "session");
    answers.set("contact-2-reader", "everyone");
    let read = reading(answers);
    assert_eq!(told(&read), [""; 0]);
    assert_eq!((read.content.cost.prices.len(), read.content.contacts.len()), (1, 1));
}

/// The id of the venue that is read, and whether it is to be kept.
fn venue(standing: &[(u128, bool)], about: About, changes: &[(&str, &str)]) -> (u128, bool) {
    let mut answers = rich();
    for (field, value) in changes {
        answers.set(field, *value);
    }
    let mut known = known();
    known.venues = standing.iter().map(|(id, seen)| lantern_yard(*id, *seen)).collect();
    let submission = crate::submissions::Submission { about, ..submission(answers) };
    let read = read(&submission, &known, TODAY);
    assert_eq!(told(&read), [""; 0]);
    (read.venue.unwrap().id.as_u128(), read.venue_is_new)
}

#[test]
fn a_venue_of_much_the_same_name_and_the_same_postcode_is_the_same() {
    let new = About::New(None);
    for name in ["Lantern Yard", "The lantern yard", "Lantern Yard Studios", "Lanter Yard"] {
        assert_eq!(venue(&[(9, true)], new, &[("venue_name", name)]), (9, false), "{name}");
    }
    assert_eq!(venue(&[(9, true)], new, &[("venue_name", "Foundry Row")]), (3, true));
    assert_eq!(venue(&[(9, true)], new, &[("venue_postcode", "SE15 4QM")]), (3, true));
}

#[test]
fn a_place_that_others_see_is_not_changed_by_who_moves_from_it() {
    let change = About::Change { offer: Uuid::from_u128(7), base: 1 };
    assert_eq!(venue(&[(3, true)], change, &[]), (3, false));
    assert_eq!(venue(&[(3, true)], change, &[("venue_address", "10 Tanner’s Row")]), (1, true));
    assert_eq!(venue(&[(3, true)], change, &[("venue_name", "Foundry Row")]), (1, true));
    // What was only ever sent, and came back for changes, may be put right.
    let new = About::New(Some(Uuid::from_u128(7)));
    assert_eq!(venue(&[(3, false)], new, &[("venue_address", "10 Tanner’s Row")]), (3, true));
}

#[test]
fn the_next_dates_are_told_as_the_card_says_them() {
    let answers = answers(&[
        ("when", "regular"),
        ("schedule-1-rule", "every-n-weeks"),
        ("schedule-1-weeks", "2"),
        ("schedule-1-days", "tue"),
        ("schedule-1-starts", "10:30am"),
        ("schedule-1-ends", "midday"),
        ("schedule-1-from", "24/11/2026"),
        ("schedule-1-skip", "22 December 2026"),
        ("schedule-2-rule", "weekly"),
        ("schedule-2-starts", "2"),
    ]);
    let next = next_dates(&answers, TODAY);
    assert_eq!(
        next.dates,
        [
            "Tuesday 24 November 2026, 10:30am to midday",
            "Tuesday 8 December 2026, 10:30am to midday",
            "Tuesday 5 January 2027, 10:30am to midday",
            "Tuesday 19 January 2027, 10:30am to midday",
            "Tuesday 2 February 2027, 10:30am to midday",
            "Tuesday 16 February 2027, 10:30am to midday",
        ]
    );
    assert_eq!(next.exceptions, ["No session on 22 December 2026"]);
}

/// Every field that a form can have.
fn fields() -> Vec<String> {
    let mut fields: Vec<String> = RICH.iter().map(|(field, _)| (*field).to_owned()).collect();
    for question in Step::ALL.iter().flat_map(|step| questions(*step)) {
        match question.control {
            Control::Several { parts, .. } => {
                fields
                    .extend(parts.iter().map(|part| format!("{}-2-{}", question.name, part.name)));
            }
            Control::Each { of, note, .. } => {
                for (value, _) in of() {
                    fields.push(format!("{}-{value}", question.name));
                    fields.extend(note.then(|| format!("{}-{value}-note", question.name)));
                }
            }
            _ => fields.push(question.name.to_owned()),
        }
    }
    fields.sort();
    fields.dedup();
    fields
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "\\PC{0,400}",
        "[0-9:./£,apm -]{0,20}",
        "(yes|no|in-person|dates|course|patients|both|some|therapy|donation|tue|southwark)",
    ]
}

proptest! {
    #[test]
    fn whatever_is_typed_where_is_read_told_or_missing(
        changes in prop::collection::vec((prop::sample::select(fields()), typed()), 1..6)
    ) {
        let mut answers = rich();
        for (field, value) in &changes {
            answers.set(field, value.clone());
        }
        let read = reading(answers.clone());
        if read.mistakes.is_empty() && read.missing.is_empty() {
            prop_assert_eq!(read.content.lacks(), vec![]);
            prop_assert_eq!(read.content.place.venue, read.venue.as_ref().map(|one| one.id));
        }
        for one in read.mistakes.iter() {
            prop_assert!(question_of(&one.field).is_some(), "{}", one.field);
            prop_assert!(!one.message.ends_with('.') && one.message.chars().count() < 200);
        }
        let _ = next_dates(&answers, TODAY);
    }

    #[test]
    fn prose_is_kept_word_for_word_or_told_of(
        field in prop::sample::select(vec![
            "title", "summary", "description", "first_visit", "therapist", "by_arrangement", "travel",
            "notice-1-text", "access-lift-note", "price-1-label", "provider_name", "contact-1-role",
            "venue_name", "testimonial_by",
        ]),
        typed in "\\PC{0,400}",
    ) {
        let mut answers = rich();
        answers.set(field, typed.clone());
        let read = reading(answers);
        let is_told = read.mistakes.of(field).is_some() || missing(&read).contains(&field);
        let (kept, profile) = (serde_json::to_string(&read.content), serde_json::to_string(&read.provider));
        let venue = read.venue.map(|venue| venue.name.to_string()).unwrap_or_default();
        let whole = format!("{}{}{}", kept.unwrap(), profile.unwrap(), serde_json::json!(venue));
        let folded = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let said = |words: &str| whole.contains(&serde_json::json!(words).to_string());
        prop_assert!(is_told || said(&folded) || said(typed.trim()) || folded.is_empty(), "{}", whole);
    }

    #[test]
    fn each_fact_taken_away_that_an_offer_cannot_be_without_is_asked_for(
        kept in prop::collection::vec(prop::bool::weighted(0.8), RICH.len())
    ) {
        let pairs: Vec<_> = RICH.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(one, _)| *one).collect();
        let read = reading(answers(&pairs));
        let asked: Vec<&str> = read.mistakes.iter().map(|one| one.field.as_str()).chain(missing(&read)).collect();
        for lack in read.content.lacks() {
            let fields: &[&str] = match lack.field {
                "activities" => &["activity"],
                "needs" => &["needs"],
                "delivery" => &["delivery"],
                "venue" => &["venue_"],
                "schedules" => &["when", "schedule", "by_arrangement"],
                "prices" => &["price"],
                "residents_join" => &["residents_join"],
                "contacts" => &["contact"],
                "boroughs" => &["boroughs", "delivery", "venue_"],
                other => panic!("{other}"),
            };
            let covered = asked.iter().any(|one| fields.iter().any(|field| one.starts_with(field)));
            prop_assert!(covered, "{} of {:?}", lack.field, asked);
        }
    }
}
