//! Words that promise treatment, with an honest way to say it.
use std::{ops::Range, sync::LazyLock};

use super::{
    phrases::{Phrases, follow},
    sentences,
    words::Word,
};

/// A word or phrase that promises what only treatment could keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// In bytes of the text.
    pub at: Range<usize>,
    /// What to say.
    pub honest: &'static str,
}

/// Who leads it. A registered therapist may speak of therapy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedBy {
    Anyone,
    RegisteredTherapist,
}

/// In their order; none overlaps another. `words` are those of the whole text.
pub fn promises(text: &str, words: &[Word], led_by: LedBy) -> Vec<Promise> {
    if led_by == LedBy::RegisteredTherapist {
        return vec![];
    }
    sentences::each(text, words).flat_map(|(_, words)| in_a_sentence(text, words)).collect()
}

fn in_a_sentence(text: &str, words: &[Word]) -> Vec<Promise> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match result(text, words, at).or_else(|| named(text, words, at)) {
            Some((count, honest)) => {
                let place = words[at].at.start..words[at + count - 1].at.end;
                if !denied(words, at) {
                    found.push(Promise { at: place, honest });
                }
                at += count;
            }
            None => at += 1,
        }
    }
    found
}

/// Words that promise by themselves: of how many words, and what to say instead.
fn named(text: &str, words: &[Word], at: usize) -> Option<(usize, &'static str)> {
    let (count, (kind, honest)) = NAMED.at(text, &words[at..])?;
    let somebodys_own = at > 0 && OWN.contains(&words[at - 1].folded.as_str());
    (!(*kind == Kind::Care && somebodys_own)).then_some((count, *honest))
}

/// What people may already have elsewhere: "after treatment", "your therapy".
const OWN: [&str; 16] = [
    "having",
    "had",
    "have",
    "after",
    "during",
    "before",
    "in",
    "alongside",
    "your",
    "their",
    "between",
    "finished",
    "for",
    "cancer",
    "through",
    "under",
];

#[derive(PartialEq)]
enum Kind {
    /// Care that somebody may have elsewhere.
    Care,
    Claim,
}

static NAMED: LazyLock<Phrases<(Kind, &'static str)>> = LazyLock::new(|| {
    let care = CARE.iter().map(|(word, honest)| (*word, (Kind::Care, *honest)));
    let claims = CLAIMS.iter().map(|(word, honest)| (*word, (Kind::Claim, *honest)));
    Phrases::new(care.chain(claims))
});

const THERAPY: &str = "Say “a creative activity”. Only a registered therapist gives therapy.";
const THERAPIST: &str = "Say “artist” or “leader”. A therapist is on a public register.";
const TREATMENT: &str = "Say what people do there. Only clinics treat.";
const BETTER: &str = "Say “some people tell us they feel better”.";
const PROVEN: &str = "Say who told you so, or what people said afterwards.";
const CALMING: &str = "Say how it feels: calm, friendly, good company.";

const CARE: [(&str, &str); 12] = [
    ("therapy", THERAPY),
    ("therapies", THERAPY),
    ("art therapy", THERAPY),
    ("arts therapy", THERAPY),
    ("music therapy", THERAPY),
    ("drama therapy", THERAPY),
    ("dance therapy", THERAPY),
    ("dramatherapy", THERAPY),
    ("psychotherapy", THERAPY),
    ("therapy session", THERAPY),
    ("therapy sessions", THERAPY),
    ("treatment", TREATMENT),
];

const CLAIMS: [(&str, &str); 40] = [
    ("treatments", TREATMENT),
    ("therapist", THERAPIST),
    ("therapists", THERAPIST),
    ("art therapist", THERAPIST),
    ("music therapist", THERAPIST),
    ("drama therapist", THERAPIST),
    ("dramatherapist", THERAPIST),
    ("therapeutic", CALMING),
    ("therapeutically", CALMING),
    ("medicinal", CALMING),
    ("curative", CALMING),
    ("cure", BETTER),
    ("cures", BETTER),
    ("cured", BETTER),
    ("heal", BETTER),
    ("heals", BETTER),
    ("healed", BETTER),
    ("healing", BETTER),
    ("remedy", BETTER),
    ("remedies", BETTER),
    ("antidote to", BETTER),
    ("clinically proven", PROVEN),
    ("scientifically proven", PROVEN),
    ("medically proven", PROVEN),
    ("clinically tested", PROVEN),
    ("proven to", PROVEN),
    ("proven benefits", PROVEN),
    ("proven results", PROVEN),
    ("evidence based", PROVEN),
    ("guaranteed to", PROVEN),
    ("guaranteed results", PROVEN),
    ("you will feel better", BETTER),
    ("you'll feel better", BETTER),
    ("you will feel calmer", BETTER),
    ("you'll feel calmer", BETTER),
    ("you will feel happier", BETTER),
    ("you'll feel happier", BETTER),
    ("will make you feel better", BETTER),
    ("will make you better", BETTER),
    ("makes you better", BETTER),
];

