//! How well offers answer the words: what each word says there, rare words more than common ones.
use super::{index::Index, lookup::Word};

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
    for (word, rare) in words.iter().zip(&rare) {
        let share = rare * word.trust;
        for spelling in &word.found[segment].0 {
            let postings = index.postings(*spelling);
            add(share, &postings.ordinals, &postings.impacts, results, &mut scores);
        }
    }
    scores.iter_mut().for_each(|score| *score /= 4 * all);
    scores
}

/// Sixteenths of the logarithm that BM25 uses.
fn rarity(offers: usize, alive: usize) -> u32 {
    let (offers, alive) = (offers as f32, alive as f32);
    (16.0 * (1.0 + (alive - offers + 0.5) / (offers + 0.5)).ln()).max(1.0) as u32
}

fn add(share: u32, ordinals: &[u32], impacts: &[u8], results: &[u32], scores: &mut [u32]) {
    if results.len() * 16 < ordinals.len() {
        let mut from = 0;
        for (result, score) in results.iter().zip(scores) {
            from += ordinals[from..].partition_point(|one| one < result);
            if ordinals.get(from) == Some(result) {
                *score += share * u32::from(impacts[from]);
            }
        }
        return;
    }
    let mut at = 0;
    for (ordinal, impact) in ordinals.iter().zip(impacts) {
        while at < results.len() && results[at] < *ordinal {
            at += 1;
        }
        if at == results.len() {
            return;
        }
        if results[at] == *ordinal {
            scores[at] += share * u32::from(*impact);
        }
    }
}
