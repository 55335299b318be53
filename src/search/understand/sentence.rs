//! The words of one search, with what stands between them.
use std::ops::Range;

use jiff::civil::Date;

use super::mistakes;
use crate::{
    places::{Outcode, Place, PlaceKind, Places as Map, Postcode},
    topics::{Lexicon, Means, Word, words},
};

/// All that the readers look at. Words of a literal phrase end whatever stands before them.
pub struct Sentence<'a> {
    pub typed: &'a str,
    pub words: Vec<Word>,
    pub lexicon: &'a Lexicon,
    pub map: &'a Map,
    pub today: Date,
    /// For each word, the place whose name begins there and how many words it takes.
    pub places: Vec<Option<(usize, Place)>>,
    literal: Vec<bool>,
    /// For each word, where the run of words without a comma or literal ends.
    run_end: Vec<usize>,
}

/// The longest names of places, in words: "Kew Gardens", "Bromley-by-Bow", "Green Lane & St James".
const LONGEST_NAME: usize = 6;

impl<'a> Sentence<'a> {
    pub fn new(
        typed: &'a str,
        literal: &[String],
        lexicon: &'a Lexicon,
        map: &'a Map,
        today: Date,
    ) -> Self {
        let words = words(typed);
        let literal = literals(&words, literal);
        let mut sentence =
            Self { typed, words, lexicon, map, today, places: vec![], literal, run_end: vec![] };
        sentence.run_end = sentence.runs();
        sentence.places = sentence.places_said();
        mistakes::correct(&mut sentence);
        sentence
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }
    pub fn is_literal(&self, at: usize) -> bool {
        self.literal[at]
    }
    /// The word `ahead` words further in the same run; empty if there is none.
    pub fn text(&self, at: usize, ahead: usize) -> &str {
        match self.run_end.get(at) {
            Some(end) if at + ahead < *end => &self.words[at + ahead].text,
            _ => "",
        }
    }
    /// The words from here to the end of the run.
    pub fn run(&self, at: usize) -> &[Word] {
        self.run_end.get(at).map_or(&[], |end| &self.words[at..*end])
    }
    /// Whether exactly these words stand here.
    pub fn says(&self, at: usize, phrase: &[&str]) -> bool {
        phrase.iter().enumerate().all(|(ahead, word)| self.text(at, ahead) == *word)
    }
    /// The first of these phrases that stands here, as its number of words.
    pub fn says_one_of(&self, at: usize, phrases: &[&[&str]]) -> Option<usize> {
        phrases.iter().find(|phrase| self.says(at, phrase)).map(|phrase| phrase.len())
    }
    /// What stands between the word before and this one; at the end, what follows the last.
    pub fn gap(&self, at: usize) -> &'a str {
        let start = at.checked_sub(1).map_or(0, |before| self.words[before].at.end);
        let end = self.words.get(at).map_or(self.typed.len(), |word| word.at.start);
        &self.typed[start..end]
    }
    /// A comma or the like stands before it, or it is the first or comes after the last.
    pub fn breaks(&self, at: usize) -> bool {
        at == 0 || at >= self.len() || is_break(self.gap(at)) || self.literal[at - 1]
    }
    pub fn range(&self, from: usize, count: usize) -> Range<usize> {
        self.words[from].at.start..self.words[from + count - 1].at.end
    }
    pub fn raw(&self, from: usize, count: usize) -> &'a str {
        &self.typed[self.range(from, count)]
    }

    fn runs(&self) -> Vec<usize> {
        let mut ends = vec![0; self.len()];
        let mut end = self.len();
        for at in (0..self.len()).rev() {
            if self.literal[at] {
                end = at;
            }
            ends[at] = end;
            if is_break(self.gap(at)) {
                end = at;
            }
        }
        ends
    }

    fn places_said(&self) -> Vec<Option<(usize, Place)>> {
        // Most words begin no name, and need no further look.
        let may_begin = |at: usize| {
            let word = self.words[at].text.as_str();
            let digit = word.bytes().any(|b| b.is_ascii_digit());
            digit || word == "saint" || self.map.begins_a_name(word)
        };
        (0..self.len()).map(|at| may_begin(at).then(|| self.place_at(at)).flatten()).collect()
    }

    fn place_at(&self, at: usize) -> Option<(usize, Place)> {
        if self.literal[at] {
            return None;
        }
        if let Some(found) = self.postal_at(at) {
            return Some(found);
        }
        let after_other = at > 0 && self.is_filler(at - 1);
        if self.is_filler(at) && !after_other || self.words[at].text.len() < 2 {
            return None;
        }
        let free =
            (at..self.len()).take_while(|one| !self.literal[*one]).take(LONGEST_NAME).count();
        (1..=free).rev().find_map(|count| {
            let name = self.raw(at, count);
            let place = self.map.find(name).or_else(|| {
                let the = self.gap(at).trim_end().to_lowercase().ends_with("the");
                the.then(|| self.map.find(&format!("the {name}"))).flatten()
            })?;
            let named = !matches!(place.kind, PlaceKind::Postcode | PlaceKind::Outcode);
            (named && !self.is_filler(at + count - 1)).then_some((count, place))
        })
    }

    fn postal_at(&self, at: usize) -> Option<(usize, Place)> {
        let first = &self.words[at].text;
        if Outcode::parse(first).is_some() {
            let whole = self.words.get(at + 1).filter(|next| next.text.len() == 3);
            let whole = whole.filter(|_| !self.literal[at + 1] && !is_break(self.gap(at + 1)));
            let whole = whole.and_then(|next| Postcode::parse(&format!("{first}{}", next.text)));
            let both = whole.and_then(|code| self.map.find(code.as_str()));
            return both.map(|place| (2, place)).or_else(|| Some((1, self.map.find(first)?)));
        }
        Postcode::parse(first).and_then(|code| self.map.find(code.as_str())).map(|place| (1, place))
    }

    /// A word that says nothing by itself.
    pub fn is_filler(&self, at: usize) -> bool {
        let found = self.lexicon.longest(&self.words[at..=at]);
        found.is_some_and(|found| found.means == [Means::Filler])
    }
}

/// Which words belong to a phrase that somebody wants to be taken as plain words.
fn literals(spoken: &[Word], phrases: &[String]) -> Vec<bool> {
    let mut literal = vec![false; spoken.len()];
    for phrase in phrases {
        let phrase = words(phrase);
        if phrase.is_empty() || phrase.len() > spoken.len() {
            continue;
        }
        for at in 0..=spoken.len() - phrase.len() {
            let here = &spoken[at..at + phrase.len()];
            if here.iter().zip(&phrase).all(|(one, other)| one.text == other.text) {
                literal[at..at + phrase.len()].fill(true);
            }
        }
    }
    literal
}

/// Commas and full stops part thoughts; hyphens, slashes and apostrophes do not.
fn is_break(gap: &str) -> bool {
    gap.contains([',', ';', '.', '!', '?', '(', ')', '\n', ':', '\u{2022}', '|'])
        || [" - ", " \u{2013} ", "\u{2014}"].iter().any(|dash| gap.contains(dash))
}
