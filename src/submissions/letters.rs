//! Letters about a submission: what each says, and what it is about.
use askama::Template;
use jiff::Timestamp;

use super::{
    About, Message, Submission, SubmissionId, differences::Difference, questions::question_of,
};
use crate::{
    links::Purpose,
    mail::{Letter, leads_away},
    offers::OfferId,
    providers::ProviderId,
    text::{Email, Line, capitalised},
};

/// What every later letter has: why it comes, what was said, what to do, what happens then.
#[derive(Template)]
#[template(path = "mail/news.txt")]
struct NewsText<'a> {
    heading: &'a str,
    before: &'a str,
    said: &'a [Said],
    action: &'a str,
    after: &'a str,
    why: &'a str,
}

#[derive(Template)]
#[template(path = "mail/news.html")]
struct NewsHtml<'a> {
    heading: &'a str,
    before: &'a str,
    said: &'a [Said],
    action: &'a str,
    after: &'a str,
    why: &'a str,
}

const TO_ARTISTS: &str = "You get this email because your address was typed on our site\n\
                          for this activity. If that was not you, you need not do anything.";
const TO_OWNERS: &str = "You get this email because you look after this listing.";

/// The coordinator's words, and the question they are about.
struct Said {
    question: Option<&'static str>,
    words: String,
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
pub fn link(submission: &Submission, to: &Email) -> Letter {
    let title = title(submission);
    let title = title.as_str();
    Letter {
        event: event("link", submission.id),
        to: to.clone(),
        subject: subject(&format!("Your private link to describe {title}")),
        plain: Letter::body(&LinkText { title }),
        html: Letter::body(&LinkHtml { title }),
        link: Some((Purpose::Draft, Some(submission.id))),
    }
}

/// The private link for an address that was put in the place of another one.
pub fn link_anew(submission: &Submission, to: &Email, now: Timestamp) -> Letter {
    let letter = link(submission, to);
    Letter { event: format!("{}:{}", letter.event, now.as_microsecond()), ..letter }
}

/// The same for the letter that asks to confirm.
pub fn confirm_anew(submission: &Submission, to: &Email, now: Timestamp) -> Letter {
    let letter = confirm(submission, to);
    Letter { event: format!("{}:{}", letter.event, now.as_microsecond()), ..letter }
}

/// To show whose e-mail address it is, before a coordinator sees anything.
pub fn confirm(submission: &Submission, to: &Email) -> Letter {
    let news = News {
        what: "confirm",
        purpose: Purpose::Confirm,
        heading: "Confirm your email address for {}",
        before: "Thank you for describing your activity. Before a coordinator reads it, please confirm that \
                 this is your email address.",
        action: "Confirm my email address",
        after: "The link works for 14 days. Then your description goes to the coordinator of the borough.",
    };
    news.letter(submission, to, &[])
}

/// That it is with the coordinator now.
pub fn received(submission: &Submission, to: &Email) -> Letter {
    let news = News {
        what: "received",
        purpose: Purpose::Draft,
        heading: "We have {}",
        before: "A coordinator will now read your description. Most are answered within five working days.",
        action: "See where it stands",
        after: "We write to you again when there is an answer. You need not do anything until then.",
    };
    news.letter(submission, to, &[])
}

/// What the coordinator asks to be changed.
pub fn changes_asked(submission: &Submission, to: &Email, said: &[Message]) -> Letter {
    let news = News {
        what: "changes_asked",
        purpose: Purpose::Draft,
        heading: "A question about {}",
        before: "The coordinator has read your description and asks you to change something:",
        action: "Change it and send it again",
        after: "Everything that you typed is still there. Their words stand beside the questions.",
    };
    news.letter(submission, to, &words_of(said))
}

/// That everybody can find it now, and what the coordinator changed in it before.
pub fn published(submission: &Submission, to: &Email, changes: &[Difference]) -> Letter {
    let before = match (submission.about, changes.is_empty()) {
        (About::New(_), true) => "Link workers and everybody else can find it from now on.",
        (About::Change { .. }, true) => "What you changed stands in your listing now.",
        (About::Profile, true) => "What you say about who runs things is shown now.",
        (_, false) => "The coordinator has published it and changed this before:",
    };
    let news = News {
        what: "published",
        purpose: Purpose::Draft,
        heading: "{} is published",
        before,
        action: "See it, and keep this link",
        after: "We will ask you from time to time whether it is still true.",
    };
    news.letter(submission, to, &changed(changes))
}

/// That a small change stands in the listing already.
pub fn passed(submission: &Submission, to: &Email) -> Letter {
    let news = News {
        what: "published",
        purpose: Purpose::Draft,
        heading: "{} is changed",
        before: "What you changed is small, and the coordinator trusts you: it stands in your listing now.",
        action: "See it, and keep this link",
        after: "The coordinator may look at it later.",
    };
    news.letter(submission, to, &[])
}

/// To who looks after a listing that was changed at the desk: what was changed, by whom. `number` tells the
/// letters of one change from each other.
pub fn edited(
    (offer, revision): (OfferId, u32),
    (title, by): (&Line<100>, &Line<100>),
    (to, number, provider): (&Email, usize, ProviderId),
    changes: &[Difference],
) -> Letter {
    let heading = match changes.is_empty() {
        true => format!("{} has published “{title}”", capitalised(by.as_str())),
        false => format!("{} has changed your listing “{title}”", capitalised(by.as_str())),
    };
    let before = match changes.is_empty() {
        true => "It is a listing of what you run. Everybody can find it from now on.",
        false => "This is what it says now, and what it said before:",
    };
    let (heading, said, why) = (heading.as_str(), changed(changes), TO_OWNERS);
    let said = said.as_slice();
    let action = "See your listing, and change it";
    let after = "Is something wrong? Change it there, or reply to this email.";
    Letter {
        event: format!("edited:{offer}:{revision}:{number}"),
        to: to.clone(),
        subject: subject(heading),
        plain: Letter::body(&NewsText { heading, before, said, action, after, why }),
        html: Letter::body(&NewsHtml { heading, before, said, action, after, why }),
        link: Some((Purpose::Mine, Some(provider))),
    }
}

/// Why it is not published, in the coordinator's words.
pub fn refused(submission: &Submission, to: &Email, said: &[Message]) -> Letter {
    let news = News {
        what: "refused",
        purpose: Purpose::Draft,
        heading: "{} is not published",
        before: "The coordinator has read your description and has decided not to publish it. They write:",
        action: "See what you sent",
        after: "If you think that this is a mistake, reply to this email.",
    };
    news.letter(submission, to, &words_of(said))
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
    fn letter(&self, submission: &Submission, to: &Email, said: &[Said]) -> Letter {
        let heading = self.heading.replace("{}", title(submission).as_str());
        let heading = heading.as_str();
        let (before, action, after, why) = (self.before, self.action, self.after, TO_ARTISTS);
        Letter {
            event: format!("{}:{}", event(self.what, submission.id), submission.sent),
            to: to.clone(),
            subject: subject(heading),
            plain: Letter::body(&NewsText { heading, before, said, action, after, why }),
            html: Letter::body(&NewsHtml { heading, before, said, action, after, why }),
            link: Some((self.purpose, Some(submission.id))),
        }
    }
}

fn words_of(said: &[Message]) -> Vec<Said> {
    let about = |one: &Message| one.field.as_ref().and_then(|field| question_of(field.as_str()));
    let said = said.iter().map(|one| Said {
        question: about(one).map(|(_, question)| question.label),
        words: one.words.to_string(),
    });
    said.collect()
}

fn changed(changes: &[Difference]) -> Vec<Said> {
    let said = changes.iter().map(|one| Said { question: Some(one.label), words: one.in_words() });
    said.collect()
}

fn event(what: &str, id: SubmissionId) -> String {
    format!("{what}:{id}")
}

/// As it was typed, as far as a letter has room for it. Anybody can type anybody's e-mail address, so nothing
/// that one could follow goes to an address that nobody has confirmed.
fn title(submission: &Submission) -> String {
    let typed: String = submission.title().chars().take(100).collect();
    match Line::<100>::parse(&typed) {
        Ok(title) if submission.is_confirmed() || !leads_away(title.as_str()) => {
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
    use super::*;
    use crate::{
        mail::{LINK, SITE},
        submissions::{By, reading::fixtures},
    };

    fn to() -> Email {
        Email::parse("dele@hollowlane.example").unwrap()
    }
    fn submission(title: &str) -> Submission {
        fixtures::submission(fixtures::answers(&[("title", title)]))
    }

    #[test]
    fn the_letter_with_the_link_says_the_same_twice_and_markup_in_a_title_is_text() {
        let title = "<b>Clay & chat</b>";
        let letter = link(&submission(title), &to());
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
            for letter in [link(&submission, &to()), confirm(&submission, &to())] {
                for told in [letter.subject.as_str(), &letter.plain, &letter.html] {
                    let told = told.to_lowercase();
                    assert!(!told.contains("win at") && !told.contains("evil"), "{title}: {told}");
                }
                assert!(letter.subject.as_str().ends_with(" your activity"), "{title}");
            }
            submission.by = By::Artist { email: to(), confirmed: Some(Timestamp::UNIX_EPOCH) };
            assert!(published(&submission, &to(), &[]).subject.as_str().contains(title), "{title}");
        }
        for title in [
            "St. Mary’s choir",
            "Tea at 2.30, e.g. green",
            "Clay & chat (10.30am)",
            "…and sing. All welcome",
        ] {
            assert!(link(&submission(title), &to()).subject.as_str().contains(title), "{title}");
        }
    }
}
