//! Typing mistakes in words that we do not know.
use super::{days, sentence::Sentence};
use crate::{
    calendar::{MONTHS, Weekdays, day_code, month_named},
    places::Place,
    topics,
};

/// So many unknown words are looked at: it bounds the time, and nobody mistypes more.
const MOST: usize = 16;

/// Words that the grammar itself knows, so that none of them is taken for a mistake.
const GRAMMAR: [&str; 87] = [
    "pound",
    "pounds",
    "pence",
    "quid",
    "fiver",
    "tenner",
    "mile",
    "miles",
    "metres",
    "kilometres",
    "today",
    "tomorrow",
    "tonight",
    "weekend",
    "weekends",
    "weekday",
    "weekdays",
    "fortnight",
    "term",
    "half",
    "holidays",
    "holiday",
    "break",
    "spring",
    "summer",
    "autumn",
    "winter",
    "under",
    "above",
    "below",
    "older",
    "younger",
    "except",
    "early",
    "late",
    "next",
    "coming",
    "after",
    "before",
    "until",
    "till",
    "since",
    "between",
    "during",
    "starting",
    "christmas",
    "xmas",
    "easter",
    "plus",
    "upwards",
    "maximum",
    "most",
    "limit",
    "budget",
    "tops",
    "less",
    "than",
    "cheaper",
    "distance",
    "council",
    "residents",
    "hate",
    "hates",
    "dislike",
    "dislikes",
    "avoid",
    "avoids",
    "avoiding",
    "never",
    "excluding",
    "unavailable",
    "busy",
    "works",
    "working",
    "isnt",
    "arent",
    "dont",
    "wont",
    "instead",
    "apart",
    "rather",
    "possible",
    "olds",
    "young",
    "aged",
    "this",
    "that",
];

/// Puts the word that was meant in the place of one that is in no list, or the place that was meant.
/// What stands in `typed` stays.
pub fn correct(sentence: &mut Sentence<'_>) {
    let mut covered = 0;
    let mut tried = 0;
    for at in 0..sentence.len() {
        if let Some((count, _)) = &sentence.places[at] {
            covered = covered.max(at + count);
        }
        let word = &sentence.words[at];
        let long = word.text.chars().count() >= 4 && word.text.chars().all(char::is_alphabetic);
        let looked_at = long && tried < MOST && !sentence.is_literal(at) && at >= covered;
        // Asked last, since it takes a while.
        let known = || {
            sentence.lexicon.knows(word)
                || GRAMMAR.contains(&word.text.as_str())
                || days::day(&word.text).is_some()
                || month_named(&word.text).is_some()
        };
        if !looked_at || known() {
            continue;
        }
        tried += 1;
        let after_place_word = at > 0
            && ["in", "near", "around", "nr", "from", "to"]
                .contains(&sentence.words[at - 1].text.as_str());
        let word = meant_word(sentence, &sentence.words[at].text);
        let place = meant_place(sentence, at, after_place_word);
        match (word, place) {
            (Some((_, mistakes)), Some((count, place, more)))
                if after_place_word || more < mistakes =>
            {
                covered = at + count;
                sentence.places[at] = Some((count, place));
            }
            (Some((meant, _)), _) => {
                let meant = topics::words(&meant).into_iter().next();
                if let Some(meant) = meant {
                    let word = &mut sentence.words[at];
                    (word.text, word.stem) = (meant.text, meant.stem);
                }
            }
            (None, Some((count, place, _))) => {
                covered = at + count;
                sentence.places[at] = Some((count, place));
            }
            (None, None) => {}
        }
    }
}

fn meant_word(sentence: &Sentence<'_>, typed: &str) -> Option<(String, usize)> {
    let everyday = sentence.lexicon.meant_by(typed);
    let named = Weekdays::EVERY.iter().map(day_code).chain(MONTHS);
    let calendar = named.filter_map(|name| {
        let same_start = name.chars().next() == typed.chars().next();
        let most = topics::forgiven(name.len());
        let count = same_start.then(|| topics::mistakes(typed, name, most)).flatten()?;
        Some((name, count))
    });
    everyday
        .into_iter()
        .chain(calendar)
        .min_by_key(|(_, count)| *count)
        .map(|(word, count)| (word.to_owned(), count))
}

/// A place whose name is so many mistakes away from one or two words here. Short names only after "in"
/// or "near": else people's names would become places.
fn meant_place(
    sentence: &Sentence<'_>,
    at: usize,
    after_place_word: bool,
) -> Option<(usize, Place, usize)> {
    let one = sentence.words[at].text.clone();
    let two = (at + 1 < sentence.len() && !sentence.is_literal(at + 1))
        .then(|| format!("{one} {}", sentence.words[at + 1].text));
    let first = one.chars().next()?;
    let shortest = if after_place_word { 4 } else { 6 };
    let near = |typed: &str, name: &str| {
        let letters = name.chars().count();
        (letters >= shortest)
            .then(|| topics::mistakes(typed, name, topics::forgiven(letters)))
            .flatten()
    };
    let found = sentence.map.names_from(first);
    found
        .filter_map(|(name, place)| {
            let (count, mistakes) = match two.as_deref().and_then(|two| near(two, name)) {
                Some(mistakes) => (2, mistakes),
                None => (1, near(&one, name)?),
            };
            Some((count, place, mistakes))
        })
        .min_by_key(|(count, _, mistakes)| (*mistakes, std::cmp::Reverse(*count)))
        .map(|(count, place, mistakes)| (count, place.clone(), mistakes))
}
