//! Words, for administrators: the lists, one entry tried and changed, and the history.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgPool;

use crate::{
    accounts::{Permit, pages::Signed},
    calendar::civil_now,
    desk::words::{
        Entry, List, Revision,
        acts::{self, Done},
        form::{self, Change, Choices},
        in_words, known, spelled, store,
        trial::{self, Trial},
    },
    forms::{Answers, Mistakes},
    paging::{PER_PAGE, PageNumber},
    places::Places,
    search::Catalogue,
    text::{
        Line,
        plain_language::{self, Known},
    },
    web::{Error, Now, Path, Query, Result, Typed, View},
};

/// What somebody tries may be as long as a search.
const LONGEST_TRIAL: usize = 2_000;

/// What an address of the lists may ask. What is not understood is left out.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    list: String,
    q: String,
    page: String,
    key: String,
    before: String,
    done: String,
}

#[derive(Template)]
#[template(path = "desk/words.html")]
struct ListsPage {
    signed: Signed,
    list: List,
    entries: Vec<Entry>,
    count: usize,
    page: PageNumber,
    q: String,
}

impl ListsPage {
    fn name(&self, entry: &Entry) -> String {
        name(self.list, &entry.key)
    }
    fn says(&self, entry: &Entry) -> String {
        in_words(self.list, Some(&entry.says))
    }
    fn edit(&self, entry: &Entry) -> String {
        address(self.list, &entry.key)
    }
    fn to(&self, page: Option<PageNumber>) -> Option<String> {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("list", self.list.code()).append_pair("q", &self.q);
        query.append_pair("page", &page?.number().to_string());
        Some(format!("/desk/words?{}", query.finish()))
    }
}

#[derive(Template)]
#[template(path = "desk/word.html")]
struct WordPage {
    signed: Signed,
    list: List,
    /// None for one that is to be added.
    key: Option<String>,
    /// What it says in the database, in its list's spelling.
    seen: Option<String>,
    /// What came with the program, for the coach's.
    shipped: Option<String>,
    typed: Answers,
    mistakes: Mistakes,
    news: Option<String>,
    done: Option<&'static str>,
    trial: Option<Trial>,
    choices: Choices,
    revisions: Vec<Revision>,
}

impl WordPage {
    fn name(&self) -> String {
        self.key.as_deref().map_or_else(|| "Add a word".to_owned(), |key| name(self.list, key))
    }
    fn seen(&self) -> String {
        in_words(self.list, self.seen.as_deref())
    }
    fn words_of(&self, says: &str) -> String {
        in_words(self.list, Some(says))
    }
    /// What was chosen, and two more to choose from.
    fn slots(&self) -> Vec<String> {
        let mut slots: Vec<String> = self.typed.all("means").map(str::to_owned).collect();
        slots.extend([String::new(), String::new()]);
        slots
    }
    /// It is among the choices; others, such as prices, stay as they are.
    fn is_choice(&self, value: &str) -> bool {
        value.is_empty()
            || self.choices.iter().any(|(_, all)| all.iter().any(|(code, _)| code == value))
    }
    fn label_of(&self, value: &str) -> String {
        form::label_of(value)
    }
}

#[derive(Template)]
#[template(path = "desk/word_history.html")]
struct HistoryPage {
    signed: Signed,
    revisions: Vec<Revision>,
}

pub async fn lists(
    State(db): State<PgPool>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    administrator(&signed)?;
    let list = List::parse(&asked.list).unwrap_or(List::Everyday);
    let mut entries = store::listed(&db, list, &asked.q).await?;
    let count = entries.len();
    let page = asked.page.parse().ok().and_then(PageNumber::new).unwrap_or_default();
    let entries = entries.drain(page.offset().min(count)..).take(PER_PAGE).collect();
    Ok(View(ListsPage { signed, list, entries, count, page, q: asked.q }).into_response())
}

