//! What a coordinator decides, and what the artist and the public then see.
use fingerpost::{
    accounts::Permit,
    offers::{self, AnyState, Content, PlacesSaid},
    places,
    submissions::{
        About, By, Stage, Submission,
        command::{Signed, SubmissionCommand},
        decide::{self, Decided, Looked, Words},
        send::{Sent, send as send_on},
        store, writing,
    },
    text::{Email, Line, Text},
    topics, venues,
};

use super::*;

fn name() -> Line<100> {
    Line::parse("the Southwark coordinator").unwrap()
}

fn desk(id: SubmissionId) -> Permit<Looked> {
    Permit::of_console(Looked { id, version: None }, name())
}

fn words(field: Option<&str>, words: &str) -> Words {
    let field = field.map(|field| Line::parse(field).unwrap());
    Words { field, words: Text::parse(words).unwrap() }
}

#[tokio::test]
async fn what_is_published_everybody_can_find_and_a_letter_says_so() {
    let (db, site) = empty_site().await;
    let (home, id) = waiting(&db, &site).await;
    let address = "/offers/clay-on-the-lane";
    assert_eq!(site.get(address).await.status, StatusCode::NOT_FOUND);
    assert_eq!(decide::publish(&db, &desk(id), now()).await.unwrap(), Decided::Done);
    let page = site.get(address).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Confirmed by the provider, when they described it"));
    let status = site.get(&home).await;
    assert!(status.body.contains("stage published") && status.body.contains(address));
    assert_eq!(letters(&db, "published").await, 1);
    let anew = Site::new(&db).await;
    assert!(anew.get("/offers?q=clay").await.body.contains("Clay on the lane"));
    let (by, state): (String, String) =
        sqlx::query_as("select by, state from offer_revisions order by number desc limit 1")
            .fetch_one(&*db)
            .await
            .unwrap();
    assert_eq!((by.as_str(), state.as_str()), ("the Southwark coordinator", "published"));
}

