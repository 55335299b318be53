//! A resource as somebody types it, and as it is kept.
use super::{Audience, Content, Kind};
use crate::{
    forms::{Answers, Mistakes},
    text::{Line, Text, TextProblem, WebAddress},
};

/// Years in which something we list may have come out.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// What was typed, or all that is to be put right.
pub fn read(typed: &Answers) -> Result<Content, Mistakes> {
    let mut mistakes = Mistakes::default();
    let title = Line::parse(typed.raw("title"));
    let title = note(&mut mistakes, "title", title, "Enter its title");
    let kind = Kind::parse(typed.one("kind"));
    if kind.is_none() {
        mistakes.add("kind", "Choose what kind of thing it is");
    }
    let audiences: Vec<Audience> =
        Audience::ALL.into_iter().filter(|one| typed.has("audience", one.code())).collect();
    if audiences.is_empty() {
        mistakes.add("audience", "Choose who it is for");
    }
    let about = Text::parse(typed.raw("about"));
    let about = note(&mut mistakes, "about", about, "Say in plain words what it is");
    let publisher = Line::optional(typed.raw("publisher"));
    let publisher = note(&mut mistakes, "publisher", publisher, "");
    let year = match typed.one("year") {
        "" => None,
        year => {
            let year = year.parse().ok().filter(|year| YEARS.contains(year));
            if year.is_none() {
                mistakes.add("year", "Enter a year, like 2023, or leave the box empty");
            }
            year
        }
    };
    let address = WebAddress::parse(typed.raw("address")).ok();
    if address.is_none() {
        mistakes.add("address", "Enter a whole web address, like https://www.example.org/page");
    }
    match (title, kind, about, publisher, address) {
        (Some(title), Some(kind), Some(about), Some(publisher), Some(address))
            if mistakes.is_empty() =>
        {
            Ok(Content { title, kind, audiences, about, publisher, year, address })
        }
        _ => Err(mistakes),
    }
}

/// The other way round: what stands in the form when it is opened.
pub fn typed(content: &Content) -> Answers {
    let mut typed = Answers::default();
    typed.set("title", content.title.as_str());
    typed.set("kind", content.kind.code());
    content.audiences.iter().for_each(|one| typed.add("audience", one.code()));
    typed.set("about", content.about.as_str());
    typed.set("publisher", content.publisher.as_ref().map_or("", |one| one.as_str()));
    typed.set("year", content.year.map(|year| year.to_string()).unwrap_or_default());
    typed.set("address", content.address.as_str());
    typed
}

fn note<T>(
    mistakes: &mut Mistakes,
    field: &str,
    read: Result<T, TextProblem>,
    missing: &str,
) -> Option<T> {
    match read {
        Ok(kept) => Some(kept),
        Err(TextProblem::Missing) => {
            mistakes.add(field, missing);
            None
        }
        Err(TextProblem::TooLong { length, max }) => {
            mistakes.add(field, format!("Use {max} characters or fewer. There are {length} now"));
            None
        }
    }
}
