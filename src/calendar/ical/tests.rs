//! Calendar files against our own sessions, by a reader that knows only the file.
use jiff::civil::{Date, DateTime, Time, date, time};
use proptest::prelude::*;

use super::{
    Entry, Source, calendar_file,
    reader::{expanded, parsed},
};
use crate::calendar::{
    Pause, Programme, Schedule, Session, horizon,
    oracle_tests::{any_moment, any_programme},
    parse_schedules,
};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    #[test]
    fn a_reader_finds_our_sessions_of_26_weeks_and_no_others(programme in any_programme(), now in any_moment()) {
        let programme = by_day(programme);
        let midnight = now.date().at(0, 0, 0, 0);
        let ours: Vec<_> =
            programme.sessions(midnight, horizon(now.date())).iter().map(instants).collect();
        let file = file(&programme, now, false);
        prop_assert_eq!(expanded(&file).held, ours, "{}", file);
    }

    #[test]
    fn of_what_is_called_off_nothing_is_held(programme in any_programme(), now in any_moment()) {
        let file = file(&by_day(programme), now, true);
        prop_assert_eq!(expanded(&file).held, []);
    }
}

/// Nobody meets in the hour in which the clocks change, and readers differ about it.
fn by_day(mut programme: Programme) -> Programme {
    for schedule in &mut programme.schedules {
        let Schedule { starts, ends, .. } = schedule;
        *starts = (*starts).max(time(3, 0, 0, 0));
        *ends = (*ends).max(Time::new(starts.hour(), starts.minute(), 59, 0).unwrap());
    }
    programme
}

fn instants(session: &Session) -> (i64, i64) {
    (session.starts_at().as_second(), session.ends_at().as_second())
}

fn file(programme: &Programme, now: DateTime, called_off: bool) -> String {
    let entry = Entry {
        id: "0198".to_owned(),
        sequence: 7,
        title: "Clay and company",
        description: "Make pots; bring nothing, not even \\ a smile.\nCosts £3.".to_owned(),
        location: Some("Lantern Yard, 9 Tanner\u{2019}s Row, SE15 4QL".to_owned()),
        point: Some((51.4690, -0.0692)),
        url: "https://offers.example.org/offers/clay-and-company".to_owned(),
        category: Some("Pottery and clay"),
        programme,
        called_off,
    };
    let source = Source { name: "Clay and company", url: "https://offers.example.org/clay.ics" };
    calendar_file(source, &[entry], now)
}

fn programme(text: &str) -> Programme {
    Programme { schedules: parse_schedules(text).unwrap(), pause: None, ends_on: None }
}

fn morning(day: Date) -> DateTime {
    day.at(8, 0, 0, 0)
}

/// The lines of this name, unfolded.
fn lines(file: &str, name: &str) -> Vec<String> {
    let whole = file.replace("\r\n ", "");
    whole.lines().filter(|line| line.starts_with(name)).map(str::to_owned).collect()
}

#[test]
fn a_weekly_group_is_one_rule_with_its_holidays_left_out() {
    let file = file(&programme("weekly fri 10:30-12:00"), morning(date(2026, 12, 14)), false);
    assert_eq!(lines(&file, "RRULE:FREQ=WEEKLY"), ["RRULE:FREQ=WEEKLY;WKST=MO;BYDAY=FR;COUNT=26"]);
    let out = "EXDATE;TZID=Europe/London:20261225T103000,20270101T103000,20270326T103000";
    assert_eq!(lines(&file, "EXDATE"), [out]);
    assert_eq!(lines(&file, "DTSTART;"), ["DTSTART;TZID=Europe/London:20261218T103000"]);
}

#[test]
fn a_session_that_was_called_off_is_crossed_out_and_not_just_missing() {
    let programme = programme("weekly tue 10:30-12:00; skip 2026-12-01");
    let file = file(&programme, morning(date(2026, 11, 23)), false);
    assert_eq!(lines(&file, "RECURRENCE-ID"), ["RECURRENCE-ID;TZID=Europe/London:20261201T103000"]);
    let read = expanded(&file);
    let day = |day: Date| day.at(10, 30, 0, 0);
    let called_off =
        Session { starts: day(date(2026, 12, 1)), ends: date(2026, 12, 1).at(12, 0, 0, 0) };
    assert_eq!(read.called_off, [instants(&called_off)]);
    assert!(lines(&file, "SUMMARY").contains(&"SUMMARY:Called off: Clay and company".to_owned()));
}

#[test]
fn the_name_of_an_event_stays_when_days_pass_and_the_offer_changes() {
    let uids = |text: &str, day| lines(&file(&programme(text), morning(day), false), "UID");
    let before = uids("weekly tue 10:30-12:00", date(2026, 11, 23));
    assert_eq!(before, ["UID:0198-1@fingerpost"]);
    assert_eq!(uids("weekly wed 14:00-15:00", date(2027, 1, 11)), before);
    let dates = "on 2026-12-03, 2026-12-10 10:30-12:00";
    assert_eq!(
        uids(dates, date(2026, 11, 23)),
        ["UID:0198-1-20261203@fingerpost", "UID:0198-1-20261210@fingerpost"]
    );
    assert_eq!(uids(dates, date(2026, 12, 4)), ["UID:0198-1-20261210@fingerpost"]);
}

#[test]
fn a_pause_without_an_end_ends_the_rule() {
    let mut programme = programme("weekly tue 10:30-12:00");
    programme.pause = Some(Pause { from: date(2026, 12, 8), to: None });
    let file = file(&programme, morning(date(2026, 11, 23)), false);
    assert!(lines(&file, "RRULE:FREQ=WEEKLY")[0].ends_with("COUNT=2"), "{file}");
    assert_eq!(lines(&file, "EXDATE"), [""; 0]);
}

#[test]
fn a_reader_gets_back_what_people_wrote() {
    let file = file(&programme("weekly tue 10:30-12:00"), morning(date(2026, 11, 23)), false);
    assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
    let calendar = parsed(&file);
    let event = calendar.components.iter().find(|one| one.uid().is_some()).unwrap();
    let words: Vec<&str> = event
        .entries
        .iter()
        .flat_map(|entry| entry.values.iter().filter_map(|value| value.as_text()))
        .collect();
    assert!(
        words.contains(&"Make pots; bring nothing, not even \\ a smile.\nCosts £3."),
        "{words:?}"
    );
    assert!(words.contains(&"Lantern Yard, 9 Tanner\u{2019}s Row, SE15 4QL"), "{words:?}");
    assert!(file.contains("SEQUENCE:7\r\n"));
}
