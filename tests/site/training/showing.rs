//! Showing that one took part, on a provider's page and on a link worker's entry, after a coordinator has checked.
use axum::http::StatusCode;
use fingerpost::{
    mail::{LINK, WITHDRAWAL},
    providers::store as providers,
    text::{Email, Slug},
    training::store as training,
};
use jiff::SignedDuration;
use sqlx::PgPool;
use uuid::Uuid;

use super::{certificates::given, held::Cohort};
use crate::{
    describe::empty_site,
    desk::{CAMDEN, SOUTHWARK, coordinator_of, reader_of, signed_in},
    link_workers::{AMA, NAME, id_of, is_listed, is_listed_from, joins},
    mine::{RUTH, Theirs, mine},
    support::{Database, Site, now},
};

#[tokio::test]
async fn a_provider_shows_that_it_took_part_once_a_coordinator_of_the_cohort_has_checked() {
    let (db, site) = Site::of_sample().await;
    let cohort = given(&db, &site).await;
    let (mine, other) =
        (provider(&db, "hollow-lane-clay").await, provider(&db, "the-moss-room").await);
    let email = Email::of_person(&cohort.people[0].email).unwrap();
    providers::own(&*db, mine, &email, now()).await.unwrap();
    let link = cohort.link(&db, 0).await;
    let page = site.get(&format!("{link}/certificate")).await.body;
    assert!(page.contains("Hollow Lane Clay") && !page.contains("The Moss Room"));
    let showing = format!("{link}/showing");
    let foreign = site.post(&showing, &format!("show=yes&on=provider&id={other}")).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let asked = site.post(&showing, &format!("show=yes&on=provider&id={mine}")).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    assert!(!site.get("/providers/hollow-lane-clay").await.body.contains("Took part in"));
    let id: Uuid = sqlx::query_scalar("select id from training_shown where provider_id = $1")
        .bind(mine)
        .fetch_one(&*db)
        .await
        .unwrap();
    let cara = signed_in(&db, &site, "Cara", coordinator_of(CAMDEN)).await;
    let path = format!("/desk/training/shown/{id}");
    assert_eq!(cara.post(&path, "answer=yes").await.status, StatusCode::NOT_FOUND);
    let bola = signed_in(&db, &site, "Bola", coordinator_of(SOUTHWARK)).await;
    assert!(bola.get("/desk/training/shown").await.body.contains("Person Number 1"));
    assert_eq!(bola.post(&path, "answer=yes").await.status, StatusCode::SEE_OTHER);
    let page = site.get("/providers/hollow-lane-clay").await.body;
    assert!(page.contains("Took part in") && page.contains("Creativity together"), "{page}");
    assert!(!page.contains("Person Number"));
    site.post(&showing, &format!("show=no&on=provider&id={mine}")).await;
    assert!(!site.get("/providers/hollow-lane-clay").await.body.contains("Took part in"));
}

#[tokio::test]
async fn each_asking_is_answered_by_a_letter_of_its_own() {
    let (db, site) = Site::of_sample().await;
    let cohort = given(&db, &site).await;
    let (one, other) =
        (provider(&db, "hollow-lane-clay").await, provider(&db, "the-moss-room").await);
    let ama = signed_in(&db, &site, "Bola", coordinator_of(SOUTHWARK)).await;
    for provider in [one, other] {
        let id = cohort.shown_by(&db, provider).await;
        ama.post(&format!("/desk/training/shown/{id}"), "answer=yes").await;
    }
    let letters: Vec<String> = sqlx::query_scalar(
        "select plain from outbox where event like 'training_shown:%' and recipient = 'person1@clay.example'",
    )
    .fetch_all(&*db)
    .await
    .unwrap();
    assert_eq!(letters.len(), 2, "{letters:?}");
    assert!(letters.iter().any(|plain| plain.contains("The Moss Room")));
}

