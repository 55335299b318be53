//! `import offers`: what it keeps, what it refuses, and that it gives back what it took.
use std::{fs, path::PathBuf};

use fingerpost::{
    calendar::civil_now,
    imports::{ImportOptions, Outcome},
    offers::{
        csv::{self, COLUMNS, Row},
        store::{self, Key, References},
    },
    sample::{self, with_dates},
    text::Slug,
};
use sqlx::PgPool;
use tempfile::TempDir;

use super::now;
use crate::support;

/// One offer that states everything, by a provider and at a venue of the sample.
const FULL: &str = include_str!("full.csv");
const SAMPLE: &str = include_str!("../../../src/sample/offers.csv");

struct File {
    _folder: TempDir,
    path: PathBuf,
}

fn file(bytes: &[u8]) -> File {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("offers.csv");
    fs::write(&path, bytes).unwrap();
    File { _folder: folder, path }
}

async fn import(db: &PgPool, file: &File) -> Outcome {
    csv::import(db, &file.path, &ImportOptions::default(), now()).await.unwrap()
}

fn counts(outcome: &Outcome) -> (u64, u64, u64, usize) {
    (outcome.added, outcome.changed, outcome.unchanged, outcome.refused.len())
}

/// A file with that offer, some of its cells replaced.
fn with(changes: &[(&str, &str)]) -> File {
    let dated = with_dates(FULL, civil_now(now()).date()).unwrap();
    let mut reader = ::csv::Reader::from_reader(dated.as_slice());
    let headings = reader.headers().unwrap().clone();
    let first = reader.records().next().unwrap().unwrap();
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(&headings).unwrap();
    let cells = headings.iter().zip(&first).map(|(heading, cell)| {
        changes.iter().find(|(column, _)| *column == heading).map_or(cell, |(_, new)| *new)
    });
    writer.write_record(cells).unwrap();
    file(&writer.into_inner().unwrap())
}

/// The sample, and that offer as it stands in the file.
async fn with_full_offer(db: &PgPool) {
    sample::load(db, now()).await.unwrap().unwrap();
    assert_eq!(counts(&import(db, &with(&[])).await), (1, 0, 0, 0));
}

#[tokio::test]
async fn a_file_imported_twice_changes_nothing_the_second_time() {
    let db = support::database().await;
    sample::load(&db, now()).await.unwrap().unwrap();
    let all = file(&with_dates(SAMPLE, civil_now(now()).date()).unwrap());
    let revisions = async || -> Vec<i32> {
        let each = sqlx::query_scalar("select revision from offers order by id");
        each.fetch_all(&*db).await.unwrap()
    };
    let before = revisions().await;
    let again = import(&db, &all).await;
    assert_eq!(counts(&again), (0, 0, again.read, 0), "{again}");
    assert_eq!(revisions().await, before);
}

#[tokio::test]
async fn what_is_written_is_read_again_without_a_difference() {
    let db = support::database().await;
    sample::load(&db, now()).await.unwrap().unwrap();
    let mut one = db.acquire().await.unwrap();
    let known = References::all(&mut one).await.unwrap();
    let slugs: Vec<String> =
        sqlx::query_scalar("select slug from offers").fetch_all(&*db).await.unwrap();
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).unwrap();
    for slug in &slugs {
        let key = Key::Slug(Slug::parse(slug).unwrap());
        let kept = store::found(&*db, &key).await.unwrap().unwrap();
        let offer = kept.offer;
        let row = Row {
            slug: Some(offer.slug),
            origin: kept.origin,
            state: offer.state,
            content: offer.content,
            confirmed: offer.confirmed,
            confirm_every: offer.confirm_every,
            first_published: offer.first_published,
        };
        writer.write_record(csv::write(&row, &known)).unwrap();
    }
    let outcome = import(&db, &file(&writer.into_inner().unwrap())).await;
    assert_eq!(counts(&outcome), (0, 0, slugs.len() as u64, 0), "{outcome}");
}

#[tokio::test]
async fn tables_and_history_keep_the_same_content() {
    let db = support::database().await;
    sample::load(&db, now()).await.unwrap().unwrap();
    let mut one = db.acquire().await.unwrap();
    let slugs: Vec<String> =
        sqlx::query_scalar("select slug from published_offers").fetch_all(&*db).await.unwrap();
    assert!(!slugs.is_empty());
    for slug in slugs {
        let slug = Slug::parse(&slug).unwrap();
        let listed = store::published(&mut one, &slug).await.unwrap().unwrap();
        let kept = store::found(&*db, &Key::Slug(slug)).await.unwrap().unwrap();
        assert_eq!(listed.offer.content, kept.offer.content);
        assert_eq!(listed.offer.confirmed, kept.offer.confirmed);
    }
}

