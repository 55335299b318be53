//! Sentences that do not say who does it: "are facilitated", "will be provided", "got chosen".
use std::ops::Range;

use super::{phrases::follow, words::Word};

/// From the form of "be" or "get" to the participle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passive {
    /// In bytes of the text.
    pub at: Range<usize>,
}

/// In their order. `words` are those of the whole text.
pub fn passives(text: &str, words: &[Word]) -> Vec<Passive> {
    let mut found: Vec<Passive> = Vec::new();
    for at in 0..words.len() {
        let Some(end) = participle_after(text, words, at) else {
            continue;
        };
        let place = words[at].at.start..words[end].at.end;
        // "Is being led" is one.
        if found.last().is_none_or(|last| last.at.end <= place.start) {
            found.push(Passive { at: place });
        }
    }
    found
}

/// At most so many words, such as "not" or "usually", stand between.
const BETWEEN: usize = 3;

const BE: [&str; 12] = [
    "am", "is", "are", "was", "were", "be", "been", "being", "isn't", "aren't", "wasn't", "weren't",
];
const GET: [&str; 5] = ["get", "gets", "got", "getting", "gotten"];
/// "It's led by Dele", but "it's changed a lot": only with "by".
const SHORT: [&str; 12] = [
    "it's",
    "that's",
    "she's",
    "he's",
    "who's",
    "what's",
    "there's",
    "you're",
    "we're",
    "they're",
    "i'm",
    "everything's",
];

fn participle_after(text: &str, words: &[Word], at: usize) -> Option<usize> {
    let form = words[at].folded.as_str();
    let short = SHORT.contains(&form) && !form.ends_with("'re");
    if !(BE.contains(&form) || GET.contains(&form) || SHORT.contains(&form)) || words[at].hangs {
        return None;
    }
    let mut next = at + 1;
    while next < words.len() && next <= at + BETWEEN && between(&words[next].folded) {
        next += 1;
    }
    let word = words.get(next)?;
    let together = words[at..=next].windows(2).all(|two| follow(text, &two[0], &two[1]));
    // "Is hand-made" and "is well-known" say how a thing is.
    let compound = word.hangs || words.get(next + 1).is_some_and(|after| after.hangs);
    if !together || compound {
        return None;
    }
    let after = words.get(next + 1).filter(|after| follow(text, word, after));
    let after = after.map(|after| after.folded.as_str());
    // Somebody, not an hour: "is closed by 5pm".
    let somebody = words.get(next + 2).is_some_and(|who| !who.folded.starts_with(char::is_numeric));
    let by = after == Some("by") && somebody;
    let done = match kind(&word.folded) {
        Participle::No => false,
        Participle::LikeAnAdjective => by,
        // "Made of clay" says how a thing is.
        Participle::Yes => (by || !short) && after != Some("of"),
    };
    done.then_some(next)
}

fn between(word: &str) -> bool {
    word.ends_with("ly") && word.len() > 4
        || [
            "not",
            "also",
            "always",
            "never",
            "often",
            "all",
            "both",
            "then",
            "now",
            "still",
            "just",
            "only",
            "being",
            "been",
            "sometimes",
            "soon",
            "first",
        ]
        .contains(&word)
}

enum Participle {
    No,
    /// Says how a thing is, unless somebody is named who does it: "is tired", "is closed by the warden".
    LikeAnAdjective,
    Yes,
}

fn kind(word: &str) -> Participle {
    let among = |list: &str| list.split_whitespace().any(|one| one == word);
    if among(ADJECTIVES) {
        Participle::LikeAnAdjective
    } else if among(IRREGULAR) || word.ends_with("ed") && word.len() > 4 && !NEVER.contains(&word) {
        Participle::Yes
    } else {
        Participle::No
    }
}

const NEVER: [&str; 14] = [
    "speed", "indeed", "hundred", "naked", "sacred", "wicked", "breed", "greed", "embed",
    "infrared", "kindred", "seabed", "unneeded", "agreed",
];

const IRREGULAR: &str = "
    led held made given taken shown taught met sent paid kept told run written built brought
    bought sold chosen drawn driven fed found forgiven forgotten grown heard hidden laid learnt
    lent lit overseen put read said seen served sewn spoken spun sung swept thought thrown torn
    undertaken understood woven withdrawn won worn begun caught eaten flown upheld
";

/// Participles that mostly say how somebody or something is.
const ADJECTIVES: &str = "
    tired interested excited bored worried retired located situated based experienced qualified
    trained registered insured limited relaxed married divorced widowed disabled isolated
    involved dedicated committed pleased delighted closed supposed aged called named used lost
    born gone left known broken stuck done set cut hurt shut dressed started finished ashamed
    scared frightened confused depressed stressed overwhelmed exhausted embarrassed concerned
    surprised satisfied motivated inspired determined prepared organised skilled talented gifted
    varied detailed mixed crowded heated carpeted covered sheltered raised cobbled required
    needed housebound impaired bereaved troubled unwell reduced unlimited allowed permitted
    expected related connected touched moved fascinated thrilled acquainted accustomed
    underprivileged
";

#[cfg(test)]
mod tests {
    use super::{super::words::words, *};

    fn found(text: &str) -> Vec<&str> {
        passives(text, &words(text)).into_iter().map(|passive| &text[passive.at]).collect()
    }

    #[test]
    fn be_and_get_with_a_participle_are_passive() {
        assert_eq!(found("You will be met at the gate."), ["be met"]);
        assert_eq!(found("Tools are not usually provided."), ["are not usually provided"]);
        assert_eq!(
            found("It is being led by Ama; songs were sung."),
            ["is being led", "were sung"]
        );
        assert_eq!(found("You get shown how, and it’s run by Jo."), ["get shown", "it’s run"]);
    }

    #[test]
    fn what_says_how_somebody_is_is_not() {
        for one in [
            "If you are tired, you are welcome.",
            "Bowls are made of clay.",
            "It’s changed a lot.",
            "Dele is experienced, and is based here.",
            "We are hand-made and well-loved.",
            "There is need for a hundred.",
            "Is Ama here? Loved ones come too.",
            "You get started at once.",
            "The door is red and the bed is made-up.",
            "We are closed by 5pm.",
        ] {
            assert_eq!(found(one), [""; 0], "{one}");
        }
    }

    #[test]
    fn a_name_behind_by_makes_it_passive_after_all() {
        assert_eq!(found("The room is closed by the warden."), ["is closed"]);
    }
}
