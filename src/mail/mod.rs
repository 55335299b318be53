//! Letters: written into the outbox with what they tell, sent from there by e-mail or into a folder.
pub mod command;
pub mod deliver;
mod message;
pub mod post;
mod server;
mod smtp;
pub mod store;

use askama::Template;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::{
    links::{Purpose, Secret},
    text::{Email, Line},
};

/// Where a letter's bodies name its private link. No [`Line`] and no [`crate::text::Text`] can hold these
/// marks, so that nobody who gives a thing a name can have a link of somebody else's written into it.
pub const LINK: &str = "\u{2}link\u{3}";
/// Where they name the site: its public address, without a slash at the end.
pub const SITE: &str = "\u{2}site\u{3}";

/// After the link, in letters to people who are listed here: a page with one button, by which nothing of
/// them stays.
pub const WITHDRAWAL: &str = "/withdrawal";

/// A letter to be sent, once for its event.
#[derive(Clone, Debug)]
pub struct Letter {
    /// What happened, such as `received:` and a submission's id and number; at most 200 characters, and
    /// never an address: it stands in the log.
    pub event: String,
    pub to: Email,
    pub subject: Line<200>,
    /// The whole letter as plain text, with line breaks as `\n`.
    pub plain: String,
    /// The same as a whole HTML document.
    pub html: String,
    /// The private link to be made when the letter is sent, and what it opens. It stands where [`LINK`] is;
    /// [`SITE`] is replaced too.
    pub link: Option<(Purpose, Option<Uuid>)>,
}

/// Why a letter did not go. The words may hold addresses: see [`post::without_addresses`].
#[derive(Debug)]
pub enum Failure {
    /// It was not handed over, and may be another time.
    Later(String),
    /// There is nobody of that address.
    Never(String),
    /// It was handed over whole, and refused: it did not arrive.
    Refused { words: String, again: bool },
    /// It was handed over whole, and no answer came: it may have arrived.
    Unanswered(String),
    /// It took too long, and somebody else has it by now.
    Lost,
}

impl Letter {
    /// A body from its template.
    pub fn body(template: &impl Template) -> String {
        template.render().expect("what only prints words does not fail")
    }
}

/// A letter in the hand of one who sends it now.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Its place in the outbox, the same at every try.
    pub id: Uuid,
    /// Which try this is, from 1.
    pub tried: u16,
    /// When it was put into the outbox.
    pub put: Timestamp,
    pub letter: Letter,
    /// The secret of its link, made for this try.
    pub secret: Option<Secret>,
}

/// A letter that waits, or was given up.
#[derive(Clone, Debug)]
pub struct Unsent {
    pub id: Uuid,
    pub event: String,
    pub put: Timestamp,
    pub tries: u16,
    /// What the post said last, without addresses.
    pub trouble: Option<Line<300>>,
    /// It was handed over whole at least once and no answer came, so it may have arrived.
    pub unanswered: bool,
    pub next: Next,
}

/// What happens with a letter that was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Somebody sends it at this moment.
    InHand,
    /// It is tried again then.
    Try(Timestamp),
    /// Nobody tries again until told to.
    Dead,
}

/// How long to wait after a try that failed: `None` when it was the last. Nearly three days in all, within
/// which a mail server is usually put right (RFC 5321, 4.5.4.1, says four to five days for one that relays).
pub fn wait_after(tried: u16) -> Option<SignedDuration> {
    const MINUTES: [i64; 8] = [1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60, 24 * 60];
    let minutes = MINUTES.get(usize::from(tried).checked_sub(1)?)?;
    Some(SignedDuration::from_mins(*minutes))
}

/// Whether a mail program might make a link of a part of it: an address of the web or of e-mail, or what
/// looks like a host. Rather too often than too seldom.
pub fn leads_away(words: &str) -> bool {
    // Signs that are not seen, or that stand within a name, must not hide one.
    let tight = words.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace() || is_dot(*c));
    let tight: Vec<char> = tight.collect();
    let host = tight.windows(4).any(|four| {
        four[0].is_alphanumeric() && is_dot(four[1]) && four[2..].iter().all(|c| c.is_alphabetic())
    });
    host || words.contains("//") || words.contains(['@', '＠'])
}

/// Browsers take all of these for the dot of a host (UTS 46, 2.3).
fn is_dot(sign: char) -> bool {
    matches!(sign, '.' | '。' | '．' | '｡')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_tried_nine_times_within_three_days() {
        let waits: Vec<_> = (1..).map_while(wait_after).collect();
        assert_eq!(waits.len(), 8);
        assert!(waits.is_sorted());
        let all: SignedDuration = waits.into_iter().sum();
        assert!(all.as_hours() > 60 && all.as_hours() < 72, "{all:?}");
        assert_eq!(wait_after(0), None);
    }
}
