//! What an administrator typed about a word: the change, or what to put right.
use super::{List, spelled};
use crate::{
    forms::{Answers, Mistakes},
    places::Places,
    text::{Line, plain_language::Known},
    topics::{
        Access, Activity, Audience, Code, Cost, Delivery, Joining, Need, PartOfDay,
        Places as PlacesLeft,
    },
};

/// One entry as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub list: List,
    pub key: String,
    /// `None` takes it from the list; the coach's then says what came with the program.
    pub says: Option<String>,
}

/// The meanings that a phrase may have, by group: the value "need loneliness" and its label.
pub type Choices = Vec<(&'static str, Vec<(String, String)>)>;

/// What is to be changed, whether it is tried or kept.
pub fn read(typed: &Answers, places: &Places) -> Result<Change, Mistakes> {
    let mut mistakes = Mistakes::default();
    let Some(list) = List::parse(typed.one("list")) else {
        mistakes.add("key", "Go back to the words and choose a list");
        return Err(mistakes);
    };
    let key = key(list, typed.one("key"));
    let says = match list {
        List::Everyday => meanings(typed, places, &mut mistakes),
        List::Topics => description(typed, &mut mistakes),
        List::Coach => advice(typed, &mut mistakes),
    };
    if key.is_empty() || key.chars().count() > 60 {
        mistakes.add("key", "Write a word or a short phrase, of 60 letters or fewer");
    }
    if mistakes.is_empty() { Ok(Change { list, key, says }) } else { Err(mistakes) }
}

/// Why it is changed.
pub fn why(typed: &Answers) -> Result<Line<500>, Mistakes> {
    Line::parse(typed.one("why")).map_err(|_| {
        let mut mistakes = Mistakes::default();
        mistakes.add("why", "Say why in one line of 500 characters or fewer");
        mistakes
    })
}

/// All meanings there are, but for prices, ages and languages, which need no words of their own.
pub fn choices(places: &Places) -> Choices {
    let boroughs = places.boroughs().iter();
    let boroughs = boroughs.map(|one| (format!("borough {}", one.slug), one.name.clone()));
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let days = days.map(|day| (format!("day {day}"), crate::text::capitalised(day)));
    vec![
        (
            "Only words",
            vec![
                ("plain text".to_owned(), label_of("plain text")),
                ("plain filler".to_owned(), label_of("plain filler")),
            ],
        ),
        ("Needs", of::<Need>()),
        ("Activities", of::<Activity>()),
        ("Who it is for", of::<Audience>()),
        ("Access", of::<Access>()),
        ("How it is run", of::<Delivery>()),
        ("Cost", of::<Cost>()),
        ("How to join", of::<Joining>()),
        ("Places left", of::<PlacesLeft>()),
        ("Part of the day", of::<PartOfDay>().into_iter().map(part).collect()),
        ("Days", days.into()),
        ("Boroughs", boroughs.collect()),
    ]
}

/// "need loneliness" as people read it.
pub fn label_of(meaning: &str) -> String {
    fn label<T: Code>(code: &str) -> Option<String> {
        T::parse(code).map(|one| one.label().to_owned())
    }
    let (group, code) = meaning.split_once(' ').unwrap_or((meaning, ""));
    let known = match group {
        "plain" if code == "text" => Some("looked for in the text".to_owned()),
        "plain" => Some("left out".to_owned()),
        "need" => label::<Need>(code),
        "activity" => label::<Activity>(code),
        "audience" => label::<Audience>(code),
        "access" => label::<Access>(code),
        "delivery" => label::<Delivery>(code),
        "cost" => label::<Cost>(code),
        "joining" => label::<Joining>(code),
        "places" => label::<PlacesLeft>(code),
        "part" => label::<PartOfDay>(code),
        _ => None,
    };
    known.unwrap_or_else(|| format!("{}: {code}", group.replace('_', " ")))
}

/// As the search compares it, or as the coach's list is written; a topic's key as it is.
fn key(list: List, typed: &str) -> String {
    let small = typed.to_lowercase();
    let spaced: String = match list {
        List::Topics => return typed.to_owned(),
        List::Everyday => {
            let kept = small.chars().filter(|c| !matches!(c, '\'' | '’'));
            kept.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect()
        }
        List::Coach => small.chars().map(|c| if c.is_control() { ' ' } else { c }).collect(),
    };
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One a line, each once, in order; none takes the phrase away.
fn meanings(typed: &Answers, places: &Places, mistakes: &mut Mistakes) -> Option<String> {
    let choices = choices(places);
    let had: Vec<&str> = typed.raw("seen").lines().map(str::trim).collect();
    let known = |one: &str| {
        had.contains(&one) || choices.iter().any(|(_, all)| all.iter().any(|(code, _)| code == one))
    };
    let mut meant: Vec<&str> = typed.all("means").collect();
    meant.sort_unstable();
    meant.dedup();
    if !meant.iter().all(|one| known(one)) {
        mistakes.add("means", "Choose what it means from the list");
    }
    if meant.iter().any(|one| one.starts_with("plain ")) && meant.len() > 1 {
        mistakes.add("means", "What is only words can mean nothing else besides");
    }
    (!meant.is_empty()).then(|| meant.join("\n"))
}

fn description(typed: &Answers, mistakes: &mut Mistakes) -> Option<String> {
    match Line::<200>::parse(typed.one("words")) {
        Ok(words) => Some(words.to_string()),
        Err(_) => {
            mistakes
                .add("words", "Describe it in one or two sentences, of 200 characters or fewer");
            None
        }
    }
}

fn advice(typed: &Answers, mistakes: &mut Mistakes) -> Option<String> {
    let words = Line::<200>::parse(typed.one("words"));
    let known = match (typed.one("kind"), words) {
        ("shipped", _) => return None,
        ("fine", _) => Known::Fine,
        ("word", Ok(words)) => Known::Word(words.to_string().into()),
        ("say", Ok(words)) => Known::Say(words.to_string().into()),
        ("word" | "say", Err(_)) => {
            mistakes.add("words", "Write it in 200 characters or fewer");
            return None;
        }
        _ => {
            mistakes.add("kind", "Choose what the coach says");
            return None;
        }
    };
    Some(spelled(&known))
}

fn of<T: Code>() -> Vec<(String, String)> {
    let all = T::ALL.iter();
    all.map(|one| (format!("{} {}", T::GROUP, one.code()), one.label().to_owned())).collect()
}

/// The search names it more shortly than the topic.
fn part((code, label): (String, String)) -> (String, String) {
    (code.replace("part-of-day ", "part "), label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_kept_as_the_search_compares_it() {
        assert_eq!(key(List::Everyday, "  Men’s SHED & drop-in "), "mens shed drop in");
        assert_eq!(key(List::Coach, "Co-Produced  work"), "co-produced work");
    }

    #[test]
    fn what_the_coach_says_is_read_as_it_is_spelled() {
        for said in ["= give a hand", ": name the activity", "keep"] {
            assert_eq!(spelled(&super::super::known(said).unwrap()), said);
        }
        assert_eq!(super::super::known("nonsense"), None);
    }
}
