//! The team of a borough: whom anybody may ask there.
use super::{Contact, form::Reader};
use crate::{
    forms::{Answers, Mistakes},
    places::Gss,
    text::Line,
};

#[derive(Clone, Debug)]
pub struct Team {
    pub borough: Gss,
    pub content: Content,
    pub revision: i32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    pub name: Line<120>,
    /// Without a person: teams stay when people go.
    pub contact: Contact,
    /// When and for what one may ask.
    pub note: Option<Line<300>>,
}

/// What was typed, or all that is to be put right.
pub fn read(typed: &Answers) -> Result<Content, Mistakes> {
    let mut reader = Reader::of(typed);
    let name = reader.line("name", "Enter the name of the team, like Southwark culture team");
    let contact = Contact { name: None, role: None, ..reader.contact() };
    let note = reader.optional_line("note");
    match name {
        Some(name) => reader.done(Content { name, contact, note }),
        None => Err(reader.mistakes),
    }
}

/// The other way round: what stands in the form when it is opened.
pub fn typed(content: &Content) -> Answers {
    let mut typed = Answers::default();
    typed.set("name", content.name.as_str());
    super::form::type_contact(&mut typed, &content.contact);
    typed.set("note", content.note.as_ref().map_or("", |note| note.as_str()));
    typed
}
