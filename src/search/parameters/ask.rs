//! From parameters to what is asked, or to all that is wrong with them.
use jiff::civil::Date;

use super::{CHOSEN, Parameters};
use crate::{
    places::Places,
    search::{
        Criteria, Reading, understand,
        value::{self, GROUPS, Value},
    },
    topics::Lexicon,
};

/// In characters. Longer texts are no search, and would cost time.
const LONGEST_QUERY: usize = 2_000;
const MOST_PARAMETERS: usize = 100;

/// A search that makes sense.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The plain words, as typed.
    pub q: String,
    pub reading: Reading,
    /// What the parameters state besides `q`: group, code, label.
    pub chosen: Vec<(&'static str, String, String)>,
    /// What `q` and the parameters ask for together. Where there can be only one, such as a place to be
    /// near, the parameter goes before the words.
    pub criteria: Criteria,
    /// The same parameters in their one spelling, without empty ones: to build addresses from.
    pub parameters: Parameters,
    /// What the pieces of the reading stand for, in the same order.
    pub(super) heard: Vec<Value>,
    /// What the parameters state, sort and page aside.
    pub(super) stated: Vec<Value>,
}

/// What is wrong with one parameter, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub name: String,
    pub value: String,
    /// The parameter that would put it right: most often itself.
    pub field: String,
    pub message: String,
}

/// Every problem is told, none is passed over.
pub fn ask(
    parameters: &Parameters,
    lexicon: &Lexicon,
    places: &Places,
    today: Date,
) -> Result<Ask, Vec<Problem>> {
    if parameters.iter().count() > MOST_PARAMETERS {
        let message = format!(
            "This address says more than {MOST_PARAMETERS} things at once. Start again from a shorter search."
        );
        return Err(vec![problem("", "", message)]);
    }
    let mut problems = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    for (name, typed) in parameters.iter().filter(|(_, typed)| !typed.trim().is_empty()) {
        match name {
            "q" | "plain" | CHOSEN => {}
            name if GROUPS.contains(&name) || name == "page" => {
                match Value::read(name, typed, places, today) {
                    Ok(value) if values.contains(&value) => {}
                    Ok(value) => values.push(value),
                    Err(message) => problems.push(problem(name, typed, message)),
                }
            }
            name => problems.push(problem(name, typed, unknown_name(name))),
        }
    }
    problems.extend(doubled(&values));
    problems.extend(turned_round(&values));
    let q = parameters.first("q").unwrap_or_default().trim();
    if parameters.all("q").filter(|typed| !typed.trim().is_empty()).count() > 1 {
        problems.push(problem("q", q, "Put all words into one search.".to_owned()));
    }
    if q.chars().count() > LONGEST_QUERY {
        let message = format!(
            "The search is too long. Use at most {LONGEST_QUERY} characters: a few words are enough."
        );
        problems.push(problem("q", q, message));
        return Err(problems);
    }
    let plain: Vec<String> = parameters.all("plain").map(str::to_owned).collect();
    let (reading, heard) = understand::read(q, &plain, lexicon, places, today);
    let stated = parameters.all("near").any(|typed| !typed.trim().is_empty());
    let placed = stated || heard.iter().any(|value| value.group == "near");
    if !placed {
        problems.extend(without_a_place(parameters, &values, &heard));
    }
    if problems.is_empty() {
        Ok(asked(parameters, q, values, (reading, heard)))
    } else {
        Err(problems)
    }
}

fn asked(
    parameters: &Parameters,
    q: &str,
    values: Vec<Value>,
    (mut reading, heard): (Reading, Vec<Value>),
) -> Ask {
    let criteria = value::criteria(values.iter().chain(&heard), reading.rest.clone());
    if criteria.near.is_none() {
        // Said in words, it is no mistake to put right before anything is shown; but it is told.
        for piece in reading.understood.iter_mut().filter(|piece| piece.group == "within") {
            piece.label.push_str(", once you name a place");
        }
    }
    let q_and_plain = parameters.iter().filter(|(name, _)| ["q", "plain"].contains(name));
    let q_and_plain = q_and_plain.map(|(name, typed)| (name, typed.trim()));
    let stated = values.iter().map(|value| (value.group, value.code.as_str()));
    let tidy = q_and_plain.chain(stated).filter(|(_, typed)| !typed.is_empty()).collect();
    let tidy = Parameters { shortlist: parameters.shortlist.clone(), ..tidy };
    let stated: Vec<Value> =
        values.into_iter().filter(|value| !["sort", "page"].contains(&value.group)).collect();
    let chosen =
        stated.iter().map(|one| (one.group, one.code.clone(), one.label.clone())).collect();
    Ask { q: q.to_owned(), reading, chosen, criteria, parameters: tidy, heard, stated }
}

fn problem(name: &str, value: &str, message: String) -> Problem {
    let [name, value] = [name, value].map(str::to_owned);
    Problem { field: name.clone(), name, value, message }
}

fn unknown_name(name: &str) -> String {
    let known = GROUPS.into_iter().chain(["q", "page", "plain"]);
    let advice = value::closest(name, known)
        .map_or_else(|| "Leave it out.".to_owned(), |meant| format!("Did you mean {meant}?"));
    let short: String = name.chars().take(40).collect();
    format!("\u{201c}{short}\u{201d} is not a part of a search. {advice}")
}

/// What counts from a place, where there is none. It is told where the place would be typed.
fn without_a_place(parameters: &Parameters, values: &[Value], heard: &[Value]) -> Vec<Problem> {
    // Who clears the place among the filters cannot see the order there, and does not mean it any more.
    let ordered = !parameters.iter().any(|(name, _)| name == CHOSEN);
    let needs_one = |value: &&Value| {
        value.group == "within" || (ordered && value.group == "sort" && value.code == "nearest")
    };
    values
        .iter()
        .filter(needs_one)
        // What the words say too, as the filters repeat it, is told where they are read.
        .filter(|value| !heard.contains(value))
        .map(|value| {
            let message = match value.group {
                "within" => {
                    format!("{} km from where? Write a postcode, borough or area.", value.code)
                }
                _ => "Nearest to where? Write a postcode, borough or area.".to_owned(),
            };
            let typed = parameters.first(value.group).unwrap_or_default().trim();
            Problem { field: "near".to_owned(), ..problem(value.group, typed, message) }
        })
        .collect()
}

/// Two values where a search has only one.
fn doubled(values: &[Value]) -> Vec<Problem> {
    let again = values.iter().enumerate().filter(|(at, value)| {
        Value::is_single(value.group) && values[..*at].iter().any(|one| one.group == value.group)
    });
    again
        .map(|(_, value)| {
            let message = format!("A search has only one {}. Leave out the others.", value.group);
            problem(value.group, &value.code, message)
        })
        .collect()
}

fn turned_round(values: &[Value]) -> Option<Problem> {
    let of = |group| values.iter().find(|value| value.group == group);
    let (from, to) = (of("from")?, of("to")?);
    (from.code > to.code).then(|| {
        let message = "The last day is before the first. Change one of them.".to_owned();
        problem("to", &to.code, message)
    })
}
