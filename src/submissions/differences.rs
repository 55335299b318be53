//! Old and new beside each other: word by word, lists as lists, schedules as dates gained and lost.
use std::collections::BTreeSet;

use jiff::civil::DateTime;
use similar::{ChangeTag, TextDiff};

use super::{
    Step,
    pages::{Told, told},
};
use crate::{
    calendar::{Programme, Session, horizon},
    forms::Answers,
    places::Places,
};

/// A question that is answered otherwise now.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    pub name: &'static str,
    pub label: &'static str,
    pub lines: Vec<Vec<Piece>>,
}

impl Difference {
    /// For a letter: what it says now, and below what it said before.
    pub fn in_words(&self) -> String {
        let side = |ours: fn(&Piece) -> Option<&str>| {
            let lines = self.lines.iter().map(|line| line.iter().filter_map(ours).collect());
            let lines: Vec<String> = lines.filter(|line: &String| !line.is_empty()).collect();
            if lines.is_empty() { "nothing".to_owned() } else { lines.join("\n") }
        };
        format!("Now: {}\nBefore: {}", side(Piece::after), side(Piece::before))
    }
}

impl Piece {
    fn after(&self) -> Option<&str> {
        match self {
            Self::Stays(words) | Self::Comes(words) => Some(words),
            Self::Goes(_) => None,
        }
    }
    fn before(&self) -> Option<&str> {
        match self {
            Self::Stays(words) | Self::Goes(words) => Some(words),
            Self::Comes(_) => None,
        }
    }
}

/// Some words, and what becomes of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Stays(String),
    Goes(String),
    Comes(String),
}

/// Sessions of the next weeks that only one of the two has, in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dates {
    pub gained: Vec<String>,
    pub lost: Vec<String>,
}

/// The questions whose answers differ, and those that stay as they are.
pub fn differences(
    before: &Answers,
    after: &Answers,
    places: &Places,
) -> (Vec<Difference>, Vec<Told>) {
    let (before, after) = (&with_plain_line_ends(before), &with_plain_line_ends(after));
    let (mut changed, mut same) = (Vec::new(), Vec::new());
    for step in Step::ALL {
        let old = told(step, before, places);
        let new = told(step, after, places);
        let gone = old.iter().filter(|one| !new.iter().any(|other| other.name == one.name));
        for one in gone.filter(|one| !one.lines.is_empty()) {
            changed.push(difference(one, &one.lines, &[]));
        }
        for one in new {
            let lines = old.iter().find(|other| other.name == one.name).map(|one| &one.lines);
            let lines = lines.map_or(&[][..], Vec::as_slice);
            match lines == one.lines {
                true if !one.lines.is_empty() => same.push(one),
                true => {}
                false => changed.push(difference(&one, lines, &one.lines)),
            }
        }
    }
    (changed, same)
}

/// What becomes of the sessions of the coming months.
pub fn dates(before: &Programme, after: &Programme, now: DateTime) -> Dates {
    let sessions = |programme: &Programme| -> BTreeSet<(DateTime, DateTime)> {
        let sessions = programme.sessions(now, horizon(now.date()));
        sessions.iter().map(|session| (session.starts, session.ends)).collect()
    };
    let (before, after) = (sessions(before), sessions(after));
    let words = |some: &BTreeSet<_>, other: &BTreeSet<_>| {
        let only = some.difference(other);
        only.map(|(starts, ends)| Session { starts: *starts, ends: *ends }.in_words()).collect()
    };
    Dates { gained: words(&after, &before), lost: words(&before, &after) }
}

/// Browsers end lines in two ways; neither is a change.
fn with_plain_line_ends(answers: &Answers) -> Answers {
    let pairs = answers.fields().flat_map(|(field, values)| {
        values.iter().map(|value| (field.to_owned(), value.replace("\r\n", "\n")))
    });
    Answers::of(pairs)
}

