//! Where pictures are kept, for how long, and that an import keeps them.
use std::fs;

use fingerpost::{
    housekeeping,
    imports::ImportOptions,
    offers::{self, store::Key},
    pictures::Pictures,
    routes,
    text::Slug,
};
use jiff::SignedDuration;

use super::*;
use crate::support::{Database, database, folder, now};

/// A site that keeps its pictures in a folder.
async fn in_folder(pictures: &Pictures) -> (Database, Site) {
    let db = database().await;
    let app = Site::app(&db).await.with(|app| app.pictures = pictures.clone());
    app.load(now()).await.unwrap();
    (db, Site::of(routes::site(app)))
}

#[tokio::test]
async fn pictures_in_a_folder_are_files_that_are_shown_alike_and_go_when_nothing_names_them() {
    let folder = folder();
    let pictures = Pictures::in_folder(&folder.path().join("pictures")).unwrap();
    let (db, site) = in_folder(&pictures).await;
    let (home, id) = with_picture(&db, &site).await;
    let path = |name: String| folder.path().join("pictures").join(name);
    let small = path(format!("{id}-small.webp"));
    let (_, shown) = bytes(&site, &format!("{home}/pictures/{id}/small.webp")).await;
    assert_eq!(fs::read(&small).unwrap(), shown);
    assert_eq!(fs::read_dir(small.parent().unwrap()).unwrap().count(), 3, "nothing unfinished");
    let rows: i64 =
        sqlx::query_scalar("select count(*) from picture_files").fetch_one(&*db).await.unwrap();
    assert_eq!(rows, 0);

    // Of a picture that came to nothing, and of somebody else.
    let (lost, other) =
        (path(format!("{}-large.part", uuid::Uuid::nil())), path("note.txt".into()));
    fs::write(&lost, "").unwrap();
    fs::write(&other, "").unwrap();
    let forget = async |hours| {
        let when = now() + SignedDuration::from_hours(hours);
        housekeeping::forget(&db, &pictures, when).await.unwrap();
    };
    forget(25).await;
    assert!(small.exists() && other.exists() && !lost.exists());
    post(&site, &format!("{home}/pictures"), &[Typed("less", &id)]).await;
    forget(23).await;
    assert!(small.exists(), "somebody may still be at it");
    forget(25).await;
    assert!(!small.exists() && other.exists());
}

#[tokio::test]
async fn pictures_in_postgres_go_when_nothing_names_them_and_stay_for_every_revision_that_does() {
    let (db, site) = empty_site().await;
    let (home, _) = with_picture(&db, &site).await;
    let count = async || -> i64 {
        sqlx::query_scalar("select count(*) from picture_files").fetch_one(&*db).await.unwrap()
    };
    let forget = async || {
        let when = now() + SignedDuration::from_hours(25);
        housekeeping::forget(&db, &Pictures::in_postgres(), when).await.unwrap();
    };
    forget().await;
    assert_eq!(count().await, 3, "a draft names it");
    send(&db, &site, &home).await;
    sqlx::raw_sql("delete from submissions; delete from offer_images").execute(&*db).await.unwrap();
    forget().await;
    assert_eq!(count().await, 3, "history names it");
    sqlx::raw_sql("delete from offers").execute(&*db).await.unwrap();
    forget().await;
    assert_eq!(count().await, 0);
}

#[tokio::test]
async fn an_import_keeps_the_pictures_of_an_offer_it_changes() {
    let (db, site) = empty_site().await;
    let (home, id) = with_picture(&db, &site).await;
    let slug = publish(&db, &site, &home).await;
    let folder = folder();
    let path = folder.path().join("offers.csv");
    offers::csv::export(&db, Some(&path)).await.unwrap();
    let import = async |text: &str| {
        fs::write(&path, text).unwrap();
        offers::csv::import(&db, &path, &ImportOptions::default(), now()).await.unwrap()
    };
    let before = fs::read_to_string(&path).unwrap();
    let same = import(&before).await;
    assert_eq!((same.changed, same.unchanged), (0, 1), "{same}");
    let changed = import(&before.replace("The kettle is on.", "The kettle is off.")).await;
    assert_eq!(changed.changed, 1, "{changed}");
    let page = site.get(&format!("/offers/{slug}")).await;
    assert!(page.body.contains("The kettle is off.") && page.body.contains(&id));
    let mut tx = db.begin().await.unwrap();
    let key = Key::Slug(Slug::parse(&slug).unwrap());
    let kept = offers::store::found(&mut *tx, &key).await.unwrap().unwrap();
    assert_eq!(kept.offer.content.images.len(), 1);
}
