//! Schedules in words, as people will read them.
use jiff::civil::{Date, Time, date, time};

use super::*;

fn schedule(text: &str) -> Schedule {
    text.parse().unwrap()
}

fn words(text: &str) -> String {
    schedule(text).in_words()
}

fn then(text: &str) -> Option<String> {
    schedule(text).then_in_words()
}

fn programme(text: &str) -> Programme {
    Programme { schedules: parse_schedules(text).unwrap(), pause: None, ends_on: None }
}

fn exceptions(text: &str, today: Date) -> Vec<String> {
    programme(text).exceptions_in_words(today, horizon(today))
}

#[test]
fn times_are_as_people_say_them() {
    let said = |hour, minute| time_in_words(time(hour, minute, 0, 0));
    assert_eq!(said(0, 0), "midnight");
    assert_eq!(said(0, 5), "12:05am");
    assert_eq!(said(10, 30), "10:30am");
    assert_eq!(said(12, 0), "midday");
    assert_eq!(said(12, 30), "12:30pm");
    assert_eq!(said(17, 30), "5:30pm");
    assert_eq!(said(23, 0), "11pm");
    assert_eq!(times_in_words(Time::midnight(), time(9, 0, 0, 0)), "midnight to 9am");
}

#[test]
fn dates_have_their_day_and_year() {
    assert_eq!(date_in_words(date(2026, 8, 6)), "Thursday 6 August 2026");
    assert_eq!(short_date(date(2026, 11, 24)), "24 November");
    let day = date(2026, 11, 24);
    let session = Session { starts: day.at(10, 30, 0, 0), ends: day.at(12, 0, 0, 0) };
    assert_eq!(session.in_words(), "Tuesday 24 November 2026, 10:30am to midday");
}

#[test]
fn a_weekly_schedule_names_its_days() {
    assert_eq!(words("weekly tue 10:30-12:00"), "Every Tuesday, 10:30am to midday");
    assert_eq!(words("weekly tue,thu 14:00-16:00"), "Tuesdays and Thursdays, 2pm to 4pm");
    assert_eq!(
        words("weekly tue,wed,sat 14:00-16:00"),
        "Tuesdays, Wednesdays and Saturdays, 2pm to 4pm"
    );
    assert_eq!(
        words("weekly tue 10:30-12:00; term time"),
        "Every Tuesday, 10:30am to midday, in term time"
    );
    assert_eq!(
        words("weekly tue 10:30-12:00; until 2026-12-15"),
        "Every Tuesday, 10:30am to midday, until 15 December 2026"
    );
}

#[test]
fn mondays_and_fridays_say_that_there_is_nothing_on_bank_holidays() {
    assert_eq!(words("weekly mon 18:00-20:00"), "Every Monday, 6pm to 8pm, not on bank holidays");
    assert_eq!(words("weekly fri 18:00-20:00"), "Every Friday, 6pm to 8pm, not on bank holidays");
    assert_eq!(
        words("weekly fri 18:00-20:00; term time"),
        "Every Friday, 6pm to 8pm, in term time"
    );
    assert_eq!(
        words("weekly mon,tue,wed,thu,fri 9:00-17:00"),
        "Monday to Friday, 9am to 5pm, not on bank holidays"
    );
    assert_eq!(
        words("weekly mon,tue,wed,thu,fri,sat,sun 9:00-17:00; bank holidays"),
        "Every day, 9am to 5pm, also on bank holidays"
    );
}

#[test]
fn every_n_weeks_says_that_there_is_nothing_on_bank_holidays() {
    assert_eq!(
        words("every 2 weeks tue 10:30-12:00; from 2026-09-01"),
        "Every second Tuesday, 10:30am to midday, not on bank holidays"
    );
    assert_eq!(
        words("every 3 weeks tue,thu 10:30-12:00; from 2026-09-01; bank holidays"),
        "Every third week on Tuesdays and Thursdays, 10:30am to midday, also on bank holidays"
    );
    assert_eq!(
        words("every 12 weeks tue 10:30-12:00; from 2026-09-01; term time"),
        "Every 12th Tuesday, 10:30am to midday, in term time"
    );
}

#[test]
fn a_monthly_schedule_names_its_day() {
    assert_eq!(
        words("last fri of the month 18:00-20:00; term time"),
        "The last Friday of each month, 6pm to 8pm, in term time"
    );
    assert_eq!(
        words("first tue of the month 18:00-20:00"),
        "The first Tuesday of each month, 6pm to 8pm"
    );
}

#[test]
fn a_course_says_how_long_and_from_when() {
    let course = "course of 6 weeks 18:00-20:00; from 2026-09-08";
    assert_eq!(words(course), "Six weeks from Tuesday 8 September 2026, 6pm to 8pm");
    assert_eq!(then(course).unwrap(), "One of six weekly sessions");
    let long = "course of 12 weeks 18:00-20:00; from 2026-09-08";
    assert_eq!(words(long), "12 weeks from Tuesday 8 September 2026, 6pm to 8pm");
}

#[test]
fn loose_dates_are_named_or_counted() {
    assert_eq!(words("on 2026-12-05 14:00-16:00"), "Saturday 5 December 2026, 2pm to 4pm");
    assert_eq!(
        words("on 2026-12-05, 2026-12-12, 2027-01-02 14:00-16:00"),
        "5 December, 12 December 2026 and 2 January 2027, 2pm to 4pm"
    );
    let many = "on 2026-12-01 2026-12-02 2026-12-03 2026-12-04 2026-12-05 2026-12-06 2026-12-07 14:00-16:00";
    assert_eq!(words(many), "7 dates from 1 December 2026 to 7 December 2026, 2pm to 4pm");
    assert_eq!(then(many).unwrap(), "One of seven dates");
    assert_eq!(then("on 2026-12-05 14:00-16:00"), None);
}

