//! How much two names are alike, however they are written.

/// A name with its runs of three letters, with two spaces before each word and one behind it, so that beginnings
/// count for more. Case, signs and the order of words do not matter.
#[derive(Clone, Debug)]
pub struct Name {
    written: String,
    /// In order, each once.
    runs: Vec<[char; 3]>,
}

impl Name {
    pub fn of(name: &str) -> Self {
        let mut runs = Vec::new();
        for word in words(name) {
            let letters: Vec<char> =
                [' ', ' '].into_iter().chain(word.chars()).chain([' ']).collect();
            runs.extend(letters.windows(3).map(|run| [run[0], run[1], run[2]]));
        }
        runs.sort_unstable();
        runs.dedup();
        Self { written: name.to_owned(), runs }
    }

    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// From 0 to 1: what they share, of all that either has.
    pub fn alike(&self, other: &Self) -> f32 {
        let (mut one, mut two, mut shared) = (0, 0, 0_usize);
        while let (Some(here), Some(there)) = (self.runs.get(one), other.runs.get(two)) {
            shared += usize::from(here == there);
            (one, two) = (one + usize::from(here <= there), two + usize::from(there <= here));
        }
        let all = self.runs.len() + other.runs.len() - shared;
        if all == 0 { 0.0 } else { shared as f32 / all as f32 }
    }
}

/// The words of a name in small letters, without signs: "Men’s & boys" has "mens", "and", "boys".
pub fn words(name: &str) -> Vec<String> {
    let plain = name.to_lowercase().replace('&', " and ").replace(['\'', '\u{2019}'], "");
    let words = plain.split(|sign: char| !sign.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(one: &str, other: &str) -> f32 {
        Name::of(one).alike(&Name::of(other))
    }

    #[test]
    fn a_name_is_like_itself_however_it_is_written() {
        assert_eq!(alike("Clay & company", "company and CLAY!"), 1.0);
        assert_eq!(alike("Men’s shed", "Mens Shed"), 1.0);
        assert_eq!(alike("", "Clay"), 0.0);
        assert_eq!(alike("陶芸", "陶芸"), 1.0);
    }
}
