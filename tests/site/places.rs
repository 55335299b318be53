//! The gazetteer as a fresh database gives it.
use fingerpost::{
    places::{Gss, PlaceKind, Places, Point, Postcode, store},
    topics::words,
};

use crate::support;

async fn places() -> Places {
    let db = support::database().await;
    store::load(&db).await.unwrap()
}

#[tokio::test]
async fn london_comes_built_in() {
    let places = places().await;
    assert_eq!(places.boroughs().len(), 33);
    let people: u32 = places.boroughs().iter().map(|one| one.population).sum();
    assert_eq!(people, 8_800_000, "the census of 2021, rounded borough by borough");
    let southwark = places.borough_by_slug("southwark").unwrap();
    assert_eq!(southwark.gss, Gss::parse("E09000028").unwrap());
    assert_eq!((southwark.population, southwark.population_2011), (307_700, 288_283));
    assert_eq!((southwark.under_20, southwark.over_65), (48_500, 25_800));
    assert_eq!((southwark.tile, southwark.abbreviation.as_str()), ((5, 5), "Sou"));
    let board = southwark.care_board.as_ref().unwrap();
    assert_eq!((board.code.as_str(), board.as_of.to_string().as_str()), ("QKK", "2026-01-01"));
}

#[tokio::test]
async fn boroughs_border_each_other_in_both_directions() {
    let places = places().await;
    for one in places.boroughs() {
        assert!(!one.neighbours.is_empty(), "{}", one.name);
        for other in &one.neighbours {
            assert!(places.borough(*other).unwrap().neighbours.contains(&one.gss), "{}", one.name);
        }
        for other in &one.across_thames {
            let back = &places.borough(*other).unwrap().across_thames;
            assert!(back.contains(&one.gss), "{}", one.name);
        }
    }
}

#[tokio::test]
async fn places_are_found_as_people_write_them() {
    let places = places().await;
    for (typed, said, kind) in [
        ("SE15", "SE15", PlaceKind::Outcode),
        ("e8", "E8", PlaceKind::Outcode),
        ("peckham", "Peckham", PlaceKind::Area),
        ("ELEPHANT & CASTLE", "Elephant and Castle", PlaceKind::Area),
        ("saint john's wood", "St John's Wood", PlaceKind::Area),
        ("Queens Road, Peckham", "Queen's Road Peckham", PlaceKind::Area),
        ("bromley by bow", "Bromley-by-Bow", PlaceKind::Area),
        ("Kensington", "Kensington", PlaceKind::Area),
        ("barking", "Barking", PlaceKind::Area),
        ("rye lane", "Rye Lane", PlaceKind::Ward),
        ("penge and cator", "Penge & Cator", PlaceKind::Ward),
        ("abbey merton", "Abbey, Merton", PlaceKind::Ward),
    ] {
        let place = places.find(typed).unwrap_or_else(|| panic!("{typed} is not found"));
        assert_eq!((place.name.as_str(), place.kind, place.precise), (said, kind, true), "{typed}");
    }
    for (typed, slug) in [
        ("Hackney", "hackney"),
        ("hammersmith & fulham", "hammersmith-and-fulham"),
        ("the City", "city-of-london"),
        ("Kingston-upon-Thames", "kingston-upon-thames"),
        ("RBKC", "kensington-and-chelsea"),
    ] {
        let borough = places.borough_by_slug(slug).unwrap();
        let place = places.find(typed).unwrap();
        assert_eq!(place.kind, PlaceKind::Borough(borough.gss), "{typed}");
        assert_eq!((place.name, place.point), (borough.name.clone(), borough.centre));
    }
    for typed in ["", "Abbey", "Village", "Manchester", "ZZ99", "M1 1AA", "knitting"] {
        assert_eq!(places.find(typed), None, "{typed}");
    }
}

