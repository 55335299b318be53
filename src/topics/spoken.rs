//! What somebody typed, as words in one spelling.
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

use crate::text::plain_letter;

/// A word that carries meaning, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Small letters and digits, Latin letters without accents, no apostrophes; a point only inside a
    /// number.
    pub text: String,
    /// What its forms share: "sing" for "singing".
    pub stem: String,
    /// In bytes of what was typed.
    pub at: Range<usize>,
}

/// Words that come and go inside a phrase without changing it: "looks after her mum".
const LIGHT: [&str; 14] = [
    "a", "an", "any", "her", "his", "my", "our", "quite", "really", "some", "the", "their", "very",
    "your",
];

/// The words of a text without the light ones. Takes time in proportion to its length.
pub fn words(typed: &str) -> Vec<Word> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut found = Vec::new();
    let mut chars = typed.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if first == '&' {
            let text = String::from("and");
            found.push(Word { stem: text.clone(), text, at: start..start + 1 });
            continue;
        }
        // Some accents count as letters; without one before them they are no word.
        if !first.is_alphanumeric() || is_mark(first) {
            continue;
        }
        let mut text = String::new();
        let mut end = start + first.len_utf8();
        push_plain(&mut text, first);
        while let Some(&(at, c)) = chars.peek() {
            let after = typed[at + c.len_utf8()..].chars().next();
            let inside = after.is_some_and(char::is_alphanumeric);
            let point = c == '.'
                && text.ends_with(|last: char| last.is_ascii_digit())
                && after.is_some_and(|next| next.is_ascii_digit());
            if c.is_alphanumeric() {
                push_plain(&mut text, c);
            } else if point {
                text.push('.');
            } else if !(is_mark(c) || is_apostrophe(c) && inside) {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        if !LIGHT.contains(&text.as_str()) {
            let stem = if text.is_ascii() && text.len() < 40 {
                stemmer.stem(&text).into_owned()
            } else {
                text.clone()
            };
            found.push(Word { text, stem, at: start..end });
        }
    }
    found
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`')
}

/// An accent that stands behind its letter.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn push_plain(text: &mut String, c: char) {
    match plain_letter(c) {
        Some(letter) => text.push(letter),
        None if is_mark(c) => {}
        // A letter of another script, whose small form may end in a mark.
        None => text.extend(c.to_lowercase().filter(|c| !is_mark(*c))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(typed: &str) -> Vec<String> {
        words(typed).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn spelling_marks_and_light_words_make_no_difference() {
        assert_eq!(texts("Looks after HER mum’s café"), ["looks", "after", "mums", "cafe"]);
        assert_eq!(texts("step-free, arts & crafts"), ["step", "free", "arts", "and", "crafts"]);
        assert_eq!(texts("£3.50 or 6.30pm."), ["3.50", "or", "6.30pm"]);
        assert_eq!(texts("cafe\u{301}"), ["cafe"]);
        assert!(texts("the — … \u{363}{").is_empty());
    }

    #[test]
    fn forms_of_one_word_share_a_stem() {
        for (one, other) in [("sings", "singing"), ("knitting", "knit"), ("carers", "carer")] {
            assert_eq!(words(one)[0].stem, words(other)[0].stem);
        }
        assert_ne!(words("career")[0].stem, words("carer")[0].stem);
    }

    proptest! {
        #[test]
        fn every_word_stands_where_it_says(typed in "\\PC{0,120}") {
            for word in words(&typed) {
                prop_assert!(!word.text.is_empty() && typed.get(word.at).is_some());
            }
        }
    }
}
