//! What our messages call the answers, and how they say what is wrong.
use crate::calendar::{DateProblem, date_in_words, day_name};

/// "the short description": what to call the answer of this field.
pub fn noun(field: &str) -> &'static str {
    let mut pieces = field.split('-');
    let (name, part) = (pieces.next().unwrap_or_default(), pieces.nth(1).unwrap_or_default());
    match (name, part) {
        ("title", _) => "the title",
        ("summary", _) => "the short description",
        ("therapist", _) => "the name of the therapist",
        ("first_visit", _) => "what happens the first time",
        ("description", _) => "the long description",
        ("bring", _) => "what to bring or wear",
        ("afterwards", _) => "what people can do afterwards",
        ("keywords", _) => "this word",
        ("not_suitable_for", _) => "for whom it is not right",
        ("by_arrangement", _) => "how days and times are agreed",
        ("ends_on", _) => "the last day",
        ("pause_from", _) => "the first day of the break",
        ("pause_to", _) => "the last day of the break",
        ("schedule", "starts") => "the time it begins",
        ("schedule", "ends") => "the time it ends",
        ("schedule", "from") => "the first date",
        ("schedule", "until") => "the last date",
        ("notice", "text") => "the notice",
        ("notice", "until") => "the last day of the notice",
        ("venue_name", _) => "the name of the place",
        ("venue_address", _) => "the address",
        ("travel", _) => "how people get there",
        ("access", _) => "the note",
        ("access_more", _) => "what else there is to know",
        ("price", "label") => "for whom the price is",
        ("cost_note", _) => "what the price includes",
        ("concessions", _) => "who pays less",
        ("cost_help", _) => "how you help with travel or materials",
        ("residents_how", _) => "what people do first",
        ("professionals_how", _) => "what you need to hear",
        ("residents_link" | "professionals_link" | "provider_website", _) => "the web address",
        ("places_on", _) => "the day on which that was so",
        ("provider_name", _) => "the name of who runs it",
        ("provider_summary", _) => "who you are",
        ("provider_about", _) => "what you say about yourself",
        ("contact", "name") => "the name",
        ("contact", "role") => "what they do",
        ("contact", "web") => "the web address",
        ("support", _) => "who is at hand",
        ("experience", _) => "the experience",
        ("lived_experience", _) => "what they have been through",
        ("training", _) => "the training",
        ("testimonial", _) => "what somebody said",
        ("testimonial_by", _) => "who said it",
        ("picture", "alt") => "the description of the picture",
        ("picture", "credit") => "the name of who made the picture",
        _ => "the answer",
    }
}

/// "When it is held": what to call an answer that is needed and not there.
pub fn needed(field: &str) -> &'static str {
    match field {
        "title" => "What it is called",
        "summary" => "What it is, in a sentence or two",
        "activity" => "What people do there",
        "kind" => "If it is a creative activity or a therapy",
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

/// "Make the short description 62 characters shorter".
pub fn too_long(noun: &str, by: usize) -> String {
    format!("Make {noun} {by} character{} shorter", if by == 1 { "" } else { "s" })
}

/// What to do about a date; `noun` as of [`noun`], or the piece of a list in quotes.
pub fn about_date(noun: &str, problem: DateProblem) -> String {
    match problem {
        DateProblem::NotADate if noun.starts_with('“') => {
            format!("Write {noun} as day, month and year, like 27/3/2027")
        }
        DateProblem::NotADate => {
            format!("Enter {noun} as day, month and year, like 27/3/2027")
        }
        DateProblem::NoYear => format!("Add the year to {noun}, like 27/3/2027"),
        DateProblem::NotReal => {
            format!("{} must be a real date, like 27/3/2027", capital(noun))
        }
        DateProblem::FarYear => format!("{} must be in a year from 2000 to 2099", capital(noun)),
        DateProblem::OtherDay(date) => {
            let words = date_in_words(date);
            let day = day_name(date.weekday());
            let words = words.strip_prefix(day).unwrap_or(&words).trim_start();
            format!("{words} is a {day}. Check the day and the date")
        }
    }
}

pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// “So much of what was typed as fits a message.”
pub fn quoted(typed: &str) -> String {
    let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(40) {
        Some((end, _)) => format!("“{}…”", words[..end].trim_end()),
        None => format!("“{words}”"),
    }
}
