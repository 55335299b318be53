//! Look.
use std::{fs, sync::Arc};
use fingerpost::{app::App, places::*, routes, search::*, text::*, topics::*, web, calendar::Session};
#[tokio::main]
async fn main() {
    let sql = fs::read_to_string("/tmp/wt/places/migrations/0001_boroughs.sql").unwrap();
    let mut known = Known::default();
    let neighbours: Vec<(String, String, bool)> = sql.lines().filter(|l| l.starts_with("    ('E09") && l.matches('\'').count() == 4).filter_map(|l| { let p: Vec<&str> = l.split('\'').collect(); p[3].starts_with("E09").then(|| (p[1].into(), p[3].into(), l.contains("true"))) }).collect();
    for line in sql.lines().filter(|l| l.starts_with("    ('E09") && l.matches('\'').count() == 10) {
        let p: Vec<&str> = line.split('\'').collect();
        let n: Vec<f64> = p[10].trim_matches(|c: char| " ,();".contains(c)).split(',').map(|x| x.trim().trim_end_matches([')', ';']).parse().unwrap()).collect();
        let of = |across: bool| neighbours.iter().filter(|(a, _, x)| a == p[1] && *x == across).map(|(_, b, _)| Gss::parse(b).unwrap()).collect();
        known.boroughs.push(Borough { gss: Gss::parse(p[1]).unwrap(), slug: Slug::parse(p[3]).unwrap(), name: p[5].into(), short: p[7].into(), abbreviation: p[9].into(), centre: Point { lat: n[2], lon: n[3] }, tile: (n[0] as u8, n[1] as u8), population: n[5] as u32, population_2011: n[4] as u32, under_20: 0, over_65: 0, neighbours: of(false), across_thames: of(true), care_board: None });
    }
    let places = Arc::new(fingerpost::places::Places::new(known));
    let hit = |title: &str, summary: &str, activity, place: &str, cost: &str, day: i8, from: i8| {
        let card = Card { id: Default::default(), slug: Slug::from_name(title).unwrap(), title: Line::parse(title).unwrap(), summary: Line::parse(summary).unwrap(), provider_slug: Slug::parse("hollow-lane-clay").unwrap(), provider_name: Line::parse("Hollow Lane Clay").unwrap(), activity, delivery: [Delivery::InPerson].into_iter().collect(), place: Some(place.into()), boroughs: vec![], outreach: vec![], cost: Cost::Free, cost_in_words: cost.into(), cost_note: None, joining: [Joining::DropIn].into_iter().collect(), access_yes: Codes::NONE, access_no: Codes::NONE, places: None, then: None, by_arrangement: None, confirmed: None, confirm_by: None, published: jiff::civil::date(2026, 11, day) };
        let d = jiff::civil::date(2026, 11, day);
        Hit { card: Arc::new(card), distance: None, next: Some(Session { starts: d.at(from, 30, 0, 0), ends: d.at(from + 2, 0, 0, 0) }), why: vec![], not_stated: vec![] }
    };
    let hits = vec![
        hit("Clay and company", "Make pots at a long table with eight others.", Activity::Pottery, "Lantern Yard, SE15", "Free", 21, 10),
        hit("Sunday Sing, no experience needed", "Sing loudly or softly. Nobody listens in.", Activity::Singing, "Walthamstow", "Pay what you can", 22, 11),
        hit("Chair dancing with Yvonne", "Dance from a chair to music you know.", Activity::SeatedDance, "Kilburn, NW6", "£2", 23, 10),
        hit("Street drums", "Big drums, small group.", Activity::Drumming, "Harlesden, NW10", "Donation", 24, 18),
        hit("Slow photo walk", "Walk a mile in an hour and take six photos.", Activity::Photography, "Greenwich", "£2 to £4", 25, 14),
    ];
    let db = sqlx::PgPool::connect_lazy("postgres://postgres@127.0.0.1:5499/pages").unwrap();
    let mut app = App::new(db, "https://offers.example.org".parse().unwrap());
    app.places = places; app.catalogue = Arc::new(Catalogue(hits));
    web::set_sample(true);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8391").await.unwrap();
    axum::serve(listener, routes::site(app)).await.unwrap();
}
