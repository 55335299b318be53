//! Calendar files (RFC 5545): sessions as the calendars of telephones and offices read them.
//!
//! Our own writer, since a file is a few kinds of lines: the libraries for it bring a second set of dates and
//! zones. A library reads what it wrote in the tests.
mod happenings;
mod lines;
#[cfg(test)]
mod reader;
#[cfg(test)]
mod tests;

use jiff::civil::{Date, DateTime};

use self::{happenings::Happening, lines::Lines};
use super::{Programme, horizon};

/// One offer, as a calendar shows it.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Begins the UID of all its events. Never changes, whatever becomes of the offer.
    pub id: String,
    /// Rises with each change, so that calendars take the newer one.
    pub sequence: u32,
    pub title: &'a str,
    pub description: String,
    pub location: Option<String>,
    /// Latitude and longitude, where everybody may know them.
    pub point: Option<(f64, f64)>,
    /// The whole address of its page.
    pub url: String,
    pub category: Option<&'static str>,
    pub programme: &'a Programme,
    /// None of it is held any more: calendars that have it cross it out.
    pub called_off: bool,
}

/// The address parts of a file.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// As calendars list it.
    pub name: &'a str,
    /// Where the file itself is found, to be read again.
    pub url: &'a str,
}

/// Who wrote it (RFC 5545, 3.7.3).
const WRITER: &str = "-//Fingerpost//Offers//EN";

/// How often calendars that subscribe should look again.
const AGAIN: &str = "PT12H";

/// From the day of `now` on, as far as sessions are worked out: a rule without an end ends there too, since
/// nobody knows more, and who subscribes is told the rest in time. The same all day, so that asking again
/// costs nothing.
pub fn calendar_file(source: Source<'_>, entries: &[Entry<'_>], now: DateTime) -> String {
    calendar_file_until(source, entries, now, horizon(now.date()))
}

/// The same as far as `last`, for what has all its dates however far away they are.
pub fn calendar_file_until(
    source: Source<'_>,
    entries: &[Entry<'_>],
    now: DateTime,
    last: Date,
) -> String {
    let today = now.date();
    let mut lines = Lines::default();
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", WRITER);
    lines.put("CALSCALE", "GREGORIAN");
    lines.put("METHOD", "PUBLISH");
    lines.text("NAME", source.name);
    lines.text("X-WR-CALNAME", source.name);
    lines.put("SOURCE;VALUE=URI", source.url);
    lines.put("REFRESH-INTERVAL;VALUE=DURATION", AGAIN);
    lines.put("X-PUBLISHED-TTL", AGAIN);
    lines.raw(LONDON);
    for entry in entries {
        for happening in entry.programme.happenings(today, last) {
            // What is crossed out altogether needs no exceptions.
            if !(entry.called_off && happening.instead_of.is_some()) {
                event(&mut lines, entry, &happening, today);
            }
        }
    }
    lines.put("END", "VCALENDAR");
    lines.file()
}

fn event(lines: &mut Lines, entry: &Entry<'_>, happening: &Happening, today: Date) {
    let called_off = entry.called_off || happening.called_off;
    lines.put("BEGIN", "VEVENT");
    lines.put("UID", &format!("{}-{}@fingerpost", entry.id, happening.key));
    lines.put("DTSTAMP", &today.strftime("%Y%m%dT000000Z").to_string());
    lines.put("SEQUENCE", &entry.sequence.to_string());
    if let Some(day) = happening.instead_of {
        lines.times("RECURRENCE-ID", &[day]);
    }
    lines.times("DTSTART", &[happening.starts]);
    lines.times("DTEND", &[happening.ends]);
    if let Some(rule) = &happening.repeats {
        lines.put("RRULE", rule);
    }
    lines.times("EXDATE", &happening.left_out);
    // Some calendars do not show a status.
    match called_off {
        true => lines.text("SUMMARY", &format!("Called off: {}", entry.title)),
        false => lines.text("SUMMARY", entry.title),
    }
    lines.put("STATUS", if called_off { "CANCELLED" } else { "CONFIRMED" });
    lines.put("TRANSP", if called_off { "TRANSPARENT" } else { "OPAQUE" });
    lines.text("DESCRIPTION", &entry.description);
    if let Some(location) = &entry.location {
        lines.text("LOCATION", location);
    }
    if let Some((lat, lon)) = entry.point {
        lines.put("GEO", &format!("{lat:.6};{lon:.6}"));
    }
    if let Some(category) = entry.category {
        lines.text("CATEGORIES", category);
    }
    lines.put("URL", &entry.url);
    lines.put("END", "VEVENT");
}

/// Summer time begins and ends by this rule since 1996 (the Summer Time Order 1994, and 2002).
const LONDON: &[&str] = &[
    "BEGIN:VTIMEZONE",
    "TZID:Europe/London",
    "BEGIN:DAYLIGHT",
    "TZNAME:BST",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0100",
    "DTSTART:19960331T010000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZNAME:GMT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000",
    "DTSTART:19961027T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
];