#[tokio::test]
async fn words_asked_for_stand_beside_the_question_until_they_are_answered() {
    let (db, site) = empty_site().await;
    let (home, id) = waiting(&db, &site).await;
    let said = [words(Some("summary"), "Say what people <do>"), words(None, "A lovely idea")];
    assert_eq!(decide::ask(&db, &desk(id), &said, now()).await.unwrap(), Decided::Done);
    assert_eq!(letters(&db, "changes_asked").await, 1);
    let page = site.get(&home).await;
    assert!(page.body.contains("stage changes_asked") && page.body.contains("Needs a look"));
    assert!(page.body.contains("A lovely idea"));
    let step = site.get(&format!("{home}/what")).await;
    assert!(step.body.contains("The coordinator asks:</b> Say what people &#60;do&#62;"));
    assert_eq!(fill(&site, &home, "what", &WHAT).await.status, StatusCode::SEE_OTHER);
    assert!(!site.get(&home).await.body.contains("Needs a look"), "it was looked at");
    send(&site, &home).await;
    assert!(site.get(&home).await.body.contains("stage waiting"));
    assert_eq!(letters(&db, "received").await, 2);
    assert_eq!(decide::publish(&db, &desk(id), now()).await.unwrap(), Decided::Done);
    assert_eq!(site.get("/offers/clay-on-the-lane").await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_refused_says_why_and_nobody_else_sees_it() {
    let (db, site) = empty_site().await;
    let (home, id) = waiting(&db, &site).await;
    let why = Text::parse("This is a shop, not an activity.").unwrap();
    assert_eq!(decide::refuse(&db, &desk(id), why, now()).await.unwrap(), Decided::Done);
    let page = site.get(&home).await;
    assert!(page.body.contains("stage refused") && page.body.contains("This is a shop"));
    assert_eq!(letters(&db, "refused").await, 1);
    let plain: String = sqlx::query_scalar("select plain from outbox where event like 'refused:%'")
        .fetch_one(&*db)
        .await
        .unwrap();
    assert!(plain.contains("This is a shop, not an activity."));
    assert_eq!(site.get("/offers/clay-on-the-lane").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn of_two_coordinators_who_decide_at_once_one_does_and_one_letter_goes_out() {
    let (db, site) = empty_site().await;
    let (_, id) = waiting(&db, &site).await;
    let desk = desk(id);
    let said = [words(None, "Where do you meet?")];
    let (published, asked) =
        tokio::join!(decide::publish(&db, &desk, now()), decide::ask(&db, &desk, &said, now()));
    let mut both = [published.unwrap(), asked.unwrap()];
    both.sort_by_key(|decided| *decided != Decided::Done);
    assert_eq!(both, [Decided::Done, Decided::NotWaiting]);
    assert_eq!(letters(&db, "published").await + letters(&db, "changes_asked").await, 1);
}

/// A change of the only offer, begun now, waiting.
async fn change(db: &PgPool, changed: impl FnOnce(&mut Content)) -> SubmissionId {
    let mut connection = db.acquire().await.unwrap();
    let first: SubmissionId =
        sqlx::query_scalar("select id from submissions order by made_at limit 1")
            .fetch_one(db)
            .await
            .unwrap();
    let first = store::found(db, first).await.unwrap().unwrap();
    let offer = first.about.offer().unwrap();
    let live = offers::store::kept(&mut connection, offer).await.unwrap().unwrap().offer;
    let standing =
        venues::store::standing(&mut *connection, first.venue, None, None).await.unwrap();
    let venue = standing.into_iter().next().unwrap().venue;
    let provider = fingerpost::providers::store::every(db).await.unwrap().remove(0);
    let places = places::store::load(db).await.unwrap();
    let mut content = live.content.clone();
    changed(&mut content);
    let new = Submission {
        id: SubmissionId::now_v7(),
        about: About::Change { offer, base: live.revision },
        stage: Stage::Draft,
        answers: writing::answers_of(&content, &provider.profile, Some(&venue), &places),
        by: By::Artist { email: Email::parse(EMAIL).unwrap(), confirmed: Some(now()) },
        made: now(),
        ..first
    };
    store::insert(db, &new).await.unwrap();
    let sent = send_on(db, new.id, 1, now()).await.unwrap();
    assert!(matches!(sent, Sent::Waiting), "{sent:?}");
    new.id
}

/// The provider says something of what is live.
async fn live(db: &PgPool, step: Option<AnyState>, changed: impl FnOnce(&mut Content)) {
    let mut tx = db.begin().await.unwrap();
    let id = sqlx::query_scalar("select id from offers").fetch_one(&mut *tx).await.unwrap();
    let mut offer = offers::store::kept(&mut tx, id).await.unwrap().unwrap().offer;
    let from = (offers::State::status(&offer.state), offer.revision);
    changed(&mut offer.content);
    let next = match step {
        Some(to) => offer.step(to, now()).unwrap(),
        None => {
            let content = offer.content.clone();
            offer.revised(content)
        }
    };
    let author = offers::store::Author { by: name(), why: None };
    offers::store::save(&mut tx, from, &next, &author, now()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
}

fn titled(title: &str) -> impl FnOnce(&mut Content) {
    let title = Line::parse(title).unwrap();
    move |content| content.title = title
}

#[tokio::test]
async fn a_change_waits_beside_what_is_live_and_keeps_what_was_said_there_meanwhile() {
    let (db, site) = empty_site().await;
    let (_, id) = waiting(&db, &site).await;
    decide::publish(&db, &desk(id), now()).await.unwrap();
    let pending = change(&db, titled("Clay and tea on the lane")).await;
    let address = "/offers/clay-on-the-lane";
    assert!(!site.get(address).await.body.contains("Clay and tea"), "what is live stays");
    let full = PlacesSaid { code: topics::Places::Full, on: jiff::civil::date(2026, 11, 1) };
    live(&db, None, |content| content.places = Some(full)).await;
    assert_eq!(decide::publish(&db, &desk(pending), now()).await.unwrap(), Decided::Done);
    let page = site.get(address).await;
    assert!(page.body.contains("Clay and tea on the lane"));
    let content: serde_json::Value =
        sqlx::query_scalar("select content from offer_revisions order by number desc limit 1")
            .fetch_one(&*db)
            .await
            .unwrap();
    assert_eq!(content["places"]["code"], "full", "it is still full");
}

#[tokio::test]
async fn a_change_of_what_was_changed_meanwhile_or_has_ended_is_not_published() {
    let (db, site) = empty_site().await;
    let (_, id) = waiting(&db, &site).await;
    decide::publish(&db, &desk(id), now()).await.unwrap();
    let pending = change(&db, titled("Clay and tea")).await;
    live(&db, None, titled("Clay and chat")).await;
    let decided = decide::publish(&db, &desk(pending), now()).await.unwrap();
    assert_eq!(decided, Decided::Overtaken(vec!["title".into()]));
    let stage = store::found(&*db, pending).await.unwrap().unwrap().stage;
    assert_eq!(stage, Stage::Waiting, "nothing has changed");
    let told = SubmissionCommand::Publish { id: pending, signed: Signed { by: name() } };
    let told = told.run(&db, now()).await.unwrap_err().to_string();
    assert!(told.contains("both change: title"), "{told}");

    let reason = Line::parse("The studio has closed").unwrap();
    live(&db, Some(AnyState::Archived { reason }), |_| ()).await;
    assert_eq!(decide::publish(&db, &desk(pending), now()).await.unwrap(), Decided::Moved);
    let why = Text::parse("It has ended.").unwrap();
    assert_eq!(decide::refuse(&db, &desk(pending), why, now()).await.unwrap(), Decided::Done);
}

#[tokio::test]
async fn the_commands_list_what_waits_show_it_and_refuse_what_cannot_be() {
    let (db, site) = empty_site().await;
    let (home, id) = waiting(&db, &site).await;
    let listed = SubmissionCommand::List.run(&db, now()).await.unwrap();
    assert!(listed.contains("Submissions that wait: 1.") && listed.contains(&id.to_string()));
    let shown = SubmissionCommand::Show { id }.run(&db, now()).await.unwrap();
    assert!(shown.contains("venue_name: Lantern Yard") && shown.contains(EMAIL), "{shown}");
    let ask = |field: &str| SubmissionCommand::Ask {
        id,
        words: "Which bus stops there?".into(),
        field: Some(field.into()),
        signed: Signed { by: name() },
    };
    let told = ask("bus").run(&db, now()).await.unwrap_err().to_string();
    assert!(told.contains("No question has the field “bus”"), "{told}");
    ask("travel").run(&db, now()).await.unwrap();
    assert!(site.get(&home).await.body.contains("Which bus stops there?"));
    let told = ask("travel").run(&db, now()).await.unwrap_err().to_string();
    assert!(told.contains("No such submission waits"), "{told}");
    let listed = SubmissionCommand::List.run(&db, now()).await.unwrap();
    assert_eq!(listed, "Submissions that wait: 0.");
}
