//! An offer in the words of schema.org, for search engines and other programs.
use serde_json::{Map, Value, json};

use super::{Ages, Listed, Shown};
use crate::{
    calendar::{Nth, Rule, Schedule, Session, Weekdays, day_name},
    topics::{Access, Code, Codes, Delivery},
};

const SCHEMA: &str = "https://schema.org/";

impl Shown<'_> {
    /// A Service with what is held and when, what it costs, whom it is for and where. What is not stated is left out; contacts
    /// for professionals and private addresses are no part of it.
    pub fn linked(&self, site: &str) -> Value {
        let Listed { offer, provider_name, provider_slug, .. } = self.listed;
        let says = self.says;
        let page = format!("{site}/offers/{}", offer.slug);
        let provider = json!({
            "@type": "Organization",
            "name": provider_name,
            "url": format!("{site}/providers/{provider_slug}"),
        });
        let areas = self
            .boroughs()
            .into_iter()
            .map(|borough| json!({ "@type": "AdministrativeArea", "name": borough.name }));
        let place = self.linked_place();
        let mut service = stated(json!({
            "@context": SCHEMA,
            "@type": "Service",
            "@id": page,
            "url": page,
            "name": says.title,
            "description": says.summary,
            "serviceType": says.activity().label(),
            "category": says.needs.iter().map(Code::label).collect::<Vec<_>>(),
            "provider": provider,
            "areaServed": areas.collect::<Vec<_>>(),
            "audience": self.linked_audience(),
            "availableChannel": self.linked_channel(place.as_ref()),
            "offers": self.linked_prices(&page),
            "image": self.pictures().iter().map(|one| format!("{site}{}", one.address)).collect::<Vec<_>>(),
        }));
        let schedules = &says.when.programme.schedules;
        if !schedules.is_empty() {
            let until = says.when.programme.ends_on;
            let each = schedules.iter().flat_map(|one| linked_schedules(one, until));
            service["subjectOf"] = stated(json!({
                "@type": "EventSeries",
                "name": says.title,
                "url": page,
                "organizer": { "@type": "Organization", "name": provider_name },
                "location": place,
                "startDate": self.sessions.first().map(starts),
                "endDate": until,
                "isAccessibleForFree": (says.cost.least_per_session(None) == Some(0)).then_some(true),
                "eventSchedule": each.collect::<Vec<_>>(),
                "subEvent": self.sessions.iter().map(|one| json!({
                    "@type": "Event",
                    "name": says.title,
                    "startDate": starts(one),
                    "endDate": ends(one),
                    "location": place.clone().unwrap_or_else(|| json!({ "@type": "VirtualLocation", "url": page })),
                })).collect::<Vec<_>>(),
            }));
        }
        service
    }

    fn linked_audience(&self) -> Vec<Value> {
        let fit = self.says.audiences;
        let (from, to) = match self.says.ages {
            Ages::Stated { from, to } => (from, to),
            Ages::NotStated => (None, None),
        };
        let named = fit.only.union(fit.meant_for).union(fit.welcome);
        let one = |kind: Option<&str>| {
            stated(json!({
                "@type": "PeopleAudience",
                "audienceType": kind,
                "suggestedMinAge": from,
                "suggestedMaxAge": to,
            }))
        };
        let mut all: Vec<Value> = named.iter().map(|code| one(Some(code.label()))).collect();
        if all.is_empty() && self.says.ages.is_limited() {
            all.push(one(None));
        }
        all
    }

    fn linked_channel(&self, place: Option<&Value>) -> Value {
        let contact = self.public_contacts().into_iter().map(|one| {
            stated(json!({
                "@type": "ContactPoint",
                "name": one.name,
                "telephone": one.phone,
                "email": one.email,
                "url": one.web,
            }))
        });
        let languages: Vec<&str> = self.says.languages.iter().map(|one| one.name()).collect();
        stated(json!({
            "@type": "ServiceChannel",
            "serviceLocation": place,
            "serviceUrl": self.says.residents.link,
            "servicePhone": contact.collect::<Vec<_>>(),
            "availableLanguage": languages,
        }))
    }

    fn linked_prices(&self, page: &str) -> Vec<Value> {
        let cost = &self.says.cost;
        let offer = |price: u32, name: &str, about: Option<&str>| {
            stated(json!({
                "@type": "Offer",
                "name": name,
                "price": format!("{}.{:02}", price / 100, price % 100),
                "priceCurrency": "GBP",
                "description": about,
                "url": page,
            }))
        };
        let note = cost.note.as_ref().map(|note| note.as_str());
        match &cost.prices[..] {
            [] => cost
                .least_per_session(None)
                .map(|least| offer(least, cost.code.label(), note))
                .into_iter()
                .collect(),
            prices => {
                let each = prices.iter();
                each.map(|one| offer(one.pence, one.label.as_str(), Some(&one.in_words())))
                    .collect()
            }
        }
    }

    /// Only the area of what keeps its address private.
    fn linked_place(&self) -> Option<Value> {
        let in_person = self.says.place.delivery.contains(Delivery::InPerson);
        let venue = self.listed.venue.as_ref().filter(|_| in_person)?;
        let private = self.says.place.address_private;
        let postcode = venue.postcode.as_ref().filter(|_| !private);
        Some(stated(json!({
            "@type": "Place",
            "name": self.place(),
            "address": stated(json!({
                "@type": "PostalAddress",
                "streetAddress": (!private).then_some(&venue.address),
                "addressLocality": "London",
                "postalCode": postcode,
                "addressCountry": "GB",
            })),
            "geo": (!private).then(|| json!({
                "@type": "GeoCoordinates", "latitude": venue.point.lat, "longitude": venue.point.lon,
            })),
            "amenityFeature": features(self.says.access.yes, true).chain(features(self.says.access.no, false)).collect::<Vec<_>>(),
        })))
    }
}

