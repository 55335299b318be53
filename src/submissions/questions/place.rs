//! Where it is, and who can get there, get in and take part.
use super::{
    super::{Control, Only, Question},
    choices,
};

const AT_A_VENUE: Only = Only { field: "delivery", is: &["in-person"] };

pub const QUESTIONS: &[Question] = &[
    Question {
        name: "delivery",
        label: "How do people take part?",
        hint: "Choose all that are true.",
        control: Control::Many(choices::deliveries),
        needed: true,
        only: None,
    },
    Question {
        name: "venue_name",
        label: "What is the place called?",
        hint: "Like “Lantern Yard” or “Peckham Library”. If it is at different places, leave this and choose the \
               boroughs below.",
        control: Control::Line { most: 120, kind: "text" },
        needed: true,
        only: Some(AT_A_VENUE),
    },
    Question {
        name: "venue_address",
        label: "What is its address?",
        hint: "Street and part of town, like “9 Tanner’s Row, Peckham”.",
        control: Control::Line { most: 200, kind: "text" },
        needed: true,
        only: Some(AT_A_VENUE),
    },
    Question {
        name: "venue_postcode",
        label: "What is its postcode?",
        hint: "Like SE15 4QL. We find it on the map by this.",
        control: Control::Postcode,
        needed: true,
        only: Some(AT_A_VENUE),
    },
    Question {
        name: "venue_kind",
        label: "What kind of place is it?",
        hint: "",
        control: Control::One(choices::venue_kinds),
        needed: false,
        only: Some(AT_A_VENUE),
    },
    Question {
        name: "address_private",
        label: "Must the address stay private?",
        hint: "For a refuge or somebody’s home: then only the area is shown.",
        control: Control::YesNo,
        needed: false,
        only: Some(AT_A_VENUE),
    },
    Question {
        name: "travel",
        label: "How do people get there?",
        hint: "The nearest stop, how far it is on foot, hills and steps: “Bus stop 80 metres away, then a flat walk.”",
        control: Control::Area { most: 500, rows: 3 },
        needed: false,
        only: Some(AT_A_VENUE),
    },
    Question {
        name: "outreach",
        label: "Which boroughs do you come to, or serve?",
        hint: "For what is online, at home, by telephone, or at a different place each time. Leave this if people \
               come to one place from anywhere.",
        control: Control::Boroughs,
        needed: false,
        only: None,
    },
    Question {
        name: "access",
        label: "Can everybody take part?",
        hint: "Say no where it is no: that helps too. Leave what you do not know, and we show “not stated”. A few \
               words help most: “Flat from the street to the table.”",
        control: Control::Each { of: choices::access, answers: choices::yes_or_no, note: true },
        needed: false,
        only: None,
    },
    Question {
        name: "access_more",
        label: "What else should people know about getting in and taking part?",
        hint: "Like “The yard is cobbled for two metres.”",
        control: Control::Area { most: 1000, rows: 3 },
        needed: false,
        only: None,
    },
    Question {
        name: "languages",
        label: "In which languages is it held?",
        hint: "Besides English, or instead of it.",
        control: Control::Many(choices::languages),
        needed: false,
        only: None,
    },
    Question {
        name: "interpreter",
        label: "Can an interpreter come?",
        hint: "",
        control: Control::YesNo,
        needed: false,
        only: None,
    },
    Question {
        name: "boroughs",
        label: "Which borough should look after it?",
        hint: "Its coordinator reads what you write here. Choose the one where most of your people live.",
        control: Control::Boroughs,
        needed: true,
        only: None,
    },
];
