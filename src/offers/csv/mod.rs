//! Offers as a CSV file, one row an offer: what `import offers` reads and an export writes.
//!
//! UTF-8 with a header that names every column once, in any order. An empty cell means *not stated*.
//! Lists are separated by `;`, things with parts of their own or whole sentences by `|`; a `;`, `|` or
//! `\` inside a piece of such a list has a `\` before it. Dates are 2026-12-25, yes/no cells `yes` or `no`,
//! boroughs, providers and venues are named by slug (boroughs also by their GSS code).
//!
//! | column | holds |
//! |---|---|
//! | `slug` | the name in addresses; empty: made from the title |
//! | `source`, `foreign_id` | where the row came from and its key there: both or neither |
//! | `state` | `draft`, `submitted`, `published`, `paused`, `archived`; empty: published |
//! | `archived_because` | the reason, for `archived` only |
//! | `title` … `summary`, `description`, `first_visit`, `bring`, `afterwards`, `travel`, … | text as it is |
//! | `provider`, `venue` | a slug |
//! | `activities`, `needs`, `delivery`, `access_yes`, `access_no`, `residents_join`, `professionals_join` | codes: `pottery; making`; the first activity is the main one |
//! | `kind`, `therapist` | `creative` (also when empty), or `therapy` with name and register |
//! | `keywords` | `wheel; glazing` |
//! | `audiences` | `carers; women: welcome; men: only`; `for` when nothing is said |
//! | `ages` | `18-`, `-25`, `16-25`, `all` |
//! | `who_may_come` | `anyone` (also when empty), `residents: southwark; lewisham`, `patients: U00070` |
//! | `schedules` | `weekly tue 10:30-12:00; skip 2026-12-22 \| last sat of the month 14:00-16:00`, see [`crate::calendar`] |
//! | `pause` | `2026-08-01 to 2026-08-31`, or `from 2026-08-01` |
//! | `ends_on` | the last day |
//! | `notices` | `until 2026-12-27: No session on 25 December \| …` |
//! | `outreach`, `boroughs` | boroughs it comes to; those who look after it (empty: that of the venue) |
//! | `access_notes` | `step-free: Flat from the street; hearing-loop: A quiet corner helps` |
//! | `languages` | ISO 639 codes: `bn; ur` |
//! | `cost`, `prices` | a code, and `£3 a session: Full price; £45 a course: Six weeks` |
//! | `places`, `places_on` | a code and the date when that was said |
//! | `contacts` | `name: Dele; role: Potter; phone: 020 7946 0142; email: …; web: …; for: professionals \| …` |
//! | `confirmed_at`, `confirmed_by`, `confirmed_how` | all or none; a date or a time such as 2026-11-09T10:00:00Z |
//! | `confirm_every` | months, 1 to 12; empty: 3 |
//! | `first_published` | a date or a time; empty: now |
mod cells;
mod import;
mod pieces;
mod read;
mod values;
mod write;

pub use import::{import, take_in};
pub use read::{Row, read};
pub use write::write;

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
