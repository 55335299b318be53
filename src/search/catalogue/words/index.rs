//! Every spelling that occurs, and where: sorted ordinals with how much each says.
use std::collections::HashMap;

use super::{
    tokens::{all_words, says_something, stemmer},
    typing::Shapes,
};
use crate::search::catalogue::bitmap::Bitmap;

/// What of an offer a text is, with what one word of it is worth and how long it usually is. The lengths
/// are fixed, not measured, so that what a word is worth does not depend on the other offers.
#[derive(Clone, Copy, Debug)]
pub enum Field {
    Title,
    Topics,
    Keywords,
    Provider,
    Summary,
    Place,
    Description,
}

impl Field {
    const ALL: usize = 7;

    fn worth(self) -> f32 {
        match self {
            Self::Title => 12.0,
            Self::Topics | Self::Keywords => 6.0,
            Self::Provider => 5.0,
            Self::Summary => 4.0,
            Self::Place => 3.0,
            Self::Description => 1.5,
        }
    }
    fn usual_length(self) -> f32 {
        match self {
            Self::Title => 5.0,
            Self::Topics => 12.0,
            Self::Keywords => 4.0,
            Self::Provider => 3.0,
            Self::Summary => 20.0,
            Self::Place => 6.0,
            Self::Description => 80.0,
        }
    }
}

/// As in BM25: how soon more of the same word says no more, and how much length counts.
const SATURATION: f32 = 8.0;
const LENGTH_COUNTS: f32 = 0.5;

#[derive(Debug, Default)]
pub struct Index {
    /// Sorted.
    spellings: Vec<Box<str>>,
    postings: Vec<Postings>,
    /// The spellings of each stem.
    stems: HashMap<Box<str>, Vec<u32>>,
    shapes: Shapes,
}

/// Where a spelling occurs, in rising order, with how much it says there: 1 to 255.
#[derive(Debug, Default)]
pub struct Postings {
    pub ordinals: Vec<u32>,
    pub impacts: Vec<u8>,
    /// Kept besides where it is the smaller.
    dense: Option<Bitmap>,
}

impl Index {
    pub fn with_stem(&self, stem: &str) -> Vec<u32> {
        self.stems.get(stem).cloned().unwrap_or_default()
    }

    pub fn with_prefix(&self, prefix: &str) -> Vec<u32> {
        let from = self.spellings.partition_point(|one| **one < *prefix);
        let rest = &self.spellings[from..];
        let many = rest.partition_point(|one| one.starts_with(prefix));
        (from as u32..(from + many) as u32).collect()
    }

    /// Those that somebody may have meant, with the number of mistakes: 1 or 2.
    pub fn with_mistakes(&self, typed: &str) -> Vec<(u32, u8)> {
        self.shapes.near(typed, &self.spellings)
    }

    pub fn postings(&self, spelling: u32) -> &Postings {
        &self.postings[spelling as usize]
    }

    /// Where any of the spellings occurs.
    pub fn any(&self, spellings: &[u32], length: usize) -> Bitmap {
        let mut any = Bitmap::empty(length);
        for spelling in spellings {
            let postings = self.postings(*spelling);
            match &postings.dense {
                Some(dense) => any.or(dense),
                None => postings.ordinals.iter().for_each(|one| any.insert(*one)),
            }
        }
        any
    }
}

/// Takes the texts of one offer after the other.
pub struct IndexBuilder {
    /// Every word met, small change as [`NOTHING`].
    known: HashMap<Box<str>, u32>,
    postings: Vec<Postings>,
    /// Of the offer at hand: each spelling with how often it stands in each field.
    counts: Vec<(u32, [u16; Field::ALL])>,
    /// By spelling: where it is in `counts`, from 1; 0 where the offer at hand does not have it.
    places: Vec<u32>,
    lengths: [u16; Field::ALL],
}

/// Stands for every word that says nothing.
const NOTHING: u32 = u32::MAX;

impl IndexBuilder {
    pub fn new() -> Self {
        Self {
            known: HashMap::new(),
            postings: Vec::new(),
            counts: Vec::new(),
            places: Vec::new(),
            lengths: [0; Field::ALL],
        }
    }

    /// A text of the offer at hand.
    pub fn add(&mut self, field: Field, text: &str) {
        all_words(text, |word| {
            let spelling = match self.known.get(word) {
                Some(spelling) => *spelling,
                None => self.learn(word.into()),
            };
            if spelling != NOTHING {
                let count = &mut self.counts_of(spelling)[field as usize];
                *count = count.saturating_add(1);
                let length = &mut self.lengths[field as usize];
                *length = length.saturating_add(1);
            }
        });
    }

    /// The offer at hand is complete; ordinals must rise.
    pub fn close(&mut self, ordinal: u32) {
        let fields = [
            Field::Title,
            Field::Topics,
            Field::Keywords,
            Field::Provider,
            Field::Summary,
            Field::Place,
            Field::Description,
        ];
        let weights = fields.map(|field| {
            let long = f32::from(self.lengths[field as usize]) / field.usual_length();
            field.worth() / (1.0 - LENGTH_COUNTS + LENGTH_COUNTS * long)
        });
        for (spelling, counts) in self.counts.drain(..) {
            let said: f32 = counts.iter().zip(weights).map(|(n, w)| f32::from(*n) * w).sum();
            let impact = (255.0 * said / (said + SATURATION)).clamp(1.0, 255.0) as u8;
            let postings = &mut self.postings[spelling as usize];
            postings.ordinals.push(ordinal);
            postings.impacts.push(impact);
            self.places[spelling as usize] = 0;
        }
        self.lengths = [0; Field::ALL];
    }

