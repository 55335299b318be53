//! Civil time of Europe/London as instants, and back.
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{self, TimeZone};

use super::Session;

/// Built into the program: no machine needs time zone files, no look-up can fail.
static LONDON: TimeZone = tz::get!("Europe/London");

/// What the clock on a London wall shows.
pub fn civil_now(now: Timestamp) -> DateTime {
    LONDON.to_datetime(now)
}

impl Session {
    /// A time that the clocks leave out in spring is taken an hour later; of one that comes twice in autumn
    /// the first is taken.
    pub fn starts_at(&self) -> Timestamp {
        instant(self.starts)
    }

    /// Never before the start, even where that was moved by the clocks.
    pub fn ends_at(&self) -> Timestamp {
        instant(self.ends).max(self.starts_at())
    }
}

/// Only the first and the last hours of the calendar, in the years -9999 and 9999, have no instant; they
/// get the nearest there is.
fn instant(at: DateTime) -> Timestamp {
    let nearest = if at.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    LONDON.to_timestamp(at).unwrap_or(nearest)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn instants(starts: DateTime, ends: DateTime) -> (String, String) {
        let session = Session { starts, ends };
        (session.starts_at().to_string(), session.ends_at().to_string())
    }

    fn instant_of_half_past_ten(year: i16, month: i8, day: i8) -> String {
        let day = date(year, month, day);
        instants(day.at(10, 30, 0, 0), day.at(12, 0, 0, 0)).0
    }

    #[test]
    fn half_past_ten_stays_half_past_ten_across_the_clock_changes() {
        for (year, spring, autumn) in [(2026, 29, 25), (2027, 28, 31)] {
            assert_eq!(
                instant_of_half_past_ten(year, 3, spring - 1),
                format!("{year}-03-{}T10:30:00Z", spring - 1)
            );
            assert_eq!(
                instant_of_half_past_ten(year, 3, spring),
                format!("{year}-03-{spring}T09:30:00Z")
            );
            assert_eq!(
                instant_of_half_past_ten(year, 10, autumn - 1),
                format!("{year}-10-{}T09:30:00Z", autumn - 1)
            );
            assert_eq!(
                instant_of_half_past_ten(year, 10, autumn),
                format!("{year}-10-{autumn}T10:30:00Z")
            );
        }
    }

    #[test]
    fn a_session_across_the_change_itself_is_an_hour_shorter_or_longer() {
        let (spring, autumn) = (date(2026, 3, 29), date(2026, 10, 25));
        assert_eq!(
            instants(spring.at(0, 30, 0, 0), spring.at(2, 30, 0, 0)),
            ("2026-03-29T00:30:00Z".into(), "2026-03-29T01:30:00Z".into())
        );
        assert_eq!(
            instants(autumn.at(0, 30, 0, 0), autumn.at(2, 30, 0, 0)),
            ("2026-10-24T23:30:00Z".into(), "2026-10-25T02:30:00Z".into())
        );
    }

    #[test]
    fn a_time_that_does_not_exist_is_an_hour_later_and_the_end_never_before_the_start() {
        let day = date(2026, 3, 29);
        assert_eq!(
            instants(day.at(1, 30, 0, 0), day.at(2, 0, 0, 0)),
            ("2026-03-29T01:30:00Z".into(), "2026-03-29T01:30:00Z".into())
        );
    }

    #[test]
    fn a_time_that_comes_twice_is_the_first() {
        let day = date(2026, 10, 25);
        assert_eq!(instants(day.at(1, 30, 0, 0), day.at(2, 0, 0, 0)).0, "2026-10-25T00:30:00Z");
    }

    #[test]
    fn the_wall_clock_is_an_hour_ahead_in_summer() {
        let wall = |at: &str| civil_now(at.parse().unwrap()).to_string();
        assert_eq!(wall("2026-07-01T23:30:00Z"), "2026-07-02T00:30:00");
        assert_eq!(wall("2026-12-01T23:30:00Z"), "2026-12-01T23:30:00");
        assert_eq!(wall("2027-03-28T00:59:59Z"), "2027-03-28T00:59:59");
        assert_eq!(wall("2027-03-28T01:00:00Z"), "2027-03-28T02:00:00");
        assert_eq!(wall("2027-10-31T00:59:59Z"), "2027-10-31T01:59:59");
        assert_eq!(wall("2027-10-31T01:00:00Z"), "2027-10-31T01:00:00");
    }

    #[test]
    fn the_ends_of_the_calendar_have_instants_too() {
        let all = Session { starts: DateTime::MIN, ends: DateTime::MAX };
        assert_eq!((all.starts_at(), all.ends_at()), (Timestamp::MIN, Timestamp::MAX));
    }
}
