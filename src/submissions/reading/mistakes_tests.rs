//! What is told about what was typed, case by case.
use super::fixtures::*;
use crate::submissions::{
    Control, Step,
    known::Spot,
    questions::{part_field, questions},
};

/// In a whole offer this field says that instead; then this is told, and nothing else.
const LABELLED: &[(&str, &str, &str)] = &[
    ("activity", "knitting", "Select what people do there from the list"),
    ("activities", "knitting", "Select what people do there from the list"),
    ("kind", "cure", "Select whether it is a creative activity or a therapy"),
    (
        "keywords",
        "wheel, a word that is much longer than any that one might look for",
        "“a word that is much longer than any that…” must be 40 characters or fewer. Take out 19",
    ),
    (
        "keywords",
        "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21",
        "Write 20 words or fewer. There are 21",
    ),
    ("needs", "everything", "Select what it may help with from the list"),
    ("ages", "old", "Select for which ages it is"),
    ("age_from", "young", "Enter the youngest age as a number up to 120, like 18"),
    ("age_to", "250", "Enter the oldest age as a number up to 120, like 18"),
    ("age_to", "17", "The oldest age must be 18 or more"),
    ("audience-carers", "yes", "Select how it is meant for them, or leave it"),
    ("who_may_come", "friends", "Select who may come"),
    ("residents_of", "atlantis", "Select the boroughs from the list"),
    ("when", "often", "Select when it is held"),
    ("schedule-1-rule", "daily", "Select how often it is held"),
    ("schedule-1-rule", "", "Select how often it is held"),
    ("schedule-1-days", "", "Select the day of the week"),
    ("schedule-1-days", "someday", "Select the day of the week"),
    ("schedule-1-starts", "", "Enter the time it begins, like 10:30am or 14:00"),
    ("schedule-1-starts", "after lunch", "Enter the time it begins, like 10:30am or 14:00"),
    ("schedule-1-starts", "2", "Say whether 2 is am or pm, like 10:30am or 2pm"),
    ("schedule-1-ends", "25:00", "Enter the time it ends, like midday or 16:00"),
    ("schedule-1-ends", "9am", "“It ends at” must be after 10:30am, on the same day"),
    ("schedule-1-ends", "midnight", "“It ends at” must be after 10:30am, on the same day"),
    ("schedule-1-from", "8 September", "“First date” must include the year, like 27/3/2027"),
    ("schedule-1-from", "31/2/2026", "“First date” must be a real date, like 27/3/2027"),
    ("schedule-1-from", "after Easter", "“First date” must be a date, like 27/3/2027"),
    ("schedule-1-from", "1/1/1926", "“First date” must be in a year from 2000 to 2099"),
    (
        "schedule-1-from",
        "Monday 8 September 2026",
        "8 September 2026 is a Tuesday. Check the day and the date",
    ),
    ("schedule-1-until", "7/9/2026", "“Last date” must be the same as or after 8 September 2026"),
    (
        "schedule-1-skip",
        "22/12/2026, 32/12/2026",
        "“32/12/2026” must be a real date, like 27/3/2027",
    ),
    ("schedule-1-skip", "half-term", "“half-term” must be a date, like 27/3/2027"),
    ("schedule-1-skip", "29 December", "“29 December” must include the year, like 27/3/2027"),
    (
        "schedule-1-extra",
        "22/12/2026",
        "Tuesday 22 December 2026 is there twice: held, and not held. Keep one of the two",
    ),
    ("schedule-2-weeks", "", "Enter how many weeks apart, a number from 2 to 12"),
    ("schedule-2-weeks", "1", "Enter how many weeks apart, a number from 2 to 12"),
    ("schedule-2-from", "", "Enter the first date, so that we can count the weeks from there"),
    ("schedule-3-nth", "", "Select which week of the month"),
    ("schedule-3-nth", "fifth", "Select which week of the month"),
    ("schedule-4-sessions", "60", "Enter how many weeks the course has, a number from 2 to 52"),
    ("schedule-4-sessions", "", "Enter how many weeks the course has, a number from 2 to 52"),
    ("schedule-4-from", "", "Enter the date on which the course begins, like 27/3/2027"),
    ("schedule-5-dates", "", "Enter the dates, like 27/3/2027, 3/4/2027"),
    ("schedule-5-dates", " , ", "Enter the dates, like 27/3/2027, 3/4/2027"),
    ("ends_on", "20/11/2026", "“What is its last day?” must be today or in the future"),
    ("ends_on", "soon", "“What is its last day?” must be a date, like 27/3/2027"),
    ("pause_from", "", "Enter the first day of the break too, like 1/8/2027"),
    ("pause_to", "31/7/2027", "“Last day of the break” must be the same as or after 1 August 2027"),
    ("notice-1-text", "", "Write what people should know, or clear the day"),
    (
        "notice-1-until",
        "",
        "Enter the last day on which the notice is shown, like 21 November 2026",
    ),
    ("delivery", "in-person;", "Select how people take part from the list"),
    ("venue_postcode", "SE15", "Enter a whole postcode, like SE15 4QL"),
    ("venue_kind", "pub", "Select what kind of place it is"),
    ("address_private", "perhaps", "Select yes or no, or leave this open"),
    ("outreach", "peckham", "Select the boroughs from the list"),
    ("access-lift", "small", "Select yes or no, or leave this open"),
    ("languages", "klingon", "Select the languages from the list"),
    ("interpreter", "1", "Select yes or no, or leave this open"),
    ("cost", "cheap", "Select what it costs"),
    ("price-1-label", "", "Say for whom the price is, like “Full price”"),
    ("price-1-amount", "", "Enter one amount in pounds, like £3 or 2.50"),
    ("price-1-amount", "£3 to £5", "Enter one amount in pounds, like £3 or 2.50"),
    ("price-1-amount", "20000", "“How much?” must be £10,000 or less"),
    ("price-1-per", "week", "Select how it is paid"),
    ("residents_join", "ask", "Select how to join from the list"),
    ("residents_link", "ask at the desk", "Enter a web address, like lanternyard.example/book"),
    (
        "professionals_link",
        "javascript:alert(1)",
        "Enter a web address, like lanternyard.example/book",
    ),
    ("places", "some", "Select whether there is room"),
    ("places_on", "22/11/2026", "“When did you last check?” must be today or in the past"),
    ("reply_days", "quickly", "Enter in how many working days you reply, a number from 0 to 60"),
    ("provider_website", "hollowlane", "Enter a web address, like lanternyard.example/book"),
    ("provider_borough", "kent", "Select your borough from the list, or none"),
    ("contact-1-phone", "ask for Dele", "Enter a telephone number, like 020 7946 0142"),
    ("contact-1-email", "dele at clay", "Enter an email address, like name@example.org"),
    ("contact-1-web", "ftp://clay.example", "Enter a web address, like lanternyard.example/book"),
    ("contact-1-reader", "me", "Select who may see this"),
    ("contact-2-name", "Ruth", "Enter a telephone number, an email address or a web page"),
    ("testimonial_by", "", "Write who said it, like “A man from Peckham, 71”"),
    ("testimonial", "", "Write what they said, or clear who said it"),
];

