//! Everyday words and what they mean in a search, in memory.
use std::collections::{HashMap, HashSet};

use super::{
    Access, Activity, Audience, Code, Language, Need,
    spelling::{forgiven, mistakes},
    spoken::{Word, words},
};

/// One thing that a phrase means, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EverydayWord {
    pub phrase: String,
    /// A search parameter's name, or `plain`.
    pub group: String,
    pub code: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Means {
    /// A value of a search parameter.
    Value { group: &'static str, code: String },
    /// Its own words and no more: for the full text.
    Text,
    /// Nothing: "who", "looking for".
    Filler,
}

/// A phrase found at the beginning of some words.
#[derive(Clone, Copy, Debug)]
pub struct Match<'a> {
    /// How many words it takes, at least one.
    pub words: usize,
    pub means: &'a [Means],
}

/// All phrases; share it by `Arc`.
#[derive(Debug, Default)]
pub struct Lexicon {
    phrases: Vec<Phrase>,
    /// Phrases by their first word, longest first.
    exact: HashMap<String, Vec<usize>>,
    /// The same by the stem of the first word; only phrases that have other forms.
    stemmed: HashMap<String, Vec<usize>>,
    words: HashSet<String>,
    /// Words that a typing mistake may have been meant for, by first letter.
    correct: HashMap<char, Vec<Meant>>,
}

#[derive(Debug)]
struct Phrase {
    words: Vec<Word>,
    means: Vec<Means>,
}

#[derive(Debug)]
struct Meant {
    word: String,
    letters: usize,
    /// It means something without other words beside it.
    alone: bool,
}

/// The search parameters whose values everyday words may mean.
const GROUPS: [&str; 14] = [
    "need",
    "activity",
    "borough",
    "audience",
    "access",
    "delivery",
    "cost",
    "max_price",
    "day",
    "part",
    "age",
    "language",
    "joining",
    "places",
];

impl Lexicon {
    /// The labels of topics and the names of languages are understood besides the rows. A row of a group
    /// that this program does not know is left out.
    pub fn new(rows: impl IntoIterator<Item = EverydayWord>) -> Self {
        let mut means: HashMap<Vec<String>, (Vec<Word>, Vec<Means>)> = HashMap::new();
        for row in rows.into_iter().chain(labels()).chain(languages()) {
            let Some(meaning) = meaning(&row) else { continue };
            let words = words(&row.phrase);
            if words.is_empty() {
                continue;
            }
            let key = words.iter().map(|word| word.text.clone()).collect();
            let all = &mut means.entry(key).or_insert_with(|| (words, Vec::new())).1;
            if !all.contains(&meaning) {
                all.push(meaning);
            }
        }
        let mut phrases: Vec<Phrase> =
            means.into_values().map(|(words, means)| Phrase { words, means }).collect();
        phrases.sort_by(|one, other| {
            other.words.len().cmp(&one.words.len()).then_with(|| texts(one).cmp(texts(other)))
        });
        Self::indexed(phrases)
    }

    /// The longest phrase at the beginning of these words; an exact one before one in another form.
    pub fn longest(&self, words: &[Word]) -> Option<Match<'_>> {
        let first = words.first()?;
        let fits =
            |index: &HashMap<String, Vec<usize>>, key: &str, same: fn(&Word, &Word) -> bool| {
                index.get(key)?.iter().map(|at| &self.phrases[*at]).find(|phrase| {
                    phrase.words.len() <= words.len()
                        && phrase.words.iter().zip(words).all(|(one, other)| same(one, other))
                })
            };
        let exact = fits(&self.exact, &first.text, |one, other| one.text == other.text);
        let stemmed = fits(&self.stemmed, &first.stem, same_stem);
        let phrase = match (exact, stemmed) {
            (Some(exact), Some(other)) if other.words.len() > exact.words.len() => other,
            (exact, stemmed) => exact.or(stemmed)?,
        };
        Some(Match { words: phrase.words.len(), means: &phrase.means })
    }

    /// Whether a word stands in any phrase, in this form or another.
    pub fn knows(&self, word: &Word) -> bool {
        self.words.contains(&word.text) || self.words.contains(&word.stem)
    }

    /// The word that was meant by one we do not know, with the number of typing mistakes. The first
    /// letter is taken to be right, or swapped with the second.
    pub fn meant_by(&self, typed: &str) -> Option<(&str, usize)> {
        let letters = typed.chars().count();
        let mut first = typed.chars().take(2);
        let (one, two) = (first.next()?, first.next()?);
        if !(4..=20).contains(&letters) || !typed.chars().all(char::is_alphabetic) {
            return None;
        }
        let same = self.correct.get(&one).into_iter().flatten();
        let swapped = self.correct.get(&two).into_iter().flatten();
        let swapped = swapped.filter(|meant| one != two && meant.word.chars().nth(1) == Some(one));
        same.chain(swapped)
            .filter(|meant| meant.letters.abs_diff(letters) <= 2)
            .filter_map(|meant| {
                let most = forgiven(meant.letters);
                let count = mistakes(typed, &meant.word, most)?;
                let doubled = without_doubles(&meant.word) == without_doubles(typed);
                Some((count, !doubled, !meant.alone, meant.letters.abs_diff(letters), &meant.word))
            })
            .min()
            .map(|(count, .., word)| (word.as_str(), count))
    }

    fn indexed(phrases: Vec<Phrase>) -> Self {
        let mut lexicon = Self::default();
        let mut meant: HashMap<String, bool> = HashMap::new();
        for (at, phrase) in phrases.iter().enumerate() {
            let first = &phrase.words[0];
            lexicon.exact.entry(first.text.clone()).or_default().push(at);
            let says = phrase.means.iter().any(|one| matches!(one, Means::Value { .. }));
            if says {
                lexicon.stemmed.entry(first.stem.clone()).or_default().push(at);
            }
            for word in &phrase.words {
                lexicon.words.insert(word.text.clone());
                lexicon.words.insert(word.stem.clone());
                if says && word.text.chars().count() >= 4 {
                    *meant.entry(word.text.clone()).or_default() |= phrase.words.len() == 1;
                }
            }
        }
        for (word, alone) in meant {
            let Some(first) = word.chars().next() else { continue };
            let letters = word.chars().count();
            lexicon.correct.entry(first).or_default().push(Meant { word, letters, alone });
        }
        lexicon.phrases = phrases;
        lexicon
    }
}

