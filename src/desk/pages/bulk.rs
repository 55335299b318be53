//! One act on many offers: what it would do to each, shown before it is done.
use std::{collections::HashMap, sync::Arc};

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use sqlx::PgPool;

use super::listings::Asked;
use crate::{
    accounts::{Permit, pages::Signed},
    calendar::{civil_now, short_date},
    desk::{
        bulk::{Act, Chosen, Fate, MOST, Topic, ask, carry_out, fate, is_recent, read, store},
        listings::{acts::Seen, state_in_words},
    },
    forms::{Answers, Mistakes},
    offers::{self, OfferId, State as _},
    places::{Borough, Places},
    text::Line,
    topics::{Activity, Audience, Code, Need},
    web::{Error, Now, Result, Typed, View},
};

/// An offer of the preview.
struct Row {
    id: OfferId,
    revision: u32,
    title: String,
    provider: String,
    state: &'static str,
    /// It would be done, and this is what.
    does: Option<String>,
    /// Or why not.
    not: String,
    checked: bool,
}

#[derive(Template)]
#[template(path = "desk/bulk.html")]
struct BulkPage<'a> {
    signed: Signed,
    typed: Answers,
    mistakes: Mistakes,
    /// Nothing was done, and why.
    news: Option<&'static str>,
    /// `None` until it is said whole.
    act: Option<Act>,
    rows: Vec<Row>,
    /// More were chosen than can be done at once.
    too_many: bool,
    places: &'a Places,
}

impl BulkPage<'_> {
    fn kind(&self) -> &str {
        self.typed.one("act")
    }
    fn acts(&self) -> &'static [(&'static str, &'static str)] {
        &Act::ALL
    }
    fn would(&self) -> usize {
        self.rows.iter().filter(|row| row.does.is_some()).count()
    }
    fn heading(&self) -> &'static str {
        match self.kind() {
            "pause" => "Pause offers",
            "archive" => "Archive offers",
            "confirm" => "Confirm offers",
            "add" => "Add a topic to offers",
            "remove" => "Remove a topic from offers",
            "move" => "Move offers to another borough",
            "ask" => "Ask whether offers are true",
            _ => "Change several offers",
        }
    }
    fn button(&self) -> &'static str {
        match self.kind() {
            "pause" => "Pause those that are ticked",
            "archive" => "Archive those that are ticked",
            "confirm" => "Confirm those that are ticked",
            "ask" => "Send the letters",
            "move" => "Move those that are ticked",
            _ => "Change those that are ticked",
        }
    }
    fn own_boroughs(&self) -> impl Iterator<Item = &Borough> {
        let own = |one: &&Borough| self.signed.account.rights.may_decide(&[one.gss]);
        self.places.boroughs().iter().filter(own)
    }
    fn topics(&self) -> [(&'static str, Vec<Topic>); 3] {
        [
            ("Activities", Activity::ALL.iter().copied().map(Topic::Activity).collect()),
            ("Needs", Need::ALL.iter().copied().map(Topic::Need).collect()),
            ("Who it is for", Audience::ALL.iter().copied().map(Topic::Audience).collect()),
        ]
    }
    fn is_topic(&self, topic: &Topic) -> bool {
        self.typed.one("topic") == topic.code()
    }
    /// What says the act, to be sent again with it.
    fn said(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let fields = ["act", "reason", "topic", "from", "to"].into_iter();
        fields.map(|field| (field, self.typed.raw(field))).filter(|(_, value)| !value.is_empty())
    }
}

/// Shows what would become of each offer that was chosen. Changes nothing.
pub async fn preview(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    if !signed.account.rights.decides_somewhere() {
        return Err(Error::Forbidden);
    }
    let first = !typed.stated("again");
    page(&db, &places, signed, (typed, Mistakes::default(), None), first, now).await
}

/// Does it to those that are ticked, and leads to the page of what was done.
pub async fn change(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    if !signed.account.rights.decides_somewhere() {
        return Err(Error::Forbidden);
    }
    let Ok(act) = read(&typed, &signed.account.rights, &places) else {
        let page = page(&db, &places, signed, (typed, Mistakes::default(), None), false, now);
        return page.await;
    };
    let permits = permits(&db, &places, &signed, &typed).await?;
    if permits.is_empty() {
        let mut mistakes = Mistakes::default();
        mistakes.add("rows", "Tick at least one offer");
        return page(&db, &places, signed, (typed, mistakes, None), false, now).await;
    }
    if act == Act::Ask {
        let letters = ask(&db, (&signed.account, permits), now).await?;
        let to = format!("/desk/listings?asked={letters}");
        return Ok(Redirect::to(&to).into_response());
    }
    let carried = carry_out(&db, (&signed.account, permits), &act, &places, now).await?;
    if let Some(batch) = carried.batch {
        return Ok(Redirect::to(&format!("/desk/batches/{batch}?done=done")).into_response());
    }
    let news = "Others have changed every one of them meanwhile. You see below how they stand now.";
    page(&db, &places, signed, (typed, Mistakes::default(), Some(news)), false, now).await
}

