//! Words that stop a reader, with plainer ones: the list is `swaps.txt`.
use crate::text::capitalised;
use std::{borrow::Cow, fmt, ops::Range, sync::LazyLock};

use super::{phrases::Phrases, words::Word};

/// A word or phrase for which there is a plainer one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap {
    /// In bytes of the text.
    pub at: Range<usize>,
    pub plainer: Plainer,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plainer {
    /// It may stand in its place; with a capital where that has one.
    Word(String),
    /// No other word will do: what to say.
    Say(Cow<'static, str>),
}

/// What is known of a word or phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// This may stand in its place.
    Word(Cow<'static, str>),
    /// No other word will do: what to say.
    Say(Cow<'static, str>),
    /// It looks like one of these and is fine.
    Fine,
}

/// The words that stop a reader, each with what is known of it.
pub struct Swaps(Phrases<Known>);

impl fmt::Display for Plainer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Word(word) => word,
            Self::Say(what) => what,
        })
    }
}

impl Swaps {
    /// The list that comes with the program.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// The same with other words, in small letters, which count before those of the list.
    pub fn with<'a>(others: impl IntoIterator<Item = (&'a str, Known)>) -> Self {
        let shipped = shipped().map(|(form, known)| -> (&'a str, Known) { (form, known) });
        Self(Phrases::new(others.into_iter().chain(shipped)))
    }

    /// In their order; none overlaps another. `words` are those of the whole text.
    pub(super) fn found(&self, text: &str, words: &[Word]) -> Vec<Swap> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            // "Participant-led" is another word than "participant".
            let whole = |count: usize| {
                !words[at].hangs && words.get(at + count).is_none_or(|next| !next.hangs)
            };
            let known = self.0.at(text, &words[at..]).filter(|(count, _)| whole(*count));
            let Some((count, known)) = known else {
                at += 1;
                continue;
            };
            let written = words[at].at.start..words[at + count - 1].at.end;
            let genitive =
                ["'s", "’s"].into_iter().find(|end| text[written.clone()].ends_with(end));
            let written = written.start..written.end - genitive.map_or(0, str::len);
            let plainer = match known {
                Known::Word(word) => {
                    Some(Plainer::Word(in_the_case_of(&text[written.clone()], word)))
                }
                Known::Say(what) => Some(Plainer::Say(what.clone())),
                Known::Fine => None,
            };
            found.extend(plainer.map(|plainer| Swap { at: written, plainer }));
            at += count;
        }
        found
    }
}

/// Every word of the list that comes with the program.
pub fn shipped() -> impl Iterator<Item = (&'static str, Known)> {
    LIST.lines().flat_map(entry)
}

static SHIPPED: LazyLock<Swaps> = LazyLock::new(|| Swaps::with([]));

const LIST: &str = include_str!("swaps.txt");

/// Every form of a line with what is known of it; nothing of an empty line or a remark.
fn entry(line: &'static str) -> Vec<(&'static str, Known)> {
    let forms = |list: &'static str| list.split('|').map(str::trim);
    if line.starts_with('#') {
        vec![]
    } else if let Some(fine) = line.strip_prefix("keep ") {
        forms(fine).map(|form| (form, Known::Fine)).collect()
    } else if let Some((say, what)) = line.split_once(" : ") {
        forms(say).map(|form| (form, Known::Say(what.trim().into()))).collect()
    } else if let Some((written, plainer)) = line.split_once(" = ") {
        let plainer: Vec<&str> = forms(plainer).collect();
        let one = |at: usize| plainer.get(at).or(plainer.last()).copied();
        let pairs = forms(written).enumerate();
        pairs.filter_map(|(at, form)| Some((form, Known::Word(one(at)?.into())))).collect()
    } else {
        vec![]
    }
}

/// "Utilise" is "Use". What is written all in capitals gets small ones: nobody should be shouted at.
fn in_the_case_of(written: &str, plainer: &str) -> String {
    let mut signs = written.chars();
    let first = signs.next().is_some_and(char::is_uppercase);
    if !first || signs.next().is_some_and(char::is_uppercase) {
        return plainer.to_owned();
    }
    capitalised(plainer)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{super::words::words, *};

    fn found(text: &str) -> Vec<(&str, String)> {
        let swaps = Swaps::shipped().found(text, &words(text));
        swaps.into_iter().map(|swap| (&text[swap.at], swap.plainer.to_string())).collect()
    }

    fn said(pairs: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        pairs.iter().map(|(word, plainer)| (*word, (*plainer).to_owned())).collect()
    }

    #[test]
    fn the_longest_phrase_wins() {
        assert_eq!(
            found("Improved wellbeing outcomes"),
            said(&[("Improved wellbeing outcomes", "Feeling better")])
        );
        assert_eq!(found("an accessible toilet"), []);
        assert_eq!(found("assistance dogs need no assistance"), said(&[("assistance", "help")]));
    }

    #[test]
    fn a_word_is_never_found_inside_another() {
        assert_eq!(found("participant-led, interventionist, co-assist"), []);
        assert_eq!(found("prior, to"), []);
    }

    #[test]
    fn every_form_case_and_spelling_is_found() {
        assert_eq!(
            found("Utilised, UTILIZE and utilizing; co‑produced, Co produced, the participant’s"),
            said(&[
                ("Utilised", "Used"),
                ("UTILIZE", "use"),
                ("utilizing", "using"),
                ("co‑produced", "made together"),
                ("Co produced", "Made together"),
                ("participant", "person"),
            ])
        );
    }

    #[test]
    fn the_list_is_long_in_small_letters_and_names_nothing_twice() {
        let lines: Vec<_> =
            LIST.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        assert!(lines.len() >= 250, "{}", lines.len());
        let mut seen = HashSet::new();
        for line in lines {
            let forms = entry(line);
            assert!(!forms.is_empty(), "{line}");
            for (form, _) in forms {
                assert_eq!(form, form.to_lowercase());
                assert!(
                    !form.is_empty() && seen.insert(form.replace('-', " ")),
                    "{form} stands twice"
                );
                let words = words(form);
                let whole =
                    SHIPPED.0.at(form, &words).is_some_and(|(count, _)| count == words.len());
                assert!(whole, "{form} is not found");
            }
        }
    }

    #[test]
    fn each_form_has_its_plainer_form_or_all_share_one() {
        for line in LIST.lines().filter(|line| !line.starts_with('#')) {
            if let Some((forms, plainer)) = line.split_once(" = ") {
                let (forms, plainer) = (forms.split('|').count(), plainer.split('|').count());
                assert!(plainer == 1 || plainer == forms, "{line}");
            }
        }
    }

    #[test]
    fn a_plainer_word_is_not_itself_in_the_list() {
        for (form, known) in LIST.lines().flat_map(entry) {
            if let Known::Word(plainer) = known {
                assert_eq!(found(&plainer), [], "{form} = {plainer}");
            }
        }
    }

    #[test]
    fn other_words_count_before_those_of_the_list() {
        let swaps = Swaps::with([
            ("participant", Known::Fine),
            ("assist", Known::Word("give a hand".into())),
            ("sip offer", Known::Say("name the activity".into())),
        ]);
        let text = "The participant and the sip offer assist; we utilise clay";
        let found = swaps.found(text, &words(text));
        let found: Vec<_> =
            found.iter().map(|one| (&text[one.at.clone()], one.plainer.to_string())).collect();
        let expected =
            [("sip offer", "name the activity"), ("assist", "give a hand"), ("utilise", "use")];
        assert_eq!(found, said(&expected));
    }
}
