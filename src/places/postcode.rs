//! Postcodes and the outward half of them.
use std::fmt;

use serde::{Deserialize, Serialize};

/// A full postcode in its usual spelling, one space before the last three: `SE15 4QL`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Postcode(String);

/// The half before the space: `SE15`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Outcode(String);

impl Postcode {
    /// Reads a postcode however it is spaced and whatever its case. The shapes are those of BS 7666:
    /// A9, A99, AA9, AA99, A9A or AA9A, then 9AA.
    pub fn parse(typed: &str) -> Option<Self> {
        let plain = squeezed(typed)?;
        let split = plain.len().checked_sub(3)?;
        let (out, inward) = plain.split_at(split);
        let inward = inward.as_bytes();
        let sound = is_outcode(out)
            && inward[0].is_ascii_digit()
            && inward[1..].iter().all(u8::is_ascii_uppercase);
        sound.then(|| Self(format!("{out} {}", &plain[split..])))
    }

    pub fn outcode(&self) -> Outcode {
        Outcode(self.0.split(' ').next().unwrap_or_default().to_owned())
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Outcode {
    pub fn parse(typed: &str) -> Option<Self> {
        let plain = squeezed(typed)?;
        is_outcode(&plain).then_some(Self(plain))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Without spaces, in capitals; `None` if anything but plain letters and digits is left, or too much.
fn squeezed(typed: &str) -> Option<String> {
    let plain: String = typed
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(9)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    (plain.len() <= 7 && plain.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(plain)
}

fn is_outcode(plain: &str) -> bool {
    let shape: String = plain.bytes().map(|b| if b.is_ascii_digit() { '9' } else { 'A' }).collect();
    ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"].contains(&shape.as_str())
}

macro_rules! shown {
    ($name:ident) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
shown!(Postcode);
shown!(Outcode);

impl TryFrom<String> for Postcode {
    type Error = String;
    fn try_from(typed: String) -> Result<Self, String> {
        Self::parse(&typed)
            .ok_or_else(|| format!("\u{201c}{typed}\u{201d} is not a postcode, such as SE15 4QL."))
    }
}
impl TryFrom<String> for Outcode {
    type Error = String;
    fn try_from(typed: String) -> Result<Self, String> {
        Self::parse(&typed)
            .ok_or_else(|| format!("\u{201c}{typed}\u{201d} is not an outward code, such as SE15."))
    }
}
impl From<Postcode> for String {
    fn from(postcode: Postcode) -> Self {
        postcode.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_postcode_is_read_however_it_is_written() {
        for typed in ["SE15 4QL", "se154ql", " s E1 54 q L "] {
            assert_eq!(Postcode::parse(typed).unwrap().as_str(), "SE15 4QL", "{typed}");
        }
        for typed in ["", "SE15", "SE15 4Q", "SE15 44L", "15SE 4QL", "SE15 4QLX", "SE15-4QL", "ſE1 1AA"] {
            assert_eq!(Postcode::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn an_outward_code_has_a_letter_behind_it_only_in_the_middle_of_town() {
        for typed in ["E1", "n16", "SE15", "W1A", "EC1A", "wc 2h"] {
            assert!(Outcode::parse(typed).is_some(), "{typed}");
        }
        for typed in ["E", "15", "SEE1", "E123", "EC1AA", "SE15 4QL"] {
            assert_eq!(Outcode::parse(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(typed in ".{0,40}") {
            let _ = (Postcode::parse(&typed), Outcode::parse(&typed));
        }

        #[test]
        fn what_is_written_is_read_back(typed in "[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}") {
            let postcode = Postcode::parse(&typed).unwrap();
            prop_assert_eq!(Postcode::parse(postcode.as_str()), Some(postcode.clone()));
            prop_assert_eq!(Postcode::parse(&postcode.as_str().to_lowercase()), Some(postcode.clone()));
            prop_assert!(postcode.as_str().starts_with(postcode.outcode().as_str()));
        }
    }
}