#[tokio::test]
async fn a_changed_row_makes_one_revision_and_a_state_takes_its_steps() {
    let db = support::database().await;
    with_full_offer(&db).await;
    let revision = async || -> i32 {
        let its = "select revision from offers where slug = 'clay-and-company-peckham'";
        sqlx::query_scalar(its).fetch_one(&*db).await.unwrap()
    };
    assert_eq!(counts(&import(&db, &with(&[("title", "Another title")])).await), (0, 1, 0, 0));
    assert_eq!(revision().await, 2);
    let archived = with(&[("state", "archived"), ("archived_because", "The hall closed.")]);
    assert_eq!(counts(&import(&db, &archived).await), (0, 1, 0, 0));
    assert_eq!(revision().await, 3);
    assert_eq!(counts(&import(&db, &with(&[])).await), (0, 1, 0, 0));
    assert_eq!(revision().await, 5, "it went back to the desk and out again");
    let backwards = import(&db, &with(&[("state", "draft")])).await;
    assert_eq!(backwards.refused[0].reason, "state: what is published cannot become draft again.");
}

#[tokio::test]
async fn a_row_is_known_by_its_key_elsewhere_even_under_another_name() {
    let db = support::database().await;
    with_full_offer(&db).await;
    let key = [("source", "an arts council"), ("foreign_id", "17")];
    assert_eq!(counts(&import(&db, &with(&key)).await), (0, 1, 0, 0), "adopted by its name");
    let renamed = with(&[key[0], key[1], ("slug", "clay-for-all")]);
    assert_eq!(counts(&import(&db, &renamed).await), (0, 1, 0, 0));
    assert_eq!(counts(&import(&db, &renamed).await), (0, 0, 1, 0));
    let unnamed = with(&[key[0], ("foreign_id", "18"), ("slug", ""), ("title", "Clay for all")]);
    assert_eq!(counts(&import(&db, &unnamed).await), (1, 0, 0, 0));
    let slugs: Vec<String> =
        sqlx::query_scalar("select slug from offers where slug like 'clay-for-all%' order by 1")
            .fetch_all(&*db)
            .await
            .unwrap();
    assert_eq!(slugs, ["clay-for-all", "clay-for-all-2"]);
}

#[tokio::test]
async fn an_offer_is_known_by_a_name_it_once_had_and_keeps_its_new_one() {
    let db = support::database().await;
    with_full_offer(&db).await;
    let kept = async |slug: &str| {
        store::found(&*db, &Key::Slug(Slug::parse(slug).unwrap())).await.unwrap()
    };
    let id = kept("clay-and-company-peckham").await.unwrap().offer.id;
    store::rename(&*db, id, &Slug::parse("clay-for-all").unwrap()).await.unwrap();
    assert_eq!(counts(&import(&db, &with(&[])).await), (0, 0, 1, 0), "by the name it had");
    assert_eq!(counts(&import(&db, &with(&[("slug", "")])).await), (0, 0, 1, 0), "by its title");
    let news = with(&[("summary", "Pots and tea."), ("source", "a council"), ("foreign_id", "7")]);
    assert_eq!(counts(&import(&db, &news).await), (0, 1, 0, 0), "and adopted by it");
    assert_eq!(kept("clay-for-all").await.unwrap().offer.id, id);
    assert!(kept("clay-and-company-peckham-2").await.is_none());

    let mut both = fs::read(&with(&[]).path).unwrap();
    let renamed = fs::read_to_string(&with(&[("slug", "clay-for-all")]).path).unwrap();
    both.extend(renamed.split_once('\n').unwrap().1.bytes());
    let outcome = import(&db, &file(&both)).await;
    assert_eq!(outcome.refused[0].reason, "slug: clay-for-all stands in the file already.");
}

#[tokio::test]
async fn a_name_that_another_offer_has_or_had_is_refused_rather_than_numbered() {
    let db = support::database().await;
    with_full_offer(&db).await;
    let key = |id| [("source", "a council"), ("foreign_id", id)];
    assert_eq!(counts(&import(&db, &with(&key("17"))).await), (0, 1, 0, 0));
    let refused = async |slug: &str| {
        let [source, id] = key("18");
        let outcome = import(&db, &with(&[source, id, ("slug", slug)])).await;
        assert_eq!(counts(&outcome), (0, 0, 0, 1));
        outcome.refused[0].reason.clone()
    };
    let old = "clay-and-company-peckham";
    assert_eq!(
        refused(old).await,
        format!("slug: {old} is the name of another offer. Give this one another name.")
    );
    let [source, id] = key("17");
    import(&db, &with(&[source, id, ("slug", "clay-for-all")])).await;
    assert_eq!(
        refused(old).await,
        format!(
            "slug: {old} was the name of another offer, and still leads to clay-for-all. Give this one another name."
        )
    );
}

