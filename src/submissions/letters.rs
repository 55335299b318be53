//! Letters about a submission: what each says, and what it is about.
use askama::Template;
use jiff::Timestamp;

use super::{About, Message, Submission, SubmissionId, questions::question_of};
use crate::{
    links::Purpose,
    mail::{Letter, leads_away},
    text::Line,
};

/// What every later letter has: why it comes, what was said, what to do, what happens then.
#[derive(Template)]
#[template(path = "mail/news.txt")]
struct NewsText<'a> {
    heading: &'a str,
    before: &'a str,
    said: &'a [Said<'a>],
    action: &'a str,
    after: &'a str,
}

#[derive(Template)]
#[template(path = "mail/news.html")]
struct NewsHtml<'a> {
    heading: &'a str,
    before: &'a str,
    said: &'a [Said<'a>],
    action: &'a str,
    after: &'a str,
}

/// The coordinator's words, and the question they are about.
struct Said<'a> {
    question: Option<&'static str>,
    words: &'a str,
}

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
        subject: subject(&format!("Your private link to describe {title}")),
        plain: Letter::body(&LinkText { title }),
        html: Letter::body(&LinkHtml { title }),
        link: Some((Purpose::Draft, Some(submission.id))),
    }
}

/// The private link for an address that was put in the place of another one.
pub fn link_anew(submission: &Submission, now: Timestamp) -> Letter {
    let letter = link(submission);
    Letter { event: format!("{}:{}", letter.event, now.as_microsecond()), ..letter }
}

/// The same for the letter that asks to confirm.
pub fn confirm_anew(submission: &Submission, now: Timestamp) -> Letter {
    let letter = confirm(submission);
    Letter { event: format!("{}:{}", letter.event, now.as_microsecond()), ..letter }
}

/// To show whose e-mail address it is, before a coordinator sees anything.
pub fn confirm(submission: &Submission) -> Letter {
    let news = News {
        what: "confirm",
        purpose: Purpose::Confirm,
        heading: "Confirm your e-mail address for {}",
        before: "Thank you for describing your activity. Before a coordinator reads it, please show us that \
                 this is your e-mail address.",
        action: "Confirm my e-mail address",
        after: "The link works for 14 days. Then your description goes to the coordinator of the borough.",
    };
    news.letter(submission, &[])
}

/// That it is with the coordinator now.
pub fn received(submission: &Submission) -> Letter {
    let news = News {
        what: "received",
        purpose: Purpose::Draft,
        heading: "We have {}",
        before: "A coordinator will now read your description. Most are answered within five working days.",
        action: "See where it stands",
        after: "We write to you again when there is an answer. You need not do anything until then.",
    };
    news.letter(submission, &[])
}

/// What the coordinator asks to be changed.
pub fn changes_asked(submission: &Submission, said: &[Message]) -> Letter {
    let news = News {
        what: "changes_asked",
        purpose: Purpose::Draft,
        heading: "A question about {}",
        before: "The coordinator has read your description and asks you to change something:",
        action: "Change it and send it again",
        after: "Everything that you typed is still there. Their words stand beside the questions.",
    };
    news.letter(submission, said)
}

/// That everybody can find it now.
pub fn published(submission: &Submission) -> Letter {
    let before = match submission.about {
        About::New(_) => "Link workers and everybody else can find it from now on.",
        About::Change { .. } => "What you changed stands in your listing now.",
        About::Profile => "What you say about who runs things is shown now.",
    };
    let news = News {
        what: "published",
        purpose: Purpose::Draft,
        heading: "{} is published",
        before,
        action: "See it, and keep this link",
        after: "We will ask you from time to time whether it is still true.",
    };
    news.letter(submission, &[])
}

/// Why it is not published, in the coordinator's words.
pub fn refused(submission: &Submission, said: &[Message]) -> Letter {
    let news = News {
        what: "refused",
        purpose: Purpose::Draft,
        heading: "{} is not published",
        before: "The coordinator has read your description and has decided not to publish it. They write:",
        action: "See what you sent",
        after: "If you think that this is a mistake, answer this letter.",
    };
    news.letter(submission, said)
}

/// The words of one kind of letter; `{}` in the heading is the title.
struct News {
    what: &'static str,
    purpose: Purpose,
    heading: &'static str,
    before: &'static str,
    action: &'static str,
    after: &'static str,
}

