//! Sessions against an oracle that knows nothing clever: it walks through the days one by one and asks of each
//! whether something is held.
use jiff::civil::{Date, DateTime, Time, Weekday, date};
use jiff::{Span, ToSpan};
use proptest::prelude::*;

use super::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn no_session_is_outside_its_rule_and_none_is_lost(programme in any_programme(), now in any_moment(), weeks in 0..40i64) {
        let horizon = now.date().saturating_add(Span::new().weeks(weeks));
        prop_assert_eq!(programme.sessions(now, horizon), day_by_day(&programme, now, horizon));
    }

    #[test]
    fn the_next_session_is_the_first(programme in any_programme(), now in any_moment()) {
        prop_assert_eq!(programme.next(now), programme.sessions(now, horizon(now.date())).first().copied());
    }

    #[test]
    fn a_day_told_as_an_exception_has_no_session(programme in any_programme(), now in any_moment()) {
        let held: Vec<String> = programme
            .sessions(now.date().to_datetime(Time::midnight()), horizon(now.date()))
            .iter()
            .map(|session| format!("{} {}", short_date(session.starts.date()), session.starts.year()))
            .collect();
        for exception in programme.exceptions_in_words(now.date(), horizon(now.date())) {
            prop_assert!(!held.iter().any(|day| exception.contains(&format!("on {day}"))), "{}", exception);
        }
    }

    #[test]
    fn instants_are_in_the_order_of_the_sessions(programme in any_programme(), now in any_moment()) {
        let sessions = programme.sessions(now, horizon(now.date()));
        prop_assert!(sessions.is_sorted_by(|one, next| one < next));
        prop_assert!(sessions.is_sorted_by_key(Session::starts_at));
        prop_assert!(sessions.iter().all(|session| session.starts_at() <= session.ends_at()));
    }

    #[test]
    fn a_schedule_nobody_checked_makes_no_panic(
        mut schedule in any_schedule(),
        from in prop::sample::select(vec![None, Some(Date::MIN), Some(Date::MAX), Some(date(2026, 1, 1))]),
        now in prop::sample::select(vec![DateTime::MIN, DateTime::MAX]),
    ) {
        schedule.from = from;
        let programme = Programme { schedules: vec![schedule], pause: None, ends_on: None };
        let _ = programme.sessions(now, horizon(now.date()));
        let _ = programme.then_in_words(now);
        let _ = programme.exceptions_in_words(now.date(), horizon(now.date()));
    }
}

fn day_by_day(programme: &Programme, now: DateTime, horizon: Date) -> Vec<Session> {
    let mut held = Vec::new();
    // Long before `now`, so that a course has its beginning.
    let mut day = date(2024, 1, 1);
    let mut held_of_course = vec![0; programme.schedules.len()];
    while day <= horizon {
        for (place, schedule) in programme.schedules.iter().enumerate() {
            if falls_on(schedule, day, programme.pause, &mut held_of_course[place])
                && programme.ends_on.is_none_or(|end| day <= end)
            {
                held.push(Session {
                    starts: day.to_datetime(schedule.starts),
                    ends: day.to_datetime(schedule.ends),
                });
            }
        }
        day = day.tomorrow().unwrap();
    }
    held.retain(|session| session.ends > now);
    held.sort_by_key(|session| (session.starts, session.ends));
    held.dedup();
    held
}

fn falls_on(
    schedule: &Schedule,
    day: Date,
    pause: Option<Pause>,
    held_of_course: &mut u16,
) -> bool {
    if let Some(pause) = pause
        && day >= pause.from
        && pause.to.is_none_or(|to| day <= to)
    {
        return false;
    }
    if schedule.extra.contains(&day) {
        // A date that the rule would hold too is one session, and one of the course.
        if by_rule(schedule, day, *held_of_course) {
            *held_of_course += 1;
        }
        return true;
    }
    let held = by_rule(schedule, day, *held_of_course);
    *held_of_course += u16::from(held);
    held
}

