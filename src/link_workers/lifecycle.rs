//! How an entry stands: proposed, agreed, listed, off the list. Only who agreed is checked, only who is checked is listed.
use jiff::{SignedDuration, Timestamp};

use super::{Details, LinkWorkerId};
use crate::{
    places::Gss,
    text::{Email, Line},
};

/// An agreement is good for so long.
pub const YEAR: SignedDuration = SignedDuration::from_hours(24 * 365);

/// Who it is, however it stands.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: LinkWorkerId,
    /// Where letters go; in small letters.
    pub email: Email,
    pub version: u32,
    /// Written since, and not agreed yet.
    pub draft: Option<Details>,
    /// Whose coordinators look after it.
    pub boroughs: Vec<Gss>,
    /// Who wrote it first, where they did not themselves.
    pub proposed_by: Option<Line<100>>,
    pub made: Timestamp,
    /// The last time that somebody at the desk had them asked.
    pub asked: Option<Timestamp>,
}

/// An entry of which something is said.
#[derive(Clone, Debug)]
pub struct LinkWorker<S> {
    pub known: Known,
    pub details: Details,
    pub state: S,
}

/// Nobody has agreed to it.
#[derive(Clone, Copy, Debug)]
pub struct Proposed;

/// They have; a coordinator has not looked.
#[derive(Clone, Copy, Debug)]
pub struct Agreed {
    pub at: Timestamp,
}

/// Everybody may see it.
#[derive(Clone, Copy, Debug)]
pub struct Listed {
    pub agreed: Timestamp,
    pub checked: Timestamp,
}

/// Nobody sees it any more, and it is erased soon.
#[derive(Clone, Copy, Debug)]
pub struct Off {
    pub agreed: Timestamp,
    /// `None` where nobody ever looked.
    pub checked: Option<Timestamp>,
    pub since: Timestamp,
    pub why: OffWhy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffWhy {
    /// The year passed without an answer.
    Year,
    /// A coordinator took it off.
    Desk,
}

/// One of them, as it was found.
#[derive(Clone, Debug)]
pub enum AnyState {
    /// Only an address: somebody asked for a form.
    Begun(Known),
    Proposed(LinkWorker<Proposed>),
    Agreed(LinkWorker<Agreed>),
    Listed(LinkWorker<Listed>),
    Off(LinkWorker<Off>),
}

/// The same as one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Begun,
    Proposed,
    Agreed,
    Listed,
    Off,
}

impl Known {
    /// Somebody whom nobody knew before.
    pub fn new(
        email: Email,
        boroughs: Vec<Gss>,
        proposed_by: Option<Line<100>>,
        now: Timestamp,
    ) -> Self {
        let id = LinkWorkerId::now_v7();
        Self { id, email, version: 1, draft: None, boroughs, proposed_by, made: now, asked: None }
    }
}

impl LinkWorker<Proposed> {
    pub fn agree(self, now: Timestamp) -> LinkWorker<Agreed> {
        self.becomes(Agreed { at: now })
    }
}

impl LinkWorker<Agreed> {
    pub fn check(self, now: Timestamp) -> LinkWorker<Listed> {
        let agreed = self.state.at;
        self.becomes(Listed { agreed, checked: now })
    }

    pub fn refuse(self, now: Timestamp) -> LinkWorker<Off> {
        let agreed = self.state.at;
        self.becomes(Off { agreed, checked: None, since: now, why: OffWhy::Desk })
    }
}

impl LinkWorker<Listed> {
    /// For another year.
    pub fn agree_again(self, now: Timestamp) -> Self {
        let checked = self.state.checked;
        self.becomes(Listed { agreed: now, checked })
    }

    /// To something that a coordinator must look at first.
    pub fn agree_anew(self, now: Timestamp) -> LinkWorker<Agreed> {
        self.becomes(Agreed { at: now })
    }

    pub fn take_off(self, why: OffWhy, now: Timestamp) -> LinkWorker<Off> {
        let Listed { agreed, checked } = self.state;
        self.becomes(Off { agreed, checked: Some(checked), since: now, why })
    }

