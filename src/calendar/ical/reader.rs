//! A calendar file as a library reads it that knows nothing of ours.
use std::collections::BTreeSet;

use calcard::{
    Entry, Parser,
    common::timezone::Tz,
    icalendar::{ICalendar, ICalendarStatus},
};

/// What it says is held and what it says is called off, as instants (seconds since 1970) of start and end, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Expanded {
    pub held: Vec<(i64, i64)>,
    pub called_off: Vec<(i64, i64)>,
}

/// The library works out one UID at a time, so each is read as a file of its own.
pub fn expanded(file: &str) -> Expanded {
    let (head, _) = file.split_once("BEGIN:VEVENT").unwrap_or((file, ""));
    let events: Vec<&str> = file
        .split("BEGIN:VEVENT")
        .skip(1)
        .map(|rest| rest.split("END:VCAL").next().unwrap())
        .collect();
    let unfolded = |event: &str| event.replace("\r\n ", "");
    let uid = |event: &str| {
        let text = unfolded(event);
        text.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned()
    };
    let uids: BTreeSet<String> = events.iter().map(|event| uid(event)).collect();
    let mut all = Expanded::default();
    for one in uids {
        let own = events.iter().filter(|event| uid(event) == one);
        let own: String = own.map(|event| format!("BEGIN:VEVENT{event}")).collect();
        read(&format!("{head}{own}END:VCALENDAR\r\n"), &mut all);
    }
    all.held.sort_unstable();
    all.called_off.sort_unstable();
    all
}

/// The whole file, or a word about what the library does not take.
pub fn parsed(file: &str) -> ICalendar {
    match Parser::new(file).entry() {
        Entry::ICalendar(calendar) => calendar,
        other => panic!("no calendar: {other:?} in {file}"),
    }
}

fn read(file: &str, all: &mut Expanded) {
    let calendar = parsed(file);
    let expanded = calendar.expand_dates(Tz::Floating, 10_000);
    assert!(expanded.errors.is_empty(), "{:?} in {file}", expanded.errors);
    for event in expanded.events {
        let status = calendar.components[event.comp_id as usize].status();
        let event = event.try_into_date_time().unwrap();
        let times = (event.start.timestamp(), event.end.timestamp());
        match status {
            Some(ICalendarStatus::Cancelled) => all.called_off.push(times),
            _ => all.held.push(times),
        }
    }
}
