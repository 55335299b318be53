//! The first step: what it takes to look for others of the same kind, and to write back.
use super::{
    super::{Control, Question},
    what::TITLE,
};

/// Title, place and e-mail. The place becomes the venue's postcode, or what is held online; the e-mail
/// address is kept with the submission.
pub const FIRST: &[Question] = &[
    TITLE,
    Question {
        name: "place",
        label: "Where is it held?",
        hint: "A full postcode, like SE15 4QL, or “online”. If you come to people’s homes, write your own \
               postcode: you can say more later.",
        control: Control::Line { most: 60, kind: "text" },
        needed: true,
        only: None,
    },
    Question {
        name: "email",
        label: "What is your email address?",
        hint: "We send you a private link, so that you can stop and continue later. It is not shown to anybody.",
        control: Control::Line { most: 254, kind: "email" },
        needed: true,
        only: None,
    },
];
