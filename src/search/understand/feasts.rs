//! Days that everybody names and no calendar numbers: Easter, half term, the summer holidays.
use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};

/// Easter Sunday by the Gregorian rule (the anonymous algorithm of 1876).
pub fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    let f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    date(year, (f / 31) as i8, (f % 31 + 1) as i8)
}

/// The usual weeks of half term in London's schools, Monday to Sunday: in mid-February, with the Spring
/// Bank Holiday, and the last week of October that ends by 1 November. Boroughs may differ.
pub fn half_terms(year: i16) -> [(Date, Date); 3] {
    let week = |last: Date| {
        let monday = monday_of(last);
        (monday, plus(monday, 6))
    };
    [week(date(year, 2, 18)), week(date(year, 5, 31)), week(plus(date(year, 11, 1), -4))]
}

/// The Monday of its week.
pub fn monday_of(day: Date) -> Date {
    plus(day, -i32::from(day.weekday().since(Weekday::Monday)))
}

pub fn plus(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_almanac_has_it() {
        for (year, month, day) in [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28)] {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn half_terms_fall_where_most_london_schools_had_them() {
        let mondays = |year| half_terms(year).map(|(monday, _)| (monday.month(), monday.day()));
        assert_eq!(mondays(2023), [(2, 13), (5, 29), (10, 23)]);
        assert_eq!(mondays(2024), [(2, 12), (5, 27), (10, 28)]);
        assert_eq!(mondays(2025), [(2, 17), (5, 26), (10, 27)]);
        assert_eq!(mondays(2026), [(2, 16), (5, 25), (10, 26)]);
    }
}
