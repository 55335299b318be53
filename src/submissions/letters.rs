//! The letters about a submission. Plain words, short, and one link.
use super::Submission;
use crate::{
    links::Purpose,
    mail::{LINK, Letter},
    text::Line,
};

/// Their private link, to go on with a draft.
pub fn link(submission: &Submission) -> Letter {
    letter(
        submission,
        format!("link:{}", submission.id),
        "Your private link to Fingerpost",
        "Thank you for starting to describe your offer. Go on with it here, on any device:",
        "Keep this letter: whoever has the link can read and change what you write.",
        Purpose::Draft,
    )
}

/// To show whose e-mail address it is, before a coordinator sees anything.
pub fn confirm(submission: &Submission) -> Letter {
    letter(
        submission,
        format!("confirm:{}:{}", submission.id, submission.sent),
        "Please confirm your e-mail address",
        "You have sent us an offer. Please confirm that this is your e-mail address:",
        "Then the coordinator reads what you wrote. If you did not send anything, do nothing.",
        Purpose::Confirm,
    )
}

/// That it is with the coordinator now.
pub fn received(submission: &Submission) -> Letter {
    letter(
        submission,
        format!("received:{}:{}", submission.id, submission.sent),
        "We have your offer",
        "Thank you. The coordinator will read what you wrote. See where it stands here:",
        "You will hear from us by e-mail.",
        Purpose::Draft,
    )
}

fn letter(
    submission: &Submission,
    event: String,
    subject: &str,
    before: &str,
    behind: &str,
    purpose: Purpose,
) -> Letter {
    Letter {
        event,
        to: submission.email.clone(),
        subject: Line::parse(subject).unwrap_or_else(|_| unreachable!("our own short words")),
        plain: format!("Hello,\n\n{before}\n\n{LINK}\n\n{behind}\n"),
        html: format!(
            "<p>Hello,</p><p>{before}</p><p><a href=\"{LINK}\">{LINK}</a></p><p>{behind}</p>"
        ),
        link: Some((purpose, Some(submission.id))),
    }
}
