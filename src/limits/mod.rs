//! How often somebody may do a thing: counted in the database, so that a restart forgets nothing.
mod key;
mod stamp;
pub mod store;

pub use key::Key;
pub use stamp::{Age, StampKey};

/// The field of a form that no person fills in, since no person sees it: `parts/trap.html` draws it.
pub const TRAP: &str = "website";

/// At most so many times in so many minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is counted, such as "begin a draft".
    pub thing: &'static str,
    pub times: u32,
    pub minutes: u32,
}

/// Who does it: an e-mail address, the network address a request came from, or a submission. Kept as a hash
/// with a key, since all network addresses there are can be tried in a minute.
#[derive(Clone, PartialEq, Eq)]
pub struct Doer(String);

impl Doer {
    pub fn of(who: &str) -> Self {
        Self(who.to_lowercase())
    }

    fn hash(&self, key: &Key) -> [u8; 32] {
        key.sign(&[&self.0])
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn whoever_does_a_thing_is_not_found_by_trying_all_that_there_are() {
        let who = Doer::of("192.0.2.7");
        let hash = who.hash(&Key::new([7; 32]));
        assert_ne!(hash, <[u8; 32]>::from(Sha256::digest("192.0.2.7")));
        assert_ne!(hash, who.hash(&Key::new([8; 32])), "without the key nobody can say who it was");
    }
}
