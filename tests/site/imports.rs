//! Imports of small files, good and bad.
use std::{fs, io::Write, path::Path};

use fingerpost::{
    imports::{ImportOptions, Kept, Outcome},
    places::{Gss, Postcode, postcodes, practices, store},
    venues,
};
use jiff::civil::date;
use sqlx::PgPool;
use tempfile::TempDir;

use crate::support;

/// Keeps what it reads.
fn plainly() -> ImportOptions {
    ImportOptions::default()
}

/// Rows added, changed, unchanged and removed.
fn counts(outcome: &Outcome) -> [u64; 4] {
    [outcome.added, outcome.changed, outcome.unchanged, outcome.removed]
}

fn code_point(postcode: &str, east: u32) -> String {
    format!(
        "\"{postcode}\",10,{east},176760,\"E92000001\",\"E19000003\",\"E18000007\",\"\",\"E09000028\",\"E05011097\"\n"
    )
}

/// A folder like Code-Point Open's with these rows as its SE area.
fn folder_of(rows: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("Data/CSV")).unwrap();
    fs::write(folder.path().join("Data/CSV/se.csv"), rows).unwrap();
    folder
}

async fn postcodes(db: &PgPool, rows: &str, options: &ImportOptions) -> Outcome {
    postcodes::import::run(db, folder_of(rows).path(), options).await.unwrap()
}

async fn known_postcodes(db: &PgPool) -> usize {
    store::load(db).await.unwrap().postcodes()
}

#[tokio::test]
async fn postcodes_are_added_changed_left_alone_and_removed() {
    let db = support::database().await;
    let first = [code_point("SE15 4QL", 534_312), code_point("SE15 4QM", 534_400)].concat();
    assert_eq!(counts(&postcodes(&db, &first, &plainly()).await), [2, 0, 0, 0]);
    assert_eq!(counts(&postcodes(&db, &first, &plainly()).await), [0, 0, 2, 0]);
    let second = [code_point("SE15 4QL", 534_500), code_point("SE15 4QN", 534_400)].concat();
    assert_eq!(counts(&postcodes(&db, &second, &plainly()).await), [1, 1, 0, 1]);
    let elsewhere = code_point("E8 4RP", 534_500);
    assert_eq!(counts(&postcodes(&db, &elsewhere, &plainly()).await), [1, 0, 0, 0]);

    let places = store::load(&db).await.unwrap();
    assert_eq!(places.postcodes(), 3);
    assert!(places.find("se15 4qn").unwrap().precise);
    assert!(!places.find("SE15 4QM").unwrap().precise);
    let postcode = Postcode::parse("E8 4RP").unwrap();
    assert_eq!(places.borough_of(&postcode), Gss::parse("E09000028"), "as the file says");
}

#[tokio::test]
async fn a_dry_run_counts_everything_and_keeps_nothing() {
    let db = support::database().await;
    let options = ImportOptions { dry_run: true, ..plainly() };
    let outcome = postcodes(&db, &code_point("SE15 4QL", 534_312), &options).await;
    assert_eq!((counts(&outcome), outcome.kept), ([1, 0, 0, 0], Kept::DryRun));
    assert_eq!(known_postcodes(&db).await, 0);
}

#[tokio::test]
async fn one_refused_row_keeps_out_the_file_unless_told_to_go_on() {
    let db = support::database().await;
    postcodes(&db, &code_point("SE15 4QA", 534_312), &plainly()).await;
    let rows = [code_point("SE15 4QL", 534_312), code_point("Nowhere", 534_400)].concat();

    let outcome = postcodes(&db, &rows, &plainly()).await;
    assert_eq!((outcome.refused.len(), outcome.kept), (1, Kept::Refused));
    assert_eq!(known_postcodes(&db).await, 1);

    let options = ImportOptions { skip_refused: true, ..plainly() };
    let outcome = postcodes(&db, &rows, &options).await;
    assert_eq!((counts(&outcome), outcome.kept), ([1, 0, 0, 0], Kept::Everything));
    assert_eq!(known_postcodes(&db).await, 2, "nothing is removed while rows are refused");
}

#[tokio::test]
async fn the_report_names_every_refused_row_with_file_line_and_reason() {
    let db = support::database().await;
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("refused.csv");
    let options = ImportOptions { report: Some(report.clone()), ..plainly() };
    let rows = [code_point("SE15 4QL", 534_312), "\"SE15\n".to_owned()].concat();
    postcodes(&db, &rows, &options).await;
    assert_eq!(
        fs::read_to_string(report).unwrap(),
        "file,line,reason,row\nse.csv,2,The row has 1 columns. It should have 10.,SE15\n"
    );
}

