//! What is told about what was typed, case by case.
use super::fixtures::*;
use crate::submissions::known::Spot;

/// In a whole offer this field says that instead; then this is told, and nothing else.
const LABELLED: &[(&str, &str, &str)] = &[
    ("activity", "knitting", "Select what people do there from the list"),
    ("activities", "knitting", "Select what people do there from the list"),
    ("kind", "cure", "Select if it is a creative activity or a therapy"),
    (
        "keywords",
        "wheel, a word that is much longer than any that one might look for",
        "Make “a word that is much longer than any that…” 19 characters shorter",
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
    ("schedule-1-starts", "2", "Say if 2 is am or pm, like 10:30am or 2pm"),
    ("schedule-1-ends", "25:00", "Enter the time it ends, like midday or 16:00"),
    ("schedule-1-ends", "9am", "The time it ends must be after 10:30am, on the same day"),
    ("schedule-1-ends", "midnight", "The time it ends must be after 10:30am, on the same day"),
    ("schedule-1-from", "8 September", "Add the year to the first date, like 27/3/2027"),
    ("schedule-1-from", "31/2/2026", "The first date must be a real date, like 27/3/2027"),
    (
        "schedule-1-from",
        "after Easter",
        "Enter the first date as day, month and year, like 27/3/2027",
    ),
    ("schedule-1-from", "1/1/1926", "The first date must be in a year from 2000 to 2099"),
    (
        "schedule-1-from",
        "Monday 8 September 2026",
        "8 September 2026 is a Tuesday. Check the day and the date",
    ),
    ("schedule-1-until", "7/9/2026", "The last date must be the same as or after 8 September 2026"),
    (
        "schedule-1-skip",
        "22/12/2026, 32/12/2026",
        "“32/12/2026” must be a real date, like 27/3/2027",
    ),
    ("schedule-1-skip", "half-term", "Write “half-term” as day, month and year, like 27/3/2027"),
    ("schedule-1-skip", "29 December", "Add the year to “29 December”, like 27/3/2027"),
    (
        "schedule-1-extra",
        "22/12/2026",
        "Tuesday 22 December 2026 is there twice: held, and not held. Keep one of the two",
    ),
    ("schedule-2-weeks", "", "Enter every how many weeks, a number from 2 to 12"),
    ("schedule-2-weeks", "1", "Enter every how many weeks, a number from 2 to 12"),
    ("schedule-2-from", "", "Enter the first date, so that we can count the weeks from there"),
    ("schedule-3-nth", "", "Select which one of the month it is"),
    ("schedule-3-nth", "fifth", "Select which one of the month it is"),
    ("schedule-4-sessions", "60", "Enter how many weeks the course has, a number from 2 to 52"),
    ("schedule-4-sessions", "", "Enter how many weeks the course has, a number from 2 to 52"),
    ("schedule-4-from", "", "Enter the date on which the course begins, like 27/3/2027"),
    ("schedule-5-dates", "", "Enter the dates, like 27/3/2027, 3/4/2027"),
    ("schedule-5-dates", " , ", "Enter the dates, like 27/3/2027, 3/4/2027"),
    ("ends_on", "20/11/2026", "The last day must be today or in the future"),
    ("ends_on", "soon", "Enter the last day as day, month and year, like 27/3/2027"),
    ("pause_from", "", "Enter the first day of the break too, like 1/8/2027"),
    (
        "pause_to",
        "31/7/2027",
        "The last day of the break must be the same as or after 1 August 2027",
    ),
    ("notice-1-text", "", "Write what people should know, or clear the day"),
    (
        "notice-1-until",
        "",
        "Enter the last day on which the notice is shown, like 21 November 2026",
    ),
    ("delivery", "in-person;", "Select how people take part from the list"),
    ("venue_postcode", "SE15", "Enter a whole postcode, like SE15 4QL"),
    ("venue_kind", "pub", "Select what kind of place it is"),
    ("address_private", "perhaps", "Choose yes or no, or leave both"),
    ("outreach", "peckham", "Select the boroughs from the list"),
    ("access-lift", "small", "Choose yes or no, or leave both"),
    ("languages", "klingon", "Select the languages from the list"),
    ("interpreter", "1", "Choose yes or no, or leave both"),
    ("cost", "cheap", "Select what it costs"),
    ("price-1-label", "", "Say for whom the price is, like “Full price”"),
    ("price-1-amount", "", "Enter one amount in pounds, like £3 or 2.50"),
    ("price-1-amount", "£3 to £5", "Enter one amount in pounds, like £3 or 2.50"),
    ("price-1-amount", "20000", "The amount must be £10,000 or less"),
    ("price-1-per", "week", "Select how it is paid"),
    ("residents_join", "ask", "Select how to join from the list"),
    ("residents_link", "ask at the desk", "Enter a web address, like lanternyard.example/book"),
    (
        "professionals_link",
        "javascript:alert(1)",
        "Enter a web address, like lanternyard.example/book",
    ),
    ("places", "some", "Select if there is room"),
    ("places_on", "22/11/2026", "The day on which that was so must be today or in the past"),
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
        ("title", 101, "Make the title 1 character shorter"),
        ("summary", 342, "Make the short description 62 characters shorter"),
        ("description", 10_002, "Make the long description 2 characters shorter"),
        ("therapist", 210, "Make the name of the therapist 10 characters shorter"),
        ("by_arrangement", 300, "Make how days and times are agreed 100 characters shorter"),
        ("notice-1-text", 201, "Make the notice 1 character shorter"),
        ("venue_name", 130, "Make the name of the place 10 characters shorter"),
        ("access-lift-note", 250, "Make the note 50 characters shorter"),
        ("price-1-label", 90, "Make for whom the price is 10 characters shorter"),
        ("provider_about", 5_005, "Make what you say about yourself 5 characters shorter"),
        ("contact-1-role", 101, "Make what they do 1 character shorter"),
    ] {
        let mut answers = rich();
        answers.set(field, "é".repeat(length));
        assert_eq!(told(&reading(answers)), [format!("{field}: {message}")]);
    }
    let mut answers = rich();
    answers.set("residents_link", format!("https://a.example/{}", "b".repeat(300)));
    let message = "residents_link: Make the web address 18 characters shorter";
    assert_eq!(told(&reading(answers)), [message]);
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
