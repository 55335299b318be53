//! Services of others, and what becomes of them.
use std::sync::LazyLock;

use jiff::civil::date;
use serde_json::{Value, json};

use super::{Known, Mapped, map, read};
use crate::{
    calendar::write_schedules,
    offers::Ages,
    places::{Borough, Gss, Known as Gazetteer, Located, Places, Point, Postcode, Postcodes},
    text::Line,
    topics::{Code, Cost, Delivery, EverydayWord, Lexicon},
};

fn southwark() -> Gss {
    Gss::parse("E09000028").unwrap()
}

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let centre = Point { lat: 51.47, lon: -0.07 };
    let postcode = Postcode::parse("SE15 4QL").unwrap();
    Places::new(Gazetteer {
        boroughs: vec![Borough::example(southwark(), "Southwark", centre)],
        postcodes: Postcodes::collect([Located {
            postcode,
            point: centre,
            district: Some(southwark()),
        }]),
        ..Gazetteer::default()
    })
});

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let word = |phrase: &str, group: &str, code: &str| EverydayWord {
        phrase: phrase.to_owned(),
        group: group.to_owned(),
        code: code.to_owned(),
    };
    Lexicon::new([
        word("pottery", "activity", "pottery"),
        word("lonely", "need", "loneliness"),
        word("lift", "access", "lift"),
    ])
});

fn newer() -> Value {
    json!({
        "id": "11111111-2222-4333-8444-555555555555",
        "name": "Clay for all",
        "description": "<p>Make pots &amp; drink tea. For anybody who feels lonely.</p>",
        "status": "active",
        "fees": "Free",
        "minimum_age": -1,
        "email": "hello@clay.example",
        "organization": {"id": "org-1", "name": "Clay House", "description": "Potters."},
        "schedules": [{"freq": "WEEKLY", "byday": "TU", "opens_at": "10:30:00", "closes_at": "12:00:00"}],
        "contacts": [{"name": "Ada", "title": "Host", "phones": [{"number": "Tel: 02079460142"}]}],
        "service_at_locations": [{"location": {
            "id": "loc-1", "location_type": "physical", "name": "Clay House",
            "latitude": 100, "longitude": 101,
            "addresses": [{"address_1": "9 Lane", "city": "London", "postal_code": "se154ql", "country": "GB"}],
            "accessibility": [{"description": "There is a lift. No hearing loop."}]
        }}],
        "attributes": [{"taxonomy_term": {"name": "Pottery"}}, {"taxonomy_term": {"name": "Quangle"}}]
    })
}

fn mapped(service: &Value) -> Result<Mapped, Vec<String>> {
    let page = read(service.to_string().as_bytes()).unwrap();
    let known = Known {
        lexicon: &LEXICON,
        places: &PLACES,
        source: &Line::parse("A directory").unwrap(),
        borough: None,
        today: date(2026, 11, 21),
    };
    map(&page.services[0], &known)
}

fn repaired(mapped: &Mapped, start: &str) -> bool {
    mapped.repairs.iter().any(|said| said.starts_with(start))
}

#[test]
fn a_service_in_the_newer_shape_becomes_an_offer_and_says_what_was_put_right() {
    let offer = mapped(&newer()).unwrap();
    let content = &offer.content;
    assert_eq!(offer.lacks, Vec::<String>::new());
    assert_eq!(content.summary.as_str(), "Make pots & drink tea. For anybody who feels lonely.");
    assert_eq!(content.activity().code(), "pottery");
    assert_eq!(content.needs.iter().map(Code::code).collect::<Vec<_>>(), ["loneliness"]);
    assert_eq!(write_schedules(&content.when.programme.schedules), "weekly tue 10:30-12:00");
    assert_eq!((content.cost.code, content.ages), (Cost::Free, Ages::NotStated));
    assert!(content.place.delivery.contains(Delivery::InPerson));
    assert_eq!(content.contacts[0].phone.as_ref().unwrap().as_str(), "02079460142");
    assert_eq!(content.access.yes.iter().map(Code::code).collect::<Vec<_>>(), ["lift"]);
    assert!(content.access.no.is_empty(), "what is not there is left to people");
    let venue = offer.venue.as_ref().unwrap();
    assert_eq!(
        (venue.postcode.as_ref().unwrap().as_str(), venue.borough),
        ("SE15 4QL", southwark())
    );
    for start in [
        "Description: HTML",
        "Ages: -1",
        "Telephone:",
        "Place: the position",
        "Topics: none of ours is meant by Quangle",
        "Needs: read from its own words",
        "Joining: not stated",
    ] {
        assert!(repaired(&offer, start), "{start} is not in {:?}", offer.repairs);
    }
    assert_eq!(offer.repairs.len(), 7, "{:?}", offer.repairs);
}

