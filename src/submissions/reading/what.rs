//! What it is.
use super::{
    sheet::Sheet,
    stand_in,
    words::{quoted, too_long},
};
use crate::{
    offers::{How, Kind},
    text::{Line, TextProblem},
    topics::{Activity, Code},
};

/// Besides the main one.
const MORE_ACTIVITIES: usize = 4;
const KEYWORDS: usize = 20;

pub struct What {
    pub title: Line<100>,
    pub summary: Line<280>,
    pub activities: Vec<Activity>,
    pub kind: Kind,
    pub how: How,
}

pub fn read(sheet: &mut Sheet) -> What {
    for field in ["title", "summary", "activity", "kind"] {
        if !sheet.stated(field) {
            sheet.lacks(field);
        }
    }
    What {
        title: sheet.line("title").unwrap_or_else(stand_in),
        summary: sheet.line("summary").unwrap_or_else(stand_in),
        activities: activities(sheet),
        kind: kind(sheet),
        how: How {
            description: sheet.text("description"),
            first_visit: sheet.text("first_visit"),
            bring: sheet.text("bring"),
            afterwards: sheet.text("afterwards"),
            keywords: keywords(sheet),
        },
    }
}

fn activities(sheet: &mut Sheet) -> Vec<Activity> {
    let message = "Select what people do there from the list";
    let main = sheet.choice("activity", Activity::parse, message);
    let mut more = sheet.chosen("activities", Activity::parse, message);
    more.retain(|one| Some(*one) != main);
    if more.len() > MORE_ACTIVITIES {
        sheet.wrong("activities", "Select four more at most");
        more.truncate(MORE_ACTIVITIES);
    }
    // Without a main one, none of the rest takes its place.
    main.map(|main| [vec![main], more].concat()).unwrap_or_default()
}

fn kind(sheet: &mut Sheet) -> Kind {
    let message = "Select whether it is a creative activity or a therapy";
    let therapy = sheet.choice(
        "kind",
        |value| match value {
            "creative" => Some(false),
            "therapy" => Some(true),
            _ => None,
        },
        message,
    );
    if therapy != Some(true) {
        return Kind::Creative;
    }
    if !sheet.stated("therapist") {
        sheet.lacks("therapist");
    }
    sheet.line("therapist").map_or(Kind::Creative, |led_by| Kind::Therapy { led_by })
}

/// With commas or line breaks between; with semicolons where one is among them, so that a word may hold a
/// comma.
fn keywords(sheet: &mut Sheet) -> Vec<Line<40>> {
    let typed = sheet.one("keywords").to_owned();
    let between: &[char] = if typed.contains(';') { &[';', '\n'] } else { &[',', '\n'] };
    let mut words = Vec::new();
    for word in typed.split(between) {
        match Line::parse(word) {
            Ok(word) if !words.contains(&word) => words.push(word),
            Ok(_) | Err(TextProblem::Missing) => {}
            Err(TextProblem::TooLong { length, max }) => {
                sheet.wrong("keywords", too_long(&quoted(word), length, max));
            }
        }
    }
    if words.len() > KEYWORDS {
        let message = format!("Write {KEYWORDS} words or fewer. There are {}", words.len());
        sheet.wrong("keywords", message);
        words.truncate(KEYWORDS);
    }
    words
}
