//! SQL for how often offers are opened.
use std::collections::HashMap;

use jiff::civil::Date;
use serde_json::json;
use sqlx::PgExecutor;
use uuid::Uuid;

use super::Counted;

/// In the order of their keys, so that two programs that write at once never wait for each other in a ring.
pub async fn add(
    db: impl PgExecutor<'_>,
    counted: &HashMap<(Uuid, Date), Counted>,
) -> sqlx::Result<()> {
    let rows = counted.iter().map(|((offer, day), n)| {
        json!({ "offer_id": offer, "day": day.to_string(), "opened": n.opened, "contact": n.contact })
    });
    sqlx::query!(
        "insert into offer_openings (offer_id, day, opened, contact)
         select n.offer_id, n.day, n.opened, n.contact
         from jsonb_populate_recordset(null::offer_openings, $1) n
         join offers o on o.id = n.offer_id
         order by n.offer_id, n.day
         on conflict (offer_id, day) do update
         set opened = offer_openings.opened + excluded.opened,
             contact = offer_openings.contact + excluded.contact",
        serde_json::Value::Array(rows.collect())
    )
    .execute(db)
    .await?;
    Ok(())
}