/// One entry; without a key, one to add.
pub async fn one(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    administrator(&signed)?;
    let list = List::parse(&asked.list).ok_or(Error::NotFound)?;
    let key = (!asked.key.is_empty()).then(|| asked.key.replace('\0', ""));
    if list == List::Topics && key.is_none() {
        return Err(Error::NotFound);
    }
    let mut page = page(&db, &places, signed, list, key).await?;
    page.typed = as_typed(&page);
    page.done = (asked.done == "saved").then_some("It is saved, and the site follows at once.");
    Ok(View(page).into_response())
}

/// Tries a change, or keeps one that was tried.
pub async fn change(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    State(catalogue): State<Arc<Catalogue>>,
    signed: Signed,
    Now(now): Now,
    Typed(typed): Typed,
) -> Result<Response> {
    administrator(&signed)?;
    let list = List::parse(typed.one("list")).ok_or(Error::NotFound)?;
    let fixed = typed.stated("fixed").then(|| typed.one("key").to_owned());
    let change = match form::read(&typed, &places) {
        Ok(change) => change,
        Err(mistakes) => {
            let page = WordPage { mistakes, ..page(&db, &places, signed, list, fixed).await? };
            let page = WordPage { typed, ..page };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, View(page)).into_response());
        }
    };
    let tried = typed.raw("tried").replace("\r\n", "\n") == mark(&change);
    let wants = typed.one("act") == "save";
    if wants && (tried || !list.is_tried()) {
        let seen = typed.raw("seen").replace("\r\n", "\n");
        let seen = (!seen.is_empty()).then_some(seen);
        let (status, why) = match form::why(&typed) {
            Ok(why) => match acts::change(
                &db,
                &permit(&signed, change.clone(), &places)?,
                seen.as_deref(),
                &why,
                now,
            )
            .await?
            {
                Done::Done => {
                    let to = format!("{}&done=saved", address(list, &change.key));
                    return Ok(Redirect::to(&to).into_response());
                }
                done => (StatusCode::CONFLICT, Err(not_done(done))),
            },
            Err(mistakes) => (StatusCode::UNPROCESSABLE_ENTITY, Ok(mistakes)),
        };
        let page = page(&db, &places, signed, list, fixed).await?;
        let mut page = WordPage { typed, ..page };
        match why {
            Ok(mistakes) => page.mistakes = mistakes,
            Err(news) => page.news = Some(news.to_owned()),
        }
        page.trial = trial(&db, &page.typed, &change, (&catalogue, &places), now).await?;
        page.typed.set("tried", mark(&change));
        return Ok((status, View(page)).into_response());
    }
    let mut page = WordPage { typed, ..page(&db, &places, signed, list, fixed).await? };
    page.trial = trial(&db, &page.typed, &change, (&catalogue, &places), now).await?;
    page.typed.set("tried", mark(&change));
    Ok(View(page).into_response())
}

pub async fn history(
    State(db): State<PgPool>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    administrator(&signed)?;
    let revisions = store::revisions(&db, None, asked.before.parse().ok()).await?;
    Ok(View(HistoryPage { signed, revisions }).into_response())
}

impl HistoryPage {
    fn older(&self) -> Option<String> {
        let last = self.revisions.last().filter(|_| self.revisions.len() == 100)?;
        Some(format!("/desk/words/history?before={}", last.number))
    }
}

#[derive(Deserialize)]
pub struct OfRevision {
    number: i64,
}

/// The entry says again what it said before that change, whatever it says now.
pub async fn restore(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Path(OfRevision { number }): Path<OfRevision>,
) -> Result<Response> {
    administrator(&signed)?;
    let revision = store::revision(&db, number).await?.ok_or(Error::NotFound)?;
    let Revision { list, key, before, .. } = revision;
    let seen = store::says(&db, list, &key).await?;
    let to = address(list, &key);
    let change = Change { list, key, says: before };
    let why = Line::parse(&format!("As it was before change {number}"))
        .expect("our own short words and a number");
    let permit = permit(&signed, change, &places)?;
    match acts::change(&db, &permit, seen.as_deref(), &why, now).await? {
        Done::Done | Done::SaysSo => Ok(Redirect::to(&format!("{to}&done=saved")).into_response()),
        Done::MovedOn | Done::NoSuchTopic => Ok(Redirect::to(&to).into_response()),
    }
}

