//! How well offers answer the words: what each word says there, rare words more than common ones.
use std::cell::RefCell;

use super::{index::Index, lookup::Word};

thread_local! {
    /// By ordinal; all zero between two searches.
    static SUMS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// One number for each of `results` (ordinals of the segment, rising), 0 to 255 and rarely above.
/// `alive` is the number of offers in all segments.
pub fn scores(
    words: &[Word],
    segment: usize,
    index: &Index,
    alive: usize,
    results: &[u32],
) -> Vec<u32> {
    let mut scores = vec![0; results.len()];
    let rare: Vec<u32> = words.iter().map(|word| rarity(word.offers, alive)).collect();
    let all: u32 = rare.iter().sum::<u32>().max(1);
    SUMS.with_borrow_mut(|sums| {
        let mut written = 0;
        for (word, rare) in words.iter().zip(&rare) {
            let share = rare * word.trust;
            for spelling in &word.found[segment].0 {
                let postings = index.postings(*spelling);
                let (ordinals, impacts) = (&postings.ordinals, &postings.impacts);
                if results.len() * 16 < ordinals.len() {
                    pick(share, ordinals, impacts, results, &mut scores);
                } else {
                    written = written.max(add(share, ordinals, impacts, sums));
                }
            }
        }
        for (result, score) in results.iter().zip(&mut scores) {
            *score += sums.get(*result as usize).copied().unwrap_or(0);
            *score /= 4 * all;
        }
        sums[..written].fill(0);
    });
    scores
}

/// Sixteenths of the logarithm that BM25 uses.
fn rarity(offers: usize, alive: usize) -> u32 {
    let (offers, alive) = (offers as f32, alive as f32);
    (16.0 * (1.0 + (alive - offers + 0.5) / (offers + 0.5)).ln()).max(1.0) as u32
}

/// Looks each result up.
fn pick(share: u32, ordinals: &[u32], impacts: &[u8], results: &[u32], scores: &mut [u32]) {
    let mut from = 0;
    for (result, score) in results.iter().zip(scores) {
        from += ordinals[from..].partition_point(|one| one < result);
        if ordinals.get(from) == Some(result) {
            *score += share * u32::from(impacts[from]);
        }
    }
}

/// Writes all impacts down by ordinal, without a question asked; gives how far it wrote.
fn add(share: u32, ordinals: &[u32], impacts: &[u8], sums: &mut Vec<u32>) -> usize {
    let end = ordinals.last().map_or(0, |last| *last as usize + 1);
    if sums.len() < end {
        sums.resize(end, 0);
    }
    for (ordinal, impact) in ordinals.iter().zip(impacts) {
        sums[*ordinal as usize] += share * u32::from(*impact);
    }
    end
}
