//! A text as words with their places, and as sentences: what every advice looks at.
use std::ops::Range;

/// One word: letters and digits, with an apostrophe, or a stop between digits, inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// In bytes of the text.
    pub at: Range<usize>,
    /// In small letters, with a straight apostrophe.
    pub folded: String,
    /// Hangs on the word before it by a hyphen, as "made" in "hand-made".
    pub hangs: bool,
}

/// The words of a text in their order. Web and e-mail addresses are not words.
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, sign) in text.char_indices() {
        match (sign.is_whitespace(), start) {
            (true, Some(from)) => {
                words_of_a_piece(text, from..at, &mut found);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    if let Some(from) = start {
        words_of_a_piece(text, from..text.len(), &mut found);
    }
    found
}

/// A word that is written: letters of an alphabet like ours, accents included.
pub fn is_latin(folded: &str) -> bool {
    folded.chars().all(|sign| sign == '\'' || (sign.is_alphabetic() && sign < '\u{250}'))
}

/// `piece` holds no white space.
fn words_of_a_piece(text: &str, piece: Range<usize>, found: &mut Vec<Word>) {
    let written = &text[piece.clone()];
    if written.contains('@') {
        return;
    }
    // In "[our page](https://…)" the address begins in the middle of a piece.
    let address =
        ["http://", "https://", "www."].iter().filter_map(|sign| written.find(sign)).min();
    let written = &written[..address.unwrap_or(written.len())];
    let mut signs = written.char_indices().peekable();
    let (mut start, mut before) = (None, None);
    while let Some((at, sign)) = signs.next() {
        let next = signs.peek().map(|(_, next)| *next);
        let inside = match sign {
            '\'' | '’' => start.is_some() && next.is_some_and(char::is_alphabetic),
            '.' | ':' | ',' => {
                before.is_some_and(char::is_numeric) && next.is_some_and(char::is_numeric)
            }
            _ => part_of_a_word(sign),
        };
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                keep(text, piece.start + from..piece.start + at, found);
                start = None;
            }
            _ => {}
        }
        before = Some(sign);
    }
    if let Some(from) = start {
        keep(text, piece.start + from..piece.start + written.len(), found);
    }
}

/// Marks that combine with the letter before them belong to the word.
fn part_of_a_word(sign: char) -> bool {
    sign.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&sign)
}

fn keep(text: &str, at: Range<usize>, found: &mut Vec<Word>) {
    let folded = text[at.clone()].replace('’', "'").to_lowercase();
    let hangs = found.last().is_some_and(|last: &Word| {
        last.at.end < at.start && matches!(&text[last.at.end..at.start], "-" | "‐" | "‑")
    });
    found.push(Word { at, folded, hangs });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn apostrophes_and_times_stay_in_their_word() {
        assert_eq!(
            folded("It’s 10.30am at ‘St. Mary's’, 1,200 m."),
            ["it's", "10.30am", "at", "st", "mary's", "1,200", "m"]
        );
    }

    #[test]
    fn addresses_are_not_words() {
        assert_eq!(
            folded("See [us](https://a.example/b) or www.a.example, me@a.example now"),
            ["see", "us", "or", "now"]
        );
    }

    #[test]
    fn a_hyphen_parts_words_that_hang_together() {
        let hangs: Vec<bool> = words("a co-made - bowl").iter().map(|word| word.hangs).collect();
        assert_eq!(hangs, [false, false, true, false]);
    }
}
