//! Capitals at the start of a sentence, and small numbers in letters.

const LETTERS: [&str; 13] = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// "every Tuesday" → "Every Tuesday".
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.as_str().chars()).collect()
}

/// Up to nine in letters, from ten in figures; none is "no".
pub fn in_letters(number: usize) -> String {
    let letters = LETTERS.get(number).filter(|_| number < 10);
    letters.map_or_else(|| number.to_string(), |letters| (*letters).to_owned())
}

/// From "one" to "twelve", in small letters.
pub fn from_letters(typed: &str) -> Option<u8> {
    (0..).zip(LETTERS).skip(1).find(|(_, letters)| *letters == typed).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_with_a_capital() {
        assert_eq!(capitalised("every Tuesday"), "Every Tuesday");
        assert_eq!(capitalised("émile"), "Émile");
        assert_eq!(capitalised(""), "");
    }

    #[test]
    fn small_numbers_are_said_in_letters_and_read_from_them() {
        assert_eq!([0, 1, 9, 10].map(in_letters), ["no", "one", "nine", "10"]);
        assert_eq!(["one", "ten", "twelve"].map(from_letters), [Some(1), Some(10), Some(12)]);
        assert_eq!(["no", "thirteen", "One", ""].map(from_letters), [None; 4]);
    }
}
