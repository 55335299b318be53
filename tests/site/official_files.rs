//! Imports of the real files, where they lie beside the project: postcodes, practices, venues.
use std::{
    collections::{HashMap, HashSet},
    env,
    path::{Path, PathBuf},
    time::Instant,
};

use fingerpost::{
    imports::{ImportOptions, Kept, Outcome},
    places::{Gss, Point, Postcode, postcodes, practices, practices::said, store},
    venues,
};
use jiff::civil::date;
use sqlx::PgPool;

use crate::support::{self, Site, encoded};

/// The folder with the real files, if this machine has it.
fn data() -> Option<PathBuf> {
    let shared = env::var_os("FINGERPOST_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").into());
    let data = shared.join("data");
    if !data.is_dir() {
        eprintln!("Not tried: {} is not there.", data.display());
    }
    data.is_dir().then_some(data)
}

/// The rows of a file by their headings.
fn rows(path: PathBuf) -> Vec<HashMap<String, String>> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

async fn import_postcodes(db: &PgPool, data: &Path) -> Outcome {
    let folder = data.join("places/codepoint-open");
    postcodes::import::run(db, &folder, &ImportOptions::default()).await.unwrap()
}

#[tokio::test]
async fn code_point_open_is_read_whole_quickly_and_to_the_metre() {
    let Some(data) = data() else { return };
    let db = support::database().await;
    let outcome = import_postcodes(&db, &data).await;
    eprintln!("{outcome}");
    assert_eq!((outcome.read, outcome.added, outcome.kept), (240_965, 240_532, Kept::Everything));
    assert!(outcome.refused.is_empty());
    let again = import_postcodes(&db, &data).await;
    eprintln!("{again}");
    assert_eq!((again.unchanged, again.added + again.changed + again.removed), (240_532, 0));

    let started = Instant::now();
    let places = store::load(&db).await.unwrap();
    eprintln!("The gazetteer is loaded in {:?}.", started.elapsed());
    let (mut far, mut elsewhere) = (0, 0);
    let known = rows(data.join("places/london_postcodes.csv"));
    for row in &known {
        let point = Point { lat: row["lat"].parse().unwrap(), lon: row["lon"].parse().unwrap() };
        let place = places.find(&row["postcode"]).unwrap();
        far += usize::from(!place.precise || place.point.metres_to(point) > 5);
        let borough = places.borough_of(&Postcode::parse(&row["postcode"]).unwrap());
        elsewhere += usize::from(borough != Gss::parse(&row["borough_gss"]));
    }
    assert!(far * 1_000 < known.len(), "{far} of {} are more than 5 m off", known.len());
    assert!(elsewhere * 1_000 < known.len(), "{elsewhere} are in another borough");
}

#[tokio::test]
async fn every_london_practice_is_found_with_its_network() {
    let Some(data) = data() else { return };
    let db = support::database().await;
    import_postcodes(&db, &data).await;
    let import = || async {
        let list = data.join("nhs/epraccur_2025-11.csv");
        let map = data.join("nhs/gp-reg-pat-prac-map_2026-01.csv");
        let today = date(2026, 8, 6);
        let outcome =
            practices::import::run(&db, &list, &map, &ImportOptions::default(), today).await;
        outcome.unwrap()
    };
    let outcome = import().await;
    eprintln!("{outcome}");
    eprintln!("Practices and networks are loaded in {:?}: ten seconds are the aim.", outcome.took);
    let before = digest(&db).await;
    let again = import().await;
    eprintln!("Again: {again}");
    assert_eq!((again.unchanged, again.added + again.changed + again.closed), (outcome.added, 0));
    assert_eq!(digest(&db).await, before, "a second load changes nothing");

    let kept = practices::store::practices(&*db).await.unwrap();
    let kept: HashMap<&str, _> = kept.iter().map(|one| (one.code.as_str(), one)).collect();
    for row in rows(data.join("places/london_gp_practices.csv")) {
        let practice = kept[row["practice_ods"].as_str()];
        let network = Some(row["pcn_ods"].as_str()).filter(|code| code.len() == 6);
        let network = network.filter(|code| code[1..].bytes().all(|b| b.is_ascii_digit()));
        assert_eq!(practice.network.as_deref(), network, "{}", practice.code);
        assert_eq!(practice.borough.as_str(), row["borough_gss"], "{}", practice.code);
    }
    for row in rows(data.join("places/london_pcns.csv")) {
        let boroughs = practices::store::boroughs_of_network(&*db, &row["pcn_ods"]).await.unwrap();
        let borough = Gss::parse(&row["borough_gss"]).unwrap();
        assert!(boroughs.contains(&borough), "{} {boroughs:?}", row["pcn_ods"]);
    }
}

