//! What the page of an offer says, tried on one invented offer.
use jiff::civil::date;

use super::*;
use crate::{
    calendar::parse_schedules,
    offers::{AccessAnswers, Confirmation, Offer, Published},
    places::{Gss, Point, Postcode},
    text::{Line, Slug},
    venues::Venue,
};

/// Says no more than it must.
fn clay() -> Listed {
    let content = serde_json::json!({
        "title": "Clay and company", "summary": "Make pots at a long table.",
        "provider": uuid::Uuid::nil(), "activities": ["pottery"], "needs": ["loneliness"],
        "kind": "creative", "how": { "keywords": [] },
        "audiences": { "for": [], "welcome": [], "only": [] }, "ages": "not_stated",
        "who_may_come": "anyone",
        "when": { "schedules": [], "notices": [] },
        "place": { "delivery": ["in-person"], "address_private": false, "outreach": [] },
        "access": { "yes": [], "no": [], "notes": {} }, "languages": [],
        "cost": { "code": "free", "prices": [] },
        "residents": { "routes": ["drop-in", "book"] }, "professionals": { "routes": [] },
        "contacts": [
            { "phone": "020 7946 0142", "reader": "everyone" },
            { "email": "refer@clay.example", "reader": "professionals" }
        ],
        "quality": {}, "boroughs": ["E09000028"]
    });
    let mut content: Content = serde_json::from_value(content).unwrap();
    content.when.programme.schedules =
        parse_schedules("weekly tue 10:30-12:00; skip 2026-12-01").unwrap();
    let venue = Venue {
        id: uuid::Uuid::nil(),
        slug: Slug::parse("lantern-yard").unwrap(),
        name: Line::parse("Lantern Yard").unwrap(),
        address: Line::parse("9 Tanner's Row").unwrap(),
        postcode: Postcode::parse("SE15 4QL"),
        point: Point { lat: 51.47, lon: -0.07 },
        borough: Gss::parse("E09000028").unwrap(),
    };
    Listed {
        offer: Offer {
            id: uuid::Uuid::nil(),
            slug: Slug::parse("clay-and-company").unwrap(),
            revision: 1,
            content,
            confirmed: Some(Confirmation {
                at: "2026-11-09T10:00:00Z".parse().unwrap(),
                by: Line::parse("Hollow Lane Clay").unwrap(),
                how: Line::parse("by email").unwrap(),
            }),
            confirm_every: 3,
            first_published: Some("2026-02-02T10:00:00Z".parse().unwrap()),
            since: "2026-02-02T10:00:00Z".parse().unwrap(),
            state: Published,
        },
        provider_slug: Slug::parse("hollow-lane-clay").unwrap(),
        provider_name: Line::parse("Hollow Lane Clay").unwrap(),
        area: venue.postcode.as_ref().map(|code| code.outcode()),
        venue: Some(venue),
    }
}

fn with_shown<T>(listed: &Listed, now: DateTime, look: impl FnOnce(Shown) -> T) -> T {
    let url = "https://offers.example.org".parse().unwrap();
    look(Shown::new(listed, &Places::default(), &url, now))
}

const NOW: DateTime = date(2026, 11, 21).at(9, 0, 0, 0);

#[test]
fn the_next_date_is_a_real_session() {
    with_shown(&clay(), NOW, |shown| {
        assert_eq!(shown.when(), ["Every Tuesday, 10:30am to midday"]);
        assert_eq!(shown.next().unwrap(), "Tuesday 24 November 2026");
        assert!(shown.exceptions()[0].starts_with("No session on 1 December"));
    });
}

#[test]
fn a_private_address_is_not_shown() {
    let mut listed = clay();
    listed.offer.content.place.address_private = true;
    listed.venue.as_mut().unwrap().postcode = None;
    with_shown(&listed, NOW, |shown| {
        let said = format!("{:?} {:?}", shown.place(), shown.address());
        assert!(said.contains("SE15 area"), "{said}");
        for secret in ["Lantern", "Tanner", "4QL"] {
            assert!(!said.contains(secret), "{said}");
        }
    });
}

#[test]
fn contacts_for_professionals_stay_with_theirs() {
    with_shown(&clay(), NOW, |shown| {
        assert!(shown.public_contacts().iter().all(|contact| contact.email.is_none()));
        assert!(shown.professional_contacts()[0].email.is_some());
        assert_eq!(shown.next_step().unwrap().address, "tel:+442079460142");
        assert_eq!(shown.join(), "Drop in");
        assert_eq!(
            shown.join_more().unwrap(),
            "Or book or contact them. Ring 020\u{a0}7946\u{a0}0142."
        );
    });
}

#[test]
fn every_access_feature_has_an_answer_and_not_stated_is_not_no() {
    let mut listed = clay();
    listed.offer.content.access = AccessAnswers {
        yes: [Access::Lift].into_iter().collect(),
        no: [Access::HearingLoop].into_iter().collect(),
        ..AccessAnswers::default()
    };
    with_shown(&listed, NOW, |shown| {
        let lines = shown.access();
        assert_eq!(lines.len(), Access::ALL.len());
        assert_eq!((lines[0].answer, lines[1].answer), (Some(true), Some(false)));
        assert!(lines[2..].iter().all(|line| line.answer.is_none()));
        assert_eq!(shown.step_free(), "Step-free: not stated");
        assert_eq!(shown.getting_in().unwrap(), "Lift. No: hearing loop.");
    });
}

#[test]
fn a_confirmation_grows_old() {
    let fresh = "Confirmed 12 days ago, on Monday 9 November 2026, by Hollow Lane Clay";
    assert_eq!(with_shown(&clay(), NOW, |shown| shown.freshness()), fresh);
    let later = date(2027, 2, 10).at(9, 0, 0, 0);
    let stale = "Not confirmed since Monday 9 November 2026";
    assert_eq!(with_shown(&clay(), later, |shown| shown.freshness()), stale);
}

#[test]
fn a_letter_about_it_leads_back_to_it() {
    let letter = with_shown(&clay(), NOW, |shown| shown.letter());
    assert!(letter.starts_with("mailto:?subject=Clay%20and%20company&body="), "{letter}");
    assert!(letter.ends_with("https%3A%2F%2Foffers.example.org%2Foffers%2Fclay-and-company"));
}
