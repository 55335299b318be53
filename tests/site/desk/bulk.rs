//! One act on many offers: shown first, done at once, undone as one.
use axum::http::StatusCode;

use super::{batches::some_published, *};
use crate::describe::{form, wrongs};

const PREVIEW: &str = "/desk/listings/preview";
const CHANGES: &str = "/desk/listings/changes";

/// Every box that is ticked in a preview, as a browser would send it.
pub fn ticked(page: &Reply) -> Vec<String> {
    let rows = page.body.split("name=\"row\" value=\"").skip(1);
    let rows = rows.filter(|row| row.split('>').next().unwrap().contains("checked"));
    rows.map(|row| row.split('"').next().unwrap().to_owned()).collect()
}

/// Chooses these offers for this act, looks at the preview, and gives what its form would send.
pub async fn previewed(
    person: &Person<'_>,
    offers: &[OfferId],
    act: &[(&str, &str)],
) -> (Reply, String) {
    let ids: Vec<String> = offers.iter().map(ToString::to_string).collect();
    let mut pairs: Vec<(&str, &str)> = ids.iter().map(|id| ("offer", id.as_str())).collect();
    pairs.extend(act);
    let page = person.post(PREVIEW, &form(&pairs)).await;
    let rows = ticked(&page);
    let mut pairs: Vec<(&str, &str)> = rows.iter().map(|row| ("row", row.as_str())).collect();
    pairs.extend(ids.iter().map(|id| ("offer", id.as_str())));
    pairs.extend(act);
    (page, form(&pairs))
}

async fn state(db: &PgPool, offer: OfferId) -> String {
    stands(db, offer).await.0
}

async fn listed(db: &PgPool, column: &str, offer: OfferId) -> Vec<String> {
    let sql = format!("select {column} from offers where id = $1");
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(offer).fetch_one(db).await.unwrap()
}

#[tokio::test]
async fn many_are_paused_after_a_preview_and_run_again_after_one_undo() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let offers = some_published(&db, 3).await;
    let (page, form) = previewed(&ama, &offers, &[("act", "pause")]).await;
    assert!(page.body.contains("It can be done with 3 of 3"));
    assert_eq!(state(&db, offers[0]).await, "published", "a preview changes nothing");
    let reply = ama.post(CHANGES, &form).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    for offer in &offers {
        let (state, _, by, why) = stands(&db, *offer).await;
        assert_eq!((state.as_str(), by.as_str()), ("paused", "the Southwark coordinator"));
        assert_eq!(why.unwrap(), "Paused at the desk");
    }
    let batch = reply.header("location").split('?').next().unwrap().to_owned();
    let told = ama.get(reply.header("location")).await;
    assert!(told.body.contains("<h1>Paused 3 offers</h1>") && told.body.contains("id=\"undo\""));
    ama.post(&format!("{batch}/undoing"), "").await;
    for offer in &offers {
        assert_eq!(state(&db, *offer).await, "published");
    }
    let again = ama.post(CHANGES, &form).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "that was looked at before the undo");
    assert!(again.body.contains("Others have changed every one of them meanwhile"));
}

#[tokio::test]
async fn the_preview_says_why_not_and_only_what_is_ticked_is_done() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let [one, two, three] = some_published(&db, 3).await.try_into().unwrap();
    let camden: OfferId =
        sqlx::query_scalar("select id from offers where boroughs = array[$1] limit 1")
            .bind(CAMDEN)
            .fetch_one(&*db)
            .await
            .unwrap();
    let (_, form_) = previewed(&ama, &[three], &[("act", "pause")]).await;
    ama.post(CHANGES, &form_).await;
    let (page, _) = previewed(&ama, &[one, two, three, camden], &[("act", "pause")]).await;
    assert!(page.body.contains("It can be done with 2 of 3"), "Camden's is out of scope");
    assert!(page.body.contains("It is paused already"));
    let rows = ticked(&page);
    let mine: Vec<_> = rows.iter().filter(|row| row.starts_with(&one.to_string())).collect();
    let revision: i32 = stands(&db, camden).await.1;
    let foreign = format!("{camden}.{revision}");
    let pairs = [("row", mine[0].as_str()), ("row", &foreign), ("act", "pause")];
    assert_eq!(ama.post(CHANGES, &form(&pairs)).await.status, StatusCode::SEE_OTHER);
    let states = [state(&db, one).await, state(&db, two).await, state(&db, camden).await];
    assert_eq!(states, ["paused", "published", "published"]);
    let none = ama.post(CHANGES, &form(&[("act", "pause"), ("offer", &two.to_string())])).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrongs(&none).contains("Tick at least one offer"));
}

