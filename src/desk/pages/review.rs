//! One submission beside what is live: what changes, what the coach says, and the decision.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use sqlx::PgPool;

use super::{After, OfItem, Said, done, following, moment, names, waiting_for};
use crate::{
    accounts::{self, pages::Signed},
    calendar::civil_now,
    desk::{Filter, Item, Kind, store},
    forms::{Answers, Mistakes},
    offers::{self, AnyState, Offer},
    places::Places,
    providers,
    search::{Around, CardView, Catalogue},
    submissions::{
        self, About, Message, Stage, Submission, SubmissionId, decide,
        differences::{Dates, Difference, Piece, dates, differences},
        known::known,
        pages::{Beside, Told, alike, answered},
        reading::{Read, next_dates, read},
        store::{edits, passed},
        writing::answers_of_profile,
        written, written_with,
    },
    text::plain_language::Swaps,
    web::{Error, Now, Path, Query, Result, View},
};

/// Reasons that come up often; each goes into the letter as it stands.
pub const REASONS: [(&str, &str); 5] = [
    ("not-an-activity", "It is not an activity that people can join."),
    ("elsewhere", "It is held outside the boroughs of this directory."),
    ("twice", "It is in the directory already."),
    ("treatment", "It promises treatment or a cure, which this directory does not list."),
    ("unsafe", "We could not see that people would be safe there."),
];

#[derive(Template)]
#[template(path = "desk/review.html")]
pub struct ReviewPage<'a> {
    signed: Signed,
    item: Item,
    submission: Submission,
    may_decide: bool,
    changes: Vec<Difference>,
    same: Vec<Told>,
    dates: Dates,
    /// Parts that cannot be laid over what is live, since both have changed.
    overtaken: Vec<String>,
    ended: bool,
    next: Vec<String>,
    beside: Option<Beside>,
    alike: Vec<CardView<'a>>,
    messages: Vec<Message>,
    earlier: Vec<Item>,
    /// What comes after it in the queue.
    following: Option<Item>,
    /// What the coordinators make of it, or made before it was published.
    edit: Option<Edit>,
    /// It passed at once, and nobody has looked at it since.
    to_be_looked_at: bool,
    /// What was decided last, to say so.
    done: Option<&'static str>,
    places: &'a Places,
    now: Timestamp,
    /// As it was typed, where something was wrong with it.
    pub typed: Answers,
    pub mistakes: Mistakes,
    pub news: Option<String>,
}

/// Edits beside what was sent.
struct Edit {
    id: SubmissionId,
    changes: Vec<Difference>,
    /// It can be published as it stands.
    whole: bool,
}

impl ReviewPage<'_> {
    fn waits(&self) -> String {
        match waiting_for(&self.item, self.now) {
            Some(days) => format!("Waiting {days}"),
            None => "Arrived today".to_owned(),
        }
    }
    fn sent(&self) -> String {
        moment(self.item.since)
    }
    fn said(&self, message: &Message) -> String {
        moment(message.at)
    }
    fn decided(&self, item: &Item) -> String {
        moment(item.since)
    }
    fn names(&self) -> String {
        names(&self.item.boroughs, self.places)
    }
    fn is_mine(&self) -> bool {
        self.item.claim.as_ref().is_some_and(|claim| claim.account == self.signed.account.id)
    }
    fn waits_still(&self) -> bool {
        self.item.stage == Stage::Waiting
    }
    fn chosen(&self, decision: &str) -> bool {
        self.typed.has("decision", decision)
    }
    fn wrong_with(&self, name: &str) -> Option<&str> {
        self.mistakes.of(&format!("ask-{name}"))
    }
    fn ask_of(&self, name: &str) -> String {
        self.typed.raw(&format!("ask-{name}")).to_owned()
    }
}

pub async fn review(
    State(db): State<PgPool>,
    State(catalogue): State<Arc<Catalogue>>,
    State(swaps): State<Arc<Swaps>>,
    signed: Signed,
    Now(now): Now,
    Path(OfItem { id }): Path<OfItem>,
    Query(after): Query<After>,
) -> Result<Response> {
    let around = (&db, catalogue.places(), &catalogue, &*swaps);
    let said = Said { done: done(&after.done), ..Said::default() };
    page(around, signed, id, said, now).await
}

/// Somebody has looked at a change that passed at once.
pub async fn look(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfItem { id }): Path<OfItem>,
) -> Result<Response> {
    let account = &signed.account;
    let item = store::item(&db, &account.rights.scope(), id).await?.ok_or(Error::NotFound)?;
    let permit = account.permit(id, &item.boroughs, &places).ok_or(Error::Forbidden)?;
    let mut tx = db.begin().await?;
    if passed::looked_at(&mut *tx, id, account.id, now).await? {
        accounts::store::log(&mut *tx, permit.by(), "looked_at", Some(id), None, now).await?;
    }
    tx.commit().await?;
    Ok(Redirect::to("/desk?kind=passed&done=looked_at").into_response())
}

