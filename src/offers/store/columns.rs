//! An offer as the rows of its tables: each field under the name of its column, ready for
//! `jsonb_populate_record` or COPY.
use serde_json::{Map, Value, json};

use crate::{
    calendar::{Rule, Schedule, short_day_code},
    offers::{Ages, Contact, Content, Cost, Kind, Offer, State, WhoMayCome, completeness},
    text::Line,
    topics::Code,
};

/// Where a row came from, and its key there.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Origin {
    pub source: Line<80>,
    pub id: Line<200>,
}

/// The row of `offers`.
pub fn offer_row<S: State>(offer: &Offer<S>, origin: Option<&Origin>) -> Value {
    let content = &offer.content;
    let mut row = Map::new();
    for part in [
        kept(offer, origin),
        says(content),
        who(content),
        place(content),
        joining(content),
        quality(content),
    ] {
        if let Value::Object(part) = part {
            row.extend(part);
        }
    }
    Value::Object(row)
}

fn kept<S: State>(offer: &Offer<S>, origin: Option<&Origin>) -> Value {
    let confirmed = offer.confirmed.as_ref();
    json!({
        "id": offer.id,
        "slug": offer.slug,
        "source": origin.map(|from| &from.source),
        "foreign_id": origin.map(|from| &from.id),
        "state": offer.state.status().code(),
        "state_since": offer.since,
        "archived_because": offer.state.reason(),
        "first_published": offer.first_published,
        "revision": offer.revision,
        "confirmed_at": confirmed.map(|c| c.at),
        "confirmed_by": confirmed.map(|c| &c.by),
        "confirmed_how": confirmed.map(|c| &c.how),
        "confirm_every": offer.confirm_every,
        "completeness": completeness(&offer.content, confirmed),
    })
}

fn says(content: &Content) -> Value {
    let (kind, therapist) = match &content.kind {
        Kind::Creative => ("creative", None),
        Kind::Therapy { led_by } => ("therapy", Some(led_by)),
    };
    let how = &content.how;
    json!({
        "title": content.title,
        "summary": content.summary,
        "provider": content.provider,
        "activities": content.activities,
        "needs": content.needs,
        "kind": kind,
        "therapist": therapist,
        "description": how.description,
        "first_visit": how.first_visit,
        "bring": how.bring,
        "afterwards": how.afterwards,
        "keywords": how.keywords,
        "boroughs": content.boroughs,
    })
}

fn who(content: &Content) -> Value {
    let fit = &content.audiences;
    let (stated, from, to) = match content.ages {
        Ages::NotStated => (false, None, None),
        Ages::Stated { from, to } => (true, from, to),
    };
    let (open_to, residents, patients) = match &content.who_may_come {
        WhoMayCome::Anyone => ("anyone", json!([]), json!([])),
        WhoMayCome::ResidentsOf(boroughs) => ("residents", json!(boroughs), json!([])),
        WhoMayCome::PatientsOf(networks) => ("patients", json!([]), json!(networks)),
    };
    json!({
        "audience_for": fit.meant_for,
        "audience_welcome": fit.welcome,
        "audience_only": fit.only,
        "ages_stated": stated,
        "age_from": from,
        "age_to": to,
        "not_suitable_for": content.not_suitable_for,
        "who_may_come": open_to,
        "residents_of": residents,
        "patients_of": patients,
    })
}

fn place(content: &Content) -> Value {
    let (when, place, access) = (&content.when, &content.place, &content.access);
    json!({
        "by_arrangement": when.by_arrangement,
        "pause_from": when.programme.pause.map(|pause| pause.from),
        "pause_to": when.programme.pause.and_then(|pause| pause.to),
        "ends_on": when.programme.ends_on,
        "delivery": place.delivery,
        "venue": place.venue,
        "address_private": place.address_private,
        "travel": place.travel,
        "outreach": place.outreach,
        "access_yes": access.yes,
        "access_no": access.no,
        "access_more": access.more,
        "languages": content.languages,
        "interpreter": content.interpreter,
    })
}

