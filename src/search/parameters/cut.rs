//! Words taken out of a search, so that what is left still reads well.
use std::ops::Range;

/// Words that join or lead to others and mean nothing at an edge.
const LOOSE: [&str; 21] = [
    "and", "or", "nor", "but", "with", "in", "on", "at", "near", "around", "from", "for", "to",
    "of", "a", "an", "the", "who", "is", "has", "by",
];

/// What `typed` says without these bytes. Ranges that do not fit are passed over.
pub fn without(typed: &str, ranges: &[Range<usize>]) -> String {
    let mut ranges: Vec<_> =
        ranges.iter().filter(|range| typed.get((*range).clone()).is_some()).cloned().collect();
    ranges.sort_by_key(|range| range.start);
    let mut left = String::new();
    let mut at = 0;
    for range in ranges {
        if range.start < at {
            at = at.max(range.end);
            continue;
        }
        left = join(&left, &typed[at..range.start]);
        left = left_of_a_cut(&left).to_owned();
        // Marks where words were, so that what stood apart does not become a phrase.
        if !left.is_empty() {
            left.push(',');
        }
        at = range.end;
    }
    left = join(&left, &typed[at..]);
    left.trim_matches(is_loose_mark).to_owned()
}

/// Two pieces with one comma or space between them. After a cut the next piece loses its own loose
/// beginning.
fn join(left: &str, right: &str) -> String {
    let cut = left.is_empty() || left.ends_with(',');
    if !cut {
        return format!("{left}{right}");
    }
    let mut right = right.trim_start_matches(is_loose_mark);
    while let Some((word, rest)) = right.split_once(' ')
        && ["and", "or", "nor", "but"].contains(&word.to_lowercase().as_str())
    {
        right = rest.trim_start_matches(is_loose_mark);
    }
    if ["and", "or"].contains(&right.trim()) {
        right = "";
    }
    match (left.is_empty(), right.is_empty()) {
        (true, _) => right.to_owned(),
        (false, true) => left.to_owned(),
        (false, false) => format!("{left} {right}"),
    }
}

fn left_of_a_cut(left: &str) -> &str {
    let mut left = left.trim_end_matches(is_loose_mark);
    while let Some(last) = left.rsplit(' ').next()
        && LOOSE.contains(&last.to_lowercase().as_str())
    {
        left = left[..left.len() - last.len()].trim_end_matches(is_loose_mark);
    }
    left
}

fn is_loose_mark(c: char) -> bool {
    c.is_whitespace() || [',', ';', '.', '-', '\u{2013}', '/', '+', '&'].contains(&c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(typed: &str, words: &[&str]) -> String {
        let ranges: Vec<_> = words
            .iter()
            .map(|word| {
                let at = typed.find(word).unwrap();
                at..at + word.len()
            })
            .collect();
        without(typed, &ranges)
    }

    #[test]
    fn nothing_dangles_where_words_were() {
        assert_eq!(cut("lonely widower, Peckham, free", &["Peckham"]), "lonely widower, free");
        assert_eq!(cut("singing for breathing problems", &["breathing problems"]), "singing");
        assert_eq!(cut("singing and dancing, Hackney", &["dancing"]), "singing, Hackney");
        assert_eq!(cut("singing and dancing", &["singing"]), "dancing");
        assert_eq!(cut("choir in Hackney", &["in Hackney"]), "choir");
        assert_eq!(cut("choir", &["choir"]), "");
        assert_eq!(cut("a, b, c", &["a", "c"]), "b");
        assert_eq!(
            cut("pottery under £5 not on mondays", &["under £5"]),
            "pottery, not on mondays"
        );
    }

    proptest! {
        #[test]
        fn whatever_is_cut_leaves_text(typed in "\\PC{0,40}", from in 0usize..50, to in 0usize..50) {
            let left = without(&typed, &[from..to, 0..1, to..from]);
            prop_assert!(left.len() <= typed.len() + 3);
        }
    }
}
