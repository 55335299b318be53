//! One typed word: which spellings it stands for, over every segment at once.
use std::collections::HashSet;

use super::{
    index::Index,
    tokens::{stemmer, words},
};
use crate::search::catalogue::bitmap::Bitmap;

/// From this length on the last word may be the beginning of one.
const SHORTEST_PREFIX: usize = 3;

/// A word as it was understood.
#[derive(Debug)]
pub struct Word {
    pub typed: String,
    /// What a hit counts, out of 4: less for a guess.
    pub trust: u32,
    /// In each segment: the spellings, and the offers that have one of them and are alive.
    pub found: Vec<(Vec<u32>, Bitmap)>,
    /// Offers with it.
    pub offers: usize,
}

/// Looks every word up: as it is typed in any of its forms; else, for the last, as the beginning of a
/// word; else with typing mistakes, as few as find something. `segments` are the indexes with what is
/// alive in each. Words too common to tell offers apart are left out.
pub fn look_up(typed: &[String], segments: &[(&Index, &Bitmap, usize)]) -> Vec<Word> {
    let mut all = Vec::new();
    for text in typed {
        words(text, |word| all.push(word.to_owned()));
    }
    // Said twice is said once, and what was typed last stays last.
    let mut said = HashSet::new();
    all.reverse();
    all.retain(|word: &String| said.insert(word.clone()));
    all.reverse();
    let last = all.len().saturating_sub(1);
    let stemmer = stemmer();
    all.into_iter()
        .enumerate()
        .map(|(at, typed)| {
            let stem = stemmer.stem(&typed).into_owned();
            let exact = Word::of(&typed, 4, segments, |index| index.with_stem(&stem));
            if exact.offers > 0 {
                return exact;
            }
            if at == last && typed.len() >= SHORTEST_PREFIX {
                let prefix = Word::of(&typed, 3, segments, |index| index.with_prefix(&typed));
                if prefix.offers > 0 {
                    return prefix;
                }
            }
            let near: Vec<_> =
                segments.iter().map(|(index, ..)| index.with_mistakes(&typed)).collect();
            for mistakes in 1..=2 {
                let mut near = near.iter();
                let guess = Word::of(&typed, 2, segments, |_| {
                    let near = near.next().into_iter().flatten();
                    near.filter(|(_, n)| *n == mistakes).map(|(at, _)| *at).collect()
                });
                if guess.offers > 0 {
                    return guess;
                }
            }
            exact
        })
        .collect()
}

impl Word {
    fn of(
        typed: &str,
        trust: u32,
        segments: &[(&Index, &Bitmap, usize)],
        mut spellings: impl FnMut(&Index) -> Vec<u32>,
    ) -> Self {
        let mut found = Vec::with_capacity(segments.len());
        let mut offers = 0;
        for (index, alive, length) in segments {
            let spellings = spellings(index);
            let mut set = index.any(&spellings, *length);
            set.and(alive);
            offers += set.len();
            found.push((spellings, set));
        }
        Self { typed: typed.to_owned(), trust, found, offers }
    }
}
