//! SQL for practices and networks.
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::PgExecutor;

use super::{Network, Practice};
use crate::{
    database::store::read,
    places::{CareBoard, Gss, Postcode},
};

/// Every practice, also those that closed, by code.
pub async fn practices(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Practice>> {
    sqlx::query!(
        r#"select code, name, address, postcode, borough as "borough: Gss", telephone, network,
                  opened_on as "opened_on: jiff_sqlx::Date", closed_on as "closed_on: jiff_sqlx::Date"
           from practices order by code"#
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Practice {
            code: row.code,
            name: row.name,
            address: row.address,
            postcode: read(Postcode::try_from(row.postcode))?,
            borough: row.borough,
            telephone: row.telephone,
            network: row.network,
            opened_on: row.opened_on.map(|on| on.to_jiff()),
            closed_on: row.closed_on.map(|on| on.to_jiff()),
        })
    })
    .collect()
}

/// Adds it, or makes the one of its code say the same.
pub async fn save_practice(db: impl PgExecutor<'_>, practice: &Practice) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into practices
             (code, name, address, postcode, borough, telephone, network, opened_on, closed_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (code) do update set
             name = excluded.name, address = excluded.address, postcode = excluded.postcode,
             borough = excluded.borough, telephone = excluded.telephone, network = excluded.network,
             opened_on = excluded.opened_on, closed_on = excluded.closed_on",
        practice.code,
        practice.name,
        practice.address,
        practice.postcode.as_str(),
        practice.borough.as_str(),
        practice.telephone,
        practice.network,
        practice.opened_on.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        practice.closed_on.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn close_practice(db: impl PgExecutor<'_>, code: &str, on: Date) -> sqlx::Result<()> {
    sqlx::query!(
        "update practices set closed_on = greatest($2, opened_on) where code = $1",
        code,
        on.to_sqlx() as jiff_sqlx::Date
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn networks(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Network>> {
    sqlx::query_as!(Network, "select code, name from networks order by code").fetch_all(db).await
}

/// Adds it, or renames the one of its code.
pub async fn save_network(db: impl PgExecutor<'_>, network: &Network) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into networks (code, name) values ($1, $2)
         on conflict (code) do update set name = excluded.name",
        network.code,
        network.name
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn save_care_board(db: impl PgExecutor<'_>, board: &CareBoard) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into care_boards (code, name) values ($1, $2)
         on conflict (code) do update set name = excluded.name",
        board.code,
        board.name
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds a dated line where the network's newest one says another board.
pub async fn assign_board(
    db: impl PgExecutor<'_>,
    network: &str,
    board: &CareBoard,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into network_boards (network, board, as_of)
         select $1, $2, $3
         where $2 is distinct from (
             select board from network_boards
             where network = $1 and as_of <= $3 order by as_of desc limit 1
         )
         on conflict (network, as_of) do update set board = excluded.board",
        network,
        board.code,
        board.as_of.to_sqlx() as jiff_sqlx::Date
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The boroughs of a network's open practices, the one with most practices first.
pub async fn boroughs_of_network(db: impl PgExecutor<'_>, network: &str) -> sqlx::Result<Vec<Gss>> {
    sqlx::query_scalar!(
        r#"select borough as "borough!: Gss" from network_boroughs
           where network = $1 order by practices desc, borough"#,
        network
    )
    .fetch_all(db)
    .await
}
