//! The name of a thing in an address.
use std::fmt;

use super::plain_letter;

use serde::{Deserialize, Serialize};

/// Lower-case letters a to z, digits and single hyphens, 1 to 80 long.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

const LONGEST: usize = 80;

impl Slug {
    /// Exactly a slug, or nothing.
    pub fn parse(typed: &str) -> Option<Self> {
        let sound = !typed.is_empty()
            && typed.len() <= LONGEST
            && typed.split('-').all(|part| {
                !part.is_empty()
                    && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            });
        sound.then(|| Self(typed.to_owned()))
    }

    /// Made from a name, cut at a word; `None` where the name has no letter or digit we can spell.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut slug = String::new();
        for word in name.replace(['\'', '\u{2019}'], "").split(|c: char| !c.is_alphanumeric()) {
            let plain: String = word.chars().filter_map(plain_letter).collect();
            if plain.is_empty() || slug.len() + plain.len() + 1 > LONGEST {
                continue;
            }
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.push_str(&plain);
        }
        Self::parse(&slug)
    }

    /// What a thing of this name may be called, until one is free: name, name-2, name-3 …
    pub fn candidates(&self) -> impl Iterator<Item = Self> {
        std::iter::once(self.clone()).chain((2..).map(|number| self.numbered(number)))
    }

    /// The same with a number behind it, for the second of a name.
    pub fn numbered(&self, number: u32) -> Self {
        let tail = format!("-{number}");
        let head = &self.0[..self.0.len().min(LONGEST - tail.len())];
        Self(format!("{}{tail}", head.trim_end_matches('-')))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl TryFrom<String> for Slug {
    type Error = &'static str;
    fn try_from(typed: String) -> Result<Self, Self::Error> {
        Self::parse(&typed)
            .ok_or("A name in an address has small letters, digits and hyphens only.")
    }
}
impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_slug() {
        assert_eq!(Slug::from_name("What’s in the Café?").unwrap().as_str(), "whats-in-the-cafe");
        assert_eq!(Slug::from_name("…"), None);
        assert_eq!(Slug::from_name(&"word ".repeat(40)).unwrap().as_str().len(), 79);
    }

    #[test]
    fn the_second_of_a_name_gets_a_number() {
        let tea: Vec<Slug> = Slug::from_name("Tea").unwrap().candidates().take(3).collect();
        assert_eq!(tea.iter().map(Slug::as_str).collect::<Vec<_>>(), ["tea", "tea-2", "tea-3"]);
        let long = Slug::parse(&"a".repeat(80)).unwrap().candidates().nth(1).unwrap();
        assert!(long.as_str().ends_with("a-2") && long.as_str().len() == 80);
    }
}
