//! Answers in words, for pages that only tell them.
use super::super::{
    Control, Part, Question, Step,
    question::Choices,
    questions::{applies, begun, part_applies, part_field, questions, yes_or_no},
};
use crate::{forms::Answers, places::Places};

/// A question and what was answered to it.
pub struct Told {
    pub step: Step,
    pub name: &'static str,
    pub label: &'static str,
    /// A line each; empty where nothing was answered.
    pub lines: Vec<String>,
    pub needed: bool,
}

/// All questions of a step that apply, answered or not.
pub fn told(step: Step, answers: &Answers, places: &Places) -> Vec<Told> {
    questions(step)
        .iter()
        .filter(|question| applies(question, answers))
        .map(|question| Told {
            step,
            name: question.name,
            label: question.label,
            lines: lines(question, answers, places),
            needed: question.needed,
        })
        .collect()
}

/// All that was answered, in the order of the form.
pub fn answered(answers: &Answers, places: &Places) -> Vec<Told> {
    let all = Step::ALL.into_iter().flat_map(|step| told(step, answers, places));
    all.filter(|one| !one.lines.is_empty()).collect()
}

/// What was answered to one question, a line for each thing said.
pub fn lines(question: &Question, answers: &Answers, places: &Places) -> Vec<String> {
    match question.control {
        Control::Each { of, answers: said, note } => {
            let kinds = said();
            of().into_iter()
                .filter_map(|(value, label)| {
                    let field = format!("{}-{value}", question.name);
                    let note = if note { answers.one(&format!("{field}-note")) } else { "" };
                    let answer = named(&kinds, answers.one(&field));
                    match (answer.as_str(), note) {
                        ("", "") => None,
                        ("", note) => Some(format!("{label}: {note}")),
                        (answer, "") => Some(format!("{label}: {answer}")),
                        (answer, note) => Some(format!("{label}: {answer}. {note}")),
                    }
                })
                .collect()
        }
        Control::Several { parts, .. } => (1..=begun(question.name, question.control, answers))
            .map(|number| thing(question, number, parts, answers, places))
            .filter(|line| !line.is_empty())
            .collect(),
        control => one(control, question.name, answers, places),
    }
}

/// "How often? Every week · On which day? Tuesday · It begins at 10:30am".
fn thing(
    question: &Question,
    number: usize,
    parts: &[Part],
    answers: &Answers,
    places: &Places,
) -> String {
    let said = parts
        .iter()
        .filter(|part| part_applies(question, number, part, answers))
        .filter_map(|part| {
            let said =
                one(part.control, &part_field(question.name, number, part.name), answers, places);
            let between = if part.label.ends_with('?') { " " } else { ": " };
            (!said.is_empty()).then(|| format!("{}{between}{}", part.label, said.join(", ")))
        });
    said.collect::<Vec<_>>().join(" · ")
}

fn one(control: Control, field: &str, answers: &Answers, places: &Places) -> Vec<String> {
    let chosen =
        |choices: Choices| answers.all(field).map(|value| named(&choices, value)).collect();
    match control {
        Control::One(of) | Control::Many(of) => chosen(of()),
        Control::Grouped(of) => chosen(of().into_iter().flat_map(|(_, list)| list).collect()),
        Control::YesNo => chosen(yes_or_no()),
        Control::Borough | Control::Boroughs => {
            let name = |slug: &str| {
                places.borough_by_slug(slug).map_or_else(|| slug.to_owned(), |one| one.name.clone())
            };
            answers.all(field).map(name).collect()
        }
        _ if answers.stated(field) => vec![answers.one(field).to_owned()],
        _ => vec![],
    }
}

/// What nobody could choose is told as it was sent.
fn named(choices: &Choices, value: &str) -> String {
    let known = choices.iter().find(|(one, _)| one == value);
    known.map_or_else(|| value.to_owned(), |(_, label)| label.clone())
}
