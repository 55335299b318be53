//! Sessions of well-known schedules, said as examples.
use jiff::civil::{Date, date};

use super::*;

/// The days of the sessions from the first moment of `from` to `to`, as month and day.
fn days(programme: &Programme, from: Date, to: Date) -> Vec<String> {
    let sessions = programme.sessions(from.at(0, 0, 0, 0), to);
    sessions.iter().map(|session| session.starts.strftime("%-d %b").to_string()).collect()
}

fn programme(text: &str) -> Programme {
    Programme { schedules: parse_schedules(text).unwrap(), pause: None, ends_on: None }
}

#[test]
fn a_weekly_group_rests_on_bank_holidays_unless_it_says_otherwise() {
    let (from, to) = (date(2026, 12, 14), date(2027, 1, 8));
    assert_eq!(days(&programme("weekly fri 10:30-12:00"), from, to), ["18 Dec", "8 Jan"]);
    assert_eq!(
        days(&programme("weekly fri 10:30-12:00; bank holidays"), from, to),
        ["18 Dec", "25 Dec", "1 Jan", "8 Jan"]
    );
}

#[test]
fn an_extra_date_stands_on_bank_holidays_out_of_term_and_beyond_the_last_day() {
    let text = "weekly tue 10:30-12:00; until 2026-12-15; term time; extra 2026-12-20, 2026-12-25";
    assert_eq!(
        days(&programme(text), date(2026, 12, 14), date(2027, 1, 8)),
        ["15 Dec", "20 Dec", "25 Dec"]
    );
}

#[test]
fn a_loose_date_stands_on_a_bank_holiday() {
    let text = "on 2026-12-24, 2026-12-25 10:30-12:00";
    assert_eq!(days(&programme(text), date(2026, 12, 1), date(2026, 12, 31)), ["24 Dec", "25 Dec"]);
}

#[test]
fn every_second_week_counts_on_through_what_falls_away() {
    let text = "every 2 weeks mon,wed 10:30-12:00; from 2026-08-19; skip 2026-09-16";
    assert_eq!(
        days(&programme(text), date(2026, 8, 1), date(2026, 10, 1)),
        ["19 Aug", "2 Sep", "14 Sep", "28 Sep", "30 Sep"]
    );
}

#[test]
fn the_last_friday_may_be_the_fourth_or_the_fifth() {
    let text = "last fri of the month 18:00-20:00";
    assert_eq!(
        days(&programme(text), date(2026, 10, 1), date(2027, 2, 28)),
        ["30 Oct", "27 Nov", "29 Jan", "26 Feb"]
    );
}

#[test]
fn a_course_makes_up_at_the_end_for_what_fell_away() {
    let mut course = programme("course of 4 weeks 18:00-20:00; from 2026-12-11; skip 2026-12-18");
    let (from, to) = (date(2026, 12, 1), date(2027, 3, 1));
    assert_eq!(days(&course, from, to), ["11 Dec", "8 Jan", "15 Jan", "22 Jan"]);
    course.pause = Some(Pause { from: date(2027, 1, 9), to: Some(date(2027, 1, 31)) });
    assert_eq!(days(&course, from, to), ["11 Dec", "8 Jan", "5 Feb", "12 Feb"]);
    assert_eq!(days(&course, date(2027, 2, 6), to), ["12 Feb"]);
}

#[test]
fn a_pause_and_an_end_hold_for_everything() {
    let mut both = programme(
        "weekly tue 10:30-12:00; extra 2026-11-11 | on 2026-11-12, 2026-11-30 10:30-12:00",
    );
    both.pause = Some(Pause { from: date(2026, 11, 10), to: Some(date(2026, 11, 12)) });
    both.ends_on = Some(date(2026, 11, 24));
    assert_eq!(days(&both, date(2026, 11, 1), date(2026, 12, 31)), ["3 Nov", "17 Nov", "24 Nov"]);
}

#[test]
fn a_session_counts_until_it_is_over() {
    let weekly = programme("weekly tue 10:30-12:00");
    let day = date(2026, 11, 24);
    let next = |hour, minute| weekly.next(day.at(hour, minute, 0, 0)).unwrap().starts.date();
    assert_eq!(next(11, 59), day);
    assert_eq!(next(12, 0), date(2026, 12, 1));
}

#[test]
fn the_last_day_is_included() {
    let day = date(2026, 11, 24);
    assert_eq!(days(&programme("weekly tue 10:30-12:00"), day, day), ["24 Nov"]);
    assert_eq!(horizon(day), date(2027, 5, 25));
}

#[test]
fn the_same_session_twice_is_one_session() {
    let twice = programme("weekly tue 10:30-12:00; extra 2026-11-24 | on 2026-11-24 10:30-12:00");
    assert_eq!(days(&twice, date(2026, 11, 24), date(2026, 11, 24)), ["24 Nov"]);
}
