//! A signed time stamp in a form: when the page was made that it came from.
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::Key;

/// A form that comes back sooner was not typed by a person.
const SOONEST: SignedDuration = SignedDuration::from_secs(2);
/// One that comes back later may ask what we no longer ask.
const LATEST: SignedDuration = SignedDuration::from_hours(24);

/// What stamps are signed with.
#[derive(Clone)]
pub struct StampKey(Key);

/// What a stamp says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    Sound,
    TooYoung,
    TooOld,
    /// Not one of ours.
    Forged,
}

impl Age {
    /// What to say to whoever sent the form; `None` where nothing is wrong with it.
    pub fn again(self) -> Option<&'static str> {
        match self {
            Self::Sound => None,
            Self::TooYoung => Some("That was very fast. Look it over, then send it again."),
            Self::TooOld | Self::Forged => {
                Some("This page was open for a long time. Look it over, then send it again.")
            }
        }
    }
}

impl StampKey {
    pub fn new(key: Key) -> Self {
        Self(key)
    }

    /// The moment, something random, and their signature: `1763700000.0f3c….1f3a…`. No two pages have the
    /// same, so that a stamp also tells which page a form came from.
    pub fn stamp(&self, now: Timestamp) -> String {
        let made = format!("{}.{}", now.as_second(), Uuid::now_v7().simple());
        let sign: String = self.0.sign(&[&made]).iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{made}.{sign}")
    }

    /// One that is still good stays, so that who was too fast need not wait again.
    pub fn kept(&self, stamp: &str, now: Timestamp) -> String {
        match self.age(stamp, now) {
            Age::Sound | Age::TooYoung => stamp.to_owned(),
            Age::TooOld | Age::Forged => self.stamp(now),
        }
    }

    pub fn age(&self, stamp: &str, now: Timestamp) -> Age {
        let Some(made) = self.made(stamp) else {
            return Age::Forged;
        };
        match now.duration_since(made) {
            young if young < SOONEST => Age::TooYoung,
            old if old > LATEST => Age::TooOld,
            _ => Age::Sound,
        }
    }

    /// An id for what a form begins: the same each time that this page sends these words, and to be guessed by
    /// nobody who has not had the page.
    pub fn id_of(&self, stamp: &str, words: &[&str]) -> Uuid {
        let sign = self.0.sign(&[&["begun from a page", stamp], words].concat());
        let mut id = [0; 16];
        id.copy_from_slice(&sign[..16]);
        uuid::Builder::from_custom_bytes(id).into_uuid()
    }

    /// When it was made, if we made it.
    fn made(&self, stamp: &str) -> Option<Timestamp> {
        let (made, hex) = stamp.rsplit_once('.')?;
        let sign: Option<Vec<u8>> = (0..hex.len())
            .step_by(2)
            .map(|from| u8::from_str_radix(hex.get(from..from + 2)?, 16).ok())
            .collect();
        let at = made.split('.').next()?;
        self.0.verify(&[made], &sign?).then(|| Timestamp::from_second(at.parse().ok()?).ok())?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> StampKey {
        StampKey::new(Key::new([byte; 32]))
    }

    fn later(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_763_700_000 + seconds).unwrap()
    }

    #[test]
    fn a_stamp_is_sound_from_two_seconds_to_a_day() {
        let stamp = key(7).stamp(later(0));
        assert_eq!(key(7).age(&stamp, later(1)), Age::TooYoung);
        assert_eq!(key(7).age(&stamp, later(2)), Age::Sound);
        assert_eq!(key(7).age(&stamp, later(24 * 3600)), Age::Sound);
        assert_eq!(key(7).age(&stamp, later(24 * 3600 + 1)), Age::TooOld);
    }

    #[test]
    fn what_we_did_not_sign_is_forged() {
        let stamp = key(7).stamp(later(0));
        let moved = stamp.replacen("1763700000", "1763700009", 1);
        let other = key(8).stamp(later(0));
        let cut = stamp[..stamp.len() - 2].to_owned();
        for forged in [moved, other, cut, String::new(), "1763700000.".into(), "a.é".into()] {
            assert_eq!(key(7).age(&forged, later(60)), Age::Forged, "{forged}");
        }
    }

    #[test]
    fn two_pages_of_one_moment_begin_two_things_and_one_page_begins_one() {
        let (one, other) = (key(7).stamp(later(0)), key(7).stamp(later(0)));
        assert_ne!(one, other);
        let id = |stamp, words: &[&str]| key(7).id_of(stamp, words);
        assert_eq!(id(&one, &["clay", "a@b.de"]), id(&one, &["clay", "a@b.de"]));
        assert_ne!(id(&one, &["clay", "a@b.de"]), id(&other, &["clay", "a@b.de"]));
        assert_ne!(id(&one, &["clay", "a@b.de"]), id(&one, &["pots", "a@b.de"]));
    }
}
