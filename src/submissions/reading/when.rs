//! When it is held, and the next dates in words.
use jiff::civil::{Date, Time};

use super::{schedule::schedule, sheet::Sheet, words::asked};
use crate::{
    calendar::{Pause, Programme, Schedule, Session, date_in_words, horizon},
    forms::Answers,
    offers::{Notice, When},
    submissions::questions::{NOTICES, begun, part_field, question_of},
};

/// So many of the next dates show that a rule is meant as it was said.
const NEXT: usize = 6;

/// What the days and times come to, while they are being written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NextDates {
    /// Soonest first, at most six: "Tuesday 8 December 2026, 10:30am to midday".
    pub dates: Vec<String>,
    /// Between them: "No session on 22 December 2026".
    pub exceptions: Vec<String>,
}

/// From the answers of the step "When"; schedules that are not understood yet are left out.
pub fn next_dates(answers: &Answers, today: Date) -> NextDates {
    let programme = read(&mut Sheet::new(answers, today)).programme;
    let now = today.to_datetime(Time::midnight());
    let sessions = programme.sessions(now, horizon(today));
    let next: Vec<&Session> = sessions.iter().take(NEXT).collect();
    let exceptions =
        next.last().map(|last| programme.exceptions_in_words(today, last.starts.date()));
    NextDates {
        dates: next.iter().map(|session| session.in_words()).collect(),
        exceptions: exceptions.unwrap_or_default(),
    }
}

pub fn read(sheet: &mut Sheet) -> When {
    let read =
        |value: &str| ["regular", "arrangement", "both"].into_iter().find(|one| *one == value);
    let when = sheet.choice("when", read, "Select when it is held");
    if !sheet.stated("when") {
        sheet.lacks("when");
    }
    let schedules = schedules(sheet);
    if matches!(when, Some("regular" | "both"))
        && schedules.is_empty()
        && !sheet.complains_of("schedule")
    {
        sheet.lacks("schedule");
    }
    if matches!(when, Some("arrangement" | "both")) && !sheet.stated("by_arrangement") {
        sheet.lacks("by_arrangement");
    }
    let by_arrangement = sheet.line("by_arrangement");
    let programme = Programme { schedules, ends_on: ends_on(sheet), pause: pause(sheet) };
    When { programme, by_arrangement, notices: notices(sheet) }
}

fn schedules(sheet: &mut Sheet) -> Vec<Schedule> {
    let Some((_, question)) = question_of("schedule-1-rule") else {
        return Vec::new();
    };
    (1..=begun(question.name, question.control, sheet.answers()))
        .filter_map(|number| schedule(sheet, number))
        .collect()
}

fn ends_on(sheet: &mut Sheet) -> Option<Date> {
    let ends_on = sheet.date("ends_on")?;
    if ends_on < sheet.today {
        let message = format!("{} must be today or in the future", asked("ends_on"));
        sheet.wrong("ends_on", message);
        return None;
    }
    Some(ends_on)
}

fn pause(sheet: &mut Sheet) -> Option<Pause> {
    let (from, to) = (sheet.date("pause_from"), sheet.date("pause_to"));
    if sheet.stated("pause_to") && !sheet.stated("pause_from") {
        sheet.wrong("pause_from", "Enter the first day of the break too, like 1/8/2027");
    }
    if !sheet.in_order(from, to, "pause_to") {
        return None;
    }
    Some(Pause { from: from?, to })
}

fn notices(sheet: &mut Sheet) -> Vec<Notice> {
    let mut notices = Vec::new();
    for number in 1..=NOTICES {
        let [text, until] = ["text", "until"].map(|part| part_field("notice", number, part));
        if !sheet.stated(&text) && !sheet.stated(&until) {
            continue;
        }
        let said = sheet.line_of(&text, "Write what people should know, or clear the day");
        if !sheet.stated(&until) {
            let example = date_in_words(sheet.today);
            let example = example.split_once(' ').map_or("", |(_, date)| date);
            let message =
                format!("Enter the last day on which the notice is shown, like {example}");
            sheet.wrong(&until, message);
        }
        if let (Some(text), Some(until)) = (said, sheet.date(&until)) {
            notices.push(Notice { text, until });
        }
    }
    notices
}