#[tokio::test]
async fn each_bad_cell_is_named_with_its_column_and_what_to_do() {
    let db = support::database().await;
    sample::load(&db, now()).await.unwrap().unwrap();
    for (column, cell, reason) in [
        ("title", "", "title: Write something here."),
        ("slug", "Clay!", "slug: A name in an address has small letters, digits and hyphens only."),
        ("provider", "nobody", "provider: There is no provider “nobody”. Import it first."),
        ("venue", "nowhere", "venue: There is no venue “nowhere”. Import it first."),
        ("activities", "juggling", "activities: “juggling” is not one of making,"),
        ("needs", "", "needs: Name at least one need it may help with."),
        ("kind", "magic", "kind: Write creative or therapy."),
        ("audiences", "women: maybe", "audiences: “maybe” is not one of for, welcome, only."),
        ("ages", "old", "ages: Write ages like 18-, -25, 16-25 or all."),
        ("ages", "60-18", "ages: Write ages like 18-, -25, 16-25 or all."),
        ("who_may_come", "patients: X1", "who_may_come: “X1” is not a network's code like U00070."),
        ("outreach", "atlantis", "outreach: “atlantis” is not a borough, such as tower-hamlets."),
        ("schedules", "sometimes", "schedules: "),
        ("pause", "August", "pause: Write 2026-08-01 to 2026-08-31, or from 2026-08-01."),
        ("ends_on", "1/12/2026", "ends_on: “1/12/2026” is not a date like 2026-12-25."),
        ("notices", "closed", "notices: Write until 2026-12-27: and then the notice."),
        ("access_no", "step-free", "access_no: A feature is there or is not"),
        ("access_notes", "step-free", "access_notes: Write step-free: and then a few words."),
        ("interpreter", "maybe", "interpreter: “maybe” is neither yes nor no."),
        ("languages", "xx", "languages: “xx” is not a language code we know."),
        ("cost", "", "cost: “” is not one of free,"),
        ("cost", "free", "prices: What is free has no price."),
        ("prices", "three pounds", "prices: Write £3 a session: Full price"),
        ("prices", "", "prices: Give at least one price."),
        ("residents_link", "javascript:x()", "residents_link: Give a whole web address"),
        ("places", "", "places: Say how many places with the date when that was said."),
        ("reply_days", "soon", "reply_days: Write a whole number from 0 to 60."),
        ("contacts", "", "contacts: Give one way to make contact."),
        (
            "contacts",
            "name: Dele",
            "contacts: Give a telephone number, an email address or a web address.",
        ),
        ("contacts", "fax: 1", "contacts: “fax” is not one of name, role, phone, email, web, for."),
        ("confirmed_by", "", "confirmed_at: Say when, by whom and how, or nothing of it."),
        ("confirm_every", "13", "confirm_every: Write a whole number from 1 to 12."),
        ("state", "gone", "state: Write draft, submitted, published, paused or archived."),
        ("state", "archived", "archived_because: Give a reason"),
        ("source", "elsewhere", "source: Give source and foreign_id together, or neither."),
        ("testimonial", "", "testimonial: Give the words and by whom, or neither."),
    ] {
        let outcome = import(&db, &with(&[(column, cell)])).await;
        assert_eq!(outcome.refused.len(), 1, "{column} {cell}: {outcome}");
        let refused = &outcome.refused[0];
        assert_eq!(refused.line, 2);
        assert!(refused.reason.contains(reason), "{column} {cell}: {}", refused.reason);
    }
    let both = import(&db, &with(&[("ages", "old"), ("cost", "dear")])).await;
    assert!(both.refused[0].reason.contains("ages: ") && both.refused[0].reason.contains("cost: "));
}

#[tokio::test]
async fn an_unknown_column_is_refused_by_name() {
    let db = support::database().await;
    let (head, rest) = FULL.split_once('\n').unwrap();
    let odd = file(format!("{head},colour\n{rest}").as_bytes());
    let refused = csv::import(&db, &odd.path, &ImportOptions::default(), now()).await;
    let said = refused.err().unwrap().to_string();
    assert_eq!(said, "offers.csv has a column that is not known: colour.");
}
