//! What an address says, what is wrong with it, and how it changes.
use std::{collections::BTreeSet, sync::LazyLock};

use proptest::prelude::*;

use super::*;
use crate::{
    places::Places,
    search::example::{TODAY, lexicon, places},
    topics::{Code, Lexicon},
};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(lexicon);
static PLACES: LazyLock<Places> = LazyLock::new(places);

fn asked(address: &str) -> Ask {
    ask(&Parameters::read(address), &LEXICON, &PLACES, TODAY).unwrap()
}

fn problems(address: &str) -> Vec<String> {
    let told = ask(&Parameters::read(address), &LEXICON, &PLACES, TODAY).unwrap_err();
    told.into_iter().map(|problem| problem.message).collect()
}

fn tidied(address: &str) -> String {
    Parameters::read(address).canonical(&asked(address)).unwrap().to_query()
}

#[test]
fn words_and_parameters_ask_for_the_same_things() {
    let words = asked("q=lonely+man,+tuesday+mornings,+free,+near+SE15,+over+65");
    let stated =
        asked("need=loneliness&audience=men&day=tuesday&part=morning&cost=free&near=se15&age=65-");
    assert_eq!(words.criteria, stated.criteria);
    assert_eq!(
        stated.chosen[0],
        ("need", "loneliness".to_owned(), "Loneliness and isolation".to_owned())
    );
}

#[test]
fn a_repeated_name_means_or() {
    let both =
        asked("need=loneliness&need=low-mood&borough=hackney&borough=Brent&borough=E09000012");
    assert_eq!(both.criteria.needs.len(), 2);
    assert_eq!(both.criteria.boroughs.len(), 2);
}

#[test]
fn a_stated_place_goes_before_one_in_the_words() {
    let ask = asked("q=choir+near+SE15&near=E8+4RP&within=2");
    let near = ask.criteria.near.unwrap();
    assert_eq!((near.place.name.as_str(), near.within), ("E8 4RP", Some(2_000)));
}

#[test]
fn what_is_not_wanted_leaves_the_others() {
    let days: Vec<_> = asked("day=not-monday&day=not-weekend").criteria.days.iter().collect();
    assert_eq!(days.len(), 4);
    let delivery = asked("q=not+online").criteria.delivery;
    assert_eq!(
        delivery.iter().map(Code::code).collect::<Vec<_>>(),
        ["in-person", "at-home", "telephone"]
    );
    assert_eq!(asked("activity=not-singing").criteria.not_activities.len(), 1);
}

#[test]
fn every_problem_is_told_with_what_to_do() {
    assert_eq!(
        problems("near=Pekham"),
        ["We do not know the place “Pekham”. Did you mean Peckham?"]
    );
    assert_eq!(
        problems("aduience=x"),
        ["“aduience” is not a part of a search. Did you mean audience?"]
    );
    assert!(
        problems("need=blue")[0]
            .starts_with("“blue” is not a need we know. Choose one of: loneliness, low-mood")
    );
    assert!(problems("borough=hackny")[0].contains("Did you mean Hackney?"));
    assert!(problems("language=klingon")[0].contains("not a language"));
    for wrong in [
        "within=60",
        "within=x",
        "max_price=-1",
        "max_price=nan",
        "day=someday",
        "from=3-12-26",
        "age=12-3",
        "age=200",
        "page=0",
        "page=501",
        "sort=best&sort=newest",
        "near=SE15&near=E8",
        "from=2026-12-03&to=2026-12-01",
        "q=a&q=b",
        "colour=blue",
    ] {
        assert_eq!(problems(wrong).len(), 1, "{wrong}");
    }
    assert_eq!(problems("need=blue&day=someday&colour=red").len(), 3);
    assert!(problems(&format!("q={}", "a".repeat(2_001)))[0].contains("2000 characters"));
    assert_eq!(problems(&"need=loneliness&".repeat(101)).len(), 1);
}

#[test]
fn values_are_read_however_they_are_written_and_written_one_way() {
    let ask = asked(
        "borough=Tower+Hamlets&max_price=%C2%A33.50&language=Bengali&near=se154ql&from=today&day=&q=",
    );
    assert_eq!(
        ask.parameters.to_query(),
        "borough=tower-hamlets&max_price=3.50&language=bn&near=SE15+4QL&from=2026-11-21"
    );
}

#[test]
fn the_address_of_a_page_says_what_is_asked_and_nothing_where_nothing_is() {
    let here = Parameters::read("q=choir+%26+tea&need=stress&list=clay_3");
    assert_eq!(here.address("/map"), "/map?q=choir+%26+tea&need=stress&list=clay_3");
    assert_eq!(Parameters::default().address("/offers"), "/offers");
}