#[test]
fn the_older_shape_says_the_same_in_other_places() {
    let older = json!({
        "id": "7", "name": "Clay for all", "status": "active", "fees": "£3 per session",
        "description": "Make pots. For anybody who feels lonely.",
        "organization": {"id": "o", "name": "Clay House", "description": "Potters."},
        "attending_type": "venue", "attending_access": "drop-in",
        "contacts": [{"name": "Ada", "phones": [{"number": "020 7946 0142"}]}],
        "eligibilitys": [{"minimum_age": 18, "maximum_age": 25}],
        "languages": [{"language": "Turkish"}],
        "regular_schedules": [{"byday": "MO", "freq": "WEEKLY", "opens_at": "10:00", "closes_at": "11:00"}],
        "service_taxonomys": [{"taxonomy": {"id": "x", "name": "Pottery", "vocabulary": "v"}}],
        "service_at_locations": [{"location": {"id": "l", "name": "Hall", "latitude": 51.47, "longitude": -0.07,
            "physical_addresses": [{"address_1": "9 Lane", "city": "London", "postal_code": "SE15 4QL"}],
            "accessibility_for_disabilities": [{"accessibility": "Lift"}]}}]
    });
    let offer = mapped(&older).unwrap();
    assert_eq!(offer.lacks, Vec::<String>::new());
    let content = &offer.content;
    assert_eq!(content.ages, Ages::Stated { from: Some(18), to: Some(25) });
    assert_eq!((content.cost.code, content.cost.prices[0].pence), (Cost::Paid, 300));
    assert_eq!(content.residents.routes.iter().map(Code::code).collect::<Vec<_>>(), ["drop-in"]);
    assert_eq!(content.languages[0].name(), "Turkish");
    assert!(offer.venue.is_some() && content.access.yes.len() == 1);
}

#[test]
fn what_is_not_said_is_not_made_up_but_named() {
    let offer = mapped(&json!({
        "id": "1", "name": "Something", "status": "active", "description": "Come along.",
        "organization": {"id": "o", "name": "Some House"},
        "service_areas": [{"name": "Southwark"}]
    }))
    .unwrap();
    let content = &offer.content;
    assert!(
        content.activities.is_empty() && content.needs.is_empty() && content.contacts.is_empty()
    );
    assert!(content.cost.prices.is_empty() && content.when.programme.schedules.is_empty());
    assert_eq!(content.boroughs, [southwark()]);
    for word in ["activity", "need", "held", "price", "join", "contact"] {
        assert!(offer.lacks.iter().any(|said| said.contains(word)), "{word}: {:?}", offer.lacks);
    }
}

#[test]
fn therapy_waits_until_somebody_says_who_leads_it() {
    let mut service = newer();
    service["name"] = "Art therapy".into();
    let offer = mapped(&service).unwrap();
    assert!(offer.lacks.iter().any(|said| said.contains("therapist")));
}

#[test]
fn without_a_name_a_description_or_an_organisation_there_is_no_offer_and_each_reason_is_told() {
    let reasons = mapped(&json!({"id": "1", "name": "", "status": "defunct"})).unwrap_err();
    assert_eq!(reasons.len(), 4, "{reasons:?}");
    let elsewhere = mapped(&json!({
        "id": "1", "name": "Clay", "description": "Pots.", "status": "active",
        "organization": {"name": "Clay House"},
        "service_at_locations": [{"location": {"name": "Hall", "addresses": [{"postal_code": "M1 1AE"}]}}]
    }));
    assert!(elsewhere.unwrap_err()[0].contains("none of our boroughs"));
}

#[test]
fn a_file_that_is_no_list_of_services_is_refused_with_what_to_do() {
    let deep = "[".repeat(500);
    for (file, says) in [
        (&b""[..], "empty"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"{\"a\":", "line 1"),
        (deep.as_bytes(), "deeply"),
        (b"[{\"name\": \"Only an organisation\", \"logo\": \"x\"}]", "no services"),
        (b"12", "no services"),
    ] {
        let problem = read(file).unwrap_err();
        assert!(problem.contains(says), "{problem}");
    }
    assert!(read(b"{\"contents\": []}").unwrap().services.is_empty());
}