#[tokio::test]
async fn before_any_import_a_postcode_stands_roughly_where_its_outward_code_does() {
    let places = places().await;
    let place = places.find("e84rp").unwrap();
    assert_eq!((place.name.as_str(), place.precise), ("E8 4RP", false));
    let of = |postcode| places.borough_of(&Postcode::parse(postcode).unwrap());
    assert_eq!(of("E8 4RP"), Gss::parse("E09000012"));
    assert_eq!(of("TN16 1AA"), None, "most of TN16 is in Kent and Surrey");
}

#[tokio::test]
async fn every_name_in_the_list_of_names_finds_the_place_it_came_with() {
    let places = places().await;
    let mut names = 0;
    for (name, place) in places.names() {
        assert_eq!(places.find(name).as_ref(), Some(place), "{name}");
        names += 1;
    }
    assert!(names > 1_700, "{names}");
}

/// Only there is a name looked for in what somebody types.
#[tokio::test]
async fn every_name_begins_as_the_words_of_a_search_do() {
    let places = places().await;
    for (name, _) in places.names() {
        let spoken = words(name);
        let first = &spoken.first().unwrap_or_else(|| panic!("{name} has no words")).text;
        assert!(places.begins_a_name(first) || first == "saint", "{name} begins with {first}");
    }
}

#[tokio::test]
async fn names_that_are_everyday_words_are_marked() {
    let places = places().await;
    for word in ["grove", "town", "heath", "borough", "bank", "high street"] {
        assert!(Places::is_everyday_word(word) && places.find(word).is_some(), "{word}");
    }
    for name in ["peckham", "barking", "poplar", "camden town"] {
        assert!(!Places::is_everyday_word(name) && places.find(name).is_some(), "{name}");
    }
}

/// An area and how it fits: the points written down are nobody's official figures.
#[derive(sqlx::FromRow)]
struct Fit {
    name: String,
    lat: f64,
    lon: f64,
    outcode_lat: f64,
    outcode_lon: f64,
    shared: bool,
    ward_lats: Vec<f64>,
    ward_lons: Vec<f64>,
}

#[tokio::test]
async fn every_area_lies_near_its_outward_code_and_among_the_wards_of_its_borough() {
    let db = support::database().await;
    let areas: Vec<Fit> = sqlx::query_as(
        "select a.name, a.lat, a.lon, o.lat as outcode_lat, o.lon as outcode_lon,
                exists (select from outcode_boroughs ob
                        where ob.outcode = a.outcode and ob.borough = a.borough) as shared,
                array(select w.lat from wards w where w.borough = a.borough order by gss) as ward_lats,
                array(select w.lon from wards w where w.borough = a.borough order by gss) as ward_lons
         from areas a join outcodes o on o.code = a.outcode",
    )
    .fetch_all(&*db)
    .await
    .unwrap();
    assert!(areas.len() >= 250, "{}", areas.len());
    for area in areas {
        let here = Point { lat: area.lat, lon: area.lon };
        let outcode = Point { lat: area.outcode_lat, lon: area.outcode_lon };
        let wards = area.ward_lats.into_iter().zip(area.ward_lons);
        let nearest = wards.map(|(lat, lon)| here.metres_to(Point { lat, lon })).min().unwrap();
        assert!(here.metres_to(outcode) < 5_500, "{} is far from its outward code", area.name);
        assert!(nearest < 2_500, "{} is {nearest} m from any ward of its borough", area.name);
        assert!(area.shared, "{}: no postcode of its outward code is in its borough", area.name);
    }
}

#[tokio::test]
async fn every_ward_lies_in_its_borough() {
    let db = support::database().await;
    let (wards, far): (i64, i64) = sqlx::query_as(
        "select count(*), count(*) filter (where abs(w.lat - b.lat) > 0.1 or abs(w.lon - b.lon) > 0.15)
         from wards w join boroughs b on b.gss = w.borough",
    )
    .fetch_one(&*db)
    .await
    .unwrap();
    assert_eq!((wards, far), (704, 0));
}
