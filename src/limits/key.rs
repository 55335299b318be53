//! A secret of this database, and what is signed with it.
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// 32 random bytes: the same for every copy of the program on one database.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    pub fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// The HMAC-SHA-256 (RFC 2104) of all parts, each told apart from the next.
    pub fn sign(&self, parts: &[&str]) -> [u8; 32] {
        self.signed(parts).finalize().into_bytes().into()
    }

    /// Whether these parts were signed so. It takes the same time for every forgery.
    pub fn verify(&self, parts: &[&str], sign: &[u8]) -> bool {
        self.signed(parts).verify_slice(sign).is_ok()
    }

    fn signed(&self, parts: &[&str]) -> Hmac<Sha256> {
        // A key is filled up with zeros to the hash's block.
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.0);
        let mut signed = Hmac::<Sha256>::new(&block.into());
        for (number, part) in parts.iter().enumerate() {
            if number > 0 {
                signed.update(&[0]);
            }
            signed.update(part.as_bytes());
        }
        signed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_own_parts_and_key_only() {
        let key = Key::new([7; 32]);
        let sign = key.sign(&["clay", "lane"]);
        assert!(key.verify(&["clay", "lane"], &sign));
        for other in [&["clay lane"][..], &["claylane"], &["cla", "ylane"], &["clay", "lane", ""]] {
            assert!(!key.verify(other, &sign), "{other:?}");
        }
        assert!(!Key::new([8; 32]).verify(&["clay", "lane"], &sign));
        assert!(!key.verify(&["clay", "lane"], &sign[..31]));
    }
}
