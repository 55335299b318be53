//! Every spelling that occurs, and where: sorted ordinals with how much each says.
use std::collections::HashMap;

use rust_stemmers::Stemmer;

use super::{
    tokens::{stemmer, words},
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
    stemmer: Stemmer,
    known: HashMap<Box<str>, u32>,
    postings: Vec<Postings>,
    /// Of the offer at hand: per spelling how often in each field.
    counts: HashMap<u32, [u16; Field::ALL]>,
    lengths: [u16; Field::ALL],
}

impl IndexBuilder {
    pub fn new() -> Self {
        Self {
            stemmer: stemmer(),
            known: HashMap::new(),
            postings: Vec::new(),
            counts: HashMap::new(),
            lengths: [0; Field::ALL],
        }
    }

    /// A text of the offer at hand.
    pub fn add(&mut self, field: Field, text: &str) {
        let Self { known, postings, counts, lengths, .. } = self;
        words(text, |word| {
            let spelling = known.get(word).copied().unwrap_or_else(|| {
                let new = postings.len() as u32;
                known.insert(word.into(), new);
                postings.push(Postings::default());
                new
            });
            let count = &mut counts.entry(spelling).or_default()[field as usize];
            *count = count.saturating_add(1);
            lengths[field as usize] = lengths[field as usize].saturating_add(1);
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
        for (spelling, counts) in self.counts.drain() {
            let said: f32 = counts.iter().zip(weights).map(|(n, w)| f32::from(*n) * w).sum();
            let impact = (255.0 * said / (said + SATURATION)).clamp(1.0, 255.0) as u8;
            let postings = &mut self.postings[spelling as usize];
            postings.ordinals.push(ordinal);
            postings.impacts.push(impact);
        }
        self.lengths = [0; Field::ALL];
    }

    pub fn finish(self, length: usize) -> Index {
        let Self { stemmer, known, mut postings, .. } = self;
        let mut sorted: Vec<(Box<str>, u32)> = known.into_iter().collect();
        sorted.sort_unstable();
        let mut index = Index::default();
        for (at, (spelling, old)) in sorted.into_iter().enumerate() {
            let stem = stemmer.stem(&spelling).into_owned().into_boxed_str();
            index.stems.entry(stem).or_default().push(at as u32);
            let mut postings = std::mem::take(&mut postings[old as usize]);
            postings.settle(length);
            index.postings.push(postings);
            index.spellings.push(spelling);
        }
        index.shapes = Shapes::of(&index.spellings);
        index
    }
}

impl Postings {
    fn settle(&mut self, length: usize) {
        self.ordinals.shrink_to_fit();
        self.impacts.shrink_to_fit();
        if self.ordinals.len() * 32 > length {
            let mut dense = Bitmap::empty(length);
            self.ordinals.iter().for_each(|one| dense.insert(*one));
            self.dense = Some(dense);
        }
    }
}
