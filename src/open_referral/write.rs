//! An offer of ours in the shape of Open Referral UK 3.0.
//!
//! What the standard has no place for stands under [`EXTRAS`]: the cells of our own files. So others read the
//! standard's facts, and we read back what we wrote without a difference.
use serde_json::{Value, json};
use uuid::Uuid;

use super::Ours;
use crate::{
    calendar::{Rule, Schedule, Weekdays},
    offers::{Ages, Content, OfferId, Per, Status},
    providers::Provider,
    topics::{Code, Delivery},
    venues::Venue,
};

/// The name under which our own cells stand, of a service, an organisation and a location.
pub const EXTRAS: &str = "fingerpost";

/// What is written.
#[derive(Clone, Debug)]
pub struct Written<'a> {
    pub id: OfferId,
    pub status: Status,
    /// Its page.
    pub url: String,
    pub content: &'a Content,
    pub provider: &'a Provider,
    pub venue: Option<&'a Venue>,
    pub ours: Ours,
}

pub fn service(one: &Written<'_>) -> Value {
    let content = one.content;
    let (from, to) = match content.ages {
        Ages::NotStated => (None, None),
        Ages::Stated { from, to } => (from, to),
    };
    let description = content.how.description.as_ref();
    let mut service = json!({
        "id": one.id,
        "name": content.title.as_str(),
        "description": description.map_or(content.summary.as_str(), |text| text.as_str()),
        "url": one.url,
        "status": match one.status {
            Status::Published => "active",
            Status::Paused => "temporarily closed",
            Status::Archived => "defunct",
            Status::Draft | Status::Submitted => "inactive",
        },
        "fees": content.cost.in_words(),
        "organization_id": one.provider.id,
        "organization": organization(one),
        "schedules": numbered(&content.when.programme.schedules, one.id, 1, schedule),
        "service_areas": numbered(&content.place.outreach, one.id, 2, |gss| json!({ "name": gss.as_str() })),
        "service_at_locations": locations(one),
        "languages": numbered(&content.languages, one.id, 4, |language| json!({
            "name": language.name(),
            "code": language.code(),
        })),
        "cost_options": numbered(&content.cost.prices, one.id, 5, |price| json!({
            "option": price.label.as_str(),
            "amount": f64::from(price.pence) / 100.0,
            "currency": "GBP",
            "amount_description": match price.per {
                Per::Session => "per session",
                Per::Course => "per course",
                Per::Month => "per month",
                Per::Year => "per year",
            },
        })),
        "contacts": contacts(one),
        "attributes": topics(one),
    });
    let email = content.contacts.iter().find_map(|contact| contact.email.as_ref());
    for (name, value) in [
        ("minimum_age", from.map(Value::from)),
        ("maximum_age", to.map(Value::from)),
        ("email", email.map(|email| Value::from(email.as_str()))),
        (EXTRAS, Some(json!(one.ours.offer))),
    ] {
        if let Some(value) = value {
            service[name] = value;
        }
    }
    service
}

fn organization(one: &Written<'_>) -> Value {
    let profile = &one.provider.profile;
    let mut organization = json!({
        "id": one.provider.id,
        "name": profile.name.as_str(),
        "description": profile.summary.as_ref().map_or(profile.name.as_str(), |line| line.as_str()),
        EXTRAS: one.ours.provider,
    });
    if let Some(website) = &profile.website {
        organization["website"] = website.as_str().into();
    }
    organization
}

/// A private address stands in our own cells only, which whoever reads this file has rights to.
fn locations(one: &Written<'_>) -> Value {
    let mut all = Vec::new();
    if let Some(venue) = one.venue {
        let mut location = json!({
            "id": venue.id,
            "location_type": "physical",
            "name": venue.name.as_str(),
            EXTRAS: one.ours.venue,
        });
        if !one.content.place.address_private {
            location["latitude"] = venue.point.lat.into();
            location["longitude"] = venue.point.lon.into();
            location["addresses"] = json!([{
                "id": part(venue.id, 6, 0),
                "address_1": venue.address.as_str(),
                "city": "London",
                "state_province": "London",
                "postal_code": venue.postcode.as_ref().map_or("", |postcode| postcode.as_str()),
                "country": "GB",
                "address_type": "physical",
            }]);
        }
        all.push(json!({ "id": part(one.id, 3, 0), "location": location }));
    }
    if one.content.place.delivery.contains(Delivery::Online) {
        let location =
            json!({ "id": part(one.id, 7, 0), "location_type": "virtual", "name": "Online" });
        all.push(json!({ "id": part(one.id, 3, 1), "location": location }));
    }
    all.into()
}

