//! Accounts: who signs in at the desk, for which boroughs, and what they may do there.
pub mod command;
mod letters;
pub mod pages;
pub mod people;
mod permit;
mod rights;
pub mod sample;
pub mod second_factor;
pub mod signing_in;
pub mod store;

use jiff::{SignedDuration, Timestamp};

pub use people::Listed;
pub use permit::Permit;
pub use rights::{Rights, Role, Scope};

use crate::text::{Email, Line};

pub type AccountId = uuid::Uuid;
pub type SessionId = uuid::Uuid;

/// A session ends so long after it was last used: a long lunch, not a night.
pub const IDLE: SignedDuration = SignedDuration::from_hours(4);
/// It ends so long after signing in, whatever happens.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Somebody who may sign in.
#[derive(Clone, Debug)]
pub struct Account {
    pub id: AccountId,
    /// In small letters.
    pub email: Email,
    pub name: Line<100>,
    pub rights: Rights,
    /// From then on they cannot.
    pub ended: Option<Timestamp>,
}

/// One browser in which somebody is signed in.
#[derive(Clone, Debug)]
pub struct Session {
    pub id: SessionId,
    /// "Firefox on Linux", as the browser says.
    pub device: Line<100>,
    pub made: Timestamp,
    pub seen: Timestamp,
}
