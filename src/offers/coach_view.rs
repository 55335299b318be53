//! What the coach says, as a page draws it: `templates/parts/coach.html` asks, this answers in words.
use super::Coached;
use crate::text::{
    in_letters,
    plain_language::{AIM, LongSentence, MOST_WORDS, Plainer, ReadingAge},
};

/// So many of each kind at once: who is told forty things does none.
const SHOWN: usize = 8;

/// So many questions at once.
const QUESTIONS: usize = 4;

pub struct CoachView<'a> {
    coached: &'a Coached,
}

/// Where the reading age stands on the line, in per cent of its length.
pub struct Gauge {
    pub words: String,
    pub at: f32,
    /// How the word beneath hangs on it, so that it stays inside.
    pub anchor: &'static str,
}

pub struct Long {
    /// "One sentence, 41 words".
    pub heading: String,
    /// Its first words.
    pub begins: String,
    pub hint: String,
}

pub struct Plain<'a> {
    pub written: &'a str,
    pub plainer: &'a Plainer,
}

impl<'a> CoachView<'a> {
    pub fn new(coached: &'a Coached) -> Self {
        Self { coached }
    }

    pub fn score(&self) -> u8 {
        self.coached.score
    }

    pub fn gauge(&self) -> Option<Gauge> {
        self.coached.reading_age.map(Gauge::of)
    }

    pub fn long(&self) -> Vec<Long> {
        let each = self.coached.texts.iter().flat_map(|coaching| {
            let long = coaching.advice.long_sentences.iter();
            long.map(|long| Long::of(long, &coaching.text))
        });
        each.take(SHOWN).collect()
    }

    /// Each word once.
    pub fn swaps(&self) -> Vec<Plain<'a>> {
        let mut found: Vec<Plain<'a>> = Vec::new();
        for coaching in &self.coached.texts {
            for swap in &coaching.advice.swaps {
                let written = &coaching.text[swap.at.clone()];
                if !found.iter().any(|one| one.written.eq_ignore_ascii_case(written)) {
                    found.push(Plain { written, plainer: &swap.plainer });
                }
            }
        }
        found.truncate(SHOWN);
        found
    }

    /// Each once.
    pub fn passives(&self) -> Vec<&'a str> {
        let mut found: Vec<&str> = Vec::new();
        for coaching in &self.coached.texts {
            for passive in &coaching.advice.passives {
                let written = &coaching.text[passive.at.clone()];
                if !found.contains(&written) {
                    found.push(written);
                }
            }
        }
        found.truncate(SHOWN);
        found
    }

    /// What is written, and the honest way to say it.
    pub fn promises(&self) -> Vec<(&'a str, &'static str)> {
        let mut found: Vec<(&str, &str)> = Vec::new();
        for warning in &self.coached.warnings {
            let pair = (warning.words.as_str(), warning.promise.honest);
            if !found.contains(&pair) {
                found.push(pair);
            }
        }
        found
    }

    pub fn questions(&self) -> Vec<&'static str> {
        self.coached.asked.iter().take(QUESTIONS).map(|asked| asked.question).collect()
    }

    /// Too little is written to say anything.
    pub fn says_nothing(&self) -> bool {
        self.coached.read.is_empty()
            && self.coached.texts.is_empty()
            && self.coached.warnings.is_empty()
    }

    /// Words were read, and there is nothing to change in them.
    pub fn is_plain(&self) -> bool {
        !self.coached.read.is_empty()
            && self.coached.texts.is_empty()
            && self.coached.warnings.is_empty()
    }
}

impl Gauge {
    /// The ends of the line, in years.
    pub const FROM: u8 = 6;
    pub const TO: u8 = 20;

    fn of(age: ReadingAge) -> Self {
        let at = Self::place(age.years);
        let anchor = match at {
            ..15.0 => "start",
            85.0.. => "end",
            _ => "middle",
        };
        Self { words: age.in_words(), at, anchor }
    }

    pub fn aim(&self) -> (u8, u8) {
        (*AIM.start(), *AIM.end())
    }

    /// Where the aim begins, and how broad it is.
    pub fn aim_at(&self) -> (f32, f32) {
        let (from, to) = self.aim();
        (Self::place(from), Self::length(to - from))
    }

    /// In the middle of the aim.
    pub fn aim_middle(&self) -> f32 {
        let (from, to) = self.aim();
        Self::place((from + to) / 2)
    }

    fn place(years: u8) -> f32 {
        Self::length(years.clamp(Self::FROM, Self::TO) - Self::FROM)
    }

    /// One figure behind the point is finer than a screen.
    fn length(years: u8) -> f32 {
        let whole = Self::TO - Self::FROM;
        (f32::from(years) / f32::from(whole) * 1000.0).round() / 10.0
    }
}

impl Long {
    fn of(long: &LongSentence, text: &str) -> Self {
        let sentence = &text[long.at.clone()];
        let begins: Vec<&str> = sentence.split_whitespace().take(5).collect();
        let parts = in_letters(long.parts);
        let hint = match &long.stop_after {
            Some(at) => {
                format!("Try {parts} short ones. You could stop after “{}”.", &text[at.clone()])
            }
            None => format!("Try {parts} short ones, of {MOST_WORDS} words at most."),
        };
        Self {
            heading: format!("One sentence, {} words", long.words),
            begins: begins.join(" "),
            hint,
        }
    }
}
