//! Calendar files: what a calendar makes of them is what the pages say.
use fingerpost::{
    calendar::{civil_now, horizon},
    offers::{AnyState, Listed, Status, store},
    text::{Line, Slug},
};
use futures_util::TryStreamExt;
use sqlx::PgPool;

use super::{
    calendar_reader::{expanded, parsed},
    offers::{given, published, save},
};
use crate::support::{self, Site, now};

async fn every(db: &PgPool) -> Vec<Listed> {
    store::listed(db).try_concat().await.unwrap()
}

/// Our own sessions from the first moment of today, as instants.
fn sessions(listed: &Listed) -> Vec<(i64, i64)> {
    let today = civil_now(now()).date();
    let programme = &listed.offer.content.when.programme;
    let sessions = programme.sessions(today.at(0, 0, 0, 0), horizon(today));
    sessions.iter().map(|one| (one.starts_at().as_second(), one.ends_at().as_second())).collect()
}

fn own(listed: &Listed) -> String {
    format!("/offers/{}/calendar.ics", listed.offer.slug)
}

#[tokio::test]
async fn a_calendar_finds_the_sessions_of_every_sample_offer() {
    let (db, site) = Site::of_sample().await;
    let all = every(&db).await;
    assert!(all.len() > 100);
    for listed in &all {
        let reply = site.get(&own(listed)).await;
        assert_eq!(reply.status, 200, "{}", listed.offer.slug);
        assert_eq!(expanded(&reply.body).held, sessions(listed), "{}", reply.body);
    }
}

