//! What published offers have several of, by offer.
use std::collections::{BTreeMap, HashMap};

use jiff::civil::Weekday;
use sqlx::PgConnection;

use super::{
    columns::{EVERY_DAY, EVERY_PER},
    read::{invalid, line, optional_line, parsed},
};
use crate::{
    calendar::{Nth, Rule, Schedule, Weekdays},
    offers::{Contact, Image, Notice, OfferId, Per, Price, Reader},
    pictures::Picture,
    text::Line,
    topics::{Access, Code},
};

pub struct Parts {
    pub schedules: HashMap<OfferId, Vec<Schedule>>,
    pub notices: HashMap<OfferId, Vec<Notice>>,
    pub access_notes: HashMap<OfferId, BTreeMap<Access, Line<200>>>,
    pub prices: HashMap<OfferId, Vec<Price>>,
    pub contacts: HashMap<OfferId, Vec<Contact>>,
    pub images: HashMap<OfferId, Vec<Image>>,
}

impl Parts {
    pub async fn published(db: &mut PgConnection, ids: &[OfferId]) -> sqlx::Result<Self> {
        Ok(Self {
            schedules: schedules(db, ids).await?,
            notices: notices(db, ids).await?,
            access_notes: access_notes(db, ids).await?,
            prices: prices(db, ids).await?,
            contacts: contacts(db, ids).await?,
            images: images(db, ids).await?,
        })
    }
}

async fn schedules(
    db: &mut PgConnection,
    ids: &[OfferId],
) -> sqlx::Result<HashMap<OfferId, Vec<Schedule>>> {
    let rows = sqlx::query!(
        r#"select offer_id as "offer_id!", rule as "rule!", days as "days!", weeks, nth, sessions,
                  dates as "dates!: Vec<jiff_sqlx::Date>",
                  starts as "starts!: jiff_sqlx::Time", ends as "ends!: jiff_sqlx::Time",
                  from_on as "from_on: jiff_sqlx::Date", until_on as "until_on: jiff_sqlx::Date",
                  term_time_only as "term_time_only!", bank_holidays as "bank_holidays!",
                  skipped as "skipped!: Vec<jiff_sqlx::Date>", extra as "extra!: Vec<jiff_sqlx::Date>"
           from published_schedules where offer_id = any($1) order by offer_id, position"#,
        ids
    )
    .fetch_all(db)
    .await?;
    let mut all = HashMap::<_, Vec<_>>::with_capacity(ids.len());
    for row in rows {
        let days: Weekdays = row.days.iter().map(|day| day_of(day)).collect::<Result<_, _>>()?;
        let rule = match (row.rule.as_str(), row.weeks, row.nth, row.sessions) {
            ("weekly", ..) => Rule::Weekly(days),
            ("every-n-weeks", Some(weeks), ..) => Rule::EveryNWeeks { weeks: small(weeks), days },
            ("monthly", _, Some(nth), _) => {
                let nth = Nth::of_code(&nth).ok_or_else(|| invalid(&nth))?;
                let day = days.iter().next().ok_or_else(|| invalid("a month without a day"))?;
                Rule::Monthly { nth, day }
            }
            ("course", _, _, Some(sessions)) => Rule::Course { sessions: small(sessions) },
            ("dates", ..) => Rule::Dates(dates(row.dates)),
            (rule, ..) => return Err(invalid(rule)),
        };
        all.entry(row.offer_id).or_default().push(Schedule {
            rule,
            starts: row.starts.to_jiff(),
            ends: row.ends.to_jiff(),
            from: row.from_on.map(jiff_sqlx::Date::to_jiff),
            until: row.until_on.map(jiff_sqlx::Date::to_jiff),
            term_time_only: row.term_time_only,
            bank_holidays: row.bank_holidays,
            skipped: dates(row.skipped),
            extra: dates(row.extra),
        });
    }
    Ok(all)
}

async fn notices(
    db: &mut PgConnection,
    ids: &[OfferId],
) -> sqlx::Result<HashMap<OfferId, Vec<Notice>>> {
    let rows = sqlx::query!(
        r#"select offer_id as "offer_id!", text as "text!", until_on as "until_on!: jiff_sqlx::Date"
           from published_notices where offer_id = any($1) order by offer_id, position"#,
        ids
    )
    .fetch_all(db)
    .await?;
    let mut all = HashMap::<_, Vec<_>>::new();
    for row in rows {
        let notice = Notice { text: line(row.text)?, until: row.until_on.to_jiff() };
        all.entry(row.offer_id).or_default().push(notice);
    }
    Ok(all)
}

