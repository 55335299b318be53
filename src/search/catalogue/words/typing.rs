//! Typing mistakes: which spellings somebody may have meant.

use crate::topics::distance;

/// Length and letters of every spelling: enough to leave out nearly all of them without looking at one.
/// Tens of thousands take tens of microseconds, with no memory for spellings that do not occur.
#[derive(Debug, Default)]
pub struct Shapes {
    lengths: Vec<u8>,
    letters: Vec<u32>,
}

/// Shorter words are never taken for another.
const SHORTEST: usize = 4;
/// From here on two mistakes are forgiven: of the longer of the typed and the meant.
const LONG: usize = 8;

impl Shapes {
    pub fn of(spellings: &[Box<str>]) -> Self {
        Self {
            // A spelling that nobody can have meant gets length 0.
            lengths: spellings
                .iter()
                .map(|one| if correctable(one) { one.len() as u8 } else { 0 })
                .collect(),
            letters: spellings.iter().map(|one| letters(one)).collect(),
        }
    }

    /// Places in `spellings`, with the number of mistakes.
    pub fn near(&self, typed: &str, spellings: &[Box<str>]) -> Vec<(u32, u8)> {
        if !correctable(typed) {
            return Vec::new();
        }
        let (long, wanted) = (typed.len() as u8, letters(typed));
        let mut near = Vec::new();
        let shapes = self.lengths.iter().zip(&self.letters);
        for (at, (length, letters)) in shapes.enumerate() {
            // Each mistake takes one letter away, or brings one, or both.
            if length.abs_diff(long) <= 2 && (letters ^ wanted).count_ones() <= 4 && *length > 0 {
                let most = if long.max(*length) as usize >= LONG { 2 } else { 1 };
                if let Some(mistakes) = mistakes(typed, &spellings[at], most) {
                    near.push((at as u32, mistakes));
                }
            }
        }
        near
    }
}

fn correctable(word: &str) -> bool {
    (SHORTEST..=40).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase())
}

fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |set, b| set | 1 << (b.wrapping_sub(b'a') & 31))
}

/// How many letters were left out, added, changed or swapped with their neighbour, if no more than `most`
/// (1 or 2); `None` for the same word.
fn mistakes(typed: &str, meant: &str, most: u8) -> Option<u8> {
    let (typed, meant) = (typed.as_bytes(), meant.as_bytes());
    let same = |(a, b): &(&u8, &u8)| a == b;
    let head = typed.iter().zip(meant).take_while(same).count();
    let (typed, meant) = (&typed[head..], &meant[head..]);
    let tail = typed.iter().rev().zip(meant.iter().rev()).take_while(same).count();
    let (typed, meant) = (&typed[..typed.len() - tail], &meant[..meant.len() - tail]);
    // What is left begins and ends with a mistake, so most candidates end here.
    let count = if typed.len().max(meant.len()) <= 1 {
        typed.len().max(meant.len())
    } else if most == 1 {
        let swapped =
            typed.len() == 2 && meant.len() == 2 && typed[0] == meant[1] && typed[1] == meant[0];
        if swapped { 1 } else { 2 }
    } else {
        distance(typed, meant, usize::from(most))?
    };
    (1..=usize::from(most)).contains(&count).then_some(count as u8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn meant<'a>(typed: &str, known: &[&'a str]) -> Vec<(&'a str, u8)> {
        let spellings: Vec<Box<str>> = known.iter().map(|one| (*one).into()).collect();
        let near = Shapes::of(&spellings).near(typed, &spellings);
        near.into_iter().map(|(at, mistakes)| (known[at as usize], mistakes)).collect()
    }

    #[test]
    fn one_mistake_is_forgiven_in_a_word_of_four_to_seven_letters() {
        assert_eq!(meant("coir", &["choir", "cobra"]), [("choir", 1)]);
        assert_eq!(meant("chior", &["choir"]), [("choir", 1)]);
        assert_eq!(meant("chorr", &["choir"]), [("choir", 1)]);
        assert_eq!(meant("choirr", &["choir"]), [("choir", 1)]);
        assert!(meant("chxxr", &["choir"]).is_empty());
    }

    #[test]
    fn two_are_forgiven_in_a_longer_one() {
        assert_eq!(meant("knitng", &["knitting"]), [("knitting", 2)]);
        assert_eq!(meant("gardning", &["gardening"]), [("gardening", 1)]);
        assert_eq!(meant("phtograpy", &["photo", "photography"]), [("photography", 2)]);
    }

    #[test]
    fn short_words_and_numbers_are_taken_as_they_are() {
        assert!(meant("art", &["arts", "part"]).is_empty());
        assert!(meant("cats", &["cat"]).is_empty());
        assert!(meant("1945", &["1946"]).is_empty());
    }

    proptest! {
        #[test]
        fn leaving_out_by_shape_loses_nothing(typed in "[a-e]{4,9}", known in "[a-e]{4,9}") {
            let whole = distance(typed.as_bytes(), known.as_bytes(), 9).unwrap_or(9);
            let most = if typed.len().max(known.len()) >= LONG { 2 } else { 1 };
            let expected = (1..=most).contains(&whole);
            prop_assert_eq!(meant(&typed, &[&known]).len() == 1, expected);
        }
    }
}