/// Where the field that is told of is another than the one that was changed.
fn told_of(field: &str, message: &str) -> String {
    match (field, message) {
        ("contact-2-name", _) => "contact-2-phone".into(),
        _ => field.into(),
    }
}

#[test]
fn each_mistake_is_told_at_its_field_and_in_these_words() {
    assert_eq!(told(&reading(rich())), [""; 0]);
    for (field, typed, message) in LABELLED {
        let mut answers = rich();
        answers.set(field, *typed);
        let expected = format!("{}: {message}", told_of(field, message));
        assert_eq!(told(&reading(answers)), [expected], "{field} {typed}");
    }
}

#[test]
fn what_is_too_long_says_by_how_much() {
    for (field, length, message) in [
        ("title", 101, "“What is it called?” must be 100 characters or fewer. Take out 1"),
        (
            "description",
            10_002,
            "“What else should people know about it?” must be 10,000 characters or fewer. Take out 2",
        ),
        (
            "notice-1-text",
            201,
            "“What should people know?” must be 200 characters or fewer. Take out 1",
        ),
        (
            "access-lift-note",
            250,
            "The note on “Lift” must be 200 characters or fewer. Take out 50",
        ),
        ("price-1-label", 90, "“For whom?” must be 80 characters or fewer. Take out 10"),
        ("contact-1-role", 101, "“What they do” must be 100 characters or fewer. Take out 1"),
    ] {
        let mut answers = rich();
        answers.set(field, "é".repeat(length));
        assert_eq!(told(&reading(answers)), [format!("{field}: {message}")]);
    }
}

