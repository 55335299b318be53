//! Stories at the desk: the list of all, one of them to edit and decide, and writing one down.
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

use super::{After, Said, moment, names};
use crate::{
    accounts::{Permit, pages::Signed},
    calendar::{civil_now, date_in_words},
    forms::{Answers, Mistakes},
    limits,
    offers::{CoachView, Coached},
    paging::PageNumber,
    places::{Borough, Gss, Places},
    stories::{
        self, Content, FormView, Message, State as Stands, Story, StoryId,
        acts::{self, Decision, Done, Looked},
        form::{self, Named},
        pages::{coached, kept, named},
        store::{
            self,
            desk::{Listed, Wanted, page as listed},
        },
    },
    text::{Text, plain_language::Swaps},
    web::{Error, Now, Path, Query, Result, Typed, View},
};

/// What an address of the list may ask. What is not understood is left out.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    state: String,
    borough: String,
    page: String,
    done: String,
}

#[derive(Template)]
#[template(path = "desk/stories.html")]
struct ListPage<'a> {
    signed: Signed,
    stories: Vec<Listed>,
    count: usize,
    page: PageNumber,
    asked: Asked,
    done: Option<&'static str>,
    boroughs: Vec<&'a Borough>,
    places: &'a Places,
    now: Timestamp,
}

impl ListPage<'_> {
    fn names(&self, one: &Listed) -> String {
        names(&one.boroughs, self.places)
    }
    fn when(&self, one: &Listed) -> String {
        moment(one.since)
    }
    fn ends(&self, one: &Listed) -> String {
        one.ends.map(date_in_words).unwrap_or_default()
    }
    fn has_ended(&self, one: &Listed) -> bool {
        one.ends.is_some_and(|ends| ends <= civil_now(self.now).date())
    }
    fn to(&self, page: Option<PageNumber>) -> Option<String> {
        let mut address = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("state", &self.asked.state), ("borough", &self.asked.borough)] {
            if !value.is_empty() {
                address.append_pair(name, value);
            }
        }
        address.append_pair("page", &page?.number().to_string());
        Some(format!("/desk/stories?{}", address.finish()))
    }
}

pub async fn list(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    signed: Signed,
    Now(now): Now,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let rights = &signed.account.rights;
    let wanted = Wanted {
        state: Stands::parse(&asked.state),
        borough: places.borough_by_slug(&asked.borough).map(|one| one.gss),
    };
    let page = asked.page.parse().ok().and_then(PageNumber::new).unwrap_or_default();
    let mut db = db.acquire().await?;
    let (stories, count) = listed(&mut db, &rights.scope(), wanted, page).await?;
    let boroughs = places.boroughs().iter().filter(|one| rights.may_see(&[one.gss])).collect();
    let done = done(&asked.done);
    let places = &places;
    Ok(View(ListPage { signed, stories, count, page, asked, done, boroughs, places, now })
        .into_response())
}

#[derive(Deserialize)]
pub struct OfStory {
    story: StoryId,
}

#[derive(Template)]
#[template(path = "desk/story.html")]
struct StoryPage<'a> {
    signed: Signed,
    /// `None` for one that is written down here.
    story: Option<Story>,
    /// For a new one: the page's own stamp.
    stamp: String,
    messages: Vec<Message>,
    form: FormView<'a>,
    coached: Coached,
    may_decide: bool,
    said: &'a Said,
    places: &'a Places,
    now: Timestamp,
}

impl StoryPage<'_> {
    fn coach(&self) -> CoachView<'_> {
        CoachView::new(&self.coached)
    }
    fn names(&self, story: &Story) -> String {
        names(&story.boroughs, self.places)
    }
    fn when(&self, at: &Timestamp) -> String {
        moment(*at)
    }
    fn is_shown(&self, story: &Story) -> bool {
        story.is_shown(civil_now(self.now).date())
    }
    fn ends(&self, story: &Story) -> String {
        story.ends.map(date_in_words).unwrap_or_default()
    }
}

