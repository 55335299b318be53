//! Letters to who looks after something, and to who is asked to.
use askama::Template;
use uuid::Uuid;

use super::Invitation;
use crate::{
    links::Purpose,
    mail::{Letter, leads_away},
    text::{Email, Line},
};

#[derive(Template)]
#[template(path = "mail/mine.txt")]
struct MineText;

#[derive(Template)]
#[template(path = "mail/mine.html")]
struct MineHtml;

#[derive(Template)]
#[template(path = "mail/invited.txt")]
struct InvitedText<'a> {
    name: &'a str,
    by: &'a Email,
    hand_over: bool,
}

#[derive(Template)]
#[template(path = "mail/invited.html")]
struct InvitedHtml<'a> {
    name: &'a str,
    by: &'a Email,
    hand_over: bool,
}

/// The private link to all that is theirs.
pub fn mine(to: Email) -> Letter {
    Letter {
        // An event may not name an address; how often it is asked for is limited elsewhere.
        event: format!("mine:{}", Uuid::now_v7()),
        to,
        subject: subject("Your private link"),
        plain: Letter::body(&MineText),
        html: Letter::body(&MineHtml),
        link: Some((Purpose::Mine, None)),
    }
}

/// That somebody asks them to look after a provider too, or instead. Its name stands there unless one could
/// follow it, since whoever is asked has not asked for a letter.
pub fn invited(invitation: &Invitation, name: &str) -> Letter {
    let Invitation { id, email, by, hand_over, .. } = invitation;
    let hand_over = *hand_over;
    let named = format!("“{name}”");
    let name = if leads_away(name) { "what they offer" } else { named.as_str() };
    Letter {
        event: format!("invited:{id}"),
        to: email.clone(),
        subject: subject(&format!("Will you look after {name}?")),
        plain: Letter::body(&InvitedText { name, by, hand_over }),
        html: Letter::body(&InvitedHtml { name, by, hand_over }),
        link: Some((Purpose::Invitation, Some(*id))),
    }
}

fn subject(words: &str) -> Line<200> {
    Line::parse(words).expect("our own words with a name of 120 letters at most")
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::mail::{LINK, SITE};

    #[test]
    fn the_letters_name_their_link_and_markup_in_a_name_is_text() {
        let invitation = Invitation {
            id: Uuid::nil(),
            provider: Uuid::nil(),
            email: Email::parse("ruth@clay.example").unwrap(),
            by: Email::parse("dele@clay.example").unwrap(),
            hand_over: true,
            made: Timestamp::UNIX_EPOCH,
        };
        let relayed = invited(&invitation, "Win at evil.example");
        for told in [relayed.subject.as_str(), &relayed.plain, &relayed.html] {
            assert!(
                !told.contains("evil") && told.contains("look after what they offer"),
                "{told}"
            );
        }
        let invited = invited(&invitation, "<b>Clay & Co</b>");
        assert!(invited.plain.contains("<b>Clay & Co</b>") && !invited.html.contains("<b>Clay"));
        for letter in [&invited, &mine(invitation.email.clone())] {
            for body in [&letter.plain, &letter.html] {
                assert!(body.contains(LINK) && body.contains(SITE), "{body}");
            }
            assert!(
                letter.plain.lines().all(|line| line.chars().count() <= 76),
                "{}",
                letter.plain
            );
            assert!(!letter.plain.contains("\n\n\n"), "{}", letter.plain);
            assert!(!letter.event.contains('@'));
        }
    }
}
