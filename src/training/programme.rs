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
    pub fn minutes(&self) -> u32 {
        self.modules.iter().map(|one| u32::from(one.minutes)).sum()
    }
}
