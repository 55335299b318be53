//! A labelled set of sentences with exactly the advice expected, and what holds for any text.
use proptest::prelude::*;

use super::*;

/// A text ends where its advice begins, or at the next text.
const LABELLED: &str = include_str!("labelled.txt");

/// All that is said of a text, one line each, as the labelled set writes it.
fn said(text: &str) -> Vec<String> {
    let Advice { reading_age, long_sentences, swaps, passives } = advice(text, Swaps::shipped());
    let age = reading_age.map(|age| format!("age: {}", age.in_words()));
    let long = long_sentences.into_iter().map(|long| {
        let stop = long.stop_after.map_or("nowhere", |at| &text[at]);
        format!("long: {} words, {} parts, stop after {stop}", long.words, long.parts)
    });
    let swaps = swaps.into_iter().map(|swap| match swap.plainer {
        Plainer::Word(word) => format!("swap: {} = {word}", &text[swap.at]),
        Plainer::Say(what) => format!("swap: {} : {what}", &text[swap.at]),
    });
    let passives = passives.into_iter().map(|passive| format!("passive: {}", &text[passive.at]));
    let promised = promises(text, LedBy::Anyone);
    let promised = promised.into_iter().map(|promise| format!("promise: {}", &text[promise.at]));
    age.into_iter().chain(long).chain(swaps).chain(passives).chain(promised).collect()
}

#[test]
fn every_labelled_sentence_gets_exactly_its_advice() {
    let mut texts: Vec<(&str, Vec<&str>)> = Vec::new();
    let lines = LABELLED.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    for line in lines {
        match (line.strip_prefix("    "), texts.last_mut()) {
            (Some(label), Some((_, labels))) => labels.push(label),
            _ => texts.push((line, vec![])),
        }
    }
    assert!(texts.len() >= 60, "{}", texts.len());
    for (text, labels) in texts {
        assert_eq!(said(text), labels, "{text}");
    }
}

#[test]
fn a_label_names_a_place_of_the_text_it_is_about() {
    let text = "Für Участники 🎨 PARTICIPANTS’ café, co‑produced.";
    let swaps = advice(text, Swaps::shipped()).swaps;
    let found: Vec<&str> = swaps.into_iter().map(|swap| &text[swap.at]).collect();
    assert_eq!(found, ["PARTICIPANTS", "co‑produced"]);
}

#[test]
fn plain_text_needs_no_advice() {
    assert!(
        advice("Make pots at a long table. The kettle is always on.", Swaps::shipped()).is_empty()
    );
    assert_eq!(advice("", Swaps::shipped()), Advice::default());
}

/// What people type, and what breaks a careless reader: marks, scripts, joined signs, long runs.
fn anything() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z’'éß-]{1,12}",
        2 => proptest::sample::select(vec![
            "participants", "is facilitated", "will reduce your", "anxiety", "therapy", "co-produced",
            "e.g.", "St.", "10.30am", "https://a.example/(b)", "in order to", "isn’t", "İ", "ǅ", "e\u{301}",
        ]).prop_map(str::to_owned),
        2 => "[ .!?…\n*#@:/()-]{1,4}",
        1 => "\\PC{1,8}",
        1 => any::<String>(),
    ];
    let parted = (piece, prop_oneof![Just(" "), Just(""), Just("\n")]);
    proptest::collection::vec(parted, 0..60)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, gap)| piece + gap).collect())
}

proptest! {
    #[test]
    fn no_text_breaks_it_and_every_place_is_a_piece_of_the_text(text in anything()) {
        let Advice { reading_age, long_sentences, swaps, passives } = advice(&text, Swaps::shipped());
        let promises = promises(&text, LedBy::Anyone);
        let stops = long_sentences.iter().filter_map(|long| long.stop_after.clone());
        let places = long_sentences.iter().map(|long| long.at.clone()).chain(stops)
            .chain(swaps.iter().map(|swap| swap.at.clone()))
            .chain(passives.iter().map(|passive| passive.at.clone()))
            .chain(promises.iter().map(|promise| promise.at.clone()));
        for at in places {
            prop_assert!(text.get(at.clone()).is_some_and(|piece| !piece.trim().is_empty()), "{at:?}");
        }
        let overlap = |places: Vec<std::ops::Range<usize>>| places.windows(2).any(|two| two[0].end > two[1].start);
        prop_assert!(!overlap(swaps.into_iter().map(|swap| swap.at).collect()));
        prop_assert!(!overlap(passives.into_iter().map(|passive| passive.at).collect()));
        prop_assert!(!overlap(promises.into_iter().map(|promise| promise.at).collect()));
        if let Some(age) = reading_age {
            prop_assert!((5..=25).contains(&age.years) && age.sentences <= age.words);
        }
    }
}
