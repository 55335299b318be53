//! E-mail addresses and telephone numbers.
use std::fmt;

use serde::{Deserialize, Serialize};

/// An e-mail address, its domain in small letters, at most 254 characters (RFC 5321, 4.5.3.1.3).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// A telephone number as people write it, such as 020 7946 0142 or +44 20 7946 0142.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Give an e-mail address like name@example.org.")]
pub struct NotAnEmail;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Give a telephone number like 020 7946 0142.")]
pub struct NotAPhone;

impl Email {
    /// Looks at the shape only: whether it reaches anybody, a letter must show.
    pub fn parse(typed: &str) -> Result<Self, NotAnEmail> {
        let (name, domain) = typed.trim().rsplit_once('@').ok_or(NotAnEmail)?;
        let whole = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && !part.ends_with('.')
                && !part.contains("..")
        };
        let sound = whole(name)
            && name.len() <= 64
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b))
            && whole(domain)
            && domain.contains('.')
            && domain.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
            && name.len() + domain.len() < 254;
        sound.then(|| Self(format!("{name}@{}", domain.to_ascii_lowercase()))).ok_or(NotAnEmail)
    }

    /// The address by which we know somebody again, all in small letters: people write their own now in one
    /// way, now in another, and mail servers that tell the two apart are not met with (RFC 5321, 2.4, warns
    /// against them). One that is shown stays as it was written.
    ///
    /// # Errors
    /// As [`Email::parse`].
    pub fn of_person(typed: &str) -> Result<Self, NotAnEmail> {
        Self::parse(&typed.to_ascii_lowercase())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Never a whole address in a log.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

impl Phone {
    /// 7 to 15 digits (ITU-T E.164), written with spaces, brackets, hyphens and a leading plus.
    pub fn parse(typed: &str) -> Result<Self, NotAPhone> {
        let folded = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let digits = folded.bytes().filter(u8::is_ascii_digit).count();
        let body = folded.strip_prefix('+').unwrap_or(&folded);
        let sound = (7..=15).contains(&digits)
            && folded.len() <= 30
            && body.bytes().all(|b| b.is_ascii_digit() || b" ()-".contains(&b));
        sound.then_some(Self(folded)).ok_or(NotAPhone)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For a `tel:` link; a number without a country is British.
    pub fn dialled(&self) -> String {
        let digits: String = self.0.chars().filter(char::is_ascii_digit).collect();
        match digits.strip_prefix('0') {
            Some(national) if !self.0.starts_with('+') => format!("+44{national}"),
            _ => format!("+{digits}"),
        }
    }
}

macro_rules! shown {
    ($name:ident, $problem:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl TryFrom<String> for $name {
            type Error = $problem;
            fn try_from(typed: String) -> Result<Self, $problem> {
                Self::parse(&typed)
            }
        }
        impl From<$name> for String {
            fn from(kept: $name) -> Self {
                kept.0
            }
        }
    };
}
shown!(Email, NotAnEmail);
shown!(Phone, NotAPhone);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_known_by_its_shape() {
        assert_eq!(Email::parse(" Dele@Clay.EXAMPLE ").unwrap().as_str(), "Dele@clay.example");
        for bad in ["", "dele", "@clay.example", "dele@clay", "a b@c.de", "a..b@c.de", "a@.de"] {
            assert_eq!(Email::parse(bad), Err(NotAnEmail), "{bad}");
        }
    }

    #[test]
    fn whoever_writes_their_address_in_capitals_is_the_same_person() {
        assert_eq!(Email::of_person(" Dele@Clay.EXAMPLE ").unwrap().as_str(), "dele@clay.example");
        assert_eq!(Email::of_person("dele@"), Err(NotAnEmail));
    }

    #[test]
    fn an_email_is_not_shown_in_a_log() {
        assert_eq!(format!("{:?}", Email::parse("a@b.de").unwrap()), "Email(…)");
    }

    #[test]
    fn a_telephone_number_is_dialled_from_anywhere() {
        assert_eq!(Phone::parse("020 7946 0142").unwrap().dialled(), "+442079460142");
        assert_eq!(Phone::parse("+44 (20) 7946-0142").unwrap().dialled(), "+442079460142");
        for bad in ["123", "call me", "020 7946 0142 ext 5", "+"] {
            assert_eq!(Phone::parse(bad), Err(NotAPhone), "{bad}");
        }
    }
}
