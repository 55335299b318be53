//! England's bank holidays, by rule for any year, with the years in which they were moved or added.
//!
//! Sources: the Banking and Financial Dealings Act 1971, schedule 1, and the royal proclamations made under
//! it every year, as listed at <https://www.gov.uk/bank-holidays>.
use jiff::civil::{Date, Weekday, date};

/// Whether most things are shut on that day in England. Christmas Day, Boxing Day and New Year's Day count
/// on the day itself as well as on the weekday that stands in for them when they fall on a weekend:
/// nobody expects a Saturday class on 25 December because the bank holiday is on Monday the 27th.
pub fn is_bank_holiday(day: Date) -> bool {
    let monday = day.weekday() == Weekday::Monday;
    match (day.month(), day.day()) {
        (1, 1) => true,
        // New Year's Day fell on a weekend.
        (1, 2 | 3) => monday,
        (3 | 4, _) => is_at_easter(day),
        (5, 1..=7) => monday && day.year() != 2020,
        // Seventy-five years after the end of the war in Europe: the early May holiday moved to the day itself.
        (5, 8) if day.year() == 2020 => true,
        // The coronation of King Charles III, besides the usual holidays.
        (5, 8) if day.year() == 2023 => true,
        (5, 25..) => monday && day.year() != 2022,
        // The Platinum Jubilee: the spring holiday moved to Thursday, and Friday was added.
        (6, 2 | 3) => day.year() == 2022,
        (8, 25..) => monday,
        // The state funeral of Queen Elizabeth II.
        (9, 19) => day.year() == 2022,
        (12, 25 | 26) => true,
        // Christmas Day or Boxing Day fell on a weekend.
        (12, 27 | 28) => monday || day.weekday() == Weekday::Tuesday,
        _ => false,
    }
}

/// Easter Sunday in the Gregorian calendar, by the computus: the Sunday after the full moon on or after
/// 21 March, with the moon reckoned by the nineteen-year cycle and its corrections for each century.
pub fn easter_sunday(year: i16) -> Date {
    let year = i32::from(year);
    let century = year.div_euclid(100);
    let leap_days_left_out = century - century.div_euclid(4);
    let moon_correction = (8 * century + 13).div_euclid(25);
    let golden = year.rem_euclid(19);
    // Days from 21 March to the full moon, a day less in the two cases where the cycle would make it too late.
    let epact = (19 * golden + leap_days_left_out - moon_correction + 15).rem_euclid(30);
    let full_moon = epact - i32::from(epact == 29 || (epact == 28 && golden > 10));
    let weekday = (year + year.div_euclid(4) - leap_days_left_out + full_moon + 2).rem_euclid(7);
    match full_moon + 28 - weekday {
        march @ ..=31 => date(year as i16, 3, march as i8),
        april => date(year as i16, 4, (april - 31) as i8),
    }
}

fn is_at_easter(day: Date) -> bool {
    let to_easter = match day.weekday() {
        Weekday::Friday => 2,
        Weekday::Monday => -1,
        _ => return false,
    };
    let easter = easter_sunday(day.year());
    i32::from(easter.day_of_year()) == i32::from(day.day_of_year()) + to_easter
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_year(year: i16) -> Vec<String> {
        let days =
            date(year, 1, 1).series(jiff::Span::new().days(1)).take_while(|day| day.year() == year);
        days.filter(|day| is_bank_holiday(*day))
            .map(|day| day.strftime("%-d %b").to_string())
            .collect()
    }

    #[test]
    fn easter_is_where_the_church_says() {
        let known = [
            (1818, 3, 22),
            (2019, 4, 21),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
        ];
        let rare = [
            (1943, 4, 25),
            (1954, 4, 18),
            (1981, 4, 19),
            (2028, 4, 16),
            (2038, 4, 25),
            (2049, 4, 18),
            (2076, 4, 19),
        ];
        for (year, month, day) in known.into_iter().chain(rare) {
            assert_eq!(easter_sunday(year), date(year, month, day));
        }
    }

    #[test]
    fn easter_is_a_sunday_from_22_march_to_25_april_in_every_year() {
        for year in Date::MIN.year()..=Date::MAX.year() {
            let easter = easter_sunday(year);
            assert_eq!(easter.weekday(), Weekday::Sunday, "{year}");
            assert!((date(year, 3, 22)..=date(year, 4, 25)).contains(&easter), "{year}");
        }
    }

    #[test]
    fn boxing_day_2026_is_a_saturday_and_the_monday_after_stands_in() {
        assert_eq!(
            of_year(2026),
            ["1 Jan", "3 Apr", "6 Apr", "4 May", "25 May", "31 Aug", "25 Dec", "26 Dec", "28 Dec"]
        );
    }

    #[test]
    fn christmas_2027_is_a_weekend_and_monday_and_tuesday_stand_in() {
        assert_eq!(
            of_year(2027),
            [
                "1 Jan", "26 Mar", "29 Mar", "3 May", "31 May", "30 Aug", "25 Dec", "26 Dec",
                "27 Dec", "28 Dec"
            ]
        );
    }

    #[test]
    fn christmas_on_a_sunday_leaves_monday_to_boxing_day_and_takes_tuesday() {
        assert_eq!(of_year(2022)[8..], ["19 Sep", "25 Dec", "26 Dec", "27 Dec"]);
        assert_eq!(of_year(2023)[..2], ["1 Jan", "2 Jan"]);
        assert_eq!(of_year(2028)[..2], ["1 Jan", "3 Jan"]);
    }

    #[test]
    fn moved_and_added_holidays_are_known() {
        assert_eq!(of_year(2020)[3..5], ["8 May", "25 May"]);
        assert_eq!(of_year(2022)[4..8], ["2 May", "2 Jun", "3 Jun", "29 Aug"]);
        assert_eq!(of_year(2023)[4..7], ["1 May", "8 May", "29 May"]);
    }
}