fn features(codes: Codes<Access>, value: bool) -> impl Iterator<Item = Value> {
    codes.iter().map(move |one| {
        json!({ "@type": "LocationFeatureSpecification", "name": one.label(), "value": value })
    })
}

/// A rule is one; loose dates are one each.
fn linked_schedules(schedule: &Schedule, until: Option<jiff::civil::Date>) -> Vec<Value> {
    let weekly = |weeks: u8, held: Weekdays| {
        (
            format!("P{weeks}W"),
            held.iter().map(|one| format!("{SCHEMA}{}", day_name(one))).collect(),
        )
    };
    let (every, days, times): (String, Vec<String>, Option<u8>) = match &schedule.rule {
        Rule::Weekly(held) => {
            let (every, days) = weekly(1, *held);
            (every, days, None)
        }
        Rule::EveryNWeeks { weeks, days: held } => {
            let (every, days) = weekly(*weeks, *held);
            (every, days, None)
        }
        // As calendar files write it: schema.org has no other word for the last.
        Rule::Monthly { nth, day: held } => {
            let number = match nth {
                Nth::First => 1,
                Nth::Second => 2,
                Nth::Third => 3,
                Nth::Fourth => 4,
                Nth::Last => -1,
            };
            let day = format!("{number}{}", day_name(*held)[..2].to_uppercase());
            ("P1M".to_owned(), vec![day], None)
        }
        Rule::Course { sessions } => ("P1W".to_owned(), Vec::new(), Some(*sessions)),
        Rule::Dates(dates) => {
            let held = dates.iter().filter(|date| !schedule.skipped.contains(date));
            return held
                .map(|date| {
                    json!({
                        "@type": "Schedule",
                        "startDate": date,
                        "endDate": date,
                        "startTime": schedule.starts.strftime("%H:%M:%S").to_string(),
                        "endTime": schedule.ends.strftime("%H:%M:%S").to_string(),
                        "repeatCount": 1,
                        "scheduleTimezone": "Europe/London",
                    })
                })
                .collect();
        }
    };
    vec![stated(json!({
        "@type": "Schedule",
        "repeatFrequency": every,
        "byDay": days,
        "repeatCount": times,
        "startDate": schedule.from,
        "endDate": schedule.until.or(until),
        "startTime": schedule.starts.strftime("%H:%M:%S").to_string(),
        "endTime": schedule.ends.strftime("%H:%M:%S").to_string(),
        "exceptDate": schedule.skipped,
        "scheduleTimezone": "Europe/London",
    }))]
}

fn starts(session: &Session) -> String {
    session.starts_at().to_string()
}
fn ends(session: &Session) -> String {
    session.ends_at().to_string()
}

/// Without what is nothing: an empty list, an object that has only its type.
fn stated(value: Value) -> Value {
    let Value::Object(all) = value else {
        return value;
    };
    let says_something = |value: &Value| match value {
        Value::Null => false,
        Value::Array(list) => !list.is_empty(),
        Value::Object(object) => object.keys().any(|name| name != "@type"),
        _ => true,
    };
    Value::Object(all.into_iter().filter(|(_, value)| says_something(value)).collect::<Map<_, _>>())
}