#[tokio::test]
async fn what_has_moved_on_since_the_preview_is_left_out_and_told() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let ben = signed_in(&db, &site, "Ben", coordinator_of(SOUTHWARK)).await;
    let offers = some_published(&db, 3).await;
    let archive = [("act", "archive"), ("reason", "The hall is shut.")];
    let (_, form) = previewed(&ama, &offers, &archive).await;
    let (_, other) = previewed(&ben, &offers[..1], &[("act", "pause")]).await;
    ben.post(CHANGES, &other).await;
    let reply = ama.post(CHANGES, &form).await;
    let told = ama.get(reply.header("location")).await;
    assert!(told.body.contains("<h1>Archived 2 offers</h1>"));
    assert!(told.body.contains("Somebody has changed it meanwhile"));
    assert_eq!(state(&db, offers[0]).await, "paused");
    let (state, _, _, why) = stands(&db, offers[1]).await;
    assert_eq!((state.as_str(), why.as_deref()), ("archived", Some("The hall is shut.")));
}

#[tokio::test]
async fn topics_and_boroughs_are_changed_and_confirmations_said_and_each_is_undone() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let offer = some_published(&db, 1).await[0];
    let had = listed(&db, "needs", offer).await;
    let new = ["sleep", "cancer", "stroke"].into_iter().find(|one| !had.contains(&(*one).into()));
    let need = format!("need:{}", new.unwrap());
    let undo = async |reply: &Reply| {
        let batch = reply.header("location").split('?').next().unwrap().to_owned();
        assert_eq!(ama.post(&format!("{batch}/undoing"), "").await.status, StatusCode::SEE_OTHER);
    };
    let (_, form) = previewed(&ama, &[offer], &[("act", "add"), ("topic", &need)]).await;
    let added = ama.post(CHANGES, &form).await;
    assert!(listed(&db, "needs", offer).await.contains(&new.unwrap().to_owned()));
    let (_, form) = previewed(&ama, &[offer], &[("act", "remove"), ("topic", &need)]).await;
    let removed = ama.post(CHANGES, &form).await;
    assert_eq!(listed(&db, "needs", offer).await, had);
    undo(&removed).await;
    assert!(listed(&db, "needs", offer).await.contains(&new.unwrap().to_owned()));
    undo(&added).await;
    let to_camden = [("act", "move"), ("from", "southwark"), ("to", "camden")];
    let (page, form) = previewed(&ama, &[offer], &to_camden).await;
    assert!(page.body.contains("You do not see it any more"));
    let moved = ama.post(CHANGES, &form).await;
    assert_eq!(listed(&db, "boroughs", offer).await, [CAMDEN]);
    assert_eq!(ama.get(&format!("/desk/offers/{offer}")).await.status, StatusCode::NOT_FOUND);
    undo(&moved).await;
    assert_eq!(listed(&db, "boroughs", offer).await, [SOUTHWARK]);
    let confirmed = async || -> (Option<String>, Option<String>) {
        sqlx::query_as("select confirmed_at::text, confirmed_how from offers where id = $1")
            .bind(offer)
            .fetch_one(&*db)
            .await
            .unwrap()
    };
    let before = confirmed().await;
    let (_, form) = previewed(&ama, &[offer], &[("act", "confirm")]).await;
    let said = ama.post(CHANGES, &form).await;
    assert_eq!(confirmed().await.1.as_deref(), Some("by phone"));
    undo(&said).await;
    assert_eq!(confirmed().await, before);
}

#[tokio::test]
async fn an_offer_is_never_left_without_what_every_listing_says() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let offer: OfferId = sqlx::query_scalar(
        "select id from offers where state = 'published' and boroughs = array[$1]
           and cardinality(activities) = 1 limit 1",
    )
    .bind(SOUTHWARK)
    .fetch_one(&*db)
    .await
    .unwrap();
    let only = format!("activity:{}", listed(&db, "activities", offer).await[0]);
    let (page, _) = previewed(&ama, &[offer], &[("act", "remove"), ("topic", &only)]).await;
    assert!(page.body.contains("It would lack something. Name at least one activity"));
    let (page, _) = previewed(&ama, &[offer], &[("act", "add"), ("topic", &only)]).await;
    assert!(page.body.contains("It has it already"));
}

