//! Money and large numbers as people write them.
/// "£3", "£2.50".
pub fn pounds(pence: u32) -> String {
    format!("£{}", amount(pence))
}

/// The same without its sign, as one would type it: "3", "2.50".
pub fn amount(pence: u32) -> String {
    match pence % 100 {
        0 => (pence / 100).to_string(),
        rest => format!("{}.{rest:02}", pence / 100),
    }
}

/// "307,700".
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pence_are_said_where_there_are_some() {
        assert_eq!([300, 250, 5, 0].map(pounds), ["£3", "£2.50", "£0.05", "£0"]);
        assert_eq!(amount(1_250), "12.50");
    }

    #[test]
    fn thousands_are_set_apart() {
        for (number, said) in [
            (0, "0"),
            (600, "600"),
            (8_600, "8,600"),
            (307_700, "307,700"),
            (1_000_000, "1,000,000"),
            (12_345_006, "12,345,006"),
        ] {
            assert_eq!(thousands(number), said);
        }
    }
}
