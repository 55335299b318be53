//! Where a submission stands: what is still to do, or what is happening to it, and everything that was said.
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use sqlx::PgPool;

use super::{
    Form, Gazetteer, Opened, USUAL_DAYS, coordinator,
    pictured::{PicturesTask, pictures_task},
};
use crate::{
    calendar::{civil_now, date_in_words, short_date, working_days_after},
    config::PublicUrl,
    links::Purpose,
    submissions::{
        About, Message, Stage, Step, decide,
        differences::{Difference, Piece},
        known::known,
        questions::{belongs, question_of},
        reading::{Read, read},
        store,
    },
    web::{Now, Result, View},
};

/// One step in the list of what is to do.
pub struct Task {
    pub step: Step,
    pub href: String,
    pub progress: Progress,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    NotStarted,
    Started,
    Done,
    /// Something in it is wrong, or the coordinator asks about it.
    NeedsALook,
}

impl Progress {
    pub fn in_words(self) -> &'static str {
        match self {
            Self::NotStarted => "Not started",
            Self::Started => "Started",
            Self::Done => "Done",
            Self::NeedsALook => "Needs a look",
        }
    }
    /// Its class.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not-started",
            Self::Started => "started",
            Self::Done => "done",
            Self::NeedsALook => "needs-a-look",
        }
    }
}

/// The steps of a submission: all six, or for a profile the one about who runs it.
pub fn tasks(opened: &Form, read: &Read) -> Vec<Task> {
    let submission = &opened.submission;
    let asked = opened.asked();
    let steps = Step::ALL
        .into_iter()
        .filter(|step| submission.about != About::Profile || *step == Step::About);
    steps
        .map(|step| {
            let here = |field: &str| belongs(step, field);
            let typed = submission.answers.only(here);
            let begun =
                typed.fields().any(|(_, values)| values.iter().any(|v| !v.trim().is_empty()));
            let ours = |field: &str| here(field) && submission.asks_at_all(field);
            let wrong = begun && !read.mistakes.only(ours).is_empty();
            let told =
                asked.iter().any(|said| said.field.as_ref().is_some_and(|f| here(f.as_str())));
            let missing = read.missing.iter().any(|one| one.step == step && ours(one.field));
            let progress = match (begun, submission.steps.contains(&step)) {
                (_, saved) if wrong || (told && !saved) => Progress::NeedsALook,
                (_, true) if !missing => Progress::Done,
                (true, _) | (_, true) => Progress::Started,
                (false, false) => Progress::NotStarted,
            };
            Task { step, href: opened.to(step.code()), progress }
        })
        .collect()
}

#[derive(Template)]
#[template(path = "submissions/status.html")]
struct StatusPage<'a> {
    opened: &'a Opened,
    title: String,
    tasks: Vec<Task>,
    pictures: Option<PicturesTask>,
    missing: usize,
    coordinator: String,
    since: String,
    /// The day until which a coordinator has usually answered.
    usually_by: String,
    offer_address: Option<String>,
    asked: Vec<(Option<(String, &'static str)>, String)>,
    until: String,
    /// There is more that they can do with what belongs to the provider.
    looks_after: bool,
    /// What the coordinator changed in it before it was published.
    changed: Vec<Difference>,
}

impl StatusPage<'_> {
    fn stage(&self) -> Stage {
        self.opened.submission.stage
    }
    /// Something is published already, and stays as it is until a coordinator has decided.
    fn of_what_is_live(&self) -> bool {
        self.opened.submission.about.is_of_what_is_live()
    }
    fn is_profile(&self) -> bool {
        self.opened.submission.about == About::Profile
    }
    fn done(&self) -> usize {
        self.tasks.iter().filter(|task| task.progress == Progress::Done).count()
    }
    fn check(&self) -> String {
        self.opened.to("check")
    }
    fn first_open(&self) -> String {
        let open = self.tasks.iter().find(|task| task.progress != Progress::Done);
        open.map_or_else(|| self.check(), |task| task.href.clone())
    }
    fn about(&self, message: &Message) -> Option<&'static str> {
        let field = message.field.as_ref()?;
        question_of(field.as_str()).map(|(_, question)| question.label)
    }
    fn day(&self, message: &Message) -> String {
        date_in_words(civil_now(message.at).date())
    }
}

pub async fn status(
    State(db): State<PgPool>,
    State(places): State<Gazetteer>,
    opened: Opened,
    Now(now): Now,
) -> Result<Response> {
    let submission = &opened.submission;
    let today = civil_now(now).date();
    let known = known(&mut *db.acquire().await?, submission).await?;
    let read = read(submission, &known, today);
    let since = civil_now(submission.since).date();
    let boroughs =
        submission.content.as_ref().map_or(&read.content.boroughs, |said| &said.boroughs);
    let edit = store::edits::of(&mut *db.acquire().await?, submission.id, Stage::Published).await?;
    let changed = edit.map(|edit| decide::changed(submission, &edit, &places));
    let asked = opened.asked();
    let offer = submission.about.offer().filter(|_| submission.stage == Stage::Published);
    let slug = match offer {
        Some(offer) => crate::offers::store::slug_of(&db, offer).await?,
        None => None,
    };
    let page = StatusPage {
        title: opened.title(),
        tasks: tasks(&opened, &read),
        pictures: pictures_task(&opened, &read),
        missing: read.missing.iter().filter(|one| submission.about.asks(one.field)).count(),
        coordinator: coordinator(boroughs, &places),
        since: date_in_words(since),
        usually_by: date_in_words(working_days_after(since, USUAL_DAYS)),
        offer_address: slug.map(|slug| format!("/offers/{slug}")),
        asked: asked
            .iter()
            .map(|said| {
                let field = said.field.as_ref().map(|field| field.as_str());
                let to = field.and_then(question_of).map(|(step, question)| {
                    (opened.to(&format!("{}#{}-field", step.code(), question.name)), question.label)
                });
                (to, said.words.to_string())
            })
            .collect(),
        until: short_date(civil_now(opened.link.expires).date()),
        looks_after: opened.looks_after(&db).await?,
        changed: changed.unwrap_or_default(),
        opened: &opened,
    };
    Ok(View(page).into_response())
}

#[derive(Template)]
#[template(path = "submissions/keep.html")]
struct KeepPage {
    title: String,
    /// With its host, so that it can be copied.
    address: String,
    home: String,
    /// It came right after the first step, which sends a letter too.
    mailed: bool,
    /// What nobody confirms is deleted before the link's time is over.
    unconfirmed: bool,
    until: String,
}

/// The link itself, right after it was made.
pub async fn keep(State(url): State<PublicUrl>, opened: Opened) -> Response {
    let page = KeepPage {
        title: opened.title(),
        address: format!("{url}{}", Purpose::Draft.path(&opened.secret)),
        home: opened.to(""),
        mailed: opened.submission.version == 1,
        unconfirmed: !opened.submission.is_confirmed(),
        until: date_in_words(civil_now(opened.link.expires).date()),
    };
    View(page).into_response()
}
