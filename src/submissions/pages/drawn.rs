//! Questions as they stand on a page: with what was typed, what is wrong and what the coordinator said.
use askama::{Template, filters::HtmlSafe};

use super::super::{
    Control, Message, Only, Part, Question,
    questions::{YES, begun, part_field},
    question::Choices,
};
use crate::{
    forms::{Answers, Mistakes},
    places::Places,
};

/// More choices than this are folded away until somebody wants them.
const MANY: usize = 28;
/// Up to so many questions open inside the choice they belong to; more of them follow below it.
const INSIDE: usize = 2;

/// What a page knows when it draws its questions.
#[derive(Clone, Copy)]
pub struct Around<'a> {
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
    /// Questions that depend on several of its choices, and the letter those choices carry.
    pub below: Vec<(char, Drawn)>,
    /// It is a part of a thing.
    pub small: bool,
}

/// How it is answered.
pub enum Input {
    Line { value: String, kind: &'static str, mode: &'static str, fill: &'static str, wide: bool },
    Area { value: String, rows: u8 },
    /// Radio buttons, or boxes where `many`.
    Choose { many: bool, choices: Vec<Choice>, folded: bool, inline: bool },
    /// Boxes under headings.
    Groups(Vec<(String, Vec<Choice>)>),
    /// A list that unfolds, in groups where they have a heading.
    Select(Vec<(String, Vec<Choice>)>),
    Each(Vec<Row>),
    Several { thing: &'static str, items: Vec<Item>, another: bool },
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
    pub parts: Vec<Drawn>,
}

impl HtmlSafe for Drawn {}

/// All questions of a page; those that depend on another stand with it.
pub fn all(questions: &[Question], around: Around<'_>) -> Vec<Drawn> {
    let asked: Vec<Asked> = questions.iter().map(Asked::of_question).collect();
    several(&asked, around)
}

/// A question or a part of a thing: what drawing needs of either.
#[derive(Clone)]
struct Asked {
    field: String,
    own: &'static str,
    label: &'static str,
    hint: &'static str,
    control: Control,
    needed: bool,
    only: Option<Only>,
    part: bool,
}

impl Asked {
    fn of_question(question: &Question) -> Self {
        Self {
            field: question.name.to_owned(),
            own: question.name,
            label: question.label,
            hint: question.hint,
            control: question.control,
            needed: question.needed,
            only: question.only,
            part: false,
        }
    }

    fn of_part(question: &str, number: usize, part: &Part) -> Self {
        Self {
            field: part_field(question, number, part.name),
            own: part.name,
            label: part.label,
            hint: part.hint,
            control: part.control,
            needed: true,
            only: part.only,
            part: true,
        }
    }
}

fn several(asked: &[Asked], around: Around<'_>) -> Vec<Drawn> {
    let here = |name: &str| asked.iter().any(|one| one.own == name);
    asked
        .iter()
        .filter(|one| one.only.is_none_or(|only| !here(only.field)))
        .map(|one| one.drawn(asked, around))
        .collect()
}

impl Asked {
    fn drawn(&self, all: &[Self], around: Around<'_>) -> Drawn {
        let depend: Vec<(&Self, &'static [&'static str])> = all
            .iter()
            .filter_map(|one| {
                one.only.filter(|only| only.field == self.own).map(|only| (one, only.is))
            })
            .collect();
        let alike = |is: &[&str]| depend.iter().filter(|(_, other)| *other == is).count();
        let inside = |is: &[&str]| is.len() == 1 && alike(is) <= INSIDE;
        let mut sets: Vec<&[&str]> = Vec::new();
        for (_, is) in &depend {
            if !inside(is) && !sets.contains(is) {
                sets.push(is);
            }
        }
        let letters: Vec<(char, &[&str])> = ('a'..='h').zip(sets).collect();
        let opened = |value: &str| Opened {
            letters: letters
                .iter()
                .filter(|(_, is)| is.contains(&value))
                .map(|(letter, _)| letter.to_string())
                .collect::<Vec<_>>()
                .join(" "),
            inside: depend
                .iter()
                .filter(|(_, is)| inside(is) && is.contains(&value))
                .map(|(one, _)| one.drawn(all, around))
                .collect(),
        };
        let letter = |is: &[&str]| letters.iter().find(|(_, set)| *set == is).map(|(one, _)| *one);
        let below = depend
            .iter()
            .filter_map(|(one, is)| Some((letter(is)?, one.drawn(all, around))))
            .collect();
        Drawn {
            label: self.label,
            hint: self.hint_with_most(),
            optional: !self.needed && !self.part,
            wrong: around.mistakes.of(&self.field).map(str::to_owned),
            asked: self.asked(around),
            input: self.input(around, opened),
            below,
            small: self.part,
            name: self.field.clone(),
        }
    }

    fn hint_with_most(&self) -> String {
        match self.control {
            Control::Area { most, .. } if most < 4_000 => {
                format!("{} Up to {most} letters.", self.hint)
            }
            _ => self.hint.to_owned(),
        }
    }

    fn asked(&self, around: Around<'_>) -> Vec<String> {
        let about = |said: &&Message| said.field.as_ref().is_some_and(|one| one.as_str() == self.field);
        around.asked.iter().filter(about).map(|said| said.words.to_string()).collect()
    }

    fn input(&self, around: Around<'_>, opened: impl Fn(&str) -> Opened) -> Input {
        let value = || around.answers.raw(&self.field).to_owned();
        let line = |kind, mode, fill, wide| Input::Line { value: value(), kind, mode, fill, wide };
        let choices = |choices| self.choices(choices, around, &opened);
        match self.control {
            Control::Line { most, kind } => {
                let short = most <= 4;
                let fill = match self.own {
                    "email" => "email",
                    "phone" => "tel",
                    _ => "off",
                };
                line(kind, if short { "numeric" } else { "" }, fill, !short)
            }
            Control::Area { rows, .. } => Input::Area { value: value(), rows },
            Control::Date => line("text", "", "off", false),
            Control::Time => line("text", "", "off", false),
            Control::Money => line("text", "decimal", "off", false),
            Control::Postcode => line("text", "", "postal-code", false),
            Control::Dates => Input::Area { value: value(), rows: 2 },
            Control::One(of) => self.one(choices(of()), around),
            Control::YesNo => {
                self.one(choices(vec![(YES.into(), "Yes".into()), ("no".into(), "No".into())]), around)
            }
            Control::Many(of) => {
                let choices = choices(of());
                let folded = !self.needed && self.folds(&choices);
                Input::Choose { many: true, choices, folded, inline: false }
            }
            Control::Boroughs => {
                let choices = choices(boroughs(around.places));
                let folded = self.folds(&choices);
                Input::Choose { many: true, choices, folded, inline: false }
            }
            Control::Borough => {
                Input::Select(vec![(String::new(), choices(boroughs(around.places)))])
            }
            // The one that names the offer is chosen alone; its further ones are boxes.
            Control::Grouped(of) if self.own == "activity" => {
                Input::Select(of().into_iter().map(|(head, list)| (head, choices(list))).collect())
            }
            Control::Grouped(of) => {
                Input::Groups(of().into_iter().map(|(head, list)| (head, choices(list))).collect())
            }
            Control::Each { of, answers, note } => {
                let rows = of().into_iter().map(|each| self.row(each, answers(), note, around));
                Input::Each(rows.collect())
            }
            Control::Several { most, thing, parts } => self.things(most, thing, parts, around),
        }
    }

    fn folds(&self, choices: &[Choice]) -> bool {
        choices.len() > MANY && !choices.iter().any(|one| one.chosen)
    }

    /// What need not be answered can be left open again, without a script too.
    fn one(&self, mut choices: Vec<Choice>, around: Around<'_>) -> Input {
        let inline = self.part && choices.len() <= 5 && choices.iter().all(|one| one.label.len() < 20)
            || matches!(self.control, Control::YesNo);
        if !self.needed {
            choices.push(Choice {
                id: format!("{}-open", self.field),
                value: String::new(),
                label: "I would rather not say".into(),
                chosen: !around.answers.stated(&self.field),
                opens: String::new(),
                inside: vec![],
            });
        }
        Input::Choose { many: false, choices, folded: false, inline }
    }

    fn choices(
        &self,
        choices: Choices,
        around: Around<'_>,
        opened: &impl Fn(&str) -> Opened,
    ) -> Vec<Choice> {
        let drawn = |(at, (value, label)): (usize, (String, String))| {
            let Opened { letters, inside } = opened(&value);
            Choice {
                id: if at == 0 { self.field.clone() } else { format!("{}-{value}", self.field) },
                chosen: around.answers.has(&self.field, &value),
                opens: letters,
                inside,
                value,
                label,
            }
        };
        choices.into_iter().enumerate().map(drawn).collect()
    }

    fn row(
        &self,
        (value, label): (String, String),
        answers: Choices,
        note: Option<usize>,
        around: Around<'_>,
    ) -> Row {
        let name = format!("{}-{value}", self.field);
        let said = around.answers.one(&name);
        let mut choices: Vec<Choice> = answers
            .into_iter()
            .enumerate()
            .map(|(at, (answer, label))| Choice {
                id: if at == 0 { name.clone() } else { format!("{name}-{answer}") },
                chosen: said == answer,
                opens: String::new(),
                inside: vec![],
                value: answer,
                label,
            })
            .collect();
        choices.push(Choice {
            id: format!("{name}-open"),
            value: String::new(),
            label: "Not said".into(),
            chosen: said.is_empty(),
            opens: String::new(),
            inside: vec![],
        });
        let note = note.map(|_| {
            let name = format!("{name}-note");
            Note {
                value: around.answers.raw(&name).to_owned(),
                wrong: around.mistakes.of(&name).map(str::to_owned),
                name,
            }
        });
        Row { wrong: around.mistakes.of(&name).map(str::to_owned), name, label, choices, note }
    }

    fn things(
        &self,
        most: usize,
        thing: &'static str,
        parts: &'static [Part],
        around: Around<'_>,
    ) -> Input {
        let question = Question {
            name: self.own,
            label: self.label,
            hint: self.hint,
            control: self.control,
            needed: self.needed,
            only: self.only,
        };
        let begun = begun(&question, around.answers);
        let more = usize::from(around.more == self.own);
        let shown = (begun + more).clamp(usize::from(self.needed || more > 0), most);
        let item = |number| {
            let parts: Vec<Self> =
                parts.iter().map(|part| Self::of_part(self.own, number, part)).collect();
            Item { number, parts: several(&parts, around) }
        };
        let items = (1..=shown).map(item).collect();
        Input::Several { thing, items, another: shown < most }
    }
}

/// What opens by a choice.
struct Opened {
    letters: String,
    inside: Vec<Drawn>,
}

fn boroughs(places: &Places) -> Choices {
    places.boroughs().iter().map(|one| (one.slug.to_string(), one.name.clone())).collect()
}
