//! Sentences, and those that are too long for somebody in a hurry.
use std::ops::Range;

use super::words::Word;

/// Longer ones are hard to follow: the limit that government writing in Britain keeps, too.
pub const MOST_WORDS: usize = 25;

/// So many words make an easy sentence.
const EASY: usize = 15;

/// A part that is shorter than this is not a sentence of its own.
const LEAST: usize = 4;

/// A sentence of more than [`MOST_WORDS`] words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LongSentence {
    /// In bytes of the text.
    pub at: Range<usize>,
    pub words: usize,
    /// How many easy sentences it would make, at least two.
    pub parts: usize,
    /// The word nearest its middle after which a full stop could stand, where there is one.
    pub stop_after: Option<Range<usize>>,
}

/// Where the sentences of a text are, in bytes. A list, a heading and a line that is followed by a
/// capital letter are sentences although no full stop ends them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for block in blocks(text) {
        split(text, block, &mut found);
    }
    found
}

/// The long ones. `words` are those of the whole text.
pub fn long_sentences(text: &str, words: &[Word]) -> Vec<LongSentence> {
    each(text, words)
        .filter_map(|(at, words)| {
            let count = count(words);
            (count > MOST_WORDS).then(|| LongSentence {
                parts: count.div_ceil(EASY),
                stop_after: stop_after(text, words),
                words: count,
                at,
            })
        })
        .collect()
}

/// Each sentence with its words.
pub fn each<'a>(
    text: &str,
    words: &'a [Word],
) -> impl Iterator<Item = (Range<usize>, &'a [Word])> + use<'a> {
    let mut rest = words;
    sentences(text).into_iter().map(move |at| {
        let before = rest.iter().take_while(|word| word.at.start < at.start).count();
        let within = rest[before..].iter().take_while(|word| word.at.start < at.end).count();
        let (these, others) = rest[before..].split_at(within);
        rest = others;
        (at, these)
    })
}

/// "Hand-made" is one word.
pub fn count<'a>(words: impl IntoIterator<Item = &'a Word>) -> usize {
    words.into_iter().filter(|word| !word.hangs).count()
}

/// Lines that belong together, without the marks of lists and headings.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let mut goes_on = false;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        let mark = mark(bare);
        let says = at + mark.len()..at + bare.len();
        at += line.len();
        if says.is_empty() {
            goes_on = false;
            continue;
        }
        let small = text[says.clone()].chars().next().is_some_and(char::is_lowercase);
        match found.last_mut() {
            // Somebody's mail program broke the line.
            Some(last) if goes_on && small && mark.trim().is_empty() => last.end = says.end,
            _ => found.push(says),
        }
        goes_on = !mark.contains('#');
    }
    found
}

/// White space, and what opens a heading, a quotation or a point of a list: "- ", "* ", "• ", "2. ".
fn mark(line: &str) -> &str {
    let bare = line.trim_start();
    let signs = bare.trim_start_matches(['-', '*', '+', '•', '·', '–', '#', '>']);
    let digits = bare.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let numbered = digits.len() < bare.len() && bare.len() - digits.len() < 3;
    let rest = match digits.strip_prefix(['.', ')']) {
        Some(rest) if numbered && rest.starts_with(char::is_whitespace) => rest,
        _ if signs.starts_with(char::is_whitespace) || bare.starts_with(['•', '·']) => signs,
        _ => bare,
    };
    &line[..line.len() - rest.trim_start().len()]
}

fn split(text: &str, block: Range<usize>, found: &mut Vec<Range<usize>>) {
    let mut start = block.start;
    let mut signs = text[block.clone()].char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        if !matches!(sign, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।') {
            continue;
        }
        let mark = block.start + at;
        // "?!", "...", and the quotation marks, brackets and stars that close with it.
        while signs.peek().is_some_and(|(_, next)| closes(*next)) {
            signs.next();
        }
        let end = signs.peek().map_or(block.end, |(at, _)| block.start + at);
        let spaced = signs.peek().is_none_or(|(_, next)| next.is_whitespace());
        let wide = matches!(sign, '。' | '！' | '？');
        let rest = &text[end..block.end];
        if (spaced || wide) && ends(&text[start..mark], &text[mark..end], rest) {
            push(text, start..end, found);
            start = end;
        }
    }
    push(text, start..block.end, found);
}

fn closes(sign: char) -> bool {
    matches!(sign, '.' | '!' | '?' | '…' | '"' | '\'' | '’' | '”' | '»' | ')' | ']' | '*' | '_')
}

fn push(text: &str, at: Range<usize>, found: &mut Vec<Range<usize>>) {
    let said = &text[at.clone()];
    let start = at.start + said.len() - said.trim_start().len();
    let end = at.start + said.trim_end().len();
    if text[at].contains(char::is_alphanumeric) {
        found.push(start..end);
    }
}

/// Never the last word of a sentence: something is always named after it.
const NEVER_LAST: [&str; 19] = [
    "e.g", "i.e", "eg", "ie", "mr", "mrs", "ms", "mx", "dr", "prof", "rev", "revd", "nr", "vs",
    "cf", "approx", "tel", "ext", "incl",
];

