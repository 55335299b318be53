//! An offer whose state only the database knows, and the way from one state to another.
use jiff::Timestamp;

use super::{Archived, Draft, Offer, Paused, Published, State, Status, Submitted};
use crate::text::Line;

/// A state read at run time.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnyState {
    Draft,
    Submitted,
    Published,
    Paused,
    Archived { reason: Line<500> },
}

impl State for AnyState {
    fn status(&self) -> Status {
        match self {
            Self::Draft => Status::Draft,
            Self::Submitted => Status::Submitted,
            Self::Published => Status::Published,
            Self::Paused => Status::Paused,
            Self::Archived { .. } => Status::Archived,
        }
    }
    fn reason(&self) -> Option<&Line<500>> {
        match self {
            Self::Archived { reason } => Some(reason),
            _ => None,
        }
    }
}

impl AnyState {
    /// `None` where the reason is missing, or stands where none belongs.
    pub fn new(status: Status, reason: Option<Line<500>>) -> Option<Self> {
        Some(match (status, reason) {
            (Status::Draft, None) => Self::Draft,
            (Status::Submitted, None) => Self::Submitted,
            (Status::Published, None) => Self::Published,
            (Status::Paused, None) => Self::Paused,
            (Status::Archived, Some(reason)) => Self::Archived { reason },
            _ => return None,
        })
    }
}

impl Offer<AnyState> {
    /// One step, where the types have it; otherwise the offer as it was.
    ///
    /// # Errors
    /// Gives the offer back where no step leads from its state to that one.
    pub fn step(self, to: AnyState, now: Timestamp) -> Result<Self, Box<Self>> {
        Ok(match (self.state.clone(), to) {
            (AnyState::Draft, AnyState::Submitted) => self.in_state(Draft).submit(now).any(),
            (AnyState::Submitted, AnyState::Published) => {
                self.in_state(Submitted).publish(now).any()
            }
            (AnyState::Submitted, AnyState::Draft) => self.in_state(Submitted).send_back(now).any(),
            (AnyState::Published, AnyState::Paused) => self.in_state(Published).pause(now).any(),
            (AnyState::Published, AnyState::Archived { reason }) => {
                self.in_state(Published).archive(now, reason).any()
            }
            (AnyState::Paused, AnyState::Published) => self.in_state(Paused).resume(now).any(),
            (AnyState::Paused, AnyState::Archived { reason }) => {
                self.in_state(Paused).archive(now, reason).any()
            }
            (AnyState::Archived { reason }, AnyState::Submitted) => {
                self.in_state(Archived { reason }).bring_back(now).any()
            }
            _ => return Err(Box::new(self)),
        })
    }

    /// The states to pass on the way to another, that one last; empty where it is there already. `None`
    /// where it would have to be archived on the way.
    pub fn way_to(&self, to: &AnyState) -> Option<Vec<AnyState>> {
        use AnyState::{Published, Submitted};
        let before: &[AnyState] = match (self.state.status(), to.status()) {
            (from, to) if from == to => return Some(Vec::new()),
            (Status::Published | Status::Paused, Status::Draft | Status::Submitted) => return None,
            (Status::Draft | Status::Archived, Status::Published)
            | (Status::Archived, Status::Draft) => &[Submitted],
            (Status::Draft | Status::Archived, Status::Paused | Status::Archived) => {
                &[Submitted, Published]
            }
            (Status::Submitted, Status::Paused | Status::Archived) => &[Published],
            _ => &[],
        };
        Some(before.iter().cloned().chain([to.clone()]).collect())
    }
}

impl<S> Offer<S> {
    fn in_state<To>(self, state: To) -> Offer<To> {
        let Self {
            id,
            slug,
            revision,
            content,
            confirmed,
            confirm_every,
            first_published,
            since,
            ..
        } = self;
        Offer {
            id,
            slug,
            revision,
            content,
            confirmed,
            confirm_every,
            first_published,
            since,
            state,
        }
    }
}

macro_rules! any {
    ($($state:ident),*) => {$(
        impl Offer<$state> {
            /// The same, its state known at run time only.
            pub fn any(self) -> Offer<AnyState> {
                self.in_state(AnyState::$state)
            }
        }
    )*};
}
any!(Draft, Submitted, Published, Paused);

impl Offer<Archived> {
    /// The same, its state known at run time only.
    pub fn any(self) -> Offer<AnyState> {
        let reason = self.state.reason.clone();
        self.in_state(AnyState::Archived { reason })
    }
}
