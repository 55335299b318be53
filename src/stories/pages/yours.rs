//! Somebody's own story, behind its private link: written, sent, changed and taken back.
use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{FromRef, FromRequestParts, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use sqlx::PgPool;

use super::{coached, kept, named};
use crate::{
    calendar::{civil_now, date_in_words},
    forms::{Answers, Mistakes},
    links::{self, Purpose, Secret},
    offers::{CoachView, Coached},
    places::Places,
    stories::{
        FormView, Message, State as Stands, Story,
        acts::{self, Done, Looked},
        form::{self, Named},
        store,
    },
    text::plain_language::Swaps,
    web::{Error, Now, Path, Query, Result, Typed, View},
};

/// A story, opened by its link.
pub struct Opened {
    secret: Secret,
    story: Story,
}

/// Why the link opened nothing.
pub enum Closed {
    Unknown,
    Failed(Error),
}

#[derive(Deserialize)]
struct OfLink {
    secret: String,
}

/// What was done, said on the page that follows.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct After {
    done: String,
}

#[derive(Template)]
#[template(path = "stories/yours.html")]
struct YoursPage<'a> {
    home: String,
    story: &'a Story,
    messages: Vec<Message>,
    form: FormView<'a>,
    coached: Coached,
    said: Said,
    today: Date,
}

#[derive(Template)]
#[template(path = "stories/coach.html")]
struct CoachPart {
    coached: Coached,
}

#[derive(Template)]
#[template(path = "stories/lost.html")]
struct LostPage {
    /// What was typed into a form behind this link.
    typed: String,
}

#[derive(Template)]
#[template(path = "stories/withdrawn.html")]
struct WithdrawnPage;

/// What is said on the page besides.
#[derive(Default)]
struct Said {
    done: Option<&'static str>,
    news: Option<&'static str>,
}

impl YoursPage<'_> {
    fn coach(&self) -> CoachView<'_> {
        CoachView::new(&self.coached)
    }
    fn is_shown(&self) -> bool {
        self.story.is_shown(self.today)
    }
    fn is_to_be_asked(&self) -> bool {
        self.story.is_to_be_asked(self.today)
    }
    fn ends(&self) -> String {
        self.story.ends.map(date_in_words).unwrap_or_default()
    }
    fn day(&self, message: &Message) -> String {
        date_in_words(civil_now(message.at).date())
    }
    fn is_new(&self) -> bool {
        self.story.state == Stands::Draft
    }
}

impl CoachPart {
    fn coach(&self) -> CoachView<'_> {
        CoachView::new(&self.coached)
    }
}

impl<S> FromRequestParts<S> for Opened
where
    S: Send + Sync,
    PgPool: FromRef<S>,
{
    type Rejection = Closed;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Closed> {
        let Path(OfLink { secret }) =
            Path::from_request_parts(parts, state).await.map_err(Closed::Failed)?;
        let Ok(Now(now)) = Now::from_request_parts(parts, state).await;
        let secret = Secret::parse(&secret).ok_or(Closed::Unknown)?;
        let db = PgPool::from_ref(state);
        let link = links::store::opened(&db, &secret, Purpose::Story, now).await?;
        let id = link.and_then(|link| link.subject).ok_or(Closed::Unknown)?;
        let story = store::story(&mut *db.acquire().await?, id).await?.ok_or(Closed::Unknown)?;
        Ok(Self { secret, story })
    }
}

impl Opened {
    fn home(&self) -> String {
        Purpose::Story.path(&self.secret)
    }

    fn looked(&self, typed: &Answers) -> Looked {
        Looked { story: self.story.id, version: typed.one("seen").parse().unwrap_or(0) }
    }

    fn done(&self, done: &str) -> Response {
        Redirect::to(&format!("{}?done={done}", self.home())).into_response()
    }
}

pub async fn show(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    State(swaps): State<Arc<Swaps>>,
    Now(now): Now,
    opened: Opened,
    Query(after): Query<After>,
) -> Result<Response, Closed> {
    let said = Said { done: done(&after.done), news: None };
    let typed = opened.story.answers.clone();
    let found = named(&db, &typed).await?;
    let drawn = (typed, found, Mistakes::default());
    page(&db, (&places, &swaps), &opened, drawn, said, now).await
}