#[test]
fn an_order_by_distance_goes_with_the_last_place_however_it_is_written() {
    let here = Parameters::read("near=SE15&within=5&sort=+Nearest");
    assert_eq!(here.without_choice("near", "SE15", &[]).to_query(), "");
}

#[test]
fn every_change_leads_to_the_first_page() {
    let here = Parameters::read("q=choir&need=stress&page=3");
    assert_eq!(here.with("need", "sleep").to_query(), "q=choir&need=stress&need=sleep");
    assert_eq!(here.without("need", "stress").to_query(), "q=choir");
    assert_eq!(here.set("q", "drums").to_query(), "q=drums&need=stress");
    assert_eq!(here.as_plain("choir").to_query(), "q=choir&need=stress&plain=choir");
    assert_eq!(here.on_page(2).to_query(), "q=choir&need=stress&page=2");
    assert_eq!(here.on_page(1).to_query(), "q=choir&need=stress");
}

#[test]
fn a_piece_goes_and_what_else_its_words_mean_stays() {
    let ask = asked("q=lonely+widower,+Peckham");
    let piece = |group: &str| ask.reading.understood.iter().find(|one| one.group == group).unwrap();
    let without =
        |group| ask.parameters.without_piece(piece(group), &ask.reading.understood).to_query();
    assert_eq!(without("audience"), "q=lonely%2C+Peckham&need=bereavement");
    assert_eq!(without("near"), "q=lonely+widower");
    let days = asked("q=pottery+not+mondays+or+fridays");
    let monday = &days.reading.understood[1];
    assert_eq!(
        days.parameters.without_piece(monday, &days.reading.understood).to_query(),
        "q=pottery&day=not-friday"
    );
}

/// Everything a search says, from its words and its parameters.
fn all_said(ask: &Ask) -> BTreeSet<(&'static str, String)> {
    let heard = ask.reading.understood.iter().map(|one| (one.group, one.code.clone()));
    heard.chain(ask.chosen.iter().map(|(group, code, _)| (*group, code.clone()))).collect()
}

/// Here a word is understood, or not, only because of its neighbour: "young man 19", "is free on tuesdays".
const LEANING: [&str; 4] =
    ["she is free on tuesdays", "choir, Temple", "Peckham or Brixton", "young man 19"];