/// Words belong to no borough: only administrators see and change them.
fn administrator(signed: &Signed) -> Result<()> {
    if signed.account.rights.administrator { Ok(()) } else { Err(Error::Forbidden) }
}

fn permit(signed: &Signed, change: Change, places: &Places) -> Result<Permit<Change>> {
    signed.account.permit(change, &[], places).ok_or(Error::Forbidden)
}

fn name(list: List, key: &str) -> String {
    match list {
        List::Topics => form::label_of(key),
        List::Everyday | List::Coach => key.to_owned(),
    }
}

fn address(list: List, key: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("list", list.code()).append_pair("key", key);
    format!("/desk/words/entry?{}", query.finish())
}

/// Tells one change from another, so that only what was tried is kept.
fn mark(change: &Change) -> String {
    format!("{}\n{}", change.key, change.says.as_deref().unwrap_or_default())
}

fn not_done(done: Done) -> &'static str {
    match done {
        Done::SaysSo => "It says the same already.",
        Done::NoSuchTopic => "There is no such topic.",
        Done::Done | Done::MovedOn => {
            "Somebody else has changed this word since you opened the page, or it stood in the list already. You \
             see below what it says now. Nothing you typed is lost: save it once more if it still holds."
        }
    }
}

async fn page(
    db: &PgPool,
    places: &Places,
    signed: Signed,
    list: List,
    key: Option<String>,
) -> Result<WordPage> {
    let seen = match &key {
        Some(key) => store::says(db, list, key).await?,
        None => None,
    };
    let revisions = match &key {
        Some(key) => store::revisions(db, Some((list, key)), None).await?,
        None => vec![],
    };
    let shipped = key.as_deref().filter(|_| list == List::Coach).and_then(|key| {
        plain_language::shipped().find(|(form, _)| *form == key).map(|(_, known)| spelled(&known))
    });
    Ok(WordPage {
        signed,
        list,
        key,
        seen,
        shipped,
        typed: Answers::default(),
        mistakes: Mistakes::default(),
        news: None,
        done: None,
        trial: None,
        choices: form::choices(places),
        revisions,
    })
}

/// What the entry says now, as one would type it.
fn as_typed(page: &WordPage) -> Answers {
    let mut typed = Answers::default();
    let says = page.seen.as_deref();
    match page.list {
        List::Everyday => {
            says.unwrap_or_default().lines().for_each(|meaning| typed.add("means", meaning));
        }
        List::Topics => typed.set("words", says.unwrap_or_default()),
        List::Coach => match says.or(page.shipped.as_deref()).and_then(known) {
            Some(Known::Word(word)) => {
                typed.set("kind", "word");
                typed.set("words", word);
            }
            Some(Known::Say(what)) => {
                typed.set("kind", "say");
                typed.set("words", what);
            }
            Some(Known::Fine) => typed.set("kind", "fine"),
            None => {}
        },
    }
    typed.set("try", page.key.as_deref().unwrap_or_default());
    typed
}

async fn trial(
    db: &PgPool,
    typed: &Answers,
    change: &Change,
    (catalogue, places): (&Arc<Catalogue>, &Arc<Places>),
    now: Timestamp,
) -> Result<Option<Trial>> {
    let words = if typed.stated("try") { typed.one("try") } else { &change.key };
    let words: String = words.chars().take(LONGEST_TRIAL).collect();
    let change = change.clone();
    Ok(match change.list {
        List::Topics => None,
        List::Coach => Some(trial::of_coach(&words, &change, store::coach(db).await?)),
        List::Everyday => {
            let everyday = store::everyday(db).await?;
            let (catalogue, places) = (catalogue.clone(), places.clone());
            // Two lexicons are made for it, which takes a while.
            let tried = tokio::task::spawn_blocking(move || {
                trial::of_search(&words, &change, everyday, (&catalogue, &places), civil_now(now))
            });
            Some(tried.await.map_err(|stopped| Error::Internal(stopped.into()))?)
        }
    })
}