#[tokio::test]
async fn the_zip_file_as_published_gives_the_same_as_its_folder() {
    let db = support::database().await;
    let folder = folder_of(&code_point("SE15 4QL", 534_312));
    let path = folder.path().join("codepo_gb.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    for (name, text) in [
        ("Data/CSV/se.csv", code_point("SE15 4QL", 534_312)),
        ("Doc/Code-Point_Open_Column_Headers.csv", "PC,PQ\n".to_owned()),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    postcodes::import::run(&db, folder.path(), &plainly()).await.unwrap();
    let outcome = postcodes::import::run(&db, &path, &plainly()).await.unwrap();
    assert_eq!(counts(&outcome), [0, 0, 1, 0]);
}

#[tokio::test]
async fn what_is_no_postcode_file_is_told_so() {
    let db = support::database().await;
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.zip");
    fs::write(&broken, "no zip").unwrap();
    for (path, said) in [
        (folder.path(), "is neither a folder"),
        (broken.as_path(), "is not a zip file"),
        (Path::new("/nowhere"), "is neither a folder"),
    ] {
        let problem = postcodes::import::run(&db, path, &plainly()).await.unwrap_err();
        assert!(format!("{problem:#}").contains(said), "{problem:#}");
    }
}

/// A row of the list of practices.
fn listed(code: &str, postcode: &str, closed: &str, status: &str) -> String {
    let mut cells = [""; 27];
    cells[0] = code;
    cells[1] = "THE SURGERY";
    cells[4] = "1 RYE LANE";
    cells[6] = "LONDON";
    cells[9] = postcode;
    cells[10] = "19740401";
    cells[11] = closed;
    cells[12] = status;
    cells[25] = "4";
    format!("\"{}\"\n", cells.join("\",\""))
}

/// A row of the map of practices to networks.
fn mapped(code: &str, postcode: &str, network: &str, board: &str, on: &str) -> String {
    format!("{on},{code},{postcode},{network},PECKHAM PCN,{board},NHS BOARD\n")
}

async fn practices(db: &PgPool, list: &[String], map: &[String]) -> Outcome {
    practices_with(db, list, map, &plainly()).await
}

async fn practices_with(
    db: &PgPool,
    list: &[String],
    map: &[String],
    options: &ImportOptions,
) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let (epraccur, members) = (folder.path().join("epraccur.csv"), folder.path().join("map.csv"));
    let head = "EXTRACT_DATE,PRACTICE_CODE,PRACTICE_POSTCODE,PCN_CODE,PCN_NAME,ICB_CODE,ICB_NAME\n";
    fs::write(&epraccur, list.concat()).unwrap();
    fs::write(&members, format!("{head}{}", map.concat())).unwrap();
    let today = date(2026, 8, 6);
    practices::import::run(db, &epraccur, &members, options, today).await.unwrap()
}

