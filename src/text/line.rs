//! Plain text of bounded length: one line, or several.
use std::fmt;

use serde::{Deserialize, Serialize};

/// One line: trimmed, inner white space folded, no control characters, 1 to `MAX` characters long.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line<const MAX: usize>(String);

/// Several lines: trimmed, no control characters but line breaks, 1 to `MAX` characters long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MAX: usize>(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextProblem {
    #[error("Write something here.")]
    Missing,
    #[error("Use {max} characters or fewer. There are {length} now.")]
    TooLong { length: usize, max: usize },
}

impl<const MAX: usize> Line<MAX> {
    pub fn parse(typed: &str) -> Result<Self, TextProblem> {
        let words: Vec<&str> = typed
            .split(|c: char| c.is_whitespace() || c.is_control())
            .filter(|w| !w.is_empty())
            .collect();
        bounded(words.join(" "), MAX).map(Self)
    }

    /// Whether parsing would change nothing.
    fn is_tidy(typed: &str) -> bool {
        let mut before = ' ';
        let goes_on = typed.chars().all(|c| {
            let tidy = if c == ' ' { before != ' ' } else { !c.is_whitespace() && !c.is_control() };
            before = c;
            tidy
        });
        goes_on && before != ' '
    }

    /// `None` for nothing typed, so that an empty cell means *not stated*.
    pub fn optional(typed: &str) -> Result<Option<Self>, TextProblem> {
        none_if_missing(Self::parse(typed))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> Text<MAX> {
    pub fn parse(typed: &str) -> Result<Self, TextProblem> {
        let unix = typed.replace("\r\n", "\n").replace('\r', "\n");
        let kept: String = unix.chars().filter(|c| !c.is_control() || *c == '\n').collect();
        bounded(kept.trim().to_owned(), MAX).map(Self)
    }

    /// Whether parsing would change nothing.
    fn is_tidy(typed: &str) -> bool {
        typed.trim().len() == typed.len() && typed.chars().all(|c| c == '\n' || !c.is_control())
    }

    /// `None` for nothing typed, so that an empty cell means *not stated*.
    pub fn optional(typed: &str) -> Result<Option<Self>, TextProblem> {
        none_if_missing(Self::parse(typed))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn bounded(kept: String, max: usize) -> Result<String, TextProblem> {
    match kept.chars().count() {
        0 => Err(TextProblem::Missing),
        length if length > max => Err(TextProblem::TooLong { length, max }),
        _ => Ok(kept),
    }
}

fn none_if_missing<T>(parsed: Result<T, TextProblem>) -> Result<Option<T>, TextProblem> {
    match parsed {
        Ok(text) => Ok(Some(text)),
        Err(TextProblem::Missing) => Ok(None),
        Err(problem) => Err(problem),
    }
}

macro_rules! plain_text {
    ($name:ident) => {
        impl<const MAX: usize> fmt::Display for $name<MAX> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl<const MAX: usize> TryFrom<String> for $name<MAX> {
            type Error = TextProblem;
            fn try_from(typed: String) -> Result<Self, TextProblem> {
                // What comes from the database needs no copy.
                if Self::is_tidy(&typed) {
                    bounded(typed, MAX).map(Self)
                } else {
                    Self::parse(&typed)
                }
            }
        }
        impl<const MAX: usize> From<$name<MAX>> for String {
            fn from(text: $name<MAX>) -> Self {
                text.0
            }
        }
    };
}
plain_text!(Line);
plain_text!(Text);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tidy_is_kept_as_parsing_would_keep_it() {
        for typed in [
            "",
            " ",
            "tea",
            "tea and cake",
            "tea  and cake",
            " tea",
            "tea ",
            "tea\tand",
            "a\nb",
            "a\r\nb",
            "a\u{a0}b",
            "caf\u{e9} \u{2019}s",
            "\u{7f}",
            "a\n",
            "\u{2003}a",
            "much too long for ten",
        ] {
            assert_eq!(Line::<10>::try_from(typed.to_owned()), Line::parse(typed), "{typed:?}");
            assert_eq!(Text::<10>::try_from(typed.to_owned()), Text::parse(typed), "{typed:?}");
        }
    }

    #[test]
    fn a_line_is_trimmed_folded_and_bounded() {
        assert_eq!(Line::<9>::parse(" a\u{0}b \n c ").unwrap().as_str(), "a b c");
        assert_eq!(Line::<9>::parse(" \t "), Err(TextProblem::Missing));
        assert_eq!(Line::<2>::parse("abc"), Err(TextProblem::TooLong { length: 3, max: 2 }));
        assert_eq!(Line::<2>::optional(""), Ok(None));
    }

    #[test]
    fn a_text_keeps_its_lines() {
        assert_eq!(Text::<9>::parse(" a\r\nb\u{7}\n").unwrap().as_str(), "a\nb");
    }

    #[test]
    fn length_is_counted_in_characters_not_bytes() {
        assert!(Line::<2>::parse("éé").is_ok());
    }
}
