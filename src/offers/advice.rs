//! The coach: how far an offer says what link workers need, and how plainly it says it. Nothing here is
//! an error, and nothing keeps anybody from going on.
use super::{
    Content, Kind,
    completeness::{facts, share},
};
use crate::{
    text::plain_language::{self, Advice, LedBy, Promise, ReadingAge, Swaps},
    topics::Delivery,
};

#[derive(Clone, Debug, PartialEq)]
pub struct Coached {
    /// 0 to 100: what is needed to publish, and the facts that link workers ask for. One more fact never
    /// lowers it, and words never change it.
    pub score: u8,
    /// Of all its texts together; `None` where they are too short to say.
    pub reading_age: Option<ReadingAge>,
    /// Facts that link workers ask for and that are not stated, in the order in which they ask.
    pub asked: Vec<Asked>,
    /// Texts that were read, called as in the offers file; a title alone is too little to judge.
    pub read: Vec<&'static str>,
    /// Texts for which there is advice, in the order of the form.
    pub texts: Vec<Coaching>,
    /// Words that promise treatment.
    pub warnings: Vec<Warning>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Called as in the offers file.
    pub field: &'static str,
    pub question: &'static str,
}

/// Advice on one text.
#[derive(Clone, Debug, PartialEq)]
pub struct Coaching {
    /// Called as in the offers file.
    pub field: &'static str,
    /// What the places in `advice` are places of.
    pub text: String,
    pub advice: Advice,
}

/// A promise in one text.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    pub field: &'static str,
    /// As it is written.
    pub words: String,
    pub promise: Promise,
}

/// `missing` are the fields needed to publish that have no answer yet. What `content` says in their
/// place is a stand-in: it neither counts nor is read.
pub fn coach(content: &Content, missing: &[&str], list: &Swaps) -> Coached {
    let led_by = match content.kind {
        Kind::Therapy { .. } if !lacks(missing, "kind") => LedBy::RegisteredTherapist,
        _ => LedBy::Anyone,
    };
    let texts: Vec<(&'static str, &str)> =
        texts(content).into_iter().filter(|(field, _)| !lacks(missing, field)).collect();
    let read = coach_words(&texts, led_by, list);
    Coached { score: score(content, missing), asked: asked(content, missing), ..read }
}

/// How plainly texts say what they say, where no offer is asked about: a story. Each with its field.
pub fn coach_words(texts: &[(&'static str, &str)], led_by: LedBy, list: &Swaps) -> Coached {
    let warnings = texts.iter().flat_map(|(field, text)| {
        plain_language::promises(text, led_by).into_iter().map(|promise| Warning {
            field,
            words: text[promise.at.clone()].to_owned(),
            promise,
        })
    });
    Coached {
        score: 0,
        reading_age: reading_age(texts),
        asked: vec![],
        warnings: warnings.collect(),
        read: texts.iter().map(|(field, _)| *field).filter(|field| *field != "title").collect(),
        texts: texts
            .iter()
            .map(|(field, text)| Coaching {
                field,
                text: (*text).to_owned(),
                advice: plain_language::advice(text, list),
            })
            .filter(|coaching| !coaching.advice.is_empty())
            .collect(),
    }
}

/// What is needed to publish: each is stated when none of its fields is missing. A field is named by its
/// beginning, so that "venue" is also "venue_name". Some fields are asked only once another is answered;
/// together they are one fact, so that the first answer lowers nothing.
const NEEDED: [&[&str]; 11] = [
    &["title"],
    &["summary"],
    &["activity", "activities"],
    &["needs"],
    &["kind", "therapist"],
    &["provider"],
    &["delivery", "venue", "address", "outreach", "boroughs"],
    &["when", "schedule", "by_arrangement"],
    &["cost", "price"],
    &["residents", "professionals", "patients", "who_may_come"],
    &["contact"],
];

/// As much as a fact without which link workers often ring up.
const WEIGHT_OF_A_NEEDED_FACT: u32 = 4;

fn score(content: &Content, missing: &[&str]) -> u8 {
    let begins = |field: &str, fact: &str| field.starts_with(fact);
    let needed = NEEDED.iter().map(|fields| {
        let lacks = missing.iter().any(|field| fields.iter().any(|fact| begins(field, fact)));
        (WEIGHT_OF_A_NEEDED_FACT, !lacks)
    });
    let facts = facts(content);
    let asked = facts.iter().map(|fact| (fact.weight, fact.stated && !lacks(missing, fact.field)));
    share(needed.chain(asked))
}

/// Each field once: the second question about access comes when the first is answered.
fn asked(content: &Content, missing: &[&str]) -> Vec<Asked> {
    let in_person =
        content.place.delivery.contains(Delivery::InPerson) || lacks(missing, "delivery");
    let applies = |field| match field {
        "access" | "travel" => in_person,
        // "Days and times are agreed with you" is an answer.
        "when" => content.when.by_arrangement.is_none(),
        _ => true,
    };
    let mut asked: Vec<Asked> = Vec::new();
    for fact in facts(content) {
        let stated = fact.stated && !lacks(missing, fact.field);
        let before = asked.iter().any(|one| one.field == fact.field);
        if !stated && !before && applies(fact.field) {
            asked.push(Asked { field: fact.field, question: fact.question });
        }
    }
    asked
}

/// A field is missing, or a part of it: "schedule-1-days" is a part of "schedule".
fn lacks(missing: &[&str], field: &str) -> bool {
    missing.iter().any(|one| {
        *one == field || one.strip_prefix(field).is_some_and(|rest| rest.starts_with('-'))
    })
}

/// A title is no sentence.
fn reading_age(texts: &[(&str, &str)]) -> Option<ReadingAge> {
    let texts = texts.iter().filter(|(field, _)| *field != "title");
    let all: Vec<&str> = texts.map(|(_, text)| *text).collect();
    plain_language::advice(&all.join("\n\n"), Swaps::shipped()).reading_age
}

/// What is written for people to read, in the order of the form. What somebody else said, and the names
/// of trainings and posts, are left as they are.
fn texts(content: &Content) -> Vec<(&'static str, &str)> {
    macro_rules! texts {
        ($($field:literal: $text:expr;)*) => {
            [$(($field, $text.as_ref().map(|text| text.as_str())),)*]
        };
    }
    let (how, cost) = (&content.how, &content.cost);
    let first = [("title", content.title.as_str()), ("summary", content.summary.as_str())];
    let others = texts! {
        "description": how.description;
        "first_visit": how.first_visit;
        "bring": how.bring;
        "afterwards": how.afterwards;
        "not_suitable_for": content.not_suitable_for;
        "by_arrangement": content.when.by_arrangement;
        "travel": content.place.travel;
        "access_more": content.access.more;
        "cost_note": cost.note;
        "concessions": cost.concessions;
        "cost_help": cost.help;
        "residents_how": content.residents.how;
        "professionals_how": content.professionals.how;
        "support": content.quality.support;
    };
    let others = others.into_iter().filter_map(|(field, text)| Some((field, text?)));
    first.into_iter().chain(others).collect()
}
