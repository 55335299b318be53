//! A file of people to be asked: it proposes, and no more.
use std::fs;

use fingerpost::{
    imports::{ImportOptions, Kept, Outcome},
    link_workers::csv,
};

use super::*;
use crate::describe::empty_site;

const HEAD: &str = "letters_to,name,role,employer_kind,employer,borough,language,phone,phone_for";
const ROW: &str = "Ama.Threlkeld@lanternhouse.example,Ama Threlkeld,link-worker,voluntary,Lantern House,southwark;E09000023,so;en,020 7946 0199,everyone";

async fn import(db: &PgPool, rows: &[&str], options: &ImportOptions) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.csv");
    fs::write(&file, format!("{HEAD}\n{}\n", rows.join("\n"))).unwrap();
    csv::import(db, &file, options, now()).await.unwrap()
}

async fn plainly(db: &PgPool, rows: &[&str]) -> Outcome {
    import(db, rows, &ImportOptions::default()).await
}

#[tokio::test]
async fn an_import_asks_everybody_once_and_lists_nobody() {
    let (db, site) = empty_site().await;
    let dry = ImportOptions { dry_run: true, ..ImportOptions::default() };
    let tried = import(&db, &[ROW], &dry).await;
    assert_eq!((tried.added, tried.kept), (1, Kept::DryRun));
    assert_eq!((id_of(&db, AMA).await, letters(&db, "proposed").await), (None, 0));
    for expected in [(1, 0), (0, 1)] {
        let outcome = plainly(&db, &[ROW]).await;
        assert_eq!((outcome.added, outcome.unchanged), expected, "{outcome}");
        assert_eq!(letters(&db, "proposed").await, 1, "nobody is written to twice");
    }
    assert!(!site.get("/boroughs/lewisham/link-workers").await.body.contains(NAME));
    let id = id_of(&db, AMA).await.unwrap();
    let home = link_at(&db, id, AMA, now()).await;
    assert!(site.get(&home).await.body.contains("The Fingerpost team suggests this"));
    agrees(&site, &home).await;
    is_checked(&db, &site, id).await;
    assert!(site.get("/boroughs/lewisham/link-workers").await.body.contains("Somali and English"));
    let again = plainly(&db, &[&ROW.replace("Lantern House", "Another House")]).await;
    assert_eq!((again.added, again.unchanged), (0, 1), "what they agreed to is theirs");
    assert!(!site.get("/boroughs/southwark/link-workers").await.body.contains("Another House"));
}

#[tokio::test]
async fn who_withdrew_is_not_proposed_again_but_may_join_by_themselves() {
    let (db, site) = empty_site().await;
    plainly(&db, &[ROW]).await;
    let home = link_at(&db, id_of(&db, AMA).await.unwrap(), AMA, now()).await;
    site.post(&format!("{home}/withdrawal"), "").await;
    let outcome = plainly(&db, &[ROW]).await;
    assert_eq!((outcome.added, outcome.unchanged, outcome.passed_over.len()), (0, 0, 1));
    assert_eq!((id_of(&db, AMA).await, letters(&db, "proposed").await), (None, 0));
    let cem = signed_in(&db, &site, "Cem", coordinator_of(SOUTHWARK)).await;
    let typed = form(&[&[("letters_to", AMA)], &WRITTEN[..]].concat());
    let refused = cem.post("/desk/link-workers/proposal", &typed).await;
    assert!(refused.body.contains("They can still join by themselves"), "{}", refused.body);
    is_listed(&db, &site).await;
    assert!(site.get("/boroughs/southwark/link-workers").await.body.contains(NAME));
    let marks: i64 = sqlx::query_scalar("select count(*) from link_worker_refusals")
        .fetch_one(&*db)
        .await
        .unwrap();
    assert_eq!(marks, 0, "that they once did not want to is forgotten");
}

#[tokio::test]
async fn a_row_that_breaks_a_rule_is_refused_with_its_column_and_keeps_out_the_file() {
    let (db, _) = empty_site().await;
    let wrong = ROW.replace("link-worker,", "wizard,").replace("southwark;", "atlantis;");
    let other = ROW.replace("Ama.Threlkeld@", "no address ");
    let outcome = plainly(&db, &[ROW, &wrong, &other, ROW]).await;
    assert_eq!(outcome.kept, Kept::Refused);
    let reasons: Vec<&str> = outcome.refused.iter().map(|one| one.reason.as_str()).collect();
    assert!(reasons[0].contains("role: ") && reasons[0].contains("borough: "), "{reasons:?}");
    assert!(reasons[1].starts_with("letters_to: "), "{reasons:?}");
    assert!(reasons[2].contains("stands in the file already"), "{reasons:?}");
    assert_eq!(id_of(&db, AMA).await, None);
}
