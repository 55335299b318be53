//! Text for pages, escaped faster than letter by letter: most of it has nothing to escape.
use std::fmt::{self, Display, Write};

use askama::{FastWritable, Values, filters::HtmlSafe};

/// A text that escapes itself as askama would: for what a page says hundreds of times.
#[derive(Clone, Copy, Debug)]
pub struct Escaped<'a>(pub &'a str);

/// For templates: `{{ crate::web::text(title) }}`.
pub fn text<T: AsRef<str> + ?Sized>(text: &T) -> Escaped<'_> {
    Escaped(text.as_ref())
}

impl Escaped<'_> {
    fn put<W: Write + ?Sized>(self, page: &mut W) -> fmt::Result {
        if !has_special(self.0.as_bytes()) {
            return page.write_str(self.0);
        }
        let mut rest = self.0;
        while let Some(at) = rest.bytes().position(|byte| escape(byte).is_some()) {
            page.write_str(&rest[..at])?;
            page.write_str(escape(rest.as_bytes()[at]).unwrap_or_default())?;
            rest = &rest[at + 1..];
        }
        page.write_str(rest)
    }
}

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.put(f)
    }
}

impl FastWritable for Escaped<'_> {
    fn write_into(&self, page: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        Ok(self.put(page)?)
    }
}

/// It needs no second escaping.
impl HtmlSafe for Escaped<'_> {}

fn escape(byte: u8) -> Option<&'static str> {
    Some(match byte {
        b'"' => "&#34;",
        b'&' => "&#38;",
        b'\'' => "&#39;",
        b'<' => "&#60;",
        b'>' => "&#62;",
        _ => return None,
    })
}

/// Eight bytes a step, to the end without a question; the last eight may overlap those before.
fn has_special(text: &[u8]) -> bool {
    let Some(last) = text.last_chunk::<8>() else {
        return special(up_to_seven(text)) != 0;
    };
    let mut found = special(u64::from_le_bytes(*last));
    for eight in text.as_chunks::<8>().0 {
        found |= special(u64::from_le_bytes(*eight));
    }
    found != 0
}

/// All of them, some twice.
fn up_to_seven(text: &[u8]) -> u64 {
    match (text.first_chunk::<4>(), text.last_chunk::<4>(), text) {
        (Some(first), Some(last), _) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        (_, _, [first, .., last]) => u64::from_le_bytes([*first, text[1], *last, 0, 0, 0, 0, 0]),
        (_, _, [only]) => u64::from(*only),
        _ => 0,
    }
}

/// Not zero if one of the eight bytes is to be escaped.
fn special(eight: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    // The highest bit of the lowest byte that is nothing, and perhaps of some above it.
    let nothing = |bytes: u64| bytes.wrapping_sub(ONES) & !bytes & HIGH;
    let is =
        |byte: u8, but: u8| nothing((eight & !(ONES * u64::from(but))) ^ (ONES * u64::from(byte)));
    // & and ' differ in one bit, and so do < and >.
    is(b'"', 0) | is(b'&', 1) | is(b'<', 2)
}

#[cfg(test)]
mod tests {
    use askama::filters::{Html, escape};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_escapes_what_askama_escapes(text in "[a-z&<>\"'\u{e9}%=?;!# ]{0,40}") {
            let theirs = escape(text.as_str(), Html).unwrap().to_string();
            prop_assert_eq!(Escaped(&text).to_string(), theirs);
        }
    }

    #[test]
    fn every_character_that_is_special_is_found_at_every_place() {
        for length in 1..40 {
            for at in 0..length {
                for byte in 0..128_u8 {
                    let mut text = vec![b'a'; length];
                    text[at] = byte;
                    assert_eq!(has_special(&text), super::escape(byte).is_some(), "{byte} at {at}");
                }
            }
        }
    }
}