#[tokio::test]
async fn who_looks_after_a_provider_takes_it_off_its_page_though_the_booking_is_erased_long_ago() {
    let theirs = Theirs::of_dele().await;
    let (db, site) = (&theirs.db, &theirs.site);
    let cohort = given(db, site).await;
    let id = cohort.shown_by(db, theirs.provider).await;
    let ama = signed_in(db, site, "Bola", coordinator_of(SOUTHWARK)).await;
    ama.post(&format!("/desk/training/shown/{id}"), "answer=yes").await;
    let later = now() + SignedDuration::from_hours(24 * 380);
    training::forget(&mut db.acquire().await.unwrap(), later).await.unwrap();
    let slug: String = sqlx::query_scalar("select slug from providers where id = $1")
        .bind(theirs.provider)
        .fetch_one(&**db)
        .await
        .unwrap();
    let public = format!("/providers/{slug}");
    assert!(site.get(&public).await.body.contains("Took part in"));
    let foreign = mine(db, RUTH, None).await;
    let act = format!("/providers/{}/training-removal", theirs.provider);
    let typed = format!("id={id}");
    let refused = site.post(&format!("{foreign}{act}"), &typed).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "only who looks after it");
    let page = site.get(&format!("{}/providers/{}", theirs.mine, theirs.provider)).await;
    assert!(page.body.contains(&format!("value=\"{id}\"")), "{}", page.body);
    let done = site.post(&format!("{}{act}", theirs.mine), &typed).await;
    assert!(done.header("location").ends_with("?said=training-off"), "{}", done.body);
    assert!(!site.get(&public).await.body.contains("Took part in"));
    assert_eq!(taken_off_by(db).await, ["the provider"]);
}

#[tokio::test]
async fn the_desk_takes_off_what_was_checked_and_writes_it_down() {
    let (db, site) = Site::of_sample().await;
    let cohort = given(&db, &site).await;
    let id = cohort.shown_by(&db, provider(&db, "hollow-lane-clay").await).await;
    let (path, public) = (format!("/desk/training/shown/{id}"), "/providers/hollow-lane-clay");
    let removal = format!("{path}/removal");
    let bola = signed_in(&db, &site, "Bola", coordinator_of(SOUTHWARK)).await;
    let early = bola.post(&removal, "").await;
    assert_eq!(early.status, StatusCode::NOT_FOUND, "nothing is shown so far");
    bola.post(&path, "answer=yes").await;
    let rita = signed_in(&db, &site, "Rita", reader_of(SOUTHWARK)).await;
    assert_eq!(rita.post(&removal, "").await.status, StatusCode::FORBIDDEN);
    let read = rita.get("/desk/training/shown").await.body;
    assert!(read.contains("Hollow Lane Clay") && !read.contains("Person Number 1"), "{read}");
    assert!(bola.get("/desk/training/shown").await.body.contains(&removal));
    assert!(site.get(public).await.body.contains("Took part in"));
    let done = bola.post(&removal, "").await;
    assert_eq!(done.header("location"), "/desk/training/shown?done=taken-off");
    assert!(!site.get(public).await.body.contains("Took part in"));
    assert_eq!(taken_off_by(&db).await, ["the Southwark coordinator"]);
    let told: i64 = sqlx::query_scalar(
        "select count(*) from outbox where event like 'training_taken_off:%' and recipient = 'person1@clay.example'",
    )
    .fetch_one(&*db)
    .await
    .unwrap();
    assert_eq!(told, 1);
}

const ENTRIES: &str = "/boroughs/southwark/link-workers";

/// A cohort whose first person is Ama, under the address of her entry as a link worker.
async fn with_ama(db: &PgPool, site: &Site) -> Cohort {
    let cohort = given(db, site).await;
    sqlx::query("update bookings set email = $2, name = $3 where id = $1")
        .bind(cohort.people[0].booking)
        .bind(AMA)
        .bind(NAME)
        .execute(db)
        .await
        .unwrap();
    cohort
}

/// Ama is listed, and has asked.
struct World {
    db: Database,
    site: Site,
    cohort: Cohort,
    /// The private page of her entry.
    home: String,
    /// Where it is answered.
    path: String,
}

impl World {
    async fn new() -> Self {
        let (db, site) = empty_site().await;
        let cohort = with_ama(&db, &site).await;
        let (id, home) = is_listed(&db, &site).await;
        let (_, path) = asks(&db, &site, &cohort, id).await;
        Self { db, site, cohort, home, path }
    }
}

/// She asks from her certificate; the address at the desk where that is answered.
async fn asks(db: &PgPool, site: &Site, cohort: &Cohort, id: Uuid) -> (Uuid, String) {
    let link = cohort.link(db, 0).await;
    let asked = site.post(&format!("{link}/showing"), &asking(id)).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let shown: Uuid = sqlx::query_scalar("select id from training_shown where link_worker = $1")
        .bind(id)
        .fetch_one(db)
        .await
        .unwrap();
    (shown, format!("/desk/training/shown/{shown}"))
}