/// For those that are ticked, are in scope and are theirs to decide, in the revision that was looked at.
async fn permits(
    db: &PgPool,
    places: &Places,
    signed: &Signed,
    typed: &Answers,
) -> Result<Vec<Permit<Seen>>> {
    let ticked = typed.all("row").filter_map(|row| {
        let (id, revision) = row.split_once('.')?;
        Some((id.parse().ok()?, revision.parse().ok()?))
    });
    let ticked: HashMap<OfferId, u32> = ticked.take(MOST as usize).collect();
    let ids: Vec<OfferId> = ticked.keys().copied().collect();
    let chosen = chosen(db, signed, &ids).await?;
    let permits = chosen.into_iter().filter_map(|chosen| {
        let offer = &chosen.kept.offer;
        let seen = Seen { offer: offer.id, revision: *ticked.get(&offer.id)? };
        signed.account.permit(seen, &offer.content.boroughs, places)
    });
    Ok(permits.collect())
}

async fn chosen(db: &PgPool, signed: &Signed, ids: &[OfferId]) -> Result<Vec<Chosen>> {
    let listed = store::chosen(db, &signed.account.rights.scope(), ids).await?;
    let ids: Vec<OfferId> = listed.iter().map(|(id, ..)| *id).collect();
    let kept = offers::store::these(db, &ids).await?;
    let mut kept: HashMap<_, _> = kept.into_iter().map(|one| (one.offer.id, one)).collect();
    let chosen = listed.into_iter().filter_map(|(id, provider, around)| {
        Some(Chosen { kept: kept.remove(&id)?, provider, around })
    });
    Ok(chosen.collect())
}

async fn page(
    db: &PgPool,
    places: &Places,
    signed: Signed,
    (typed, mut mistakes, news): (Answers, Mistakes, Option<&'static str>),
    first: bool,
    now: Timestamp,
) -> Result<Response> {
    let mut ids: Vec<OfferId> = typed.all("offer").filter_map(|id| id.parse().ok()).collect();
    if typed.one("which") == "all" {
        let wanted = Asked::of(&typed).wanted(places, now);
        ids = store::matching(db, &signed.account.rights.scope(), &wanted).await?;
    }
    if ids.is_empty() {
        mistakes.add("rows", "Choose at least one offer in the listings");
    }
    let act = match read(&typed, &signed.account.rights, places) {
        Ok(act) => Some(act),
        // Nothing is wrong yet with what was not asked yet.
        Err(_) if first && typed.stated("act") => None,
        Err(wrong) => {
            wrong.iter().for_each(|one| mistakes.add(&*one.field, &*one.message));
            None
        }
    };
    let asked = store::asked(db, &ids).await?;
    let mut rows = vec![];
    for one in chosen(db, &signed, &ids).await? {
        let told = act.as_ref().map(|act| {
            let told = told(&one, act, &signed, places, now);
            match (act, asked.get(&one.kept.offer.id)) {
                (Act::Ask, Some(at)) if is_recent(*at, now) => {
                    told.and(Err("They were asked less than a day ago".to_owned()))
                }
                (Act::Ask, Some(at)) => told.map(|does| {
                    format!("{does}. Asked last on {}", short_date(civil_now(*at).date()))
                }),
                _ => told,
            }
        });
        let offer = &one.kept.offer;
        let row = format!("{}.{}", offer.id, offer.revision);
        rows.push(Row {
            id: offer.id,
            revision: offer.revision,
            title: offer.content.title.to_string(),
            provider: one.provider,
            state: state_in_words(offer.state.status()),
            checked: !typed.stated("row") || typed.has("row", &row),
            does: told.clone().and_then(std::result::Result::ok),
            not: told.and_then(std::result::Result::err).unwrap_or_default(),
        });
    }
    let status = match (mistakes.is_empty(), news) {
        (_, Some(_)) => StatusCode::CONFLICT,
        (false, None) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, None) => StatusCode::OK,
    };
    let too_many = ids.len() >= MOST as usize;
    let page = BulkPage { signed, typed, mistakes, news, act, rows, too_many, places };
    Ok((status, View(page)).into_response())
}

/// What it would do, or why not.
fn told(
    chosen: &Chosen,
    act: &Act,
    signed: &Signed,
    places: &Places,
    now: Timestamp,
) -> std::result::Result<String, String> {
    let desk = Line::parse("the desk").expect("our own short words");
    let before = &chosen.kept.offer;
    Ok(match fate(chosen, act, (&signed.account.rights, &desk), now) {
        Fate::Not(why) => return Err(why),
        Fate::Letter => "A letter goes to those who look after it".to_owned(),
        Fate::Confirmed(_) => {
            let before = before.confirmed_on().map_or("never".to_owned(), short_date);
            format!("Confirmed today. Before: {before}")
        }
        Fate::Becomes(next) if next.state.status() != before.state.status() => {
            state_in_words(next.state.status()).to_owned()
        }
        Fate::Becomes(next) => match act {
            Act::Move { .. } => {
                let left = !signed.account.rights.may_see(&next.content.boroughs);
                let after = super::names(&next.content.boroughs, places);
                let leaves = if left { ". You do not see it any more" } else { "" };
                format!("Looked after by {after}{leaves}")
            }
            Act::Add(topic) => format!("Adds “{}”", topic.label()),
            Act::Remove(topic) => format!("Removes “{}”", topic.label()),
            _ => "Changes".to_owned(),
        },
    })
}
