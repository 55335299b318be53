//! The questions of the six steps, and which of them apply.
mod about;
mod choices;
mod cost;
mod place;
mod start;
mod what;
mod when;
mod who;

pub use start::{Begun, FIRST, FirstPlace, begin};

use super::{Control, Only, Part, Question, Step};
use crate::forms::Answers;

/// The field of a box that is ticked says this.
pub const YES: &str = "yes";
pub const NO: &str = "no";

/// All of a step, in the order of the page.
pub fn questions(step: Step) -> &'static [Question] {
    match step {
        Step::What => what::QUESTIONS,
        Step::Who => who::QUESTIONS,
        Step::When => when::QUESTIONS,
        Step::Place => place::QUESTIONS,
        Step::Cost => cost::QUESTIONS,
        Step::About => about::QUESTIONS,
    }
}

/// Whether a field of a form is one of that step's, such as `title`, `access-lift-note` or
/// `schedule-2-days`.
pub fn belongs(step: Step, field: &str) -> bool {
    questions(step).iter().any(|question| question.has(field))
}

/// The question of this name, or that a field belongs to, and its step.
pub fn question_of(field: &str) -> Option<(Step, &'static Question)> {
    Step::ALL.into_iter().find_map(|step| {
        let asks = |question: &&Question| question.name == field || question.has(field);
        questions(step).iter().find(asks).map(|question| (step, question))
    })
}

/// Whether it is asked, as the other answers stand.
pub fn applies(question: &Question, answers: &Answers) -> bool {
    match question.name {
        // A venue says it better; what was said all the same can be seen and taken back.
        "boroughs" => {
            let venue = answers.has("delivery", "in-person")
                && (answers.stated("venue_name") || !answers.stated("outreach"));
            !venue || answers.stated("boroughs")
        }
        _ => question.only.is_none_or(|only| only.met(|field| answers.all(field).collect())),
    }
}

/// The field of a part of the nth thing, counted from 1: `schedule-2-days`.
pub fn part_field(question: &str, number: usize, part: &str) -> String {
    format!("{question}-{number}-{part}")
}

/// Whether a part of the nth thing is asked, as the other answers stand.
pub fn part_applies(question: &Question, number: usize, part: &Part, answers: &Answers) -> bool {
    part.only.is_none_or(|only| {
        only.met(|other| answers.all(&part_field(question.name, number, other)).collect())
    })
}

/// How many of a thing were begun: the highest number with anything typed in it, at most `most`.
pub fn begun(question: &Question, answers: &Answers) -> usize {
    let Control::Several { most, parts, .. } = question.control else {
        return 0;
    };
    let typed = |number: &usize| {
        parts.iter().any(|part| answers.stated(&part_field(question.name, *number, part.name)))
    };
    (1..=most).rev().find(typed).unwrap_or(0)
}

impl Only {
    fn met<'a>(&self, chosen: impl FnOnce(&'static str) -> Vec<&'a str>) -> bool {
        chosen(self.field).iter().any(|value| self.is.contains(value))
    }
}

