//! From what the database gives to what the program means. The database keeps the same rules, so that a
//! failure here is a bug or an older program on a newer database, and says which words it stumbled over.
use crate::{
    database::store::read,
    text::{Line, Text},
    topics::{Code, Codes},
};

pub fn codes<T: Code>(written: &[String]) -> sqlx::Result<Codes<T>> {
    written.iter().map(|code| T::parse(code).ok_or_else(|| invalid(code))).collect()
}

pub fn optional_code<T: Code>(written: Option<&str>) -> sqlx::Result<Option<T>> {
    written.map(|code| T::parse(code).ok_or_else(|| invalid(code))).transpose()
}

pub fn list<T>(written: &[String], parse: impl Fn(&str) -> Option<T>) -> sqlx::Result<Vec<T>> {
    written.iter().map(|one| parse(one).ok_or_else(|| invalid(one))).collect()
}

pub fn line<const MAX: usize>(written: String) -> sqlx::Result<Line<MAX>> {
    read(Line::try_from(written))
}

pub fn optional_line<const MAX: usize>(written: Option<String>) -> sqlx::Result<Option<Line<MAX>>> {
    written.map(line).transpose()
}

pub fn optional_text<const MAX: usize>(written: Option<String>) -> sqlx::Result<Option<Text<MAX>>> {
    written.map(|text| read(Text::try_from(text))).transpose()
}

pub fn parsed<T: TryFrom<String, Error = E>, E: std::fmt::Display>(
    written: String,
) -> sqlx::Result<T> {
    read(T::try_from(written))
}

pub fn invalid(what: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("the database keeps something we do not know: {what}").into())
}