impl News {
    /// One for each time that it was sent to the coordinator.
    fn letter(&self, submission: &Submission, said: &[Message]) -> Letter {
        let heading = self.heading.replace("{}", title(submission).as_str());
        let heading = heading.as_str();
        let (before, action, after) = (self.before, self.action, self.after);
        let about =
            |one: &Message| one.field.as_ref().and_then(|field| question_of(field.as_str()));
        let said = said.iter().map(|one| Said {
            question: about(one).map(|(_, question)| question.label),
            words: one.words.as_str(),
        });
        let said: Vec<Said<'_>> = said.collect();
        let said = said.as_slice();
        Letter {
            event: format!("{}:{}", event(self.what, submission.id), submission.sent),
            to: submission.email.clone(),
            subject: subject(heading),
            plain: Letter::body(&NewsText { heading, before, said, action, after }),
            html: Letter::body(&NewsHtml { heading, before, said, action, after }),
            link: Some((self.purpose, Some(submission.id))),
        }
    }
}

fn event(what: &str, id: SubmissionId) -> String {
    format!("{what}:{id}")
}

/// As it was typed, as far as a letter has room for it. Anybody can type anybody's e-mail address, so nothing
/// that one could follow goes to an address that nobody has confirmed.
fn title(submission: &Submission) -> String {
    let typed: String = submission.title().chars().take(100).collect();
    match Line::<100>::parse(&typed) {
        Ok(title) if submission.email_confirmed.is_some() || !leads_away(title.as_str()) => {
            format!("“{}”", title.as_str())
        }
        _ => "your activity".to_owned(),
    }
}

fn subject(words: &str) -> Line<200> {
    let words: String = words.chars().take(200).collect();
    Line::parse(&words).expect("a letter's subject begins with words of ours")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        forms::Answers,
        mail::{LINK, SITE},
        submissions::Stage,
        text::Email,
    };

    fn submission(title: &str) -> Submission {
        Submission {
            id: Uuid::nil(),
            about: About::New(None),
            stage: Stage::Draft,
            since: Timestamp::UNIX_EPOCH,
            provider: Uuid::nil(),
            venue: Uuid::nil(),
            email: Email::parse("dele@clay.example").unwrap(),
            email_confirmed: None,
            answers: Answers::of([("title".to_owned(), title.to_owned())]),
            version: 1,
            steps: vec![],
            sent: 0,
            content: None,
            made: Timestamp::UNIX_EPOCH,
            changed: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_letter_with_the_link_says_the_same_twice_and_markup_in_a_title_is_text() {
        let title = "<b>Clay & chat</b>";
        let letter = link(&submission(title));
        assert_eq!(letter.subject.as_str(), "Your private link to describe “<b>Clay & chat</b>”");
        assert!(letter.plain.contains(title), "{}", letter.plain);
        assert!(!letter.html.contains("<b>") && letter.html.contains("Clay &#38; chat"));
        for body in [&letter.plain, &letter.html] {
            assert!(body.contains(LINK) && body.contains(SITE), "{body}");
            let flat = body.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains("for 30 days after your last change"), "{body}");
        }
        assert!(letter.plain.lines().all(|line| line.chars().count() <= 76), "{}", letter.plain);
        assert!(!letter.plain.contains("\n\n\n"), "{}", letter.plain);
    }

    #[test]
    fn what_could_be_followed_goes_only_to_an_address_that_was_confirmed() {
        for title in [
            "Win at http://evil.example/?x",
            "Win at HTTPS://203.0.113.7",
            "Win at www.evil.example",
            "Win at evil.example now",
            "Win at evil\u{200b}.example",
            "Win at evil。example",
            "Win at xn--e1awd7f.xn--p1ai",
            "Ask ruth@evil.example",
        ] {
            let mut submission = submission(title);
            for letter in [link(&submission), confirm(&submission)] {
                for told in [letter.subject.as_str(), &letter.plain, &letter.html] {
                    let told = told.to_lowercase();
                    assert!(!told.contains("win at") && !told.contains("evil"), "{title}: {told}");
                }
                assert!(letter.subject.as_str().ends_with(" your activity"), "{title}");
            }
            submission.email_confirmed = Some(Timestamp::UNIX_EPOCH);
            assert!(published(&submission).subject.as_str().contains(title), "{title}");
        }
        for title in [
            "St. Mary’s choir",
            "Tea at 2.30, e.g. green",
            "Clay & chat (10.30am)",
            "…and sing. All welcome",
        ] {
            assert!(link(&submission(title)).subject.as_str().contains(title), "{title}");
        }
    }
}
