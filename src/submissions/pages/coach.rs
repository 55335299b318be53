//! What the coach says beside the form: on one step, what belongs to it.
use super::super::{Step, questions::question_of, reading::Read};
use crate::{
    offers::{self, Coached},
    text::plain_language::Swaps,
};

/// Advice on one step, or on all of it. What is missing or not understood yet is not judged.
pub fn coached(read: &Read, step: Option<Step>, list: &Swaps) -> Coached {
    let mut open: Vec<&str> = read.missing.iter().map(|one| one.field).collect();
    open.extend(read.mistakes.iter().map(|one| one.field.as_str()));
    let mut coached = offers::coach(&read.content, &open, list);
    let of = |field: &str| question_of(field).map(|(step, _)| step);
    let here = |field: &str| step.is_none_or(|step| of(field) == Some(step));
    coached.asked.retain(|one| here(one.field));
    coached.read.retain(|field| here(field));
    // What has a mistake was not read: it is not praised, nor is the rest as if it were all.
    if read.mistakes.iter().any(|one| here(&one.field)) {
        coached.read.clear();
    }
    coached.texts.retain(|one| here(one.field));
    coached.warnings.retain(|one| here(one.field));
    coached
}
