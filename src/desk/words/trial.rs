//! What a change of a word would do, shown before it is kept.
use jiff::civil::DateTime;

use super::{List, form::Change, known};
use crate::{
    places::Places,
    search::{Catalogue, Parameters, ask},
    text::plain_language::{self, Known, Swaps},
    topics::{EverydayWord, Lexicon},
};

/// How many results are named.
const NAMED: usize = 5;

/// What somebody typed to try, as it is read now and with the change.
#[derive(Clone, Debug)]
pub enum Trial {
    Search { today: Heard, with: Heard },
    Coach { today: Vec<Said>, with: Vec<Said> },
}

/// What a search understands and finds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    /// Words and what they mean.
    pub understood: Vec<(String, String)>,
    /// Looked for as plain words.
    pub rest: Vec<String>,
    pub total: usize,
    /// Name in addresses, and title.
    pub first: Vec<(String, String)>,
}

/// A word that the coach finds, and what it says.
pub type Said = (String, String);

impl Trial {
    pub fn changes_nothing(&self) -> bool {
        match self {
            Self::Search { today, with } => today == with,
            Self::Coach { today, with } => today == with,
        }
    }
}

/// `None` where there is nothing to try.
pub fn of_search(
    typed: &str,
    change: &Change,
    words: Vec<EverydayWord>,
    (catalogue, places): (&Catalogue, &Places),
    now: DateTime,
) -> Trial {
    let heard =
        |words: Vec<EverydayWord>| heard(typed, &Lexicon::new(words), (catalogue, places), now);
    Trial::Search { today: heard(words.clone()), with: heard(changed(words, change)) }
}

/// `others` are the words that administrators keep now.
pub fn of_coach(typed: &str, change: &Change, others: Vec<(String, Known)>) -> Trial {
    let said = |others: &[(String, Known)]| -> Vec<Said> {
        let swaps = Swaps::with(others.iter().map(|(form, known)| (form.as_str(), known.clone())));
        let found = plain_language::advice(typed, &swaps).swaps.into_iter();
        found.map(|one| (typed[one.at].to_owned(), one.plainer.to_string())).collect()
    };
    let mut with = others.clone();
    with.retain(|(form, _)| *form != change.key);
    if let Some(known) = change.says.as_deref().and_then(known) {
        with.push((change.key.clone(), known));
    }
    Trial::Coach { today: said(&others), with: said(&with) }
}

fn changed(mut words: Vec<EverydayWord>, change: &Change) -> Vec<EverydayWord> {
    if change.list == List::Everyday {
        words.retain(|one| one.phrase != change.key);
        for meaning in change.says.iter().flat_map(|says| says.lines()) {
            let (group, code) = meaning.split_once(' ').unwrap_or((meaning, ""));
            let (group, code) = (group.to_owned(), code.to_owned());
            words.push(EverydayWord { phrase: change.key.clone(), group, code });
        }
    }
    words
}

fn heard(
    typed: &str,
    lexicon: &Lexicon,
    (catalogue, places): (&Catalogue, &Places),
    now: DateTime,
) -> Heard {
    let parameters = Parameters::default().set("q", typed);
    let Ok(asked) = ask(&parameters, lexicon, places, now.date()) else {
        return Heard::default();
    };
    let found = catalogue.find(&asked.criteria, now);
    let understood = asked.reading.understood.iter();
    let named = found.hits.iter().take(NAMED);
    Heard {
        understood: understood.map(|one| (one.words.clone(), one.label.clone())).collect(),
        rest: asked.reading.rest,
        total: found.total,
        first: named.map(|hit| (hit.card.slug.to_string(), hit.card.title.to_string())).collect(),
    }
}
