//! Others' texts, which may be HTML, made plain and fitted into ours.
use std::sync::LazyLock;

use ammonia::Builder;

use crate::text::{Line, Text};

static NO_TAGS: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner.add_clean_content_tags(["script", "style"]);
    cleaner
});

/// Without tags and entities; whether there were any.
pub fn plain(written: &str) -> (String, bool) {
    if !is_html(written) {
        return (written.trim().to_owned(), false);
    }
    let mut lines = written.to_owned();
    for tag in ["<br>", "<br/>", "<br />", "<BR>", "</li>", "</div>"] {
        lines = lines.replace(tag, "\n");
    }
    for tag in ["</p>", "</P>", "</h1>", "</h2>", "</h3>", "</h4>", "</ul>", "</ol>"] {
        lines = lines.replace(tag, "\n\n");
    }
    lines = lines.replace("<li>", "- ");
    let bare = without_entities(&NO_TAGS.clean(&lines).to_string());
    let mut kept: Vec<&str> = Vec::new();
    for line in bare.lines().map(str::trim) {
        if !line.is_empty() || kept.last().is_some_and(|before| !before.is_empty()) {
            kept.push(line);
        }
    }
    (kept.join("\n").trim().to_owned(), true)
}

/// One line; the end is cut off at a word where it is too long, and `true` says so.
pub fn line<const MAX: usize>(written: &str) -> Option<(Line<MAX>, bool)> {
    let whole = plain(written).0;
    if let Ok(line) = Line::parse(&whole) {
        return Some((line, false));
    }
    let whole = whole.split_whitespace().collect::<Vec<_>>().join(" ");
    Line::parse(&cut(&whole, MAX)?).ok().map(|line| (line, true))
}

/// The same for a text of several lines.
pub fn text<const MAX: usize>(written: &str) -> Option<(Text<MAX>, bool)> {
    let whole = plain(written).0;
    if let Ok(text) = Text::parse(&whole) {
        return Some((text, false));
    }
    Text::parse(&cut(&whole, MAX)?).ok().map(|text| (text, true))
}

/// The first sentences that fit into a summary, or as many words.
pub fn beginning<const MAX: usize>(written: &str) -> Option<(Line<MAX>, bool)> {
    let whole = plain(written).0.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Ok(line) = Line::parse(&whole) {
        return Some((line, false));
    }
    let fits = |at: &usize| whole[..*at].chars().count() <= MAX;
    let ends = whole.match_indices(". ").map(|(at, _)| at + 1).filter(fits);
    match ends.last().filter(|at| *at > 40) {
        Some(at) => Line::parse(&whole[..at]).ok().map(|line| (line, true)),
        None => Line::parse(&cut(&whole, MAX)?).ok().map(|line| (line, true)),
    }
}

/// `None` where there is nothing.
fn cut(whole: &str, most: usize) -> Option<String> {
    // A space may come where the dots will stand.
    let head: String = whole.chars().take(most).collect();
    let last = head.char_indices().last().map_or(0, |(at, _)| at);
    let at = head.rfind(char::is_whitespace).filter(|at| *at > 0).unwrap_or(last);
    let head = head[..at].trim_end_matches([' ', ',', ';', '\n']);
    (!head.is_empty()).then(|| format!("{head}…"))
}

/// A tag or an entity, and not "a < b" or "arts & crafts".
fn is_html(written: &str) -> bool {
    let tag = written.match_indices('<').any(|(at, _)| {
        let next = written[at + 1..].chars().next();
        next.is_some_and(|c| c.is_ascii_alphabetic() || c == '/') && written[at..].contains('>')
    });
    tag || written.match_indices('&').any(|(at, _)| entity(&written[at..]).is_some())
}

const NAMED: [(&str, char); 15] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("hellip", '…'),
    ("pound", '£'),
    ("eacute", 'é'),
];

/// What an entity at the beginning stands for, and how long it is.
fn entity(written: &str) -> Option<(char, usize)> {
    let end = written.char_indices().take(12).find(|(_, c)| *c == ';')?.0;
    let name = &written[1..end];
    let letter = match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
            char::from_u32(hex.unwrap_or_else(|| number.parse()).ok()?)?
        }
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((if letter == '\u{a0}' { ' ' } else { letter }, end + 1))
}

fn without_entities(written: &str) -> String {
    let (mut bare, mut rest) = (String::new(), written);
    while let Some(at) = rest.find('&') {
        bare.push_str(&rest[..at]);
        rest = &rest[at..];
        let (letter, length) = entity(rest).unwrap_or(('&', 1));
        bare.push(letter);
        rest = &rest[length..];
    }
    bare + rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn html_becomes_lines_without_tags_or_entities() {
        let html = "<p>Tea &amp; <b>clay</b>.</p><ul><li>Bowls</li><li>Cups&#8217;</li></ul><script>x()</script>";
        assert_eq!(plain(html), ("Tea & clay.\n\n- Bowls\n- Cups’".to_owned(), true));
        assert_eq!(plain(" Arts & crafts, 3 < 4 "), ("Arts & crafts, 3 < 4".to_owned(), false));
    }

    #[test]
    fn what_is_too_long_is_cut_at_a_sentence_or_a_word() {
        let (said, cut) = beginning::<60>(
            "We meet every week in the hall by the park. There is tea and much else.",
        )
        .unwrap();
        assert_eq!((said.as_str(), cut), ("We meet every week in the hall by the park.", true));
        assert_eq!(line::<12>("Pottery and tea").unwrap().0.as_str(), "Pottery and…");
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(written in "\\PC{0,200}") {
            let (bare, _) = plain(&written);
            prop_assert!(!bare.contains('\0'));
            let _ = (line::<20>(&written), text::<20>(&written), beginning::<50>(&written));
        }
    }
}
