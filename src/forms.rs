//! What was typed into a form, and what to put right, field by field.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Everything that was typed, exactly so: the name of a field → its values, in order.
///
/// Kept as it is also when it is wrong, so that nothing typed is ever lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Vec<String>>);

/// One thing to put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The field's name, which is also the id of its first control.
    pub field: String,
    /// What to do about it, as a sentence without its full stop: "Enter a postcode, like SE15 4QL".
    pub message: String,
}

/// All that is to be put right, in the order of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes(Vec<Mistake>);

impl Answers {
    /// The pairs of a form as a browser sends them; white space at both ends is kept too.
    pub fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut answers = Self::default();
        for (field, value) in pairs {
            answers.add(&field, value);
        }
        answers
    }

    pub fn add(&mut self, field: &str, value: impl Into<String>) {
        self.0.entry(field.to_owned()).or_default().push(value.into());
    }

    /// Replaces what stood there.
    pub fn set(&mut self, field: &str, value: impl Into<String>) {
        self.0.insert(field.to_owned(), vec![value.into()]);
    }

    pub fn remove(&mut self, field: &str) {
        self.0.remove(field);
    }

    /// As typed; empty where nothing was.
    pub fn raw(&self, field: &str) -> &str {
        self.0.get(field).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// Without the white space around it; empty where nothing was typed.
    pub fn one(&self, field: &str) -> &str {
        self.raw(field).trim()
    }

    /// All values of a list of boxes.
    pub fn all(&self, field: &str) -> impl Iterator<Item = &str> {
        self.0.get(field).into_iter().flatten().map(|value| value.trim()).filter(|v| !v.is_empty())
    }

    pub fn has(&self, field: &str, value: &str) -> bool {
        self.all(field).any(|one| one == value)
    }

    /// Whether anything was typed there.
    pub fn stated(&self, field: &str) -> bool {
        self.all(field).next().is_some()
    }

    pub fn fields(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(field, values)| (field.as_str(), values.as_slice()))
    }

    /// Only the fields for which `keep` says yes.
    #[must_use]
    pub fn only(&self, keep: impl Fn(&str) -> bool) -> Self {
        Self(
            self.0
                .iter()
                .filter(|(field, _)| keep(field))
                .map(|(f, v)| (f.clone(), v.clone()))
                .collect(),
        )
    }

    /// These answers, with all fields for which `theirs` says yes replaced by those of `new`.
    #[must_use]
    pub fn replaced(&self, theirs: impl Fn(&str) -> bool, new: &Self) -> Self {
        let mut kept = self.only(|field| !theirs(field));
        kept.0.extend(new.only(&theirs).0);
        kept
    }
}

impl Mistakes {
    /// The first word about a field stays: one thing at a time is enough there.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        let field = field.into();
        if self.of(&field).is_none() {
            self.0.push(Mistake { field, message: message.into() });
        }
    }

    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|mistake| mistake.field == field).map(|mistake| mistake.message.as_str())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Mistake> {
        self.0.iter()
    }

    /// Only those about fields for which `keep` says yes.
    #[must_use]
    pub fn only(&self, keep: impl Fn(&str) -> bool) -> Self {
        Self(self.0.iter().filter(|mistake| keep(&mistake.field)).cloned().collect())
    }
}
