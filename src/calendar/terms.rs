//! School holidays, for what is held in term time only.
//!
//! Boroughs, and academies within them, set their own dates and differ by a few days, most of all at the
//! ends of July and December. The rule here gives what most of London publishes, for any year: good enough
//! to say whether a term-time group meets. A provider that differs says so with skipped and extra dates.
use jiff::civil::Date;

use super::easter_sunday;

/// Whether London's schools are in term. Weekends count with the week before them: a Saturday group
/// in term time misses one Saturday at half-term, not two.
pub fn in_term(day: Date) -> bool {
    let of_month = i32::from(day.day());
    // Of the same week, as a day of this month: 0 and less are days of the month before.
    let monday = of_month - i32::from(day.weekday().to_monday_zero_offset());
    let holiday = match day.month() {
        // The rest of the two weeks at Christmas, and the Monday that stands in for New Year's Day.
        1 => monday <= 1 || (monday == of_month && of_month <= 3),
        // The middle week of February.
        2 => (12..=18).contains(&monday),
        3 | 4 => at_easter(day),
        // The week of the spring bank holiday.
        5 => monday >= 25,
        6 => monday <= 0,
        7 => of_month >= 22,
        8 => true,
        9 => of_month == 1,
        // The week of October's fourth Monday.
        10 => (22..=28).contains(&monday),
        11 => (22 - 31..=28 - 31).contains(&monday),
        // Two weeks from the Monday that falls on 19 to 25 December.
        12 => monday >= 19,
        _ => false,
    };
    !holiday
}

/// The days in a row without school around a day, first and last; `None` in term.
pub fn school_holiday(day: Date) -> Option<(Date, Date)> {
    let free = |day: &Date| !in_term(*day);
    let first =
        std::iter::successors(Some(day), |day| day.yesterday().ok()).take_while(free).last();
    let last = std::iter::successors(Some(day), |day| day.tomorrow().ok()).take_while(free).last();
    first.zip(last)
}

/// An early Easter opens the two weeks, a late one closes them, and in between they lie on both sides of it.
fn at_easter(day: Date) -> bool {
    let easter = easter_sunday(day.year());
    let from_easter = day.day_of_year() - easter.day_of_year();
    let holiday = match (easter.month(), easter.day()) {
        (3, _) | (4, ..=4) => -2..=14,
        (4, ..=13) => -6..=7,
        _ => -13..=1,
    };
    holiday.contains(&from_easter)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};

    use super::*;

    /// Holidays of the school years 2025/26 to 2027/28 as Ealing and others publish them, first and last
    /// day, with the weekend that ends each; the ends of July as most have them.
    const PUBLISHED: [(Date, Date); 18] = [
        (date(2025, 10, 27), date(2025, 11, 2)),
        (date(2025, 12, 22), date(2026, 1, 4)),
        (date(2026, 2, 16), date(2026, 2, 22)),
        (date(2026, 3, 30), date(2026, 4, 12)),
        (date(2026, 5, 25), date(2026, 5, 31)),
        (date(2026, 7, 22), date(2026, 9, 1)),
        (date(2026, 10, 26), date(2026, 11, 1)),
        (date(2026, 12, 21), date(2027, 1, 3)),
        (date(2027, 2, 15), date(2027, 2, 21)),
        (date(2027, 3, 26), date(2027, 4, 11)),
        (date(2027, 5, 31), date(2027, 6, 6)),
        (date(2027, 7, 22), date(2027, 9, 1)),
        (date(2027, 10, 25), date(2027, 10, 31)),
        (date(2027, 12, 20), date(2028, 1, 3)),
        (date(2028, 2, 14), date(2028, 2, 20)),
        (date(2028, 4, 3), date(2028, 4, 17)),
        (date(2028, 5, 29), date(2028, 6, 4)),
        (date(2028, 7, 22), date(2028, 9, 1)),
    ];

    fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
        first.series(jiff::Span::new().days(1)).take_while(move |day| *day <= last)
    }

    #[test]
    fn the_rule_gives_what_is_published() {
        for day in days(date(2025, 9, 2), date(2028, 9, 1)) {
            let published = PUBLISHED.iter().any(|(first, last)| (*first..=*last).contains(&day));
            assert_eq!(in_term(day), !published, "{day}");
        }
    }

    #[test]
    fn a_holiday_reaches_from_its_first_day_to_its_last() {
        for (first, last) in PUBLISHED {
            for day in days(first, last) {
                assert_eq!(school_holiday(day), Some((first, last)), "{day}");
            }
        }
        assert_eq!(school_holiday(date(2026, 11, 21)), None);
    }

    #[test]
    fn half_term_is_one_week_and_one_saturday() {
        assert!(in_term(date(2026, 10, 24)));
        assert!(!in_term(date(2026, 10, 26)));
        assert!(!in_term(date(2026, 10, 31)));
        assert!(in_term(date(2026, 11, 2)));
    }

    #[test]
    fn schools_go_on_in_the_weeks_around_a_late_easter() {
        // Easter is on 21 April 2030.
        assert!(in_term(date(2030, 4, 5)));
        assert!(!in_term(date(2030, 4, 8)));
        assert!(!in_term(date(2030, 4, 22)));
        assert!(in_term(date(2030, 4, 23)));
    }

    #[test]
    fn christmas_and_summer_are_holidays_in_every_year() {
        for year in 2020..2100 {
            let christmas = days(date(year, 12, 25), date(year + 1, 1, 1));
            for day in christmas.chain(days(date(year, 7, 22), date(year, 9, 1))) {
                assert!(!in_term(day), "{day}");
            }
        }
    }

    #[test]
    fn every_year_has_about_thirty_nine_weeks_of_term() {
        for year in 2020..2100 {
            let taught = days(date(year, 9, 1), date(year + 1, 8, 31))
                .filter(|day| {
                    in_term(*day) && !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
                })
                .count();
            // 195 days and the bank holiday in May, give or take the week in which the year begins.
            assert!((188..=202).contains(&taught), "{year}: {taught}");
        }
    }
}
