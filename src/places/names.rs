//! Names of places in one spelling, and those that are also everyday words.

/// Names that mean a place only after "near" or "in": somebody who writes "park" or "victoria sponge" is
/// not asking for a ward. In plain spelling, A to Z.
const EVERYDAY: [&str; 83] = [
    "abbey",
    "addison",
    "alexandra",
    "angel",
    "arsenal",
    "bank",
    "beam",
    "borough",
    "bow",
    "bread street",
    "bridge",
    "broad street",
    "canons",
    "centenary",
    "champion hill",
    "chapel end",
    "chaucer",
    "cheap",
    "church end",
    "church street",
    "clock house",
    "coombe",
    "cricket green",
    "custom house",
    "darwin",
    "evelyn",
    "fairfield",
    "faraday",
    "forest",
    "garden suburb",
    "grove",
    "grove green",
    "ham",
    "heath",
    "high street",
    "highfield",
    "hillside",
    "holland",
    "hook",
    "jubilee",
    "junction",
    "lady margaret",
    "lavender",
    "lee",
    "lillie",
    "lime street",
    "manor house",
    "marlborough",
    "maryland",
    "mayfield",
    "monument",
    "old street",
    "oval",
    "preston",
    "queens gate",
    "ridgeway",
    "royal albert",
    "sands end",
    "shirley",
    "springfield",
    "stanley",
    "strand",
    "temple",
    "thames view",
    "tower",
    "town",
    "trinity",
    "tudor",
    "underhill",
    "upper street",
    "valentines",
    "valley",
    "victoria",
    "village",
    "wall end",
    "weavers",
    "west end",
    "west heath",
    "west hill",
    "whalebone",
    "wood end",
    "wood street",
    "woodside",
];

/// Small letters, single spaces, no apostrophes or other marks, `and` for `&`, `st` for `saint`.
pub fn plain(name: &str) -> String {
    let mut marked = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        match c {
            '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' => {}
            '&' => marked.push_str(" and "),
            c if c.is_alphanumeric() => marked.extend(c.to_lowercase()),
            _ => marked.push(' '),
        }
    }
    let words: Vec<&str> =
        marked.split_whitespace().map(|word| if word == "saint" { "st" } else { word }).collect();
    words.join(" ")
}

/// Whether a name in plain spelling is also an everyday word.
pub fn is_everyday(phrase: &str) -> bool {
    EVERYDAY.binary_search(&phrase).is_ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_name_become_the_same() {
        for (one, other) in [
            ("Queen's Road", "queens road"),
            ("St John’s Wood", "Saint Johns Wood"),
            ("Hammersmith & Fulham", "hammersmith and fulham"),
            ("Bromley-by-Bow", "bromley by  bow"),
            ("St. Helen's", "st helens"),
            ("Abbey, Merton", "ABBEY MERTON"),
        ] {
            assert_eq!(plain(one), plain(other));
        }
    }

    #[test]
    fn everyday_words_are_found_because_they_stand_in_order() {
        assert!(EVERYDAY.is_sorted());
        assert!(EVERYDAY.iter().all(|word| plain(word) == *word && is_everyday(word)));
        assert!(!is_everyday("peckham"));
    }

    proptest! {
        #[test]
        fn what_is_plain_stays_as_it_is(name in ".{0,60}") {
            let once = plain(&name);
            prop_assert_eq!(plain(&once), once);
        }
    }
}
