//! One day and time, as an artist thinks of it.
use jiff::civil::{Date, Time, Weekday};

use super::{sheet::Sheet, words::asked};
use crate::{
    calendar::{
        COURSE_WEEKS, Nth, Rule, Schedule, ScheduleProblem, TimeProblem, WEEKS_APART,
        date_in_words, day_of_short_code, time_in_words, typed_time,
    },
    submissions::questions::part_field,
};

/// The nth schedule; nothing where none of it was typed, or something of it is wrong.
pub fn schedule(sheet: &mut Sheet, number: usize) -> Option<Schedule> {
    let fields = Fields(number);
    let parts = [
        "rule",
        "weeks",
        "nth",
        "days",
        "sessions",
        "dates",
        "starts",
        "ends",
        "from",
        "until",
        "term_time",
        "bank_holidays",
        "skip",
        "extra",
    ];
    if parts.iter().all(|part| !sheet.stated(&fields.of(part))) {
        return None;
    }
    let rule = rule(sheet, &fields);
    let starts =
        time(sheet, &fields.of("starts"), "Enter the time it begins, like 10:30am or 14:00");
    let ends = time(sheet, &fields.of("ends"), "Enter the time it ends, like midday or 16:00");
    let (from, until) = (sheet.date(&fields.of("from")), sheet.date(&fields.of("until")));
    let in_order = sheet.in_order(from, until, &fields.of("until"));
    let dates_before = sheet.complaints();
    let skipped = sheet.dates(&fields.of("skip"));
    let extra = sheet.dates(&fields.of("extra"));
    let dates_are_read = sheet.complaints() == dates_before;
    counted_from(sheet, &fields, from);
    let from_is_read = from.is_some() || !sheet.stated(&fields.of("from"));
    let until_is_read = until.is_some() || !sheet.stated(&fields.of("until"));
    let schedule = Schedule {
        rule: rule?,
        starts: starts?,
        ends: ends?,
        from,
        until,
        term_time_only: sheet.ticked(&fields.of("term_time")),
        bank_holidays: sheet.ticked(&fields.of("bank_holidays")),
        skipped,
        extra,
    };
    if !(in_order && dates_are_read && from_is_read && until_is_read) {
        return None;
    }
    schedule.check().map_err(|problem| tell(sheet, &fields, &problem)).ok()
}

struct Fields(usize);

impl Fields {
    fn of(&self, part: &str) -> String {
        part_field("schedule", self.0, part)
    }
}

fn rule(sheet: &mut Sheet, fields: &Fields) -> Option<Rule> {
    let field = fields.of("rule");
    let known = ["weekly", "every-n-weeks", "monthly", "course", "dates"];
    let read = |value: &str| known.into_iter().find(|one| *one == value);
    if !sheet.stated(&field) {
        sheet.wrong(&field, "Select how often it is held");
    }
    match sheet.choice(&field, read, "Select how often it is held")? {
        "weekly" => days(sheet, fields).map(|days| Rule::Weekly(days.into_iter().collect())),
        "every-n-weeks" => {
            let weeks = weeks(sheet, fields);
            let days = days(sheet, fields)?.into_iter().collect();
            Some(Rule::EveryNWeeks { weeks: weeks?, days })
        }
        "monthly" => {
            let nth = nth(sheet, fields);
            let days = days(sheet, fields)?;
            if days.len() > 1 {
                let message = "Select one day. For another one, add another day and time";
                sheet.wrong(fields.of("days"), message);
                return None;
            }
            Some(Rule::Monthly { nth: nth?, day: *days.first()? })
        }
        "course" => {
            let (least, most) = (COURSE_WEEKS.start(), COURSE_WEEKS.end());
            let message =
                format!("Enter how many weeks the course has, a number from {least} to {most}");
            let field = fields.of("sessions");
            if !sheet.stated(&field) {
                sheet.wrong(&field, &*message);
            }
            sheet.number(&field, COURSE_WEEKS, &message).map(|sessions| Rule::Course { sessions })
        }
        _ => {
            let field = fields.of("dates");
            if !sheet.stated(&field) {
                sheet.wrong(&field, "Enter the dates, like 27/3/2027, 3/4/2027");
            }
            let before = sheet.complaints();
            let dates = sheet.dates(&field);
            if dates.is_empty() && sheet.complaints() == before {
                sheet.wrong(&field, "Enter the dates, like 27/3/2027, 3/4/2027");
            }
            (!dates.is_empty()).then_some(Rule::Dates(dates))
        }
    }
}

fn weeks(sheet: &mut Sheet, fields: &Fields) -> Option<u8> {
    let (least, most) = (WEEKS_APART.start(), WEEKS_APART.end());
    let message = format!("Enter how many weeks apart, a number from {least} to {most}");
    let field = fields.of("weeks");
    if !sheet.stated(&field) {
        sheet.wrong(&field, &*message);
    }
    sheet.number(&field, WEEKS_APART, &message)
}

fn nth(sheet: &mut Sheet, fields: &Fields) -> Option<Nth> {
    let message = "Select which week of the month";
    let field = fields.of("nth");
    if !sheet.stated(&field) {
        sheet.wrong(&field, message);
    }
    sheet.choice(&field, Nth::of_code, message)
}

/// `None` for none.
fn days(sheet: &mut Sheet, fields: &Fields) -> Option<Vec<Weekday>> {
    let field = fields.of("days");
    let days = sheet.chosen(&field, day_of_short_code, "Select the day of the week");
    if !sheet.stated(&field) {
        sheet.wrong(&field, "Select the day of the week");
    }
    (!days.is_empty()).then_some(days)
}

fn time(sheet: &mut Sheet, field: &str, message: &str) -> Option<Time> {
    let typed = sheet.one(field).to_owned();
    match typed_time(&typed) {
        Ok(time) => return Some(time),
        Err(TimeProblem::MorningOrAfternoon) => {
            let example = "am or pm, like 10:30am or 2pm";
            sheet.wrong(field, format!("Say whether {typed} is {example}"));
        }
        Err(TimeProblem::NotATime) => sheet.wrong(field, message),
    }
    None
}

/// Weeks are counted, and a course begins, from the first date.
fn counted_from(sheet: &mut Sheet, fields: &Fields, from: Option<Date>) {
    let field = fields.of("from");
    let message = match sheet.one(&fields.of("rule")) {
        "every-n-weeks" => "Enter the first date, so that we can count the weeks from there",
        "course" => "Enter the date on which the course begins, like 27/3/2027",
        _ => return,
    };
    if from.is_none() && !sheet.stated(&field) {
        sheet.wrong(field, message);
    }
}

/// What the calendar itself refuses, at the field where it can be put right.
fn tell(sheet: &mut Sheet, fields: &Fields, problem: &ScheduleProblem) {
    let (part, message) = match problem {
        ScheduleProblem::EndsBeforeStart { starts, .. } => {
            let (ends, starts) = (asked(&fields.of("ends")), time_in_words(starts.0));
            ("ends", format!("{ends} must be after {starts}, on the same day"))
        }
        ScheduleProblem::SkippedAndExtra(date) => {
            let date = date_in_words(*date);
            ("extra", format!("{date} is there twice: held, and not held. Keep one of the two"))
        }
        ScheduleProblem::CourseWithoutFrom | ScheduleProblem::EveryNWeeksWithoutFrom => {
            ("from", "Enter the first date, like 27/3/2027".to_owned())
        }
        _ => ("rule", "Check this day and time".to_owned()),
    };
    sheet.wrong(fields.of(part), message);
}
