//! The answers of the first step.
use super::{
    numbers::postcode,
    words::{asked, too_long},
};
use crate::{
    forms::{Answers, Mistakes},
    places::Postcode,
    text::{Email, Line, TextProblem},
};

/// What the first step says.
#[derive(Clone, Debug)]
pub struct Begun {
    pub title: Line<100>,
    pub place: FirstPlace,
    pub email: Email,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FirstPlace {
    Postcode(Postcode),
    Online,
}

/// Reads them.
///
/// # Errors
/// All that is to be put right: here every question needs its answer.
pub fn begin(typed: &Answers) -> Result<Begun, Mistakes> {
    let mut mistakes = Mistakes::default();
    let (title, place) = title_and_place(typed, &mut mistakes);
    let email = Email::of_person(typed.one("email"));
    if email.is_err() {
        mistakes.add("email", "Enter an email address, like name@example.org");
    }
    match (title, place, email) {
        (Some(title), Some(place), Ok(email)) => Ok(Begun { title, place, email }),
        _ => Err(mistakes),
    }
}

/// Only the first two.
pub fn title_and_place(
    typed: &Answers,
    mistakes: &mut Mistakes,
) -> (Option<Line<100>>, Option<FirstPlace>) {
    let title = Line::parse(typed.one("title"));
    match title {
        Ok(_) => {}
        Err(TextProblem::Missing) => mistakes.add("title", "Enter what it is called"),
        Err(TextProblem::TooLong { length, max }) => {
            mistakes.add("title", too_long(&asked("title"), length, max));
        }
    }
    let place = FirstPlace::read(typed.one("place"));
    if place.is_none() {
        let message = match typed.one("place") {
            "" => "Enter a postcode, like SE15 4QL, or “online”",
            _ => "Enter a whole postcode, like SE15 4QL, or just “online”",
        };
        mistakes.add("place", message);
    }
    (title.ok(), place)
}

impl FirstPlace {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Postcode(postcode) => postcode.as_str(),
            Self::Online => "online",
        }
    }

    /// Says it in the form.
    pub fn answer(&self, answers: &mut Answers) {
        match self {
            Self::Postcode(postcode) => {
                answers.set("delivery", "in-person");
                answers.set("venue_postcode", postcode.as_str());
            }
            Self::Online => answers.set("delivery", "online"),
        }
    }

    /// Also with an address before the postcode.
    fn read(typed: &str) -> Option<Self> {
        let plain: String = typed.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
        if ["online", "ononline", "itisonline", "zoom", "onzoom"].contains(&plain.as_str()) {
            return Some(Self::Online);
        }
        let mut words = typed.split([' ', ',', '\t']).filter(|word| !word.is_empty()).rev();
        let (last, before) = (words.next()?, words.next().unwrap_or_default());
        let ends = [typed.to_owned(), format!("{before} {last}"), last.to_owned()];
        ends.iter().find_map(|end| postcode(end)).map(Self::Postcode)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn typed(title: &str, place: &str, email: &str) -> Answers {
        Answers::of(
            [("title", title), ("place", place), ("email", email)]
                .map(|(field, value)| (field.to_owned(), value.to_owned())),
        )
    }

    #[test]
    fn a_place_is_a_postcode_or_online() {
        for place in ["SE15 4QL", "se154ql", "9 Tanner’s Row, Peckham, SE15 4QL", "Peckham se154ql"]
        {
            let begun = begin(&typed("Clay", place, "dele@clay.example")).unwrap();
            assert!(
                matches!(begun.place, FirstPlace::Postcode(code) if code.as_str() == "SE15 4QL")
            );
        }
        for place in ["online", "On-line", "Online."] {
            let begun = begin(&typed("Clay", place, "dele@clay.example")).unwrap();
            assert_eq!(begun.place, FirstPlace::Online, "{place}");
        }
    }

    #[test]
    fn all_mistakes_of_the_first_step_are_named_at_once() {
        let said = |title: &str, place, email| -> Vec<String> {
            let mistakes = begin(&typed(title, place, email)).unwrap_err();
            mistakes.iter().map(|one| format!("{}: {}", one.field, one.message)).collect()
        };
        assert_eq!(
            said("", " ", ""),
            [
                "title: Enter what it is called",
                "place: Enter a postcode, like SE15 4QL, or “online”",
                "email: Enter an email address, like name@example.org",
            ]
        );
        assert_eq!(
            said(&"é".repeat(162), "Peckham", "dele@clay"),
            [
                "title: “What is it called?” must be 100 characters or fewer. Take out 62",
                "place: Enter a whole postcode, like SE15 4QL, or just “online”",
                "email: Enter an email address, like name@example.org",
            ]
        );
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_told(title in any::<String>(), place in any::<String>(), email in any::<String>()) {
            if let Err(mistakes) = begin(&typed(&title, &place, &email)) {
                prop_assert!(!mistakes.is_empty());
            }
        }
    }
}
