//! The ten searches that were promised, asked of the sample directory as people and programs ask them.
use std::collections::BTreeSet;

use fingerpost::calendar::civil_now;
use jiff::{ToSpan, civil::Date};
use serde_json::Value;

use crate::support::{Site, encoded, now};

const SEARCHES: &str = include_str!("../../src/search/understand/promised.txt");

/// A search, and what it means as `group=code`, with dates as they are today.
fn promised() -> Vec<(&'static str, BTreeSet<String>)> {
    let today = civil_now(now()).date();
    let means = |codes: &str| -> BTreeSet<String> {
        codes.split(' ').map(|code| dated(&code.replace('~', " "), today)).collect()
    };
    let line = |line: &'static str| {
        let (search, codes) = line.split_once(" => ").unwrap();
        (search, means(codes))
    };
    SEARCHES.lines().map(line).collect()
}

/// "This week" is from today to Sunday.
fn dated(code: &str, today: Date) -> String {
    let sunday = today + (7 - i64::from(today.weekday().to_monday_one_offset())).days();
    match code.split_once('=').unwrap() {
        ("from", _) => format!("from={today}"),
        ("to", _) => format!("to={sunday}"),
        _ => code.to_owned(),
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} is no text in {value}"))
}

fn list<'a>(value: &'a Value, name: &str) -> &'a Vec<Value> {
    value[name].as_array().unwrap_or_else(|| panic!("{name} is no list in {value}"))
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

async fn ask(site: &Site, q: &str) -> Value {
    site.get(&format!("/offers.json?q={}", encoded(q))).await.json()
}

#[tokio::test]
async fn each_says_what_a_link_worker_expects() {
    let (db, _) = Site::of_sample().await;
    let known = "insert into postcodes (postcode, lat, lon) values ('E8 4RP', 51.5364, -0.0617)";
    sqlx::query(known).execute(&*db).await.unwrap();
    let site = Site::new(&db).await;
    for (search, expected) in promised() {
        let answer = ask(&site, search).await;
        let pieces = list(&answer, "understood");
        let said = |one: &Value| format!("{}={}", text(one, "group"), text(one, "code"));
        let understood: BTreeSet<String> = pieces.iter().map(said).collect();
        assert_eq!(understood, expected, "{search}");
        for piece in pieces {
            assert!(search.contains(text(piece, "words")), "{piece} of {search}");
            assert_ne!(text(piece, "label"), "", "{piece} of {search}");
        }
    }
}

#[tokio::test]
async fn each_leaves_nothing_over_for_plain_words() {
    let (_db, site) = Site::of_sample().await;
    for (search, _) in promised() {
        let page = site.get(&format!("/offers?q={}", encoded(search))).await.body;
        assert!(page.contains("We read your words like this."), "{search}");
        assert!(!page.contains("Looked for as plain words"), "{search}");
    }
}

#[tokio::test]
async fn each_brings_offers_or_says_which_ones_come_close() {
    let (_db, site) = Site::of_sample().await;
    for (search, _) in promised() {
        let answer = ask(&site, search).await;
        let (offers, close) = (list(&answer, "offers"), list(&answer, "close"));
        let found = !offers.is_empty() || !close.is_empty();
        assert!(found, "{search}: {answer}");
        for one in offers {
            assert!(!list(one, "why").is_empty(), "{search}: {one}");
        }
        for one in close {
            assert_eq!(list(one, "misses").len(), 1, "{search}: {one}");
        }
    }
}

#[tokio::test]
async fn the_first_offers_are_those_that_were_asked_for() {
    let (_db, site) = Site::of_sample().await;
    for (search, whys) in [
        ("singing for breathing problems in Hackney", vec!["Singing", "Breathing", "Hackney"]),
        ("chair based dance near E8 4RP over 65", vec!["Seated dance"]),
        ("dementia friendly museum trips with a companion", vec!["Museum", "Dementia-friendly"]),
        ("no referral needed gardening wheelchair", vec!["Gardening", "Step-free"]),
        ("pottery under £5 not on mondays", vec!["Pottery"]),
        ("knitng croydon", vec!["Knitting", "Croydon"]),
    ] {
        let answer = ask(&site, search).await;
        let first = &list(&answer, "offers")[0];
        let why = first["why"].to_string();
        for word in whys {
            assert!(why.contains(word), "{search}: {first}");
        }
    }
}

