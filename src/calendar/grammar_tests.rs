//! Reading and writing schedules, and what is said about mistakes.
use jiff::civil::{Weekday, date, time};
use proptest::prelude::*;

use super::oracle_tests::any_schedule;
use super::*;

fn written(text: &str) -> String {
    text.parse::<Schedule>().unwrap().to_string()
}

fn problem(text: &str) -> String {
    parse_schedules(text).unwrap_err().to_string()
}

#[test]
fn what_is_written_is_read_again() {
    for text in [
        "weekly tue,thu 10:30-12:00",
        "every 2 weeks tue 10:30-12:00; from 2026-09-01",
        "first tue of the month 10:30-12:00",
        "last fri of the month 18:00-20:00; until 2026-12-15; term time; bank holidays",
        "course of 6 weeks 18:00-20:00; from 2026-09-08",
        "on 2026-12-01, 2026-12-15 14:00-16:00",
        "weekly tue 10:30-12:00; from 2026-09-01; until 2026-12-20; skip 2026-12-01, 2026-12-08; extra 2026-12-20",
    ] {
        assert_eq!(written(text), text);
    }
}

#[test]
fn a_schedule_says_all_it_holds() {
    let read: Schedule =
        "weekly tue,thu 10:30-12:00; from 2026-09-01; term time; skip 2026-12-22".parse().unwrap();
    assert_eq!(
        read,
        Schedule {
            rule: Rule::Weekly([Weekday::Tuesday, Weekday::Thursday].into_iter().collect()),
            starts: time(10, 30, 0, 0),
            ends: time(12, 0, 0, 0),
            from: Some(date(2026, 9, 1)),
            until: None,
            term_time_only: true,
            bank_holidays: false,
            skipped: vec![date(2026, 12, 22)],
            extra: vec![],
        }
    );
}

#[test]
fn people_may_type_it_their_own_way() {
    assert_eq!(
        written(" Weekly  Thursdays and Tues 10:30am – 12pm ;"),
        "weekly tue,thu 10:30-12:00"
    );
    assert_eq!(written("every tuesday 2pm-4.30pm"), "weekly tue 14:00-16:30");
    assert_eq!(
        written("fortnightly wed 9:00 - 10:00; from 2026-09-01"),
        "every 2 weeks wed 09:00-10:00; from 2026-09-01"
    );
    assert_eq!(
        written(
            "weekly mon 9:00-10:00;BANK HOLIDAYS;in term time; until 2026-12-01;from 2026-09-01"
        ),
        "weekly mon 09:00-10:00; from 2026-09-01; until 2026-12-01; term time; bank holidays"
    );
    assert_eq!(
        written("on 2026-12-15 and 2026-12-01, 2026-12-15 2 pm - 4 pm"),
        "on 2026-12-01, 2026-12-15 14:00-16:00"
    );
}

#[test]
fn several_schedules_stand_side_by_side() {
    let text = "weekly tue 10:30-12:00 | on 2026-12-05 14:00-16:00";
    let both = parse_schedules(text).unwrap();
    assert_eq!(both.len(), 2);
    assert_eq!(write_schedules(&both), text);
    assert_eq!(parse_schedules("  "), Ok(vec![]));
    assert_eq!(write_schedules(&[]), "");
}

#[test]
fn a_mistake_is_named_with_what_to_do() {
    assert_eq!(problem(";"), "Say when it is held, for example “weekly tue 10:30-12:00”.");
    assert_eq!(
        problem("weekly tue"),
        "Say the times after the days, from and to with a dash between, for example “10:30-12:00”."
    );
    assert_eq!(
        problem("weekly tue, funday 10:30-12:00"),
        "“funday” is not a day of the week. Write mon, tue, wed, thu, fri, sat or sun."
    );
    assert_eq!(
        problem("weekly 10:30-12:00"),
        "Say on which days of the week, for example “weekly tue,thu 10:30-12:00”."
    );
    assert_eq!(
        problem("weekly tue 10-12"),
        "“10” is not a time. Write hours and minutes, for example “10:30” or “2:30pm”."
    );
    assert_eq!(
        problem("weekly tue 12:00-10:30"),
        "It ends at 10:30, but starts at 12:00. Write the start first; it must end on the same day."
    );
    assert_eq!(
        problem("on 1/12/2026 10:30-12:00"),
        "“1/12/2026” is not a date. Write year, month and day, for example “2026-12-01”."
    );
    assert_eq!(
        problem("every 2 weeks tue 10:30-12:00"),
        "Say from which date to count the weeks, for example “; from 2026-09-01”."
    );
    assert_eq!(
        problem("course of 6 weeks 10:30-12:00"),
        "Say on which date the course starts, for example “; from 2026-09-01”."
    );
    assert_eq!(
        problem(
            "weekly tue 10:30-12:00 | weekly tue 10:30-12:00; from 2026-09-01; until 2026-08-01"
        ),
        "Schedule 2: The last day, 2026-08-01, is before the first, 2026-09-01. Check both dates."
    );
}

