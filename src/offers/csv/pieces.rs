//! Cells that hold lists: taken apart and put together.

/// The pieces between separators, trimmed, without empty ones. A separator after a `\` belongs to its
/// piece, which keeps its backslashes for [`plain`].
pub fn split(cell: &str, separator: char) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (at, c) in cell.char_indices() {
        if c == separator && !escaped {
            pieces.push(&cell[start..at]);
            start = at + c.len_utf8();
        }
        escaped = c == '\\' && !escaped;
    }
    pieces.push(&cell[start..]);
    pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty()).collect()
}

/// A piece as it reads: the character after a `\` as itself.
pub fn plain(piece: &str) -> String {
    let mut words = String::with_capacity(piece.len());
    let mut letters = piece.chars();
    while let Some(c) = letters.next() {
        match c {
            '\\' => words.extend(letters.next().or(Some('\\'))),
            c => words.push(c),
        }
    }
    words
}

/// The other way round.
pub fn escaped(words: &str) -> String {
    let mut piece = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, ';' | '|' | '\\') {
            piece.push('\\');
        }
        piece.push(c);
    }
    piece
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn empty_pieces_do_not_count() {
        assert_eq!(split(" a ; b;;", ';'), ["a", "b"]);
        assert_eq!(split("", ';'), Vec::<&str>::new());
    }

    proptest! {
        #[test]
        fn what_is_put_together_comes_apart_again(words in proptest::collection::vec("[^ ;][a-z;|\\\\:]{0,8}[^ ]", 0..5)) {
            let words: Vec<String> = words.iter().map(|w| w.trim().to_owned()).filter(|w| !w.is_empty()).collect();
            let cell = words.iter().map(|w| escaped(w)).collect::<Vec<_>>().join("; ");
            let again: Vec<String> = split(&cell, ';').into_iter().map(plain).collect();
            prop_assert_eq!(again, words);
        }
    }
}