#[tokio::test]
async fn what_is_missing_is_asked_for_and_nothing_chosen_is_lost() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let offer = some_published(&db, 1).await[0];
    let (asks, _) = previewed(&ama, &[offer], &[("act", "archive")]).await;
    assert_eq!(asks.status, StatusCode::OK);
    assert!(asks.body.contains("Why archive them?") && asks.body.contains(&offer.to_string()));
    for (typed, told) in [
        (vec![("act", "archive")], "Say why they are archived"),
        (vec![("act", "add")], "Choose a topic"),
        (
            vec![("act", "move"), ("from", "camden"), ("to", "camden")],
            "Choose the borough that they leave",
        ),
        (
            vec![("act", "move"), ("from", "southwark"), ("to", "southwark")],
            "Choose another borough",
        ),
        (vec![], "Choose what to do with them"),
    ] {
        let mut pairs = typed;
        pairs.push(("again", "yes"));
        let (page, _) = previewed(&ama, &[offer], &pairs).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
        assert!(wrongs(&page).contains(told), "{told}: {}", wrongs(&page));
        assert!(page.body.contains(&offer.to_string()));
    }
    let nothing = ama.post(PREVIEW, "act=pause").await;
    assert!(wrongs(&nothing).contains("Choose at least one offer"));
}

#[tokio::test]
async fn all_that_match_a_filter_are_chosen_at_once() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let matching: i64 = sqlx::query_scalar(
        "select count(*) from offers where state = 'published' and $1 = any(boroughs)",
    )
    .bind(SOUTHWARK)
    .fetch_one(&*db)
    .await
    .unwrap();
    let page = ama.post(PREVIEW, "act=confirm&which=all&state=published").await;
    assert!(page.body.contains(&format!("It can be done with {matching} of {matching}")));
}

#[tokio::test]
async fn those_who_look_after_offers_are_asked_by_one_letter_each() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let offers = some_published(&db, 3).await;
    let (page, _) = previewed(&ama, &offers, &[("act", "ask")]).await;
    assert!(page.body.contains("Nobody looks after it who has an email address here"));
    sqlx::query(
        "insert into provider_owners (provider_id, email, since)
         select distinct provider, 'ruth@clay.example', now() from offers where id = any($1)",
    )
    .bind(&offers)
    .execute(&*db)
    .await
    .unwrap();
    let providers: i64 =
        sqlx::query_scalar("select count(*) from provider_owners").fetch_one(&*db).await.unwrap();
    let (page, form) = previewed(&ama, &offers, &[("act", "ask")]).await;
    assert!(page.body.contains("A letter goes to those who look after it"));
    let reply = ama.post(CHANGES, &form).await;
    assert_eq!(reply.header("location"), format!("/desk/listings?asked={providers}"));
    assert_eq!(crate::describe::letters(&db, "still_true").await, providers);
    let logged: i64 =
        sqlx::query_scalar("select count(*) from desk_acts where act = 'asked_to_confirm'")
            .fetch_one(&*db)
            .await
            .unwrap();
    assert_eq!(logged, 3);
    let (page, _) = previewed(&ama, &offers, &[("act", "ask")]).await;
    assert!(page.body.contains("They were asked less than a day ago"));
    let again = ama.post(CHANGES, &form).await;
    assert_eq!(again.header("location"), "/desk/listings?asked=0");
    assert_eq!(crate::describe::letters(&db, "still_true").await, providers);
    sqlx::query("alter table desk_acts disable trigger user").execute(&*db).await.unwrap();
    sqlx::query("update desk_acts set at = at - interval '2 days'").execute(&*db).await.unwrap();
    let (page, _) = previewed(&ama, &offers, &[("act", "ask")]).await;
    assert!(page.body.contains("Asked last on"));
}

#[tokio::test]
async fn nobody_is_asked_about_what_the_preview_would_not_ask_about() {
    let (db, site) = Site::of_sample().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let offers = some_published(&db, 2).await;
    sqlx::query(
        "insert into provider_owners (provider_id, email, since)
         select distinct provider, 'ruth@clay.example', now() from offers where id = any($1)",
    )
    .bind(&offers)
    .execute(&*db)
    .await
    .unwrap();
    let act = [("act", "archive"), ("reason", "It has closed")];
    let (_, archiving) = previewed(&ama, &offers[..1], &act).await;
    ama.post(CHANGES, &archiving).await;
    assert_eq!(state(&db, offers[0]).await, "archived");
    let (_, revision, ..) = stands(&db, offers[0]).await;
    let (archived, stale) =
        (format!("{}.{revision}", offers[0]), format!("{}.{}", offers[1], 9_999));
    let crafted = form(&[("act", "ask"), ("row", &archived), ("row", &stale)]);
    let reply = ama.post(CHANGES, &crafted).await;
    assert_eq!(reply.header("location"), "/desk/listings?asked=0");
    assert_eq!(crate::describe::letters(&db, "still_true").await, 0);
}

#[tokio::test]
async fn a_reader_is_offered_no_boxes() {
    let (db, site) = Site::of_sample().await;
    let dan = signed_in(&db, &site, "Dan", reader_of(SOUTHWARK)).await;
    let page = dan.get("/desk/listings").await;
    assert!(!page.body.contains("name=\"offer\"") && page.body.contains("id=\"listings\""));
}
