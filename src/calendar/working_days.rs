//! Days on which offices work: Monday to Friday, without England's bank holidays.
use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::is_bank_holiday;

/// So many working days later.
pub fn working_days_after(day: Date, days: u8) -> Date {
    let mut day = day;
    let mut left = days;
    while left > 0 {
        day = day.saturating_add(1.day());
        let free = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        if !free && !is_bank_holiday(day) {
            left -= 1;
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn five_working_days_leave_out_weekends_and_bank_holidays() {
        // Christmas Day and Boxing Day (in lieu, since the 26th is a Saturday) in 2026, and New Year's Day.
        assert_eq!(working_days_after(date(2026, 11, 20), 5), date(2026, 11, 27));
        assert_eq!(working_days_after(date(2026, 12, 23), 5), date(2027, 1, 4));
    }
}
