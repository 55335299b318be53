//! Markdown in, clean HTML out.
use std::{fmt, sync::LazyLock};

use ammonia::Builder;
use pulldown_cmark::{Event, Options, Parser, TagEnd, html::push_html};

/// HTML made from Markdown, cleaned or our own. Templates print it as it is; nothing else but what escapes
/// itself: `web::Escaped`, and the card's lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafeHtml(String);

/// What a description may be made of. Headings become bold paragraphs' worth of weight by style, not
/// by rank: a page has its own outline. No pictures: they would call a third party.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .add_tags(["p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote"])
        .add_tag_attributes("a", ["href"])
        .url_schemes(["https", "http", "mailto", "tel"].into())
        .link_rel(Some("nofollow noopener"));
    cleaner
});

impl SafeHtml {
    /// A page of our own, built into the program: headings below the first rank, tables and code too.
    pub fn from_our_own(source: &'static str) -> Self {
        let mut html = String::new();
        push_html(&mut html, Parser::new_ext(source, Options::ENABLE_TABLES));
        Self(html)
    }

    pub fn from_markdown(source: &str) -> Self {
        let mut html = String::new();
        push_html(&mut html, Parser::new(source));
        Self(CLEANER.clean(&html).to_string())
    }
}

/// How Markdown begins, as plain words: at most so many characters, cut between two words.
pub fn beginning(source: &str, most: usize) -> String {
    let mut plain = String::new();
    for event in Parser::new(source) {
        match event {
            Event::Text(words) | Event::Code(words) => plain.push_str(&words),
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => plain.push(' '),
            _ => {}
        }
    }
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = words.char_indices().nth(most) else { return words };
    let cut = words[..end].rfind(' ').unwrap_or(end);
    format!("{} …", words[..cut].trim_end_matches([',', ';', ':']))
}

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for SafeHtml {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_paragraphs_and_lists() {
        let html = SafeHtml::from_markdown("Come **in**.\n\n- tea\n- cake").to_string();
        assert_eq!(
            html,
            "<p>Come <strong>in</strong>.</p>\n<ul>\n<li>tea</li>\n<li>cake</li>\n</ul>\n"
        );
    }

    #[test]
    fn the_beginning_of_markdown_is_plain_and_ends_with_a_word() {
        let source = "## Tea\n\nI *came* alone.\n\n- one\n- <b>two</b>\n";
        assert_eq!(beginning(source, 80), "Tea I came alone. one two");
        assert_eq!(beginning(source, 11), "Tea I came …");
        assert_eq!(beginning("", 5), "");
        assert_eq!(beginning("abcdefgh", 5), "abcde …");
    }

    #[test]
    fn scripts_pictures_and_strange_links_do_not_survive() {
        for typed in [
            "<script>x()</script>",
            "<img src=x onerror=x()>",
            "[go](javascript:x())",
            "a <b style=color:red>b</b>",
        ] {
            let html = SafeHtml::from_markdown(typed).to_string();
            for bad in ["<script", "<img", "onerror", "style", "href"] {
                assert!(!html.contains(bad), "{typed} became {html}");
            }
        }
    }
}
