//! A programme: what is taught, in which order, and what people are asked before and after.
use uuid::Uuid;

use crate::text::{Line, Slug, Text};

/// A module lasts so many minutes unless somebody says otherwise: the model is four modules of two hours.
pub const MODULE_MINUTES: u16 = 120;
pub const MODULES: usize = 4;

#[derive(Clone, Debug)]
pub struct Programme {
    pub id: Uuid,
    pub slug: Slug,
    pub says: Says,
    /// In order.
    pub modules: Vec<Module>,
    pub questions: Vec<Question>,
    pub revision: i32,
}

/// What a programme says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Says {
    pub name: Line<120>,
    pub for_whom: Line<280>,
    /// Markdown.
    pub about: Text<5000>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    pub id: Uuid,
    /// From 1.
    pub position: u8,
    pub title: Line<120>,
    /// What one can do after it.
    pub aims: Text<1000>,
    /// 15 to 480.
    pub minutes: u16,
}

/// Answered with 0 to 10, before the first session and after the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub id: Uuid,
    /// From 1.
    pub position: u8,
    pub words: Line<200>,
    /// What 0 and 10 mean.
    pub low: Line<60>,
    pub high: Line<60>,
}

impl Programme {
    /// "8 hours".
    pub fn length_in_words(&self) -> String {
        in_words(self.modules.iter().map(|one| u32::from(one.minutes)).sum())
    }
}

impl Module {
    /// "2 hours".
    pub fn length_in_words(&self) -> String {
        in_words(self.minutes.into())
    }
}

/// "8 hours", "1 hour 30 minutes".
fn in_words(minutes: u32) -> String {
    let some = |number: u32, of: &str| match number {
        1 => format!("1 {of}"),
        more => format!("{more} {of}s"),
    };
    match (minutes / 60, minutes % 60) {
        (0, minutes) => some(minutes, "minute"),
        (hours, 0) => some(hours, "hour"),
        (hours, minutes) => format!("{} {}", some(hours, "hour"), some(minutes, "minute")),
    }
}
