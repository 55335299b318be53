//! The table of all offers, and what is done with one of them.
use axum::http::StatusCode;

use super::*;
use crate::describe::{form, hidden, waiting, wrongs};

async fn desk_of<'a>(db: &PgPool, site: &'a Site) -> (Person<'a>, OfferId, String) {
    let ama = signed_in(db, site, "Ama", coordinator_of(SOUTHWARK)).await;
    let offer = published(db).await;
    (ama, offer, format!("/desk/offers/{offer}"))
}

/// Presses a button on the page as it stands now.
async fn press(person: &Person<'_>, path: &str, act: &str, pairs: &[(&str, &str)]) -> Reply {
    let revision = hidden(&person.get(path).await, "revision");
    let mut all = vec![("revision", revision.as_str())];
    all.extend(pairs);
    person.post(&format!("{path}/{act}"), &form(&all)).await
}

fn titles(page: &Reply) -> Vec<&str> {
    let rows = page.body.split("<th scope=\"row\"><a href=\"").skip(1);
    rows.map(|row| row.split_once("\">").unwrap().1.split("</a>").next().unwrap()).collect()
}

#[tokio::test]
async fn an_offer_is_paused_runs_again_is_archived_and_comes_back() {
    let (db, site) = Site::of_sample().await;
    let (ama, offer, path) = desk_of(&db, &site).await;
    let by = "the Southwark coordinator";
    let (_, before, ..) = stands(&db, offer).await;
    for (number, (act, pairs, state, code, why)) in (1..).zip([
        ("pause", vec![], "paused", "paused", "Paused at the desk"),
        ("resume", vec![], "published", "resumed", "It runs again"),
        (
            "archive",
            vec![("reason", "The hall is shut.")],
            "archived",
            "archived",
            "The hall is shut.",
        ),
        ("bring-back", vec![], "submitted", "brought_back", "Brought back to the desk"),
        ("publish", vec![], "published", "published", "Published again"),
    ]) {
        let reply = press(&ama, &path, act, &pairs).await;
        assert_eq!(reply.header("location"), format!("{path}?done={code}"), "{act}");
        let expected = (state.to_owned(), before + number, by.to_owned(), Some(why.to_owned()));
        assert_eq!(stands(&db, offer).await, expected);
        let told = ama.get(&format!("{path}?done={code}")).await;
        assert!(told.body.contains("id=\"done\""), "{act}");
    }
    let acts: Vec<String> =
        sqlx::query_scalar("select act from desk_acts where subject = $1 order by number")
            .bind(offer)
            .fetch_all(&*db)
            .await
            .unwrap();
    assert_eq!(acts, ["paused", "resumed", "archived", "brought_back", "published"]);
    assert!(ama.get("/desk/log").await.body.contains(&format!("href=\"{path}\"")));
}

