//! When it is held.
use super::{
    super::{Control, Only, Part, Question},
    choices,
};
use crate::calendar::MAX_SCHEDULES;

const ARRANGED: Only = Only { field: "when", is: &["arrangement", "both"] };
const REGULAR: Only = Only { field: "when", is: &["regular", "both"] };
/// Those that go on and on, or for some weeks.
const REPEATED: Only =
    Only { field: "rule", is: &["weekly", "every-n-weeks", "monthly", "course"] };

/// Nobody reads more notices.
pub const NOTICES: usize = 10;

pub const QUESTIONS: &[Question] = &[
    Question {
        name: "when",
        label: "When is it held?",
        hint: "",
        control: Control::One(choices::when),
        needed: true,
        only: None,
    },
    Question {
        name: "schedule",
        label: "Days and times",
        hint: "One for each rule: a group on Tuesday mornings and Thursday evenings has two.",
        control: Control::Several { most: MAX_SCHEDULES, thing: "day and time", parts: SCHEDULE },
        needed: true,
        only: Some(REGULAR),
    },
    Question {
        name: "by_arrangement",
        label: "How are days and times agreed?",
        hint: "In a few words: “We ring you and find a morning that suits you.”",
        control: Control::Line { most: 200, kind: "text" },
        needed: true,
        only: Some(ARRANGED),
    },
    Question {
        name: "ends_on",
        label: "What is its last day?",
        hint: "Like 27/3/2027. After that day nobody finds it any more. Leave this empty if it goes on.",
        control: Control::Date,
        needed: false,
        only: None,
    },
    Question {
        name: "pause_from",
        label: "First day of a break",
        hint: "If it stops for a while, like in summer: its first day without, like 1/8/2027.",
        control: Control::Date,
        needed: false,
        only: None,
    },
    Question {
        name: "pause_to",
        label: "Last day of the break",
        hint: "Like 31/8/2027. Leave this empty if you do not know yet.",
        control: Control::Date,
        needed: false,
        only: None,
    },
    Question {
        name: "notice",
        label: "Notices",
        hint: "What people must know for a while. We take it down by itself.",
        control: Control::Several { most: NOTICES, thing: "notice", parts: NOTICE },
        needed: false,
        only: None,
    },
];

const SCHEDULE: &[Part] = &[
    Part {
        name: "rule",
        label: "How often?",
        hint: "",
        control: Control::One(choices::rules),
        only: None,
    },
    Part {
        name: "weeks",
        label: "How many weeks apart?",
        hint: "A number from 2 to 12: 2 for every second week.",
        control: Control::Line { most: 2, kind: "text" },
        only: Some(Only { field: "rule", is: &["every-n-weeks"] }),
    },
    Part {
        name: "nth",
        label: "Which week of the month?",
        hint: "",
        control: Control::One(choices::nths),
        only: Some(Only { field: "rule", is: &["monthly"] }),
    },
    Part {
        name: "days",
        label: "On which day?",
        hint: "For every week, or every few weeks, you can choose more than one.",
        control: Control::Many(choices::days),
        only: Some(Only { field: "rule", is: &["weekly", "every-n-weeks", "monthly"] }),
    },
    Part {
        name: "sessions",
        label: "How many weeks does the course have?",
        hint: "A number from 2 to 52.",
        control: Control::Line { most: 2, kind: "text" },
        only: Some(Only { field: "rule", is: &["course"] }),
    },
    Part {
        name: "dates",
        label: "On which dates?",
        hint: "One on each line, or with commas, like 27/3/2027, 3 April 2027.",
        control: Control::Dates,
        only: Some(Only { field: "rule", is: &["dates"] }),
    },
    Part {
        name: "starts",
        label: "It begins at",
        hint: "Like 10:30am or 14:00.",
        control: Control::Time,
        only: None,
    },
    Part {
        name: "ends",
        label: "It ends at",
        hint: "Like midday or 4pm.",
        control: Control::Time,
        only: None,
    },
    Part {
        name: "from",
        label: "First date",
        hint: "Like 27/3/2027. Every second week is counted from here, and a course begins here.",
        control: Control::Date,
        only: Some(REPEATED),
    },
    Part {
        name: "until",
        label: "Last date",
        hint: "Leave this empty if it goes on.",
        control: Control::Date,
        only: Some(REPEATED),
    },
    Part {
        name: "term_time",
        label: "School holidays",
        hint: "",
        control: Control::Many(choices::in_term_time),
        only: Some(REPEATED),
    },
    Part {
        name: "bank_holidays",
        label: "Bank holidays",
        hint: "",
        control: Control::Many(choices::on_bank_holidays),
        only: Some(REPEATED),
    },
    Part {
        name: "skip",
        label: "Not on these dates",
        hint: "One on each line, or with commas, like 22/12/2026, 29/12/2026.",
        control: Control::Dates,
        only: None,
    },
    Part {
        name: "extra",
        label: "Also on these dates",
        hint: "At the same time of day, one on each line, or with commas.",
        control: Control::Dates,
        only: Some(REPEATED),
    },
];

const NOTICE: &[Part] = &[
    Part {
        name: "text",
        label: "What should people know?",
        hint: "Like “No session on 25 December”.",
        control: Control::Line { most: 200, kind: "text" },
        only: None,
    },
    Part {
        name: "until",
        label: "Until which day?",
        hint: "Like 27/12/2026.",
        control: Control::Date,
        only: None,
    },
];