fn joining(content: &Content) -> Value {
    let Cost { code, note, concessions, help, .. } = &content.cost;
    let (residents, professionals) = (&content.residents, &content.professionals);
    json!({
        "cost": code.code(),
        "cost_note": note,
        "concessions": concessions,
        "cost_help": help,
        "residents_routes": residents.routes,
        "residents_how": residents.how,
        "residents_link": residents.link,
        "professionals_routes": professionals.routes,
        "professionals_how": professionals.how,
        "professionals_link": professionals.link,
        "places": content.places.map(|said| said.code.code()),
        "places_on": content.places.map(|said| said.on),
        "reply_days": content.reply_days,
    })
}

fn quality(content: &Content) -> Value {
    let quality = &content.quality;
    json!({
        "experience": quality.experience,
        "lived_experience": quality.lived_experience,
        "training": quality.training,
        "safeguarding_policy": quality.safeguarding_policy,
        "dbs_checked": quality.dbs_checked,
        "insured": quality.insured,
        "support": quality.support,
        "testimonial": content.testimonial.as_ref().map(|said| &said.words),
        "testimonial_by": content.testimonial.as_ref().map(|said| &said.by),
    })
}

/// The rows of the tables beside `offers`.
pub struct Parts {
    pub schedules: Vec<Value>,
    pub notices: Vec<Value>,
    pub access_notes: Vec<Value>,
    pub prices: Vec<Value>,
    pub contacts: Vec<Value>,
    pub images: Vec<Value>,
}

impl Parts {
    pub fn of<S>(offer: &Offer<S>) -> Self {
        let (id, content) = (offer.id, &offer.content);
        let notices = (1..).zip(&content.when.notices).map(|(at, notice)| {
            json!({ "offer_id": id, "position": at, "text": notice.text, "until_on": notice.until })
        });
        let notes = content.access.notes.iter();
        let prices = (1..).zip(&content.cost.prices).map(|(at, price)| {
            json!({ "offer_id": id, "position": at, "label": price.label, "pence": price.pence,
                    "per": price.per.code() })
        });
        let images = (1..).zip(&content.images).map(|(at, image)| {
            json!({ "offer_id": id, "position": at, "picture_id": image.picture.id,
                    "alt": image.alt, "credit": image.credit })
        });
        Self {
            schedules: (1..)
                .zip(&content.when.programme.schedules)
                .map(|(at, schedule)| schedule_row(id, at, schedule))
                .collect(),
            notices: notices.collect(),
            access_notes: notes
                .map(|(feature, note)| {
                    json!({ "offer_id": id, "feature": feature.code(), "note": note })
                })
                .collect(),
            prices: prices.collect(),
            contacts: (1..)
                .zip(&content.contacts)
                .map(|(at, contact)| contact_row(id, at, contact))
                .collect(),
            images: images.collect(),
        }
    }
}

fn schedule_row(id: uuid::Uuid, position: u32, schedule: &Schedule) -> Value {
    let mut row = json!({
        "offer_id": id, "position": position,
        "days": [], "weeks": null, "nth": null, "sessions": null, "dates": [],
        "starts": schedule.starts, "ends": schedule.ends,
        "from_on": schedule.from, "until_on": schedule.until,
        "term_time_only": schedule.term_time_only, "bank_holidays": schedule.bank_holidays,
        "skipped": schedule.skipped, "extra": schedule.extra,
    });
    match &schedule.rule {
        Rule::Weekly(days) => {
            row["rule"] = json!("weekly");
            row["days"] = days.iter().map(short_day_code).collect();
        }
        Rule::EveryNWeeks { weeks, days } => {
            row["rule"] = json!("every-n-weeks");
            row["weeks"] = json!(weeks);
            row["days"] = days.iter().map(short_day_code).collect();
        }
        Rule::Monthly { nth, day } => {
            row["rule"] = json!("monthly");
            row["nth"] = json!(nth.code());
            row["days"] = json!([short_day_code(*day)]);
        }
        Rule::Course { sessions } => {
            row["rule"] = json!("course");
            row["sessions"] = json!(sessions);
        }
        Rule::Dates(dates) => {
            row["rule"] = json!("dates");
            row["dates"] = json!(dates);
        }
    }
    row
}

fn contact_row(id: uuid::Uuid, position: u32, contact: &Contact) -> Value {
    json!({ "offer_id": id, "position": position, "name": contact.name, "role": contact.role,
            "phone": contact.phone, "email": contact.email, "web": contact.web, "reader": contact.reader.code() })
}
