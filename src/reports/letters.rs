//! The answer to somebody who reported a mistake and left an address.
use askama::Template;

use super::ReportId;
use crate::{
    mail::Letter,
    text::{Email, Line, Text},
};

#[derive(Template)]
#[template(path = "mail/report.txt")]
struct ReportText<'a> {
    title: &'a str,
    answer: &'a str,
    by: &'a str,
}

#[derive(Template)]
#[template(path = "mail/report.html")]
struct ReportHtml<'a> {
    title: &'a str,
    answer: &'a str,
    by: &'a str,
}

/// `by` is who answers, as those read it who are not at the desk; `title` is that of the offer.
pub fn answered(
    report: ReportId,
    to: Email,
    title: &str,
    answer: &Text<2000>,
    by: &Line<100>,
) -> Letter {
    let (answer, by) = (answer.as_str(), by.as_str());
    Letter {
        event: format!("report_answered:{report}"),
        to,
        subject: Line::parse(&format!("About your report on {title}"))
            .expect("a title and a few short words of ours"),
        plain: Letter::body(&ReportText { title, answer, by }),
        html: Letter::body(&ReportHtml { title, answer, by }),
        link: None,
    }
}