/// What a question takes is said once, beside it; this holds it against what reading takes.
#[test]
fn every_question_takes_as_many_characters_as_it_says_and_tells_of_one_more() {
    let mut held = 0;
    for question in Step::ALL.into_iter().flat_map(questions) {
        let fields = match question.control {
            Control::Several { parts, .. } => parts
                .iter()
                .map(|part| (part_field(question.name, 1, part.name), part.control))
                .collect(),
            control => vec![(question.name.to_owned(), control)],
        };
        for (field, control) in fields {
            let typed = match control {
                // A list is read word by word, and a number has its own limits.
                _ if ["keywords", "patients_of"].contains(&field.as_str()) => continue,
                Control::Line { kind: "text", most } if most > 4 => "é".repeat(most),
                Control::Line { kind: "url", most } => {
                    format!("https://a.example/{}", "b".repeat(most - 18))
                }
                Control::Area { most, .. } => "é".repeat(most),
                _ => continue,
            };
            let told_of = |typed: String| {
                let mut answers = rich();
                answers.set(&field, typed);
                told(&reading(answers))
            };
            assert_eq!(told_of(typed.clone()), [""; 0], "{field}");
            let told = told_of(format!("{typed}b")).join(", ");
            assert!(told.starts_with(&field) && told.ends_with("Take out 1"), "{field}: {told}");
            held += 1;
        }
    }
    assert!(held > 25, "{held}");
}

#[test]
fn all_mistakes_are_told_at_once_in_the_order_of_the_page() {
    let mut answers = rich();
    for (field, typed) in [
        ("contact-1-email", "no"),
        ("price-1-amount", "lots"),
        ("access-step-free", "half"),
        ("schedule-5-ends", "late"),
        ("schedule-1-ends", "late"),
        ("schedule-1-starts", "early"),
        ("age_to", "old"),
        ("kind", "both"),
    ] {
        answers.set(field, typed);
    }
    let fields: Vec<String> =
        reading(answers).mistakes.iter().map(|one| one.field.clone()).collect();
    assert_eq!(
        fields,
        [
            "kind",
            "age_to",
            "schedule-1-starts",
            "schedule-1-ends",
            "schedule-5-ends",
            "access-step-free",
            "price-1-amount",
            "contact-1-email"
        ]
    );
}

#[test]
fn a_postcode_that_nobody_has_or_that_lies_elsewhere_is_told() {
    let told_with = |spot| {
        let mut known = known();
        known.spot = Some(spot);
        told(&super::read(&submission(rich()), &known, TODAY))
    };
    assert_eq!(
        told_with(Spot::Unknown),
        [
            "venue_postcode: We do not know SE15 4QL. Check it, or write a postcode from the same street"
        ]
    );
    assert_eq!(
        told_with(Spot::Outside),
        [
            "venue_postcode: SE15 4QL is in none of our boroughs. Check it, or ask the borough next to you"
        ]
    );
}

#[test]
fn networks_are_known_by_name_or_code() {
    use crate::{offers::WhoMayCome, text::Line};
    let mut answers = rich();
    answers.set("who_may_come", "patients");
    for typed in ["U00070", "u00070", "North Southwark", "the north southwark PCN?, U00070"] {
        answers.set("patients_of", typed.replace("the ", ""));
        let read = reading(answers.clone());
        assert_eq!(told(&read), [""; 0], "{typed}");
        let network = Line::parse("U00070").unwrap();
        assert_eq!(read.content.who_may_come, WhoMayCome::PatientsOf(vec![network]));
    }
    answers.set("patients_of", "U00254\nAtlantis PCN");
    assert_eq!(
        told(&reading(answers)),
        [
            "patients_of: We know no network called “Atlantis PCN”. Check its name, or write its code, like U00070"
        ]
    );
}