    /// All that another has, as if its offers had been added here: its ordinal 0 becomes `first`.
    pub fn append(&mut self, other: Self, first: u32) {
        let Self { known, mut postings, .. } = other;
        for (word, theirs) in known.into_iter().filter(|(_, theirs)| *theirs != NOTHING) {
            let theirs = std::mem::take(&mut postings[theirs as usize]);
            let mine = match self.known.get(&word) {
                Some(mine) => *mine,
                None => self.learn(word),
            };
            let mine = &mut self.postings[mine as usize];
            mine.ordinals.extend(theirs.ordinals.iter().map(|ordinal| first + ordinal));
            mine.impacts.extend(theirs.impacts);
        }
    }

    /// The offer that was added as `order[0]` is 0 from now on, and so on.
    pub fn finish(self, order: &[u32]) -> Index {
        let Self { known, mut postings, .. } = self;
        let mut now = vec![0; order.len()];
        (0..).zip(order).for_each(|(place, added)| now[*added as usize] = place);
        let stemmer = stemmer();
        let mut sorted: Vec<(Box<str>, u32)> =
            known.into_iter().filter(|(_, spelling)| *spelling != NOTHING).collect();
        sorted.sort_unstable();
        let mut index = Index::default();
        for (at, (spelling, old)) in sorted.into_iter().enumerate() {
            let stem = stemmer.stem(&spelling).into_owned().into_boxed_str();
            index.stems.entry(stem).or_default().push(at as u32);
            let mut postings = std::mem::take(&mut postings[old as usize]);
            postings.settle(&now);
            index.postings.push(postings);
            index.spellings.push(spelling);
        }
        index.shapes = Shapes::of(&index.spellings);
        index
    }

    /// A word met for the first time.
    fn learn(&mut self, word: Box<str>) -> u32 {
        let spelling = if says_something(&word) { self.postings.len() as u32 } else { NOTHING };
        if spelling != NOTHING {
            self.postings.push(Postings::default());
            self.places.push(0);
        }
        self.known.insert(word, spelling);
        spelling
    }

    fn counts_of(&mut self, spelling: u32) -> &mut [u16; Field::ALL] {
        let place = &mut self.places[spelling as usize];
        if *place == 0 {
            self.counts.push((spelling, [0; Field::ALL]));
            *place = self.counts.len() as u32;
        }
        &mut self.counts[*place as usize - 1].1
    }
}

impl Postings {
    /// `now` is the new ordinal of each.
    fn settle(&mut self, now: &[u32]) {
        let length = now.len();
        let ordinals = self.ordinals.iter().map(|added| now[*added as usize]);
        let mut said: Vec<(u32, u8)> = ordinals.zip(self.impacts.iter().copied()).collect();
        said.sort_unstable();
        (self.ordinals, self.impacts) = said.into_iter().unzip();
        self.ordinals.shrink_to_fit();
        self.impacts.shrink_to_fit();
        if self.ordinals.len() * 32 > length {
            let mut dense = Bitmap::empty(length);
            self.ordinals.iter().for_each(|one| dense.insert(*one));
            self.dense = Some(dense);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(index: &mut IndexBuilder, texts: &[(Field, &str)], ordinal: u32) {
        texts.iter().for_each(|(field, text)| index.add(*field, text));
        index.close(ordinal);
    }

    fn said(index: &Index) -> Vec<(&str, &[u32], &[u8], bool)> {
        let postings = index.postings.iter();
        let each = index.spellings.iter().zip(postings);
        each.map(|(one, said)| (&**one, &*said.ordinals, &*said.impacts, said.dense.is_some()))
            .collect()
    }

    #[test]
    fn an_index_put_together_from_parts_is_that_of_all_the_texts() {
        let offers: Vec<[(Field, &str); 2]> = vec![
            [(Field::Title, "Tea and knitting"), (Field::Description, "We knit, and we have tea.")],
            [(Field::Title, "Caf\u{e9} choir"), (Field::Description, "Knitting for singers")],
            [(Field::Title, "The choir"), (Field::Keywords, "the and of")],
            [(Field::Title, "Tea, tea, tea"), (Field::Place, "Tea Rooms")],
        ];
        let mut alone = IndexBuilder::new();
        offers.iter().zip(0..).for_each(|(texts, at)| add(&mut alone, texts, at));
        let order: Vec<u32> = (0..offers.len() as u32).collect();
        let alone = alone.finish(&order);
        for first in 0..=offers.len() {
            let mut whole = IndexBuilder::new();
            let mut begins = 0;
            for part in [&offers[..first], &offers[first..]] {
                let mut index = IndexBuilder::new();
                part.iter().zip(0..).for_each(|(texts, at)| add(&mut index, texts, at));
                whole.append(index, begins);
                begins += part.len() as u32;
            }
            let whole = whole.finish(&order);
            assert_eq!(said(&whole), said(&alone));
            assert_eq!(whole.stems, alone.stems);
        }
        // In another order it is that of the texts added in that order.
        let (mut turned, mut whole) = (IndexBuilder::new(), IndexBuilder::new());
        offers.iter().rev().zip(0..).for_each(|(texts, at)| add(&mut turned, texts, at));
        offers.iter().zip(0..).for_each(|(texts, at)| add(&mut whole, texts, at));
        let back: Vec<u32> = order.iter().rev().copied().collect();
        assert_eq!(said(&whole.finish(&back)), said(&turned.finish(&order)));
    }
}
