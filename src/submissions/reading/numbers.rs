//! Numbers, money and postcodes as people type them.
use std::ops::RangeInclusive;

use crate::{offers::DEAREST, places::Postcode, text::from_letters};

/// What may stand behind a number.
const UNITS: [&str; 16] = [
    "year", "years", "yrs", "old", "and", "over", "up", "above", "day", "days", "working", "week",
    "weeks", "session", "sessions", "times",
];

/// Why it is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyProblem {
    NotMoney,
    TooMuch,
}

/// "18", "18+", "6 weeks", "two".
pub fn number(typed: &str, within: RangeInclusive<u8>) -> Option<u8> {
    let small = typed.to_lowercase();
    let mut words = small.split([' ', '\t', '-', '\n', '\r']).filter(|word| !word.is_empty());
    let first = words.next()?;
    let (digits, rest) =
        first.split_at(first.find(|c: char| !c.is_ascii_digit()).unwrap_or(first.len()));
    let number = match digits {
        "" => from_letters(rest)?,
        digits => digits.parse().ok().filter(|_| rest.is_empty() || rest == "+")?,
    };
    (within.contains(&number) && !small.starts_with('-') && words.all(|word| UNITS.contains(&word)))
        .then_some(number)
}

/// In pence: "£3", "3.50", "50p", "£1,200", "free".
pub fn money(typed: &str) -> Result<u32, MoneyProblem> {
    let plain: String =
        typed.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect::<String>();
    if ["free", "nothing", "nil"].contains(&plain.as_str()) {
        return Ok(0);
    }
    let pence = ["pence", "p"].into_iter().find_map(|unit| plain.strip_suffix(unit));
    let (amount, pence_only) = match pence {
        Some(amount) if !plain.starts_with('£') => (amount, true),
        // "£2.50p" is clear enough.
        Some(amount) => (amount, false),
        None => (plain.as_str(), false),
    };
    let amount = amount.strip_prefix(['£']).unwrap_or(amount);
    let amount = ["pounds", "pound", "gbp"]
        .into_iter()
        .find_map(|unit| amount.strip_suffix(unit))
        .unwrap_or(amount);
    let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
    let digits = |written: &str| written.bytes().all(|byte| byte.is_ascii_digit());
    let whole = without_commas(whole).ok_or(MoneyProblem::NotMoney)?;
    if whole.is_empty() || part.len() > 2 || !digits(&whole) || !digits(part) {
        return Err(MoneyProblem::NotMoney);
    }
    if amount.ends_with('.') || pence_only && !part.is_empty() {
        return Err(MoneyProblem::NotMoney);
    }
    // So many digits are too much whatever they say, and this many fit.
    if whole.trim_start_matches('0').len() > 7 {
        return Err(MoneyProblem::TooMuch);
    }
    let number: u32 = whole.parse().map_err(|_| MoneyProblem::TooMuch)?;
    let pence = match (pence_only, part.len()) {
        (true, _) => number,
        (false, 0) => number * 100,
        (false, 1) => number * 100 + part.parse::<u32>().unwrap_or(0) * 10,
        (false, _) => number * 100 + part.parse::<u32>().unwrap_or(0),
    };
    if pence > DEAREST { Err(MoneyProblem::TooMuch) } else { Ok(pence) }
}

/// However it is spaced, whatever its case, with hyphens or dots.
pub fn postcode(typed: &str) -> Option<Postcode> {
    let plain: String = typed.chars().filter(|c| !"-.,".contains(*c)).collect();
    Postcode::parse(&plain)
}

/// "1,200" → "1200"; only where the commas stand at thousands.
fn without_commas(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let mut plain = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return None;
        }
        plain.push_str(group);
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::pounds;

    #[test]
    fn money_is_read_however_it_is_written() {
        for (typed, pence) in [
            ("£3", 300),
            ("3", 300),
            ("3.50", 350),
            ("3.5", 350),
            (" £ 2.50 ", 250),
            ("50p", 50),
            ("50 pence", 50),
            ("£2.50p", 250),
            ("3 pounds", 300),
            ("£1,200", 120_000),
            ("£10,000.00", 1_000_000),
            ("Free", 0),
            ("0", 0),
        ] {
            assert_eq!(money(typed), Ok(pence), "{typed}");
        }
        for typed in [
            "", "£", ".", "3.", ".50", "3.505", "-3", "£3-£5", "3 or 4", "about 3", "3,50",
            "1,2,3", "p", "2.5p", "£££3", "٣", "$3", "€3",
        ] {
            assert_eq!(money(typed), Err(MoneyProblem::NotMoney), "{typed}");
        }
        for typed in ["10000.01", "£99,999", "999999999999999999999", "9999999p"] {
            assert_eq!(money(typed), Err(MoneyProblem::TooMuch), "{typed}");
        }
    }

    #[test]
    fn a_number_may_say_what_it_counts() {
        for (typed, read) in
            [("18", 18), ("18+", 18), ("18 and over", 18), ("6 weeks", 6), ("two", 2), ("0", 0)]
        {
            assert_eq!(number(typed, 0..=120), Some(read), "{typed}");
        }
        for typed in ["", "-1", "121", "1.5", "6-8", "a few", "999999", "18x", "٣"] {
            assert_eq!(number(typed, 0..=120), None, "{typed}");
        }
    }

    #[test]
    fn a_postcode_is_read_with_signs_too() {
        for typed in ["SE15 4QL", "se15-4ql.", " s e154Q L"] {
            assert_eq!(postcode(typed).unwrap().as_str(), "SE15 4QL", "{typed}");
        }
        assert_eq!(postcode("SE15"), None);
    }

    proptest! {
        #[test]
        fn reading_never_panics(typed in any::<String>(), near in "[£0-9.,p ]{0,24}") {
            for typed in [typed, near] {
                let _ = (money(&typed), number(&typed, 0..=255), postcode(&typed));
            }
        }

        #[test]
        fn an_amount_that_we_write_is_read_back(pence in 0u32..=DEAREST) {
            prop_assert_eq!(money(&pounds(pence)), Ok(pence));
        }
    }
}
