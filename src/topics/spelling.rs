//! How many typing mistakes lie between two words.

/// The fewest letters to add, drop, change or swap with their neighbour to come from one word to the
/// other; `None` where it takes more than `most`.
pub fn mistakes(one: &str, other: &str, most: usize) -> Option<usize> {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = Vec::with_capacity(other.len() + 1);
        row.push(i + 1);
        for (j, b) in other.iter().enumerate() {
            let mut least = (above[j] + usize::from(a != b)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        if row.iter().all(|mistakes| *mistakes > most) {
            return None;
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().filter(|mistakes| *mistakes <= most)
}

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