/// Keeps what was typed, or sends it to the coordinators.
pub async fn save(
    State(db): State<PgPool>,
    State(places): State<Arc<Places>>,
    State(swaps): State<Arc<Swaps>>,
    Now(now): Now,
    opened: Result<Opened, Closed>,
    Typed(sent): Typed,
) -> Result<Response, Closed> {
    let opened = match opened {
        Err(Closed::Unknown) => return Ok(lost(&sent)),
        opened => opened?,
    };
    let typed = kept(&sent);
    let looked = opened.looked(&sent);
    let found = named(&db, &typed).await?;
    let done = if sent.one("act") == "send" {
        match form::read(&typed, &found, &places, civil_now(now).date()) {
            Ok(says) => acts::send(&db, looked, (&says, &typed), now).await?,
            Err(mistakes) => {
                let said = Said::default();
                let drawn = (typed, found, mistakes);
                let page = page(&db, (&places, &swaps), &opened, drawn, said, now).await?;
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
            }
        }
    } else {
        acts::save(&db, looked, &typed, now).await?
    };
    let news = match done {
        Done::Done => {
            return Ok(opened.done(if sent.one("act") == "send" { "sent" } else { "kept" }));
        }
        Done::MovedOn => {
            "Your story was changed in another window, or a coordinator did something with it. What you typed is still below. \
             To keep it, send this page once more."
        }
        Done::NotAsItStands => {
            "This story can no longer be changed. What you typed is still below."
        }
    };
    let said = Said { done: None, news: Some(news) };
    let drawn = (typed, found, Mistakes::default());
    let page = page(&db, (&places, &swaps), &opened, drawn, said, now).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// The coach, of what is typed at this moment.
pub async fn preview(
    State(swaps): State<Arc<Swaps>>,
    _: Opened,
    Typed(typed): Typed,
) -> impl IntoResponse {
    View(CoachPart { coached: coached(&typed, &swaps) })
}

pub async fn agree(
    State(db): State<PgPool>,
    Now(now): Now,
    opened: Opened,
    Typed(typed): Typed,
) -> Result<Response, Closed> {
    let done = acts::agree_again(&db, opened.looked(&typed), now).await?;
    Ok(opened.done(if done == Done::Done { "agreed" } else { "moved-on" }))
}

pub async fn withdraw(
    State(db): State<PgPool>,
    Now(now): Now,
    opened: Opened,
) -> Result<Response, Closed> {
    acts::withdraw(&db, opened.story.id, now).await?;
    Ok(Redirect::to("/stories/withdrawn").into_response())
}

/// Says no more than that it is done: no link leads to the story any longer.
pub async fn withdrawn() -> View<impl Template> {
    View(WithdrawnPage)
}

fn done(code: &str) -> Option<&'static str> {
    Some(match code {
        "kept" => "It is kept. Nobody else reads it before you send it.",
        "sent" => "It is sent. A coordinator reads it, and we write to you.",
        "agreed" => "Thank you. We go on showing it.",
        "moved-on" => "That could not be done: it stands differently by now, as you see below.",
        _ => return None,
    })
}

async fn page(
    db: &PgPool,
    (places, swaps): (&Places, &Swaps),
    opened: &Opened,
    (typed, named, mistakes): (Answers, Vec<Named>, Mistakes),
    said: Said,
    now: Timestamp,
) -> Result<Response, Closed> {
    let page = YoursPage {
        home: opened.home(),
        messages: store::messages(db, opened.story.id).await?,
        story: &opened.story,
        coached: coached(&typed, swaps),
        form: FormView { typed: &typed, mistakes: &mistakes, named: &named, places },
        said,
        today: civil_now(now).date(),
    };
    Ok(View(page).into_response())
}

/// The link opens nothing any more; what was typed meanwhile is shown, so that it can be copied.
fn lost(typed: &Answers) -> Response {
    (StatusCode::NOT_FOUND, View(LostPage { typed: typed.raw("words").to_owned() })).into_response()
}

impl IntoResponse for Closed {
    fn into_response(self) -> Response {
        match self {
            Self::Unknown => lost(&Answers::default()),
            Self::Failed(error) => error.into_response(),
        }
    }
}

impl From<sqlx::Error> for Closed {
    fn from(cause: sqlx::Error) -> Self {
        Self::Failed(cause.into())
    }
}