async fn access_notes(
    db: &mut PgConnection,
    ids: &[OfferId],
) -> sqlx::Result<HashMap<OfferId, BTreeMap<Access, Line<200>>>> {
    let rows = sqlx::query!(
        r#"select offer_id as "offer_id!", feature as "feature!", note as "note!"
           from published_access_notes where offer_id = any($1)"#,
        ids
    )
    .fetch_all(db)
    .await?;
    let mut all = HashMap::<_, BTreeMap<_, _>>::new();
    for row in rows {
        let feature = Access::parse(&row.feature).ok_or_else(|| invalid(&row.feature))?;
        all.entry(row.offer_id).or_default().insert(feature, line(row.note)?);
    }
    Ok(all)
}

async fn prices(
    db: &mut PgConnection,
    ids: &[OfferId],
) -> sqlx::Result<HashMap<OfferId, Vec<Price>>> {
    let rows = sqlx::query!(
        r#"select offer_id as "offer_id!", label as "label!", pence as "pence!", per as "per!"
           from published_prices where offer_id = any($1) order by offer_id, position"#,
        ids
    )
    .fetch_all(db)
    .await?;
    let mut all = HashMap::<_, Vec<_>>::new();
    for row in rows {
        let price = Price {
            label: line(row.label)?,
            pence: row.pence.unsigned_abs(),
            per: per_of(&row.per)?,
        };
        all.entry(row.offer_id).or_default().push(price);
    }
    Ok(all)
}

async fn contacts(
    db: &mut PgConnection,
    ids: &[OfferId],
) -> sqlx::Result<HashMap<OfferId, Vec<Contact>>> {
    let rows = sqlx::query!(
        r#"select offer_id as "offer_id!", name, role, phone, email, web, reader as "reader!"
           from published_contacts where offer_id = any($1) order by offer_id, position"#,
        ids
    )
    .fetch_all(db)
    .await?;
    let mut all = HashMap::<_, Vec<_>>::with_capacity(ids.len());
    for row in rows {
        let contact = Contact {
            name: optional_line(row.name)?,
            role: optional_line(row.role)?,
            phone: row.phone.map(parsed).transpose()?,
            email: row.email.map(parsed).transpose()?,
            web: row.web.map(parsed).transpose()?,
            reader: match row.reader.as_str() {
                "professionals" => Reader::Professionals,
                _ => Reader::Everyone,
            },
        };
        all.entry(row.offer_id).or_default().push(contact);
    }
    Ok(all)
}

async fn images(
    db: &mut PgConnection,
    ids: &[OfferId],
) -> sqlx::Result<HashMap<OfferId, Vec<Image>>> {
    let rows = sqlx::query!(
        r#"select offer_id as "offer_id!", picture_id as "picture_id!", alt as "alt!", credit as "credit!",
                  width as "width!", height as "height!"
           from published_images where offer_id = any($1) order by offer_id, position"#,
        ids
    )
    .fetch_all(db)
    .await?;
    let mut all = HashMap::<_, Vec<_>>::new();
    for row in rows {
        let (width, height) = (row.width.unsigned_abs(), row.height.unsigned_abs());
        let picture = Picture { id: row.picture_id, width, height };
        let image = Image { picture, alt: line(row.alt)?, credit: line(row.credit)? };
        all.entry(row.offer_id).or_default().push(image);
    }
    Ok(all)
}

fn day_of(written: &str) -> sqlx::Result<Weekday> {
    EVERY_DAY
        .into_iter()
        .zip(Weekday::Monday.cycle_forward())
        .find(|(name, _)| *name == written)
        .map(|(_, day)| day)
        .ok_or_else(|| invalid(written))
}

fn per_of(written: &str) -> sqlx::Result<Per> {
    let named = EVERY_PER.into_iter().find(|(_, name)| *name == written);
    named.map(|(per, _)| per).ok_or_else(|| invalid(written))
}

fn dates(kept: Vec<jiff_sqlx::Date>) -> Vec<jiff::civil::Date> {
    kept.into_iter().map(jiff_sqlx::Date::to_jiff).collect()
}

/// The database keeps these between 2 and 52.
fn small(number: i16) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}