/// The page of one submission, for a first look or with what was typed.
pub async fn page(
    (db, places, catalogue, swaps): (&PgPool, &Arc<Places>, &Arc<Catalogue>, &Swaps),
    signed: Signed,
    id: SubmissionId,
    said: Said,
    now: Timestamp,
) -> Result<Response> {
    let scope = signed.account.rights.scope();
    let item = store::item(db, &scope, id).await?.ok_or(Error::NotFound)?;
    let submission = submissions::store::found(db, id).await?.ok_or(Error::NotFound)?;
    let mut connection = db.acquire().await?;
    let stage = if item.stage == Stage::Waiting { Stage::Draft } else { Stage::Published };
    let edit = edits::of(&mut connection, id, stage).await?;
    let shown = edit.as_ref().unwrap_or(&submission);
    let known = known(&mut connection, shown).await?;
    let today = civil_now(now).date();
    let read = read(shown, &known, today);
    let new = compared(&mut connection, (&submission, shown), &read, places, now).await?;
    let asks = |field: &str| shown.asks_at_all(field);
    let missing = read.missing.iter().any(|one| asks(one.field));
    let whole = !missing && read.mistakes.only(asks).is_empty();
    let edited = edit.as_ref().map(|edit| Edit {
        id: edit.id,
        changes: decide::changed(&submission, edit, places),
        whole,
    });
    drop(connection);
    let alike = match item.kind {
        Kind::New => alike(catalogue, places, shown, now).await?,
        Kind::Change | Kind::Profile | Kind::Report => vec![],
    };
    let alike = catalogue.hits(&alike, civil_now(now));
    let around = Around { places, today, near: None, list: None };
    let page = ReviewPage {
        may_decide: signed.account.rights.may_decide(&item.boroughs),
        messages: submissions::store::messages(db, id).await?,
        following: following(
            store::waiting(db, &scope, Filter::default(), now).await?,
            id,
            item.since,
            &signed,
        ),
        done: said.done,
        edit: edited,
        to_be_looked_at: store::is_to_be_looked_at(db, id).await?,
        earlier: store::earlier(db, &scope, submission.provider, id).await?,
        next: next_dates(&shown.answers, today).dates,
        beside: (item.kind != Kind::Profile)
            .then(|| Beside::of(shown, &read, None, (places, swaps), today)),
        alike: alike.iter().map(|hit| CardView::hit(hit, around)).collect(),
        changes: new.changes,
        same: new.same,
        dates: new.dates,
        overtaken: new.overtaken,
        ended: new.ended,
        signed,
        item,
        submission,
        places,
        now,
        typed: said.typed,
        mistakes: said.mistakes,
        news: said.news,
    };
    Ok(View(page).into_response())
}

/// What a submission says beside what is live.
#[derive(Default)]
struct Compared {
    changes: Vec<Difference>,
    same: Vec<Told>,
    dates: Dates,
    overtaken: Vec<String>,
    ended: bool,
}

async fn compared(
    db: &mut sqlx::PgConnection,
    (submission, shown): (&Submission, &Submission),
    read: &Read,
    places: &Places,
    now: Timestamp,
) -> Result<Compared> {
    match submission.about {
        About::New(_) => {
            let same = answered(&shown.answers, places);
            Ok(Compared { same, ..Compared::default() })
        }
        About::Profile => {
            let live = providers::store::profile(&mut *db, submission.provider).await?;
            let before =
                live.map_or_else(Answers::default, |live| answers_of_profile(&live, places));
            let after = answers_of_profile(&read.provider, places);
            let (changes, same) = differences(&before, &after, places);
            Ok(Compared { changes, same, ..Compared::default() })
        }
        About::Change { offer, base } => {
            let kept = offers::store::kept(&mut *db, offer).await?.ok_or(Error::NotFound)?.offer;
            let base = offers::store::revision(&mut *db, offer, base).await?;
            let content = match shown.id == submission.id {
                true => submission.content.as_ref(),
                false => Some(&read.content),
            };
            let (Some(base), Some(content)) = (base, content) else {
                return Err(Error::NotFound);
            };
            // What is published already is shown beside what was there when it was begun.
            let live = match submission.stage {
                Stage::Published => base.clone(),
                _ => kept.content.clone(),
            };
            let (next, overtaken) = match offers::merge(&base, &live, content) {
                Ok(next) => (next, vec![]),
                Err(both) => (content.clone(), both),
            };
            let before = written(&mut *db, &live, places).await?;
            let after = written_with(&mut *db, &next, read.venue.as_ref(), places).await?;
            let (changes, same) = differences(&before, &after, places);
            let dates = dates(&live.when.programme, &next.when.programme, civil_now(now));
            let ended = submission.stage == Stage::Waiting && ended(&kept);
            Ok(Compared { changes, same, dates, overtaken, ended })
        }
    }
}

fn ended(offer: &Offer<AnyState>) -> bool {
    !matches!(offer.state, AnyState::Published | AnyState::Paused)
}
