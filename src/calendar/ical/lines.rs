//! The lines of a calendar file: folded, and what people wrote made harmless.
use std::fmt::Write;

use jiff::civil::DateTime;

/// A line is at most so many octets long, without its end (RFC 5545, 3.1).
const LONGEST: usize = 75;

#[derive(Debug, Default)]
pub(super) struct Lines {
    file: String,
}

impl Lines {
    /// A value that has nothing to escape: numbers, codes, dates, addresses.
    pub fn put(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// What people wrote.
    pub fn text(&mut self, name: &str, words: &str) {
        self.put(name, &escaped(words));
    }

    /// In London's civil time; nothing where there are none.
    pub fn times(&mut self, name: &str, times: &[DateTime]) {
        let each = times.iter().map(|time| time.strftime("%Y%m%dT%H%M%S").to_string());
        let list = each.collect::<Vec<_>>().join(",");
        if !list.is_empty() {
            self.put(&format!("{name};TZID=Europe/London"), &list);
        }
    }

    /// Lines that are short and right as they are.
    pub fn raw(&mut self, lines: &[&str]) {
        lines.iter().for_each(|line| self.fold(line));
    }

    pub fn file(self) -> String {
        self.file
    }

    /// Breaks between letters, never within one, so that a reader need not put bytes together first.
    fn fold(&mut self, line: &str) {
        let mut room = LONGEST;
        for letter in line.chars() {
            if letter.len_utf8() > room {
                self.file.push_str("\r\n ");
                room = LONGEST - 1;
            }
            room -= letter.len_utf8();
            self.file.push(letter);
        }
        self.file.push_str("\r\n");
    }
}

fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\\' | ';' | ',' => {
                let _ = write!(text, "\\{letter}"); // into a string: it cannot fail
            }
            '\n' => text.push_str("\\n"),
            // Not allowed in a file, and no word needs them.
            other if other.is_control() => {}
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_line_is_longer_than_75_octets_and_unfolding_gives_it_back(words in "[a-zé🪔 ]{0,300}") {
            let mut lines = Lines::default();
            lines.put("X", &words);
            let file = lines.file();
            prop_assert!(file.split("\r\n").all(|line| line.len() <= LONGEST));
            prop_assert_eq!(file.replace("\r\n ", ""), format!("X:{words}\r\n"));
        }
    }

    #[test]
    fn what_people_wrote_cannot_begin_a_line_of_its_own() {
        let mut lines = Lines::default();
        lines.text("SUMMARY", "Clay; pots, \\ mugs\r\nBEGIN:VALARM\u{7}");
        assert_eq!(lines.file(), "SUMMARY:Clay\\; pots\\, \\\\ mugs\\nBEGIN:VALARM\r\n");
    }
}
