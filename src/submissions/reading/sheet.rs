//! The answers that apply, and what is found wrong or missing while they are read.
use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::{
    Missing,
    numbers::number,
    words::{about_date, asked, needed, quoted, too_long},
};
use crate::{
    calendar::{MAX_DATES, date_in_words, typed_date, typed_dates},
    forms::{Answers, Mistake, Mistakes},
    submissions::{
        Control, Question,
        question::Step,
        questions::{NO, YES, applies, part_applies, question_of, questions},
    },
    text::{Line, Text, TextProblem, WebAddress},
    topics::{Code, Codes},
};

pub struct Sheet {
    answers: Answers,
    pub today: Date,
    mistakes: Vec<Mistake>,
    missing: Vec<Missing>,
}

impl Sheet {
    /// What was typed under a question that does not apply any more is left aside.
    pub fn new(answers: &Answers, today: Date) -> Self {
        let asked = |field: &str| match question_of(field) {
            Some((_, question)) if !applies(question, answers) => false,
            Some((_, question)) => part_is_asked(question, field, answers),
            None => false,
        };
        let answers = answers.only(asked);
        Self { answers, today, mistakes: Vec::new(), missing: Vec::new() }
    }

    pub fn answers(&self) -> &Answers {
        &self.answers
    }
    pub fn one(&self, field: &str) -> &str {
        self.answers.one(field)
    }
    pub fn stated(&self, field: &str) -> bool {
        self.answers.stated(field)
    }

    pub fn wrong(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.mistakes.push(Mistake { field: field.into(), message: message.into() });
    }
    /// Needed to publish, and not answered.
    pub fn lacks(&mut self, field: &'static str) {
        if let Some((step, question)) = Step::ALL.into_iter().find_map(|step| {
            questions(step).iter().find(|one| one.name == field).map(|one| (step, one))
        }) {
            self.missing.push(Missing { step, field: question.name, words: needed(field) });
        }
    }
    /// How many mistakes were found so far.
    pub fn complaints(&self) -> usize {
        self.mistakes.len()
    }
    /// Whether the question was found wrong or missing.
    pub fn complains_of(&self, name: &str) -> bool {
        let of = |field: &str| question_of(field).is_some_and(|(_, one)| one.name == name);
        self.mistakes.iter().any(|one| of(&one.field))
            || self.missing.iter().any(|one| one.field == name)
    }

    /// In the order of the page.
    pub fn finish(mut self) -> (Mistakes, Vec<Missing>) {
        self.mistakes.sort_by_key(|one| place(&one.field));
        self.missing.sort_by_key(|one| place(one.field));
        let mut mistakes = Mistakes::default();
        for one in self.mistakes {
            mistakes.add(one.field, one.message);
        }
        (mistakes, self.missing)
    }

    pub fn line<const MAX: usize>(&mut self, field: &str) -> Option<Line<MAX>> {
        let read = Line::optional(self.answers.one(field));
        self.bounded(field, read)
    }
    pub fn text<const MAX: usize>(&mut self, field: &str) -> Option<Text<MAX>> {
        let read = Text::optional(self.answers.one(field));
        self.bounded(field, read)
    }
    /// One that is needed: a mistake where something else of the same thing was typed.
    pub fn line_of<const MAX: usize>(&mut self, field: &str, or: &str) -> Option<Line<MAX>> {
        if !self.stated(field) {
            self.wrong(field, or);
        }
        self.line(field)
    }

    fn bounded<T>(&mut self, field: &str, read: Result<Option<T>, TextProblem>) -> Option<T> {
        match read {
            Ok(read) => read,
            Err(TextProblem::TooLong { length, max }) => {
                self.wrong(field, too_long(&asked(field), length, max));
                None
            }
            Err(TextProblem::Missing) => None,
        }
    }

    pub fn web(&mut self, field: &str) -> Option<WebAddress> {
        let typed = self.answers.one(field);
        if typed.is_empty() {
            return None;
        }
        let read = WebAddress::parse(typed).ok();
        if read.is_none() {
            let message = match typed.chars().count() {
                length if length > WebAddress::LONGEST => {
                    too_long(&asked(field), length, WebAddress::LONGEST)
                }
                _ => "Enter a web address, like lanternyard.example/book".to_owned(),
            };
            self.wrong(field, message);
        }
        read
    }

    /// One of a list; `message` where it is none of it.
    pub fn choice<T>(
        &mut self,
        field: &str,
        read: impl Fn(&str) -> Option<T>,
        message: &str,
    ) -> Option<T> {
        let typed = self.answers.one(field);
        let chosen = read(typed);
        if chosen.is_none() && !typed.is_empty() {
            self.wrong(field, message);
        }
        chosen
    }

