//! Dates and times as people type them.
use jiff::civil::{date, time};
use proptest::prelude::*;

use super::{
    date_in_words, short_date, time_in_words,
    typed::{DateProblem::*, TimeProblem::*, typed_date, typed_dates, typed_time},
};

const TODAY: jiff::civil::Date = date(2026, 11, 21);

#[test]
fn a_date_is_read_however_it_is_written() {
    for typed in [
        "27/3/2027",
        "27/03/2027",
        " 27 / 3 / 27 ",
        "27.3.27",
        "27-3-2027",
        "27 3 2027",
        "2027-03-27",
        "2027/3/27",
        "27 March 2027",
        "27 MAR 27",
        "27mar2027",
        "27th of March, 2027",
        "the 27th March 2027",
        "March 27 2027",
        "mar 27th, 2027",
        "Saturday 27 March 2027",
        "Sat, 27/3/2027",
    ] {
        assert_eq!(typed_date(typed, TODAY), Ok(date(2027, 3, 27)), "{typed}");
    }
    assert_eq!(typed_date("8 Sept 2026", TODAY), Ok(date(2026, 9, 8)));
    assert_eq!(typed_date("Today", TODAY), Ok(TODAY));
    assert_eq!(typed_date("tomorrow", TODAY), Ok(date(2026, 11, 22)));
}

#[test]
fn what_is_no_date_says_why() {
    for (typed, problem) in [
        ("", NotADate),
        ("soon", NotADate),
        ("27", NotADate),
        ("March 2027", NotADate),
        ("27 march march 2027", NotADate),
        ("27/3/2027 or so", NotADate),
        ("27/3/027", NotADate),
        ("99999999999999/1/2027", NotADate),
        ("27/3", NoYear),
        ("27 March", NoYear),
        ("31/2/2027", NotReal),
        ("3/27/2027", NotReal),
        ("0/1/2027", NotReal),
        ("27/3/1927", FarYear),
        ("27/3/9999", FarYear),
        ("Monday 27 March 2027", OtherDay(date(2027, 3, 27))),
    ] {
        assert_eq!(typed_date(typed, TODAY), Err(problem), "{typed}");
    }
}

#[test]
fn several_dates_share_their_month_and_year() {
    let december = [5, 12, 19].map(|day| date(2026, 12, day)).to_vec();
    for typed in [
        "5, 12 and 19 December 2026",
        "5/12/2026, 12/12/2026, 19/12/2026",
        "5 December\n12 December\r\n19 December 2026\n",
        "Sat 5 Dec; Saturday, 12 Dec; 19 Dec, 2026",
        "December 5 2026, December 12, 2026 & 19/12/26",
    ] {
        assert_eq!(typed_dates(typed, TODAY), Ok(december.clone()), "{typed}");
    }
    assert_eq!(typed_dates(" , ", TODAY), Ok(vec![]));
    let wrong = typed_dates("5/12/2026, 31/2/2027", TODAY);
    assert_eq!(wrong, Err(("31/2/2027".to_owned(), NotReal)));
    assert_eq!(typed_dates("5, 12", TODAY), Err(("12".to_owned(), NotADate)));
    assert_eq!(typed_dates("25 December", TODAY), Err(("25 December".to_owned(), NoYear)));
}

#[test]
fn a_time_is_read_however_it_is_written() {
    for (typed, hour, minute) in [
        ("10:30am", 10, 30),
        ("10.30", 10, 30),
        ("10:30 AM", 10, 30),
        ("10.30 a.m.", 10, 30),
        ("1030", 10, 30),
        ("930am", 9, 30),
        ("2pm", 14, 0),
        ("2 p.m.", 14, 0),
        ("2 o\u{2019}clock pm", 14, 0),
        ("14:00", 14, 0),
        ("14", 14, 0),
        ("14:00pm", 14, 0),
        ("2:30pm", 14, 30),
        ("02:30", 2, 30),
        ("12pm", 12, 0),
        ("12am", 0, 0),
        ("12:00", 12, 0),
        ("midday", 12, 0),
        ("12 noon", 12, 0),
        ("Midnight", 0, 0),
        ("00:15", 0, 15),
    ] {
        assert_eq!(typed_time(typed), Ok(time(hour, minute, 0, 0)), "{typed}");
    }
    for typed in ["2", "10", "2:30", "6.15"] {
        assert_eq!(typed_time(typed), Err(MorningOrAfternoon), "{typed}");
    }
    for typed in
        ["", "late", "25:00", "10:60", "10:3", "10-11", "99", "am", "13am", "1٠:30", "10:30:00"]
    {
        assert_eq!(typed_time(typed), Err(NotATime), "{typed}");
    }
}

proptest! {
    #[test]
    fn reading_never_panics(typed in any::<String>(), near in "[0-9a-z:./, \n-]{0,30}") {
        for typed in [typed, near] {
            let _ = (typed_date(&typed, TODAY), typed_dates(&typed, TODAY), typed_time(&typed));
        }
    }

    #[test]
    fn what_we_write_is_read_back(year in 2000i16..2100, month in 1i8..13, day in 1i8..29, minute in 0i16..1440) {
        let day = date(year, month, day);
        for typed in [
            date_in_words(day),
            format!("{} {}", short_date(day), day.year()),
            day.to_string(),
            format!("{}/{}/{}", day.day(), day.month(), day.year()),
        ] {
            prop_assert_eq!(typed_date(&typed, TODAY), Ok(day));
        }
        let at = time((minute / 60) as i8, (minute % 60) as i8, 0, 0);
        prop_assert_eq!(typed_time(&time_in_words(at)), Ok(at));
    }
}
