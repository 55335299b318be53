//! What it costs, and how to join.
use super::{
    super::{Control, Only, Part, Question},
    choices,
};

/// More prices are not read.
pub const PRICES: usize = 10;

pub const QUESTIONS: &[Question] = &[
    Question {
        name: "cost",
        label: "What does it cost?",
        hint: "",
        control: Control::One(choices::costs),
        needed: true,
        only: None,
    },
    Question {
        name: "price",
        label: "Prices",
        hint: "One for each: full price, a lower price. A fixed price needs one at least; for a gift, write the \
               usual amount.",
        control: Control::Several { most: PRICES, thing: "price", parts: PRICE },
        needed: false,
        only: Some(Only { field: "cost", is: &["donation", "pay-what-you-can", "paid"] }),
    },
    Question {
        name: "cost_note",
        label: "What does that include?",
        hint: "Like “Clay and firing too”.",
        control: Control::Line { most: 200, kind: "text" },
        needed: false,
        only: None,
    },
    Question {
        name: "concessions",
        label: "Who pays less?",
        hint: "Like “£1 for anyone who says so”.",
        control: Control::Line { most: 200, kind: "text" },
        needed: false,
        only: None,
    },
    Question {
        name: "cost_help",
        label: "Do you help with travel or materials?",
        hint: "Like “We pay your bus fare”.",
        control: Control::Line { most: 200, kind: "text" },
        needed: false,
        only: None,
    },
    Question {
        name: "residents_join",
        label: "How do people join?",
        hint: "Choose all that are true. If only professionals can arrange it, answer just the next one.",
        control: Control::Many(choices::residents_join),
        needed: true,
        only: None,
    },
    Question {
        name: "residents_how",
        label: "What do they do first?",
        hint: "Like “Ring Dele and leave your first name. We ring back within two days.”",
        control: Control::Area { most: 500, rows: 2 },
        needed: false,
        only: None,
    },
    Question {
        name: "residents_link",
        label: "Web page to book or join",
        hint: "Like lanternyard.example/book.",
        control: Control::Line { most: 300, kind: "url" },
        needed: false,
        only: None,
    },
    Question {
        name: "professionals_join",
        label: "How does a link worker send somebody?",
        hint: "Choose all that are true.",
        control: Control::Many(choices::professionals_join),
        needed: false,
        only: None,
    },
    Question {
        name: "professionals_how",
        label: "What do you need to hear from a link worker?",
        hint: "Like “A first name, and anything that would help on the first day.”",
        control: Control::Area { most: 500, rows: 2 },
        needed: false,
        only: None,
    },
    Question {
        name: "professionals_link",
        label: "Web page for link workers",
        hint: "A form to refer somebody, if you have one.",
        control: Control::Line { most: 300, kind: "url" },
        needed: false,
        only: None,
    },
    Question {
        name: "places",
        label: "Is there room for new people now?",
        hint: "",
        control: Control::One(choices::places),
        needed: false,
        only: None,
    },
    Question {
        name: "places_on",
        label: "When did you last check?",
        hint: "Like 21/11/2026. If you leave this empty, we write today.",
        control: Control::Date,
        needed: false,
        only: Some(Only { field: "places", is: &["open", "few", "waiting-list", "full"] }),
    },
    Question {
        name: "reply_days",
        label: "Within how many working days do you reply?",
        hint: "A number, like 2. Write 0 for the same day.",
        control: Control::Line { most: 2, kind: "text" },
        needed: false,
        only: None,
    },
];

const PRICE: &[Part] = &[
    Part {
        name: "label",
        label: "For whom?",
        hint: "Like “Full price” or “On benefits”.",
        control: Control::Line { most: 80, kind: "text" },
        only: None,
    },
    Part {
        name: "amount",
        label: "How much?",
        hint: "Like £3 or 2.50.",
        control: Control::Money,
        only: None,
    },
    Part { name: "per", label: "Paid", hint: "", control: Control::One(choices::pers), only: None },
];