#[tokio::test]
async fn a_practice_is_kept_with_its_network_and_closes_when_the_list_says_so() {
    let db = support::database().await;
    let map = |on| {
        [
            mapped("A00001", "SE15 4QL", "U12345", "QKK", on),
            mapped("A00002", "E8 4RP", "U12345", "QKK", on),
            mapped("A00003", "EC1A 1BB", "None", "QMF", on),
            mapped("A00004", "M1 1AA", "U54321", "QOP", on),
        ]
    };
    let open = [
        listed("A00001", "SE15 4QL", "", "A"),
        listed("A00002", "E8 4RP", "", "A"),
        listed("A00003", "EC1A 1BB", "", "A"),
        listed("A00004", "M1 1AA", "", "A"),
        listed("A00005", "SE15 4QL", "20200101", "C"),
    ];
    let outcome = practices(&db, &open, &map("01Jan2026")).await;
    assert_eq!(counts(&outcome), [3, 0, 0, 0]);
    assert_eq!(outcome.passed_over[&"outside our boroughs"], 1);
    assert!(outcome.notes.iter().any(|note| note.starts_with("3 practices are placed by")));
    let boroughs = practices::store::boroughs_of_network(&*db, "U12345").await.unwrap();
    assert_eq!(boroughs, [Gss::parse("E09000012").unwrap(), Gss::parse("E09000028").unwrap()]);
    let kept = practices::store::practices(&*db).await.unwrap();
    assert_eq!(
        (kept[0].address.as_str(), kept[2].network.as_deref()),
        ("1 RYE LANE, LONDON", None)
    );

    assert_eq!(counts(&practices(&db, &open, &map("01Jan2026")).await), [0, 0, 3, 0]);

    let later =
        [listed("A00001", "SE15 4QL", "20260331", "C"), listed("A00003", "E8 4RP", "", "A")];
    let outcome = practices(&db, &later, &map("01Apr2026")[2..]).await;
    assert_eq!((counts(&outcome), outcome.closed), ([0, 0, 1, 0], 2));
    let kept = practices::store::practices(&*db).await.unwrap();
    let closed: Vec<_> = kept.iter().map(|practice| practice.closed_on).collect();
    assert_eq!(closed, [Some(date(2026, 3, 31)), Some(date(2026, 8, 6)), None]);
    assert!(practices::store::boroughs_of_network(&*db, "U12345").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_practice_whose_row_is_refused_stays_as_it_was() {
    let db = support::database().await;
    let codes = ["A00001", "A00002", "A00003"];
    let list = codes.map(|code| listed(code, "SE15 4QL", "", "A"));
    let map = codes.map(|code| mapped(code, "SE15 4QL", "U12345", "QKK", "01Jan2026"));
    practices(&db, &list, &map).await;

    let [first, second, _] = list;
    let list = [first, second.replace("19740401", "long ago"), listed("A00003", "", "", "C")];
    let map = ["A00002", "A00003"].map(|c| mapped(c, "SE15 4QL", "U12345", "QKK", "01Feb2026"));
    let map = [mapped("A00001", "SE15 4QL", "U12345", "QKK", "soon"), map.concat()];
    let options = ImportOptions { skip_refused: true, ..plainly() };
    let outcome = practices_with(&db, &list, &map, &options).await;
    assert_eq!((outcome.refused.len(), outcome.kept), (2, Kept::Everything));
    let kept = practices::store::practices(&*db).await.unwrap();
    let kept = kept.iter().map(|one| (one.closed_on.is_some(), one.network.as_deref()));
    let network = Some("U12345");
    assert_eq!(
        kept.collect::<Vec<_>>(),
        [(false, network), (false, network), (true, network)],
        "closed is only the one the list says"
    );
}

#[tokio::test]
async fn a_networks_board_is_kept_with_its_date_each_time_it_changes() {
    let db = support::database().await;
    let list = [listed("A00001", "SE15 4QL", "", "A")];
    for (board, on) in [("QKK", "01Jan2026"), ("QKK", "01Feb2026"), ("QZZ", "01Apr2026")] {
        practices(&db, &list, &[mapped("A00001", "SE15 4QL", "U12345", board, on)]).await;
    }
    let boards: Vec<(String, String)> =
        sqlx::query_as("select board, as_of::text from network_boards order by as_of")
            .fetch_all(&*db)
            .await
            .unwrap();
    let kept = |board: &str, on: &str| (board.to_owned(), on.to_owned());
    assert_eq!(boards, [kept("QKK", "2026-01-01"), kept("QZZ", "2026-04-01")]);
}

#[tokio::test]
async fn rows_of_the_lists_that_cannot_be_right_are_refused() {
    let db = support::database().await;
    let list = [
        listed("A1", "SE15 4QL", "", "A"),
        listed("A00001", "SE15 4QL", "31/03/2026", "C"),
        listed("A00002", "SE15 4QL", "", "X"),
    ];
    let outcome = practices(&db, &list, &[mapped("A00001", "SE15", "U12345", "QKK", "soon")]).await;
    let reasons: Vec<&str> = outcome.refused.iter().map(|one| one.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "\u{201c}soon\u{201d} is not a date such as 01Jan2026.",
            "\u{201c}A1\u{201d} is not the code of a practice, such as E83003.",
            "\u{201c}31/03/2026\u{201d} is not a day such as 20260131.",
            "\u{201c}X\u{201d} is not a status: A, C, D or P.",
        ]
    );
    assert_eq!(outcome.kept, Kept::Refused);
}

async fn venues(db: &PgPool, rows: &str) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("venues.csv");
    fs::write(&file, format!("kind,name,address,lat,lon,borough_gss,website\n{rows}")).unwrap();
    venues::import::run(db, &file, &plainly()).await.unwrap()
}

#[tokio::test]
async fn venues_are_told_apart_by_name_and_borough_and_keep_their_address_here() {
    let db = support::database().await;
    let hall = "theatre,Blackheath Halls,23 Lee Road SE3 9RQ,51.466,0.009,E09000011,";
    let rows = format!(
        "{hall}NA\n{hall}www.blackheathhalls.com\nlibrary,Hale End,Road,51.6,0,E09000031,\n"
    );
    assert_eq!(counts(&venues(&db, &rows).await), [3, 0, 0, 0]);
    assert_eq!(counts(&venues(&db, &rows).await), [0, 0, 3, 0]);
    let moved = rows.replace("51.466", "51.467");
    assert_eq!(counts(&venues(&db, &moved).await), [0, 2, 1, 0]);

    let venue = venues::store::find(&*db, "blackheath-halls-greenwich").await.unwrap().unwrap();
    assert_eq!((venue.point.lat, venue.address.as_str()), (51.467, "23 Lee Road"));
    assert_eq!(venue.postcode, Postcode::parse("SE3 9RQ"));
    let second = venues::store::find(&*db, "blackheath-halls-greenwich-2").await.unwrap();
    assert!(second.is_some_and(|second| second.id != venue.id));
    assert_eq!(venues::store::find(&*db, "nowhere").await.unwrap(), None);
}

#[tokio::test]
async fn a_venue_that_breaks_a_rule_is_refused_in_words() {
    let db = support::database().await;
    let rows = "pub,The Anchor,Road,51.5,0,E09000028,\nlibrary,,Road,51.5,0,E09000028,\n\
                library,Peckham,Road,north,0,E09000028,\nlibrary,Peckham,,51.5,0,E09000028,\n";
    let outcome = venues(&db, rows).await;
    let lines: Vec<u64> = outcome.refused.iter().map(|one| one.line).collect();
    assert_eq!((lines, outcome.kept), (vec![2, 3, 4, 5], Kept::Refused));
    assert_eq!(outcome.refused[1].reason, "Name: Write something here.");
}
