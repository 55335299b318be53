//! Questions as they stand on a page: with what was typed, what is wrong and what the coordinator said.
use askama::{Template, filters::HtmlSafe};

use super::super::Message;
use crate::{
    forms::{Answers, Mistakes},
    places::Places,
};

/// What a page knows when it draws its questions.
#[derive(Clone, Copy)]
pub struct Drawing<'a> {
    pub answers: &'a Answers,
    pub mistakes: &'a Mistakes,
    /// What the coordinator asks to be changed.
    pub asked: &'a [Message],
    pub places: &'a Places,
    /// The thing of which one more is wanted, such as `schedule`.
    pub more: &'a str,
}

/// One question, drawn. Its template escapes everything.
#[derive(Template)]
#[template(path = "submissions/field.html")]
pub struct Drawn {
    /// The field's name and the id of its first control.
    pub name: String,
    pub label: &'static str,
    pub hint: String,
    pub optional: bool,
    pub wrong: Option<String>,
    pub asked: Vec<String>,
    pub input: Input,
    /// It is a part of a thing.
    pub small: bool,
}

/// A question at its place on the page.
pub struct Placed {
    /// It shows only when a choice is made that carries this letter.
    pub letter: Option<char>,
    pub drawn: Drawn,
}

/// How it is answered.
pub enum Input {
    Line {
        value: String,
        kind: &'static str,
        mode: &'static str,
        fill: &'static str,
        wide: bool,
    },
    Area {
        value: String,
        rows: u8,
    },
    /// Radio buttons, or boxes where `many`.
    Choose {
        many: bool,
        choices: Vec<Choice>,
        folded: bool,
        inline: bool,
    },
    /// Boxes under headings; all folded away while none is chosen.
    Groups {
        groups: Vec<(String, Vec<Choice>)>,
        folded: bool,
    },
    /// A list that unfolds, in groups where they have a heading.
    Select(Vec<(String, Vec<Choice>)>),
    /// Of each row one; folded away while none is answered.
    Each {
        rows: Vec<Row>,
        folded: bool,
    },
    Several {
        thing: &'static str,
        items: Vec<Item>,
        another: bool,
    },
}

pub struct Choice {
    pub id: String,
    pub value: String,
    pub label: String,
    pub chosen: bool,
    /// The letters of what opens by it.
    pub opens: String,
    /// What opens right below it.
    pub inside: Vec<Drawn>,
}

/// One of several things that are asked the same.
pub struct Row {
    pub name: String,
    pub label: String,
    pub choices: Vec<Choice>,
    pub note: Option<Note>,
    pub wrong: Option<String>,
}

pub struct Note {
    pub name: String,
    pub value: String,
    pub wrong: Option<String>,
}

/// One of several things with parts.
pub struct Item {
    pub number: usize,
    pub parts: Vec<Placed>,
}

impl HtmlSafe for Drawn {}

impl Drawn {
    fn any_chosen(&self, choices: &[Choice]) -> bool {
        choices.iter().any(|one| one.chosen)
    }
}
