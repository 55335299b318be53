//! From a question and its answers to what stands on the page.
use super::{
    super::{
        Control, Message, Only, Part, Question,
        question::Choices,
        questions::{YES, begun, part_field},
    },
    drawn::{Around, Choice, Drawn, Input, Item, Note, Placed, Row},
};
use crate::places::Places;

/// More choices than this are folded away until somebody wants them.
const MANY: usize = 28;
/// Up to so many questions open inside the choice they belong to; more of them follow below it.
const INSIDE: usize = 2;

/// All questions of a page in their order.
pub fn all<'a>(
    questions: impl IntoIterator<Item = &'a Question>,
    around: Around<'_>,
) -> Vec<Placed> {
    let asked: Vec<Asked> = questions.into_iter().map(Asked::of_question).collect();
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

/// In their order. What depends on one choice alone stands inside it, and is left out here.
fn several(asked: &[Asked], around: Around<'_>) -> Vec<Placed> {
    let room = Room::of(asked, around);
    asked
        .iter()
        .filter(|one| !room.is_inside(one))
        .map(|one| Placed { letter: room.letter(one), drawn: one.drawn(&room) })
        .collect()
}

/// The questions of one form, or the parts of one thing: which of them depends on which.
struct Room<'a> {
    asked: &'a [Asked],
    around: Around<'a>,
    /// What must be chosen for some of them to show, each with the letter that those choices carry.
    letters: Vec<(char, Only)>,
}

impl<'a> Room<'a> {
    fn of(asked: &'a [Asked], around: Around<'a>) -> Self {
        let mut room = Self { asked, around, letters: Vec::new() };
        // A thing stands within a form, so its letters are others.
        let mut free = if asked.iter().any(|one| one.part) { 'p'..='r' } else { 'a'..='c' };
        for one in asked {
            let Some(only) = room.depends(one).filter(|_| !room.is_inside(one)) else { continue };
            if !room.letters.iter().any(|(_, other)| same(only, *other)) {
                room.letters.extend(free.next().map(|letter| (letter, only)));
            }
        }
        room
    }

    fn depends(&self, one: &Asked) -> Option<Only> {
        one.only.filter(|only| self.asked.iter().any(|other| other.own == only.field))
    }

    fn is_inside(&self, one: &Asked) -> bool {
        let Some(only) = self.depends(one).filter(|only| only.is.len() == 1) else { return false };
        let alike = |other: &&Asked| other.only.is_some_and(|its| same(its, only));
        self.asked.iter().filter(alike).count() <= INSIDE
    }

    fn letter(&self, one: &Asked) -> Option<char> {
        let only = self.depends(one)?;
        self.letters.iter().find(|(_, other)| same(only, *other)).map(|(letter, _)| *letter)
    }

    /// What opens by a choice: the letters of what follows, and what stands right below it.
    fn opened(&self, by: &Asked, value: &str) -> (String, Vec<Drawn>) {
        let opens = |only: &Only| only.field == by.own && only.is.contains(&value);
        let letters = self.letters.iter().filter(|(_, only)| opens(only));
        let letters: Vec<String> = letters.map(|(letter, _)| letter.to_string()).collect();
        let inside = self
            .asked
            .iter()
            .filter(|one| self.is_inside(one) && one.only.is_some_and(|only| opens(&only)));
        (letters.join(" "), inside.map(|one| one.drawn(self)).collect())
    }
}

fn same(one: Only, other: Only) -> bool {
    one.field == other.field && one.is == other.is
}

impl Asked {
    fn drawn(&self, room: &Room<'_>) -> Drawn {
        let around = room.around;
        Drawn {
            label: self.label,
            hint: self.hint_with_most(),
            optional: !self.needed && !self.part,
            wrong: around.mistakes.of(&self.field).map(str::to_owned),
            asked: self.asked(around),
            input: self.input(room),
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
        let about = |said: &&Message| {
            said.field.as_ref().is_some_and(|one| self.shows(one.as_str(), around))
        };
        around.asked.iter().filter(about).map(|said| said.words.to_string()).collect()
    }

    /// Whether what is said about a field stands here: a row, or a thing that was taken away, has no place of
    /// its own.
    fn shows(&self, field: &str, around: Around<'_>) -> bool {
        let rest = field.strip_prefix(&self.field).map(|rest| rest.strip_prefix('-'));
        match (self.control, rest) {
            (_, Some(None)) => field == self.field,
            (Control::Each { .. }, Some(Some(_))) => true,
            (Control::Several { .. }, Some(Some(rest))) => {
                let number = rest.split('-').next().and_then(|number| number.parse().ok());
                number.is_none_or(|number: usize| number > self.begun(around.answers))
            }
            _ => false,
        }
    }

    /// How many of a thing were begun.
    fn begun(&self, answers: &crate::forms::Answers) -> usize {
        let question = Question {
            name: self.own,
            label: self.label,
            hint: self.hint,
            control: self.control,
            needed: self.needed,
            only: self.only,
        };
        begun(&question, answers)
    }

    fn input(&self, room: &Room<'_>) -> Input {
        let around = room.around;
        let value = || around.answers.raw(&self.field).to_owned();
        let line = |kind, mode, fill, wide| Input::Line { value: value(), kind, mode, fill, wide };
        let choices = |choices| self.choices(choices, room);
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
            Control::YesNo => self
                .one(choices(vec![(YES.into(), "Yes".into()), ("no".into(), "No".into())]), around),
            Control::Many(of) => {
                let choices = choices(of());
                let folded = !self.needed && self.folds(&choices, around);
                let inline = self.part && choices.len() > 1;
                Input::Choose { many: true, choices, folded, inline }
            }
            Control::Boroughs => {
                let choices = choices(boroughs(around.places));
                let folded = self.folds(&choices, around);
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
                let folded = note.is_none() && !of_answered(around, &self.field);
                Input::Each { rows: rows.collect(), folded }
            }
            Control::Several { most, thing, parts } => self.things(most, thing, parts, around),
        }
    }

    fn folds(&self, choices: &[Choice], around: Around<'_>) -> bool {
        choices.len() > MANY
            && !choices.iter().any(|one| one.chosen)
            && around.mistakes.of(&self.field).is_none()
    }

    /// What need not be answered can be left open again, without a script too.
    fn one(&self, mut choices: Vec<Choice>, around: Around<'_>) -> Input {
        let inline =
            self.part && choices.len() <= 5 && choices.iter().all(|one| one.label.len() < 20)
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

    fn choices(&self, choices: Choices, room: &Room<'_>) -> Vec<Choice> {
        let drawn = |(at, (value, label)): (usize, (String, String))| {
            let (letters, inside) = room.opened(self, &value);
            Choice {
                id: if at == 0 { self.field.clone() } else { format!("{}-{value}", self.field) },
                chosen: room.around.answers.has(&self.field, &value),
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
        let begun = self.begun(around.answers);
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

/// Whether any row of such a question is answered, or wrong.
fn of_answered(around: Around<'_>, field: &str) -> bool {
    let own = |one: &str| one.strip_prefix(field).is_some_and(|rest| rest.starts_with('-'));
    around.answers.fields().any(|(one, _)| own(one) && around.answers.stated(one))
        || around.mistakes.iter().any(|mistake| own(&mistake.field))
}

fn boroughs(places: &Places) -> Choices {
    places.boroughs().iter().map(|one| (one.slug.to_string(), one.name.clone())).collect()
}
