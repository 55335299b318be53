//! The venues of the sample: `slug, name, kind, address, postcode, lat, lon, borough, website`.
use anyhow::Result;
use sqlx::PgConnection;

use super::store;
use crate::{
    imports::{Fate, Row, Run, Sheet},
    places::{Gss, Point, Postcode},
    providers,
    text::{Line, Slug, WebAddress},
    venues::{Venue, VenueId},
};

const COLUMNS: [&str; 9] =
    ["slug", "name", "kind", "address", "postcode", "lat", "lon", "borough", "website"];

pub async fn take_in(run: &mut Run<'_>, db: &mut PgConnection, source: &[u8]) -> Result<()> {
    let source = run.watch(source);
    let mut sheet = Sheet::with_headings("venues.csv", source, &COLUMNS)?;
    let boroughs = providers::store::boroughs(&mut *db).await?;
    let mut rows = Vec::new();
    run.each_row(&mut sheet, |row| {
        let web = Some(row.named("website")).filter(|cell| !cell.is_empty());
        let web = web.map(WebAddress::parse).transpose().map_err(|problem| problem.to_string())?;
        rows.push((venue(row, &boroughs)?, row.named("kind").to_owned(), web));
        Ok(Fate::Taken)
    })?;
    for (venue, kind, web) in rows {
        let web = web.as_ref().map(WebAddress::as_str);
        match store::add_venue(&mut *db, &venue, &kind, web).await? {
            true => run.outcome.added += 1,
            false => run.outcome.unchanged += 1,
        }
    }
    Ok(())
}

fn venue(row: Row<'_>, boroughs: &[(Gss, Slug)]) -> Result<Venue, String> {
    let named = row.named("borough");
    let borough = boroughs.iter().find(|(gss, slug)| gss.as_str() == named || slug.as_str() == named);
    let degrees = |column: &str| {
        row.named(column).parse().map_err(|_| format!("{column}: Write degrees like 51.4697."))
    };
    Ok(Venue {
        id: VenueId::now_v7(),
        slug: Slug::try_from(row.named("slug").to_owned())?,
        name: Line::parse(row.named("name")).map_err(|problem| format!("name: {problem}"))?,
        address: Line::parse(row.named("address")).map_err(|problem| format!("address: {problem}"))?,
        postcode: Some(Postcode::try_from(row.named("postcode").to_owned())?),
        point: Point { lat: degrees("lat")?, lon: degrees("lon")? },
        borough: borough.ok_or_else(|| format!("borough: {named} is not one."))?.0,
    })
}