pub async fn one(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    State(swaps): State<Arc<Swaps>>,
    signed: Signed,
    Now(now): Now,
    Path(OfStory { story }): Path<OfStory>,
    Query(after): Query<After>,
) -> Result<Response> {
    let story = found(&db, &signed, story).await?;
    let typed = written(&db, &story, &places).await?;
    let said = Said { done: done(&after.done), typed, ..Said::default() };
    page(&db, (&places, &swaps), signed, Some(story), &said, now).await
}

pub async fn decide(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    State(swaps): State<Arc<Swaps>>,
    signed: Signed,
    Now(now): Now,
    Path(OfStory { story }): Path<OfStory>,
    Typed(sent): Typed,
) -> Result<Response> {
    let story = found(&db, &signed, story).await?;
    let looked = Looked { story: story.id, version: sent.one("version").parse().unwrap_or(0) };
    let permit = permit(&signed, &story.boroughs, looked, &places)?;
    let decision = match decision(&db, &places, &signed, &sent, now).await? {
        Ok(decision) => decision,
        Err(mistakes) => {
            let typed = again(&db, &sent, &story, &places).await?;
            let said = Said::wrong(typed, mistakes);
            let page = page(&db, (&places, &swaps), signed, Some(story), &said, now).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let news = match acts::decide(&db, &permit, &decision, now).await? {
        Done::Done => {
            let id = story.id;
            let to = match decision {
                Decision::Publish { .. } => format!("/desk/stories/{id}?done=published"),
                Decision::Ask(_) => "/desk/stories?done=asked".to_owned(),
                Decision::Refuse(_) => "/desk/stories?done=refused".to_owned(),
                Decision::Withdraw => "/desk/stories?done=withdrawn".to_owned(),
            };
            return Ok(Redirect::to(&to).into_response());
        }
        Done::MovedOn => {
            "Somebody else did something with it while you looked at it. What you typed is below."
        }
        Done::NotAsItStands => "This cannot be done with it as it stands.",
    };
    let story = found(&db, &signed, story.id).await?;
    let typed = again(&db, &sent, &story, &places).await?;
    let said = Said { typed, news: Some(news.to_owned()), ..Said::default() };
    let page = page(&db, (&places, &swaps), signed, Some(story), &said, now).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// The form to write one down.
pub async fn entry(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    State(swaps): State<Arc<Swaps>>,
    signed: Signed,
    Now(now): Now,
) -> Result<Response> {
    may_write(&signed)?;
    page(&db, (&places, &swaps), signed, None, &Said::default(), now).await
}

pub async fn enter(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    State(swaps): State<Arc<Swaps>>,
    signed: Signed,
    Now(now): Now,
    Typed(sent): Typed,
) -> Result<Response> {
    may_write(&signed)?;
    let (says, typed) = match says(&db, &places, &signed, &sent, now).await? {
        Ok(read) => read,
        Err(mistakes) => {
            let said = Said::wrong(sent, mistakes);
            let page = page(&db, (&places, &swaps), signed, None, &said, now).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let key = limits::store::stamp_key(&db).await?;
    let id = key.id_of(sent.one("stamp"), &["story", &signed.account.id.to_string()]);
    let permit = permit(&signed, &says.boroughs, id, &places)?;
    acts::write(&db, &permit, (&says, &typed), now).await?;
    Ok(Redirect::to(&format!("/desk/stories/{id}?done=written")).into_response())
}

fn done(code: &str) -> Option<&'static str> {
    Some(match code {
        "published" => "It is published as it stands here.",
        "asked" => "It is back with its teller, with your words.",
        "refused" => "It is refused. An email says why.",
        "withdrawn" => "It is on no page any more, and its words and names are deleted.",
        "written" => "It is published.",
        _ => return None,
    })
}

/// What is out of scope does not exist, and neither does what nobody has sent.
async fn found(db: &PgPool, signed: &Signed, id: StoryId) -> Result<Story> {
    let story = store::story(&mut *db.acquire().await?, id).await?;
    let seen = |story: &Story| {
        story.state != Stands::Draft && signed.account.rights.may_see(&story.boroughs)
    };
    story.filter(seen).ok_or(Error::NotFound)
}

/// On what one may only read, one does not act.
fn permit<T>(signed: &Signed, boroughs: &[Gss], subject: T, places: &Places) -> Result<Permit<T>> {
    signed.account.permit(subject, boroughs, places).ok_or(Error::Forbidden)
}

fn may_write(signed: &Signed) -> Result<()> {
    signed.account.rights.decides_somewhere().then_some(()).ok_or(Error::Forbidden)
}

/// What stands in the form of the story once more: as it was sent, or where another form was, as it
/// stands.
async fn again(
    db: &PgPool,
    sent: &Answers,
    story: &Story,
    places: &Places,
) -> sqlx::Result<Answers> {
    let mut typed = match sent.one("decision") {
        "publish" => kept(sent),
        _ => written(db, story, places).await?,
    };
    typed.set("answer", sent.raw("answer"));
    typed.set("decision", sent.one("decision"));
    Ok(typed)
}

/// What its teller has sent: what they typed since is theirs alone.
async fn written(db: &PgPool, story: &Story, places: &Places) -> sqlx::Result<Answers> {
    let Some(says) = &story.says else { return Ok(Answers::default()) };
    let offers = store::desk::offer_slugs(db, story.id).await?;
    Ok(stories::written(says, &offers, places))
}

async fn decision(
    db: &PgPool,
    places: &Places,
    signed: &Signed,
    sent: &Answers,
    now: Timestamp,
) -> Result<Result<Decision, Mistakes>> {
    let words = || {
        Text::parse(sent.raw("answer")).map_err(|_| {
            let mut mistakes = Mistakes::default();
            mistakes.add("answer", "Write what to say to the teller, in 2,000 characters or fewer");
            mistakes
        })
    };
    Ok(match sent.one("decision") {
        "publish" => {
            let read = says(db, places, signed, sent, now).await?;
            read.map(|(says, typed)| Decision::Publish { says: Box::new(says), typed })
        }
        "ask" => words().map(Decision::Ask),
        "refuse" => words().map(Decision::Refuse),
        "withdraw" => Ok(Decision::Withdraw),
        _ => {
            let mut mistakes = Mistakes::default();
            mistakes.add("decision", "Choose what becomes of it");
            Err(mistakes)
        }
    })
}

/// What it says as it is written here. It stays with a borough in which they decide.
async fn says(
    db: &PgPool,
    places: &Places,
    signed: &Signed,
    sent: &Answers,
    now: Timestamp,
) -> Result<Result<(Content, Answers), Mistakes>> {
    let typed = kept(sent);
    let found = named(db, &typed).await?;
    Ok(match form::read(&typed, &found, places, civil_now(now).date()) {
        Ok(says) if !signed.account.rights.may_decide(&says.boroughs) => {
            let mut mistakes = Mistakes::default();
            mistakes.add("boroughs", "Choose at least one borough that you look after");
            Err(mistakes)
        }
        read => read.map(|says| (says, typed)),
    })
}

async fn page(
    db: &PgPool,
    (places, swaps): (&Places, &Swaps),
    signed: Signed,
    story: Option<Story>,
    said: &Said,
    now: Timestamp,
) -> Result<Response> {
    let found: Vec<Named> = named(db, &said.typed).await?;
    let messages = match &story {
        Some(story) => store::messages(db, story.id).await?,
        None => vec![],
    };
    let rights = &signed.account.rights;
    let may_decide = story.as_ref().is_none_or(|story| rights.may_decide(&story.boroughs));
    let key = limits::store::stamp_key(db).await?;
    let page = StoryPage {
        stamp: key.kept(said.typed.one("stamp"), now),
        messages,
        form: FormView { typed: &said.typed, mistakes: &said.mistakes, named: &found, places },
        coached: coached(&said.typed, swaps),
        may_decide,
        signed,
        story,
        said,
        places,
        now,
    };
    Ok(View(page).into_response())
}
