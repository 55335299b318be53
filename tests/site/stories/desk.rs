//! Stories at the desk: who sees them, what is decided, and that it is decided once.
use axum::http::StatusCode;
use fingerpost::calendar::{civil_now, date_in_words};

use super::*;
use crate::{
    describe::{empty_site, letters},
    desk::{CAMDEN, SOUTHWARK, coordinator_of, reader_of, signed_in},
    support::Database,
};

async fn acts(db: &Database, id: StoryId) -> Vec<(String, Option<String>)> {
    let acts =
        sqlx::query_as("select act, words from desk_acts where subject = $1 order by number");
    acts.bind(id).fetch_all(&**db).await.unwrap()
}

#[tokio::test]
async fn a_story_waits_for_the_coordinators_of_its_boroughs_and_for_nobody_else() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let cara = signed_in(&db, &site, "Cara", coordinator_of(CAMDEN)).await;
    let (begun, _) = begun(&db, &site, &[]).await;
    let path = |id| format!("/desk/stories/{id}");
    assert_eq!(ama.get(&path(begun)).await.status, StatusCode::NOT_FOUND, "nobody has sent it");
    let home = link(&db, begun).await;
    fill(&site, &home, &whole(&[])).await;
    assert!(ama.get("/desk").await.body.contains("Stories (1 waits)"));
    assert!(ama.get("/desk/stories?state=waiting").await.body.contains(&path(begun)));
    assert!(ama.get(&path(begun)).await.body.contains(WORDS));
    assert!(cara.get("/desk").await.body.contains("Stories (0 wait)"));
    assert!(!cara.get("/desk/stories").await.body.contains(&path(begun)));
    assert_eq!(cara.get(&path(begun)).await.status, StatusCode::NOT_FOUND);
    let rita = signed_in(&db, &site, "Rita", reader_of(SOUTHWARK)).await;
    let read = rita.get(&path(begun)).await.body;
    assert!(read.contains("You may read this") && !read.contains("id=\"publish\""));
    assert_eq!(publish(&rita, begun, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.get(PAGE).await.status, StatusCode::NOT_FOUND, "nobody has read it yet");
}

#[tokio::test]
async fn it_is_edited_before_it_is_published_and_its_teller_is_told_so() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let (id, home) = waiting(&db, &site, &[]).await;
    let reply = publish(&ama, id, &[("words", "The mug was mine.")]).await;
    assert_eq!(reply.header("location"), format!("/desk/stories/{id}?done=published"));
    assert!(site.get(PAGE).await.body.contains("The mug was mine."));
    assert!(!site.get(PAGE).await.body.contains(WORDS));
    let told: String =
        sqlx::query_scalar("select plain from outbox where event like 'story_published:%'")
            .fetch_one(&*db)
            .await
            .unwrap();
    assert!(told.contains("has changed something"), "{told}");
    assert!(site.get(&home).await.body.contains("The mug was mine."));
    assert_eq!(acts(&db, id).await, [("story_published".to_owned(), None)]);
    let day = date_in_words(civil_now(now()).date());
    let page = ama.get(&format!("/desk/stories/{id}")).await.body;
    assert!(
        page.contains(&day) && !page.contains("value=\"today\""),
        "tomorrow today is another day"
    );
    let log = ama.get("/desk/log").await.body;
    assert!(log.contains(&format!("/desk/stories/{id}")) && log.contains(TITLE));
}

#[tokio::test]
async fn what_its_teller_keeps_for_later_no_coordinator_reads_or_publishes_and_it_stays_theirs() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let more =
        [("offers", "/offers/clay-and-company"), ("words", "Ring 020 7946 0142."), ("sure", "yes")];
    let (id, home) = waiting(&db, &site, &more).await;
    let path = format!("/desk/stories/{id}");
    let keep = async |words: &str| {
        let later = whole(&[("words", words), ("name", "Aloysius"), ("act", "save")]);
        let kept = fill(&site, &home, &later).await;
        assert_eq!(kept.header("location"), format!("{home}?done=kept"));
    };
    let nothing_unsent = |page: &str| {
        assert!(!page.contains("bittern") && !page.contains("Aloysius"), "nobody has sent that");
        assert!(page.contains("Ring 020 7946 0142.") && page.contains("/offers/clay-and-company"));
    };
    keep("Of a bittern.").await;
    nothing_unsent(&ama.get(&path).await.body);
    // A form that comes back shows no more than the first did.
    let back = decide(&ama, id, &[("decision", "ask"), ("answer", "")]).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    nothing_unsent(&back.body);
    assert_eq!(publish(&ama, id, &more).await.status, StatusCode::SEE_OTHER);
    nothing_unsent(&site.get(PAGE).await.body);
    assert!(site.get(&home).await.body.contains("Of a bittern."), "it is theirs still");
    keep("Of another bittern.").await;
    nothing_unsent(&ama.get(&path).await.body);
    let edit = [
        ("offers", "/offers/clay-and-company"),
        ("words", "Ring 020 7946 0142. Ask for Ed."),
        ("sure", "yes"),
    ];
    assert_eq!(publish(&ama, id, &edit).await.status, StatusCode::SEE_OTHER);
    assert!(site.get(&home).await.body.contains("Of another bittern."), "it is theirs still");
    // Once it is sent it is read as any other.
    let sent = fill(&site, &home, &whole(&[("words", "Of a third bittern.")])).await;
    assert_eq!(sent.header("location"), format!("{home}?done=sent"), "{}", wrongs(&sent));
    assert!(ama.get(&path).await.body.contains("Of a third bittern."));
}

