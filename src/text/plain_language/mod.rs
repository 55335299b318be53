//! Plain language: what makes a text hard to read, each with its place in the text. Advice, never a block.
//!
//! All places are bytes of the text as given and lie between its characters. The time it takes grows
//! with the length of the text and no faster.
mod passive;
mod phrases;
mod promises;
mod reading_age;
mod sentences;
mod swaps;
mod syllables;
#[cfg(test)]
mod tests;
mod words;

pub use passive::Passive;
pub use promises::{LedBy, Promise};
pub use reading_age::{AIM, ReadingAge};
pub use sentences::{LongSentence, MOST_WORDS, sentences};
pub use swaps::{Known, Plainer, Swap, Swaps, shipped};

/// What would make a text easier to read. Each list in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    /// `None` where there are too few words to say.
    pub reading_age: Option<ReadingAge>,
    pub long_sentences: Vec<LongSentence>,
    pub swaps: Vec<Swap>,
    pub passives: Vec<Passive>,
}

/// Of a text in English; of others nothing sensible is said, but nothing breaks. `list` says which words stop a
/// reader.
pub fn advice(text: &str, list: &Swaps) -> Advice {
    let words = words::words(text);
    Advice {
        reading_age: reading_age::reading_age(text, &words),
        long_sentences: sentences::long_sentences(text, &words),
        swaps: list.found(text, &words),
        passives: passive::passives(text, &words),
    }
}

/// Words that promise treatment: a warning rather than an advice, so it is asked for apart.
pub fn promises(text: &str, led_by: LedBy) -> Vec<Promise> {
    promises::promises(text, &words::words(text), led_by)
}

impl Advice {
    /// Nothing to change; the reading age is a figure, not an advice.
    pub fn is_empty(&self) -> bool {
        self.long_sentences.is_empty() && self.swaps.is_empty() && self.passives.is_empty()
    }
}
