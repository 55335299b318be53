//! Many new offers at once, by COPY.
use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::{
    Author,
    columns::{Parts, offer_row},
};
use crate::offers::{Offer, State};

const OFFERS: &str = "copy offers (id, slug, source, foreign_id, state, state_since, archived_because, \
    first_published, revision, title, summary, provider, activities, needs, kind, therapist, description, \
    first_visit, bring, afterwards, keywords, audience_for, audience_welcome, audience_only, ages_stated, \
    age_from, age_to, not_suitable_for, who_may_come, residents_of, patients_of, by_arrangement, pause_from, \
    pause_to, ends_on, delivery, venue, address_private, travel, outreach, access_yes, access_no, access_more, \
    languages, interpreter, cost, cost_note, concessions, cost_help, residents_routes, residents_how, \
    residents_link, professionals_routes, professionals_how, professionals_link, places, places_on, reply_days, \
    experience, lived_experience, training, safeguarding_policy, dbs_checked, insured, support, testimonial, \
    testimonial_by, boroughs, confirmed_at, confirmed_by, confirmed_how, confirm_every, completeness) from stdin";
const REVISIONS: &str =
    "copy offer_revisions (offer_id, number, at, by, why, state, content) from stdin";
const SCHEDULES: &str = "copy offer_schedules (offer_id, position, rule, days, weeks, nth, sessions, dates, \
    starts, ends, from_on, until_on, term_time_only, bank_holidays, skipped, extra) from stdin";
const NOTICES: &str = "copy offer_notices (offer_id, position, text, until_on) from stdin";
const ACCESS_NOTES: &str = "copy offer_access_notes (offer_id, feature, note) from stdin";
const PRICES: &str = "copy offer_prices (offer_id, position, label, pence, per) from stdin";
const CONTACTS: &str =
    "copy offer_contacts (offer_id, position, name, role, phone, email, web, reader) from stdin";
const IMAGES: &str = "copy offer_images (offer_id, position, picture_id, alt, credit) from stdin";

/// The columns that COPY fills; a test holds them against the table.
pub fn columns_of_offers() -> Vec<&'static str> {
    Table::new(OFFERS).columns
}

/// New offers with the first line of their history, ready to be sent: a few thousand at once, since all
/// of it is held in memory.
pub struct Bulk([Table; 8]);

impl Bulk {
    pub fn of<S: State>(offers: &[Offer<S>], author: &Author, now: Timestamp) -> Self {
        let mut tables =
            [OFFERS, REVISIONS, SCHEDULES, NOTICES, ACCESS_NOTES, PRICES, CONTACTS, IMAGES]
                .map(Table::new);
        for offer in offers {
            let history = json!({
                "offer_id": offer.id, "number": offer.revision, "at": now, "by": author.by, "why": author.why,
                "state": offer.state.status().code(), "content": offer.content,
            });
            let parts = Parts::of(offer);
            let [row, line] = [[offer_row(offer, None)], [history]];
            let rows: [&[Value]; 8] = [
                &row,
                &line,
                &parts.schedules,
                &parts.notices,
                &parts.access_notes,
                &parts.prices,
                &parts.contacts,
                &parts.images,
            ];
            for (table, rows) in tables.iter_mut().zip(rows) {
                rows.iter().for_each(|row| table.add(row));
            }
        }
        Self(tables)
    }

    /// Inside a transaction of the caller's.
    pub async fn copy_in(&self, db: &mut PgConnection) -> sqlx::Result<()> {
        for table in &self.0 {
            let mut copy = db.copy_in_raw(table.statement).await?;
            copy.send(table.text.as_bytes()).await?;
            copy.finish().await?;
        }
        Ok(())
    }
}

/// The rows of one table in COPY's text format.
struct Table {
    statement: &'static str,
    columns: Vec<&'static str>,
    text: String,
}

impl Table {
    fn new(statement: &'static str) -> Self {
        let (_, list) = statement.split_once('(').unwrap_or_default();
        let (list, _) = list.split_once(')').unwrap_or_default();
        Self { statement, columns: list.split(", ").collect(), text: String::new() }
    }

    fn add(&mut self, row: &Value) {
        for (at, column) in self.columns.iter().enumerate() {
            if at > 0 {
                self.text.push('\t');
            }
            match &row[*column] {
                Value::Null => self.text.push_str("\\N"),
                Value::String(words) => escaped(&mut self.text, words),
                Value::Array(pieces) => escaped(&mut self.text, &array(pieces)),
                other => escaped(&mut self.text, &other.to_string()),
            }
        }
        self.text.push('\n');
    }
}

fn escaped(text: &mut String, words: &str) {
    let mut rest = words;
    while let Some(at) = rest.find(['\\', '\n', '\r', '\t']) {
        let (plain, special) = rest.split_at(at);
        text.push_str(plain);
        text.push_str(match special.as_bytes()[0] {
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            _ => "\\t",
        });
        rest = &special[1..];
    }
    text.push_str(rest);
}

/// `{"a","b"}`
fn array(pieces: &[Value]) -> String {
    let quoted: Vec<String> = pieces
        .iter()
        .map(|piece| match piece {
            Value::String(words) => {
                format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
            }
            other => other.to_string(),
        })
        .collect();
    format!("{{{}}}", quoted.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_written_as_copy_reads_it() {
        let mut table = Table::new("copy things (a, b, c) from stdin");
        table.add(&json!({ "a": "one\ttwo\\", "b": ["x\"y", "z"], "c": null, "d": 1 }));
        assert_eq!(table.text, "one\\ttwo\\\\\t{\"x\\\\\"y\",\"z\"}\t\\N\n");
    }
}
