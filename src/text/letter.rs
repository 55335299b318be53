//! Letters as everybody can type them.

/// A Latin letter, small and without its accent, or a digit; `None` for all else: other scripts have no
/// plain spelling.
pub fn plain_letter(c: char) -> Option<char> {
    Some(match c {
        'a'..='z' | '0'..='9' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        'à'..='å' | 'À'..='Å' => 'a',
        'ç' | 'Ç' => 'c',
        'è'..='ë' | 'È'..='Ë' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' => 'u',
        'ý' | 'ÿ' | 'Ý' => 'y',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_capitals_are_taken_away_and_other_scripts_left_out() {
        let plain: String = "Café ÀÇÉÎÑØÜÝ 42".chars().filter_map(plain_letter).collect();
        assert_eq!(plain, "cafeaceinouy42");
        assert!(['-', ' ', 'ж', '工', '\u{301}'].into_iter().all(|c| plain_letter(c).is_none()));
    }
}
