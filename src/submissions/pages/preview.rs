//! The card as link workers will see it, while it is being described; and what a script asks besides.
use askama::{Template, filters::HtmlSafe};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::civil::{Date, DateTime, Time};
use sqlx::PgPool;

use super::{Form, Gazetteer, coach::coached};
use crate::{
    calendar::{civil_now, horizon},
    forms::Answers,
    offers::{Coached, Listed, Offer, Published},
    places::Places,
    search::{Around, Card, CardView},
    submissions::{
        Step, Submission,
        known::{Spot, known, spot_of},
        reading::{self, NextDates, Read, next_dates, read},
        whole::CONFIRM_EVERY,
    },
    text::{Slug, plain_language::Swaps},
    topics::Code,
    web::{Now, Result, Typed, View},
};

/// What stands beside the form: the card and the coach.
#[derive(Template)]
#[template(path = "submissions/beside.html")]
pub struct Beside {
    card: Preview,
    coached: Coached,
}

impl HtmlSafe for Beside {}

impl Beside {
    /// With advice on one step, or on all of it.
    pub fn of(
        submission: &Submission,
        read: &Read,
        step: Option<Step>,
        (places, swaps): (&Places, &Swaps),
        today: Date,
    ) -> Self {
        let card = Preview::of(submission, read, places, today);
        Self { card, coached: coached(read, step, swaps) }
    }
}

/// The card, with what is still open said in its place.
#[derive(Template)]
#[template(path = "submissions/preview.html")]
struct Preview {
    title: Option<String>,
    gist: Option<String>,
    activity: Option<crate::topics::Activity>,
    /// Each with what follows it in plain letters.
    when: Option<(String, String)>,
    place: Option<(String, String)>,
    cost: Option<(String, String)>,
    join: Option<(String, String)>,
    by: Option<String>,
}

impl HtmlSafe for Preview {}

impl Preview {
    fn of(submission: &Submission, read: &Read, places: &Places, today: Date) -> Self {
        let open = |step: Step, fields: &[&str]| {
            read.missing.iter().any(|one| one.step == step && fields.contains(&one.field))
                || fields.iter().any(|field| read.mistakes.of(field).is_some())
        };
        let answered = |field: &str| submission.answers.stated(field);
        let now = today.to_datetime(Time::midnight());
        let card = card(read, now);
        let next = read.content.when.programme.next(now);
        let view = CardView::plain(&card, next, Around { places, today, near: None, list: None });
        let none = |open: bool, said: (String, String)| (!open).then_some(said);
        let when_open = open(Step::When, &["when", "schedule", "by_arrangement"]);
        let place_open = open(
            Step::Place,
            &["delivery", "venue_name", "venue_address", "venue_postcode", "outreach"],
        );
        Self {
            title: answered("title").then(|| submission.answers.one("title").to_owned()),
            gist: answered("summary").then(|| submission.answers.one("summary").to_owned()),
            activity: (!open(Step::What, &["activity"])).then_some(card.activity),
            when: none(
                when_open,
                (view.when().into_owned(), view.then().unwrap_or_default().to_owned()),
            ),
            place: none(place_open, place(&view)),
            cost: none(
                open(Step::Cost, &["cost", "price"]),
                (
                    card.cost_in_words.clone(),
                    card.cost_note.as_ref().map(ToString::to_string).unwrap_or_default(),
                ),
            ),
            join: none(
                open(Step::Cost, &["residents_join"]),
                (card.join().to_owned(), card.join_more().unwrap_or_default()),
            ),
            by: answered("provider_name").then(|| read.provider.name.to_string()),
        }
    }
}

/// The card, as it would be with what was typed by now.
pub async fn preview(
    State(db): State<PgPool>,
    State(places): State<Gazetteer>,
    Now(now): Now,
    opened: Form,
    Typed(typed): Typed,
) -> Result<Response> {
    let today = civil_now(now).date();
    let submission = with(opened.submission, &typed);
    let known = known(&mut *db.acquire().await?, &submission).await?;
    let read = read(&submission, &known, today);
    let step = Step::parse(typed.one("step"));
    Ok(View(Beside::of(&submission, &read, step, (&places, &opened.swaps), today)).into_response())
}

