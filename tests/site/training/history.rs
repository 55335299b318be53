//! The history of the training: recorded at the desk, read from a file, told on a page.
use std::fs;

use axum::http::StatusCode;
use fingerpost::{
    accounts::Rights,
    imports::ImportOptions,
    places::Gss,
    training::{
        csv,
        past::{Past, PastId},
        store::past,
    },
};
use sqlx::PgPool;
use uuid::Uuid;

use crate::{
    describe::empty_site,
    desk::{CAMDEN, SOUTHWARK, coordinator_of, signed_in},
    support::{encoded, now},
};

/// One that is recorded in a borough.
pub async fn past_in(db: &PgPool, borough: &str) -> PastId {
    let cell = |name: &str| match name {
        "title" => "Spring cohort",
        "year" => "2024",
        "artists" => "9",
        "source" => "A report",
        _ => "",
    };
    let today = jiff::civil::date(2026, 11, 21);
    let past = Past::read(cell, vec![Gss::parse(borough).unwrap()], today).unwrap();
    let id = Uuid::now_v7();
    past::add(&mut db.acquire().await.unwrap(), id, &past, now()).await.unwrap();
    id
}

fn typed(fields: &[(&str, &str)]) -> String {
    let pair = |(name, value): &(&str, &str)| format!("{name}={}", encoded(value));
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

#[tokio::test]
async fn what_a_coordinator_records_stands_in_the_history_with_its_source() {
    let (db, site) = empty_site().await;
    assert!(site.get("/training/history").await.body.contains("No cohort has been held yet"));
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let form = typed(&[
        ("title", "Spring cohort"),
        ("year", "2024"),
        ("held_on", "27/3/2024"),
        ("boroughs", "southwark"),
        ("artists", "9"),
        ("health", "4"),
        ("source", "Report of the programme"),
    ]);
    let reply = ama.post("/desk/training/past/entry", &form).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    let page = site.get("/training/history").await.body;
    for piece in
        ["Spring cohort", "People: 13", "Report of the programme", "<td class=\"number\">1</td>"]
    {
        assert!(page.contains(piece), "{piece}");
    }
    let file = site.get("/training/history.csv").await.body;
    assert!(file.contains("Spring cohort,2024,2024-03-27,southwark,9,,4,,,Report"), "{file}");
    let log: Vec<String> =
        sqlx::query_scalar("select act from desk_acts where subject is not null")
            .fetch_all(&*db)
            .await
            .unwrap();
    assert!(log.contains(&"past_cohort_recorded".to_owned()), "{log:?}");
}

#[tokio::test]
async fn a_mistake_stands_beside_its_field_and_nothing_typed_is_lost() {
    let (db, site) = empty_site().await;
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let form = typed(&[("title", "Spring <cohort>"), ("year", "99"), ("artists", "lots")]);
    let reply = ama.post("/desk/training/past/entry", &form).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    for piece in [
        "id=\"year-wrong\"",
        "id=\"artists-wrong\"",
        "id=\"boroughs-wrong\"",
        "id=\"source-wrong\"",
        "value=\"lots\"",
        "Spring &#60;cohort&#62;",
    ] {
        assert!(reply.body.contains(piece), "{piece}");
    }
}

#[tokio::test]
async fn a_past_cohort_is_changed_on_the_revision_that_was_looked_at_and_only_by_its_boroughs() {
    let (db, site) = empty_site().await;
    let id = past_in(&db, SOUTHWARK).await;
    let path = format!("/desk/training/past/{id}");
    let ama = signed_in(&db, &site, "Ama", coordinator_of(SOUTHWARK)).await;
    let form = |revision, title| {
        typed(&[
            ("revision", revision),
            ("title", title),
            ("year", "2024"),
            ("boroughs", "southwark"),
            ("source", "A report"),
        ])
    };
    assert_eq!(ama.post(&path, &form("1", "Summer")).await.status, StatusCode::SEE_OTHER);
    let late = ama.post(&path, &form("1", "Autumn")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(
        late.body.contains("value=\"Autumn\"") && late.body.contains("Nothing you typed is lost")
    );
    let cara = signed_in(&db, &site, "Cara", coordinator_of(CAMDEN)).await;
    assert_eq!(cara.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(!cara.get("/desk/training/past").await.body.contains("Summer"));
    let gift =
        typed(&[("title", "A"), ("year", "2024"), ("boroughs", "southwark"), ("source", "B")]);
    assert_eq!(cara.post("/desk/training/past/entry", &gift).await.status, StatusCode::FORBIDDEN);
    let removal = format!("{path}/removal");
    assert_eq!(ama.post(&removal, "revision=1").await.status, StatusCode::CONFLICT);
    assert_eq!(ama.post(&removal, "revision=2").await.status, StatusCode::SEE_OTHER);
    assert_eq!(ama.get(&path).await.status, StatusCode::NOT_FOUND);
    let all =
        signed_in(&db, &site, "Ada", Rights { administrator: true, ..Rights::default() }).await;
    assert!(all.get("/desk/log").await.body.contains("took away a past cohort"));
}

#[tokio::test]
async fn a_file_of_past_cohorts_read_twice_changes_nothing_and_a_wrong_row_keeps_it_out() {
    let (db, site) = empty_site().await;
    let heads = csv::COLUMNS.join(",");
    let row = "Spring,2024,,southwark; E09000007,3,,,,,A report";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("past.csv");
    let read = async |rows: &str| {
        fs::write(&file, format!("{heads}\n{rows}\n")).unwrap();
        csv::import(&db, &file, &ImportOptions::default(), now()).await.unwrap()
    };
    assert_eq!(read(row).await.added, 1);
    let again = read(row).await;
    assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 1));
    let more = row.replace(",3,", ",4,");
    let refused = read(&format!("{more}\nSummer,2024,,atlantis,,,,,,A")).await;
    assert!(refused.refused[0].reason.contains("atlantis"), "{:?}", refused.refused);
    assert_eq!(read(&more).await.changed, 1);
    let page = site.get("/training/history").await.body;
    assert!(page.contains("People: 4") && page.contains("/boroughs/camden"));
}

#[tokio::test]
async fn a_boroughs_page_counts_what_was_held_there_before_this_directory() {
    let (db, site) = empty_site().await;
    past_in(&db, SOUTHWARK).await;
    let said = "One cohort was <a href=\"/training/history\">held here so far</a>";
    assert!(site.get("/boroughs/southwark").await.body.contains(said));
    assert!(!site.get("/boroughs/camden").await.body.contains("held here so far"));
}