fn asking(link_worker: Uuid) -> String {
    format!("show=yes&on=link-worker&id={link_worker}")
}

#[tokio::test]
async fn only_a_listed_link_worker_asks_and_only_for_their_own_entry() {
    let (db, site) = empty_site().await;
    let cohort = with_ama(&db, &site).await;
    let link = cohort.link(&db, 0).await;
    let (id, home) = joins(&db, &site).await;
    let page = site.get(&format!("{link}/certificate")).await.body;
    assert!(!page.contains(&id.to_string()), "not while the entry is not listed");
    let early = site.post(&format!("{link}/showing"), &asking(id)).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND);
    is_listed_from(&db, &site, id, &home).await;
    let page = site.get(&format!("{link}/certificate")).await.body;
    assert!(page.contains(&format!("value=\"{id}\"")) && page.contains(NAME), "{page}");
    let foreign = cohort.link(&db, 1).await;
    let refused = site.post(&format!("{foreign}/showing"), &asking(id)).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert_eq!(rows(&db).await, 0);
}

#[tokio::test]
async fn a_link_worker_shows_it_on_their_entry_once_a_coordinator_has_checked() {
    let World { db, site, home, path, .. } = World::new().await;
    assert!(!site.get(ENTRIES).await.body.contains("Took part in"), "nobody has checked it");
    assert!(site.get(&home).await.body.contains("a coordinator looks at it"));

    let cara = signed_in(&db, &site, "Cara", coordinator_of(CAMDEN)).await;
    assert_eq!(cara.post(&path, "answer=yes").await.status, StatusCode::NOT_FOUND);
    assert!(!cara.get("/desk").await.body.contains("Requests to show training"));
    let rita = signed_in(&db, &site, "Rita", reader_of(SOUTHWARK)).await;
    let read = rita.get("/desk/training/shown").await.body;
    assert!(read.contains("A link worker") && !read.contains(NAME), "{read}");
    let bola = signed_in(&db, &site, "Bola", coordinator_of(SOUTHWARK)).await;
    assert!(bola.get("/desk").await.body.contains("Requests to show training (1 waits)"));
    let asked = bola.get("/desk/training/shown").await.body;
    assert!(asked.contains(&path) && asked.contains(NAME), "{asked}");
    assert_eq!(bola.post(&path, "answer=yes").await.status, StatusCode::SEE_OTHER);

    let page = site.get(ENTRIES).await.body;
    assert!(page.contains("Took part in") && page.contains("Creativity together"), "{page}");
    let log = bola.get("/desk/log").await.body;
    assert!(log.contains("let a page show that its owner took part in"), "{log}");
    let named: i64 = sqlx::query_scalar("select count(*) from desk_acts d where d::text ~ $1")
        .bind(NAME)
        .fetch_one(&*db)
        .await
        .unwrap();
    assert_eq!(named, 0, "the log outlives an entry");
    let letters = told(&db).await;
    assert!(letters[0].contains("Your entry as a link worker now says"), "{letters:?}");
    assert!(letters[0].contains(&format!("{LINK}{WITHDRAWAL}")), "the way out: {letters:?}");
}

#[tokio::test]
async fn a_link_worker_takes_it_off_their_own_entry_and_off_no_other_page() {
    let (db, site) = Site::of_sample().await;
    let cohort = with_ama(&db, &site).await;
    let theirs = cohort.shown_by(&db, provider(&db, "hollow-lane-clay").await).await;
    let (id, home) = is_listed(&db, &site).await;
    let (shown, path) = asks(&db, &site, &cohort, id).await;
    let bola = signed_in(&db, &site, "Bola", coordinator_of(SOUTHWARK)).await;
    for path in [&path, &format!("/desk/training/shown/{theirs}")] {
        bola.post(path, "answer=yes").await;
    }
    let removal = format!("{home}/training-removal");
    assert_eq!(site.post(&removal, "id=nothing").await.status, StatusCode::NOT_FOUND);
    let foreign = site.post(&removal, &format!("id={theirs}")).await;
    assert_eq!(foreign.status, StatusCode::SEE_OTHER);
    assert!(site.get("/providers/hollow-lane-clay").await.body.contains("Took part in"));
    assert!(site.get(ENTRIES).await.body.contains("Took part in"));
    let off = site.post(&removal, &format!("id={shown}")).await;
    assert!(off.header("location").ends_with("?said=training"), "{}", off.body);
    assert!(!site.get(ENTRIES).await.body.contains("Took part in"));
    assert_eq!(taken_off_by(&db).await, ["the link worker"]);
}

