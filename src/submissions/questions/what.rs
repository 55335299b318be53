//! What it is.
use super::{
    super::{Control, Only, Question},
    choices,
};

/// Asked on the first page already, and here again.
pub const TITLE: Question = Question {
    name: "title",
    label: "What is it called?",
    hint: "Say what people do, and where, like “Clay and company, Peckham”.",
    control: Control::Line { most: 100, kind: "text" },
    needed: true,
    only: None,
};

pub const QUESTIONS: &[Question] = &[
    TITLE,
    Question {
        name: "summary",
        label: "What is it, in one or two sentences?",
        hint: "This stands on the card that link workers see first. Say what people do and what it is like: “Make \
               pots at a long table with eight others. The kettle is always on.”",
        control: Control::Area { most: 280, rows: 3 },
        needed: true,
        only: None,
    },
    Question {
        name: "activity",
        label: "What do people mostly do there?",
        hint: "Choose the one that fits best.",
        control: Control::Grouped(choices::activities),
        needed: true,
        only: None,
    },
    Question {
        name: "activities",
        label: "What else do they do?",
        hint: "Up to four more, if there are any.",
        control: Control::Grouped(choices::activities),
        needed: false,
        only: None,
    },
    Question {
        name: "kind",
        label: "Is it a creative activity or a therapy?",
        hint: "A therapy is led by a therapist who is on a public register, like an art therapist with the HCPC. \
               Everything else is a creative activity, also when it does people good.",
        control: Control::One(choices::kinds),
        needed: true,
        only: None,
    },
    Question {
        name: "therapist",
        label: "Who is the therapist?",
        hint: "The name, the register and the number, like “Ana Reyes, HCPC, AS12345”.",
        control: Control::Line { most: 200, kind: "text" },
        needed: true,
        only: Some(Only { field: "kind", is: &["therapy"] }),
    },
    Question {
        name: "first_visit",
        label: "What happens the first time?",
        hint: "Many people are afraid of the first time. Say who meets them, where they go, and what they will be \
               asked: “Come to the blue gate. Dele will say hello and find you a chair.”",
        control: Control::Area { most: 2000, rows: 4 },
        needed: false,
        only: None,
    },
    Question {
        name: "description",
        label: "What else should people know about it?",
        hint: "How a session goes, how many people come, how much help there is. You can write **bold** words, and \
               lists with a hyphen at the start of each line.",
        control: Control::Area { most: 10_000, rows: 8 },
        needed: false,
        only: None,
    },
    Question {
        name: "bring",
        label: "What should people bring or wear?",
        hint: "If nothing, say so: “Nothing. Wear clothes that don’t mind clay.”",
        control: Control::Area { most: 500, rows: 2 },
        needed: false,
        only: None,
    },
    Question {
        name: "afterwards",
        label: "What can people do afterwards?",
        hint: "When the course is over, or when they want more: “Some people go on to the Thursday studio.”",
        control: Control::Area { most: 1000, rows: 3 },
        needed: false,
        only: None,
    },
    Question {
        name: "keywords",
        label: "Which other words might people search for?",
        hint: "Up to 20, with commas between them, like “wheel, glazing, kiln”.",
        control: Control::Line { most: 900, kind: "text" },
        needed: false,
        only: None,
    },
];