/// The next dates of what is said under "When".
#[derive(Template)]
#[template(path = "submissions/dates.html")]
pub struct Dates(pub NextDates);

impl HtmlSafe for Dates {}

pub async fn dates(Now(now): Now, opened: Form, Typed(typed): Typed) -> Result<Response> {
    let submission = with(opened.submission, &typed);
    let dates = next_dates(&submission.answers, civil_now(now).date());
    Ok(View(Dates(dates)).into_response())
}

/// Where a postcode is, by the rule by which it is kept: as plain words for a script.
pub async fn postcode(
    State(db): State<PgPool>,
    State(places): State<Gazetteer>,
    Typed(typed): Typed,
) -> Result<Response> {
    let Some(postcode) = reading::postcode(typed.one("postcode")) else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let name = |gss| places.borough(gss).map_or("", |borough| borough.name.as_str());
    let words = match spot_of(&mut *db.acquire().await?, &postcode).await? {
        Spot::In { point, borough, exact: true } => {
            format!("{postcode} is in {}.", near_by(&places, point, name(borough)))
        }
        Spot::In { borough, .. } => {
            format!("We do not know {postcode} exactly. We put it in {}.", name(borough))
        }
        Spot::Outside => format!("{postcode} is in none of our boroughs."),
        Spot::Unknown => format!("We do not know {postcode}. Check it, or use one near by."),
    };
    Ok(words.into_response())
}

/// The neighbourhood or ward whose middle is nearest, and the borough.
fn near_by(places: &Places, point: crate::places::Point, borough: &str) -> String {
    use crate::places::PlaceKind;
    let areas = places.names().filter(|(_, place)| place.kind == PlaceKind::Area);
    let nearest = areas.map(|(_, place)| (place.point.metres_to(point), &place.name)).min();
    match nearest {
        Some((metres, area)) if metres < 1_500 && area != borough => format!("{area}, {borough}"),
        _ => borough.to_owned(),
    }
}

/// The same with what was typed in one step and is not kept yet.
fn with(mut submission: Submission, typed: &Answers) -> Submission {
    if let Some(step) = Step::parse(typed.one("step")) {
        let said = submission.answers.replaced(|field| submission.asks(step, field), typed);
        submission.answers = said;
    }
    submission
}

fn place(view: &CardView<'_>) -> (String, String) {
    let labels = view.card.labels().collect::<Vec<_>>().join(", ");
    let reach = view.reach(view.card.travel()).unwrap_or_default();
    match (&view.card.place, view.area(view.card.travel())) {
        (Some(place), _) => (place.clone(), labels),
        (None, Some(area)) => (area, labels),
        (None, None) => (labels, reach),
    }
}

/// As if it were published already. Nothing of the slugs is shown.
fn card(read: &Read, now: DateTime) -> Card {
    let slug = || Slug::from_name("preview").unwrap_or_else(|| unreachable!("our own word"));
    let programme = &read.content.when.programme;
    let last = horizon(now.date());
    let follows = programme.follows(&programme.sessions(now, last), now, last);
    let listed = Listed {
        offer: Offer {
            id: uuid::Uuid::nil(),
            slug: slug(),
            revision: 1,
            content: read.content.clone(),
            confirmed: None,
            confirm_every: CONFIRM_EVERY,
            first_published: None,
            since: jiff::Timestamp::UNIX_EPOCH,
            state: Published,
        },
        provider_slug: slug(),
        provider_name: read.provider.name.clone(),
        venue: read.venue.clone(),
        area: read.venue.as_ref().and_then(|venue| Some(venue.postcode.as_ref()?.outcode())),
    };
    Card::of(&listed, follows)
}