#[tokio::test]
async fn bad_edits_are_told_and_a_borough_of_ones_own_stays_among_them() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let (id, _) = waiting(&db, &site, &[]).await;
    for (changed, message) in [
        (("boroughs", "camden"), "that you look after"),
        (("words", ""), "Write the story"),
        (("decision", "burn"), "Choose what becomes of it"),
    ] {
        let mut pairs = whole(&[("name", "Wilhelmina")]);
        pairs.retain(|(field, _)| *field != changed.0);
        if changed.0 != "decision" {
            pairs.push(("decision", "publish"));
        }
        pairs.push(changed);
        let reply = decide(&ama, id, &pairs).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{message}");
        assert!(wrongs(&reply).contains(message), "{}", wrongs(&reply));
        assert!(changed.0 == "decision" || reply.body.contains("Wilhelmina"), "{message}");
    }
    assert_eq!(state(&db, id).await, "waiting");
}

#[tokio::test]
async fn what_is_asked_reaches_the_teller_who_changes_it_and_sends_it_again() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let (id, home) = waiting(&db, &site, &[]).await;
    let without = decide(&ama, id, &[("decision", "ask"), ("answer", " ")]).await;
    assert!(wrongs(&without).contains("Write what to say"));
    let words = "Please leave out the name of the street.";
    let asked = decide(&ama, id, &[("decision", "ask"), ("answer", words)]).await;
    assert_eq!(asked.header("location"), "/desk/stories?done=asked");
    let page = site.get(&home).await.body;
    assert!(page.contains(words) && page.contains("the Southwark coordinator"));
    assert_eq!(letters(&db, "story_changes_asked").await, 1);
    assert_eq!(fill(&site, &home, &whole(&[])).await.status, StatusCode::SEE_OTHER);
    assert_eq!(state(&db, id).await, "waiting");
    let refused = decide(&ama, id, &[("decision", "refuse"), ("answer", "It is an advert.")]).await;
    assert_eq!(refused.header("location"), "/desk/stories?done=refused");
    let version = hidden(&ama.get(&format!("/desk/stories/{id}")).await, "version");
    let mut pairs = whole(&[]);
    pairs.push(("seen", &version));
    let again = site.post(&home, &form(&pairs)).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "a refused one is not sent again");
}

#[tokio::test]
async fn of_two_who_decide_one_does_and_nothing_is_decided_on_what_was_not_seen() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    let (id, home) = waiting(&db, &site, &[]).await;
    let (yes, no) = tokio::join!(
        publish(&ama, id, &[]),
        decide(&ben, id, &[("decision", "refuse"), ("answer", "My words")])
    );
    let mut statuses = [yes.status, no.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
    assert_eq!(acts(&db, id).await.len(), 1);
    assert_eq!(letters(&db, "story_published").await + letters(&db, "story_refused").await, 1);
    // The teller changes it while a coordinator reads.
    sqlx::query("update stories set state = 'waiting'").execute(&*db).await.unwrap();
    let version = hidden(&ama.get(&format!("/desk/stories/{id}")).await, "version");
    fill(&site, &home, &whole(&[("words", "Other words, which nobody has read.")])).await;
    let mut pairs = whole(&[]);
    pairs.extend([("decision", "publish"), ("version", version.as_str())]);
    let stale = ama.post(&format!("/desk/stories/{id}/decision"), &form(&pairs)).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert_eq!(state(&db, id).await, "waiting");
}

#[tokio::test]
async fn a_coordinator_writes_one_down_and_it_is_published_once() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let page = ama.get("/desk/stories/entry").await;
    let stamp = hidden(&page, "stamp");
    let mut wrong = whole(&[("boroughs", "camden")]);
    wrong.push(("stamp", &stamp));
    let reply = ama.post("/desk/stories/entry", &form(&wrong)).await;
    assert!(wrongs(&reply).contains("that you look after") && reply.body.contains(WORDS));
    let mut pairs = whole(&[]);
    pairs.push(("stamp", &stamp));
    for _ in 0..2 {
        let reply = ama.post("/desk/stories/entry", &form(&pairs)).await;
        assert!(reply.header("location").ends_with("?done=written"), "{}", wrongs(&reply));
    }
    let all: Vec<(StoryId, String)> =
        sqlx::query_as("select id, state from stories").fetch_all(&*db).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(acts(&db, all[0].0).await, [("story_written".to_owned(), None)]);
    assert!(site.get(PAGE).await.body.contains(WORDS));
    // There is nobody to ask, so the page of one that waits does not offer it.
    let asked = decide(&ama, all[0].0, &[("decision", "ask"), ("answer", "?")]).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
}