    /// Any of a list, each once, in the order in which they came.
    pub fn chosen<T: PartialEq>(
        &mut self,
        field: &str,
        read: impl Fn(&str) -> Option<T>,
        message: &str,
    ) -> Vec<T> {
        let mut chosen = Vec::new();
        let mut wrong = false;
        for value in self.answers.all(field) {
            match read(value) {
                Some(one) if !chosen.contains(&one) => chosen.push(one),
                Some(_) => {}
                None => wrong = true,
            }
        }
        if wrong {
            self.wrong(field, message);
        }
        chosen
    }

    pub fn codes<T: Code>(&mut self, field: &str, message: &str) -> Codes<T> {
        self.chosen(field, T::parse, message).into_iter().collect()
    }

    pub fn yes_no(&mut self, field: &str) -> Option<bool> {
        self.choice(field, yes_or_no, "Select yes or no, or leave this open")
    }

    /// A box of its own.
    pub fn ticked(&self, field: &str) -> bool {
        self.answers.has(field, YES)
    }

    pub fn number(&mut self, field: &str, within: RangeInclusive<u8>, message: &str) -> Option<u8> {
        self.choice(field, |typed| number(typed, within.clone()), message)
    }

    pub fn date(&mut self, field: &str) -> Option<Date> {
        let typed = self.answers.one(field);
        if typed.is_empty() {
            return None;
        }
        typed_date(typed, self.today)
            .map_err(|problem| self.wrong(field, about_date(&asked(field), problem)))
            .ok()
    }

    pub fn dates(&mut self, field: &str) -> Vec<Date> {
        let mut dates = match typed_dates(self.answers.one(field), self.today) {
            Ok(dates) => dates,
            Err((piece, problem)) => {
                self.wrong(field, about_date(&quoted(&piece), problem));
                return Vec::new();
            }
        };
        dates.sort_unstable();
        dates.dedup();
        if dates.len() > MAX_DATES {
            let message = format!("Write {MAX_DATES} dates or fewer. There are {}", dates.len());
            self.wrong(field, message);
            dates.clear();
        }
        dates
    }

    /// A mistake where the last day lies before the first.
    pub fn in_order(&mut self, first: Option<Date>, last: Option<Date>, field: &str) -> bool {
        match (first, last) {
            (Some(first), Some(last)) if last < first => {
                let first = date_in_words(first);
                let first = first.split_once(' ').map_or(first.as_str(), |(_, date)| date);
                self.wrong(field, format!("{} must be the same as or after {first}", asked(field)));
                false
            }
            _ => true,
        }
    }
}

pub fn yes_or_no(value: &str) -> Option<bool> {
    match value {
        YES => Some(true),
        NO => Some(false),
        _ => None,
    }
}

fn part_is_asked(question: &Question, field: &str, answers: &Answers) -> bool {
    let Control::Several { parts, .. } = question.control else {
        return true;
    };
    let mut pieces = field.rsplitn(3, '-');
    let (part, number) = (pieces.next(), pieces.next().and_then(|number| number.parse().ok()));
    let (Some(part), Some(number)) = (part, number) else {
        return false;
    };
    parts.iter().any(|one| one.name == part && part_applies(question, number, one, answers))
}

/// Step, question, number of the thing and part, as they follow on the page.
fn place(field: &str) -> (usize, usize, usize, usize) {
    for (at, step) in Step::ALL.into_iter().enumerate() {
        for (nth, question) in questions(step).iter().enumerate() {
            let Some(rest) = field.strip_prefix(question.name) else {
                continue;
            };
            match question.control {
                Control::Several { parts, .. } => {
                    if let Some((number, part)) =
                        rest.strip_prefix('-').and_then(|rest| rest.split_once('-'))
                    {
                        let part = parts.iter().position(|one| one.name == part);
                        return (at, nth, number.parse().unwrap_or(0), part.unwrap_or(0));
                    }
                    if rest.is_empty() {
                        return (at, nth, 0, 0);
                    }
                }
                Control::Each { of, .. } => {
                    if let Some(value) = rest.strip_prefix('-') {
                        let bare = value.strip_suffix("-note").unwrap_or(value);
                        let row = of().iter().position(|(one, _)| one == bare);
                        return (at, nth, row.unwrap_or(0), usize::from(value != bare));
                    }
                }
                _ if rest.is_empty() => return (at, nth, 0, 0),
                _ => {}
            }
        }
    }
    (usize::MAX, 0, 0, 0)
}
