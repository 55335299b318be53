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
    all_words(text, |word| {
        if says_something(word) {
            each(word);
        }
    });
}

/// Small change, too: whoever has met a word before need not ask again whether it says something.
pub fn all_words(text: &str, mut each: impl FnMut(&str)) {
    let mut say = |word: &str| {
        if !word.is_empty() && word.len() <= LONGEST {
            each(word);
        }
    };
    let mut word = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        // Most words are small plain letters as they stand, and need no copy.
        let ready = rest.bytes().take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        let (run, after) = rest.split_at(ready.count());
        let mut after = after.chars();
        let next = after.next();
        rest = after.as_str();
        match next.filter(|c| goes_on(*c)) {
            Some(c) => {
                word.push_str(run);
                match plain_letter(c) {
                    Some(letter) => word.push(letter),
                    None if is_apostrophe(c) => {}
                    None => word.extend(c.to_lowercase()),
                }
            }
            None if word.is_empty() => say(run),
            None => {
                word.push_str(run);
                say(&word);
                word.clear();
            }
        }
    }
    say(&word);
}

pub fn says_something(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_err()
}

fn goes_on(c: char) -> bool {
    c.is_alphanumeric() || is_apostrophe(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
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