    /// Until when the agreement holds.
    pub fn until(&self) -> Timestamp {
        self.state.agreed + YEAR
    }
}

impl LinkWorker<Off> {
    /// Who comes back is looked at again.
    pub fn agree(self, now: Timestamp) -> LinkWorker<Agreed> {
        self.becomes(Agreed { at: now })
    }
}

impl<S> LinkWorker<S> {
    fn becomes<T>(self, state: T) -> LinkWorker<T> {
        LinkWorker { known: self.known, details: self.details, state }
    }
}

impl AnyState {
    pub fn known(&self) -> &Known {
        match self {
            Self::Begun(known) => known,
            Self::Proposed(one) => &one.known,
            Self::Agreed(one) => &one.known,
            Self::Listed(one) => &one.known,
            Self::Off(one) => &one.known,
        }
    }

    /// What is said; nothing where only an address is known.
    pub fn details(&self) -> Option<&Details> {
        match self {
            Self::Begun(_) => None,
            Self::Proposed(one) => Some(&one.details),
            Self::Agreed(one) => Some(&one.details),
            Self::Listed(one) => Some(&one.details),
            Self::Off(one) => Some(&one.details),
        }
    }

    /// What they would agree to now: what they wrote last.
    pub fn latest(&self) -> Option<&Details> {
        self.known().draft.as_ref().or(self.details())
    }

    pub fn status(&self) -> Status {
        match self {
            Self::Begun(_) => Status::Begun,
            Self::Proposed(_) => Status::Proposed,
            Self::Agreed(_) => Status::Agreed,
            Self::Listed(_) => Status::Listed,
            Self::Off(_) => Status::Off,
        }
    }

    /// They agree to what they wrote last. `None` where nothing is written yet.
    #[must_use]
    pub fn agree(mut self, now: Timestamp) -> Option<Self> {
        let latest = self.latest()?.clone();
        let anew = self.details().is_none_or(|said| said.wants_a_look(&latest));
        self.known_mut().draft = None;
        Some(match self {
            Self::Begun(known) => {
                let proposed = LinkWorker { known, details: latest, state: Proposed };
                Self::Agreed(proposed.agree(now))
            }
            Self::Proposed(one) => Self::Agreed(LinkWorker { details: latest, ..one }.agree(now)),
            Self::Agreed(one) => {
                Self::Agreed(LinkWorker { details: latest, state: Agreed { at: now }, ..one })
            }
            Self::Listed(one) => {
                let one = LinkWorker { details: latest, ..one };
                match anew {
                    true => Self::Agreed(one.agree_anew(now)),
                    false => Self::Listed(one.agree_again(now)),
                }
            }
            Self::Off(one) => Self::Agreed(LinkWorker { details: latest, ..one }.agree(now)),
        })
    }

    pub fn known_mut(&mut self) -> &mut Known {
        match self {
            Self::Begun(known) => known,
            Self::Proposed(one) => &mut one.known,
            Self::Agreed(one) => &mut one.known,
            Self::Listed(one) => &mut one.known,
            Self::Off(one) => &mut one.known,
        }
    }
}

impl OffWhy {
    pub const ALL: [Self; 2] = [Self::Year, Self::Desk];

    /// As it stands in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Desk => "desk",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.code() == code)
    }
}

impl Status {
    /// Those that the desk sees, what waits for it first.
    pub const AT_DESK: [Self; 4] = [Self::Agreed, Self::Listed, Self::Proposed, Self::Off];

    /// As it stands in addresses and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Proposed => "proposed",
            Self::Agreed => "agreed",
            Self::Listed => "listed",
            Self::Off => "off",
        }
    }

    pub fn at_desk(code: &str) -> Option<Self> {
        Self::AT_DESK.into_iter().find(|status| status.code() == code)
    }

    /// As coordinators read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Begun => "Begun",
            Self::Proposed => "Asked, no answer yet",
            Self::Agreed => "To be checked",
            Self::Listed => "Listed",
            Self::Off => "Off the list",
        }
    }
}
