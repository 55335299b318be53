//! Letters about a submission: what each says, and what it is about.
use askama::Template;

use super::{Submission, SubmissionId};
use crate::{links::Purpose, mail::Letter, text::Line};

#[derive(Template)]
#[template(path = "mail/link.txt")]
struct LinkText<'a> {
    title: &'a str,
}

#[derive(Template)]
#[template(path = "mail/link.html")]
struct LinkHtml<'a> {
    title: &'a str,
}

/// The private link to a draft, when it was begun.
pub fn link(submission: &Submission) -> Letter {
    let title = title(submission);
    let title = title.as_str();
    Letter {
        event: event("link", submission.id),
        to: submission.email.clone(),
        subject: subject(&format!("Your private link to describe “{title}”")),
        plain: Letter::body(&LinkText { title }),
        html: Letter::body(&LinkHtml { title }),
        link: Some((Purpose::Draft, Some(submission.id))),
    }
}

fn event(what: &str, id: SubmissionId) -> String {
    format!("{what}:{id}")
}

/// As it was typed, as far as a letter has room for it.
fn title(submission: &Submission) -> Line<100> {
    let typed: String = submission.answers.one("title").chars().take(100).collect();
    Line::parse(&typed).or_else(|_| Line::parse("your activity")).expect("these words are a line")
}

fn subject(words: &str) -> Line<200> {
    let words: String = words.chars().take(200).collect();
    Line::parse(&words).expect("a letter's subject begins with words of ours")
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::{
        forms::Answers,
        mail::{LINK, SITE},
        submissions::{About, Stage},
        text::Email,
    };

    #[test]
    fn the_letter_with_the_link_says_the_same_twice_and_markup_in_a_title_is_text() {
        let title = "<b>Clay & chat</b>".to_owned();
        let submission = Submission {
            id: Uuid::nil(),
            about: About::New(None),
            stage: Stage::Draft,
            since: Timestamp::UNIX_EPOCH,
            provider: Uuid::nil(),
            venue: Uuid::nil(),
            email: Email::parse("dele@clay.example").unwrap(),
            email_confirmed: None,
            answers: Answers::of([("title".to_owned(), title.clone())]),
            version: 1,
            steps: vec![],
            sent: 0,
            content: None,
            made: Timestamp::UNIX_EPOCH,
            changed: Timestamp::UNIX_EPOCH,
        };
        let letter = link(&submission);
        assert_eq!(letter.subject.as_str(), "Your private link to describe “<b>Clay & chat</b>”");
        assert!(letter.plain.contains(&title), "{}", letter.plain);
        assert!(!letter.html.contains("<b>") && letter.html.contains("Clay &#38; chat"));
        for body in [&letter.plain, &letter.html] {
            assert!(body.contains(LINK) && body.contains(SITE), "{body}");
            assert!(body.contains("It works for 90 days"), "{body}");
        }
        assert!(letter.plain.lines().all(|line| line.chars().count() <= 76), "{}", letter.plain);
        assert!(!letter.plain.contains("\n\n\n"), "{}", letter.plain);
    }
}
