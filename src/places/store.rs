//! SQL for the gazetteer.
use sqlx::{PgExecutor, PgPool};

use super::{
    Area, Borough, CareBoard, Gss, Known, Outcode, OutwardArea, Places, Point, Ward, outlines,
    postcodes, practices,
};
use crate::{database::store::read, text::Slug};

/// All of it. Nearly all of the time goes into the postcodes, where those are imported.
pub async fn load(db: &PgPool) -> sqlx::Result<Places> {
    Ok(Places::new(Known {
        boroughs: boroughs(db).await?,
        nicknames: nicknames(db).await?,
        wards: wards(db).await?,
        areas: areas(db).await?,
        outcodes: outcodes(db, None).await?,
        postcodes: postcodes::store::all(db).await?,
        outlines: outlines::store::all(db).await?,
        practices: practices::store::known(db).await?,
    }))
}

/// Only the boroughs, for who names them and looks for nothing.
pub async fn named(db: impl PgExecutor<'_>) -> sqlx::Result<Places> {
    Ok(Places::new(Known { boroughs: boroughs(db).await?, ..Known::default() }))
}

async fn boroughs(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Borough>> {
    sqlx::query!(
        r#"select gss as "gss: Gss", slug, boroughs.name, short_name, abbreviation, tile_column, tile_row, lat, lon,
                  census_2011, census_2021, under_20_2021, over_65_2021,
                  array(select neighbour from borough_neighbours
                        where borough = gss and not across_thames order by neighbour) as "neighbours!: Vec<Gss>",
                  array(select neighbour from borough_neighbours
                        where borough = gss and across_thames order by neighbour) as "across!: Vec<Gss>",
                  board.code as "board_code?", board.name as "board_name?", board.as_of as "as_of?: jiff_sqlx::Date"
           from boroughs
           left join lateral (
               select code, name, as_of from borough_boards join care_boards on code = board
               where borough = gss order by as_of desc limit 1
           ) board on true
           order by boroughs.name"#
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(|row| {
        let care_board = match (row.board_code, row.board_name, row.as_of) {
            (Some(code), Some(name), Some(as_of)) => {
                Some(CareBoard { code, name, as_of: as_of.to_jiff() })
            }
            _ => None,
        };
        Ok(Borough {
            gss: row.gss,
            slug: read(Slug::try_from(row.slug))?,
            name: row.name,
            short: row.short_name,
            abbreviation: row.abbreviation,
            centre: Point { lat: row.lat, lon: row.lon },
            tile: (read(row.tile_column.try_into())?, read(row.tile_row.try_into())?),
            population: read(row.census_2021.try_into())?,
            population_2011: read(row.census_2011.try_into())?,
            under_20: read(row.under_20_2021.try_into())?,
            over_65: read(row.over_65_2021.try_into())?,
            neighbours: row.neighbours,
            across_thames: row.across,
            care_board,
        })
    })
    .collect()
}

async fn nicknames(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<(String, Gss)>> {
    let rows = sqlx::query!(
        r#"select name, borough as "borough: Gss" from borough_nicknames order by name"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.borough)).collect())
}

async fn wards(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Ward>> {
    let rows = sqlx::query!(
        r#"select gss as "gss: Gss", name, borough as "borough: Gss", lat, lon from wards order by gss"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Ward {
            gss: row.gss,
            name: row.name,
            borough: row.borough,
            centre: Point { lat: row.lat, lon: row.lon },
        })
        .collect())
}

async fn areas(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Area>> {
    sqlx::query!(
        r#"select name, outcode, borough as "borough: Gss", lat, lon from areas order by name"#
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Area {
            name: row.name,
            outcode: read(Outcode::try_from(row.outcode))?,
            borough: row.borough,
            centre: Point { lat: row.lat, lon: row.lon },
        })
    })
    .collect()
}

/// What is known of one outward code.
pub async fn outcode(db: impl PgExecutor<'_>, code: &Outcode) -> sqlx::Result<Option<OutwardArea>> {
    Ok(outcodes(db, Some(code)).await?.pop())
}

async fn outcodes(
    db: impl PgExecutor<'_>,
    only: Option<&Outcode>,
) -> sqlx::Result<Vec<OutwardArea>> {
    sqlx::query!(
        r#"select code, lat, lon, outcodes.postcodes,
                  array_agg(borough order by within.postcodes desc, borough) as "boroughs!: Vec<Gss>",
                  array_agg(within.postcodes order by within.postcodes desc, borough) as "counts!"
           from outcodes join outcode_boroughs within on within.outcode = code
           where $1::text is null or code = $1
           group by code order by code"#,
        only.map(Outcode::as_str)
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(|row| {
        let counts = row.counts.into_iter().map(|count| read(count.try_into()));
        let counts = counts.collect::<sqlx::Result<Vec<u32>>>()?;
        Ok(OutwardArea {
            code: read(Outcode::try_from(row.code))?,
            centre: Point { lat: row.lat, lon: row.lon },
            postcodes: read(row.postcodes.try_into())?,
            boroughs: row.boroughs.into_iter().zip(counts).collect(),
        })
    })
    .collect()
}

/// Each borough with its slug, as files may name it.
pub async fn borough_slugs(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<(Gss, Slug)>> {
    let rows = sqlx::query!("select gss, slug from boroughs").fetch_all(db).await?;
    rows.into_iter()
        .map(|row| Ok((read(Gss::try_from(row.gss))?, read(Slug::try_from(row.slug))?)))
        .collect()
}
