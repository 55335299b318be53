//! Two offers made one: part by part, in one transaction.
use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;
use sqlx::PgPool;

use super::store;
use crate::{
    accounts::Permit,
    desk::{
        batches::{self, BatchId, Kind},
        listings::acts::Seen,
    },
    offers::{
        self, AnyState, Content, Lack, Offer, State, Status,
        store::{Author, Kept},
    },
    submissions,
    text::Line,
};

/// A part of what an offer says, taken whole from one of two.
#[derive(Debug)]
pub struct Part {
    /// As forms name it.
    pub name: &'static str,
    pub label: &'static str,
    /// Where it stands in an offer's content.
    paths: &'static [&'static str],
    /// The questions of the form that tell it.
    pub questions: &'static [&'static str],
}

macro_rules! part {
    ($name:literal, $label:literal, [$($path:literal),*], [$($question:literal),*]) => {
        Part { name: $name, label: $label, paths: &[$($path),*], questions: &[$($question),*] }
    };
}

/// All of them, in the order of the form. Who looks after it is no choice: the boroughs of both do.
pub const PARTS: [Part; 26] = [
    part!("title", "Title", ["title"], ["title"]),
    part!("summary", "Summary", ["summary"], ["summary"]),
    part!("provider", "Who runs it", ["provider"], ["provider_name"]),
    part!("activities", "Activities", ["activities"], ["activity", "activities"]),
    part!("kind", "Kind", ["kind"], ["kind", "therapist"]),
    part!("description", "What happens", ["how/description"], ["description"]),
    part!("first_visit", "The first visit", ["how/first_visit"], ["first_visit"]),
    part!("bring", "What to bring", ["how/bring"], ["bring"]),
    part!("afterwards", "What follows on", ["how/afterwards"], ["afterwards"]),
    part!("keywords", "Keywords", ["how/keywords"], ["keywords"]),
    part!("needs", "Needs", ["needs"], ["needs"]),
    part!("ages", "Ages", ["ages"], ["ages", "age_from", "age_to"]),
    part!("audiences", "Audiences", ["audiences"], ["audience"]),
    part!("not_suitable_for", "Not suitable for", ["not_suitable_for"], ["not_suitable_for"]),
    part!(
        "who_may_come",
        "Who may come",
        ["who_may_come"],
        ["who_may_come", "residents_of", "patients_of"]
    ),
    part!(
        "when",
        "When",
        ["when"],
        ["when", "schedule", "by_arrangement", "ends_on", "pause_from", "pause_to", "notice"]
    ),
    part!(
        "where",
        "Where",
        ["place"],
        [
            "delivery",
            "venue_name",
            "venue_address",
            "venue_postcode",
            "address_private",
            "travel",
            "outreach"
        ]
    ),
    part!("access", "Access", ["access"], ["access", "access_more"]),
    part!("languages", "Languages", ["languages", "interpreter"], ["languages", "interpreter"]),
    part!("cost", "Cost", ["cost"], ["cost", "price", "cost_note", "concessions", "cost_help"]),
    part!(
        "residents",
        "How residents join",
        ["residents"],
        ["residents_join", "residents_how", "residents_link"]
    ),
    part!(
        "professionals",
        "How professionals refer",
        ["professionals"],
        ["professionals_join", "professionals_how", "professionals_link"]
    ),
    part!("places", "Places", ["places", "reply_days"], ["places", "places_on", "reply_days"]),
    part!("contacts", "Contact", ["contacts"], ["contact"]),
    part!(
        "quality",
        "Who leads it, and safety",
        ["quality", "testimonial"],
        [
            "support",
            "safeguarding_policy",
            "dbs_checked",
            "insured",
            "experience",
            "lived_experience",
            "training",
            "testimonial",
            "testimonial_by"
        ]
    ),
    part!("pictures", "Pictures", ["images"], ["pictures"]),
];

/// What became of it. But for `Done` nothing has changed.
#[derive(Debug)]
pub enum Merged {
    Done(BatchId),
    /// One of them says something else or stands otherwise by now.
    MovedOn,
    /// One of them is not live, or its provider has begun a change that would be lost.
    NotAsTheyStand(&'static str),
    /// It would lack what every listing says, or contradict itself.
    Lacking(Vec<Lack>),
}

impl Part {
    pub fn is_same(&self, one: &Content, other: &Content) -> bool {
        let (one, other) = (json(one), json(other));
        self.paths.iter().all(|path| at(&one, path) == at(&other, path))
    }

