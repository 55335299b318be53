//! Languages an activity is held in, or its people speak.
use serde::{Deserialize, Serialize};

/// A language by its shortest ISO 639 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct Language(u8);

/// By name in English: those most spoken in London (Office for National Statistics, Census 2021, table
/// TS024) and a few more.
const LANGUAGES: &[(&str, &str)] = &[
    ("sq", "Albanian"),
    ("am", "Amharic"),
    ("ar", "Arabic"),
    ("hy", "Armenian"),
    ("az", "Azerbaijani"),
    ("bn", "Bengali"),
    ("bfi", "British Sign Language"),
    ("bg", "Bulgarian"),
    ("my", "Burmese"),
    ("yue", "Cantonese"),
    ("hr", "Croatian"),
    ("cs", "Czech"),
    ("nl", "Dutch"),
    ("en", "English"),
    ("fa", "Farsi"),
    ("fr", "French"),
    ("ka", "Georgian"),
    ("de", "German"),
    ("el", "Greek"),
    ("gu", "Gujarati"),
    ("ha", "Hausa"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hu", "Hungarian"),
    ("ig", "Igbo"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("ku", "Kurdish"),
    ("lv", "Latvian"),
    ("lt", "Lithuanian"),
    ("ms", "Malay"),
    ("ml", "Malayalam"),
    ("zh", "Mandarin"),
    ("ne", "Nepali"),
    ("ps", "Pashto"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("pa", "Punjabi"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sr", "Serbian"),
    ("si", "Sinhala"),
    ("sk", "Slovak"),
    ("so", "Somali"),
    ("es", "Spanish"),
    ("sw", "Swahili"),
    ("sv", "Swedish"),
    ("tl", "Tagalog"),
    ("ta", "Tamil"),
    ("te", "Telugu"),
    ("th", "Thai"),
    ("ti", "Tigrinya"),
    ("tr", "Turkish"),
    ("tw", "Twi"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("vi", "Vietnamese"),
    ("yi", "Yiddish"),
    ("yo", "Yoruba"),
];

impl Language {
    pub const ENGLISH: Self = Self(13);

    pub fn all() -> impl Iterator<Item = Self> {
        (0..LANGUAGES.len()).filter_map(|at| u8::try_from(at).ok()).map(Self)
    }
    pub fn parse(code: &str) -> Option<Self> {
        Self::all().find(|one| one.code() == code)
    }
    pub fn code(self) -> &'static str {
        LANGUAGES[usize::from(self.0)].0
    }
    pub fn name(self) -> &'static str {
        LANGUAGES[usize::from(self.0)].1
    }
    /// Its place in [`Language::all`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl From<Language> for &'static str {
    fn from(language: Language) -> Self {
        language.code()
    }
}

impl TryFrom<String> for Language {
    type Error = String;
    fn try_from(code: String) -> Result<Self, String> {
        Self::parse(&code)
            .ok_or_else(|| format!("\u{201c}{code}\u{201d} is not a language code we know."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_english() {
        assert_eq!(Language::ENGLISH.code(), "en");
    }
}