/// Short words are only themselves: "low" is not "lows", "pip" is not "pips".
fn same_stem(one: &Word, other: &Word) -> bool {
    one.text == other.text || one.stem == other.stem && one.text.len() > 2 && other.text.len() > 3
}

/// The commonest mistake of all is one letter where there should be two, or two for one.
fn without_doubles(word: &str) -> String {
    let mut plain: Vec<char> = word.chars().collect();
    plain.dedup();
    plain.into_iter().collect()
}

fn texts(phrase: &Phrase) -> impl Iterator<Item = &str> {
    phrase.words.iter().map(|word| word.text.as_str())
}

fn meaning(row: &EverydayWord) -> Option<Means> {
    match (row.group.as_str(), row.code.as_str()) {
        ("plain", "text") => Some(Means::Text),
        ("plain", _) => Some(Means::Filler),
        (group, code) => {
            let group = GROUPS.into_iter().find(|one| *one == group)?;
            Some(Means::Value { group, code: code.to_owned() })
        }
    }
}

/// The labels people read on our own pages.
fn labels() -> impl Iterator<Item = EverydayWord> {
    fn of<T: Code>() -> impl Iterator<Item = EverydayWord> {
        T::ALL.iter().map(|one| row(one.label(), T::GROUP, one.code()))
    }
    of::<Need>().chain(of::<Activity>()).chain(of::<Audience>()).chain(of::<Access>())
}

/// Names of languages as people say them. British Sign Language is an access feature, and "English" by
/// itself more often means the lessons than the language.
fn languages() -> impl Iterator<Item = EverydayWord> {
    Language::all().filter(|one| !["bfi", "en"].contains(&one.code())).flat_map(|one| {
        let name = one.name();
        [
            name.to_owned(),
            format!("{name} speaker"),
            format!("{name} speakers"),
            format!("{name} speaking"),
            format!("{name} language"),
            format!("speaks {name}"),
            format!("speak {name}"),
            format!("speaking {name}"),
            format!("in {name}"),
        ]
        .map(|phrase| row(&phrase, "language", one.code()))
    })
}

fn row(phrase: &str, group: &str, code: &str) -> EverydayWord {
    EverydayWord { phrase: phrase.to_owned(), group: group.to_owned(), code: code.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(rows: &[(&str, &str, &str)]) -> Lexicon {
        Lexicon::new(rows.iter().map(|(phrase, group, code)| row(phrase, group, code)))
    }

    fn meant(lexicon: &Lexicon, typed: &str) -> Option<(usize, Vec<Means>)> {
        lexicon.longest(&words(typed)).map(|found| (found.words, found.means.to_vec()))
    }

    fn value(group: &'static str, code: &str) -> Means {
        Means::Value { group, code: code.to_owned() }
    }

    #[test]
    fn the_longest_phrase_wins_and_may_mean_several_things() {
        let lexicon = lexicon(&[
            ("single", "plain", "filler"),
            ("single dad", "audience", "men"),
            ("single dad", "audience", "children-families"),
        ]);
        let both = vec![value("audience", "men"), value("audience", "children-families")];
        assert_eq!(meant(&lexicon, "single dad in need"), Some((2, both)));
        assert_eq!(meant(&lexicon, "single rooms"), Some((1, vec![Means::Filler])));
        assert_eq!(meant(&lexicon, "rooms"), None);
    }

    #[test]
    fn an_exact_phrase_goes_before_another_form_of_one() {
        let lexicon = lexicon(&[("caring", "need", "caring"), ("care", "plain", "text")]);
        assert_eq!(meant(&lexicon, "care"), Some((1, vec![Means::Text])));
        assert_eq!(meant(&lexicon, "cares"), Some((1, vec![value("need", "caring")])));
        assert_eq!(meant(&lexicon, "career"), None);
    }

    #[test]
    fn labels_and_languages_need_no_row() {
        let lexicon = lexicon(&[]);
        assert_eq!(
            meant(&lexicon, "Pottery & clay"),
            Some((3, vec![value("activity", "pottery")]))
        );
        assert_eq!(meant(&lexicon, "speaks Turkish"), Some((2, vec![value("language", "tr")])));
    }

    #[test]
    fn a_typing_mistake_is_forgiven_in_long_enough_words() {
        let lexicon = lexicon(&[
            ("pottery", "activity", "pottery"),
            ("poetry", "activity", "creative-writing"),
            ("knitting", "activity", "textiles"),
            ("sew", "activity", "textiles"),
        ]);
        let meant = |typed| lexicon.meant_by(typed).map(|(word, _)| word);
        assert_eq!(meant("potery"), Some("pottery"));
        assert_eq!(meant("peotry"), Some("poetry"));
        assert_eq!(meant("knitng"), Some("knitting"));
        assert_eq!(meant("kntng"), None, "three mistakes");
        assert_eq!(meant("sws"), None, "too short");
        assert_eq!(meant("zottery"), None, "another beginning");
    }
}
