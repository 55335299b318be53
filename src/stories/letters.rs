//! Letters to those who tell a story. None names anybody: the title is all they repeat of it, and only to an
//! address that was shown to be the teller's.
use askama::Template;
use jiff::Timestamp;

use super::{ASKED_BEFORE, Story, StoryId, YEARS};
use crate::{
    calendar::date_in_words,
    links::Purpose,
    mail::Letter,
    text::{Email, Line, Text, in_letters},
};

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

/// What a coordinator wrote.
struct Said {
    question: Option<&'static str>,
    words: String,
}

const WHY: &str = "You get this email because your address was typed on our site to tell\n\
                   a story. If that was not you, you need not do anything.";
const ALWAYS: &str = "The same link takes your story back, at any time and at once.";

/// The private link, when it was asked for. Anybody can type anybody's address, so it repeats nothing that was
/// typed.
pub fn link(id: StoryId, to: &Email, now: Timestamp) -> Letter {
    News {
        event: format!("story_link:{id}:{}", now.as_microsecond()),
        heading: "Your private link to tell a story",
        before: "With this link you write your story, change it, and take it back. Nobody reads it before you send \
                 it, and nobody else has the link.",
        said: &[],
        action: "Go to your story",
        after: "Keep this email. What you begin and do not send is deleted after 30 days.",
    }
    .letter(id, to)
}

/// That it is with the coordinator.
pub fn received(story: &Story, to: &Email) -> Letter {
    News {
        event: event("story_received", story),
        heading: &format!("We have your story “{}”", story.title()),
        before: "A coordinator reads it before anybody else does. Most are answered within five working days.",
        said: &[],
        action: "See where it stands",
        after: ALWAYS,
    }
    .letter(story.id, to)
}

/// That everybody can read it.
pub fn published(story: &Story, to: &Email, edited: bool) -> Letter {
    let before = if edited {
        "Your story is published. The coordinator has changed something in it: please read it as it stands now."
    } else {
        "Your story is published. Thank you for telling it."
    };
    let years = in_letters(usize::from(YEARS.unsigned_abs()));
    News {
        event: event("story_published", story),
        heading: &format!("Your story “{}” is published", story.title()),
        before,
        said: &[],
        action: "See your story, change it or take it back",
        after: &format!(
            "{ALWAYS} After {years} years we ask whether you still agree, since lives change."
        ),
    }
    .letter(story.id, to)
}

/// What the coordinator asks to be changed.
pub fn changes_asked(story: &Story, to: &Email, words: &Text<2000>) -> Letter {
    News {
        event: event("story_changes_asked", story),
        heading: &format!("A question about your story “{}”", story.title()),
        before: "The coordinator has read your story and asks you to change something:",
        said: &said(words),
        action: "Change your story",
        after: "Change it and send it again. If you do not want to, you need not do anything: it is deleted after \
                90 days.",
    }
    .letter(story.id, to)
}

/// That it is not published, and why.
pub fn refused(story: &Story, to: &Email, words: &Text<2000>) -> Letter {
    News {
        event: event("story_refused", story),
        heading: &format!("Your story “{}” is not published", story.title()),
        before: "Thank you for telling it. The coordinator has decided not to publish it, and says why:",
        said: &said(words),
        action: "Read your story, or delete it now",
        after: "We delete it, and your address with it, after 90 days. You may tell another one.",
    }
    .letter(story.id, to)
}

/// Whether they still agree.
pub fn ask_again(story: &Story, to: &Email) -> Letter {
    let day = story.ends.map(date_in_words).unwrap_or_default();
    let years = in_letters(usize::from(YEARS.unsigned_abs()));
    News {
        event: event("story_ask_again", story),
        heading: &format!("May we go on showing “{}”?", story.title()),
        before: &format!(
            "You told us this story nearly {years} years ago. Lives change, and so do minds. So we ask again before \
             we go on showing it."
        ),
        said: &[],
        action: "Say yes, or take it back",
        after: &format!(
            "If you say nothing, it leaves our pages on {day}, {ASKED_BEFORE} days from our asking or less, and we \
             delete it 90 days later."
        ),
    }
    .letter(story.id, to)
}

struct News<'a> {
    event: String,
    heading: &'a str,
    before: &'a str,
    said: &'a [Said],
    action: &'a str,
    after: &'a str,
}

impl News<'_> {
    fn letter(&self, id: StoryId, to: &Email) -> Letter {
        let Self { event, heading, before, said, action, after } = self;
        let (heading, before, action, after) = (*heading, *before, *action, *after);
        let flat = WHY.replace('\n', " ");
        Letter {
            event: event.clone(),
            to: to.clone(),
            subject: Line::parse(heading).expect("a title and a few short words of ours"),
            plain: Letter::body(&NewsText { heading, before, said, action, after, why: WHY }),
            html: Letter::body(&NewsHtml { heading, before, said, action, after, why: &flat }),
            link: Some((Purpose::Story, Some(id))),
        }
    }
}

/// Each act on a story is told once.
fn event(what: &str, story: &Story) -> String {
    format!("{what}:{}:{}", story.id, story.version)
}

fn said(words: &Text<2000>) -> [Said; 1] {
    [Said { question: None, words: words.to_string() }]
}