#[tokio::test]
async fn an_answer_has_the_documented_keys_and_no_others() {
    let (_db, site) = Site::of_sample().await;
    let offer = BTreeSet::from([
        "slug",
        "title",
        "summary",
        "provider",
        "borough",
        "venue",
        "distance_km",
        "next_session",
        "cost",
        "joining",
        "access",
        "confirmed",
        "why",
        "not_stated",
    ]);
    let answer = site.get("/offers.json?q=free+pottery+near+SE15+on+tuesday").await.json();
    assert_eq!(
        keys(&answer),
        BTreeSet::from([
            "understood",
            "called",
            "total",
            "page",
            "pages",
            "offers",
            "close",
            "counts",
            "loosen"
        ])
    );
    for piece in list(&answer, "understood") {
        assert_eq!(keys(piece), BTreeSet::from(["group", "code", "label", "words"]));
    }
    let all = site.get("/offers.json").await.json();
    for one in list(&all, "offers") {
        assert_eq!(keys(one), offer);
    }
    let close = list(&answer, "close");
    assert!(!close.is_empty());
    let mut near = offer;
    near.insert("misses");
    for one in close {
        assert_eq!(keys(one), near);
    }
    let groups = BTreeSet::from([
        "need", "activity", "borough", "audience", "access", "delivery", "cost", "day", "part",
        "language", "joining", "places", "within",
    ]);
    assert_eq!(keys(&answer["counts"]), groups);
    for (_, counts) in answer["counts"].as_object().unwrap() {
        for count in counts.as_array().unwrap() {
            assert_eq!(keys(count), BTreeSet::from(["code", "label", "offers", "chosen"]));
        }
    }
}

#[tokio::test]
async fn nothing_found_says_what_to_take_away_and_what_that_would_bring() {
    let (_db, site) = Site::of_sample().await;
    let query = "activity=circus&borough=havering";
    let answer = site.get(&format!("/offers.json?{query}")).await.json();
    assert_eq!(answer["total"], 0);
    assert!(!list(&answer, "loosen").is_empty());
    for way in list(&answer, "loosen") {
        assert_eq!(keys(way), BTreeSet::from(["group", "code", "also", "total"]));
        let also = list(way, "also").iter();
        let gone: Vec<&str> = also.chain([way]).map(|one| text(one, "group")).collect();
        let kept: Vec<&str> = query
            .split('&')
            .filter(|one| !gone.contains(&one.split('=').next().unwrap()))
            .collect();
        let rest = site.get(&format!("/offers.json?{}", kept.join("&"))).await.json();
        assert_eq!(rest["total"], way["total"], "{way}");
    }
}

#[tokio::test]
async fn the_page_says_the_same_number_and_the_same_offers_in_the_same_order() {
    let (_db, site) = Site::of_sample().await;
    let searches = promised().into_iter().map(|(search, _)| format!("q={}", encoded(search)));
    let others =
        ["", "q=singing&page=2", "cost=free&sort=soonest", "near=SE15&within=2&sort=nearest"];
    for query in searches.chain(others.map(str::to_owned)) {
        let answer = site.get(&format!("/offers.json?{query}")).await.json();
        let page = site.get(&format!("/offers?{query}")).await.body;
        let total = answer["total"].as_u64().unwrap();
        let headline = page.split("id=\"found-h\" tabindex=\"-1\">").nth(1).unwrap();
        let headline = headline.split('<').next().unwrap();
        let number = match total {
            0 => "Nothing".to_owned(),
            1 => "1 offer".to_owned(),
            _ => format!("{total} offers"),
        };
        assert!(headline.contains(&number), "{query}: {headline}");
        let mut at = 0;
        for one in list(&answer, "offers").iter().chain(list(&answer, "close")) {
            let link = format!("href=\"/offers/{}\"", text(one, "slug"));
            let next = page[at..].find(&link).unwrap_or_else(|| panic!("{link} in {query}"));
            at += next + link.len();
        }
    }
}

