//! Words that administrators keep: what people say in a search, what topics mean, and what the coach says.
pub mod acts;
pub mod form;
pub mod store;
pub mod trial;

use jiff::Timestamp;

use crate::text::plain_language::Known;

/// Three lists, each with its own spelling of what an entry says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// A phrase → a line for each of its meanings: "need loneliness".
    Everyday,
    /// "need loneliness" → its description.
    Topics,
    /// A word → "= plainer", ": what to say", or "keep". What comes with the program is not in the database.
    Coach,
}

/// What one entry says; none where it stands in no list of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub key: String,
    pub says: String,
    /// It comes with the program, and nobody has changed it.
    pub shipped: bool,
}

/// One change of one entry.
#[derive(Clone, Debug)]
pub struct Revision {
    pub number: i64,
    pub list: List,
    pub key: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub why: String,
    pub by: String,
    pub at: Timestamp,
}

impl Revision {
    pub fn was(&self) -> String {
        in_words(self.list, self.before.as_deref())
    }
    pub fn is(&self) -> String {
        in_words(self.list, self.after.as_deref())
    }
}

impl List {
    pub const ALL: [Self; 3] = [Self::Everyday, Self::Topics, Self::Coach];

    pub fn code(self) -> &'static str {
        match self {
            Self::Everyday => "everyday",
            Self::Topics => "topics",
            Self::Coach => "coach",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Everyday => "Everyday words",
            Self::Topics => "Descriptions of topics",
            Self::Coach => "The coach’s words",
        }
    }

    /// Whether there is something to try before it is changed: a description changes no search.
    pub fn is_tried(self) -> bool {
        self != Self::Topics
    }
}

/// What the coach says of a word, in the spelling of its list.
pub fn spelled(known: &Known) -> String {
    match known {
        Known::Word(word) => format!("= {word}"),
        Known::Say(what) => format!(": {what}"),
        Known::Fine => "keep".to_owned(),
    }
}

pub fn known(spelled: &str) -> Option<Known> {
    match spelled.split_once(' ') {
        Some(("=", word)) => Some(Known::Word(word.to_owned().into())),
        Some((":", what)) => Some(Known::Say(what.to_owned().into())),
        _ => (spelled == "keep").then_some(Known::Fine),
    }
}

/// As people read what an entry says.
pub fn in_words(list: List, says: Option<&str>) -> String {
    match (list, says) {
        (List::Everyday, None) => "nothing".to_owned(),
        (List::Everyday, Some(says)) => {
            says.lines().map(form::label_of).collect::<Vec<_>>().join("; ")
        }
        (_, None) => "as it came with the program".to_owned(),
        (List::Topics, Some(says)) => says.to_owned(),
        (List::Coach, Some(says)) => match known(says) {
            Some(Known::Word(word)) => format!("write “{word}”"),
            Some(Known::Say(what)) => what.into_owned(),
            Some(Known::Fine) => "fine as it is".to_owned(),
            None => says.to_owned(),
        },
    }
}
