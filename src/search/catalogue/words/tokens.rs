//! Text as words to index and to look up: small plain letters, no apostrophes, no small change.
use rust_stemmers::{Algorithm, Stemmer};

use crate::text::plain_letter;

/// Nothing longer is a word.
const LONGEST: usize = 40;

/// Too common to tell offers apart. Sorted.
const STOP_WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "into", "is", "it",
    "its", "of", "on", "or", "our", "s", "so", "that", "the", "their", "them", "then", "there",
    "they", "this", "to", "us", "we", "who", "will", "with", "you", "your",
];

/// The words of a text, in order, without those that say nothing.
pub fn words(text: &str, mut each: impl FnMut(&str)) {
    let mut word = String::new();
    for c in text.chars() {
        match plain_letter(c) {
            Some(letter) => word.push(letter),
            None if matches!(c, '\'' | '\u{2019}') => {}
            None if c.is_alphanumeric() => word.extend(c.to_lowercase()),
            None => flush(&mut word, &mut each),
        }
    }
    flush(&mut word, &mut each);
}

fn flush(word: &mut String, each: &mut impl FnMut(&str)) {
    let says_something = !word.is_empty() && word.len() <= LONGEST;
    if says_something && STOP_WORDS.binary_search(&word.as_str()).is_err() {
        each(word);
    }
    word.clear();
}

pub fn stemmer() -> Stemmer {
    Stemmer::create(Algorithm::English)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        words(text, |word| all.push(word.to_owned()));
        all
    }

    #[test]
    fn words_are_plain_and_without_small_change() {
        assert_eq!(all("The Women’s Café, 3pm – d'Art"), ["womens", "cafe", "3pm", "dart"]);
        assert!(all(&"x".repeat(LONGEST + 1)).is_empty());
    }

    #[test]
    fn other_scripts_are_words_too() {
        assert_eq!(all("Живопись, Ünlü"), ["живопись", "unlu"]);
    }

    #[test]
    fn the_stop_words_are_sorted() {
        assert!(STOP_WORDS.is_sorted());
    }
}