const MAY_HELP: &str = "Say “may help with” it, or what people told you.";

/// "Will reduce your anxiety", "relieves pain", "treating depression".
fn result(text: &str, words: &[Word], at: usize) -> Option<(usize, &'static str)> {
    let word = |at: usize| words.get(at).map_or("", |word| word.folded.as_str());
    let mut verb = at;
    let sure = word(at) == "will" || word(at).ends_with("'ll");
    if sure {
        verb += 1;
        verb += usize::from(["also", "really", "soon"].contains(&word(verb)));
        verb += usize::from(word(verb) == "help");
        verb += usize::from(["to", "you", "people"].contains(&word(verb)));
    }
    let stem = |verb: &str| RESULTS.contains(&verb);
    let promised = match word(verb) {
        "treat" | "treats" | "treating" | "treated" => true,
        one if sure => stem(one),
        one => one.strip_suffix('s').is_some_and(stem),
    };
    let near = verb + 1..(verb + 5).min(words.len());
    let object = near.clone().find(|at| CONDITIONS.contains(&word(*at)))?;
    let together = words[at..=object].windows(2).all(|two| follow(text, &two[0], &two[1]));
    (promised && together).then_some((object + 1 - at, MAY_HELP))
}

const RESULTS: [&str; 22] = [
    "reduce",
    "ease",
    "relieve",
    "improve",
    "lower",
    "cure",
    "heal",
    "fix",
    "lift",
    "boost",
    "end",
    "stop",
    "overcome",
    "beat",
    "combat",
    "alleviate",
    "prevent",
    "manage",
    "remove",
    "banish",
    "fight",
    "tackle",
];

const CONDITIONS: [&str; 31] = [
    "anxiety",
    "depression",
    "stress",
    "pain",
    "panic",
    "trauma",
    "dementia",
    "insomnia",
    "illness",
    "illnesses",
    "symptoms",
    "loneliness",
    "isolation",
    "condition",
    "conditions",
    "disease",
    "grief",
    "mood",
    "health",
    "memory",
    "sleep",
    "wellbeing",
    "ptsd",
    "arthritis",
    "asthma",
    "cancer",
    "addiction",
    "pressure",
    "psychosis",
    "stroke",
    "migraine",
];

/// "This is not therapy", "instead of treatment"; but "not only therapy" is one.
fn denied(words: &[Word], at: usize) -> bool {
    let before = &words[at.saturating_sub(4)..at];
    let denial = before.iter().rposition(|word| DENIALS.contains(&word.folded.as_str()));
    let denial = denial.map(|at| before.get(at + 1).map_or("", |next| next.folded.as_str()));
    denial.is_some_and(|next| !["only", "just"].contains(&next))
}

const DENIALS: [&str; 17] = [
    "not", "no", "never", "isn't", "aren't", "don't", "doesn't", "without", "instead", "rather",
    "nor", "cannot", "can't", "won't", "nobody", "than", "neither",
];

#[cfg(test)]
mod tests {
    use super::{super::words::words, *};

    fn found(text: &str) -> Vec<&str> {
        let promises = promises(text, &words(text), LedBy::Anyone);
        promises.into_iter().map(|promise| &text[promise.at]).collect()
    }

    #[test]
    fn words_that_promise_treatment_are_found() {
        assert_eq!(
            found("Clinically proven to heal. A therapeutic cure!"),
            ["Clinically proven", "heal", "therapeutic", "cure"]
        );
        assert_eq!(
            found("It will reduce your anxiety and relieves chronic pain."),
            ["will reduce your anxiety", "relieves chronic pain"]
        );
        assert_eq!(found("It’ll help you beat low mood."), ["It’ll help you beat low mood"]);
        assert_eq!(found("Art-therapy treats depression."), ["Art-therapy", "treats depression"]);
        assert_eq!(found("It is not only therapy."), ["therapy"]);
    }

    #[test]
    fn what_denies_treatment_or_names_that_of_others_is_quiet() {
        for one in [
            "This is not therapy.",
            "You need not be in treatment.",
            "Come after your cancer treatment.",
            "Tea and treats every week.",
            "It may reduce stress.",
            "We never treat anxiety.",
            "Physiotherapy is next door.",
            "You will improve a chair.",
            "Alongside your therapy.",
        ] {
            assert_eq!(found(one), [""; 0], "{one}");
        }
    }

    #[test]
    fn a_registered_therapist_may_speak_of_therapy() {
        let text = "Art therapy for trauma.";
        assert_eq!(promises(text, &words(text), LedBy::RegisteredTherapist), []);
    }
}