/// The last word of a sentence only before a capital letter.
const PERHAPS_LAST: [&str; 22] = [
    "etc", "a.m", "p.m", "rd", "ave", "ln", "sq", "ltd", "inc", "co", "min", "mins", "hr", "hrs",
    "u.k", "dept", "max", "mon", "tues", "wed", "thurs", "fri",
];

/// Whether `mark`, which stands between `before` and `after`, ends the sentence.
fn ends(before: &str, mark: &str, after: &str) -> bool {
    let next =
        after.trim_start().trim_start_matches(['"', '\'', '‘', '“', '(', '*', '_']).chars().next();
    let Some(next) = next else {
        return true;
    };
    if mark.starts_with(['!', '?', '…']) || mark.starts_with("..") {
        return !next.is_lowercase();
    }
    let mut words = before.split_whitespace().rev();
    let last = words.next().unwrap_or_default();
    let last = last.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let folded = last.to_lowercase();
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    if NEVER_LAST.contains(&folded.as_str()) {
        return false;
    }
    if PERHAPS_LAST.contains(&folded.as_str()) {
        return next.is_uppercase();
    }
    match folded.as_str() {
        // "No. 5", but "He says no."
        "no" | "nos" => !next.is_numeric(),
        // "at St. Mary's", but "on Bell St. We …"
        "st" => next.is_uppercase() && words.next().is_some_and(capital),
        // "J. Smith", but "you and I."
        _ => last.chars().count() != 1 || !capital(last) || last == "I",
    }
}

/// Words before which a sentence may well end.
const JOINERS: [&str; 11] =
    ["and", "but", "which", "who", "where", "while", "whilst", "because", "so", "then", "or"];

fn stop_after(text: &str, words: &[Word]) -> Option<Range<usize>> {
    let middle = words.len() / 2;
    let pauses = |at: usize| {
        let between = &text[words[at - 1].at.end..words[at].at.start];
        match between.trim_start().chars().next() {
            Some(';' | ':' | '–' | '—') => true,
            Some('-') => between.starts_with(' '),
            _ => JOINERS.contains(&words[at].folded.as_str()),
        }
    };
    let places = LEAST..words.len().saturating_sub(LEAST);
    let place = places.filter(|at| pauses(*at)).min_by_key(|at| at.abs_diff(middle))?;
    Some(words[place - 1].at.clone())
}

#[cfg(test)]
mod tests {
    use super::{super::words::words, *};

    fn said(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn a_stop_inside_a_time_a_name_or_an_abbreviation_ends_nothing() {
        for one in [
            "Bring something warm, e.g. a scarf or a hat.",
            "Doors open at 10.30am on Mon. and Wed. this month.",
            "Meet at St. Mary's, near the green door.",
            "Ask for Dr. Patel or J. Smith at No. 5.",
            "We sit from 2 p.m. to 4 p.m. every week.",
            "“Come in!” she says at the door.",
            "It costs £2.50, i.e. less than a coffee…  or nothing.",
            "See www.example.org or example.org for more.",
        ] {
            assert_eq!(said(one), [one]);
        }
    }

    #[test]
    fn a_sentence_ends_before_the_next() {
        assert_eq!(
            said("We sing. Then tea! Ready? Yes."),
            ["We sing.", "Then tea!", "Ready?", "Yes."]
        );
        assert_eq!(said("We meet at 6 p.m. Bring tea."), ["We meet at 6 p.m.", "Bring tea."]);
        assert_eq!(said("It is on Bell St. We wait."), ["It is on Bell St.", "We wait."]);
        assert_eq!(said("He says no. We go on."), ["He says no.", "We go on."]);
        assert_eq!(said("come along. we have tea."), ["come along.", "we have tea."]);
        assert_eq!(said("“Sit down.” Then you draw."), ["“Sit down.”", "Then you draw."]);
        assert_eq!(said("Songs, tea etc. Come by."), ["Songs, tea etc.", "Come by."]);
    }

    #[test]
    fn lists_headings_and_lines_need_no_full_stop() {
        assert_eq!(
            said(
                "# What to bring\n- an old shirt\n- a friend\n\n1. Ring us\n2. Come\nWe wait at the\ngate"
            ),
            [
                "What to bring",
                "an old shirt",
                "a friend",
                "Ring us",
                "Come",
                "We wait at the\ngate"
            ]
        );
        assert_eq!(said("no stop at all"), ["no stop at all"]);
        assert_eq!(said(" \n…\n**\n"), [""; 0]);
    }

    #[test]
    fn other_scripts_have_their_own_stops() {
        assert_eq!(said("你好。我们唱歌。"), ["你好。", "我们唱歌。"]);
    }

    #[test]
    fn a_long_sentence_has_more_than_twenty_five_words() {
        let of = |count: usize| format!("{}.", vec!["word"; count].join(" "));
        assert!(long_sentences(&of(25), &words(&of(25))).is_empty());
        let long = long_sentences(&of(26), &words(&of(26)));
        assert_eq!((long[0].words, long[0].parts, &long[0].stop_after), (26, 2, &None));
    }

    #[test]
    fn a_stop_is_proposed_where_the_sentence_turns() {
        let text = "You sit at a long table with eight other people and the kettle is always on \
                    because we think that clay and tea belong together in any good week.";
        let long = long_sentences(text, &words(text));
        assert_eq!(&text[long[0].stop_after.clone().unwrap()], "on");
    }
}
