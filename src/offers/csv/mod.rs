//! Offers as a CSV file, one row an offer: what `import offers` reads and an export writes.
#![doc = include_str!("format.md")]
mod cells;
mod export;
mod import;
mod pieces;
mod read;
mod values;
mod write;

use std::sync::LazyLock;

use crate::text::SafeHtml;

pub use export::{export, row};
pub use import::{Done, import, keep, key, known, take_in};
pub use read::{CONFIRM_EVERY, Row, read};
pub use write::write;

/// The format as a page, without its heading.
pub static EXPLAINED: LazyLock<SafeHtml> = LazyLock::new(|| {
    let format = include_str!("format.md");
    SafeHtml::from_our_own(format.split_once('\n').map_or(format, |(_, rest)| rest))
});

/// Every column, in the order in which they are written.
pub const COLUMNS: [&str; 67] = [
    "slug",
    "source",
    "foreign_id",
    "state",
    "archived_because",
    "title",
    "summary",
    "provider",
    "activities",
    "needs",
    "kind",
    "therapist",
    "description",
    "first_visit",
    "bring",
    "afterwards",
    "keywords",
    "audiences",
    "ages",
    "not_suitable_for",
    "who_may_come",
    "schedules",
    "by_arrangement",
    "pause",
    "ends_on",
    "notices",
    "delivery",
    "venue",
    "address_private",
    "travel",
    "outreach",
    "access_yes",
    "access_no",
    "access_notes",
    "access_more",
    "languages",
    "interpreter",
    "cost",
    "prices",
    "cost_note",
    "concessions",
    "cost_help",
    "residents_join",
    "residents_how",
    "residents_link",
    "professionals_join",
    "professionals_how",
    "professionals_link",
    "places",
    "places_on",
    "reply_days",
    "contacts",
    "experience",
    "lived_experience",
    "training",
    "safeguarding_policy",
    "dbs_checked",
    "insured",
    "support",
    "testimonial",
    "testimonial_by",
    "boroughs",
    "confirmed_at",
    "confirmed_by",
    "confirmed_how",
    "confirm_every",
    "first_published",
];

#[cfg(test)]
mod tests {
    use super::COLUMNS;
    use crate::topics::{Access, Activity, Audience, Code, Cost, Delivery, Joining, Need, Places};

    #[test]
    fn the_format_names_every_code() {
        fn codes<T: Code>() -> impl Iterator<Item = &'static str> {
            T::ALL.iter().map(|one| one.code())
        }
        let format = include_str!("format.md");
        let known: Vec<&str> =
            format.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-').collect();
        let audiences = codes::<Audience>().chain(codes::<Access>()).chain(codes::<Delivery>());
        let others = codes::<Cost>().chain(codes::<Joining>()).chain(codes::<Places>());
        let topics = codes::<Activity>().chain(codes::<Need>());
        for code in topics.chain(audiences).chain(others) {
            assert!(known.contains(&code), "{code} is not named");
        }
    }

    #[test]
    fn the_format_explains_every_column() {
        let format = include_str!("format.md");
        for column in COLUMNS {
            let row = |line: &str| {
                line.starts_with('|')
                    && line
                        .split('|')
                        .nth(1)
                        .is_some_and(|names| names.split(',').any(|name| name.trim() == column))
            };
            assert!(format.lines().any(row), "{column} is not explained");
        }
    }
}
