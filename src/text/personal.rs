//! What in somebody's words may tell who a person is: numbers of the NHS, telephone numbers, e-mail addresses.
use std::ops::Range;

use super::Email;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    NhsNumber,
    Phone,
    Email,
}

/// One such piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal {
    pub kind: Kind,
    /// In bytes of the text.
    pub at: Range<usize>,
}

/// All there are, the numbers first. Names are not looked for: no list of them is whole.
pub fn personal(text: &str) -> Vec<Personal> {
    let numbers = numbers(text)
        .into_iter()
        .filter_map(|at| Some(Personal { kind: of_number(&text[at.clone()])?, at }));
    let addresses = words(text).into_iter().filter_map(|at| {
        let word = text[at.clone()].trim_matches(|c: char| !c.is_ascii_alphanumeric());
        Email::parse(word).is_ok().then_some(Personal { kind: Kind::Email, at })
    });
    numbers.chain(addresses).collect()
}

/// A number of the NHS has ten digits, together or as 3, 3 and 4, and the last one checks the others (NHS Data
/// Dictionary, "NHS number"). Telephone numbers begin with 0 or a plus and have 10 to 15 digits.
fn of_number(written: &str) -> Option<Kind> {
    let digits: Vec<u32> = written.chars().filter_map(|c| c.to_digit(10)).collect();
    let groups = written.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let groups: Vec<usize> = groups.map(str::len).collect();
    if matches!(groups[..], [10] | [3, 3, 4]) && digits[0] != 0 && checks(&digits) {
        return Some(Kind::NhsNumber);
    }
    let dialled = written.starts_with(['0', '+']) && (10..=15).contains(&digits.len());
    dialled.then_some(Kind::Phone)
}

/// Modulus 11 with the weights 10 to 2.
fn checks(digits: &[u32]) -> bool {
    let sum: u32 = digits.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    match 11 - sum % 11 {
        11 => digits[9] == 0,
        // No such number is given out.
        10 => false,
        check => digits[9] == check,
    }
}

/// Digits with at most one sign between two of them, from the first to the last.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, sign) in text.char_indices() {
        let plus = sign == '+';
        if !sign.is_ascii_digit() && !plus {
            continue;
        }
        match found.last_mut() {
            Some(last) if !plus && joins(&text[last.end..at]) => last.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

/// What stands between two digits of one number.
fn joins(between: &str) -> bool {
    matches!(between, "" | " " | "-" | "." | "\u{a0}" | " (" | "(" | ") " | ")")
}

fn words(text: &str) -> Vec<Range<usize>> {
    let start = text.as_ptr() as usize;
    let place = |word: &str| word.as_ptr() as usize - start;
    text.split_whitespace().map(|word| place(word)..place(word) + word.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        personal(text).into_iter().map(|one| one.kind).collect()
    }

    #[test]
    fn numbers_of_the_nhs_are_known_by_their_check_digit() {
        // 943 476 5919 is the example of the NHS Data Dictionary.
        for written in ["943 476 5919", "9434765919", "Her number is 943-476-5919."] {
            assert_eq!(kinds(written), [Kind::NhsNumber], "{written}");
        }
        for written in ["943 476 5918", "9434765918", "94 347 65919", "0000000000 is not one"] {
            assert!(!kinds(written).contains(&Kind::NhsNumber), "{written}");
        }
    }

    #[test]
    fn telephone_numbers_and_addresses_are_found_where_they_stand() {
        let text = "Ring 020 7946 0142 or +44 (20) 7946-0142, or write to (mary@home.example).";
        let found = personal(text);
        let written: Vec<&str> = found.iter().map(|one| &text[one.at.clone()]).collect();
        assert_eq!(written, ["020 7946 0142", "+44 (20) 7946-0142", "(mary@home.example)."]);
        assert_eq!(kinds(text), [Kind::Phone, Kind::Phone, Kind::Email]);
    }

    #[test]
    fn years_ages_and_prices_are_nobodys() {
        for text in ["From 2019 to 2024 I was 67, and it cost £3.50.", "10:30, 6/8/2026", "é@", ""]
        {
            assert_eq!(kinds(text), [], "{text}");
        }
    }
}
