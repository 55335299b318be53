//! How old somebody must be to read a text with ease.
//!
//! The Flesch–Kincaid grade: J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom,
//! *Derivation of New Readability Formulas for Navy Enlisted Personnel*, Research Branch Report 8-75,
//! Naval Technical Training, Memphis 1975. A child in school year *n* of the United States is about
//! *n* + 5 years old.
//!
//! Why this one: what people type here is short. SMOG wants thirty sentences, and Dale–Chall a list of
//! three thousand words that American children knew in 1984. This one needs only what can be counted in
//! any text, and each of its two parts is an advice that can be followed: shorter sentences, shorter words.
use super::{
    sentences,
    syllables::syllables,
    words::{Word, is_latin},
};

/// Below so many words, one name more or less moves the figure by years.
pub const LEAST_WORDS: usize = 20;

/// What our own texts keep, and what we advise: years of age.
pub const AIM: std::ops::RangeInclusive<u8> = 9..=11;

/// In years, with the figures it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadingAge {
    /// 5 to 25.
    pub years: u8,
    pub words: usize,
    pub sentences: usize,
    pub syllables: usize,
}

/// `None` for fewer than [`LEAST_WORDS`] words in letters like ours. `words` are those of the whole text.
pub fn reading_age(text: &str, all: &[Word]) -> Option<ReadingAge> {
    let (mut words, mut spoken, mut ends) = (0, 0, 0);
    for (_, said) in sentences::each(text, all) {
        let readable = |word: &&Word| {
            is_latin(&word.folded) || word.folded.contains(|sign: char| sign.is_ascii_digit())
        };
        let said: Vec<&Word> = said.iter().filter(readable).collect();
        words += sentences::count(said.iter().copied());
        spoken += said.iter().map(|word| syllables(&word.folded)).sum::<usize>();
        ends += usize::from(!said.is_empty());
    }
    (words >= LEAST_WORDS).then(|| ReadingAge {
        years: years(words as f64, ends.max(1) as f64, spoken as f64),
        words,
        sentences: ends,
        syllables: spoken,
    })
}

fn years(words: f64, sentences: f64, syllables: f64) -> u8 {
    let grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59;
    (grade + 5.0).round().clamp(5.0, 25.0) as u8
}

impl ReadingAge {
    /// "9", "18 or over": from there on, a year more says nothing.
    pub fn in_words(self) -> String {
        match self.years {
            ..=6 => "6 or under".into(),
            18.. => "18 or over".into(),
            years => years.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::words::words, *};

    fn of(text: &str) -> Option<ReadingAge> {
        reading_age(text, &words(text))
    }

    #[test]
    fn too_little_text_has_no_reading_age() {
        assert_eq!(of(&"tea ".repeat(19)), None);
        assert!(of(&"tea ".repeat(20)).is_some());
        assert_eq!(of(&"你好 ".repeat(50)), None);
        assert_eq!(of("🎨 🎭"), None);
    }

    #[test]
    fn the_figures_are_those_of_the_formula() {
        // 25 words, 3 sentences, 30 syllables: 0.39 × 8.33 + 11.8 × 1.2 − 15.59 = 1.82, and 5.
        let text = "We make pots at a long table in the old hall. The kettle is always on. Ama will help you, and you may always look.";
        let age = of(text).unwrap();
        assert_eq!((age.words, age.sentences, age.syllables, age.years), (25, 3, 30, 7));
    }

    #[test]
    fn long_words_and_long_sentences_make_it_older() {
        let plain = of(
            "You sit with us. We have tea. You draw what you like. Nobody looks. You can go home when you like to.",
        );
        let hard = of(
            "A holistic, facilitated textile-based intervention for participants experiencing social isolation, which aims to deliver improved wellbeing outcomes through sustained peer-to-peer engagement.",
        );
        assert!(plain.unwrap().years <= 7 && hard.unwrap().years >= 18, "{plain:?} {hard:?}");
    }
}