#[tokio::test]
async fn distances_and_times_are_said_where_they_are_known() {
    let (_db, site) = Site::of_sample().await;
    let answer = site.get("/offers.json?near=SE15&sort=nearest").await.json();
    let known: Vec<f64> =
        list(&answer, "offers").iter().filter_map(|one| one["distance_km"].as_f64()).collect();
    assert!(known.len() > 5 && known.is_sorted(), "{known:?}");
    let answer = site.get("/offers.json?sort=soonest").await.json();
    let starts: Vec<jiff::Timestamp> = list(&answer, "offers")
        .iter()
        .map(|one| text(one, "next_session").parse().unwrap())
        .collect();
    assert!(starts.len() == 20 && starts.is_sorted(), "{starts:?}");
    assert!(starts[0] >= now() - 12.hours(), "what is on may have begun this morning: {starts:?}");
}

/// A parameter that makes no sense, and a part of what is said about it.
const WRONG: [(&str, &str, &str); 18] = [
    ("need", "lonelyness", "loneliness"),
    ("activity", "juggling", "activity"),
    ("borough", "hackny", "Hackney"),
    ("audience", "giants", "audience"),
    ("access", "jetpack", "access"),
    ("delivery", "pigeon", "take part"),
    ("cost", "dear", "cost"),
    ("max_price", "lots", "price"),
    ("day", "someday", "day"),
    ("part", "midnight", "part of the day"),
    ("from", "soon", "date"),
    ("to", "2026-13-45", "date"),
    ("age", "old", "age"),
    ("language", "klingon", "language"),
    ("joining", "sneak-in", "join"),
    ("places", "some", "places"),
    ("sort", "random", "order"),
    ("near", "atlantis", "atlantis"),
];

#[tokio::test]
async fn a_value_that_is_not_known_is_told_next_to_its_name() {
    let (_db, site) = Site::of_sample().await;
    let others = [
        ("page", "0", "Give a number from 1."),
        ("page", "501", "Give a number from 1"),
        ("within", "abc", "0.5 to 50"),
        ("within", "-3", "0.5 to 50"),
        ("colour", "red", "not a part of a search"),
    ];
    for (name, value, said) in WRONG.into_iter().chain(others) {
        let reply = site.get(&format!("/offers.json?{name}={value}")).await;
        assert_eq!(reply.status, 422, "{name}={value}: {}", reply.body);
        assert_eq!(reply.header("content-type"), "application/json");
        let answer = reply.json();
        let [problem] = &list(&answer, "problems")[..] else { panic!("{answer}") };
        assert_eq!((text(problem, "name"), text(problem, "value")), (name, value));
        assert!(text(problem, "message").contains(said), "{problem}");
    }
}

#[tokio::test]
async fn a_distance_without_a_place_is_told_where_the_place_is_typed() {
    let (_db, site) = Site::of_sample().await;
    for (name, value, said) in
        [("within", "2", "2 km from where? Write"), ("sort", "nearest", "Nearest to where? Write")]
    {
        let reply = site.get(&format!("/offers.json?q=singing&{name}={value}")).await;
        assert_eq!(reply.status, 422, "{name}={value}");
        let answer = reply.json();
        let [problem] = &list(&answer, "problems")[..] else { panic!("{answer}") };
        assert_eq!((text(problem, "name"), text(problem, "value")), (name, value));
        assert!(text(problem, "message").starts_with(said), "{problem}");
        let reply = site.get(&format!("/offers?q=singing&{name}={value}")).await;
        assert_eq!(reply.status, 422, "{name}={value}");
        assert!(reply.body.contains("<a href=\"#near\">"), "{name}={value}");
        assert!(reply.body.contains("id=\"near-wrong\""), "{name}={value}");
        assert!(reply.body.contains("href=\"/offers?q=singing\">Search without it"));
    }
    let kept = site.get("/offers?within=2&cost=free").await.body;
    assert!(kept.contains("<option selected value=\"2\">"), "what was chosen stays");
    assert!(kept.contains(" checked name=\"cost\" value=\"free\""));
    let kept = site.get("/offers?near=Atlantis&within=2&cost=free").await.body;
    assert!(
        kept.contains(" checked name=\"cost\" value=\"free\""),
        "nor is it lost for two reasons"
    );
    let words = site.get("/offers.json?q=singing+within+2+miles").await;
    assert_eq!(words.status, 200);
    assert_eq!(words.json()["understood"][1]["label"], "Within 3.2 km, once you name a place");
}

