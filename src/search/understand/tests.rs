//! What link workers type, and what they expect to be understood.
use std::{collections::BTreeSet, sync::LazyLock, time::Instant};

use proptest::prelude::*;

use super::*;
use crate::search::example::{TODAY, lexicon, places, rows};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(lexicon);
static PLACES: LazyLock<Places> = LazyLock::new(places);

fn hear(typed: &str) -> Reading {
    understand(typed, &[], &LEXICON, &PLACES, TODAY)
}

/// "group=code …" of what was understood, then the rest behind a bar.
fn said(reading: &Reading) -> (BTreeSet<String>, Vec<String>) {
    let understood = reading.understood.iter().map(|one| format!("{}={}", one.group, one.code));
    (understood.collect(), reading.rest.clone())
}

/// One line a query: `query => group=code … | rest words`.
fn check(table: &str) {
    let mut wrong = Vec::new();
    for line in table.lines().filter(|line| line.contains("=>")) {
        let (query, expected) = line.split_once("=>").unwrap();
        let (codes, rest) = expected.split_once('|').unwrap_or((expected, ""));
        let codes: BTreeSet<String> = codes
            .replace('~', "\u{1}")
            .split_whitespace()
            .map(|one| one.replace('\u{1}', " "))
            .collect();
        let rest: Vec<String> = rest.split_whitespace().map(str::to_owned).collect();
        let found = said(&hear(query.trim()));
        if found != (codes.clone(), rest.clone()) {
            wrong.push(format!(
                "{}\n   expected {codes:?} | {rest:?}\n   found    {:?} | {:?}",
                query.trim(),
                found.0,
                found.1
            ));
        }
    }
    assert!(wrong.is_empty(), "{} misread:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_ten_searches_that_were_promised_say_what_a_link_worker_expects() {
    check(include_str!("promised.txt"));
}

#[test]
fn plain_words_are_understood() {
    check(include_str!("heard.txt"));
}

#[test]
fn every_everyday_word_means_a_value_that_exists() {
    for row in rows() {
        if row.group != "plain" {
            let value = Value::read(&row.group, &row.code, &PLACES, TODAY);
            assert!(value.is_ok_and(|value| value.code == row.code), "{row:?}");
        }
    }
}

#[test]
fn words_taken_literally_are_full_text() {
    let literal = ["making things".to_owned(), "in Hackney".to_owned()];
    let reading =
        understand("likes making things, singing in Hackney", &literal, &LEXICON, &PLACES, TODAY);
    assert_eq!(
        said(&reading),
        (
            BTreeSet::from(["activity=singing".to_owned()]),
            ["making", "things", "Hackney"].map(str::to_owned).to_vec(),
        )
    );
}

#[test]
fn the_order_of_thoughts_makes_no_difference() {
    let thoughts = [
        "lonely widower",
        "likes making things",
        "can't manage stairs",
        "SE15",
        "tuesday mornings",
        "free",
    ];
    let expected = said(&hear(&thoughts.join(", "))).0;
    for turn in 0..thoughts.len() {
        let mut turned = thoughts;
        turned.rotate_left(turn);
        assert_eq!(said(&hear(&turned.join(", "))).0, expected);
        turned.reverse();
        assert_eq!(said(&hear(&turned.join(", "))).0, expected);
    }
}

/// The words that cost most: unknown ones, and half-begun phrases. Against itself, whatever the machine: what grows
/// with the square of the letters takes four times as long for twice as many.
#[test]
fn twice_as_long_a_search_never_takes_ten_times_as_long() {
    for typed in
        ["knitng pekhm qwertz ", "not in a not on can't do ", "near near in within 2 ", "a", "é̀x "]
    {
        let fastest = |letters: usize| {
            let long: String = typed.chars().cycle().take(letters).collect();
            let once = || {
                let start = Instant::now();
                std::hint::black_box(hear(&long));
                start.elapsed()
            };
            (0..5).map(|_| once()).min().unwrap()
        };
        let (half, whole) = (fastest(1_000), fastest(2_000));
        assert!(whole < half * 10, "{typed}: {half:?}, {whole:?}");
    }
}

fn words_of_the_trade() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "not",
        "on",
        "mondays",
        "under",
        "£5",
        "65+",
        "she",
        "is",
        "72",
        "near",
        "SE15",
        "in",
        "Hackney",
        "E8",
        "4RP",
        "can't",
        "stairs",
        "or",
        "and",
        ",",
        "from",
        "3",
        "December",
        "after",
        "Christmas",
        "2026-12-31",
        "-",
        "to",
        "99",
        "31/02",
        "between",
        "half",
        "term",
        "next",
        "week",
        "singing",
        "knitng",
        "Croydn",
        "speaks",
        "Farsi",
        "the",
        "é",
        "\u{301}",
        "Ⅷ",
        "ß",
        "今日",
        "'",
    ]);
    prop::collection::vec(words, 0..24).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_typed_breaks_it(typed in prop_oneof!["\\PC{0,200}", "(?s).{0,80}", words_of_the_trade()]) {
        let reading = hear(&typed);
        for piece in &reading.understood {
            prop_assert_eq!(typed.get(piece.at.clone()), Some(piece.words.as_str()));
            prop_assert!(!piece.code.is_empty() && !piece.label.is_empty());
        }
        for word in &reading.rest {
            prop_assert!(typed.contains(word.as_str()));
        }
    }

    #[test]
    fn a_literal_phrase_is_never_understood(typed in words_of_the_trade()) {
        let reading = understand(&typed, std::slice::from_ref(&typed), &LEXICON, &PLACES, TODAY);
        prop_assert!(reading.understood.is_empty());
    }

    #[test]
    fn what_is_read_is_the_same_in_capitals(typed in "[a-z ]{0,60}") {
        prop_assert_eq!(said(&hear(&typed)).0, said(&hear(&typed.to_uppercase())).0);
    }
}