#[test]
fn a_loose_date_called_off_is_not_named() {
    let one_left = "on 2026-12-05, 2026-12-12 14:00-16:00; skip 2026-12-12";
    assert_eq!(words(one_left), "Saturday 5 December 2026, 2pm to 4pm");
    assert_eq!(exceptions(one_left, date(2026, 12, 1)), ["No session on 12 December 2026"]);
}

#[test]
fn a_card_says_what_follows_the_next_date() {
    assert_eq!(
        then("every 2 weeks tue 10:30-12:00; from 2026-09-01").unwrap(),
        "Then every second Tuesday"
    );
    assert_eq!(
        then("weekly tue 10:30-12:00; term time").unwrap(),
        "Then every Tuesday in term time"
    );
    assert_eq!(then("weekly tue,thu 10:30-12:00").unwrap(), "Then Tuesdays and Thursdays");
    assert_eq!(
        then("last fri of the month 18:00-20:00").unwrap(),
        "Then the last Friday of each month"
    );
    assert_eq!(
        then("weekly tue 10:30-12:00; until 2026-12-15").unwrap(),
        "Then every Tuesday until 15 December 2026"
    );
}

#[test]
fn a_card_speaks_only_of_schedules_that_go_on() {
    let now = date(2026, 12, 1).at(9, 0, 0, 0);
    let then = |text: &str| programme(text).then_in_words(now);
    assert_eq!(then("weekly tue 10:30-12:00; until 2026-12-01"), None);
    assert_eq!(
        then("weekly tue 10:30-12:00 | on 2026-12-01 09:30-10:00").unwrap(),
        "Then every Tuesday"
    );
    assert_eq!(
        then("weekly tue 10:30-12:00 | last fri of the month 18:00-20:00").unwrap(),
        "Then every Tuesday, and the last Friday of each month"
    );
    assert_eq!(then("on 2026-11-01 09:30-10:00"), None);
}

#[test]
fn nothing_follows_the_last_session_before_a_pause_or_an_end() {
    let now = date(2026, 12, 1).at(9, 0, 0, 0);
    let weekly = programme("weekly tue 10:30-12:00");
    assert_eq!(weekly.then_in_words(now).unwrap(), "Then every Tuesday");
    let ended = Programme { ends_on: Some(date(2026, 12, 7)), ..weekly.clone() };
    assert_eq!(ended.then_in_words(now), None);
    let pause = Some(Pause { from: date(2026, 12, 2), to: None });
    assert_eq!(Programme { pause, ..weekly }.then_in_words(now), None);
}

#[test]
fn what_follows_changes_only_when_a_schedule_has_had_its_last_session() {
    let now = date(2026, 12, 1).at(9, 0, 0, 0);
    let both =
        programme("weekly tue 10:30-12:00; until 2026-12-15 | last fri of the month 18:00-20:00");
    let sessions = both.sessions(now, horizon(now.date()));
    let follows = both.follows(&sessions, now, horizon(now.date()));
    for session in &sessions {
        let from = session.starts;
        let said = follows.iter().find(|one| *session < one.before).map(|one| one.words.clone());
        let until = horizon(now.date());
        let later = both.sessions(from, until).len() > 1;
        assert_eq!(said.is_some(), later, "{session:?}");
    }
    assert_eq!(follows.len(), 2);
    assert_eq!(follows[0].words, "Then every Tuesday, and the last Friday of each month");
    assert_eq!(follows[1].words, "Then the last Friday of each month");
}

#[test]
fn days_without_a_session_are_told_ahead() {
    let today = date(2026, 12, 1);
    assert_eq!(
        exceptions("weekly tue 10:30-12:00; skip 2026-11-24, 2026-12-22, 2026-12-23", today),
        ["No session on 22 December 2026"]
    );
    assert_eq!(
        exceptions("weekly fri 10:30-12:00; skip 2027-01-01, 2027-01-08", today),
        [
            "No session on 25 December 2026, a bank holiday",
            "No session on 1 January 2027, a bank holiday",
            "No session on 8 January 2027",
            "No session on 26 March 2027, a bank holiday"
        ]
    );
}

#[test]
fn a_day_with_another_session_is_no_exception() {
    let today = date(2026, 12, 20);
    assert_eq!(
        exceptions("weekly fri 10:30-12:00; extra 2026-12-25; until 2026-12-31", today),
        [""; 0]
    );
    assert_eq!(
        exceptions("weekly tue 10:30-12:00; skip 2026-12-22 | on 2026-12-22 9:00-10:00", today),
        [""; 0]
    );
}

#[test]
fn neither_a_pause_nor_school_holidays_are_told_day_by_day() {
    let today = date(2026, 12, 1);
    let mut paused = programme("weekly fri 10:30-12:00; skip 2026-12-18; until 2027-01-01");
    paused.pause = Some(Pause { from: date(2026, 12, 10), to: None });
    assert_eq!(paused.exceptions_in_words(today, horizon(today)), [""; 0]);
    assert_eq!(exceptions("weekly fri 10:30-12:00; term time; until 2027-01-01", today), [""; 0]);
}
