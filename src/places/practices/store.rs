//! SQL for practices and networks.
use std::collections::HashMap;

use jiff::civil::Date;
use jiff_sqlx::ToSqlx;
use sqlx::{PgExecutor, PgPool};

use super::{Known, Leaver, Network, Practice};
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
    let rows = sqlx::query!(
        r#"select code, name, closed_on as "closed_on: jiff_sqlx::Date" from networks order by code"#
    );
    let network = |closed_on: Option<jiff_sqlx::Date>| closed_on.map(|on| on.to_jiff());
    let rows = rows.fetch_all(db).await?.into_iter();
    Ok(rows
        .map(|row| Network { code: row.code, name: row.name, closed_on: network(row.closed_on) })
        .collect())
}

/// All of it, each network with the board that is in force.
pub async fn known(db: &PgPool) -> sqlx::Result<Known> {
    let boards = sqlx::query!(
        r#"select distinct on (network) network, code, name, as_of as "as_of: jiff_sqlx::Date"
           from network_boards join care_boards on code = board
           order by network, as_of desc"#
    );
    let boards = boards.fetch_all(db).await?.into_iter().map(|row| {
        (row.network, CareBoard { code: row.code, name: row.name, as_of: row.as_of.to_jiff() })
    });
    let mut boards: HashMap<String, CareBoard> = boards.collect();
    let networks = networks(db).await?.into_iter().map(|network| {
        let board = boards.remove(&network.code);
        (network, board)
    });
    Ok(Known {
        networks: networks.collect(),
        practices: practices(db).await?,
        leavers: leavers(db).await?,
    })
}

async fn leavers(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Leaver>> {
    let rows = sqlx::query!(
        r#"select network, practice, left_on as "left_on: jiff_sqlx::Date"
           from network_leavers order by network, practice, left_on"#
    );
    let leaver = |network, practice, left_on: jiff_sqlx::Date| Leaver {
        network,
        practice,
        left_on: left_on.to_jiff(),
    };
    let rows = rows.fetch_all(db).await?.into_iter();
    Ok(rows.map(|row| leaver(row.network, row.practice, row.left_on)).collect())
}

/// Adds it, or makes the one of its code say the same.
pub async fn save_network(db: impl PgExecutor<'_>, network: &Network) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into networks (code, name, closed_on) values ($1, $2, $3)
         on conflict (code) do update set name = excluded.name, closed_on = excluded.closed_on",
        network.code,
        network.name,
        network.closed_on.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes it once.
pub async fn save_leaver(db: impl PgExecutor<'_>, leaver: &Leaver) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into network_leavers (network, practice, left_on) values ($1, $2, $3)
         on conflict do nothing",
        leaver.network,
        leaver.practice,
        leaver.left_on.to_sqlx() as jiff_sqlx::Date
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

/// Adds a dated line where the network's newest one says another board, and says whether.
pub async fn assign_board(
    db: impl PgExecutor<'_>,
    network: &str,
    board: &CareBoard,
) -> sqlx::Result<bool> {
    let added = sqlx::query!(
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
    Ok(added.rows_affected() > 0)
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
