//! Reasons and misses as a card says them.
use std::borrow::Cow;

use jiff::civil::Weekday;

use crate::search::{Fit, Miss, Piece};
use crate::{
    calendar::{Session, Weekdays, day_name, short_date, time_in_words},
    places::{Gss, Metres, Places},
    text::{capitalised, pounds, series, series_with},
    topics::{Access, Code, Codes, PartOfDay},
};

impl Piece {
    /// "Step-free", "Tuesday 10:30am", "Especially welcomes women", "1.2 km"; for what is not stated, the
    /// name of the fact: "Step-free", "Ages", "Price".
    pub fn in_words<'a>(&self, places: &'a Places) -> Cow<'a, str> {
        match self {
            Self::Need(one) => one.label().into(),
            Self::Activity(one) => one.label().into(),
            Self::Borough(gss) => borough_name(*gss, places),
            Self::Audience(one, fit) => {
                let whom = inside(one.label());
                match fit {
                    Fit::MeantFor => format!("For {whom}").into(),
                    Fit::Welcome => format!("Especially welcomes {whom}").into(),
                    Fit::Only => format!("Only for {whom}").into(),
                }
            }
            Self::Access(one) => one.label().into(),
            Self::Delivery(one) => one.label().into(),
            Self::Cost(one) => one.label().into(),
            Self::Price(Some(pence)) => pounds(*pence).into(),
            Self::Price(None) => "Price of one session".into(),
            Self::Session(session) => day_and_time(session).into(),
            Self::Ages(ages) => ages.in_words().map_or("Ages".into(), Cow::Owned),
            Self::Language(one) => one.name().into(),
            Self::Joining(one) => one.label().into(),
            Self::Places(one) => one.label().into(),
            Self::Near(metres) => distance_in_words(*metres).into(),
            Self::Words(words) => quoted(words).into(),
        }
    }
}

impl Miss {
    /// "£3, not free", "Wednesdays, not Tuesdays", "Step-free: not stated, ask them".
    pub fn in_words(&self, places: &Places) -> String {
        match self {
            Self::Cost { instead, asked } => format!("{instead}, not {}", either(*asked)),
            Self::Price { pence: Some(pence), most } => {
                format!("{}, more than {}", pounds(*pence), pounds(*most))
            }
            Self::Price { pence: None, .. } => unsaid("Price of one session"),
            Self::Days { held, .. } if held.is_empty() => NO_SESSION.to_owned(),
            Self::Days { held, asked } => {
                format!("{}, not {}", days(*held, "and"), days(*asked, "or"))
            }
            Self::Parts { held, .. } if held.is_empty() => NO_SESSION.to_owned(),
            Self::Parts { held, asked } => {
                let held = series(held.iter().map(part_name));
                let asked = series_with("or", asked.iter().map(part_name));
                format!("{}, not {asked}", capitalised(&held))
            }
            Self::Dates { next: Some(next) } => {
                format!("Next on {}", short_date(next.starts.date()))
            }
            Self::Dates { next: None } => NO_SESSION.to_owned(),
            Self::Further { by } => format!("{} further", distance_in_words(*by)),
            Self::Access { feature, stated: false } => unsaid(feature.label()),
            Self::Access { feature, stated: true } => without(*feature),
            Self::Borough { instead } => {
                let names = instead.iter().map(|gss| borough_name(*gss, places));
                format!("In {}", series(names))
            }
            Self::Need { asked } => format!("Does not mention {}", either(*asked)),
            Self::Activity { instead } => format!("{} instead", instead.label()),
            Self::Audience { only } => format!("Only for {}", either(*only)),
            Self::Age { from, to } => match (from, to) {
                (Some(from), Some(to)) => format!("For ages {from} to {to}"),
                (Some(from), None) => format!("From age {from}"),
                (None, Some(to)) => format!("Up to age {to}"),
                (None, None) => unsaid("Ages"),
            },
            Self::Delivery { instead } => format!("{} instead", capitalised(&either(*instead))),
            Self::Joining { instead } if instead.is_empty() => unsaid("How to join"),
            Self::Joining { instead } => format!("{} instead", capitalised(&either(*instead))),
            Self::Language { asked } => {
                let names = asked.iter().map(|one| one.name().to_owned());
                unsaid(&series_with("or", names))
            }
            Self::Places { said: Some(said) } => said.label().to_owned(),
            Self::Places { said: None } => unsaid("Places"),
            Self::Words { missing } => format!("Without {}", quoted(missing)),
        }
    }
}