/// What the tables of practices and networks hold, in one line.
async fn digest(db: &PgPool) -> String {
    let query = "select concat_ws(' ',
        (select md5(string_agg(t::text, '' order by t)) from practices t),
        (select md5(string_agg(t::text, '' order by t)) from networks t),
        (select md5(string_agg(t::text, '' order by t)) from network_boards t),
        (select md5(string_agg(t::text, '' order by t)) from network_leavers t),
        (select md5(string_agg(t::text, '' order by t)) from care_boards t))";
    sqlx::query_scalar(query).fetch_one(db).await.unwrap()
}

#[tokio::test]
async fn the_finder_names_the_network_of_fifty_practices_spread_over_london() {
    let Some(data) = data() else { return };
    let db = support::database().await;
    import_postcodes(&db, &data).await;
    let list = data.join("nhs/epraccur_2025-11.csv");
    let map = data.join("nhs/gp-reg-pat-prac-map_2026-01.csv");
    let today = date(2026, 8, 6);
    practices::import::run(&db, &list, &map, &ImportOptions::default(), today).await.unwrap();
    let site = Site::new(&db).await;
    let all = rows(data.join("places/london_gp_practices.csv"));
    let in_network = |row: &&HashMap<String, String>| {
        row["pcn_ods"].starts_with('U') && row["pcn_ods"].len() == 6
    };
    let mut all: Vec<_> = all.iter().filter(in_network).collect();
    all.sort_by_key(|row| (&row["borough_gss"], &row["practice_ods"]));
    let fifty: Vec<_> = (0..50).map(|at| all[at * all.len() / 50]).collect();
    let boroughs: HashSet<&str> = fifty.iter().map(|row| row["borough_gss"].as_str()).collect();
    assert!(boroughs.len() >= 30, "{boroughs:?}");
    for row in fifty {
        let (code, name) = (&row["practice_ods"], &row["practice_name"]);
        let link = format!("href=\"/find-your-network?practice={code}\"");
        // A name that is unique leads there at once, others are picked from the list.
        for typed in [format!("{name} {}", row["postcode"]), row["postcode"].clone()] {
            let page = site.get(&format!("/find-your-network?q={}", encoded(&typed))).await.body;
            let page = page.replace("&#39;", "'").replace("&#38;", "&");
            assert!(
                page.contains(&link) || page.contains(&said(name)),
                "{typed} does not find {code}"
            );
        }
        let page = site.get(&format!("/find-your-network?practice={code}")).await.body;
        let network = format!("<a href=\"/networks/{}\">", row["pcn_ods"]);
        assert!(page.contains(&network), "{code} is not said to be in {}", row["pcn_ods"]);
        let named = page.split(&network).nth(1).unwrap().split('<').next().unwrap();
        let named = named.replace("&#38;", "&").replace("&#39;", "'");
        assert_eq!(named.to_uppercase(), row["pcn_name"].to_uppercase(), "{code}");
        assert_eq!(site.get(&format!("/networks/{}", row["pcn_ods"])).await.status, 200);
    }
}

#[tokio::test]
async fn every_london_venue_is_kept_once() {
    let Some(data) = data() else { return };
    let db = support::database().await;
    let import = || async {
        let file = data.join("places/london_cultural_venues.csv");
        venues::import::run(&db, &file, &ImportOptions::default()).await.unwrap()
    };
    let outcome = import().await;
    eprintln!("{outcome}");
    assert_eq!((outcome.added, outcome.refused.len()), (869, 0));
    assert_eq!(import().await.unchanged, 869);
    let library = venues::store::find(&*db, "peckham-library-southwark").await.unwrap();
    assert_eq!(library.unwrap().borough, Gss::parse("E09000028").unwrap());
}