#[test]
fn what_makes_no_sense_is_refused() {
    for (text, expected) in [
        ("sometimes tue 10:30-12:00", ScheduleProblem::UnknownRule("sometimes tue".into())),
        (
            "fifth tue of the month 10:30-12:00",
            ScheduleProblem::UnknownRule("fifth tue of the month".into()),
        ),
        ("every 1 weeks tue 10:30-12:00; from 2026-09-01", ScheduleProblem::WeeksApart),
        ("every 13 weeks tue 10:30-12:00; from 2026-09-01", ScheduleProblem::WeeksApart),
        ("every few weeks tue 10:30-12:00", ScheduleProblem::WeeksApart),
        ("course of 1 weeks 10:30-12:00; from 2026-09-01", ScheduleProblem::CourseLength),
        ("course of 53 weeks 10:30-12:00; from 2026-09-01", ScheduleProblem::CourseLength),
        ("on 10:30-12:00", ScheduleProblem::NoDate("on")),
        ("on 2026-12-01", ScheduleProblem::NoTimes),
        ("on 2026-02-30 10:30-12:00", ScheduleProblem::UnknownDate("2026-02-30".into())),
        (
            "on 2026-12-01T10:00 10:30-12:00",
            ScheduleProblem::UnknownDate("2026-12-01t10:00".into()),
        ),
        ("on 1999-12-01 10:30-12:00", ScheduleProblem::FarDate(date(1999, 12, 1))),
        ("on 2026-12-01 10:30-12:00; term time", ScheduleProblem::NotWithDates("term time")),
        ("on 2026-12-01 10:30-12:00; from 2026-01-01", ScheduleProblem::NotWithDates("from")),
        ("on 2026-12-01 10:30-12:00; extra 2026-12-02", ScheduleProblem::NotWithDates("extra")),
        ("weekly tue 24:00-25:00", ScheduleProblem::UnknownTime("24:00".into())),
        ("weekly tue 0pm-1pm", ScheduleProblem::UnknownTime("0pm".into())),
        ("weekly tue 10:30-12:00; from", ScheduleProblem::NoDate("from")),
        ("weekly tue 10:30-12:00; from 2026-09-01 2026-09-02", ScheduleProblem::ManyDates("from")),
        ("weekly tue 10:30-12:00; term time; term time", ScheduleProblem::Twice("term time")),
        (
            "weekly tue 10:30-12:00; skip 2026-09-01; skip 2026-09-08",
            ScheduleProblem::Twice("skip"),
        ),
        ("weekly tue 10:30-12:00; when sunny", ScheduleProblem::UnknownClause("when sunny".into())),
        (
            "weekly tue 10:30-12:00; skip 2026-09-01; extra 2026-09-01",
            ScheduleProblem::SkippedAndExtra(date(2026, 9, 1)),
        ),
    ] {
        assert_eq!(text.parse::<Schedule>(), Err(expected), "{text}");
    }
}

#[test]
fn lists_have_an_end() {
    let dates: Vec<String> = date(2026, 1, 1)
        .series(jiff::Span::new().days(1))
        .take(61)
        .map(|day| day.to_string())
        .collect();
    let on =
        |count: usize| format!("on {} 10:30-12:00", dates[..count].join(" ")).parse::<Schedule>();
    assert!(on(60).is_ok());
    assert_eq!(on(61), Err(ScheduleProblem::TooManyDates(61)));
    assert!(parse_schedules(&["weekly tue 10:30-12:00"; 20].join("|")).is_ok());
    assert_eq!(
        parse_schedules(&["weekly tue 10:30-12:00"; 21].join("|")),
        Err(ScheduleProblem::TooManySchedules(21))
    );
}

#[test]
fn a_schedule_put_together_by_hand_passes_the_same_door() {
    let mut schedule: Schedule = "weekly tue 10:30-12:00".parse().unwrap();
    schedule.skipped = vec![date(2026, 12, 8), date(2026, 12, 1), date(2026, 12, 8)];
    let checked = schedule.clone().check().unwrap();
    assert_eq!(checked.skipped, [date(2026, 12, 1), date(2026, 12, 8)]);
    schedule.ends = time(12, 0, 30, 0);
    assert_eq!(schedule.check(), Err(ScheduleProblem::PartOfMinute));
}

#[test]
fn a_programme_is_data_with_schedules_as_text() {
    let programme = Programme {
        schedules: parse_schedules("weekly tue 10:30-12:00").unwrap(),
        pause: Some(Pause { from: date(2026, 12, 1), to: None }),
        ends_on: Some(date(2027, 6, 30)),
    };
    let json = serde_json::to_string(&programme).unwrap();
    assert_eq!(
        json,
        r#"{"schedules":["weekly tue 10:30-12:00"],"pause":{"from":"2026-12-01","to":null},"ends_on":"2027-06-30"}"#
    );
    assert_eq!(serde_json::from_str::<Programme>(&json).unwrap(), programme);
    assert!(serde_json::from_str::<Schedule>(r#""weekly tue 12:00-10:30""#).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_schedule_is_read_as_it_was_written(schedules in prop::collection::vec(any_schedule(), 0..4)) {
        prop_assert_eq!(parse_schedules(&write_schedules(&schedules)), Ok(schedules));
    }

    #[test]
    fn no_text_makes_reading_panic(text in "\\PC{0,60}") {
        let _ = parse_schedules(&text);
    }

    #[test]
    fn no_muddle_of_known_words_makes_reading_panic(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "weekly", "every", "2", "300", "weeks", "tue", "days", "first", "of", "the", "month", "course", "on", "from",
                "2026-12-01", "10:30-12:00", "-", "–", "pm", "é", ";", "|", ",", "skip", "İ", "99999-99-99",
            ]),
            0..12,
        )
    ) {
        if let Ok(schedules) = parse_schedules(&words.join(" ")) {
            prop_assert_eq!(parse_schedules(&write_schedules(&schedules)), Ok(schedules));
        }
    }

    #[test]
    fn everything_read_can_be_said(schedule in any_schedule()) {
        prop_assert!(!schedule.in_words().contains("  "));
        let _ = schedule.then_in_words();
    }
}
