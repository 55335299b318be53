//! Link workers: who they are, whom they serve, how one reaches them. Listed by their own agreement alone.
pub mod acts;
pub mod csv;
mod form;
mod letters;
mod lifecycle;
pub mod pages;
mod shown;
pub mod store;
pub mod year;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use form::{Reading, read, written};
pub use lifecycle::{Agreed, AnyState, Known, LinkWorker, Listed, Off, OffWhy, Proposed, Status};
pub use shown::{Card, Public};

use crate::{
    offers::Reader,
    pictures::PictureId,
    places::{Gss, Places},
    text::{Email, Line, Phone, Text, WebAddress},
    topics::Language,
};

pub type LinkWorkerId = Uuid;

/// A link to one's own page opens everything for so long. After that it still opens the way out, and who wants more
/// asks for a new one.
pub const OPENS_ALL: SignedDuration = SignedDuration::from_hours(24 * 30);
/// How to reach somebody is shown to a professional who asked for so long.
pub const ASKING_LASTS: SignedDuration = SignedDuration::from_hours(48);

/// What somebody says of themselves. All of it is shown to everybody but those ways to reach them that are for
/// professionals only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    pub name: Line<100>,
    pub role: Role,
    /// What they call it, for another role than those we know.
    pub role_words: Option<Line<80>>,
    pub employer_kind: EmployerKind,
    pub employer: Line<120>,
    /// A practice or any other place.
    pub based_at: Option<Line<150>>,
    /// Codes of primary care networks, such as U12345.
    pub networks: Vec<String>,
    /// Codes of practices, such as G85001.
    pub practices: Vec<String>,
    /// Those they name. [`Details::all_boroughs`] has those of their networks and practices, too.
    pub boroughs: Vec<Gss>,
    pub languages: Vec<Language>,
    /// As [`crate::calendar::day_code`] has them, from Monday on. Empty is not stated.
    pub days: Vec<String>,
    pub email: Option<Reach<Email>>,
    pub phone: Option<Reach<Phone>>,
    pub web: Option<Reach<WebAddress>>,
    pub about: Option<Text<600>>,
    pub photograph: Option<PictureId>,
}

/// A way to reach somebody, and for whom it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach<T> {
    pub at: T,
    pub reader: Reader,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    LinkWorker,
    Coach,
    CareCoordinator,
    CommunityConnector,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmployerKind {
    Practice,
    Network,
    Voluntary,
    Council,
    Other,
}

impl Role {
    pub const ALL: [Self; 5] = [
        Self::LinkWorker,
        Self::Coach,
        Self::CareCoordinator,
        Self::CommunityConnector,
        Self::Other,
    ];

    /// As it stands in forms and files.
    pub fn code(self) -> &'static str {
        match self {
            Self::LinkWorker => "link-worker",
            Self::Coach => "health-and-wellbeing-coach",
            Self::CareCoordinator => "care-coordinator",
            Self::CommunityConnector => "community-connector",
            Self::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::LinkWorker => "Social prescribing link worker",
            Self::Coach => "Health and wellbeing coach",
            Self::CareCoordinator => "Care coordinator",
            Self::CommunityConnector => "Community connector",
            Self::Other => "Another role",
        }
    }
}

impl EmployerKind {
    pub const ALL: [Self; 5] =
        [Self::Practice, Self::Network, Self::Voluntary, Self::Council, Self::Other];

    /// As it stands in forms and files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Network => "network",
            Self::Voluntary => "voluntary",
            Self::Council => "council",
            Self::Other => "other",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Practice => "A GP practice",
            Self::Network => "A network of practices",
            Self::Voluntary => "A charity or community group",
            Self::Council => "A council",
            Self::Other => "Somebody else",
        }
    }
}

impl Details {
    /// What they do, in their words where we have none.
    pub fn role_in_words(&self) -> &str {
        match (self.role, &self.role_words) {
            (Role::Other, Some(words)) => words.as_str(),
            (role, _) => role.label(),
        }
    }

    /// Those they name, then those of their networks and practices: their coordinators look after the entry.
    pub fn all_boroughs(&self, places: &Places) -> Vec<Gss> {
        let surgeries = places.surgeries();
        let of_networks = self.networks.iter().filter_map(|code| surgeries.group_of(code));
        let of_practices = self.practices.iter().filter_map(|code| surgeries.practice(code));
        let served = of_networks.flat_map(|group| group.boroughs.iter().copied());
        let served = served.chain(of_practices.map(|one| one.practice.borough));
        let mut all = self.boroughs.clone();
        for borough in served {
            if !all.contains(&borough) {
                all.push(borough);
            }
        }
        all
    }

    /// The same without what is for professionals only.
    #[must_use]
    pub fn public(mut self) -> Self {
        fn open<T>(reach: Option<Reach<T>>) -> Option<Reach<T>> {
            reach.filter(|reach| reach.reader == Reader::Everyone)
        }
        self.email = open(self.email);
        self.phone = open(self.phone);
        self.web = open(self.web);
        self
    }

    /// Whether some way to reach them is for professionals only.
    pub fn keeps_back(&self) -> bool {
        let readers = [
            self.email.as_ref().map(|reach| reach.reader),
            self.phone.as_ref().map(|reach| reach.reader),
            self.web.as_ref().map(|reach| reach.reader),
        ];
        readers.contains(&Some(Reader::Professionals))
    }

    /// Whether a coordinator must look again where this becomes that: who they are and whom they serve is checked,
    /// on which days and under which number they are reached is theirs alone to know.
    pub fn wants_a_look(&self, new: &Self) -> bool {
        let checked = |one: &Self| Self {
            languages: Vec::new(),
            days: Vec::new(),
            email: None,
            phone: None,
            web: one.web.clone().map(|web| Reach { reader: Reader::Everyone, ..web }),
            ..one.clone()
        };
        checked(self) != checked(new)
    }
}

/// Whether an address is that of somebody who works for the NHS or a council.
pub fn is_of_professional(email: &Email) -> bool {
    const HOUSES: [&str; 3] = ["nhs.net", "nhs.uk", "gov.uk"];
    let domain = email.as_str().rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
    HOUSES.iter().any(|house| {
        // Nobody has an address right below gov.uk or nhs.uk; nhs.net is one house for all.
        domain.strip_suffix(house).is_some_and(|before| {
            before.ends_with('.') || (before.is_empty() && *house == "nhs.net")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_nhs_and_of_councils_are_those_of_professionals() {
        for (email, is) in [
            ("ama@nhs.net", true),
            ("ama@GSTT.nhs.uk", true),
            ("ama@southwark.gov.uk", true),
            ("ama@evilnhs.net", false),
            ("ama@nhs.net.evil.example", false),
            ("ama@notgov.uk", false),
            ("ama@gov.uk", false),
            ("nhs.net@mail.example", false),
        ] {
            assert_eq!(is_of_professional(&Email::parse(email).unwrap()), is, "{email}");
        }
    }
}