#[test]
fn taking_one_piece_away_takes_that_piece_alone() {
    let mut wrong = Vec::new();
    let tables =
        [include_str!("../understand/promised.txt"), include_str!("../understand/heard.txt")];
    for query in
        tables.iter().flat_map(|table| table.lines()).filter_map(|line| line.split_once("=>"))
    {
        if LEANING.iter().any(|leaning| query.0.starts_with(leaning)) {
            continue;
        }
        let address = Parameters::default().with("q", query.0.trim());
        let ask = ask(&address, &LEXICON, &PLACES, TODAY).unwrap();
        for piece in &ask.reading.understood {
            let left = address.without_piece(piece, &ask.reading.understood);
            let left = super::ask(&left, &LEXICON, &PLACES, TODAY).unwrap();
            let mut expected = all_said(&ask);
            expected.remove(&(piece.group, piece.code.clone()));
            if piece.group == "near" {
                // A distance from nowhere says nothing, unless it was said apart.
                let along = |one: &&Understood| one.group == "within" && one.at == piece.at;
                if let Some(within) = ask.reading.understood.iter().find(along) {
                    expected.remove(&(within.group, within.code.clone()));
                }
            }
            if all_said(&left) != expected || left.reading.rest.len() > ask.reading.rest.len() {
                wrong.push(format!(
                    "{} without {}: {}",
                    ask.q,
                    piece.words,
                    left.parameters.to_query()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_distance_without_a_place_is_told_where_the_place_is_typed() {
    let told = |address: &str| {
        let problems = ask(&Parameters::read(address), &LEXICON, &PLACES, TODAY).unwrap_err();
        problems.into_iter().map(|one| (one.name, one.value, one.field)).collect::<Vec<_>>()
    };
    let of = |name: &str, value: &str| (name.to_owned(), value.to_owned(), "near".to_owned());
    assert_eq!(told("within=2"), [of("within", "2")]);
    assert_eq!(told("q=choir&within=2km&near="), [of("within", "2km")]);
    assert_eq!(told("sort=nearest"), [of("sort", "nearest")]);
    assert_eq!(told("within=2&sort=nearest").len(), 2);
    assert_eq!(problems("within=2"), ["2 km from where? Write a postcode, borough or area."]);
    // A place that is not known is told alone.
    assert_eq!(told("near=Pekham&within=2").len(), 1);
    asked("q=choir+near+SE15&within=2&sort=nearest");
    asked("near=SE15&within=2&sort=nearest");
}

#[test]
fn a_distance_said_without_a_place_asks_nothing_and_says_so() {
    let ask = asked("q=choir+within+2+miles");
    assert_eq!(ask.criteria.near, None);
    let label = &ask.reading.understood[1].label;
    assert_eq!(label, "Within 3.2 km, once you name a place");
    // Other choices can be made all the same: the filters send the distance back.
    let more = "q=choir+within+2+miles&activity=singing&within=3.2&near=&cost=free&chosen=1";
    assert_eq!(tidied(more), "q=choir+within+2+miles&cost=free");
    let placed = asked("q=choir+within+2+miles&near=SE15");
    assert_eq!(placed.criteria.near.unwrap().within, Some(3_200));
    assert_eq!(placed.reading.understood[1].label, "Within 3.2 km");
}

#[test]
fn a_place_takes_its_distance_and_its_order_along() {
    let without = |address: &str| {
        let ask = asked(address);
        let said = &ask.reading.understood;
        match said.iter().find(|one| one.group == "near") {
            Some(piece) => ask.parameters.without_piece(piece, said).to_query(),
            None => ask.parameters.without_choice("near", "SE15", said).to_query(),
        }
    };
    assert_eq!(without("near=SE15&within=2&sort=nearest&cost=free"), "cost=free");
    assert_eq!(without("q=choir+near+SE15&within=2&sort=nearest"), "q=choir");
    assert_eq!(without("q=choir+within+2+miles+of+SE15"), "q=choir");
    // Another place is left to measure from.
    let other = "q=choir+near+SE15&near=E8&within=2&sort=nearest";
    assert_eq!(without(other), "q=choir&near=E8&within=2&sort=nearest");
    let ask = asked("q=choir+near+SE15&near=E8&within=2");
    let left = ask.parameters.without_choice("near", "E8", &ask.reading.understood);
    assert_eq!(left.to_query(), "q=choir+near+SE15&within=2");
}

#[test]
fn the_filter_form_becomes_one_tidy_address() {
    assert_eq!(Parameters::read("q=choir").canonical(&asked("q=choir")), None);
    // Nothing changed.
    assert_eq!(
        tidied("q=lonely,+free&need=loneliness&cost=free&near=&sort=best&page=2&chosen=1"),
        "q=lonely%2C+free"
    );
    // A box of the words was cleared, another one ticked.
    assert_eq!(
        tidied("q=lonely,+free&need=loneliness&need=stress&chosen=1"),
        "q=lonely&need=stress"
    );
    // Weekdays are five boxes.
    let days = "day=monday&day=tuesday&day=wednesday&day=thursday&day=friday";
    assert_eq!(
        tidied(&format!("q=choir+weekdays&activity=singing&{days}&chosen=1")),
        "q=choir+weekdays"
    );
    assert_eq!(
        tidied("q=choir+weekdays&activity=singing&day=monday&chosen=1"),
        "q=choir&day=monday"
    );
    // One of two meanings was cleared: the other stays.
    assert_eq!(tidied("q=widower&need=bereavement&chosen=1"), "need=bereavement");
    // Another place than the one in the words.
    assert_eq!(tidied("q=choir+near+SE15&activity=singing&near=E8&chosen=1"), "q=choir&near=E8");
    // There is no box for what one does not want.
    assert_eq!(tidied("q=not+dance&chosen=1"), "q=not+dance");
}

proptest! {
    #[test]
    fn no_address_breaks_it(raw in "\\PC{0,120}") {
        let _ = ask(&Parameters::read(&raw), &LEXICON, &PLACES, TODAY);
    }

    #[test]
    fn no_value_breaks_it(name in prop::sample::select(crate::search::value::GROUPS.to_vec()), value in "\\PC{0,30}|[0-9.£-]{0,8}") {
        let address = Parameters::default().with(name, &value);
        prop_assert_eq!(&Parameters::read(&address.to_query()), &address);
        if let Ok(ask) = ask(&address, &LEXICON, &PLACES, TODAY) {
            // What is written tidily means the same, and stays as it is.
            let again = super::ask(&ask.parameters, &LEXICON, &PLACES, TODAY).unwrap();
            prop_assert_eq!(again.criteria, ask.criteria);
            prop_assert_eq!(again.parameters, ask.parameters);
        }
    }

    #[test]
    fn broken_bytes_are_read(raw in "[a-z=&%0-9F]{0,60}") {
        let _ = ask(&Parameters::read(&raw), &LEXICON, &PLACES, TODAY);
    }
}