#[tokio::test]
async fn every_problem_is_told_at_once() {
    let (_db, site) = Site::of_sample().await;
    let query: Vec<String> =
        WRONG.iter().map(|(name, value, _)| format!("{name}={value}")).collect();
    let answer = site.get(&format!("/offers.json?{}", query.join("&"))).await.json();
    let named: Vec<&str> =
        list(&answer, "problems").iter().map(|problem| text(problem, "name")).collect();
    assert_eq!(named, WRONG.map(|(name, ..)| name));
}

#[tokio::test]
async fn a_mistake_loses_nothing_that_was_typed_or_chosen() {
    let (_db, site) = Site::of_sample().await;
    let typed = "q=singing+%26+tea&within=abc&near=SE15&day=tuesday&max_price=lots&age=72";
    let reply = site.get(&format!("/offers?{typed}")).await;
    assert_eq!(reply.status, 422);
    let page = reply.body;
    for kept in [
        "singing &#38; tea</textarea>",
        "id=\"near\" name=\"near\" value=\"SE15\"",
        "name=\"max_price\" value=\"lots\"",
        "name=\"age\" value=\"72\"",
        " checked name=\"day\" value=\"tuesday\"",
        "<option selected value=\"abc\">",
        "id=\"max_price-wrong\"",
        "id=\"within-wrong\"",
        "aria-describedby=\"max_price-wrong\"",
        "<a href=\"#within\">",
    ] {
        assert!(page.contains(kept), "{kept} is missing in {page}");
    }
}

#[tokio::test]
async fn two_thousand_characters_are_a_search_and_one_more_is_told() {
    let (_db, site) = Site::of_sample().await;
    let words = "tea and cake ".repeat(200);
    let status = async |length: usize| {
        site.get(&format!("/offers.json?q={}", encoded(&words[..length]))).await.status.as_u16()
    };
    assert_eq!(status(2_000).await, 200);
    assert_eq!(status(2_001).await, 422);
    let page = site.get(&format!("/offers?q={}", encoded(&words[..2_400]))).await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains(&words[..2_399]), "what was typed is kept, to be shortened");
}

#[tokio::test]
async fn an_offer_whose_name_was_typed_stands_first_whatever_its_words_mean_and_once() {
    let (db, site) = Site::of_sample().await;
    let titles: Vec<String> =
        sqlx::query_scalar("select title from offers where state = 'published'")
            .fetch_all(&*db)
            .await
            .unwrap();
    let mut above = 0;
    for title in &titles {
        let typed = title.to_uppercase();
        let Some(first) = first_of(&ask(&site, &typed).await) else {
            continue; // its last session is over
        };
        assert_eq!(first, *title);
        let page = site.get(&format!("/offers?q={}", encoded(&typed))).await;
        above += usize::from(page.body.contains("Called just what you typed"));
        let shown = |slug: &str| page.body.matches(&format!("<h3 id=\"{slug}\"")).count();
        let slug = fingerpost::text::Slug::from_name(title).unwrap();
        assert_eq!(shown(slug.as_str()), 1, "{title}");
    }
    assert!(above > 0, "no name means anything else, so this test shows nothing");
}

/// The name of the offer that stands first, above the list or in it.
fn first_of(answer: &Value) -> Option<String> {
    let (called, offers) = (list(answer, "called"), list(answer, "offers"));
    let shown = called.first().or(offers.first())?;
    Some(text(shown, "title").to_owned())
}