impl Question {
    fn has(&self, field: &str) -> bool {
        let Some(rest) = field.strip_prefix(self.name) else {
            return false;
        };
        match (self.control, rest.strip_prefix('-')) {
            (Control::Several { most, parts, .. }, Some(rest)) => {
                let Some((number, part)) = rest.split_once('-') else {
                    return false;
                };
                // "01" is not how we write it: each thing has one name.
                let number = number.parse().ok().filter(|n: &usize| n.to_string() == number);
                number.is_some_and(|number| (1..=most).contains(&number))
                    && parts.iter().any(|one| one.name == part)
            }
            (Control::Each { of, note, .. }, Some(rest)) => {
                let value = note.and_then(|_| rest.strip_suffix("-note")).unwrap_or(rest);
                of().iter().any(|(one, _)| one == value)
            }
            (Control::Several { .. } | Control::Each { .. }, None) => false,
            (_, _) => rest.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn every() -> impl Iterator<Item = (Step, &'static Question)> {
        Step::ALL.into_iter().flat_map(|step| questions(step).iter().map(move |one| (step, one)))
    }

    #[test]
    fn no_field_has_two_questions() {
        let mut seen = HashSet::new();
        for (_, question) in every() {
            assert!(seen.insert(question.name), "{}", question.name);
        }
    }

    #[test]
    fn a_field_belongs_to_the_step_that_asks_for_it() {
        for (step, field) in [
            (Step::What, "title"),
            (Step::Who, "audience-older-people"),
            (Step::When, "schedule-2-days"),
            (Step::When, "schedule-20-extra"),
            (Step::Place, "access-lift"),
            (Step::Place, "access-lift-note"),
            (Step::Cost, "price-1-amount"),
            (Step::About, "contact-5-reader"),
        ] {
            assert!(belongs(step, field), "{field}");
            assert_eq!(question_of(field).map(|(step, _)| step), Some(step), "{field}");
        }
        for field in [
            "",
            "titles",
            "title-1",
            "schedule-0-days",
            "schedule-21-days",
            "schedule-02-days",
            "schedule-1-day",
            "access-lift-notes",
            "audience-older-people-note",
            "email",
        ] {
            assert_eq!(question_of(field).map(|(step, _)| step), None, "{field}");
        }
        let named = |name| question_of(name).map(|(step, _)| step);
        assert_eq!((named("schedule"), named("access")), (Some(Step::When), Some(Step::Place)));
        assert!(!belongs(Step::When, "schedule"), "what is named only has no answer of its own");
    }

    #[test]
    fn a_question_that_leans_on_another_leans_on_one_of_its_step_and_on_a_value_that_can_be_chosen()
    {
        for (step, question) in every() {
            if let Some(only) = question.only {
                let other = questions(step).iter().find(|one| one.name == only.field);
                can_be_chosen(only, other.map(|one| one.control));
            }
            if let Control::Several { parts, .. } = question.control {
                for only in parts.iter().filter_map(|part| part.only) {
                    let other = parts.iter().find(|one| one.name == only.field);
                    can_be_chosen(only, other.map(|one| one.control));
                }
            }
        }
    }

    fn can_be_chosen(only: Only, of: Option<Control>) {
        let (Some(Control::One(choices)) | Some(Control::Many(choices))) = of else {
            panic!("{only:?}");
        };
        for value in only.is {
            assert!(choices().iter().any(|(one, _)| one == value), "{only:?}");
        }
    }

    #[test]
    fn questions_that_do_not_apply_are_not_asked() {
        let asked = |name: &str, answers: &Answers| {
            applies(every().find(|(_, one)| one.name == name).unwrap().1, answers)
        };
        let mut answers = Answers::default();
        assert!(asked("title", &answers));
        for name in ["therapist", "residents_of", "schedule", "venue_name", "price", "places_on"] {
            assert!(!asked(name, &answers), "{name}");
        }
        assert!(asked("boroughs", &answers));
        for (field, value) in [
            ("kind", "therapy"),
            ("who_may_come", "residents"),
            ("when", "both"),
            ("delivery", "in-person"),
            ("cost", "donation"),
            ("places", "few"),
        ] {
            answers.add(field, value);
        }
        answers.add("delivery", "online");
        for name in ["therapist", "residents_of", "schedule", "venue_name", "price", "places_on"] {
            assert!(asked(name, &answers), "{name}");
        }
        assert!(!asked("boroughs", &answers));
    }

    #[test]
    fn things_are_counted_to_the_last_that_was_begun() {
        let (_, schedule) = question_of("schedule-1-rule").unwrap();
        let mut answers = Answers::default();
        assert_eq!(begun(schedule, &answers), 0);
        answers.add("schedule-3-starts", "10am");
        answers.add("schedule-4-starts", " ");
        assert_eq!(begun(schedule, &answers), 3);
    }
}
