//! From plain words to what they ask for.
mod ages;
mod dates;
mod days;
mod mistakes;
mod negation;
mod prices;
mod sentence;
mod whereabouts;

use std::ops::Range;

use jiff::civil::Date;
use sentence::Sentence;

use super::Value;
use crate::{
    places::Places,
    topics::{Lexicon, Means},
};

/// What a search says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// In the order of the words. One phrase may mean several things; two phrases may mean the same.
    pub understood: Vec<Understood>,
    /// For the full text, as typed.
    pub rest: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Understood {
    /// The search parameter it stands for.
    pub group: &'static str,
    /// The value of that parameter.
    pub code: String,
    /// As people read it.
    pub label: String,
    /// As typed.
    pub words: String,
    /// Where they stand in what was typed, in bytes.
    pub at: Range<usize>,
}

/// Words at some place, heard by one of the readers.
struct Heard {
    words: usize,
    what: What,
}

enum What {
    /// Parameters and their values.
    Values(Vec<(&'static str, String)>),
    Text,
    Filler,
}

/// Reads from left to right; where several readings begin, the one of most words wins. Takes time in
/// proportion to the length, whatever is typed.
///
/// `literal` are phrases to be taken as plain words. Where a search can have only one of something, such
/// as a place to be near, the first counts and further places are full text.
pub fn understand(
    typed: &str,
    literal: &[String],
    lexicon: &Lexicon,
    places: &Places,
    today: Date,
) -> Reading {
    read(typed, literal, lexicon, places, today).0
}

/// The same, with the values that the pieces stand for, in the same order.
pub(super) fn read(
    typed: &str,
    literal: &[String],
    lexicon: &Lexicon,
    places: &Places,
    today: Date,
) -> (Reading, Vec<Value>) {
    let sentence = Sentence::new(typed, literal, lexicon, places, today);
    let mut reading = Reading::default();
    let mut values: Vec<Value> = Vec::new();
    // Of what a search has only one of, the groups that were said.
    let mut taken: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < sentence.len() {
        if sentence.is_literal(at) {
            reading.rest.extend(plain(&sentence, at, 1));
            at += 1;
            continue;
        }
        let heard = heard(&sentence, at);
        let mut found = match heard.what {
            What::Filler => {
                at += heard.words;
                continue;
            }
            What::Text => Vec::new(),
            What::Values(found) => found
                .iter()
                .filter_map(|(group, code)| Value::read(group, code, places, today).ok())
                .collect(),
        };
        let some = !found.is_empty();
        let another_place =
            found.iter().any(|value| value.group == "near" && taken.contains(&"near"));
        found.retain(|value| !(Value::is_single(value.group) && taken.contains(&value.group)));
        if !some || another_place {
            reading.rest.extend(plain(&sentence, at, heard.words));
        }
        for value in found {
            if Value::is_single(value.group) {
                taken.push(value.group);
            }
            let range = sentence.range(at, heard.words);
            reading.understood.push(Understood {
                group: value.group,
                code: value.code.clone(),
                label: value.label.clone(),
                words: typed[range.clone()].to_owned(),
                at: range,
            });
            values.push(value);
        }
        at += heard.words;
    }
    (reading, values)
}

/// The longest of all readings that begin here; of equally long ones the first in this order.
fn heard(sentence: &Sentence<'_>, at: usize) -> Heard {
    let readers: [fn(&Sentence<'_>, usize) -> Option<Heard>; 8] = [
        phrase,
        prices::read,
        ages::read,
        dates::read,
        days::time,
        negation::read,
        days::read,
        whereabouts::read,
    ];
    let mut best = Heard { words: 0, what: What::Text };
    for reader in readers {
        if let Some(found) = reader(sentence, at)
            && found.words > best.words
        {
            best = found;
        }
    }
    best.words = best.words.max(1);
    best
}

fn phrase(sentence: &Sentence<'_>, at: usize) -> Option<Heard> {
    let found = sentence.lexicon.longest(sentence.run(at))?;
    let values: Vec<_> = found
        .means
        .iter()
        .filter_map(|means| match means {
            Means::Value { group, code } => Some((*group, code.clone())),
            _ => None,
        })
        .collect();
    let what = match (values.is_empty(), found.means.contains(&Means::Text)) {
        (false, _) => What::Values(values),
        (true, true) => What::Text,
        (true, false) => What::Filler,
    };
    Some(Heard { words: found.words, what })
}

/// Words that no text is found by.
const SMALL: [&str; 16] = [
    "and", "at", "by", "for", "from", "in", "is", "near", "not", "of", "on", "or", "to", "who",
    "with", "no",
];

/// Words for the full text, without small ones and stray single letters and digits.
fn plain<'a>(
    sentence: &'a Sentence<'_>,
    at: usize,
    count: usize,
) -> impl Iterator<Item = String> + 'a {
    let only = sentence.len() == 1;
    (at..at + count)
        .filter(move |one| {
            let word = &sentence.words[*one].text;
            only || word.chars().nth(1).is_some() && !SMALL.contains(&word.as_str())
        })
        .map(|one| sentence.raw(one, 1).to_owned())
}

impl Heard {
    fn values(words: usize, values: Vec<(&'static str, String)>) -> Self {
        Self { words, what: What::Values(values) }
    }
    fn add(&mut self, value: (&'static str, String)) {
        if let What::Values(values) = &mut self.what {
            values.push(value);
        }
    }
}

#[cfg(test)]
mod tests;
