//! A list of phrases, and which of them begins at a word.
use std::collections::HashMap;

use super::words::Word;

/// Phrases and what is known of each, by their first word, the longest first.
pub struct Phrases<T>(HashMap<String, Vec<(Vec<String>, T)>>);

impl<T> Phrases<T> {
    /// In each phrase, words are parted by spaces or hyphens.
    pub fn new<'a>(phrases: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, T)>> = HashMap::new();
        for (phrase, known) in phrases {
            let mut words = phrase.split([' ', '-']).map(key);
            if let Some(first) = words.next() {
                by_first.entry(first).or_default().push((words.collect(), known));
            }
        }
        for same in by_first.values_mut() {
            same.sort_by_key(|(others, _)| std::cmp::Reverse(others.len()));
        }
        Self(by_first)
    }

    /// The longest phrase that begins `words`, and of how many words it is. Its words must follow each
    /// other with nothing but a space or a hyphen between.
    pub fn at<'a>(&'a self, text: &str, words: &[Word]) -> Option<(usize, &'a T)> {
        let first = words.first()?;
        self.0.get(&key(&first.folded))?.iter().find_map(|(others, known)| {
            let written = words.get(1..=others.len())?;
            let same = written.iter().zip(others).all(|(word, other)| key(&word.folded) == *other);
            let together =
                words.windows(2).take(others.len()).all(|two| follow(text, &two[0], &two[1]));
            (same && together).then_some((others.len() + 1, known))
        })
    }
}

/// Nothing but white space or a hyphen stands between.
pub fn follow(text: &str, word: &Word, next: &Word) -> bool {
    next.hangs || text[word.at.end..next.at.start].chars().all(char::is_whitespace)
}

/// Both spellings of "organise", and a word and its genitive, are the same.
fn key(folded: &str) -> String {
    folded.strip_suffix("'s").unwrap_or(folded).replace("iz", "is")
}