fn by_rule(schedule: &Schedule, day: Date, held_of_course: u16) -> bool {
    if schedule.skipped.contains(&day)
        || schedule.from.is_some_and(|from| day < from)
        || schedule.until.is_some_and(|until| day > until)
        || (schedule.term_time_only && !in_term(day))
    {
        return false;
    }
    if let Rule::Dates(dates) = &schedule.rule {
        return dates.contains(&day);
    }
    if is_bank_holiday(day) && !schedule.bank_holidays {
        return false;
    }
    match &schedule.rule {
        Rule::Weekly(days) => days.contains(day.weekday()),
        Rule::EveryNWeeks { weeks, days } => {
            days.contains(day.weekday())
                && weeks_since_2020(day)
                    .abs_diff(weeks_since_2020(schedule.from.unwrap()))
                    .is_multiple_of(u32::from(*weeks))
        }
        Rule::Monthly { nth, day: weekday } => {
            let in_next_week = day.checked_add(7.days()).unwrap();
            day.weekday() == *weekday
                && match nth {
                    Nth::First => day.day() <= 7,
                    Nth::Second => (8..=14).contains(&day.day()),
                    Nth::Third => (15..=21).contains(&day.day()),
                    Nth::Fourth => (22..=28).contains(&day.day()),
                    Nth::Last => in_next_week.month() != day.month(),
                }
        }
        Rule::Course { sessions } => {
            held_of_course < u16::from(*sessions)
                && day.weekday() == schedule.from.unwrap().weekday()
        }
        Rule::Dates(_) => unreachable!(),
    }
}

/// Weeks begin on Monday; 30 December 2019 was one.
fn weeks_since_2020(day: Date) -> u32 {
    (day.duration_since(date(2019, 12, 30)).as_hours() / 24 / 7) as u32
}

pub(super) fn any_programme() -> impl Strategy<Value = Programme> {
    let pause = (any_date(), prop::option::of(0..60i64)).prop_map(|(from, days)| Pause {
        from,
        to: days.map(|days| from.saturating_add(Span::new().days(days))),
    });
    (
        prop::collection::vec(any_schedule(), 0..4),
        prop::option::weighted(0.3, pause),
        prop::option::weighted(0.3, any_date()),
    )
        .prop_map(|(schedules, pause, ends_on)| Programme { schedules, pause, ends_on })
}

/// Any schedule that passes the door, around the years of [`any_moment`].
pub(super) fn any_schedule() -> impl Strategy<Value = Schedule> {
    let dates = || prop::collection::vec(any_date(), 0..8);
    (
        any_rule(),
        0..1439i16,
        1..300i16,
        prop::option::of(any_date()),
        prop::option::weighted(0.3, 0..500i64),
    )
        .prop_flat_map(move |(rule, start, long, from, lasts)| {
            (Just((rule, start, long, from, lasts)), any::<bool>(), any::<bool>(), dates(), dates())
        })
        .prop_map(
            |((rule, start, long, from, lasts), term_time_only, bank_holidays, skipped, extra)| {
                let loose = matches!(rule, Rule::Dates(_));
                let needs_from = matches!(rule, Rule::EveryNWeeks { .. } | Rule::Course { .. });
                let from = from.or(needs_from.then_some(date(2026, 1, 14))).filter(|_| !loose);
                let first = from.unwrap_or(date(2026, 1, 1));
                Schedule {
                    rule,
                    starts: clock(start),
                    ends: clock((start + long).min(1439)),
                    from,
                    until: lasts
                        .map(|days| first.saturating_add(Span::new().days(days)))
                        .filter(|_| !loose),
                    term_time_only: term_time_only && !loose,
                    bank_holidays,
                    extra: extra
                        .into_iter()
                        .filter(|day| !loose && !skipped.contains(day))
                        .collect(),
                    skipped,
                }
                .check()
                .unwrap()
            },
        )
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let days = || {
        prop::collection::vec(any_weekday(), 1..8)
            .prop_map(|days| days.into_iter().collect::<Weekdays>())
    };
    let nth =
        prop::sample::select(vec![Nth::First, Nth::Second, Nth::Third, Nth::Fourth, Nth::Last]);
    prop_oneof![
        days().prop_map(Rule::Weekly),
        (2..=12u8, days()).prop_map(|(weeks, days)| Rule::EveryNWeeks { weeks, days }),
        (nth, any_weekday()).prop_map(|(nth, day)| Rule::Monthly { nth, day }),
        (2..=52u8).prop_map(|sessions| Rule::Course { sessions }),
        prop::collection::vec(any_date(), 1..20).prop_map(Rule::Dates),
    ]
}

fn any_weekday() -> impl Strategy<Value = Weekday> {
    (0..7i8).prop_map(|offset| Weekday::from_monday_zero_offset(offset).unwrap())
}

pub(super) fn any_moment() -> impl Strategy<Value = DateTime> {
    (any_date(), 0..1440i16).prop_map(|(day, minute)| day.to_datetime(clock(minute)))
}

fn any_date() -> impl Strategy<Value = Date> {
    (0..900i64).prop_map(|days| date(2025, 9, 1).saturating_add(Span::new().days(days)))
}

fn clock(minute: i16) -> Time {
    Time::new((minute / 60) as i8, (minute % 60) as i8, 0, 0).unwrap()
}
