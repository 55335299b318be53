//! Invented offers, the same for the same number: for measuring and for trying rules.
mod chance;
mod terms;
mod words;

use fingerpost::{
    offers::{
        Confirmation, Content, Kind, Listed, Offer, PlacesSaid, Published, Quality, WayIn, Where,
        WhoMayCome,
    },
    places::{Gss, Point, Postcode},
    text::{Line, Slug},
    topics::{Codes, Delivery, Joining, Language, Places},
    venues::Venue,
};
use jiff::{Span, Timestamp, civil::Date};
use uuid::Uuid;

pub use chance::Chance;
pub use words::{TITLES, WORDS};

pub const TODAY: Date = jiff::civil::date(2026, 11, 24);

pub fn gss(number: usize) -> Gss {
    Gss::parse(&format!("E090000{:02}", number % 33 + 1)).unwrap()
}

/// Greater London, denser towards the middle.
pub fn point(chance: &mut Chance) -> Point {
    let mut spread = |wide: f64| {
        let sum: f64 = (0..3).map(|_| chance.below(10_000) as f64 / 10_000.0 - 0.5).sum();
        sum / 1.5 * wide
    };
    Point { lat: 51.5 + spread(0.21), lon: -0.11 + spread(0.38) }
}

pub fn offers(many: usize) -> impl Iterator<Item = Listed> {
    (0..many).map(offer)
}

pub fn offer(number: usize) -> Listed {
    let mut chance = Chance::new(number as u64 + 1);
    let provider = number / 3;
    let delivery = match chance.below(100) {
        0..80 => [Delivery::InPerson].into_iter().collect(),
        80..88 => [Delivery::Online].into_iter().collect(),
        88..92 => [Delivery::AtHome].into_iter().collect(),
        92..95 => [Delivery::Telephone].into_iter().collect(),
        _ => [Delivery::InPerson, Delivery::Online].into_iter().collect::<Codes<_>>(),
    };
    let borough = gss(chance.below(33));
    let in_person = delivery.contains(Delivery::InPerson);
    let content = Content {
        title: words::title(&mut chance),
        summary: Line::parse(&words::sentence(&mut chance, 18)).unwrap(),
        provider: id(1, provider),
        activities: terms::activities(&mut chance),
        needs: chance.codes(1, 4),
        kind: Kind::Creative,
        how: terms::how(&mut chance),
        audiences: terms::audiences(&mut chance),
        ages: terms::ages(&mut chance),
        not_suitable_for: None,
        who_may_come: if chance.percent(10) {
            WhoMayCome::ResidentsOf(vec![borough])
        } else {
            WhoMayCome::Anyone
        },
        when: terms::when(&mut chance),
        place: Where {
            delivery,
            venue: in_person.then(|| id(2, number)),
            address_private: chance.percent(5),
            travel: None,
            outreach: if !in_person && chance.percent(50) {
                (0..=chance.below(4)).map(|_| gss(chance.below(33))).collect()
            } else {
                Vec::new()
            },
        },
        access: terms::access(&mut chance),
        languages: if chance.percent(15) {
            let all: Vec<Language> = Language::all().collect();
            (0..=chance.below(2)).map(|_| chance.one(&all)).collect()
        } else {
            Vec::new()
        },
        interpreter: None,
        cost: terms::cost(&mut chance),
        residents: WayIn { routes: chance.codes(1, 2), how: None, link: None },
        professionals: WayIn {
            routes: if chance.percent(30) {
                [Joining::ProfessionalReferral].into_iter().collect()
            } else {
                Codes::NONE
            },
            how: None,
            link: None,
        },
        places: chance.percent(70).then(|| PlacesSaid {
            code: chance.one(&[
                Places::Open,
                Places::Open,
                Places::Few,
                Places::WaitingList,
                Places::Full,
            ]),
            on: TODAY,
        }),
        reply_days: None,
        contacts: Vec::new(),
        quality: Quality::default(),
        testimonial: None,
        images: Vec::new(),
        boroughs: vec![borough],
    };
    listed(number, provider, borough, content, &mut chance)
}

fn listed(
    number: usize,
    provider: usize,
    borough: Gss,
    content: Content,
    chance: &mut Chance,
) -> Listed {
    let noon = |day: Date| -> Timestamp {
        day.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp()
    };
    let published = noon(days_before(chance.below(700)));
    let confirmed = chance.percent(90).then(|| Confirmation {
        at: noon(days_before(chance.below(400))),
        by: Line::parse("the provider").unwrap(),
        how: Line::parse("by e-mail").unwrap(),
    });
    let venue = content.place.venue.map(|venue| Venue {
        id: venue,
        slug: Slug::parse(&format!("hall-{number}")).unwrap(),
        name: Line::parse(&format!("{} Hall", words::capital(chance.one(&WORDS)))).unwrap(),
        address: Line::parse(&format!(
            "{} {} Road",
            number % 90 + 1,
            words::capital(chance.one(&WORDS))
        ))
        .unwrap(),
        postcode: Postcode::parse(&format!("SE{} {}AB", number % 28 + 1, number % 10)),
        point: point(chance),
        borough,
    });
    let offer = Offer {
        id: id(0, number),
        slug: Slug::from_name(&format!("{} {number}", content.title)).unwrap(),
        revision: 1,
        content,
        confirmed,
        confirm_every: 6,
        first_published: Some(published),
        since: published,
        state: Published,
    };
    let area = venue.as_ref().and_then(|venue| Some(venue.postcode.as_ref()?.outcode()));
    Listed {
        offer,
        provider_slug: Slug::parse(&format!("provider-{provider}")).unwrap(),
        provider_name: Line::parse(&format!(
            "{} Arts {provider}",
            words::capital(chance.one(&WORDS))
        ))
        .unwrap(),
        venue,
        area,
    }
}

fn id(kind: u128, number: usize) -> Uuid {
    Uuid::from_u128((kind << 100) | (number as u128 + 1))
}

fn days_before(days: usize) -> Date {
    TODAY.checked_sub(Span::new().days(days as i64)).unwrap()
}
