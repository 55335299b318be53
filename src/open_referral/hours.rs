//! Others' times as schedules of ours.
use jiff::civil::{Date, Weekday};

use super::{Hours, Service};
use crate::{
    calendar::{MAX_SCHEDULES, Nth, Programme, Schedule, day_named, short_day_code},
    offers::When,
    text::Line,
};

/// What has ended is left out; what no schedule of ours can say is kept in words.
pub fn when(service: &Service, today: Date, repairs: &mut Vec<String>) -> When {
    let (mut schedules, mut words) = (Vec::new(), Vec::new());
    for hours in &service.hours {
        if let Some(end) = date(&hours.valid_to).filter(|end| *end < today) {
            repairs.push(format!("Times: one schedule ended on {end} and is left out."));
            continue;
        }
        match schedule(hours, today) {
            Some(schedule) if !schedules.contains(&schedule) => schedules.push(schedule),
            Some(_) => {}
            None if hours.words.is_empty() => {
                repairs.push(
                    "Times: a schedule that says neither days nor times is left out.".to_owned(),
                );
            }
            None => words.push(hours.words.clone()),
        }
    }
    if schedules.len() > MAX_SCHEDULES {
        repairs.push(format!("Times: the first {MAX_SCHEDULES} schedules are kept."));
        schedules.truncate(MAX_SCHEDULES);
    }
    let by_arrangement =
        super::plain::line(&words.join(" ")).map(|(line, cut): (Line<200>, bool)| {
            repairs.push(match cut {
                true => "Times: kept in words, shortened.".to_owned(),
                false => "Times: kept in words.".to_owned(),
            });
            line
        });
    let programme = Programme { schedules, ..Programme::default() };
    When { programme, by_arrangement, notices: Vec::new() }
}

fn schedule(hours: &Hours, today: Date) -> Option<Schedule> {
    let times = format!("{}-{}", time(&hours.opens)?, time(&hours.closes)?);
    let begins = date(&hours.starts_on).or_else(|| date(&hours.valid_from));
    if !hours.month_days.is_empty() && hours.days.is_empty() {
        return None;
    }
    let days = days(&hours.days)?;
    let weeks: u32 = hours.interval.parse().unwrap_or(1);
    let rule = match (hours.freq.as_str(), days.as_slice()) {
        ("WEEKLY" | "", []) if hours.freq.is_empty() => format!("on {}", begins?),
        ("WEEKLY", []) => format!("weekly {}", short_day_code(begins?.weekday())),
        ("WEEKLY" | "", days) => {
            let named: Vec<&str> = days.iter().map(|(_, day)| short_day_code(*day)).collect();
            match weeks {
                0 | 1 => format!("weekly {}", named.join(",")),
                weeks => format!("every {weeks} weeks {}", named.join(",")),
            }
        }
        ("MONTHLY", [(Some(nth), day)]) if weeks <= 1 => {
            format!("{} {} of the month", nth.code(), short_day_code(*day))
        }
        _ => return None,
    };
    let mut written = format!("{rule} {times}");
    // A first day that is long past says nothing more, unless weeks are counted from it.
    if !rule.starts_with("on ")
        && let Some(from) = begins.filter(|from| *from > today || rule.starts_with("every"))
    {
        written += &format!("; from {from}");
    }
    if let Some(until) = date(&hours.valid_to).filter(|_| !rule.starts_with("on ")) {
        written += &format!("; until {until}");
    }
    written.parse().ok()
}

/// "TU,TH", "2TU", "-1FR", "Monday": each with its place in the month; `None` where one is not understood.
fn days(written: &str) -> Option<Vec<(Option<Nth>, Weekday)>> {
    let words = written.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
    let mut all = Vec::new();
    for word in words.filter(|word| !word.is_empty()) {
        let at = word.find(|c: char| c.is_alphabetic())?;
        let nth = match &word[..at] {
            "" => None,
            "1" | "+1" => Some(Nth::First),
            "2" | "+2" => Some(Nth::Second),
            "3" | "+3" => Some(Nth::Third),
            "4" | "+4" => Some(Nth::Fourth),
            "-1" => Some(Nth::Last),
            _ => return None,
        };
        let day = match word[at..].to_lowercase().as_str() {
            "mo" => Weekday::Monday,
            "tu" => Weekday::Tuesday,
            "we" => Weekday::Wednesday,
            "th" => Weekday::Thursday,
            "fr" => Weekday::Friday,
            "sa" => Weekday::Saturday,
            "su" => Weekday::Sunday,
            name => day_named(name)?,
        };
        if !all.contains(&(nth, day)) {
            all.push((nth, day));
        }
    }
    Some(all)
}

/// "10:00" of "10:00:00", "10:00Z", "2026-01-05T10:00:00+00:00".
fn time(written: &str) -> Option<String> {
    let clock = written.rsplit_once('T').map_or(written, |(_, clock)| clock);
    let (hours, rest) = clock.trim().split_once(':')?;
    let minutes = rest.get(..2)?;
    let sound = |digits: &str, below: u8| digits.parse::<u8>().is_ok_and(|number| number < below);
    (hours.len() <= 2 && sound(hours, 24) && sound(minutes, 60))
        .then(|| format!("{hours:0>2}:{minutes}"))
}

/// The day of a date or of a moment.
pub fn date(written: &str) -> Option<Date> {
    written.trim().get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(freq: &str, interval: &str, days: &str, from: &str, to: &str) -> Option<String> {
        let hours = Hours {
            freq: freq.to_owned(),
            interval: interval.to_owned(),
            days: days.to_owned(),
            starts_on: from.to_owned(),
            valid_to: to.to_owned(),
            opens: "10:00:00".to_owned(),
            closes: "12:30Z".to_owned(),
            ..Hours::default()
        };
        schedule(&hours, jiff::civil::date(2026, 11, 21)).map(|one| one.to_string())
    }

    #[test]
    fn rules_that_both_have_are_the_same_rules() {
        assert_eq!(
            said("WEEKLY", "1", "TH,FR", "2005-01-01", "").unwrap(),
            "weekly thu,fri 10:00-12:30"
        );
        assert_eq!(
            said("WEEKLY", "", "Monday", "", "2027-01-31").unwrap(),
            "weekly mon 10:00-12:30; until 2027-01-31"
        );
        assert_eq!(
            said("WEEKLY", "2", "TU", "2026-11-03", "").unwrap(),
            "every 2 weeks tue 10:00-12:30; from 2026-11-03"
        );
        assert_eq!(
            said("MONTHLY", "1", "2TU", "", "").unwrap(),
            "second tue of the month 10:00-12:30"
        );
        assert_eq!(
            said("MONTHLY", "1", "-1FR", "", "").unwrap(),
            "last fri of the month 10:00-12:30"
        );
        assert_eq!(said("", "", "", "2026-12-01", "").unwrap(), "on 2026-12-01 10:00-12:30");
    }

    #[test]
    fn what_no_rule_of_ours_says_is_not_made_into_another() {
        for (freq, interval, days) in [
            ("MONTHLY", "1", "TU"),
            ("MONTHLY", "2", "2TU"),
            ("DAILY", "1", ""),
            ("WEEKLY", "1", "someday"),
        ] {
            assert_eq!(said(freq, interval, days, "", ""), None, "{freq} {days}");
        }
        assert_eq!(time("hh:mm:ss"), None);
        assert_eq!(time("24:00"), None);
    }
}