#[tokio::test]
async fn a_link_worker_who_withdraws_leaves_nothing_of_what_they_showed_nor_letters_about_it() {
    let World { db, site, cohort, home, path } = World::new().await;
    let bola = signed_in(&db, &site, "Bola", coordinator_of(SOUTHWARK)).await;
    bola.post(&path, "answer=yes").await;
    assert_eq!((told(&db).await.len(), rows(&db).await), (1, 1));
    site.post(&format!("{home}/withdrawal"), "").await;
    assert_eq!(id_of(&db, AMA).await, None);
    assert_eq!((told(&db).await.len(), rows(&db).await), (0, 0));
    let shown = bola.get("/desk/training/shown").await.body;
    assert!(!shown.contains(&cohort.id.to_string()), "{shown}");
}

#[tokio::test]
async fn once_a_booking_is_forgotten_nothing_leads_to_it_from_the_entry_that_still_shows_it() {
    let World { db, site, path, .. } = World::new().await;
    let bola = signed_in(&db, &site, "Bola", coordinator_of(SOUTHWARK)).await;
    bola.post(&path, "answer=yes").await;
    let later = now() + SignedDuration::from_hours(24 * 380);
    training::forget(&mut db.acquire().await.unwrap(), later).await.unwrap();
    let booking: Option<Uuid> =
        sqlx::query_scalar("select booking_id from training_shown").fetch_one(&*db).await.unwrap();
    assert_eq!(booking, None);
    assert!(site.get(ENTRIES).await.body.contains("Took part in"));
    let done = bola.post(&format!("{path}/removal"), "").await;
    assert_eq!(done.header("location"), "/desk/training/shown?done=taken-off");
    assert!(!site.get(ENTRIES).await.body.contains("Took part in"));
    let letters = told(&db).await;
    assert!(letters[0].contains("no longer says that you took part"), "{letters:?}");
}

#[tokio::test]
async fn what_nobody_has_checked_before_a_booking_is_forgotten_is_asked_no_more() {
    let World { db, .. } = World::new().await;
    let later = now() + SignedDuration::from_hours(24 * 380);
    training::forget(&mut db.acquire().await.unwrap(), later).await.unwrap();
    assert_eq!(rows(&db).await, 0);
}

#[tokio::test]
async fn whoever_withdraws_while_a_coordinator_answers_gets_no_letter_afterwards() {
    let World { db, site, home, path, .. } = World::new().await;
    let bola = signed_in(&db, &site, "Bola", coordinator_of(SOUTHWARK)).await;
    let withdrawal = format!("{home}/withdrawal");
    let (answered, gone) = tokio::join!(bola.post(&path, "answer=yes"), site.post(&withdrawal, ""));
    assert!([StatusCode::SEE_OTHER, StatusCode::NOT_FOUND].contains(&answered.status));
    assert_eq!(gone.status, StatusCode::OK, "{}", gone.body);
    assert_eq!((told(&db).await.len(), rows(&db).await), (0, 0));
}

/// What was mailed to Ama about showing it.
async fn told(db: &PgPool) -> Vec<String> {
    sqlx::query_scalar(
        "select plain from outbox where event ~ '^training_(shown|not_shown|taken_off):' and recipient = $1
         order by put_at desc",
    )
    .bind(AMA)
    .fetch_all(db)
    .await
    .unwrap()
}

async fn rows(db: &PgPool) -> i64 {
    sqlx::query_scalar("select count(*) from training_shown").fetch_one(db).await.unwrap()
}

async fn taken_off_by(db: &PgPool) -> Vec<String> {
    sqlx::query_scalar("select by from desk_acts where act = 'training_taken_off'")
        .fetch_all(db)
        .await
        .unwrap()
}

async fn provider(db: &PgPool, slug: &str) -> Uuid {
    providers::found(db, &Slug::parse(slug).unwrap()).await.unwrap().unwrap().id
}
