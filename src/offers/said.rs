//! Parts of an offer in words.
use jiff::civil::Date;

use super::{Ages, AudienceFit, Cost, Per, PlacesSaid, Price, WhoMayCome};
use crate::{
    calendar::date_in_words,
    places::{Gss, Places},
    text::{capitalised, pounds, series, series_with},
    topics::{self, Audience, Code, Codes},
};

impl Cost {
    /// "Free", "£3", "£3 to £8", "£20 a course": what a session costs if that is said, else a course, a
    /// month, a year.
    pub fn in_words(&self) -> String {
        let kinds = [
            (Per::Session, ""),
            (Per::Course, " a course"),
            (Per::Month, " a month"),
            (Per::Year, " a year"),
        ];
        let said = kinds.into_iter().find_map(|(per, behind)| {
            let pence =
                || self.prices.iter().filter(|price| price.per == per).map(|price| price.pence);
            let (least, most) = (pence().min()?, pence().max()?);
            Some(match least == most {
                true => format!("{}{behind}", pounds(least)),
                false => format!("{} to {}{behind}", pounds(least), pounds(most)),
            })
        });
        match (self.code, said) {
            (topics::Cost::Paid, Some(words)) => words,
            (code, _) => code.label().to_owned(),
        }
    }
}

impl Price {
    /// "£3 a session".
    pub fn in_words(&self) -> String {
        let per = match self.per {
            Per::Session => "a session",
            Per::Course => "for the whole course",
            Per::Month => "a month",
            Per::Year => "a year",
        };
        format!("{} {per}", pounds(self.pence))
    }
}

impl Ages {
    /// "People aged 18 or over"; `None` where it is not stated.
    pub fn in_words(&self) -> Option<String> {
        match *self {
            Self::NotStated => None,
            Self::Stated { from: None, to: None } => Some("People of all ages".into()),
            Self::Stated { from: Some(from), to: None } => {
                Some(format!("People aged {from} or over"))
            }
            Self::Stated { from: None, to: Some(to) } => Some(format!("People aged {to} or under")),
            Self::Stated { from: Some(from), to: Some(to) } if from == to => {
                Some(format!("People aged {from}"))
            }
            Self::Stated { from: Some(from), to: Some(to) } => {
                Some(format!("People aged {from} to {to}"))
            }
        }
    }
}

impl Ages {
    /// Whether it leaves anybody out.
    pub fn is_limited(&self) -> bool {
        matches!(self, Self::Stated { from, to } if from.is_some() || to.is_some())
    }
}

impl AudienceFit {
    /// One sentence each, the narrowest first.
    pub fn in_words(&self) -> Vec<String> {
        let of = |codes: Codes<Audience>| series(codes.iter().map(named));
        let said = |codes: Codes<Audience>, words: String| (!codes.is_empty()).then_some(words);
        let only = said(self.only, format!("Only for {}", of(self.only)));
        let meant = said(self.meant_for, format!("Made for {}", of(self.meant_for)));
        let welcome = said(self.welcome, format!("{} are especially welcome", of(self.welcome)));
        let welcome = welcome.map(|words| capitalised(&words));
        let open = (self.only.is_empty() && self.meant_for.is_empty())
            .then(|| "Anyone is welcome".to_owned());
        [only, meant, open, welcome].into_iter().flatten().collect()
    }
}

impl WhoMayCome {
    pub fn in_words(&self, places: &Places) -> String {
        match self {
            Self::Anyone => "You can live anywhere".into(),
            Self::ResidentsOf(boroughs) => {
                format!("You need to live in {}", names(places, boroughs, "or"))
            }
            Self::PatientsOf(networks) => format!(
                "Your GP practice needs to be in this group of practices (primary care network): {}",
                networks.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", ")
            ),
        }
    }
}

impl PlacesSaid {
    /// "Few places, said on Tuesday 17 November 2026".
    pub fn in_words(&self) -> String {
        let places = match self.code {
            topics::Places::Open => "Places are open",
            other => other.label(),
        };
        format!("{places}, said on {}", date_in_words(self.on))
    }
}

/// Boroughs by name, with "and" or "or" before the last.
pub fn names(places: &Places, boroughs: &[Gss], joined: &str) -> String {
    let name = |gss: &Gss| {
        places.borough(*gss).map_or_else(|| gss.to_string(), |borough| borough.name.clone())
    };
    series_with(joined, boroughs.iter().map(name))
}

/// Longer ago than this, months are counted.
pub const AGO_IN_DAYS: i64 = 60;

/// "12 days ago", as the eye measures it: in days up to two months.
pub fn ago(on: Date, today: Date) -> String {
    match today.duration_since(on).as_hours() / 24 {
        ..=0 => "today".into(),
        1 => "yesterday".into(),
        days @ ..=AGO_IN_DAYS => format!("{days} days ago"),
        days => format!("{} months ago", days / 30),
    }
}

/// In the middle of a sentence; names of peoples and of communities keep their capitals.
fn named(audience: Audience) -> String {
    let label = audience.label();
    match audience {
        Audience::Lgbtq
        | Audience::DeafPeople
        | Audience::BlackCommunities
        | Audience::SouthAsianCommunities => label.to_owned(),
        _ => uncapitalised(label),
    }
}

pub fn uncapitalised(label: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters.as_str().chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Line;

    #[test]
    fn a_cost_says_its_least_and_its_most() {
        let price = |pence, per| Price { label: Line::parse("Full").unwrap(), pence, per };
        let cost = |prices: &[(u32, Per)]| Cost {
            code: topics::Cost::Paid,
            prices: prices.iter().map(|(pence, per)| price(*pence, *per)).collect(),
            note: None,
            concessions: None,
            help: None,
        };
        let session = Per::Session;
        assert_eq!(cost(&[(300, session), (2_000, Per::Course)]).in_words(), "£3");
        assert_eq!(cost(&[(250, session), (800, session)]).in_words(), "£2.50 to £8");
        assert_eq!(cost(&[(2_000, Per::Course)]).in_words(), "£20 a course");
        assert_eq!(price(250, session).in_words(), "£2.50 a session");
    }

    #[test]
    fn an_audience_is_a_welcome_unless_it_is_the_only_one() {
        let men: Codes<Audience> = [Audience::Men].into_iter().collect();
        let open = AudienceFit { welcome: men, ..AudienceFit::default() };
        assert_eq!(open.in_words(), ["Anyone is welcome", "Men are especially welcome"]);
        let shut = AudienceFit { only: men, ..AudienceFit::default() };
        assert_eq!(shut.in_words(), ["Only for men"]);
    }

    #[test]
    fn ages_not_stated_are_not_all_ages() {
        assert_eq!(Ages::NotStated.in_words(), None);
        let ages = |from, to| Ages::Stated { from, to }.in_words().unwrap();
        assert_eq!(ages(None, None), "People of all ages");
        assert_eq!(ages(Some(18), None), "People aged 18 or over");
        assert_eq!(ages(Some(11), Some(18)), "People aged 11 to 18");
    }
}
