//! Private links: a secret for one person to open one thing. Whoever holds the link may; we keep a hash.
pub mod store;

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::text::Email;

/// What a link is for. One made for one purpose opens nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To go on with a submission, on any device.
    Draft,
    /// To show that the e-mail address of a submission is theirs.
    Confirm,
    /// To see and change all that is this person's.
    Mine,
    /// To join in looking after an offer or a provider.
    Invitation,
    /// To sign in at the desk, once.
    SignIn,
    /// To tell a story, and to take it back at any time.
    Story,
    /// To confirm, see and cancel one's place on a training cohort.
    Booking,
    /// To see, change and withdraw what a link worker says; or how to reach one, for who asked.
    LinkWorker,
}

/// 192 random bits as 32 letters. Never logged, never kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// What a secret opens.
#[derive(Clone, Debug)]
pub struct Link {
    pub purpose: Purpose,
    /// The id of a submission, an invitation or a story; for [`Purpose::Mine`] that of the one provider it is for, or
    /// `None` for all that is theirs.
    pub subject: Option<Uuid>,
    pub email: Email,
    /// It went out in a letter, so that whoever holds it reads that mailbox.
    pub mailed: bool,
    pub expires: Timestamp,
}

/// A link to be made: for whom, for what.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub purpose: Purpose,
    pub subject: Option<Uuid>,
    pub email: Email,
    pub mailed: bool,
}

impl Purpose {
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Confirm,
        Self::Mine,
        Self::Invitation,
        Self::SignIn,
        Self::Booking,
        Self::Story,
        Self::LinkWorker,
    ];

    /// As it stands in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Confirm => "confirm",
            Self::Mine => "mine",
            Self::Invitation => "invitation",
            Self::SignIn => "sign_in",
            Self::Story => "story",
            Self::Booking => "booking",
            Self::LinkWorker => "link_worker",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    /// The address that opens it, without the host.
    pub fn path(self, secret: &Secret) -> String {
        let room = match self {
            Self::Draft => "describe",
            Self::Confirm => "confirm",
            Self::Mine => "mine",
            Self::Invitation => "invitation",
            Self::SignIn => "desk/sign-in",
            Self::Story => "stories/yours",
            Self::Booking => "booking",
            Self::LinkWorker => "link-worker",
        };
        format!("/{room}/{}", secret.0)
    }

    /// Good for so long: a draft and a story as long as they are kept, the rest no longer than a letter needs to be read.
    pub fn lasts(self) -> SignedDuration {
        let hours = |hours| SignedDuration::from_hours(hours);
        match self {
            Self::Draft => hours(24 * 90),
            Self::Confirm | Self::Invitation => hours(24 * 14),
            Self::Mine => hours(24 * 2),
            Self::SignIn => SignedDuration::from_mins(15),
            // As long as a story may be shown before its teller is asked again, and a while to answer.
            Self::Story => hours(24 * 850),
            // Cohorts are announced months before, and a certificate can be fetched for a year after.
            Self::Booking => hours(24 * 366),
            // A letter's way out works until the next year's letter has come. All else ends sooner.
            Self::LinkWorker => hours(24 * 400),
        }
    }

    /// Good for one use only.
    pub fn once(self) -> bool {
        matches!(self, Self::Confirm | Self::Invitation | Self::SignIn)
    }
}

impl Secret {
    /// # Errors
    /// Where the machine has no random numbers to give.
    pub fn new() -> Result<Self, getrandom::Error> {
        const LETTERS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 63)])).collect()))
    }

    /// Exactly what could be one; it may still open nothing.
    pub fn parse(typed: &str) -> Option<Self> {
        let sound = typed.len() == 32
            && typed.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        sound.then(|| Self(typed.to_owned()))
    }

    /// What is kept of it, and looked up by: how long that takes says nothing about the secret.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// For the one place that shows or mails it.
    pub fn shown(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_never_twice_the_same_and_never_printed() {
        let (one, other) = (Secret::new().unwrap(), Secret::new().unwrap());
        assert_ne!(one, other);
        assert_eq!(Secret::parse(one.shown()), Some(one.clone()));
        assert!(!format!("{one:?}").contains(one.shown()));
    }

    #[test]
    fn what_could_not_be_a_secret_is_none() {
        for bad in ["", "short", &"a".repeat(33), &"ä".repeat(16), &"a/".repeat(16)] {
            assert_eq!(Secret::parse(bad), None, "{bad}");
        }
    }
}