#[tokio::test]
async fn of_two_who_act_one_does_and_the_other_is_told_and_keeps_the_words() {
    let (db, site) = Site::of_sample().await;
    let (ama, offer, path) = desk_of(&db, &site).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    let revision = hidden(&ama.get(&path).await, "revision");
    let pause = form(&[("revision", &revision)]);
    let archive = form(&[("revision", &revision), ("reason", "The hall is shut.")]);
    let (pause_at, archive_at) = (format!("{path}/pause"), format!("{path}/archive"));
    let (one, other) = tokio::join!(ama.post(&pause_at, &pause), ben.post(&archive_at, &archive));
    let mut statuses = [one.status, other.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
    let (_, after, ..) = stands(&db, offer).await;
    assert_eq!(after, revision.parse::<i32>().unwrap() + 1);
    let late = ben.post(&archive_at, &archive).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(
        late.body.contains("Somebody else was first") && late.body.contains("The hall is shut.")
    );
}

#[tokio::test]
async fn an_act_that_does_not_fit_or_lacks_its_reason_changes_nothing() {
    let (db, site) = Site::of_sample().await;
    let (ama, offer, path) = desk_of(&db, &site).await;
    let before = stands(&db, offer).await;
    for act in ["resume", "bring-back", "publish"] {
        assert_eq!(press(&ama, &path, act, &[]).await.status, StatusCode::CONFLICT, "{act}");
    }
    let unsaid = press(&ama, &path, "archive", &[]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrongs(&unsaid).contains("Say why it is archived"));
    assert_eq!(press(&ama, &path, "burn", &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stands(&db, offer).await, before);
}

#[tokio::test]
async fn what_is_being_described_is_decided_in_the_queue_and_nowhere_else() {
    let (db, site) = crate::describe::empty_site().await;
    waiting(&db, &site).await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let offer: OfferId = sqlx::query_scalar("select id from offers").fetch_one(&*db).await.unwrap();
    let path = format!("/desk/offers/{offer}");
    let page = ama.get(&path).await;
    assert!(page.body.contains("id=\"waiting\"") && !page.body.contains("id=\"acts\""));
    let (_, revision, ..) = stands(&db, offer).await;
    let reply = ama.post(&format!("{path}/publish"), &format!("revision={revision}")).await;
    assert_eq!(reply.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_listings_are_those_of_ones_boroughs_in_every_state() {
    let (db, site) = Site::of_sample().await;
    let (ama, _, path) = desk_of(&db, &site).await;
    press(&ama, &path, "pause", &[]).await;
    let page = ama.get("/desk/listings").await;
    let expected: Vec<String> = sqlx::query_scalar(
        r#"select title from offers where $1 = any(boroughs) order by lower(title) collate "C", id limit 50"#,
    )
    .bind(SOUTHWARK)
    .fetch_all(&*db)
    .await
    .unwrap();
    assert!(!expected.is_empty());
    assert_eq!(titles(&page).len(), expected.len());
    let paused = ama.get("/desk/listings?state=paused").await;
    assert!(titles(&paused).len() == 1 && paused.body.contains("1 offer<"));
    let ben = signed_in(&db, &site, "Ben", coordinator_of("E09000001")).await;
    assert!(ben.get("/desk/listings?state=paused").await.body.contains("No offers match"));
}

#[tokio::test]
async fn listings_are_searched_narrowed_and_sorted_by_their_address() {
    let (db, site) = Site::of_sample().await;
    let everything = Rights { administrator: true, ..Rights::default() };
    let cleo = signed_in(&db, &site, "Cleo", everything).await;
    let (title, provider): (String, String) = sqlx::query_as(
        "select o.title, p.name from offers o join providers p on p.id = o.provider order by o.slug limit 1",
    )
    .fetch_one(&*db)
    .await
    .unwrap();
    for words in [&title, &provider] {
        let query = form(&[("q", words)]);
        let found = cleo.get(&format!("/desk/listings?{query}")).await;
        assert!(
            found.body.contains(&format!("From\">{}", provider.replace('\'', "&#39;"))),
            "{words}"
        );
    }
    let start: String = title.chars().take(4).collect();
    let found = cleo.get(&format!("/desk/listings?{}", form(&[("q", &start)]))).await;
    assert!(!titles(&found).is_empty(), "{start}");
    let none = cleo.get("/desk/listings?since=1+January+2000").await;
    let never: i64 = sqlx::query_scalar("select count(*) from offers where confirmed_at is null")
        .fetch_one(&*db)
        .await
        .unwrap();
    assert_eq!(titles(&none).len() as i64, never.min(50));
    assert!(cleo.get("/desk/listings?since=soon").await.body.contains("cannot read the day"));
    let sorted = cleo.get("/desk/listings?sort=complete").await;
    let complete = sorted.body.split("Complete\">").skip(1);
    let complete: Vec<u32> =
        complete.map(|rest| rest.split(' ').next().unwrap().parse().unwrap()).collect();
    assert!(complete.len() > 1 && complete.is_sorted(), "{complete:?}");
    for sort in ["title", "changed", "confirmed", "nonsense"] {
        let page = cleo.get(&format!("/desk/listings?sort={sort}")).await;
        assert_eq!(page.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn fifty_stand_on_a_page_and_each_offer_on_one_page_only_in_every_order_and_back() {
    let (db, site) = Site::of_sample().await;
    let everything = Rights { administrator: true, ..Rights::default() };
    let cleo = signed_in(&db, &site, "Cleo", everything).await;
    let all: i64 = sqlx::query_scalar("select count(*) from offers").fetch_one(&*db).await.unwrap();
    assert!(all > 50, "the sample is too small for two pages");
    // Many are alike in these orders, so that only their ids tell them apart.
    sqlx::query("update offers set confirmed_at = null, confirmed_by = null, confirmed_how = null where length(title) < 22")
        .execute(&*db)
        .await
        .unwrap();
    for sort in ["title", "changed", "confirmed", "complete"] {
        let mut pages = vec![];
        let mut seen = std::collections::BTreeSet::new();
        let mut next = Some(format!("/desk/listings?sort={sort}"));
        let mut last = String::new();
        while let Some(path) = next {
            let page = cleo.get(&path).await;
            let ids = offers_on(&page);
            assert!(!ids.is_empty() && ids.len() <= 50, "{path}");
            for id in &ids {
                assert!(seen.insert(id.clone()), "twice on {path}");
            }
            pages.push(ids);
            next = turn(&page, "next");
            last = path;
        }
        assert_eq!(seen.len() as i64, all, "{sort}");
        let mut page = cleo.get(&last).await;
        for ids in pages.iter().rev().skip(1) {
            page = cleo.get(&turn(&page, "prev").unwrap()).await;
            assert_eq!(&offers_on(&page), ids, "back by {sort}");
        }
        assert_eq!(turn(&page, "prev"), None, "{sort} begins there");
    }
    for nonsense in
        ["after=", "after=~", "before=x~y", "after=%00~00000000-0000-0000-0000-000000000000"]
    {
        for sort in ["title", "changed", "confirmed", "complete"] {
            let page = cleo.get(&format!("/desk/listings?sort={sort}&{nonsense}")).await;
            assert_eq!(page.status, StatusCode::OK, "{nonsense}");
        }
    }
}

#[tokio::test]
async fn columns_are_chosen_in_the_address_and_stay_on_the_next_page() {
    let (db, site) = Site::of_sample().await;
    let everything = Rights { administrator: true, ..Rights::default() };
    let cleo = signed_in(&db, &site, "Cleo", everything).await;
    let some = cleo.get("/desk/listings?col=state&col=complete").await;
    assert!(some.body.contains("<th scope=\"col\">State</th>"));
    assert!(!some.body.contains("<th scope=\"col\">Changed</th>"));
    let next = cleo.get(&turn(&some, "next").unwrap()).await;
    assert!(!next.body.contains("<th scope=\"col\">Changed</th>"));
    assert!(cleo.get("/desk/listings").await.body.contains("<th scope=\"col\">Changed</th>"));
}

fn offers_on(page: &Reply) -> Vec<String> {
    let ids = page.body.split("<a href=\"/desk/offers/").skip(1);
    ids.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn turn(page: &Reply, way: &str) -> Option<String> {
    let to = page.body.split(&format!("rel=\"{way}\" href=\"")).nth(1)?;
    Some(to.split('"').next().unwrap().replace("&#38;", "&"))
}

#[tokio::test]
async fn an_offer_gets_its_last_day_which_must_be_one_and_not_be_over() {
    let (db, site) = Site::of_sample().await;
    let (ama, offer, path) = desk_of(&db, &site).await;
    let (_, before, ..) = stands(&db, offer).await;
    for (typed, says) in [
        ("some day", "Enter the day as a date"),
        ("1 January 2020", "The day must be today or later"),
    ] {
        let reply = press(&ama, &path, "last-day", &[("last_day", typed)]).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrongs(&reply).contains(says), "{typed}: {}", wrongs(&reply));
        assert!(reply.body.contains(&format!("name=\"last_day\" value=\"{typed}\"")), "{typed}");
    }
    let day = [("last_day", "31 December 2030")];
    let reply = press(&ama, &path, "last-day", &day).await;
    assert_eq!(reply.header("location"), format!("{path}?done=last_day_said"));
    let why = Some("The last day is Tuesday 31 December 2030".to_owned());
    let expected =
        ("published".to_owned(), before + 1, "the Southwark coordinator".to_owned(), why);
    assert_eq!(stands(&db, offer).await, expected);
    assert_eq!(press(&ama, &path, "last-day", &day).await.status, StatusCode::CONFLICT);
    let slug: String = sqlx::query_scalar("select slug from offers where id = $1")
        .bind(offer)
        .fetch_one(&*db)
        .await
        .unwrap();
    let page = site.get(&format!("/offers/{slug}")).await.body;
    assert!(page.contains("31 December 2030"), "its page says so");
}
