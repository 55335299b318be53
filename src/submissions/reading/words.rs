//! What our messages call the answers, and how they say what is wrong.
use crate::{
    calendar::{DateProblem, YEARS, date_in_words, day_name},
    submissions::{Control, Question, album, questions::question_of},
    text::thousands,
};

/// “For whom?”: the question of this field as it stands on its page, in quotes.
pub fn asked(field: &str) -> String {
    let of_question = |question: &Question| match question.control {
        Control::Several { parts, .. } => {
            let part = field.rsplit('-').next().unwrap_or_default();
            let part = parts.iter().find(|one| one.name == part);
            in_quotes(part.map_or(question.label, |part| part.label))
        }
        Control::Each { of, .. } => {
            let row = field.strip_prefix(question.name).and_then(|rest| rest.strip_prefix('-'));
            let row = row.map(|row| row.strip_suffix("-note").unwrap_or(row)).unwrap_or_default();
            let label = of().into_iter().find(|(value, _)| value == row);
            let label = label.map_or_else(|| question.label.to_owned(), |(_, label)| label);
            format!("The note on {}", in_quotes(&label))
        }
        _ => in_quotes(question.label),
    };
    match question_of(field) {
        Some((_, question)) => of_question(question),
        None => in_quotes(album::label(field).unwrap_or("Your answer")),
    }
}

/// "When it is held": what to call an answer that is needed and not there.
pub fn needed(field: &str) -> &'static str {
    match field {
        "title" => "What it is called",
        "summary" => "What it is, in a sentence or two",
        "activity" => "What people do there",
        "kind" => "Whether it is a creative activity or a therapy",
        "therapist" => "The name and register of the therapist",
        "needs" => "What it may help with",
        "residents_of" => "The boroughs in which people must live",
        "patients_of" => "The networks of GP surgeries",
        "when" => "When it is held",
        "schedule" => "The days and times",
        "by_arrangement" => "How days and times are agreed",
        "delivery" => "How people take part",
        "venue_name" => "The name of the place",
        "venue_address" => "The address of the place",
        "venue_postcode" => "The postcode of the place",
        "boroughs" => "The borough that looks after it",
        "cost" => "What it costs",
        "price" => "The price",
        "residents_join" => "How to join",
        "provider_name" => "Who runs it",
        "contact" => "How to reach you",
        _ => "An answer that we need",
    }
}

/// “For whom?” must be 80 characters or fewer. Take out 10: `named` as of [`asked`], or what was typed, in quotes.
pub fn too_long(named: &str, length: usize, most: usize) -> String {
    let (over, most) = (length.saturating_sub(most), thousands(most as u64));
    format!("{named} must be {most} characters or fewer. Take out {over}")
}

/// What to do about a date; `named` as of [`asked`], or the piece of a list in quotes.
pub fn about_date(named: &str, problem: DateProblem) -> String {
    match problem {
        DateProblem::NotADate => format!("{named} must be a date, like 27/3/2027"),
        DateProblem::NoYear => format!("{named} must include the year, like 27/3/2027"),
        DateProblem::NotReal => format!("{named} must be a real date, like 27/3/2027"),
        DateProblem::FarYear => {
            let (first, last) = (YEARS.start(), YEARS.end());
            format!("{named} must be in a year from {first} to {last}")
        }
        DateProblem::OtherDay(date) => {
            let words = date_in_words(date);
            let day = day_name(date.weekday());
            let words = words.strip_prefix(day).unwrap_or(&words).trim_start();
            format!("{words} is a {day}. Check the day and the date")
        }
    }
}

fn in_quotes(words: &str) -> String {
    format!("“{words}”")
}

/// “So much of what was typed as fits a message.”
pub fn quoted(typed: &str) -> String {
    let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(40) {
        Some((end, _)) => format!("“{}…”", words[..end].trim_end()),
        None => in_quotes(&words),
    }
}
