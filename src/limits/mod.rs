//! How often somebody may do a thing: counted in the database, so that a restart forgets nothing.
mod stamp;
pub mod store;

use sha2::{Digest, Sha256};

pub use stamp::{Age, LATEST, SOONEST, StampKey};

/// At most so many times in so many minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is counted, such as "begin a draft".
    pub thing: &'static str,
    pub times: u32,
    pub minutes: u32,
}

/// Who does it, as a hash: an e-mail address, or the network address a request came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doer([u8; 32]);

impl Doer {
    pub fn of(who: &str) -> Self {
        Self(Sha256::digest(who.to_lowercase().as_bytes()).into())
    }
}