fn difference(told: &Told, before: &[String], after: &[String]) -> Difference {
    let lines = match (before, after) {
        ([before], [after]) => vec![words(before, after)],
        _ => list(before, after),
    };
    Difference { name: told.name, label: told.label, lines }
}

/// One text that became another. Words that change one after another are told together: first what goes.
fn words(before: &str, after: &str) -> Vec<Piece> {
    let diff = TextDiff::from_words(before, after);
    let mut pieces = Vec::new();
    // What stays since the last change, and that change.
    let (mut stays, mut goes, mut comes) = (String::new(), String::new(), String::new());
    for change in diff.iter_all_changes() {
        if change.tag() == ChangeTag::Equal {
            stays.push_str(change.value());
            continue;
        }
        let begun = !(goes.is_empty() && comes.is_empty());
        match begun && stays.trim().is_empty() {
            // Only a space stands between two changes: it belongs to both.
            true => {
                goes.push_str(&stays);
                comes.push_str(&stays);
            }
            false => tell(&mut pieces, [&mut goes, &mut comes, &mut stays]),
        }
        stays.clear();
        match change.tag() {
            ChangeTag::Delete => goes.push_str(change.value()),
            _ => comes.push_str(change.value()),
        }
    }
    tell(&mut pieces, [&mut goes, &mut comes, &mut stays]);
    pieces
}

/// A change, and what stays behind it.
fn tell(pieces: &mut Vec<Piece>, [goes, comes, stays]: [&mut String; 3]) {
    let said: [(&mut String, fn(String) -> Piece); 3] =
        [(goes, Piece::Goes), (comes, Piece::Comes), (stays, Piece::Stays)];
    for (words, piece) in said {
        if !words.is_empty() {
            pieces.push(piece(std::mem::take(words)));
        }
    }
}

/// What is taken from a list and what is added to it, in the order of the new one.
fn list(before: &[String], after: &[String]) -> Vec<Vec<Piece>> {
    let gone = before.iter().filter(|line| !after.contains(line));
    let gone = gone.map(|line| vec![Piece::Goes(line.clone())]);
    let here = after.iter().map(|line| match before.contains(line) {
        true => vec![Piece::Stays(line.clone())],
        false => vec![Piece::Comes(line.clone())],
    });
    gone.chain(here).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(pieces: &[Piece]) -> String {
        let mark = |piece: &Piece| match piece {
            Piece::Stays(words) => words.clone(),
            Piece::Goes(words) => format!("[-{words}]"),
            Piece::Comes(words) => format!("[+{words}]"),
        };
        pieces.iter().map(mark).collect()
    }

    #[test]
    fn a_text_is_compared_word_by_word() {
        let pieces = words("Make pots with eight others.", "Make pots and tiles with ten others.");
        assert_eq!(marked(&pieces), "Make pots [+and tiles ]with [-eight][+ten] others.");
        let pieces = words("Sit by the window.", "Come in, and sit down.");
        assert_eq!(marked(&pieces), "[-Sit by the window.][+Come in, and sit down.]");
    }

    #[test]
    fn a_letter_says_what_stands_now_and_what_stood_before() {
        let one = Difference {
            name: "bring",
            label: "What to bring",
            lines: vec![words("An apron", "An old apron")],
        };
        assert_eq!(one.in_words(), "Now: An old apron\nBefore: An apron");
        let gone = Difference { lines: list(&["Tea".to_owned()], &[]), ..one };
        assert_eq!(gone.in_words(), "Now: nothing\nBefore: Tea");
    }

    #[test]
    fn a_list_says_what_it_loses_and_gains() {
        let lines = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        let list = list(&lines(&["Lift", "Toilet"]), &lines(&["Toilet", "Ramp"]));
        let list: Vec<String> = list.iter().map(|line| marked(line)).collect();
        assert_eq!(list, ["[-Lift]", "Toilet", "[+Ramp]"]);
    }
}
