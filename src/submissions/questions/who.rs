//! Who it is for.
use super::{
    super::{Control, Only, Question},
    choices,
};

const SOME_AGES: Only = Only { field: "ages", is: &["some"] };

pub const QUESTIONS: &[Question] = &[
    Question {
        name: "needs",
        label: "What may it help with?",
        hint: "Choose what you have seen it help with. You do not promise anything.",
        control: Control::Many(choices::needs),
        needed: true,
        only: None,
    },
    Question {
        name: "ages",
        label: "For which ages is it?",
        hint: "",
        control: Control::One(choices::ages),
        needed: false,
        only: None,
    },
    Question {
        name: "age_from",
        label: "The youngest age",
        hint: "In years, like 18. Leave it empty if nobody is too young.",
        control: Control::Line { most: 3, kind: "text" },
        needed: false,
        only: Some(SOME_AGES),
    },
    Question {
        name: "age_to",
        label: "The oldest age",
        hint: "In years, like 25. Leave it empty if nobody is too old.",
        control: Control::Line { most: 3, kind: "text" },
        needed: false,
        only: Some(SOME_AGES),
    },
    Question {
        name: "audience",
        label: "Is it for some people more than for others?",
        hint: "Leave this if anybody may come. “Only for them” shuts all others out; the other two do not.",
        control: Control::Each { of: choices::audiences, answers: choices::fits, note: false },
        needed: false,
        only: None,
    },
    Question {
        name: "who_may_come",
        label: "Who may come?",
        hint: "Some places are paid for by a borough or by the NHS, and only for their own people.",
        control: Control::One(choices::who_may_come),
        needed: false,
        only: None,
    },
    Question {
        name: "residents_of",
        label: "In which boroughs must they live?",
        hint: "",
        control: Control::Boroughs,
        needed: true,
        only: Some(Only { field: "who_may_come", is: &["residents"] }),
    },
    Question {
        name: "patients_of",
        label: "Which networks of GP surgeries?",
        hint: "The names of the primary care networks or their codes, like U00070, one on each line.",
        control: Control::Area { most: 4000, rows: 3 },
        needed: true,
        only: Some(Only { field: "who_may_come", is: &["patients"] }),
    },
    Question {
        name: "not_suitable_for",
        label: "Is there anybody for whom it would not be right?",
        hint: "Be open about it: “People who cannot be near dust.”",
        control: Control::Area { most: 500, rows: 2 },
        needed: false,
        only: None,
    },
];
