//! Web addresses that are safe to link to.
use std::fmt;

use serde::{Deserialize, Serialize};

/// An absolute http or https address of at most 300 characters, without white space or quotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebAddress(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Give a whole web address that begins with https:// or http://.")]
pub struct NotAWebAddress;

impl WebAddress {
    /// In characters, with its scheme.
    pub const LONGEST: usize = 300;

    /// Adds `https://` where only the scheme is missing.
    pub fn parse(typed: &str) -> Result<Self, NotAWebAddress> {
        let typed = typed.trim();
        let whole =
            if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
        let rest = whole
            .strip_prefix("https://")
            .or_else(|| whole.strip_prefix("http://"))
            .ok_or(NotAWebAddress)?;
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
        let sound = host.contains('.')
            && host.split('.').all(|label| {
                !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            })
            && whole.chars().count() <= Self::LONGEST
            && !whole
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || "<>\"'`\\^{}|".contains(c));
        sound.then_some(Self(whole)).ok_or(NotAWebAddress)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As one would say it: without scheme, `www.` and a closing slash.
    pub fn spoken(&self) -> &str {
        let bare = self.0.split_once("://").map_or(self.0.as_str(), |(_, rest)| rest);
        bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/')
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl TryFrom<String> for WebAddress {
    type Error = NotAWebAddress;
    fn try_from(typed: String) -> Result<Self, NotAWebAddress> {
        Self::parse(&typed)
    }
}
impl From<WebAddress> for String {
    fn from(address: WebAddress) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_is_added_and_a_script_is_refused() {
        assert_eq!(
            WebAddress::parse("www.clay.example/a").unwrap().as_str(),
            "https://www.clay.example/a"
        );
        assert_eq!(
            WebAddress::parse("https://www.clay.example/").unwrap().spoken(),
            "clay.example"
        );
        for bad in [
            "javascript:alert(1)",
            "ftp://a.b",
            "https://",
            "https://a b.c",
            "localhost",
            "https://a.b/\"x",
        ] {
            assert_eq!(WebAddress::parse(bad), Err(NotAWebAddress), "{bad}");
        }
    }
}