fn contacts(one: &Written<'_>) -> Value {
    numbered(&one.content.contacts, one.id, 8, |contact| {
        let mut said = json!({});
        for (name, words) in [
            ("name", contact.name.as_ref().map(ToString::to_string)),
            ("title", contact.role.as_ref().map(ToString::to_string)),
            ("email", contact.email.as_ref().map(ToString::to_string)),
        ] {
            if let Some(words) = words {
                said[name] = words.into();
            }
        }
        if let Some(phone) = &contact.phone {
            said["phones"] = json!([{ "id": part(one.id, 9, 0), "number": phone.as_str() }]);
        }
        said
    })
}

fn topics(one: &Written<'_>) -> Value {
    fn term<T: Code>(code: T) -> (&'static str, &'static str, &'static str) {
        (T::GROUP, code.code(), code.label())
    }
    let content = one.content;
    let fit = content.audiences;
    let all: Vec<_> = (content.activities.iter().map(|one| term(*one)))
        .chain(content.needs.iter().map(term))
        .chain(fit.meant_for.union(fit.welcome).union(fit.only).iter().map(term))
        .collect();
    numbered(&all, one.id, 10, |(group, code, label)| {
        json!({
            "link_type": "service",
            "taxonomy_term": {
                "id": part(one.id, 11, code.bytes().map(u128::from).sum()),
                "name": label,
                "term": code,
                "taxonomy": group,
            },
        })
    })
}

fn schedule(one: &Schedule) -> Value {
    let mut said = json!({
        "opens_at": one.starts.strftime("%H:%M:%S").to_string(),
        "closes_at": one.ends.strftime("%H:%M:%S").to_string(),
        "description": one.in_words(),
    });
    let rule = match &one.rule {
        Rule::Weekly(days) => Some(("WEEKLY", 1, byday(*days))),
        Rule::EveryNWeeks { weeks, days } => Some(("WEEKLY", *weeks, byday(*days))),
        Rule::Monthly { nth, day } => {
            let number = match nth.code() {
                "first" => "1",
                "second" => "2",
                "third" => "3",
                "fourth" => "4",
                _ => "-1",
            };
            Some(("MONTHLY", 1, format!("{number}{}", byday([*day].into_iter().collect()))))
        }
        Rule::Course { .. } | Rule::Dates(_) => None,
    };
    if let Some((freq, interval, days)) = rule {
        said["freq"] = freq.into();
        said["interval"] = interval.into();
        said["byday"] = days.into();
    }
    for (name, day) in [("valid_from", one.from), ("dtstart", one.from), ("valid_to", one.until)] {
        if let Some(day) = day {
            said[name] = day.to_string().into();
        }
    }
    said
}

fn byday(days: Weekdays) -> String {
    let codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let named = days.iter().map(|day| codes[day.to_monday_zero_offset() as usize]);
    named.collect::<Vec<_>>().join(",")
}

/// A list whose parts have ids, as the standard asks for: always the same for the same part.
fn numbered<T>(all: &[T], of: Uuid, kind: u128, write: impl Fn(&T) -> Value) -> Value {
    let parts = (0..).zip(all).map(|(number, one)| {
        let mut value = write(one);
        value["id"] = json!(part(of, kind, number));
        value
    });
    parts.collect::<Vec<_>>().into()
}

fn part(of: Uuid, kind: u128, number: u128) -> Uuid {
    Uuid::from_u128(of.as_u128().wrapping_add(kind << 16).wrapping_add(number))
}
