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
impl From<Postcode> for String {
    fn from(postcode: Postcode) -> Self {
        postcode.0
    }
}