/// "850 m", "1.2 km", "14 km".
pub fn distance_in_words(metres: Metres) -> String {
    match metres {
        0..950 => format!("{} m", (metres.max(1)).div_ceil(50) * 50),
        950..9_950 => {
            let tenths = (metres + 50) / 100;
            match tenths % 10 {
                0 => format!("{} km", tenths / 10),
                rest => format!("{}.{rest} km", tenths / 10),
            }
        }
        _ => format!("{} km", (metres + 500) / 1000),
    }
}

fn day_and_time(session: &Session) -> String {
    let starts = session.starts;
    [day_name(starts.date().weekday()), " ", &time_in_words(starts.time())].concat()
}

fn days(days: Weekdays, link: &str) -> String {
    let plural = |day: Weekday| format!("{}s", day_name(day));
    series_with(link, days.iter().map(plural))
}

fn part_name(part: PartOfDay) -> String {
    match part {
        PartOfDay::Morning => "mornings",
        PartOfDay::Afternoon => "afternoons",
        PartOfDay::Evening => "evenings",
    }
    .to_owned()
}

/// True of what is agreed with each person and of what rests for a while.
const NO_SESSION: &str = "No set dates at the moment, ask them";

fn unsaid(fact: &str) -> String {
    format!("{fact}: not stated, ask them")
}

fn without(feature: Access) -> String {
    let label = inside(feature.label());
    match feature {
        Access::StepFree | Access::DementiaFriendly | Access::NearTransport => {
            format!("Not {label}")
        }
        Access::CompanionFree => "Companion does not come free".to_owned(),
        Access::AssistanceDogs => "No assistance dogs".to_owned(),
        _ => format!("No {label}"),
    }
}

fn either<T: Code>(codes: Codes<T>) -> String {
    series_with("or", codes.iter().map(|code| inside(code.label())))
}

/// A label within a sentence: small, unless it begins with a name.
fn inside(label: &str) -> String {
    const NAMES: [&str; 7] =
        ["LGBTQ+", "British", "Blue", "Changing", "Black", "South", "Parkinson"];
    if NAMES.iter().any(|name| label.starts_with(name)) {
        return label.to_owned();
    }
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn quoted(words: &[String]) -> String {
    let quote = |word: &String| format!("\u{201c}{word}\u{201d}");
    words.iter().map(quote).collect::<Vec<_>>().join(", ")
}

fn borough_name(gss: Gss, places: &Places) -> Cow<'_, str> {
    places.borough(gss).map_or_else(|| gss.to_string().into(), |one| one.name.as_str().into())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::topics::{Audience, Cost};

    #[test]
    fn misses_are_said_plainly() {
        let say = |miss: Miss| miss.in_words(&Places::default());
        let day = |day| [day].into_iter().collect::<Weekdays>();
        assert_eq!(
            say(Miss::Cost { instead: "£3".into(), asked: [Cost::Free].into_iter().collect() }),
            "£3, not free"
        );
        assert_eq!(
            say(Miss::Days { held: day(Weekday::Wednesday), asked: day(Weekday::Tuesday) }),
            "Wednesdays, not Tuesdays"
        );
        assert_eq!(say(Miss::Further { by: 1_230 }), "1.2 km further");
        let step_free = |stated| Miss::Access { feature: Access::StepFree, stated };
        assert_eq!(say(step_free(false)), "Step-free: not stated, ask them");
        assert_eq!(say(step_free(true)), "Not step-free");
        assert_eq!(say(Miss::Price { pence: Some(850), most: 500 }), "£8.50, more than £5");
        assert_eq!(
            say(Miss::Audience { only: [Audience::Lgbtq, Audience::Men].into_iter().collect() }),
            "Only for men or LGBTQ+ people"
        );
    }

    #[test]
    fn reasons_are_said_plainly() {
        let tuesday = date(2026, 11, 24);
        let session = Session { starts: tuesday.at(10, 30, 0, 0), ends: tuesday.at(12, 0, 0, 0) };
        let places = Places::default();
        let say = |piece: Piece| piece.in_words(&places).into_owned();
        assert_eq!(say(Piece::Session(session)), "Tuesday 10:30am");
        assert_eq!(
            say(Piece::Audience(Audience::Women, Fit::Welcome)),
            "Especially welcomes women"
        );
    }

    #[test]
    fn distances_are_as_fine_as_anyone_walks() {
        assert_eq!(
            [0, 420, 960, 1_940, 14_400].map(distance_in_words).join("; "),
            "50 m; 450 m; 1 km; 1.9 km; 14 km"
        );
    }
}
