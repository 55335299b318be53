//! "not on mondays", "doesn't like singing", "anything but online".
use super::{Heard, What, days, sentence::Sentence};
use crate::topics::Means;

const NOT: &[&[&str]] = &[
    &["doesnt", "want", "to", "do"],
    &["does", "not", "want", "to", "do"],
    &["not", "interested", "in"],
    &["not", "able", "to", "do"],
    &["not", "able", "to", "make"],
    &["unable", "to", "make"],
    &["unable", "to", "attend"],
    &["does", "not", "like"],
    &["does", "not", "want"],
    &["do", "not", "like"],
    &["do", "not", "want"],
    &["would", "not", "like"],
    &["not", "keen", "on"],
    &["isnt", "keen", "on"],
    &["not", "fond", "of"],
    &["not", "into"],
    &["isnt", "into"],
    &["doesnt", "like"],
    &["doesnt", "enjoy"],
    &["doesnt", "want"],
    &["doesnt", "do"],
    &["dont", "like"],
    &["dont", "enjoy"],
    &["dont", "want"],
    &["didnt", "like"],
    &["cant", "do"],
    &["cannot", "do"],
    &["cant", "make"],
    &["cannot", "make"],
    &["cant", "manage"],
    &["cannot", "manage"],
    &["cant", "attend"],
    &["cant", "come"],
    &["anything", "but"],
    &["other", "than"],
    &["apart", "from"],
    &["except", "for"],
    &["instead", "of"],
    &["rather", "not"],
    &["fed", "up", "with"],
    &["tired", "of"],
    &["except"],
    &["excluding"],
    &["hates"],
    &["hate"],
    &["dislikes"],
    &["dislike"],
    &["avoid"],
    &["avoids"],
    &["avoiding"],
    &["never"],
    &["without"],
    &["non"],
    &["not"],
    &["no"],
    &["isnt"],
];

/// These keep somebody from days and times only.
const BUSY: &[&[&str]] = &[
    &["not", "free"],
    &["isnt", "free"],
    &["not", "available"],
    &["isnt", "available"],
    &["unavailable"],
    &["works"],
    &["working"],
    &["busy"],
    &["cant"],
    &["cannot"],
];

const BETWEEN: [&str; 9] = ["on", "in", "at", "for", "to", "do", "doing", "go", "be"];

const AFTERWARDS: &[&[&str]] = &[
    &["are", "no", "good"],
    &["is", "no", "good"],
    &["no", "good"],
    &["not", "possible"],
    &["are", "not", "possible"],
    &["dont", "work"],
    &["doesnt", "work"],
    &["wont", "work"],
    &["are", "out"],
    &["are", "bad"],
    &["not", "good"],
];

pub fn read(sentence: &Sentence<'_>, at: usize) -> Option<Heard> {
    if let Some(found) = afterwards(sentence, at) {
        return Some(found);
    }
    let not = sentence.says_one_of(at, NOT);
    let busy = sentence.says_one_of(at, BUSY);
    let times_only = busy.is_some_and(|words| not.is_none_or(|not| words > not));
    let mut taken = if times_only { busy } else { not }?;
    let first = thing(sentence, at, &mut taken)?;
    let mut values = negated(&first);
    let times = is_times(&first);
    if times_only && !times {
        return None;
    }
    if values.is_empty() {
        // What somebody has not, or does not need, is nothing to look for.
        return Some(Heard { words: taken, what: What::Filler });
    }
    while ["and", "or", "nor"].contains(&sentence.text(at + taken, 0)) {
        let mut more = taken + 1;
        more += sentence.says_one_of(at + more, NOT).unwrap_or(0);
        let Some(next) = thing(sentence, at, &mut more) else { break };
        let next_values = negated(&next);
        if next_values.is_empty() || is_times(&next) != times {
            break;
        }
        values.extend(next_values);
        taken = more;
    }
    Some(Heard::values(taken, values))
}

/// The day, part of day or phrase that follows, with up to two small words between.
fn thing(
    sentence: &Sentence<'_>,
    at: usize,
    taken: &mut usize,
) -> Option<Vec<(&'static str, String)>> {
    for _ in 0..2 {
        if let Some((words, values)) = day_or_phrase(sentence, at + *taken) {
            *taken += words;
            return Some(values);
        }
        if !BETWEEN.contains(&sentence.text(at, *taken)) {
            return None;
        }
        *taken += 1;
    }
    let (words, values) = day_or_phrase(sentence, at + *taken)?;
    *taken += words;
    Some(values)
}

fn day_or_phrase(
    sentence: &Sentence<'_>,
    at: usize,
) -> Option<(usize, Vec<(&'static str, String)>)> {
    if let Some(Heard { words, what: What::Values(values) }) = days::read(sentence, at) {
        return Some((words, values));
    }
    let found = sentence.lexicon.longest(sentence.run(at))?;
    let values: Vec<_> = found
        .means
        .iter()
        .filter_map(|means| match means {
            Means::Value { group, code } => Some((*group, code.clone())),
            _ => None,
        })
        .collect();
    (!values.is_empty()).then_some((found.words, values))
}

/// "mondays are no good".
fn afterwards(sentence: &Sentence<'_>, at: usize) -> Option<Heard> {
    let (words, values) = day_or_phrase(sentence, at).filter(|(_, values)| is_times(values))?;
    let more = sentence.says_one_of(at + words, AFTERWARDS)?;
    Some(Heard::values(words + more, negated(&values)))
}

fn is_times(values: &[(&str, String)]) -> bool {
    values.iter().all(|(group, _)| ["day", "part"].contains(group))
}

fn negated(values: &[(&'static str, String)]) -> Vec<(&'static str, String)> {
    let can = |group: &str| ["activity", "day", "part", "delivery"].contains(&group);
    values
        .iter()
        .filter(|(group, code)| can(group) && !code.starts_with("not-"))
        .map(|(group, code)| (*group, format!("not-{code}")))
        .collect()
}
