//! How many typing mistakes lie between two words.

/// The fewest letters to add, drop, change or swap with their neighbour to come from one word to the
/// other; `None` where it takes more than `most`.
pub fn mistakes(one: &str, other: &str, most: usize) -> Option<usize> {
    if one.is_ascii() && other.is_ascii() {
        let [one, other] = [one.as_bytes(), other.as_bytes()];
        // Many words differ in length alone: no need to look at their letters.
        if one.len().abs_diff(other.len()) > most {
            return None;
        }
        // Each mistake takes one letter away, or brings one, or both.
        let differing = (letters(one) ^ letters(other)).count_ones() as usize;
        return if differing <= 2 * most { distance(one, other, most) } else { None };
    }
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    distance(&one, &other, most)
}

/// Which letters occur, of both cases alike.
fn letters(word: &[u8]) -> u32 {
    word.iter().fold(0, |all, letter| all | 1 << (letter & 31))
}

/// The same for letters in any form: the restricted Damerau-Levenshtein distance, three rows at a time.
/// What is longer than 63 letters is no word, and has no mistakes.
pub fn distance<T: PartialEq>(one: &[T], other: &[T], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most || one.len().max(other.len()) >= ROW {
        return None;
    }
    let mut before = [0_u8; ROW];
    let mut above: [u8; ROW] = std::array::from_fn(|at| at as u8);
    let mut row = [0_u8; ROW];
    for (i, a) in one.iter().enumerate() {
        row[0] = i as u8 + 1;
        let mut fewest = row[0];
        for (j, b) in other.iter().enumerate() {
            let change = above[j] + u8::from(a != b);
            let mut least = change.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            row[j + 1] = least;
            fewest = fewest.min(least);
        }
        if usize::from(fewest) > most {
            return None;
        }
        (before, above, row) = (above, row, before);
    }
    Some(usize::from(above[other.len()])).filter(|mistakes| *mistakes <= most)
}

/// One more than the letters of the longest word.
const ROW: usize = 64;

/// How many mistakes a word of so many letters may hold and still be meant: none in short words, one in
/// four to seven letters, two in longer ones.
pub fn forgiven(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn added_dropped_changed_and_swapped_letters_count_one_each() {
        assert_eq!(mistakes("knitng", "knitting", 2), Some(2));
        assert_eq!(mistakes("pekham", "peckham", 1), Some(1));
        assert_eq!(mistakes("chior", "choir", 1), Some(1));
        assert_eq!(mistakes("drum", "drum", 0), Some(0));
        assert_eq!(mistakes("drum", "dance", 2), None);
        assert_eq!(mistakes("", "ab", 2), Some(2));
    }
}