    /// Whether it is the other one's unless somebody says so: where this one says nothing.
    pub fn is_filled_from(&self, kept: &Content, other: &Content) -> bool {
        let (kept, other) = (json(kept), json(other));
        self.paths.iter().all(|path| says_nothing(at(&kept, path)))
            && !self.paths.iter().all(|path| says_nothing(at(&other, path)))
    }
}

/// What the kept one says afterwards: these parts as the other one has them. Both boroughs look after it.
pub fn merged(kept: &Content, other: &Content, from_other: &BTreeSet<&str>) -> Option<Content> {
    let (mut merged, theirs) = (json(kept), json(other));
    for part in PARTS.iter().filter(|part| from_other.contains(part.name)) {
        for path in part.paths {
            set(&mut merged, path, at(&theirs, path).clone());
        }
    }
    let mut content: Content = serde_json::from_value(merged).ok()?;
    for borough in &other.boroughs {
        if !content.boroughs.contains(borough) {
            content.boroughs.push(*borough);
        }
    }
    Some(content)
}

/// One transaction: the kept one says what was chosen, the other is archived and its addresses lead to the kept one.
pub async fn merge(
    db: &PgPool,
    [kept, other]: [&Permit<Seen>; 2],
    from_other: &BTreeSet<&str>,
    now: Timestamp,
) -> sqlx::Result<Merged> {
    let mut tx = db.begin().await?;
    let mut ids = [kept.subject().offer, other.subject().offer];
    // Always in one order, and a change in hand before its offer, so that nobody waits in a ring.
    ids.sort();
    let mut changes = vec![];
    for id in ids {
        let change = submissions::store::change_of(&mut tx, id).await?;
        changes.extend(change.map(|_| id));
        offers::store::kept(&mut tx, id).await?;
    }
    let Some([one, two]) = both(&mut tx, [kept, other]).await? else {
        return Ok(Merged::MovedOn);
    };
    let live = |kept: &Kept| matches!(kept.offer.state, AnyState::Published | AnyState::Paused);
    if !live(&one) || !live(&two) {
        return Ok(Merged::NotAsTheyStand("Both must be published or paused."));
    }
    if changes.contains(&other.subject().offer) {
        return Ok(Merged::NotAsTheyStand(
            "The provider of the one that would be archived has begun a change of it. Decide on that first, or keep \
             that one.",
        ));
    }
    let content = merged(&one.offer.content, &two.offer.content, from_other);
    let Some(content) = content else {
        return Ok(Merged::NotAsTheyStand("These parts do not fit together."));
    };
    let lacks = content.lacks();
    if !lacks.is_empty() {
        return Ok(Merged::Lacking(lacks));
    }
    let (title, gone) = (content.title.clone(), two.offer.content.title.clone());
    let words = line(&format!("Merged “{gone}” into “{title}”"));
    let by = (kept.account(), kept.signed());
    let batch = batches::store::open(&mut tx, (Kind::Merge, &words), by, now).await?;
    if content != one.offer.content {
        let why = line(&format!("Merged with “{gone}”"));
        let next = one.offer.clone().revised(content);
        save(&mut tx, &one, &next, (kept, why), now).await?;
    }
    let reason = line(&format!("Merged into “{title}”"));
    let archived = two.offer.clone().step(AnyState::Archived { reason: reason.clone() }, now);
    let archived =
        archived.map_err(|_| sqlx::Error::Decode("what is live can be archived".into()))?;
    save(&mut tx, &two, &archived, (other, reason), now).await?;
    for before in [&one, &two] {
        batches::store::touched(&mut *tx, batch, before).await?;
    }
    store::lead_to(&mut *tx, two.offer.id, one.offer.id, batch).await?;
    tx.commit().await?;
    Ok(Merged::Done(batch))
}

async fn both(
    db: &mut sqlx::PgConnection,
    permits: [&Permit<Seen>; 2],
) -> sqlx::Result<Option<[Kept; 2]>> {
    let mut found = vec![];
    for permit in permits {
        let Seen { offer, revision } = *permit.subject();
        let kept = offers::store::kept(&mut *db, offer).await?;
        found.extend(kept.filter(|kept| kept.offer.revision == revision));
    }
    Ok(found.try_into().ok())
}

async fn save(
    db: &mut sqlx::PgConnection,
    before: &Kept,
    next: &Offer<AnyState>,
    (permit, why): (&Permit<Seen>, Line<500>),
    now: Timestamp,
) -> sqlx::Result<()> {
    let from: (Status, u32) = (before.offer.state.status(), before.offer.revision);
    let author = Author { by: permit.signed().clone(), why: Some(why) };
    offers::store::save_locked(db, from, next, &author, now).await
}

fn line(words: &str) -> Line<500> {
    Line::parse(words).expect("our own words with two titles of 100 letters at most")
}

fn json(content: &Content) -> Value {
    serde_json::to_value(content).expect("it is kept as JSON in the history, too")
}

fn at<'a>(content: &'a Value, path: &str) -> &'a Value {
    path.split('/').fold(content, |value, name| &value[name])
}

fn set(content: &mut Value, path: &str, value: Value) {
    let place = path.split('/').fold(content, |inner, name| &mut inner[name]);
    // An empty list of pictures is not written at all.
    *place = if value.is_null() && path == "images" { Value::Array(vec![]) } else { value };
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(words) => words.is_empty() || words == "not_stated",
        Value::Array(list) => list.is_empty(),
        Value::Object(inner) => inner.values().all(says_nothing),
        _ => false,
    }
}
