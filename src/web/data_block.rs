//! Data written into a page for programs, such as JSON-LD: never executed, and never the end of its block.
use std::fmt::{self, Display, Write};

use askama::{FastWritable, Values, filters::HtmlSafe};
use serde_json::Value;

/// For `<script type="application/ld+json">{{ data }}</script>`. What could end the block or begin a comment in it
/// is written as JSON writes letters by number.
#[derive(Clone, Debug, PartialEq)]
pub struct DataBlock(pub Value);

impl Display for DataBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        put(&self.0, f)
    }
}

impl FastWritable for DataBlock {
    fn write_into(&self, page: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        Ok(put(&self.0, page)?)
    }
}

/// It needs no further escaping, and must not have any: a script's text is taken as it is.
impl HtmlSafe for DataBlock {}

fn put<W: Write + ?Sized>(value: &Value, page: &mut W) -> fmt::Result {
    for letter in value.to_string().chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                write!(page, "\\u{:04x}", u32::from(letter))?;
            }
            other => page.write_char(other)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_program_reads_back_what_was_said(words in any::<String>()) {
            let said = serde_json::json!({ "name": words });
            let block = DataBlock(said.clone()).to_string();
            prop_assert_eq!(serde_json::from_str::<Value>(&block).unwrap(), said);
            prop_assert!(!block.contains(['<', '>', '&']));
        }
    }
}
