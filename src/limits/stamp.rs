//! A signed time stamp in a form: when the page was made that it came from.
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;

/// A form that comes back sooner was not typed by a person.
pub const SOONEST: SignedDuration = SignedDuration::from_secs(2);
/// One that comes back later may ask what we no longer ask.
pub const LATEST: SignedDuration = SignedDuration::from_hours(24);

/// What stamps are signed with: the same for every copy of the program on one database.
#[derive(Clone)]
pub struct StampKey([u8; 32]);

/// What a stamp says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    Sound,
    TooYoung,
    TooOld,
    /// Not one of ours.
    Forged,
}

impl StampKey {
    pub fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// The moment and its HMAC-SHA-256 (RFC 2104): `1763700000.1f3a…`.
    pub fn stamp(&self, now: Timestamp) -> String {
        let at = now.as_second();
        let sign = self.signed(&at.to_string()).finalize().into_bytes();
        let hex: String = sign.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{at}.{hex}")
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

    /// When it was made, if we made it. The comparison takes the same time for every forgery.
    fn made(&self, stamp: &str) -> Option<Timestamp> {
        let (at, hex) = stamp.split_once('.')?;
        let sign: Option<Vec<u8>> = (0..hex.len())
            .step_by(2)
            .map(|from| u8::from_str_radix(hex.get(from..from + 2)?, 16).ok())
            .collect();
        self.signed(at).verify_slice(&sign?).ok()?;
        Timestamp::from_second(at.parse().ok()?).ok()
    }

    fn signed(&self, at: &str) -> Hmac<Sha256> {
        // A key is filled up with zeros to the hash's block.
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.0);
        let mut signed = Hmac::<Sha256>::new(&block.into());
        signed.update(at.as_bytes());
        signed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: StampKey = StampKey([7; 32]);

    fn later(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_763_700_000 + seconds).unwrap()
    }

    #[test]
    fn a_stamp_is_sound_from_two_seconds_to_a_day() {
        let stamp = KEY.stamp(later(0));
        assert_eq!(KEY.age(&stamp, later(1)), Age::TooYoung);
        assert_eq!(KEY.age(&stamp, later(2)), Age::Sound);
        assert_eq!(KEY.age(&stamp, later(24 * 3600)), Age::Sound);
        assert_eq!(KEY.age(&stamp, later(24 * 3600 + 1)), Age::TooOld);
    }

    #[test]
    fn what_we_did_not_sign_is_forged() {
        let stamp = KEY.stamp(later(0));
        let moved = stamp.replacen("1763700000", "1763700009", 1);
        let other = StampKey([8; 32]).stamp(later(0));
        let cut = stamp[..stamp.len() - 2].to_owned();
        for forged in [moved, other, cut, String::new(), "1763700000.".into(), "a.é".into()] {
            assert_eq!(KEY.age(&forged, later(60)), Age::Forged, "{forged}");
        }
    }
}