#[tokio::test]
async fn several_offers_are_one_file_in_which_each_keeps_its_name() {
    let (db, site) = Site::of_sample().await;
    let all = every(&db).await;
    let three = &all[10..13];
    let query: Vec<String> = three.iter().map(|one| format!("offer={}", one.offer.slug)).collect();
    let reply = site.get(&format!("/calendar.ics?{}&offer=no-such-offer", query.join("&"))).await;
    let mut together: Vec<_> = three.iter().flat_map(sessions).collect();
    together.sort_unstable();
    assert_eq!(expanded(&reply.body).held, together);
    let uids = |file: &str| -> Vec<String> {
        let whole = file.replace("\r\n ", "");
        whole.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    let mut alone = Vec::new();
    for one in three {
        alone.extend(uids(&site.get(&own(one)).await.body));
    }
    assert_eq!(uids(&reply.body), alone);
}

#[tokio::test]
async fn a_file_is_saved_under_the_name_of_the_offer_and_read_as_a_calendar() {
    let (_db, site) = Site::of_sample().await;
    let reply = site.get("/offers/clay-and-company/calendar.ics").await;
    assert_eq!(reply.header("content-type"), "text/calendar; charset=utf-8");
    let saved = "attachment; filename=\"clay-and-company.ics\"";
    assert_eq!(reply.header("content-disposition"), saved);
    assert!(!reply.header("etag").is_empty(), "asking again costs nothing");
    let words = reply.body.replace("\r\n ", "");
    for said in [
        "X-WR-CALNAME:Clay and company",
        "LOCATION:Lantern Yard\\, 9 Tanner's Row\\, Peckham\\, SE15 4DD\\, Southwark",
        "Cost: Free. Clay and firing too.",
        "How to join: Drop in.",
        "URL:http://fingerpost.example/offers/clay-and-company",
        "CATEGORIES:Pottery and clay",
        "TZID:Europe/London",
    ] {
        assert!(words.contains(said), "{said} is missing in {words}");
    }
    let page = site.get("/offers/clay-and-company").await.body;
    assert!(page.contains("href=\"/offers/clay-and-company/calendar.ics\""));
    assert!(
        page.contains("href=\"webcal://fingerpost.example/offers/clay-and-company/calendar.ics\"")
    );
}

#[tokio::test]
async fn a_private_address_is_in_no_calendar() {
    let (db, site) = Site::of_sample().await;
    let all = every(&db).await;
    let private: Vec<_> =
        all.iter().filter(|one| one.offer.content.place.address_private).collect();
    assert!(!private.is_empty());
    for listed in private {
        let file = site.get(&own(listed)).await.body;
        assert!(!file.contains("GEO:"), "{file}");
        let venue = sqlx::query_scalar::<_, String>("select address from venues where id = $1");
        let address = venue.bind(listed.offer.content.place.venue).fetch_one(&*db).await.unwrap();
        assert!(!file.replace("\r\n ", "").replace('\\', "").contains(&address), "{file}");
    }
}

#[tokio::test]
async fn what_does_not_run_any_more_is_crossed_out_with_a_higher_number() {
    let db = support::database().await;
    let offer = published(&db, "tea").await;
    let site = Site::new(&db).await;
    let before = site.get("/offers/tea/calendar.ics").await.body;
    assert!(before.contains("SEQUENCE:1\r\n"), "{before}");
    assert!(!expanded(&before).held.is_empty());

    let reason = Line::parse("The hall closed.").unwrap();
    let archived = offer.step(AnyState::Archived { reason }, now()).unwrap();
    save(&db, Status::Published, &archived).await.unwrap();
    let after = site.get("/offers/tea/calendar.ics").await;
    assert_eq!(after.status, 200);
    assert!(after.body.contains("SEQUENCE:2\r\n"), "{}", after.body);
    assert_eq!(expanded(&after.body).held, []);
    let uid = |file: &str| file.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
    assert_eq!(uid(&after.body), uid(&before));
    assert!(!after.body.contains("The hall closed."), "why is not for everybody");
    assert_eq!(expanded(&site.get("/calendar.ics?offer=tea").await.body).held, []);
}

#[tokio::test]
async fn what_nobody_has_seen_yet_has_no_calendar() {
    let db = support::database().await;
    given(&db, "draft", AnyState::Draft).await;
    given(&db, "sent", AnyState::Submitted).await;
    let site = Site::new(&db).await;
    for slug in ["draft", "sent", "nothing", "Not-A-Name", "%00"] {
        let path = format!("/offers/{slug}/calendar.ics");
        assert_eq!(site.get(&path).await.status, 404, "{slug}");
        let listed = site.get(&format!("/calendar.ics?offer={slug}")).await.status;
        assert!([400, 404].contains(&listed.as_u16()), "{slug}: {listed}");
    }
}

#[tokio::test]
async fn a_calendar_that_knows_an_old_name_goes_on() {
    let db = support::database().await;
    let offer = published(&db, "tea").await;
    store::rename(&*db, offer.id, &Slug::parse("tea-and-talk").unwrap()).await.unwrap();
    let site = Site::new(&db).await;
    for path in ["/offers/tea/calendar.ics", "/calendar.ics?offer=tea&offer=tea-and-talk"] {
        let file = site.get(path).await.body;
        assert!(file.contains("/offers/tea-and-talk"), "{path}");
        assert_eq!(file.matches("BEGIN:VEVENT").count(), 1, "{path}");
    }
}

#[tokio::test]
async fn a_calendar_of_too_many_offers_or_none_says_so() {
    let (_db, site) = Site::of_sample().await;
    let query: Vec<String> = (0..21).map(|number| format!("offer=offer-{number}")).collect();
    let many = site.get(&format!("/calendar.ics?{}", query.join("&"))).await;
    assert_eq!(many.status, 400);
    assert!(many.body.contains("at most 20 offers"), "{}", many.body);
    let twice = vec!["offer=clay-and-company"; 50].join("&");
    let twice = site.get(&format!("/calendar.ics?{twice}")).await;
    assert_eq!(twice.status, 200);
    assert!(!parsed(&twice.body).components.is_empty());
    let none = site.get("/calendar.ics").await;
    assert_eq!(none.status, 400);
    assert!(none.body.contains("Say which offers"), "{}", none.body);
}
