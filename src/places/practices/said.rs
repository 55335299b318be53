//! Names as the NHS shouts them, said quietly.

/// Kept in capitals: abbreviations, and numbers as the Romans wrote them.
const CAPITALS: [&str; 19] = [
    "BHR", "CIC", "GP", "HC", "II", "III", "IV", "LLP", "NHS", "NE", "NW", "PCN", "PMS", "SE",
    "SW", "UCL", "UK", "WC", "WEL",
];

/// Small unless they come first.
const SMALL: [&str; 11] = ["and", "at", "by", "for", "in", "of", "on", "the", "to", "upon", "with"];

/// "OAKLEIGH ROAD HEALTH CENTRE" is "Oakleigh Road Health Centre". A name that has small letters already stays as it is.
pub fn said(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let mut said = String::with_capacity(name.len());
    let (mut rest, mut first) = (name, true);
    while !rest.is_empty() {
        let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}');
        let end = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
        if end > 0 {
            said.push_str(&word(&rest[..end], first));
            first = false;
        }
        let next = rest[end..].find(is_letter).map_or(rest.len(), |at| end + at);
        said.push_str(&rest[end..next]);
        rest = &rest[next..];
    }
    said
}

fn word(shouted: &str, first: bool) -> String {
    let small = shouted.to_lowercase();
    let unsayable = shouted.len() > 1 && !small.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let title = ["dr", "st", "mr", "mrs", "ms", "drs", "rd", "ctr", "grp", "hth", "hlth"]
        .contains(&small.as_str());
    let has_digit = shouted.contains(|c: char| c.is_ascii_digit());
    let ordinal = has_digit && ["st", "nd", "rd", "th"].iter().any(|end| small.ends_with(end));
    if ordinal || (!first && SMALL.contains(&small.as_str())) {
        return small;
    }
    if CAPITALS.contains(&shouted) || has_digit || (unsayable && !title) {
        return shouted.to_owned();
    }
    // "O'CONNOR" has a second capital, "ST JOHN'S" has none.
    let mut up = true;
    let mut parts = small.chars().peekable();
    let mut said = String::with_capacity(small.len());
    while let Some(letter) = parts.next() {
        match up {
            true => said.extend(letter.to_uppercase()),
            false => said.push(letter),
        }
        up = matches!(letter, '\'' | '\u{2019}')
            && said.chars().count() == 2
            && parts.peek().is_some();
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shouted_name_is_said_quietly() {
        for (shouted, quietly) in [
            ("OAKLEIGH ROAD HEALTH CENTRE", "Oakleigh Road Health Centre"),
            ("BARNET 2 PCN", "Barnet 2 PCN"),
            ("DR R K SHARMA & PARTNERS", "Dr R K Sharma & Partners"),
            ("THE SURGERY AT ST JOHN'S", "The Surgery at St John's"),
            ("O'CONNOR (CANADA-WATER) PCN", "O'Connor (Canada-Water) PCN"),
            ("280A 2ND AVENUE, LONDON", "280A 2nd Avenue, London"),
            ("Already Said", "Already Said"),
            ("", ""),
        ] {
            assert_eq!(said(shouted), quietly);
        }
    }
}
